import { randomUUID } from 'crypto';
import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';

import { OneAtATime } from '../basics/oneAtATime';
import { KeptAnswers, type SavedAnswers, type Wholes } from './keptAnswers';
import { isToolCall, runObject, runPlace } from './runName';
import { noSleep, type SavedSleep, Sleepers } from './sleepers';
import type { Doubt, Started } from './started';

/** Where a create is in a batch that was sent, or may have been. */
export interface BatchPlace {
	batch: { readonly key: string; readonly bodies: readonly IDataObject[] };
	index: number;
}

/** What a run knows of the files it has uploaded to one account, by content and name of the file. */
export interface KeptFiles {
	/** Files that are in HeyGen already. */
	assets: Record<string, IDataObject>;
	/** Slots of files that are uploaded alone. */
	directSlots: Record<string, IDataObject>;
	/** Slots of files in upload batches. */
	batchSlots: Record<string, { batchId: string; slot: IDataObject }>;
	/** How often HeyGen has refused a file of a batch. */
	refused: Record<string, number>;
}

/** Plain data, since n8n saves it with the execution. */
interface Kept {
	seed: string;
	failedJobs: Record<string, number>;
	keys: Record<string, { key: string; from: string }>;
	batches: Record<string, IDataObject[]>;
	places: Record<string, { batch: string; index: number }>;
	fileNames: Record<string, string>;
	/** Absent in what earlier versions of the package have saved. */
	answers?: SavedAnswers;
	/** Likewise. */
	befores?: Record<string, IDataObject>;
	/** Absent unless the execution has slept. */
	sleep?: SavedSleep;
	started: Started[];
	doubts: Doubt[];
}

/** What the user's own keys have made, by hashes of key and content, and in which of the node's runs. */
type TakenKeys = Record<string, { content: string; run: string }>;

/** Field of the execution's context that names its nodes that have made something, in the order of their first time. */
const NODES_FIELD = 'heyGenNodes';

/** A third one, for answers to own keys, which all of its runs share. */
const ANSWERS_FIELD = 'heyGenAnswers';

/** What tries of one process share, and no saved execution holds: slots carry presigned addresses. */
type Files = Map<string, KeptFiles>;

/** Field of the node's context that holds what its runs must not forget. */
const FIELD = 'heyGenRuns';

/** Another one, for what all of its runs must not forget while the execution lasts. */
const KEYS_FIELD = 'heyGenKeys';

/**
 * What stays between the tries of n8n's Retry On Fail, and between an execution and its retries by hand (Retry
 * execution). While a run goes on, and after it has failed, it is in the node's context, which n8n saves with the
 * execution; n8n's retries get it back from there.
 */
export class Memory {
	constructor(
		private readonly kept: Kept,
		private readonly uploads: Files,
		private readonly wholes: Wholes,
		private readonly context: IExecutePaginationFunctions,
		/** Whether n8n tries the run again after a try that has failed in this process. */
		readonly isFurtherTry: boolean,
	) {}

	/** Stands in for the resume token where n8n has none. */
	get seed(): string {
		return this.kept.seed;
	}

	/** What the run has made, and may have made; to be changed by `StartedList` alone. */
	get records(): { started: Started[]; doubts: Doubt[] } {
		return this.kept;
	}

	/**
	 * How often HeyGen could not finish an item's job. Such jobs are not charged, so a new try may make a new one; with
	 * the old idempotency key it would be handed the failed one again.
	 *
	 * @param slot what `slotOf` says of the item or variant
	 */
	failedJobs(slot: string): number {
		return this.kept.failedJobs[slot] ?? 0;
	}

	/** Counts a failed job. @param slot what `slotOf` says of the item or variant */
	jobFailed(slot: string): void {
		this.kept.failedJobs[slot] = this.failedJobs(slot) + 1;
	}

	/**
	 * The idempotency key of a create, so that a try whose expressions give other values ("now") is still the same create.
	 *
	 * @param name names the create within the run
	 * @param from a hash of what the create is made from: the run, parameters as they stand in the workflow, and the input
	 *   item. A create that is made from something else, since the workflow was changed before a retry by hand, or the
	 *   database copied to another n8n, is another one
	 * @param make makes the key, when there is none yet
	 */
	keyOf(name: string, from: string, make: () => string): string {
		const known = this.kept.keys[name];
		if (known?.from === from) return known.key;
		const key = make();
		this.kept.keys[name] = { key, from };
		return key;
	}

	/** Where an earlier try has put a create. @param key the create's idempotency key */
	placeOf(key: string | undefined): BatchPlace | undefined {
		const place = this.kept.places[key ?? ''];
		const bodies = this.kept.batches[place?.batch ?? ''];
		if (place === undefined || bodies === undefined) return undefined;
		return { batch: { key: place.batch, bodies }, index: place.index };
	}

	/**
	 * Remembers a batch: a try with other creates beside (one had failed before) must still send the same, or what is in
	 * it would be made twice.
	 *
	 * @param batch its idempotency key and bodies
	 * @param keys the idempotency keys of its creates, in order
	 */
	keepBatch({ key, bodies }: BatchPlace['batch'], keys: readonly string[]): void {
		this.kept.batches[key] = [...bodies];
		keys.forEach((member, index) => {
			this.kept.places[member] = { batch: key, index };
		});
	}

	/**
	 * Forgets a batch that HeyGen has refused: each of its creates may go out in another one, or not at all.
	 *
	 * @param batch its idempotency key
	 */
	forgetBatch(batch: string): void {
		delete this.kept.batches[batch];
		for (const [member, place] of Object.entries(this.kept.places)) {
			if (place.batch === batch) delete this.kept.places[member];
		}
	}

	/** What the run remembers while its execution sleeps. */
	sleepers(): Sleepers {
		return new Sleepers(() => this.kept.sleep, () => (this.kept.sleep ??= noSleep()));
	}

	/** What HeyGen has answered to requests of the run that must not be sent again. */
	answers(): KeptAnswers {
		return new KeptAnswers((this.kept.answers ??= {}), this.wholes);
	}

	/** The same for requests that none of the node's runs in the execution may send again. */
	sharedAnswers(): KeptAnswers {
		const share = shareOf(this.context);
		if (isToolCall(this.context)) return new KeptAnswers(share.answers, share.wholes);
		const saved = (this.context.getContext('node')[ANSWERS_FIELD] ??= {}) as unknown as SavedAnswers;
		return new KeptAnswers(saved, share.wholes);
	}

	/**
	 * Does what may go on for one request at a time, of all runs of the node in the execution.
	 *
	 * @param name names the request
	 * @param signal ends the wait for the turn
	 * @param work what is done; its result or error is handed on
	 */
	async inTurn<T>(name: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
		return await shareOf(this.context).turns.run(name, work, signal);
	}

	/**
	 * What a job was like before an item wrote to it. A try that sends the message again must not take what came of the
	 * message for what was before.
	 *
	 * @param message names the message
	 */
	stateBefore(message: string): IDataObject | undefined {
		return this.kept.befores?.[message];
	}

	/** Remembers such a state. @param message names the message */
	keepStateBefore(message: string, state: IDataObject): void {
		(this.kept.befores ??= {})[message] = state;
	}

	/** Forgets it, when the message was not sent. @param message names the message */
	forgetStateBefore(message: string): void {
		delete this.kept.befores?.[message];
	}

	/**
	 * Which of the execution's nodes this is, among those that ask, in the order in which they first did.
	 *
	 * @returns 1 for the first; always 1 for calls of an AI agent, which have names of their own
	 */
	nodeNumber(): number {
		if (isToolCall(this.context)) return 1;
		const nodes = (this.context.getContext('flow')[NODES_FIELD] ??= []) as string[];
		const { id } = this.context.getNode();
		if (!nodes.includes(id)) nodes.push(id);
		return nodes.indexOf(id) + 1;
	}

	/**
	 * Whether an own key of the user's has made something else in an earlier run of the node in the execution. Tries of
	 * the same run may ask for other things under the same key: expressions with the time in them do.
	 *
	 * @param name a hash of the key and what it counts for
	 * @param content a hash of what is asked for
	 */
	isTaken(name: string, content: string): boolean {
		const earlier = takenKeys(this.context)[name];
		return earlier !== undefined && earlier.content !== content && earlier.run !== this.place();
	}

	/** Whether an own key of the user's has been used for this content. Parameters as for `isTaken`. */
	hasTaken(name: string, content: string): boolean {
		return takenKeys(this.context)[name]?.content === content;
	}

	/** Remembers what an own key has made; the first content counts, since HeyGen answers with that one. */
	takeKey(name: string, content: string): void {
		takenKeys(this.context)[name] ??= { content, run: this.place() };
	}

	/** Tells the run from the execution's others. Calls of an AI agent have no place in it. */
	private place(): string {
		return isToolCall(this.context) ? this.seed : runPlace(this.context);
	}

	/**
	 * What is known of uploaded files.
	 *
	 * @param account id of the API key's account, since a file of one is not there for another
	 */
	files(account: string): KeptFiles {
		const known = this.uploads.get(account);
		if (known !== undefined) return known;
		const files: KeptFiles = { assets: {}, directSlots: {}, batchSlots: {}, refused: {} };
		this.uploads.set(account, files);
		return files;
	}

	/**
	 * The name that the option File Name gave an item's file in its first try: it is the same file, though an expression
	 * gives another name now.
	 *
	 * @param item the item
	 * @param name what the option gives now
	 */
	fileName(item: number, name: string): string {
		return (this.kept.fileNames[item] ??= name);
	}
}

/** By what n8n keeps the same in every try of a run. n8n may run a node again whose run has ended well. */
const memories = new WeakMap<object, { kept: Kept; uploads: Files; wholes: Wholes }>();

/**
 * The memory of the run that an item belongs to.
 *
 * @param context the item's context
 */
export function memoryOf(context: IExecutePaginationFunctions): Memory {
	const key = runObject(context);
	const saved = savedRuns(context);
	const place = runPlace(context);
	const earlier = memories.get(key);
	const known = earlier ?? { kept: saved?.[place] ?? nothing(), uploads: new Map(), wholes: new Map() };
	memories.set(key, known);
	if (saved !== undefined) saved[place] = known.kept;
	// An execution that wakes up has execution data of its own: whoever has the same tries the run again.
	const memory = new Memory(known.kept, known.uploads, known.wholes, context, earlier !== undefined);
	if (memory.isFurtherTry) memory.sleepers().forgetFailures();
	return memory;
}

/**
 * What a run remembers of jobs that its execution has slept for.
 *
 * @param context an item's context
 * @returns undefined when it has not slept
 */
export function savedSleep(context: IExecutePaginationFunctions): Sleepers | undefined {
	const sleep = savedRuns(context)?.[runPlace(context)]?.sleep;
	return sleep === undefined ? undefined : new Sleepers(() => sleep, () => sleep);
}

/**
 * What the runs of a node remember of jobs that their execution sleeps for.
 *
 * @param node what n8n has saved of the node's context; anything
 */
export function sleepsOf(node: IDataObject | undefined): Sleepers[] {
	const runs = (node?.[FIELD] ?? {}) as Record<string, Partial<Kept> | undefined>;
	return Object.values(runs).flatMap((kept) => {
		const sleep = kept?.sleep;
		return sleep === undefined ? [] : [new Sleepers(() => sleep, () => sleep)];
	});
}

/**
 * Takes what a run remembers out of the saved execution: it has ended well, and n8n will not retry it by hand.
 *
 * @param context an item's context
 */
export function forgetSaved(context: IExecutePaginationFunctions): void {
	const saved = savedRuns(context);
	if (saved !== undefined) delete saved[runPlace(context)];
}

/** What n8n saves of the node's runs; nothing for calls of an AI agent, which a retry makes anew. */
function savedRuns(context: IExecutePaginationFunctions): Record<string, Kept> | undefined {
	if (isToolCall(context)) return undefined;
	const node = context.getContext('node');
	return (node[FIELD] ??= {}) as unknown as Record<string, Kept>;
}

/** What all runs of a node share while one process runs the execution. */
interface NodeShare {
	wholes: Wholes;
	/** By names of requests. */
	turns: OneAtATime;
	/** What own keys have made in calls of an AI agent, of which n8n saves nothing. */
	keys: TakenKeys;
	/** The same for answers. */
	answers: SavedAnswers;
}

/** By the node's context, or for calls of an AI agent by the execution data that its calls share. */
const shares = new WeakMap<object, NodeShare>();

function shareOf(context: IExecutePaginationFunctions): NodeShare {
	const owner = isToolCall(context) ? context.getExecuteData() : context.getContext('node');
	const share = shares.get(owner) ?? { wholes: new Map(), turns: new OneAtATime(), keys: {}, answers: {} };
	shares.set(owner, share);
	return share;
}

/** What own keys have made in this execution. */
function takenKeys(context: IExecutePaginationFunctions): TakenKeys {
	if (isToolCall(context)) return shareOf(context).keys;
	return (context.getContext('node')[KEYS_FIELD] ??= {}) as unknown as TakenKeys;
}

function nothing(): Kept {
	return {
		seed: randomUUID(),
		failedJobs: {},
		keys: {},
		batches: {},
		places: {},
		fileNames: {},
		started: [],
		doubts: [],
	};
}
