/** Voices that are read, listed, found by a description and deleted. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { SandboxClient } from '../../sandbox/client';
import type { RunResult } from '../support/harness';
import { answer, useRawServer } from '../support/rawServer';
import { bodiesOf, countOf, errorOf, jsonOf, linksOf, locator, useSandbox, useTiming, VOICE } from '../support/support';
import { DELETE_VOICE, DESIGN, detailsOf, onlyItem, OWN_VOICE, runSpeech, UNHEARD_VOICE } from '../support/speechSupport';

useTiming();

describe('Design', () => {
	const sandbox = useSandbox();
	const design = async (more: INodeParameters = {}, options: Parameters<typeof runSpeech>[4] = {}): Promise<RunResult> =>
		await runSpeech(sandbox(), 'voice', 'design', { prompt: 'a calm elderly woman', ...more }, options);
	const idsOf = (result: RunResult): unknown[] => jsonOf(result).map(({ voice_id: id }) => id);
	const seeds = (): unknown[] => bodiesOf(sandbox(), DESIGN).map(({ seed }) => seed);

	it('puts out up to three voices, each with its seed and the next one', async () => {
		const result = await design();
		expect(jsonOf(result)).toHaveLength(3);
		expect(linksOf(result)).toEqual([0, 0, 0]);
		for (const json of jsonOf(result)) {
			expect(json).toMatchObject({ voice_id: expect.any(String) as string, name: expect.any(String) as string, type: 'public', seed: 0, next_seed: 1 });
		}
		expect(bodiesOf(sandbox(), DESIGN)).toEqual([{ prompt: 'a calm elderly woman' }]);
	});

	it('finds others with the next seed, and the same with the same', async () => {
		const [first, second, again] = [await design(), await design({ options: { seed: 1 } }), await design({ options: { seed: 0 } })];
		expect(new Set([...idsOf(first), ...idsOf(second)]).size).toBe(6);
		expect(idsOf(again)).toEqual(idsOf(first));
		expect(jsonOf(second)[0]).toMatchObject({ seed: 1, next_seed: 2 });
	});

	it('goes on from seed to seed for more voices', async () => {
		const result = await design({ voiceCount: 8, options: { seed: 2 } });
		expect(new Set(idsOf(result)).size).toBe(8);
		expect(jsonOf(result).map(({ seed }) => seed)).toEqual([2, 2, 2, 3, 3, 3, 4, 4]);
		expect(seeds()).toEqual([2, 3, 4]);
	});

	it('ends where HeyGen has no more', async () => {
		sandbox().configure({ voices: 8 });
		const result = await design({ voiceCount: 60 });
		expect(idsOf(result)).toHaveLength(8);
		// The fourth seed finds nothing.
		expect(seeds()).toEqual([undefined, 1, 2, 3].slice(0, seeds().length));
		expect(seeds().length).toBeLessThanOrEqual(4);
	});

	it('puts out nothing, and says so, where no voice fits', async () => {
		const result = await design({ options: { locale: 'zu-ZA' } });
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result)).toEqual([]);
		const hints = result.runData[0]?.hints?.map(({ message }) => message) ?? [];
		expect(hints.join(' ')).toContain('Item 1: HeyGen has found no voice for the description.');
	});

	it('sends the options', async () => {
		await design({ options: { gender: 'male', locale: 'de_de', additionalFields: '{"age": "old"}' } });
		sandbox().configure({ contract: 'open' });
		const result = await design({ options: { gender: 'male', locale: 'de_de', additionalFields: '{"age": "old"}' } });
		expect(bodiesOf(sandbox(), DESIGN)[1]).toEqual({ prompt: 'a calm elderly woman', gender: 'male', locale: 'de-DE', age: 'old' });
		for (const json of jsonOf(result)) expect(json).toMatchObject({ gender: 'male', language: 'German' });
	});

	it.each(['drop_before', 'drop_after', 'garbage', 'status'] as const)('is sent again after a lost answer, since it makes nothing (%s)', async (kind) => {
		sandbox().addFault({ match: { method: 'POST', path: '/v3/voices' }, kind, times: 2 });
		expect(jsonOf(await design())).toHaveLength(3);
		expect(countOf(sandbox(), DESIGN)).toBe(3);
	});

	it('says that nothing is lost where HeyGen does not answer at all', async () => {
		sandbox().addFault({ match: { method: 'POST', path: '/v3/voices' }, kind: 'drop_after', times: -1 });
		const error = errorOf(await design());
		expect(error.message).toMatch(/^Could not find voices for the description: .*connection was lost/);
		expect(error.description).toContain('Run the item again: this does its work once, however often it is sent.');
		expect(countOf(sandbox(), DESIGN)).toBe(timing.retryCount + 1);
	});

	it('finds voices for each item', async () => {
		const items = ['calm', 'loud'].map((prompt) => ({ json: { prompt } }));
		expect(linksOf(await design({ prompt: '={{ $json.prompt }}', voiceCount: 2 }, { items }))).toEqual([0, 0, 1, 1]);
	});
});

describe('Delete', () => {
	const sandbox = useSandbox();
	const remove = async (id: string, options: Parameters<typeof runSpeech>[4] = {}): Promise<RunResult> => await runSpeech(sandbox(), 'voice', 'delete', { voiceId: locator(id) }, options);

	it('deletes a voice of the account', async () => {
		expect(onlyItem(await remove(OWN_VOICE)).json).toEqual({ deleted: true, id: OWN_VOICE });
		expect((await new SandboxClient(sandbox().url).get(`/v3/voices/${OWN_VOICE}`)).status).toBe(404);
	});

	it('takes one that is not there any more for deleted', async () => {
		await remove(OWN_VOICE);
		expect(onlyItem(await remove(OWN_VOICE)).json).toEqual({ gone: true, id: OWN_VOICE, note: 'HeyGen has no such voice: it was deleted before, or was never there.' });
	});

	it('does not take a public voice, which HeyGen keeps', async () => {
		const error = errorOf(await remove(VOICE));
		expect(error.message).toContain(`Voice ${VOICE} does not belong to the account`);
		expect(detailsOf(error)).toMatchObject({ httpCode: '403', code: 'resource_access_denied' });
	});

	it.each(['drop_before', 'drop_after'] as const)('is done once, whatever gets lost (%s)', async (kind) => {
		sandbox().addFault({ match: { method: 'DELETE', path: '/v3/voices/{voice_id}' }, kind, times: 1 });
		const { json } = onlyItem(await remove(OWN_VOICE));
		expect(json).toMatchObject({ id: OWN_VOICE, [kind === 'drop_after' ? 'gone' : 'deleted']: true });
		expect(countOf(sandbox(), DELETE_VOICE)).toBe(2);
	});

	it('of several items takes each for itself', async () => {
		const items = [OWN_VOICE, VOICE, 'voice_nobody'].map((id) => ({ json: { id } }));
		const result = await runSpeech(sandbox(), 'voice', 'delete', { voiceId: locator('={{ $json.id }}') }, { items, onError: 'continueErrorOutput' });
		expect([linksOf(result), linksOf(result, 1)]).toEqual([[0, 2], [1]]);
	});
});

describe("Delete behind something that is not HeyGen's", () => {
	const server = useRawServer();
	const remove = async (): Promise<RunResult> => await runSpeech(server(), 'voice', 'delete', { voiceId: locator('v_1') });

	it.each<[string, unknown, string]>([
		['a page', '<html><body>404 Not Found</body></html>', 'text/html'],
		['a text', 'no route', 'text/plain'],
		['nothing', '', 'text/html'],
		["JSON that is not HeyGen's", { message: 'no Route matched' }, 'application/json'],
	])('is an error where the 404 is %s', async (_what, body, type) => {
		server().handler = (_request, response) => answer(response, body, 404, { 'Content-Type': type });
		expect(detailsOf(errorOf(await remove()))).toMatchObject({ httpCode: '404' });
	});

	it('is an error where a proxy answers the second try, since the first may not have arrived', async () => {
		server().handler = (_request, response, nth) => {
			if (nth === 1) response.destroy();
			else answer(response, '<html>404 Not Found</html>', 404, { 'Content-Type': 'text/html' });
		};
		expect(detailsOf(errorOf(await remove()))).toMatchObject({ httpCode: '404' });
	});

	it.each(['voice_not_found', 'VOICE_NOT_FOUND', 'not_found', 'resource_not_found'])('is done where HeyGen says %s', async (code) => {
		server().handler = (_request, response) => answer(response, { error: { code, message: 'No' } }, 404);
		expect(onlyItem(await remove()).json).toMatchObject({ gone: true, id: 'v_1' });
	});

	it('is done where HeyGen says so with a status of success', async () => {
		server().handler = (_request, response) => answer(response, { data: null, error: { code: 'voice_not_found', message: 'No' } });
		expect(onlyItem(await remove()).json).toMatchObject({ gone: true, id: 'v_1' });
	});

	it('is an error where a template uses the voice', async () => {
		server().handler = (_request, response) => answer(response, { error: { code: 'conflict', message: 'A template uses the voice' } }, 409);
		expect(errorOf(await remove()).message).toContain('A template uses the voice');
	});
});

describe('Get', () => {
	const sandbox = useSandbox();
	const get = async (id: string, more: INodeParameters = {}): Promise<IDataObject> => onlyItem(await runSpeech(sandbox(), 'voice', 'get', { voiceId: locator(id), ...more })).json;

	it('shows a public voice, which has no state', async () => {
		const { preview_audio_url: preview, ...json } = await get(VOICE);
		expect(json).toEqual({ voice_id: VOICE, name: 'Ann – Calm', status: null, language: 'English', gender: 'female', support_pause: true });
		expect((await fetch(String(preview))).status).toBe(200);
	});

	it('shows a public voice that nobody can listen to', async () => {
		expect(await get(UNHEARD_VOICE)).toMatchObject({ status: null, preview_audio_url: null });
	});

	it('shows a clone on its way, and one that failed', async () => {
		const client = new SandboxClient(sandbox().url);
		const [stuck, failed] = [await client.cloneVoice({ voice_name: '[stuck]' }), await client.cloneVoice({ voice_name: '[fail:noise]' })];
		await client.waitForRecord(`/v3/voices/${failed}`, ({ status }) => status === 'failed');
		expect(await get(stuck)).toMatchObject({ voice_id: stuck, status: 'processing', created_at: expect.stringMatching(/^2\d{3}-.*Z$/) as string });
		expect(await get(failed)).toMatchObject({ status: 'failed', failure_message: 'The voice could not be cloned: noise' });
	});

	it('has all of it without Simplify', async () => {
		expect(await get(VOICE, { simplify: false })).toMatchObject({ support_interactive_avatar: false, created_at: null });
	});

	it('of what there is not is an error', async () => {
		const error = errorOf(await runSpeech(sandbox(), 'voice', 'get', { voiceId: locator('voice_nobody') }));
		expect(detailsOf(error)).toMatchObject({ code: 'voice_not_found', httpCode: '404' });
	});
});
