import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode, INodeParameters } from 'n8n-workflow';

import type { WebhooksView } from '../../sandbox/webhooks/webhooks';
import type { Execution } from '../host/execution';
import { chain, node } from '../host/workflow';
import type { Suite } from './suite';

/** Names of the trigger and of the node behind it in the workflows made here. */
export const TRIGGER_NODE = 'HeyGen Trigger';
export const AFTER = 'After';

/** Node types of the triggers as a real n8n knows them. */
export const HEYGEN_TRIGGER = 'n8n-nodes-heygen-suite.heyGenTrigger';
export const HEYGEN_POLL_TRIGGER = 'n8n-nodes-heygen-suite.heyGenPollTrigger';

/** A HeyGen Trigger with an address of its own, as the editor gives it one. */
export function webhookTrigger(suite: Pick<Suite, 'credential'>, parameters: INodeParameters = {}): INode {
	const credentials = { heyGenSuiteApi: suite.credential };
	const trigger = node(TRIGGER_NODE, HEYGEN_TRIGGER, 1, { events: ['*'], options: {}, ...parameters }, { credentials });
	return { ...trigger, webhookId: randomUUID() };
}

/** A HeyGen Poll Trigger that polls every minute, the shortest time n8n allows. */
export function pollTrigger(suite: Pick<Suite, 'credential'>, parameters: INodeParameters = {}): INode {
	return node(
		TRIGGER_NODE,
		HEYGEN_POLL_TRIGGER,
		1,
		{ pollTimes: { item: [{ mode: 'everyMinute' }] }, source: 'events', options: {}, ...parameters },
		{ credentials: { heyGenSuiteApi: suite.credential } },
	);
}

/** Stores a workflow of a trigger and one node behind it. @returns its id */
export async function storeTrigger(suite: Pick<Suite, 'n8n'>, trigger: INode): Promise<string> {
	const after = node(AFTER, 'n8n-nodes-base.set', 3.4, {
		mode: 'raw',
		jsonOutput: `={{ { seen: $('${TRIGGER_NODE}').item.json.eventId } }}`,
		includeOtherFields: true,
		options: {},
	});
	return await suite.n8n.client.createWorkflow({
		name: `Trigger ${randomUUID()}`,
		nodes: [trigger, after],
		connections: chain(trigger, after),
	});
}

/**
 * Stores and publishes a workflow of a trigger, and waits until n8n has registered it.
 *
 * @returns the workflow's id
 */
export async function publish(suite: Pick<Suite, 'n8n'>, trigger: INode): Promise<string> {
	const id = await storeTrigger(suite, trigger);
	await suite.n8n.client.activateWorkflow(id);
	await until(async () => (await suite.n8n.client.publicationStatus(id)).status !== 'in_progress', 60_000);
	await until(async () => (await suite.n8n.client.publicationStatus(id)).status === 'published', 10_000);
	return id;
}

/** The endpoints that HeyGen has now. */
export async function endpoints(suite: Pick<Suite, 'sandbox'>): Promise<WebhooksView['endpoints']> {
	return (await suite.sandbox.webhooks()).endpoints.filter(({ deletedAt }) => deletedAt === null);
}

/**
 * Waits for something to become true.
 *
 * @throws Error when it has not after the time
 */
export async function until(isTrue: () => Promise<boolean>, ms: number): Promise<void> {
	const deadline = Date.now() + ms;
	while (!(await isTrue())) {
		if (Date.now() > deadline) throw new Error(`not true after ${ms / 1000} s`);
		await sleep(100);
	}
}

/**
 * Waits for a number of ended executions of a workflow, and reads them, the oldest first.
 * The list that had enough of them is the one that counts: n8n lists what runs and what has ended one after the other,
 * so an execution that ends in between is missing from the next list.
 */
export async function executions(suite: Pick<Suite, 'n8n'>, workflowId: string, count: number, ms = 60_000): Promise<Execution[]> {
	const { client } = suite.n8n;
	let ids: string[] = [];
	await until(async () => (ids = await client.executionIds(workflowId)).length >= count, ms);
	ids.sort((a, b) => Number(a) - Number(b));
	return await Promise.all(ids.map(async (id) => await client.waitForEnd(id, ms)));
}

/** A delivery as HeyGen sends it. */
export interface SignedDelivery {
	body: string;
	headers: Record<string, string>;
}

/** Signs a delivery with an endpoint's secret. */
export function signed(secret: string, payload: object, eventId: string = randomUUID()): SignedDelivery {
	const body = JSON.stringify(payload);
	return {
		body,
		headers: {
			'content-type': 'application/json',
			'heygen-signature': createHmac('sha256', secret).update(body).digest('hex'),
			'heygen-timestamp': String(Math.floor(Date.now() / 1_000)),
			'heygen-event-id': eventId,
		},
	};
}

/** Sends a delivery. @returns HTTP status */
export async function deliver(url: string, { body, headers }: SignedDelivery, method = 'POST'): Promise<number> {
	const response = await fetch(url, { method, headers, ...(method === 'GET' ? {} : { body }) });
	await response.arrayBuffer();
	return response.status;
}
