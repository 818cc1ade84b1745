/** Answers of the video and video batch operations. */
import { decodeCursor, encodeCursor, pageOf } from './cursor';
import { ApiError, invalidParameter } from './errors';
import { type VideoFile, videoFilePath } from './file-names';
import { type Call, type Handlers, ok } from './operation';
import { checkVideoRules, findUnusableId } from './rules';
import { draftOf, hasFiles, stateAt, type VideoDraft, type VideoJob } from './video-job';
import type { Batch, BatchItem, ItemError } from './video-store';

type Fields = Record<string, unknown>;

const MAX_STATUS_IDS = 100;
const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1_000);

function presentVideo(job: VideoJob, { world, now }: Call): object {
	const state = stateAt(job, now);
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
		gif_url: link('preview', true),
		duration: state === 'completed' ? job.duration : null,
		folder_id: job.folderId,
		output_language: null,
		video_page_url: state === 'completed' ? `https://videos.example.com/${job.id}` : null,
		created_at: seconds(job.createdAt),
		completed_at: state === 'completed' ? seconds(job.finishAt) : null,
		failure_code: state === 'failed' ? job.failureCode : null,
		failure_message: state === 'failed' ? `Rendering ended with ${job.failureCode}` : null,
	};
}

type ItemStatus = 'queued' | 'processing' | 'completed' | 'failed';

/** The state in the words of batches and of the bulk status. */
function itemStatusOf(job: VideoJob, now: number): ItemStatus {
	const state = stateAt(job, now);
	if (state === 'pending') return 'queued';
	return state === 'running' ? 'processing' : state;
}

function failureOf(job: VideoJob, now: number): ItemError | null {
	if (stateAt(job, now) !== 'failed') return null;
	return { code: job.failureCode, message: `Rendering ended with ${job.failureCode}` };
}

interface PresentedItem {
	video_id: string | null;
	status: ItemStatus;
	error: ItemError | null;
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

function presentBatch(batch: Batch, { query, now }: Call): object {
	const items = batch.items.map((item, index) => ({
		item_index: index,
		...presentItem(item, now),
	}));
	const counts: Record<ItemStatus, number> = { queued: 0, processing: 0, completed: 0, failed: 0 };
	for (const { status } of items) counts[status] += 1;
	const running = counts.queued + counts.processing > 0;
	const page = pageOf(`batch ${batch.id}`, items, query, (item) => item);
	return {
		batch_id: batch.id,
		title: batch.title,
		status: running ? 'processing' : counts.completed > 0 ? 'completed' : 'failed',
		total_items: items.length,
		counts_by_status: counts,
		created_at: seconds(batch.createdAt),
		items: page.data,
		has_more: page.has_more,
		next_token: page.next_token,
	};
}

/** The reason why a video that fits the contract is refused all the same. */
function refusalOf(body: Fields, { world, key }: Call): ApiError | null {
	const problem = world.config.validateIds ? findUnusableId(body, world.catalogue) : null;
	if (problem) return problem;
	if (key.hasCredit) return null;
	return new ApiError(402, 'insufficient_credit', 'The wallet has too little credit for this video');
}

function batchEntry(body: Fields, call: Call): VideoDraft | ItemError {
	const refusal = refusalOf(body, call);
	return refusal ? { code: refusal.code, message: refusal.message } : draftOf(body);
}

function idsIn(value: unknown): string[] {
	if (value === undefined) return [];
	return String(value)
		.split(',')
		.map((id) => id.trim())
		.filter((id) => id !== '');
}

interface StatusEntry {
	video_id: string | null;
	status: string;
	error: ItemError | null;
	batch_id: string | null;
	item_index: number | null;
}

function videoStatus(id: string, { world, now }: Call): StatusEntry {
	const job = world.videos.get(id);
	const base = { video_id: id, batch_id: null, item_index: null };
	if (!job) return { ...base, status: 'not_found', error: null };
	const status = itemStatusOf(job, now);
	const shown = status === 'processing' ? job.runningWord : status;
	return { ...base, status: shown, error: failureOf(job, now) };
}

function batchStatuses(id: string, { world, now }: Call): StatusEntry[] {
	const batch = world.videos.getBatch(id);
	if (!batch) {
		return [{ video_id: null, status: 'not_found', error: null, batch_id: id, item_index: null }];
	}
	return batch.items.map((item, index) => ({
		...presentItem(item, now),
		batch_id: id,
		item_index: index,
	}));
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
		const violations = checkVideoRules(body, world.catalogue);
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
		const before = decodeCursor('videos', query.token);
		const { videos, next } = world.videos.page(filter, Number(query.limit), before);
		return ok({
			data: videos.map((job) => presentVideo(job, call)),
			has_more: next !== null,
			next_token: next === null ? null : encodeCursor('videos', next),
		});
	},

	'GET /v3/videos/{video_id}': (call) => {
		call.world.videos.advance(call.now);
		return ok({ data: presentVideo(videoOf(call), call) });
	},

	'DELETE /v3/videos/{video_id}': (call) => {
		const { id } = videoOf(call);
		call.world.videos.delete(id, call.now);
		return ok({ data: { id, deleted: true } });
	},

	'GET /v3/videos/statuses': (call) => {
		call.world.videos.advance(call.now);
		const videoIds = idsIn(call.query.video_ids);
		const batchIds = idsIn(call.query.batch_ids);
		const count = videoIds.length + batchIds.length;
		if (count === 0 || count > MAX_STATUS_IDS) {
			const message = `video_ids and batch_ids must name 1 to ${MAX_STATUS_IDS} ids, not ${count}`;
			const param = videoIds.length > 0 || batchIds.length === 0 ? 'video_ids' : 'batch_ids';
			throw invalidParameter([{ param, message }]);
		}
		const ofVideos = videoIds.map((id) => videoStatus(id, call));
		const ofBatches = batchIds.flatMap((id) => batchStatuses(id, call));
		return ok({ data: [...ofVideos, ...ofBatches], has_more: false, next_token: null });
	},

	'POST /v3/videos/batches': (call) => {
		const { world, body, key, now } = call;
		const videos = body.videos as Fields[];
		const violations = videos.flatMap((video, index) =>
			checkVideoRules(video, world.catalogue, `videos[${index}].`),
		);
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
		return ok({ data: presentBatch(batch, call) });
	},
};
