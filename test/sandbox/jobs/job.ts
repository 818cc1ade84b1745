/** One job of a simple kind: what was asked for, and what has become of it at a given moment. */
import { randomUUID } from 'node:crypto';
import type { SandboxConfig } from '../config';
import type { RunningJob } from '../limits/running-jobs';
import { hasMarker, type Steering, steeringOf } from './markers';

/** The kinds of jobs that have neither batches nor languages. */
const simpleJobNames = ['modelVideo', 'hyperframes', 'clipping', 'backgroundRemoval', 'fillerWordRemoval'] as const;
/**
 * All kinds of jobs that are counted. What a user tells the video agent is counted as the jobs that it starts, and a
 * translation that comes of a proofread as a translation.
 */
export const jobNames = [
	'video',
	...simpleJobNames,
	'translation',
	'proofread',
	'lipsync',
	'avatar',
	'agentSession',
	'agentMessage',
	'voiceClone',
	'speech',
] as const;
export type JobName = (typeof jobNames)[number];
export type SimpleJobName = (typeof simpleJobNames)[number];

/** Whether a text is the name of a kind of simple job. */
export const isSimpleJobName = (text: unknown): text is SimpleJobName => simpleJobNames.some((name) => name === text);

/** A number for each kind of job. */
export function countEach(count: (name: JobName) => number): Record<JobName, number> {
	return Object.fromEntries(jobNames.map((name) => [name, count(name)])) as Record<JobName, number>;
}

/** What a request asks for, reduced to what the sandbox needs later. */
export interface JobDraft<Details> extends Omit<Steering, 'ending'> {
	ending: Steering['ending'] | 'cancelled';
	/** Whether answers tell how far the job is. */
	hasProgress: boolean;
	/** What only this kind of job has. */
	details: Details;
}

/** All times are Unix milliseconds. */
export interface Job<Details> extends JobDraft<Details>, RunningJob {
	id: string;
	/** Name of the API key it runs under. */
	owner: string;
	createdAt: number;
	/** When it begins to run. */
	runAt: number;
	/** When it ends, or would if it were not stuck. */
	expectedEnd: number;
	deleted: boolean;
}

type JobState = 'waiting' | 'running' | 'completed' | 'failed' | 'cancelled';

/** What a kind of job calls the states in which it has not ended. */
interface StateWords {
	waiting: string;
	running: string;
}

/** Most percent that are told of a job that has not completed. */
const ALMOST_DONE = 99;

/**
 * A draft that markers steer: those of all jobs, `[cancelled]` and `[no-progress]`.
 * @param texts all texts of the request in which a marker may stand.
 */
export function draftWith<Details>(texts: readonly string[], details: Details): JobDraft<Details> {
	const steering = steeringOf(texts);
	const isCancelled = steering.ending !== 'never' && hasMarker(texts, 'cancelled');
	return {
		...steering,
		ending: isCancelled ? 'cancelled' : steering.ending,
		hasProgress: !hasMarker(texts, 'no-progress'),
		details,
	};
}

/** Starts a job: its whole future is fixed here, so that its state is a function of the clock. */
export function startSimpleJob<Details>(
	draft: JobDraft<Details>,
	owner: string,
	startedAt: number,
	config: SandboxConfig,
): Job<Details> {
	const runAt = startedAt + config.jobQueueSeconds * 1_000;
	const expectedEnd = runAt + config.jobSeconds * 1_000;
	return {
		...draft,
		id: randomUUID().replace(/-/g, ''),
		owner,
		createdAt: startedAt,
		runAt,
		expectedEnd,
		finishAt: draft.ending === 'never' ? Infinity : expectedEnd,
		deleted: false,
	};
}

/** The state of a job, whatever its kind calls it. */
export function jobStateAt(job: Job<unknown>, now: number): JobState {
	if (now < job.runAt) return 'waiting';
	if (now < job.finishAt || job.ending === 'never') return 'running';
	return job.ending;
}

/** The state of a job in the words of its kind, or the one that a marker names. */
export function statusWordAt(job: Job<unknown>, now: number, words: StateWords): string {
	const state = jobStateAt(job, now);
	if (state === 'waiting') return words.waiting;
	return state === 'running' ? (job.runningWord ?? words.running) : state;
}

/** Whether the job's files can be linked to at that time. */
export function hasJobFiles(job: Job<unknown>, now: number): boolean {
	return jobStateAt(job, now) === 'completed' && now >= job.finishAt + job.urlDelayMs;
}

/** How far a job is, in whole percent; 100 only when it has completed. */
export function progressAt(job: Job<unknown>, now: number): number {
	const state = jobStateAt(job, now);
	if (state === 'completed') return 100;
	if (state === 'waiting') return 0;
	const share = now >= job.expectedEnd ? 1 : (now - job.runAt) / (job.expectedEnd - job.runAt);
	return Math.min(Math.floor(share * 100), ALMOST_DONE);
}
