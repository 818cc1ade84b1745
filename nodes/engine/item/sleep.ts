import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject, IExecuteData, IExecuteFunctions, IExecutePaginationFunctions, INodeExecutionData, IRunExecutionData } from 'n8n-workflow';

import { amount } from '../../heygen/values/text';
import { settle } from '../basics/settle';
import { now, pause, timing, wallClock } from '../basics/timing';
import { savedSleep } from './memory';
import type { Run } from './run';
import { isToolCall, markSlept, sleptRun } from './runName';
import type { Sleepers, SleepingJob } from './sleepers';

/**
 * How an execution sleeps until HeyGen is done, and the node runs again when it wakes up. n8n itself passes a node that has
 * slept: it finds the date in the execution's data, and hands the node's input on. So the date is kept out of what n8n saves
 * of the data. n8n keeps it beside them as well, and wakes the execution by that; then the node's entry is the next one on
 * the execution's stack, as if it had not run yet. The data are no public interface of n8n: where they are not as in n8n
 * 2.41.1, the node waits in the execution.
 */

/** What n8n's contexts have at run time and their types do not tell. */
interface Sleeping {
	putExecutionToWait?: (until: Date) => Promise<void>;
	runExecutionData?: Partial<IRunExecutionData> & { parentExecution?: { shouldResume?: boolean } };
}

/** Modes of executions that nobody wakes, or that somebody waits for in another way. */
const SLEEPLESS_MODES: Readonly<Record<string, string>> = {
	cli: "n8n's command line ends before the execution wakes up",
	evaluation: "an evaluation waits for the execution",
};

/**
 * Why an execution cannot sleep.
 *
 * @param context any item of a run
 * @returns half a sentence; undefined when it can
 */
export function sleepObstacle(context: IExecutePaginationFunctions): string | undefined {
	const { putExecutionToWait, runExecutionData } = context as unknown as Sleeping;
	if (isToolCall(context) || isToolNode(context.getNode())) return 'an AI agent waits for its tools';
	const { parentExecution } = runExecutionData ?? {};
	if (parentExecution !== undefined && parentExecution.shouldResume !== false) {
		return 'another workflow waits for this one, and n8n hands on one of several sub-workflows only when they sleep';
	}
	const mode = SLEEPLESS_MODES[context.getMode()];
	if (mode !== undefined) return mode;
	if (!context.getWorkflow().id) return 'the workflow is not saved yet';
	const entry: Partial<IExecuteData> = context.getExecuteData();
	const isKnown =
		typeof putExecutionToWait === 'function' &&
		Array.isArray(runExecutionData?.executionData?.nodeExecutionStack) &&
		isPlainObject(runExecutionData.resultData?.runData) &&
		typeof entry.node?.name === 'string';
	return isKnown ? undefined : 'this version of n8n keeps executions in another way';
}

/** Whether a node stands for a tool of an agent, which n8n runs like every other node from version 3 of its agents on. */
function isToolNode({ type, rewireOutputLogTo }: ReturnType<IExecutePaginationFunctions['getNode']>): boolean {
	return type.endsWith('Tool') || rewireOutputLogTo !== undefined;
}

/**
 * Lets the execution sleep until its jobs are looked at again.
 *
 * @param node the node's execution
 * @param run its run, all of whose items have ended or wait for a job
 * @returns the jobs that are waited for, which n8n shows as the node's output meanwhile
 */
export async function sleepUntilNextLook(node: IExecuteFunctions, run: Run): Promise<INodeExecutionData[][]> {
	const { sleepers } = run.parking;
	await run.parking.settleDown();
	const stretch = Math.min(timing.sleepMax, timing.sleepFirst * timing.sleepGrowth ** sleepers.naps);
	const nextEnd = Math.min(...[...sleepers.jobs.values()].map(({ until = Infinity }) => until));
	const at = wallClock() + Math.max(0, Math.min(stretch, nextEnd - wallClock()));
	sleepers.goToSleep();
	run.journal.note('sleeps:', `${amount(sleepers.jobs.size, 'job')} in the making, next look at ${new Date(at).toISOString()}`);
	return await sleepUntil(node, sleepers, at);
}

/**
 * Whether an execution has woken up while n8n was starting. Some seconds after its start n8n takes every execution that runs
 * for one that has crashed, and saves that over whatever ends in this moment. What ends later is saved over that again.
 *
 * @param first any item of the execution's run
 */
export function wokeWhileStarting(first: IExecutePaginationFunctions): boolean {
	return now() < timing.bootTime && (savedSleep(first)?.jobs.size ?? 0) > 0;
}

/**
 * Waits until n8n has started, so that the end of the execution is saved for good.
 *
 * @param node the node's execution
 */
export async function untilStarted(node: IExecuteFunctions): Promise<void> {
	await settle(pause(timing.bootTime - now(), node.getExecutionCancelSignal()));
}

/**
 * Lets an execution that has woken up while n8n was starting sleep on, where n8n deletes executions that it takes for crashed.
 *
 * @param node the node's execution
 * @param first any item of it
 * @returns undefined where n8n keeps them
 */
export async function sleepOn(node: IExecuteFunctions, first: IExecutePaginationFunctions): Promise<INodeExecutionData[][] | undefined> {
	const sleepers = savedSleep(first);
	const isDeleted = node.getWorkflowSettings().saveDataErrorExecution === 'none';
	if (!isDeleted || sleepers === undefined || sleepObstacle(first) !== undefined) return undefined;
	return await sleepUntil(node, sleepers, wallClock() + timing.bootTime - now());
}

async function sleepUntil(node: IExecuteFunctions, sleepers: Sleepers, at: number): Promise<INodeExecutionData[][]> {
	const { runExecutionData } = node as unknown as Sleeping;
	// The run that goes on is this one, and no further one of a loop.
	const entry = node.getExecuteData();
	markSlept(entry, sleptRun(entry) ?? Number(node.evaluateExpression('{{ $runIndex }}', 0)));
	if (runExecutionData !== undefined) {
		// n8n saves what can be enumerated.
		Object.defineProperty(runExecutionData, 'waitTill', { value: undefined, writable: true, configurable: true, enumerable: false });
	}
	await node.putExecutionToWait(new Date(at));
	return [[...sleepers.jobs].map(([slot, job]) => shownJob(slot, job, at))];
}

/**
 * Takes what the node has put out for the time of the sleep from the execution, as n8n does with a node that has slept.
 *
 * @param node the node's execution
 */
export function forgetNap(node: IExecuteFunctions): void {
	const { runExecutionData } = node as unknown as Sleeping;
	const runs = runExecutionData?.resultData?.runData[node.getNode().name];
	const slept = sleptRun(node.getExecuteData());
	if (slept !== undefined && runs?.length === slept + 1 && runs.at(-1)?.executionStatus === 'waiting') runs.pop();
}

/** A job that is waited for, as n8n shows it meanwhile. */
function shownJob(slot: string, { idField, id, before }: SleepingJob, at: number): INodeExecutionData {
	const json: IDataObject = {
		...before,
		[idField]: id,
		note: `HeyGen is working on it. The execution sleeps, and looks at it again at ${new Date(at).toISOString()}.`,
	};
	return { json, pairedItem: { item: Number.parseInt(slot, 10) } };
}
