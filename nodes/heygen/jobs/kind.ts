import get from 'lodash/get';
import isPlainObject from 'lodash/isPlainObject';
import pick from 'lodash/pick';

import { type Reason, reasonIn } from '../reasons';
import { idIn, type RecordOutline } from '../records';

/**
 * HeyGen's asynchronous jobs, one file for each kind: where they are read, how their states are called and which files
 * they leave behind (API reference, job lifecycle table). A state that no kind names means "still running".
 */

/** One file a finished job offers. */
export interface JobFile {
	/** Value of the `download` parameter and name of the binary field the file ends up in. */
	name: string;
	/** Name in the editor. */
	displayName: string;
	/** Field of the finished resource that holds the presigned URL, with dots for fields within fields: "layers.mask". */
	urlField: string;
	/** Appended to the job's id to make a file name. */
	suffix: string;
	/** Used when the file host names no media type; empty where it is as open as the file itself. */
	mimeType: string;
}

/** Stands in `download` for all files that there are, of kinds whose files are worth as much as each other. */
export const ALL_FILES: JobFile = { name: 'all', displayName: 'All', urlField: '', suffix: '', mimeType: '' };

/** What can be read by its id, with the files it may have. */
export interface Readable {
	/** How it is called in messages, lower case: "video". */
	noun: string;
	/** Field that holds its id in what the package puts out. */
	idField: string;
	/** Path of the resource, with the id as `{id}`. */
	recordPath: string;
	/** Where else HeyGen may keep it, with the id as `{id}`: asked when it is not found in the first place. */
	otherPath?: string;
	/** Files it offers once it is finished; the first is the main one, unless all of them are. */
	files: readonly JobFile[];
	/** Whether its files are worth as much as each other, so that it can be finished with any of them. */
	hasEqualFiles?: boolean;
	/** The main file of records that have another one than the first. */
	mainFileIn?: (record: Record<string, unknown>) => JobFile | undefined;
	/** Stands in for the main file of a finished record that lacks it for good. */
	standIn?: JobFile;
	/** Field of its record whose words go into the names of its files. */
	fileLabelField?: string;
	/** What a record that was read stands for, where HeyGen leaves out what follows from it. */
	asRead?: (record: Record<string, unknown>) => Record<string, unknown>;
}

/**
 * The file that something was made for.
 *
 * @param what what it is
 * @param record its record, as HeyGen sent it
 * @returns undefined for what leaves no files behind
 */
export function mainFileOf({ files, mainFileIn }: Readable, record: Record<string, unknown>): JobFile | undefined {
	return mainFileIn?.(record) ?? files[0];
}

/** What has states that can be read in bulk. */
export interface StatusKind {
	/** How it is called in messages, lower case: "video". */
	noun: string;
	/** Field that holds its id in what the package puts out. */
	idField: string;
	/** Path of bulk statuses (at most 100 ids a request), and the query field that takes the ids. */
	statuses: { path: string; idsField: string };
}

/** Several results of one job, each an output item of its own. */
export interface PartsOfJob {
	/** How one of them is called in messages, lower case: "clip". */
	noun: string;
	/** Field of the job's record that lists them. */
	field: string;
	/** What people use of one, with its id under a name of its own. */
	outline: RecordOutline;
}

/** A job that leads to another one, which has the result. */
export interface NextJob {
	/** Field of the first job's record that names the other one, as soon as there is one. */
	idField: string;
	kind: JobKind;
	/** Path of the list of all that it has led to, with the id as `{id}`: asked when its own record is gone, or names none. */
	listPath?: string;
	/** Whether the record may still name the job of an earlier round, so that this one has to be looked at. */
	mayBeEarlier?: (record: Record<string, unknown>) => boolean;
	/** Whether a job that it names is that of an earlier round, by the records of both. */
	isEarlier?: (record: Record<string, unknown>, named: Record<string, unknown>) => boolean;
}

/** A job that asks whoever has started it, and goes on when it is answered. */
export interface Talk {
	/** State words in which it waits for an answer, lower case. */
	asking: readonly string[];
	/** Whether the answer is in its record, so that its state is about to change. */
	isAnswered: (record: Record<string, unknown>) => boolean;
	/** Whether it has said something since it was written to last. */
	hasReplied: (record: Record<string, unknown>) => boolean;
	/** Whether it may wait for an answer though its state says that it goes on. */
	mayAsk: (record: Record<string, unknown>) => boolean;
	/** Names what was said last: the same until somebody says something. */
	lastWord: (record: Record<string, unknown>) => string;
	/** What it asks, as far as its record says so. */
	questionIn: (record: Record<string, unknown>) => string;
}

/** What files there are to choose from. */
export type FileChoice = Pick<JobKind, 'files' | 'hasEqualFiles'>;

/** One kind of job. */
export interface JobKind extends Readable {
	/**
	 * Jobs of one lane share HeyGen's limit on running jobs. "Concurrent jobs include any asynchronous generation in
	 * progress: Video Agent sessions, avatar video renders, and video translations" (pricing page, Concurrency Limits).
	 */
	lane: string;
	/** Where the answer to a create has its id, or a list that holds nothing but its id, besides `idField` and `id`. */
	createdIdField?: string;
	/** Path of bulk statuses (at most 100 ids a request), and the query field that takes the ids. Some kinds have none. */
	statuses?: StatusKind['statuses'];
	/** Where several creates go in one request, and the body field that takes them. Not every kind can. */
	batch?: BatchPaths;
	/** State words, lower case; anything else is still running. */
	succeeded: readonly string[];
	failed: readonly string[];
	/** Field of the resource that says how many per cent of the work are done. */
	progressField?: string;
	/** Field of the finished resource that says for how many seconds HeyGen charges. */
	secondsField?: string;
	/** Fields of the resource that say why a job failed, first filled one wins. */
	failureCodeFields: readonly string[];
	failureMessageFields: readonly string[];
	/** What else in its record says why it failed. */
	failureIn?: (record: Record<string, unknown>) => unknown;
	/** What is to be done about a reason that is known to mislead; undefined for any other. */
	failureAdvice?: (reason: Reason) => string | undefined;
	/** Files of the finished job, or of each of its parts; none of a job whose result is read by an operation of its own. */
	files: readonly JobFile[];
	/** Minutes to wait for it unless the user says otherwise, where that is not as usual. */
	waitMinutes?: number;
	/** Whether it takes seconds rather than minutes, for which no execution need sleep. */
	isShort?: boolean;
	/** Its results, where there may be several; the files are theirs. */
	parts?: PartsOfJob;
	/** The job that it leads to. */
	next?: NextJob;
	/** How it talks with whoever has started it. */
	talk?: Talk;
	/** Its list: a create whose answer got lost is looked for there. */
	lookUp?: LookUp;
	/** State words, lower case, in which somebody else than HeyGen has to do something: a wait ends there, and not in an error. */
	held?: readonly string[];
	/** The record in the answer to its create, where that holds more than one. */
	createdRecord?: (data: Record<string, unknown>) => Record<string, unknown>;
	/** Body field of its create that lists the files to make, by their names. All are made where it lists none. */
	orderedBy?: string;
	/** Whether its record shows that it has ended well, of kinds that leave no files behind: HeyGen may have another word for that. */
	isUsable?: (record: Record<string, unknown>) => boolean;
	/** Field of its record with the id of what it belongs to, which errors name as well. */
	ownerField?: string;
	/** What follows from its record and is not in it, for items that have the record. */
	derived?: (record: Record<string, unknown>) => Record<string, unknown>;
	/** Why HeyGen does not charge for a job that has ended well; undefined when HeyGen does. */
	freeBecause?: (record: Record<string, unknown>) => string | undefined;
	/** What people use of its record. */
	outline: RecordOutline;
}

/** Where jobs of a kind are listed, and how one is recognized there. */
export interface LookUp {
	path: string;
	/** The largest page. */
	max: number;
	/** Narrows the list. */
	query?: Record<string, string>;
	/**
	 * A field of the create's body, and the field of a record that repeats it; by default both are `callback_id`, which the
	 * package makes for one job only. Several jobs may share a name: the only one that is new enough is taken.
	 */
	by?: { body: string; record: string };
}

/** Paths of batches. */
export interface BatchPaths {
	createPath: string;
	/** Body field that takes the creates. */
	itemsField: string;
	readPath: string;
}

/** A kind whose creates can go in one request. */
export type BatchedKind = JobKind & { batch: BatchPaths };

/**
 * Whether several creates of a kind can go in one request.
 *
 * @param kind the job's kind
 */
export function isBatched(kind: JobKind): kind is BatchedKind {
	return kind.batch !== undefined;
}

/** A kind whose states can be read in bulk. */
export type CountedKind = JobKind & StatusKind;

/**
 * Whether the states of a kind can be read in bulk.
 *
 * @param kind the job's kind
 */
export function hasStatuses(kind: JobKind): kind is CountedKind {
	return kind.statuses !== undefined;
}

/** The lane of the jobs that HeyGen's limit on concurrent jobs names. */
export const GENERATION = 'generation';

/** Words that end any job badly, whatever its kind (API reference: treat these as terminal too). */
export const FAILED_WORDS: readonly string[] = ['failed', 'error', 'cancelled', 'canceled', 'deleted'];

/** Words that end any job well. HeyGen says `completed`, and in its older API and its events `success`. */
export const SUCCEEDED_WORDS: readonly string[] = ['completed', 'success', 'succeeded'];

/** Words of jobs that go on (API reference, job lifecycle table, and what was seen besides). */
const RUNNING_WORDS: readonly string[] = [
	...['pending', 'waiting', 'queued', 'processing', 'running', 'rendering', 'in_progress', 'loading', 'pending_upload'],
	...['thinking', 'generating', 'reviewing', 'waiting_for_input'],
];

/**
 * A record of bulk statuses or of a batch, with its id under the name of its kind: HeyGen calls the id of every kind
 * `video_id` there (API reference, sections 3.3 and 14.1).
 *
 * @param record as HeyGen sent it
 * @param kind what it is about
 */
export function withOwnId<T extends object>(record: T, { idField }: Pick<StatusKind, 'idField'>): T {
	if (idField === 'video_id' || !('video_id' in record)) return record;
	const { video_id: id, ...rest } = record;
	return { [idField]: id, ...rest } as unknown as T;
}

/**
 * A state word as those above are written.
 *
 * @param status what HeyGen sent
 * @returns an empty text when it says nothing
 */
export function stateWord(status: unknown): string {
	return typeof status === 'string' ? status.trim().toLowerCase() : '';
}

/**
 * Whether a record has what its job was for. For some seconds after its end a job may lack its file's address (API
 * reference, section The Video object).
 *
 * @param kind the job's kind
 * @param record as HeyGen sent it
 */
export function hasResult(kind: JobKind, record: Record<string, unknown>): boolean {
	if (kind.next !== undefined) return nextIdIn(kind, record) !== undefined;
	const { files, parts, hasEqualFiles = false } = kind;
	const main = mainFileOf(kind, record);
	// Of what leaves no files behind, the state says all.
	if (main === undefined) return true;
	if (parts === undefined) return (hasEqualFiles ? files : [main]).some(({ urlField }) => hasText(get(record, urlField)));
	const all = partsIn(parts, record);
	const isLate = (part: Record<string, unknown>) =>
		!FAILED_WORDS.includes(stateWord(part.status)) && !hasText(get(part, main.urlField));
	return all.length > 0 && !all.some(isLate);
}

/**
 * The parts of a job, in HeyGen's order.
 *
 * @param parts where its record has them
 * @param record as HeyGen sent it
 * @returns none when there is no list
 */
export function partsIn({ field }: PartsOfJob, record: Record<string, unknown>): Array<Record<string, unknown>> {
	const list = record[field];
	return Array.isArray(list) ? list.filter((part): part is Record<string, unknown> => isPlainObject(part)) : [];
}

/**
 * The id of the job that a record names, of the kind that its own leads to.
 *
 * @param kind the job's kind
 * @param record as HeyGen sent it
 * @returns undefined when it names none
 */
export function nextIdIn({ next }: JobKind, record: Record<string, unknown>): string | undefined {
	return next === undefined ? undefined : idIn(pick(record, next.idField), [next.idField]);
}

/**
 * Whether a job waits for an answer.
 *
 * @param kind the job's kind
 * @param record as HeyGen sent it
 * @returns `answered` when the answer is in the record and the state is still that of before
 */
export function askingState({ talk }: JobKind, record: Record<string, unknown>): 'asking' | 'answered' | undefined {
	if (talk === undefined || !talk.asking.includes(stateWord(record.status))) return undefined;
	return talk.isAnswered(record) ? 'answered' : 'asking';
}

/**
 * Whether a job waits for somebody else than HeyGen.
 *
 * @param kind the job's kind
 * @param record as HeyGen sent it
 */
export function isHeld({ held = [] }: JobKind, record: Record<string, unknown>): boolean {
	return held.includes(stateWord(record.status));
}

function hasText(value: unknown): boolean {
	return typeof value === 'string' && value !== '';
}

/** What a state word means for a job. */
export type JobPhase = 'running' | 'succeeded' | 'failed' | 'gone';

/**
 * Whether a state is one that nobody has told of: HeyGen adds words without notice, and one of them may be an end. What is
 * no word at all says as little.
 *
 * @param kind the job's kind
 * @param status the word HeyGen sent, in any case; anything
 */
export function isStrange(kind: JobKind, status: unknown): boolean {
	const word = stateWord(status);
	return jobPhase(kind, word) === 'running' && !RUNNING_WORDS.includes(word) && kind.held?.includes(word) !== true;
}

/**
 * What a record in a strange state has come to, by what is in it.
 *
 * @param kind the job's kind
 * @param record as HeyGen sent it
 * @returns undefined when nothing says so, and for states that are known
 */
export function endOfStrange(kind: JobKind, record: Record<string, unknown>): 'succeeded' | 'failed' | undefined {
	if (!isStrange(kind, record.status)) return undefined;
	// What leaves no files behind shows its end otherwise, or not at all.
	const leavesSomething = kind.next !== undefined || mainFileOf(kind, record) !== undefined;
	if (leavesSomething ? hasResult(kind, record) : kind.isUsable?.(record) === true) return 'succeeded';
	const hasCode = kind.failureCodeFields.some((field) => hasText(record[field]));
	return hasCode || kind.failureMessageFields.some((field) => reasonIn(record[field]).message !== undefined) ? 'failed' : undefined;
}

/**
 * Reads a state word.
 *
 * @param kind the job's kind
 * @param status the word HeyGen sent, in any case; anything unknown (or nothing) means still running
 */
export function jobPhase(kind: JobKind, status: unknown): JobPhase {
	const word = stateWord(status);
	if (kind.succeeded.includes(word)) return 'succeeded';
	if (kind.failed.includes(word)) return 'failed';
	return word === 'not_found' ? 'gone' : 'running';
}
