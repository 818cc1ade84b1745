import once from 'lodash/once';
import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { settle } from '../basics/settle';
import type { Account } from '../request/account';
import type { Method } from '../request/judgeReply';
import { fillPath, withoutEmpty } from './body';
import type { Call, Handler } from './call';
import { endInError, itemInError } from './endInError';
import { fingerprint } from './fingerprint';
import { itemClient } from './itemClient';
import { fillRequest, readParameter, type SentFields, sentValues } from './parameters';
import { allItemsBegun, itemEnded, type Run, runOf } from './run';

/** n8n's type of a function that takes over the sending of an item's requests. */
export type PaginationFunction = (
	this: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
) => Promise<INodeExecutionData[]>;

/**
 * Makes the function that n8n calls for every item of an operation. It is the only way a request leaves the package,
 * and the one place where an item's life ends: in linked items, an item for the error output, or an error.
 *
 * @param handler what the operation does with an item
 * @param fields its parameters that go into requests
 */
export function paginationFunction(handler: Handler, fields: SentFields): PaginationFunction {
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
		if (run.active <= 1) run.waitingForEnd.splice(0).forEach((resolve) => resolve());
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
