/**
 * Every trouble on the wire × the reads of a look that was made, and the request for a consent. Whatever happens, the look is
 * handed on or named, and is not made twice.
 */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { limited, useFaults } from '../support/faultFrame';
import type { RunResult } from '../support/harness';
import { errorOf, idItems, jsonOf, linksOf, requestsTo, retryByHand, type NodeRunOptions } from '../support/support';
import { avatarIn, avatarRun, CONSENT, CONSENTS, LOOK, madeIn, photo, runAvatar, twin } from './avatarSupport';
import { troubleCells } from './faultSupport';

const ITEMS = 3;
const NAMES = ['Ada', 'Bea', 'Cleo'];
const named: INodeExecutionData[] = NAMES.map((name) => ({ json: { name } }));
const NAME = { name: '={{ $json.name }}' };

const { sandbox, arm, passing, lasting } = useFaults('Looks and consents');

/** Those that differ for a wait whose time is up. */
const someCells = troubleCells.filter(([name]) => ['429, Retry-After', '500', 'dropped after', 'hang'].includes(name));

const made = (): number => madeIn(sandbox());
const run = async (operation: string, parameters: INodeParameters, options: NodeRunOptions = {}): Promise<RunResult> =>
	await runAvatar(sandbox(), operation, parameters, { items: named, ...options });

function expectAll(result: RunResult, more: IDataObject = { status: 'completed' }): void {
	expect(result.originalError).toBeUndefined();
	expect(jsonOf(result)).toEqual(NAMES.map((name) => expect.objectContaining({ look_id: expect.stringMatching(/^\w+$/), name, ...more })));
	expect(new Set(jsonOf(result).map(({ look_id: id }) => id)).size).toBe(ITEMS);
	expect(linksOf(result)).toEqual([0, 1, 2]);
	expect(made()).toBe(ITEMS);
}

describe('a look that cannot be read', () => {
	const parameters = photo({ ...NAME, options: { timeoutMinutes: 0.01 } });

	it.each(troubleCells)('is named by the error when %s lasts', async (row, trouble) => {
		lasting.set(row, 'look', 'FAILED');
		arm(trouble, LOOK, -1);
		const result = await run('createPhoto', { ...parameters, ...limited(trouble) }, { onError: 'continueErrorOutput' });
		expect(made()).toBe(ITEMS);
		expect(linksOf(result, 1)).toEqual([0, 1, 2]);
		const ids = jsonOf(result, 1).map(({ error, details }) => {
			const { look_id: id, group_id: group } = details as { look_id: string; group_id?: string };
			expect(error).toContain(id);
			expect(group).toMatch(/^group_/);
			return id;
		});
		expect(new Set(ids).size).toBe(ITEMS);
		lasting.set(row, 'look', 'error with the id');
	});

	it.each(someCells)('goes on with its ID when %s lasts, if the item is to go on', async (_row, trouble) => {
		arm(trouble, LOOK, -1);
		const result = await run('createPhoto', photo({ ...NAME, ...limited(trouble), options: { timeoutMinutes: 0.01, onTimeout: 'continue' } }));
		expect(new Set(jsonOf(result).map(({ look_id: id }) => id)).size).toBe(ITEMS);
		expect(made()).toBe(ITEMS);
	});

	it.each(someCells)('is attached to by Retry On Fail after %s', async (_row, trouble) => {
		arm(trouble, LOOK, -1);
		const onTry = (attempt: number) => (attempt === 2 ? sandbox().clearFaults() : undefined);
		expectAll(await run('createPhoto', { ...photo({ ...NAME, options: { timeoutMinutes: 0.04 } }), ...limited(trouble) }, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1, onTry }));
	});

	it.each(troubleCells)('is named by Wait Until Finished when %s lasts', async (_row, trouble) => {
		const avatars = await Promise.all(NAMES.map(async () => await avatarIn(sandbox())));
		arm(trouble, LOOK, -1);
		const ids = avatars.map(({ lookId }) => lookId);
		const all = { lookId: '={{ $json.id }}', options: { timeoutMinutes: 0.01 }, ...limited(trouble) };
		const result = await run('wait', all, { items: idItems(ids), onError: 'continueErrorOutput' });
		expect(jsonOf(result, 1).map(({ details }) => (details as IDataObject).look_id)).toEqual(ids);
	});
});

describe('the request for the consent', () => {
	const held = { status: 'pending_consent' };

	it.each(troubleCells)('gets over a passing %s', async (row, trouble) => {
		passing.set(row, 'consent', 'FAILED');
		arm(trouble, CONSENTS, trouble.fault.status === 429 ? 2 : 4);
		expectAll(await run('createDigitalTwin', twin(NAME)), { ...held, consent_url: expect.stringMatching(/^http/) as never });
		// What was sent again was sent with the key of before.
		const keys = requestsTo(sandbox(), CONSENT).flatMap(({ idempotencyKey, path }) => (idempotencyKey === null ? [] : [`${path} ${idempotencyKey}`]));
		expect(new Set(keys).size).toBe(ITEMS);
		passing.set(row, 'consent', 'ok');
	});

	it.each(troubleCells)('loses no look when %s lasts', async (row, trouble) => {
		lasting.set(row, 'consent', 'FAILED');
		arm(trouble, CONSENTS, -1);
		const result = await run('createDigitalTwin', { ...twin(NAME), ...limited(trouble) });
		expectAll(result, { ...held, consent_url: null });
		for (const { note } of jsonOf(result)) {
			expect(note).toMatch(trouble.says as RegExp);
			expect(note).toContain("Ask for it with the operation 'Request Consent'");
		}
		lasting.set(row, 'consent', 'item without the page');
	});

	it('is the same one when the execution is run again by hand', async () => {
		const items = [{ json: { name: 'Ada' } }, { json: { name: 'Bea [fail]' } }];
		const failed = await run('createDigitalTwin', twin(NAME), { items });
		expect(errorOf(failed).message).toContain('training_failed');
		const again = await retryByHand(failed, avatarRun(sandbox(), 'createDigitalTwin', twin(NAME), { items }));
		expect(errorOf(again).message).toContain('training_failed');
		// The failed one is made anew, the other one is not.
		expect(made()).toBe(3);
		const keys = requestsTo(sandbox(), CONSENT).map(({ path, idempotencyKey }) => `${path} ${String(idempotencyKey)}`);
		expect(new Set(keys).size).toBeLessThanOrEqual(1);
	});
});
