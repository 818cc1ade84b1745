import omit from 'lodash/omit';
import once from 'lodash/once';
import type { IDataObject } from 'n8n-workflow';

import { type Contract, type CostGap, type CostRecord, costOf, gapsIn, orderRecord } from '../../heygen/prices/cost';
import type { Exact } from '../../heygen/prices/exact';
import { readNumber } from '../../heygen/values/plain';
import type { PreparedBody } from '../files/preparedBody';
import type { Call, Ordered, OrderOf } from '../item/call';
import { contractOf } from '../item/contractOf';
import { taken } from '../item/given';

/** What is given for an estimate besides the request. */
interface Given {
	rate?: number;
	seconds?: number;
}

/**
 * Reads what the item and its credential say of the price.
 *
 * @param call the item
 * @throws EngineError when an option or the credential's rates cannot be read
 */
export function pricesOf({ options, account }: Call): { given: Given & Pick<Ordered, 'how'>; contract: Contract } {
	const contract = contractOf(account);
	const rate = taken('Rate', readNumber(options.rate, { min: 0 }));
	const seconds = taken('Expected Duration (Seconds)', readNumber(options.expectedSeconds, { min: 0 }));
	const given = {
		...(rate === undefined ? {} : { rate }),
		...(seconds === undefined ? {} : { seconds, how: "'Expected Duration (Seconds)'" }),
	};
	return { given, contract };
}

/**
 * What an item of a paid create will cost, and what it has cost. It is worked out when somebody asks: to read a long script
 * takes a millisecond, which runs without limits need not wait for.
 */
export class ItemCost {
	private readonly ordered = once((): Ordered => {
		const ordered = { ...this.orderOf(), ...this.given };
		return this.given.rate === undefined ? ordered : omit(ordered, 'rateNote');
	});
	private readonly cost = once(() => costOf(this.ordered(), this.contract));

	private constructor(
		private readonly orderOf: () => Ordered,
		private readonly given: Given & Pick<Ordered, 'how'>,
		/** The prices that it is made with. */
		readonly contract: Contract,
	) {}

	/**
	 * Makes ready to estimate an item's cost.
	 *
	 * @param call the item
	 * @param orderOf what the operation says it orders
	 * @param body checked by its schema
	 * @param prepared its files
	 * @throws EngineError when an option or the credential's rates cannot be read
	 */
	static of(call: Call, orderOf: OrderOf, body: IDataObject, prepared: Pick<PreparedBody, 'secondsOf'>): ItemCost {
		const { given, contract } = pricesOf(call);
		return new ItemCost(() => orderOf({ call, body, secondsOf: prepared.secondsOf }), given, contract);
	}

	/**
	 * The cost of what an item has ordered before its execution slept.
	 *
	 * @param call the item
	 * @param order what `order` has said
	 */
	static again(call: Call, order: Ordered): ItemCost {
		return new ItemCost(() => order, {}, contractOf(call.account));
	}

	/** What is ordered, in plain data. */
	get order(): Ordered {
		return this.ordered();
	}

	/** What the item will cost; undefined when that is not known. */
	get credits(): Exact | undefined {
		return this.cost()?.credits;
	}

	/** What would have to be known to tell the cost; nothing when the cost is known. */
	get gaps(): CostGap[] {
		return gapsIn(this.ordered(), this.contract);
	}

	/** Whether it is made with HeyGen's price list, and not with a price of the contract. */
	get isListed(): boolean {
		return this.cost()?.isListed === true;
	}

	/** The estimate as items carry it. */
	get record(): CostRecord {
		const { how } = this.ordered();
		const record = this.recordOf(this.ordered());
		return { ...record, formula: how === undefined ? record.formula : `${how}; ${record.formula}` };
	}

	/** What the job costs by the length that was ordered, for those whose records never tell a length. */
	get orderedCost(): CostRecord {
		return this.recordOf(this.ordered());
	}

	/**
	 * What the finished job has cost, by its real length.
	 *
	 * @param seconds as HeyGen's record says; anything
	 * @returns as items carry it, without an amount when the record does not say or nobody knows the price
	 */
	realCost(seconds: unknown): CostRecord {
		const length = readNumber(seconds, { min: 0 }).value;
		// The length that was expected is not the real one.
		const order = { ...omit(this.ordered(), 'seconds'), ...(length === undefined ? {} : { seconds: length }) };
		return this.recordOf(order);
	}

	private recordOf(order: Ordered): CostRecord {
		const record = orderRecord(order, this.contract);
		return { ...record, formula: order.rateNote === undefined ? record.formula : `${record.formula}; ${order.rateNote}` };
	}

	/**
	 * What a job costs that HeyGen does not charge for.
	 *
	 * @param seconds as HeyGen's record says; anything
	 * @param why stands in place of a formula
	 */
	free(seconds: unknown, why: string): CostRecord {
		const { usdPerCredit } = this.contract;
		return { ...this.realCost(seconds), credits: 0, usd: usdPerCredit === undefined ? null : 0, formula: why };
	}
}
