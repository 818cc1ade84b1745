import { trimEndOf } from '../values/text';

/** What stands between two blanks of a script: words, numbers, addresses, abbreviations. */

const BLANKS = /\s+/;

const FIRST_GROUP = /^[€$£¥+-]?[1-9]\d{0,2}$/;
const NEXT_GROUP = /^\d{3}(?=\D?$)/;
const ANY_DIGIT = /\d/;

/** "125 000" is one number, "030 123 456" is none. */
function withThousands(pieces: readonly string[]): string[] {
	const joined: string[] = [];
	let isOpen = false;
	let before = '';
	for (const piece of pieces) {
		const isNext: boolean = isOpen && NEXT_GROUP.test(piece);
		joined.push(isNext ? `${joined.pop() ?? ''},${piece}` : piece);
		isOpen = isNext ? piece.length === 3 : FIRST_GROUP.test(piece) && !ANY_DIGIT.test(before);
		before = piece;
	}
	return joined;
}

/**
 * What stands between blanks; a number with blanks between its thousands is one piece.
 *
 * @param text plain digits
 */
export function piecesOf(text: string): string[] {
	return withThousands(text.split(BLANKS).filter((piece) => piece !== ''));
}

const CURRENCY = /[€$£¥₹₩₽₺₴₫฿]/;
const CURRENCY_ONLY = /^[€$£¥₹₩₽₺₴₫฿][.,;:!?)]?$/;

/**
 * Whether a piece is an amount of money: the sign of the currency is within it, or is the next piece ("1.250,50 €").
 *
 * @param piece with a number or without
 * @param next the piece after it
 */
export function isMoney(piece: string, next = ''): boolean {
	return CURRENCY.test(piece) || CURRENCY_ONLY.test(next);
}

/** What stands before a word and is not part of it. */
const OPENING = /^["'«»„“‚‘(<>*_-]+/;

/**
 * A piece without what stands before it, such as quotes and brackets.
 *
 * @param piece any
 */
export function bare(piece: string): string {
	return piece.replace(OPENING, '');
}

/** What ends the names of hosts that people write without "www". */
const TOP_LEVEL: ReadonlySet<string> = new Set(
	'com org net io ai app dev eu de fr es it nl uk us jp cn info edu gov co at ch pl br mx in kr tv me'.split(' '),
);

const HOST = /^[\p{L}\p{M}\d.-]+$/u;

const ADDRESS_TOKENS = /\p{L}+|\d+|[./@:_~?=&#%+-]/gu;

const PROTOCOL = /^https?:\/\//i;

/** What stands after a word and is not part of it. */
const CLOSING = '.,;:!?)"\'»”>*_';

/**
 * Whether a piece is an address of the web or of mail.
 *
 * @param piece without what stands before it
 */
export function isAddress(piece: string): boolean {
	if (PROTOCOL.test(piece)) return true;
	const [beforeSlash = ''] = trimEndOf(piece, CLOSING).split('/', 1);
	const host = beforeSlash.slice(beforeSlash.indexOf('@') + 1).toLowerCase();
	const at = host.lastIndexOf('.');
	return at > 0 && HOST.test(host) && (beforeSlash.includes('@') || host.startsWith('www.') || TOP_LEVEL.has(host.slice(at + 1)));
}

/**
 * The parts of an address that are spoken: words, numbers and single signs. Voices leave "https://" out.
 *
 * @param address as it is written
 */
export function addressParts(address: string): string[] {
	return trimEndOf(address, CLOSING).replace(PROTOCOL, '').match(ADDRESS_TOKENS) ?? [];
}

/** Abbreviations that are read in full, with the words that they are. */
const ABBREVIATIONS: ReadonlyMap<string, number> = new Map([
	['z.b.', 2],
	['d.h.', 2],
	['u.a.', 2],
	['e.g.', 2],
	['i.e.', 2],
	['etc.', 1.5],
	['bzw.', 2],
	['usw.', 3],
	['ca.', 1],
	['vs.', 1],
	['dr.', 1],
	['mr.', 1],
	['mrs.', 1],
	['nr.', 1],
	['no.', 1],
	['p.m.', 1.4],
	['a.m.', 1.4],
]);

/**
 * Words of an abbreviation that is read in full; undefined for any other piece.
 *
 * @param piece without what stands before it
 */
export function abbreviatedWords(piece: string): number | undefined {
	return ABBREVIATIONS.get(piece.toLowerCase());
}
