import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import type { Execution } from './host/execution';
import { packedPackage } from './host/pack';
import { startN8n } from './host/server';
import { feed, TRIGGER } from './host/workflow';
import {
	createAvatar,
	HEYGEN,
	heyGenNode,
	runNode,
	scripts,
	type Suite,
	withOwnSandbox,
	withSandbox,
} from './support/suite';

/** Nothing is paid twice and no job is lost, in a real n8n: keys by item, retries by hand, stopped and killed runs. */

jest.setTimeout(600_000);

let folder: string;
let suite: Suite;

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'heygen-suite-money-'));
	suite = await withSandbox(await startN8n({ tgz: packedPackage(), userFolder: folder }));
});

afterAll(async () => {
	await Promise.all([suite?.n8n.stop(), suite?.stop()]);
	await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

const created = async (own: Suite) => (await own.sandbox.stats()).videosCreated;

/** The requests that make videos, oldest first. */
const creates = async (own: Suite) =>
	(await own.sandbox.requests()).filter(({ method, template }) => method === 'POST' && template === '/v3/videos');

async function untilCreated(own: Suite, count: number): Promise<void> {
	while ((await created(own)) < count) await sleep(50);
}

it('sends each item with its own key when the credential is an expression', async () => {
	await withOwnSandbox(suite, async (own) => {
		const credential = await own.n8n.client.createCredential({
			name: 'By item',
			type: 'heyGenSuiteApi',
			data: { apiKey: '={{ $json.key }}', baseUrl: own.sandbox.url },
		});
		const keys = ['sandbox-key', 'sandbox-key-2'];
		const items = scripts(4).map((item, index) => ({ ...item, key: keys[index % 2] as string }));
		const node = heyGenNode({ ...own, credential }, createAvatar({ waitForCompletion: false }));
		const execution = await runNode(own, items, node);
		expect(execution.status).toBe('success');
		const sent = (await creates(own)).map(({ body, apiKey }) => [(body as IDataObject).script, apiKey]);
		expect(Object.fromEntries(sent)).toEqual(Object.fromEntries(items.map(({ script, key }) => [script, key])));
	});
});

it('sends nothing when the last of 500 scripts is too long', async () => {
	await withOwnSandbox(suite, async (own) => {
		const items = scripts(500);
		(items[499] as { script: string }).script = 'x'.repeat(5_001);
		const execution = await runNode(own, items, heyGenNode(own, createAvatar()));
		expect(execution.error).toContain("'Script' may have at most 5,000 characters");
		expect((await own.sandbox.stats()).requestsTotal).toBe(0);
	});
});

describe.each([true, false])('Retry execution, with the currently saved workflow: %s', (loadWorkflow) => {
	it('makes only what failed, and not what exists', async () => {
		await withOwnSandbox(suite, async (own) => {
			const title = { title: '={{ $json.title }}' };
			const node = heyGenNode(own, createAvatar({ download: [], options: title }));
			const items = scripts(4);
			(items[2] as { title: string }).title = '[fail]';
			const failed = await runNode(own, items, node);
			expect(failed.status).toBe('error');
			expect(await created(own)).toBe(4);
			const again = await own.n8n.client.waitForEnd(await own.n8n.client.retry(failed.id, loadWorkflow), 60_000);
			expect(again.error).toContain('HeyGen could not finish the video');
			expect(await created(own)).toBe(5);
			// And the retry of the retry.
			await own.n8n.client.waitForEnd(await own.n8n.client.retry(again.id, loadWorkflow), 60_000);
			expect(await created(own)).toBe(6);
		});
	});

	it('knows items again whose expressions have the time or the execution in them', async () => {
		await withOwnSandbox(suite, async (own) => {
			await own.sandbox.addFault({ match: { method: 'POST', path: '/v3/videos' }, kind: 'status', status: 402, skip: 2 });
			const options = { title: '={{ $now.toMillis() }} {{ $execution.id }}', maxParallelRequests: 1 };
			const node = heyGenNode(own, createAvatar({ waitForCompletion: false, options }));
			const failed = await runNode(own, scripts(4), node);
			expect(failed.status).toBe('error');
			expect(await created(own)).toBe(2);
			const again = await own.n8n.client.waitForEnd(await own.n8n.client.retry(failed.id, loadWorkflow), 60_000);
			expect(again.status).toBe('success');
			expect(again.items(HEYGEN)).toHaveLength(4);
			expect(await created(own)).toBe(4);
		});
	});
});

describe('a run that is stopped names all its videos', () => {
	/** Waits for the end, and checks what n8n keeps of the execution and what is in its log. */
	const expectAllNamed = async (own: Suite, executionId: string, kept: (execution: Execution) => string) => {
		let execution = await own.n8n.client.waitForEnd(executionId, 30_000);
		// n8n notes that it is cancelled first, and saves its data a moment later.
		for (let look = 0; look < 50 && kept(execution) === ''; look++) {
			await sleep(100);
			execution = await own.n8n.client.getExecution(executionId);
		}
		expect(execution.status).toBe('canceled');
		const ids = (await own.sandbox.videoIds()).sort();
		expect(ids).toHaveLength(3);
		expect(ids.filter((id) => kept(execution).includes(id))).toEqual(ids);
		expect(ids.filter((id) => own.n8n.logTail().includes(id))).toEqual(ids);
	};

	it('with the stop button: in the custom data, since n8n replaces all else, and in the log', async () => {
		await withOwnSandbox(suite, async (own) => {
			await own.sandbox.configure({ jobSeconds: 600 });
			const workflow = feed('Stop', scripts(3), heyGenNode(own, createAvatar()));
			const id = await own.n8n.client.startRun(workflow, { startNode: TRIGGER });
			await untilCreated(own, 3);
			await sleep(500);
			await own.n8n.client.cancel(id);
			await expectAllNamed(own, id, ({ customData }) => customData.heygen_started ?? '');
		});
	});

	it("by the workflow's own time-out: in the error that n8n keeps, and in the log", async () => {
		await withOwnSandbox(suite, async (own) => {
			await own.sandbox.configure({ jobSeconds: 600 });
			const workflow = feed('Time-out', scripts(3), heyGenNode(own, createAvatar()));
			const id = await own.n8n.client.startRun({ ...workflow, settings: { executionTimeout: 4 } }, { startNode: TRIGGER });
			await expectAllNamed(own, id, ({ nodes }) => {
				const run = nodes[HEYGEN]?.runs[0];
				return run === undefined ? '' : `${run.error} ${run.errorDescription}`;
			});
		});
	});
});

it('n8n killed with 20 videos running: started again by hand, none is paid again with Same Input, Same Video', async () => {
	const own = await withSandbox(suite.n8n);
	await own.sandbox.configure({ jobSeconds: 8 });
	const node = heyGenNode(own, createAvatar({ download: [], options: { sameInputSameVideo: true } }));
	const workflowId = await own.n8n.client.createWorkflow(feed('Killed', scripts(20), node));
	await own.n8n.client.startRun(workflowId, { startNode: TRIGGER });
	await untilCreated(own, 20);
	await sleep(300);
	// What a process has started is in its log, also when it gets to say nothing more.
	const log = suite.n8n.logTail();
	await suite.n8n.kill();
	for (const id of await own.sandbox.videoIds()) expect(log).toContain(id);

	const restarted = await startN8n({ userFolder: folder });
	suite = { ...suite, n8n: restarted };
	const again = await restarted.client.runWorkflow(workflowId, { startNode: TRIGGER, timeoutMs: 120_000 });
	expect(again.status).toBe('success');
	expect(again.items(HEYGEN).map(({ json }) => json.status)).toEqual(Array(20).fill('completed'));
	expect(await created(own)).toBe(20);
	await own.stop();
});
