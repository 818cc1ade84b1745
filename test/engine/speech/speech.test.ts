/** Speech: what comes out of one text, and what HeyGen is asked for. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { read } from '../../unit/support/mediaSamples';
import { readBinary } from '../support/harness';
import { bodiesOf, countOf, errorOf, expression, FISH_VOICE, itemAt, jsonOf, linksOf, locator, requestsTo, useSandbox, useTiming, VOICE } from '../support/support';
import {
	detailsOf,
	expectInOrder,
	GET_VOICE,
	onlyItem,
	OWN_VOICE,
	PAUSELESS_VOICE,
	speak,
	SPEAK,
	spoken,
	srtIn,
	TEXT,
	vttIn,
	wordsOf,
} from '../support/speechSupport';

useTiming();
const sandbox = useSandbox();

const option = (name: string, value: unknown): INodeParameters => ({ options: { [name]: value } as INodeParameters });
const ALL = { download: ['audio', 'subtitles', 'webVtt'] };
/** The only body that was sent. */
const sentBody = (): IDataObject => {
	const bodies = bodiesOf(sandbox(), SPEAK);
	expect(bodies).toHaveLength(1);
	return bodies[0] as IDataObject;
};

describe('the sound', () => {
	it('is in the binary field audio, as HeyGen serves it', async () => {
		const item = onlyItem(await speak(sandbox()));
		const { audio_url: url, duration } = item.json as { audio_url: string; duration: number };
		const served = Buffer.from(await (await fetch(url)).arrayBuffer());
		expect(Object.keys(item.binary ?? {})).toEqual(['audio']);
		expect(item.binary?.audio).toMatchObject({ fileName: 'speech.mp3', fileExtension: 'mp3', mimeType: 'audio/mpeg', fileType: 'audio' });
		expect((await readBinary(item, 'audio')).equals(served)).toBe(true);
		expect(read(served).facts.seconds).toBeCloseTo(duration, 1);
		expect(sandbox().stats().keysSeenOnFileHost).toBe(0);
		expect(item.pairedItem).toEqual({ item: 0 });
	});

	it('is a WAV where HeyGen makes one', async () => {
		sandbox().configure({ speechFormat: 'wav' });
		const item = onlyItem(await speak(sandbox()));
		expect(item.binary?.audio).toMatchObject({ fileName: 'speech.wav', fileExtension: 'wav', mimeType: 'audio/wav' });
		expect(read(await readBinary(item, 'audio')).facts.seconds).toBeCloseTo(item.json.duration as number, 3);
	});

	it('is not fetched unless it is wanted', async () => {
		const item = onlyItem(await speak(sandbox(), { download: [] }));
		expect(item.binary).toBeUndefined();
		expect(item.json.audio_url).toMatch(/^http/);
		expect(sandbox().stats().fileRequests).toBe(0);
	});

	it('comes with its words, its voice, its cost and the preview of the voice', async () => {
		const { json } = onlyItem(await speak(sandbox()));
		const { duration } = json as { duration: number };
		expect(Object.keys(json).sort()).toEqual(['audio_url', 'cost', 'duration', 'estimate', 'request_id', 'voice_id', 'voice_preview_url', 'word_timestamps']);
		expect(json.voice_id).toBe(VOICE);
		expect(json.voice_preview_url).toContain(`/files/previews/${VOICE}.mp3`);
		const words = json.word_timestamps as Array<{ word: string; start: number; end: number }>;
		expect(words.map(({ word }) => word).join(' ')).toBe(TEXT);
		expect(words[0]).toEqual({ word: 'Hi', start: 0, end: 0.3 });
		expect(words.at(-1)?.end).toBe(duration);
		// About 0.02 credits a minute.
		expect(json.cost).toMatchObject({ seconds: duration, credits: expect.closeTo((duration / 60) * 0.02, 4) as number });
		expect(json.estimate).toMatchObject({ seconds: expect.any(Number) as number, credits: expect.any(Number) as number });
	});

	it('is one for each item', async () => {
		const items = ['One', 'Two', 'Three'].map((text) => ({ json: { text } }));
		const result = await speak(sandbox(), { text: '={{ $json.text }}' }, { items });
		expect(linksOf(result)).toEqual([0, 1, 2]);
		expect(jsonOf(result).map(({ word_timestamps: words }) => (words as IDataObject[])[0]?.word)).toEqual(['One', 'Two', 'Three']);
		// Its record is read once for all.
		expect(countOf(sandbox(), GET_VOICE)).toBe(1);
	});
});

describe('subtitles', () => {
	const LONG = 'Hello & welcome, dear <customers>! We have a dozen new products for you, and every one of them is cheaper than ever before. Ask us: is 3 < 4? It is.';

	it.each(['punctuated', 'bare', 'marked'] as const)('say the text as it was written, though HeyGen tells words %s', async (speechWords) => {
		sandbox().configure({ speechWords });
		const item = onlyItem(await speak(sandbox(), { ...ALL, text: LONG, ...option('inputType', 'text') }));
		const [srt, vtt] = [await srtIn(item), await vttIn(item)];
		expect(wordsOf(srt)).toBe(LONG);
		expect(vtt).toEqual(srt);
		expectInOrder(srt);
		for (const { text } of srt) for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(42);
		expect(item.binary?.subtitles).toMatchObject({ fileName: 'speech.srt', mimeType: 'application/x-subrip' });
		expect(item.binary?.webVtt).toMatchObject({ fileName: 'speech.vtt', mimeType: 'text/vtt' });
		expect(item.json).not.toHaveProperty('missing_files');
	});

	it('are named as missing where HeyGen tells no words, and the sound is there', async () => {
		sandbox().configure({ speechWords: 'none' });
		const item = onlyItem(await speak(sandbox(), ALL));
		expect(Object.keys(item.binary ?? {})).toEqual(['audio']);
		expect(item.json).toMatchObject({ missing_files: ['subtitles', 'webVtt'], word_timestamps: null });
	});

	it('of SSML have its words, and no tags', async () => {
		const text = '<speak>Tom &amp; Jerry say <sub alias="World Wide Web Consortium">W3C</sub>.<break time="2s"/> <emphasis>Really</emphasis>!</speak>';
		const item = onlyItem(await speak(sandbox(), { ...ALL, text }));
		const cues = await srtIn(item);
		expect(wordsOf(cues)).not.toMatch(/[<>]|&amp;/);
		expect(wordsOf(cues)).toMatch(/^Tom & Jerry say .* Really!$/);
		expectInOrder(cues);
	});
});

describe('Input Type', () => {
	it.each<[string, string, string]>([
		['a comparison', 'Is a < b and b > c?', 'text'],
		['a heart', 'I <3 you', 'text'],
		['HTML', 'A <b>bold</b> word<br>and a <a href="https://example.com">link</a>', 'text'],
		['a placeholder', 'Dear <Name>, hello', 'text'],
		['SSML', '<speak>Hello <break time="500ms"/> Ada</speak>', 'ssml'],
		['SSML without a root', 'Hello <break time="500ms"/> Ada', 'ssml'],
		['prosody', '<prosody rate="slow">Hello</prosody>', 'ssml'],
	])('follows the text: %s', async (_what, text, inputType) => {
		expect((await speak(sandbox(), { text, download: [] })).originalError).toBeUndefined();
		expect(sentBody()).toEqual({ voice_id: VOICE, text, input_type: inputType });
	});

	it('is what the option says', async () => {
		const text = 'Write <break time="1s"/> for a pause';
		const item = onlyItem(await speak(sandbox(), { text, ...ALL, ...option('inputType', 'text') }));
		expect(sentBody()).toMatchObject({ text, input_type: 'text' });
		expect(wordsOf(await srtIn(item))).toBe(text);
	});

	it('is what the additional fields say, which no option contradicts', async () => {
		expect((await speak(sandbox(), { text: 'Hello', download: [], ...option('additionalFields', '{"input_type": "ssml"}') })).originalError).toBeUndefined();
		expect(sentBody()).toMatchObject({ input_type: 'ssml' });
	});
});

describe('options', () => {
	it('go into the request', async () => {
		sandbox().configure({ contract: 'open' });
		const options = { speed: '1.5', locale: 'en_gb', language: ' English ', additionalFields: '{"pitch": 3}' };
		const { json } = onlyItem(await speak(sandbox(), { options }));
		expect(sentBody()).toEqual({ voice_id: VOICE, text: TEXT, input_type: 'text', speed: 1.5, locale: 'en-GB', language: 'English', pitch: 3 });
		expect(json.duration).toBeLessThan(3);
	});

	it('that are empty are not sent', async () => {
		const options = { speed: '={{ undefined }}', locale: '', language: '={{ null }}', inputType: '={{ "" }}', additionalFields: '' };
		expect((await speak(sandbox(), { download: [], options })).originalError).toBeUndefined();
		expect(sentBody()).toEqual({ voice_id: VOICE, text: TEXT, input_type: 'text' });
	});
});

describe('the voice', () => {
	it.each<[string, INodeParameters[string]]>([
		['its ID', locator(VOICE)],
		['its record', { ...locator(''), value: expression({ voice_id: VOICE, name: 'Ann' }) }],
		['the output of a clone', { ...locator(''), value: `={{ { json: { voice_id: '${VOICE}', status: 'complete' } } }}` }],
		['its page', locator(`https://app.heygen.com/voices/${VOICE}`)],
		['an expression in place of the picker', expression(VOICE)],
	])('is given by %s', async (_how, voiceId) => {
		expect((await speak(sandbox(), { voiceId, download: [] })).originalError).toBeUndefined();
		expect(sentBody()).toMatchObject({ voice_id: VOICE });
	});

	it('that cannot speak without a video is refused in words that help', async () => {
		const error = errorOf(await speak(sandbox(), { voiceId: locator(FISH_VOICE) }));
		expect(error.message).toContain(`Voice ${FISH_VOICE} does not run on starfish`);
		expect(error.description).toContain('Starfish');
		expect(detailsOf(error)).toMatchObject({ httpCode: '400', code: 'voice_unavailable', param: 'voice_id' });
		expect(detailsOf(error)).not.toHaveProperty('mayExist');
		expect(spoken(sandbox())).toBe(0);
	});

	it('that there is not is refused', async () => {
		const error = errorOf(await speak(sandbox(), { voiceId: locator('voice_nobody') }));
		expect(error.message).toContain('Voice voice_nobody not found');
		expect(detailsOf(error)).toMatchObject({ httpCode: '404', code: 'voice_not_found' });
	});

	it('that makes no pauses is refused before it is paid for, where the text has some', async () => {
		const text = 'Bonjour <break time="1s"/> Ada';
		const error = errorOf(await speak(sandbox(), { voiceId: locator(PAUSELESS_VOICE), text }));
		expect(error.message).toBe("'Text' has <break> tags, but the voice \"Farid – Calm\" makes no pauses (item 1)");
		expect(error.description).toContain("'Check Before Paying'");
		expect(countOf(sandbox(), SPEAK)).toBe(0);
	});

	it('is left to HeyGen with Check Before Paying off', async () => {
		const text = 'Bonjour <break time="1s"/> Ada';
		const { json } = onlyItem(await speak(sandbox(), { voiceId: locator(PAUSELESS_VOICE), text, ...option('checkBeforePaying', false) }));
		expect(json).not.toHaveProperty('voice_preview_url');
		expect(countOf(sandbox(), GET_VOICE)).toBe(0);
		expect(spoken(sandbox())).toBe(1);
	});

	it('may speak tags of pauses as plain text without making any', async () => {
		const text = 'Write <break time="1s"/> for a pause';
		expect((await speak(sandbox(), { voiceId: locator(PAUSELESS_VOICE), text, ...option('inputType', 'text') })).originalError).toBeUndefined();
	});

	it("may be the account's own", async () => {
		expect(itemAt(await speak(sandbox(), { voiceId: locator(OWN_VOICE) })).json.voice_id).toBe(OWN_VOICE);
	});

	it('whose record cannot be read speaks all the same', async () => {
		sandbox().addFault({ match: { path: '/v3/voices/{voice_id}' }, kind: 'status', status: 403, times: -1 });
		const { json } = onlyItem(await speak(sandbox()));
		expect(json).not.toHaveProperty('voice_preview_url');
		expect(requestsTo(sandbox(), SPEAK)).toHaveLength(1);
	});
});
