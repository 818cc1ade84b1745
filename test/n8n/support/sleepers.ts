import { setTimeout as delay } from 'node:timers/promises';

import { feed, TRIGGER } from '../host/workflow';
import { MIB } from './growth';
import { createAvatar, HEYGEN, heyGenNode, scripts, sentTo, type Suite, withOwnSandbox } from './suite';
import { until } from './triggers';

/** What many executions that sleep at the same time take. */

/** Executions that are started at a time. */
const AT_A_TIME = 20;
/** Milliseconds in which n8n does what is left to do for executions that have ended. */
const SETTLED_MS = 3_000;

/** What came of them. */
export interface ManySleepers {
	/** MiB by which what n8n has in use has grown while they sleep. */
	growth: number;
	/** Seconds from the moment when the first of them has ended until all have. */
	seconds: number;
	/** Executions that have ended well, with the file. */
	finished: number;
	made: number;
	/** Requests for states. */
	looks: number;
}

/**
 * Lets many executions of a video each sleep, and wake up.
 *
 * @param suite whose n8n
 * @param count how many
 */
export async function manySleepers(suite: Suite, count: number): Promise<ManySleepers> {
	let outcome: ManySleepers | undefined;
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ jobSeconds: 1, jobQueueSeconds: 0 });
		// What a process loads at first is not what is meant.
		await ended(own, await started(own, count, {}), count);
		await delay(SETTLED_MS);
		const before = await own.n8n.usedBytes();
		await own.sandbox.configure({ jobSeconds: 20 });
		const workflow = await started(own, count, { waitMode: 'park' });
		await until(async () => (await own.n8n.client.countExecutions(workflow, 'waiting')) === count, 120_000);
		await delay(SETTLED_MS);
		const growth = ((await own.n8n.usedBytes()) - before) / MIB;
		await until(async () => (await own.n8n.client.countExecutions(workflow, 'success')) > 0, 120_000);
		const firstAt = Date.now();
		await ended(own, workflow, count);
		const seconds = (Date.now() - firstAt) / 1_000;
		const ids = await own.n8n.client.executionIds(workflow);
		const files = await Promise.all(ids.map(async (id) => (await own.n8n.client.getExecution(id)).items(HEYGEN)[0]?.binary?.video));
		outcome = {
			growth,
			seconds,
			finished: files.filter((file) => Number(file?.bytes) > 0).length,
			made: (await own.sandbox.stats()).videosCreated - count,
			looks: (await sentTo(own, 'GET /v3/videos/statuses')).length,
		};
	});
	return outcome as ManySleepers;
}

/** Starts executions of a workflow of its own. @returns its id */
async function started(own: Suite, count: number, options: { waitMode?: string }): Promise<string> {
	const heygen = heyGenNode(own, createAvatar({ download: ['video'], options }));
	const workflow = await own.n8n.client.createWorkflow(feed(`Many ${options.waitMode ?? ''}`, scripts(1), heygen));
	for (let left = count; left > 0; left -= AT_A_TIME) {
		await Promise.all(Array.from({ length: Math.min(left, AT_A_TIME) }, async () => await own.n8n.client.startRun(workflow, { startNode: TRIGGER })));
	}
	return workflow;
}

async function ended(own: Suite, workflow: string, count: number): Promise<void> {
	await until(async () => (await own.n8n.client.countExecutions(workflow, 'success')) === count, 240_000);
}
