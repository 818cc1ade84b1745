/** The webhook event types there are, and what each of them tells. */

/** Types that the API has gained since the contract was written down. */
export const laterEventTypes = ['filler_word_removal.success', 'filler_word_removal.fail'] as const;

/** Any type of the contract; it marks the lists of types in there. */
const KNOWN_TYPE = 'avatar_video.success';

/** Descriptions of what has a `.success` and a `.fail`. */
const endings: Record<string, string> = {
	avatar_video: 'An avatar video',
	avatar_video_gif: 'The GIF of an avatar video',
	avatar_video_caption: 'The captions of an avatar video',
	video_translate: 'A video translation',
	instant_avatar: 'An instant avatar',
	photo_avatar_generation: 'The generation of a photo avatar',
	photo_avatar_train: 'The training of a photo avatar',
	photo_avatar_add_motion: 'Adding motion to a photo avatar',
	proofread_creation: 'The creation of a proofread',
	live_avatar: 'A live avatar',
	video_agent: 'A video of the video agent',
	hyperframes_video: 'A HyperFrames video',
	ai_clipping: 'A clipping job',
	filler_word_removal: 'The removal of filler words',
};

/** All event types with their descriptions. */
export const eventDescriptions: Readonly<Record<string, string>> = {
	...Object.fromEntries(
		Object.entries(endings).flatMap(([name, what]) => [
			[`${name}.success`, `${what} succeeded`],
			[`${name}.fail`, `${what} failed`],
		]),
	),
	'video_translate.preflight.validation_failed': 'A video cannot be translated as it is',
	'video_translate.preflight.download_failed': 'A video to be translated could not be downloaded',
	personalized_video: 'A personalized video succeeded',
	'batch.finished': 'All items of a batch have ended',
};

/**
 * A reviver for `JSON.parse` that adds the later types to every list of event types in the contract.
 * The file itself stays as it was published.
 */
export function withLaterEventTypes(key: string, value: unknown): unknown {
	const isList = key === 'enum' && Array.isArray(value) && value.includes(KNOWN_TYPE);
	return isList ? [...(value as unknown[]), ...laterEventTypes] : value;
}
