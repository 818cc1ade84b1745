/** Opaque page tokens. */
import { invalidParameter } from './errors';

/** The token of the endless-cursor fault; it reads as the first page, so that following it never fails. */
export const ENDLESS_TOKEN = 'c2FuZGJveC1lbmRsZXNz';

/** @param list name of the list, so that a token of one list is refused by another. */
export function encodeCursor(list: string, position: number): string {
	return Buffer.from(`${list}:${position}`).toString('base64url');
}

/**
 * @returns the position in the token, or undefined when there is no token.
 * @throws ApiError 400 when the token is not one of this list.
 */
export function decodeCursor(list: string, token: unknown): number | undefined {
	if (token === undefined || token === ENDLESS_TOKEN) return undefined;
	const [name, position] = Buffer.from(String(token), 'base64url').toString().split(':');
	if (name !== list || !/^\d+$/.test(position ?? '')) {
		throw invalidParameter([{ param: 'token', message: 'token is not a token of this list' }]);
	}
	return Number(position);
}

/** One page as every list but those of batches answers it. */
export interface Page {
	data: unknown[];
	has_more: boolean;
	next_token: string | null;
}

/** Cuts one page out of a complete list. */
export function pageOf<T>(
	list: string,
	items: readonly T[],
	query: { limit?: unknown; token?: unknown },
	present: (item: T) => unknown,
): Page {
	const start = decodeCursor(list, query.token) ?? 0;
	const end = start + Number(query.limit);
	const hasMore = end < items.length;
	return {
		data: items.slice(start, end).map(present),
		has_more: hasMore,
		next_token: hasMore ? encodeCursor(list, end) : null,
	};
}
