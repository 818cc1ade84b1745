/**
 * Every trouble on the wire × the requests of a speech. What HeyGen itself says has failed is tried again, since nothing was
 * made; what may have been made is told, and never asked for again.
 */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import type { Trouble } from '../support/faultCells';
import { limited, useFaults, wireCells } from '../support/faultFrame';
import { type RunResult, startNode } from '../support/harness';
import { countOf, endOf, errorOf, jsonOf, linksOf, requestsTo, retryByHand } from '../support/support';
import { detailsOf, GET_VOICE, onlyItem, speak, SPEAK, speakRun, spoken } from '../support/speechSupport';

const ITEMS = 3;

const { sandbox, arm, passing, lasting } = useFaults('Speech');

const match = { method: 'POST', path: '/v3/voices/speech' };
const items: INodeExecutionData[] = Array.from({ length: ITEMS }, (_, row) => ({ json: { text: `Number ${row}` } }));
const OF_ITEM = { text: '={{ $json.text }}', download: [] };
const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } as const;
const asErrorItems = { onError: 'continueErrorOutput' } as const;

/** Whether HeyGen says clearly that it has made nothing. */
const isClear = ({ fault }: Trouble): boolean => fault.kind === 'status' && fault.status !== 504;

const cells: Array<[string, Trouble]> = [
	...wireCells.map(([row, trouble]): [string, Trouble] => [row, trouble]),
	['500 of a voice', { name: '500 of a voice', fault: { kind: 'status', status: 500, code: 'voice_provider_error' }, done: false, says: /Injected fault/, httpCode: '500' }],
];
const clearCells = cells.filter(([, trouble]) => isClear(trouble));
const doubtfulCells = cells.filter(([, trouble]) => !isClear(trouble));

function expectAll(result: RunResult): void {
	expect(result.originalError).toBeUndefined();
	expect(linksOf(result)).toEqual([0, 1, 2]);
	expect(new Set(jsonOf(result).map(({ audio_url: url }) => url)).size).toBe(ITEMS);
	expect(spoken(sandbox())).toBe(ITEMS);
}

describe('what HeyGen says has failed', () => {
	it.each(clearCells)('is tried again: a passing %s', async (row, trouble) => {
		passing.set(row, 'speech', 'FAILED');
		arm(trouble, match, trouble.fault.status === 429 ? 2 : 4);
		expectAll(await speak(sandbox(), OF_ITEM, { items }));
		passing.set(row, 'speech', 'ok');
	});

	it.each(clearCells)('is told when it lasts: %s', async (row, trouble) => {
		lasting.set(row, 'speech', 'FAILED');
		arm(trouble, match, -1);
		const result = await speak(sandbox(), { ...OF_ITEM, ...limited(trouble) }, { items, ...asErrorItems });
		expect(linksOf(result, 1)).toEqual([0, 1, 2]);
		for (const { error, details } of jsonOf(result, 1)) {
			expect(error).toMatch(trouble.says as RegExp);
			expect((details as IDataObject).httpCode).toBe(trouble.httpCode);
			expect(details).not.toHaveProperty('mayExist');
			expect(String((details as IDataObject).description)).not.toMatch(/may have taken the request|not sent again/);
		}
		expect(spoken(sandbox())).toBe(0);
		if (trouble.fault.status !== 429) expect(countOf(sandbox(), SPEAK)).toBe(ITEMS * (timing.retryCount + 1));
		lasting.set(row, 'speech', 'error');
	});

	it.each(clearCells.filter(([, { fault }]) => fault.status !== 429))('is asked for by later tries: %s', async (_row, trouble) => {
		arm(trouble, match, timing.retryCount + 1);
		expectAll(await speak(sandbox(), { ...OF_ITEM, requestOptions: { maxParallelRequests: 1 } }, { items, ...retrying }));
	});

	it.each(clearCells.filter(([, { fault }]) => fault.status !== 429))('is asked for by a retry by hand: %s', async (_row, trouble) => {
		arm(trouble, match, timing.retryCount + 1);
		const run = speakRun(sandbox(), { download: [] });
		const failed = await endOf(startNode(run));
		expect(errorOf(failed).message).toMatch(trouble.says as RegExp);
		expect(onlyItem(await retryByHand(failed, run)).json.audio_url).toMatch(/^http/);
		expect(spoken(sandbox())).toBe(1);
	});

	it('is tried again without an idempotency key as well', async () => {
		arm({ name: '', fault: { kind: 'status', status: 500 }, done: false }, match, 2);
		expect(onlyItem(await speak(sandbox(), { download: [], requestOptions: { sendIdempotencyKey: false } })).json.audio_url).toMatch(/^http/);
		expect(requestsTo(sandbox(), SPEAK).map(({ idempotencyKey }) => idempotencyKey)).toEqual([null, null, null]);
	});

	it('behind a lost answer does not settle the doubt', async () => {
		arm({ name: '', fault: { kind: 'drop_after' }, done: true }, match, 1);
		const run = speakRun(sandbox(), { download: [] });
		const failed = await endOf(startNode(run));
		arm({ name: '', fault: { kind: 'status', status: 500 }, done: false }, match, 1);
		expect(detailsOf(errorOf(await retryByHand(failed, run)))).toMatchObject({ mayExist: true });
		expect(countOf(sandbox(), SPEAK)).toBe(1);
	});
});

/** How the sentence goes for one that may have been made. */
function expectDoubt({ says, httpCode, done }: Trouble, error: unknown, details: IDataObject): void {
	expect(error).toMatch(says as RegExp);
	expect(details).toMatchObject({ mayExist: true, ...(httpCode === undefined ? {} : { httpCode }) });
	expect(String(details.description)).toContain('HeyGen is not known to recognize a request at this path that it gets twice, so it is not sent again.');
	expect(spoken(sandbox())).toBe(done ? 1 : 0);
	expect(countOf(sandbox(), SPEAK)).toBe(1);
}

describe('what may have been made', () => {
	it.each(doubtfulCells)('is told, and not asked for again: %s', async (row, trouble) => {
		passing.set(row, 'speech', 'FAILED');
		arm(trouble, match, 1);
		const result = await speak(sandbox(), { download: [] }, asErrorItems);
		expect(jsonOf(result)).toEqual([]);
		const [item] = jsonOf(result, 1);
		expectDoubt(trouble, item?.error, item?.details as IDataObject);
		passing.set(row, 'speech', 'told');
	});

	it.each(doubtfulCells)('is told once for each item when it lasts: %s', async (row, trouble) => {
		lasting.set(row, 'speech', 'FAILED');
		arm(trouble, match, -1);
		const result = await speak(sandbox(), OF_ITEM, { items, ...asErrorItems });
		expect(linksOf(result, 1)).toEqual([0, 1, 2]);
		for (const { details } of jsonOf(result, 1)) expect(details).toMatchObject({ mayExist: true });
		expect([countOf(sandbox(), SPEAK), spoken(sandbox())]).toEqual([ITEMS, trouble.done ? ITEMS : 0]);
		lasting.set(row, 'speech', 'told');
	});

	it.each(doubtfulCells)('is not asked for by later tries: %s', async (row, trouble) => {
		passing.set(row, 'Retry On Fail', 'FAILED');
		arm(trouble, match, 1);
		const error = errorOf(await speak(sandbox(), { download: [] }, retrying));
		expect(error.message).toBe('Could not create the speech: an earlier try of this call, whose answer did not arrive, may have done its work (item 1)');
		expect(detailsOf(error)).toMatchObject({ mayExist: true });
		expect([countOf(sandbox(), SPEAK), spoken(sandbox())]).toEqual([1, trouble.done ? 1 : 0]);
		passing.set(row, 'Retry On Fail', 'told');
	});

	it.each(doubtfulCells)('is not asked for by a retry by hand, but by a new execution: %s', async (row, trouble) => {
		passing.set(row, 'retry by hand', 'FAILED');
		arm(trouble, match, 1);
		const run = speakRun(sandbox(), { download: [] });
		const failed = await endOf(startNode(run));
		expectDoubt(trouble, errorOf(failed).message, { ...detailsOf(errorOf(failed)), description: errorOf(failed).description });
		const again = errorOf(await retryByHand(failed, run));
		expect(again.message).toContain('an earlier try of this call');
		expect(countOf(sandbox(), SPEAK)).toBe(1);
		expect(onlyItem(await endOf(startNode(run))).json.audio_url).toMatch(/^http/);
		passing.set(row, 'retry by hand', 'told');
	});

	it.each(doubtfulCells)('keeps the others from being paid for in vain: %s', async (row, trouble) => {
		passing.set(row, 'other items', 'FAILED');
		arm(trouble, match, 1);
		const run = { items, ...retrying };
		const error = errorOf(await speak(sandbox(), { ...OF_ITEM, requestOptions: { maxParallelRequests: 1 } }, run));
		expect(error.message).toContain('(item 1)');
		// What comes behind it is not paid for: the node has stopped.
		expect(spoken(sandbox())).toBe(trouble.done ? 1 : 0);
		passing.set(row, 'other items', 'not begun');
	});

	it('is no doubt once the text has been changed', async () => {
		arm({ name: '', fault: { kind: 'drop_after' }, done: true }, match, 1);
		const run = speakRun(sandbox(), { download: [] });
		const failed = await endOf(startNode(run));
		const edited = { ...run, parameters: { ...run.parameters, text: 'Another text' } };
		expect(onlyItem(await retryByHand(failed, edited)).json.audio_url).toMatch(/^http/);
		expect(spoken(sandbox())).toBe(2);
	});

	it('is asked for again when nothing can have been sent', async () => {
		const { url } = sandbox();
		const nobody = { apiKey: sandbox().apiKey, url: url.replace(/\d+$/, '1') };
		const error = errorOf(await speak(nobody, { options: { checkBeforePaying: false } }));
		expect(error.description).toContain('Nothing reached HeyGen');
		expect(detailsOf(error)).not.toHaveProperty('mayExist');
	});
});

describe('a HeyGen that heeds keys of speech', () => {
	it.each(doubtfulCells)('is asked once all the same: %s', async (_row, trouble) => {
		sandbox().configure({ speechIdempotency: true });
		arm(trouble, match, 1);
		expect(errorOf(await speak(sandbox(), { download: [] }, retrying)).message).toContain('an earlier try of this call');
		expect(countOf(sandbox(), SPEAK)).toBe(1);
	});
});

describe('the look at the voice', () => {
	it.each(cells)('costs no speech: a lasting %s', async (row, trouble) => {
		lasting.set(row, 'voice', 'FAILED');
		const before = timing.checkMax;
		timing.checkMax = 300;
		arm(trouble, { method: 'GET', path: '/v3/voices/{voice_id}' }, -1);
		expectAll(await speak(sandbox(), OF_ITEM, { items }));
		timing.checkMax = before;
		expect(countOf(sandbox(), GET_VOICE)).toBeGreaterThan(0);
		lasting.set(row, 'voice', 'ok');
	});
});
