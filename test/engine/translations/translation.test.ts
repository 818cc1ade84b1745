/** Translation → Create: what is sent, an item for each language, and the files. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { validateAgainstContract } from '../../sandbox';
import { itemWith } from '../support/assetSupport';
import { readBinary } from '../support/harness';
import { FILM_URL, itemWithFilm } from '../support/postSupport';
import { bodiesOf, countOf, errorOf, expression, FAST_JOBS, itemAt, jsonOf, linksOf, requestsTo, useSandbox, useTiming } from '../support/support';
import { GET_TRANSLATION, into, languagesOf, LIST_LANGUAGES, onlyOf, runTranslation, TRANSLATE, TWELVE } from '../support/translationSupport';

useTiming({ catchUpTime: 1_500 });
const sandbox = useSandbox(FAST_JOBS);

const create = async (parameters: INodeParameters, options: Parameters<typeof runTranslation>[4] = {}) =>
	await runTranslation(sandbox(), 'translation', 'create', parameters, options);

const video = { type: 'url', url: FILM_URL };
const SRT = '1\n00:00:00,500 --> 00:00:02,000\nHello\n';
const subtitlesFile = { fileName: 'words.srt', mimeType: 'application/x-subrip', content: Buffer.from(SRT) };

/** Sends one create, without waiting, and returns its body, which must fit the contract. */
async function bodyFor(parameters: INodeParameters, options: Parameters<typeof runTranslation>[4] = {}): Promise<IDataObject> {
	const result = await create({ ...into('German'), waitForCompletion: false, ...parameters }, options);
	expect(result.originalError).toBeUndefined();
	const [request, ...others] = requestsTo(sandbox(), TRANSLATE);
	expect(others).toEqual([]);
	const { callback_id: _automatic, ...body } = request?.body as IDataObject;
	expect(validateAgainstContract('POST', '/v3/video-translations', { body })).toEqual([]);
	return body;
}

describe('the request', () => {
	it('has nothing that the user did not ask for', async () => {
		expect(await bodyFor({})).toEqual({ video, output_languages: ['German'], mode: 'speed' });
	});

	it('has every option in its place', async () => {
		sandbox().configure({ validateAssets: false });
		const options = {
			title: 'Webinar',
			inputLanguage: 'English',
			enableCaption: true,
			enableDynamicDuration: false,
			disableMusicTrack: true,
			enableSpeechEnhancement: true,
			enableWatermark: true,
			keepTheSameFormat: true,
			translateAudioOnly: true,
			speakerNum: 2,
			startTime: 1.5,
			endTime: 9,
			fpsMode: 'passthrough',
			folderId: 'folder_1',
			brandGlossaryId: 'glossary_1',
			audio: { address: { url: 'https://example.com/german.mp3' } },
			srt: { asset: { assetId: 'asset_srt' } },
			srtRole: 'output',
			useStockVoice: true,
			preferredStockVoiceIds: 'voice_1, voice_2',
		};
		const requestOptions = { callbackId: 'row-7', callbackUrl: 'https://example.com/hook' };
		const result = await create({ ...into('German', { mode: 'precision' }), waitForCompletion: false, options, requestOptions });
		expect(result.originalError).toBeUndefined();
		const body = requestsTo(sandbox(), TRANSLATE)[0]?.body as IDataObject;
		expect(validateAgainstContract('POST', '/v3/video-translations', { body })).toEqual([]);
		expect(body).toEqual({
			video,
			output_languages: ['German'],
			mode: 'precision',
			title: 'Webinar',
			input_language: 'English',
			enable_caption: true,
			enable_dynamic_duration: false,
			disable_music_track: true,
			enable_speech_enhancement: true,
			enable_watermark: true,
			keep_the_same_format: true,
			translate_audio_only: true,
			speaker_num: 2,
			start_time: 1.5,
			end_time: 9,
			fps_mode: 'passthrough',
			folder_id: 'folder_1',
			brand_glossary_id: 'glossary_1',
			audio: { type: 'url', url: 'https://example.com/german.mp3' },
			srt: { type: 'asset_id', asset_id: 'asset_srt' },
			srt_role: 'output',
			stock_voice_config: { use_stock_voice: true, preferred_stock_voice_ids: ['voice_1', 'voice_2'] },
			callback_id: 'row-7',
			callback_url: 'https://example.com/hook',
		});
	});

	it('asks for stock voices where some are preferred', async () => {
		expect((await bodyFor({ options: { preferredStockVoiceIds: expression(['v1', { voice_id: 'v2' }]) } })).stock_voice_config).toEqual({
			use_stock_voice: true,
			preferred_stock_voice_ids: ['v1', 'v2'],
		});
	});

	it('takes what HeyGen adds', async () => {
		sandbox().configure({ contract: 'open' });
		const options = { additionalFields: '{"voice_style":"calm"}' };
		const parameters = into('German', { mode: 'byName', modeName: 'ultra', waitForCompletion: false, options });
		await create(parameters);
		expect(bodiesOf(sandbox(), TRANSLATE)).toEqual([expect.objectContaining({ mode: 'ultra', voice_style: 'calm' })]);
	});

	it('has the assets that binary fields became, each uploaded once for all languages', async () => {
		const words = await itemWith({ words: subtitlesFile });
		const film = await itemWithFilm();
		const parameters = into('German, French, Italian', { videoSource: 'binary', options: { srt: { file: { binaryPropertyName: 'words' } } } });
		const result = await create(parameters, { items: [{ json: {}, binary: { ...words.binary, ...film.binary } }] });
		expect(result.originalError).toBeUndefined();
		const [one, two, ...others] = sandbox().assets;
		expect(others).toEqual([]);
		const ids = [one?.id, two?.id];
		for (const body of bodiesOf(sandbox(), TRANSLATE)) {
			expect(ids).toContain((body.video as IDataObject).asset_id);
			expect(ids).toContain((body.srt as IDataObject).asset_id);
		}
		expect(countOf(sandbox(), TRANSLATE)).toBe(3);
	});

	it('has subtitles that were given as text as a file in the form of SRT', async () => {
		const text = '\ufeff1\r\n0:00:00.500 --> 00:00:02,000  \r\nHello\r\n\r\n\r\n';
		const body = await bodyFor({ options: { srt: { content: { text: expression(text) } } } });
		const [asset] = sandbox().assets;
		expect(body.srt).toEqual({ type: 'asset_id', asset_id: asset?.id });
		const [upload] = requestsTo(sandbox(), 'POST /v3/assets');
		expect(JSON.stringify(upload?.body)).toContain('subtitles.srt');
	});
});

describe('languages', () => {
	it.each<[string, unknown, string[]]>([
		['picked from the list', ['Spanish (Spain)', 'French'], ['Spanish (Spain)', 'French']],
		['a list of an expression', expression(['German', 'Chinese (Mandarin, Simplified)']), ['German', 'Chinese (Mandarin, Simplified)']],
		['text with commas', 'German, Chinese (Mandarin, Simplified),Spanish (Mexico)', ['German', 'Chinese (Mandarin, Simplified)', 'Spanish (Mexico)']],
		['JSON text', '["pt-BR", "Hindi"]', ['Portuguese (Brazil)', 'Hindi']],
		['codes', 'es, pt-BR, zh-CN', ['Spanish', 'Portuguese (Brazil)', 'Chinese (Mandarin, Simplified)']],
		['other letters', ' german ,SPANISH (spain)', ['German', 'Spanish (Spain)']],
		['lines of a model', '- German\n- French (Canada)', ['German', 'French (Canada)']],
		['records', expression([{ language: 'German' }, { name: 'Italian' }]), ['German', 'Italian']],
		['one twice', ['German', 'German', 'de'], ['German']],
	])('may be %s', async (_what, given, expected) => {
		const result = await create(into(given, { waitForCompletion: false }));
		expect(result.originalError).toBeUndefined();
		expect(bodiesOf(sandbox(), TRANSLATE).map(({ output_languages: languages }) => languages).sort()).toEqual(expected.map((name) => [name]).sort());
		expect(languagesOf(result)).toEqual(expected);
	});

	it('are read once for all items of a run', async () => {
		const items = Array.from({ length: 20 }, () => ({ json: {} }));
		await create(into('German, fr', { waitForCompletion: false }), { items });
		expect(countOf(sandbox(), LIST_LANGUAGES)).toBe(1);
		expect(countOf(sandbox(), TRANSLATE)).toBe(40);
	});

	it.each([403, 404, 500])('go to HeyGen as they are where its list answers with %d', async (status) => {
		sandbox().addFault({ match: { path: '/v3/video-translations/languages' }, kind: 'status', status, times: -1 });
		const result = await create(into('German, Spanish (Spain)', { waitForCompletion: false }));
		expect(languagesOf(result)).toEqual(['German', 'Spanish (Spain)']);
		// A code is no name, and nobody can tell which one it stands for.
		const codes = await create(into('German, es', { waitForCompletion: false }));
		expect(errorOf(codes).message).toContain('Could not list the languages');
		expect(countOf(sandbox(), TRANSLATE)).toBe(2);
	});

	it('are those of the account', async () => {
		sandbox().configure({ languages: ['Spanish (Spain)', 'Spanish (Mexico)', 'English'] });
		const result = await create(into('es', { waitForCompletion: false }));
		expect(errorOf(result).message).toContain("holds the code \"es\", which names several of HeyGen's languages: Spanish (Spain) and Spanish (Mexico)");
		expect(countOf(sandbox(), TRANSLATE)).toBe(0);
		expect(languagesOf(await create(into('es-MX', { waitForCompletion: false })))).toEqual(['Spanish (Mexico)']);
	});
});

describe('the result', () => {
	it('is an item for each language, in the order asked, with its file', async () => {
		const items = [{ json: { row: 1 } }, { json: { row: 2 } }];
		const result = await create(into(expression(TWELVE), { download: ['video', 'audio'] }), { items });
		expect(result.originalError).toBeUndefined();
		expect(languagesOf(result)).toEqual([...TWELVE, ...TWELVE]);
		expect(linksOf(result)).toEqual([...TWELVE.map(() => 0), ...TWELVE.map(() => 1)]);
		const ids = jsonOf(result).map(({ video_translation_id: id }) => String(id));
		expect(new Set(ids).size).toBe(24);
		const [slug] = ['chinese-mandarin-simplified'];
		expect(itemAt(result, 11).binary?.video?.fileName).toBe(`${ids[11]}-${slug}.mp4`);
		expect(itemAt(result, 11).binary?.audio?.fileName).toBe(`${ids[11]}-${slug}.mp3`);
		for (const [index, item] of (result.outputs[0] ?? []).entries()) {
			expect((await readBinary(item, 'video')).byteLength).toBeGreaterThan(0);
			expect(item.binary?.video?.fileName?.startsWith(String(ids[index]))).toBe(true);
			expect(String(item.json.video_url)).toContain(String(ids[index]));
		}
	});

	it('has subtitles when captions were asked for, of its own language', async () => {
		const options = { enableCaption: true };
		const result = await create(into('Italian, Polish', { download: ['subtitles', 'webVtt'], options }));
		for (const [index, language] of ['Italian', 'Polish'].entries()) {
			const item = itemAt(result, index);
			expect(Object.keys(item.binary ?? {})).toEqual(['subtitles', 'webVtt']);
			expect((await readBinary(item, 'subtitles')).toString()).toContain(language);
			expect((await readBinary(item, 'webVtt')).toString()).toMatch(/^WEBVTT/);
		}
	});

	it('without waiting is the id and the language, after one request for each', async () => {
		const result = await create(into('Italian, Polish', { waitForCompletion: false }));
		expect(jsonOf(result)).toEqual([
			{ video_translation_id: expect.any(String), output_language: 'Italian' },
			{ video_translation_id: expect.any(String), output_language: 'Polish' },
		]);
		expect(countOf(sandbox(), GET_TRANSLATION)).toBe(0);
	});

	it('says what it costs, for each language', async () => {
		const result = await create(into('Italian, Polish', { mode: 'precision', options: { startTime: 2, endTime: 8 } }));
		for (const { cost, estimate } of jsonOf(result)) {
			expect(estimate).toMatchObject({ credits: 0.6, seconds: 6, formula: 'the part of the video from 2 s to 8 s; 6 s × 0.1 credits a second = 0.6 credits' });
			expect(cost).toMatchObject({ credits: 0.6, seconds: 6 });
		}
	});

	it('of a film that goes up is estimated by its length', async () => {
		const result = await create(into('Italian', { videoSource: 'binary' }), { items: [await itemWithFilm()] });
		expect(onlyOf(result).estimate).toMatchObject({ formula: expect.stringMatching(/^the length of the video; \d/) });
	});

	it('tells the language also where HeyGen forgets it', async () => {
		sandbox().addFault({ match: { path: '/v3/video-translations/{video_translation_id}' }, kind: 'answer', body: { data: { id: 'x', status: 'completed', video_url: `${sandbox().url}/files/x.mp4` } }, times: -1 });
		expect(languagesOf(await create(into('Italian, Polish')))).toEqual(['Italian', 'Polish']);
	});

	it('of the sound alone is the sound, where there is no film', async () => {
		const options = { translateAudioOnly: true, title: '[audio-file-only]' };
		const result = await create(into('Italian', { download: ['video'], options }));
		const { json, binary } = itemAt(result);
		expect(Object.keys(binary ?? {})).toEqual(['audio']);
		expect(json).not.toHaveProperty('missing_files');
		expect(json).toMatchObject({ status: 'completed', video_url: null });
	});

	it.each([null, undefined, true])('of the sound alone is the sound, though its record says %s of that', async (flag) => {
		const known = onlyOf(await create(into('Italian', { download: ['audio'] })));
		const body = { data: { id: 'x', status: 'completed', audio_url: known.audio_url, video_url: null, translate_audio_only: flag, output_language: 'Italian' } };
		sandbox().addFault({ match: { path: '/v3/video-translations/{video_translation_id}' }, kind: 'answer', body, times: -1 });
		const item = itemAt(await create(into('Italian', { download: ['video'], options: { translateAudioOnly: true } })));
		expect(Object.keys(item.binary ?? {})).toEqual(['audio']);
	});
});

describe('odd answers', () => {
	it.each<[string, unknown]>([
		['names', ['German', 'French']],
		['records', { languages: [{ name: 'German' }, { name: 'French' }] }],
		['numbered fields', { languages: { 0: 'German', 1: 'French' } }],
		['items', { items: [{ output_language: 'German' }, { language_name: 'French' }] }],
	])('list languages as %s', async (_what, data) => {
		sandbox().addFault({ match: { path: '/v3/video-translations/languages' }, kind: 'answer', body: { data } });
		expect(languagesOf(await create(into('de, fr', { waitForCompletion: false })))).toEqual(['German', 'French']);
	});

	it('take a name of HeyGen as one, whatever is in it', async () => {
		const name = 'Serbian and Croatian; Latin';
		sandbox().configure({ languages: [name, 'Serbian', 'Croatian'] });
		expect(languagesOf(await create(into([name], { waitForCompletion: false })))).toEqual([name]);
		expect(languagesOf(await create(into(name, { waitForCompletion: false })))).toEqual([name]);
	});

	it.each<[string, unknown, string[]]>([
		['two ids', { video_translation_ids: ['a1', 'b2'] }, ['a1', 'b2']],
		['a list of an id', ['r1'], ['r1']],
	])('to a create that hold %s are no one job, and name what may be', async (_what, data, ids) => {
		sandbox().addFault({ match: { method: 'POST', path: '/v3/video-translations' }, kind: 'answer', body: { data }, times: -1 });
		const result = await create(into('German', { waitForCompletion: false }), { onError: 'continueErrorOutput' });
		expect(jsonOf(result, 1)[0]?.details).toMatchObject({ mayExist: true, ids });
	});

	it('to a create may hold a record', async () => {
		const data = { video_translation_ids: [{ video_translation_id: 't1' }] };
		sandbox().addFault({ match: { method: 'POST', path: '/v3/video-translations' }, kind: 'answer', body: { data } });
		expect(onlyOf(await create(into('German', { waitForCompletion: false }))).video_translation_id).toBe('t1');
	});
});
