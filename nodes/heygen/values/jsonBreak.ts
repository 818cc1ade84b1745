import { numeral, shown } from './text';

/** What may come next in a text of JSON. */
type Expected = 'value' | 'value or end of list' | 'name' | 'name or end of record' | 'colon' | 'comma or end' | 'nothing';

/** Characters that end a number or a word, and those that are a token by themselves. */
const SIGNS = '{}[]:,"';
const BLANKS = ' \t\r\n';

/**
 * Says where a text stops being JSON. Messages of `JSON.parse` name no place for most mistakes, and differ from one
 * Node.js to the next.
 *
 * @param text what `JSON.parse` refuses
 * @returns a part of a sentence: `it breaks in line 2, column 5, at "'name': 1"`
 */
export function jsonBreak(text: string): string {
	const open: string[] = [];
	let expected: Expected | undefined = 'value';
	let at = 0;
	for (;;) {
		while (at < text.length && BLANKS.includes(text.charAt(at))) at++;
		if (at >= text.length) return open.length === 0 ? 'nothing is in it' : 'it ends too early: a closing bracket is missing';
		const token = tokenAt(text, at);
		expected = expectedAfter(token, expected, open);
		if (expected === undefined) return `it breaks in ${placeIn(text, at)}, at ${shown(text.slice(at))}`;
		at += token.length;
	}
}

/**
 * The sign, the text in quotes, or the number or word that begins at a place.
 *
 * @param text of JSON
 * @param from where something begins that is no blank
 */
export function tokenAt(text: string, from: number): string {
	const first = text.charAt(from);
	let to = from + 1;
	if (first === '"') {
		while (to < text.length && text.charAt(to) !== '"') to += text.charAt(to) === '\\' ? 2 : 1;
		return text.slice(from, to + 1);
	}
	if (SIGNS.includes(first)) return first;
	while (to < text.length && !SIGNS.includes(text.charAt(to)) && !BLANKS.includes(text.charAt(to))) to++;
	return text.slice(from, to);
}

/**
 * What may follow a token.
 *
 * @param token the token
 * @param expected what may be there
 * @param open the brackets that are open, which a bracket changes
 * @returns undefined when the token may not be there
 */
function expectedAfter(token: string, expected: Expected, open: string[]): Expected | undefined {
	const afterValue = (): Expected => (open.length === 0 ? 'nothing' : 'comma or end');
	const inRecord = open[open.length - 1] === '{';
	const mayEnd = expected === 'comma or end' || expected === (inRecord ? 'name or end of record' : 'value or end of list');
	if (token === '}' || token === ']') {
		if (!mayEnd || open.length === 0 || inRecord !== (token === '}')) return undefined;
		open.pop();
		return afterValue();
	}
	if (token === ',') return expected === 'comma or end' ? (inRecord ? 'name' : 'value') : undefined;
	if (token === ':') return expected === 'colon' ? 'value' : undefined;
	if (expected === 'name' || expected === 'name or end of record') return token.startsWith('"') && isScalar(token) ? 'colon' : undefined;
	if (expected !== 'value' && expected !== 'value or end of list') return undefined;
	if (token !== '{' && token !== '[') return isScalar(token) ? afterValue() : undefined;
	open.push(token);
	return token === '{' ? 'name or end of record' : 'value or end of list';
}

function isScalar(token: string): boolean {
	try {
		JSON.parse(token);
		return true;
	} catch {
		return false;
	}
}

function placeIn(text: string, at: number): string {
	const lines = text.slice(0, at).split('\n');
	return `line ${numeral(lines.length)}, column ${numeral((lines[lines.length - 1] as string).length + 1)}`;
}
