/** Lip-syncs: a film whose lips follow another recording. Their ends are no events. */
import { type LipsyncFile, lipsyncFilePath } from '../files/file-names';
import type { UrlSigner } from '../files/signed-urls';
import { draftWith, hasJobFiles, type Job, type JobDraft, jobStateAt, statusWordAt } from '../jobs/job';
import { failureWith, textsAmong } from '../jobs/markers';
import { partSeconds } from '../jobs/source-part';
import { asText, type Fields } from '../server/fields';
import { seconds } from '../server/operation';

export interface LipsyncDetails {
	title: string | null;
	callbackId: string | null;
	/** Length of the finished video in seconds. */
	duration: number;
	hasCaptions: boolean;
}

export type Lipsync = Job<LipsyncDetails>;

const words = { waiting: 'pending', running: 'running' };

/** Reads a request. Markers stand in its title. */
export function lipsyncDraft(body: Fields): JobDraft<LipsyncDetails> {
	const texts = textsAmong([body.title]);
	return draftWith(texts, {
		title: asText(body.title),
		callbackId: asText(body.callback_id),
		duration: partSeconds(body, texts),
		hasCaptions: body.enable_caption === true,
	});
}

/** The record of a lip-sync. */
export function presentLipsync(job: Lipsync, now: number, signer: UrlSigner): object {
	const { title, callbackId, duration, hasCaptions } = job.details;
	const state = jobStateAt(job, now);
	const link = (file: LipsyncFile): string | null =>
		hasJobFiles(job, now) ? signer.mint(lipsyncFilePath(job.id, file), now) : null;
	return {
		id: job.id,
		title,
		status: statusWordAt(job, now, words),
		video_url: link('video'),
		caption_url: hasCaptions ? link('captions') : null,
		duration: state === 'completed' ? duration : null,
		callback_id: callbackId,
		failure_message: state === 'failed' ? failureWith(job.failureCode).message : null,
		created_at: seconds(job.createdAt),
	};
}
