/** Answers that cannot be read, have no end or no body: what they leave open, and what they do not. */
import type { INodeParameters } from 'n8n-workflow';
import { HeyGenAsset } from '../../../nodes/HeyGenAsset/HeyGenAsset.node';
import { timing } from '../../../nodes/engine/basics/timing';
import { startNode } from '../support/harness';
import { answer, answerEncoded, drip, runRaw, useRawServer } from '../support/rawServer';
import { avatar, endOf, errorOf, jsonOf, manyScripts, nodeRun, until, useTiming, waitingAvatar } from '../support/support';

useTiming();
const server = useRawServer();

const VIDEOS = '/v3/videos';
const VIDEO = '/v3/videos/v1';
const keysSent = () => new Set(server().log.map(({ headers }) => headers['idempotency-key']));

describe('an answer in an encoding that it does not have', () => {
	it.each(['gzip', 'deflate', 'br'])('%s leaves open whether a create was taken: it is sent again with its key', async (encoding) => {
		server().handler = (_request, response) => answerEncoded(response, { data: { video_id: 'v1' } }, encoding);
		const error = errorOf(await runRaw(server(), 'createAvatar', avatar({ script: 'Hello' })));
		expect(error.message).toBe('Could not create the video: the answer could not be decoded (item 1)');
		expect(error.description).toContain('HeyGen may have taken the request all the same');
		expect(error.description).toMatch(/callback ID, which HeyGen's events name, is n8n-/);
		expect(server().log).toHaveLength(5);
		expect(keysSent().size).toBe(1);
	});

	it('is no more when the next try is answered well', async () => {
		server().handler = (_request, response, nth) =>
			nth === 1 ? answerEncoded(response, {}, 'gzip') : answer(response, { data: { video_id: 'v1' } });
		expect(jsonOf(await runRaw(server(), 'createAvatar', avatar({ script: 'Hello' })))).toEqual([{ video_id: 'v1' }]);
		server().log.length = 0;
		expect(jsonOf(await runRaw(server(), 'get', { videoId: 'v1', simplify: false }))).toEqual([{ video_id: 'v1' }]);
		expect(server().log).toHaveLength(2);
	});

	it('of one create names that one, and the batch, beside what the run has started', async () => {
		server().handler = (request, response) =>
			request.body.includes('Script 1')
				? setTimeout(() => answerEncoded(response, {}, 'gzip'), 50)
				: answer(response, { data: { video_id: 'v0', batch_id: 'b1' } });
		const error = errorOf(await runRaw(server(), 'createAvatar', avatar(), { items: manyScripts(2) }));
		expect(error.message).toContain('(item 2)');
		expect(error.description).toContain('v0');
		const batch = await runRaw(server(), 'createAvatar', avatar({ options: { sendAsBatch: true } }), { items: manyScripts(2) });
		expect(errorOf(batch).description).toContain('HeyGen may have taken the request all the same');
		expect(errorOf(batch).description).toContain('a batch of 2 videos of items 1 and 2');
	});

	it('does not end a wait', async () => {
		server().handler = (request, response, nth) => {
			if (request.method === 'POST') answer(response, { data: { video_id: 'v1' } });
			else if (request.path.endsWith('/statuses')) answer(response, { data: [{ video_id: 'v1', status: 'completed' }] });
			else if (nth === 1) answerEncoded(response, {}, 'br');
			else answer(response, { data: { id: 'v1', status: 'completed', video_url: 'https://files.example/v1.mp4' } });
		};
		expect(jsonOf(await runRaw(server(), 'createAvatar', waitingAvatar({ script: 'Hello' })))).toHaveLength(1);
	});
});

it('a base URL with https for a server without it reaches nothing, and leaves no doubt', async () => {
	const encrypted = Object.assign(Object.create(server()) as ReturnType<typeof server>, { url: server().url.replace('http:', 'https:') });
	const error = errorOf(await runRaw(encrypted, 'createAvatar', avatar({ script: 'Hello' })));
	expect(error.message).toContain('Could not create the video: no encrypted connection could be made');
	expect(error.description).toMatch(/^Nothing reached HeyGen\. Check that this n8n can reach the credential's 'Base URL'/);
	expect(error.description).not.toContain('May have been started');
});

describe('an answer that drips in without end', () => {
	let before: typeof timing;
	beforeEach(() => {
		before = { ...timing };
		Object.assign(timing, { readTimeout: 300, writeTimeout: 300 });
	});
	afterEach(() => void Object.assign(timing, before));

	it('to a read ends at the time-out, and is asked for again', async () => {
		server().handler = (_request, response) => drip(response);
		const error = errorOf(await runRaw(server(), 'get', { videoId: 'v1' }));
		expect(error.message).toBe('Could not get the video: no answer within the time-out (item 1)');
		expect(server().log).toHaveLength(5);
	});

	it('to a create leaves open whether it was taken', async () => {
		server().handler = (_request, response) => drip(response);
		const error = errorOf(await runRaw(server(), 'createAvatar', avatar({ script: 'Hello' })));
		expect(error.message).toBe('Could not create the video: no answer within the time-out (item 1)');
		expect(error.description).toContain('HeyGen may have taken the request all the same');
		expect(server().log).toHaveLength(5);
		expect(keysSent().size).toBe(1);
	});

	it('is let go of, so that no connection is left open', async () => {
		const closed: boolean[] = [];
		server().handler = (_request, response, nth) => {
			if (nth > 1) return answer(response, { data: { id: 'v1' } });
			response.on('close', () => closed.push(response.writableEnded));
			drip(response);
		};
		expect(jsonOf(await runRaw(server(), 'get', { videoId: 'v1' }))).toEqual([{ video_id: 'v1' }]);
		await until(() => closed.length > 0);
		expect(closed[0]).toBe(false);
	});
});

it("a time-out of the user's own counts for the whole answer", async () => {
	const before = { ...timing };
	Object.assign(timing, { readTimeout: 60_000 });
	server().handler = (_request, response) => drip(response);
	const error = errorOf(await runRaw(server(), 'get', { videoId: 'v1', requestOptions: { timeout: 100 } }));
	Object.assign(timing, before);
	expect(error.message).toContain('no answer within the time-out');
});

/** Statuses and bodies of answers without a word. */
const SILENT: Array<[number, string]> = [[204, ''], [200, ''], [200, 'null'], [200, '[]'], [202, '  '], [205, '']];

describe('a success without a body', () => {
	it.each(SILENT)('says of a delete that it is done (%d, %j)', async (status, body) => {
		server().handler = (_request, response) => answer(response, body, status);
		expect(jsonOf(await runRaw(server(), 'delete', { videoId: 'v1' }))).toEqual([{ deleted: true, id: 'v1' }]);
		expect(server().log).toHaveLength(1);
	});

	it.each(SILENT.slice(1, 3))('is no record (%d, %j)', async (status, body) => {
		server().handler = (_request, response) => answer(response, body, status);
		expect(errorOf(await runRaw(server(), 'get', { videoId: 'v1' })).message).toContain("not in HeyGen's format");
	});
});

describe("HeyGen's no beside empty data", () => {
	const data = [{}, [], '', false, null];
	const errors = [{ code: 'forbidden', message: 'Not yours' }, 'Not yours', ['Not yours']];
	const cases = data.flatMap((empty) => errors.map((error) => [{ data: empty, error }] as const));

	it.each(cases)('%j is an error, whatever was asked', async (body) => {
		server().handler = (_request, response) => answer(response, body);
		for (const [operation, parameters] of [
			['delete', { videoId: 'v1' }],
			['get', { videoId: 'v1' }],
			['getAll', {}],
			['getStatuses', { videoIds: 'v1' }],
		] as Array<[string, INodeParameters]>) {
			expect(errorOf(await runRaw(server(), operation, parameters)).message).toMatch(/^Could not (delete|get|list|read) /);
		}
	});

	it('an error that says nothing is none, nor is one inside of a record', async () => {
		for (const error of [null, '', [], {}, { code: null, message: '' }]) {
			server().handler = (_request, response) => answer(response, { data: {}, error });
			expect(jsonOf(await runRaw(server(), 'delete', { videoId: 'v1' }))).toEqual([{ deleted: true, id: 'v1' }]);
			server().handler = (_request, response) => answer(response, { data: { id: 'v1', error: 'Bad face' }, error });
			expect(jsonOf(await runRaw(server(), 'get', { videoId: 'v1', simplify: false }))).toEqual([{ video_id: 'v1', id: 'v1', failure: 'Bad face' }]);
		}
	});

	it('an empty record is none', async () => {
		server().handler = (_request, response) => answer(response, { data: {} });
		const error = errorOf(await runRaw(server(), 'get', { videoId: 'v1' }));
		expect(error.message).toBe("Could not get the video: HeyGen's answer holds an empty record instead of a record (item 1)");
	});

	it('an internal error is tried again as one of HTTP status 500 is', async () => {
		server().handler = (_request, response, nth) =>
			answer(response, nth === 1 ? { data: null, error: { code: 'internal_error', message: 'Oops' } } : { data: { id: 'v1' } });
		expect(jsonOf(await runRaw(server(), 'get', { videoId: 'v1' }))).toEqual([{ video_id: 'v1' }]);
		expect(server().count('GET', VIDEO)).toBe(2);
	});

	it('of a delete tried again after a lost answer, "not found" says that it is gone', async () => {
		server().handler = (_request, response, nth) =>
			nth === 1 ? response.destroy() : answer(response, { data: null, error: { code: 'video_not_found', message: 'No' } });
		expect(jsonOf(await runRaw(server(), 'delete', { videoId: 'v1' }))).toMatchObject([{ gone: true, id: 'v1' }]);
	});
});

describe('a file that goes up in a form', () => {
	const upload = async () => {
		const binary = { data: { data: Buffer.from('%PDF-1.7\n%%EOF').toString('base64'), mimeType: 'application/pdf', fileName: 'a.pdf' } };
		const credentials = { apiKey: server().apiKey, baseUrl: server().url };
		const parameters = { resource: 'asset', operation: 'upload', binaryPropertyName: 'data' };
		return await endOf(startNode(nodeRun(new HeyGenAsset(), null, parameters, { credentials, items: [{ json: {}, binary }] })));
	};

	it('is sent again with its key after an answer that cannot be decoded', async () => {
		server().handler = (_request, response, nth) => {
			if (nth === 1) answerEncoded(response, {}, 'gzip');
			else answer(response, { data: { asset_id: 'a1', url: 'https://files.example/a.pdf' } });
		};
		expect(jsonOf(await upload())).toMatchObject([{ asset_id: 'a1' }]);
		expect(keysSent().size).toBe(1);
		expect(server().count('POST', '/v3/assets')).toBe(2);
	});
});

describe('the id in the answer to a create', () => {
	it.each([{ video_id: 12345 }, { id: 12345 }, { video_id: '', id: '12345' }, { video_id: null, id: ' 12345 ' }])(
		'%j is understood',
		async (data) => {
			server().handler = (request, response) => {
				if (request.method === 'POST') answer(response, { data });
				else if (request.path.endsWith('/statuses')) answer(response, { data: [{ ...data, status: 'completed' }] });
				else answer(response, { data: { status: 'completed', video_url: 'https://files.example/v.mp4' } });
			};
			const [made] = jsonOf(await runRaw(server(), 'createAvatar', waitingAvatar({ script: 'Hello' })));
			expect(made).toMatchObject({ video_id: '12345', status: 'completed' });
			expect(server().count('GET', '/v3/videos/12345')).toBe(1);
		},
	);

	it('under a name that nobody knows is in the error, with all that helps to find the video', async () => {
		server().handler = (_request, response) => answer(response, { data: { video: { id: 'v1' } } });
		const [item] = jsonOf(await runRaw(server(), 'createAvatar', avatar({ script: 'Hello' }), { onError: 'continueErrorOutput' }), 1);
		expect(item?.error).toBe("Could not create the video: HeyGen's answer names no video ID (item 1)");
		expect(item?.details).toMatchObject({
			mayExist: true,
			callback_id: expect.stringMatching(/^n8n-/) as unknown,
			description: expect.stringContaining('HeyGen answered: {"video":{"id":"v1"}}') as unknown,
		});
	});

	it('is missed where it should be, with all that helps to find the video', async () => {
		server().handler = (_request, response) => answer(response, { data: {} });
		const [item] = jsonOf(await runRaw(server(), 'createAvatar', avatar({ script: 'Hello' }), { onError: 'continueErrorOutput' }), 1);
		expect(item?.details).toMatchObject({ mayExist: true, callback_id: expect.stringMatching(/^n8n-/) as unknown });
	});
});

it('no create goes out twice because of one that was answered well', async () => {
	server().handler = (_request, response) => answer(response, { data: { video_id: 'v1' }, error: null });
	expect(jsonOf(await runRaw(server(), 'createAvatar', avatar({ script: 'Hello' })))).toEqual([{ video_id: 'v1' }]);
	expect(server().count('POST', VIDEOS)).toBe(1);
});

it("a firewall's page is told as one, and not as the key's or an id's fault", async () => {
	for (const status of [403, 404]) {
		server().handler = (_request, response) => {
			response.writeHead(status, { 'Content-Type': 'text/html' });
			response.end('<html><body>Attention Required!</body></html>');
		};
		const error = errorOf(await runRaw(server(), 'getAll', {}));
		expect(error.message).toBe(`Could not list the videos: HTTP status ${status} (item 1)`);
		expect(error.description).toMatch(/^A web page came instead of HeyGen's answer/);
	}
});

it("HeyGen's no about the balance, with a status of success, does not settle a lost answer, whatever field it names", async () => {
	server().handler = (_request, response, nth) => {
		if (nth === 1) return void response.destroy();
		answer(response, { error: { code: 'insufficient_credit', message: 'No credit', param: 'duration' } });
	};
	const error = errorOf(await runRaw(server(), 'createAvatar', avatar({ script: 'Hello' })));
	expect(error.message).toContain('No credit');
	expect(error.description).toContain('HeyGen may have taken the request all the same');
});
