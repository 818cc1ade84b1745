import type { IExecutePaginationFunctions, INodeExecutionData, IRunExecutionData, IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { readEvent } from '../../heygen/events';
import { parseUrl } from '../../heygen/hosts';
import { asRecord } from '../../heygen/records';
import { addressFlaw } from '../../heygen/values/addresses';
import { keepNewest } from '../basics/keepNewest';
import { fingerprint } from './fingerprint';
import { sleepsOf } from './memory';

/**
 * Calls of HeyGen that wake an execution before its date. They are not signed, may come early, twice, at once or not at all:
 * they decide nothing. Whoever wakes up asks HeyGen.
 */

/** The end of their address. Without one of its own, a late call would also resume a Wait node further on. */
const PATH = 'heygen';

/** The address at which n8n takes them. */
export const WAKE_WEBHOOKS: IWebhookDescription[] = [
	{ name: 'default', httpMethod: 'POST', path: PATH, responseMode: 'onReceived', responseData: 'noData', restartWebhook: true },
];

/**
 * The address that wakes an item's execution.
 *
 * @param context the item
 * @returns undefined where HeyGen cannot reach it
 */
export function wakeUrl(context: IExecutePaginationFunctions): string | undefined {
	const url = parseUrl(String(context.evaluateExpression('{{ $execution.resumeUrl }}', context.getItemIndex())));
	if (url === undefined) return undefined;
	url.pathname += `/${PATH}`;
	return addressFlaw(url.href) === undefined ? url.href : undefined;
}

/** Executions whose calls this process remembers. */
const MOST_EXECUTIONS = 2_000;

/** What was called for each execution that sleeps. */
const calls = new Map<string, Set<string>>();

/**
 * Takes a call of HeyGen for an execution that sleeps. The execution wakes up when as many calls have come as it waits for
 * jobs: each of them would cost a look otherwise.
 */
export async function wakeUp(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { runExecutionData } = this as unknown as { runExecutionData?: IRunExecutionData | null };
	const sleeps = sleepsOf(runExecutionData?.executionData?.contextData[`node:${this.getNode().name}`]);
	const jobs = new Set(sleeps.flatMap((sleepers) => [...sleepers.jobs.values()].map(({ id }) => id)));
	const execution = String(this.getExecutionId());
	const called = calls.get(execution) ?? new Set<string>();
	calls.delete(execution);
	called.add(calledFor(this.getBodyData(), jobs));
	if (called.size < jobs.size) {
		calls.set(execution, called);
		keepNewest(calls, MOST_EXECUTIONS);
		return {};
	}
	for (const sleepers of sleeps) sleepers.wokenEarly();
	const [entry] = runExecutionData?.executionData?.nodeExecutionStack ?? [];
	if (entry === undefined) return {};
	// n8n is about to pass the node and to hand on what is said here.
	entry.node.disabled = false;
	return { workflowData: entry.data.main as INodeExecutionData[][] };
}

/** The job that a call names; what it says otherwise, so that a call which comes twice counts once. */
function calledFor(body: object, jobs: ReadonlySet<string>): string {
	const { event_type: type, event_data: data } = asRecord(body);
	const { id } = readEvent(String(type), asRecord(data));
	const named = [id, ...Object.values(asRecord(data))].find((value) => typeof value === 'string' && jobs.has(value));
	return typeof named === 'string' ? named : fingerprint(body);
}
