import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { packedPackage } from './host/pack';
import { freePort, type N8nServer, startN8n } from './host/server';
import { feed, TRIGGER } from './host/workflow';
import { createAvatar, HEYGEN, heyGenNode, scripts, sentTo, type Suite, withSandbox } from './support/suite';
import { until } from './support/triggers';

/** Executions that sleep, across a kill of n8n: nothing is lost, and nothing is paid twice. */

jest.setTimeout(600_000);

let folder: string;
let port: number;
let suite: Suite;

async function start(): Promise<N8nServer> {
	return await startN8n({ tgz: packedPackage(), userFolder: folder, port });
}

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'heygen-suite-sleep-'));
	port = await freePort();
	suite = await withSandbox(await start());
});

afterAll(async () => {
	await Promise.all([suite?.n8n.stop(), suite?.sandbox.stop()]);
	await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** Starts an execution that sleeps. @returns its id */
async function sleeper(count: number): Promise<string> {
	const heygen = heyGenNode(suite, createAvatar({ download: ['video'], options: { waitMode: 'park' } }));
	return await suite.n8n.client.startRun(feed(`Sleep ${count}`, scripts(count), heygen), { startNode: TRIGGER });
}

const statesOf = async (ids: readonly string[]) => await Promise.all(ids.map(async (id) => (await suite.n8n.client.getExecution(id)).status));
const all = async (ids: readonly string[], status: string) => (await statesOf(ids)).every((own) => own === status);

it('40 videos, n8n killed and started again: 40 items with files, also of executions whose date comes while n8n starts', async () => {
	await suite.sandbox.configure({ jobSeconds: 20, jobQueueSeconds: 1 });
	const begunAt = Date.now();
	const ids = [await sleeper(40)];
	// Their dates are a second and a half apart, so that some come while n8n starts, whatever that takes.
	for (let at = 0; at < 8; at++) {
		ids.push(await sleeper(1));
		await delay(1_500);
	}
	await until(async () => await all(ids, 'waiting'), 20_000);
	await delay(Math.max(0, 55_000 - (Date.now() - begunAt)));
	await suite.n8n.kill();
	suite = { ...suite, n8n: await start() };
	await until(async () => await all(ids, 'success'), 180_000);

	const [first = '', ...others] = ids;
	const { nodes, items } = await executionOf(first);
	expect(nodes[HEYGEN]?.runs).toHaveLength(1);
	expect(items.map(({ json }) => json.status)).toEqual(Array(40).fill('completed'));
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(Array.from({ length: 40 }, (_, item) => ({ item })));
	expect(items.every(({ binary }) => Number(binary?.video?.bytes) > 0)).toBe(true);
	for (const id of others) expect((await executionOf(id)).items).toHaveLength(1);
	const { videosCreated, videosByIdempotencyReplay } = await suite.sandbox.stats();
	expect([videosCreated, videosByIdempotencyReplay]).toEqual([48, 0]);
	// One look for each execution, or two for one that has woken up before the kill.
	expect((await sentTo(suite, 'GET /v3/videos/statuses')).length).toBeLessThanOrEqual(2 * ids.length);
});

it('n8n stands still until all dates are over: HeyGen has finished long ago', async () => {
	await suite.sandbox.reset();
	await suite.sandbox.configure({ jobSeconds: 5, jobQueueSeconds: 0 });
	const ids = [await sleeper(5), await sleeper(3)];
	await until(async () => await all(ids, 'waiting'), 20_000);
	await suite.n8n.kill();
	await delay(70_000);
	suite = { ...suite, n8n: await start() };
	await until(async () => await all(ids, 'success'), 120_000);
	for (const [at, id] of ids.entries()) expect((await executionOf(id)).items).toHaveLength(at === 0 ? 5 : 3);
	expect((await suite.sandbox.stats()).videosCreated).toBe(8);
});

async function executionOf(id: string) {
	const execution = await suite.n8n.client.getExecution(id);
	return { nodes: execution.nodes, items: execution.items(HEYGEN) };
}
