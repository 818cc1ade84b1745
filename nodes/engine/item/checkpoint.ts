import { inputError } from '../basics/errors';
import { itemsInWords } from '../basics/itemNumbers';
import { pause } from '../basics/timing';
import { Turns } from '../basics/turns';

/** Items that a message names at most. */
const SHOWN_ITEMS = 10;

/**
 * Holds the items of a run until all of them have been checked, so that a mistake in the last one is found before the
 * first one costs money. An item waits no longer than the others take to be read.
 */
export class Checkpoint {
	private entered = 0;
	private through = 0;
	private open!: () => void;
	private readonly opened = new Promise<void>((resolve) => {
		this.open = resolve;
	});
	private readonly turns = new Turns();
	/** By key and endpoint, then by what is asked for: the items that use it. */
	private readonly claims = new Map<string, Map<string, number[]>>();

	/**
	 * @param inGroups whether n8n starts the items in groups with pauses between (Batching); then nothing waits, since the
	 *   later groups would come in vain
	 * @param groups how the items go on when they are checked, where they have started together; all at once by default
	 */
	constructor(
		private readonly inGroups: boolean,
		private readonly groups?: { readonly size: number; readonly interval: number },
	) {}

	/**
	 * An item begins.
	 *
	 * @returns to be called when it is checked, or has ended; calls after the first do nothing
	 */
	enter(): () => void {
		this.entered++;
		let isThrough = false;
		return () => {
			if (isThrough) return;
			isThrough = true;
			this.through++;
			if (this.through >= this.entered) this.open();
		};
	}

	/**
	 * Waits until all items that have begun are checked or have ended. All items of a run have begun before any gets here:
	 * `runNode` lets them enter together, and n8n's declarative engine starts them in one go.
	 *
	 * @param signal stops waiting
	 * @throws the signal's reason when it is aborted, or was before
	 */
	async pass(signal: AbortSignal | undefined): Promise<void> {
		if (this.inGroups) return signal?.throwIfAborted();
		await this.meet(signal);
		await this.turns.next();
		signal?.throwIfAborted();
	}

	/**
	 * The same for items that are one sum or one purse: they wait for each other also when n8n starts them in groups.
	 *
	 * @param signal stops waiting
	 * @throws the signal's reason when it is aborted, or was before
	 */
	async meet(signal: AbortSignal | undefined): Promise<void> {
		// A signal tells nobody who comes later that it was aborted.
		signal?.throwIfAborted();
		const stopped = new Promise<void>((resolve) => {
			signal?.addEventListener('abort', () => resolve(), { once: true });
		});
		await Promise.race([this.opened, stopped]);
		signal?.throwIfAborted();
	}

	/**
	 * Waits until the item's group may go on, where items go on in groups. To be called when all that concerns the run as a
	 * whole is checked.
	 *
	 * @param item n8n's index
	 * @param signal stops waiting
	 * @throws the signal's reason when it is aborted
	 */
	async waitForGroup(item: number, signal: AbortSignal | undefined): Promise<void> {
		if (this.groups === undefined) return;
		const { size, interval } = this.groups;
		await pause(Math.floor(item / size) * interval, signal);
	}

	/**
	 * Notes an idempotency key of the user's own.
	 *
	 * @param key with what it counts for: account and endpoint
	 * @param content a hash of what is asked for
	 * @param item who asks
	 */
	claim(key: string, content: string, item: number): void {
		const contents = this.claims.get(key) ?? new Map<string, number[]>();
		this.claims.set(key, contents);
		contents.set(content, [...(contents.get(content) ?? []), item]);
	}

	/** Whether items have the same key and ask for different things. */
	hasConflict(): boolean {
		return [...this.claims.values()].some((contents) => contents.size > 1);
	}

	/**
	 * Checks that items with the same key ask for the same. HeyGen would answer all of them with what the first one made.
	 *
	 * @param key as it was claimed
	 * @param shown the key as the user knows it
	 * @throws EngineError naming the items
	 */
	checkClaim(key: string, shown: string): void {
		const contents = this.claims.get(key);
		if (contents === undefined || contents.size < 2) return;
		const items = [...contents.values()].flat().sort((a, b) => a - b);
		throw inputError(
			`'Idempotency Key' is "${shown}" for ${itemsInWords(items, SHOWN_ITEMS)}, which ask for different things`,
			"HeyGen would answer all of them with what the first one makes. Give every item a key of its own, such as its row's ID, or leave the field empty.",
		);
	}
}
