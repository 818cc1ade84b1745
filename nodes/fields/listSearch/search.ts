import mapValues from 'lodash/mapValues';
import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { settle } from '../../engine/basics/settle';
import { now, pause, timing } from '../../engine/basics/timing';
import { nodeClient, PATIENCE } from '../../engine/request/nodeClient';
import { type Page, readPage } from '../../engine/request/readPages';
import { clientWith } from '../../engine/request/send';
import { idIn } from '../../heygen/records';
import { readId } from '../../heygen/values/ids';
import { isNothing } from '../../heygen/values/reading';
import { trimBlank } from '../../heygen/values/text';
import { keptPage } from './pageCache';
import { toldInEditor } from './told';

/** A list that a picker shows. */
export interface PickerList {
	path: string;
	/** The endpoint's largest page. */
	max: number;
	/** What is listed, plural, for messages. */
	of: string;
	query: IDataObject;
	/** Where a record's id stands; `id` is looked for after it. */
	idField: string;
	/** What the list says of a record, and an address behind it (a preview). */
	entry: (record: IDataObject) => { name: string; url?: string };
	/** Whether it is HeyGen's own, which hardly changes. */
	isHeyGens?: boolean;
}

/** A list without a filter reads on until it has a screenful, or has read this many pages; the user scrolls for more. */
const SCREENFUL = 20;
const PAGES_AT_A_TIME = 10;

/** A search reads all: n8n's editor does not scroll on by itself where nothing is found yet. After this time it shows what it has. */
const SEARCH_PAGES = 200;
const SEARCH_TIME = 15_000;

/** Pages of a list that are read ahead at most. */
const AHEAD = 40;

/** What the user has asked a picker for. */
interface PickerAsked {
	/** What the user typed. */
	filter: string | undefined;
	/** From the page before. */
	paginationToken: unknown;
	/** Reads what stands before all others, as far as what was typed fits it. */
	first?: (client: PickerClient) => Promise<Entry[]>;
}

type Entry = INodeListSearchResult['results'][number];

/** How far a picker reads on. */
interface Reach {
	/** Pages of all lists together. */
	pages: number;
	isEnough: (entries: number) => boolean;
	isSearch: boolean;
	/** Whether pages may be those of a moment ago: a list that is opened shows what there is now. */
	mayBeKept: boolean;
	fits: (entry: Entry) => boolean;
}

/** Entries of one list, and where to read on in it. */
interface Stretch {
	entries: Entry[];
	/** How many pages were read. */
	pages: number;
	/** Where the next page is; undefined at the end of the list. */
	next?: Place;
}

/**
 * The page that was asked for. HeyGen's lists cannot be searched by name, so names are compared here, page by page. A search reads
 * all lists at a time, as they need each other's ends for nothing.
 *
 * @param client sends the requests
 * @param lists what to list, one after the other
 * @param asked what the user has asked for
 * @throws EngineError when one of the lists cannot be read
 */
async function searched(client: PickerClient, lists: readonly PickerList[], asked: PickerAsked): Promise<INodeListSearchResult> {
	const { paginationToken } = asked;
	const first = asked.first?.(client);
	const reach = reachOf(asked);
	const from = placeIn(paginationToken);
	const places = lists.map((_list, index): Place => (index === from.index ? from : { index })).slice(from.index);
	const stretches = reach.isSearch ? await together(client, lists, places, reach) : await inOrder(client, lists, places, reach);
	if (!reach.isSearch && paginationToken === undefined) void readAhead(client, lists, places, stretches);
	const before = (await first) ?? [];
	const shown = new Set(before.map(({ value }) => value));
	// The editor knows entries by their values.
	const entries = stretches.flatMap((stretch) => stretch.entries).filter(({ value }) => !shown.has(value) && shown.add(value));
	const next = stretches.find((stretch) => stretch.next !== undefined)?.next;
	return {
		results: [...(paginationToken === undefined ? before.filter(reach.fits) : []), ...entries],
		...(next === undefined ? {} : { paginationToken: `${next.index}:${next.token ?? ''}` }),
	};
}

function reachOf({ filter, paginationToken }: PickerAsked): Reach {
	const words = (filter ?? '').toLowerCase().split(/\s+/).filter(Boolean);
	const fits = ({ name, value }: Entry) => {
		const haystack = `${name} ${String(value)}`.toLowerCase();
		return words.every((word) => haystack.includes(word));
	};
	if (words.length === 0) {
		const mayBeKept = paginationToken !== undefined;
		return { pages: PAGES_AT_A_TIME, isEnough: (entries) => entries >= SCREENFUL, isSearch: false, mayBeKept, fits };
	}
	const until = now() + SEARCH_TIME;
	return { pages: SEARCH_PAGES, isEnough: () => now() > until, isSearch: true, mayBeKept: true, fits };
}

/** All lists at a time; what comes behind a list that was not read to its end waits for the user to scroll on. */
async function together(client: PickerClient, lists: readonly PickerList[], places: readonly Place[], reach: Reach): Promise<Stretch[]> {
	const read = await Promise.all(places.map(async (place) => await stretchOf(client, lists, place, reach)));
	const broken = read.findIndex(({ next }) => next !== undefined);
	return broken === -1 ? read : read.slice(0, broken + 1);
}

/** One list after the other, until there is a screenful. */
async function inOrder(client: PickerClient, lists: readonly PickerList[], places: readonly Place[], reach: Reach): Promise<Stretch[]> {
	const read: Stretch[] = [];
	let [entries, pages] = [0, 0];
	for (const place of places) {
		if (reach.isEnough(entries) || pages >= reach.pages) return [...read, { entries: [], pages: 0, next: place }];
		const known = entries;
		const stretch = await stretchOf(client, lists, place, { ...reach, pages: reach.pages - pages, isEnough: (own) => reach.isEnough(known + own) });
		read.push(stretch);
		entries += stretch.entries.length;
		pages += stretch.pages;
		if (stretch.next !== undefined) return read;
	}
	return read;
}

async function stretchOf(client: PickerClient, lists: readonly PickerList[], from: Place, reach: Reach): Promise<Stretch> {
	const list = lists[from.index] as PickerList;
	const stretch: Stretch = { entries: [], pages: 0 };
	let { token } = from;
	while (stretch.pages < reach.pages && !(stretch.pages > 0 && reach.isEnough(stretch.entries.length))) {
		const { records, next } = await pageOf(client, list, token, reach.mayBeKept);
		stretch.pages++;
		for (const record of records) {
			const value = idIn(record, [list.idField]);
			// What cannot be named in a request cannot be picked.
			if (value === undefined) continue;
			const entry = { ...list.entry({ ...record, name: isNothing(record.name) ? value : record.name }), value };
			if (reach.fits(entry)) stretch.entries.push(entry);
		}
		if (next === undefined || next === token) return stretch;
		token = next;
	}
	return { ...stretch, next: { index: from.index, ...(token === undefined ? {} : { token }) } };
}

/**
 * One page of a picker.
 *
 * @param context the picker's context
 * @param lists what to list, one after the other
 * @param filter what the user typed
 * @param paginationToken from the page before
 * @param first reads entries that stand before all others; what it cannot read it leaves out
 * @throws n8n's error when one of the lists cannot be read
 */
export async function searchLists(
	context: ILoadOptionsFunctions,
	lists: readonly PickerList[],
	filter: string | undefined,
	paginationToken: unknown,
	first?: PickerAsked['first'],
): Promise<INodeListSearchResult> {
	const reading = async () => await searched(await pickerClient(context), lists, { filter, paginationToken, first });
	return await toldInEditor(context, reading());
}

/** Whatever sends the requests of a picker. */
export type PickerClient = Awaited<ReturnType<typeof pickerClient>>;

/** The client of a picker: somebody sits before the editor. */
export async function pickerClient(context: ILoadOptionsFunctions) {
	return await nodeClient(context, { queueTimeout: PATIENCE.editor, urgent: true });
}

/**
 * Reads HeyGen's own lists to their ends while somebody who has opened them looks at the beginning: a name that is typed then
 * need not wait for thirty pages, of which each names the next. What the editor asks for goes before.
 */
async function readAhead(client: PickerClient, lists: readonly PickerList[], places: readonly Place[], read: readonly Stretch[]): Promise<void> {
	if (timing.readAhead === Infinity) return;
	await pause(timing.readAhead);
	const patient: PickerClient = { ...clientWith({ ...client, urgent: false }), account: client.account };
	for (const [at, place] of places.entries()) {
		const list = lists[place.index] as PickerList;
		const from = read[at] === undefined ? place : read[at].next;
		if (list.isHeyGens === true && from !== undefined) await readToEnd(patient, list, from);
	}
}

async function readToEnd(client: PickerClient, list: PickerList, { token: from }: Place): Promise<void> {
	let token = from;
	for (let pages = 0; pages < AHEAD; pages++) {
		const read = await settle(pageOf(client, list, token, true));
		// Whoever searches is told what is wrong.
		if (!read.ok || read.value.next === undefined || read.value.next === token) return;
		token = read.value.next;
	}
}

async function pageOf(client: PickerClient, list: PickerList, token: string | undefined, mayBeKept: boolean): Promise<Page> {
	const doing = `list the ${list.of}`;
	const query = { ...list.query, limit: list.max, ...(token === undefined ? {} : { token }) };
	const read = async () => {
		const { body } = await client.send({ method: 'GET', path: list.path, query, doing });
		return readPage(body, list, doing);
	};
	if (list.isHeyGens !== true) return await read();
	return await keptPage(JSON.stringify([client.account.id, list.path, query]), read, mayBeKept);
}

/** Where to read on: the list, and HeyGen's cursor in it; at its beginning there is none. */
interface Place {
	index: number;
	token?: string;
}

/** The place that a pagination token names: "1:abc" is the second list, after its cursor "abc". */
function placeIn(paginationToken: unknown): Place {
	const [, index, token] = /^(\d+):(.*)$/s.exec(String(paginationToken ?? '')) ?? [];
	return { index: Number(index ?? 0), ...(token ? { token } : {}) };
}

/**
 * Reads the filters of a picker from the node as it is in the editor.
 *
 * @param context the picker's context
 * @param former the collection that held them before List Filters, which counts where List Filters hold nothing
 * @param names what each filter is called in List Filters, and what it was called before
 */
export function chosenFilters<Name extends string>(
	context: ILoadOptionsFunctions,
	former: string,
	names: Record<Name, string>,
): Partial<Record<Name, unknown>> {
	const [now, before] = ['listFilters', former].map((name) => collectionOf(context, name)) as [IDataObject, IDataObject];
	return mapValues(names, (formerName, name) => now[name] ?? before[formerName]);
}

function collectionOf(context: ILoadOptionsFunctions, name: string): IDataObject {
	const value = context.getCurrentNodeParameter(name);
	return typeof value === 'object' && value !== null ? (value as IDataObject) : {};
}

/**
 * The plain value of a filter; a resource locator's is inside it. An expression cannot be evaluated in the editor and
 * counts as no filter.
 *
 * @param value as stored in the node
 */
export function filterValue(value: unknown): string | undefined {
	const plain =
		typeof value === 'object' && value !== null ? (value as { value?: unknown }).value : value;
	const text = typeof plain === 'string' ? trimBlank(plain) : '';
	return text !== '' && !text.startsWith('=') ? text : undefined;
}

/**
 * The id of a record that a filter names. What is none narrows nothing.
 *
 * @param value as stored in the node
 * @param idField the id's name in the API
 */
export function filterId(value: unknown, idField: string): string | undefined {
	return readId(filterValue(value), [idField]).value;
}

/**
 * "Anna (photo avatar, 9:16)".
 *
 * @param name the record's name
 * @param facts what tells records of the same name apart; empty ones are left out
 */
export function labelled(name: unknown, facts: unknown[]): string {
	const known = facts.filter((fact) => typeof fact === 'string' && fact !== '').join(', ');
	return known === '' ? String(name) : `${String(name)} (${known})`;
}
