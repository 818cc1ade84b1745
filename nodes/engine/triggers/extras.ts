import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { EVENT_FILES, readableOf } from '../../heygen/events';
import { mainFileOf, type Readable } from '../../heygen/jobs/kind';
import { translationJob } from '../../heygen/jobs/translation';
import { videoJob } from '../../heygen/jobs/video';
import { firstText } from '../../heygen/records';
import { readFlag } from '../../heygen/values/plain';
import { toNodeError } from '../basics/errors';
import { Semaphore } from '../basics/semaphore';
import { settle } from '../basics/settle';
import type { FileStore } from '../item/call';
import { taken } from '../item/given';
import { QUEUE_TIMEOUT_MINUTES } from '../item/itemClient';
import { PARALLEL_FILES } from '../item/run';
import { chosenFiles, downloadFiles } from '../jobs/jobFiles';
import { nodeClient } from '../request/nodeClient';
import { ifExisting, readRecord, readComplete } from '../request/readRecord';

/** The event is in the execution, which n8n keeps. */
const AGAIN = 'Run the failed execution again in n8n; the event is not lost.';

/** Options of a trigger that say what else its items get. */
interface Extras {
	/** Whether to read what the event is about. */
	fetchResource: boolean;
	/** Names of the files to fetch. */
	download: string[];
}

/**
 * What executions have come to. n8n takes a first item with a filled `error`, such as the event of a failure, for a failed
 * try of the node: with Retry On Fail it runs the node again, and gets the same.
 */
const finished = new WeakMap<object, INodeExecutionData[]>();

/**
 * Adds to the items of a trigger what its options ask for: the full resource, and its files. This is done by the
 * execution, not while HeyGen waits for the answer to its delivery.
 *
 * @param context the trigger's execution
 * @param items its events
 * @throws n8n's error when something cannot be fetched; with "continue" the item says so and goes on
 */
export async function enriched(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	const key = context.getExecuteData();
	const known = finished.get(key);
	// n8n empties the lists it gets.
	if (known !== undefined) return [...known];
	const results = await withAllExtras(context, items);
	const isComplete = results.every(({ failed }) => !failed);
	const enrichedItems = results.map(({ item }) => item);
	if (isComplete) finished.set(key, [...enrichedItems]);
	return enrichedItems;
}

/** An item, and whether something of it could not be fetched. */
interface Outcome {
	item: INodeExecutionData;
	failed: boolean;
}

async function withAllExtras(context: IExecuteFunctions, items: INodeExecutionData[]): Promise<Outcome[]> {
	const read = await settle(extrasOf(context));
	if (!read.ok) throw toNodeError(context.getNode(), read.error);
	const extras = read.value;
	if (items.length === 0 || (!extras.fetchResource && extras.download.length === 0)) {
		return items.map((item) => ({ item, failed: false }));
	}
	const cancel = context.getExecutionCancelSignal();
	const stop = new AbortController();
	const signal = AbortSignal.any([stop.signal, ...(cancel === undefined ? [] : [cancel])]);
	const client = await nodeClient(context, {
		queueTimeout: QUEUE_TIMEOUT_MINUTES * 60_000,
		signal,
		again: AGAIN,
	});
	const store: FileStore = { client, helpers: context.helpers, slots: new Semaphore(PARALLEL_FILES) };
	return await Promise.all(
		items.map(async (item, index) => {
			const result = await settle(withExtras(store, item, extras));
			if (result.ok) return { item: result.value, failed: false };
			const error = toNodeError(context.getNode(), result.error, index);
			if (!context.continueOnFail() || cancel?.aborted === true) {
				// The others need not go on for an execution that has failed.
				stop.abort(error);
				throw error;
			}
			return { item: withError(context, item, error.message), failed: true };
		}),
	);
}

/** The error output takes only items with these very keys, and n8n adds nothing of the event to them. */
function withError(context: IExecuteFunctions, item: INodeExecutionData, error: string): INodeExecutionData {
	return context.getNode().onError === 'continueErrorOutput'
		? { ...item, json: { error, details: item.json } }
		: { ...item, json: { ...item.json, error } };
}

async function extrasOf(context: IExecuteFunctions): Promise<Extras> {
	return extrasIn(context.getNodeParameter('options', 0, {}) as IDataObject);
}

/**
 * Reads the options that say what else a trigger's items get.
 *
 * @param options the trigger's
 * @throws EngineError for what they do not take
 */
export function extrasIn({ fetchResource, download }: IDataObject): Extras {
	const files = chosenFiles(download, EVENT_FILES);
	const isFetched = taken('Fetch Full Resource', readFlag(fetchResource)) ?? false;
	return { fetchResource: isFetched, download: files.map(({ name }) => name) };
}

async function withExtras(
	store: FileStore,
	item: INodeExecutionData,
	{ fetchResource, download }: Extras,
): Promise<INodeExecutionData> {
	const { json } = item;
	// Of what has not succeeded there are no files.
	const wantedNames = json.outcome === 'success' ? download : [];
	if (!fetchResource && wantedNames.length === 0) return item;
	const subject = subjectOf(json);
	if (subject === undefined) {
		// HeyGen has nothing to read for it.
		return { ...item, json: { ...json, resource: null, ...missingFiles(wantedNames) } };
	}
	const { what, id } = subject;
	const files = what.files.filter(({ name }) => wantedNames.includes(name));
	const unknown = wantedNames.filter((name) => !files.some((file) => file.name === name));
	const given = json.resource as IDataObject | undefined;
	const record = given ?? (await ifExisting(recordOf(store, what, id, json.outcome)));
	if (record === undefined) {
		// Deleted since: there is nothing to fetch, now or later, but the event is still one.
		return { ...item, json: { ...json, resource: null, ...missingFiles(wantedNames) } };
	}
	const fetched = await downloadFiles(store, what, id, record, files, AGAIN, async () => {
		return await readRecord(store.client, what, id);
	});
	const missing = missingFiles([...unknown, ...fetched.missing]);
	return {
		...item,
		json: {
			...json,
			...(fetchResource || given !== undefined ? { resource: { ...record, ...fetched.urls } } : {}),
			...missing,
		},
		...(Object.keys(fetched.binary).length === 0 ? {} : { binary: fetched.binary as IBinaryKeyData }),
	};
}

/** Wanted files that the subject does not have. */
function missingFiles(names: string[]): IDataObject {
	return names.length === 0 ? {} : { missingFiles: names };
}

/** What can be read of an item's subject. */
function subjectOf(json: IDataObject): { what: Readable; id: string } | undefined {
	if (typeof json.eventType === 'string') {
		return readableOf(json.eventType, (json.eventData ?? {}) as IDataObject);
	}
	const what = [videoJob, translationJob].find(({ noun }) => noun === json.kind);
	return what === undefined ? undefined : { what, id: String(json.id) };
}

/** The record of something that has ended well may lag behind its event. */
async function recordOf(
	store: FileStore,
	what: Readable,
	id: string,
	outcome: unknown,
): Promise<IDataObject> {
	if (outcome !== 'success') return await readRecord(store.client, what, id);
	const isComplete = (record: IDataObject): boolean => {
		const main = mainFileOf(what, record);
		return main === undefined || firstText(record, [main.urlField]) !== undefined;
	};
	return await readComplete(store.client, what, id, isComplete);
}
