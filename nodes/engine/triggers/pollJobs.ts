import chunk from 'lodash/chunk';
import uniqBy from 'lodash/uniqBy';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { NO_REASON } from '../../heygen/events';
import { firstText, jobPhase, type JobKind } from '../../heygen/jobs';
import { STATUS_IDS_MAX } from '../../heygen/limits';
import { isTransient } from '../errors';
import type { Asker } from '../http';
import { ENDLESS_LIST, readPages } from '../pages';
import { ifExisting, readResource, readSettled } from '../resource';
import { settle } from '../settle';
import { readStatuses } from '../statuses';
import { wallClock } from '../timing';
import { ListWindow, timeMs, type Mark, type RecordShape } from './window';

/** Which jobs are wanted. */
export interface JobSettings {
	kind: JobKind;
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
	/** Times of the jobs that were still running, by id. */
	running: Record<string, number>;
}

/** A first poll looks this far back for jobs that are still running, in milliseconds. */
const FIRST_REACH = 24 * 3_600_000;

/** A job that has run for this long is given up, in milliseconds. */
const LONGEST_JOB = 7 * 24 * 3_600_000;

const SHAPE: RecordShape = {
	idOf: ({ id }) => String(id),
	timeOf: ({ created_at }) => timeMs(created_at),
};
const { idOf } = SHAPE;

/**
 * Jobs that have ended since the last poll. A list knows when a job was made, not when it ended, so running ones are
 * remembered and looked at until they end.
 *
 * @param asker sends requests
 * @param settings which are wanted
 * @param mark what the last poll remembered; undefined for the first one, which only takes its bearings
 * @returns their items, the first to end first, and what the next poll has to know
 */
export async function endedJobs(
	asker: Asker,
	settings: JobSettings,
	mark: JobMark | undefined,
): Promise<{ items: INodeExecutionData[]; next: JobMark }> {
	const { kind } = settings;
	const window = new ListWindow(SHAPE, mark, FIRST_REACH);
	const records = await readList(asker, settings, window);
	const listed = new Set(records.map(idOf));
	const remembered = Object.entries(mark?.running ?? {});
	const away = remembered.map(([id]) => id).filter((id) => !listed.has(id));
	const others = await readEnded(asker, kind, away);

	const fresh = window.fresh(records);
	const back = records.filter((record) => mark?.running[idOf(record)] !== undefined);
	const looked = uniqBy([...fresh, ...back], idOf);
	const ended = looked.filter((record) => hasEnded(kind, record));
	const running: Record<string, number> = {};
	for (const record of looked) if (!hasEnded(kind, record)) running[idOf(record)] = SHAPE.timeOf(record) ?? wallClock();
	for (const [id, time] of remembered) {
		const isOpen = !listed.has(id) && !others.over.has(id);
		if (isOpen && wallClock() - time < LONGEST_JOB) running[id] = time;
	}

	const next = { ...window.next(records, (record) => hasEnded(kind, record)), running };
	// What had ended before the first poll is not news.
	if (mark === undefined) return { items: [], next };
	const complete = await Promise.all(
		[...ended, ...others.records].map(async (record) => await settled(asker, kind, record)),
	);
	return { items: itemsOf(settings, complete), next };
}

/**
 * The job that has ended last, for a test in the editor.
 *
 * @param asker sends requests
 * @param settings which are wanted
 * @returns undefined when there is none among the last hundred or so
 */
export async function latestJob(
	asker: Asker,
	settings: JobSettings,
): Promise<INodeExecutionData | undefined> {
	return itemsOf(settings, await readList(asker, settings, new ListWindow(SHAPE, undefined))).at(-1);
}

async function readList(asker: Asker, { path, query, kind, max }: JobSettings, window: ListWindow): Promise<IDataObject[]> {
	const request = { method: 'GET' as const, path, query, doing: `list the ${kind.noun}s` };
	const until = (records: readonly IDataObject[]) => window.isCovered(records);
	const options = { max, of: `${kind.noun}s`, advice: ENDLESS_LIST, until };
	return await readPages(asker.send, request, options, Infinity);
}

function hasEnded(kind: JobKind, record: IDataObject): boolean {
	return ['succeeded', 'failed'].includes(jobPhase(kind, record.status));
}

/** Of jobs that the list no longer shows: those that have ended, and the ids that need no further look. */
async function readEnded(
	asker: Asker,
	kind: JobKind,
	ids: readonly string[],
): Promise<{ records: IDataObject[]; over: Set<string> }> {
	const { idsField } = kind.statuses;
	const doing = `read the statuses of ${kind.noun}s`;
	const records: IDataObject[] = [];
	const over = new Set<string>();
	for (const part of chunk(ids, STATUS_IDS_MAX)) {
		const read = await settle(readStatuses(asker.send, kind, { [idsField]: part }, doing));
		if (!read.ok && isTransient(read.error)) throw read.error;
		const states = new Map(read.ok ? read.value.map((entry) => [String(entry[kind.idField]), entry.status]) : []);
		for (const id of part) {
			if (states.has(id) && jobPhase(kind, states.get(id)) === 'running') continue;
			// Its record decides: statuses may be refused as a whole, not know it yet, or say nothing.
			const record = await ifExisting(readResource(asker, kind, id));
			if (record !== undefined && !hasEnded(kind, record)) continue;
			over.add(id);
			if (record !== undefined) records.push({ id, ...record });
		}
	}
	return { records, over };
}

/** A list may show a finished job a little before its main file has an address, and before its record says so. */
async function settled(asker: Asker, kind: JobKind, record: IDataObject): Promise<IDataObject> {
	const isComplete = (resource: IDataObject) => {
		const phase = jobPhase(kind, resource.status);
		return phase === 'failed' || (phase === 'succeeded' && mainUrl(kind, resource) !== null);
	};
	if (isComplete(record)) return record;
	const id = idOf(record);
	const resource = await ifExisting(readSettled(asker, kind, id, isComplete));
	// After half a minute it is handed on as it is; it has ended, so no later poll would look at it again.
	return resource !== undefined && hasEnded(kind, resource) ? { id, ...resource } : record;
}

/** The address of what the job was for; a translation of the sound alone has no film. */
function mainUrl({ files }: JobKind, record: IDataObject): string | null {
	const field = record.translate_audio_only === true ? 'audio_url' : files[0].urlField;
	return firstText(record, [field]) ?? null;
}

/** Items of the wanted jobs, in the order of their ends. */
function itemsOf({ kind, outcomes }: JobSettings, records: readonly IDataObject[]): INodeExecutionData[] {
	const endOf = ({ completed_at, created_at }: IDataObject) => timeMs(completed_at ?? created_at) ?? wallClock();
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
	const { failureMessageFields, failureCodeFields } = kind;
	const why = firstText(record, [...failureMessageFields, ...failureCodeFields]) ?? NO_REASON;
	const id = idOf(record);
	const createdAt = SHAPE.timeOf(record);
	return {
		json: {
			eventId: `${kind.noun}:${id}`,
			outcome,
			kind: kind.noun,
			id,
			url: outcome === 'success' ? mainUrl(kind, record) : null,
			error: outcome === 'success' ? null : why,
			callbackId: firstText(record, ['callback_id']) ?? null,
			createdAt: createdAt === undefined ? null : new Date(createdAt).toISOString(),
			resource: record,
		},
	};
}
