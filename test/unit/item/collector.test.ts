import { EngineError, type ErrorDetails } from '../../../nodes/engine/basics/errors';
import { timing } from '../../../nodes/engine/basics/timing';
import type { Call } from '../../../nodes/engine/item/call';
import { Collector, type Member } from '../../../nodes/engine/item/collector';
import { culpritIndex } from '../../../nodes/engine/item/culprit';
import { BATCH_MAX } from '../../../nodes/heygen/limits';
import { clock } from '../support/simulation/clock';

jest.mock('../../../nodes/engine/basics/timing', () => {
	const { virtualTiming } = jest.requireActual<typeof import('../support/simulation/clock')>('../support/simulation/clock');
	return virtualTiming(jest.requireActual<object>('../../../nodes/engine/basics/timing'));
});

afterEach(() => clock.forgetEvents());

/** What the items of a run bring along goes out in batches, and each item gets what is its own. */

/** Of a call only its place in the run and its account matter. */
const item = (itemIndex: number, account = 'a') => ({ itemIndex, account: { id: account } }) as Call;

/** A collector that notes what is sent, and when; by default each member gets its content in capitals. */
function collector(expected: number, send = settleAll) {
	const batches: string[][] = [];
	const times: number[] = [];
	const startedAt = clock.time;
	const one = new Collector<string, string>(() => expected, async (members) => {
		batches.push(members.map(({ content }) => content));
		times.push(clock.time - startedAt);
		await send(members);
	});
	return { one, batches, times };
}

async function settleAll(members: Array<Member<string, string>>): Promise<void> {
	await clock.pause(50);
	for (const { content, resolve } of members) resolve(content.toUpperCase());
}

/** An item that needs some time to prepare what it brings. */
const after = (ms: number, ...contents: string[]) => async () => {
	if (ms > 0) await clock.pause(ms);
	return contents;
};

/** Items of a run that each bring one thing at once. */
const several = (one: Collector<string, string>, count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => one.add(item(from + index), after(0, `c${from + index}`)));

describe('Collector', () => {
	it('sends everything at once when all have come', async () => {
		const { one, batches, times } = collector(3);
		const results = await clock.run(Promise.all(several(one, 3)));
		expect(results).toEqual([['C0'], ['C1'], ['C2']]);
		expect(batches).toEqual([['c0', 'c1', 'c2']]);
		expect(times).toEqual([0]);
	});

	it('keeps what belongs to different accounts apart', async () => {
		const { one, batches } = collector(4);
		const all = ['a', 'b', 'a', 'b'].map((account, index) => one.add(item(index, account), after(0, `${account}${index}`)));
		expect(await clock.run(Promise.all(all))).toEqual([['A0'], ['B1'], ['A2'], ['B3']]);
		expect(batches).toEqual([['a0', 'a2'], ['b1', 'b3']]);
	});

	it('waits for those that take longer to prepare', async () => {
		const { one, batches, times } = collector(3);
		const all = [one.add(item(0), after(0, 'a')), one.add(item(1), after(5 * timing.batchQuiet, 'b')), one.add(item(2), after(10, 'c'))];
		expect(await clock.run(Promise.all(all))).toEqual([['A'], ['B'], ['C']]);
		expect(batches).toEqual([['a', 'b', 'c']]);
		expect(times).toEqual([5 * timing.batchQuiet]);
	});

	it('puts items in their order, however they come', async () => {
		const { one, batches } = collector(4);
		const order = [3, 1, 0, 2];
		await clock.run(Promise.all(order.map(async (index, place) => await one.add(item(index), after(place * 10, `c${index}`)))));
		expect(batches).toEqual([['c0', 'c1', 'c2', 'c3']]);
	});

	it('keeps what one item brings together and in its order', async () => {
		const { one, batches } = collector(2);
		const all = [one.add(item(1), after(0, 'd', 'e')), one.add(item(0), after(10, 'a', 'b', 'c'))];
		expect(await clock.run(Promise.all(all))).toEqual([['D', 'E'], ['A', 'B', 'C']]);
		expect(batches).toEqual([['a', 'b', 'c', 'd', 'e']]);
	});

	it.each([
		[BATCH_MAX, [BATCH_MAX]],
		[BATCH_MAX + 1, [BATCH_MAX, 1]],
		[3 * BATCH_MAX, [BATCH_MAX, BATCH_MAX, BATCH_MAX]],
	])('sends %d items in batches of at most a hundred', async (count, sizes) => {
		const { one, batches } = collector(count);
		const results = await clock.run(Promise.all(several(one, count)));
		expect(batches.map(({ length }) => length)).toEqual(sizes);
		expect(results.flat()).toEqual(Array.from({ length: count }, (_, index) => `C${index}`));
	});

	it('spreads what one item brings over batches', async () => {
		const { one, batches } = collector(1);
		const contents = Array.from({ length: 250 }, (_, index) => `c${index}`);
		const results = await clock.run(one.add(item(0), after(0, ...contents)));
		expect(batches.map(({ length }) => length)).toEqual([100, 100, 50]);
		expect(results).toEqual(contents.map((content) => content.toUpperCase()));
	});

	it('sends a full batch at once, whatever is still to come', async () => {
		const { one, times } = collector(BATCH_MAX + 1);
		const all = [...several(one, BATCH_MAX), one.add(item(BATCH_MAX), after(60_000, 'late'))];
		await clock.run(Promise.all(all));
		expect(times).toEqual([0, 60_000]);
	});

	it('takes an item that brings nothing for one that has come', async () => {
		const { one, batches } = collector(2);
		expect(await clock.run(Promise.all([one.add(item(0), after(0)), one.add(item(1), after(0, 'b'))]))).toEqual([[], ['B']]);
		expect(batches).toEqual([['b']]);
		expect(await clock.run(collector(1).one.add(item(0), after(0)))).toEqual([]);
	});

	describe('when an item cannot be prepared', () => {
		const broken = (ms: number) => async () => {
			await clock.pause(ms);
			throw new Error('broken');
		};

		it.each([0, 30])('fails it alone, and sends the others (%d ms)', async (ms) => {
			const { one, batches, times } = collector(3);
			const all = [one.add(item(0), after(10, 'a')), one.add(item(1), broken(ms)), one.add(item(2), after(10, 'c'))];
			const [first, second, third] = await clock.run(Promise.allSettled(all));
			expect(second).toMatchObject({ status: 'rejected', reason: { message: 'broken' } });
			expect([first, third]).toMatchObject([{ value: ['A'] }, { value: ['C'] }]);
			expect(batches).toEqual([['a', 'c']]);
			expect(times).toEqual([Math.max(10, ms)]);
		});

		it('leaves a moment for the failure to stop the node before the others are sent', async () => {
			const { one, batches } = collector(2);
			const others = one.add(item(0), after(0, 'a'));
			const seen = await clock.run(
				one.add(item(1), broken(10)).then(
					() => 'done',
					() => batches.length,
				),
			);
			expect(seen).toBe(0);
			await clock.run(others);
			expect(batches).toEqual([['a']]);
		});

		it('sends nothing when none can be', async () => {
			const { one, batches } = collector(2);
			await clock.run(Promise.allSettled([one.add(item(0), broken(0)), one.add(item(1), broken(10))]));
			await clock.pass(10 * timing.batchQuiet);
			expect(batches).toEqual([]);
		});
	});

	describe('when items do not come at all', () => {
		it('sends what is there after a quiet moment', async () => {
			const { one, batches, times } = collector(5);
			await clock.run(Promise.all(several(one, 2)));
			expect(batches).toEqual([['c0', 'c1']]);
			expect(times).toEqual([timing.batchQuiet]);
		});

		it('counts the quiet from the last arrival on', async () => {
			const { one, batches, times } = collector(5);
			const gap = timing.batchQuiet - 1;
			const all = [0, 1, 2].map(async (index) => {
				await clock.pause(index * gap);
				return await one.add(item(index), after(0, `c${index}`));
			});
			await clock.run(Promise.all(all));
			expect(batches).toEqual([['c0', 'c1', 'c2']]);
			expect(times).toEqual([2 * gap + timing.batchQuiet]);
		});

		it('does not send while one is still being prepared', async () => {
			const { one, batches, times } = collector(5);
			const all = [one.add(item(0), after(0, 'a')), one.add(item(1), after(7 * timing.batchQuiet, 'b'))];
			await clock.run(Promise.all(all));
			expect(batches).toEqual([['a', 'b']]);
			expect(times).toEqual([8 * timing.batchQuiet]);
		});

		it('takes late ones in a batch of their own', async () => {
			const { one, batches } = collector(3);
			await clock.run(Promise.all(several(one, 2)));
			await clock.run(one.add(item(2), after(0, 'late')));
			expect(batches).toEqual([['c0', 'c1'], ['late']]);
		});
	});

	it('gives each its own result or error', async () => {
		const { one } = collector(3, async (members) => {
			members.forEach(({ resolve, fail, content }, index) => (index === 1 ? fail(new Error(`no ${content}`)) : resolve(content)));
		});
		const [first, second, third] = await clock.run(Promise.allSettled(several(one, 3)));
		expect([first, third]).toMatchObject([{ value: ['c0'] }, { value: ['c2'] }]);
		expect(second).toMatchObject({ reason: { message: 'no c1' } });
	});

	it('fails all of a batch that cannot be sent, and none of another', async () => {
		const { one } = collector(BATCH_MAX + 2, async (members) => {
			if (members.length === BATCH_MAX) throw new Error('refused');
			await settleAll(members);
		});
		const results = await clock.run(Promise.allSettled(several(one, BATCH_MAX + 2)));
		expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(BATCH_MAX);
		expect(results.slice(-2)).toMatchObject([{ value: ['C100'] }, { value: ['C101'] }]);
	});
});

describe('culpritIndex', () => {
	const refusal = (param: string | undefined, httpCode = '400') => new EngineError('No', '', { param, httpCode } as ErrorDetails);

	it.each([
		['files[3].content_type', 3],
		['files.12.size_bytes', 12],
		['files/0/filename', 0],
		['files[7]', 7],
		['body.files.5.filename', 5],
		['/files/6', 6],
		['$.files[8]', 8],
	])('reads %s', (param, index) => {
		for (const status of ['400', '422', '404', '403', '402', '200']) {
			expect(culpritIndex(refusal(param, status), 'files')).toBe(index);
		}
	});

	it.each([
		['400', 3],
		['422', 3],
		['200', 3],
		['402', undefined],
		['403', undefined],
		['404', undefined],
	])('reads of %s, when an earlier try may have made the batch, %s', (status, index) => {
		expect(culpritIndex(refusal('files[3].filename', status), 'files', true)).toBe(index);
	});

	it('reads what a validator says with its own status', () => {
		expect(culpritIndex(refusal('files[3].filename', '422'), 'files')).toBe(3);
	});

	it.each([
		['another list', refusal('videos[3].script')],
		['the list itself', refusal('files')],
		['a field of the same beginning', refusal('files_count')],
		['a field inside another', refusal('data.files[1]')],
		['no field', refusal(undefined)],
		['another status', refusal('files[3].content_type', '409')],
		['trouble of HeyGen\'s own', refusal('files[3].content_type', '500')],
		['no answer', new EngineError('No', '', { param: 'files[3]' })],
		['a refusal after a lost answer', new EngineError('No', '', { param: 'files[3]', httpCode: '404', mayExist: true })],
		['another error', new Error('files[3]')],
		['nothing', undefined],
	])('finds none in %s', (_what, error) => {
		expect(culpritIndex(error, 'files')).toBeUndefined();
	});
});
