/** A credential whose key is an expression: every item goes out with its own, and a key that was renewed is read again. */
import type { INodeExecutionData } from 'n8n-workflow';
import { createBinary, runNode, startNode, type RunOptions } from '../support/harness';
import {
	avatar,
	CREATE,
	CREATE_BATCH,
	errorOf,
	GET,
	jsonOf,
	linksOf,
	requestsTo,
	runVideo,
	sleepFor,
	startVideo,
	until,
	useSandbox,
	useTiming,
	videoRun,
	waitingAvatar,
} from '../support/support';

useTiming();
const sandbox = useSandbox();

const KEYS = ['sandbox-key', 'sandbox-key-2'] as const;
const FROM_ITEM = { credentials: { apiKey: '={{ $json.key }}' } };

/** Items whose keys take turns. */
const byTurns = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, row) => ({ json: { row, script: `Script ${row}`, key: KEYS[row % 2] as string } }));

/** The key that each script went out with. */
const keysOfScripts = (endpoint = CREATE) =>
	Object.fromEntries(
		requestsTo(sandbox(), endpoint).flatMap(({ body, apiKey }) => {
			const { videos, script } = body as { videos?: Array<{ script: string }>; script?: string };
			return (videos?.map((video) => video.script) ?? [script]).map((text) => [text, apiKey]);
		}),
	);

const EACH_ITS_OWN = Object.fromEntries(byTurns(6).map(({ json }) => [json.script, json.key]));

describe('a key that is an expression', () => {
	it.each([
		['{{ $json.key }}', '={{ $json.key }}'],
		['from the node before', '={{ $("Start").item.json.key }}'],
		['chosen by a condition', '={{ $itemIndex % 2 ? "sandbox-key-2" : "sandbox-key" }}'],
		['partly fixed', '=sandbox-key{{ $json.row % 2 ? "-2" : "" }}'],
	])('is that of each item: %s', async (_name, apiKey) => {
		let decryptions = 0;
		const run: RunOptions = {
			...videoRun(sandbox(), 'createAvatar', avatar(), { items: byTurns(6), credentials: { apiKey } }),
			onDecrypt: () => decryptions++,
		};
		const result = await runNode(run);
		expect(result.originalError).toBeUndefined();
		expect(keysOfScripts()).toEqual(EACH_ITS_OWN);
		expect(linksOf(result)).toEqual([0, 1, 2, 3, 4, 5]);
		// A look at the expression, and one for each key.
		expect(decryptions).toBe(3);
	});

	it('goes with every request of its item, also with what items share', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar(), { ...FROM_ITEM, items: byTurns(6) });
		expect(jsonOf(result).every(({ status }) => status === 'completed')).toBe(true);
		const owners = new Map(jsonOf(result).map(({ video_id: id }, row) => [String(id), KEYS[row % 2]]));
		for (const { path, apiKey } of requestsTo(sandbox(), GET)) {
			expect([path, apiKey]).toEqual([path, owners.get(path.slice('/v3/videos/'.length))]);
		}
		for (const { query, apiKey } of sandbox().requests().filter(({ template }) => template === '/v3/videos/statuses')) {
			for (const id of String(query.video_ids).split(',')) expect(owners.get(id)).toBe(apiKey);
		}
	});

	it('divides batches', async () => {
		const parameters = avatar({ options: { sendAsBatch: true } });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, { ...FROM_ITEM, items: byTurns(6) });
		expect(result.originalError).toBeUndefined();
		expect(requestsTo(sandbox(), CREATE_BATCH)).toHaveLength(2);
		expect(keysOfScripts(CREATE_BATCH)).toEqual(EACH_ITS_OWN);
	});

	it('divides uploads of one file: what is in one account is not in another', async () => {
		const data = Buffer.from('RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x00\x00\x00\x00', 'latin1');
		const items = await Promise.all(
			byTurns(4).map(async ({ json }) => ({ json, binary: { data: await createBinary(data, { fileName: 'a.wav', mimeType: 'audio/wav' }) } })),
		);
		const parameters = avatar({ audioSource: 'binary', audioBinaryPropertyName: 'data' });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, { ...FROM_ITEM, items });
		expect(result.originalError).toBeUndefined();
		const uploads = requestsTo(sandbox(), 'POST /v3/assets');
		expect(uploads.map(({ apiKey }) => apiKey).sort()).toEqual([...KEYS]);
	});

	it('fails the items it is missing for, and no others', async () => {
		const items = byTurns(4);
		(items[2] as INodeExecutionData).json.key = 'no-such-key';
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), {
			...FROM_ITEM,
			items,
			onError: 'continueErrorOutput',
		});
		expect(linksOf(result)).toEqual([0, 1, 3]);
		expect(linksOf(result, 1)).toEqual([2]);
		expect(jsonOf(result, 1)[0]).toMatchObject({ details: { httpCode: '401' } });
	});

	it('is read for each item where its expression needs what only credentials get', async () => {
		const apiKey = '={{ $self["baseUrl"] && "sandbox-key" }}{{ $json.row % 2 ? "-2" : "" }}';
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), { credentials: { apiKey }, items: byTurns(6) });
		expect(result.originalError).toBeUndefined();
		expect(keysOfScripts()).toEqual(EACH_ITS_OWN);
	});

	it('may lead to another base URL as well', async () => {
		const base = `={{ $json.row === 1 ? "http://127.0.0.1:1" : "${sandbox().url}" }}`;
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), {
			credentials: { apiKey: 'sandbox-key', baseUrl: base },
			items: byTurns(3),
			onError: 'continueErrorOutput',
		});
		expect(linksOf(result)).toEqual([0, 2]);
		expect(jsonOf(result, 1)[0]?.error).toContain('the connection was refused');
	});
});

it('a constant credential is read once for 50 items', async () => {
	let decryptions = 0;
	const run = videoRun(sandbox(), 'createAvatar', avatar(), { items: byTurns(50) });
	await runNode({ ...run, onDecrypt: () => decryptions++ });
	// A look for expressions, and one.
	expect(decryptions).toBe(2);
});

describe('options', () => {
	it('are those of each item: the queue time-out', async () => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 429, retryAfter: 1, times: -1 });
		const options = { queueTimeoutMinutes: '={{ $json.row === 0 ? 10 : 0.005 }}' };
		const running = startVideo(sandbox(), 'createAvatar', avatar({ options }), {
			items: byTurns(2).reverse(),
			onError: 'continueErrorOutput',
		});
		// The second item (row 0) would wait for ten minutes; the first has given up long before HeyGen takes requests again.
		await until(() => requestsTo(sandbox(), CREATE).length >= 2);
		await sleepFor(1_500);
		sandbox().clearFaults();
		const result = await running.promise;
		expect(linksOf(result)).toEqual([1]);
		expect(jsonOf(result, 1)[0]?.error).toContain('kept refusing the request');
	});

	it('are those of each item: the number of parallel requests', async () => {
		sandbox().configure({ latencyMs: 50 });
		let most = 0;
		const watch = setInterval(() => {
			most = Math.max(most, requestsTo(sandbox(), CREATE).filter(({ status }) => status === null).length);
		}, 5);
		const options = { maxParallelRequests: '={{ $json.row === 0 ? 50 : 2 }}' };
		await runVideo(sandbox(), 'createAvatar', avatar({ options }), { items: byTurns(12) });
		clearInterval(watch);
		// What the first item allows is no matter of the others'.
		expect(most).toBeLessThanOrEqual(3);
	});
});

describe('a key that is renewed during a long wait', () => {
	/** Starts a run that waits, and changes the key when it does. */
	const renewing = async (becomes: string) => {
		const run = videoRun(sandbox(), 'createAvatar', waitingAvatar(), { items: byTurns(3) });
		let decryptions = 0;
		sandbox().configure({ jobSeconds: 60 });
		const running = startNode({ ...run, onDecrypt: () => decryptions++ });
		await until(() => requestsTo(sandbox(), 'GET /v3/videos/statuses').length > 0);
		run.credentials.apiKey = becomes;
		sandbox().configure({ revokedKeys: ['sandbox-key'] });
		return { running, decryptions: () => decryptions };
	};

	it('is read again once, and the wait goes on', async () => {
		const { running, decryptions } = await renewing('sandbox-key-2');
		const withNew = () => sandbox().requests().filter(({ apiKey }) => apiKey === 'sandbox-key-2');
		await until(() => withNew().length >= 3);
		running.cancel();
		await running.promise;
		// Two at first for three items, as ever, and one more.
		expect(decryptions()).toBe(3);
	});

	it('ends in the error when it is the same as before', async () => {
		const { running, decryptions } = await renewing('sandbox-key');
		const error = errorOf(await running.promise);
		expect(error.httpCode).toBe('401');
		expect(error.description).toContain('Check the API key in the credential');
		expect(decryptions()).toBe(3);
	});
});
