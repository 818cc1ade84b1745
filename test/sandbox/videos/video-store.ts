/** All videos and batches of the sandbox, and the limited places in which videos are rendered. */
import { randomUUID } from 'node:crypto';
import type { ListOrder, SandboxConfig } from '../config';
import type { ItemError } from '../server/errors';
import { Records } from '../server/records';
import { type RunningJob, RunningJobs } from '../limits/running-jobs';
import { SEED_OWNER, seededAt, type SeedOptions } from '../server/seeds';
import { unsteered } from '../jobs/markers';
import { startJob, type VideoDraft, type VideoJob } from './video-job';

export interface BatchItem {
	/** null until the item has become a video. */
	video: VideoJob | null;
	/** Set for an item that will never become a video. */
	error: ItemError | null;
	/** Unix milliseconds before which the item is only queued. */
	readyAt: number;
}

export interface Batch {
	id: string;
	title: string | null;
	/** Unix milliseconds. */
	createdAt: number;
	items: BatchItem[];
}

/** Which videos a list is about. Without filters a page costs only its own length. */
export interface VideoFilter {
	folderId?: string | undefined;
	/** Part of the title, any case. */
	title?: string | undefined;
}

interface Waiting {
	item: BatchItem;
	draft: VideoDraft;
}

/** Work other than a video that holds a place until `finishAt`. */
export interface Hold extends RunningJob {
	holder: string;
}

/** What holds a place. */
export type Place = VideoJob | Hold;

const isVideo = (place: Place): place is VideoJob => !('holder' in place);

/** The places of one key: what runs, and which batch items wait for a place, in order. */
class Places {
	readonly running: RunningJobs<Place>;
	readonly waiting: Waiting[] = [];
	/** Index of the first entry of `waiting` that has not started; spares shifting a long array. */
	next = 0;
	/** Items start in order, so none starts before this time (Unix milliseconds). */
	lastStart = 0;

	constructor(onEnd: (job: VideoJob) => void) {
		this.running = new RunningJobs((place) => {
			if (isVideo(place)) onEnd(place);
		});
	}
}

/** Milliseconds until the items of a batch become videos. */
const BATCH_DELAY_MS = 100;
const COMPACT_AFTER = 1_024;

export class VideoStore {
	private readonly jobs = new Records<VideoJob>();
	private readonly batches = new Map<string, Batch>();
	private readonly places = new Map<string, Places>();
	/** Videos that hold a place already and come to be later. */
	private planned: VideoJob[] = [];

	/** Videos really created, batch items included, seeded ones not. */
	created = 0;
	/** The most videos that ran at once under one key. */
	maxRunning = 0;

	/**
	 * @param config read at each use, so that changed settings apply at once.
	 * @param onEnd told of every video that ends, once, when it is noticed.
	 */
	constructor(
		private readonly config: () => SandboxConfig,
		private readonly onEnd: (job: VideoJob) => void,
	) {}

	/**
	 * Starts a video.
	 * @param now Unix milliseconds.
	 * @returns null when the key has no free place.
	 */
	create(draft: VideoDraft, owner: string, now: number): VideoJob | null {
		if (!this.hasPlace(owner, now)) return null;
		return this.start(this.placesOf(owner), draft, owner, now);
	}

	/** Whether a key may start something more. */
	hasPlace(owner: string, now: number): boolean {
		this.advance(now);
		return this.placesOf(owner).running.count < this.limit();
	}

	/** Takes a place for other work, whether one is free or not. @param until Unix milliseconds. */
	hold(holder: string, owner: string, until: number): Hold {
		const hold = { holder, finishAt: until };
		this.placesOf(owner).running.add(hold);
		this.countRunning(owner);
		return hold;
	}

	/**
	 * Takes a place for a video that comes to be later, whether one is free or not.
	 * @param startAt Unix milliseconds; until then nobody can find the video.
	 * @param change laid over the job, e.g. the id of a video that it replaces when it comes to be.
	 */
	plan(draft: VideoDraft, owner: string, startAt: number, change: Partial<VideoJob> = {}): VideoJob {
		const job = { ...startJob(draft, owner, startAt, this.config()), ...change };
		this.planned.push(job);
		this.placesOf(owner).running.add(job);
		this.countRunning(owner);
		return job;
	}

	/** Frees the place of something that goes on no more. A video that has come to be stays as it is. */
	release(place: Place, owner: string): void {
		this.placesOf(owner).running.remove(place);
		this.planned = this.planned.filter((job) => job !== place);
	}

	/** Lets a video that has come to be, and not ended, fail now. */
	cancel(job: VideoJob, code: string, now: number): void {
		this.release(job, job.owner);
		Object.assign(job, { ending: 'failed', failureCode: code, renderAt: now, finishAt: now });
	}

	/**
	 * Takes in a batch; its items become videos after a moment, as places allow.
	 * @param items a draft for each good item, an error for each bad one.
	 */
	createBatch(
		title: string | null,
		items: ReadonlyArray<VideoDraft | ItemError>,
		owner: string,
		now: number,
	): Batch {
		this.advance(now);
		const readyAt = now + BATCH_DELAY_MS;
		const places = this.placesOf(owner);
		const batch: Batch = { id: `batch_${randomUUID()}`, title, createdAt: now, items: [] };
		for (const entry of items) {
			const error = 'message' in entry ? entry : null;
			const item: BatchItem = { video: null, error, readyAt };
			batch.items.push(item);
			if (!('message' in entry)) places.waiting.push({ item, draft: entry });
		}
		this.batches.set(batch.id, batch);
		return batch;
	}

	/** Adds videos with made-up titles: finished ones, a minute apart, or ones that start now. */
	seed(options: SeedOptions, now: number): void {
		const { count, runSeconds, queueSeconds = 0, failed = false } = options;
		const config = { ...this.config(), jobQueueSeconds: queueSeconds, jobSeconds: runSeconds ?? 0 };
		const { running } = this.placesOf(SEED_OWNER);
		for (let index = 0; index < count; index += 1) {
			const draft: VideoDraft = {
				...unsteered,
				title: `Seeded video ${index + 1}`,
				folderId: null,
				outputFormat: 'mp4',
				captions: 'none',
				hasPreview: true,
				spoken: '',
				duration: 10,
				scenes: [],
				ending: failed ? 'failed' : 'completed',
				runningWord: 'processing',
				callbackId: null,
			};
			const job = startJob(draft, SEED_OWNER, seededAt(options, index, now), config);
			this.jobs.add(job);
			// What ended long ago is no news.
			if (runSeconds !== undefined) running.add(job);
		}
	}

	/** The video of that id, or undefined when there is none or it was deleted. */
	get(id: string): VideoJob | undefined {
		return this.jobs.get(id);
	}

	getBatch(id: string): Batch | undefined {
		return this.batches.get(id);
	}

	/** Deletes a video and frees its place. @returns whether it existed. */
	delete(id: string, now: number): boolean {
		this.advance(now);
		const job = this.jobs.delete(id);
		if (!job) return false;
		this.placesOf(job.owner).running.remove(job);
		return true;
	}

	/**
	 * One page of videos.
	 * @param from position from an earlier page's `next`; undefined for the first page.
	 * @returns `next` is null on the last page.
	 */
	page(
		filter: VideoFilter,
		limit: number,
		from: number | undefined,
		order?: ListOrder,
	): { videos: VideoJob[]; next: number | null } {
		const title = filter.title?.toLowerCase();
		const matches = (job: VideoJob): boolean =>
			(filter.folderId === undefined || job.folderId === filter.folderId) &&
			(title === undefined || (job.title ?? '').toLowerCase().includes(title));

		const { items, next } = this.jobs.page(matches, limit, from, order);
		return { videos: items, next };
	}

	/** Does what was due until now: ends jobs and lets waiting batch items start at the moment they could. */
	advance(now: number): void {
		this.publish(now);
		for (const [owner, places] of this.places) this.advancePlaces(places, owner, now);
	}

	/** When the next video ends or the next batch item may start; Infinity when neither will happen. */
	nextDue(): number {
		const limit = this.limit();
		const dues = [...this.places.values()].map(({ running, waiting, next, lastStart }) => {
			const first = waiting[next];
			const mayStart = first !== undefined && running.count < limit;
			const start = mayStart ? Math.max(first.item.readyAt, lastStart) : Infinity;
			return Math.min(running.nextFinish, start);
		});
		return Math.min(...dues);
	}

	private advancePlaces(places: Places, owner: string, now: number): void {
		const limit = this.limit();
		while (places.next < places.waiting.length) {
			const { item, draft } = places.waiting[places.next] as Waiting;
			let startAt = Math.max(item.readyAt, places.lastStart);
			if (startAt > now) break;
			places.running.endUntil(startAt);
			while (places.running.count >= limit && places.running.nextFinish <= now) {
				startAt = places.running.nextFinish;
				places.running.endUntil(startAt);
			}
			if (places.running.count >= limit) {
				// No place was free up to now, so a place freed later cannot be used before now.
				places.lastStart = now;
				break;
			}
			item.video = this.start(places, draft, owner, startAt);
			places.lastStart = startAt;
			places.next += 1;
		}
		if (places.next > COMPACT_AFTER) {
			places.waiting.splice(0, places.next);
			places.next = 0;
		}
		places.running.endUntil(now);
	}

	/** Lets planned videos come to be that were due. */
	private publish(now: number): void {
		if (this.planned.length === 0) return;
		const due = this.planned.filter(({ createdAt }) => createdAt <= now);
		this.planned = this.planned.filter(({ createdAt }) => createdAt > now);
		for (const job of due) {
			this.jobs.delete(job.id);
			this.jobs.add(job);
			this.created += 1;
		}
	}

	private countRunning(owner: string): void {
		this.maxRunning = Math.max(this.maxRunning, this.placesOf(owner).running.count);
	}

	private start(places: Places, draft: VideoDraft, owner: string, at: number): VideoJob {
		const job = startJob(draft, owner, at, this.config());
		this.jobs.add(job);
		places.running.add(job);
		this.created += 1;
		this.maxRunning = Math.max(this.maxRunning, places.running.count);
		return job;
	}

	private limit(): number {
		return this.config().concurrentJobs ?? Infinity;
	}

	private placesOf(owner: string): Places {
		let places = this.places.get(owner);
		if (!places) {
			places = new Places(this.onEnd);
			this.places.set(owner, places);
		}
		return places;
	}
}
