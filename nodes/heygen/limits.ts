/**
 * Every limit of HeyGen's API v3 that this package checks or obeys, once, each with where it comes from.
 * "pricing page" is HeyGen's page "Enterprise Pricing" (section Endpoint Limits and Pagination); "contract" is the
 * OpenAPI document of API v3. Nothing else in the package repeats one of these numbers.
 */

/** Characters of a script (pricing page, Avatar Input; contract `script.maxLength`). */
export const SCRIPT_MAX_CHARACTERS = 5_000;

/** Minutes of audio that an avatar can speak (pricing page, Avatar Input: "10 minutes (600 seconds)"). */
export const AUDIO_MAX_MINUTES = 10;
export const AUDIO_MAX_SECONDS = AUDIO_MAX_MINUTES * 60;

/** Characters of a text to speak (pricing page, Text-to-Speech Input; contract `text.maxLength`). */
export const SPEECH_TEXT_MAX_CHARACTERS = 5_000;

/** Speed of speech without a video (pricing page, Text-to-Speech Input). */
export const SPEECH_SPEED = { min: 0.5, max: 2 } as const;

/** Voices that HeyGen finds at most for one description and seed (API reference, section Voices and speech). */
export const DESIGNED_VOICES = 3;

/** Pictures that an avatar of a prompt is made after (contract, `reference_images.maxItems`). */
export const AVATAR_REFERENCES_MAX = 3;

/**
 * Characters of the prompt of an avatar. One source says 200, another one has seen 1,000 (API reference, section Avatars),
 * so it is a hint.
 */
export const AVATAR_PROMPT_CHARACTERS = 1_000;

/** The score that a sound must have unless told (contract, `min_score.default`). */
export const SOUND_SCORE = 0.7;

/** A score that sound effects reach, for which the usual one is too high (API reference, section Other asset calls). */
export const EFFECT_SCORE = 0.4;

/** Hours for which HeyGen replays the answer to an idempotency key (API reference, section Idempotency-Key). */
export const IDEMPOTENCY_HOURS = 24;

/** Voice speed factor (contract `voice_settings.speed`). */
export const VOICE_SPEED = { min: 0.5, max: 1.5 } as const;

/** Voice pitch in semitone steps of HeyGen's own scale (contract `voice_settings.pitch`). */
export const VOICE_PITCH = { min: -50, max: 50 } as const;

/** Ranges that run from 0 to 1: volume, opacity, stability and the like (contract). */
export const UNIT_RANGE = { min: 0, max: 1 } as const;

/** Frames per second of a HyperFrames render (contract). */
export const FRAME_RATE = { min: 1, max: 240, whole: true } as const;

/** Scale of a watermark (API reference; the contract names no bound). */
export const WATERMARK_SCALE = { min: 0, max: 2 } as const;

/** The largest page each list serves (pricing page, table Pagination; contract `limit.maximum`). */
export const PAGE_MAX = {
	videos: 100,
	avatars: 50,
	avatarLooks: 50,
	voices: 100,
	agentSessions: 100,
	agentStyles: 100,
	agentResources: 100,
	batchItems: 100,
	assets: 100,
	assetSearch: 50,
	brandKits: 100,
	brandGlossaries: 100,
	translations: 100,
	lipsyncs: 100,
	webhookEndpoints: 100,
	webhookEvents: 100,
	renders: 100,
	clippings: 100,
	backgroundRemovals: 100,
	templates: 100,
	sounds: 50,
} as const;

/** The page of a list that nobody knows more of: what most of HeyGen's lists serve at most (pricing page, table Pagination). */
const PAGE_USUAL = 100;

/** Lists whose largest page is not the usual one. */
const PAGE_MAX_OF: ReadonlyMap<string, number> = new Map([
	['/v3/assets/search', PAGE_MAX.assetSearch],
	['/v3/audio/sounds', PAGE_MAX.sounds],
	['/v3/avatars', PAGE_MAX.avatars],
	['/v3/avatars/looks', PAGE_MAX.avatarLooks],
]);

/**
 * The largest page of a list.
 *
 * @param path the list's: "/v3/avatars"
 */
export function pageMaxOf(path: string): number {
	return PAGE_MAX_OF.get(path) ?? PAGE_USUAL;
}

/** Creates that one `…/batches` request takes (contract `maxItems`). */
export const BATCH_MAX = 100;

/** Ids that one `…/statuses` request takes (API reference, batches and bulk status). */
export const STATUS_IDS_MAX = 100;

/** What an `Idempotency-Key` may look like (contract, parameter `Idempotency-Key`). */
export const IDEMPOTENCY_KEY_PATTERN = /^[A-Za-z0-9_\-:.]{1,255}$/;

/** Megabytes that `POST /v3/assets` takes; larger files go by direct upload (pricing page, Asset Upload). */
export const SIMPLE_UPLOAD_MAX_MB = 32;

/** Megabytes of the files that a video is rendered from (pricing page, Video Generation Input). */
export const RENDER_IMAGE_MAX_MB = 50;
export const RENDER_VIDEO_MAX_MB = 100;
export const RENDER_AUDIO_MAX_MB = 50;

/** Megabytes of a HyperFrames project (API reference, section HyperFrames). */
export const HYPERFRAMES_PROJECT_MAX_MB = 200;

/** Minutes for which HeyGen's own clients wait for a translation (API reference, section Retry and time-out policy). */
export const DUBBING_MINUTES = 60;

/** Megabytes of subtitles that are read: hours of film have less than one. The bound is the package's own. */
export const SUBTITLES_MAX_MB = 10;

/** Pixels that no side of a render's image or video may reach: "< 2K" (pricing page, Video Generation Input). */
export const PICTURE_SIDE_LIMIT = 2_048;

/** Characters of a cinematic video's prompt (contract, `prompt.maxLength` of `type: cinematic_avatar`). */
export const CINEMATIC_PROMPT_MAX_CHARACTERS = 10_000;

/** Avatar looks of a cinematic video (contract, `avatar_id.maxItems`). */
export const CINEMATIC_LOOKS_MAX = 3;

/** Files that a cinematic video is made after; its looks count as images (API reference, section `type: "cinematic_avatar"`). */
export const CINEMATIC_VIDEOS_MAX = 3;
export const CINEMATIC_IMAGES_MAX = 9;

/** Seconds of a cinematic video (contract, `duration`). */
export const CINEMATIC_SECONDS = { min: 4, max: 15 } as const;

/** Characters of the prompt of a video from a model (contract). Resellers take twice as many, so it is a hint. */
export const MODEL_PROMPT_CHARACTERS = 16_000;

/** Seconds of a video from the model `heygen-video-1` (contract, `duration`), and those that HeyGen takes unless told. */
export const MODEL_VIDEO_SECONDS = { min: 5, max: 15 } as const;
export const MODEL_VIDEO_DEFAULT_SECONDS = 5;

/** Files that the model `heygen-video-1` takes as references (contract; API reference, section 18, for all together). */
export const MODEL_REFERENCE_IMAGES_MAX = 9;
export const MODEL_REFERENCE_VIDEOS_MAX = 3;
export const MODEL_REFERENCE_AUDIO_MAX = 3;
export const MODEL_REFERENCES_MAX = 12;

/** The largest seed that resellers of HeyGen's model take; HeyGen names none, so it is a hint. */
export const MODEL_SEED_HINT = 4_294_967_295;

/** Characters of a video agent's prompt (pricing page, Video Agent Input; contract `prompt.maxLength`). */
export const AGENT_PROMPT_MAX_CHARACTERS = 10_000;

/** Files that a video agent takes (pricing page, Video Agent Input). */
export const AGENT_FILES_MAX = 20;

/** Frames a second of videos with avatars (pricing page, Output Video Specifications). */
export const AVATAR_VIDEO_FRAME_RATE = 25;

/** Pixels of each side of a video (pricing page, Output Video Specifications). */
export const OUTPUT_SIDE = { min: 128, max: 4_096 } as const;

/** Scenes of a video (pricing page, Output Video Specifications). */
export const SCENES_MAX = 50;

/** Seconds for which a scene shows a still image without a sound (contract, `duration` of `type: studio`). */
export const STILL_SECONDS = { above: 0, max: 300 } as const;

/** Jobs that an Enterprise contract lets run at the same time, at least (pricing page, Concurrency Limits: "20+"). */
export const ENTERPRISE_JOBS = 20;

/** Characters of a folder's name (contract `POST /v3/folders`). */
export const FOLDER_NAME_MAX_CHARACTERS = 256;

/** Seconds a webhook delivery may be old, or from the future (API reference, delivery and signature). */
export const DELIVERY_TOLERANCE_SECONDS = 300;

/** Hours for which HeyGen repeats a delivery that was not taken (API reference, delivery and signature). */
export const DELIVERY_RETRY_HOURS = 24;

/** Characters of a clipping's prompt (contract `maxLength`). */
export const CLIPPING_PROMPT_MAX_CHARACTERS = 500;

/** Characters of a clipping's title. One source says so (API reference, Post-production jobs): HeyGen has the last word. */
export const CLIPPING_TITLE_CHARACTERS = 255;
