/** Things that are kept in the order in which they came, found by id, and listed from either end. */
import type { ListOrder } from '../config';
import { decodeCursor, encodeCursor, type Page } from './cursor';

export interface Entry {
	readonly id: string;
	deleted: boolean;
}

export class Records<T extends Entry> {
	/** Oldest first; deleted ones stay in place so that cursors keep their meaning. */
	private readonly ordered: T[] = [];
	private readonly byId = new Map<string, T>();

	add(entry: T): void {
		this.ordered.push(entry);
		this.byId.set(entry.id, entry);
	}

	/** The entry of that id, or undefined when there is none or it was deleted. */
	get(id: string): T | undefined {
		return this.byId.get(id);
	}

	/** @returns the entry that was deleted, or undefined when there was none. */
	delete(id: string): T | undefined {
		const entry = this.byId.get(id);
		if (!entry) return undefined;
		entry.deleted = true;
		this.byId.delete(id);
		return entry;
	}

	/** All entries there ever were, deleted ones included, the oldest first. */
	all(): readonly T[] {
		return this.ordered;
	}

	/**
	 * One page. Without a narrow filter it costs only its own length.
	 * @param from position from an earlier page's `next`; undefined for the first page.
	 * @returns `next` is null on the last page.
	 */
	page(
		matches: (entry: T) => boolean,
		limit: number,
		from: number | undefined,
		order: ListOrder = 'newest',
	): { items: T[]; next: number | null } {
		const items: T[] = [];
		const { length } = this.ordered;
		// A position lies between two entries: it is the number of older ones.
		const down = order === 'newest';
		const start = Math.min(from ?? (down ? length : 0), length);
		for (let index = down ? start - 1 : start; index >= 0 && index < length; index += down ? -1 : 1) {
			const entry = this.ordered[index] as T;
			if (entry.deleted || !matches(entry)) continue;
			// One match beyond the page proves that there is a next page.
			if (items.length === limit) return { items, next: down ? index + 1 : index };
			items.push(entry);
		}
		return { items, next: null };
	}
}

/**
 * One page of records as a list operation answers it.
 * @param list name of the list, for its cursors.
 */
export function pageOfRecords<T extends Entry>(
	list: string,
	records: Records<T>,
	query: { limit?: unknown; token?: unknown },
	matches: (entry: T) => boolean,
	present: (entry: T) => unknown,
	order?: ListOrder,
): Page {
	const from = decodeCursor(list, query.token);
	const { items, next } = records.page(matches, Number(query.limit), from, order);
	return {
		data: items.map(present),
		has_more: next !== null,
		next_token: next === null ? null : encodeCursor(list, next),
	};
}
