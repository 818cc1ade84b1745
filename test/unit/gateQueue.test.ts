import { Gate, GateTimeout, gateFor, Line, type Entry, type Lane, type Ticket } from '../../nodes/engine/gate';
import { clock } from './simulation/clock';
import { JobLimit, sliding, type Server } from './simulation/servers';
import { Traffic } from './simulation/traffic';

/** Waiting in the gate: deadlines, cancelling, and what is left when all is over. */

jest.mock('../../nodes/engine/timing', () => {
	const { virtualTiming } = jest.requireActual<typeof import('./simulation/clock')>('./simulation/clock');
	return virtualTiming(jest.requireActual<object>('../../nodes/engine/timing'));
});

afterEach(() => clock.forgetEvents());

/** Refuses everything for a while, with one `Retry-After`. */
function closedUntil(moment: number, retryAfter: number): Server {
	return {
		answer: (_lane, time) => (time < moment ? { accepted: false, retryAfter } : { accepted: true }),
	};
}

interface Ending {
	how: 'done' | 'timeout' | 'cancelled';
	/** Virtual milliseconds from the call on. */
	after: number;
}

/** Waits for a request to end, however it does. */
async function ending(work: Promise<unknown>): Promise<Ending> {
	const from = clock.time;
	try {
		await work;
		return { how: 'done', after: clock.time - from };
	} catch (error) {
		return { how: error instanceof GateTimeout ? 'timeout' : 'cancelled', after: clock.time - from };
	}
}

/** A request that stands alone. */
function asking(lane: Lane, patience = Infinity): Entry {
	return { lane, family: 'one', patience };
}

/** Takes tickets until the gate gives no more at once. */
async function fill(gate: Gate, lane: Lane): Promise<Ticket[]> {
	const tickets: Ticket[] = [];
	for (let taken = -1; taken < tickets.length; ) {
		taken = tickets.length;
		const entered = gate.enter(asking(lane, 1)).then(
			(ticket) => tickets.push(ticket),
			() => undefined,
		);
		await clock.run(Promise.race([entered, clock.pause(2)]));
	}
	return tickets;
}

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

	it.each<Lane>(['read', 'create'])('is kept while slow requests of lane %s fill the gate', async (lane) => {
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
			expect(tickets.length).toBeGreaterThanOrEqual(16);
			tickets.forEach((ticket) => ticket.done('failed'));
		}
		expect(gate.idle).toBe(true);
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

describe('turns', () => {
	/** When each of some requests was sent, as they are called for. */
	function order(gate: Gate, server: Server) {
		const sent: string[] = [];
		const send = async (name: string, entry: Entry) => {
			const ticket = await gate.enter(entry);
			sent.push(name);
			await clock.pause(50);
			ticket.done(server.answer('read', clock.time).accepted ? 'accepted' : 'failed');
		};
		return { sent, send };
	}

	it('go around among node runs, in each of them in the order the items came', async () => {
		const gate = new Gate();
		const tickets = await fill(gate, 'read');
		const { sent, send } = order(gate, sliding(1_000, 1));
		const lines = { a: new Line(), b: new Line(), c: new Line() };
		const work = (['a', 'b', 'c'] as const).flatMap((name) =>
			[1, 2, 3].map(async (item) => await send(`${name}${item}`, { ...asking('read'), line: lines[name] })),
		);
		tickets.forEach((ticket) => ticket.done('accepted'));
		await clock.run(Promise.all(work));
		expect(sent).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'a3', 'b3', 'c3']);
	});

	it('come to the editor first', async () => {
		const traffic = new Traffic(new Gate(), sliding(10, 1));
		const gets = traffic.burst(350, 'read', { line: new Line() });
		await clock.pass(5_000);
		const { how, after } = await clock.run(ending(traffic.request('read', { urgent: true, patience: 20_000 })));
		expect(how).toBe('done');
		expect(after).toBeLessThan(2_500);
		await clock.run(gets);
	});

	it('come to another run long before 350 reads, and before 300 creates that wait for places', async () => {
		const reads = new Traffic(new Gate(), sliding(10, 1));
		const gets = reads.burst(350, 'read', { line: new Line() });
		await clock.pass(5_000);
		expect((await clock.run(ending(reads.request('read', { line: new Line() })))).after).toBeLessThan(2_500);
		const creates = new Traffic(new Gate(), new JobLimit(10, 180_000, 1_000));
		const many = creates.burst(300, 'create', { line: new Line() });
		await clock.pass(600_000);
		const other = await clock.run(ending(creates.request('create', { line: new Line() })));
		expect(other.after).toBeLessThan(240_000);
		await clock.run(Promise.all([gets, many]), 3 * 3_600_000);
	});

	it.each([1, 3])('leave at most %d requests of a line on their way, whatever their family', async (most) => {
		const gate = new Gate();
		const line = new Line();
		let highest = 0;
		const send = async (family: string) => {
			const ticket = await gate.enter({ lane: 'read', family, patience: Infinity, line, most });
			highest = Math.max(highest, line.inFlight);
			await clock.pause(20);
			ticket.done('accepted');
		};
		await clock.run(Promise.all(Array.from({ length: 40 }, async (_, item) => await send(`family ${item % 3}`))));
		expect(highest).toBe(most);
		expect(gate.idle).toBe(true);
	});

	it('keep the bound of each item, where items differ', async () => {
		const gate = new Gate();
		const line = new Line();
		const room: number[] = [];
		let active = 0;
		const send = async (most: number) => {
			const ticket = await gate.enter({ ...asking('read'), line, most });
			// Those that were let out before it, and are still on their way.
			room.push(most - active++);
			await clock.pause(20);
			active--;
			ticket.done('failed');
		};
		await clock.run(Promise.all([5, 1, 5, 2, 5, 5, 1, 3].map(send)));
		expect(room).toHaveLength(8);
		expect(Math.min(...room)).toBeGreaterThan(0);
	});
});

describe('very many who wait', () => {
	/** How many steps the gate takes, as far as they can be counted: looks at the clock, and entries of arrays searched. */
	async function stepsFor(waiters: number): Promise<number> {
		let steps = 0;
		const spies = (['indexOf', 'lastIndexOf', 'findIndex', 'find', 'some', 'filter', 'splice', 'includes', 'unshift'] as const).map((name) => {
			const real = Array.prototype[name] as (...args: unknown[]) => unknown;
			return jest.spyOn(Array.prototype, name).mockImplementation(function (this: unknown[], ...args: unknown[]) {
				steps += this.length;
				return Reflect.apply(real, this, args);
			} as never);
		});
		const gate = new Gate();
		const stop = new AbortController();
		const lines = Array.from({ length: 20 }, () => new Line());
		const asks = Array.from({ length: waiters }, async (_, item) => {
			const line = item % 2 === 0 ? lines[item % 20] : undefined;
			const ticket = await gate.enter({ ...asking('read', 60_000 + item), line }, AbortSignal.any([stop.signal]));
			await clock.pause(50);
			ticket.done('accepted');
		});
		asks.forEach((ask) => ask.catch(() => undefined));
		await clock.pass(200);
		stop.abort(new Error('stopped'));
		await clock.pass(200);
		spies.forEach((spy) => spy.mockRestore());
		expect(gate.idle).toBe(true);
		return steps;
	}

	it('cost each the same', async () => {
		const [few, many] = [await stepsFor(2_000), await stepsFor(40_000)];
		expect(many).toBeLessThan(40 * Math.max(few, 2_000));
	});
});

describe('families', () => {
	it('do not slow each other: a limit of one leaves another alone', async () => {
		const gate = new Gate();
		const slow = new Traffic(gate, sliding(30, 60));
		const quick = new Traffic(gate, { answer: () => ({ accepted: true }) });
		const held = slow.burst(60, 'read', { family: 'slow' });
		const begin = clock.time;
		await clock.pass(1_000);
		await clock.run(quick.burst(100, 'read', { family: 'quick' }));
		expect(clock.time - begin).toBeLessThan(2_000);
		await clock.run(held);
	});

	it('end well when a limit counts them together', async () => {
		const gate = new Gate();
		const traffic = new Traffic(gate, sliding(20, 1));
		await clock.run(
			Promise.all([traffic.burst(150, 'create'), traffic.burst(100, 'read'), traffic.burst(50, 'read', { family: 'other' })]),
		);
		const { sent, refused, seconds } = traffic.figures();
		expect(sent - refused).toBe(300);
		expect(seconds).toBeLessThanOrEqual(2 * 14);
		expect(refused / sent).toBeLessThanOrEqual(0.35);
	});

	it('of reads never wait for places of jobs, nor for the wait that a create was given', async () => {
		const traffic = new Traffic(new Gate(), new JobLimit(5, 600_000, 60_000));
		const stop = new AbortController();
		const creates = Promise.allSettled(Array.from({ length: 20 }, async () => await traffic.request('create', {}, stop.signal)));
		await clock.pass(1_000);
		for (let read = 0; read < 20; read++) {
			const { after } = await clock.run(ending(traffic.request('read')));
			expect(after).toBeLessThan(100);
		}
		stop.abort(new Error('stopped'));
		await clock.run(creates);
	});
});

describe('a wait', () => {
	it.each([86_400_000, 3_600_000, 61_000])('of %d ms costs a minute, then one request asks', async (retryAfter) => {
		let refusals = 0;
		const server: Server = {
			answer: () => (refusals++ === 0 ? { accepted: false, retryAfter } : { accepted: true }),
		};
		const traffic = new Traffic(new Gate(), server);
		const { after } = await clock.run(ending(traffic.request('create')));
		expect(after).toBeGreaterThanOrEqual(60_000);
		expect(after).toBeLessThan(61_000);
	});

	it('that goes on is asked about after growing pauses, and a minute is the longest', async () => {
		const traffic = new Traffic(new Gate(), closedUntil(clock.time + 3_600_000, 1_000));
		await clock.run(traffic.burst(50, 'create'), 2 * 3_600_000);
		const asked = traffic.log.filter(({ accepted }) => !accepted).map(({ sentAt }) => sentAt);
		const pauses = asked.slice(17).map((at, index) => at - (asked[index + 16] as number));
		expect(Math.max(...pauses)).toBeLessThan(61_000);
		expect(asked.length).toBeLessThan(120);
	});

	it('after one stray refusal teaches no pace', async () => {
		let requests = 0;
		const traffic = new Traffic(new Gate(), {
			answer: () => (++requests === 2 ? { accepted: false, retryAfter: 1_000 } : { accepted: true }),
		});
		await clock.run(traffic.request('read'));
		const begin = clock.time;
		await clock.run(traffic.burst(200, 'read'));
		expect(clock.time - begin).toBeLessThan(3_000);
	});

	it('for places is cut short when a place is known to be free', async () => {
		const gate = new Gate();
		const server = new JobLimit(10, 180_000, 30_000);
		const traffic = new Traffic(gate, server);
		const begin = clock.time;
		// The jobs end after three minutes, and the run sees it soon after.
		const told = (async () => {
			await clock.pause(180_500);
			for (let place = 0; place < 10; place++) gate.placeFreed();
		})();
		await clock.run(Promise.all([traffic.burst(20, 'create'), told]));
		expect(clock.time - begin).toBeLessThan(182_000);
		expect(traffic.figures().refused).toBeLessThan(40);
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
		expect((await fill(gate, 'create')).length).toBeGreaterThanOrEqual(16);
	});
});
