import type { IDataObject, INode } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { N8nCluster } from './host/cluster';
import { packedPackage } from './host/pack';
import { feed, TRIGGER } from './host/workflow';
import { SandboxProcess } from './support/sandboxProcess';
import { createAvatar, HEYGEN, heyGenNode, scripts, type Suite } from './support/suite';
import { AFTER, publish, TRIGGER_NODE, until, webhookTrigger } from './support/triggers';

/** n8n in queue mode, as it runs where it has much to do: a main process, two workers and a webhook processor. */

jest.setTimeout(900_000);

let cluster: N8nCluster;
let suite: Suite;

beforeAll(async () => {
	cluster = await N8nCluster.start(packedPackage());
	const sandbox = await SandboxProcess.start();
	const credential = await cluster.main.client.createCredential({ name: 'Sandbox', type: 'heyGenSuiteApi', data: { apiKey: sandbox.apiKey, baseUrl: sandbox.url } });
	suite = { n8n: cluster.main, sandbox, credential, stop: async () => await sandbox.stop() };
});

afterAll(async () => {
	await suite?.stop();
	await cluster?.stop();
});

const start = async (count: number, heygen: INode) => await suite.n8n.client.startRun(feed(`Queue ${randomUUID()}`, scripts(count), heygen), { startNode: TRIGGER });
const endOf = async (id: string) => await suite.n8n.client.waitForEnd(id, 300_000);

it('makes, waits and downloads in a worker', async () => {
	await suite.sandbox.configure({ jobSeconds: 1, jobQueueSeconds: 0 });
	const execution = await endOf(await start(5, heyGenNode(suite, createAvatar({ download: ['video'] }))));
	expect(execution.error).toBeUndefined();
	expect(execution.items(HEYGEN).map(({ binary }) => binary?.video?.id?.split(':')[0])).toEqual(Array(5).fill('database'));
});
