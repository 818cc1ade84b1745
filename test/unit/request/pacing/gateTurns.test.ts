import { type Entry, Gate, Line } from '../../../../nodes/engine/request/pacing/gate';
import { clock } from '../../support/simulation/clock';
import { JobLimit, type Server, sliding } from '../../support/simulation/servers';
import { Traffic } from '../../support/simulation/traffic';
import { asking, ending, fill } from '../../support/simulation/waiting';

/** Whose turn it is in the gate, and what each who waits costs. */

jest.mock('../../../../nodes/engine/basics/timing', () => {
	const { virtualTiming } = jest.requireActual<typeof import('../../support/simulation/clock')>('../../support/simulation/clock');
	return virtualTiming(jest.requireActual<object>('../../../../nodes/engine/basics/timing'));
});

afterEach(() => clock.forgetEvents());

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
