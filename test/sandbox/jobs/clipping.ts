/** AI clipping: short clips out of a long video. */
import { jobFilePath } from '../files/file-names';
import type { UrlSigner } from '../files/signed-urls';
import { draftWith, hasJobFiles, type Job, type JobDraft, jobStateAt, progressAt, statusWordAt } from './job';
import { failureWith, markedNumbers, textsAmong } from './markers';
import { asText } from '../server/fields';
import { seconds } from '../server/operation';
import { type EventData, WebhookEvent } from '../webhooks/webhook-events';

/** What a clipping job was asked for, and what its clips will be like. */
export interface ClippingDetails {
	title: string | null;
	callbackId: string | null;
	inputLanguage: string | null;
	aspectRatio: string;
	/** Length of each clip in seconds. */
	clipSeconds: number;
	clips: ClipDraft[];
}

interface ClipDraft {
	failed: boolean;
	hasFile: boolean;
}

const words = { waiting: 'pending', running: 'running' };
const DEFAULT_CLIPS = 3;
/** Length of every source in seconds. */
const SOURCE_SECONDS = 600;
/** Seconds of a clip of each type of duration, which is a longest length. */
const secondsOfType: Record<string, number> = { '30': 28.5, '60': 57.25, '180': 171, long: 300 };
const DEFAULT_CLIP_SECONDS = 57.25;
/** The best clip comes first, each further one is worth that much less. */
const BEST_SCORE = 95;
const SCORE_STEP = 7;

const asRecord = (value: unknown): Record<string, unknown> =>
	typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** Clips that markers describe; they count from 1. */
function clipsOf(texts: readonly string[]): ClipDraft[] {
	const [count = DEFAULT_CLIPS] = markedNumbers(texts, 'clips');
	const failed = markedNumbers(texts, 'clip-failed');
	const withoutFile = markedNumbers(texts, 'clip-without-file');
	return Array.from({ length: count }, (_, index) => ({
		failed: failed.includes(index + 1),
		hasFile: !withoutFile.includes(index + 1),
	}));
}

/**
 * Reads a request. Markers stand in its title or in the prompt of its output settings: those of all jobs, and
 * `[clips:N]` (3 by default), `[clip-failed:K]`, `[clip-without-file:K]`.
 */
export function clippingDraft(body: Record<string, unknown>): JobDraft<ClippingDetails> {
	const settings = asRecord(body.output_settings);
	const texts = textsAmong([body.title, settings.prompt]);
	const [type] = Array.isArray(settings.duration_types) ? settings.duration_types.map(String) : [];
	return draftWith(texts, {
		title: asText(body.title),
		callbackId: asText(body.callback_id),
		inputLanguage: asText(body.input_language),
		aspectRatio: asText(settings.aspect_ratio) ?? 'portrait',
		clipSeconds: secondsOfType[type ?? ''] ?? DEFAULT_CLIP_SECONDS,
		clips: clipsOf(texts),
	});
}

function presentClip(job: Job<ClippingDetails>, index: number, now: number, signer: UrlSigner): object {
	const { clips, aspectRatio, clipSeconds } = job.details;
	const { failed = false, hasFile = true } = clips[index] ?? {};
	const link = (extension: string): string | null =>
		hasJobFiles(job, now) ? signer.mint(jobFilePath('clipping', job.id, `clip-${index + 1}.${extension}`), now) : null;
	return {
		id: `${job.id}_${index + 1}`,
		status: failed ? 'failed' : 'completed',
		title: `Clip ${index + 1}`,
		video_url: failed || !hasFile ? null : link('mp4'),
		thumbnail_url: failed ? null : link('jpg'),
		duration_seconds: failed ? null : clipSeconds,
		aspect_ratio: aspectRatio,
		virality_score: failed ? null : Math.max(BEST_SCORE - SCORE_STEP * index, 0),
		failure_message: failed ? 'The clip could not be rendered' : null,
	};
}

/**
 * The record of a clipping job. Its output settings are not told again.
 * @param isAlone whether it is all that is answered: lists do not know how far a job is.
 */
export function presentClipping(
	job: Job<ClippingDetails>,
	now: number,
	signer: UrlSigner,
	isAlone = true,
): EventData {
	const { details } = job;
	const state = jobStateAt(job, now);
	return {
		id: job.id,
		status: statusWordAt(job, now, words),
		title: details.title,
		...(job.hasProgress ? { progress: isAlone ? progressAt(job, now) : 0 } : {}),
		clips: state === 'completed' ? details.clips.map((_, index) => presentClip(job, index, now, signer)) : [],
		source_duration: state === 'completed' ? SOURCE_SECONDS : null,
		input_language: details.inputLanguage,
		output_settings: null,
		callback_id: details.callbackId,
		created_at: seconds(job.createdAt),
		failure_message: state === 'failed' ? failureWith(job.failureCode).message : null,
	};
}

/** The end of a clipping job. One that is cancelled tells of it as a failure, as there is no event of its own. */
export function clippingEnded(job: Job<ClippingDetails>, signer: UrlSigner): WebhookEvent {
	const { owner, finishAt: at, ending } = job;
	const type = ending === 'completed' ? 'ai_clipping.success' : 'ai_clipping.fail';
	return new WebhookEvent(type, at, owner, () => presentClipping(job, at, signer));
}
