/** The HeyGen Poll Trigger watching events: each is handed on once, in order, whatever happens in between. */
import type { HeyGenPollTrigger } from '../../../nodes/HeyGenPollTrigger/HeyGenPollTrigger.node';
import { timing } from '../../../nodes/engine/basics/timing';
import type { Fault } from '../../sandbox';
import { deduplicator } from '../support/deduplication';
import { runNode } from '../support/harness';
import { PollHost } from '../support/pollHarness';
import { activePoll, EVENTS, fieldOf, LIST_EVENTS, PASSING_TROUBLES, pollOptions } from '../support/pollSupport';
import { countOf, errorOf, FAST_JOBS, requestsTo, useSandbox, useTiming } from '../support/support';
import { expectNotIn, failureOf } from '../support/triggerSupport';

useTiming({ readTimeout: 5_000 });
const sandbox = useSandbox(FAST_JOBS);

beforeEach(() => deduplicator.rows.clear());

/** Makes events happen. @returns their ids, in order */
const emit = (count = 1, type = 'avatar_video.success', video = 'v1'): string[] =>
	sandbox()
		.emit({ event_type: type, event_data: { video_id: video }, count })
		.map(({ event_id: id }) => id);

/** The node as another process of n8n has it: with a memory of its own. */
async function freshNode(): Promise<HeyGenPollTrigger> {
	let node: HeyGenPollTrigger | undefined;
	await jest.isolateModulesAsync(async () => {
		const module = await import('../../../nodes/HeyGenPollTrigger/HeyGenPollTrigger.node');
		node = new module.HeyGenPollTrigger();
	});
	if (node === undefined) throw new Error('The node was not loaded');
	return node;
}

describe.each(['newest', 'oldest'] as const)('a list of events with the %s first', (eventsOrder) => {
	beforeEach(() => sandbox().configure({ eventsOrder }));

	it('is only looked at by the first poll', async () => {
		emit(150);
		const host = new PollHost(pollOptions(sandbox()));
		expect(await host.activate()).toBeNull();
		expect(await host.poll()).toBeNull();
	});

	it('is handed on once and in order: 350 events between two polls', async () => {
		emit(150);
		const host = await activePoll(sandbox());
		const ids = emit(350);
		expect(fieldOf(await host.poll(), 'eventId')).toEqual(ids);
		expect(await host.poll()).toBeNull();
		const more = emit(3);
		expect(fieldOf(await host.poll(), 'eventId')).toEqual(more);
	});

	it('is handed on once although n8n restarts before and after', async () => {
		emit(20);
		const host = await activePoll(sandbox());
		const ids: string[] = [];
		for (const count of [120, 0, 1, 130]) {
			if (count > 0) ids.push(...emit(count));
			await host.poll();
			host.restart();
			await host.poll();
		}
		expect(fieldOf(host.handedOver, 'eventId')).toEqual(ids);
	});

	it('that was empty at first is handed on from its beginning', async () => {
		const host = await activePoll(sandbox());
		const ids = emit(101);
		expect(fieldOf(await host.poll(), 'eventId')).toEqual(ids);
	});

	it('is handed on whole by the poll after one that failed in the middle of it', async () => {
		const host = await activePoll(sandbox());
		const before = structuredClone(host.staticData);
		const ids = emit(250);
		sandbox().addFault({ match: { path: EVENTS }, kind: 'status', status: 403, skip: 1 });
		const error = await failureOf(host.poll());
		expect(error.message).toContain('Could not list the webhook events: Injected fault: forbidden');
		expectNotIn(error, sandbox().apiKey);
		expect([host.handedOver, host.staticData]).toEqual([[], before]);
		expect(fieldOf(await host.poll(), 'eventId')).toEqual(ids);
		expect(await host.poll()).toBeNull();
	});

	it('has what shows up late, minutes behind what was handed on already', async () => {
		const host = await activePoll(sandbox());
		emit(2);
		await host.poll();
		const created_at = new Date(Date.now() - 5 * 60_000).toISOString();
		const [late] = sandbox().emit({ event_type: 'avatar_video.fail', created_at });
		expect(fieldOf(await host.poll(), 'eventId')).toEqual([late?.event_id]);
	});
});

describe('a poll', () => {
	it('gives the item of a delivery, but for its body', async () => {
		const host = await activePoll(sandbox());
		const [event] = sandbox().emit({ event_type: 'avatar_video.fail', event_data: { video_id: 'v1', msg: 'Moderation', callback_id: 'c' } });
		expect(await host.poll()).toEqual([
			{
				json: {
					eventId: event?.event_id,
					eventType: 'avatar_video.fail',
					outcome: 'failure',
					kind: 'video',
					id: 'v1',
					url: null,
					error: 'Moderation',
					callbackId: 'c',
					createdAt: event?.created_at,
					eventData: event?.event_data,
				},
			},
		]);
	});

	it('that begins while another is under way finds nothing, and nothing is doubled', async () => {
		const host = await activePoll(sandbox());
		const ids = emit(250);
		sandbox().configure({ latencyMs: 50 });
		const polls = await Promise.all([host.poll(), host.poll(), host.poll()]);
		expect(polls.map((items) => items?.length ?? null)).toEqual([250, null, null]);
		expect(await host.poll()).toBeNull();
		expect(fieldOf(host.handedOver, 'eventId')).toEqual(ids);
	});

	it('can begin again after one that failed', async () => {
		const host = await activePoll(sandbox());
		sandbox().addFault({ match: { path: EVENTS }, kind: 'status', status: 401 });
		await failureOf(host.poll());
		const ids = emit();
		expect(fieldOf(await host.poll(), 'eventId')).toEqual(ids);
	});

	it('reads one page when little is new', async () => {
		for (let hour = 1; hour <= 5; hour++) {
			sandbox().emit({ event_type: 'avatar_video.success', count: 60, created_at: new Date(Date.now() - hour * 3_600_000).toISOString() });
		}
		const host = await activePoll(sandbox());
		const before = countOf(sandbox(), LIST_EVENTS);
		emit(2);
		expect(await host.poll()).toHaveLength(2);
		expect(countOf(sandbox(), LIST_EVENTS)).toBe(before + 1);
		expect(requestsTo(sandbox(), LIST_EVENTS).at(-1)?.query).toEqual({ limit: '100' });
	});

	it('remembers no more than the last quarter of an hour', async () => {
		const host = await activePoll(sandbox());
		const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
		sandbox().emit({ event_type: 'avatar_video.success', count: 200, created_at: hourAgo });
		await host.poll();
		emit();
		await host.poll();
		emit();
		await host.poll();
		const { mark } = (host.staticData['node:HeyGen Poll Trigger'] ?? {}) as { mark?: { seen: object } };
		expect(Object.keys(mark?.seen ?? {}).length).toBeLessThan(110);
	});
});

describe('filters', () => {
	const TYPES = ['avatar_video.success', 'avatar_video.fail', 'personalized_video', 'batch.finished'];

	it.each([
		[['*'], TYPES],
		[['*.fail'], ['avatar_video.fail']],
		[['*.success'], ['avatar_video.success', 'personalized_video']],
		[['batch.finished', 'avatar_video.fail'], ['avatar_video.fail', 'batch.finished']],
	])('let through what was chosen: %j', async (events, expected) => {
		const host = await activePoll(sandbox(), { events });
		for (const type of TYPES) emit(1, type);
		expect(fieldOf(await host.poll(), 'eventType')).toEqual(expected);
		expect(await host.poll()).toBeNull();
	});

	it('let through what is about one thing', async () => {
		const host = await activePoll(sandbox(), { filters: { entityId: ' v2 ' } });
		emit(3, 'avatar_video.success', 'v1');
		const ids = emit(2, 'avatar_video.fail', 'v2');
		expect(fieldOf(await host.poll(), 'eventId')).toEqual(ids);
		expect(requestsTo(sandbox(), LIST_EVENTS).at(-1)?.query).toMatchObject({ entity_id: 'v2' });
	});

	it.each([
		[['*.fail'], ['*.success']],
		[['*.fail'], ['*']],
	])('that change from %j to %j let through only what comes from then on', async (before, after) => {
		const host = await activePoll(sandbox(), { events: before });
		emit(3, 'avatar_video.success');
		await host.poll();
		emit(2, 'avatar_video.success');
		const missed = emit(1, 'avatar_video.fail');
		// After a restart nothing is known but what n8n has saved.
		host.restart({ node: await freshNode() });
		const found = fieldOf(await host.change({ ...pollOptions(sandbox()).parameters, events: after }), 'eventId');
		expect(found).toEqual(after.includes('*') ? missed : []);
		const ids = emit(2, 'avatar_video.success');
		expect(fieldOf(await host.poll(), 'eventId')).toEqual(ids);
	});
});

describe('another choice of what to watch', () => {
	it('takes its bearings anew, there and back', async () => {
		const host = await activePoll(sandbox());
		sandbox().seed({ videos: { count: 2, runSeconds: 0 } });
		const { parameters } = pollOptions(sandbox());
		await host.change({ ...parameters, source: 'videos' });
		expect(await host.poll()).toBeNull();
		await host.change(parameters);
		// The videos' events came while they were not watched.
		expect(await host.poll()).toBeNull();
		emit(1, 'avatar_video.success', 'v9');
		await host.change({ ...parameters, filters: { entityId: 'v9' } });
		expect(await host.poll()).toBeNull();
		const ids = emit(1, 'avatar_video.success', 'v9');
		expect(fieldOf(await host.poll(), 'eventId')).toEqual(ids);
	});
});

describe('a parameter that makes no sense', () => {
	it.each([
		[{ source: 'nonsense' }, "'Watch' must be one of events, videos, translations"],
		[{ events: [] }, "'Event Names or IDs' is empty"],
		[{ events: 'nonsense' }, "'Event Names or IDs' takes names of events"],
		[{ options: { download: ['nope'] } }, "'Download' has an unknown value"],
		[{ options: { fetchResource: 'abc' } }, "'Fetch Full Resource' must be true or false"],
		[{ source: 'videos', outcomes: [] }, "'Outcomes' is empty"],
		[{ source: 'translations', outcomes: ['nonsense'] }, "'Outcomes'"],
	])('is named before any request: %j', async (parameters, words) => {
		const host = new PollHost(pollOptions(sandbox(), parameters));
		const error = await failureOf(host.poll());
		expect([error.name, error.message]).toEqual(['NodeOperationError', expect.stringContaining(words)]);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('trouble on the way', () => {
	/** Lets requests time out soon, if they are to. */
	async function withPatience<T>({ kind }: Omit<Fault, 'match'>, work: () => Promise<T>): Promise<T> {
		const before = timing.readTimeout;
		if (kind === 'hang') timing.readTimeout = 150;
		return await work().finally(() => (timing.readTimeout = before));
	}

	it.each(PASSING_TROUBLES)('that passes costs no event and doubles none: %s', async (_name, fault) => {
		const host = await activePoll(sandbox());
		const ids = emit(250);
		sandbox().addFault({ match: { path: EVENTS }, skip: 1, ...fault });
		await withPatience(fault, async () => await host.poll());
		expect(await host.poll()).toBeNull();
		expect(fieldOf(host.handedOver, 'eventId')).toEqual(ids);
	});

	it.each(PASSING_TROUBLES.slice(1))('that lasts ends the poll, and the next one has all: %s', async (_name, fault) => {
		const host = await activePoll(sandbox());
		const ids = emit(250);
		sandbox().addFault({ match: { path: EVENTS }, skip: 1, ...fault, times: -1 });
		const error = await withPatience(fault, async () => await failureOf(host.poll()));
		expect(error.message).toContain('Could not list the webhook events: ');
		expectNotIn(error, sandbox().apiKey);
		sandbox().clearFaults();
		expect(fieldOf(await host.poll(), 'eventId')).toEqual(ids);
	});

	it('with the cursor ends the poll instead of going on for ever', async () => {
		const host = await activePoll(sandbox());
		emit(250);
		sandbox().addFault({ match: { path: EVENTS }, kind: 'endless_cursor', times: -1 });
		expect((await failureOf(host.poll())).message).toContain('the same page cursor twice');
	});
});

describe('a test in the editor', () => {
	const test = async (parameters = {}) =>
		await runNode({ ...pollOptions(sandbox(), parameters), asTrigger: true, mode: 'manual', items: [{ json: {} }] });

	it.each(['newest', 'oldest'] as const)('shows the latest event that was chosen, again and again (%s first)', async (eventsOrder) => {
		sandbox().configure({ eventsOrder });
		emit(3, 'avatar_video.fail');
		const [id] = emit(1, 'avatar_video.fail');
		emit(3, 'avatar_video.success');
		for (let time = 0; time < 2; time++) {
			const { outputs } = await test({ events: ['*.fail'] });
			expect(fieldOf(outputs[0] ?? null, 'eventId')).toEqual([id]);
		}
		expect(deduplicator.rows.size).toBe(0);
	});

	it('says that there is nothing to show yet, and what to do', async () => {
		emit(3);
		const error = errorOf(await test({ events: ['*.fail'] }));
		expect(error.message).toContain('HeyGen has nothing to show for this test yet');
		expect(error.description).toContain('publish');
	});

	it('says what HeyGen says when it cannot be asked', async () => {
		sandbox().addFault({ match: {}, kind: 'status', status: 401, times: -1 });
		const result = await test();
		expect(errorOf(result).message).toContain('Could not list the webhook events');
		expectNotIn(result, sandbox().apiKey);
	});
});

describe('the execution', () => {
	it('hands on what a poll has found, and each event once whatever happens to n8n between poll and execution', async () => {
		const host = await activePoll(sandbox());
		const ids = emit(5);
		const items = (await host.poll()) ?? [];
		expect(fieldOf((await host.execute(items)).outputs[0] ?? null, 'eventId')).toEqual(ids);
		const [more] = emit(1);
		const both = [...items, ...((await host.poll()) ?? [])];
		expect(fieldOf((await host.execute(both)).outputs[0] ?? null, 'eventId')).toEqual([more]);
	});
});
