/** A speech that HeyGen has answered is never asked for again: after a failed download, in later tries, in retries by hand. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { runNode } from '../support/harness';
import { countOf, errorOf, itemAt, jsonOf, linksOf, retryByHand, useSandbox, useTiming } from '../support/support';
import { detailsOf, onlyItem, RETRY, speak, SPEAK, speakRun, spoken, TEXT } from '../support/speechSupport';

useTiming();
const sandbox = useSandbox();

const texts = (...all: string[]): INodeExecutionData[] => all.map((text) => ({ json: { text } }));
const OF_ITEM = { text: '={{ $json.text }}' };

describe('a sound that cannot be fetched', () => {
	const refuse = (times: number, status = 403) => sandbox().addFault({ match: { path: '/files' }, kind: 'status', status, times });

	it('is told with its address, and with what to do', async () => {
		refuse(-1);
		const error = errorOf(await speak(sandbox()));
		expect(error.message).toMatch(/^Could not download the sound of the speech: the file host answered with HTTP status 403 \(item 1\)$/);
		expect(error.description).toContain('It is made and paid for');
		expect(error.description).toContain("n8n's Retry On Fail, and the retry of this execution, fetch it again without paying");
		expect(detailsOf(error)).toMatchObject({ audio_url: expect.stringContaining('/files/speeches/') as string, request_id: expect.any(String) as string });
		sandbox().clearFaults();
		expect((await fetch(String(detailsOf(error).audio_url))).status).toBe(200);
		expect(spoken(sandbox())).toBe(1);
	});

	it.each([403, 404, 410])('with %s is fetched again by Retry On Fail, and paid for once', async (status) => {
		refuse(2, status);
		const { json, binary } = onlyItem(await speak(sandbox(), {}, RETRY));
		expect(Object.keys(binary ?? {})).toEqual(['audio']);
		expect(countOf(sandbox(), SPEAK)).toBe(1);
		// It was paid for, if in the first try.
		expect((json.cost as IDataObject).credits).toBeGreaterThan(0);
	});

	it('is fetched again by a retry by hand, and paid for once', async () => {
		refuse(2);
		const run = speakRun(sandbox());
		const failed = await runNode(run);
		expect(errorOf(failed).message).toContain('Could not download');
		const item = onlyItem(await retryByHand(failed, run));
		expect(Object.keys(item.binary ?? {})).toEqual(['audio']);
		expect((item.json.word_timestamps as IDataObject[]).map(({ word }) => word).join(' ')).toBe(TEXT);
		expect(countOf(sandbox(), SPEAK)).toBe(1);
	});

	it('since its address has expired is never paid for again', async () => {
		sandbox().configure({ fileUrlTtlSeconds: 0 });
		const run = speakRun(sandbox(), {}, { ...RETRY, maxTries: 3 });
		const failed = await runNode(run);
		expect(errorOf(failed).message).toContain('Could not download the sound');
		const again = await retryByHand(failed, run);
		expect(detailsOf(errorOf(again))).toMatchObject({ audio_url: expect.any(String) as string });
		expect(countOf(sandbox(), SPEAK)).toBe(1);
	});

	it('goes to the error output with its address, and the other items go on', async () => {
		refuse(2);
		const result = await speak(sandbox(), { ...OF_ITEM }, { items: texts('One', 'Two'), onError: 'continueErrorOutput' });
		expect(jsonOf(result, 0).length + jsonOf(result, 1).length).toBe(2);
		for (const { error, details } of jsonOf(result, 1)) {
			expect(error).toContain('Could not download');
			expect((details as IDataObject).audio_url).toContain('/files/speeches/');
		}
	});

	it('is not needed for the output where it is not wanted', async () => {
		refuse(-1);
		expect(onlyItem(await speak(sandbox(), { download: ['subtitles'] })).binary).toHaveProperty('subtitles');
	});

	it.each(['drop_before', 'truncate', 'garbage'] as const)('at once is fetched again in the same try (%s)', async (kind) => {
		sandbox().addFault({ match: { method: 'GET', path: '/files' }, kind, times: 1 });
		expect(onlyItem(await speak(sandbox())).binary).toHaveProperty('audio');
		expect(countOf(sandbox(), SPEAK)).toBe(1);
	});
});

describe('of several items one of which is refused', () => {
	const items = texts('One', 'Two', 'Three');
	const refuse = () => sandbox().addFault({ match: { path: '/v3/voices/speech' }, kind: 'status', status: 400, skip: 2, times: 1 });

	it('a later try of the run asks for that one alone', async () => {
		refuse();
		const result = await speak(sandbox(), OF_ITEM, { items, ...RETRY });
		expect(linksOf(result)).toEqual([0, 1, 2]);
		expect([countOf(sandbox(), SPEAK), spoken(sandbox())]).toEqual([4, 3]);
	});

	it('a retry by hand asks for that one alone, and the error has said which were made', async () => {
		refuse();
		const run = speakRun(sandbox(), OF_ITEM, { items });
		const failed = await runNode(run);
		expect(errorOf(failed).description).toMatch(/Already made by this run and not lost .*: speech of item \d/);
		expect(linksOf(await retryByHand(failed, run))).toEqual([0, 1, 2]);
		expect([countOf(sandbox(), SPEAK), spoken(sandbox())]).toEqual([4, 3]);
	});

	it('the error output and Retry On Fail bring the others once', async () => {
		// n8n repeats the node for the first item's error only.
		sandbox().addFault({ match: { path: '/v3/voices/speech' }, kind: 'status', status: 400, times: 1 });
		const result = await speak(sandbox(), OF_ITEM, { items, ...RETRY, onError: 'continueErrorOutput' });
		expect([linksOf(result), jsonOf(result, 1)]).toEqual([[0, 1, 2], []]);
		expect(spoken(sandbox())).toBe(3);
	});
});

describe('a later try', () => {
	const failingDownload = () => sandbox().addFault({ match: { path: '/files' }, kind: 'status', status: 403, times: 2 });

	it('whose expressions give other values hands on what was made', async () => {
		failingDownload();
		const result = await speak(sandbox(), { text: '={{ "It is " + Math.random() }}' }, RETRY);
		expect(result.originalError).toBeUndefined();
		expect(countOf(sandbox(), SPEAK)).toBe(1);
	});

	it('after the text was edited speaks the new one', async () => {
		failingDownload();
		const run = speakRun(sandbox());
		const failed = await runNode(run);
		const edited = { ...run, parameters: { ...run.parameters, text: 'Another text' } };
		const { json } = onlyItem(await retryByHand(failed, edited));
		expect((json.word_timestamps as IDataObject[]).map(({ word }) => word)).toEqual(['Another', 'text']);
		expect(spoken(sandbox())).toBe(2);
	});

	it.each([
		['Download', { download: ['audio', 'subtitles'] }],
		['Check Before Paying', { options: { checkBeforePaying: false } }],
		['Max Parallel Requests', { requestOptions: { maxParallelRequests: 1 } }],
	])('after %s was changed hands on what was made', async (_what, change) => {
		failingDownload();
		const run = speakRun(sandbox());
		const failed = await runNode(run);
		expect((await retryByHand(failed, { ...run, parameters: { ...run.parameters, ...change } })).originalError).toBeUndefined();
		expect(countOf(sandbox(), SPEAK)).toBe(1);
	});

	it('without an idempotency key hands on what was made as well', async () => {
		failingDownload();
		const run = speakRun(sandbox(), { requestOptions: { sendIdempotencyKey: false } });
		const failed = await runNode(run);
		expect(errorOf(failed).message).toContain('Could not download');
		expect((await retryByHand(failed, run)).originalError).toBeUndefined();
		expect(countOf(sandbox(), SPEAK)).toBe(1);
	});

	it('of a new execution is another one', async () => {
		failingDownload();
		const run = speakRun(sandbox());
		await runNode(run);
		await runNode(run);
		expect(spoken(sandbox())).toBe(2);
	});
});

describe('a loop', () => {
	it('speaks in each of its rounds', async () => {
		await speak(sandbox(), {}, { times: 3 });
		expect(spoken(sandbox())).toBe(3);
	});

	it('with an own key speaks once, since HeyGen may not heed the key', async () => {
		const result = await speak(sandbox(), { requestOptions: { idempotencyKey: 'row-7' } }, { times: 3 });
		expect(result.originalError).toBeUndefined();
		expect(result.runData).toHaveLength(3);
		expect(spoken(sandbox())).toBe(1);
	});

	it('with an own key for other texts is refused', async () => {
		const error = errorOf(await speak(sandbox(), { text: '=Round {{ $runIndex }}', requestOptions: { idempotencyKey: 'row-7' } }, { times: 2 }));
		expect(error.message).toContain("'Idempotency Key' is \"row-7\", with which an earlier run of this node in this execution has made something else");
		expect(spoken(sandbox())).toBe(1);
	});
});

describe('two items with one key', () => {
	it('share a speech, which is charged once', async () => {
		const result = await speak(sandbox(), { ...OF_ITEM, requestOptions: { idempotencyKey: 'row-7' } }, { items: texts('Same', 'Same') });
		const [one, two] = jsonOf(result);
		expect(two?.audio_url).toBe(one?.audio_url);
		expect(itemAt(result, 1).binary).toHaveProperty('audio');
		expect([one, two].map((json) => Math.sign(Number((json?.cost as IDataObject).credits))).sort()).toEqual([0, 1]);
		expect(countOf(sandbox(), SPEAK)).toBe(1);
	});

	it('and two texts are refused', async () => {
		const error = errorOf(await speak(sandbox(), { ...OF_ITEM, requestOptions: { idempotencyKey: 'row-7' } }, { items: texts('One', 'Two') }));
		expect(error.message).toContain("'Idempotency Key' is \"row-7\"");
		expect(spoken(sandbox())).toBe(0);
	});
});

describe("an answer of success that is none of HeyGen's", () => {
	const answer = (data: unknown) => sandbox().addFault({ match: { path: '/v3/voices/speech' }, kind: 'answer', body: { data }, times: 1 });

	it.each<[string, unknown, RegExp]>([
		['no address', { duration: 3, request_id: 'r_1' }, /HeyGen's answer names no address of the sound/],
		['an empty address', { audio_url: null, request_id: 'r_1' }, /HeyGen's answer names no address of the sound/],
		['no record', null, /instead of a record/],
		['a list', [], /instead of a record/],
	])('is told to be so, and not asked for again: %s', async (_what, data, message) => {
		answer(data);
		const run = speakRun(sandbox());
		const failed = await runNode(run);
		expect(errorOf(failed).message).toMatch(message);
		expect(detailsOf(errorOf(failed))).toMatchObject({ mayExist: true });
		expect(errorOf(await retryByHand(failed, run)).message).toContain('an earlier try of this call, whose answer did not arrive, may have done its work');
		expect(countOf(sandbox(), SPEAK)).toBe(1);
	});

	it('with an address that is none is an error with all that it holds', async () => {
		answer({ audio_url: 's3://bucket/speech.mp3', request_id: 'r_1', duration: 3 });
		const error = errorOf(await speak(sandbox(), {}, RETRY));
		expect(error.message).toContain('"s3://bucket/speech.mp3", which is no http or https address');
		expect(detailsOf(error)).toMatchObject({ audio_url: 's3://bucket/speech.mp3', request_id: 'r_1' });
		expect(countOf(sandbox(), SPEAK)).toBe(1);
	});

	it('without words, length and request ID is put out as it is', async () => {
		const made = onlyItem(await speak(sandbox())).json.audio_url;
		answer({ audio_url: made });
		const { json } = onlyItem(await speak(sandbox(), { download: ['audio', 'subtitles'] }));
		expect(json).toMatchObject({ audio_url: made, missing_files: ['subtitles'] });
		expect((json.cost as IDataObject).credits).toBeNull();
	});
});
