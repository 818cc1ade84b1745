/** The limited places in which each key runs its jobs, and the jobs that wait for one to become free. */
import { SEED_OWNER } from '../server/seeds';
import { type RunningJob, RunningJobs } from './running-jobs';

/** A job that starts as soon as it may. */
interface Waiting {
	/** Unix milliseconds before which it does not start. */
	readyAt: number;
	/** Starts it at that time; it takes its place itself. */
	start: (at: number) => void;
}

/** What runs under one key, and what waits there, in order. */
interface PlacesOfKey {
	running: RunningJobs<RunningJob>;
	waiting: Waiting[];
	/** Index of the first entry of `waiting` that has not started; spares shifting a long array. */
	next: number;
	/** Jobs start in order, so none starts before this time (Unix milliseconds). */
	lastStart: number;
}

const COMPACT_AFTER = 1_024;

export class Places {
	private readonly keys = new Map<string, PlacesOfKey>();
	/** What to do at the end of each job that holds a place. */
	private readonly ends = new Map<RunningJob, () => void>();

	/** The most jobs that ran at once under one key. */
	maxRunning = 0;

	/** @param limit how many jobs a key may run at once, read at each use. */
	constructor(private readonly limit: () => number) {}

	/** Whether a key may start so many jobs more. */
	hasRoom(owner: string, count: number): boolean {
		return this.placesOf(owner).running.count + count <= this.limit();
	}

	/**
	 * Takes a place until the job ends, whether one is free or not.
	 * @param onEnd called at its end, once, when it is noticed; not when the place is freed before.
	 */
	take(owner: string, job: RunningJob, onEnd: () => void = () => undefined): void {
		const { running } = this.placesOf(owner);
		this.ends.set(job, onEnd);
		running.add(job);
		// Seeded jobs belong to no key.
		if (owner !== SEED_OWNER) this.maxRunning = Math.max(this.maxRunning, running.count);
	}

	/** Frees the place of a job before its end. */
	free(owner: string, job: RunningJob): void {
		this.placesOf(owner).running.remove(job);
		this.ends.delete(job);
	}

	/** Lets a job wait for a place, behind all that wait already. */
	queue(owner: string, waiting: Waiting): void {
		this.placesOf(owner).waiting.push(waiting);
	}

	/** Does what was due until then (Unix milliseconds): ends jobs, and lets waiting ones start at the moment they could. */
	advance(now: number): void {
		for (const places of this.keys.values()) this.advanceKey(places, now);
	}

	/** When the next job ends or the next waiting one may start; Infinity when neither will happen. */
	nextDue(): number {
		const limit = this.limit();
		const dues = [...this.keys.values()].map(({ running, waiting, next, lastStart }) => {
			const first = waiting[next];
			const mayStart = first !== undefined && running.count < limit;
			return Math.min(running.nextFinish, mayStart ? Math.max(first.readyAt, lastStart) : Infinity);
		});
		return Math.min(...dues);
	}

	private advanceKey(places: PlacesOfKey, now: number): void {
		const { running, waiting } = places;
		const limit = this.limit();
		while (places.next < waiting.length) {
			const { readyAt, start } = waiting[places.next] as Waiting;
			let startAt = Math.max(readyAt, places.lastStart);
			if (startAt > now) break;
			running.endUntil(startAt);
			while (running.count >= limit && running.nextFinish <= now) {
				startAt = running.nextFinish;
				running.endUntil(startAt);
			}
			if (running.count >= limit) {
				// No place was free up to now, so a place freed later cannot be used before now.
				places.lastStart = now;
				break;
			}
			start(startAt);
			places.lastStart = startAt;
			places.next += 1;
		}
		if (places.next > COMPACT_AFTER) {
			waiting.splice(0, places.next);
			places.next = 0;
		}
		running.endUntil(now);
	}

	private end(job: RunningJob): void {
		const onEnd = this.ends.get(job);
		this.ends.delete(job);
		onEnd?.();
	}

	private placesOf(owner: string): PlacesOfKey {
		let places = this.keys.get(owner);
		if (!places) {
			places = { running: new RunningJobs((job) => this.end(job)), waiting: [], next: 0, lastStart: 0 };
			this.keys.set(owner, places);
		}
		return places;
	}
}
