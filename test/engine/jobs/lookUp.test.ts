/** A create whose answer got lost is looked for by its callback ID; what only looks like it is another job. */
import type { IDataObject } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { sendJson, usePlainServer } from '../support/plainServer';
import { endOf, errorOf, jsonOf, nodeRun, useTiming } from '../support/support';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import { startNode, type NodeOptions, type RunOptions } from '../support/harness';

useTiming();
const server = usePlainServer();

const seconds = () => Math.floor(Date.now() / 1_000);

/** The list of clippings that HeyGen gives, once it knows the callback ID of what was asked for. */
type List = (callback: string) => IDataObject[];

/** Creates a clipping at a HeyGen that loses its first answers. @returns what came of it */
async function create(list: List, lost: number, options: IDataObject = {}, more: Partial<NodeOptions & RunOptions> = {}) {
	let made = 0;
	server().answer = (request, response) => {
		if (request.method === 'POST') {
			made++;
			if (request.count <= lost) response.destroy();
			else sendJson(response, { data: { ai_clipping_id: `made-${request.count}` } }, 202);
			return;
		}
		const callback = 'n8n-7001-0';
		sendJson(response, { data: list(callback), has_more: false, next_token: null });
	};
	const parameters = {
		...{ resource: 'clipping', operation: 'create', videoSource: 'url', videoUrl: 'https://example.com/f.mp4' },
		...{ waitForCompletion: false, options: { title: 'A talk', ...options } },
	};
	const run = nodeRun(new HeyGenVideo(), server(), parameters as never, { executionId: '7001', ...more });
	return { result: await endOf(startNode(run)), made: () => made };
}

const own = (callback: string): IDataObject => ({ id: 'found', status: 'pending', title: 'A talk', callback_id: callback, created_at: seconds() });

it('is found, and not asked for again', async () => {
	const { result, made } = await create((callback) => [{ id: 'x', status: 'running', created_at: seconds() }, own(callback)], 1);
	expect(jsonOf(result)).toEqual([expect.objectContaining({ job_id: 'found' })]);
	expect(made()).toBe(1);
});

it.each<[string, (record: IDataObject) => IDataObject]>([
	['is days old, of another n8n with an execution of that number', (record) => ({ ...record, created_at: seconds() - 3 * 86_400 })],
	['is an hour old', (record) => ({ ...record, created_at: seconds() - 3_600 })],
	['does not say when it was made', (record) => ({ ...record, created_at: null })],
	['has another title', (record) => ({ ...record, title: 'Another talk' })],
	['has no ID', (record) => ({ ...record, id: null })],
	['has another callback ID', (record) => ({ ...record, callback_id: 'n8n-7001-1' })],
	['has none', (record) => ({ ...record, callback_id: null })],
])('a job that %s is another one', async (_what, change) => {
	const { result, made } = await create((callback) => [change(own(callback))], 1);
	expect(jsonOf(result)).toEqual([expect.objectContaining({ job_id: 'made-2' })]);
	expect(made()).toBe(2);
});

it("a callback ID of the user's own is not looked for: other jobs may have it", async () => {
	const { result } = await create(() => [{ ...own('order-7') }], 1, { callbackId: 'order-7' });
	expect(jsonOf(result)).toEqual([expect.objectContaining({ job_id: 'made-2' })]);
	expect(server().count('GET', '/v3/ai-clipping')).toBe(0);
});

it.each<[string, unknown, number]>([
	['refused', { error: { code: 'forbidden', message: 'No' } }, 403],
	['no list', { data: 'nothing' }, 200],
	['an empty list', { data: [] }, 200],
	['a list of nonsense', { data: [null, 7, { id: [] }] }, 200],
])('goes on when the list is %s', async (_what, body, status) => {
	const { result } = await create(() => [], 1);
	expect(jsonOf(result)).toEqual([expect.objectContaining({ job_id: 'made-2' })]);
	server().answer = (request, response) =>
		request.method === 'POST' ? response.destroy() : sendJson(response, body, status);
	const parameters = { resource: 'clipping', operation: 'create', videoSource: 'url', videoUrl: 'https://example.com/f.mp4' };
	const failed = await endOf(startNode(nodeRun(new HeyGenVideo(), server(), { ...parameters, waitForCompletion: false })));
	expect(errorOf(failed).message).toMatch(/connection was lost/);
});

it('a list that does not come is asked for once before each try of the create', async () => {
	const before = timing.readTimeout;
	timing.readTimeout = 100;
	server().answer = (request, response) => {
		if (request.method !== 'POST') return;
		if (request.count <= 2) response.destroy();
		else sendJson(response, { data: { ai_clipping_id: 'made-3' } }, 202);
	};
	const parameters = { resource: 'clipping', operation: 'create', videoSource: 'url', videoUrl: 'https://example.com/f.mp4' };
	const result = await endOf(startNode(nodeRun(new HeyGenVideo(), server(), { ...parameters, waitForCompletion: false })));
	timing.readTimeout = before;
	expect(jsonOf(result)).toEqual([expect.objectContaining({ job_id: 'made-3' })]);
	expect(server().count('GET', '/v3/ai-clipping')).toBe(2);
});

it('the job that failed is not taken for the one that replaces it', async () => {
	let posts = 0;
	server().answer = (request, response) => {
		if (request.method === 'POST') {
			posts++;
			if (posts === 1) return sendJson(response, { data: { ai_clipping_id: 'bad' } }, 202);
			if (posts === 2) return response.destroy();
			return sendJson(response, { data: { ai_clipping_id: 'good' } }, 202);
		}
		if (request.path === '/v3/ai-clipping/bad') return sendJson(response, { data: { id: 'bad', status: 'failed', failure_message: 'No' } });
		const clips = [{ id: 'c', status: 'completed', video_url: 'https://x/c.mp4' }];
		if (request.path === '/v3/ai-clipping/good') return sendJson(response, { data: { id: 'good', status: 'completed', clips } });
		const callback = 'n8n-7001-0';
		return sendJson(response, { data: [{ id: 'bad', status: 'failed', callback_id: callback, created_at: seconds() }] });
	};
	const parameters = { resource: 'clipping', operation: 'create', videoSource: 'url', videoUrl: 'https://example.com/f.mp4', download: [] };
	const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1, executionId: '7001' };
	const result = await endOf(startNode(nodeRun(new HeyGenVideo(), server(), parameters, retry)));
	expect(jsonOf(result)).toEqual([expect.objectContaining({ job_id: 'good' })]);
	expect(posts).toBe(3);
});
