import uniqBy from 'lodash/uniqBy';
import type { IDataObject } from 'n8n-workflow';

import { wallClock } from '../basics/timing';
import type { Client } from '../request/client';

/** How far back a list is read again, in milliseconds: a record may show up a little after younger ones. */
const OVERLAP = 15 * 60_000;

/** A late record among the last ones of a page must not look like the end of what is new. */
const LAST_ONES = 10;

/** What a poll remembers of a list. */
export interface Mark {
	/** Time of the youngest record seen, Unix milliseconds. */
	latest: number;
	/** Times of the records seen since shortly before that, by id. */
	seen: Record<string, number>;
}

/** How to read the records of a list. */
export interface RecordShape {
	/** Names a record. */
	idOf: (record: IDataObject) => string;
	/** Time of a record, in Unix milliseconds. */
	timeOf: (record: IDataObject) => number | undefined;
}

/** A record, and when it came into being. */
interface Timed {
	record: IDataObject;
	time: number;
}

/** Milliseconds by which the clock that dates records may be ahead: HTTP dates name whole seconds, and servers differ. */
const CLOCKS_DIFFER = 60_000;

/** The time of a record that is as new as can be; a number, since it is compared and saved. */
const NEWEST = Number.MAX_SAFE_INTEGER;

/** The part of a list that a poll looks at. */
export class ListWindow {
	/** When HeyGen last answered, in Unix milliseconds by its own clock. */
	private heard: number | undefined;

	/**
	 * @param shape how to read the records
	 * @param mark what the last poll remembered; undefined for the first one
	 * @param firstReach milliseconds that a first poll looks back
	 */
	constructor(
		private readonly shape: RecordShape,
		private readonly mark: Mark | undefined,
		private readonly firstReach: number = OVERLAP,
	) {}

	/**
	 * Sends the requests for the list, and learns from the answers what time it is: the clock of this machine may jump.
	 *
	 * @param client sends them
	 */
	reading(client: Client): Client['send'] {
		return async (request) => {
			const reply = await client.send(request);
			this.heard = reply.answeredAt;
			return reply;
		};
	}

	/** What time it is, in Unix milliseconds, by the clock that dates the records. */
	present(): number {
		return this.heard ?? wallClock();
	}

	/**
	 * Whether enough pages have been read. Lists come newest first, though HeyGen nowhere says so: one that does not is
	 * read to its end.
	 *
	 * @param records read so far
	 */
	isCovered(records: readonly IDataObject[]): boolean {
		const timed = this.timed(records);
		const start = this.start(records);
		const lastOnes = timed.slice(-LAST_ONES);
		return records.length > 0 && orderOf(timed) < 0 && lastOnes.every(({ time }) => time < start);
	}

	/**
	 * Records that have come since the last poll, the oldest first, each once.
	 *
	 * @param records the list as read
	 */
	fresh(records: readonly IDataObject[]): IDataObject[] {
		const timed = this.timed(records);
		const start = this.start(records);
		const unseen = inOrder(timed).filter(({ record, time }) => time >= start && !this.isSeen(record));
		return uniqBy(unseen.map(({ record }) => record), this.shape.idOf);
	}

	/**
	 * All records, the oldest first.
	 *
	 * @param records the list as read
	 */
	sorted(records: readonly IDataObject[]): IDataObject[] {
		return inOrder(this.timed(records)).map(({ record }) => record);
	}

	/**
	 * What the next poll has to know.
	 *
	 * @param records the list as read
	 * @param isDone whether a record needs no further look
	 */
	next(records: readonly IDataObject[], isDone: (record: IDataObject) => boolean = () => true): Mark {
		const timed = this.timed(records);
		const latest = Math.max(this.mark?.latest ?? 0, this.youngest(records));
		const recent = Object.entries(this.mark?.seen ?? {}).filter(([, time]) => time >= latest - OVERLAP);
		const seen = Object.fromEntries(recent);
		for (const { record, time } of timed.filter((one) => isDone(one.record))) {
			// How old one without a time is taken to be can change from poll to poll.
			const isTimed = this.shape.timeOf(record) !== undefined;
			if (!isTimed || time >= latest - OVERLAP) seen[this.shape.idOf(record)] = isTimed ? time : Math.min(time, this.present());
		}
		return { latest, seen };
	}

	private isSeen(record: IDataObject): boolean {
		return this.mark !== undefined && Object.hasOwn(this.mark.seen, this.shape.idOf(record));
	}

	/** From this time on records count. HeyGen's clock decides, not that of this machine. */
	private start(records: readonly IDataObject[]): number {
		return this.mark === undefined ? this.youngest(records) - this.firstReach : this.mark.latest - OVERLAP;
	}

	/** Time of the youngest that is not in the future; one that is would hide what comes until then. 0 when there is none. */
	private youngest(records: readonly IDataObject[]): number {
		const present = this.present() + CLOCKS_DIFFER;
		return records.reduce((most, record) => {
			const time = this.shape.timeOf(record) ?? 0;
			return time <= present ? Math.max(most, time) : most;
		}, 0);
	}

	/**
	 * A record without a time counts as being as young as the next younger one of the list; as new when there is none, or
	 * when the list's order cannot be told.
	 */
	private timed(records: readonly IDataObject[]): Timed[] {
		const times = records.map(this.shape.timeOf);
		const order = direction(times);
		if (order > 0) times.reverse();
		let younger = NEWEST;
		const filled = times.map((time) => {
			if (order !== 0 && time !== undefined) younger = time;
			return time ?? younger;
		});
		if (order > 0) filled.reverse();
		return records.map((record, index) => ({ record, time: filled[index] as number }));
	}
}

/** The oldest first. Of those at the same time, the later in a list is the older one if the newest come first. */
function inOrder(timed: readonly Timed[]): Timed[] {
	const list = orderOf(timed) > 0 ? [...timed] : [...timed].reverse();
	return list.sort((a, b) => a.time - b.time);
}

function orderOf(timed: readonly Timed[]): number {
	return direction(timed.map(({ time }) => time));
}

/** Positive when the oldest come first, negative when the newest do; 0 when that cannot be told. */
function direction(times: ReadonlyArray<number | undefined>): number {
	const known = times.filter((time) => time !== undefined);
	return known.reduce((sum, time, index) => sum + Math.sign(time - (known[index - 1] ?? time)), 0);
}
