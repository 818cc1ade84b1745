/**
 * Every trouble on the wire × the requests of a clone. HeyGen is not known to heed the key of a clone: one whose answer got
 * lost is looked for by its name, and never made twice.
 */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { SandboxClient } from '../../sandbox/client';
import type { Trouble } from '../support/faultCells';
import { limited, useFaults, wireCells } from '../support/faultFrame';
import { type RunResult, runNode } from '../support/harness';
import { countOf, errorOf, jsonOf, linksOf, retryByHand } from '../support/support';
import { CLONE, cloned, detailsOf, LIST_VOICES, makeOlder, onlyItem, runSpeech, speechRun } from '../support/speechSupport';

const { sandbox, arm, passing, lasting } = useFaults('Clones');

const creates = { method: 'POST', path: '/v3/voices/clone' };
const lists = { method: 'GET', path: '/v3/voices' };
const records = { method: 'GET', path: '/v3/voices/{voice_id}' };
const GIVEN: INodeParameters = { voiceName: '={{ $json.name }}', audioSource: 'url', audioUrl: 'https://example.com/ada.mp3' };
const NAMES = ['Ada', 'Bob', 'Cleo'];
const named = (...names: string[]): INodeExecutionData[] => names.map((name) => ({ json: { name } }));
const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } as const;
const asErrorItems = { onError: 'continueErrorOutput' } as const;
const LOST: Trouble = { name: '', fault: { kind: 'drop_after' }, done: true };

const isLimit = ({ fault }: Trouble): boolean => fault.status === 429;
/** Troubles that leave open what was made. */
const doubtfulCells = wireCells.filter(([, trouble]) => !isLimit(trouble));

const clone = async (items: INodeExecutionData[], more: INodeParameters = {}, options: Parameters<typeof runSpeech>[4] = {}): Promise<RunResult> =>
	await runSpeech(sandbox(), 'voice', 'clone', { ...GIVEN, ...more }, { items, ...options });

const SAID = 'Could not clone the voice: an earlier try, whose answer did not arrive, may have made the voice (item 1)';

describe('a clone', () => {
	it.each(wireCells)('gets over a passing %s, or says that it may be there', async (row, trouble) => {
		passing.set(row, 'create', 'FAILED');
		arm(trouble, creates, 1);
		const result = await clone(named('Ada'), {}, asErrorItems);
		if (isLimit(trouble) || trouble.done) {
			expect(onlyItem(result).json).toMatchObject({ name: 'Ada', status: 'complete' });
			passing.set(row, 'create', trouble.done ? 'found' : 'ok');
		} else {
			const [item] = jsonOf(result, 1);
			expect(item?.error).toMatch(trouble.says as RegExp);
			expect(item?.details).toMatchObject({ mayExist: true });
			passing.set(row, 'create', 'told');
		}
		const isMade = isLimit(trouble) || trouble.done;
		expect([cloned(sandbox()), countOf(sandbox(), CLONE)]).toEqual([isMade ? 1 : 0, isLimit(trouble) ? 2 : 1]);
	});

	it.each(wireCells)('of each item is right or told when it lasts: %s', async (row, trouble) => {
		lasting.set(row, 'create', 'FAILED');
		arm(trouble, creates, -1);
		const result = await clone(named(...NAMES), { waitForCompletion: false, ...limited(trouble) }, asErrorItems);
		expect(cloned(sandbox())).toBe(trouble.done ? 3 : 0);
		if (trouble.done) {
			expect(linksOf(result)).toEqual([0, 1, 2]);
			const client = new SandboxClient(sandbox().url);
			const voices = await Promise.all(jsonOf(result).map(async ({ voice_id: id }) => (await client.get(`/v3/voices/${String(id)}`)).body.data as IDataObject));
			expect(voices.map(({ name }) => name)).toEqual(NAMES);
			lasting.set(row, 'create', 'found');
			return;
		}
		expect(linksOf(result, 1)).toEqual([0, 1, 2]);
		for (const { error, details } of jsonOf(result, 1)) {
			expect(error).toMatch(trouble.says as RegExp);
			expect((details as IDataObject).httpCode).toBe(trouble.httpCode);
			expect((details as IDataObject).mayExist).toBe(isLimit(trouble) ? undefined : true);
		}
		lasting.set(row, 'create', 'told');
	});

	it.each(doubtfulCells)('is not asked for by later tries: %s', async (row, trouble) => {
		passing.set(row, 'Retry On Fail', 'FAILED');
		arm(trouble, creates, 1);
		const result = await clone(named('Ada'), {}, retrying);
		if (trouble.done) expect(onlyItem(result).json.status).toBe('complete');
		else expect(errorOf(result).message).toBe(SAID);
		expect([cloned(sandbox()), countOf(sandbox(), CLONE)]).toEqual([trouble.done ? 1 : 0, 1]);
		passing.set(row, 'Retry On Fail', trouble.done ? 'found' : 'told');
	});

	it.each(doubtfulCells)('is not asked for by a retry by hand: %s', async (row, trouble) => {
		passing.set(row, 'retry by hand', 'FAILED');
		sandbox().addFault({ kind: 'status', status: 500, match: lists, times: -1 });
		arm(trouble, creates, 1);
		const run = speechRun(sandbox(), 'voice', 'clone', GIVEN, { items: named('Ada') });
		const failed = await runNode(run);
		expect(detailsOf(errorOf(failed))).toMatchObject({ mayExist: true });
		const again = errorOf(await retryByHand(failed, run));
		expect(again.message).toBe(SAID);
		expect(again.description).toContain('HeyGen is not known to recognize a request at this path that it gets twice');
		expect([cloned(sandbox()), countOf(sandbox(), CLONE)]).toEqual([trouble.done ? 1 : 0, 1]);
		passing.set(row, 'retry by hand', 'told');
	});

	it.each(doubtfulCells.filter(([, { done }]) => !done))('lets the others be made once: %s', async (row, trouble) => {
		passing.set(row, 'other items', 'FAILED');
		arm(trouble, creates, 1);
		const result = await clone(named(...NAMES), { requestOptions: { maxParallelRequests: 1 } }, retrying);
		expect(errorOf(result).message).toContain('(item 1)');
		expect(errorOf(result).description).toContain('Already started by this run and not lost');
		expect([cloned(sandbox()), countOf(sandbox(), CLONE)]).toEqual([2, 3]);
		passing.set(row, 'other items', 'once');
	});

	it.each(wireCells)('is waited for, whatever its looks meet: a passing %s', async (row, trouble) => {
		passing.set(row, 'look', 'FAILED');
		arm(trouble, records, isLimit(trouble) ? 1 : 4);
		const result = await clone(named(...NAMES));
		expect(jsonOf(result).map(({ name, status }) => [name, status])).toEqual(NAMES.map((name) => [name, 'complete']));
		expect(cloned(sandbox())).toBe(3);
		passing.set(row, 'look', 'ok');
	});

	it.each(wireCells)('names its ID when its looks meet a lasting %s', async (row, trouble) => {
		lasting.set(row, 'look', 'FAILED');
		arm(trouble, records, -1);
		const result = await clone(named('Ada'), { options: { timeoutMinutes: 0.02 }, ...limited(trouble) });
		const { voice_id: id } = detailsOf(errorOf(result));
		expect(errorOf(result).message).toContain(String(id));
		sandbox().clearFaults();
		const found = await new SandboxClient(sandbox().url).get(`/v3/voices/${String(id)}`);
		expect(found.body.data.name).toBe('Ada');
		expect(cloned(sandbox())).toBe(1);
		lasting.set(row, 'look', 'error with the id');
	});
});

it('a recording that HeyGen does not have ready yet is waited for', async () => {
	sandbox().addFault({ kind: 'status', status: 409, code: 'resource_not_ready', match: creates, times: 2 });
	expect(onlyItem(await clone(named('Ada'))).json.status).toBe('complete');
	expect([cloned(sandbox()), countOf(sandbox(), CLONE)]).toEqual([1, 3]);
});

it('a lost clone is found among many voices', async () => {
	sandbox().configure({ voices: 2_777 });
	sandbox().addFault({ ...LOST.fault, match: creates, times: 1 });
	expect(onlyItem(await clone(named('Ada'))).json.name).toBe('Ada');
	expect([cloned(sandbox()), countOf(sandbox(), CLONE)]).toEqual([1, 1]);
});

describe('a HeyGen that heeds keys of clones', () => {
	it.each(doubtfulCells)('is asked once all the same: %s', async (_row, trouble) => {
		sandbox().configure({ speechIdempotency: true });
		arm(trouble, creates, 1);
		await clone(named('Ada'), {}, retrying);
		expect([cloned(sandbox()), countOf(sandbox(), CLONE)]).toEqual([trouble.done ? 1 : 0, 1]);
	});
});

describe('the list of voices', () => {
	it.each(wireCells)('that cannot be read leaves the error that the clone may be there: %s', async (row, trouble) => {
		lasting.set(row, 'list', 'FAILED');
		arm(trouble, lists, -1);
		sandbox().addFault({ ...LOST.fault, match: creates, times: 1 });
		const [item] = jsonOf(await clone(named('Ada'), limited(trouble), asErrorItems), 1);
		expect(item?.error).toMatch(/connection was lost|no answer within the time-out/);
		expect(item?.details).toMatchObject({ mayExist: true });
		expect([cloned(sandbox()), countOf(sandbox(), CLONE)]).toEqual([1, 1]);
		lasting.set(row, 'list', 'told');
	});

	it('that cannot be read at first is read again', async () => {
		sandbox().addFault({ kind: 'status', status: 403, match: lists, times: 2 });
		arm(LOST, creates, 1);
		expect(onlyItem(await clone(named('Ada'))).json.name).toBe('Ada');
		expect(cloned(sandbox())).toBe(1);
	});

	it('that shows clones only when they are complete shows those that are made soon', async () => {
		sandbox().configure({ cloneListed: 'whenComplete', jobSeconds: 0.05 });
		arm(LOST, creates, 1);
		expect(onlyItem(await clone(named('Ada'))).json).toMatchObject({ name: 'Ada', status: 'complete' });
		expect(cloned(sandbox())).toBe(1);
	});

	it('that does not show the clone in time leaves it told, and not made twice', async () => {
		sandbox().configure({ cloneListed: 'whenComplete', jobSeconds: 30 });
		arm(LOST, creates, 1);
		const result = await clone(named('Ada'), {}, retrying);
		expect(errorOf(result).message).toBe(SAID);
		expect(errorOf(result).description).toContain('for example with GET /v3/voices');
		expect([cloned(sandbox()), countOf(sandbox(), CLONE)]).toEqual([1, 1]);
	});
});

describe('a name', () => {
	it('that an older voice has does not make that voice the clone', async () => {
		const client = new SandboxClient(sandbox().url);
		const older = await client.cloneVoice({ voice_name: 'Ada' });
		makeOlder(sandbox(), older, 10);
		arm(LOST, creates, 1);
		const { json } = onlyItem(await clone(named('Ada')));
		expect(json.voice_id).not.toBe(older);
		expect(cloned(sandbox())).toBe(2);
	});

	it('that a voice of the account has, of which nobody knows when it was made, finds nothing', async () => {
		// HeyGen tells no time of it.
		arm({ name: '', fault: { kind: 'drop_before' }, done: false }, creates, 1);
		expect(detailsOf(errorOf(await clone(named('Jonas – Bright'))))).toMatchObject({ mayExist: true });
	});

	it('that two items have is not taken for either, and neither is made twice', async () => {
		arm(LOST, creates, -1);
		const result = await clone(named('Ada', 'Ada', 'Bob'), {}, asErrorItems);
		expect([linksOf(result), linksOf(result, 1)]).toEqual([[2], [0, 1]]);
		for (const { details } of jsonOf(result, 1)) expect(details).toMatchObject({ mayExist: true });
		expect([cloned(sandbox()), countOf(sandbox(), CLONE)]).toEqual([3, 3]);
	});

	it.each([1, 10, 60])('that a voice has which was made %d minutes before finds nothing', async (minutes) => {
		const older = await new SandboxClient(sandbox().url).cloneVoice({ voice_name: 'Ada' });
		makeOlder(sandbox(), older, minutes);
		arm({ name: '', fault: { kind: 'drop_before' }, done: false }, creates, 1);
		expect(detailsOf(errorOf(await clone(named('Ada'))))).toMatchObject({ mayExist: true });
		expect(cloned(sandbox())).toBe(1);
	});

	it.each([
		['gets lost before HeyGen has it', 'drop_before', 1],
		['gets lost behind HeyGen', 'drop_after', 2],
	] as const)('that the round before has given is not that of this one, whose request %s', async (_how, kind, made) => {
		sandbox().addFault({ kind, match: creates, skip: 1, times: 1 });
		const before = timing.catchUpTime;
		timing.catchUpTime = 30_000;
		const result = await clone(named('Ada'), {}, { times: 2 });
		timing.catchUpTime = before;
		if (made === 1) expect(detailsOf(errorOf(result))).toMatchObject({ mayExist: true });
		else {
			const [first, second] = result.runData.map(({ data }) => data?.main?.[0]?.[0]?.json.voice_id);
			expect(second).not.toBe(first);
		}
		expect(cloned(sandbox())).toBe(made);
	});

	it('is looked for among the own voices only, as often as there is hope', async () => {
		arm({ name: '', fault: { kind: 'drop_before' }, done: false }, creates, 1);
		await clone(named('Ada'));
		const looks = sandbox().requests().filter(({ method, path }) => `${method} ${path}` === LIST_VOICES);
		expect(looks.map(({ query }) => query)).toEqual([1, 2, 3].map(() => ({ type: 'private', limit: '100' })));
	});
});

it('a clone that was made is known to later tries, which ask for nothing', async () => {
	arm({ name: '', fault: { kind: 'status', status: 404 }, done: false }, records, -1);
	const before = timing.catchUpTime;
	timing.catchUpTime = 100;
	const run = speechRun(sandbox(), 'voice', 'clone', GIVEN, { items: named('Ada') });
	const failed = await runNode(run);
	timing.catchUpTime = before;
	sandbox().clearFaults();
	expect(onlyItem(await retryByHand(failed, run)).json.status).toBe('complete');
	expect([cloned(sandbox()), countOf(sandbox(), CLONE)]).toEqual([1, 1]);
});
