import chunk from 'lodash/chunk';
import partition from 'lodash/partition';
import uniqBy from 'lodash/uniqBy';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { NO_REASON } from '../../heygen/events';
import { type CountedKind, type JobKind, jobPhase, mainFileOf, stateWord } from '../../heygen/jobs/kind';
import { STATUS_IDS_MAX } from '../../heygen/limits';
import { failureIn } from '../../heygen/reasons';
import { firstText, idIn, timeMs } from '../../heygen/records';
import { EngineError } from '../basics/errors';
import { settle, type Settled } from '../basics/settle';
import { wallClock } from '../basics/timing';
import type { Client } from '../request/client';
import { ENDLESS_LIST, readPages } from '../request/readPages';
import { isGone, readComplete, readRecord } from '../request/readRecord';
import { readStatuses } from '../request/readStatuses';
import { ListWindow, type Mark, type RecordShape } from './listWindow';

/** Which jobs are wanted. */
export interface JobSettings {
	kind: CountedKind;
	/** Where they are listed. */
	path: string;
	/** Largest page of the list. */
	max: number;
	/** How they may have ended. */
	outcomes: ReadonlyArray<'success' | 'failure'>;
	/** Filters of the list. */
	query: IDataObject;
}

/** What a poll remembers of jobs. */
export interface JobMark extends Mark {
	/** Times of the jobs that were still running, or could not be read yet, by id. */
	running: Record<string, number>;
	/** In how many polls on end HeyGen did not know a running job, by id; absent in marks of older versions. */
	missing?: Record<string, number>;
}

/** A first poll looks this far back for jobs that are still running, in milliseconds. */
const FIRST_REACH = 24 * 3_600_000;

/** A job that has run for this long, or could not be read for so long, is given up, in milliseconds. */
const LONGEST_JOB = 7 * 24 * 3_600_000;

/** In so many polls on end HeyGen must not know a job for it to count as deleted: one of its servers may just be behind. */
const MISSING_POLLS = 3;

/** Lists say `id` (API reference, The Video object); statuses and batches name the same `video_id`, whatever the kind. */
const idOf = (kind: JobKind, record: IDataObject) => idIn(record, ['id', kind.idField, 'video_id']);
const timeOf = ({ created_at: created }: IDataObject) => timeMs(created);

/** Of records that have an id. */
const shapeOf = (kind: JobKind): RecordShape => ({ idOf: (record) => String(idOf(kind, record)), timeOf });

/**
 * Jobs that have ended since the last poll. A list knows when a job was made, not when it ended, so running ones are
 * remembered and looked at until they end.
 *
 * @param client sends requests
 * @param settings which are wanted
 * @param mark what the last poll remembered; undefined for the first one, which hands on nothing and remembers where it is
 * @returns their items, the first to end first, and what the next poll has to know
 */
export async function endedJobs(
	client: Client,
	settings: JobSettings,
	mark: JobMark | undefined,
): Promise<{ items: INodeExecutionData[]; next: JobMark }> {
	const { kind } = settings;
	const shape = shapeOf(kind);
	const listWindow = new ListWindow(shape, mark, FIRST_REACH);
	const records = await readList(client, settings, listWindow);
	const ageOf = (time: number) => listWindow.present() - time;
	const timesOf = (jobs: readonly IDataObject[]): Record<string, number> =>
		Object.fromEntries(jobs.map((job) => [shape.idOf(job), timeOf(job) ?? listWindow.present()]));
	// What the list does not tell the state of is looked at like what it does not show.
	const isTold = ({ status }: IDataObject) => stateWord(status) !== '';
	const told = records.filter(isTold);
	const listed = new Set(told.map(shape.idOf));
	const [fresh, silent] = partition(listWindow.fresh(records), isTold);
	const remembered = { ...timesOf(silent), ...mark?.running };
	const away = Object.keys(remembered).filter((id) => !listed.has(id));
	const others = await readAway(client, kind, away, mark?.missing ?? {});

	const back = told.filter((record) => mark?.running[shape.idOf(record)] !== undefined);
	const looked = uniqBy([...fresh, ...back], shape.idOf);
	const ended = looked.filter((record) => hasEnded(kind, record));
	const running = timesOf(looked.filter((record) => !hasEnded(kind, record)));
	for (const [id, time] of Object.entries(remembered)) {
		const isOpen = !listed.has(id) && !others.over.has(id);
		if (isOpen && ageOf(time) < LONGEST_JOB) running[id] = time;
	}

	const isDone = (record: IDataObject) => hasEnded(kind, record) || others.over.has(shape.idOf(record));
	const next = { ...listWindow.next(records, isDone), running, missing: others.missing };
	// What had ended before the first poll is not news.
	if (mark === undefined) return { items: [], next };
	const complete: IDataObject[] = [];
	await Promise.all(
		[...ended, ...others.records].map(async (record) => {
			const whole = await readEnded(client, kind, record);
			const time = mark.running[shape.idOf(record)] ?? timeOf(record) ?? listWindow.present();
			// The next poll asks again for one that could not be read; in the end it is handed on as the list has it.
			if (whole === undefined && ageOf(time) < LONGEST_JOB) running[shape.idOf(record)] = time;
			else complete.push(whole ?? record);
		}),
	);
	return { items: itemsOf(settings, complete), next };
}

/**
 * The job that has ended last, for a test in the editor.
 *
 * @param client sends requests
 * @param settings which are wanted
 * @returns undefined when there is none among the last hundred or so
 */
export async function latestJob(
	client: Client,
	settings: JobSettings,
): Promise<INodeExecutionData | undefined> {
	const listWindow = new ListWindow(shapeOf(settings.kind), undefined);
	return itemsOf(settings, await readList(client, settings, listWindow)).at(-1);
}

/** The list as far as it matters. What has no id at all cannot be told from others, and is left out. */
async function readList(client: Client, { path, query, kind, max }: JobSettings, listWindow: ListWindow): Promise<IDataObject[]> {
	const request = { method: 'GET' as const, path, query, doing: `list the ${kind.noun}s` };
	const until = (records: readonly IDataObject[]) => listWindow.isCovered(records);
	const options = { max, of: `${kind.noun}s`, advice: ENDLESS_LIST, until };
	const records = await readPages(listWindow.reading(client), request, options, Infinity);
	return records.filter((record) => idOf(kind, record) !== undefined);
}

function hasEnded(kind: JobKind, record: IDataObject): boolean {
	return ['succeeded', 'failed'].includes(jobPhase(kind, record.status));
}

/** What became of jobs that the list no longer shows. */
interface Away {
	/** Those that have ended. */
	records: IDataObject[];
	/** Ids that need no further look. */
	over: Set<string>;
	/** In how many polls on end HeyGen did not know a job, by id. */
	missing: Record<string, number>;
}

/** Looks at jobs that the list no longer shows. One that cannot be read is left for the next poll, and stops no other. */
async function readAway(
	client: Client,
	kind: CountedKind,
	ids: readonly string[],
	missedBefore: Readonly<Record<string, number>>,
): Promise<Away> {
	const away: Away = { records: [], over: new Set(), missing: {} };
	for (const part of chunk(ids, STATUS_IDS_MAX)) {
		const doubtful = await notRunning(client, kind, part);
		const reads = await Promise.all(doubtful.map(async (id) => await settle(readRecord(client, kind, id))));
		for (const [index, id] of doubtful.entries()) {
			const read = reads[index] as Settled<IDataObject>;
			if (read.ok && hasEnded(kind, read.value)) {
				away.over.add(id);
				away.records.push({ ...read.value, id });
			} else if (!read.ok && isUnknown(read.error)) {
				const polls = (missedBefore[id] ?? 0) + 1;
				if (polls >= MISSING_POLLS) away.over.add(id);
				else away.missing[id] = polls;
			} else if (!read.ok) {
				throwUnlessOfHeyGen(read.error);
			}
		}
	}
	return away;
}

/**
 * Of some jobs, those that bulk statuses do not call running. Their records decide: statuses may be refused as a whole
 * because of one id, not know it yet, or say nothing.
 */
async function notRunning(client: Client, kind: CountedKind, ids: readonly string[]): Promise<string[]> {
	const { idsField } = kind.statuses;
	const doing = `read the statuses of ${kind.noun}s`;
	const read = await settle(readStatuses(client.send, kind, { [idsField]: [...ids] }, doing));
	if (!read.ok) throwUnlessOfHeyGen(read.error);
	const entries = read.ok ? read.value : [];
	const states = new Map(entries.map((entry) => [idIn(entry, [kind.idField]), entry.status]));
	return ids.filter((id) => !states.has(id) || jobPhase(kind, states.get(id)) !== 'running');
}

/** Whether HeyGen has answered that it does not know a job. */
function isUnknown(error: unknown): boolean {
	return isGone(error) || (error instanceof EngineError && String(error.details.code).endsWith('not_found'));
}

/** A bad answer is a matter of one job; what n8n itself refuses, such as a lost credential, is one of the whole poll. */
function throwUnlessOfHeyGen(error: unknown): void {
	if (!(error instanceof EngineError)) throw error;
}

/**
 * A list may show a finished job a little before its main file has an address, and before its record says so.
 *
 * @returns undefined when the job cannot be read now
 */
async function readEnded(client: Client, kind: JobKind, record: IDataObject): Promise<IDataObject | undefined> {
	const isComplete = (read: IDataObject) => {
		const phase = jobPhase(kind, read.status);
		return phase === 'failed' || (phase === 'succeeded' && mainUrl(kind, read) !== null);
	};
	if (isComplete(record)) return record;
	const id = String(idOf(kind, record));
	const read = await settle(readComplete(client, kind, id, isComplete));
	if (!read.ok) {
		throwUnlessOfHeyGen(read.error);
		// One that is deleted meanwhile stays as the list has it.
		return isUnknown(read.error) ? record : undefined;
	}
	// After half a minute it is handed on as it is; it has ended, so no later poll would look at it again.
	return hasEnded(kind, read.value) ? { ...read.value, id } : record;
}

/** The address of what the job was for; a translation of the sound alone has no film. */
function mainUrl(kind: JobKind, record: IDataObject): string | null {
	const main = mainFileOf(kind, record);
	return (main === undefined ? undefined : firstText(record, [main.urlField])) ?? null;
}

/** Items of the wanted jobs, in the order of their ends. */
function itemsOf({ kind, outcomes }: JobSettings, records: readonly IDataObject[]): INodeExecutionData[] {
	const endOf = ({ completed_at: end, created_at: start }: IDataObject) => timeMs(end) ?? timeMs(start) ?? wallClock();
	return records
		.filter((record) => hasEnded(kind, record))
		.map((record) => ({ record, outcome: outcomeOf(kind, record), end: endOf(record) }))
		.filter(({ outcome }) => outcomes.includes(outcome))
		.sort((a, b) => a.end - b.end)
		.map(({ record, outcome }) => jobItem(kind, record, outcome));
}

function outcomeOf(kind: JobKind, record: IDataObject): 'success' | 'failure' {
	return jobPhase(kind, record.status) === 'succeeded' ? 'success' : 'failure';
}

/** The same fields as the item of an event has, as far as a job knows them. */
function jobItem(kind: JobKind, record: IDataObject, outcome: 'success' | 'failure'): INodeExecutionData {
	const { message, code } = failureIn(record, kind);
	const id = String(idOf(kind, record));
	const createdAt = timeOf(record);
	return {
		json: {
			eventId: `${kind.noun}:${id}`,
			outcome,
			kind: kind.noun,
			id,
			url: outcome === 'success' ? mainUrl(kind, record) : null,
			error: outcome === 'success' ? null : (message ?? code ?? NO_REASON),
			callbackId: firstText(record, ['callback_id']) ?? null,
			createdAt: createdAt === undefined ? null : new Date(createdAt).toISOString(),
			resource: record,
		},
	};
}
