/** Batches and bulk statuses as the API takes and answers them: one model for jobs of all kinds and for assets. */
import type { Batch, PlacedJob } from '../jobs/placed-store';
import { pageOf } from '../server/cursor';
import { invalidParameter, type ItemError } from '../server/errors';
import type { Fields } from '../server/fields';
import { seconds } from '../server/operation';

export type ItemStatus = 'queued' | 'processing' | 'completed' | 'failed';

/** What has become of something in a batch. */
export interface ItemState {
	status: ItemStatus;
	error: ItemError | null;
}

export interface PresentedItem extends ItemState {
	/** The id of an item of any kind; null until it exists. */
	video_id: string | null;
}

export interface StatusEntry {
	video_id: string | null;
	status: string;
	error: ItemError | null;
	batch_id: string | null;
	item_index: number | null;
}

const MAX_STATUS_IDS = 100;

/**
 * The requests of a batch.
 * @param name field of the body that holds them.
 * @throws ApiError 400 when they are no requests, as an open contract lets everything through.
 */
export function requestsIn(body: Fields, name: string): Fields[] {
	const requests = body[name];
	const isRequest = (request: unknown): boolean => typeof request === 'object' && request !== null;
	if (Array.isArray(requests) && requests.every(isRequest)) return requests as Fields[];
	throw invalidParameter([{ param: name, message: `${name} must be a list of requests` }]);
}

/**
 * The items of a batch of jobs.
 * @param stateOf what has become of a job that there is.
 * @param gone the error of an item whose job was deleted.
 */
export function presentItems<Job extends PlacedJob>(
	{ items }: Batch<Job>,
	now: number,
	stateOf: (job: Job) => ItemState,
	gone: ItemError,
): PresentedItem[] {
	return items.map(({ job, error, readyAt }): PresentedItem => {
		if (job?.deleted) return { video_id: job.id, status: 'failed', error: gone };
		if (job) return { video_id: job.id, ...stateOf(job) };
		if (error && now >= readyAt) return { video_id: null, status: 'failed', error };
		return { video_id: null, status: 'queued', error: null };
	});
}

/** The answer to a GET of one batch; its cursor is inside. */
export function presentBatch(
	batch: { id: string; title: string | null; createdAt: number },
	presented: readonly PresentedItem[],
	query: Fields,
): object {
	const items = presented.map((item, index) => ({ item_index: index, ...item }));
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

/** The entries of a batch in a bulk status. @param items undefined when there is no such batch. */
export function batchEntries(id: string, items: readonly PresentedItem[] | undefined): StatusEntry[] {
	if (!items) {
		return [{ video_id: null, status: 'not_found', error: null, batch_id: id, item_index: null }];
	}
	return items.map((item, index) => ({ ...item, batch_id: id, item_index: index }));
}

function idsIn(value: unknown): string[] {
	if (value === undefined) return [];
	return String(value)
		.split(',')
		.map((id) => id.trim())
		.filter((id) => id !== '');
}

/**
 * The ids a bulk status is asked for.
 * @param name query parameter with the ids of single things.
 * @throws ApiError 400 when there are none or too many.
 */
export function statusIds(query: Fields, name: string): { ids: string[]; batchIds: string[] } {
	const ids = idsIn(query[name]);
	const batchIds = idsIn(query.batch_ids);
	const count = ids.length + batchIds.length;
	if (count === 0 || count > MAX_STATUS_IDS) {
		const message = `${name} and batch_ids must name 1 to ${MAX_STATUS_IDS} ids, not ${count}`;
		const param = ids.length > 0 || batchIds.length === 0 ? name : 'batch_ids';
		throw invalidParameter([{ param, message }]);
	}
	return { ids, batchIds };
}
