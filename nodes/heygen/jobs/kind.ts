import type { RecordOutline } from '../records';

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
	/** Field of the finished resource that holds the presigned URL. */
	urlField: string;
	/** Appended to the job's id to make a file name. */
	suffix: string;
	/** Used when the file host names no media type. */
	mimeType: string;
}

/** What can be read by its id, with the files it may have. */
export interface Readable {
	/** How it is called in messages, lower case: "video". */
	noun: string;
	/** Field that holds its id in what the package puts out. */
	idField: string;
	/** Path of the resource, with the id as `{id}`. */
	recordPath: string;
	/** Files it offers once it is finished; the first is the main one. */
	files: readonly JobFile[];
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

/** One kind of job. */
export interface JobKind extends StatusKind, Readable {
	/** Where several creates go in one request, and the body field that takes them. */
	batch: { createPath: string; itemsField: string; readPath: string };
	/** State words, lower case; anything else is still running. */
	succeeded: readonly string[];
	failed: readonly string[];
	/** Field of the finished resource that says how many seconds it plays for. */
	secondsField: string;
	/** Fields of the resource that say why a job failed, first filled one wins. */
	failureCodeFields: readonly string[];
	failureMessageFields: readonly string[];
	/** Files of the finished job; the first is the main one, which a finished job must have. */
	files: readonly [JobFile, ...JobFile[]];
	/** What people use of its record. */
	outline: RecordOutline;
}

/** Words that end any job badly, whatever its kind (API reference: treat these as terminal too). */
export const FAILED_WORDS: readonly string[] = ['failed', 'error', 'cancelled', 'canceled', 'deleted'];

/** Words that end any job well. HeyGen says `completed`, and in its older API and its events `success`. */
export const SUCCEEDED_WORDS: readonly string[] = ['completed', 'success', 'succeeded'];

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

/** What a state word means for a job. */
export type JobPhase = 'running' | 'succeeded' | 'failed' | 'gone';

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
