import { setTimeout as delay } from 'node:timers/promises';

import { GateTimeout } from '../../../../nodes/engine/request/pacing/gate';
import { JobPlaces } from '../../../../nodes/engine/request/pacing/jobPlaces';

/** Lets everything run that waits for promises. */
const flush = async () => await delay(1);
const LONG = 60_000;

/** Asks for places one after the other, and notes who has got one. */
function asking(places: JobPlaces, most: number) {
	const got: number[] = [];
	const free: Array<() => void> = [];
	const ask = (name: number, signal?: AbortSignal) =>
		places.take({ most, patience: LONG, ...(signal === undefined ? {} : { signal }) }).then((freed) => {
			got.push(name);
			free[name] = freed;
		});
	return { got, free, ask };
}

it('gives out so many places, and freed ones in order of asking', async () => {
	const { got, free, ask } = asking(new JobPlaces(), 2);
	[0, 1, 2, 3].forEach((name) => void ask(name));
	await flush();
	expect(got).toEqual([0, 1]);
	free[1]?.();
	await flush();
	expect(got).toEqual([0, 1, 2]);
	// Given back twice, it is one place all the same.
	free[1]?.();
	await flush();
	expect(got).toEqual([0, 1, 2]);
	free[0]?.();
	await flush();
	expect(got).toEqual([0, 1, 2, 3]);
});

it('lets a cancelled one go at once, and gives its turn on', async () => {
	const places = new JobPlaces();
	const { got, free, ask } = asking(places, 1);
	const stop = new AbortController();
	void ask(0);
	const cancelled = ask(1, stop.signal);
	void ask(2);
	await flush();
	stop.abort(new Error('cancelled'));
	await expect(cancelled).rejects.toThrow('cancelled');
	await expect(ask(3, stop.signal)).rejects.toThrow('cancelled');
	free[0]?.();
	await flush();
	expect(got).toEqual([0, 2]);
	expect(places.idle).toBe(false);
	free[2]?.();
	expect(places.idle).toBe(true);
});

it('is given up when no place comes free for long enough, and no earlier', async () => {
	const places = new JobPlaces();
	const take = async () => await places.take({ most: 1, patience: 100 });
	const first = await take();
	const [second, third] = [take(), take()];
	third.catch(() => undefined);
	await delay(60);
	first();
	(await second)();
	(await third)();
	const last = await take();
	await expect(take()).rejects.toBeInstanceOf(GateTimeout);
	last();
	expect(places.idle).toBe(true);
});

it('counts for whoever asks with a smaller number, too', async () => {
	const places = new JobPlaces();
	const large = asking(places, 3);
	const small = asking(places, 1);
	[0, 1].forEach((name) => void large.ask(name));
	void small.ask(0);
	await flush();
	large.free[0]?.();
	await flush();
	expect(small.got).toEqual([]);
	large.free[1]?.();
	await flush();
	expect(small.got).toEqual([0]);
});
