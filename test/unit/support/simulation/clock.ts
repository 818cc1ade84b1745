/** Virtual time: minutes of pacing pass in milliseconds, and the same way in every run. */
import { Heap } from '../../../../nodes/engine/request/pacing/heap';

/** What happens at one moment, in the order it was planned. */
interface Moment {
	readonly at: number;
	readonly events: Array<() => void>;
	done: number;
}

/** A clock that stands still until it is told to go to the next event. */
export class VirtualClock {
	/** The moment it is, in milliseconds; deliberately not a whole second. */
	time = 1_000_000_400;
	/** What `jitter` gives; tests with several processes make it differ. */
	jitter: (ms: number) => number = (ms) => ms;
	private moments = new Heap<Moment>();
	private byTime = new Map<number, Moment>();

	/** Runs something at a moment; events of the same moment keep the order they were planned in. */
	at(moment: number, run: () => void): void {
		const at = Math.max(moment, this.time);
		let known = this.byTime.get(at);
		if (known === undefined) {
			known = { at, events: [], done: 0 };
			this.byTime.set(at, known);
			this.moments.push(at, known);
		}
		known.events.push(run);
	}

	/** The next thing that happens; undefined when nothing is planned. */
	private next(): { at: number; run: () => void } | undefined {
		for (;;) {
			const moment = this.moments.first;
			if (moment === undefined) return undefined;
			const run = moment.events[moment.done];
			if (run !== undefined) {
				moment.done++;
				return { at: moment.at, run };
			}
			this.moments.pop();
			this.byTime.delete(moment.at);
		}
	}

	/** The stand-in for the engine's `pause`; like that it rejects when the signal is aborted. */
	async pause(ms: number, signal?: AbortSignal): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			const ring = () => {
				if (signal?.aborted !== true) resolve();
			};
			this.at(this.time + Math.max(0, ms), ring);
			signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
		});
	}

	/**
	 * Goes from event to event until the work is done.
	 *
	 * @param work anything that ends when its events have happened
	 * @param limit virtual milliseconds it may take
	 * @returns what the work returns
	 * @throws Error when the work needs longer, or waits for something that never comes
	 */
	async run<T>(work: Promise<T>, limit = 3_600_000): Promise<T> {
		const until = this.time + limit;
		let over = false;
		const end = () => {
			over = true;
		};
		work.then(end, end);
		await flush();
		while (!over) {
			const event = this.next();
			if (event === undefined) throw new Error('Stuck: work is waiting, but nothing is planned any more');
			if (event.at > until) throw new Error(`Not done within ${limit} ms of virtual time`);
			this.time = event.at;
			event.run();
			await flush();
		}
		return await work;
	}

	/** Lets virtual time pass. */
	async pass(ms: number): Promise<void> {
		await this.run(this.pause(ms), ms);
	}

	/** Drops what a test has left behind; time goes on from where it is. */
	forgetEvents(): void {
		this.jitter = (ms) => ms;
		this.moments = new Heap();
		this.byTime = new Map();
	}
}

/** Lets everything run that only waits for promises: a turn of the event loop comes after all of them. */
async function flush(): Promise<void> {
	await new Promise<void>((resolve) => {
		setImmediate(resolve);
	});
}

/** The one clock of a test file; the mocked timing module reads it. */
export const clock = new VirtualClock();

/**
 * The engine's timing module on virtual time, for `jest.mock`. Jitter is off unless a test wants it, so that a run repeats exactly.
 *
 * @param actual the real module, for its durations
 */
export function virtualTiming<T extends object>(actual: T) {
	return {
		...actual,
		now: () => clock.time,
		wallClock: () => clock.time,
		pause: async (ms: number, signal?: AbortSignal) => await clock.pause(ms, signal),
		jitter: (ms: number) => clock.jitter(ms),
	};
}
