/** All videos and batches of the sandbox, and the work of the video agent, which holds places among them. */
import type { ListOrder } from '../config';
import { PlacedStore } from '../jobs/placed-store';
import type { RunningJob } from '../limits/running-jobs';
import { SEED_OWNER, seededAt, type SeedOptions } from '../server/seeds';
import { unsteered } from '../jobs/markers';
import { startJob, type VideoDraft, type VideoJob } from './video-job';

/** Which videos a list is about. Without filters a page costs only its own length. */
export interface VideoFilter {
	folderId?: string | undefined;
	/** Part of the title, any case. */
	title?: string | undefined;
}

/** Work other than a video that holds a place until `finishAt`. */
export interface Hold extends RunningJob {
	holder: string;
}

/** What holds a place. */
export type Place = VideoJob | Hold;

export class VideoStore extends PlacedStore<VideoDraft, VideoJob> {
	/** Videos that hold a place already and come to be later. */
	private planned: VideoJob[] = [];

	/** Whether a key may start something more. */
	hasPlace(owner: string, now: number): boolean {
		this.advance(now);
		return this.places.hasRoom(owner, 1);
	}

	/** Takes a place for other work, whether one is free or not. @param until Unix milliseconds. */
	hold(holder: string, owner: string, until: number): Hold {
		const hold = { holder, finishAt: until };
		this.places.take(owner, hold);
		return hold;
	}

	/**
	 * Takes a place for a video that comes to be later, whether one is free or not.
	 * @param startAt Unix milliseconds; until then nobody can find the video.
	 * @param change laid over the job, e.g. the id of a video that it replaces when it comes to be.
	 */
	plan(draft: VideoDraft, owner: string, startAt: number, change: Partial<VideoJob> = {}): VideoJob {
		const job = { ...this.make(draft, owner, startAt), ...change };
		this.planned.push(job);
		this.place(job);
		return job;
	}

	/** Frees the place of something that goes on no more. A video that has come to be stays as it is. */
	release(place: Place, owner: string): void {
		this.places.free(owner, place);
		this.planned = this.planned.filter((job) => job !== place);
	}

	/** Lets a video that has come to be, and not ended, fail now. */
	cancel(job: VideoJob, code: string, now: number): void {
		this.release(job, job.owner);
		Object.assign(job, { ending: 'failed', failureCode: code, renderAt: now, finishAt: now });
	}

	/** Adds videos with made-up titles: finished ones, a minute apart, or ones that start now. */
	seed(options: SeedOptions, now: number): void {
		const { count, runSeconds, queueSeconds = 0, failed = false } = options;
		const config = { ...this.config(), jobQueueSeconds: queueSeconds, jobSeconds: runSeconds ?? 0 };
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
			this.records.add(job);
			// What ended long ago is no news.
			if (runSeconds !== undefined) this.place(job);
		}
	}

	/** The video of that id, or undefined when there is none or it was deleted. */
	get(id: string): VideoJob | undefined {
		return this.records.get(id);
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

		const { items, next } = this.records.page(matches, limit, from, order);
		return { videos: items, next };
	}

	/** Does what was due until now: planned videos come to be, jobs end, and items of batches start. */
	override advance(now: number): void {
		this.publish(now);
		super.advance(now);
	}

	protected override make(draft: VideoDraft, owner: string, at: number): VideoJob {
		return startJob(draft, owner, at, this.config());
	}

	/** Lets planned videos come to be that were due. */
	private publish(now: number): void {
		if (this.planned.length === 0) return;
		const due = this.planned.filter(({ createdAt }) => createdAt <= now);
		this.planned = this.planned.filter(({ createdAt }) => createdAt > now);
		for (const job of due) {
			this.records.delete(job.id);
			this.records.add(job);
			this.created += 1;
		}
	}
}
