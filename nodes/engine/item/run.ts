import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';

import { readNumber } from '../../heygen/values/plain';
import { Semaphore } from '../basics/semaphore';
import { Line } from '../request/pacing/gate';
import { Accounts } from './accountsOfRun';
import type { Checkpoint } from './checkpoint';
import { taken } from './given';
import { Journal, outletsOf } from './journal';
import { forgetSaved, type Memory, memoryOf } from './memory';
import { Parking } from './parking';
import { placeInWords, runName } from './runName';
import { reportOf, type RunReport } from './runReport';
import { type Asker, StartedList } from './started';

/** Files are large and the machine is small: this many move at a time. */
export const PARALLEL_FILES = 8;

/** n8n counts its tries of a node from the beginning whenever an execution wakes up: a job that fails each time would never end. */
const FURTHER_TRY = 'n8n tries the node again, and counts its tries only while the execution does not sleep';

/** What all items of one run of a node share. */
export interface Run {
	/** Names this run of this node in this execution; the same in every try of n8n's Retry On Fail and Retry execution. */
	readonly id: string;
	/** Stands for this try of the run in what outlives it, and keeps nothing of it. */
	readonly token: object;
	/** Tells the run from the node's other runs in the same execution, in words; nothing for the first. */
	readonly place: readonly string[];
	readonly itemCount: number;
	/** How many creates its items come to, as far as that is known: an item may ask for several things. */
	createCount: number;
	/** The node's version in its workflow. */
	readonly nodeVersion: number;
	readonly accounts: Accounts;
	/** Its turns among the runs that share an account, and its requests on their way. */
	readonly line: Line;
	readonly fileSlots: Semaphore;
	/** Aborted when the execution is cancelled, or when an item failed and the node stops on errors. */
	readonly stop: AbortController;
	/** Who has stopped it, where the run was stopped before that one had ended. */
	stopper?: Asker;
	/** Helpers that items share, such as the poller; made by the first that needs one. */
	readonly shared: Map<string, unknown>;
	/** What the run must not forget between its tries. */
	readonly memory: Memory;
	/** Tells whoever watches what goes on. */
	readonly journal: Journal;
	/** Counts what the run does, for whoever looks at its output. */
	readonly report: RunReport;
	/** What this run has started, and may have started. */
	readonly started: StartedList;
	/** Where items wait for each other before the first one costs money. */
	readonly checkpoint: Checkpoint;
	/** Finds the moment in which the execution can sleep. */
	readonly parking: Parking;
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

/**
 * Notes that an item has ended. When all have, and the node neither fails nor sleeps, the execution that n8n saves need not
 * remember the run.
 *
 * @param context the item's context
 * @param run its run
 */
export function itemEnded(context: IExecutePaginationFunctions, run: Run): void {
	run.ended++;
	const isOver = run.ended >= run.itemCount && !run.stop.signal.aborted;
	if (isOver && !run.parking.isSleeping) forgetSaved(context);
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

/**
 * Starts a run of a node, or a further try of it.
 *
 * @param context any item of the run
 * @param itemCount its items
 * @param checkpoint where they wait for each other
 * @param obstacle why the execution cannot sleep; undefined when it can
 */
export async function startRun(
	context: IExecutePaginationFunctions,
	itemCount: number,
	checkpoint: Checkpoint,
	obstacle?: string,
): Promise<Run> {
	const stop = new AbortController();
	const cancel = context.getExecutionCancelSignal();
	if (cancel?.aborted === true) stop.abort(cancel.reason);
	else cancel?.addEventListener('abort', () => stop.abort(cancel.reason), { once: true });
	const memory = memoryOf(context);
	const { started, doubts } = memory.records;
	const { name, typeVersion: nodeVersion } = context.getNode();
	const journal = new Journal(outletsOf(context), `Node "${name}" of execution ${context.getExecutionId()}`);
	const sleepers = memory.sleepers();
	// What the execution has made before it slept is what this run has made.
	const report = reportOf(started, sleepers.naps === 0 ? started : []);
	return {
		itemCount,
		createCount: itemCount,
		checkpoint,
		parking: new Parking(itemCount, sleepers, obstacle ?? (memory.isFurtherTry ? FURTHER_TRY : undefined)),
		id: runName(context, memory.seed),
		token: {},
		place: placeInWords(context, memory.seed),
		nodeVersion,
		accounts: new Accounts(itemCount > 1),
		line: new Line((from, to) => report.held(from, to)),
		fileSlots: new Semaphore(PARALLEL_FILES),
		stop,
		shared: new Map(),
		memory,
		journal,
		report,
		started: new StartedList(started, doubts, journal),
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
