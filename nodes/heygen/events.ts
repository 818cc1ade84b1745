import { clippingJob } from './jobs/clipping';
import { fillerWordRemovalJob } from './jobs/fillerWordRemoval';
import { hyperframesJob } from './jobs/hyperframes';
import type { JobFile, Readable } from './jobs/kind';
import { proofreadJob } from './jobs/proofread';
import { translationJob } from './jobs/translation';
import { videoJob } from './jobs/video';
import { reasonIn } from './reasons';

/**
 * HeyGen's events: their types, and what one is about. Of most events only the name is published, so everything is
 * read from whatever field of `event_data` has it (API reference, section Webhooks).
 */

/** All event types known (contract, July 2026, and the two of filler word removal that came later). */
export const EVENT_TYPES: readonly string[] = [
	'ai_clipping.fail',
	'ai_clipping.success',
	'avatar_video.fail',
	'avatar_video.success',
	'avatar_video_caption.fail',
	'avatar_video_caption.success',
	'avatar_video_gif.fail',
	'avatar_video_gif.success',
	'batch.finished',
	'filler_word_removal.fail',
	'filler_word_removal.success',
	'hyperframes_video.fail',
	'hyperframes_video.success',
	'instant_avatar.fail',
	'instant_avatar.success',
	'live_avatar.fail',
	'live_avatar.success',
	'personalized_video',
	'photo_avatar_add_motion.fail',
	'photo_avatar_add_motion.success',
	'photo_avatar_generation.fail',
	'photo_avatar_generation.success',
	'photo_avatar_train.fail',
	'photo_avatar_train.success',
	'proofread_creation.fail',
	'proofread_creation.success',
	'video_agent.fail',
	'video_agent.success',
	'video_translate.fail',
	'video_translate.preflight.download_failed',
	'video_translate.preflight.validation_failed',
	'video_translate.success',
];

/** How the thing went that an event tells of; `finished` when the type does not say. */
export type EventOutcome = 'success' | 'failure' | 'finished';

/**
 * How it went, by the event's type.
 *
 * @param eventType "avatar_video.success"
 */
export function eventOutcome(eventType: string): EventOutcome {
	if (/\bsuccess$/.test(eventType) || eventType === 'personalized_video') return 'success';
	return /(\b|_)fail(ed)?$/.test(eventType) ? 'failure' : 'finished';
}

/**
 * A name for people: "Avatar Video Succeeded".
 *
 * @param eventType "avatar_video.success"
 */
export function eventName(eventType: string): string {
	const words = eventType
		.replace(/\.success$/, '.succeeded')
		.replace(/\.fail$/, '.failed')
		.split(/[._]+/);
	return words
		.map((word) => SPELLING.get(word) ?? `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
		.join(' ');
}

const SPELLING: ReadonlyMap<string, string> = new Map([
	['ai', 'AI'],
	['gif', 'GIF'],
	['hyperframes', 'HyperFrames'],
]);

/** What events of one family are about. */
interface EventFamily {
	/** Of the items' `kind`. */
	kind: string;
	/** Fields of `event_data` that hold its id; the first filled one wins. */
	idFields: readonly string[];
	/** What can be read by that id. */
	readable?: Readable;
}

const video: EventFamily = { kind: 'video', idFields: ['video_id'], readable: videoJob };
const avatar: EventFamily = {
	kind: 'avatar',
	idFields: ['avatar_id', 'photo_avatar_id', 'look_id', 'group_id', 'generation_id'],
};

/** By the first word of the event type. */
const FAMILIES: Readonly<Record<string, EventFamily>> = {
	avatar_video: video,
	avatar_video_caption: video,
	avatar_video_gif: video,
	// The video that the agent made; of its session only messages could be read.
	video_agent: { kind: 'videoAgent', idFields: ['video_id', 'session_id'], readable: videoJob },
	personalized_video: { kind: 'personalizedVideo', idFields: ['video_id', 'project_id'] },
	video_translate: {
		kind: 'translation',
		idFields: ['video_translate_id', 'video_translation_id'],
		readable: translationJob,
	},
	proofread_creation: {
		kind: 'proofread',
		idFields: ['proofread_id'],
		readable: proofreadJob,
	},
	hyperframes_video: {
		kind: 'hyperframes',
		idFields: ['render_id', 'video_id'],
		readable: hyperframesJob,
	},
	ai_clipping: {
		kind: 'clipping',
		idFields: ['ai_clipping_id', 'job_id', 'id'],
		// Its files are those of the clips, and an event is one item.
		readable: { ...clippingJob, files: [] },
	},
	filler_word_removal: {
		kind: 'fillerWordRemoval',
		idFields: ['filler_word_removal_id', 'id'],
		readable: fillerWordRemovalJob,
	},
	batch: { kind: 'batch', idFields: ['batch_id'] },
	instant_avatar: avatar,
	photo_avatar_add_motion: avatar,
	photo_avatar_generation: avatar,
	photo_avatar_train: avatar,
	live_avatar: { kind: 'liveAvatar', idFields: ['avatar_id', 'session_id'] },
};

/** Where an id may be in an event that no family knows. */
const ANY_ID = [
	'video_id',
	'video_translate_id',
	'video_translation_id',
	'render_id',
	'session_id',
	'id',
	'batch_id',
] as const;

const URL_FIELDS = ['url', 'video_url', 'gif_download_url', 'gif_url'] as const;
const ERROR_FIELDS = [
	'failure_message',
	'msg',
	'message',
	'error_message',
	'error',
	'failure',
	'failure_reason',
	'reason',
	'detail',
	'errors',
	'failure_code',
] as const;

/** Stands for the reason of a failure that HeyGen names none for. */
export const NO_REASON = 'HeyGen named no reason';

/** What an event says, in the same fields whatever its type. */
export interface EventFacts {
	eventType: string;
	outcome: EventOutcome;
	/** What it is about: `video`, `translation`, `batch` …; the type's first word when it is an unknown one. */
	kind: string;
	/** Id of what it is about. */
	id: string | null;
	/** Where the result is. Presigned, expires. */
	url: string | null;
	/** Why it failed; filled in for every failure. */
	error: string | null;
	/** The `callback_id` that the job was created with. */
	callbackId: string | null;
}

/**
 * Reads an event.
 *
 * @param eventType its `event_type`
 * @param data its `event_data`
 */
export function readEvent(eventType: string, data: Record<string, unknown>): EventFacts {
	const outcome = eventOutcome(eventType);
	const family = familyOf(eventType);
	return {
		eventType,
		outcome,
		kind: family?.kind ?? eventType.split('.')[0] ?? eventType,
		id: firstText(data, [...(family?.idFields ?? []), ...ANY_ID]),
		url: outcome === 'failure' ? null : firstText(data, URL_FIELDS),
		error: outcome === 'failure' ? reasonOf(data) : null,
		callbackId: firstText(data, ['callback_id']),
	};
}

/**
 * What can be read by the id of an event.
 *
 * @param eventType its `event_type`
 * @param data its `event_data`
 * @returns undefined when HeyGen has nothing to read for it
 */
export function readableOf(
	eventType: string,
	data: Record<string, unknown>,
): { what: Readable; id: string } | undefined {
	const family = familyOf(eventType);
	if (family?.readable === undefined) return undefined;
	// An agent that made no video has none to read.
	const idFields = family.readable === videoJob ? ['video_id'] : family.idFields;
	const id = firstText(data, idFields);
	return id === null ? undefined : { what: family.readable, id };
}

/** Every file that some event may come with, for parameters; the first of each name. */
export const EVENT_FILES: readonly JobFile[] = [...videoJob.files, ...translationJob.files].filter(
	(file, index, all) => all.findIndex(({ name }) => name === file.name) === index,
);

function familyOf(eventType: string): EventFamily | undefined {
	const word = eventType.split('.')[0] ?? '';
	return Object.hasOwn(FAMILIES, word) ? FAMILIES[word] : undefined;
}

/** Why it failed, from the first field that says anything. */
function reasonOf(data: Record<string, unknown>): string {
	for (const field of ERROR_FIELDS) {
		const { message, code } = reasonIn(data[field]);
		const reason = message ?? code;
		if (reason !== undefined) return reason;
	}
	return NO_REASON;
}

/** The first field with a text in it; ids can be numbers. */
function firstText(data: Record<string, unknown>, fields: readonly string[]): string | null {
	for (const field of fields) {
		const value = data[field];
		if (typeof value === 'string' && value.trim() !== '') return value;
		if (typeof value === 'number') return String(value);
	}
	return null;
}
