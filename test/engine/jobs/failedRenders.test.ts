/** How often a video that HeyGen could not finish is made anew, whatever its clocks say. */
import type { ServerResponse } from 'node:http';
import type { INodeExecutionData } from 'n8n-workflow';
import { runNode } from '../support/harness';
import { askedIds, sendJson, usePlainServer } from '../support/plainServer';
import {
	errorOf,
	linksOf,
	manyScripts,
	retryByHand,
	runVideo,
	scripts,
	sleepFor,
	useSandbox,
	useTiming,
	videoRun,
	waitingAvatar,
	type VideoRunOptions,
} from '../support/support';

useTiming();

const seconds = () => Math.floor(Date.now() / 1_000);
const MINUTES = 60;

describe('a render that fails', () => {
	const server = usePlainServer();

	/** Serves creates, all of which fail. */
	function failing(createdAt: () => unknown, date?: Date): void {
		server().answer = (request, response) => {
			const id = request.path.split('/').pop();
			if (request.method === 'POST') {
				const headers = date === undefined ? {} : { Date: date.toUTCString() };
				sendJson(response, { data: { video_id: `v${request.count}` } }, 200, headers as Record<string, string>);
			} else if (request.path.endsWith('/statuses')) {
				sendJson(response, { data: askedIds(request).map((video_id) => ({ video_id, status: 'failed' })) });
			} else {
				sendJson(response, { data: { id, status: 'failed', failure_message: 'Too long', created_at: createdAt() } });
			}
		};
	}

	const create = async (options: object = {}, items = scripts('One'), more: VideoRunOptions = {}) =>
		await runVideo(server(), 'createAvatar', waitingAvatar({ options: { ...options } }), { items, ...more });
	const creates = () => server().count('POST', '/v3/videos');

	it.each<{ what: string; createdAt: () => unknown; date?: Date }>([
		{ what: 'says when it was made', createdAt: seconds },
		{ what: 'came in an answer dated ahead', createdAt: seconds, date: new Date(Date.now() + 3 * MINUTES * 1_000) },
		{ what: 'is dated five minutes back', createdAt: () => seconds() - 5 * MINUTES },
		{ what: 'is dated a year back', createdAt: () => seconds() - 365 * 24 * 60 * MINUTES },
		{ what: 'is dated 0', createdAt: () => 0 },
		{ what: 'has a date without a zone', createdAt: () => new Date(Date.now() - 60 * MINUTES * 1_000).toISOString().replace('Z', '') },
	])('is created once when it $what', async ({ createdAt, date }) => {
		for (const sameInputSameVideo of [false, true]) {
			failing(createdAt, date);
			const before = creates();
			const result = await create({ sameInputSameVideo }, scripts(`One ${sameInputSameVideo}`));
			expect(errorOf(result).message).toContain('HeyGen could not finish the video');
			expect(creates() - before).toBe(1);
		}
	});

	it('is created once for each item, and each has its error', async () => {
		failing(() => 0);
		const result = await create({}, manyScripts(3), { onError: 'continueErrorOutput' });
		expect(result.outputs[1]).toHaveLength(3);
		expect(creates()).toBe(3);
	});

	it('names what else was started, whatever its ids have in common', async () => {
		server().answer = (request, response) => {
			const status = (id: string | undefined) => ({ id, video_id: id, status: id === '12' ? 'failed' : 'processing' });
			if (request.path.endsWith('/batches')) return sendJson(response, { data: { batch_id: '1' } });
			if (request.path.endsWith('/statuses')) return sendJson(response, { data: askedIds(request).map(status) });
			if (request.path.includes('/batches/')) {
				const items = ['1', '12'].map((id, index) => ({ item_index: index, video_id: id, status: 'processing' }));
				return sendJson(response, { data: { batch_id: '1', status: 'processing', items, has_more: false } });
			}
			if (request.method === 'GET') return sendJson(response, { data: status(request.path.split('/').pop()) });
			sendJson(response, { data: { video_id: String(request.count) } });
		};
		const alone = errorOf(await create({}, manyScripts(12)));
		expect(alone.message).toContain('HeyGen could not finish the video 12');
		expect(alone.description).toContain(": 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11");
		const together = errorOf(await create({ sendAsBatch: true }, manyScripts(2)));
		expect(together.message).toContain('HeyGen could not finish the video 12');
		expect(together.description).toContain(': batch 1, 1');
	});

	it('is created once in each try of Retry On Fail', async () => {
		failing(() => 0);
		await create({ sameInputSameVideo: true }, scripts('One'), { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
		expect(creates()).toBe(3);
	});
});

describe('a reason', () => {
	const server = usePlainServer();

	it.each<[string, object, string]>([
		['a record', { error: { code: 'RENDER', message: 'Face not found' } }, 'Face not found'],
		['a text', { error: 'Face not found' }, 'Face not found'],
		['a list', { failure_message: ['Face not found'] }, 'Face not found'],
		['a number', { failure_code: 40119 }, '40119'],
		['a text of megabytes', { failure_message: 'a'.repeat(5_000_000) }, `${'a'.repeat(500)}…`],
	])('of a failed video is in the error: %s', async (_what, fields, reason) => {
		server().answer = (_request, response) => sendJson(response, { data: { id: 'v1', status: 'Failed', ...fields } });
		const error = errorOf(await runVideo(server(), 'download', { videoId: 'v1', download: ['video'] }));
		expect(error.message).toBe(`HeyGen could not finish the video v1: ${reason} (item 1)`);
	});

	it.each<[string, (response: ServerResponse) => void]>([
		['a list', (response) => sendJson(response, { error: ['Bad voice'] }, 400)],
		['what validators say', (response) => sendJson(response, { detail: [{ loc: ['body'], msg: 'Bad voice' }] }, 400)],
		['plain text', (response) => response.writeHead(400, { 'Content-Type': 'text/plain' }).end('Bad voice')],
	])('of a refusal is in the error: %s', async (_what, answer) => {
		server().answer = (_request, response) => answer(response);
		const error = errorOf(await runVideo(server(), 'get', { videoId: 'v1' }));
		expect(error.message).toContain('Could not get the video: Bad voice');
	});
});

describe('a video of an earlier execution that has failed since', () => {
	const sandbox = useSandbox({ jobSeconds: 0.5, jobQueueSeconds: 0 });
	const created = () => sandbox().stats().videosCreated;
	const items: INodeExecutionData[] = [
		{ json: { script: 'A', title: '[fail]' } },
		{ json: { script: 'B', title: 'good' } },
	];
	const run = (options: object, timeoutMinutes = 1) => {
		const parameters = waitingAvatar({ waitOptions: { timeoutMinutes }, options: { title: '={{ $json.title }}', ...options } });
		return videoRun(sandbox(), 'createAvatar', parameters, { items });
	};

	it('is made anew by Retry execution, once', async () => {
		const failed = await runNode(run({}, 0));
		expect(errorOf(failed).message).toContain('was not finished within 0 minutes');
		expect(created()).toBe(2);
		// By now HeyGen has tried.
		await sleepFor(600);
		const again = await retryByHand(failed, run({}));
		expect(errorOf(again).message).toContain('HeyGen could not finish the video');
		expect(created()).toBe(3);
	});

	it('is made anew by the next start with Same Input, Same Video, once', async () => {
		const one = { ...run({ sameInputSameVideo: true }), onError: 'continueErrorOutput' as const };
		for (let start = 1; start <= 3; start++) {
			expect(linksOf(await runNode(one))).toEqual([1]);
			// The good one once.
			expect(created()).toBe(1 + start);
		}
	});

	it("is left alone with a key of the user's own", async () => {
		const one = run({ idempotencyKey: '=row-{{ $json.title.length }}' });
		await runNode(one);
		await retryByHand(await runNode(one), one);
		expect(created()).toBe(2);
	});
});
