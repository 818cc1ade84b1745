import { setTimeout as sleep } from 'node:timers/promises';

import { lipsyncRequest, translationRequest } from '../../sandbox/client';
import { useOwnSandbox } from '../support/ownSandbox';

/** Batches of translations and of lip-syncs. */

const { sandbox, client } = useOwnSandbox({ jobSeconds: 0.1, jobQueueSeconds: 0 });

const TRANSLATIONS = '/v3/video-translations';
const LIPSYNCS = '/v3/lipsyncs';
const NO_CREDIT = 'sandbox-key-no-credit';
const SPANISH = 'Spanish (Spain)';

/** The kinds: their path, the field of the batch, the query with single ids, and their name in the counts. */
const kinds = [
	[TRANSLATIONS, 'video_translations', 'video_translation_ids', 'translation', translationRequest],
	[LIPSYNCS, 'lipsyncs', 'lipsync_ids', 'lipsync', lipsyncRequest],
] as const;

async function createBatch(path: string, fields: Record<string, unknown>, options = {}): Promise<string> {
	const { status, body } = await client().post(`${path}/batches`, { title: 'B', ...fields }, options);
	expect(status).toBe(202);
	return String(body.data.batch_id);
}

interface Item {
	item_index: number;
	video_id: string | null;
	status: string;
	error: { code: string; message: string } | null;
}

async function finished(path: string, id: string): Promise<{ title: string; status: string; total_items: number; counts_by_status: object; items: Item[] }> {
	for (;;) {
		const { data } = (await client().get(`${path}/batches/${id}`)).body;
		if (data.status !== 'processing') return data;
		await sleep(20);
	}
}

const languageOf = async ({ video_id: id }: Item): Promise<string> => (await client().get(`${TRANSLATIONS}/${id}`)).body.data.output_language;

describe.each(kinds)('batches of %s', (path, field, idsName, name, request) => {
	it('turn items into jobs and report bad ones one by one', async () => {
		const requests = [{}, { start_time: 2, end_time: 1 }, { title: '[fail:no_speech]' }, { title: '[cancelled]' }].map(request);
		const id = await createBatch(path, { [field]: requests });
		const { title, status, total_items: total, counts_by_status: counts, items } = await finished(path, id);
		expect([title, status, total, counts]).toEqual(['B', 'completed', 4, { queued: 0, processing: 0, completed: 1, failed: 3 }]);
		expect(items.map(({ error }) => error?.code ?? null)).toEqual([null, 'invalid_parameter', 'no_speech', 'cancelled']);
		expect(items.map(({ video_id: video }) => video !== null)).toEqual([true, false, true, true]);
		const { body } = await client().get(`${path}/statuses?${idsName}=${items[0]?.video_id}&batch_ids=${id},none`);
		expect(body.data.map((entry: Item & { batch_id: string }) => [entry.batch_id, entry.item_index, entry.status])).toEqual([
			[null, null, 'completed'],
			...[0, 1, 2, 3].map((index) => [id, index, index === 0 ? 'completed' : 'failed']),
			['none', null, 'not_found'],
		]);
		expect(sandbox().stats().jobsCreated[name]).toBe(3);
	});

	it('wait for free places', async () => {
		sandbox().configure({ concurrentJobs: 0 });
		const id = await createBatch(path, { [field]: Array.from({ length: 5 }, () => request()) });
		await sleep(120);
		const { items } = (await client().get(`${path}/batches/${id}`)).body.data;
		expect(items.map(({ status, video_id: job }: Item) => [status, job])).toEqual(Array(5).fill(['queued', null]));
		sandbox().configure({ concurrentJobs: 2 });
		expect((await finished(path, id)).counts_by_status).toMatchObject({ completed: 5 });
		expect(sandbox().stats()).toMatchObject({ maxConcurrentJobs: 2, refused429: 0 });
	});

	it('have the error of an item whose job was deleted', async () => {
		const id = await createBatch(path, { [field]: [request()] });
		const [item] = (await finished(path, id)).items;
		await client().call('DELETE', `${path}/${item?.video_id}`);
		expect((await finished(path, id)).items).toMatchObject([{ status: 'failed', error: { code: 'not_found' } }]);
	});

	it('fail without credit item by item, and are pages inside of data', async () => {
		const id = await createBatch(path, { [field]: [request(), request(), request()] }, { key: NO_CREDIT });
		const { status, items } = await finished(path, id);
		expect([status, items.map(({ error }) => error?.code)]).toEqual(['failed', Array(3).fill('insufficient_credit')]);
		const { data } = (await client().get(`${path}/batches/${id}?limit=2`)).body;
		expect([data.items.length, data.has_more]).toEqual([2, true]);
		const rest = (await client().get(`${path}/batches/${id}?limit=2&token=${data.next_token}`)).body.data;
		expect(rest).toMatchObject({ items: [{ item_index: 2 }], has_more: false });
		expect((await client().get(`${path}/batches/none`)).status).toBe(404);
	});

	it('are replayed, each item counted', async () => {
		const body = { [field]: [request(), request()] };
		const first = await client().post(`${path}/batches`, body, { idempotencyKey: 'k' });
		const second = await client().post(`${path}/batches`, body, { idempotencyKey: 'k' });
		expect([second.status, second.body]).toEqual([202, first.body]);
		expect(sandbox().stats().jobsByReplay[name]).toBe(2);
	});

	it('need a list of requests, even of an open contract', async () => {
		expect((await client().post(`${path}/batches`, { [field]: [{}] })).status).toBe(400);
		sandbox().configure({ contract: 'open' });
		for (const requests of [undefined, 'x', ['x']]) {
			const { status, body } = await client().post(`${path}/batches`, { [field]: requests });
			expect([status, body.error.param]).toEqual([400, field]);
		}
	});
});

describe('batches of translations', () => {
	it('have an item for each language, of which a bad one fails alone', async () => {
		const requests = [
			translationRequest({ output_languages: [SPANISH, 'Klingon', 'German'], callback_id: 'row 1' }),
			translationRequest({ output_languages: ['French (Canada)'], title: '[fail-language:French (Canada)]' }),
		];
		const id = await createBatch(TRANSLATIONS, { video_translations: requests });
		const { items } = await finished(TRANSLATIONS, id);
		expect(items.map(({ item_index: index, status }) => [index, status])).toEqual([[0, 'completed'], [1, 'failed'], [2, 'completed'], [3, 'failed']]);
		expect(items[1]).toMatchObject({ video_id: null, error: { code: 'invalid_parameter', message: expect.stringContaining('Klingon') } });
		const there = items.filter(({ video_id: video }) => video !== null);
		expect(await Promise.all(there.map(languageOf))).toEqual([SPANISH, 'German', 'French (Canada)']);
		expect(items[3]?.error?.message).toBe('The speech could not be separated from the music');
	});

	it('have at most 100 items, counted with all languages', async () => {
		const two = translationRequest({ output_languages: [SPANISH, 'German'] });
		const { status, body } = await client().post(`${TRANSLATIONS}/batches`, { video_translations: [...Array(50).fill(two), translationRequest()] });
		expect([status, body.error.code, body.error.param]).toEqual([400, 'invalid_parameter', 'video_translations']);
		const id = await createBatch(TRANSLATIONS, { video_translations: Array(50).fill(two) });
		expect((await client().get(`${TRANSLATIONS}/batches/${id}`)).body.data.total_items).toBe(100);
	});

	it('share the places of videos, in the order in which they came', async () => {
		sandbox().configure({ concurrentJobs: 1 });
		const video = await client().createVideo();
		const id = await createBatch(TRANSLATIONS, { video_translations: [translationRequest()] });
		await client().waitFor(video, ({ status }) => status === 'completed');
		expect((await finished(TRANSLATIONS, id)).status).toBe('completed');
		expect(sandbox().stats()).toMatchObject({ maxConcurrentJobs: 1, jobsCreated: { video: 1, translation: 1 } });
	});

	it('fail a language once for the first of their items', async () => {
		const request = translationRequest({ title: `[fail-language-once:${SPANISH}]` });
		const id = await createBatch(TRANSLATIONS, { video_translations: [request, request] });
		expect((await finished(TRANSLATIONS, id)).items.map(({ status }) => status)).toEqual(['failed', 'completed']);
	});
});
