import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Mark } from '../../../nodes/engine/triggers/listWindow';
import { newEvents } from '../../../nodes/engine/triggers/pollEvents';
import { clock } from '../support/simulation/clock';
import { HeyGenList, type ListOrder, stored } from '../support/simulation/heyGenList';

jest.mock('../../../nodes/engine/basics/timing', () => {
	const { virtualTiming } = jest.requireActual<typeof import('../support/simulation/clock')>('../support/simulation/clock');
	return virtualTiming(jest.requireActual<object>('../../../nodes/engine/basics/timing'));
});

afterEach(() => clock.forgetEvents());

/** Polls of a list of events: whatever comes after the first poll is handed on once, whenever it shows up. */

const MINUTE = 60_000;
const PAGE = 100;
const NEWEST: ListOrder = { first: 'newest', by: 'time' };
const ORDERS: ListOrder[] = [
	NEWEST,
	{ first: 'newest', by: 'arrival' },
	{ first: 'oldest', by: 'time' },
	{ first: 'oldest', by: 'arrival' },
];

/** A list of events with a trigger that polls it. */
function watched(order: ListOrder = NEWEST) {
	/** Records that show up while the list is read, after its first page. */
	let surprises: Array<() => void> = [];
	const list = new HeyGenList('/v3/webhooks/events', order, () => surprises.splice(0).forEach((surprise) => surprise()));
	const handed: string[] = [];
	/** How many were listed before the first poll. */
	let before: number | undefined;
	let mark: Mark | undefined;
	/** Lists a new event; `late` says how many milliseconds after its time. */
	const add = (late = 0, isTimed = true): string => {
		const time = clock.time - late;
		const event_id = `e${list.records.length}`;
		const record: IDataObject = { event_id, event_type: 'avatar_video.success', event_data: { video_id: event_id } };
		if (isTimed) record.created_at = new Date(time).toISOString();
		list.records.push({ time, show: () => record });
		return event_id;
	};
	/** Polls as n8n does, with static data that have been saved in between. */
	const poll = async (during: Array<() => void> = []): Promise<string[]> => {
		if (before === undefined) before = list.records.length;
		else surprises = during;
		const { items, next } = await newEvents(list.client(), { events: ['*'] }, mark === undefined ? undefined : stored(mark));
		mark = next;
		const ids = items.map(({ json }) => String(json.eventId));
		handed.push(...ids);
		const times = items.flatMap(({ json }) => (json.createdAt === null ? [] : [Date.parse(String(json.createdAt))]));
		expect(times).toEqual([...times].sort((a, b) => a - b));
		return ids;
	};
	/** Everything since the first poll has been handed on once, and nothing else. */
	const expectEachOnce = () => {
		const expected = list.records.slice(before).map(({ show }) => String(show()?.event_id));
		expect([...handed].sort()).toEqual([...expected].sort());
	};
	return { list, add, poll, expectEachOnce, seen: () => Object.values(mark?.seen ?? {}) };
}

/** Lets time pass; nothing else is under way. */
function pass(ms: number): void {
	clock.time += ms;
}

const times = (count: number, act: () => void): void => {
	for (let index = 0; index < count; index++) act();
};

describe.each(ORDERS)('a list with the $first first, by $by', (order) => {
	it('gives nothing at first, then what comes, then nothing', async () => {
		const { add, poll } = watched(order);
		times(3, () => add());
		expect(await poll()).toEqual([]);
		pass(MINUTE);
		const one = add();
		pass(1_000);
		const two = add();
		expect(await poll()).toEqual([one, two]);
		expect(await poll()).toEqual([]);
	});

	it('gives all that comes when it was empty at first', async () => {
		const { add, poll } = watched(order);
		expect(await poll()).toEqual([]);
		const late = add(10 * MINUTE);
		const other = add();
		expect(await poll()).toEqual([late, other]);
		expect(await poll()).toEqual([]);
	});

	it('gives a burst of many pages, the oldest first', async () => {
		const { add, poll, expectEachOnce } = watched(order);
		times(3 * PAGE, () => (pass(7_000), add()));
		await poll();
		times(7 * PAGE + 50, () => (pass(10), add()));
		expect(await poll()).toEqual(Array.from({ length: 750 }, (_, index) => `e${300 + index}`));
		expect(await poll()).toEqual([]);
		expectEachOnce();
	});

	it('gives what shows up ten minutes late, behind younger ones', async () => {
		const { add, poll } = watched(order);
		add();
		await poll();
		const younger = add();
		expect(await poll()).toEqual([younger]);
		const late = add(10 * MINUTE);
		expect(await poll()).toEqual([late]);
		pass(60 * MINUTE);
		expect(await poll()).toEqual([]);
	});

	it('gives every one of the same moment, at the edge of a page and of a poll', async () => {
		const { add, poll, expectEachOnce } = watched(order);
		times(PAGE, () => add());
		await poll();
		times(PAGE + 1, () => add());
		await poll();
		times(1, () => add());
		await poll();
		await poll();
		expectEachOnce();
	});

	it('gives one without a time once', async () => {
		const { add, poll } = watched(order);
		add(0, false);
		await poll();
		pass(MINUTE);
		const timeless = add(0, false);
		expect(await poll()).toEqual([timeless]);
		for (const wait of [MINUTE, 20 * MINUTE, 600 * MINUTE]) {
			pass(wait);
			expect(await poll()).toEqual([]);
		}
	});

	it('remembers no more than it has to', async () => {
		const { add, poll, seen } = watched(order);
		times(5 * PAGE, () => (pass(MINUTE), add()));
		await poll();
		times(50, () => (pass(MINUTE), add()));
		await poll();
		// What is too old to be new need not be remembered; of the pages read, the rest may be.
		expect(seen().length).toBeLessThanOrEqual(2 * PAGE);
	});
});

describe('what is asked', () => {
	it('is one page of a long list in which little happens', async () => {
		const { list, add, poll } = watched();
		times(20 * PAGE, () => (pass(MINUTE), add()));
		await poll();
		expect(list.pages.map(({ query }) => query)).toEqual([{ limit: PAGE }]);
		pass(MINUTE);
		add();
		expect(await poll()).toHaveLength(1);
		expect(list.pages).toHaveLength(2);
	});

	it('is only about the one thing, when there is one, and only for the wanted events', async () => {
		const { list, add } = watched();
		const client = list.client();
		const settings = { events: ['*.fail'], entityId: 'p1' };
		const { next } = await newEvents(client, settings, undefined);
		add();
		expect((await newEvents(client, settings, next)).items).toEqual([]);
		expect((await newEvents(client, { events: ['*.success'] }, next)).items).toHaveLength(1);
		expect(list.pages.map(({ query }) => query)).toEqual([{ entity_id: 'p1', limit: PAGE }, { entity_id: 'p1', limit: PAGE }, { limit: PAGE }]);
	});
});

describe('over any polls', () => {
	interface Step {
		wait: number;
		lates: number[];
		polls: boolean;
		during: number[];
	}

	/** Milliseconds in whole seconds, so that many are the same. */
	const seconds = (max: number) => fc.nat({ max }).map((count) => count * 1_000);
	const late = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: seconds(600) });
	const wait = fc.oneof(fc.constant(0), seconds(90), seconds(3_600), seconds(200_000));
	const few = fc.array(late, { maxLength: 6 });
	const burst = fc.tuple(late, fc.integer({ min: 90, max: 260 })).map(([one, count]) => Array<number>(count).fill(one));
	const step: fc.Arbitrary<Step> = fc.record({
		wait,
		lates: fc.oneof({ weight: 6, arbitrary: few }, { weight: 1, arbitrary: burst }),
		polls: fc.boolean(),
		during: fc.array(late, { maxLength: 2 }),
	});
	/** Milliseconds between the records that were there before. */
	const history = fc.array(fc.oneof(fc.constant(0), seconds(30), seconds(4_000)), { maxLength: 230 });

	it('everything is handed on once, in the order of time, and nothing from before the first one', async () => {
		let total = 0;
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...ORDERS), history, fc.array(step, { maxLength: 25 }), async (order, gaps, steps) => {
				const { list, add: addLate, poll, expectEachOnce } = watched(order);
				// A late one at the end of such a page is a case of its own, below.
				const isLateable = order.first === 'newest' || order.by === 'time';
				const add = (one = 0) => addLate(isLateable ? one : 0);
				for (const gap of gaps) {
					pass(gap);
					add();
				}
				await poll();
				for (const { wait: ms, lates, polls, during } of steps) {
					pass(ms);
					lates.forEach((one) => add(one));
					if (polls) await poll(during.map((one) => () => void add(one)));
				}
				await poll();
				await poll();
				expectEachOnce();
				total += list.records.length - gaps.length;
			}),
			{ numRuns: 300 },
		);
		expect(total).toBeGreaterThan(3_000);
	});

	it('those without a time are handed on once, if the newest come first', async () => {
		const arrivals = fc.array(fc.tuple(wait, late, fc.boolean(), fc.boolean()), { maxLength: 60 });
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(NEWEST), fc.nat({ max: 20 }), arrivals, async (order, old, list) => {
				const { add, poll, expectEachOnce } = watched(order);
				for (let index = 0; index < old; index++) add(0, index % 3 > 0);
				await poll();
				for (const [ms, one, isTimed, polls] of list) {
					pass(ms);
					add(one, isTimed);
					if (polls) await poll();
				}
				await poll();
				expectEachOnce();
			}),
			{ numRuns: 200 },
		);
	});
});

it('a late one at the end of a page does not make a list with the oldest first look like one with the newest first', async () => {
	const { add, poll } = watched({ first: 'oldest', by: 'arrival' });
	times(PAGE - 1, () => (pass(1_000), add()));
	add(10 * MINUTE);
	await poll();
	pass(20 * MINUTE);
	const one = add();
	expect(await poll()).toEqual([one]);
	pass(20 * MINUTE);
	const two = add();
	expect(await poll()).toEqual([two]);
});
