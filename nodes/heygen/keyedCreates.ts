/**
 * Where HeyGen recognizes a POST that it has been sent before by its `Idempotency-Key`. The contract shows the header at
 * every POST, background removals included, which ignore it; so only those count of which HeyGen says that they heed it
 * (API reference, section Idempotency-Key: assets, avatars, consent, lipsyncs, translations, proofreads, videos and webhook
 * endpoints from the start; direct uploads, video agents, HyperFrames, batches, templates, folders, filler word removals and
 * models later). A stream is another thing than an answer that can be kept for the next request: those of models do not count.
 */
const KEYED: readonly RegExp[] = [
	/^\/v3\/assets(\/direct-uploads|\/[^/]+\/complete)?$/,
	/^\/v3\/assets\/(direct-uploads|complete)\/batches$/,
	/^\/v3\/avatars(\/[^/]+\/consent)?$/,
	/^\/v3\/filler-word-removals$/,
	/^\/v3\/folders$/,
	/^\/v3\/hyperframes\/renders$/,
	/^\/v3\/lipsyncs(\/batches)?$/,
	/^\/v3\/models\/[^/]+(\/(?!stream$)[^/]+){0,2}$/,
	/^\/v3\/templates\/[^/]+$/,
	/^\/v3\/video-agents(\/[^/]+(\/stop)?)?$/,
	/^\/v3\/video-translations(\/batches|\/proofreads(\/[^/]+\/generate)?)?$/,
	/^\/v3\/videos(\/batches)?$/,
	/^\/v3\/webhooks\/endpoints(\/[^/]+\/rotate-secret)?$/,
];

/**
 * Whether a POST that comes twice with the same key does its work once.
 *
 * @param path complete: "/v3/videos"
 */
export function heedsIdempotencyKey(path: string): boolean {
	return KEYED.some((known) => known.test(path));
}
