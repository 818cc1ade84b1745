/** Answers of the video and video batch operations. */
import {
	batchEntries,
	type ItemStatus,
	presentBatch,
	type PresentedItem,
	type StatusEntry,
	statusIds,
} from './batch-answers';
import { decodeCursor, encodeCursor } from '../server/cursor';
import { ApiError, invalidParameter, type ItemError } from '../server/errors';
import { type VideoFile, videoFilePath, videoPageUrl } from '../files/file-names';
import { type Call, type Handlers, ok, seconds } from '../server/operation';
import { checkVideoRules, findUnusableAsset, findUnusableId, type RuleContext } from './rules';
import { presentScenes } from './scenes';
import type { Job } from '../jobs/job';
import { type ModelVideoDetails, presentAmongVideos, statusAmongVideos } from '../jobs/model-video';
import { draftOf, hasFiles, stateAt, type VideoDraft, videoFailure, type VideoJob } from './video-job';
import type { Batch, BatchItem } from './video-store';

type Fields = Record<string, unknown>;

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

/** The state in the words of batches and of the bulk status. */
function itemStatusOf(job: VideoJob, now: number): ItemStatus {
	const state = stateAt(job, now);
	if (state === 'pending') return 'queued';
	return state === 'running' ? 'processing' : state;
}

function failureOf(job: VideoJob, now: number): ItemError | null {
	return stateAt(job, now) === 'failed' ? videoFailure(job) : null;
}

function presentItem({ video, error, readyAt }: BatchItem, now: number): PresentedItem {
	if (video?.deleted) {
		const gone = { code: 'video_not_found', message: 'The video was deleted' };
		return { video_id: video.id, status: 'failed', error: gone };
	}
	if (video) {
		return { video_id: video.id, status: itemStatusOf(video, now), error: failureOf(video, now) };
	}
	if (error && now >= readyAt) return { video_id: null, status: 'failed', error };
	return { video_id: null, status: 'queued', error: null };
}

/** The reason why a video that fits the contract is refused all the same. */
function refusalOf(body: Fields, { world, key, now }: Call): ApiError | null {
	const { validateIds, validateAssets } = world.config;
	const problem =
		(validateIds ? findUnusableId(body, world.catalogue) : null) ??
		(validateAssets ? findUnusableAsset(body, world.assets, now) : null);
	if (problem) return problem;
	if (key.hasCredit) return null;
	return new ApiError(402, 'insufficient_credit', 'The wallet has too little credit for this video');
}

const contextOf = ({ world, now }: Call): RuleContext => ({
	catalogue: world.catalogue,
	assets: world.assets,
	now,
	open: world.config.contract === 'open',
});

/**
 * The bodies of a batch.
 * @throws ApiError 400 when they are no bodies, as an open contract lets everything through.
 */
function videosIn({ videos }: Fields): Fields[] {
	const isBody = (video: unknown): boolean => typeof video === 'object' && video !== null;
	if (Array.isArray(videos) && videos.every(isBody)) return videos as Fields[];
	throw invalidParameter([{ param: 'videos', message: 'videos must be a list of requests' }]);
}

function batchEntry(body: Fields, call: Call): VideoDraft | ItemError {
	const refusal = refusalOf(body, call);
	return refusal ? { code: refusal.code, message: refusal.message } : draftOf(body);
}

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
	const status = itemStatusOf(job, now);
	const shown = status === 'processing' ? job.runningWord : status;
	return { ...base, status: shown, error: failureOf(job, now) };
}

const presentItems = (batch: Batch, now: number): PresentedItem[] =>
	batch.items.map((item) => presentItem(item, now));

function batchStatuses(id: string, { world, now }: Call): StatusEntry[] {
	const batch = world.videos.getBatch(id);
	return batchEntries(id, batch && presentItems(batch, now));
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

	'GET /v3/videos/statuses': (call) => {
		call.world.videos.advance(call.now);
		const { ids, batchIds } = statusIds(call.query, 'video_ids');
		const ofVideos = ids.map((id) => videoStatus(id, call));
		const ofBatches = batchIds.flatMap((id) => batchStatuses(id, call));
		return ok({ data: [...ofVideos, ...ofBatches], has_more: false, next_token: null });
	},

	'POST /v3/videos/batches': (call) => {
		const { world, body, key, now } = call;
		const videos = videosIn(body);
		const context = contextOf(call);
		const violations = videos.flatMap((video, index) => checkVideoRules(video, context, `videos[${index}].`));
		if (violations.length > 0) throw invalidParameter(violations);
		const entries = videos.map((video) => batchEntry(video, call));
		const title = typeof body.title === 'string' ? body.title : null;
		const batch = world.videos.createBatch(title, entries, key.value, now);
		return { status: 202, body: { data: { batch_id: batch.id } } };
	},

	'GET /v3/videos/batches/{batch_id}': (call) => {
		call.world.videos.advance(call.now);
		const id = call.params['batch_id'] ?? '';
		const batch = call.world.videos.getBatch(id);
		if (!batch) throw new ApiError(404, 'not_found', `Batch ${id} not found`);
		return ok({ data: presentBatch(batch, presentItems(batch, call.now), call.query) });
	},
};
