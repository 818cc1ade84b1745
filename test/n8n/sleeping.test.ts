import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { packedPackage } from './host/pack';
import { freePort, type N8nServer, startN8n } from './host/server';
import { feed, TRIGGER } from './host/workflow';
import { createAvatar, HEYGEN, heyGenNode, scripts, type Suite, withSandbox } from './support/suite';

/** Executions that sleep, across the end of n8n. */

jest.setTimeout(600_000);

let folder: string;
let port: number;
let suite: Suite;

async function start(): Promise<N8nServer> {
	return await startN8n({ tgz: packedPackage(), userFolder: folder, port, env: { N8N_LOG_LEVEL: 'debug' }, logFile: `/tmp/sleep-${Date.now()}.log` });
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

const SLEEPS = { options: { waitMode: 'park' } };

it('sleeps through the end of n8n', async () => {
	await suite.sandbox.configure({ jobSeconds: 20, jobQueueSeconds: 1 });
	const ids: string[] = [];
	const workflow = feed('Sleeps', scripts(40), heyGenNode(suite, createAvatar({ ...SLEEPS, download: ['video'] })));
	const begun = Date.now();
	ids.push(await suite.n8n.client.startRun(workflow, { startNode: TRIGGER }));
	for (let at = 0; at < 7; at++) {
		const small = feed(`Sleeps ${at}`, scripts(1), heyGenNode(suite, createAvatar({ ...SLEEPS, download: ['video'] })));
		ids.push(await suite.n8n.client.startRun(small, { startNode: TRIGGER }));
		await delay(2_000);
	}
	const states = async () => (await Promise.all(ids.map(async (id) => await suite.n8n.client.getExecution(id)))).map(({ status }) => status);
	console.log(await states(), Date.now() - begun);
	await delay(Number(process.env.KILL_AT ?? 55_000) - (Date.now() - begun));
	await suite.n8n.kill();
	await delay(Number(process.env.DOWN ?? 0));
	const restarted = Date.now();
	suite.n8n = await start();
	console.log('booted', Date.now() - restarted, await states());
	for (let at = 0; at < 14; at++) {
		await delay(10_000);
		const now = await states();
		console.log(Date.now() - restarted, now);
		if (now.every((status) => status === 'success')) break;
	}
	const first = await suite.n8n.client.getExecution(ids[0] as string);
	expect(first.items(HEYGEN)).toHaveLength(40);
	console.log(await suite.sandbox.stats());
});
