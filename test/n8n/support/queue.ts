import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';

import { idealSeconds } from '../../unit/support/simulation/ideal';
import type { N8nCluster } from '../host/cluster';
import type { Execution } from '../host/execution';
import { feed, TRIGGER } from '../host/workflow';
import { createAvatar, HEYGEN, heyGenNode, scripts, type Suite, withOwnSandbox } from './suite';
import { AFTER, deliver, endpoints, executions, publish, signed, until, webhookTrigger } from './triggers';

/** What n8n in queue mode is measured by: its main process, workers and webhook processor share one key. */

const TIMEOUT_MS = 400_000;
const LATENCY_MS = 50;

const start = async (own: Suite, count: number, heygen: INode) => await own.n8n.client.startRun(feed(`Queue ${randomUUID()}`, scripts(count), heygen), { startNode: TRIGGER });

/** Runs executions of so many items each at the same time. */
async function runAll(own: Suite, counts: readonly number[], heygen: INode): Promise<Execution[]> {
	const ids = await Promise.all(counts.map(async (count) => await start(own, count, heygen)));
	return await Promise.all(ids.map(async (id) => await own.n8n.client.waitForEnd(id, TIMEOUT_MS)));
}

/** What some executions have come to under a limit. */
export interface Limited {
	/** Videos that were made, and different ones that were handed on. */
	made: number;
	handedOn: number;
	/** Time as a multiple of what nobody could beat. */
	factor: number;
	/** The part of all requests that was refused. */
	refused: number;
	/** Jobs that ran at a time, at most. */
	atATime: number;
}

async function cameTo({ sandbox }: Suite, ended: readonly Execution[], ideal: number): Promise<Limited> {
	const { refused429, requestsTotal, videosCreated, maxConcurrentJobs } = await sandbox.stats();
	const times = (await sandbox.requests()).map(({ time }) => time);
	const ids = ended.flatMap((execution) => execution.items(HEYGEN).map(({ json }) => json.video_id));
	return {
		made: videosCreated,
		handedOn: new Set(ids).size,
		factor: (Math.max(...times) - Math.min(...times) + LATENCY_MS) / 1_000 / ideal,
		refused: refused429 / requestsTotal,
		atATime: maxConcurrentJobs,
	};
}

/** 300 creates of four executions at 20 requests a second. */
export async function createsUnderRateLimit(suite: Suite): Promise<Limited> {
	return await apart(suite, async (own) => {
		const rateLimit = { requests: 20, perSeconds: 1 };
		await own.sandbox.configure({ latencyMs: LATENCY_MS, jobSeconds: 0.1, jobQueueSeconds: 0, rateLimit });
		const heygen = heyGenNode(own, createAvatar({ waitForCompletion: false, options: { checkBeforePaying: false } }));
		return await cameTo(own, await runAll(own, [75, 75, 75, 75], heygen), idealSeconds(rateLimit, 300));
	});
}

/** 100 videos of two executions where ten may be in the making. */
export async function jobsUnderJobLimit(suite: Suite): Promise<Limited> {
	return await apart(suite, async (own) => {
		const jobSeconds = 2;
		await own.sandbox.configure({ latencyMs: LATENCY_MS, jobSeconds, jobQueueSeconds: 0, concurrentJobs: 10 });
		return await cameTo(own, await runAll(own, [50, 50], heyGenNode(own, createAvatar({ download: [] }))), (100 / 10) * jobSeconds);
	});
}

/** Events that were delivered, those that reached the node behind the trigger, and executions. */
export interface Delivered {
	sent: string[];
	handedOn: string[];
	executions: number;
}

/**
 * Deliveries to the webhook processor, and the same event to main process and webhook processor in the same moment.
 *
 * @param once how many of the first
 * @param twice how many of the second
 */
export async function deliveries(cluster: N8nCluster, suite: Suite, once: number, twice: number): Promise<Delivered> {
	const workflow = await publish(suite, webhookTrigger(suite));
	await until(async () => (await endpoints(suite)).length === 1, 20_000);
	const [endpoint] = await endpoints(suite);
	const path = new URL(endpoint?.url ?? '').pathname;
	const [main, webhook] = [cluster.main.url + path, cluster.webhook.url + path];
	const event = (id: string) => signed(endpoint?.secret ?? '', { event_id: id, event_type: 'avatar_video.success', event_data: { video_id: id } }, id);
	const newIds = (count: number) => Array.from({ length: count }, () => `evt_${randomUUID()}`);
	const send = async (url: string, id: string) => {
		const status = await deliver(url, event(id));
		if (status !== 200) throw new Error(`A delivery was answered with ${status}`);
	};
	const first = newIds(once);
	// As many at a time as HeyGen may send.
	for (let at = 0; at < first.length; at += 20) await Promise.all(first.slice(at, at + 20).map(async (id) => await send(webhook, id)));
	const second = newIds(twice);
	for (const id of second) await Promise.all([main, webhook].map(async (url) => await send(url, id)));
	const count = once + 2 * twice;
	const ended = await executions(suite, workflow, count, 120_000);
	await cluster.main.client.deactivateWorkflow(workflow);
	const handedOn = ended.flatMap((execution) => execution.items(AFTER).map(({ json }) => String(json.seen)));
	return { sent: [...first, ...second].sort(), handedOn: handedOn.sort(), executions: ended.length };
}

/** Executions of 20 videos each whose workers are killed while they sleep, and that other workers wake. */
export async function wokenElsewhere(cluster: N8nCluster, suite: Suite, counts: readonly number[]): Promise<{ ended: Execution[]; made: number; replayed: number }> {
	return await apart(suite, async (own) => {
		await own.sandbox.configure({ jobSeconds: 15, jobQueueSeconds: 0 });
		const heygen = heyGenNode(own, createAvatar({ download: ['video'], options: { waitMode: 'park' } }));
		const ids = await Promise.all(counts.map(async (count) => await start(own, count, heygen)));
		const stateOf = async (id: string) => (await own.n8n.client.getExecution(id)).status;
		await until(async () => (await Promise.all(ids.map(stateOf))).every((state) => state === 'waiting'), 60_000);
		await cluster.replaceWorkers();
		const ended = await Promise.all(ids.map(async (id) => await own.n8n.client.waitForEnd(id, TIMEOUT_MS)));
		const { videosCreated: made, videosByIdempotencyReplay: replayed } = await own.sandbox.stats();
		return { ended, made, replayed };
	});
}

/** What has become of an execution that waited in a worker which was killed. */
export interface Killed {
	/** n8n's word for it. */
	status: string;
	/** Whether the log of the worker names all of its videos. */
	isLogged: boolean;
	/** The next execution of the same, with Same Input, Same Video. */
	again: Execution;
	made: number;
}

/** An execution of ten videos that waits in a worker, all workers killed meanwhile, and the next execution of the same. */
export async function killedWhileWaiting(cluster: N8nCluster, suite: Suite): Promise<Killed> {
	return await apart(suite, async (own) => {
		const { client } = own.n8n;
		await own.sandbox.configure({ jobSeconds: 30, jobQueueSeconds: 0 });
		const heygen = heyGenNode(own, createAvatar({ download: [], options: { sameInputSameVideo: true } }));
		const workflow = await client.createWorkflow(feed(`Killed ${randomUUID()}`, scripts(10), heygen));
		const id = await client.startRun(workflow, { startNode: TRIGGER });
		await until(async () => (await own.sandbox.stats()).videosCreated === 10, 30_000);
		// A line of the log is written at the end of the moment that it is about.
		await delay(500);
		const log = cluster.workers.map((worker) => worker.logTail()).join('\n');
		await cluster.replaceWorkers();
		const statusOf = async () => (await client.getExecution(id)).status;
		await until(async () => ['error', 'crashed'].includes(await statusOf()), 200_000);
		const again = await client.runWorkflow(workflow, { startNode: TRIGGER, timeoutMs: 90_000 });
		const videos = await own.sandbox.videoIds();
		return { status: await statusOf(), isLogged: videos.every((video) => log.includes(video)), again, made: (await own.sandbox.stats()).videosCreated };
	});
}

/** Runs something against a sandbox of its own. */
async function apart<T>(suite: Suite, work: (own: Suite) => Promise<T>): Promise<T> {
	let result: T | undefined;
	await withOwnSandbox(suite, async (own) => {
		result = await work(own);
	});
	return result as T;
}
