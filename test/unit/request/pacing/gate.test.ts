import { Gate } from '../../../../nodes/engine/request/pacing/gate';
import { clock } from '../../support/simulation/clock';
import { bucket, fixed, JobLimit, type Server, sliding } from '../../support/simulation/servers';
import { type Figures, Traffic } from '../../support/simulation/traffic';

/** The gate against HeyGen's kinds of limits, on virtual time; waiting and giving up are in gateQueue.test.ts. */

jest.mock('../../../../nodes/engine/basics/timing', () => {
	const { virtualTiming } = jest.requireActual<typeof import('../../support/simulation/clock')>('../../support/simulation/clock');
	return virtualTiming(jest.requireActual<object>('../../../../nodes/engine/basics/timing'));
});

/** Creates of a run; n8n starts them all at once. */
const CREATES = 200;

const report: string[] = [];

/** Keeps a line of figures for the end of the run. */
function note(name: string, seed: number, { seconds, sent, refused }: Figures, ideal: number): void {
	const share = ((100 * refused) / sent).toFixed(1);
	const factor = (seconds / ideal).toFixed(2);
	report.push(
		`${name.padEnd(34)} seed ${seed}: ${seconds.toFixed(1)} s (ideal ${ideal} s, × ${factor}), ${refused} of ${sent} refused (${share} %)`,
	);
}

afterEach(() => clock.forgetEvents());
afterAll(() => process.stdout.write(`${report.join('\n')}\n`));

interface RateCase {
	name: string;
	server: () => Server;
	/** Seconds that nobody could beat, and the most the gate may take of them. */
	ideal: number;
	atMost: number;
	/** Share of refused requests. The first burst is a larger part where the limit is smaller than the burst. */
	refusedAtMost: number;
}

const RATES: RateCase[] = [
	{ name: '20/s, sliding window', server: () => sliding(20, 1), ideal: 9, atMost: 1.2, refusedAtMost: 0.1 },
	{ name: '20/s, fixed window', server: () => fixed(20, 1), ideal: 9, atMost: 1.2, refusedAtMost: 0.1 },
	{ name: '20/s, token bucket', server: () => bucket(20, 20), ideal: 9, atMost: 1.2, refusedAtMost: 0.1 },
	{ name: '30/min, sliding window', server: () => sliding(30, 60), ideal: 360, atMost: 1.25, refusedAtMost: 0.18 },
	{ name: '30/min, fixed window', server: () => fixed(30, 60), ideal: 360, atMost: 1.25, refusedAtMost: 0.18 },
];
const SEEDS = [1, 2, 3, 4, 5];

describe.each(RATES)('a limit of $name', ({ name, server, ideal, atMost, refusedAtMost }) => {
	it('takes every create, in good time and with few refusals', async () => {
		const runs: Figures[] = [];
		for (const seed of SEEDS) {
			// The run begins at another point of the server's window every time.
			await clock.pass(137 * seed);
			const traffic = new Traffic(new Gate(), server(), seed);
			await clock.run(traffic.burst(CREATES, 'create'));
			const figures = traffic.figures();
			note(name, seed, figures, ideal);
			expect(figures.sent - figures.refused).toBe(CREATES);
			runs.push(figures);
		}
		const sum = (pick: (figures: Figures) => number) => runs.reduce((total, figures) => total + pick(figures), 0);
		expect(sum(({ seconds }) => seconds) / SEEDS.length).toBeLessThanOrEqual(atMost * ideal);
		expect(Math.max(...runs.map(({ seconds }) => seconds))).toBeLessThanOrEqual(1.05 * atMost * ideal);
		expect(sum(({ refused }) => refused) / sum(({ sent }) => sent)).toBeLessThanOrEqual(refusedAtMost);
	});

	it('sends nothing of the same family before Retry-After has passed', async () => {
		const traffic = new Traffic(new Gate(), server(), 6);
		await clock.run(Promise.all([traffic.burst(60, 'create'), traffic.burst(30, 'read')]));
		const refusals = traffic.log.filter((entry) => !entry.accepted);
		expect(refusals.length).toBeGreaterThan(0);
		for (const { lane, answeredAt, retryAfter } of refusals) {
			const tooEarly = traffic.log.filter(
				(one) => one.lane === lane && one.sentAt > answeredAt && one.sentAt < answeredAt + (retryAfter as number),
			);
			expect(tooEarly).toEqual([]);
		}
	});
});

describe('the pace over time', () => {
	it('is near the limit, and probed upward rarely', async () => {
		const traffic = new Traffic(new Gate(), sliding(20, 1));
		const creates = 6_000;
		await clock.run(traffic.burst(creates, 'create'));
		const { seconds } = traffic.figures();
		const ideal = creates / 20 - 1;
		expect(seconds).toBeLessThanOrEqual(1.15 * ideal);
		const begin = (traffic.log[0] as { sentAt: number }).sentAt;
		const later = traffic.log.filter(({ accepted, sentAt }) => !accepted && sentAt > begin + 2_000);
		// One probe in 30 s, which one or two requests pay for.
		expect(later.length).toBeLessThanOrEqual((2 * seconds) / 30);
		note('20/s, sliding window, 6000 creates', 1, traffic.figures(), ideal);
	});

	it.each([
		{ every: 10_000, times: 6 },
		{ every: 60_000, times: 120 },
	])('of a burst does not depend on quiet traffic before ($times reads, one in $every ms)', async ({ every, times }) => {
		const traffic = new Traffic(new Gate(), sliding(20, 1));
		for (let count = 0; count < times; count++) {
			await clock.run(traffic.request('read'));
			await clock.pass(every);
		}
		const begin = clock.time;
		await clock.run(traffic.burst(CREATES, 'create'));
		expect((clock.time - begin) / 1_000).toBeLessThanOrEqual(1.2 * 9);
	});

	it('rises again when the limit does', async () => {
		const slow = sliding(5, 1);
		const fast = sliding(20, 1);
		const raisedAt = clock.time + 60_000;
		const traffic = new Traffic(new Gate(), {
			answer: (lane, time) => (time < raisedAt ? slow : fast).answer(lane, time),
		});
		await clock.run(traffic.burst(9_000, 'create'));
		const accepted = (from: number, to: number) =>
			traffic.log.filter((entry) => entry.accepted && entry.sentAt >= from && entry.sentAt < to).length;
		expect(accepted(raisedAt - 30_000, raisedAt)).toBeLessThanOrEqual(30 * 5);
		expect(accepted(raisedAt + 420_000, raisedAt + 450_000)).toBeGreaterThan(0.8 * 30 * 20);
	});

	it('goes on for creates while many lists are read', async () => {
		const traffic = new Traffic(new Gate(), sliding(20, 1));
		let over = false;
		// Five lists, each asking for its next page as soon as it has the one before.
		const list = async () => {
			while (!over) await traffic.request('read');
		};
		const creates = traffic.burst(50, 'create').finally(() => {
			over = true;
		});
		await clock.run(Promise.all([creates, ...Array.from({ length: 5 }, list)]), 120_000);
		expect(traffic.log.filter(({ lane, accepted }) => lane === 'create' && accepted)).toHaveLength(50);
	});
});

interface JobCase {
	name: string;
	places: number;
	jobSeconds: number;
	retryAfter?: number;
}

const JOBS: JobCase[] = [
	{ name: '20 jobs of 3 s, Retry-After 1', places: 20, jobSeconds: 3, retryAfter: 1_000 },
	{ name: '20 jobs of 3 s, no Retry-After', places: 20, jobSeconds: 3 },
	{ name: '10 jobs of 60 s, Retry-After 1', places: 10, jobSeconds: 60, retryAfter: 1_000 },
	{ name: '10 jobs of 60 s, no Retry-After', places: 10, jobSeconds: 60 },
	{ name: '1 job of 3 s, Retry-After 1', places: 1, jobSeconds: 3, retryAfter: 1_000 },
];

describe.each(JOBS)('a limit of $name', ({ name, places, jobSeconds, retryAfter }) => {
	it.each(SEEDS)('takes every create, and keeps the places busy (seed %d)', async (seed) => {
		const server = new JobLimit(places, jobSeconds * 1_000, retryAfter);
		const traffic = new Traffic(new Gate(), server, seed);
		await clock.run(traffic.burst(CREATES, 'create'));
		const figures = traffic.figures();
		// The last job is accepted when all waves before it have ended.
		const ideal = (Math.ceil(CREATES / places) - 1) * jobSeconds;
		note(name, seed, figures, ideal);
		expect(figures.sent - figures.refused).toBe(CREATES);
		expect(server.peak).toBe(places);
		expect(figures.seconds).toBeLessThanOrEqual(2.5 * ideal);
		// Asking once a second is the worst that may happen, besides the first burst.
		expect(figures.refused).toBeLessThanOrEqual(100 + 1.5 * figures.seconds);
	});
});

describe('a job limit with other work beside', () => {
	it.each([
		{ retryAfter: 1_000 },
		{ retryAfter: 10_000 },
		{ retryAfter: 30_000 },
		{ retryAfter: undefined },
	])('lets reads through, Retry-After $retryAfter', async ({ retryAfter }) => {
		const traffic = new Traffic(new Gate(), new JobLimit(20, 600_000, retryAfter));
		const begin = clock.time;
		let over = false;
		const creates = traffic.burst(40, 'create').finally(() => {
			over = true;
		});
		const waits: number[] = [];
		// The items that wait for their videos look at them all the while.
		const look = async () => {
			while (!over) {
				const askedAt = clock.time;
				const answeredAt = await traffic.request('read');
				// Two waits tell that the limit is about jobs.
				if (askedAt > begin + 5_000 + 3 * (retryAfter ?? 1_000)) waits.push(answeredAt - askedAt);
				await clock.pause(2_000);
			}
		};
		await clock.run(Promise.all([creates, look()]));
		expect(waits.length).toBeGreaterThan(100);
		expect(Math.max(...waits)).toBeLessThan(1_000);
	});

	it.each([61, 120])('asks seldom when Retry-After is %d s', async (seconds) => {
		const traffic = new Traffic(new Gate(), new JobLimit(20, 600_000, seconds * 1_000));
		await clock.run(traffic.burst(40, 'create'));
		const begin = (traffic.log[0] as { sentAt: number }).sentAt;
		// Two waits tell what the limit is; from then on one create asks for all.
		const from = begin + 3_000 * seconds;
		const refused = traffic.log.filter(({ accepted, sentAt }) => !accepted && sentAt > from);
		expect(refused.length).toBeLessThanOrEqual(2 * Math.ceil(600 / seconds));
	});

	it.each([0, undefined])('does not hammer a server that asks for %p ms', async (retryAfter) => {
		const traffic = new Traffic(new Gate(), new JobLimit(20, 60_000, retryAfter));
		await clock.run(traffic.burst(40, 'create'));
		const { refused, seconds } = traffic.figures();
		expect(refused).toBeLessThanOrEqual(100 + 2 * seconds);
	});
});
