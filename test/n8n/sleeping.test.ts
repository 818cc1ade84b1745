import type { IDataObject, INode } from 'n8n-workflow';

import type { Execution } from './host/execution';
import { chain, feed, manualTrigger, node, TRIGGER, type WorkflowJson } from './host/workflow';
import { bodiesTo, createAvatar, HEYGEN, heyGenNode, scripts, type Suite, startSuite, useSuite, withSandbox } from './support/suite';
import { until } from './support/triggers';

/** Executions that sleep in a real n8n: whatever workflow they are of. n8n wakes them after a minute, all at the same time. */

jest.setTimeout(600_000);

/** Nobody can reach it, but HeyGen would be told: calls come from the tests. */
const PUBLIC = 'https://n8n.example.com';

const suite = useSuite(async () => await startSuite({ env: { WEBHOOK_URL: `${PUBLIC}/` } }));

const SLEEPS = { waitMode: 'park' };

const sleepy = (own: Suite, extra: Partial<INode> = {}, more: Parameters<typeof createAvatar>[0] = {}): INode =>
	heyGenNode(own, createAvatar({ download: ['video'], options: SLEEPS, ...more }), extra);

const stateOf = async (id: string) => (await suite.n8n.client.getExecution(id)).status;
const asleep = async (id: string) => await until(async () => (await stateOf(id)) === 'waiting', 30_000);
const start = async (workflow: WorkflowJson | string) => await suite.n8n.client.startRun(workflow, { startNode: TRIGGER });
const endOf = async (id: string) => await suite.n8n.client.waitForEnd(id, 300_000);

const sandboxes: Suite[] = [];
afterAll(async () => {
	await Promise.all(sandboxes.map(async (own) => await own.stop()));
});

/** A sandbox of its own for each test, so that each counts what is its own. */
async function sandboxed(jobSeconds: number): Promise<Suite> {
	const own = await withSandbox(suite.n8n);
	sandboxes.push(own);
	await own.sandbox.configure({ jobSeconds, jobQueueSeconds: 0 });
	return own;
}

const made = async ({ sandbox }: Suite) => (await sandbox.stats()).videosCreated;

/** What happens while an execution sleeps takes a minute each time: all tests sleep at once. */
function meanwhile<T>(begin: () => Promise<T>): () => Promise<T> {
	let begun: Promise<T> | undefined;
	beforeAll(() => {
		begun = begin();
		begun.catch(() => undefined);
	});
	return async () => await (begun as Promise<T>);
}

async function child(own: Suite): Promise<string> {
	const trigger = node('Called', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' });
	const heygen = sleepy(own);
	const id = await suite.n8n.client.createWorkflow({ name: 'Child', nodes: [trigger, heygen], connections: chain(trigger, heygen) });
	await suite.n8n.client.activateWorkflow(id);
	return id;
}

const caller = (workflowId: string, mode: string, waitForSubWorkflow: boolean): INode =>
	node('Call', 'n8n-nodes-base.executeWorkflow', 1.2, {
		workflowId: { __rl: true, mode: 'id', value: workflowId },
		mode,
		workflowInputs: { mappingMode: 'defineBelow', value: {} },
		options: { waitForSubWorkflow },
	});

/** The address that HeyGen was told, at this n8n. */
async function address(own: Suite): Promise<string> {
	const [url = '', ...others] = [...new Set((await bodiesTo(own, 'POST /v3/videos')).map(({ callback_url: told }) => String(told)))];
	expect(others).toEqual([]);
	expect(url).toMatch(new RegExp(`^${PUBLIC}/webhook-waiting/\\d+/heygen\\?signature=`));
	return url.replace(PUBLIC, suite.n8n.url);
}

const call = async (url: string, body: IDataObject) => (await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).status;
const done = (id: string): IDataObject => ({ event_type: 'avatar_video.success', event_data: { video_id: id } });

const loop = meanwhile(async () => {
	const own = await sandboxed(10);
	const trigger = manualTrigger();
	const batches = node('Loop', 'n8n-nodes-base.splitInBatches', 3, { batchSize: 2, options: {} });
	const after = node('After', 'n8n-nodes-base.noOp', 1);
	const heygen = sleepy(own);
	const workflow: WorkflowJson = {
		name: 'Loop',
		nodes: [trigger, batches, heygen, after],
		connections: {
			...chain(trigger, batches),
			Loop: { main: [[{ node: 'After', type: 'main', index: 0 }], [{ node: HEYGEN, type: 'main', index: 0 }]] },
			[HEYGEN]: { main: [[{ node: 'Loop', type: 'main', index: 0 }]] },
		},
		pinData: { [trigger.name]: scripts(4).map((json) => ({ json })) },
	};
	return { own, execution: await endOf(await start(workflow)) };
});

const mixed = meanwhile(async () => {
	const own = await sandboxed(10);
	const trigger = manualTrigger();
	const heygen = sleepy(own, { onError: 'continueErrorOutput' });
	const good = node('Good', 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: `={{ { n: $('${TRIGGER}').item.json.n, all: $('${HEYGEN}').all().length } }}`, options: {} });
	const bad = node('Bad', 'n8n-nodes-base.noOp', 1);
	const workflow: WorkflowJson = {
		name: 'Mixed',
		nodes: [trigger, heygen, good, bad],
		connections: { ...chain(trigger, heygen), [HEYGEN]: { main: [[{ node: 'Good', type: 'main', index: 0 }], [{ node: 'Bad', type: 'main', index: 0 }]] } },
		pinData: { [trigger.name]: ['One', '', '[fail] Three', 'Four'].map((script, n) => ({ json: { script, n } })) },
	};
	return { own, execution: await endOf(await start(workflow)) };
});

const stopped = meanwhile(async () => {
	const own = await sandboxed(10);
	const id = await start(feed('Stopped', scripts(2), sleepy(own)));
	await asleep(id);
	await suite.n8n.client.cancel(id);
	const execution = await suite.n8n.client.getExecution(id);
	// With the workflow as it is saved now, and with the original one: both go on with what goes on in HeyGen.
	const retries = [await suite.n8n.client.retry(id), await suite.n8n.client.retry(id, false)];
	return { own, execution, retried: await Promise.all(retries.map(endOf)) };
});

const alone = meanwhile(async () => {
	const own = await sandboxed(10);
	const id = await child(own);
	const caught = await suite.n8n.client.runWorkflow(feed('Caller alone', scripts(1), caller(id, 'once', false)), { startNode: TRIGGER, timeoutMs: 30_000 });
	await until(async () => (await suite.n8n.client.executionIds(id)).length === 1, 20_000);
	const [execution = ''] = await suite.n8n.client.executionIds(id);
	await asleep(execution);
	return { own, caught, execution: await endOf(execution) };
});

const early = meanwhile(async () => {
	const own = await sandboxed(20);
	const id = await start(feed('Early', scripts(1), sleepy(own)));
	await asleep(id);
	const [video = ''] = await own.sandbox.videoIds();
	const status = await call(await address(own), done(video));
	// n8n has just started, and the execution goes on sleeping only when that is over for sure.
	await until(async () => (await stateOf(id)) === 'waiting', 60_000);
	return { own, status, execution: await endOf(id) };
});

describe('a workflow whose execution sleeps', () => {
	it('sleeps in each run of a loop', async () => {
		const { own, execution } = await loop();
		expect(execution.error).toBeUndefined();
		expect(execution.nodes[HEYGEN]?.runs.map(({ outputs }) => outputs[0]?.length)).toEqual([2, 2]);
		expect(execution.items('After').map(({ json }) => json.status)).toEqual(Array(4).fill('completed'));
		expect(await made(own)).toBe(4);
	});

	it('hands errors of before the sleep and of in it to the error output, and links items to their inputs', async () => {
		const { own, execution } = await mixed();
		expect(execution.error).toBeUndefined();
		expect(execution.items('Good').map(({ json }) => json)).toEqual([{ n: 0, all: 2 }, { n: 3, all: 2 }]);
		expect(execution.items('Bad').map(({ json }) => json.n)).toEqual([1, 2]);
		expect(await made(own)).toBe(3);
	});

	it('can be stopped, which shows what goes on in HeyGen, and started again without paying again', async () => {
		const { own, execution, retried } = await stopped();
		expect(execution.status).toBe('canceled');
		expect(execution.items(HEYGEN).map(({ json }) => json.video_id).sort()).toEqual((await own.sandbox.videoIds()).sort());
		for (const { error, items } of retried.map((one) => ({ error: one.error, items: one.items(HEYGEN) }))) {
			expect(error).toBeUndefined();
			expect(items.map(({ json }) => json.status)).toEqual(['completed', 'completed']);
		}
		expect(await made(own)).toBe(2);
	});
});

describe('sub-workflows', () => {
	it('do not sleep when their caller waits, which gets the items of all of them', async () => {
		const own = await sandboxed(2);
		const id = await child(own);
		const execution = await suite.n8n.client.runWorkflow(feed('Caller', scripts(2), caller(id, 'each', true)), { startNode: TRIGGER, timeoutMs: 60_000 });
		expect(execution.error).toBeUndefined();
		expect(execution.items('Call').map(({ json }) => json.status)).toEqual(['completed', 'completed']);
		expect(await made(own)).toBe(2);
	});

	it('sleep when their caller does not wait', async () => {
		const { caught, execution } = await alone();
		expect(caught.status).toBe('success');
		expect(execution.status).toBe('success');
		expect(execution.items(HEYGEN).map(({ json }) => json.status)).toEqual(['completed']);
	});
});

describe("HeyGen's calls", () => {
	it('wake the execution at once when the last one has come, also twice, at once, and forged', async () => {
		const own = await sandboxed(1);
		const id = await start(feed('Called', scripts(3), sleepy(own)));
		await asleep(id);
		const url = await address(own);
		const ids = await own.sandbox.videoIds();
		expect(await call(url.replace(/signature=.*/, 'signature=x'), done(ids[0] as string))).toBe(401);
		// A Wait node further on has an address of its own.
		expect(await call(url.replace('/heygen', ''), done(ids[0] as string))).toBe(404);
		expect(await call(url, { anything: true })).toBe(200);
		expect(await call(url, done(ids[0] as string))).toBe(200);
		expect(await call(url, done(ids[0] as string))).toBe(200);
		expect(await stateOf(id)).toBe('waiting');
		// By now three different calls have come for three videos, one of them forged. HeyGen has finished all of them.
		await until(async () => (await own.sandbox.stats()).videosCreated === 3, 5_000);
		await new Promise((resolve) => setTimeout(resolve, 1_500));
		const answers = await Promise.all([call(url, done(ids[1] as string)), call(url, done(ids[1] as string))]);
		expect(answers).toContain(200);
		const execution: Execution = await suite.n8n.client.waitForEnd(id, 20_000);
		expect(execution.error).toBeUndefined();
		expect(execution.items(HEYGEN).map(({ json }) => json.status)).toEqual(Array(3).fill('completed'));
		expect(execution.nodes[HEYGEN]?.runs).toHaveLength(1);
		expect(await call(url, done(ids[2] as string))).toBe(409);
		expect(await made(own)).toBe(3);
	});

	it('that come too early are no loss: the execution sleeps on', async () => {
		const { own, status, execution } = await early();
		expect(status).toBe(200);
		expect(execution.items(HEYGEN).map(({ json }) => json.status)).toEqual(['completed']);
		expect(await made(own)).toBe(1);
	});
});
