import groupBy from 'lodash/groupBy';
import sortBy from 'lodash/sortBy';

import { BATCH_MAX } from '../../heygen/limits';
import { settle, type Settled } from '../basics/settle';
import { pause, timing } from '../basics/timing';
import type { Call } from './call';

/** What an item brings along to a batch. */
export interface Member<T, R> {
	readonly call: Call;
	readonly content: T;
	readonly resolve: (result: R) => void;
	readonly fail: (error: unknown) => void;
}

/**
 * Gathers what the items of a run bring along into batches of at most 100, and gives each item its own result or error.
 *
 * @typeParam T what an item brings
 * @typeParam R what it gets
 */
export class Collector<T, R> {
	private members: Array<Member<T, R>> = [];
	private arrived = 0;
	private preparing = 0;

	/**
	 * @param expected how many are going to bring something, as far as that is known
	 * @param send sends a batch and gives each of its members a result or an error
	 */
	constructor(
		private readonly expected: () => number,
		private readonly send: (members: Array<Member<T, R>>) => Promise<void>,
	) {}

	/**
	 * Adds what one item brings, and waits for its results.
	 *
	 * @param call the item
	 * @param prepare makes it; what it throws concerns this item alone
	 */
	async add(call: Call, prepare: () => Promise<T[]>): Promise<R[]> {
		return (await this.addEach(call, prepare)).map((result) => {
			if (!result.ok) throw result.error;
			return result.value;
		});
	}

	/**
	 * The same, with an outcome for each thing that the item brings.
	 *
	 * @param call the item
	 * @param prepare makes them; what it throws concerns this item alone
	 */
	async addEach(call: Call, prepare: () => Promise<T[]>): Promise<Array<Settled<R>>> {
		this.arrived++;
		this.preparing++;
		const prepared = await settle(prepare());
		this.preparing--;
		if (!prepared.ok) {
			// The others may have waited for this one. If its failure stops the node, that comes first.
			void pause(0).then(() => this.maybeSend());
			throw prepared.error;
		}
		const results = prepared.value.map(
			async (content) =>
				await settle(
					new Promise<R>((resolve, fail) => {
						this.members.push({ call, content, resolve, fail });
					}),
				),
		);
		this.maybeSend();
		return await Promise.all(results);
	}

	private maybeSend(): void {
		while (this.members.length >= BATCH_MAX) this.flush();
		if (this.preparing > 0) return;
		if (this.arrived >= this.expected()) return this.flush();
		// Items that failed before they came here would be waited for in vain.
		const { arrived } = this;
		void pause(timing.batchQuiet).then(() => {
			if (arrived === this.arrived && this.preparing === 0) this.flush();
		});
	}

	/** Sends what there is. What belongs to different accounts cannot go out together. */
	private flush(): void {
		const groups = groupBy(this.members.splice(0, BATCH_MAX), ({ call }) => call.account.id);
		for (const members of Object.values(groups)) {
			const inOrder = sortBy(members, ({ call }) => call.itemIndex, ({ call }) => call.variant?.place);
			this.send(inOrder).catch((error: unknown) => members.forEach((member) => member.fail(error)));
		}
	}
}
