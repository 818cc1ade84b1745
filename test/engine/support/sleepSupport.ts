/** Executions that sleep: they are woken as n8n's server does, with what it has saved. */
import { WebhookContext } from 'n8n-core';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, IWebhookData, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { runNode, type RunOptions, type RunResult } from './harness';
import { createActiveWorkflow, createAdditionalData, createNode, loadNodeType } from './parts';
import { savedData, sleepFor, useTiming } from './support';

/** Durations of executions that sleep for moments. n8n has started long ago. */
export const SLEEP_TIMING: Partial<typeof timing> = { sleepFirst: 300, sleepMax: 600, sleepWorth: 1_000, wakeGrace: 500, bootTime: 0 };

/** The option with which executions sleep. */
export const SLEEPS = { waitMode: 'park' } as const;

/** Changes the engine's durations for the tests of the file: executions sleep for moments. */
export function useSleepTiming(changes: Partial<typeof timing> = {}): void {
	useTiming({ ...SLEEP_TIMING, ...changes });
}

/** The moment at which an execution wants to be woken. @throws Error when it does not sleep */
export function wakesAt({ data, status }: RunResult): Date {
	if (status !== 'waiting' || data.waitTill === undefined) throw new Error(`The execution does not sleep: it is ${status}`);
	return data.waitTill;
}

/**
 * Wakes an execution as n8n does when its date has come.
 *
 * @param asleep its result so far
 * @param run how it was run
 */
export async function wake(asleep: RunResult, run: RunOptions): Promise<RunResult> {
	return await runNode({ ...run, data: savedData(asleep), isWoken: true });
}

/** What a call at the address of an execution that sleeps has come to. */
export interface Called {
	/** Whether the execution wakes up. */
	wakes: boolean;
	/** What it goes on with then. */
	data: RunResult['data'];
}

/**
 * Calls an execution that sleeps, as n8n's server does when a request comes to the address that wakes it (waiting-webhooks and
 * webhook-helpers of n8n 2.41).
 *
 * @param asleep its result so far
 * @param run how it was run
 * @param body what is told
 */
export async function callBack(asleep: RunResult, run: RunOptions, body: IDataObject): Promise<Called> {
	const data = savedData(asleep);
	const [entry] = data.executionData?.nodeExecutionStack ?? [];
	if (entry === undefined) throw new Error('The execution has no stack');
	entry.node.disabled = true;
	delete data.waitTill;
	data.resultData.runData[entry.node.name]?.pop();
	const node = createNode(run);
	const nodeType = loadNodeType(run.node);
	const workflow = createActiveWorkflow(node, nodeType, {});
	const request = { body, headers: {}, method: 'POST' } as unknown as IExecuteFunctions;
	const additionalData = { ...createAdditionalData(run), executionId: run.executionId ?? 'asleep', httpRequest: request } as unknown as IWorkflowExecuteAdditionalData;
	const [description] = nodeType.description.webhooks ?? [];
	const webhookData = { webhookDescription: description } as unknown as IWebhookData;
	const context = new WebhookContext(workflow, node, additionalData, 'trigger', webhookData, [], data);
	const answer = await nodeType.webhook?.call(context);
	const wakes = answer?.workflowData !== undefined;
	if (wakes) {
		entry.data.main = answer.workflowData as INodeExecutionData[][];
		entry.metadata = { ...entry.metadata, forwardAllOutputs: true } as typeof entry.metadata;
	}
	return { wakes, data };
}

/** An execution from its first sleep to its end. */
export interface Slept {
	/** The result whenever it went to sleep. */
	sleeps: RunResult[];
	/** How it ended. */
	end: RunResult;
}

/**
 * Runs a node, and wakes its execution at its dates until it has ended.
 *
 * @param run how it is run
 * @param meanwhile called whenever the execution sleeps
 */
export async function sleepThrough(run: RunOptions, meanwhile: (asleep: RunResult) => void | Promise<void> = () => {}): Promise<Slept> {
	const sleeps: RunResult[] = [];
	const { data: _before, ...again } = run;
	let result = await runNode({ executionId: 'asleep', ...run });
	while (result.status === 'waiting') {
		sleeps.push(result);
		await meanwhile(result);
		await sleepFor(Math.max(0, wakesAt(result).getTime() - Date.now()));
		result = await wake(result, { executionId: 'asleep', ...again });
	}
	return { sleeps, end: result };
}
