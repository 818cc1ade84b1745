/** The webhook events of videos that end. */
import { videoFilePath, videoPageUrl, videoSharePageUrl } from '../files/file-names';
import { SEED_OWNER } from '../server/seeds';
import type { UrlSigner } from '../files/signed-urls';
import { hasFiles, videoFailure, type VideoJob } from './video-job';
import { WebhookEvent } from '../webhooks/webhook-events';

/** The end of a video. Seeded ones belong to all keys. */
export function videoEnded(job: VideoJob, signer: UrlSigner): WebhookEvent {
	const { id, finishAt: at, folderId, callbackId } = job;
	const owner = job.owner === SEED_OWNER ? null : job.owner;
	if (job.ending === 'failed') {
		const msg = videoFailure(job).message;
		return new WebhookEvent('avatar_video.fail', at, owner, () => ({
			video_id: id,
			msg,
			callback_id: callbackId,
		}));
	}
	const link = (file: 'video' | 'preview'): string | null =>
		hasFiles(job, at) ? signer.mint(videoFilePath(id, file, job.outputFormat), at) : null;
	return new WebhookEvent('avatar_video.success', at, owner, () => ({
		video_id: id,
		url: link('video'),
		gif_download_url: link('preview'),
		video_page_url: videoPageUrl(id),
		video_share_page_url: videoSharePageUrl(id),
		folder_id: folderId,
		callback_id: callbackId,
	}));
}
