import { Gate, gateFor } from '../../../../nodes/engine/request/pacing/gate';
import { clock } from '../../support/simulation/clock';
import { JobLimit, sliding } from '../../support/simulation/servers';
import { Traffic } from '../../support/simulation/traffic';
import { asking, closedUntil, ending, fill } from '../../support/simulation/waiting';

/** Waiting in the gate: deadlines, cancelling, and what is left when all is over. */

jest.mock('../../../../nodes/engine/basics/timing', () => {
	const { virtualTiming } = jest.requireActual<typeof import('../../support/simulation/clock')>('../../support/simulation/clock');
	return virtualTiming(jest.requireActual<object>('../../../../nodes/engine/basics/timing'));
});

afterEach(() => clock.forgetEvents());

describe('a deadline', () => {
	it('is kept when Retry-After goes beyond it', async () => {
		const traffic = new Traffic(new Gate(), closedUntil(Infinity, 60_000));
		const { how, after } = await clock.run(ending(traffic.request('create', { patience: 10_000 })));
		expect(how).toBe('timeout');
		expect(after).toBeGreaterThanOrEqual(10_000);
		expect(after).toBeLessThan(10_005);
		expect(traffic.log).toHaveLength(1);
	});

	it('ends the wait of its own request only', async () => {
		const traffic = new Traffic(new Gate(), closedUntil(clock.time + 100, 30_000));
		const endings = await clock.run(
			Promise.all(
				[20_000, 5_000, 12_000, 60_000, 5_000].map(
					async (wait) => await ending(traffic.request('create', { patience: wait })),
				),
			),
		);
		expect(endings.map(({ how }) => how)).toEqual(['timeout', 'timeout', 'timeout', 'done', 'timeout']);
		expect(endings.map(({ after }) => Math.floor(after / 1_000))).toEqual([20, 5, 12, 30, 5]);
	});

	it('that has passed already is not waited for', async () => {
		const { how, after } = await clock.run(ending(new Gate().enter(asking('read', -1))));
		expect([how, after]).toEqual(['timeout', 0]);
	});

	it.each(['read', 'create'] as const)('is kept while slow requests of lane %s fill the gate', async (lane) => {
		const gate = new Gate();
		const tickets = await fill(gate, lane);
		expect(tickets.length).toBeGreaterThan(4);
		const waiting = ending(gate.enter(asking(lane, 5_000)));
		// An answer that takes 30 s makes the first place free.
		clock.at(clock.time + 30_000, () => tickets[0]?.done('accepted'));
		const { how, after } = await clock.run(waiting);
		expect(how).toBe('timeout');
		expect(after).toBeLessThan(5_005);
	});

	it('is kept for one who comes the moment the last one who waited was let in', async () => {
		const gate = new Gate();
		const tickets = await fill(gate, 'read');
		const last = gate.enter(asking('read', 5_000));
		tickets[0]?.done('failed');
		const next = ending(gate.enter(asking('read', 5_000)));
		await clock.run(last);
		const { how, after } = await clock.run(next);
		expect(how).toBe('timeout');
		expect(after).toBeLessThan(5_005);
	});

	it('is kept while running jobs are the limit and a create is under way', async () => {
		const gate = new Gate();
		const first = await clock.run(gate.enter(asking('create')));
		first.done('limited', 1_000);
		const second = await clock.run(gate.enter(asking('create')));
		second.done('limited', 1_000);
		// From here on creates go one by one, and this one takes its time.
		const third = await clock.run(gate.enter(asking('create')));
		const waiting = ending(gate.enter(asking('create', 5_000)));
		clock.at(clock.time + 100_000, () => third.done('accepted'));
		const { how, after } = await clock.run(waiting);
		expect(how).toBe('timeout');
		expect(after).toBeLessThan(5_005);
	});
});

describe('cancelling', () => {
	it('ends a wait at once with the reason, and leaves the others alone', async () => {
		const gate = new Gate();
		const traffic = new Traffic(gate, closedUntil(clock.time + 100, 10_000));
		const stop = new AbortController();
		const reason = new Error('stopped by the user');
		const first = ending(traffic.request('create'));
		await clock.pass(200);
		const cancelled = traffic.request('create', {}, stop.signal);
		const third = ending(traffic.request('create'));
		clock.at(clock.time + 1_000, () => stop.abort(reason));
		const from = clock.time;
		await expect(clock.run(cancelled)).rejects.toBe(reason);
		expect(clock.time - from).toBe(1_000);
		expect((await clock.run(Promise.all([first, third]))).map(({ how }) => how)).toEqual(['done', 'done']);
		expect(traffic.log.filter(({ accepted }) => accepted)).toHaveLength(2);
		expect(gate.idle).toBe(true);
	});

	it('beforehand keeps the request out', async () => {
		const gate = new Gate();
		await expect(gate.enter(asking('read'), AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
		expect(gate.idle).toBe(true);
	});

	it('after the request was let in takes nothing back', async () => {
		const gate = new Gate();
		const stop = new AbortController();
		const ticket = await gate.enter(asking('read'), stop.signal);
		stop.abort();
		expect(gate.idle).toBe(false);
		ticket.done('failed');
		expect(gate.idle).toBe(true);
	});
});

describe('places', () => {
	it('come back when requests fail', async () => {
		const gate = new Gate();
		for (let round = 0; round < 10; round++) {
			const tickets = await fill(gate, 'read');
			expect(tickets.length).toBeGreaterThanOrEqual(6);
			tickets.forEach((ticket) => ticket.done('failed'));
		}
		expect(gate.idle).toBe(true);
	});

	it('are two at first, and more when nothing is answered for a tenth of a second', async () => {
		const traffic = new Traffic(new Gate(), sliding(10_000, 1), 1, 2_000);
		const burst = traffic.burst(20, 'create');
		await clock.run(burst);
		const begin = Math.min(...traffic.log.map(({ sentAt }) => sentAt));
		const sent = (within: number) => traffic.log.filter(({ sentAt }) => sentAt - begin <= within).length;
		expect([sent(0), sent(200), sent(500)]).toEqual([2, 6, 6]);
	});

	it('are there for others while one request is never answered', async () => {
		const gate = new Gate();
		const lost = await clock.run(gate.enter({ ...asking('create'), family: 'POST /v3/videos' }));
		const begin = clock.time;
		await clock.run(new Traffic(gate, sliding(10_000, 1)).burst(30, 'create'));
		expect(clock.time - begin).toBeLessThan(1_500);
		lost.done('failed');
	});

	it('are bounded, also after very many successes', async () => {
		const gate = new Gate();
		for (let count = 0; count < 5_000; count++) (await gate.enter(asking('read'))).done('accepted');
		expect((await fill(gate, 'read')).length).toBeLessThanOrEqual(256);
	});

	it('go to waiting requests in the order they came', async () => {
		const gate = new Gate();
		const tickets = await fill(gate, 'create');
		const order: number[] = [];
		const waiting = [0, 1, 2].map(async (number) => {
			const ticket = await gate.enter(asking('create'));
			order.push(number);
			return ticket;
		});
		tickets.forEach((ticket) => ticket.done('accepted'));
		await clock.run(Promise.all(waiting));
		expect(order).toEqual([0, 1, 2]);
	});
});

describe('patience', () => {
	it('lasts while anything of the family is accepted', async () => {
		// 300 creates with 10 places for jobs of 3 minutes take an hour and a half.
		const traffic = new Traffic(new Gate(), new JobLimit(10, 180_000, 1_000));
		const begin = clock.time;
		await clock.run(traffic.burst(300, 'create', { patience: 3_600_000 }), 3 * 3_600_000);
		expect(clock.time - begin).toBeGreaterThan(4_500_000);
		expect(traffic.log.filter(({ accepted }) => accepted)).toHaveLength(300);
	});

	it('ends when nothing was accepted for so long, for all who wait alike', async () => {
		const until = clock.time + 20_000;
		const pace = sliding(10, 1);
		const closed = closedUntil(Infinity, 1_000);
		const traffic = new Traffic(new Gate(), {
			answer: (lane, time) => (time < until ? pace : closed).answer(lane, time),
		});
		const endings = await clock.run(
			Promise.all(Array.from({ length: 400 }, async () => await ending(traffic.request('read', { patience: 60_000 })))),
		);
		const timeouts = endings.filter(({ how }) => how === 'timeout');
		expect(timeouts.length).toBeGreaterThan(100);
		for (const { after } of timeouts) {
			expect(after).toBeGreaterThan(75_000);
			expect(after).toBeLessThan(85_000);
		}
	});

	it('counts from the first try of a request that is refused again and again', async () => {
		const traffic = new Traffic(new Gate(), closedUntil(Infinity, 1_000));
		const { how, after } = await clock.run(ending(traffic.request('create', { patience: 30_000 })));
		expect([how, Math.floor(after / 1_000)]).toEqual(['timeout', 30]);
	});
});

describe('an account', () => {
	const HOUR = 3_600_000;

	it('has one gate, and another account another', () => {
		expect(gateFor('account-a')).toBe(gateFor('account-a'));
		expect(gateFor('account-a')).not.toBe(gateFor('account-b'));
	});

	it('is forgotten after an hour without a request', async () => {
		const gate = gateFor('account-c');
		(await gate.enter(asking('read'))).done('accepted');
		await clock.pass(HOUR - 1_000);
		gateFor('account-d');
		expect(gateFor('account-c')).toBe(gate);
		await clock.pass(2_000);
		gateFor('account-e');
		expect(gateFor('account-c')).not.toBe(gate);
	});

	it('is not forgotten while a request is under way', async () => {
		const gate = gateFor('account-f');
		const ticket = await gate.enter(asking('create'));
		await clock.pass(2 * HOUR);
		gateFor('account-g');
		expect(gateFor('account-f')).toBe(gate);
		ticket.done('accepted');
	});

	it('starts anew after a long time without a limit', async () => {
		const gate = new Gate();
		const traffic = new Traffic(gate, new JobLimit(20, 3_000, 1_000));
		await clock.run(traffic.burst(60, 'create'));
		await clock.pass(600_000);
		expect((await fill(gate, 'create')).length).toBeGreaterThanOrEqual(6);
	});
});
