/** Texts that are longer than HeyGen takes: refused, divided into parts, or joined again. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { read } from '../../unit/support/mediaSamples';
import { readBinary } from '../support/harness';
import { bodiesOf, countOf, errorOf, itemAt, jsonOf, linksOf, useSandbox, useTiming } from '../support/support';
import { expectInOrder, longText, onlyItem, refusedSpeech, speak, SPEAK, spoken, srtIn, vttIn, wordsOf } from '../support/speechSupport';

useTiming();
const sandbox = useSandbox();

const split = (more: INodeParameters = {}): INodeParameters => ({ splitLongText: true, ...more });
const ALL = ['audio', 'subtitles', 'webVtt'];
/** The texts that were sent, in the order of the whole text. */
const sentTexts = (text: string): string[] => bodiesOf(sandbox(), SPEAK).map((body) => String(body.text)).sort((a, b) => text.indexOf(a) - text.indexOf(b));
const wordsIn = (item: INodeExecutionData) => item.json.word_timestamps as Array<{ word: string; start: number; end: number }>;
/** A text of so many characters. */
const exactly = (length: number, sign = 'a'): string => `${'Word '.repeat(600)}${sign.repeat(length - 3_001)}.`;

describe('a text that is too long', () => {
	it('is refused, naming the field, its length and the option, before anything is asked for', async () => {
		const text = longText(6_000);
		const error = await refusedSpeech(sandbox(), { text });
		expect(error.message).toBe(`'Text' may have at most 5,000 characters, but has ${text.length.toLocaleString('en-US')}: shorten it, or switch the option 'Split Long Text' on (item 1)`);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('of SSML is not sent to an option that would refuse it as well', async () => {
		const text = `<speak>${longText(5_000)}</speak>`;
		for (const options of [{}, split()]) {
			const error = await refusedSpeech(sandbox(), { text, options });
			expect(error.message).toMatch(/^'Text' is SSML of 5,\d{3} characters, which cannot be split: a tag may reach from one part into the next \(item 1\)$/);
			expect(error.description).toContain('Divide it yourself, into one item each, or leave the tags out.');
		}
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it.each([
		['5,000 characters', 5_000, 'a'],
		['5,000 characters, many of them emoji', 5_000, '😀'],
	])('is not one of %s', async (_what, length, sign) => {
		const text = exactly(length, sign);
		expect([...text]).toHaveLength(length);
		for (const options of [{}, split()]) {
			const { json } = onlyItem(await speak(sandbox(), { text, download: [], options }));
			if (options.splitLongText === true) expect(json).toMatchObject({ part: 1, parts: 1 });
			else expect(json).not.toHaveProperty('parts');
		}
		expect(sentTexts(text)).toEqual([text, text]);
	});

	it.each([
		['5,001 characters', 'a'],
		['5,001 characters, many of them emoji', '😀'],
	])('is one of %s', async (_what, sign) => {
		const text = exactly(5_001, sign);
		expect((await refusedSpeech(sandbox(), { text })).message).toContain('may have at most 5,000 characters, but has 5,001:');
		const result = await speak(sandbox(), { text, download: [], options: split() });
		expect(jsonOf(result).length).toBeGreaterThan(1);
		expect(sentTexts(text).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
		for (const part of sentTexts(text)) expect([...part].length).toBeLessThanOrEqual(5_000);
	});

	it('is one of SSML with 5,000 characters, where all of them are tags and words', async () => {
		const text = `<speak>${'a'.repeat(4_985)}</speak>`;
		expect(text).toHaveLength(5_000);
		expect((await speak(sandbox(), { text, download: [] })).originalError).toBeUndefined();
		expect((await refusedSpeech(sandbox(), { text: text.replace('aa', 'aaa') })).message).toContain('SSML of 5,001 characters');
	});
});

describe('Split Long Text', () => {
	it('makes an item of each part, in their order', async () => {
		const text = longText(12_000);
		const items = [{ json: { text } }, { json: { text: 'A short one.' } }];
		const result = await speak(sandbox(), { text: '={{ $json.text }}', download: ALL, options: split() }, { items });
		const [first, second, third, other] = result.outputs[0] as INodeExecutionData[];
		expect(jsonOf(result).map(({ part, parts }) => [part, parts])).toEqual([[1, 3], [2, 3], [3, 3], [1, 1]]);
		expect(linksOf(result)).toEqual([0, 0, 0, 1]);
		const spokenWords = [first, second, third].flatMap((item) => wordsIn(item as INodeExecutionData).map(({ word }) => word));
		expect(spokenWords.join(' ')).toBe(text);
		for (const item of [first, second, third] as INodeExecutionData[]) {
			// Each begins with a sentence and at its own zero.
			expect(wordsIn(item)[0]).toMatchObject({ word: 'This', start: 0 });
			const cues = await srtIn(item);
			expect(wordsOf(cues)).toBe(wordsIn(item).map(({ word }) => word).join(' '));
			expect(await vttIn(item)).toEqual(cues);
			expect(read(await readBinary(item, 'audio')).facts.seconds).toBeCloseTo(item.json.duration as number, 1);
		}
		expect(first?.binary?.audio?.fileName).toBe('speech-1.mp3');
		expect(third?.binary?.subtitles?.fileName).toBe('speech-3.srt');
		expect(wordsIn(other as INodeExecutionData)).toHaveLength(3);
		expect(spoken(sandbox())).toBe(4);
	});

	it('costs what the parts cost', async () => {
		const result = await speak(sandbox(), { text: longText(12_000), download: [], options: split() });
		const costs = jsonOf(result).map(({ cost, duration }) => [(cost as IDataObject).seconds, duration]);
		for (const [seconds, duration] of costs) expect(seconds).toBe(duration);
	});

	it('speaks 100,000 characters', async () => {
		const text = longText(100_000);
		const result = await speak(sandbox(), { text, download: [], options: split() });
		expect(jsonOf(result).map(({ part }) => part)).toEqual(Array.from({ length: jsonOf(result).length }, (_, at) => at + 1));
		expect(sentTexts(text).join(' ')).toBe(text);
		expect(jsonOf(result).length).toBeLessThan(23);
	});

	it('tries all parts out without sending one', async () => {
		const text = longText(12_000);
		for (const joinParts of [false, true]) {
			const result = await speak(sandbox(), { text, options: split({ dryRun: true, joinParts }) });
			expect(jsonOf(result).map(({ dryRun, body }) => [dryRun, (body as IDataObject).text])).toEqual(
				jsonOf(result).map((_json, at) => [true, (jsonOf(result)[at]?.body as IDataObject).text]),
			);
			expect(jsonOf(result).map(({ body }) => (body as IDataObject).text).join(' ')).toBe(text);
		}
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('makes parts of the same words once, and charges them once', async () => {
		const sentence = `${'Again and again '.repeat(300)}it is the same.`;
		const result = await speak(sandbox(), { text: `${sentence}\n\n${sentence}`, options: split() });
		expect(jsonOf(result).map(({ part }) => part)).toEqual([1, 2]);
		expect(spoken(sandbox())).toBe(1);
		const [one, two] = jsonOf(result).map(({ cost }) => cost as IDataObject);
		expect(one?.credits).toBeGreaterThan(0);
		expect(two).toMatchObject({ credits: 0 });
	});

	it('checks all parts before the first is paid for', async () => {
		const error = errorOf(await speak(sandbox(), { text: longText(12_000), options: split({ maximumCostPerRun: 0.0001 }) }));
		expect(error.message).toContain('Maximum Cost per Run');
		expect(countOf(sandbox(), SPEAK)).toBe(0);
	});
});

describe('Join Parts', () => {
	it('needs the parts', async () => {
		const error = await refusedSpeech(sandbox(), { options: { splitLongText: '={{ false }}', joinParts: true } });
		expect(error.message).toBe("'Join Parts' needs 'Split Long Text' (item 1)");
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it.each(['mp3', 'wav'] as const)('makes one %s of them, whose words and subtitles go on from part to part', async (speechFormat) => {
		sandbox().configure({ speechFormat });
		const text = longText(14_000);
		const item = onlyItem(await speak(sandbox(), { text, download: ALL, options: split({ joinParts: true }) }));
		const { duration, joined_parts: parts } = item.json as { duration: number; joined_parts: IDataObject[] };
		expect(parts).toHaveLength(3);
		expect(item.binary?.audio).toMatchObject({ fileName: `speech.${speechFormat}`, fileExtension: speechFormat });
		const { facts } = read(await readBinary(item, 'audio'));
		expect(facts.seconds).toBeCloseTo(duration, 1);
		expect(duration).toBeCloseTo(parts.reduce((sum, part) => sum + Number(part.duration), 0), 0);
		const lengths = await Promise.all(
			parts.map(async ({ audio_url: url }) => read(Buffer.from(await (await fetch(String(url))).arrayBuffer())).facts.seconds as number),
		);
		expect(facts.seconds).toBeCloseTo(lengths.reduce((sum, length) => sum + length, 0), speechFormat === 'mp3' ? 1 : 6);
		const words = wordsIn(item);
		expect(words.map(({ word }) => word).join(' ')).toBe(text);
		for (const [at, { start, end }] of words.entries()) {
			expect(end).toBeGreaterThan(start);
			expect(start).toBeGreaterThanOrEqual(words[at - 1]?.end ?? 0);
		}
		expect(words.at(-1)?.end).toBeLessThanOrEqual(duration + 0.03);
		const cues = await srtIn(item);
		expect(wordsOf(cues)).toBe(text);
		expectInOrder(cues);
		expect(await vttIn(item)).toEqual(cues);
	});

	it('sums up what the parts cost, and says of each where it is', async () => {
		const { json } = onlyItem(await speak(sandbox(), { text: longText(9_000), options: split({ joinParts: true }) }));
		const parts = json.joined_parts as IDataObject[];
		const seconds = parts.reduce((sum, { duration }) => sum + Number(duration), 0);
		expect(json.cost).toMatchObject({ seconds: expect.closeTo(seconds, 6) as number, credits: expect.closeTo(seconds * 0.000333, 9) as number });
		for (const { audio_url: url } of parts) expect((await fetch(String(url))).status).toBe(200);
		expect(json.voice_preview_url).toContain('/files/previews/');
		expect(json).not.toHaveProperty('audio_url');
	});

	it('of a text that is short enough puts out the one part', async () => {
		const item = onlyItem(await speak(sandbox(), { options: split({ joinParts: true }), download: ALL }));
		expect(item.binary?.audio?.fileName).toBe('speech.mp3');
		expect(item.json.duration).toBeCloseTo((item.json.joined_parts as IDataObject[])[0]?.duration as number, 1);
		expect(wordsOf(await srtIn(item))).toContain('thank you for your order');
	});

	it('of SSML, which is one part, has subtitles without tags', async () => {
		const text = '<speak>Tom &amp; Jerry<break time="1s"/> are here.</speak>';
		const item = onlyItem(await speak(sandbox(), { text, options: split({ joinParts: true }), download: ALL }));
		expect(wordsOf(await srtIn(item))).toBe('Tom & Jerry are here.');
		expect(item.binary?.audio?.fileName).toBe('speech.mp3');
	});

	it('without the sound goes by the lengths that HeyGen tells, and fetches nothing', async () => {
		const text = longText(9_000);
		const item = onlyItem(await speak(sandbox(), { text, options: split({ joinParts: true }), download: ['subtitles'] }));
		const cues = await srtIn(item);
		expect(wordsOf(cues)).toBe(text);
		expectInOrder(cues);
		expect(sandbox().stats().fileRequests).toBe(0);
	});

	it('says which files are missing where HeyGen tells no words', async () => {
		sandbox().configure({ speechWords: 'none' });
		const item = onlyItem(await speak(sandbox(), { text: longText(9_000), options: split({ joinParts: true }), download: ALL }));
		expect(item.json).toMatchObject({ missing_files: ['subtitles', 'webVtt'], word_timestamps: null });
		expect(Object.keys(item.binary ?? {})).toEqual(['audio']);
	});

	it('joins each of several items by itself', async () => {
		const items = [1, 2].map((row) => ({ json: { text: longText(7_000 + row) } }));
		const result = await speak(sandbox(), { text: '={{ $json.text }}', options: split({ joinParts: true }) }, { items });
		expect(linksOf(result)).toEqual([0, 1]);
		expect(itemAt(result, 1).binary?.audio?.fileName).toBe('speech.mp3');
	});
});
