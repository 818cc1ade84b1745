/** Videos of HeyGen's models, which are made from a prompt. */
import { jobFilePath } from '../files/file-names';
import type { UrlSigner } from '../files/signed-urls';
import { draftWith, hasJobFiles, type Job, type JobDraft, jobStateAt, statusWordAt } from './job';
import { failureWith, textsAmong } from './markers';
import type { ItemError } from '../server/errors';
import { seconds } from '../server/operation';

/** Length of the finished video in seconds. */
export interface ModelVideoDetails {
	duration: number;
}

/** Seconds that a video has unless the request says how many. */
const DEFAULT_SECONDS = 5;
const words = { waiting: 'pending', running: 'processing' };

/** Reads a request. Markers stand in its prompt, as it has no title. */
export function modelVideoDraft({ prompt, duration }: Record<string, unknown>): JobDraft<ModelVideoDetails> {
	return draftWith(textsAmong([prompt]), { duration: typeof duration === 'number' ? duration : DEFAULT_SECONDS });
}

const videoUrl = (job: Job<ModelVideoDetails>, now: number, signer: UrlSigner): string | null =>
	hasJobFiles(job, now) ? signer.mint(jobFilePath('modelVideo', job.id, 'video.mp4'), now) : null;

const failureCode = (job: Job<ModelVideoDetails>, now: number): string | null =>
	jobStateAt(job, now) === 'failed' ? job.failureCode : null;

/** The record of a model video; it says why the video failed with a code only. */
export function presentModelVideo(job: Job<ModelVideoDetails>, now: number, signer: UrlSigner): object {
	return {
		video_id: job.id,
		status: statusWordAt(job, now, words),
		video_url: videoUrl(job, now, signer),
		failure_code: failureCode(job, now),
	};
}

/** The state of a model video in the words of bulk statuses. */
export function statusAmongVideos(
	job: Job<ModelVideoDetails>,
	now: number,
): { status: string; error: ItemError | null } {
	const error = jobStateAt(job, now) === 'failed' ? failureWith(job.failureCode) : null;
	return { status: statusWordAt(job, now, { ...words, waiting: 'queued' }), error };
}

/** The same video as a record of `/v3/videos`, for a HeyGen that keeps all videos together. */
export function presentAmongVideos(job: Job<ModelVideoDetails>, now: number, signer: UrlSigner): object {
	const isCompleted = jobStateAt(job, now) === 'completed';
	return {
		id: job.id,
		title: null,
		status: statusWordAt(job, now, words),
		video_url: videoUrl(job, now, signer),
		captioned_video_url: null,
		subtitle_url: null,
		thumbnail_url: null,
		gif_url: null,
		duration: isCompleted ? job.details.duration : null,
		folder_id: null,
		output_language: null,
		video_page_url: null,
		created_at: seconds(job.createdAt),
		completed_at: isCompleted ? seconds(job.finishAt) : null,
		failure_code: failureCode(job, now),
		failure_message: null,
	};
}
