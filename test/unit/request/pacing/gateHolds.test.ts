import { Gate, Line } from '../../../../nodes/engine/request/pacing/gate';
import { Spans } from '../../../../nodes/engine/basics/spans';
import { clock } from '../../support/simulation/clock';
import { JobLimit, sliding } from '../../support/simulation/servers';
import { Traffic } from '../../support/simulation/traffic';
import { asking } from '../../support/simulation/waiting';

/** What a run is told of the time for which HeyGen's limits have kept its requests waiting. */

jest.mock('../../../../nodes/engine/basics/timing', () => {
	const { virtualTiming } = jest.requireActual<typeof import('../../support/simulation/clock')>('../../support/simulation/clock');
	return virtualTiming(jest.requireActual<object>('../../../../nodes/engine/basics/timing'));
});

afterEach(() => clock.forgetEvents());

/** A run, and how long it was held. */
function watched() {
	const spans = new Spans();
	return { line: new Line((from, to) => spans.add(from, to)), held: () => spans.total };
}

/** Makes a gate wait for so many milliseconds, as a 429 does. */
async function limit(gate: Gate, lane: 'read' | 'create', wait: number): Promise<void> {
	const ticket = await gate.enter(asking(lane));
	ticket.done('limited', wait);
}

/** Milliseconds that gates of other processes keep apart from each other, and somewhat more. */
const APART = 40;

it.each([50, 1_000])('ramping up is no limit, where answers take %s ms', async (latency) => {
	const { line, held } = watched();
	await clock.run(new Traffic(new Gate(), sliding(10_000, 1), 1, latency).burst(300, 'create', { line }));
	expect(held()).toBe(0);
});

it('a bound of the run itself is no limit', async () => {
	const { line, held } = watched();
	await clock.run(new Traffic(new Gate(), sliding(10_000, 1)).burst(40, 'create', { line, most: 2 }));
	expect(held()).toBe(0);
});

it('a wait after a refusal counts once for all who wait, from when they came', async () => {
	const gate = new Gate();
	const one = watched();
	const other = watched();
	await clock.run(limit(gate, 'read', 5_000));
	const work = [one.line, one.line, one.line].map(async (line) => (await gate.enter({ ...asking('read'), line })).done('accepted'));
	await clock.pass(3_000);
	work.push(gate.enter({ ...asking('read'), line: other.line }).then((ticket) => ticket.done('accepted')));
	await clock.run(Promise.all(work));
	expect(Math.abs(one.held() - 5_000)).toBeLessThan(APART);
	expect(Math.abs(other.held() - 2_000)).toBeLessThan(APART);
});

it('who gives up was held until then', async () => {
	const gate = new Gate();
	const { line, held } = watched();
	await clock.run(limit(gate, 'read', 60_000));
	const stop = new AbortController();
	const cancelled = gate.enter({ ...asking('read'), line }, stop.signal).catch(() => 'cancelled');
	await clock.pass(4_000);
	stop.abort(new Error('stop'));
	expect(await cancelled).toBe('cancelled');
	expect(held()).toBe(4_000);
	const impatient = gate.enter({ ...asking('read', 2_000), line }).catch(() => 'gave up');
	await clock.run(impatient);
	expect(held()).toBe(6_000);
});

it('a run that waits for its own request is held by no limit', async () => {
	const gate = new Gate();
	const { line, held } = watched();
	const own = await gate.enter({ ...asking('create'), line, most: 1 });
	const ask = async () => (await gate.enter({ ...asking('read'), line, most: 1 })).done('accepted');
	const waiting = ask();
	await limit(gate, 'read', 5_000);
	const others = gate.enter(asking('read')).then((ticket) => ticket.done('accepted'));
	await clock.run(others);
	own.done('accepted');
	await clock.run(waiting);
	expect(held()).toBe(0);
});

it('a run that has waited for its own request is held from then on', async () => {
	const gate = new Gate();
	const { line, held } = watched();
	await limit(gate, 'read', 10_000);
	const own = await gate.enter({ ...asking('create'), line, most: 1 });
	const waiting = gate.enter({ ...asking('read'), line, most: 1 }).then((ticket) => ticket.done('accepted'));
	const others = gate.enter(asking('read')).then((ticket) => ticket.done('accepted'));
	await clock.pass(6_000);
	own.done('accepted');
	await clock.run(Promise.all([waiting, others]));
	expect(Math.abs(held() - 4_000)).toBeLessThan(APART);
});

it('a pace counts for about as long as requests wait for it', async () => {
	const { line, held } = watched();
	const traffic = new Traffic(new Gate(), sliding(20, 1));
	const began = clock.time;
	await clock.run(traffic.burst(200, 'create', { line }));
	const time = clock.time - began;
	expect(held()).toBeGreaterThan(0.6 * time);
	expect(held()).toBeLessThanOrEqual(time);
});

it('so do places for jobs that HeyGen refuses', async () => {
	const { line, held } = watched();
	const traffic = new Traffic(new Gate(), new JobLimit(10, 60_000, 1_000));
	const began = clock.time;
	await clock.run(traffic.burst(40, 'create', { line }));
	const time = clock.time - began;
	expect(held()).toBeGreaterThan(0.8 * time);
	expect(held()).toBeLessThanOrEqual(time);
});
