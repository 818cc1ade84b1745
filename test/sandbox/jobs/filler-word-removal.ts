/** Removals of filler words: a video without its "um" and "uh". */
import { jobFilePath } from '../files/file-names';
import type { UrlSigner } from '../files/signed-urls';
import { draftWith, hasJobFiles, type Job, type JobDraft, jobStateAt, progressAt, statusWordAt } from './job';
import { failureWith, textsAmong } from './markers';
import { seconds } from '../server/operation';
import { type EventData, WebhookEvent } from '../webhooks/webhook-events';

/** What a removal was asked for. */
export interface FillerDetails {
	title: string;
	callbackId: string | null;
}

const words = { waiting: 'pending', running: 'running' };
const DEFAULT_TITLE = 'Filler Removal';
/** What is told of every completed removal; the durations are in seconds. */
const RESULT = { num_cuts: 4, reduction_pct: 12.5, original_duration: 60, output_duration: 52.5 } as const;
const NO_RESULT = { num_cuts: null, reduction_pct: null, original_duration: null, output_duration: null } as const;

/** Reads a request. Markers stand in its title. */
export function fillerDraft({ title, callback_id: callbackId }: Record<string, unknown>): JobDraft<FillerDetails> {
	return draftWith(textsAmong([title]), {
		title: typeof title === 'string' ? title : DEFAULT_TITLE,
		callbackId: typeof callbackId === 'string' ? callbackId : null,
	});
}

/** The record of a removal. */
export function presentFiller(job: Job<FillerDetails>, now: number, signer: UrlSigner): EventData {
	const { details } = job;
	const state = jobStateAt(job, now);
	const link = (file: string): string | null =>
		hasJobFiles(job, now) ? signer.mint(jobFilePath('fillerWordRemoval', job.id, file), now) : null;
	return {
		id: job.id,
		status: statusWordAt(job, now, words),
		...(job.hasProgress ? { progress: progressAt(job, now) } : {}),
		title: details.title,
		callback_id: details.callbackId,
		created_at: seconds(job.createdAt),
		video_url: link('video.mp4'),
		thumbnail_url: link('thumbnail.jpg'),
		...(state === 'completed' ? RESULT : NO_RESULT),
		failure_message: state === 'failed' ? failureWith(job.failureCode).message : null,
	};
}

/** The end of a removal. One that is cancelled tells of it as a failure, as there is no event of its own. */
export function fillerEnded(job: Job<FillerDetails>, signer: UrlSigner): WebhookEvent {
	const { owner, finishAt: at, ending } = job;
	const type = ending === 'completed' ? 'filler_word_removal.success' : 'filler_word_removal.fail';
	return new WebhookEvent(type, at, owner, () => presentFiller(job, at, signer));
}
