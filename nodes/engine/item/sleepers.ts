import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/**
 * What an execution must not forget while it sleeps: the jobs that its items wait for, and what items have come to that had
 * ended before. Plain data, since n8n saves it with the execution.
 */

/** A job that an item waits for. */
export interface SleepingJob {
	/** A hash of what the item's request is made from. Of an item that asks for something else now, the job is none. */
	from: string;
	/** Its kind, the field with its id, and the job. */
	kind: string;
	idField: string;
	id: string;
	/** The ids of the jobs that have led to it. */
	before: IDataObject;
	/** Since when it is waited for, and until when, in Unix milliseconds; absent where that begins anew. */
	since?: number;
	until?: number;
	/** Jobs that it has led to in earlier rounds. */
	earlier: string[];
	/** What the operation that has started it must know when the job is finished. */
	order?: IDataObject;
}

/** What an item, or one of the things that it asks for, has come to. */
export interface EndedPart {
	from: string;
	items: INodeExecutionData[];
	/** Whether an error is among them. A further try of the run makes it anew. */
	hasFailed: boolean;
}

/** Several things that one item asks for. */
interface SeveralParts {
	from: string;
	parts: Array<{ name: string; says: IDataObject }>;
}

/** Plain data, by slots; several parts by items. */
export interface SavedSleep {
	/** How often the execution has gone to sleep. */
	naps: number;
	jobs: Record<string, SleepingJob>;
	ended: Record<string, EndedPart>;
	several: Record<string, SeveralParts>;
}

/** An execution that has not slept yet. */
export function noSleep(): SavedSleep {
	return { naps: 0, jobs: {}, ended: {}, several: {} };
}

/** What the run of an execution that sleeps remembers. */
export class Sleepers {
	/**
	 * @param known what is saved; undefined when there is nothing
	 * @param made likewise, made where there is nothing
	 */
	constructor(
		private readonly known: () => SavedSleep | undefined,
		private readonly made: () => SavedSleep,
	) {}

	/** Whether nothing is remembered. */
	get isEmpty(): boolean {
		const saved = this.known();
		return saved === undefined || Object.keys(saved.jobs).length + Object.keys(saved.ended).length === 0;
	}

	/** The jobs that are waited for, by slots. */
	get jobs(): ReadonlyMap<string, SleepingJob> {
		return new Map(Object.entries(this.known()?.jobs ?? {}));
	}

	/** How often the execution has gone to sleep. */
	get naps(): number {
		return this.known()?.naps ?? 0;
	}

	/** Somebody has woken the execution before its date: if that was too early, it looks again soon. */
	wokenEarly(): void {
		this.made().naps = 1;
	}

	/** The execution goes to sleep. */
	goToSleep(): void {
		this.made().naps++;
	}

	/**
	 * The job that an item waits for.
	 *
	 * @param slot what `slotOf` says of the item or variant
	 * @param from what its request is made from
	 */
	jobOf(slot: string, from: string): SleepingJob | undefined {
		const job = this.known()?.jobs[slot];
		return job?.from === from ? job : undefined;
	}

	/** An item waits for a job. Parameters as for `jobOf`. */
	keepJob(slot: string, job: SleepingJob): void {
		this.made().jobs[slot] = job;
	}

	/** An item waits no more. Parameters as for `jobOf`. */
	forgetJob(slot: string): void {
		delete this.known()?.jobs[slot];
	}

	/** The run has failed: a further try, by n8n or by hand, has all its time to wait for what goes on. */
	waitAnew(): void {
		for (const job of Object.values(this.known()?.jobs ?? {})) {
			delete job.since;
			delete job.until;
		}
	}

	/** What an item has come to. Parameters as for `jobOf`. */
	endedOf(slot: string, from: string): INodeExecutionData[] | undefined {
		const part = this.known()?.ended[slot];
		return part?.from === from ? part.items : undefined;
	}

	/** An item has ended, and others have not. Parameters as for `jobOf`. */
	keepEnded(slot: string, part: EndedPart): void {
		this.made().ended[slot] = part;
		this.forgetJob(slot);
	}

	/** n8n tries the run again: what has failed is made anew. */
	forgetFailures(): void {
		const ended = this.known()?.ended ?? {};
		for (const [slot, { hasFailed }] of Object.entries(ended)) if (hasFailed) delete ended[slot];
	}

	/**
	 * The things that an item asks for, when all of them are remembered.
	 *
	 * @param item n8n's index
	 * @param from what its request is made from
	 * @param slots names the things
	 */
	partsOf(item: number, from: string, slots: (name: string) => string): SeveralParts['parts'] | undefined {
		const several = this.known()?.several[item];
		if (several?.from !== from) return undefined;
		const isKept = (slot: string) => this.jobOf(slot, from) !== undefined || this.endedOf(slot, from) !== undefined;
		return several.parts.every(({ name }) => isKept(slots(name))) ? several.parts : undefined;
	}

	/** An item asks for several things. Parameters as for `partsOf`. @param parts what they are, in their order */
	keepParts(item: number, from: string, parts: SeveralParts['parts']): void {
		this.made().several[item] = { from, parts };
	}
}
