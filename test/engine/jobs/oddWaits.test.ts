/** Waits for jobs while HeyGen refuses, answers oddly or not at all: they go on until the job has ended or their time is up. */
import type { ServerResponse } from 'node:http';
import type { INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { answer, drip, runRaw, useRawServer, type RawRequest } from '../support/rawServer';
import { idItems, ID_FROM_ITEM, jsonOf, useTiming } from '../support/support';

useTiming({ catchUpTime: 1_000 });
const server = useRawServer();

/** Ids of videos; long ones go into several requests. */
const ids = (count: number, length = 0) => Array.from({ length: count }, (_, index) => `v${index}`.padEnd(length, 'x'));

/** Waits for videos; the wait has six seconds unless told otherwise. */
async function waitFor(count = 1, more: INodeParameters = {}, videos = ids(count)) {
	return await runRaw(
		server(),
		'wait',
		{ videoId: ID_FROM_ITEM, download: [], waitOptions: { timeoutMinutes: 0.1 }, ...more },
		{ items: idItems(videos), onError: 'continueErrorOutput' },
	);
}

const URL_OF_FILE = 'https://files.example/v.mp4';
const isStatuses = ({ path }: RawRequest) => path.endsWith('/statuses');
const asked = ({ query }: RawRequest) => (query.get('video_ids') ?? '').split(',');
const say = (request: RawRequest, response: ServerResponse, status: unknown) =>
	answer(response, { data: asked(request).map((id) => ({ video_id: id, status })) });
const finished = (response: ServerResponse, more: object = {}) =>
	answer(response, { data: { id: 'v', status: 'completed', video_url: URL_OF_FILE, ...more } });
const refuse = (response: ServerResponse, status: number) =>
	answer(response, { error: { code: 'blocked', message: 'Request blocked' } }, status);
const reads = () => server().count('GET', '/v3/videos/v0');

describe('a video that HeyGen knows', () => {
	it.each([400, 401, 403, 404])('outlives that everything is refused for a while with %d', async (status) => {
		let from: number | undefined;
		server().handler = (request, response) => {
			if (from === undefined) {
				from = performance.now();
				return say(request, response, 'processing');
			}
			if (performance.now() - from < 500) return refuse(response, status);
			if (isStatuses(request)) say(request, response, 'completed');
			else finished(response);
		};
		expect(jsonOf(await waitFor(20))).toHaveLength(20);
	});

	it('that is refused for good ends in the words of the refusal', async () => {
		server().handler = (request, response) =>
			isStatuses(request) ? say(request, response, 'completed') : refuse(response, 403);
		const result = await waitFor();
		expect(jsonOf(result, 1)[0]?.error).toBe('Could not get the video v0: Request blocked (item 1)');
		expect(reads()).toBeGreaterThan(3);
	});
});

describe('a video that HeyGen has never told of', () => {
	it('ends at the third refusal in a row', async () => {
		server().handler = (_request, response) => refuse(response, 403);
		const result = await waitFor();
		expect(jsonOf(result, 1)[0]?.error).toBe('Could not get the video v0: Request blocked (item 1)');
		expect(reads()).toBe(3);
	});

	it('outlives two', async () => {
		server().handler = (_request, response, nth) => (nth <= 2 ? refuse(response, 401) : finished(response));
		expect(jsonOf(await waitFor())).toHaveLength(1);
	});
});

/** Answers that are no record of a video. */
const ODD: Array<[string, (response: ServerResponse) => unknown]> = [
	...[null, {}, { data: null }, { data: {} }, { data: [] }, { data: 'v0' }, 'ok'].map(
		(body): [string, (response: ServerResponse) => unknown] => [JSON.stringify(body), (response) => answer(response, body)],
	),
	...[302, 400, 401, 403, 404, 408, 425, 499, 500, 503].map(
		(status): [string, (response: ServerResponse) => unknown] => [`HTTP status ${status}`, (response) => answer(response, {}, status)],
	),
	['a page', (response) => answer(response, '<html>', 404)],
	['"not found" with a status of success', (response) => answer(response, { data: null, error: { code: 'video_not_found' } })],
	['an internal error with one', (response) => answer(response, { data: null, error: { code: 'internal_error' } })],
	['a lost connection', (response) => response.destroy()],
];

describe('after the statuses have said that it is completed', () => {
	it.each(ODD)('%s, six times, does not end the wait', async (_name, odd) => {
		server().handler = (request, response, nth) => {
			if (isStatuses(request)) say(request, response, 'completed');
			else if (nth <= 6) odd(response);
			else finished(response);
		};
		expect(jsonOf(await waitFor())).toMatchObject([{ video_id: 'v0', status: 'completed' }]);
	});

	it.each(['', null])('the address of its file being %j is waited out', async (url) => {
		server().handler = (request, response, nth) =>
			isStatuses(request) ? say(request, response, 'completed') : finished(response, nth <= 3 ? { video_url: url } : {});
		expect(jsonOf(await waitFor())).toMatchObject([{ video_url: URL_OF_FILE }]);
		expect(reads()).toBe(4);
	});
});

describe('when the time is up', () => {
	const short = { timeoutMinutes: 0.005 };

	it('the error tells what the last look came to', async () => {
		server().handler = (request, response) =>
			isStatuses(request) ? say(request, response, 'completed') : answer(response, { error: { message: 'Down' } }, 503);
		const [item] = jsonOf(await waitFor(1, { waitOptions: short }), 1);
		expect(item?.error).toBe(
			'The video v0 was not finished within 0.005 minutes; its last look failed: Could not get the video v0: Down (item 1)',
		);
		expect(item?.details).toMatchObject({ video_id: 'v0', httpCode: '503' });
	});

	it.each<[string, (response: ServerResponse) => unknown]>([
		['is refused', (response) => refuse(response, 403)],
		['is down', (response) => answer(response, {}, 503)],
		['does not answer', () => undefined],
	])('the item goes on with its id although HeyGen %s, where it is to go on', async (_name, odd) => {
		const before = { ...timing };
		Object.assign(timing, { lastLook: 200 });
		server().handler = (request, response) =>
			isStatuses(request) ? say(request, response, 'processing') : odd(response);
		const result = await waitFor(1, { waitOptions: { ...short, onTimeout: 'continue' } });
		Object.assign(timing, before);
		expect(jsonOf(result, 1)).toEqual([]);
		expect(jsonOf(result)).toMatchObject([{ video_id: 'v0' }]);
		expect(jsonOf(result)[0]?.note).toContain('HeyGen did not tell its status when the time was up');
		expect(reads()).toBeLessThanOrEqual(5);
	});
});

describe('statuses', () => {
	it.each([null, undefined, 5, {}, '', ' ', ['completed']])('that say %j say nothing, so the record is read', async (word) => {
		server().handler = (request, response) => (isStatuses(request) ? say(request, response, word) : finished(response));
		expect(jsonOf(await waitFor())).toHaveLength(1);
		expect(reads()).toBe(1);
		expect(server().count('GET', '/v3/videos/statuses')).toBe(3);
	});

	it.each([' completed ', 'COMPLETED', 'success', 'Succeeded'])('that say %j are believed at once', async (word) => {
		server().handler = (request, response) => (isStatuses(request) ? say(request, response, word) : finished(response, { status: word }));
		expect(jsonOf(await waitFor())).toHaveLength(1);
		expect(server().count('GET', '/v3/videos/statuses')).toBe(1);
	});

	it('that name videos by numbers, or under another name, are understood', async () => {
		server().handler = (request, response) =>
			isStatuses(request) ? answer(response, { data: [{ id: 12345, status: 'completed' }] }) : finished(response);
		const result = await runRaw(server(), 'wait', { videoId: '12345', download: [], waitOptions: { timeoutMinutes: 0.1 } });
		expect(jsonOf(result)).toHaveLength(1);
		expect(server().count('GET', '/v3/videos/statuses')).toBe(1);
	});

	it.each<[string, (response: ServerResponse) => unknown]>([
		['hang', () => undefined],
		['drip in', (response) => drip(response)],
		['are refused for the pace', (response) => answer(response, {}, 429, { 'Retry-After': '60' })],
	])('that always %s do not keep finished videos from being seen', async (_name, odd) => {
		const before = { ...timing };
		Object.assign(timing, { statusesMax: 100 });
		server().handler = (request, response) => (isStatuses(request) ? odd(response) : finished(response));
		const result = await waitFor(3, { waitOptions: { timeoutMinutes: 1 } });
		Object.assign(timing, before);
		expect(jsonOf(result)).toHaveLength(3);
		expect(reads()).toBe(1);
	});

	it('of some videos that do not come do not keep the others from being looked at', async () => {
		const videos = ids(9, 500);
		const last = videos[8] as string;
		const read = new Set<string>();
		let held: { of: number; answer: () => void } | undefined;
		let isAnswered = false;
		server().handler = (request, response) => {
			if (!isStatuses(request)) {
				read.add(request.path);
				finished(response);
			} else if (asked(request).includes(last)) {
				held = { of: asked(request).length, answer: () => say(request, response, 'completed') };
			} else say(request, response, server().count('GET', '/v3/videos/statuses') < 5 ? 'processing' : 'completed');
			// Answered only when all others have been read.
			if (held !== undefined && !isAnswered && read.size >= videos.length - held.of) {
				isAnswered = true;
				held.answer();
			}
		};
		const result = await waitFor(9, { waitOptions: { timeoutMinutes: 1 } }, videos);
		expect(jsonOf(result)).toHaveLength(9);
		expect(held?.of).toBeLessThan(9);
	});
});
