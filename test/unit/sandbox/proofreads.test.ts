import { setTimeout as sleep } from 'node:timers/promises';

import { sampleFile } from '../../sandbox';
import { uploadSamples } from '../../sandbox/assets/upload-client';
import { proofreadRequest } from '../../sandbox/client';
import { useOwnSandbox } from '../support/ownSandbox';

/** Proofreads, and the translations that come of them. */

const { sandbox, client } = useOwnSandbox();

const PATH = '/v3/video-translations/proofreads';
const TRANSLATIONS = '/v3/video-translations';
const NO_CREDIT = 'sandbox-key-no-credit';
const OTHER_KEY = 'sandbox-key-2';
const SPANISH = 'Spanish (Spain)';
const TWO = [SPANISH, 'German'];
const EDITED = '1\n00:00:00,000 --> 00:00:03,000\n[Spanish (Spain)] Otra línea.\n';

const post = (fields: Record<string, unknown>, options = {}) => client().post(PATH, proofreadRequest(fields), options);
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const read = async (id: string | undefined): Promise<any> => (await client().get(`${PATH}/${id}`, { unchecked: true })).body.data;
const textAt = async (url: string): Promise<string> => await (await fetch(url)).text();
const linksOf = async (id: string) => (await client().get(`${PATH}/${id}/srt`)).body.data as { srt_url: string; original_srt_url: string };
const replace = (id: string, srt: object) => client().call('PUT', `${PATH}/${id}/srt`, { body: { srt } });
const generate = (id: string, body: object = {}, options = {}) => client().post(`${PATH}/${id}/generate`, body, options);

async function one(fields: Record<string, unknown> = {}): Promise<string> {
	const [id = ''] = await client().createProofreads(fields);
	return id;
}

async function upload(name: string, bytes: Buffer): Promise<{ type: string; asset_id: string }> {
	return { type: 'asset_id', asset_id: String((await client().upload(name, bytes)).body.data.asset_id) };
}

/** The translation that a proofread leads to. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
async function generated(id: string, body: object = {}): Promise<any> {
	const { data } = (await generate(id, body)).body;
	expect(data.status).toBe('processing');
	return (await client().get(`${TRANSLATIONS}/${data.video_translation_id}`, { unchecked: true })).body.data;
}

describe('a proofread', () => {
	it('is made for each language, and is processing until it is completed', async () => {
		sandbox().configure({ jobQueueSeconds: 1_000 });
		const { body } = await post({ output_languages: TWO, title: 'Talk' });
		expect(body.data).toEqual({ proofread_ids: [expect.any(String), expect.any(String)], status: 'processing' });
		const [first, second] = body.data.proofread_ids;
		expect(await read(first)).toEqual({
			id: first,
			title: 'Talk',
			status: 'processing',
			input_language: 'English',
			output_language: SPANISH,
			submitted_for_review: false,
			failure_message: null,
			created_at: expect.any(Number),
		});
		expect(await read(second)).toMatchObject({ output_language: 'German', status: 'processing' });
		sandbox().configure({ jobQueueSeconds: 0, jobSeconds: 1_000 });
		expect((await read(await one())).status).toBe('processing');
		sandbox().configure({ jobSeconds: 0 });
		expect((await read(await one())).status).toBe('completed');
		expect(sandbox().stats().jobsCreated).toMatchObject({ proofread: 4, translation: 0 });
	});

	it('has three lines in each of its two languages', async () => {
		const { srt_url: translated, original_srt_url: original } = await linksOf(await one());
		const text = await textAt(translated);
		expect(text).toBe(
			[
				'1\n00:00:00,000 --> 00:00:03,000\n[Spanish (Spain)] First line.\n',
				'2\n00:00:03,000 --> 00:00:06,000\n[Spanish (Spain)] Second line.\n',
				'3\n00:00:06,000 --> 00:00:09,000\n[Spanish (Spain)] Third line.\n',
			].join('\n'),
		);
		expect(await textAt(original)).toBe(text.replaceAll(SPANISH, 'English'));
		const file = await fetch(translated);
		expect(file.headers.get('content-type')).toBe('application/x-subrip');
		expect(new URL(translated).origin).toBe(sandbox().fileUrl);
	});

	it('is not ready before it is completed', async () => {
		const failed = await one({ title: '[fail]' });
		sandbox().configure({ jobSeconds: 1_000 });
		for (const id of [await one(), failed]) {
			for (const answer of [await client().get(`${PATH}/${id}/srt`), await replace(id, { type: 'url', url: 'https://example.com/a.srt' }), await generate(id)]) {
				expect([answer.status, answer.body.error.code]).toEqual([409, 'resource_not_ready']);
			}
		}
	});

	it('may have its subtitles later than it is completed', async () => {
		const id = await one({ title: '[late-url]' });
		expect((await client().get(`${PATH}/${id}/srt`)).status).toBe(409);
		expect((await read(id)).status).toBe('completed');
		await sleep(1_000);
		expect((await client().get(`${PATH}/${id}/srt`)).status).toBe(200);
	});

	it('fails as markers say', async () => {
		expect(await read(await one({ title: '[fail]' }))).toMatchObject({ status: 'failed', failure_message: 'The speech could not be separated from the music' });
		expect((await read(await one({ title: '[fail:no_speech]' }))).failure_message).toContain('no_speech');
		const title = `[fail-language-once:${SPANISH}] [fail-language:German]`;
		const outcomes = async () => await Promise.all((await client().createProofreads({ title, output_languages: TWO })).map(async (id) => (await read(id)).status));
		expect(await outcomes()).toEqual(['failed', 'failed']);
		expect(await outcomes()).toEqual(['completed', 'failed']);
		expect((await read(await one({ title: '[stuck]' }))).status).toBe('processing');
	});

	it('is refused like a translation', async () => {
		expect((await post({ output_languages: [SPANISH, 'Klingon'] })).body.error.param).toBe('output_languages');
		expect((await post({}, { key: NO_CREDIT })).body.error.code).toBe('insufficient_credit');
		expect((await post({ title: undefined })).body.error.param).toBe('title');
		const pdf = await upload('a.pdf', uploadSamples['application/pdf'] as Buffer);
		const film = await upload('a.mp4', sampleFile('mp4'));
		sandbox().configure({ validateAssets: true });
		expect((await post({ video: pdf })).body.error.param).toBe('video.asset_id');
		expect((await post({ video: film, srt: pdf })).body.error.param).toBe('srt.asset_id');
		expect((await post({ video: film })).status).toBe(200);
	});

	it('can be missing from the plan, while translations are not', async () => {
		sandbox().addFault({ match: { method: 'POST', path: PATH }, kind: 'status', status: 403, times: -1 });
		const { status, body } = await post({});
		expect([status, body.error.code]).toEqual([403, 'forbidden']);
		expect(await client().createTranslations({})).toHaveLength(1);
	});

	it('that is unknown is not found', async () => {
		const srt = { type: 'url', url: 'https://example.com/a.srt' };
		for (const answer of [await client().get(`${PATH}/none`), await client().get(`${PATH}/none/srt`), await replace('none', srt), await generate('none')]) {
			expect([answer.status, answer.body.error.code]).toEqual([404, 'not_found']);
		}
	});

	it('has places of its own, for all languages', async () => {
		sandbox().configure({ concurrentJobs: 2, jobSeconds: 1_000 });
		await one();
		expect((await post({ output_languages: TWO })).status).toBe(429);
		expect((await post({ output_languages: TWO }, { key: OTHER_KEY })).status).toBe(200);
		await client().createTranslations({ output_languages: TWO });
		await one();
	});

	it('is replayed', async () => {
		const first = await post({ output_languages: TWO }, { idempotencyKey: 'k' });
		expect((await post({ output_languages: TWO }, { idempotencyKey: 'k' })).body).toEqual(first.body);
		expect(sandbox().stats()).toMatchObject({ jobsCreated: { proofread: 2 }, jobsByReplay: { proofread: 2 } });
	});

	it('tells of its end', async () => {
		const good = await one();
		const bad = await one({ title: '[fail]' });
		const { data } = (await client().get('/v3/webhooks/events')).body;
		const told = data.map((event: Record<string, unknown>) => [event['event_type'], event['event_data']]);
		expect(told).toEqual(
			expect.arrayContaining([
				['proofread_creation.success', { proofread_id: good, callback_id: null }],
				['proofread_creation.fail', { proofread_id: bad, callback_id: null }],
			]),
		);
	});
});

describe('changed subtitles', () => {
	it('are the bytes of an asset, and last when the asset is gone', async () => {
		const id = await one();
		const srt = await upload('a.srt', Buffer.from(EDITED));
		const { status, body } = await replace(id, srt);
		expect([status, body.data]).toMatchObject([200, { id, status: 'completed', submitted_for_review: false }]);
		await client().call('DELETE', `/v3/assets/${srt.asset_id}`);
		const { srt_url: translated, original_srt_url: original } = await linksOf(id);
		expect(await textAt(translated)).toBe(EDITED);
		expect(await textAt(original)).toContain('[English] First line.');
	});

	it('are remembered by their address, and nothing is fetched', async () => {
		const id = await one();
		const url = 'https://example.com/edited.srt';
		expect((await replace(id, { type: 'url', url })).status).toBe(200);
		expect(await textAt((await linksOf(id)).srt_url)).toContain(url);
	});

	it('have to be subtitles that are there, whether assets are checked or not', async () => {
		const id = await one();
		for (const [srt, status, code] of [
			[await upload('a.pdf', uploadSamples['application/pdf'] as Buffer), 400, 'invalid_parameter'],
			[await upload('a.mp3', sampleFile('mp3')), 400, 'invalid_parameter'],
			[{ type: 'asset_id', asset_id: 'none' }, 404, 'asset_not_found'],
		] as const) {
			const answer = await replace(id, srt);
			expect([answer.status, answer.body.error.code, answer.body.error.param]).toEqual([status, code, 'srt.asset_id']);
		}
		expect(await textAt((await linksOf(id)).srt_url)).toContain('First line.');
	});
});

describe('a generated translation', () => {
	it('has the language and the title of its proofread', async () => {
		const record = await generated(await one({ title: 'Talk' }), { callback_id: 'row 1' });
		expect(record).toMatchObject({
			status: 'completed',
			title: 'Talk',
			input_language: 'English',
			output_language: SPANISH,
			callback_id: 'row 1',
			duration: 10,
			translate_audio_only: false,
			srt_caption_url: null,
			vtt_caption_url: null,
			video_url: expect.stringContaining('/video.mp4?'),
		});
		expect(sandbox().stats().jobsCreated).toMatchObject({ proofread: 1, translation: 1 });
	});

	it('has the subtitles that its proofread had at that moment', async () => {
		const id = await one();
		await replace(id, await upload('a.srt', Buffer.from(EDITED)));
		const { srt_caption_url: srt, vtt_caption_url: vtt } = await generated(id, { captions: true });
		await replace(id, { type: 'url', url: 'https://example.com/later.srt' });
		expect(await textAt(srt)).toBe(EDITED);
		expect(await textAt(vtt)).toBe('WEBVTT\n\n1\n00:00:00.000 --> 00:00:03.000\n[Spanish (Spain)] Otra línea.\n');
	});

	it('can be of the sound alone, and without a film', async () => {
		expect(await generated(await one(), { translate_audio_only: true })).toMatchObject({ translate_audio_only: true, video_url: expect.any(String) });
		const record = await generated(await one({ title: '[audio-file-only]' }), { translate_audio_only: true });
		expect(record).toMatchObject({ video_url: null, audio_url: expect.any(String) });
	});

	it('fails on demand, though the proofread does not', async () => {
		expect(await generated(await one({ title: '[fail-generated]' }))).toMatchObject({ status: 'failed', failure_message: 'The speech could not be separated from the music' });
		expect((await generated(await one({ title: '[fail-generated:no_speech]' }))).failure_message).toContain('no_speech');
		const title = `[fail-language-once:${SPANISH}]`;
		await one({ title });
		expect((await generated(await one({ title }))).status).toBe('completed');
	});

	it('counts as a translation', async () => {
		const id = await one();
		expect((await generate(id, {}, { key: NO_CREDIT })).body.error.code).toBe('insufficient_credit');
		sandbox().configure({ concurrentJobs: 1, jobSeconds: 1_000 });
		const first = await generate(id, {}, { idempotencyKey: 'k' });
		expect((await generate(id, {}, { idempotencyKey: 'k' })).body).toEqual(first.body);
		expect((await generate(id)).status).toBe(429);
		expect((await client().post(TRANSLATIONS, proofreadRequest())).status).toBe(429);
		expect(sandbox().stats()).toMatchObject({ jobsCreated: { translation: 1 }, jobsByReplay: { translation: 1 } });
		await client().call('DELETE', `${TRANSLATIONS}/${first.body.data.video_translation_id}`);
		expect((await generate(id)).status).toBe(200);
	});
});
