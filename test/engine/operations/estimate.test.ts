/** What jobs cost before they are ordered: by seconds, scripts and files, and all together. */
import type { INodeParameters } from 'n8n-workflow';
import { sampleFile } from '../../sandbox';
import { box, bytes, ftyp, mvhd, oggPage, opusHead, tkhd, trak, webmFile } from '../../unit/support/mediaSamples';
import { itemWith } from '../support/assetSupport';
import { pdf, wav } from '../support/sampleFiles';
import { errorOf, itemAt, jsonOf, linksOf, useSandbox, useTiming } from '../support/support';
import { runCost } from '../support/usageSupport';

useTiming();
const sandbox = useSandbox();

const bySeconds = (more: INodeParameters = {}): INodeParameters => ({ durationSource: 'seconds', durationSeconds: '={{ $json.seconds }}', ...more });
const rows = (...seconds: unknown[]) => seconds.map((value) => ({ seconds: value as string }));

afterEach(() => {
	// An estimate needs no request.
	expect(sandbox().requests()).toEqual([]);
});

describe('an estimate of seconds', () => {
	it('says what it was made from', async () => {
		expect(jsonOf(await runCost(sandbox(), 'estimate', bySeconds({ durationSeconds: 60 })))).toEqual([
			{
				...{ credits: 6, seconds: 60, usd: null, formula: '60 s × 0.1 credits a second = 6 credits', jobKind: 'avatarVideo' },
				...{ rate: 0.1, rateUnit: 'second', count: 1, rateSource: "HeyGen's Enterprise Pricing, Video Generation — Avatar IV & V" },
			},
		]);
	});

	it('is made for every item, with the item\'s own kind', async () => {
		const items = [
			{ kind: 'translationPrecision', seconds: '12.5' },
			{ kind: 'Avatar Video (Avatar III)', seconds: '1:30' },
			{ kind: 'hyperframes', seconds: 60 },
			{ kind: 'speech', seconds: '00:01:00' },
		];
		const result = await runCost(sandbox(), 'estimate', bySeconds({ jobKind: '={{ $json.kind }}' }), items);
		expect(linksOf(result)).toEqual([0, 1, 2, 3]);
		expect(jsonOf(result).map(({ jobKind, credits, seconds, rateUnit }) => [jobKind, credits, seconds, rateUnit])).toEqual([
			['translationPrecision', 1.25, 12.5, 'second'],
			['avatarVideoIii', 0.297, 90, 'second'],
			['hyperframes', 0.1, 60, 'minute'],
			['speech', 0.01998, 60, 'second'],
		]);
	});

	it('takes the rate and the price of the node, of the credential, or of HeyGen', async () => {
		const rates = '{"avatarVideo": 0.08, "usdPerCredit": 0.5}';
		const run = async (options: INodeParameters, credentials = {}) => {
			const [record] = jsonOf(await runCost(sandbox(), 'estimate', bySeconds({ durationSeconds: 100, options }), undefined, { credentials }));
			return [record?.credits, record?.usd, record?.rateSource];
		};
		expect(await run({}, { rates })).toEqual([8, 4, 'given in the credential']);
		expect(await run({ rate: 0.05, usdPerCredit: '0.25' }, { rates })).toEqual([5, 1.25, 'given in the node']);
		expect(await run({ rate: ' ', usdPerCredit: '' })).toEqual([10, null, expect.stringContaining('Enterprise Pricing')]);
		expect(await run({ count: '3' })).toEqual([30, null, expect.anything()]);
	});

	it.each<[INodeParameters, number]>([
		[{}, 0.1],
		[{ resolution: '4K' }, 0.15],
		[{ frameRate: 60 }, 0.2],
		[{ resolution: '4k', frameRate: '60' }, 0.3],
		[{ frameRate: 30 }, 0.1],
		[{ frameRate: 31 }, 0.2],
		[{ resolution: '', frameRate: '' }, 0.1],
	])('of HyperFrames depends on %j', async (quality, credits) => {
		const parameters = bySeconds({ jobKind: 'hyperframes', durationSeconds: 60, ...quality });
		expect(jsonOf(await runCost(sandbox(), 'estimate', parameters))).toMatchObject([{ credits, rateUnit: 'minute' }]);
	});
});

describe('an estimate of what HeyGen publishes no price for', () => {
	const UNPUBLISHED: Array<[jobKind: string, what: string]> = [
		['clipping', 'clippings'],
		['backgroundRemoval', 'background removals'],
		['modelVideo', 'videos from prompts'],
	];

	it.each(UNPUBLISHED)('of %s needs a rate', async (jobKind, what) => {
		const error = errorOf(await runCost(sandbox(), 'estimate', bySeconds({ jobKind, durationSeconds: 60 })));
		expect(error.message).toBe(`'Rate (Credits per Unit)' is empty, and HeyGen publishes no price for ${what} (item 1)`);
		expect(error.description).toContain(`name the price in the credential's 'Rates (JSON)', such as {"${jobKind}": 0.05}`);
	});

	it.each(UNPUBLISHED)('of %s takes that of the node, or of the credential', async (jobKind) => {
		const run = async (options: INodeParameters) =>
			jsonOf(await runCost(sandbox(), 'estimate', bySeconds({ jobKind, durationSeconds: 60, options }), undefined, { credentials: { rates: { [jobKind]: 0.05 } } }));
		expect(await run({})).toMatchObject([{ credits: 3, seconds: 60, rate: 0.05, rateUnit: 'second', rateSource: 'given in the credential', jobKind }]);
		expect(await run({ rate: '0.1' })).toMatchObject([{ credits: 6, rate: 0.1, rateSource: 'given in the node' }]);
		expect(await run({ rate: 0 })).toMatchObject([{ credits: 0, seconds: 60 }]);
	});

	it('is not in a total, and leaves the others in it', async () => {
		const items = [{ kind: 'clipping', seconds: 60 }, { kind: 'avatarVideo', seconds: 10 }];
		const parameters = bySeconds({ jobKind: '={{ $json.kind }}', output: 'total' });
		const result = await runCost(sandbox(), 'estimate', parameters, items, { onError: 'continueErrorOutput' });
		expect(jsonOf(result)).toMatchObject([{ credits: 1, items: 1, byKind: { avatarVideo: 1 } }]);
		expect(jsonOf(result, 1)[0]?.error).toContain('publishes no price for clippings');
	});
});

describe('an estimate of filler words', () => {
	it.each<[unknown, number, number, string]>([
		['20', 20, 0.3, '20 s, charged as 60 s / 60 × 0.3 credits a minute = 0.3 credits'],
		['1:30', 90, 0.45, '90 s / 60 × 0.3 credits a minute = 0.45 credits'],
	])('in %j charges a minute at least, and keeps the length', async (given, seconds, credits, formula) => {
		const parameters = bySeconds({ jobKind: 'fillerWordRemoval' });
		expect(jsonOf(await runCost(sandbox(), 'estimate', parameters, rows(given)))).toMatchObject([
			{ seconds, credits, formula, rateUnit: 'minute', rateSource: "HeyGen's self-serve prices of August 2026, Filler Word Removal" },
		]);
	});

	it('adds up least charges in a total', async () => {
		const parameters = bySeconds({ jobKind: 'fillerWordRemoval', output: 'total' });
		expect(jsonOf(await runCost(sandbox(), 'estimate', parameters, rows(10, 20, 120)))).toMatchObject([{ credits: 1.2, seconds: 150 }]);
	});
});

describe('what is charged by the call', () => {
	it.each([['cinematicVideo', 7], ['digitalTwin', 1], ['photoAvatar', 1]])('%s needs no length', async (jobKind, credits) => {
		expect(jsonOf(await runCost(sandbox(), 'estimate', { jobKind }))).toMatchObject([{ credits, seconds: null, rateUnit: 'call' }]);
	});

	it('needs none either when an expression says so', async () => {
		const items = [{ kind: 'cinematicVideo' }, { kind: 'Digital Twin' }];
		for (const more of [{}, { durationSource: 'seconds', durationSeconds: '={{ $json.nothing }}' }, { durationSource: 'binary' }]) {
			const result = await runCost(sandbox(), 'estimate', { jobKind: '={{ $json.kind }}', options: { count: 2 }, ...more }, items);
			expect(jsonOf(result)).toMatchObject([{ credits: 14, seconds: null, count: 2 }, { credits: 2, seconds: null }]);
		}
	});
});

describe('an estimate of a script', () => {
	const script = Array.from({ length: 30 }, () => 'one two three four five').join(' ');

	it('says what it takes the script for', async () => {
		const [record] = jsonOf(await runCost(sandbox(), 'estimate', { script, language: 'en' }));
		expect(record).toMatchObject({ language: 'en', words: expect.any(Number) as unknown, perMinute: expect.any(Number) as unknown, pauseSeconds: 0 });
		expect(record?.credits).toBeCloseTo(Number(record?.seconds) * 0.1, 6);
		expect(record?.formula).toMatch(/words at [\d.]+ a minute = [\d.]+ s; [\d.]+ s × 0\.1 credits a second = [\d.]+ credits$/);
	});

	it('takes pace and speed as they are given', async () => {
		const run = async (options: INodeParameters) => {
			const [record] = jsonOf(await runCost(sandbox(), 'estimate', { script, language: 'English', options }));
			return Number(record?.seconds);
		};
		const usual = await run({ wordsPerMinute: 150 });
		expect(await run({ wordsPerMinute: 300 })).toBeCloseTo(usual / 2, 1);
		expect(await run({ wordsPerMinute: '150', speed: '2' })).toBeCloseTo(usual / 2, 1);
	});

	it('counts the characters of languages that are counted so', async () => {
		const [record] = jsonOf(await runCost(sandbox(), 'estimate', { script: 'こんにちは、世界。今日はいい天気ですね。', options: { charactersPerMinute: 300 } }));
		expect(record).toMatchObject({ language: 'ja', characters: expect.any(Number) as unknown, perMinute: 300 });
		expect(record).not.toHaveProperty('words');
	});
});

describe('an estimate of a file', () => {
	const mp4 = (seconds: number, brand?: string) => bytes(ftyp(brand), box('moov', mvhd(seconds * 1_000, 1_000), trak(tkhd(1_280, 720))));
	const opus = bytes(oggPage(0, opusHead(312)), oggPage(480_312, Buffer.alloc(90)));

	it.each<[string, string, Buffer, number]>([
		['speech.wav', 'audio/wav', wav(90), 90],
		['speech.mp3', 'audio/mpeg', sampleFile('mp3'), 1.045],
		['film.mp4', 'video/mp4', sampleFile('mp4'), 2],
		['film.webm', 'video/webm', sampleFile('webm'), 2],
		// HeyGen takes none of the rest for upload, and none longer than ten minutes for speech.
		['long.mp4', 'video/mp4', mp4(7_200), 7_200],
		['note.m4a', 'audio/mp4', mp4(61, 'M4A '), 61],
		['film.mov', 'video/quicktime', mp4(3, 'qt  '), 3],
		['voice.ogg', 'audio/ogg', opus, 10],
		['misnamed.png', 'image/png', wav(5), 5],
		['nameless', '', wav(5), 5],
	])('%s takes its length', async (fileName, mimeType, content, seconds) => {
		const item = await itemWith({ data: { fileName, mimeType, content } });
		const [record] = jsonOf(await runCost(sandbox(), 'estimate', { jobKind: 'lipsyncSpeed', durationSource: 'binary' }, [item]));
		expect(record).toMatchObject({ seconds, credits: Math.round(seconds * 50_000) / 1_000_000, usd: null });
	});

	it.each<[string, Buffer, RegExp]>([
		['page.pdf', pdf(), /^'Input Binary Field': "page\.pdf" does not say in its header how long it plays/],
		['browser.webm', webmFile({ width: 'unknown' }), /^'Input Binary Field': "browser\.webm" does not say in its header how long it plays/],
		['empty.mp3', Buffer.alloc(0), /^'Input Binary Field': "empty\.mp3" is empty/],
	])('%s has none', async (fileName, content, message) => {
		const item = await itemWith({ data: { fileName, mimeType: '', content } });
		const error = errorOf(await runCost(sandbox(), 'estimate', { durationSource: 'binary' }, [item]));
		expect(error.message).toMatch(message);
		if (content.length > 0) expect(error.description).toMatch(/^Give the duration in seconds instead/);
	});

	it('of another field, and of many items', async () => {
		const items = await Promise.all(
			[1, 2, 3].map(async (seconds) => await itemWith({ voice: { fileName: `${seconds}.wav`, mimeType: 'audio/wav', content: wav(seconds) } })),
		);
		const parameters = { durationSource: 'binary', binaryPropertyName: 'voice', output: 'total' };
		expect(jsonOf(await runCost(sandbox(), 'estimate', parameters, items))).toMatchObject([{ seconds: 6, credits: 0.6, items: 3 }]);
		const error = errorOf(await runCost(sandbox(), 'estimate', { durationSource: 'binary' }, items));
		expect(error.message).toBe(`'Input Binary Field': the item has no binary field "data" (item 1)`);
	});
});

describe('a total', () => {
	it('is one item that is linked to all', async () => {
		const result = await runCost(sandbox(), 'estimate', bySeconds({ output: 'total' }), rows(0.1, 0.2, 0.3));
		expect(result.outputs[0]).toHaveLength(1);
		expect(itemAt(result)).toEqual({
			json: { credits: 0.06, seconds: 0.6, usd: null, items: 3, formula: '0.01 + 0.02 + 0.03 = 0.06 credits', byKind: { avatarVideo: 0.06 } },
			pairedItem: [{ item: 0 }, { item: 1 }, { item: 2 }],
		});
	});

	it.each([undefined, { batch: { batchSize: 3, batchInterval: 20 } }])('of many items is that of each, with Batching %j', async (batching) => {
		const items = rows(...Array.from({ length: 10 }, (_, row) => (row + 1) / 10));
		const requestOptions = batching === undefined ? {} : { requestOptions: { batching } };
		const kinds = { jobKind: '={{ $itemIndex % 2 ? "speech" : "avatarVideo" }}', options: { usdPerCredit: 0.5 }, ...requestOptions };
		const each = jsonOf(await runCost(sandbox(), 'estimate', bySeconds(kinds), items));
		const [total, ...others] = jsonOf(await runCost(sandbox(), 'estimate', bySeconds({ ...kinds, output: 'total' }), items));
		expect(others).toEqual([]);
		const millionths = each.reduce((sum, { credits }) => sum + Math.round(Number(credits) * 1e9), 0);
		expect(total).toMatchObject({ credits: millionths / 1e9, usd: millionths / 2e9, seconds: 5.5, items: 10 });
		expect(total?.byKind).toEqual({ avatarVideo: 0.25, speech: 0.000999 });
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)('leaves out what has failed, with %s', async (onError) => {
		const result = await runCost(sandbox(), 'estimate', bySeconds({ output: 'total' }), rows('1,000', 10, -1, 20), { onError });
		const all = result.outputs.flat();
		const errors = all.filter(({ json }) => 'error' in json);
		expect(errors.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			[expect.stringMatching(/^'Duration \(Seconds\)' must be .*, but it is "1,000" \(item 1\)$/), { item: 0 }],
			[expect.stringMatching(/^'Duration \(Seconds\)' must be .*, but it is "-1" \(item 3\)$/), { item: 2 }],
		]);
		const [total, ...others] = all.filter(({ json }) => !('error' in json));
		expect(others).toEqual([]);
		expect(total).toMatchObject({ json: { credits: 3, items: 2 }, pairedItem: [{ item: 1 }, { item: 3 }] });
		if (onError === 'continueErrorOutput') expect(result.outputs.map((items) => items.length)).toEqual([1, 2]);
	});

	it('is the same when n8n\'s declarative engine starts the items, as for an AI agent', async () => {
		const options = { byRouting: true, onError: 'continueErrorOutput' } as const;
		const result = await runCost(sandbox(), 'estimate', bySeconds({ output: 'total' }), rows(10, 'x', 20), options);
		expect(itemAt(result)).toMatchObject({ json: { credits: 3, items: 2 }, pairedItem: [{ item: 0 }, { item: 2 }] });
		expect(jsonOf(result, 1)).toHaveLength(1);
		expect(jsonOf(await runCost(sandbox(), 'estimate', bySeconds(), rows(10, 20), options))).toMatchObject([{ credits: 1 }, { credits: 2 }]);
	});

	it('has no item when all have failed', async () => {
		const result = await runCost(sandbox(), 'estimate', bySeconds({ output: 'total' }), rows('a', 'b'), { onError: 'continueRegularOutput' });
		expect(jsonOf(result).map(({ error }) => typeof error)).toEqual(['string', 'string']);
	});

	it('ends with the first error when the node stops', async () => {
		const result = await runCost(sandbox(), 'estimate', bySeconds({ output: 'total' }), rows(1, 2, 'x', 4));
		expect(errorOf(result).message).toMatch(/^'Duration \(Seconds\)' must be .*\(item 3\)$/);
	});

	it('of a thousand items is one', async () => {
		const result = await runCost(sandbox(), 'estimate', bySeconds({ output: 'total' }), rows(...Array.from({ length: 1_000 }, () => 0.7)));
		expect(jsonOf(result)).toMatchObject([{ credits: 70, seconds: 700, items: 1_000, formula: '1,000 estimates = 70 credits' }]);
	});
});

describe('what cannot be read is said with the name of its field', () => {
	it.each<[string, INodeParameters, RegExp]>([
		['a length with a comma', { durationSource: 'seconds', durationSeconds: '={{ "1,000" }}' }, /^'Duration \(Seconds\)' must be .* but it is "1,000"/],
		['a negative length', { durationSource: 'seconds', durationSeconds: -5 }, /^'Duration \(Seconds\)' must be .* but it is "-5"/],
		['an empty length', { durationSource: 'seconds', durationSeconds: '={{ $json.nothing }}' }, /^'Duration \(Seconds\)' is empty/],
		['an empty script', { script: ' ' }, /^'Script' is empty/],
		['a script that is a record', { script: '={{ { a: 1 } }}' }, /^'Script' must be text/],
		['a kind that there is not', { jobKind: '={{ "song" }}' }, /^'Job Kind' must be one of/],
		['a source that there is not', { durationSource: '={{ "song" }}' }, /^'Duration Source' must be one of/],
		['a return that there is not', { script: 'Hello', output: '={{ "song" }}' }, /^'Return' must be one of/],
		['a negative rate', { script: 'Hello', options: { rate: -1 } }, /^'Rate \(Credits per Unit\)' must be a number of 0 or more/],
		['a price with a comma', { script: 'Hello', options: { usdPerCredit: '1,5' } }, /^'USD per Credit' must be a number/],
		['a pace of nothing', { script: 'Hello', options: { wordsPerMinute: 0 } }, /^'Words per Minute' must be a number above 0/],
		['a negative pace', { script: 'Hello', options: { charactersPerMinute: -1 } }, /^'Characters per Minute' must be a number above 0/],
		['a speed beyond', { script: 'Hello', options: { speed: 2.5 } }, /^'Speed' must be a number from 0\.5 to 2/],
		['half a video', { script: 'Hello', options: { count: 1.5 } }, /^'Number of Outputs' must be a whole number of 1 or more/],
		['no video', { script: 'Hello', options: { count: 0 } }, /^'Number of Outputs' must be a whole number of 1 or more/],
		['a frame rate of nothing', { jobKind: 'hyperframes', script: 'Hello', frameRate: 0 }, /^'Frame Rate' must be a number above 0/],
		['a resolution that there is not', { jobKind: 'hyperframes', script: 'Hello', resolution: '={{ "8k" }}' }, /^'Resolution' must be one of/],
		['a language that is none', { script: 'Hello', language: '={{ 7 }}' }, /^'Language' must be a language/],
	])('%s', async (_what, parameters, message) => {
		expect(errorOf(await runCost(sandbox(), 'estimate', parameters)).message).toMatch(message);
	});

	it('prices of the credential', async () => {
		const result = await runCost(sandbox(), 'estimate', { script: 'Hello' }, undefined, { credentials: { rates: '{"avatarVideo": "cheap"}' } });
		expect(errorOf(result).message).toMatch(/^The credential's 'Rates \(JSON\)' has for "avatarVideo" what must be a number/);
	});
});
