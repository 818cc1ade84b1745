/** Video translations: what they are like, and what has become of them at a given moment. */
import { randomUUID } from 'node:crypto';
import type { ItemError } from '../server/errors';
import { Records } from '../server/records';
import { RunningJobs, type RunningJob } from '../limits/running-jobs';
import { seededAt, type SeedOptions } from '../server/seeds';

/** All times are Unix milliseconds. */
export interface Translation extends RunningJob {
	id: string;
	title: string | null;
	inputLanguage: string;
	outputLanguage: string;
	/** Length of the finished video in seconds. */
	duration: number;
	ending: 'completed' | 'failed';
	callbackId: string | null;
	createdAt: number;
	/** When `pending` ends. */
	runAt: number;
	deleted: boolean;
}

/** Why a translation fails. */
export const translationFailure: Readonly<ItemError> = {
	code: 'translation_failed',
	message: 'The video could not be translated',
};

/** The state of a translation. */
export function translationStateAt(
	job: Translation,
	now: number,
): 'pending' | 'running' | 'completed' | 'failed' {
	if (now < job.runAt) return 'pending';
	return now < job.finishAt ? 'running' : job.ending;
}

/** Whether the translation's files can be linked to at that time. */
export const hasTranslationFiles = (job: Translation, now: number): boolean =>
	translationStateAt(job, now) === 'completed';

const DURATION_SECONDS = 10;

export class TranslationStore {
	readonly records = new Records<Translation>();
	private readonly running: RunningJobs<Translation>;

	/** @param onEnd told of every translation that ends, once, when it is noticed. */
	constructor(onEnd: (job: Translation) => void) {
		this.running = new RunningJobs(onEnd);
	}

	/** Adds translations with made-up titles, either finished ones or ones that start now. */
	seed(options: SeedOptions, now: number): void {
		const { count, runSeconds, queueSeconds = 0, failed = false } = options;
		for (let index = 0; index < count; index += 1) {
			const createdAt = seededAt(options, index, now);
			const runAt = createdAt + queueSeconds * 1_000;
			const job: Translation = {
				id: randomUUID().replace(/-/g, ''),
				title: `Seeded translation ${index + 1}`,
				inputLanguage: 'English',
				outputLanguage: 'Spanish (Spain)',
				duration: DURATION_SECONDS,
				ending: failed ? 'failed' : 'completed',
				callbackId: null,
				createdAt,
				runAt,
				finishAt: runAt + (runSeconds ?? 0) * 1_000,
				deleted: false,
			};
			this.records.add(job);
			if (runSeconds !== undefined) this.running.add(job);
		}
	}

	/** Ends the translations that were due until then. */
	advance(now: number): void {
		this.running.endUntil(now);
	}

	/** When the next translation ends. */
	nextDue(): number {
		return this.running.nextFinish;
	}
}
