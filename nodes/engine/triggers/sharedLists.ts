import cloneDeep from 'lodash/cloneDeep';

import { keepNewest } from '../basics/keepNewest';
import { settle } from '../basics/settle';
import { now, timing } from '../basics/timing';
import type { ApiReply, ApiRequest } from '../request/apiRequest';
import type { Client } from '../request/client';

/** The beginning of a list that some triggers watch. */
interface SharedPage {
	at: number;
	/** Also while it is still being read. */
	reply: Promise<ApiReply>;
	/** Triggers that have seen it: none of them looks at it twice. */
	readonly seenBy: Set<string>;
}

/** Pages that are kept, of all accounts. */
const MOST_PAGES = 200;

/** By account and request. */
const pages = new Map<string, SharedPage>();

/**
 * A client whose first page of a list may be one that another trigger has read within the minute. What happens after that is
 * found by the next poll. Further pages are read only where something is new.
 *
 * @param client sends requests
 * @param account id of its account
 * @param trigger names the trigger
 * @param isFirst whether it begins to watch: then it counts what the list shows now
 */
export function sharingLists(client: Client, account: string, trigger: string, isFirst: boolean): Client {
	return {
		...client,
		send: async (request) => {
			if (!isFirstPage(request)) return await client.send(request);
			const name = JSON.stringify([account, request.path, request.query]);
			const known = pages.get(name);
			const isUsable = known !== undefined && !isFirst && !known.seenBy.has(trigger) && now() - known.at < timing.pollShared;
			const page = isUsable ? known : read(client, request, name);
			page.seenBy.add(trigger);
			const arrived = await settle(page.reply);
			// Each trigger hands its records on, and n8n lets nodes change them.
			if (arrived.ok) return cloneDeep(arrived.value);
			if (pages.get(name) === page) pages.delete(name);
			// Whoever has asked for it has told what went wrong; this trigger asks for itself.
			if (isUsable) return await client.send(request);
			throw arrived.error;
		},
	};
}

/** A list asks for its first page without a cursor; one record has no page size. */
function isFirstPage({ method, query = {} }: ApiRequest): boolean {
	return method === 'GET' && query.limit !== undefined && query.token === undefined;
}

function read(client: Client, request: ApiRequest, name: string): SharedPage {
	const page = { at: now(), reply: client.send(request), seenBy: new Set<string>() };
	pages.delete(name);
	pages.set(name, page);
	keepNewest(pages, MOST_PAGES);
	return page;
}
