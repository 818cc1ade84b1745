import { OneAtATime } from '../../../nodes/engine/basics/oneAtATime';

/** Lets everything run that waits for promises. */
const flush = async () => await new Promise<void>((resolve) => setTimeout(resolve, 5));

/** A task that ends when told to, and notes that it has started. */
function task(name: string, started: string[]): { work: () => Promise<string>; end: () => void; fail: () => void } {
	let end!: () => void;
	let fail!: () => void;
	const ended = new Promise<string>((resolve, reject) => {
		end = () => resolve(name);
		fail = () => reject(new Error(name));
	});
	return { end, fail, work: async () => await (started.push(name), ended) };
}

it('starts tasks of one name one after the other, however they end, and others at once', async () => {
	const lines = new OneAtATime();
	const started: string[] = [];
	const [a, b, c, other] = ['a', 'b', 'c', 'other'].map((name) => task(name, started));
	const runs = [a, b, c].map(async (one) => await lines.run('x', one?.work as never).catch((error: Error) => `${error.message} failed`));
	const beside = lines.run('y', other?.work as never);
	await flush();
	expect(started).toEqual(['a', 'other']);
	a?.fail();
	await flush();
	expect(started).toEqual(['a', 'other', 'b']);
	b?.end();
	await flush();
	c?.end();
	other?.end();
	expect(await Promise.all(runs)).toEqual(['a failed', 'b', 'c']);
	await beside;
	await flush();
	expect([lines.isBusy('x'), lines.isBusy('y')]).toEqual([false, false]);
});

it('lets nobody pass whoever is ahead of one that gives up', async () => {
	const lines = new OneAtATime();
	const started: string[] = [];
	const [a, b, c] = ['a', 'b', 'c'].map((name) => task(name, started));
	const cancel = new AbortController();
	const first = lines.run('x', a?.work as never);
	const second = lines.run('x', b?.work as never, cancel.signal).catch((error: Error) => error.message);
	const third = lines.run('x', c?.work as never);
	cancel.abort(new Error('cancelled'));
	expect(await second).toBe('cancelled');
	await flush();
	expect([started, lines.isBusy('x')]).toEqual([['a'], true]);
	a?.end();
	await flush();
	expect(started).toEqual(['a', 'c']);
	c?.end();
	await Promise.all([first, third]);
	await expect(lines.run('x', async () => await Promise.resolve(1), cancel.signal)).rejects.toThrow('cancelled');
});
