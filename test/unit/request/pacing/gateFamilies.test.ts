import { Gate } from '../../../../nodes/engine/request/pacing/gate';
import { clock } from '../../support/simulation/clock';
import { JobLimit, type Server, sliding } from '../../support/simulation/servers';
import { Traffic } from '../../support/simulation/traffic';
import { closedUntil, ending } from '../../support/simulation/waiting';

/** Families of endpoints beside each other, and waits that a server asks for. */

jest.mock('../../../../nodes/engine/basics/timing', () => {
	const { virtualTiming } = jest.requireActual<typeof import('../../support/simulation/clock')>('../../support/simulation/clock');
	return virtualTiming(jest.requireActual<object>('../../../../nodes/engine/basics/timing'));
});

afterEach(() => clock.forgetEvents());

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
		const creates = Promise.allSettled(Array.from({ length: 20 }, async () => await traffic.request('create', {}, AbortSignal.any([stop.signal]))));
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

	it('after one stray refusal is all that it costs, and a short search', async () => {
		let requests = 0;
		const traffic = new Traffic(new Gate(), {
			answer: () => (++requests === 2 ? { accepted: false, retryAfter: 1_000 } : { accepted: true }),
		});
		await clock.run(traffic.request('read'));
		const begin = clock.time;
		await clock.run(traffic.burst(200, 'read'));
		expect(clock.time - begin).toBeLessThan(3_000);
	});

	it('of a minute after one stray refusal does not hold up who comes later', async () => {
		let requests = 0;
		const traffic = new Traffic(new Gate(), {
			answer: () => (++requests === 2 ? { accepted: false, retryAfter: 60_000 } : { accepted: true }),
		});
		await clock.run(traffic.request('read'));
		await clock.run(traffic.request('read'));
		await clock.pass(20_000);
		const begin = clock.time;
		await clock.run(traffic.request('read'));
		expect(clock.time - begin).toBeLessThan(200);
	});

	it('for places is cut short when a place is known to be free', async () => {
		const gate = new Gate();
		const server = new JobLimit(10, 180_000, 30_000);
		const traffic = new Traffic(gate, server);
		const begin = clock.time;
		// The jobs end after three minutes, and the run sees it soon after.
		const told = (async () => {
			await clock.pause(180_500);
			for (let place = 0; place < 10; place++) gate.placeFreed('create');
		})();
		await clock.run(Promise.all([traffic.burst(20, 'create'), told]));
		expect(clock.time - begin).toBeLessThan(182_000);
		expect(traffic.figures().refused).toBeLessThan(40);
	});
});
