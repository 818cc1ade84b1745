import { sampleFile } from '../../sandbox';
import { uploadSamples } from '../../sandbox/assets/upload-client';
import { translationRequest } from '../../sandbox/client';
import { translationLanguages } from '../../sandbox/translations/languages';
import { useOwnSandbox } from '../support/ownSandbox';

/** Video translations that are asked for, one by one. */

const { sandbox, client } = useOwnSandbox();

const PATH = '/v3/video-translations';
const OTHER_KEY = 'sandbox-key-2';
const NO_CREDIT = 'sandbox-key-no-credit';
const SPANISH = 'Spanish (Spain)';
const THREE = ['Spanish (Mexico)', 'English (UK)', 'German'];

const post = (fields: Record<string, unknown>, options = {}) => client().post(PATH, translationRequest(fields), options);

// eslint-disable-next-line @typescript-eslint/no-explicit-any
const read = async (id: string | undefined): Promise<any> => (await client().get(`${PATH}/${id}`, { unchecked: true })).body.data;

/** The records of the translations that a request leads to. */
async function made(fields: Record<string, unknown>) {
	const ids = await client().createTranslations(fields);
	return await Promise.all(ids.map(read));
}

const textAt = async (url: string): Promise<string> => await (await fetch(url)).text();

describe('a translation', () => {
	it('is made for each language, in their order', async () => {
		const fields = { output_languages: THREE, title: 'Talk', input_language: 'French', callback_id: 'row 7' };
		const records = await made(fields);
		expect(records.map((record) => record.output_language)).toEqual(THREE);
		expect(new Set(records.map(({ id }) => id)).size).toBe(3);
		for (const record of records) {
			expect(record).toMatchObject({ status: 'completed', title: 'Talk', input_language: 'French', callback_id: 'row 7' });
		}
		expect((await client().get(PATH)).body.data.map(({ id }: { id: string }) => id)).toEqual(records.map(({ id }) => id).reverse());
		expect(sandbox().stats().jobsCreated.translation).toBe(3);
	});

	it('says what it was not asked for by default', async () => {
		const [record] = await made({});
		expect(record).toMatchObject({
			title: null,
			input_language: 'English',
			output_language: SPANISH,
			translate_audio_only: false,
			callback_id: null,
			failure_message: null,
			duration: 10,
			srt_caption_url: null,
			vtt_caption_url: null,
			video_url: expect.stringContaining('/video.mp4?'),
			audio_url: expect.stringContaining('/audio.mp3?'),
		});
		const types = await Promise.all([record.video_url, record.audio_url].map(async (url) => (await fetch(url)).headers.get('content-type')));
		expect(types).toEqual(['video/mp4', 'audio/mpeg']);
	});

	it('has captions when asked for, which tell its language and its id', async () => {
		const records = await made({ enable_caption: true, output_languages: THREE });
		for (const { id, output_language: language, srt_caption_url: srt, vtt_caption_url: vtt } of records) {
			const [ofSrt, ofVtt] = [await textAt(srt), await textAt(vtt)];
			expect(ofSrt).toBe(`1\n00:00:00,000 --> 00:00:10,000\n[${language}] ${id}\n`);
			expect(ofVtt).toBe(`WEBVTT\n\n1\n00:00:00.000 --> 00:00:10.000\n[${language}] ${id}\n`);
		}
	});

	it('of the sound alone has a film, unless a marker says otherwise', async () => {
		const [withFilm] = await made({ translate_audio_only: true });
		expect([withFilm.translate_audio_only, withFilm.video_url === null]).toEqual([true, false]);
		const [without] = await made({ translate_audio_only: true, title: 'x [audio-file-only]' });
		expect(without).toMatchObject({ video_url: null, audio_url: expect.stringContaining('/audio.mp3?') });
		const [normal] = await made({ title: '[audio-file-only]' });
		expect(normal.video_url).not.toBeNull();
	});

	it.each([
		[{}, 10],
		[{ title: '[seconds:60]' }, 60],
		[{ start_time: 4 }, 6],
		[{ end_time: 2.5 }, 2.5],
		[{ start_time: 12, end_time: 14.5, title: '[seconds:60]' }, 2.5],
	])('is as long as its source, or the part that is asked for: %j', async (fields, seconds) => {
		expect((await made(fields))[0].duration).toBe(seconds);
	});

	it('can be renamed and deleted', async () => {
		const [id] = await client().createTranslations({ title: 'Old', enable_caption: true });
		const { body } = await client().call('PATCH', `${PATH}/${id}`, { body: { title: 'New' } });
		expect(body.data).toMatchObject({ id, title: 'New', status: 'completed' });
		const { video_url: url } = await read(id);
		const gone = await client().call('DELETE', `${PATH}/${id}`);
		expect([gone.status, gone.body.data]).toEqual([200, { id }]);
		expect((await fetch(url)).status).toBe(404);
		for (const [method, options] of [['GET', {}], ['PATCH', { body: { title: 'x' } }], ['DELETE', {}]] as const) {
			const answer = await client().call(method, `${PATH}/${id}`, options);
			expect([answer.status, answer.body.error.code]).toEqual([404, 'not_found']);
		}
		expect((await client().get(`${PATH}/statuses?video_translation_ids=${id}`)).body.data[0].status).toBe('not_found');
	});

	it('serves films of any size, and is paged like other lists', async () => {
		sandbox().configure({ fileBytes: 100_000 });
		const [one, two] = await made({ output_languages: THREE });
		const [first, second] = await Promise.all([one, two].map(async ({ video_url: url }) => Buffer.from(await (await fetch(url)).arrayBuffer())));
		expect([first?.length, first?.equals(second as Buffer)]).toEqual([100_000, false]);
		const page = (await client().get(`${PATH}?limit=2`)).body;
		expect([page.data.length, page.has_more]).toEqual([2, true]);
		expect((await client().get(`${PATH}?limit=2&token=${page.next_token}`)).body.data[0].id).toBe(one.id);
	});
});

describe('languages', () => {
	it('are listed, plain and regional ones', async () => {
		const { languages } = (await client().get(`${PATH}/languages`)).body.data;
		expect(languages).toEqual(translationLanguages);
		expect(new Set(languages).size).toBe(languages.length);
		expect(languages).toEqual(expect.arrayContaining(['English', 'English (UK)', SPANISH, 'Chinese (Cantonese, Traditional)', 'Norwegian Bokmål (Norway)']));
	});

	it('that are not listed are refused, and nothing is made', async () => {
		for (const unknown of ['Klingon', 'spanish (spain)', 'Spanish(Spain)']) {
			const { status, body } = await post({ output_languages: ['German', unknown] });
			expect([status, body.error]).toMatchObject([400, { code: 'invalid_parameter', param: 'output_languages' }]);
			expect(body.error.message).toContain(unknown);
		}
		expect(sandbox().stats().jobsCreated.translation).toBe(0);
	});

	it('can be others', async () => {
		sandbox().configure({ languages: ['Klingon'] });
		expect((await client().get(`${PATH}/languages`)).body.data.languages).toEqual(['Klingon']);
		await client().createTranslations({ output_languages: ['Klingon'] });
		expect((await post({})).status).toBe(400);
		expect((await client().post('/_sandbox/config', { languages: 'German' })).status).toBe(400);
	});

	it('have to be given, even to an open contract', async () => {
		expect((await post({ output_languages: [] })).status).toBe(400);
		sandbox().configure({ contract: 'open' });
		for (const languages of [[], 'German', undefined]) {
			expect((await post({ output_languages: languages })).body.error.param).toBe('output_languages');
		}
		await client().createTranslations({ new_field: 1 });
	});
});

describe('a request is refused', () => {
	it.each([
		[{ start_time: -1 }, 'start_time'],
		[{ end_time: -1 }, 'end_time'],
		[{ end_time: 0 }, 'end_time'],
		[{ start_time: 3, end_time: 3 }, 'end_time'],
		[{ start_time: 4, end_time: 3 }, 'end_time'],
	])('for a part that is none: %j', async (fields, param) => {
		const { status, body } = await post(fields);
		expect([status, body.error.code, body.error.param]).toEqual([400, 'invalid_parameter', param]);
	});

	it('for assets that are not there or of no use, when they are checked', async () => {
		const upload = async (name: string, bytes: Buffer) => String((await client().upload(name, bytes)).body.data.asset_id);
		const asset = (id: string) => ({ type: 'asset_id', asset_id: id });
		const film = asset(await upload('a.mp4', sampleFile('mp4')));
		const sound = asset(await upload('a.mp3', sampleFile('mp3')));
		const srt = asset(await upload('a.srt', uploadSamples['application/x-subrip'] as Buffer));
		const pdf = asset(await upload('a.pdf', uploadSamples['application/pdf'] as Buffer));
		expect((await post({ video: sound, srt: pdf })).status).toBe(200);
		sandbox().configure({ validateAssets: true });
		expect((await post({ video: film, audio: sound, srt, srt_role: 'input' })).status).toBe(200);
		for (const [fields, status, param] of [
			[{ video: asset('none') }, 404, 'video.asset_id'],
			[{ video: sound }, 400, 'video.asset_id'],
			[{ audio: film }, 400, 'audio.asset_id'],
			[{ srt: pdf }, 400, 'srt.asset_id'],
		] as const) {
			const answer = await post(fields);
			expect([answer.status, answer.body.error.param]).toEqual([status, param]);
		}
	});

	it('without credit, and on a plan that has no translations', async () => {
		expect((await post({}, { key: NO_CREDIT })).body.error.code).toBe('insufficient_credit');
		const match = { method: 'POST', path: PATH };
		sandbox().addFault({ match, kind: 'status', status: 402, code: 'plan_upgrade_required', times: -1 });
		expect((await post({})).body.error.code).toBe('plan_upgrade_required');
		expect((await client().get(`${PATH}/languages`)).status).toBe(200);
		expect(sandbox().stats().jobsCreated.translation).toBe(0);
	});
});

describe('markers', () => {
	const outcomes = async (fields: Record<string, unknown>) => (await made(fields)).map(({ status }) => status);

	it('let all languages fail, with the reason', async () => {
		const [plain] = await made({ title: '[fail]' });
		expect(plain).toMatchObject({ status: 'failed', failure_message: 'The speech could not be separated from the music', video_url: null, audio_url: null, duration: null });
		const coded = await made({ title: '[fail:download_failed]', output_languages: THREE, enable_caption: true });
		for (const record of coded) {
			expect(record).toMatchObject({ status: 'failed', failure_message: expect.stringContaining('download_failed'), srt_caption_url: null });
		}
	});

	it('let single languages fail', async () => {
		const title = `x [fail-language:${SPANISH}] [fail-language:German]`;
		const records = await made({ title, output_languages: [...THREE, SPANISH] });
		expect(records.map(({ status }) => status)).toEqual(['completed', 'completed', 'failed', 'failed']);
		expect(records[3].failure_message).toBe('The speech could not be separated from the music');
		expect(await outcomes({ title, output_languages: [SPANISH] })).toEqual(['failed']);
	});

	it('let single languages fail once, under each key and title', async () => {
		const title = `x [fail-language-once:${SPANISH}] [fail-language-once:German]`;
		const output_languages = [SPANISH, 'French', 'German'];
		expect(await outcomes({ title, output_languages })).toEqual(['failed', 'completed', 'failed']);
		expect(await outcomes({ title, output_languages: [SPANISH] })).toEqual(['completed']);
		expect(await outcomes({ title: `${title} again`, output_languages: [SPANISH] })).toEqual(['failed']);
		const { body } = await post({ title }, { key: OTHER_KEY });
		expect((await read(body.data.video_translation_ids[0])).status).toBe('failed');
	});

	it('that fail a language once are not used up by what is refused', async () => {
		const title = `[fail-language-once:${SPANISH}]`;
		sandbox().configure({ concurrentJobs: 0 });
		expect((await post({ title })).status).toBe(429);
		sandbox().configure({ concurrentJobs: null });
		expect(await outcomes({ title })).toEqual(['failed']);
	});

	it('let it get stuck, be cancelled, tell other words, or have its files late', async () => {
		expect(await outcomes({ title: '[stuck]' })).toEqual(['running']);
		expect(await outcomes({ title: '[cancelled]' })).toEqual(['cancelled']);
		const [late] = await made({ title: '[late-url]' });
		expect(late).toMatchObject({ status: 'completed', video_url: null, audio_url: null });
		const [stuck] = await client().createTranslations({ title: '[stuck] [status:lip-syncing]' });
		expect((await read(stuck)).status).toBe('lip-syncing');
		const { data } = (await client().get(`${PATH}/statuses?video_translation_ids=${stuck}`)).body;
		expect(data).toMatchObject([{ video_id: stuck, status: 'lip-syncing', error: null }]);
	});

	it('are known to the bulk status', async () => {
		const [good, bad] = await client().createTranslations({ title: '[fail-language:German]', output_languages: [SPANISH, 'German'] });
		const [coded] = await client().createTranslations({ title: '[fail:no_speech]' });
		const { data } = (await client().get(`${PATH}/statuses?video_translation_ids=${good},${bad},${coded}`)).body;
		expect(data).toMatchObject([
			{ status: 'completed', error: null },
			{ status: 'failed', error: { code: 'speech_not_separated' } },
			{ status: 'failed', error: { code: 'no_speech' } },
		]);
	});
});

describe('places', () => {
	beforeEach(() => sandbox().configure({ concurrentJobs: 3, jobSeconds: 1_000 }));

	it('have to be there for all languages', async () => {
		const [first] = await client().createTranslations({});
		const refused = await post({ output_languages: THREE });
		expect([refused.status, refused.body.error.code, refused.headers.get('retry-after')]).toEqual([429, 'rate_limit_exceeded', '1']);
		expect(sandbox().stats().jobsCreated.translation).toBe(1);
		expect((await post({ output_languages: THREE }, { key: OTHER_KEY })).status).toBe(200);
		await client().call('DELETE', `${PATH}/${first}`);
		expect((await post({ output_languages: THREE })).status).toBe(200);
		expect(sandbox().stats().maxConcurrentJobs).toBe(3);
	});

	it('are those of videos, and not those of lip-syncs and proofreads', async () => {
		await client().createVideo();
		await client().createLipsync();
		await client().createProofreads({ output_languages: THREE });
		expect((await post({ output_languages: THREE })).status).toBe(429);
		await client().createTranslations({ output_languages: THREE.slice(1) });
		expect((await client().post('/v3/video-agents', { prompt: 'Tea' })).status).toBe(429);
		expect(sandbox().stats()).toMatchObject({ maxConcurrentJobs: 3, jobsCreated: { video: 1, translation: 2, lipsync: 1, proofread: 3 } });
	});

	it('are free again at the end', async () => {
		sandbox().configure({ jobSeconds: 0.1 });
		const [id] = await client().createTranslations({ output_languages: THREE });
		await client().waitForRecord(`${PATH}/${id}`, ({ status }) => status === 'completed');
		await client().createVideo();
	});
});

describe('idempotency', () => {
	it('replays the ids of all languages', async () => {
		const first = await post({ output_languages: THREE }, { idempotencyKey: 'k' });
		const second = await post({ output_languages: ['French'] }, { idempotencyKey: 'k' });
		expect([second.status, second.body]).toEqual([200, first.body]);
		const { jobsCreated, jobsByReplay } = sandbox().stats();
		expect([jobsCreated.translation, jobsByReplay.translation]).toEqual([3, 3]);
	});
});

describe('events', () => {
	const listed = async (key = sandbox().apiKey) =>
		(await client().get('/v3/webhooks/events?limit=100', { key })).body.data as Array<{ event_type: string; event_data: Record<string, unknown> }>;

	it('tell the key that asked of each end', async () => {
		const title = '[fail-language:German]';
		const ids = await client().createTranslations({ title, callback_id: 'row 1', output_languages: [SPANISH, 'German'] });
		await client().createTranslations({ title: '[stuck]' });
		const [gone] = await client().createTranslations({ title: '[stuck]' });
		await client().call('DELETE', `${PATH}/${gone}`);
		const events = await listed();
		const of = (id: string | undefined) => events.find(({ event_data: data }) => data['video_translate_id'] === id);
		expect(events).toHaveLength(2);
		expect(of(ids[0])).toMatchObject({ event_type: 'video_translate.success', event_data: { output_language: SPANISH, callback_id: 'row 1', url: expect.stringContaining('/video.mp4?') } });
		expect(of(ids[1])).toMatchObject({ event_type: 'video_translate.fail', event_data: { output_language: 'German', message: 'The speech could not be separated from the music' } });
		expect(await listed(OTHER_KEY)).toEqual([]);
	});

	it('of what has no film have no address', async () => {
		await client().createTranslations({ title: '[audio-file-only]', translate_audio_only: true });
		await client().createTranslations({ title: '[cancelled]' });
		const events = await listed();
		expect(events.map(({ event_type: type }) => type).sort()).toEqual(['video_translate.fail', 'video_translate.success']);
		for (const { event_data: data } of events) expect([data['url'] ?? null, data['message'] ?? null]).toEqual([null, null]);
	});
});
