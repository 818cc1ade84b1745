import uniqBy from 'lodash/uniqBy';
import type { IDataObject } from 'n8n-workflow';

import { now } from '../timing';

/**
 * How far back a list is read again, in milliseconds: a record may show up a little after younger ones.
 */
const OVERLAP = 15 * 60_000;

/** What a poll remembers of a list. */
export interface Mark {
	/** Time of the youngest record seen, Unix milliseconds. */
	latest: number;
	/** Times of the records seen since shortly before that, by id. */
	seen: Record<string, number>;
}

/** How to read the records of a list. */
export interface RecordShape {
	/** Field with the id. */
	idField: string;
	/** Time of a record, Unix milliseconds. */
	timeOf: (record: IDataObject) => number;
}

/**
 * Reads a time of HeyGen's.
 *
 * @param value Unix seconds, or ISO 8601
 * @returns Unix milliseconds; now when there is none, so that its record counts as new
 */
export function timeMs(value: unknown): number {
	const time = typeof value === 'number' ? value * 1_000 : Date.parse(String(value));
	return Number.isFinite(time) ? time : now();
}

/** The part of a list that a poll looks at. */
export class ListWindow {
	private readonly idField: string;
	private readonly timeOf: RecordShape['timeOf'];

	/**
	 * @param shape how to read the records
	 * @param mark what the last poll remembered; undefined for the first one
	 * @param firstReach milliseconds that a first poll looks back from now
	 */
	constructor(
		shape: RecordShape,
		private readonly mark: Mark | undefined,
		private readonly firstReach: number = OVERLAP,
	) {
		this.idField = shape.idField;
		this.timeOf = shape.timeOf;
	}

	/**
	 * Whether enough pages have been read. Lists come newest first, though HeyGen nowhere says so: one that does not is
	 * read to its end.
	 *
	 * @param records read so far
	 */
	isCovered(records: readonly IDataObject[]): boolean {
		const [first, last] = [records.at(0), records.at(-1)];
		if (first === undefined || last === undefined) return true;
		return this.timeOf(first) > this.timeOf(last) && this.timeOf(last) < this.start(records);
	}

	/**
	 * Records that have come since the last poll, the oldest first, each once.
	 *
	 * @param records the list as read
	 */
	fresh(records: readonly IDataObject[]): IDataObject[] {
		const start = this.start(records);
		const unseen = this.inOrder(records).filter(
			(record) => this.timeOf(record) >= start && this.mark?.seen[this.idOf(record)] === undefined,
		);
		return uniqBy(unseen, (record) => this.idOf(record));
	}

	/**
	 * What the next poll has to know.
	 *
	 * @param records the list as read
	 * @param isDone whether a record needs no further look
	 */
	next(records: readonly IDataObject[], isDone: (record: IDataObject) => boolean = () => true): Mark {
		const latest = Math.max(this.mark?.latest ?? 0, this.youngest(records));
		const seen: Record<string, number> = {};
		for (const [id, time] of Object.entries(this.mark?.seen ?? {})) {
			if (time >= latest - OVERLAP) seen[id] = time;
		}
		for (const record of records.filter(isDone)) seen[this.idOf(record)] = this.timeOf(record);
		return { latest, seen };
	}

	/** From this time on records count. HeyGen's clock decides, not that of this machine. */
	private start(records: readonly IDataObject[]): number {
		return this.mark === undefined
			? this.youngest(records) - this.firstReach
			: this.mark.latest - OVERLAP;
	}

	/** A time in the future would hide what comes until then. */
	private youngest(records: readonly IDataObject[]): number {
		const time = records.reduce((most, record) => Math.max(most, this.timeOf(record)), 0);
		return Math.min(time, now());
	}

	private idOf(record: IDataObject): string {
		return String(record[this.idField]);
	}

	/** The oldest first; of those at the same time, the later in the list is the older one if the list is newest first. */
	private inOrder(records: readonly IDataObject[]): IDataObject[] {
		const [first, last] = [records.at(0), records.at(-1)];
		if (first === undefined || last === undefined) return [];
		const isOldestFirst = this.timeOf(first) < this.timeOf(last);
		const list = isOldestFirst ? [...records] : [...records].reverse();
		return list.sort((a, b) => this.timeOf(a) - this.timeOf(b));
	}
}
