/** The HeyGen Poll Trigger with videos that cannot be read, and lists that HeyGen's documents do not show. */
import type { INodeParameters } from 'n8n-workflow';
import { PollHost } from '../support/pollHarness';
import { activePoll, fieldOf } from '../support/pollSupport';
import { askedIds, sendJson, usePlainServer, type Answer } from '../support/plainServer';
import { useTiming } from '../support/support';

useTiming({ catchUpTime: 50 });
const server = usePlainServer();
const VIDEOS: INodeParameters = { source: 'videos' };

const DAY_MS = 24 * 3_600_000;
const seconds = (shift = 0) => Math.floor(Date.now() / 1_000) + shift;
const ended = (id: unknown, more: object = {}) => ({
	id,
	status: 'completed',
	video_url: 'https://files.heygen.ai/v.mp4',
	created_at: seconds(-60),
	completed_at: seconds(),
	...more,
});
const refusal = (status: number, code = 'blocked'): Answer => (_request, response) =>
	sendJson(response, { data: null, error: { code, message: 'No' } }, status);

/** What the list holds; statuses know nothing, and one video is read as told. */
function serve(list: () => unknown[], read: Answer = refusal(500)): void {
	server().answer = (request, response) => {
		const all = list();
		const from = Number(request.query.get('token') ?? 0);
		const hasMore = from + 100 < all.length;
		if (request.path.endsWith('/statuses')) {
			sendJson(response, { data: askedIds(request).map((video_id) => ({ video_id, status: 'not_found' })) });
		} else if (request.path.endsWith('/videos') || request.path.endsWith('/events')) {
			sendJson(response, { data: all.slice(from, from + 100), has_more: hasMore, next_token: hasMore ? String(from + 100) : null });
		} else {
			read(request, response);
		}
	};
}

const ids = async (host: PollHost) => fieldOf(await host.poll(), 'id');

const UNREADABLE: Array<[string, Answer]> = [
	['403', refusal(403)],
	['400', refusal(400)],
	['500', refusal(500)],
	['no record', (_request, response) => sendJson(response, { data: null })],
];

describe('a video that cannot be read', () => {
	const running = { id: 'bad', status: 'processing', created_at: seconds(-30) };

	it.each([...UNREADABLE, ['that it is not known, in a 200', refusal(200, 'video_not_found')] as [string, Answer]])(
		'holds up no other when it ran and left the list: %s',
		async (_what, answer) => {
			let list: unknown[] = [running];
			serve(() => list, answer);
			const host = await activePoll(server(), VIDEOS);
			for (const id of ['a', 'b', 'c']) {
				list = [ended(id)];
				expect(await ids(host)).toEqual([id]);
			}
		},
	);

	it.each(UNREADABLE)('is handed on once it can be read: %s', async (_what, answer) => {
		let list: unknown[] = [running];
		let read = answer;
		serve(() => list, (request, response) => read(request, response));
		const host = await activePoll(server(), VIDEOS);
		list = [];
		for (let poll = 0; poll < 5; poll++) expect(await ids(host)).toEqual([]);
		read = (_request, response) => sendJson(response, { data: ended('bad') });
		expect(await ids(host)).toEqual(['bad']);
		expect(await ids(host)).toEqual([]);
	});

	it.each(UNREADABLE)('holds up no other when it ended without a URL, and is handed on later: %s', async (_what, answer) => {
		let list: unknown[] = [];
		let read = answer;
		serve(() => list, (request, response) => read(request, response));
		const host = await activePoll(server(), VIDEOS);
		const bad = ended('bad', { video_url: null });
		list = [ended('a'), bad];
		expect(await ids(host)).toEqual(['a']);
		list = [ended('b'), ...list];
		expect(await ids(host)).toEqual(['b']);
		read = (_request, response) => sendJson(response, { data: ended('bad') });
		expect(fieldOf(await host.poll(), 'url')).toEqual(['https://files.heygen.ai/v.mp4']);
		expect(await ids(host)).toEqual([]);
	});

	it('is not given up because HeyGen did not know it for once or twice', async () => {
		let list: unknown[] = [running];
		let read = refusal(404, 'video_not_found');
		serve(() => list, (request, response) => read(request, response));
		const host = await activePoll(server(), VIDEOS);
		list = [];
		expect([await ids(host), await ids(host)]).toEqual([[], []]);
		read = (_request, response) => sendJson(response, { data: ended('bad') });
		expect(await ids(host)).toEqual(['bad']);
	});
});

describe('a list', () => {
	it.each<[string, (shift: number) => unknown]>([
		['milliseconds', (shift) => Date.now() + shift * 1_000],
		['microseconds', (shift) => (Date.now() + shift * 1_000) * 1_000],
		['text', (shift) => String(seconds(shift))],
		['ISO without a zone', (shift) => new Date(Date.now() + shift * 1_000).toISOString().replace('Z', '')],
	])('with times in %s is read no further than it must be, and gives each once', async (_what, time) => {
		let list = Array.from({ length: 400 }, (_, index) => ended(`old${index}`, { created_at: time(-3_600 * (index + 1)) }));
		serve(() => list);
		const host = await activePoll(server(), VIDEOS);
		for (const id of ['a', 'b']) {
			list = [ended(id, { created_at: time(0) }), ...list];
			const [item] = (await host.poll()) ?? [];
			expect(item?.json.id).toBe(id);
			expect(Math.abs(Date.parse(String(item?.json.createdAt)) - Date.now())).toBeLessThan(60_000);
			expect(await host.poll()).toBeNull();
		}
		expect(server().count('GET', '/v3/videos')).toBe(5);
	});

	it('without times gives each once', async () => {
		let list = [ended('old', { created_at: null })];
		serve(() => list);
		const host = await activePoll(server(), VIDEOS);
		for (const id of ['a', 'b']) {
			list = [ended(id, { created_at: null }), ...list];
			expect(await ids(host)).toEqual([id]);
			expect(await ids(host)).toEqual([]);
		}
	});

	it.each<[string, (name: string, index: number) => object, string[]]>([
		['under video_id', (name) => ({ ...ended(undefined), video_id: name }), ['a', 'b']],
		['that are numbers', (_name, index) => ended(index + 7), ['7', '8']],
	])('with ids %s gives each once', async (_what, make, expected) => {
		let list: object[] = [];
		serve(() => list);
		const host = await activePoll(server(), VIDEOS);
		for (const [index, name] of ['a', 'b'].entries()) {
			list = [make(name, index), ...list];
			expect(await ids(host)).toEqual([expected[index]]);
		}
	});

	it.each([undefined, null, '', {}])('that says %j of the state of a video does not keep it from being read', async (status) => {
		let hasEnded = false;
		let list: object[] = [ended('old', { status })];
		serve(
			() => list,
			(request, response) => sendJson(response, { data: ended(request.path.split('/').at(-1), hasEnded ? {} : { status: 'processing' }) }),
		);
		hasEnded = true;
		const host = await activePoll(server(), VIDEOS);
		list = [ended('a', { status }), ...list];
		expect(await ids(host)).toEqual(['a']);
		hasEnded = false;
		list = [ended('b', { status }), ...list];
		expect(await ids(host)).toEqual([]);
		hasEnded = true;
		expect(await ids(host)).toEqual(['b']);
		expect(await ids(host)).toEqual([]);
		expect(server().requests.at(-1)?.path).toBe('/v3/videos');
	});

	it('leaves out what has no id', async () => {
		let list: object[] = [];
		serve(() => list);
		const host = await activePoll(server(), VIDEOS);
		list = [ended(undefined), ended(null), ended('a')];
		expect(await ids(host)).toEqual(['a']);
	});

	it.each<[string, unknown]>([
		['is not dated', null],
		['is dated in the future', seconds(DAY_MS / 1_000 + 3_600)],
	])('loses nothing when the clock of this machine was a day ahead for once, and a video %s', async (_what, createdAt) => {
		let list: object[] = [];
		serve(() => list);
		const host = await activePoll(server(), VIDEOS);
		const ahead = Date.now() + DAY_MS;
		const clock = jest.spyOn(Date, 'now').mockReturnValue(ahead);
		list = [ended('odd', { created_at: createdAt })];
		expect(await ids(host)).toEqual(['odd']);
		clock.mockRestore();
		for (const id of ['a', 'b']) {
			list = [ended(id, { created_at: seconds() }), ...list];
			expect(await ids(host)).toEqual([id]);
		}
		expect(await ids(host)).toEqual([]);
	});

	it.each<[string, object]>([
		['are numbers', { event_id: 7 }],
		['are under id', { id: 'evt_7' }],
	])('of events whose ids %s gives each once, though a field of it changes', async (_what, id) => {
		let tries = 0;
		const created_at = new Date().toISOString();
		let list: () => object[] = () => [];
		serve(() => list());
		const host = await activePoll(server());
		list = () => [{ ...id, event_type: 'avatar_video.success', event_data: { video_id: 'v' }, created_at, tries: tries++ }];
		expect(fieldOf(await host.poll(), 'eventId')).toEqual([String(Object.values(id)[0])]);
		expect(await host.poll()).toBeNull();
	});
});
