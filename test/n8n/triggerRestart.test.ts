import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { packedPackage } from './host/pack';
import { freePort, type N8nServer, startN8n } from './host/server';
import { SandboxProcess } from './support/sandboxProcess';
import {
	AFTER,
	endpoints,
	executions,
	pollTrigger,
	publish,
	TRIGGER_NODE,
	until,
	webhookTrigger,
} from './support/triggers';

/** Both triggers across a restart of n8n: nothing that happens meanwhile is lost, and nothing comes twice. */

jest.setTimeout(600_000);

let folder: string;
let port: number;
let n8n: N8nServer;
let sandbox: SandboxProcess;

async function start(): Promise<N8nServer> {
	return await startN8n({ tgz: packedPackage(), userFolder: folder, port });
}

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'heygen-suite-restart-'));
	port = await freePort();
	[n8n, sandbox] = await Promise.all([start(), SandboxProcess.start()]);
});

afterAll(async () => {
	await Promise.all([n8n?.stop(), sandbox?.stop()]);
	await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

it('both triggers go on where they were', async () => {
	const credential = await n8n.client.createCredential({
		name: 'Sandbox',
		type: 'heyGenSuiteApi',
		data: { apiKey: sandbox.apiKey, baseUrl: sandbox.url },
	});
	// Long enough for a restart.
	await sandbox.configure({ webhookMaxAttempts: 8, webhookRetryBaseMs: 500 });
	// What was there before nobody waits for.
	await sandbox.emit({ event_type: 'avatar_video.success', count: 150, deliver: false });
	const hooked = await publish({ n8n }, webhookTrigger({ credential }));
	const polled = await publish({ n8n }, pollTrigger({ credential }));
	const [endpoint] = await endpoints({ sandbox });
	const [first = ''] = await sandbox.emit({ event_type: 'avatar_video.success' });
	await executions({ n8n }, hooked, 1);

	await n8n.stop();
	const missed = await sandbox.emit({ event_type: 'avatar_video.fail', count: 20 });
	n8n = await start();

	// HeyGen repeats what was not taken; the poll at the start finds it all.
	const delivered = await executions({ n8n }, hooked, 21);
	expect(delivered.map((one) => one.items(AFTER)[0]?.json.seen).sort()).toEqual([first, ...missed].sort());
	// The first may have come in a poll of its own, before the restart.
	const seen = async () =>
		(await executions({ n8n }, polled, 1)).flatMap((one) => one.items(TRIGGER_NODE).map(({ json }) => json.eventId));
	await until(async () => (await seen()).length >= 21, 20_000);
	expect(await seen()).toEqual([first, ...missed]);
	expect(await endpoints({ sandbox })).toEqual([endpoint]);

	// This process has never seen it, but n8n's database has.
	await sandbox.redeliver(first);
	const [last] = (await executions({ n8n }, hooked, 22)).slice(-1);
	expect(last?.status).toBe('success');
	expect(last?.items(TRIGGER_NODE)).toEqual([]);
	expect(last?.items(AFTER)).toEqual([]);
	await n8n.client.deactivateWorkflow(hooked);
	await until(async () => (await endpoints({ sandbox })).length === 0, 20_000);
});
