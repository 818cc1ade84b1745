/** Answers of the video and video batch operations. */
import { type ItemState, requestsIn, type StatusEntry } from './batch-answers';
import { decodeCursor, encodeCursor } from '../server/cursor';
import { ApiError, invalidParameter, type ItemError } from '../server/errors';
import type { Fields } from '../server/fields';
import { type VideoFile, videoFilePath, videoPageUrl } from '../files/file-names';
import { type Call, type Handlers, ok, seconds } from '../server/operation';
import { checkVideoRules, findUnusableAsset, findUnusableId, type RuleContext } from './rules';
import { presentScenes } from './scenes';
import type { Job } from '../jobs/job';
import { acceptBatch, batchAnswer, type BatchedKind, bulkStatuses, entryOf } from '../jobs/batched-jobs';
import { type ModelVideoDetails, presentAmongVideos, statusAmongVideos } from '../jobs/model-video';
import { draftOf, hasFiles, stateAt, type VideoDraft, videoFailure, type VideoJob } from './video-job';

/** The record of a video. */
export function presentVideo(job: VideoJob, { world, now }: Pick<Call, 'world' | 'now'>): object {
	const state = stateAt(job, now);
	const failure = failureOf(job, now);
	const link = (file: VideoFile, exists: boolean): string | null =>
		exists && hasFiles(job, now)
			? world.signer.mint(videoFilePath(job.id, file, job.outputFormat), now)
			: null;
	return {
		id: job.id,
		title: job.title,
		status: state === 'running' ? job.runningWord : state,
		video_url: link('video', true),
		captioned_video_url: link('captioned', job.captions === 'burned'),
		subtitle_url: link('subtitles', job.captions !== 'none'),
		thumbnail_url: link('thumbnail', true),
		gif_url: link('preview', job.hasPreview),
		duration: state === 'completed' ? job.duration : null,
		folder_id: job.folderId,
		output_language: null,
		video_page_url: state === 'completed' ? videoPageUrl(job.id) : null,
		created_at: seconds(job.createdAt),
		completed_at: state === 'completed' ? seconds(job.finishAt) : null,
		failure_code: failure?.code ?? null,
		failure_message: failure?.message ?? null,
	};
}

function failureOf(job: VideoJob, now: number): ItemError | null {
	return stateAt(job, now) === 'failed' ? videoFailure(job) : null;
}

/** The state in the words of batches and of the bulk status. */
function videoItemState(job: VideoJob, now: number): ItemState {
	const state = stateAt(job, now);
	const status = state === 'pending' ? 'queued' : state === 'running' ? 'processing' : state;
	return { status, error: failureOf(job, now) };
}

const videoKind: BatchedKind<VideoDraft, VideoJob> = {
	storeIn: (world) => world.videos,
	stateOf: videoItemState,
	gone: { code: 'video_not_found', message: 'The video was deleted' },
};

/** The reason why a video that fits the contract is refused all the same. */
function refusalOf(body: Fields, { world, key, now }: Call): ApiError | null {
	const { validateIds, validateAssets } = world.config;
	const problem =
		(validateIds ? findUnusableId(body, world.castAt(now)) : null) ??
		(validateAssets ? findUnusableAsset(body, world.assets, now) : null);
	if (problem) return problem;
	if (key.hasCredit) return null;
	return new ApiError(402, 'insufficient_credit', 'The wallet has too little credit for this video');
}

const contextOf = ({ world, now }: Call): RuleContext => ({
	cast: world.castAt(now),
	assets: world.assets,
	now,
	open: world.config.contract === 'open',
});

/** The video of a model with that id, where such videos can be found among all others. */
function modelVideoAt(id: string, { world }: Call): Job<ModelVideoDetails> | undefined {
	return world.config.modelVideosAmongVideos ? world.jobs.modelVideo.records.get(id) : undefined;
}

function videoStatus(id: string, call: Call): StatusEntry {
	const { world, now } = call;
	const job = world.videos.get(id);
	const base = { video_id: id, batch_id: null, item_index: null };
	const modelVideo = modelVideoAt(id, call);
	if (modelVideo) return { ...base, ...statusAmongVideos(modelVideo, now) };
	if (!job) return { ...base, status: 'not_found', error: null };
	const { status, error } = videoItemState(job, now);
	return { ...base, status: status === 'processing' ? job.runningWord : status, error };
}

function videoOf({ world, params }: Call): VideoJob {
	const id = params['video_id'] ?? '';
	const job = world.videos.get(id);
	if (!job) throw new ApiError(404, 'video_not_found', `Video ${id} not found`);
	return job;
}

const optionalText = (value: unknown): string | undefined =>
	value === undefined ? undefined : String(value);

export const videoHandlers: Handlers = {
	'POST /v3/videos': (call) => {
		const { world, body, key, now } = call;
		const violations = checkVideoRules(body, contextOf(call));
		if (violations.length > 0) throw invalidParameter(violations);
		const refusal = refusalOf(body, call);
		if (refusal) throw refusal;
		const job = world.videos.create(draftOf(body), key.value, now);
		if (!job) {
			const retryAfter = world.config.retryAfterSeconds ?? 1;
			const message = 'Too many videos are being rendered at once';
			throw new ApiError(429, 'rate_limit_exceeded', message, { retryAfter });
		}
		return ok({ data: { video_id: job.id, status: 'waiting', output_format: job.outputFormat } });
	},

	'GET /v3/videos': (call) => {
		const { world, query, now } = call;
		world.videos.advance(now);
		const filter = { folderId: optionalText(query.folder_id), title: optionalText(query.title) };
		const from = decodeCursor('videos', query.token);
		const { listOrder } = world.config;
		const { videos, next } = world.videos.page(filter, Number(query.limit), from, listOrder);
		return ok({
			data: videos.map((job) => presentVideo(job, call)),
			has_more: next !== null,
			next_token: next === null ? null : encodeCursor('videos', next),
		});
	},

	'GET /v3/videos/{video_id}': (call) => {
		const { world, params, now } = call;
		world.videos.advance(now);
		const modelVideo = modelVideoAt(params['video_id'] ?? '', call);
		if (modelVideo) return ok({ data: presentAmongVideos(modelVideo, now, world.signer) });
		return ok({ data: presentVideo(videoOf(call), call) });
	},

	'GET /v3/videos/{video_id}/scenes': (call) => {
		const { id, scenes } = videoOf(call);
		return ok({ data: presentScenes(id, scenes) });
	},

	'DELETE /v3/videos/{video_id}': (call) => {
		const { id } = videoOf(call);
		call.world.videos.delete(id, call.now);
		return ok({ data: { id, deleted: true } });
	},

	'GET /v3/videos/statuses': (call) => bulkStatuses(call, videoKind, 'video_ids', (id) => videoStatus(id, call)),

	'POST /v3/videos/batches': (call) => {
		const videos = requestsIn(call.body, 'videos');
		const context = contextOf(call);
		const violations = videos.flatMap((video, index) => checkVideoRules(video, context, `videos[${index}].`));
		if (violations.length > 0) throw invalidParameter(violations);
		return acceptBatch(call, videoKind, videos.map((video) => entryOf(refusalOf(video, call), () => draftOf(video))));
	},

	'GET /v3/videos/batches/{batch_id}': (call) => batchAnswer(call, videoKind),
};
