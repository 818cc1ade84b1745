/** What the handlers of jobs that can be asked for in batches have in common: batches and bulk statuses. */
import { ApiError, type ItemError, type Reply } from '../server/errors';
import { type Call, ok } from '../server/operation';
import type { World } from '../server/world';
import {
	batchEntries,
	type ItemState,
	presentBatch,
	type PresentedItem,
	presentItems,
	type StatusEntry,
	statusIds,
} from '../videos/batch-answers';
import { type Job, jobStateAt, statusWordAt } from './job';
import type { Batch, PlacedJob, PlacedStore } from './placed-store';

/** A kind of job of which there are batches. */
export interface BatchedKind<Draft extends object, Batched extends PlacedJob> {
	storeIn: (world: World) => PlacedStore<Draft, Batched>;
	/** What has become of a job. */
	stateOf: (job: Batched, now: number) => ItemState;
	/** The error of an item of a batch whose job was deleted. */
	gone: ItemError;
}

const itemWords = { waiting: 'queued', running: 'processing', completed: 'completed', failed: 'failed', cancelled: 'failed' } as const;
const cancelled: Readonly<ItemError> = { code: 'cancelled', message: 'The job was cancelled' };

/** The state of a job of a simple form in the words of batches. @param failure why it failed, if it did. */
export function itemStateOf(job: Job<unknown>, now: number, failure: ItemError): ItemState {
	const state = jobStateAt(job, now);
	const error = state === 'failed' ? failure : state === 'cancelled' ? cancelled : null;
	return { status: itemWords[state], error };
}

/** The entry of a job of a simple form in a bulk status, which also has the words that markers name. */
export function jobStatus<Details>(
	id: string,
	{ world, now }: Call,
	{ storeIn, stateOf }: BatchedKind<never, Job<Details>>,
): StatusEntry {
	const base = { video_id: id, batch_id: null, item_index: null };
	const job = storeIn(world).records.get(id);
	if (!job) return { ...base, status: 'not_found', error: null };
	return { ...base, status: statusWordAt(job, now, itemWords), error: stateOf(job, now).error };
}

/** What stands in a batch for a request that may have been refused. */
export const entryOf = <Draft>(refusal: ApiError | null, draft: () => Draft): Draft | ItemError =>
	refusal ? { code: refusal.code, message: refusal.message } : draft();

/** Takes in a batch. @param entries a draft for each good item, an error for each bad one. */
export function acceptBatch<Draft extends object, Batched extends PlacedJob>(
	{ world, body, key, now }: Call,
	{ storeIn }: BatchedKind<Draft, Batched>,
	entries: ReadonlyArray<Draft | ItemError>,
): Reply {
	const title = typeof body.title === 'string' ? body.title : null;
	const { id } = storeIn(world).createBatch(title, entries, key.value, now);
	return { status: 202, body: { data: { batch_id: id } } };
}

function itemsOf<Batched extends PlacedJob>(
	batch: Batch<Batched>,
	now: number,
	{ stateOf, gone }: BatchedKind<never, Batched>,
): PresentedItem[] {
	return presentItems(batch, now, (job) => stateOf(job, now), gone);
}

/** The batch that a path names. */
export function batchAnswer<Batched extends PlacedJob>(
	{ world, params, query, now }: Call,
	kind: BatchedKind<never, Batched>,
): Reply {
	const store = kind.storeIn(world);
	store.advance(now);
	const id = params['batch_id'] ?? '';
	const batch = store.getBatch(id);
	if (!batch) throw new ApiError(404, 'not_found', `Batch ${id} not found`);
	return ok({ data: presentBatch(batch, itemsOf(batch, now, kind), query) });
}

/**
 * The bulk status of single jobs and of batches.
 * @param name query parameter with the ids of single jobs.
 * @param statusOf the entry of a single job.
 */
export function bulkStatuses<Batched extends PlacedJob>(
	{ world, query, now }: Call,
	kind: BatchedKind<never, Batched>,
	name: string,
	statusOf: (id: string) => StatusEntry,
): Reply {
	const store = kind.storeIn(world);
	store.advance(now);
	const { ids, batchIds } = statusIds(query, name);
	const ofBatches = batchIds.flatMap((id) => {
		const batch = store.getBatch(id);
		return batchEntries(id, batch && itemsOf(batch, now, kind));
	});
	return ok({ data: [...ids.map(statusOf), ...ofBatches], has_more: false, next_token: null });
}
