import { settle } from '../../engine/basics/settle';
import { now } from '../../engine/basics/timing';
import type { Page } from '../../engine/request/readPages';

/** Milliseconds for which a page may be shown again: as long as somebody types a name. */
const FRESH = 60_000;

/** Pages that are kept, of all accounts: some thousand voices have thirty. */
const MOST_PAGES = 200;

interface KeptPage {
	at: number;
	/** Also while it is still being read: whoever types slowly has several searches under way. */
	page: Promise<Page>;
}

/** Pages of HeyGen's own lists, which hardly change, by account and request. HeyGen's lists cannot be searched by name. */
const kept = new Map<string, KeptPage>();

/**
 * A page that a search reads again for each letter that somebody types. One that could not be read is not kept.
 *
 * @param name names the account and the request
 * @param read reads it
 * @param mayBeKept whether one of a moment ago will do
 */
export async function keptPage(name: string, read: () => Promise<Page>, mayBeKept = true): Promise<Page> {
	const known = kept.get(name);
	if (mayBeKept && known !== undefined && now() - known.at < FRESH) return await known.page;
	const page = read();
	kept.delete(name);
	kept.set(name, { at: now(), page });
	for (const oldest of kept.keys()) {
		if (kept.size <= MOST_PAGES) break;
		kept.delete(oldest);
	}
	const arrived = await settle(page);
	if (arrived.ok) return arrived.value;
	if (kept.get(name)?.page === page) kept.delete(name);
	throw arrived.error;
}
