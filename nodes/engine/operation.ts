import partition from 'lodash/partition';
import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { fillPath, withoutEmpty } from './body';
import { EngineError, toNodeError } from './errors';
import { askerWith, type ApiRequest, type Asker } from './http';
import { outputItem } from './items';
import { fillRequest, readParameter, type SentFields } from './parameters';
import type { Method } from './retry';
import { itemClient, runOf, type Run } from './run';
import { settle } from './settle';

/** n8n's type of a function that takes over the sending of an item's requests. */
export type PaginationFunction = (
	this: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
) => Promise<INodeExecutionData[]>;

/** Whoever can ask HeyGen and fetch files: an item of a run, or the execution of a trigger. */
export interface Caller extends Asker {
	readonly context: {
		readonly helpers: Pick<IExecuteFunctions['helpers'], 'httpRequest' | 'prepareBinaryData'>;
	};
	readonly run: Pick<Run, 'fileSlots'>;
}

/** One item of one run, ready to send requests. */
export interface Call extends Caller {
	readonly context: IExecutePaginationFunctions;
	readonly itemIndex: number;
	readonly run: Run;
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
		const itemIndex = this.getItemIndex();
		const started = await settle(runOf(this));
		if (!started.ok) return itemInError(this, started.error, itemIndex);
		const run = started.value;
		run.active++;
		try {
			run.stop.signal.throwIfAborted();
			return await handler(startCall(this, run, requestData, fields));
		} catch (error) {
			return await endInError(this, run, error, itemIndex);
		} finally {
			run.active--;
			if (run.active <= 1) run.settled.splice(0).forEach((resolve) => resolve());
		}
	};
}

function startCall(
	context: IExecutePaginationFunctions,
	run: Run,
	requestData: DeclarativeRestApiSettings.ResultOptions,
	fields: SentFields,
): Call {
	const { options } = requestData;
	const filled = fillRequest(context, fields);
	const client = itemClient(context, run, options);
	const { path, query, ids } = fillPath(options.url ?? '', filled.query);
	return {
		context,
		itemIndex: context.getItemIndex(),
		run,
		...askerWith(client),
		method: (options.method ?? 'GET') as Method,
		path,
		ids,
		query: (withoutEmpty(query) ?? {}) as IDataObject,
		body: (withoutEmpty({ ...(options.body as IDataObject), ...filled.body }) ?? {}) as IDataObject,
		options: readParameter(context, fields, 'options', {}) as IDataObject,
		parameter: <T>(name: string, fallback: T) => readParameter(context, fields, name, fallback) as T,
	};
}

/**
 * With "continue" the item goes on as an error item, linked to its input. Otherwise the node fails, and at once: other
 * items create nothing more, and what they have created is named in the error, so that nothing paid for is lost.
 */
async function endInError(
	context: IExecutePaginationFunctions,
	run: Run,
	thrown: unknown,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const cancelled = context.getExecutionCancelSignal()?.aborted === true;
	if (run.stop.signal.aborted && !cancelled) {
		// Another item failed before this one ended; its error is the one to show.
		return [];
	}
	if (context.continueOnFail() && !cancelled) return itemInError(context, thrown, itemIndex);
	const error = toNodeError(context.getNode(), thrown, itemIndex);
	if (!cancelled) {
		run.stop.abort(error);
		if (run.active > 1) await new Promise<void>((resolve) => run.settled.push(resolve));
		const isNamed = (id: string) => error.message.includes(id.slice(id.lastIndexOf(' ') + 1));
		const others = run.started.filter((id) => !isNamed(id));
		const [assets, jobs] = partition(others, (id) => /^(asset|upload batch) /.test(id));
		error.description = [
			error.description ?? '',
			jobs.length === 0
				? ''
				: `Already started by this run and not lost (fetch it with 'Wait Until Finished', batches with 'Get Batch'): ${jobs.join(', ')}`,
			assets.length === 0 ? '' : `Already uploaded by this run: ${assets.join(', ')}`,
		]
			.filter((part) => part !== '')
			.join('\n');
	}
	throw error;
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
): INodeExecutionData[] {
	const error = toNodeError(context.getNode(), thrown, itemIndex);
	if (!context.continueOnFail()) throw error;
	const details: IDataObject = {
		...((thrown instanceof EngineError ? thrown.details : {}) as IDataObject),
		description: error.description ?? undefined,
	};
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
		const reply = await call.send({ ...requestOf(call), doing });
		const data = (reply.body.data ?? {}) as IDataObject;
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
	return single(`delete the ${noun}`, (_data, call) => ({ deleted: true, id: call.ids[idName] }));
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
