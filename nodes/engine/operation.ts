import once from 'lodash/once';
import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { EngineError, toNodeError } from './basics/errors';
import type { Semaphore } from './basics/semaphore';
import { settle } from './basics/settle';
import { fillPath, withoutEmpty } from './body';
import { itemClient } from './clients';
import { outputItem } from './items';
import { namedIn, tellDoubts, tellJobs } from './lastWords';
import { fingerprint } from './memory';
import { fillRequest, readParameter, type SentFields, sentValues } from './parameters';
import type { Account } from './request/account';
import type { Method } from './request/judgeReply';
import { recordIn } from './request/reply';
import { type ApiRequest, type Client } from './request/send';
import { allItemsBegun, itemEnded, type Part, type Run, runOf } from './run';
import type { StartedList } from './started';

/** n8n's type of a function that takes over the sending of an item's requests. */
export type PaginationFunction = (
	this: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
) => Promise<INodeExecutionData[]>;

/** Where files come from and go to, for an item of a run or the execution of a trigger. */
export interface FileStore {
	/** Its proxy, TLS and time-out settings hold for file hosts as well. */
	readonly client: Client;
	/** n8n's, which move files and keep them. */
	readonly helpers: Pick<IExecuteFunctions['helpers'], 'httpRequest' | 'prepareBinaryData' | 'getBinaryStream'>;
	/** How many files move at a time. */
	readonly slots: Semaphore;
}

/** One item of one run, ready to send requests. */
export interface Call {
	readonly context: IExecutePaginationFunctions;
	readonly client: Client;
	readonly files: FileStore;
	readonly itemIndex: number;
	readonly run: Run;
	/** Whose API key the item uses. */
	readonly account: Account;
	/** The request that the operation's routing describes, with empty values removed. */
	readonly method: Method;
	readonly path: string;
	/** Ids in the path, by their names in the API: `video_id`. */
	readonly ids: Record<string, string>;
	readonly query: IDataObject;
	readonly body: IDataObject;
	/** The node's `options` collection. */
	readonly options: IDataObject;
	/** Reads a parameter of this item. */
	parameter<T>(name: string, fallback: T): T;
	/** A hash of what the request is made from: run, parameters as they stand in the workflow, and input item. */
	origin(): string;
	/**
	 * To be called when the item's request has been checked and before it costs anything: waits until all items of the
	 * run are as far.
	 */
	passCheckpoint(): Promise<void>;
}

/** What an operation does with an item. */
export type Handler = (call: Call) => Promise<INodeExecutionData[]>;

/**
 * Makes the function that n8n calls for every item of an operation. It is the only way a request leaves the package,
 * and the one place where an item's life ends: in linked items, an item for the error output, or an error.
 *
 * @param handler what the operation does with an item
 * @param fields its parameters that go into requests
 */
export function operation(handler: Handler, fields: SentFields): PaginationFunction {
	return async function (this, requestData) {
		const ended = await settle(runItem(this, handler, fields, requestData));
		if (ended.ok) return ended.value;
		await allItemsBegun(this);
		throw ended.error;
	};
}

async function runItem(
	context: IExecutePaginationFunctions,
	handler: Handler,
	fields: SentFields,
	requestData: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	const itemIndex = context.getItemIndex();
	const started = await settle(runOf(context));
	if (!started.ok) return itemInError(context, started.error, itemIndex);
	const { run, checked } = started.value;
	run.active++;
	try {
		run.stop.signal.throwIfAborted();
		const account = await run.accounts.of(context);
		return await handler(startCall(context, run, account, checked, requestData, fields));
	} catch (error) {
		return await endInError(context, started.value, error, itemIndex);
	} finally {
		checked();
		run.active--;
		if (run.active <= 1) run.settled.splice(0).forEach((resolve) => resolve());
		itemEnded(context, run);
	}
}

function startCall(
	context: IExecutePaginationFunctions,
	run: Run,
	account: Account,
	checked: () => void,
	requestData: DeclarativeRestApiSettings.ResultOptions,
	fields: SentFields,
): Call {
	const request = requestData.options;
	const itemIndex = context.getItemIndex();
	const filled = fillRequest(context, fields);
	const options = readParameter(context, fields, 'options', {}) as IDataObject;
	// What shapes the answer must be right before anything is asked for.
	if (fields.settings.has('simplify')) readParameter(context, fields, 'simplify', true);
	const client = itemClient(context, run, account, options, request);
	const { path, query, ids } = fillPath(request.url ?? '', filled.query);
	const origin = once(() =>
		fingerprint([run.id, sentValues(context.getNode().parameters, fields), context.getInputData().json]),
	);
	return {
		context,
		itemIndex,
		run,
		account,
		client,
		files: { client, helpers: context.helpers, slots: run.fileSlots },
		method: (request.method ?? 'GET') as Method,
		path,
		ids,
		query: (withoutEmpty(query) ?? {}) as IDataObject,
		body: (withoutEmpty({ ...(request.body as IDataObject), ...filled.body }) ?? {}) as IDataObject,
		options,
		parameter: <T>(name: string, fallback: T) => readParameter(context, fields, name, fallback) as T,
		origin,
		passCheckpoint: async () => {
			// An input item that cannot be read must not be found out after others have been paid for.
			origin();
			checked();
			await run.checkpoint.pass(client.signal);
		},
	};
}

/**
 * With "continue" the item goes on as an error item, linked to its input. Otherwise the node fails, and at once: other
 * items create nothing more, and what they have created is named in the error, so that nothing paid for is lost.
 */
async function endInError(
	context: IExecutePaginationFunctions,
	{ run, checked }: Part,
	thrown: unknown,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const cancelled = context.getExecutionCancelSignal()?.aborted === true;
	if (run.stop.signal.aborted && !cancelled) {
		// Another item failed before this one ended; its error is the one to show.
		return [];
	}
	if (context.continueOnFail() && !cancelled) return itemInError(context, thrown, itemIndex, run.started);
	const error = toNodeError(context.getNode(), thrown, itemIndex);
	if (!cancelled) {
		tellDoubts(error, run.started, itemIndex);
		run.stop.abort(error);
		// This item waits for the others, so they must not wait for it.
		checked();
		if (run.active > 1) await new Promise<void>((resolve) => run.settled.push(resolve));
	}
	if (run.started.logAllOnce() && cancelled) keepIds(context, run);
	// A cancelled item has nothing to say of its own, and n8n keeps what the node says right now.
	const told = namedIn(error).filter((id) => error.message.includes(String(id)));
	const summary = run.started.summary(told, cancelled ? undefined : itemIndex);
	error.description = [error.description ?? '', ...summary].filter((part) => part !== '').join('\n');
	throw error;
}

/** Custom data of an execution hold values of at most so many characters (n8n-core 2.41, execution-metadata). */
const CUSTOM_DATA_LENGTH = 512;
const MORE = " … and more, see n8n's log";

/**
 * Puts what a cancelled run has started, and may have started, into the execution's custom data. n8n's stop button
 * replaces all else that n8n has of the execution by what it had saved before, the node's error included.
 */
function keepIds({ customData }: IExecutePaginationFunctions, { started }: Run): void {
	const jobs = started.jobs();
	if (jobs.length > 0) customData.set('heygen_started', fitting(jobs, ' '));
	const doubts = started.doubtsInWords();
	if (doubts.length > 0) customData.set('heygen_maybe_started', fitting(doubts, '; '));
}

/** As many of the parts as custom data can hold. */
function fitting(parts: readonly string[], separator: string): string {
	const whole = parts.join(separator);
	if (whole.length <= CUSTOM_DATA_LENGTH) return whole;
	return whole.slice(0, whole.lastIndexOf(separator, CUSTOM_DATA_LENGTH - MORE.length)) + MORE;
}

/**
 * An item for the error output: n8n sends an item with just these keys there, and adds the input's own data to it.
 *
 * @throws n8n's error when the node does not continue on errors
 */
function itemInError(
	context: IExecutePaginationFunctions,
	thrown: unknown,
	itemIndex: number,
	started?: StartedList,
): INodeExecutionData[] {
	const error = toNodeError(context.getNode(), thrown, itemIndex);
	if (!context.continueOnFail()) throw error;
	if (started !== undefined) {
		tellDoubts(error, started, itemIndex);
		tellJobs(error, started, itemIndex);
	}
	const details = { ...(error.context.details as IDataObject | undefined), description: error.description ?? undefined };
	// n8n adds the input's JSON, but not its files.
	const { binary } = context.getInputData() as unknown as INodeExecutionData;
	return [
		{
			json: { error: error.message, details },
			...(binary === undefined ? {} : { binary }),
			pairedItem: { item: itemIndex },
		},
	];
}

/**
 * What an operation of one request does that answers with one record.
 *
 * @param doing what the operation does, for messages: "get the video"
 * @param shape turns HeyGen's `data` into the item's JSON
 */
export function single(
	doing: string,
	shape: (data: IDataObject, call: Call) => IDataObject = (data) => data,
): Handler {
	return async (call) => {
		const request = { ...requestOf(call), doing };
		const data = recordIn(await call.client.send(request), request);
		return [outputItem(shape(data, call), call.itemIndex)];
	};
}

/**
 * What an operation does that deletes one record.
 *
 * @param noun what is deleted, for messages
 * @param idName its id in the path: "video_id"
 */
export function deleted(noun: string, idName: string): Handler {
	return async (call) => {
		const id = call.ids[idName];
		const { gone, body } = await call.client.send({ ...requestOf(call), doing: `delete the ${noun}` });
		if ((body.data as IDataObject | null | undefined)?.deleted === false) {
			throw new EngineError(`HeyGen says that it has not deleted the ${noun} ${id}`, 'It gives no reason. Try again later.');
		}
		if (gone !== true) return [outputItem({ deleted: true, id }, call.itemIndex)];
		const note = `HeyGen has no such ${noun}. An earlier try of this delete, whose answer did not arrive, may have deleted it; or it was not there before.`;
		return [outputItem({ gone: true, id, note }, call.itemIndex)];
	};
}

/** The request the routing describes, as `send` takes it. */
export function requestOf(call: Call): Omit<ApiRequest, 'doing'> {
	return {
		method: call.method,
		path: call.path,
		...(Object.keys(call.query).length === 0 ? {} : { query: call.query }),
		...(Object.keys(call.body).length === 0 ? {} : { body: call.body }),
	};
}
