import { setTimeout as sleep } from 'node:timers/promises';

import type { Fault, FaultKind } from '../../sandbox';
import { announced, put, uploadSamples, type UploadSlot } from '../../sandbox/assets/upload-client';
import type { Answer, CallOptions } from '../../sandbox/client';
import { useOwnSandbox } from '../support/ownSandbox';

const SLOTS = '/v3/assets/direct-uploads';
const SLOT_BATCHES = `${SLOTS}/batches`;

const png = uploadSamples['image/png'] as Buffer;
const jpeg = uploadSamples['image/jpeg'] as Buffer;
const mp3 = uploadSamples['audio/mpeg'] as Buffer;

const { sandbox, client } = useOwnSandbox({});

async function newSlot(): Promise<UploadSlot> {
	return (await client().post(SLOTS, announced(png, 'image/png'))).body.data;
}

const complete = (id: string, options: CallOptions = {}): Promise<Answer> =>
	client().post(`/v3/assets/${id}/complete`, {}, options);

/** The contract describes no answer for it, hence no check. */
const completeBatch = (id: string, options: CallOptions = {}): Promise<Answer> =>
	client().post('/v3/assets/complete/batches', { batch_id: id }, { ...options, unchecked: true });

describe('batches of direct uploads', () => {
	const files = [png, jpeg, mp3, png].map((bytes) => announced(bytes, 'image/png'));
	const slots = async (options = {}): Promise<Answer> =>
		await client().post(SLOT_BATCHES, { files: [...files], title: 'B' }, options);

	async function statusesOf(id: string): Promise<string[]> {
		const { body } = await client().get(`/v3/assets/batches/${id}`);
		return body.data.items.map(({ status }: { status: string }) => status);
	}

	it('takes in each file on its own', async () => {
		sandbox().configure({ ingestSeconds: 0.6 });
		const { data } = (await slots()).body;
		await put(data.items[0], png);
		// Of the size announced for the third file, but no picture.
		await put(data.items[2], mp3);
		await put(data.items[3], png);
		await complete(data.items[3].asset_id);
		expect(await statusesOf(data.batch_id)).toEqual(['queued', 'queued', 'queued', 'completed']);
		const accepted = await completeBatch(data.batch_id);
		expect([accepted.status, accepted.body]).toEqual([202, { data: { batch_id: data.batch_id } }]);
		expect(await statusesOf(data.batch_id)).toEqual(['queued', 'queued', 'queued', 'completed']);
		await sleep(350);
		expect((await statusesOf(data.batch_id))[0]).toBe('processing');
		await sleep(300);
		// A repeat does not start anew.
		expect((await completeBatch(data.batch_id)).status).toBe(202);
		const { body } = await client().get(`/v3/assets/batches/${data.batch_id}`);
		expect(body.data).toMatchObject({
			title: 'B',
			status: 'completed',
			total_items: 4,
			has_more: false,
		});
		expect(body.data.counts_by_status).toEqual({ queued: 0, processing: 0, completed: 2, failed: 2 });
		expect(body.data.items).toMatchObject([
			{ item_index: 0, video_id: data.items[0].asset_id, status: 'completed', error: null },
			{ item_index: 1, status: 'failed', error: { code: 'asset_not_available' } },
			{ item_index: 2, status: 'failed', error: { code: 'invalid_parameter' } },
			{ item_index: 3, status: 'completed' },
		]);
		expect(sandbox().stats()).toMatchObject({ assetsCreated: 2, uploadSlotsCreated: 4 });
	});

	it('pages, and answers bulk statuses', async () => {
		const { data } = (await slots()).body;
		const url = `/v3/assets/batches/${data.batch_id}?limit=3`;
		const first = (await client().get(url)).body.data;
		expect([first.items.length, first.has_more]).toEqual([3, true]);
		const last = (await client().get(`${url}&token=${first.next_token}`)).body.data;
		expect(last).toMatchObject({ items: [{ item_index: 3 }], has_more: false, next_token: null });
		const usable = (await client().upload('a.png', png)).body.data.asset_id;
		const query = `asset_ids=${usable},nope&batch_ids=${data.batch_id},no`;
		const { body } = await client().get(`/v3/assets/statuses?${query}`);
		expect(body.data).toHaveLength(7);
		expect(body.data).toMatchObject([
			{ video_id: usable, status: 'completed', batch_id: null, item_index: null },
			{ video_id: 'nope', status: 'not_found' },
			{ batch_id: data.batch_id, item_index: 0, status: 'queued' },
			{ item_index: 1 },
			{ item_index: 2 },
			{ item_index: 3 },
			{ batch_id: 'no', status: 'not_found' },
		]);
		const ids = Array.from({ length: 101 }, (_, index) => `a${index}`);
		expect((await client().get(`/v3/assets/statuses?asset_ids=${ids.join()}`)).status).toBe(400);
		expect((await client().get('/v3/assets/statuses')).status).toBe(400);
	});

	it('refuses too many files and unknown batches', async () => {
		const many = Array.from({ length: 101 }, () => files[0]);
		expect((await client().post(SLOT_BATCHES, { files: many })).body.error.param).toBe('files');
		expect((await completeBatch('batch_no')).status).toBe(404);
		expect((await client().get('/v3/assets/batches/batch_no')).status).toBe(404);
	});
});

describe('idempotency of uploads', () => {
	it('replays a form without storing it again', async () => {
		const options = { idempotencyKey: 'k' };
		const first = await client().upload('a.png', png, options);
		const again = await client().upload('b.jpg', jpeg, options);
		expect(again.body).toEqual(first.body);
		expect(sandbox().requests().map(({ replayed }) => replayed)).toEqual([false, true]);
		expect(sandbox().assets).toMatchObject([{ filename: 'a.png' }]);
		const received = png.length + jpeg.length;
		expect(sandbox().stats()).toMatchObject({ assetsCreated: 1, uploadBytesReceived: received });
	});

	it('replays slots, batches and completions', async () => {
		const options = { idempotencyKey: 'k' };
		const file = announced(png, 'image/png');
		const first = await client().post(SLOTS, file, options);
		expect((await client().post(SLOTS, file, options)).body).toEqual(first.body);
		const batch = await client().post(SLOT_BATCHES, { files: [file] }, options);
		expect((await client().post(SLOT_BATCHES, { files: [file] }, options)).body).toEqual(batch.body);
		const { batch_id } = batch.body.data;
		const done = await completeBatch(batch_id, options);
		expect(await completeBatch(batch_id, options)).toMatchObject({ status: 202, body: done.body });
		expect(sandbox().stats()).toMatchObject({ uploadSlotsCreated: 2, videosByIdempotencyReplay: 0 });
	});
});

describe('faults of uploads', () => {
	const PUT = { path: '/files', method: 'PUT' };

	const uploaded = (): string[] => sandbox().assets.map(({ status }) => status);

	it.each<[Omit<Fault, 'match'>, number, RegExp, string]>([
		[{ kind: 'status', status: 503 }, 503, /InternalError/, 'pending_upload'],
		[{ kind: 'expired_url' }, 403, /Request has expired/, 'pending_upload'],
		[{ kind: 'garbage' }, 200, /^<html>/, 'pending_upload'],
		[{ kind: 'redirect', location: 'http://127.0.0.1:1/' }, 302, /^$/, 'pending_upload'],
		[{ kind: 'hang', hangMs: 50 }, 200, /^$/, 'uploaded'],
	])('answers a PUT (%#)', async (fault, status, text, outcome) => {
		const target = await newSlot();
		sandbox().addFault({ ...fault, match: PUT });
		expect(await put(target, png)).toMatchObject({ status, text: expect.stringMatching(text) });
		expect(uploaded()).toEqual([outcome]);
		expect((await put(target, png)).status).toBe(200);
	});

	it.each<[FaultKind, string, number]>([
		['drop_before', 'pending_upload', 0],
		['drop_after', 'uploaded', png.length],
	])('cuts the connection of a PUT: %s', async (kind, outcome, uploadBytesReceived) => {
		const target = await newSlot();
		sandbox().addFault({ match: PUT, kind });
		await expect(put(target, png)).rejects.toThrow();
		expect(uploaded()).toEqual([outcome]);
		expect(sandbox().stats()).toMatchObject({ uploadBytesReceived });
		expect((await put(target, png)).status).toBe(200);
	});

	it('stores the bytes before it hangs, whatever the client does then', async () => {
		const target = await newSlot();
		sandbox().addFault({ match: PUT, kind: 'hang' });
		const headers = target.upload_headers;
		const signal = AbortSignal.timeout(200);
		const body = new Uint8Array(png);
		await expect(fetch(target.upload_url, { method: 'PUT', body, headers, signal })).rejects.toThrow();
		expect(uploaded()).toEqual(['uploaded']);
	});

	it('keeps faults of uploads and downloads apart', async () => {
		const { url: download } = (await client().upload('a.png', png)).body.data;
		const target = await newSlot();
		sandbox().addFault({ match: PUT, kind: 'status' });
		sandbox().addFault({ match: { path: '/files' }, kind: 'drop_after' });
		expect((await fetch(download)).status).toBe(200);
		expect((await put(target, png)).status).toBe(500);
		await expect(put(target, png)).rejects.toThrow();
		sandbox().addFault({ match: { path: '/files', method: 'GET' }, kind: 'status' });
		sandbox().addFault({ match: { path: '/files' }, kind: 'truncate' });
		expect((await put(target, png)).status).toBe(200);
		expect((await fetch(download)).status).toBe(500);
		await expect(fetch(download).then((response) => response.text())).rejects.toThrow();
	});
});

/** Sends a request that brings a file in, and tells how often its work was done. */
interface Endpoint {
	send: (options: CallOptions) => Promise<Answer>;
	done: () => number;
}

const endpoints: Record<string, () => Promise<Endpoint>> = {
	'/v3/assets': () =>
		Promise.resolve({
			send: (options) => client().upload('a.png', png, options),
			done: () => sandbox().stats().assetsCreated,
		}),
	[SLOTS]: () =>
		Promise.resolve({
			send: (options) => client().post(SLOTS, announced(png, 'image/png'), options),
			done: () => sandbox().stats().uploadSlotsCreated,
		}),
	[SLOT_BATCHES]: () =>
		Promise.resolve({
			send: (options) => client().post(SLOT_BATCHES, { files: [announced(png, 'image/png')] }, options),
			done: () => sandbox().stats().uploadSlotsCreated,
		}),
	'/v3/assets/{asset_id}/complete': async () => {
		const target = await newSlot();
		await put(target, png);
		return {
			send: (options) => complete(target.asset_id, options),
			done: () => sandbox().stats().assetsCreated,
		};
	},
	'/v3/assets/complete/batches': async () => {
		sandbox().configure({ ingestSeconds: 0 });
		const files = [announced(png, 'image/png')];
		const { data } = (await client().post(`${SLOTS}/batches`, { files })).body;
		await put(data.items[0], png);
		const { batch_id } = data;
		return {
			send: (options) => completeBatch(batch_id, options),
			done: () => sandbox().stats().assetsCreated,
		};
	},
};

describe.each(Object.entries(endpoints))('faults of POST %s', (path, prepare) => {
	it.each<[FaultKind, number, string]>([
		['status', 0, 'refused'],
		['drop_before', 0, 'lost'],
		['drop_after', 1, 'lost'],
		['hang', 1, 'answered'],
		['hang_in_progress', 1, 'answered'],
		['garbage', 1, 'lost'],
	])('%s', async (kind, doneFirst, outcome) => {
		const { send, done } = await prepare();
		sandbox().addFault({ match: { method: 'POST', path }, kind, hangMs: 150 });
		const options = { idempotencyKey: 'k', unchecked: true };
		const first = send(options).then(
			({ status }) => (status < 300 ? 'answered' : 'refused'),
			() => 'lost',
		);
		if (kind === 'hang_in_progress') {
			while (done() === 0) await sleep(5);
			expect((await send(options)).status).toBe(409);
		}
		expect(await first).toBe(outcome);
		expect(done()).toBe(doneFirst);
		expect((await send(options)).status).toBeLessThan(300);
		expect(done()).toBe(1);
		expect(sandbox().requests().at(-1)?.replayed).toBe(doneFirst === 1);
	});
});
