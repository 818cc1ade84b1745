/** Jobs that are there without having been asked for through the API. */

/** What an amount of jobs is to be like. */
export interface SeedOptions {
	count: number;
	/** Seconds for which they run from now on; absent: they have ended long ago, without an event. */
	runSeconds?: number;
	/** Seconds they wait before they run (default 0); only with `runSeconds`. */
	queueSeconds?: number;
	/** Whether they fail (default false). */
	failed?: boolean;
}

/** What to seed: a number stands for so many finished ones. */
export interface Seed {
	videos?: number | SeedOptions;
	translations?: number | SeedOptions;
}

/** The owner of seeded jobs, which is no key; they belong to all. */
export const SEED_OWNER = 'seed';
/** Finished jobs that are seeded lie this far apart in the past. */
const SPACING_MS = 60_000;
/** More seeded jobs than this would only fill the memory. */
const MAX_SEED = 1_000_000;

/** Start of the seeded job of that index, in Unix milliseconds: now, or one of the last minutes. */
export function seededAt({ count, runSeconds }: SeedOptions, index: number, now: number): number {
	return runSeconds === undefined ? now - (count - index) * SPACING_MS : now;
}

const isSeconds = (value: unknown): boolean =>
	value === undefined || (typeof value === 'number' && Number.isFinite(value) && value >= 0);

function optionsOf(name: string, value: unknown): SeedOptions {
	const options = (typeof value === 'number' ? { count: value } : value) as Partial<SeedOptions> | null;
	const { count, runSeconds, queueSeconds, failed, ...unknown } = options ?? {};
	if (count === undefined || !Number.isSafeInteger(count) || count < 0 || count > MAX_SEED) {
		throw new Error(`"${name}" must be a whole number up to ${MAX_SEED}, or have such a count`);
	}
	if (!isSeconds(runSeconds) || !isSeconds(queueSeconds)) {
		throw new Error(`seconds of "${name}" must be numbers of at least 0`);
	}
	if (queueSeconds !== undefined && runSeconds === undefined) {
		throw new Error(`queueSeconds of "${name}" need runSeconds`);
	}
	if (failed !== undefined && typeof failed !== 'boolean')
		throw new Error(`failed of "${name}" is a flag`);
	const [other] = Object.keys(unknown);
	if (other !== undefined) throw new Error(`"${name}" has no ${other}`);
	return options as SeedOptions;
}

/**
 * Reads a seed that came from outside.
 * @throws Error saying what makes no sense.
 */
export function seedsOf(seed: unknown): { videos?: SeedOptions; translations?: SeedOptions } {
	const { videos, translations } = (seed ?? {}) as Record<keyof Seed, unknown>;
	if (videos === undefined && translations === undefined) {
		throw new Error('"videos" or "translations" must say how many');
	}
	return {
		...(videos === undefined ? {} : { videos: optionsOf('videos', videos) }),
		...(translations === undefined ? {} : { translations: optionsOf('translations', translations) }),
	};
}
