import { decoded } from '../prices/ssmlValues';
import { trimBlank } from '../values/text';
import type { SsmlTag } from './ssmlTag';
import { ssmlTokens } from './ssmlTokens';

/** What a text with marks of SSML says, and whether a text has them. */

/** Tags of SSML. `<sub>` and `<mark>` are tags of HTML as well: without their attributes they are not SSML's. */
const TAGS: ReadonlyMap<string, { readonly needs?: string }> = new Map([
	['speak', {}],
	['break', {}],
	['prosody', {}],
	['emphasis', {}],
	['say-as', {}],
	['phoneme', {}],
	['voice', {}],
	['lang', {}],
	['audio', {}],
	['p', {}],
	['s', {}],
	['sub', { needs: 'alias' }],
	['mark', { needs: 'name' }],
]);

/** What the tags begin with that makers of voices have added. */
const PREFIXES: ReadonlySet<string> = new Set(['amazon', 'google', 'mstts', 'ssml']);

/** Tags that nobody writes by chance, so that they tell SSML even where they are not written as they should be. */
const UNMISTAKABLE: ReadonlySet<string> = new Set(['speak', 'break', 'prosody', 'emphasis', 'say-as', 'phoneme']);

/** What looks like a tag: its name, and an attribute or its end. */
const LIKE_TAG = /<\/?([a-z][-\w]*)(?=\s+[-:\w]+\s?=|\s?\/?>)/iy;

/**
 * Whether a text is meant as SSML: one of its tags is a tag of SSML, in any case of letters, or looks like a `<break>` or
 * another one that no other language has. "a < b", "<3", "<Name>" and the tags of HTML (`<b>`, `<br>`, `<sub>` without an
 * alias) are plain text. `<p>` and `<s>`, which both languages have, are taken for SSML, which gives them a meaning. A fence
 * of Markdown around SSML does not hide it: `ssmlProblem` says that the fence must go.
 *
 * @param text as it is to be sent
 */
export function hasSsml(text: string): boolean {
	for (const token of ssmlTokens(text)) {
		if (token.kind === 'tag' ? isSsml(token) : token.kind === 'fault' && isLikeSsml(text, token.at)) return true;
	}
	return false;
}

function isSsml({ name, isEnd, attributes }: SsmlTag): boolean {
	const [prefix = '', rest] = name.toLowerCase().split(':');
	if (rest !== undefined) return PREFIXES.has(prefix);
	const tag = TAGS.get(prefix);
	return tag !== undefined && (tag.needs === undefined || (!isEnd && attributes.some((attribute) => attribute.name === tag.needs)));
}

function isLikeSsml(text: string, at: number): boolean {
	LIKE_TAG.lastIndex = at;
	return UNMISTAKABLE.has(LIKE_TAG.exec(text)?.[1]?.toLowerCase() ?? '');
}

/**
 * How many `<break>` a text has that are written as they should be; those in comments and CDATA do not count.
 *
 * @param text with or without marks
 */
export function breaksIn(text: string): number {
	let count = 0;
	for (const token of ssmlTokens(text)) if (token.kind === 'tag' && !token.isEnd && token.name.toLowerCase() === 'break') count++;
	return count;
}

/** Tags that part the words beside them. All others may stand within a word. */
const PARTING: ReadonlySet<string> = new Set(['speak', 'break', 's', 'voice', 'audio', 'br']);

const PARAGRAPH = '\n\n';

/**
 * What a voice says of SSML: the text without its tags and comments, with the characters that its entities stand for, and
 * with the alias of a `<sub>` instead of its words. What is no tag stays as it is. Paragraphs have a blank line between them,
 * and all other blanks are single ones, as XML takes them.
 *
 * @param text SSML, well-formed or not; of other texts, "<Name>" would be lost
 */
export function spokenText(text: string): string {
	const parts: string[] = [];
	/** What follows a `<sub>` with an alias, until it is closed. */
	let unsaid: string[] | undefined;
	for (const token of ssmlTokens(text)) {
		const { kind } = token;
		if (kind === 'text' || kind === 'CDATA') (unsaid ?? parts).push(kind === 'text' ? decoded(token.content) : token.content);
		else if (kind === 'fault') (unsaid ?? parts).push('<');
		else if (kind === 'tag') {
			const name = token.name.toLowerCase();
			const alias = token.isEnd || token.isEmpty ? undefined : token.attributes.find((attribute) => attribute.name === 'alias');
			if (name === 'sub' && token.isEnd) unsaid = undefined;
			else if (name === 'sub' && alias !== undefined && unsaid === undefined) {
				parts.push(decoded(alias.value));
				unsaid = [];
			} else if (name === 'p') (unsaid ?? parts).push(PARAGRAPH);
			else if (PARTING.has(name)) (unsaid ?? parts).push(' ');
		}
	}
	// The words of a `<sub>` that is never closed are said as well.
	return tidy([...parts, ...(unsaid ?? [])].join(''));
}

const LINE_END = /\r\n|[\n\r]/;

const BLANKS = /[ \t]+/;

function tidy(text: string): string {
	const paragraphs: string[][] = [[]];
	for (const line of text.split(LINE_END)) {
		const words = line.split(BLANKS).filter((word) => word !== '');
		if (words.length > 0) paragraphs.at(-1)?.push(words.join(' '));
		else if (paragraphs.at(-1)?.length !== 0) paragraphs.push([]);
	}
	return trimBlank(paragraphs.map((lines) => lines.join(' ')).join(PARAGRAPH));
}
