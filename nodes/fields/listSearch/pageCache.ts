import { now } from '../../engine/basics/timing';
import type { Page } from '../../engine/request/readPages';

/** Milliseconds for which a page may be shown again: as long as somebody types a name. */
const FRESH = 60_000;

/** Pages that are kept, of all accounts: some thousand voices have thirty. */
const MOST_PAGES = 200;

interface KeptPage {
	at: number;
	page: Page;
}

/** Pages of HeyGen's own lists, which hardly change, by account and request. HeyGen's lists cannot be searched by name. */
const kept = new Map<string, KeptPage>();

/**
 * A page that a search reads again for each letter that somebody types.
 *
 * @param name names the account and the request
 * @param read reads it
 */
export async function keptPage(name: string, read: () => Promise<Page>): Promise<Page> {
	const known = kept.get(name);
	if (known !== undefined && now() - known.at < FRESH) return known.page;
	const page = await read();
	kept.delete(name);
	kept.set(name, { at: now(), page });
	for (const oldest of kept.keys()) {
		if (kept.size <= MOST_PAGES) break;
		kept.delete(oldest);
	}
	return page;
}
