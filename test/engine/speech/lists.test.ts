/** Lists of voices, and the search for sounds. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { RunResult } from '../support/harness';
import { answer, useRawServer } from '../support/rawServer';
import { countOf, errorOf, jsonOf, linksOf, requestsTo, useSandbox, useTiming } from '../support/support';
import { LIST_VOICES, RETRY, runSpeech, SOUNDS } from '../support/speechSupport';

useTiming();

describe('Get Many', () => {
	const sandbox = useSandbox();
	const list = async (more: INodeParameters = {}): Promise<RunResult> => await runSpeech(sandbox(), 'voice', 'getAll', { returnAll: true, ...more });
	const query = () => requestsTo(sandbox(), LIST_VOICES)[0]?.query;

	it.each<[string, INodeParameters, Record<string, string>, (json: IDataObject) => boolean]>([
		['a code', { language: 'de' }, { language: 'German' }, ({ language }) => language === 'German'],
		['a code with a region', { language: 'pt-BR' }, { language: 'Portuguese' }, ({ language }) => language === 'Portuguese'],
		['a name', { language: 'Japanese' }, { language: 'Japanese' }, ({ language }) => language === 'Japanese'],
		['a gender', { gender: 'male' }, { gender: 'male' }, ({ gender }) => gender === 'male'],
		['an owner', { ownership: 'private' }, { type: 'private' }, ({ type }) => type === 'private'],
		['an engine', { engine: 'starfish' }, { engine: 'starfish' }, () => true],
		['several', { engine: ' starfish ', language: 'fr', gender: 'Female', ownership: 'public' }, { engine: 'starfish', language: 'French', gender: 'female', type: 'public' }, ({ language, gender }) => language === 'French' && gender === 'female'],
	])('is narrowed by %s', async (_what, filters, sent, fits) => {
		const result = await list({ filters });
		expect(query()).toEqual({ limit: '100', ...sent });
		expect(jsonOf(result).every(fits)).toBe(true);
	});

	it('finds none of a language that there is not', async () => {
		expect(jsonOf(await list({ filters: { language: 'Klingon' } }))).toEqual([]);
		expect(query()).toEqual({ limit: '100', language: 'Klingon' });
	});

	it('reads 2,500 public voices with 25 requests', async () => {
		// Every tenth voice is the account's own.
		sandbox().configure({ voices: 2_777 });
		const result = await list();
		const [voices, requests] = [jsonOf(result), countOf(sandbox(), LIST_VOICES)];
		process.stdout.write(`${voices.length} public voices in ${requests} requests\n`);
		expect([voices.length, new Set(voices.map(({ voice_id: id }) => id)).size, requests]).toEqual([2_500, 2_500, 25]);
	});

	it('reads as few as are wanted', async () => {
		sandbox().configure({ voices: 2_777 });
		expect(jsonOf(await runSpeech(sandbox(), 'voice', 'getAll', { limit: 150 }))).toHaveLength(150);
		expect(requestsTo(sandbox(), LIST_VOICES).map(({ query: { limit } }) => limit)).toEqual(['100', '50']);
	});

	it('gets over what passes, and asks nothing twice in vain', async () => {
		sandbox().addFault({ match: { method: 'GET', path: '/v3/voices' }, kind: 'garbage', times: 2 });
		expect(jsonOf(await runSpeech(sandbox(), 'voice', 'getAll', {}, RETRY))).toHaveLength(50);
		expect(countOf(sandbox(), LIST_VOICES)).toBe(3);
	});

	it('without an end is told', async () => {
		sandbox().addFault({ match: { method: 'GET', path: '/v3/voices' }, kind: 'endless_cursor', times: -1 });
		expect(errorOf(await list()).message).toContain('same page cursor twice');
	});
});

describe('Search', () => {
	const sandbox = useSandbox();
	const search = async (more: INodeParameters = {}, options: Parameters<typeof runSpeech>[4] = {}): Promise<RunResult> =>
		await runSpeech(sandbox(), 'sound', 'getAll', { query: 'calm piano', returnAll: true, ...more }, options);
	const query = () => requestsTo(sandbox(), SOUNDS)[0]?.query;

	it('finds music, the best first, with an address for each', async () => {
		const found = jsonOf(await search());
		expect(query()).toEqual({ query: 'calm piano', type: 'music', limit: '50' });
		const scores = found.map(({ score }) => Number(score));
		expect(scores).toEqual([...scores].sort((a, b) => b - a));
		expect(Math.min(...scores)).toBeGreaterThanOrEqual(0.7);
		expect(found[0]).toMatchObject({ id: expect.any(String) as string, type: 'music', name: expect.stringMatching(/Calm|piano/) as string });
		expect((await fetch(String(found[0]?.audio_url))).status).toBe(200);
	});

	it.each(['list', 'record'] as const)('takes an answer that is a %s', async (soundsShape) => {
		sandbox().configure({ soundsShape });
		const found = jsonOf(await search({ filters: { minScore: 0 } }));
		// All of them, over several pages.
		expect(found).toHaveLength(120);
		expect(new Set(found.map(({ id }) => id)).size).toBe(120);
		expect(countOf(sandbox(), SOUNDS)).toBe(3);
	});

	it('takes an empty answer of either shape', async () => {
		for (const soundsShape of ['list', 'record'] as const) {
			sandbox().configure({ soundsShape });
			const result = await search({ query: 'zzz', type: 'sound_effects', filters: { minScore: 1 } });
			expect(result.originalError).toBeUndefined();
			expect(jsonOf(result)).toEqual([]);
		}
	});

	it('finds more effects with a lower score', async () => {
		const type = 'sound_effects';
		const usual = jsonOf(await search({ query: 'rain', type }));
		const more = jsonOf(await search({ query: 'rain', type, filters: { minScore: '={{ "0.4" }}' } }));
		expect(more.length).toBeGreaterThan(usual.length);
		expect(requestsTo(sandbox(), SOUNDS)[1]?.query).toMatchObject({ type, min_score: '0.4' });
		for (const sound of more) expect(sound).toMatchObject({ type, placement: expect.stringMatching(/^(hit|riser|bed)$/) as string });
	});

	it.each([0, 1])('sends the score %d', async (minScore) => {
		await search({ filters: { minScore } });
		expect(query()).toMatchObject({ min_score: String(minScore) });
	});

	it('takes types that the list does not have', async () => {
		sandbox().configure({ contract: 'open' });
		await search({ type: 'byName', typeName: 'ambience' });
		expect(query()).toMatchObject({ type: 'ambience' });
	});

	it('takes the names of types as the editor has them', async () => {
		await search({ type: '={{ "Sound Effects" }}' });
		expect(query()).toMatchObject({ type: 'sound_effects' });
	});

	it('reads as many as are wanted', async () => {
		expect(jsonOf(await search({ returnAll: false, limit: 60, filters: { minScore: 0 } }))).toHaveLength(60);
		expect(requestsTo(sandbox(), SOUNDS).map(({ query: { limit } }) => limit)).toEqual(['50', '10']);
	});

	it('searches for each item', async () => {
		const items = ['rain', ' calm  piano '].map((words) => ({ json: { words } }));
		const result = await search({ query: '={{ $json.words }}', returnAll: false, limit: 2 }, { items });
		expect(new Set(linksOf(result))).toEqual(new Set([0, 1]));
	});
});

describe('odd answers of the search', () => {
	const server = useRawServer();
	const search = async (): Promise<RunResult> => await runSpeech(server(), 'sound', 'getAll', { query: 'rain', returnAll: true });

	it.each<[string, unknown]>([
		['a record that is no list', { sounds: [] }],
		['nothing', null],
		['a text', 'rain'],
		['places with a hole', { 0: { id: 'a' }, 2: { id: 'b' } }],
	])('are told: %s', async (_what, data) => {
		server().handler = (_request, response) => answer(response, { data, has_more: false, next_token: null });
		expect(errorOf(await search()).message).toMatch(/^Could not list the sounds: HeyGen's answer holds/);
	});

	it('with places as keys that are not in order by their texts are put in order', async () => {
		const data = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [String(at), { id: `sound-${at}` }]));
		server().handler = (_request, response) => answer(response, { data, has_more: false, next_token: null });
		expect(jsonOf(await search()).map(({ id }) => id)).toEqual(Array.from({ length: 12 }, (_, at) => `sound-${at}`));
	});
});
