import { N8nCluster } from './host/cluster';
import { packedPackage } from './host/pack';
import { feed, TRIGGER } from './host/workflow';
import { createsUnderRateLimit, deliveries, jobsUnderJobLimit, killedWhileWaiting, wokenElsewhere } from './support/queue';
import { createAvatar, HEYGEN, heyGenNode, scripts, type Suite, withOwnSandbox, withSandbox } from './support/suite';

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

it('makes, waits and downloads in a worker', async () => {
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ jobSeconds: 1, jobQueueSeconds: 0 });
		const heygen = heyGenNode(own, createAvatar({ download: ['video'] }));
		const execution = await own.n8n.client.runWorkflow(feed('Queue', scripts(5), heygen), { startNode: TRIGGER, timeoutMs: 60_000 });
		expect(execution.error).toBeUndefined();
		expect(execution.items(HEYGEN).map(({ binary }) => binary?.video?.id?.split(':')[0])).toEqual(Array(5).fill('database'));
	});
});

it('300 creates of four executions under a rate limit: each is made once', async () => {
	expect(await createsUnderRateLimit(suite)).toMatchObject({ made: 300, handedOn: 300 });
});

it('100 jobs of two executions under a job limit: each is made once, and never more than ten at a time', async () => {
	expect(await jobsUnderJobLimit(suite)).toMatchObject({ made: 100, handedOn: 100, atATime: 10 });
});

it('200 deliveries to the webhook processor start an execution each, and 50 to both processes in the same moment are handed on once', async () => {
	const { sent, handedOn, executions } = await deliveries(cluster, suite, 200, 50);
	expect(handedOn).toEqual(sent);
	expect(executions).toBe(300);
});

describe('workers that are killed', () => {
	it('lose nothing of executions that sleep: another worker wakes them, and nothing is paid twice', async () => {
		const { ended, made, replayed } = await wokenElsewhere(cluster, suite, [20, 20]);
		for (const execution of ended) {
			expect(execution.status).toBe('success');
			expect(execution.nodes[HEYGEN]?.runs).toHaveLength(1);
			expect(execution.items(HEYGEN).map(({ json }) => json.status)).toEqual(Array(20).fill('completed'));
			expect(execution.items(HEYGEN).every(({ binary }) => Number(binary?.video?.bytes) > 0)).toBe(true);
		}
		expect([made, replayed]).toEqual([40, 0]);
	});

	it('lose an execution that waits in them: n8n calls it failed, and the videos are in the log and go on', async () => {
		const { isLogged, again, made } = await killedWhileWaiting(cluster, suite);
		expect(isLogged).toBe(true);
		// Started again by hand, it takes up what goes on.
		expect(again.items(HEYGEN).map(({ json }) => json.status)).toEqual(Array(10).fill('completed'));
		expect(made).toBe(10);
	});
});
