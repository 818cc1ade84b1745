import { randomUUID } from 'node:crypto';
import type { INode } from 'n8n-workflow';

import { node } from '../n8n/host/workflow';
import type { Suite } from '../n8n/support/suite';
import {
	deliver,
	endpoints,
	publish,
	signed,
	type SignedDelivery,
	until,
	webhookTrigger,
} from '../n8n/support/triggers';
import { atMost, median, type Row } from './table';

const DELIVERIES = 200;
const AT_A_TIME = 20;
const ROUNDS = 3;

/**
 * HeyGen Trigger against n8n's own Webhook node. Before a trigger's code runs, n8n prepares its expression sandbox for
 * every one but the current version of that node, so its first version is what triggers compare with.
 */
export async function deliveries(suite: Suite): Promise<Row[]> {
	const ours = await publish(suite, webhookTrigger(suite));
	const [endpoint] = await endpoints(suite);
	if (endpoint === undefined) throw new Error('HeyGen Trigger has registered no endpoint');
	const first = await publish(suite, plainWebhook('first', 1));
	const current = await publish(suite, plainWebhook('current', 2));
	const ratios: Array<{ first: number; current: number }> = [];
	for (let round = 0; round < ROUNDS; round++) {
		const own = await timeOf(suite, ours, endpoint.url, endpoint.secret);
		ratios.push({
			first: own / (await timeOf(suite, first, `${suite.n8n.url}/webhook/first`, '')),
			current: own / (await timeOf(suite, current, `${suite.n8n.url}/webhook/current`, '')),
		});
	}
	const title = `${DELIVERIES} deliveries, ${AT_A_TIME} at a time: time compared with n8n's Webhook node`;
	return [
		atMost(`${title}, first version`, median(ratios.map((ratio) => ratio.first)), 1.25),
		atMost('  compared with its current version', median(ratios.map((ratio) => ratio.current)), 2.5),
	];
}

function plainWebhook(path: string, version: number): INode {
	const parameters = { httpMethod: 'POST', path, options: {} };
	// Under the name that the node behind it refers to.
	return { ...node('HeyGen Trigger', 'n8n-nodes-base.webhook', version, parameters), webhookId: path };
}

/** Milliseconds from the first delivery until all their executions have ended. */
async function timeOf(suite: Suite, workflow: string, url: string, secret: string): Promise<number> {
	const { client } = suite.n8n;
	const before = await client.countExecutions(workflow, 'success');
	const bodies: SignedDelivery[] = Array.from({ length: DELIVERIES }, () =>
		signed(secret, {
			event_type: 'avatar_video.success',
			event_data: { video_id: randomUUID() },
			event_id: randomUUID(),
		}),
	);
	const startedAt = performance.now();
	const sender = async () => {
		for (let next = bodies.pop(); next !== undefined; next = bodies.pop()) {
			const status = await deliver(url, next);
			if (status !== 200) throw new Error(`A delivery was answered with ${status}`);
		}
	};
	await Promise.all(Array.from({ length: AT_A_TIME }, sender));
	await until(async () => (await client.countExecutions(workflow, 'success')) >= before + DELIVERIES, 120_000);
	return performance.now() - startedAt;
}
