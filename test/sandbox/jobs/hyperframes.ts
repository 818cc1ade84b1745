/** HyperFrames renders: projects of HTML that become films. */
import { jobFilePath } from '../files/file-names';
import type { UrlSigner } from '../files/signed-urls';
import { draftWith, hasJobFiles, type Job, type JobDraft, jobStateAt, statusWordAt } from './job';
import { failureWith, textsAmong } from './markers';
import { seconds } from '../server/operation';
import { WebhookEvent } from '../webhooks/webhook-events';

/** What a render was asked for, as its record tells it again. */
export interface RenderDetails {
	title: string | null;
	callbackId: string | null;
	fps: number;
	quality: string;
	format: string;
	resolution: string;
	aspectRatio: string;
	composition: string;
}

const words = { waiting: 'queued', running: 'rendering' };
const DEFAULT_FPS = 30;
/** Length of every finished render in seconds. */
const DURATION_SECONDS = 10;

const textOr = <Fallback>(value: unknown, fallback: Fallback): string | Fallback =>
	typeof value === 'string' ? value : fallback;

/** Reads a request; what it leaves open is what HeyGen takes by default. Markers stand in its title. */
export function renderDraft(body: Record<string, unknown>): JobDraft<RenderDetails> {
	return draftWith(textsAmong([body.title]), {
		title: textOr(body.title, null),
		callbackId: textOr(body.callback_id, null),
		fps: typeof body.fps === 'number' ? body.fps : DEFAULT_FPS,
		quality: textOr(body.quality, 'standard'),
		format: textOr(body.format, 'mp4'),
		resolution: textOr(body.resolution, '1080p'),
		aspectRatio: textOr(body.aspect_ratio, '16:9'),
		composition: textOr(body.composition, 'index.html'),
	});
}

function fileUrl(job: Job<RenderDetails>, file: string, now: number, signer: UrlSigner): string | null {
	return hasJobFiles(job, now) ? signer.mint(jobFilePath('hyperframes', job.id, file), now) : null;
}

const videoUrl = (job: Job<RenderDetails>, now: number, signer: UrlSigner): string | null =>
	fileUrl(job, `video.${job.details.format}`, now, signer);

/** The record of a render. */
export function presentRender(job: Job<RenderDetails>, now: number, signer: UrlSigner): object {
	const { details } = job;
	const state = jobStateAt(job, now);
	return {
		render_id: job.id,
		status: statusWordAt(job, now, words),
		title: details.title,
		callback_id: details.callbackId,
		video_url: videoUrl(job, now, signer),
		thumbnail_url: fileUrl(job, 'thumbnail.jpg', now, signer),
		duration: state === 'completed' ? DURATION_SECONDS : null,
		fps: details.fps,
		quality: details.quality,
		format: details.format,
		resolution: details.resolution,
		aspect_ratio: details.aspectRatio,
		composition: details.composition,
		created_at: seconds(job.createdAt),
		completed_at: state === 'completed' ? seconds(job.finishAt) : null,
		failure_message: state === 'failed' ? failureWith(job.failureCode).message : null,
	};
}

/** The end of a render. One that is cancelled tells of it as a failure, as there is no event of its own. */
export function renderEnded(job: Job<RenderDetails>, signer: UrlSigner): WebhookEvent {
	const { id, owner, finishAt: at, ending } = job;
	const common = { render_id: id, callback_id: job.details.callbackId };
	return ending === 'completed'
		? new WebhookEvent('hyperframes_video.success', at, owner, () => ({
				...common,
				video_url: videoUrl(job, at, signer),
			}))
		: new WebhookEvent('hyperframes_video.fail', at, owner, () => ({
				...common,
				failure_message: ending === 'failed' ? failureWith(job.failureCode).message : null,
			}));
}
