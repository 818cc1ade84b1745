import sortBy from 'lodash/sortBy';

import { readNumber } from '../values/plain';
import { trimBlank } from '../values/text';

/** The words of a recording with their times, as HeyGen sends them, and as they are used. */

/** A word and when it is spoken, in seconds from the start. */
export interface SpokenWord {
	readonly word: string;
	readonly start: number;
	readonly end: number;
}

/** Where lists of words are found in the answer to a request for speech. */
const LISTS = ['word_timestamps', 'data'] as const;

/** What is no word but a note of the voice: "<start>", "<end>". */
const MARKER = /^<[^<>]*>$/;

/** What subtitles can tell: hours have two digits. */
const LATEST_SECONDS = 359_999;

/** What would break a line, and what no one sees. */
const UNPRINTED = /[\s\p{Cc}]+/u;

/**
 * The words of a recording. Marks of the voice, empty words and words without times are left out. Words that overlap are
 * parted where the later one starts.
 *
 * @param value whatever HeyGen has sent: a list, or a record with one
 * @returns the words in the order of their times; each ends before the next one starts, or when it starts
 */
export function spokenWords(value: unknown): SpokenWord[] {
	const words = listIn(value).flatMap((entry) => wordIn(entry) ?? []);
	const sorted = sortBy(words, ({ start }) => start);
	return sorted.map(({ word, start, end }, at) => ({ word, start, end: Math.max(start, Math.min(end, sorted[at + 1]?.start ?? end)) }));
}

function listIn(value: unknown): readonly unknown[] {
	let list = value;
	for (let depth = 0; depth < LISTS.length && !Array.isArray(list); depth++) {
		const record = Object(list) as Partial<Record<string, unknown>>;
		list = record[LISTS.find((name) => record[name] !== undefined) ?? ''];
	}
	return Array.isArray(list) ? list : [];
}

function wordIn(entry: unknown): SpokenWord | undefined {
	const { word, start, end } = Object(entry) as Partial<Record<keyof SpokenWord, unknown>>;
	const text = typeof word === 'string' || typeof word === 'number' ? trimBlank(String(word).split(UNPRINTED).join(' ')) : '';
	const [from, to] = [secondsIn(start), secondsIn(end)];
	if (text === '' || MARKER.test(text) || from === undefined || to === undefined) return undefined;
	return { word: text, start: from, end: Math.max(from, to) };
}

function secondsIn(given: unknown): number | undefined {
	const { value } = readNumber(given, { max: LATEST_SECONDS });
	return value === undefined ? undefined : Math.max(0, value);
}

/** Parts of a second that are kept: what a computer adds to a sum such as 0.1 + 0.2 is not. */
const PRECISION = 1_000_000;

/**
 * Words that are spoken later, such as those of a recording that is put behind another one.
 *
 * @param words with their times
 * @param seconds by which they are moved
 */
export function shiftedWords(words: readonly SpokenWord[], seconds: number): SpokenWord[] {
	const moved = (time: number) => Math.round((time + seconds) * PRECISION) / PRECISION;
	return words.map(({ word, start, end }) => ({ word, start: moved(start), end: moved(end) }));
}
