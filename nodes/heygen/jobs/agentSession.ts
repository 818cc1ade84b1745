import isPlainObject from 'lodash/isPlainObject';

import { timeMs } from '../records';
import { FAILED_WORDS, GENERATION, type JobKind, jobPhase, stateWord, SUCCEEDED_WORDS, type Talk } from './kind';
import { videoJob } from './video';

/**
 * `POST /v3/video-agents`: a session of HeyGen's video agent, which plans a video, asks back in a chat, and leads to the
 * video (API reference, section Video Agent).
 */

/** One of the messages of a session. */
type Message = Record<string, unknown>;

/** A session's messages, the newest first, as HeyGen lists them; by their dates where these say otherwise. */
function messagesIn({ messages }: Record<string, unknown>): Message[] {
	if (!Array.isArray(messages)) return [];
	const known = messages.filter((message): message is Message => isPlainObject(message));
	const times = known.map(({ created_at: time }) => timeMs(time));
	// Several may be of one second, in which their places count.
	const isDated = times.every((time) => time !== undefined);
	if (!isDated) return known;
	const dated = known.map((message, place) => ({ message, time: times[place] as number }));
	return dated.sort((one, other) => other.time - one.time).map(({ message }) => message);
}

function isOfUser({ role }: Message): boolean {
	return typeof role === 'string' && role.trim().toLowerCase() === 'user';
}

function contentOf({ content }: Message): string {
	return typeof content === 'string' ? content.trim() : '';
}

/** What the agent has said since somebody wrote to it last, the newest first. */
function unanswered(record: Record<string, unknown>): Message[] {
	const messages = messagesIn(record);
	const last = messages.findIndex(isOfUser);
	return last < 0 ? messages : messages.slice(0, last);
}

function hasReplied(record: Record<string, unknown>): boolean {
	return messagesIn(record).some(isOfUser) && unanswered(record).some((message) => contentOf(message) !== '');
}

function resourcesOf({ resource_ids: ids }: Message): string[] {
	return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [];
}

/** Stands for a question that the session holds no words of. */
const WORDLESS = 'The video agent waits for an answer. Its session does not say what it asks.';

/** The agent's newest words; those of a text count before the caption of a picture or a draft. */
function questionIn(record: Record<string, unknown>): string {
	const said = unanswered(record).filter((message) => contentOf(message) !== '');
	const text = said.find(({ type }) => type === 'text') ?? said[0];
	return text === undefined ? WORDLESS : contentOf(text);
}

/** A draft that waits for approval (API reference, section Session: "it waits for approval by message"). */
const DRAFT = /^draft_/;

function isDraftShown(record: Record<string, unknown>): boolean {
	const [newest] = messagesIn(record);
	if (newest === undefined || isOfUser(newest)) return false;
	return jobPhase(agentSessionJob, record.status) === 'running' && resourcesOf(newest).some((id) => DRAFT.test(id));
}

function usersMessages(record: Record<string, unknown>): Message[] {
	return messagesIn(record).filter(isOfUser);
}

function newestTime(messages: readonly Message[]): number {
	return Math.max(...messages.map(({ created_at: time }) => timeMs(time) ?? -Infinity));
}

/**
 * What the agent has said last, and what it waits to be told.
 *
 * @param record a session's
 */
function saidIn(record: Record<string, unknown>): { question: string | null; last_message: string | null } {
	const newest = messagesIn(record).find((message) => !isOfUser(message) && contentOf(message) !== '');
	const isAsking = TALK.asking.includes(stateWord(record.status)) && !TALK.isAnswered(record);
	return { question: isAsking ? questionIn(record) : null, last_message: newest === undefined ? null : contentOf(newest) };
}

const TALK: Talk = {
	// Both occur in a chat; in the mode "generate" the agent goes on by itself.
	asking: ['waiting_for_input', 'reviewing'],
	isAnswered: (record: Record<string, unknown>) => {
		const [newest] = messagesIn(record);
		return newest !== undefined && isOfUser(newest);
	},
	hasReplied,
	mayAsk: isDraftShown,
	lastWord: (record: Record<string, unknown>) => {
		const messages = messagesIn(record);
		const [newest = {}] = messages;
		// Other fields may differ at every read, as presigned addresses do.
		const { role = null, content = null, created_at: time = null } = newest;
		return JSON.stringify([messages.length, role, content, resourcesOf(newest), time]);
	},
	questionIn,
};

/** A session, until it names the video that it makes. */
export const agentSessionJob: JobKind = {
	noun: 'agent session',
	idField: 'session_id',
	lane: GENERATION,
	recordPath: '/v3/video-agents/{id}',
	succeeded: SUCCEEDED_WORDS,
	failed: FAILED_WORDS,
	progressField: 'progress',
	// HeyGen's contract has no field of its own for the reason.
	failureCodeFields: [],
	failureMessageFields: [],
	failureIn: (record) => record.failure_message ?? contentOf(messagesIn(record).find(({ type }) => type === 'error') ?? {}),
	// "The true cause is an empty wallet" (API reference, section Codes).
	failureAdvice: ({ message = '', code = '' }) =>
		/free_tier_quota_exceeded/i.test(`${code} ${message}`)
			? "HeyGen has been seen to say so when the account's balance is used up: look at the balance with HeyGen Usage, operation Account → Get."
			: undefined,
	files: videoJob.files,
	next: {
		idField: 'video_id',
		kind: videoJob,
		listPath: '/v3/video-agents/{id}/videos',
		mayBeEarlier: (record) => {
			const phase = jobPhase(agentSessionJob, record.status);
			// A session that is over may have been answered in words only.
			const isOpen = phase === 'running' || (phase === 'succeeded' && hasReplied(record));
			return isOpen && usersMessages(record).length > 1;
		},
		isEarlier: (record, { status, completed_at: completedAt, created_at: createdAt }) => {
			const phase = jobPhase(videoJob, status);
			// A video is made before it is finished, and a message in between may be what has let HeyGen finish it.
			const end = phase === 'succeeded' ? timeMs(completedAt) : phase === 'failed' ? (timeMs(completedAt) ?? timeMs(createdAt)) : undefined;
			return end !== undefined && end < newestTime(usersMessages(record));
		},
	},
	talk: TALK,
	derived: saidIn,
	outline: {
		idField: 'session_id',
		fields: ['status', 'title', 'progress', 'video_id', 'created_at'],
		optional: ['title', 'video_id'],
	},
};
