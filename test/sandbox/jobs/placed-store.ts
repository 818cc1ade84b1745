/** Jobs that are kept, and run in limited places: one by one, several together, or as the items of a batch. */
import { randomUUID } from 'node:crypto';
import type { SandboxConfig } from '../config';
import { Places } from '../limits/places';
import type { RunningJob } from '../limits/running-jobs';
import type { ItemError } from '../server/errors';
import { type Entry, Records } from '../server/records';

export interface PlacedJob extends Entry, RunningJob {
	/** Name of the API key it runs under. */
	owner: string;
}

export interface BatchItem<Job> {
	/** null until the item has become a job. */
	job: Job | null;
	/** Set for an item that will never become a job. */
	error: ItemError | null;
	/** Unix milliseconds before which the item is only queued. */
	readyAt: number;
}

export interface Batch<Job> {
	id: string;
	title: string | null;
	/** Unix milliseconds. */
	createdAt: number;
	items: Array<BatchItem<Job>>;
}

/** Milliseconds until the items of a batch become jobs. */
const BATCH_DELAY_MS = 100;

const isError = (entry: object): entry is ItemError => 'message' in entry;

/** The places of a store that shares them with no other. @param config read at each use. */
export const placesBy = (config: () => SandboxConfig): Places => new Places(() => config().concurrentJobs ?? Infinity);

export abstract class PlacedStore<Draft extends object, Job extends PlacedJob> {
	readonly records = new Records<Job>();
	private readonly batches = new Map<string, Batch<Job>>();

	/** Jobs really created, items of batches included; replays and seeded ones do not count. */
	created = 0;

	/**
	 * @param config read at each use, so that changed settings apply at once.
	 * @param onEnd told of every job that ends, once, when it is noticed; not of those that are deleted before.
	 * @param places in which the jobs run, maybe together with those of another store.
	 */
	constructor(
		protected readonly config: () => SandboxConfig,
		private readonly onEnd: (job: Job) => void,
		protected readonly places: Places = placesBy(config),
	) {}

	/** Makes a job of a draft. @param at its start in Unix milliseconds. */
	protected abstract make(draft: Draft, owner: string, at: number): Job;

	/** The most jobs that ran at once under one key in the places of this store. */
	get maxRunning(): number {
		return this.places.maxRunning;
	}

	/**
	 * Starts a job.
	 * @param now Unix milliseconds.
	 * @returns null when the key has no free place.
	 */
	create(draft: Draft, owner: string, now: number): Job | null {
		return this.createAll([draft], owner, now)?.[0] ?? null;
	}

	/** Starts jobs. @returns null when the key has not enough free places for all of them; none is started then. */
	createAll(drafts: readonly Draft[], owner: string, now: number): Job[] | null {
		this.advance(now);
		if (!this.places.hasRoom(owner, drafts.length)) return null;
		return drafts.map((draft) => this.start(draft, owner, now));
	}

	/**
	 * Takes in a batch; its items become jobs after a moment, as places allow.
	 * @param entries a draft for each good item, an error for each bad one.
	 */
	createBatch(title: string | null, entries: ReadonlyArray<Draft | ItemError>, owner: string, now: number): Batch<Job> {
		this.advance(now);
		const readyAt = now + BATCH_DELAY_MS;
		const items = entries.map((entry): BatchItem<Job> => {
			if (isError(entry)) return { job: null, error: entry, readyAt };
			const item: BatchItem<Job> = { job: null, error: null, readyAt };
			this.places.queue(owner, { readyAt, start: (at) => (item.job = this.start(entry, owner, at)) });
			return item;
		});
		const batch = { id: `batch_${randomUUID()}`, title, createdAt: now, items };
		this.batches.set(batch.id, batch);
		return batch;
	}

	getBatch(id: string): Batch<Job> | undefined {
		return this.batches.get(id);
	}

	/** Deletes a job and frees its place. @returns whether it existed. */
	delete(id: string, now: number): boolean {
		this.advance(now);
		const job = this.records.delete(id);
		if (!job) return false;
		this.places.free(job.owner, job);
		return true;
	}

	/** Does what was due until then (Unix milliseconds): jobs end, and items of batches start. */
	advance(now: number): void {
		this.places.advance(now);
	}

	/** When the next job ends or the next item of a batch may start; Infinity when neither will happen. */
	nextDue(): number {
		return this.places.nextDue();
	}

	/** Gives a job its place, whether one is free or not. */
	protected place(job: Job): void {
		this.places.take(job.owner, job, () => this.onEnd(job));
	}

	private start(draft: Draft, owner: string, at: number): Job {
		const job = this.make(draft, owner, at);
		this.records.add(job);
		this.place(job);
		this.created += 1;
		return job;
	}
}
