/** All jobs of one kind, and the limited places in which each key runs them. */
import type { SandboxConfig } from '../config';
import { RunningJobs } from '../limits/running-jobs';
import { Records } from '../server/records';
import { type Job, type JobDraft, startSimpleJob } from './job';

export class JobStore<Details> {
	readonly records = new Records<Job<Details>>();
	private readonly places = new Map<string, RunningJobs<Job<Details>>>();

	/** Jobs really created; replays do not count. */
	created = 0;
	/** The most jobs that ran at once under one key. */
	maxRunning = 0;

	/**
	 * @param config read at each use, so that changed settings apply at once.
	 * @param onEnd told of every job that ends, once, when it is noticed; not of those that are deleted before.
	 */
	constructor(
		private readonly config: () => SandboxConfig,
		private readonly onEnd: (job: Job<Details>) => void,
	) {}

	/**
	 * Starts a job.
	 * @param now Unix milliseconds.
	 * @returns null when the key has no free place for a job of this kind.
	 */
	create(draft: JobDraft<Details>, owner: string, now: number): Job<Details> | null {
		this.advance(now);
		const running = this.placesOf(owner);
		if (running.count >= (this.config().concurrentJobs ?? Infinity)) return null;
		const job = startSimpleJob(draft, owner, now, this.config());
		this.records.add(job);
		running.add(job);
		this.created += 1;
		this.maxRunning = Math.max(this.maxRunning, running.count);
		return job;
	}

	/** Deletes a job and frees its place. @returns whether it existed. */
	delete(id: string, now: number): boolean {
		this.advance(now);
		const job = this.records.delete(id);
		if (!job) return false;
		this.placesOf(job.owner).remove(job);
		return true;
	}

	/** Ends the jobs that were due until then. */
	advance(now: number): void {
		for (const running of this.places.values()) running.endUntil(now);
	}

	/** When the next job ends. */
	nextDue(): number {
		return Math.min(...[...this.places.values()].map(({ nextFinish }) => nextFinish));
	}

	private placesOf(owner: string): RunningJobs<Job<Details>> {
		let running = this.places.get(owner);
		if (!running) {
			running = new RunningJobs(this.onEnd);
			this.places.set(owner, running);
		}
		return running;
	}
}
