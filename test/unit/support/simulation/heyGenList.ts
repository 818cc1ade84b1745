/** A list of HeyGen's that grows while it is polled, read in pages. */
import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../../nodes/engine/request/client';
import type { ApiReply, ApiRequest } from '../../../../nodes/engine/request/apiRequest';
import { clock } from './clock';

/** How a list is sorted. */
export interface ListOrder {
	first: 'newest' | 'oldest';
	/** By the time that records say they are of, or by when they came to be listed. */
	by: 'time' | 'arrival';
}

/** One record of a list. */
export interface Listed {
	/** Its own time, Unix milliseconds, also when it does not say so. */
	time: number;
	/** What the list shows; undefined once it has been deleted. */
	show: () => IDataObject | undefined;
}

/** Answers requests for one list; its cursor is an offset, so that pages shift when records come in. */
export class HeyGenList {
	/** In the order of their arrival. */
	readonly records: Listed[] = [];
	/** Requests for pages. */
	readonly pages: ApiRequest[] = [];

	/**
	 * @param path of the list
	 * @param order how it is sorted
	 * @param afterPage what happens after each page has been read
	 */
	constructor(
		private readonly path: string,
		private readonly order: ListOrder,
		private readonly afterPage: () => void = () => undefined,
	) {}

	/** A client that gets this list, and for other paths what `others` says. */
	client(others: (request: ApiRequest) => unknown = unknownPath): Client {
		return {
			send: async (request) => {
				const isPage = request.method === 'GET' && request.path === this.path;
				const body = isPage ? this.page(request) : { data: others(request) };
				return { statusCode: 200, body, repeated: false, answeredAt: clock.time };
			},
		} as Client;
	}

	private page(request: ApiRequest): ApiReply['body'] {
		const { limit, token } = request.query ?? {};
		const shown = this.sorted().flatMap(({ show }) => show() ?? []);
		const end = Number(token ?? 0) + Number(limit);
		const data = shown.slice(end - Number(limit), end);
		this.pages.push(request);
		this.afterPage();
		return { data, has_more: end < shown.length, next_token: end < shown.length ? String(end) : null };
	}

	private sorted(): Listed[] {
		const list = [...this.records];
		// Of the same time, the order of arrival stays.
		if (this.order.by === 'time') list.sort((a, b) => a.time - b.time);
		return this.order.first === 'newest' ? list.reverse() : list;
	}
}

function unknownPath({ method, path }: ApiRequest): never {
	throw new Error(`Nothing answers ${method} ${path}`);
}

/** What n8n makes of static data between two polls. */
export function stored<T>(mark: T): T {
	return JSON.parse(JSON.stringify(mark)) as T;
}
