/** Proofreads: the words of a translation are made, corrected by people, and become a video. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { readBinary, startNode } from '../support/harness';
import { itemWith } from '../support/assetSupport';
import { FILM_URL, itemWithFilm } from '../support/postSupport';
import { bodiesOf, countOf, endOf, errorOf, expression, FAST_JOBS, itemAt, jsonOf, requestsTo, useSandbox, useTiming } from '../support/support';
import { GENERATE, languagesOf, onlyOf, PROOFREAD, proofreadInto, PUT_SUBTITLES, runTranslation, translationRun } from '../support/translationSupport';

useTiming({ catchUpTime: 1_500 });
const sandbox = useSandbox(FAST_JOBS);

const run = async (operation: string, parameters: INodeParameters, options: Parameters<typeof runTranslation>[4] = {}) =>
	await runTranslation(sandbox(), 'proofread', operation, parameters, options);

/** A proofread whose subtitles are there. @returns its ID */
async function madeProofread(language = 'Spanish (Spain)'): Promise<string> {
	return String(onlyOf(await run('create', proofreadInto(language))).proofread_id);
}

const SRT = '1\n00:00:00,000 --> 00:00:02,000\nHola\n\n2\n00:00:02,000 --> 00:00:04,000\nAdiós\n';

/** What the proofread's subtitles are now. */
async function subtitlesOf(proofreadId: string): Promise<string> {
	return String(onlyOf(await run('getSubtitles', { proofreadId })).subtitles);
}

describe('Create', () => {
	it('has every option in its place, for each language', async () => {
		sandbox().configure({ validateAssets: false });
		const options = {
			brandGlossaryId: 'glossary_1',
			disableMusicTrack: true,
			enableSpeechEnhancement: true,
			enableVideoStretching: true,
			folderId: 'folder_1',
			keepTheSameFormat: true,
			speakerNum: 3,
			srt: { address: { url: 'https://example.com/words.srt' } },
		};
		await run('create', proofreadInto('German, French', { mode: 'precision', waitForCompletion: false, options }));
		const shared = {
			video: { type: 'url', url: FILM_URL },
			title: 'Webinar',
			mode: 'precision',
			brand_glossary_id: 'glossary_1',
			disable_music_track: true,
			enable_speech_enhancement: true,
			enable_video_stretching: true,
			folder_id: 'folder_1',
			keep_the_same_format: true,
			speaker_num: 3,
			srt: { type: 'url', url: 'https://example.com/words.srt' },
		};
		expect(bodiesOf(sandbox(), PROOFREAD)).toEqual([
			{ ...shared, output_languages: ['German'] },
			{ ...shared, output_languages: ['French'] },
		]);
	});

	it('waits until the subtitles are there, and hands on an item for each language', async () => {
		const result = await run('create', proofreadInto('German, French, Italian', { videoSource: 'binary' }), { items: [await itemWithFilm()] });
		expect(languagesOf(result)).toEqual(['German', 'French', 'Italian']);
		for (const item of jsonOf(result)) {
			expect(item).toMatchObject({ proofread_id: expect.any(String), status: 'completed', title: 'Webinar' });
			expect(item.estimate).toMatchObject({ formula: expect.stringContaining('0.00833 credits a second') });
		}
	});

	it('makes a failed one anew, and that one only', async () => {
		const parameters = proofreadInto('German, French', { title: '[fail-language-once:French]' });
		const result = await run('create', parameters, { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } as never);
		expect(languagesOf(result)).toEqual(['German', 'French']);
		expect(sandbox().stats().jobsCreated.proofread).toBe(3);
	});

	it.each<[string, INodeParameters, string]>([
		['no title', { title: "={{ '' }}" }, "'Title' is empty"],
		['no film', { videoUrl: "={{ '' }}" }, "'Video URL' is empty"],
		['no language', { outputLanguages: '={{ [] }}' }, "'Output Language Names or IDs' is empty"],
		['a number of speakers', { options: { speakerNum: 0.5 } }, "'Number of Speakers' must be a whole number of 1 or more, but it is \"0.5\""],
	])('is refused without a request for %s', async (_what, more, message) => {
		const error = errorOf(await run('create', proofreadInto('German', more)));
		expect(error.message).toContain(message);
		expect(sandbox().requests()).toEqual([]);
	});
});

describe('Get Subtitles', () => {
	it('hands them on as a file and as text', async () => {
		const proofreadId = await madeProofread();
		const result = await run('getSubtitles', { proofreadId, download: ['subtitles', 'originalSubtitles'] });
		const item = itemAt(result);
		expect(item.json).toEqual({
			proofread_id: proofreadId,
			srt_url: expect.stringContaining('http'),
			original_srt_url: expect.stringContaining('http'),
			subtitles: expect.stringContaining('[Spanish (Spain)]'),
			original_subtitles: expect.stringContaining('1\n00:00:0'),
			title: 'Webinar',
			output_language: 'Spanish (Spain)',
			input_language: 'English',
		});
		expect(item.binary?.subtitles).toMatchObject({ fileName: `${proofreadId}-spanish-spain.srt`, mimeType: 'application/x-subrip' });
		expect(item.binary?.originalSubtitles?.fileName).toBe(`${proofreadId}-spanish-spain-original.srt`);
		expect((await readBinary(item, 'subtitles')).toString()).toBe(item.json.subtitles);
	});

	it('fetches what is wanted only', async () => {
		const proofreadId = await madeProofread();
		const item = itemAt(await run('getSubtitles', { proofreadId, download: [] }));
		expect(item.json).toMatchObject({ proofread_id: proofreadId, subtitles: expect.stringContaining('First line') });
		expect(item.json).not.toHaveProperty('original_subtitles');
		expect(item.binary).toBeUndefined();
	});

	it.each([0, 1])('takes a fresh address when the one it was given has expired (%d)', async (index) => {
		const proofreadId = await madeProofread();
		const field = ['srt_url', 'original_srt_url'][index] as string;
		sandbox().addFault({ match: { path: '/files' }, kind: 'expired_url' });
		const item = onlyOf(await run('getSubtitles', { proofreadId, download: [['subtitles', 'originalSubtitles'][index]] as never }));
		expect(String(item[field])).toContain('http');
	});

	it('says of one that is not ready what to do', async () => {
		sandbox().configure({ jobSeconds: 30 });
		const { proofread_id: proofreadId } = onlyOf(await run('create', proofreadInto('German', { waitForCompletion: false })));
		const error = errorOf(await run('getSubtitles', { proofreadId: String(proofreadId) }));
		expect(error.message).toContain(`Could not get the subtitles of the proofread ${String(proofreadId)}`);
		expect(error.description).toContain("Wait for them with the operation 'Wait Until Finished'");
	});

	it('hands on what is no SRT as a file alone', async () => {
		const proofreadId = await madeProofread();
		const body = { data: { srt_url: `${sandbox().url}/v3/users/me`, original_srt_url: null } };
		sandbox().addFault({ match: { path: '/v3/video-translations/proofreads/{proofread_id}/srt' }, kind: 'answer', body, times: -1 });
		const result = await run('getSubtitles', { proofreadId });
		expect(jsonOf(result)[0]?.subtitles ?? null).toBeNull();
	});

	it('says of an unknown one that it is unknown', async () => {
		expect(errorOf(await run('getSubtitles', { proofreadId: 'none' })).httpCode).toBe('404');
	});
});

describe('Update Subtitles', () => {
	it.each<[string, INodeParameters]>([
		['text', { subtitlesText: SRT }],
		['text with the line ends of forms', { subtitlesText: SRT.replace(/\n/g, '\r\n') }],
		['text that a model has fenced', { subtitlesText: `\`\`\`srt\n${SRT}\`\`\`` }],
		['an expression', { subtitlesText: expression(SRT) }],
	])('takes %s', async (_what, parameters) => {
		const proofreadId = await madeProofread();
		const item = onlyOf(await run('updateSubtitles', { proofreadId, ...parameters }));
		expect(item).toMatchObject({ proofread_id: proofreadId, status: 'completed' });
		expect(await subtitlesOf(proofreadId)).toBe(SRT);
	});

	it.each<[string, Buffer]>([
		['a file', Buffer.from(SRT)],
		['a file with a byte order mark and line ends of Windows', Buffer.from(`\ufeff${SRT.replace(/\n/g, '\r\n')}`)],
	])('takes %s', async (_what, content) => {
		const proofreadId = await madeProofread();
		const item = await itemWith({ data: { fileName: 'words.srt', mimeType: 'application/x-subrip', content } });
		expect(onlyOf(await run('updateSubtitles', { proofreadId, subtitlesSource: 'binary' }, { items: [item] }))).toMatchObject({ status: 'completed' });
		expect(await subtitlesOf(proofreadId)).toBe(SRT);
	});

	it.each<[string, INodeParameters, IDataObject]>([
		['an address', { subtitlesSource: 'url', subtitlesUrl: 'https://example.com/words.srt' }, { type: 'url', url: 'https://example.com/words.srt' }],
	])('takes %s', async (_what, parameters, srt) => {
		const proofreadId = await madeProofread();
		onlyOf(await run('updateSubtitles', { proofreadId, ...parameters }));
		expect(bodiesOf(sandbox(), PUT_SUBTITLES)).toEqual([{ srt }]);
	});

	it('takes an asset', async () => {
		const proofreadId = await madeProofread();
		onlyOf(await run('updateSubtitles', { proofreadId, subtitlesText: SRT }));
		const [asset] = sandbox().assets;
		const other = await madeProofread('German');
		onlyOf(await run('updateSubtitles', { proofreadId: other, subtitlesSource: 'assetId', subtitlesAssetId: String(asset?.id) }));
		expect(await subtitlesOf(other)).toBe(SRT);
	});

	it('takes what HeyGen has made, as it is', async () => {
		const proofreadId = await madeProofread();
		const text = await subtitlesOf(proofreadId);
		onlyOf(await run('updateSubtitles', { proofreadId, subtitlesText: text }));
		expect(await subtitlesOf(proofreadId)).toBe(text);
	});

	it.each<[string, string, string]>([
		['no text', ' ', "'Subtitles Text' is empty"],
		['plain text', 'Hola', "'Subtitles Text' is no SRT"],
		['WebVTT', 'WEBVTT\n\n00:00.000 --> 00:01.000\nHola', "'Subtitles Text' is WebVTT, but HeyGen takes SRT here"],
		['a number twice', SRT.replace('\n2\n', '\n1\n'), "'Subtitles Text' has the number 1 twice"],
		['an overlap', SRT.replace('00:00:02,000 --> 00:00:04', '00:00:01,000 --> 00:00:04'), "'Subtitles Text' has cues that overlap"],
		['a time that is none', SRT.replace('00:00:04,000', '00:00:64,000'), "'Subtitles Text' has the time 00:00:64,000 in line 6"],
		['an end before the start', SRT.replace('00:00:04,000', '00:00:01,000'), "'Subtitles Text' has"],
		['a cue without words', SRT.replace('Adiós', ''), "'Subtitles Text' has no text in cue 2"],
		['an arrow of HTML', SRT.replace('-->', '--&gt;'), "'Subtitles Text' has the arrow as HTML writes it"],
		['letters that are lost', SRT.replace('ó', '\ufffd'), "'Subtitles Text' "],
	])('refuses %s before it sends anything', async (_what, subtitlesText, message) => {
		const error = errorOf(await run('updateSubtitles', { proofreadId: 'p1', subtitlesText: expression(subtitlesText) }));
		expect(error.message).toContain(message);
		expect(sandbox().requests()).toEqual([]);
	});

	it.each<[string, Buffer, string, string]>([
		['UTF-16', Buffer.from(`\ufeff${SRT}`, 'utf16le'), 'words.srt', 'is UTF-16, but must be UTF-8'],
		['Latin letters of Windows', Buffer.from(SRT, 'latin1'), 'words.srt', 'windows1252'],
		['another kind of subtitles', Buffer.from('WEBVTT\n\n00:00.000 --> 00:01.000\nHola'), 'words.vtt', 'is a WebVTT subtitle file, but HeyGen takes only SRT here'],
		['an empty file', Buffer.from(''), 'words.srt', 'is empty'],
		['a page', Buffer.from('<!DOCTYPE html><html></html>'), 'words.srt', 'is a web page, but HeyGen takes only SRT here'],
		['an overlap', Buffer.from(SRT.replace('00:00:02,000 --> 00:00:04', '00:00:01,000 --> 00:00:04')), 'words.srt', 'has cues that overlap'],
	])('refuses a file with %s before it sends anything', async (_what, content, fileName, message) => {
		const item = await itemWith({ data: { fileName, mimeType: '', content } });
		const error = errorOf(await run('updateSubtitles', { proofreadId: 'p1', subtitlesSource: 'binary' }, { items: [item] }));
		expect(error.message).toContain(`'Subtitles Binary Field': "${fileName}" ${message.startsWith('is') || message.startsWith('has') ? message : ''}`);
		expect(`${error.message} ${String(error.description)}`).toContain(message);
		expect(sandbox().requests()).toEqual([]);
	});

	it('leaves overlaps to HeyGen where the check is switched off, but no other encoding', async () => {
		const proofreadId = await madeProofread();
		const text = SRT.replace('00:00:02,000 --> 00:00:04', '00:00:01,000 --> 00:00:04');
		onlyOf(await run('updateSubtitles', { proofreadId, subtitlesText: text, options: { checkSubtitles: false } }));
		expect(await subtitlesOf(proofreadId)).toBe(text);
		const error = errorOf(await run('updateSubtitles', { proofreadId, subtitlesText: 'Hola', options: { checkSubtitles: false } }));
		expect(error.message).toContain('is no SRT');
	});

	it('is repeated after a lost answer', async () => {
		const proofreadId = await madeProofread();
		sandbox().addFault({ match: { method: 'PUT', path: '/v3/video-translations/proofreads/{proofread_id}/srt' }, kind: 'drop_after', times: 2 });
		onlyOf(await run('updateSubtitles', { proofreadId, subtitlesText: SRT }));
		expect(countOf(sandbox(), PUT_SUBTITLES)).toBe(3);
		expect(await subtitlesOf(proofreadId)).toBe(SRT);
		expect(countOf(sandbox(), 'POST /v3/assets')).toBe(1);
	});
});

describe('Generate Video', () => {
	it('sends nothing that was not asked for', async () => {
		const proofreadId = await madeProofread();
		await run('generate', { proofreadId, waitForCompletion: false, requestOptions: { sendCallbackId: false } });
		expect(bodiesOf(sandbox(), GENERATE)).toEqual([{}]);
	});

	it('makes the video of what the subtitles are now', async () => {
		const proofreadId = await madeProofread();
		onlyOf(await run('updateSubtitles', { proofreadId, subtitlesText: SRT }));
		const result = await run('generate', { proofreadId, download: ['video', 'subtitles'], options: { captions: true } });
		const item = itemAt(result);
		expect(item.json).toMatchObject({ video_translation_id: expect.any(String), status: 'completed', output_language: 'Spanish (Spain)', proofread_id: proofreadId });
		expect(Object.keys(item.binary ?? {})).toEqual(['video', 'subtitles']);
		expect((await readBinary(item, 'subtitles')).toString()).toContain('Adiós');
		expect(item.binary?.video?.fileName).toBe(`${String(item.json.video_translation_id)}-spanish-spain.mp4`);
	});

	it.each(['translating', 'in_review'])('does not take a proofread in the state %s for finished', async (status) => {
		const body = { data: { id: 'p', status, output_language: 'German' } };
		sandbox().addFault({ match: { method: 'GET', path: '/v3/video-translations/proofreads/{proofread_id}' }, kind: 'answer', body, times: -1 });
		const error = errorOf(await run('create', proofreadInto('German', { options: { timeoutMinutes: 0.05 } })));
		expect(error.message).toContain('was not finished within 0.05 minutes');
	});

	it('has every option in its place', async () => {
		const proofreadId = await madeProofread();
		const options = { captions: true, translateAudioOnly: true };
		await run('generate', { proofreadId, waitForCompletion: false, options, requestOptions: { callbackId: 'c', callbackUrl: 'https://example.com/hook' } });
		expect(bodiesOf(sandbox(), GENERATE)).toEqual([{ captions: true, translate_audio_only: true, callback_id: 'c', callback_url: 'https://example.com/hook' }]);
	});

	it('makes one video, however often the answer gets lost', async () => {
		const proofreadId = await madeProofread();
		sandbox().addFault({ match: { method: 'POST', path: '/v3/video-translations/proofreads/{proofread_id}/generate' }, kind: 'drop_after', times: 2 });
		onlyOf(await run('generate', { proofreadId, download: [] }));
		expect(sandbox().stats().jobsCreated.translation).toBe(1);
		expect(new Set(requestsTo(sandbox(), GENERATE).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
	});

	it('makes another video in another round', async () => {
		const proofreadId = await madeProofread();
		for (let round = 0; round < 2; round++) onlyOf(await run('generate', { proofreadId, download: [] }));
		expect(sandbox().stats().jobsCreated.translation).toBe(2);
	});

	it('is not asked for subtitles that nothing makes', async () => {
		const error = errorOf(await run('generate', { proofreadId: 'p1', download: ['subtitles'] }));
		expect(error.message).toContain("'Download' asks for the file 'Subtitles', but 'Captions' is off");
		expect(sandbox().requests()).toEqual([]);
	});

	it('counts as Precision unless the mode is told', async () => {
		const proofreadId = await madeProofread();
		const unknown = onlyOf(await run('generate', { proofreadId, download: [], options: { expectedSeconds: 10 } }));
		expect(unknown.estimate).toMatchObject({ credits: 1, formula: expect.stringContaining('the price of Precision is taken') });
		const told = onlyOf(await run('generate', { proofreadId, download: [], options: { expectedSeconds: 10, proofreadMode: 'speed' } }));
		expect(told.estimate).toMatchObject({ credits: 0.5 });
		expect(told.cost).toMatchObject({ credits: 0.5, seconds: 10 });
	});

	it('names what is started when it stops', async () => {
		const proofreadId = await madeProofread();
		sandbox().configure({ jobSeconds: 30 });
		const result = await endOf(startNode(translationRun(sandbox(), 'proofread', 'generate', { proofreadId, download: [], options: { timeoutMinutes: 0 } })));
		expect(errorOf(result).message).toMatch(/^The translation \w+ was not finished within 0 minutes/);
	});
});
