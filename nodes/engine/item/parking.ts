import type { INodeExecutionData } from 'n8n-workflow';

import { settle } from '../basics/settle';
import type { Sleepers, SleepingJob } from './sleepers';

/** What an item, or one of the things that it asks for, has come to while others are still waited for. */
interface Ended {
	from: () => string;
	items: INodeExecutionData[];
	hasFailed: boolean;
}

/**
 * Finds the moment in which a run has nothing left to do but wait, so that its execution can sleep: every item has ended, or
 * its job is made and was looked at. Until then jobs are waited for in the execution.
 */
export class Parking {
	private readonly resting = new Set<string>();
	/** Items that ask for several things, each of which rests for itself. */
	private readonly several = new Set<string>();
	private readonly ended = new Map<string, Ended>();
	private isParked = false;
	private left: number;
	private open!: () => void;
	/** Resolves when nothing is left to do but wait. */
	readonly allRest = new Promise<void>((resolve) => {
		this.open = resolve;
	});

	/**
	 * @param itemCount the run's items
	 * @param sleepers what the run remembers from sleep to sleep
	 * @param obstacle why the execution cannot sleep; undefined when it can
	 */
	constructor(
		itemCount: number,
		readonly sleepers: Sleepers,
		readonly obstacle: string | undefined,
	) {
		this.left = itemCount;
	}

	/** Whether an item waits for a job whose execution is about to sleep. */
	get isSleeping(): boolean {
		return this.isParked;
	}

	/** An item asks for several things. @param item its slot */
	expand(item: string, count: number): void {
		this.several.add(item);
		this.left += count - 1;
	}

	/**
	 * An item has ended, or its job goes on and nothing can be done for it now. Told again, nothing is counted twice.
	 *
	 * @param slot what `slotOf` says of the item or variant
	 */
	rest(slot: string): void {
		if (this.several.has(slot) || this.resting.has(slot)) return;
		this.resting.add(slot);
		if (--this.left <= 0) this.open();
	}

	/** An item waits for a job while the execution sleeps. Parameters as for `Sleepers`. */
	park(slot: string, job: SleepingJob): void {
		this.isParked = true;
		this.sleepers.keepJob(slot, job);
	}

	/**
	 * An item has ended.
	 *
	 * @param slot what `slotOf` says of the item or variant
	 * @param from what its request is made from; asked only when it has to be remembered
	 * @param items what it has come to
	 * @param hasFailed whether an error is among them
	 */
	keepEnded(slot: string, from: () => string, items: INodeExecutionData[], hasFailed: boolean): void {
		this.ended.set(slot, { from, items, hasFailed });
	}

	/** The execution is about to sleep: remembers what has ended so far. */
	async settleDown(): Promise<void> {
		for (const [slot, { from, items, hasFailed }] of this.ended) {
			const origin = await settle((async () => from())());
			// An item that cannot be read ends in the same error again.
			if (origin.ok) this.sleepers.keepEnded(slot, { from: origin.value, items, hasFailed });
		}
	}
}
