/** Settings of the sandbox, their defaults and the check of values that come from outside. */

/** How many API requests one key may make. */
export interface RateLimit {
	requests: number;
	/** Length of the window in seconds; of a bucket the time in which so many tokens come in. */
	perSeconds: number;
	/**
	 * `sliding` (default) looks back from each request, `fixed` counts in windows aligned to the clock, `bucket` takes a
	 * token for each request, which come in steadily.
	 */
	kind?: 'sliding' | 'fixed' | 'bucket';
	/** Tokens that a bucket holds, and so how many requests may come at once; by default as many as `requests`. */
	burst?: number;
	/** Whether requests that are refused count as well (sliding windows and buckets). */
	countRefused?: boolean;
	/** `Retry-After` of refusals: whole seconds (default), a date, or none. */
	retryAfter?: 'seconds' | 'date' | 'absent';
	/** Only requests with this method, and with a path that begins so, are limited. */
	method?: string;
	path?: string;
	/** Whether only that very path is limited, and none that begins so. */
	exact?: boolean;
}

/** Whether a list starts with the newest entry or with the oldest. */
export type ListOrder = 'newest' | 'oldest';

export interface SandboxConfig {
	/** Milliseconds before each API answer. */
	latencyMs: number;
	/** Seconds from the start of rendering to the end. Applies to videos and other jobs created afterwards. */
	jobSeconds: number;
	/** Seconds a job stays `pending` before it begins to run. */
	jobQueueSeconds: number;
	/** Keys that are refused with 401, though they were good once. */
	revokedKeys: string[];
	/** null: no limit. */
	rateLimit: RateLimit | null;
	/**
	 * Jobs of one kind pending or running at once per key; null: no limit. Videos, translations and what the video agent
	 * works on are counted together, the agent's work and the video that comes of it as one.
	 */
	concurrentJobs: number | null;
	/** `Retry-After` of concurrency refusals in seconds; null: 1. */
	retryAfterSeconds: number | null;
	/** Size of films in bytes, pseudo-random content; null: a small playable file. */
	fileBytes: number | null;
	/** Speed of the file host in MB/s; null: as fast as the machine allows. */
	fileMegabytesPerSecond: number | null;
	/** Life of a presigned URL in seconds. */
	fileUrlTtlSeconds: number;
	/** Hours for which an idempotency key replays its first answer. */
	idempotencyHours: number;
	/** Avatar groups in the catalogue. */
	groups: number;
	/** Looks in each group. */
	looksPerGroup: number;
	/** Voices in the catalogue. */
	voices: number;
	/** Whether unknown avatar and voice ids are refused. */
	validateIds: boolean;
	/** Whether twins can only be used when their person has given consent, or else as soon as they are trained. */
	twinNeedsConsent: boolean;
	/** Whether a person who has given consent cannot be asked for it again. */
	consentOnce: boolean;
	/** What the answer to the creation of an avatar has: the look, its group, both or neither; the rest is null. */
	avatarAnswer: 'both' | 'item' | 'group' | 'none';
	/** Whether a look cannot be read while it is trained, though its group can. */
	trainingLookHidden: boolean;
	/** What the name `null` does to an avatar or a group: it has no name from then on, or keeps the one it has. */
	nullName: 'clears' | 'keeps';
	/** Names of the languages to translate into; null: the usual ones. */
	languages: string[] | null;
	/** Whether videos and other jobs may only use assets that exist and are of a fitting type. */
	validateAssets: boolean;
	/**
	 * `strict` (default) refuses bodies that do not fit the contract. `open` is a HeyGen that is newer than the contract:
	 * it takes fields and values that the contract does not know, and lets engines do what they could not before.
	 */
	contract: 'strict' | 'open';
	/** Whether a background removal with a `request_id` that was there before is the earlier job, or else one more. */
	requestIdReplays: boolean;
	/** Whether the videos of models can also be read as videos, and are known to the statuses of videos. */
	modelVideosAmongVideos: boolean;
	/** Whether the resources of an agent's session can be listed, or else the path is unknown. */
	agentResourcesList: boolean;
	/** Whether a message to an agent that works is refused, or else takes the place of what was asked for before. */
	agentConflictWhileWorking: boolean;
	/** Size of the largest file a direct upload may announce, in bytes. */
	assetMaxBytes: number;
	/** Milliseconds between the last byte of a direct upload and the first moment it can be completed. */
	uploadVisibleMs: number;
	/** Life of an upload link in seconds, from the moment it is handed out. */
	uploadUrlTtlSeconds: number;
	/** Seconds in which the files of a completed upload batch are taken in. */
	ingestSeconds: number;
	/** Laid over `data` of the account; null: the account of a wallet. */
	account: Record<string, unknown> | null;
	/** Whether a key can be asked about itself, or else the path is unknown. */
	apiKeysSelf: boolean;
	/** Whether the list of private voices shows clones from their beginning, or only once they are complete. */
	cloneListed: 'always' | 'whenComplete';
	/** Clones of voices that the account may have, failed ones left out; null: no limit. */
	voiceSlots: number | null;
	/**
	 * How the words of a speech are told: with their punctuation, without it, between a `<start>` and an `<end>` that are
	 * no words, or not at all.
	 */
	speechWords: 'punctuated' | 'bare' | 'marked' | 'none';
	/** Type of the file of a speech. */
	speechFormat: 'mp3' | 'wav';
	/** Whether speeches, clones and designs of voices look at idempotency keys. */
	speechIdempotency: boolean;
	/** Whether the sounds of an answer are a list, or an object with their places as keys. */
	soundsShape: 'list' | 'record';
	/** Order of the lists of videos and of all other jobs. */
	listOrder: ListOrder;
	/** Order of the list of webhook events. */
	eventsOrder: ListOrder;
	/** Event types to list instead of the real ones; null: those. What is accepted stays the same. */
	eventTypes: string[] | null;
	/** Whether videos that end are events. */
	videoEvents: boolean;
	/** Webhook endpoints each key may have; null: no limit. */
	webhookMaxEndpoints: number | null;
	/** Whether a key may register an URL only once. */
	webhookConflictOnSameUrl: boolean;
	/** The request that an URL must answer with 2xx before it is registered. */
	webhookProbe: 'none' | 'options' | 'post';
	/** Name under which the answer to a creation carries the secret. */
	webhookSecretField: 'secret' | 'signing_secret';
	/** Milliseconds in which a delivery must be answered. */
	webhookTimeoutMs: number;
	/** Milliseconds before the first retry of a delivery; each further one waits twice as long. */
	webhookRetryBaseMs: number;
	/** Attempts at a delivery in all. */
	webhookMaxAttempts: number;
	/** Deliveries in flight at once. */
	webhookParallel: number;
	/** Whether endpoints also get events that they did not subscribe to. */
	webhookUnsubscribed: boolean;
	/** Whether a retry carries the time of its own sending, or else that of the first attempt. */
	webhookFreshTimestamp: boolean;
}

export const defaultConfig: Readonly<SandboxConfig> = {
	latencyMs: 0,
	jobSeconds: 2,
	jobQueueSeconds: 0.2,
	revokedKeys: [],
	rateLimit: null,
	concurrentJobs: null,
	retryAfterSeconds: null,
	fileBytes: null,
	fileMegabytesPerSecond: null,
	fileUrlTtlSeconds: 3600,
	idempotencyHours: 24,
	groups: 30,
	looksPerGroup: 4,
	voices: 130,
	validateIds: true,
	twinNeedsConsent: true,
	consentOnce: false,
	avatarAnswer: 'both',
	trainingLookHidden: false,
	nullName: 'clears',
	languages: null,
	validateAssets: false,
	contract: 'strict',
	requestIdReplays: true,
	modelVideosAmongVideos: false,
	agentResourcesList: true,
	agentConflictWhileWorking: false,
	assetMaxBytes: 5 * 2 ** 30,
	uploadVisibleMs: 0,
	uploadUrlTtlSeconds: 3600,
	ingestSeconds: 0.2,
	account: null,
	apiKeysSelf: true,
	cloneListed: 'always',
	voiceSlots: null,
	speechWords: 'punctuated',
	speechFormat: 'mp3',
	speechIdempotency: false,
	soundsShape: 'list',
	listOrder: 'newest',
	eventsOrder: 'newest',
	eventTypes: null,
	videoEvents: true,
	webhookMaxEndpoints: null,
	webhookConflictOnSameUrl: false,
	webhookProbe: 'none',
	webhookSecretField: 'secret',
	webhookTimeoutMs: 10_000,
	webhookRetryBaseMs: 1_000,
	webhookMaxAttempts: 5,
	webhookParallel: 50,
	webhookUnsubscribed: false,
	webhookFreshTimestamp: true,
};

type Check = (value: unknown) => boolean;

const isAmount: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isPositiveCount: Check = (value) => isCount(value) && value !== 0;
const isTextList: Check = (value) =>
	Array.isArray(value) && value.every((entry) => typeof entry === 'string');
const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isRecord: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const orNull =
	(check: Check): Check =>
	(value) =>
		value === null || check(value);

const oneOf =
	(...words: string[]): Check =>
	(value) =>
		words.some((word) => word === value);
const isListOrder = oneOf('newest', 'oldest');

const optional =
	(check: Check): Check =>
	(value) =>
		value === undefined || check(value);

const rateLimitChecks: Record<keyof RateLimit, Check> = {
	requests: isCount,
	perSeconds: (value) => isAmount(value) && value !== 0,
	kind: optional(oneOf('sliding', 'fixed', 'bucket')),
	burst: optional(isPositiveCount),
	countRefused: optional(isFlag),
	retryAfter: optional(oneOf('seconds', 'date', 'absent')),
	method: optional(isText),
	path: optional(isText),
	exact: optional(isFlag),
};

const isRateLimit: Check = (value) =>
	typeof value === 'object' &&
	value !== null &&
	Object.keys(value).every((name) => Object.hasOwn(rateLimitChecks, name)) &&
	Object.entries(rateLimitChecks).every(([name, check]) => check((value as Record<string, unknown>)[name]));

const checks: Record<keyof SandboxConfig, Check> = {
	latencyMs: isAmount,
	jobSeconds: isAmount,
	jobQueueSeconds: isAmount,
	revokedKeys: isTextList,
	rateLimit: orNull(isRateLimit),
	concurrentJobs: orNull(isCount),
	retryAfterSeconds: orNull(isCount),
	fileBytes: orNull(isCount),
	fileMegabytesPerSecond: orNull(isCount),
	fileUrlTtlSeconds: isAmount,
	idempotencyHours: isAmount,
	groups: isCount,
	looksPerGroup: isCount,
	voices: isCount,
	validateIds: isFlag,
	twinNeedsConsent: isFlag,
	consentOnce: isFlag,
	avatarAnswer: oneOf('both', 'item', 'group', 'none'),
	trainingLookHidden: isFlag,
	nullName: oneOf('clears', 'keeps'),
	languages: orNull(isTextList),
	validateAssets: isFlag,
	contract: oneOf('strict', 'open'),
	requestIdReplays: isFlag,
	modelVideosAmongVideos: isFlag,
	agentResourcesList: isFlag,
	agentConflictWhileWorking: isFlag,
	assetMaxBytes: isCount,
	uploadVisibleMs: isAmount,
	uploadUrlTtlSeconds: isAmount,
	ingestSeconds: isAmount,
	account: orNull(isRecord),
	apiKeysSelf: isFlag,
	cloneListed: oneOf('always', 'whenComplete'),
	voiceSlots: orNull(isCount),
	speechWords: oneOf('punctuated', 'bare', 'marked', 'none'),
	speechFormat: oneOf('mp3', 'wav'),
	speechIdempotency: isFlag,
	soundsShape: oneOf('list', 'record'),
	listOrder: isListOrder,
	eventsOrder: isListOrder,
	eventTypes: orNull(isTextList),
	videoEvents: isFlag,
	webhookMaxEndpoints: orNull(isCount),
	webhookConflictOnSameUrl: isFlag,
	webhookProbe: oneOf('none', 'options', 'post'),
	webhookSecretField: oneOf('secret', 'signing_secret'),
	webhookTimeoutMs: isAmount,
	webhookRetryBaseMs: isAmount,
	webhookMaxAttempts: isPositiveCount,
	webhookParallel: isPositiveCount,
	webhookUnsubscribed: isFlag,
	webhookFreshTimestamp: isFlag,
};

/**
 * Lays new settings over existing ones; `undefined` leaves a setting as it is.
 * @throws Error naming the setting when a name is unknown or a value is out of range.
 */
export function mergeConfig(base: Readonly<SandboxConfig>, changes: object): SandboxConfig {
	const given = Object.entries(changes).filter(([, value]) => value !== undefined);
	for (const [name, value] of given) {
		if (!Object.hasOwn(checks, name)) throw new Error(`unknown setting "${name}"`);
		if (!checks[name as keyof SandboxConfig](value)) {
			throw new Error(`setting "${name}" cannot be ${JSON.stringify(value)}`);
		}
	}
	return { ...base, ...Object.fromEntries(given) };
}
