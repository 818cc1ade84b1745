import once from 'lodash/once';
import type { IDataObject, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';

import { settle } from '../basics/settle';
import type { Account } from '../request/account';
import { fillPath, withoutEmpty } from './body';
import { askerOf, type Call, FailedPart, isWhole, type OperationRequest, Parked, type Piece, type Work } from './call';
import { endInError, itemInError } from './endInError';
import { inEditorsWords } from './fieldLabels';
import { fingerprint } from './fingerprint';
import { itemClient } from './itemClient';
import { fillRequest, readOptions, readParameter, sentValues } from './parameters';
import { itemEnded, type Part, type Run } from './run';
import type { Transport } from './transport';

/**
 * Runs one item of an operation. This is the one place where an item's life ends: in linked items, an item for the error
 * output, or an error.
 *
 * @param context the item
 * @param work what the operation does
 * @param part its part in its run
 * @param transportOf says how its requests travel
 * @throws n8n's error when the node stops on errors and this is the one to stop it
 */
export async function runItem(
	context: IExecutePaginationFunctions,
	work: Work,
	part: Promise<Part>,
	transportOf: (account: Account) => Transport,
): Promise<INodeExecutionData[]> {
	const itemIndex = context.getItemIndex();
	const started = await settle(part);
	if (!started.ok) return itemInError(context, started.error, { item: itemIndex });
	const { run, checked } = started.value;
	const { parking } = run;
	const slot = String(itemIndex);
	const origin = once(() => originOf(context, work, run));
	run.active++;
	try {
		run.stop.signal.throwIfAborted();
		const before = parking.sleepers.isEmpty ? undefined : parking.sleepers.endedOf(slot, origin());
		if (before !== undefined) return before;
		const account = await run.accounts.of(context);
		const pieces = await work.handler(startCall(context, work, run, account, { checked, origin }, transportOf(account)));
		if (!isWhole(pieces)) return [];
		const items = itemsOf(context, work, run, pieces);
		parking.keepEnded(slot, origin, items, pieces.some((piece) => piece instanceof FailedPart));
		return items;
	} catch (error) {
		const items = await endInError(context, started.value, inEditorsWords(error, work.fieldsAt(run.nodeVersion)), itemIndex);
		parking.keepEnded(slot, origin, items, true);
		return items;
	} finally {
		checked();
		parking.rest(slot);
		run.active--;
		if (run.active <= 1) run.waitingForEnd.splice(0).forEach((resolve) => resolve());
		itemEnded(context, run);
	}
}

/**
 * The items that pieces become. With an error output each part that failed is an item there.
 *
 * @throws the first part's error when the node does not go on with errors
 */
function itemsOf(context: IExecutePaginationFunctions, { fieldsAt }: Work, run: Run, pieces: readonly Piece[]): INodeExecutionData[] {
	const isCancelled = context.getExecutionCancelSignal()?.aborted === true;
	return pieces.flatMap((piece) => {
		if (piece instanceof Parked) return [];
		if (!(piece instanceof FailedPart)) return [piece];
		if (isCancelled || !context.continueOnFail()) throw piece.error;
		const asker = askerOf({ itemIndex: context.getItemIndex(), ...piece });
		return itemInError(context, inEditorsWords(piece.error, fieldsAt(run.nodeVersion)), asker, run.started);
	});
}

/** Stands for the request of an operation that sends none, or one that its parameters describe. */
const LOCAL: OperationRequest = { method: 'GET', url: '' };

/** A hash of what an item's request is made from. */
function originOf(context: IExecutePaginationFunctions, { fieldsAt }: Work, run: Run): string {
	return fingerprint([run.id, sentValues(context.getNode().parameters, fieldsAt(run.nodeVersion)), context.getInputData().json]);
}

function startCall(
	context: IExecutePaginationFunctions,
	work: Work,
	run: Run,
	account: Account,
	{ checked, origin }: Pick<Part, 'checked'> & Pick<Call, 'origin'>,
	transport: Transport,
): Call {
	const { fieldsAt, request = LOCAL, cost } = work;
	const itemIndex = context.getItemIndex();
	const fields = fieldsAt(run.nodeVersion);
	const filled = fillRequest(context, fields);
	const options = readOptions(context, fields);
	// What shapes the answer must be right before anything is asked for.
	if (fields.settings.has('simplify')) readParameter(context, fields, 'simplify', true);
	const client = itemClient(context, run, account, options, transport);
	const { path, query, ids } = fillPath(request.url, filled.query);
	return {
		context,
		itemIndex,
		run,
		account,
		...(cost === undefined ? {} : { cost }),
		client,
		files: { client, helpers: context.helpers, slots: run.fileSlots },
		method: request.method,
		path,
		ids,
		query: (withoutEmpty(query) ?? {}) as IDataObject,
		body: (withoutEmpty({ ...request.body, ...filled.body }) ?? {}) as IDataObject,
		options,
		names: fields.names,
		parameter: <T>(name: string, fallback: T) => readParameter(context, fields, name, fallback) as T,
		origin,
		itemsOf: (pieces) => itemsOf(context, work, run, pieces),
		passCheckpoint: async () => {
			// An input item that cannot be read must not be found out after others have been paid for.
			origin();
			checked();
			await run.checkpoint.pass(client.signal);
		},
		meetOthers: async () => {
			checked();
			await run.checkpoint.meet(client.signal);
		},
	};
}
