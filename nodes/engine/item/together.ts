import sortBy from 'lodash/sortBy';

import type { Call } from './call';
import { sharedIn } from './run';

/** One item, with what it brings along. */
export interface Joined<T> {
	readonly call: Call;
	readonly content: T;
}

/** What the items of a run bring along. */
class Gathering<T> {
	private members: Array<Joined<T>> = [];
	private sorted?: ReadonlyArray<Joined<T>>;

	add(member: Joined<T>): void {
		this.members.push(member);
		this.sorted = undefined;
	}

	/** In the order of the items; the same list for all that ask, so that what is made of it is made once. */
	inOrder(): ReadonlyArray<Joined<T>> {
		return (this.sorted ??= sortBy(this.members, ({ call }) => call.itemIndex));
	}
}

/**
 * Brings together what the items of a run bring along. Items that have failed are not among them.
 *
 * @param call an item
 * @param name names what is brought together, within the run
 * @param content what the item brings
 * @returns those of all items, in their order, when all of them have been read; the same list for each of the items
 */
export async function joined<T>(call: Call, name: string, content: T): Promise<ReadonlyArray<Joined<T>>> {
	const gathering = sharedIn(call.run, `joined ${name}`, () => new Gathering<T>());
	gathering.add({ call, content });
	await call.meetOthers();
	return gathering.inOrder();
}
