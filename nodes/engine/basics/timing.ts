import { sleep } from 'n8n-workflow';

/**
 * The engine's clock and its durations, all in milliseconds. One mutable record, so that tests can run hours of
 * waiting in moments; nothing at run time changes it.
 */
export const timing = {
	/** Time-out of a read until its whole answer is there (HeyGen's own clients use the same). */
	readTimeout: 30_000,
	/** Time-out of a write: `POST /v3/videos` takes up to about 31 s at the 99th percentile. */
	writeTimeout: 120_000,
	/** Time a file host may be silent: until its headers come, and between two pieces of the body. */
	fileTimeout: 60_000,
	/** Bytes a second of the slowest connection that a form with a file is given the time for. */
	slowestUpload: 65_536,
	/** How often the completion of an upload is repeated until the storage shows the file, and the first pause. */
	completeTries: 8,
	completePause: 500,
	/** How long HeyGen may take to take in the files of a batch. */
	ingestMax: 1_200_000,
	/** First pause before a retry; doubles from there. */
	retryBase: 1_000,
	/** Longest pause before a retry. */
	retryMax: 30_000,
	/** Retries after a network failure, a 5xx or an unreadable answer. */
	retryCount: 4,
	/** How long a 409 `request_in_progress` is waited out: the server may need a write's whole time-out. */
	inProgressMax: 180_000,
	/** How long a credential that was read again after a 401, and still has the same key, is not read once more. */
	renewPause: 60_000,
	/** How long bulk statuses may take, retries and HeyGen's limits included, until each job is read by itself. */
	statusesMax: 30_000,
	/** How long a look-up may take that only makes a create safer. */
	checkMax: 5_000,
	/** How long the last look at a job may take when its time is up. */
	lastLook: 10_000,
	/** First pause between two looks at a job, the factor it grows by, and the longest pause. */
	pollFirst: 2_000,
	pollGrowth: 1.5,
	pollMax: 30_000,
	/** How long a new job may be unknown to HeyGen's reads, and a finished one without its file's URL. */
	catchUpTime: 30_000,
	/** How long the page that one trigger has read is new enough for others: n8n polls once a minute, each at a second of its own. */
	pollShared: 55_000,
	/** First stretch that an execution sleeps, the factor that it grows by, and the longest. n8n looks once a minute who wakes up. */
	sleepFirst: 60_000,
	sleepGrowth: 1.5,
	sleepMax: 300_000,
	/** Time left to wait from which on it is worth sleeping; n8n's own Wait node does not for less. */
	sleepWorth: 65_000,
	/** How long a job may be looked at whose time was up while the execution slept: n8n may have stood still. */
	wakeGrace: 30_000,
	/** How long n8n takes to start, at most: it calls executions crashed that run meanwhile. It has been seen to take 10 s. */
	bootTime: 45_000,
	/** How long the items of a run may start without letting n8n do anything else. */
	longestTurn: 20,
	/** How long a list stands open in the editor until the rest of it is read ahead; Infinity for never. */
	readAhead: 100,
	/** Pause after which the items of a run that have not arrived are no longer expected in a batch. */
	batchQuiet: 1_000,
};

/** A timer for longer fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Milliseconds since some fixed moment, for durations: it never goes back, whatever happens to the system's clock. */
export function now(): number {
	return performance.now();
}

/** The date, in Unix milliseconds, where HeyGen's dates are compared with it. */
export function wallClock(): number {
	return Date.now();
}

/**
 * Waits.
 *
 * @param ms milliseconds
 * @param signal rejects the wait at once when the execution is cancelled
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	// `sleep` takes a signal since n8n 2.x; older versions ignore the second argument.
	const wait = sleep as (ms: number, signal?: AbortSignal) => Promise<void>;
	let left = Math.max(0, ms);
	for (; left > LONGEST_TIMER; left -= LONGEST_TIMER) await wait(LONGEST_TIMER, signal);
	await wait(left, signal);
}

/**
 * Spreads a pause by up to 25 % either way, so that clients that failed together do not come back together.
 *
 * @param ms milliseconds
 */
export function jitter(ms: number): number {
	return ms * (0.75 + Math.random() * 0.5);
}
