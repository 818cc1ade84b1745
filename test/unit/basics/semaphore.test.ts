import fc from 'fast-check';

import { Semaphore } from '../../../nodes/engine/basics/semaphore';

/** A task that ends when told to. */
function task(): { work: () => Promise<string>; end: () => void; fail: () => void; started: boolean } {
	let end: (value: string) => void = () => undefined;
	let fail: (error: Error) => void = () => undefined;
	const ended = new Promise<string>((resolve, reject) => {
		end = resolve;
		fail = reject;
	});
	const handle = {
		started: false,
		work: async () => {
			handle.started = true;
			return await ended;
		},
		end: () => end('ended'),
		fail: () => fail(new Error('failed')),
	};
	return handle;
}

/** Lets everything run that waits for promises, or for the turn after which a place is handed on. */
const flush = async () => await new Promise<void>((resolve) => setTimeout(resolve, 20));

it('hands on results and errors', async () => {
	const semaphore = new Semaphore(1);
	await expect(semaphore.run(async () => 5)).resolves.toBe(5);
	await expect(semaphore.run(async () => await Promise.reject(new Error('no')))).rejects.toThrow('no');
	await expect(semaphore.run(async () => 6)).resolves.toBe(6);
});

it('starts waiting tasks in order, when one ends and when one fails', async () => {
	const semaphore = new Semaphore(2);
	const tasks = Array.from({ length: 5 }, task);
	const runs = tasks.map(async ({ work }) => await semaphore.run(work).catch(() => 'failed'));
	const started = () => tasks.map((one) => one.started);
	await flush();
	expect(started()).toEqual([true, true, false, false, false]);
	tasks[1]?.end();
	await flush();
	expect(started()).toEqual([true, true, true, false, false]);
	tasks[0]?.fail();
	await flush();
	expect(started()).toEqual([true, true, true, true, false]);
	tasks.forEach(({ end }) => end());
	expect(await Promise.all(runs)).toEqual(['failed', 'ended', 'ended', 'ended', 'ended']);
});

it('does not start what was cancelled, and gives its place on', async () => {
	const semaphore = new Semaphore(1);
	const [first, second, third] = [task(), task(), task()];
	const stop = new AbortController();
	const runs = [
		semaphore.run(first.work),
		semaphore.run(second.work, stop.signal),
		semaphore.run(third.work),
	];
	const outcome = Promise.allSettled(runs);
	stop.abort(new Error('stopped'));
	first.end();
	third.end();
	expect((await outcome).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
	expect(second.started).toBe(false);
});

it('never runs more than its size, and always as many as it can', async () => {
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat({ max: 4 }), { maxLength: 30 }), async (size, turns) => {
			const semaphore = new Semaphore(size);
			let running = 0;
			let peak = 0;
			await Promise.all(
				turns.map(
					async (count) =>
						await semaphore.run(async () => {
							peak = Math.max(peak, ++running);
							for (let turn = 0; turn <= count; turn++) await Promise.resolve();
							running--;
						}),
				),
			);
			expect(running).toBe(0);
			expect(peak).toBe(Math.min(size, turns.length));
		}),
	);
});

it('may have no bound', async () => {
	const semaphore = new Semaphore(Infinity);
	const tasks = Array.from({ length: 500 }, task);
	const runs = tasks.map(async ({ work }) => await semaphore.run(work));
	await flush();
	expect(tasks.every(({ started }) => started)).toBe(true);
	tasks.forEach(({ end }) => end());
	await Promise.all(runs);
});
