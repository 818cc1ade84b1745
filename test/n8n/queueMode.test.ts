import { randomUUID } from 'node:crypto';
import type { INode } from 'n8n-workflow';

import { N8nCluster } from './host/cluster';
import { packedPackage } from './host/pack';
import { feed, TRIGGER } from './host/workflow';
import { createAvatar, HEYGEN, heyGenNode, scripts, type Suite, withOwnSandbox, withSandbox } from './support/suite';
import { AFTER, deliver, endpoints, executions, publish, signed, until, webhookTrigger } from './support/triggers';

/** n8n in queue mode, as it runs where it has much to do: a main process, two workers and a webhook processor. */

jest.setTimeout(900_000);

let cluster: N8nCluster;
let suite: Suite;

beforeAll(async () => {
	cluster = await N8nCluster.start(packedPackage());
	suite = await withSandbox(cluster.main);
});

afterAll(async () => {
	await suite?.sandbox.stop();
	await cluster?.stop();
});

const start = async (own: Suite, count: number, heygen: INode) => await own.n8n.client.startRun(feed(`Queue ${randomUUID()}`, scripts(count), heygen), { startNode: TRIGGER });
const endOf = async (id: string) => await cluster.main.client.waitForEnd(id, 400_000);
const stateOf = async (id: string) => (await cluster.main.client.getExecution(id)).status;
const sleepy = (own: Suite) => heyGenNode(own, createAvatar({ download: ['video'], options: { waitMode: 'park' } }));

it('makes, waits and downloads in a worker', async () => {
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ jobSeconds: 1, jobQueueSeconds: 0 });
		const execution = await endOf(await start(own, 5, heyGenNode(own, createAvatar({ download: ['video'] }))));
		expect(execution.error).toBeUndefined();
		expect(execution.items(HEYGEN).map(({ binary }) => binary?.video?.id?.split(':')[0])).toEqual(Array(5).fill('database'));
	});
});

it('300 creates of four executions under a rate limit, and 100 jobs under a job limit: each is made once', async () => {
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ jobSeconds: 0.1, jobQueueSeconds: 0, rateLimit: { requests: 20, perSeconds: 1 } });
		const creates = createAvatar({ waitForCompletion: false, options: { checkBeforePaying: false } });
		const ids = await Promise.all([75, 75, 75, 75].map(async (count) => await start(own, count, heyGenNode(own, creates))));
		for (const id of ids) {
			const execution = await endOf(id);
			expect(execution.error).toBeUndefined();
			expect(new Set(execution.items(HEYGEN).map(({ json }) => json.video_id)).size).toBe(75);
		}
		expect((await own.sandbox.stats()).videosCreated).toBe(300);
	});
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ jobSeconds: 1, jobQueueSeconds: 0, concurrentJobs: 10 });
		const ids = await Promise.all([50, 50].map(async (count) => await start(own, count, heyGenNode(own, createAvatar({ download: [] })))));
		for (const id of ids) expect((await endOf(id)).items(HEYGEN).map(({ json }) => json.status)).toEqual(Array(50).fill('completed'));
		const { videosCreated, maxConcurrentJobs } = await own.sandbox.stats();
		expect([videosCreated, maxConcurrentJobs]).toEqual([100, 10]);
	});
});

describe('deliveries', () => {
	const handedOn = async (workflow: string, count: number) =>
		(await executions(suite, workflow, count, 120_000)).flatMap((execution) => execution.items(AFTER).map(({ json }) => String(json.seen))).sort();

	/** A trigger of its own, and the addresses of its webhook at the main process and at the webhook processor. */
	async function trigger() {
		const workflow = await publish(suite, webhookTrigger(suite));
		await until(async () => (await endpoints(suite)).length === 1, 20_000);
		const [endpoint] = await endpoints(suite);
		const path = new URL(endpoint?.url ?? '').pathname;
		return { workflow, secret: endpoint?.secret ?? '', urls: [cluster.main.url + path, cluster.webhook.url + path] as const };
	}

	const event = (id: string) => ({ event_id: id, event_type: 'avatar_video.success', event_data: { video_id: id } });

	it('200 to the webhook processor start an execution each, and 50 to both processes in the same moment are handed on once each', async () => {
		const { workflow, secret, urls } = await trigger();
		const ids = Array.from({ length: 200 }, () => `evt_${randomUUID()}`);
		// As many at a time as HeyGen may send.
		for (let at = 0; at < ids.length; at += 20) {
			const statuses = await Promise.all(ids.slice(at, at + 20).map(async (id) => await deliver(urls[1], signed(secret, event(id), id))));
			expect(statuses).toEqual(Array(20).fill(200));
		}
		expect(await handedOn(workflow, 200)).toEqual([...ids].sort());
		const twice = Array.from({ length: 50 }, () => `evt_${randomUUID()}`);
		for (const id of twice) await Promise.all(urls.map(async (url) => await deliver(url, signed(secret, event(id), id))));
		expect(await handedOn(workflow, 300)).toEqual([...ids, ...twice].sort());
		await cluster.main.client.deactivateWorkflow(workflow);
	});
});

describe('workers that are killed', () => {
	it('lose nothing of executions that sleep: another worker wakes them, and nothing is paid twice', async () => {
		await withOwnSandbox(suite, async (own) => {
			await own.sandbox.configure({ jobSeconds: 15, jobQueueSeconds: 0 });
			const ids = await Promise.all([20, 20].map(async (count) => await start(own, count, sleepy(own))));
			await until(async () => (await Promise.all(ids.map(stateOf))).every((state) => state === 'waiting'), 60_000);
			// All that have made the videos are gone.
			const old = cluster.workers.splice(0);
			await Promise.all(old.map(async (worker) => await worker.kill()));
			await cluster.addWorker();
			for (const id of ids) {
				const execution = await endOf(id);
				expect(execution.status).toBe('success');
				expect(execution.nodes[HEYGEN]?.runs).toHaveLength(1);
				expect(execution.items(HEYGEN).map(({ json }) => json.status)).toEqual(Array(20).fill('completed'));
				expect(execution.items(HEYGEN).every(({ binary }) => Number(binary?.video?.bytes) > 0)).toBe(true);
			}
			const { videosCreated, videosByIdempotencyReplay } = await own.sandbox.stats();
			expect([videosCreated, videosByIdempotencyReplay]).toEqual([40, 0]);
			await cluster.addWorker();
		});
	});
});
