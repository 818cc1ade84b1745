import groupBy from 'lodash/groupBy';
import uniq from 'lodash/uniq';

import { IDEMPOTENCY_HOURS } from '../../heygen/limits';
import { numeral } from '../../heygen/values/text';
import { itemInWords, itemsInWords } from '../basics/itemNumbers';
import { wallClock } from '../basics/timing';
import type { RequestWatch } from '../request/apiRequest';
import type { Journal } from './journal';

/**
 * An idempotency key, and where it counts: HeyGen knows a key by the path that it was sent to (API reference, section
 * Idempotency-Key), so that one key may stand for several things.
 */
export interface Keyed {
	key?: string | undefined;
	/** A hash; absent for keys that no other path can have, and in what earlier versions of the package have saved. */
	place?: string;
}

/** Who has asked for something: an item, and which of the things that the item asks for this one is. */
export interface Asker {
	item: number;
	/** "Spanish (Spain)"; absent where the item asks for one thing. */
	variant?: string;
}

/** Something that a run has made at HeyGen, and the item that it was made for; of a batch the first. */
export interface Started extends Keyed, Asker {
	/** What it is: "video", "batch", "asset", "upload batch". */
	kind: string;
	id: string;
	/** Unix milliseconds. */
	at: number;
	/** The request that made it, where nobody knows what it makes: "POST /v3/podcasts". */
	by?: string;
	/** Whether it was made while HeyGen answered, and the execution has the answer. */
	isAnswer?: boolean;
}

/** Something that may have been made: it was asked for, and no clear answer has come. */
export interface Doubt extends Keyed {
	/** What it would be: "video", "batch of 100 videos". */
	what: string;
	items: number[];
	/** Which of the things that each of the items asks for, in the order of the items; absent where each asks for one. */
	variants?: string[];
	/** The callback IDs that HeyGen knows it by, in the order of the items. */
	callbackIds?: string[];
	/** Whether HeyGen may not heed the key, so that it is not asked for again. */
	isUnheeded?: boolean;
	/** Whether HeyGen was not given the key, since the user wants none, so that it is not asked for again either. */
	isUnsent?: boolean;
}

/** A doubt while its request is under way. */
export interface OpenDoubt extends RequestWatch {
	/** It was made, and is recorded: whatever was asked for with its key is this. */
	made(): void;
}

/** Kinds that are uploads rather than jobs. */
const UPLOADS: ReadonlySet<string> = new Set(['asset', 'upload batch']);

/** Kinds whose ids do not say by themselves what they are; the others are those of jobs. */
const NAMED_KINDS: ReadonlySet<string> = new Set(['batch', 'asset', 'upload batch']);

/** Hours after which HeyGen may have forgotten a key; an hour less than it promises, since clocks differ. */
const KEY_MEMORY_MS = (IDEMPOTENCY_HOURS - 1) * 3_600_000;

/**
 * Whether HeyGen may have forgotten a key.
 *
 * @param at when it was sent, in Unix milliseconds
 */
export function isKeyForgotten(at: number): boolean {
	return wallClock() - at > KEY_MEMORY_MS;
}

function isSameKey(known: Keyed, asked: Keyed): boolean {
	if (known.key === undefined || known.key !== asked.key) return false;
	return known.place === undefined || asked.place === undefined || known.place === asked.place;
}

/**
 * What a run has made at HeyGen, and what it may have made. Its records are part of what n8n saves with the execution,
 * and each one is in n8n's log at once: neither a stopped run nor a killed process loses an id.
 */
export class StartedList {
	private readonly ids: Set<string>;
	private readonly byKey = new Map<string, Started[]>();
	private isLogged = false;

	/**
	 * @param started records of earlier tries; new ones are added to them
	 * @param doubts likewise
	 * @param journal where each is noted
	 */
	constructor(
		private readonly started: Started[],
		private readonly doubts: Doubt[],
		private readonly journal: Journal,
	) {
		this.ids = new Set(started.map(idOf));
		started.forEach((record) => this.noteKey(record));
	}

	private noteKey(record: Started): void {
		if (record.key === undefined || this.madeWith(record) !== undefined) return;
		this.byKey.set(record.key, [...(this.byKey.get(record.key) ?? []), record]);
	}

	/**
	 * Records what has been made. An answer that repeats an earlier one changes nothing. A job that was asked for once more,
	 * with another key, is recorded once more: each message to a session has a key of its own.
	 *
	 * @param record without its time
	 */
	add(record: Omit<Started, 'at'>): void {
		if (this.ids.has(idOf(record)) && (record.key === undefined || this.madeWith(record) !== undefined)) return;
		this.ids.add(idOf(record));
		const made = { ...record, at: wallClock() };
		this.started.push(made);
		this.noteKey(made);
		const { kind, id, item, variant } = record;
		this.journal.note('HeyGen has', `the ${kind} ${id} for ${itemInWords(item)}${inBrackets(variant)}`);
	}

	/**
	 * Opens a doubt. It counts from the moment its request goes out.
	 *
	 * @param doubt what may come of the request
	 */
	open(doubt: Doubt): OpenDoubt {
		return {
			sent: () => {
				const isKnown = this.madeWith(doubt) !== undefined;
				if (!isKnown && !this.doubts.includes(doubt)) this.doubts.push(doubt);
			},
			cleared: () => this.drop((other) => other === doubt),
			made: () => this.drop((other) => other === doubt || isSameKey(other, doubt)),
		};
	}

	private drop(isOver: (doubt: Doubt) => boolean): void {
		// In place: the list is part of what n8n saves.
		for (let at = this.doubts.length - 1; at >= 0; at--) {
			if (isOver(this.doubts[at] as Doubt)) this.doubts.splice(at, 1);
		}
	}

	/**
	 * What may have been made with a key.
	 *
	 * @param keyed an idempotency key and its place; without a key nothing is found
	 */
	doubtsAbout(keyed: Keyed): Doubt[] {
		return this.doubts.filter((doubt) => isSameKey(doubt, keyed));
	}

	/**
	 * The callback IDs of what may have been made for an item.
	 *
	 * @param asker the item, and which of the things that it asks for; all of them by default
	 * @returns one entry for each doubt; undefined for one that carried no callback ID
	 */
	doubtfulCallbacks({ item, variant }: Asker): Array<string | undefined> {
		const own = this.doubts.flatMap(({ items, variants = [], callbackIds = [] }) =>
			items.flatMap((other, at) => (other === item && isOf(variant, variants[at]) ? [callbackIds[at]] : [])),
		);
		return [...new Set(own)];
	}

	/**
	 * What a key has made.
	 *
	 * @param keyed an idempotency key and its place; without a key nothing is found
	 */
	madeWith(keyed: Keyed): Started | undefined {
		return this.byKey.get(keyed.key ?? '')?.find((record) => isSameKey(record, keyed));
	}

	/**
	 * Whether a key has made something, or may have: what is sent with it again asks for the same.
	 *
	 * @param keyed an idempotency key and its place
	 */
	mayHaveMade(keyed: Keyed): boolean {
		return this.madeWith(keyed) !== undefined || this.doubtsAbout(keyed).length > 0;
	}

	/**
	 * What a key has made so long ago that HeyGen may not know the key any more.
	 *
	 * @param keyed an idempotency key and its place
	 */
	forgottenByHeyGen(keyed: Keyed): Started | undefined {
		const made = this.madeWith(keyed);
		return made !== undefined && isKeyForgotten(made.at) ? made : undefined;
	}

	/**
	 * Jobs that were started for an item, batches that it leads among them.
	 *
	 * @param asker the item, and which of the things that it asks for; all of them by default
	 */
	jobsOf({ item, variant }: Asker): Started[] {
		return this.started.filter((record) => record.item === item && isOf(variant, record.variant) && !UPLOADS.has(record.kind));
	}

	/**
	 * Says what there is besides what an error already names.
	 *
	 * @param told what the error is about: its text alone does not tell, "v1" is in "v12" as well
	 * @param asker whose own doubts the error's description holds already
	 * @returns sentences, one a line; none when there is nothing to say
	 */
	summary(told: readonly unknown[], asker?: Asker): string[] {
		const others = this.started.filter(({ id }) => !told.includes(id));
		const named = (isUpload: boolean) =>
			uniq(
				others
					.filter(({ kind, by, isAnswer }) => by === undefined && isAnswer !== true && UPLOADS.has(kind) === isUpload)
					.map(({ kind, id, variant }) => `${NAMED_KINDS.has(kind) ? `${kind} ${id}` : id}${inBrackets(variant)}`),
			).join(', ');
		const doubts = (safety: Safety) => inWords(this.doubtsBeside(asker).filter((doubt) => safetyOf(doubt) === safety)).join('; ');
		const lines: Array<[string, string]> = [
			[
				"Already started by this run and not lost (fetch it with 'Wait Until Finished', batches with 'Get Batch'): ",
				named(false),
			],
			['Already started by this run and not lost (by Custom API Call): ', madeBy(others)],
			[
				"Already made by this run and not lost (n8n's Retry On Fail, and the retry of this execution, hand it on without asking again): ",
				others.filter(({ isAnswer }) => isAnswer === true).map(({ kind, item, variant }) => `${kind} of ${itemInWords(item)}${inBrackets(variant)}`).join(', '),
			],
			['Already uploaded by this run: ', named(true)],
			[
				`May have been started as well, since HeyGen's answer did not arrive (n8n's Retry repeats it with the same idempotency key, which HeyGen knows for ${numeral(IDEMPOTENCY_HOURS)} hours; after that, and before another start, look into 'Get Many', newest first): `,
				doubts('keyed'),
			],
			[
				"May have been started as well, without an idempotency key (a retry would make it anew: look into 'Get Many' first): ",
				doubts('unkeyed'),
			],
			[
				'May have been done as well, and is not sent again, since HeyGen may not heed its idempotency key (look for it in HeyGen): ',
				doubts('unheeded'),
			],
			[
				'May have been done as well, and is not sent again, since it carried no idempotency key (look for it in HeyGen): ',
				doubts('unsent'),
			],
		];
		return lines.filter(([, what]) => what !== '').map(([head, what]) => head + what);
	}

	/** What may have been made, each in a few words. */
	doubtsInWords(): string[] {
		return inWords(this.doubts);
	}

	/** Doubts but those of whoever asks alone. */
	private doubtsBeside(asker: Asker | undefined): Doubt[] {
		return this.doubts.filter(({ items, variants = [] }) => items.length > 1 || items[0] !== asker?.item || !isOf(asker?.variant, variants[0]));
	}

	/** Ids of jobs, in the order of their starts; of batches as well. */
	jobs(): string[] {
		return uniq(this.started.filter(({ kind }) => !UPLOADS.has(kind)).map(({ id }) => id));
	}

	/**
	 * Puts all of it into n8n's log, once, for a run that ends early.
	 *
	 * @returns whether it was done now
	 */
	logAllOnce(): boolean {
		if (this.isLogged) return false;
		this.isLogged = true;
		this.journal.write();
		const lines = this.summary([]);
		if (lines.length > 0) this.journal.warn(`the run ends early. ${lines.join(' ')}`);
		return true;
	}
}

/** " (German)"; nothing for who asks for one thing. */
function inBrackets(variant: string | undefined): string {
	return variant === undefined ? '' : ` (${variant})`;
}

/** What becomes of a doubt when the run is tried again. */
type Safety = 'keyed' | 'unkeyed' | 'unheeded' | 'unsent';

function safetyOf({ key, isUnheeded = false, isUnsent = false }: Doubt): Safety {
	if (key === undefined) return 'unkeyed';
	if (isUnsent) return 'unsent';
	return isUnheeded ? 'unheeded' : 'keyed';
}

/** Whether a record is about the variant that is asked for. One that names none, as that of a batch, is about all of them. */
function isOf(asked: string | undefined, variant: string | undefined): boolean {
	return asked === undefined || (variant ?? asked) === asked;
}

/** Ids are unique within their kind: a batch and a video may have the same. */
function idOf({ kind, id }: Pick<Started, 'kind' | 'id'>): string {
	return `${kind} ${id}`;
}

/** What requests have made of which nobody knows what it is: "POST /v3/podcasts: p1, p2". */
function madeBy(records: readonly Started[]): string {
	const made = records.filter(({ by }) => by !== undefined);
	return Object.entries(groupBy(made, ({ by }) => by))
		.map(([by, things]) => `${by}: ${things.map(({ id }) => id).join(', ')}`)
		.join('; ');
}

/** Callback IDs that a doubt names; of a large batch the first ones show what they look like. */
const SHOWN_CALLBACKS = 3;

/** Several tries may have asked for the same, which is said once. */
function inWords(doubts: readonly Doubt[]): string[] {
	return [...new Set(doubts.map(words))];
}

function words({ what, items, callbackIds = [] }: Doubt): string {
	const shown = callbackIds.slice(0, SHOWN_CALLBACKS).join(', ');
	const more = callbackIds.length > SHOWN_CALLBACKS ? ` and ${numeral(callbackIds.length - SHOWN_CALLBACKS)} more` : '';
	const named = callbackIds.length === 0 ? '' : ` (callback ID${callbackIds.length === 1 ? '' : 's'} ${shown}${more})`;
	return `${what} of ${itemsInWords(uniq(items))}${named}`;
}
