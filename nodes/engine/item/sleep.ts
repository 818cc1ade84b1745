import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject, IExecuteData, IExecuteFunctions, IExecutePaginationFunctions, INodeExecutionData, IRunExecutionData } from 'n8n-workflow';

import { settle } from '../basics/settle';
import { now, pause, timing, wallClock } from '../basics/timing';
import type { Run } from './run';
import { isToolCall } from './runName';
import { savedSleep } from './memory';
import type { Sleepers, SleepingJob } from './sleepers';

/**
 * How an execution sleeps until HeyGen is done, and the node runs again when it wakes up. n8n itself passes a node that has
 * slept: it disables the first entry of the execution's stack, which then hands on its input. So that entry is emptied, and a
 * second one is put behind it, with a node of its own that n8n does not disable, the same input and the same run index. The
 * stack is no public interface of n8n: where it is not as in n8n 2.41.1, the node waits in the execution.
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
		Array.isArray(entry.data?.main) &&
		typeof entry.node?.name === 'string';
	return isKnown ? undefined : 'this version of n8n keeps executions in another way';
}

/** Whether a node stands for a tool of an agent, which n8n runs as any other node from version 3 of its agents on. */
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
	run.journal.note('sleeps:', `${sleepers.jobs.size} in the making, next look at ${new Date(at).toISOString()}`);
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
	const entry = node.getExecuteData();
	const { runExecutionData } = node as unknown as Sleeping;
	const again: IExecuteData = {
		...entry,
		node: { ...entry.node },
		data: { ...entry.data, main: (entry.data.main ?? []).map((items) => (items === null ? null : [...items])) },
		runIndex: Number(node.evaluateExpression('{{ $runIndex }}', 0)),
	};
	runExecutionData?.executionData?.nodeExecutionStack.unshift(again);
	// n8n would make an item of nothing, and hand it on.
	entry.node = { ...entry.node, alwaysOutputData: false };
	entry.data = { main: [[]] };
	await node.putExecutionToWait(new Date(at));
	return [[...sleepers.jobs].map(([slot, job]) => shownJob(slot, job, at))];
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
