import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';

import { readNumber } from '../../heygen/values/plain';
import { Semaphore } from '../basics/semaphore';
import { Line } from '../request/pacing/gate';
import { Accounts } from './accountsOfRun';
import { Checkpoint } from './checkpoint';
import { taken } from './given';
import { forgetSaved, type Memory, memoryOf } from './memory';
import { isToolCall, placeInWords, runName, runObject } from './runName';
import { StartedList } from './started';

/** Files are large and the machine is small: this many move at a time. */
export const PARALLEL_FILES = 8;

/** What all items of one run of a node share. */
export interface Run {
	/** Names this run of this node in this execution; the same in every try of n8n's Retry On Fail and Retry execution. */
	readonly id: string;
	/** Tells the run from the node's other runs in the same execution, in words; nothing for the first. */
	readonly place: readonly string[];
	readonly itemCount: number;
	readonly accounts: Accounts;
	/** Its turns among the runs that share an account, and its requests on their way. */
	readonly line: Line;
	readonly fileSlots: Semaphore;
	/** Aborted when the execution is cancelled, or when an item failed and the node stops on errors. */
	readonly stop: AbortController;
	/** Helpers that items share, such as the poller; made by the first that needs one. */
	readonly shared: Map<string, unknown>;
	/** What the run must not forget between its tries. */
	readonly memory: Memory;
	/** What this run has started, and may have started. */
	readonly started: StartedList;
	/** Where items wait for each other before the first one costs money. */
	readonly checkpoint: Checkpoint;
	/** Items on their way, those that have ended, and those waiting for the others to end. */
	active: number;
	ended: number;
	waitingForEnd: Array<() => void>;
}

/** An item's part in its run. */
export interface Part {
	run: Run;
	/** Tells the run's other items that this one is checked, or has ended. */
	checked: () => void;
}

interface Attempt {
	lastItem: number;
	itemCount: number;
	inGroups: boolean;
	checkpoint: Checkpoint;
	/** Resolves when n8n has started all items. */
	allBegun: Promise<void>;
	begun: () => void;
	run: Promise<Run>;
}

/** By what n8n keeps the same in every try of a run. */
const attempts = new WeakMap<object, Attempt>();

/**
 * The run an item belongs to. n8n starts a run's items in rising order, so an index that does not rise begins a new
 * try of the same run (Retry On Fail keeps the same execution data).
 *
 * @param context the item's context
 */
export async function runOf(context: IExecutePaginationFunctions): Promise<Part> {
	const key = runObject(context);
	const item = context.getItemIndex();
	let attempt = attempts.get(key);
	if (attempt === undefined || item <= attempt.lastItem) {
		attempt = startAttempt(context, item);
		attempts.set(key, attempt);
	}
	attempt.lastItem = item;
	const checked = attempt.checkpoint.enter();
	if (item + 1 >= attempt.itemCount) attempt.begun();
	const run = await attempt.run;
	// By now n8n has started all items, unless it does so in groups. If some are missing, one of their expressions has
	// thrown and the node has failed: those before must not go on and cost money.
	const missing = attempt.lastItem + 1 < run.itemCount && !attempt.inGroups;
	if (missing && !context.continueOnFail()) run.stop.abort(new Error('The node has failed'));
	return { run, checked };
}

/**
 * Waits until n8n has started all items of a try. With Batching it sleeps between groups, and listens to none of the
 * items meanwhile: one that failed then would be an unhandled rejection. Where n8n starts the rest no more, since an
 * expression of an item has thrown, it has failed the node itself, and listens no more.
 *
 * @param context an item of the try
 */
export async function allItemsBegun(context: IExecutePaginationFunctions): Promise<void> {
	const attempt = attempts.get(runObject(context));
	if (attempt?.inGroups === true) await attempt.allBegun;
}

/**
 * Notes that an item has ended. When all have, and the node does not fail, the execution that n8n saves need not
 * remember the run.
 *
 * @param context the item's context
 * @param run its run
 */
export function itemEnded(context: IExecutePaginationFunctions, run: Run): void {
	run.ended++;
	if (run.ended >= run.itemCount && !run.stop.signal.aborted) forgetSaved(context);
}

/**
 * A helper that the items of a run share.
 *
 * @param run the run
 * @param name names the helper within the run
 * @param make makes it, for the first item that asks
 */
export function sharedIn<T>(run: Run, name: string, make: () => T): T {
	if (!run.shared.has(name)) run.shared.set(name, make());
	return run.shared.get(name) as T;
}

/** Whether the user has set n8n's Batching, which starts items with pauses in between. */
function startsInGroups(context: IExecutePaginationFunctions): boolean {
	const { batching } = context.getNodeParameter('requestOptions', {}) as {
		batching?: { batch?: { batchInterval?: number } };
	};
	return Number(batching?.batch?.batchInterval) > 0;
}

function startAttempt(context: IExecutePaginationFunctions, item: number): Attempt {
	const input = context.getExecuteData().data.main?.[0];
	const isOne = context.getNode().executeOnce === true || isToolCall(context);
	const itemCount = isOne ? 1 : (input?.length ?? 1);
	const inGroups = startsInGroups(context);
	const checkpoint = new Checkpoint(inGroups);
	let begun = () => {};
	const allBegun = new Promise<void>((resolve) => {
		begun = resolve;
	});
	const run = startRun(context, { itemCount, checkpoint });
	// Whoever waits for it hears of it; n8n itself may never get so far.
	run.catch(() => undefined);
	return { lastItem: item, itemCount, inGroups, checkpoint, begun, allBegun, run };
}

async function startRun(
	context: IExecutePaginationFunctions,
	attempt: Pick<Run, 'itemCount' | 'checkpoint'>,
): Promise<Run> {
	const stop = new AbortController();
	const cancel = context.getExecutionCancelSignal();
	if (cancel?.aborted === true) stop.abort(cancel.reason);
	else cancel?.addEventListener('abort', () => stop.abort(cancel.reason), { once: true });
	const memory = memoryOf(context);
	const { started, doubts } = memory.records;
	return {
		...attempt,
		id: runName(context, memory.seed),
		place: placeInWords(context, memory.seed),
		accounts: new Accounts(attempt.itemCount > 1),
		line: new Line(),
		fileSlots: new Semaphore(PARALLEL_FILES),
		stop,
		shared: new Map(),
		memory,
		started: new StartedList(started, doubts, {
			logger: context.logger,
			run: `Node "${context.getNode().name}" of execution ${context.getExecutionId()}`,
		}),
		active: 0,
		ended: 0,
		waitingForEnd: [],
	};
}

/**
 * An item's own bound on requests at a time.
 *
 * @param options the item's `options` collection
 * @throws EngineError when it is no number from 1 on
 */
export function parallelOf(options: IDataObject): number {
	const { maxParallelRequests: most } = options;
	return taken('Max Parallel Requests', readNumber(most, { min: 1, whole: true })) ?? Infinity;
}
