/** The webhook events of the video agent. */
import { videoFilePath } from '../files/file-names';
import type { UrlSigner } from '../files/signed-urls';
import { hasFiles } from '../videos/video-job';
import { WebhookEvent } from '../webhooks/webhook-events';
import type { Round } from './agent-session';

/** The end of a round that made a video, or should have. */
export function roundEnded({ session, video, ending, reason, finishAt: at }: Round, signer: UrlSigner): WebhookEvent {
	const common = { session_id: session.id, video_id: video?.id ?? null, callback_id: session.callbackId };
	const url = (): string | null =>
		video && hasFiles(video, at) ? signer.mint(videoFilePath(video.id, 'video', video.outputFormat), at) : null;
	return ending === 'completed'
		? new WebhookEvent('video_agent.success', at, session.owner, () => ({ ...common, url: url() }))
		: new WebhookEvent('video_agent.fail', at, session.owner, () => ({ ...common, url: null, msg: reason }));
}
