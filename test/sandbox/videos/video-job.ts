/** One video: what was asked for, and what has become of it at a given moment. */
import { randomUUID } from 'node:crypto';
import type { SandboxConfig } from '../config';
import type { ItemError } from '../server/errors';
import { asText } from '../server/fields';
import type { RunningJob } from '../limits/running-jobs';
import { failureWith, hasMarker, type Steering, steeringOf } from '../jobs/markers';
import { textsOf } from './rules';
import { type SceneDraft, scenesOf, spokenSeconds, studioSeconds } from './scenes';

/** What a request asks for, reduced to what the sandbox needs later. */
export interface VideoDraft extends Omit<Steering, 'runningWord'> {
	title: string | null;
	folderId: string | null;
	outputFormat: 'mp4' | 'webm';
	captions: 'none' | 'file' | 'burned';
	/** Whether there is a short preview of it. */
	hasPreview: boolean;
	/** First words of the script, for the subtitle file. */
	spoken: string;
	/** Length of the finished video in seconds. */
	duration: number;
	scenes: SceneDraft[];
	/** Status word between `pending` and the end. */
	runningWord: string;
	/** Whatever the client wants to see again in the events. */
	callbackId: string | null;
	/** The session of the video agent that makes it; its end is no event of videos. */
	sessionId?: string;
}

/** All times are Unix milliseconds. */
export interface VideoJob extends VideoDraft, RunningJob {
	id: string;
	/** Name of the API key it runs under. */
	owner: string;
	createdAt: number;
	/** When `pending` ends. */
	renderAt: number;
	deleted: boolean;
}

const SPOKEN_CHARACTERS = 200;
const DEFAULT_DURATION_SECONDS = 10;
/** A film whose clips lost their length. */
const SHORT_SECONDS = 1;
const RUNNING_WORD = 'processing';

const asRecord = (value: unknown): Record<string, unknown> | null =>
	typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;

function captionsOf(caption: unknown): VideoDraft['captions'] {
	const fields = asRecord(caption);
	if (!fields) return 'none';
	return fields.style ? 'burned' : 'file';
}

/** What is spoken, as the subtitles have it, and how long that takes. */
export function wordsOf(script: string): Pick<VideoDraft, 'spoken' | 'duration'> {
	return { spoken: script.slice(0, SPOKEN_CHARACTERS), duration: spokenSeconds(script) };
}

function durationOf(body: Record<string, unknown>, texts: readonly string[], spoken: string): number {
	if (hasMarker(texts, 'short')) return SHORT_SECONDS;
	if (body.type === 'studio') return studioSeconds(body);
	const wanted = typeof body.duration === 'number' ? body.duration : DEFAULT_DURATION_SECONDS;
	return body.type === 'cinematic_avatar' || spoken === '' ? wanted : spokenSeconds(spoken);
}

/**
 * Reads a video request (any of the four types, already checked against the contract).
 * Markers in the title, a script or a prompt steer the ending, and `[short]` makes a film of one second.
 */
export function draftOf(body: Record<string, unknown>): VideoDraft {
	const texts = textsOf(body);
	const title = asText(body.title);
	const spoken = texts.filter((text) => text !== title).join(' ');
	const steering = steeringOf(texts);
	return {
		...steering,
		title,
		folderId: asText(body.folder_id),
		outputFormat: body.output_format === 'webm' ? 'webm' : 'mp4',
		captions: captionsOf(body.caption),
		hasPreview: true,
		spoken: spoken.slice(0, SPOKEN_CHARACTERS),
		duration: durationOf(body, texts, spoken),
		scenes: scenesOf(body),
		runningWord: steering.runningWord ?? RUNNING_WORD,
		callbackId: asText(body.callback_id),
	};
}

/** Starts a video: its whole future is fixed here, so that its state is a function of the clock. */
export function startJob(
	draft: VideoDraft,
	owner: string,
	startedAt: number,
	config: SandboxConfig,
): VideoJob {
	const renderAt = startedAt + config.jobQueueSeconds * 1_000;
	return {
		...draft,
		id: randomUUID().replace(/-/g, ''),
		owner,
		createdAt: startedAt,
		renderAt,
		finishAt: draft.ending === 'never' ? Infinity : renderAt + config.jobSeconds * 1_000,
		deleted: false,
	};
}

/** The state of a video; the two running states may be reported under another word. */
export function stateAt(job: VideoJob, now: number): 'pending' | 'running' | 'completed' | 'failed' {
	if (now < job.renderAt) return 'pending';
	if (now < job.finishAt) return 'running';
	return job.ending === 'failed' ? 'failed' : 'completed';
}

/** Why a video fails whose ending is `failed`. */
export const videoFailure = ({ failureCode }: VideoJob): ItemError => failureWith(failureCode);

/** Whether the video's files can be linked to at that time. */
export function hasFiles(job: VideoJob, now: number): boolean {
	return stateAt(job, now) === 'completed' && now >= job.finishAt + job.urlDelayMs;
}
