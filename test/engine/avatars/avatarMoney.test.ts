/** What an avatar costs, and what keeps it from being made: one credit for each create. */
import type { INodeParameters } from 'n8n-workflow';
import type { RunResult } from '../support/harness';
import { countOf, errorOf, FAST_JOBS, jsonOf, locator, useSandbox, useTiming, type NodeRunOptions } from '../support/support';
import { tellAccount, wallet } from '../support/usageSupport';
import { CREATE_AVATAR, askedOf, itemWithPhoto, madeIn, onlyOf, OWN_LOOK, photo, PHOTO_URL, prompted, runAvatar, twin } from './avatarSupport';

useTiming({ catchUpTime: 1_500 });
const sandbox = useSandbox({ ...FAST_JOBS, twinNeedsConsent: false });

const run = async (operation: string, parameters: INodeParameters, options: NodeRunOptions = {}): Promise<RunResult> =>
	await runAvatar(sandbox(), operation, parameters, options);

const kinds: Array<[string, INodeParameters]> = [
	['createPhoto', photo()],
	['createDigitalTwin', twin()],
	['createFromPrompt', prompted()],
];

/** Items for `photo({ name: NAMED })`. */
const NAMED = '={{ $json.name }}';
const named = (...names: string[]) => names.map((name) => ({ json: { name } }));

describe.each(kinds)('%s', (operation, parameters) => {
	it('costs a credit', async () => {
		const made = onlyOf(await run(operation, parameters));
		expect(made).toMatchObject({ cost: { credits: 1 }, estimate: { credits: 1 } });
	});

	it('tells in a dry run what would be sent and cost, and sends nothing', async () => {
		const tried = onlyOf(await run(operation, { ...parameters, options: { dryRun: true } }));
		expect(tried).toMatchObject({ dryRun: true, body: { name: 'Ada' }, estimate: { credits: 1 } });
		expect(tried).not.toHaveProperty('look_id');
		expect(askedOf(sandbox())).toEqual([]);
	});

	it.each(['maximumCostPerItem', 'maximumCostPerRun', 'maximumCostPerExecution'])('is not made beyond %s', async (limit) => {
		const error = errorOf(await run(operation, { ...parameters, options: { [limit]: 0.5 } }));
		expect(`${error.message} ${error.description}`).toMatch(/\b1 credit\b/);
		expect(error.message).toContain('0.5 credits');
		expect(askedOf(sandbox())).toEqual([]);
	});
});

describe('limits', () => {
	it('count all items of a run', async () => {
		const error = errorOf(await run('createPhoto', photo({ name: NAMED, options: { maximumCostPerRun: 2 } }), { items: named('Ada', 'Bea', 'Cleo') }));
		expect(error.message).toContain('3 credits');
		expect(madeIn(sandbox())).toBe(0);
		expect((await run('createPhoto', photo({ name: NAMED, options: { maximumCostPerRun: 3 } }), { items: named('Ada', 'Bea', 'Cleo') })).originalError).toBeUndefined();
		expect(madeIn(sandbox())).toBe(3);
	});

	it('count the runs of an execution', async () => {
		const result = await run('createPhoto', photo({ options: { maximumCostPerExecution: 2 } }), { times: 3 });
		expect(errorOf(result).message).toContain("'Maximum Cost per Execution' is 2 credits");
		expect(madeIn(sandbox())).toBe(2);
	});

	it('leave room for another one where one has failed', async () => {
		const options: NodeRunOptions = { times: 3, onError: 'continueErrorOutput' };
		await run('createPhoto', photo({ name: 'Ada [fail]', options: { maximumCostPerExecution: 1 } }), options);
		expect(madeIn(sandbox())).toBe(3);
	});

	it('keep a balance', async () => {
		tellAccount(sandbox(), wallet(5));
		const error = errorOf(await run('createPhoto', photo({ options: { minimumBalance: 4.5 } })));
		expect(error.message).toContain("'Minimum Balance'");
		expect(madeIn(sandbox())).toBe(0);
		expect(onlyOf(await run('createPhoto', photo({ options: { minimumBalance: 4 } }))).status).toBe('completed');
	});

	it('take another rate', async () => {
		const made = onlyOf(await run('createPhoto', photo({ options: { rate: 2.5 } })));
		expect(made).toMatchObject({ cost: { credits: 2.5 }, estimate: { credits: 2.5 } });
		const error = errorOf(await run('createPhoto', photo({ options: { rate: 2.5, maximumCostPerItem: 2 } })));
		expect(`${error.message} ${error.description}`).toContain('2.5 credits');
	});

	it('refuse only the item that is too dear, with an error output', async () => {
		const items = [{ json: { rate: 1 } }, { json: { rate: 3 } }];
		const parameters = photo({ options: { rate: '={{ $json.rate }}', maximumCostPerItem: 2 } });
		const result = await run('createPhoto', parameters, { items, onError: 'continueErrorOutput' });
		expect(jsonOf(result)).toHaveLength(1);
		expect(jsonOf(result, 1)).toHaveLength(1);
		expect(madeIn(sandbox())).toBe(1);
	});
});

describe('a look that waits for consent', () => {
	beforeEach(() => sandbox().configure({ twinNeedsConsent: true }));

	it('is expected to cost a credit, and has cost none yet', async () => {
		const result = await run('createDigitalTwin', twin());
		const made = onlyOf(result);
		expect(made).toMatchObject({ status: 'pending_consent', estimate: { credits: 1 } });
		expect(made).not.toHaveProperty('cost');
		const [hint] = result.runData.at(-1)?.hints ?? [];
		expect(hint?.message).toContain('Will cost about 1 credit');
	});

	it('counts for the execution: it has been ordered', async () => {
		const result = await run('createDigitalTwin', twin({ options: { maximumCostPerExecution: 1 } }), { times: 2 });
		expect(errorOf(result).message).toContain("'Maximum Cost per Execution' is 1 credit");
		expect(madeIn(sandbox())).toBe(1);
	});

	it('is kept of the balance for the next execution', async () => {
		tellAccount(sandbox(), wallet(1));
		onlyOf(await run('createDigitalTwin', twin({ options: { minimumBalance: 0 } })));
		const error = errorOf(await run('createDigitalTwin', twin({ name: 'Bea', options: { minimumBalance: 0 } })));
		expect(error.message).toContain("'Minimum Balance'");
		expect(madeIn(sandbox())).toBe(1);
	});
});

describe('a dry run', () => {
	it('checks the file and uploads nothing', async () => {
		const tried = onlyOf(await run('createPhoto', photo({ fileSource: 'binary', options: { dryRun: true } }), { items: [await itemWithPhoto()] }));
		expect(JSON.stringify(tried.body)).toContain('ada.png');
		expect(askedOf(sandbox())).toEqual([]);
	});

	it('shows the address as it would be sent', async () => {
		const tried = onlyOf(await run('createPhoto', photo({ options: { dryRun: true } })));
		expect(tried.body).toEqual({ type: 'photo', name: 'Ada', file: { type: 'url', url: PHOTO_URL } });
	});

	it('does not look the model up', async () => {
		const tried = onlyOf(await run('createFromPrompt', prompted({ options: { dryRun: true, avatarId: locator(OWN_LOOK) } })));
		expect(tried).not.toHaveProperty('avatar_preview_url');
		expect(countOf(sandbox(), CREATE_AVATAR)).toBe(0);
		expect(askedOf(sandbox())).toEqual([]);
	});
});
