import { timing } from '../../../nodes/engine/basics/timing';
import { Turns } from '../../../nodes/engine/basics/turns';

/** Does nothing else for some milliseconds. */
function work(ms: number): void {
	const until = performance.now() + ms;
	while (performance.now() < until);
}

/** Runs a hundred that ask at once, each with work of 2 ms. Says in which of the process's turns each has done its own. */
async function hundred(turns: Turns): Promise<{ order: number[]; ticks: number[] }> {
	const order: number[] = [];
	const ticks: number[] = [];
	let tick = 0;
	let isOver = false;
	const count = () => {
		tick++;
		if (!isOver) setImmediate(count);
	};
	count();
	await Promise.all(
		Array.from({ length: 100 }, async (_none, index) => {
			await turns.next();
			work(2);
			order.push(index);
			ticks.push(tick);
		}),
	);
	isOver = true;
	return { order, ticks };
}

it('lets all go on in their order, with pauses', async () => {
	const { order, ticks } = await hundred(new Turns());
	expect(order).toEqual(order.map((_none, index) => index));
	// Two hundred milliseconds of work are some ten turns of twenty.
	expect(new Set(ticks).size).toBeGreaterThan(4);
});

it('works again after it has been idle', async () => {
	const turns = new Turns();
	await hundred(turns);
	expect((await hundred(turns)).order).toHaveLength(100);
});

it('does not pause as long as little is done', async () => {
	const { longestTurn } = timing;
	timing.longestTurn = 60_000;
	try {
		const { ticks } = await hundred(new Turns());
		expect(new Set(ticks).size).toBe(1);
	} finally {
		timing.longestTurn = longestTurn;
	}
});

it('lets those in who come while others have their turns', async () => {
	const turns = new Turns();
	const done: string[] = [];
	await Promise.all([
		turns.next().then(async () => {
			done.push('first');
			await turns.next();
			done.push('again');
		}),
		turns.next().then(() => done.push('second')),
	]);
	expect(done).toEqual(['first', 'second', 'again']);
});
