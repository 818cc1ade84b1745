import memoize from 'lodash/memoize';
import {
	type DeclarativeRestApiSettings,
	type IDataObject,
	type IExecuteFunctions,
	type IExecutePaginationFunctions,
	type INodeExecutionData,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { settle, type Settled } from '../basics/settle';
import { pause } from '../basics/timing';
import { Turns } from '../basics/turns';
import type { Account } from '../request/account';
import { allItemsBegun, runOf } from './attempt';
import type { Work } from './call';
import { Checkpoint } from './checkpoint';
import { itemContext, readingOnce } from './itemContext';
import { savedSleep } from './memory';
import { evaluateAll } from './parameters';
import { runItem } from './runItem';
import { type Run, startRun } from './run';
import { forgetNap, sleepObstacle, sleepOn, sleepUntilNextLook, untilStarted, wokeWhileStarting } from './sleep';
import { allowedDomainsOf, batchingOf, builtTransport, itemTransport } from './transport';

/** How n8n gets an operation's items into the engine: all of a node's input at once, or item by item. */

/**
 * Makes the function that n8n calls with all input items of an operation. The items start in groups, between which n8n
 * does what else it has to: answer its editor, take webhooks in.
 *
 * @param work what the operation does
 */
export function customOperation(work: Work): (this: IExecuteFunctions) => Promise<INodeExecutionData[][]> {
	return async function (this) {
		// An AI agent hands the arguments of a call over another input.
		const items = [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool]
			.map((type) => this.getInputData(0, type))
			.find((input) => input.length > 0) ?? [];
		const contexts = items.map((_item, index) => itemContext(this, items, index));
		const [first] = contexts;
		if (first !== undefined && savedSleep(first) !== undefined) forgetNap(this);
		const isEarly = first !== undefined && wokeWhileStarting(first);
		const asleep = isEarly ? await sleepOn(this, first) : undefined;
		if (asleep !== undefined) return asleep;
		const { run, ends } = await startItems(work, contexts);
		const outcomes = await Promise.all(ends);
		if (isEarly) await untilStarted(this);
		const failed = outcomes.find((outcome) => !outcome.ok);
		if (failed !== undefined) {
			tellRun(this, failed);
			run?.parking.sleepers.waitAnew();
		}
		const output = [outcomes.flatMap(valueOf)];
		if (run?.parking.isSleeping === true) return await sleepUntilNextLook(this, run);
		await tellReport(this, run);
		return output;
	};
}

/** Shows in the output pane what the run did. Where the node fails n8n shows no hint, and the error tells. */
async function tellReport(node: IExecuteFunctions, run: Run | undefined): Promise<void> {
	if (run === undefined) return;
	// What has been paid for does not fail for a figure that cannot be worked out.
	const hint = await settle(run.report.hint());
	// Older versions of n8n have no hints.
	if (hint.ok && hint.value !== undefined) (node as Partial<IExecuteFunctions>).addExecutionHints?.(hint.value);
}

/** Puts into n8n's error which of the node's runs in the execution it is about, as n8n's own engine does. */
function tellRun(node: IExecuteFunctions, outcome: Settled<unknown>): void {
	const about = outcome.ok ? undefined : (outcome.error as { context?: IDataObject }).context;
	if (about !== undefined) about.runIndex ??= Number(node.evaluateExpression('{{ $runIndex }}', 0));
}

/** @throws what the item has failed with */
function valueOf<T>(outcome: Settled<T>): T {
	if (outcome.ok) return outcome.value;
	throw outcome.error;
}

/** The items of a run on their way, and the run itself unless it could not start. */
interface StartedItems {
	run?: Run;
	ends: Array<Promise<Settled<INodeExecutionData[]>>>;
}

/** Starts a run's items, each as soon as it is its turn. */
async function startItems(work: Work, contexts: readonly IExecutePaginationFunctions[]): Promise<StartedItems> {
	const [first] = contexts;
	if (first === undefined) return { ends: [] };
	const batching = await settle((async () => batchingOf(first))());
	const groups = batching.ok ? batching.value : undefined;
	// What is paid for starts all at once and goes on in groups, so that all of it is checked before the first is paid.
	const isPaid = work.cost !== undefined;
	const checkpoint = isPaid ? new Checkpoint(false, groups) : new Checkpoint(groups !== undefined);
	// All of them have begun from the start: none may pass before the last one is checked.
	const checks = contexts.map(() => checkpoint.enter());
	const started = await settle(startRun(first, contexts.length, checkpoint, sleepObstacle(first)));
	const isOver = () => started.ok && started.value.stop.signal.aborted;
	const items: Array<Promise<Settled<INodeExecutionData[]>>> = [];
	const turns = new Turns();
	// The answer is the account's, and n8n copies the whole node for each question.
	const domainsOf = memoize((account: Account) => allowedDomainsOf(first, account));
	for (const [index, context] of contexts.entries()) {
		if (isOver()) break;
		if (groups !== undefined && !isPaid && index > 0 && index % groups.size === 0) {
			await settle(pause(groups.interval, context.getExecutionCancelSignal()));
		} else {
			await turns.breathe();
		}
		if (started.ok) evaluateAll(context, work.fieldsAt(started.value.nodeVersion));
		const part = partIn(started, checks[index] as () => void);
		items.push(settle(runItem(context, work, part, (account) => itemTransport(context, domainsOf(account)))));
	}
	return { ends: items, ...(started.ok ? { run: started.value } : {}) };
}

async function partIn(started: Settled<Run>, checked: () => void): Promise<{ run: Run; checked: () => void }> {
	return { run: valueOf(started), checked };
}

/** n8n's type of a function that takes over the sending of an item's requests. */
export type PaginationFunction = (
	this: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
) => Promise<INodeExecutionData[]>;

/**
 * Makes the function that n8n's declarative engine calls for every item of an operation.
 *
 * @param work what the operation does
 */
export function paginationFunction(work: Work): PaginationFunction {
	return async function (this, requestData) {
		const transport = builtTransport(requestData.options);
		const ended = await settle(runItem(readingOnce(this), work, runOf(this), () => transport));
		if (ended.ok) return ended.value;
		await allItemsBegun(this);
		throw ended.error;
	};
}
