/** Speech in whole runs: what the output pane says, voices that are not ready, ways in which n8n runs items, and cancels. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SandboxClient } from '../../sandbox/client';
import { read } from '../../unit/support/mediaSamples';
import { readBinary, type RunResult, startNode } from '../support/harness';
import { bodiesOf, countOf, errorOf, itemAt, jsonOf, linksOf, locator, retryByHand, until, useSandbox, useTiming } from '../support/support';
import { detailsOf, longText, onlyItem, PAUSELESS_VOICE, RETRY, speak, SPEAK, speakRun, spoken } from '../support/speechSupport';

useTiming();
const sandbox = useSandbox();

const OF_ITEM: INodeParameters = { text: '={{ $json.text }}' };
const texts = (...all: string[]) => all.map((text) => ({ json: { text } }));
const hintOf = (result: RunResult): string => (result.runData[0]?.hints ?? []).map(({ message }) => message).join(' ');
const FOREIGN = locator(PAUSELESS_VOICE);
const ENGLISH_TEXT = 'The weather is nice today, and we would like to go for a walk in the park.';

describe('the output pane', () => {
	it('says what was made and what that has cost', async () => {
		const hint = hintOf(await speak(sandbox(), OF_ITEM, { items: texts('One', 'Two', 'Three') }));
		expect(hint).toMatch(/^Made 3 speeches in .+, 3 finished\. Cost about 0\.\d+ credits\.$/);
	});

	it('counts what is made for several once', async () => {
		const own = { ...OF_ITEM, requestOptions: { idempotencyKey: 'row-7' } };
		expect(hintOf(await speak(sandbox(), own, { items: texts('Same', 'Same') }))).toMatch(/^Made 1 speech in /);
	});

	it('says what a later try has had already', async () => {
		sandbox().addFault({ match: { path: '/files' }, kind: 'status', status: 403, times: 2 });
		expect(hintOf(await speak(sandbox(), {}, RETRY))).toMatch(/^Made 1 speech in .*, 1 finished\. Cost about/);
	});

	it('says what would be made', async () => {
		expect(hintOf(await speak(sandbox(), { ...OF_ITEM, options: { dryRun: true } }, { items: texts('One', 'Two') }))).toMatch(
			/^Dry run: nothing was sent; 2 speeches would cost about 0\.\d+ credits\.$/,
		);
	});

	it('says that a text is in another language than the voice', async () => {
		const hint = hintOf(await speak(sandbox(), { voiceId: FOREIGN, text: ENGLISH_TEXT }));
		expect(hint).toContain('Item 1: The voice &quot;Farid – Calm&quot; speaks Portuguese, but the script looks like English.');
	});

	it.each<[string, INodeParameters]>([
		['a language', { language: 'English' }],
		['a locale', { locale: 'en-GB' }],
		['both', { language: 'German', locale: 'en-GB' }],
	])('says nothing of it where the voice is told to speak so, by %s', async (_how, options) => {
		expect(hintOf(await speak(sandbox(), { voiceId: FOREIGN, text: ENGLISH_TEXT, options }))).not.toContain('looks like');
	});

	it('says which item has no subtitles', async () => {
		sandbox().configure({ speechWords: 'none' });
		const hint = hintOf(await speak(sandbox(), { ...OF_ITEM, download: ['subtitles', 'webVtt'] }, { items: texts('One', 'Two') }));
		expect(hint).toContain('Items 1 and 2: HeyGen has not said when the words are spoken, so that there are no subtitles.');
	});
});

describe('a voice that is not ready', () => {
	const cloneOf = async (name: string): Promise<string> => await new SandboxClient(sandbox().url).cloneVoice({ voice_name: name });

	it('since it is being cloned is refused before anything is paid for', async () => {
		const error = errorOf(await speak(sandbox(), { voiceId: locator(await cloneOf('Ada [stuck]')) }));
		expect(error.message).toBe("'Voice' is \"Ada [stuck]\", which HeyGen is still making (item 1)");
		expect(error.description).toContain('Run the item again when HeyGen says that the voice is complete.');
		expect(countOf(sandbox(), SPEAK)).toBe(0);
	});

	it('since it could not be cloned is refused as well, and the error says why', async () => {
		const id = await cloneOf('Ada [fail:noise]');
		await new SandboxClient(sandbox().url).waitForRecord(`/v3/voices/${id}`, ({ status }) => status === 'failed');
		const error = errorOf(await speak(sandbox(), { voiceId: locator(id) }));
		expect(error.message).toBe("'Voice' is \"Ada [fail:noise]\", which HeyGen could not make: The voice could not be cloned: noise (item 1)");
		expect(countOf(sandbox(), SPEAK)).toBe(0);
	});

	it('is left to HeyGen with Check Before Paying off', async () => {
		const id = await cloneOf('Ada [stuck]');
		const error = errorOf(await speak(sandbox(), { voiceId: locator(id), options: { checkBeforePaying: false } }));
		expect(error.message).toContain(`Voice ${id} is not ready`);
		expect(detailsOf(error)).toMatchObject({ code: 'voice_unavailable' });
	});

	it('stops all items of a run, or with an error output those that it is for', async () => {
		const id = await cloneOf('Ada [stuck]');
		const items = [id, 'voice_ann_calm_001'].map((voice) => ({ json: { voice } }));
		const parameters = { voiceId: locator('={{ $json.voice }}'), text: 'Hello' };
		expect(errorOf(await speak(sandbox(), parameters, { items })).message).toContain('(item 1)');
		expect(spoken(sandbox())).toBe(0);
		const result = await speak(sandbox(), parameters, { items, onError: 'continueErrorOutput' });
		expect([linksOf(result), linksOf(result, 1)]).toEqual([[1], [0]]);
	});
});

describe("n8n's ways of running items", () => {
	it("takes items that n8n's declarative engine starts, and their parts", async () => {
		const items = texts(longText(9_000), 'A short one.');
		const result = await speak(sandbox(), { ...OF_ITEM, options: { splitLongText: true } }, { items, byRouting: true });
		expect(jsonOf(result).map(({ part, parts }) => [part, parts])).toEqual([[1, 2], [2, 2], [1, 1]]);
		expect(linksOf(result)).toEqual([0, 0, 1]);
	});

	it('takes files that n8n keeps on disk', async () => {
		const parameters = { text: longText(9_000), options: { splitLongText: true, joinParts: true }, download: ['audio', 'subtitles'] };
		const item = onlyItem(await speak(sandbox(), parameters, { binaryMode: 'filesystem' }));
		expect(item.binary?.audio?.id).toMatch(/^filesystem/);
		expect(read(await readBinary(item, 'audio')).facts.seconds).toBeCloseTo(Number(item.json.duration), 1);
	});

	it('checks all items before it sends groups of them', async () => {
		const batching = { requestOptions: { batching: { batch: { batchSize: 1, batchInterval: 1 } } } } as unknown as INodeParameters;
		expect(linksOf(await speak(sandbox(), { ...OF_ITEM, ...batching }, { items: texts('One', 'Two', 'Three') }))).toEqual([0, 1, 2]);
		const before = spoken(sandbox());
		expect(errorOf(await speak(sandbox(), { ...OF_ITEM, ...batching }, { items: texts('One', 'Two', '') })).message).toBe("'Text' is empty (item 3)");
		expect(spoken(sandbox())).toBe(before);
	});

	it('keeps the order of parts where errors go on with the rest', async () => {
		sandbox().addFault({ match: { path: '/v3/voices/speech' }, kind: 'status', status: 400, skip: 1, times: 1 });
		const parameters = { text: longText(14_000), options: { splitLongText: true }, requestOptions: { maxParallelRequests: 1 } };
		const result = await speak(sandbox(), parameters, { onError: 'continueRegularOutput' });
		expect(jsonOf(result).map(({ part, details }) => part ?? (details as IDataObject).part)).toEqual([1, 2, 3]);
		expect(jsonOf(result)[1]?.error).toMatch(/^part 2 of 3: /);
	});

	it('takes a text as it is, blanks and line ends included', async () => {
		const text = '  Hello\r\n\tAda…\n\n“Good morning”  ';
		await speak(sandbox(), { text: `={{ ${JSON.stringify(text)} }}` });
		expect(bodiesOf(sandbox(), SPEAK)[0]?.text).toBe(text);
	});
});

describe('a cancel', () => {
	it('ends a run whose speech does not come, which a retry by hand does not ask for again', async () => {
		sandbox().addFault({ match: { path: '/v3/voices/speech' }, kind: 'hang', times: 1 });
		const run = speakRun(sandbox());
		const running = startNode(run);
		await until(() => countOf(sandbox(), SPEAK) === 1);
		running.cancel();
		const result = await running.promise;
		expect(result.status).toBe('canceled');
		sandbox().release();
		expect(errorOf(await retryByHand(result, run)).message).toContain('an earlier try of this call');
		expect([countOf(sandbox(), SPEAK), spoken(sandbox())]).toEqual([1, 1]);
	});

	it('ends a run whose file does not come', async () => {
		sandbox().addFault({ match: { path: '/files' }, kind: 'hang', times: -1 });
		const running = startNode(speakRun(sandbox()));
		await until(() => sandbox().stats().fileRequests === 1);
		running.cancel();
		expect((await running.promise).status).toBe('canceled');
		sandbox().release();
		expect(spoken(sandbox())).toBe(1);
	});
});

it('a key that may not speak is told', async () => {
	const error = errorOf(await speak(sandbox(), {}, { credentials: { apiKey: 'no-such-key' } }));
	expect(detailsOf(error)).toMatchObject({ httpCode: '401' });
	expect(spoken(sandbox())).toBe(0);
});

it('three hundred items are spoken, each once', async () => {
	const items = texts(...Array.from({ length: 300 }, (_, at) => `Number ${at}`));
	const result = await speak(sandbox(), { ...OF_ITEM, download: [] }, { items });
	expect(linksOf(result)).toEqual(items.map((_item, at) => at));
	expect((itemAt(result, 299).json.word_timestamps as IDataObject[]).map(({ word }) => word)).toEqual(['Number', '299']);
	expect(spoken(sandbox())).toBe(300);
});
