import { read } from '../support/mediaSamples';
import { useOwnSandbox } from '../support/ownSandbox';

const { sandbox, client } = useOwnSandbox();

interface Item {
	id: string;
	name: string;
	audio_url: string;
	score: number;
	type: string;
	duration: number;
	placement: string | null;
	peak_offset: number | null;
}

async function search(query: string): Promise<Item[]> {
	return (await client().get(`/v3/audio/sounds?${query}`)).body.data;
}

/** All that a search finds, page by page. */
async function all(query: string): Promise<Item[]> {
	const found: Item[] = [];
	for (let token = ''; ; ) {
		const { body } = await client().get(`/v3/audio/sounds?${query}&limit=50${token}`);
		found.push(...body.data);
		expect(body.has_more).toBe(body.next_token !== null);
		if (!body.has_more) return found;
		token = `&token=${body.next_token}`;
	}
}

describe('a search', () => {
	it('finds music that fits, the best first, ten at a time', async () => {
		const found = await search('query=rain');
		expect(found).toHaveLength(10);
		for (const { type, score, placement, peak_offset: peak } of found) {
			expect([type, placement, peak]).toEqual(['music', null, null]);
			expect(score).toBeGreaterThanOrEqual(0.7);
		}
		const scores = found.map(({ score }) => score);
		expect(scores).toEqual([...scores].sort((a, b) => b - a));
	});

	it.each(['music', 'sound_effects'])('goes through all %s without gaps or repeats', async (type) => {
		const found = await all(`query=rain&type=${type}&min_score=0`);
		expect(found).toHaveLength(120);
		expect(new Set(found.map(({ id }) => id)).size).toBe(120);
		const scores = found.map(({ score }) => score);
		expect([Math.min(...scores) >= 0, Math.max(...scores) <= 1]).toEqual([true, true]);
	});

	it('finds the more the lower the score may be', async () => {
		const counts: number[] = [];
		for (const score of [1, 0.7, 0.4, 0]) counts.push((await all(`query=door&type=sound_effects&min_score=${score}`)).length);
		expect(counts).toEqual([...counts].sort((a, b) => a - b));
		expect(new Set(counts).size).toBe(4);
	});

	it('scores the same for the same words, and otherwise for others', async () => {
		const ids = async (query: string): Promise<string[]> => (await search(query)).map(({ id }) => id);
		expect(await ids('query=night+drive')).toEqual(await ids('query=night+drive'));
		expect(await ids('query=night+drive')).not.toEqual(await ids('query=morning'));
	});

	it('knows sounds by their names', async () => {
		const found = await search('query=Piano&limit=50&min_score=0.8');
		expect(found.filter(({ name }) => name.includes('piano'))).toHaveLength(12);
	});

	it('tells what effects are good for', async () => {
		const found = await all('query=door&type=sound_effects&min_score=0');
		expect(new Set(found.map(({ placement }) => placement))).toEqual(new Set(['hit', 'riser', 'bed']));
		for (const { peak_offset: peak, duration } of found) {
			expect(peak).toBeGreaterThan(0);
			expect(peak).toBeLessThan(duration);
		}
	});

	it('may be answered with an object instead of a list', async () => {
		sandbox().configure({ soundsShape: 'record' });
		const { body } = await client().get('/v3/audio/sounds?query=rain&limit=2', { unchecked: true });
		expect([Object.keys(body.data), body.has_more]).toEqual([['0', '1'], true]);
		expect(body.data['0'].type).toBe('music');
	});

	it.each([
		['', 'query'],
		['query=', 'query'],
		['query=%20', 'query'],
		['query=x&type=speech', 'type'],
		['query=x&limit=51', 'limit'],
		['query=x&min_score=1.1', 'min_score'],
		['query=x&token=nonsense', 'token'],
	])('is refused with "%s"', async (query, param) => {
		const { status, body } = await client().get(`/v3/audio/sounds?${query}`);
		expect([status, body.error.param]).toEqual([400, param]);
	});
});

it.each(['music', 'sound_effects'])('the files of %s are as long as they are said to be', async (type) => {
	const [sound] = await search(`query=rain&min_score=0&limit=1&type=${type}`);
	const file = await fetch(String(sound?.audio_url));
	expect([file.status, file.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
	const { facts } = read(Buffer.from(await file.arrayBuffer()), 4_096);
	expect(facts.seconds).toBeCloseTo(sound?.duration ?? NaN, 1);
});
