/**
 * Every trouble on the wire × the requests of a create of avatars. Whatever happens, each item has its look or a clear error,
 * no avatar is made twice, and no ID of one that was made is lost.
 */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { expectErrors, limited, useFaults } from '../support/faultFrame';
import type { RunResult } from '../support/harness';
import { bodiesOf, errorOf, jsonOf, linksOf, requestsTo, retryByHand, type NodeRunOptions } from '../support/support';
import { avatarRun, CREATE_AVATAR, CREATES, GROUP, LOOK, LOOKS_OF, madeIn, photo, prompted, runAvatar, twin } from './avatarSupport';
import { troubleCells } from './faultSupport';

const ITEMS = 3;
const NAMES = ['Ada', 'Bea', 'Cleo'];
const named: INodeExecutionData[] = NAMES.map((name) => ({ json: { name } }));
const NAME = { name: '={{ $json.name }}' };

const { sandbox, arm, passing, lasting } = useFaults('Avatars');

const made = (): number => madeIn(sandbox());
const run = async (operation: string, parameters: INodeParameters, options: NodeRunOptions = {}): Promise<RunResult> =>
	await runAvatar(sandbox(), operation, parameters, { items: named, ...options });

function expectAll(result: RunResult, more: IDataObject = { status: 'completed' }): void {
	expect(result.originalError).toBeUndefined();
	expect(jsonOf(result)).toEqual(NAMES.map((name) => expect.objectContaining({ look_id: expect.stringMatching(/^\w+$/), group_id: expect.stringMatching(/^group_/), name, ...more })));
	expect(new Set(jsonOf(result).map(({ look_id: id }) => id)).size).toBe(ITEMS);
	expect(linksOf(result)).toEqual([0, 1, 2]);
	expect(made()).toBe(ITEMS);
}

/** A column: a create, and the request of it that the trouble strikes. */
interface Column {
	name: string;
	operation: string;
	parameters: INodeParameters;
	match: { method: string; path: string };
	/** How the sandbox is set up for it. */
	config?: Parameters<ReturnType<typeof sandbox>['configure']>[0];
}

const columns: readonly Column[] = [
	{ name: 'photo', operation: 'createPhoto', parameters: photo(NAME), match: CREATES },
	{ name: 'twin', operation: 'createDigitalTwin', parameters: twin(NAME), match: CREATES, config: { twinNeedsConsent: false } },
	{ name: 'prompt', operation: 'createFromPrompt', parameters: prompted(NAME), match: CREATES },
	{ name: 'look', operation: 'createPhoto', parameters: photo(NAME), match: LOOK },
	{ name: 'group', operation: 'createPhoto', parameters: photo(NAME), match: GROUP, config: { trainingLookHidden: true, jobSeconds: 0.5 } },
	{ name: 'list', operation: 'createPhoto', parameters: photo(NAME), match: LOOKS_OF, config: { avatarAnswer: 'group' } },
];

describe.each(columns.map((column) => [column.name, column] as const))('%s', (name, { operation, parameters, match, config = {} }) => {
	beforeEach(() => sandbox().configure(config));

	it.each(troubleCells)('gets over a passing %s', async (row, trouble) => {
		passing.set(row, name, 'FAILED');
		arm(trouble, match, trouble.fault.status === 429 ? 2 : 4);
		expectAll(await run(operation, parameters));
		passing.set(row, name, 'ok');
	});
});

describe('a create', () => {
	const { operation, parameters } = columns[0] as Column;
	const keys = () => new Set(requestsTo(sandbox(), CREATE_AVATAR).flatMap(({ idempotencyKey }) => idempotencyKey ?? []));

	it.each(troubleCells)('ends in an error that tells when %s lasts', async (row, trouble) => {
		lasting.set(row, 'error output', 'FAILED');
		arm(trouble, CREATES, -1);
		const result = await run(operation, { ...parameters, ...limited(trouble) }, { onError: 'continueErrorOutput' });
		expect(made()).toBe(trouble.done ? ITEMS : 0);
		expect(jsonOf(result)).toEqual([]);
		expectErrors(result, trouble);
		expect(bodiesOf(sandbox(), CREATE_AVATAR).length).toBeLessThanOrEqual(ITEMS * (timing.retryCount + 1) * (trouble.fault.status === 429 ? 10 : 1));
		lasting.set(row, 'error output', 'error');
	});

	it.each(troubleCells)('is made once by Retry On Fail after a try with %s', async (row, trouble) => {
		lasting.set(row, 'Retry On Fail', 'FAILED');
		arm(trouble, CREATES, -1);
		const onTry = (attempt: number) => (attempt === 2 ? sandbox().clearFaults() : undefined);
		expectAll(await run(operation, { ...parameters, ...limited(trouble) }, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1, onTry }));
		if (trouble.done) expect(keys().size).toBe(ITEMS);
		lasting.set(row, 'Retry On Fail', 'made once');
	});

	it.each(troubleCells)('is made once by a retry by hand after an execution with %s', async (row, trouble) => {
		lasting.set(row, 'by hand', 'FAILED');
		arm(trouble, CREATES, -1);
		const all = { ...parameters, ...limited(trouble) };
		const failed = await run(operation, all);
		expect(errorOf(failed).message).toMatch(trouble.says as RegExp);
		sandbox().clearFaults();
		expectAll(await retryByHand(failed, avatarRun(sandbox(), operation, all, { items: named })));
		lasting.set(row, 'by hand', 'made once');
	});
});

it('a create is sent once without a key, and its doubt is told', async () => {
	arm({ name: '', fault: { kind: 'drop_after' }, done: true }, CREATES, -1);
	const error = errorOf(await run('createPhoto', photo({ requestOptions: { sendIdempotencyKey: false } })));
	expect(error.message).toMatch(/connection was lost/);
	expect(made()).toBeLessThanOrEqual(ITEMS);
	expect(requestsTo(sandbox(), CREATE_AVATAR).length).toBeLessThanOrEqual(ITEMS);
	expect(error.description).toContain('The request carried no idempotency key');
});
