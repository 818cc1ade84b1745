import { MP3, WAV } from '../../../nodes/heygen/formats';
import { type Answer, speechRequest } from '../../sandbox/client';
import { FRAME_SECONDS, silentFile } from '../../sandbox/files/silence';
import { read } from '../support/mediaSamples';
import { useOwnSandbox } from '../support/ownSandbox';

/** Speaks on starfish, but keeps no pauses. */
const RESTLESS_VOICE = 'voice_farid_calm_006';
/** Speaks on elevenlabs only. */
const OTHER_VOICE = 'voice_chiara_calm_003';

const { sandbox, client } = useOwnSandbox();

const post = (fields: Record<string, unknown> = {}, options = {}): Promise<Answer> =>
	client().post('/v3/voices/speech', speechRequest(fields), options);
const speak = (fields: Record<string, unknown> = {}): Promise<Answer['body']> => client().createSpeech(fields);
const speakSsml = (text: string, fields: Record<string, unknown> = {}): Promise<Answer['body']> =>
	speak({ text, input_type: 'ssml', ...fields });

/** What the reader of the package takes a file for, and how long it plays. */
function heard(bytes: Buffer): { format: unknown; seconds: number } {
	const { format, facts } = read(bytes, 4_096);
	return { format, seconds: facts.seconds ?? NaN };
}

async function download(url: string): Promise<{ type: string | null; bytes: Buffer }> {
	const file = await fetch(url);
	return { type: file.headers.get('content-type'), bytes: Buffer.from(await file.arrayBuffer()) };
}

const wordsIn = (speech: { word_timestamps: Array<{ word: string }> }): string[] =>
	speech.word_timestamps.map(({ word }) => word);

describe('a speech', () => {
	it('tells when each word is spoken', async () => {
		const speech = await speak({ text: ' Hello there,\n Ada. ' });
		expect(speech.word_timestamps).toEqual([
			{ word: 'Hello', start: 0, end: 0.3 },
			{ word: 'there,', start: 0.35, end: 0.65 },
			{ word: 'Ada.', start: 0.7, end: 1 },
		]);
		expect([speech.duration, typeof speech.request_id]).toEqual([1, 'string']);
	});

	it('is shorter the faster it is', async () => {
		expect([(await speak({ speed: 2 })).duration, (await speak({ speed: 0.5 })).duration]).toEqual([0.5, 2]);
	});

	it.each(['text', 'ssml'])('has a file of its length (%s)', async (type) => {
		const speech = await speak({ text: 'word '.repeat(100), input_type: type, speed: 1.1 });
		const { type: contentType, bytes } = await download(speech.audio_url);
		const { format, seconds } = heard(bytes);
		expect([contentType, format]).toEqual(['audio/mpeg', MP3]);
		expect(Math.abs(seconds - speech.duration)).toBeLessThanOrEqual(FRAME_SECONDS);
	});

	it('is a WAV when told so', async () => {
		sandbox().configure({ speechFormat: 'wav' });
		const speech = await speak();
		const { type, bytes } = await download(speech.audio_url);
		const { format, seconds } = heard(bytes);
		expect([type, format]).toEqual(['audio/wav', WAV]);
		expect(seconds).toBeCloseTo(speech.duration, 4);
		// What was made before stays as it is.
		sandbox().configure({ speechFormat: 'mp3' });
		expect((await download(speech.audio_url)).type).toBe('audio/wav');
	});

	it('is kept behind a signed link until a reset', async () => {
		const { audio_url: url } = await speak();
		expect((await fetch(url.replace(/Signature=\w/, 'Signature=x'))).status).toBe(403);
		sandbox().reset();
		expect((await fetch(url)).status).toBe(404);
	});

	it('is counted and needs credit', async () => {
		await speak();
		const poor = await post({}, { key: 'sandbox-key-no-credit' });
		expect([poor.status, poor.body.error.code]).toEqual([402, 'insufficient_credit']);
		expect(sandbox().stats().jobsCreated.speech).toBe(1);
	});
});

describe('words', () => {
	const text = '"Hello", she said – twice.';

	it.each([
		['punctuated', ['"Hello",', 'she', 'said', '–', 'twice.']],
		['bare', ['Hello', 'she', 'said', 'twice']],
		['marked', ['<start>', '"Hello",', 'she', 'said', '–', 'twice.', '<end>']],
	] as const)('are told %s', async (speechWords, words) => {
		sandbox().configure({ speechWords });
		expect(wordsIn(await speak({ text }))).toEqual(words);
	});

	it('lie between marks at both ends', async () => {
		sandbox().configure({ speechWords: 'marked' });
		const { word_timestamps: words, duration } = await speak({ text });
		expect([words[0], words.at(-1)]).toEqual([
			{ word: '<start>', start: 0, end: 0 },
			{ word: '<end>', start: duration, end: duration },
		]);
	});

	it('may not be told', async () => {
		sandbox().configure({ speechWords: 'none' });
		expect((await speak()).word_timestamps).toBeNull();
	});

	it('of a plain text are its words, whatever they look like', async () => {
		expect(wordsIn(await speak({ text: '<break/> a<b & c' }))).toEqual(['<break/>', 'a<b', '&', 'c']);
	});
});

describe('SSML', () => {
	it.each([
		['<speak>Hello <emphasis level="strong">dear</emphasis> Ada.</speak>', ['Hello', 'dear', 'Ada.']],
		['Hello Ada', ['Hello', 'Ada']],
		['<p>One</p><p>Two</p>', ['One', 'Two']],
		['one<break/>two', ['one', 'two']],
		['un<b>break</b>able', ['unbreakable']],
		['<?xml version="1.0"?><speak><!-- no <word> -->R&amp;D &lt;3 &#233;t&#xE9;</speak>', ['R&D', '<3', 'été']],
		["<say-as interpret-as='a > b' >x</say-as >", ['x']],
	])('%s is spoken without its tags', async (text, words) => {
		expect(wordsIn(await speakSsml(text))).toEqual(words);
	});

	it.each([
		['500ms', 1.15],
		['1.5s', 2.15],
		['.25s', 0.9],
		['100s', 10.65],
		['soon', 1.15],
	])('pauses for %s', async (time, duration) => {
		const speech = await speakSsml(`Hello <break time="${time}"/> Ada`);
		expect(speech.duration).toBe(duration);
		expect(speech.word_timestamps[1].end).toBe(duration);
	});

	it('pauses as long at any speed, and behind the last word', async () => {
		expect((await speakSsml('Hello <break time="1s"></break>', { speed: 2 })).duration).toBe(1.15);
	});

	it('does not pause with a voice that cannot', async () => {
		expect((await speakSsml('Hello <break time="1s"/> Ada', { voice_id: RESTLESS_VOICE })).duration).toBe(0.65);
	});

	it.each([
		'<speak>Hello',
		'Hello</speak>',
		'<a><b>x</a></b>',
		'a < b',
		'R&D',
		'&nope; x',
		'&#x110000; x',
		'<a href=b>x</a>',
		'<a title="R&D">x</a>',
		'x</a b="c">',
		'<!-- x',
		'<speak><break time="1s"/></speak>',
		'<speak> </speak>',
	])('%s is refused', async (text) => {
		const { status, body } = await post({ text, input_type: 'ssml' });
		expect([status, body.error.code, body.error.param]).toEqual([400, 'tts_text_invalid', 'text']);
		expect(sandbox().stats().jobsCreated.speech).toBe(0);
	});
});

describe('a request', () => {
	it.each([
		[{ text: ' \n\t' }, 400, 'tts_text_invalid', 'text'],
		[{ voice_id: 'nobody' }, 404, 'voice_not_found', 'voice_id'],
		[{ voice_id: OTHER_VOICE }, 400, 'voice_unavailable', 'voice_id'],
		[{ text: '' }, 400, 'invalid_parameter', 'text'],
		[{ text: 'x'.repeat(5_001) }, 400, 'invalid_parameter', 'text'],
		[{ speed: 2.1 }, 400, 'invalid_parameter', 'speed'],
		[{ input_type: 'morse' }, 400, 'invalid_parameter', 'input_type'],
		[{ voice_id: undefined }, 400, 'invalid_parameter', 'voice_id'],
	])('is refused (%#)', async (fields, status, code, param) => {
		const answer = await post(fields);
		expect([answer.status, answer.body.error.code, answer.body.error.param]).toEqual([status, code, param]);
	});

	it('may name any voice when ids are not checked', async () => {
		sandbox().configure({ validateIds: false, jobSeconds: 1_000 });
		expect((await speakSsml('Hello <break time="1s"/>', { voice_id: 'nobody' })).duration).toBe(1.3);
		expect((await post({ voice_id: OTHER_VOICE, language: 'en', locale: 'en-GB' })).status).toBe(200);
		const early = await client().cloneVoice();
		expect((await post({ voice_id: early })).body.error.code).toBe('voice_unavailable');
	});
});

describe('silence', () => {
	const bytesOf = (format: 'mp3' | 'wav', seconds: number): Buffer => {
		const { chunks, length } = silentFile(format, seconds);
		const bytes = Buffer.concat([...chunks()]);
		expect(bytes.length).toBe(length);
		return bytes;
	};

	it.each([0, 0.01, 0.3, 1, 59.999, 1_800])('of %d s is read as long as it is', (seconds) => {
		const { format, seconds: read } = heard(bytesOf('mp3', seconds));
		expect(format).toBe(MP3);
		expect(Math.abs(read - seconds)).toBeLessThanOrEqual(FRAME_SECONDS);
		expect(heard(bytesOf('wav', seconds))).toEqual({ format: WAV, seconds: expect.closeTo(seconds, 4) });
	});
});
