import { tagAt, type SsmlFault, type SsmlTag } from './ssmlTag';

/** A text with marks of SSML, taken apart from its start to its end. No place of the text is looked at twice. */

/** A part of a text: what stands between its marks, or one of the marks. */
export type SsmlToken =
	| SsmlTag
	/** A "<" that begins no mark as it should be written. */
	| (SsmlFault & { readonly end: number })
	| {
			readonly kind: 'text' | 'comment' | 'CDATA' | 'instruction' | 'DOCTYPE';
			readonly at: number;
			readonly end: number;
			/** What stands within the mark. */
			readonly content: string;
	  };

/** Marks that end with a certain text, whatever stands before it. */
const STRETCHES = [
	{ kind: 'comment', open: '<!--', close: '-->', what: 'a comment' },
	{ kind: 'CDATA', open: '<![CDATA[', close: ']]>', what: 'a CDATA section' },
	{ kind: 'instruction', open: '<?', close: '?>', what: 'a "<?"' },
] as const;

const DOCTYPE = '<!DOCTYPE';

/**
 * The parts of a text, in order and without gaps. A mark that is not written as it should be is told as a fault, which is
 * its "<" alone: what follows the sign is looked at as text.
 *
 * @param text any text
 */
export function* ssmlTokens(text: string): Generator<SsmlToken> {
	/** Ends that were looked for and are not there: nobody looks for them again. */
	const missing = new Set<string>();
	const find = (close: string, from: number): number => {
		const at = missing.has(close) ? -1 : text.indexOf(close, from);
		if (at < 0) missing.add(close);
		return at;
	};
	let hasDoctype = false;
	let from = 0;
	for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', from)) {
		if (at > from) yield { kind: 'text', at: from, end: at, content: text.slice(from, at) };
		const isDoctype = text.startsWith(DOCTYPE, at);
		const isMarked = text.startsWith('<!', at) || text.startsWith('<?', at);
		const token = isDoctype ? doctypeAt(text, at, hasDoctype) : ((isMarked ? stretchAt(text, at, find) : undefined) ?? tagAt(text, at));
		hasDoctype ||= isDoctype;
		from = 'end' in token ? token.end : at + 1;
		yield { ...token, end: from };
	}
	if (from < text.length) yield { kind: 'text', at: from, end: text.length, content: text.slice(from) };
}

type Find = (close: string, from: number) => number;

function stretchAt(text: string, at: number, find: Find): SsmlToken | SsmlFault | undefined {
	const stretch = STRETCHES.find(({ open }) => text.startsWith(open, at));
	if (stretch === undefined) return undefined;
	const { kind, open, close, what } = stretch;
	const closing = find(close, at + open.length);
	if (closing < 0) return { kind: 'fault', at, what: `${what} without its "${close}"`, advice: 'add it' };
	return { kind, at, end: closing + close.length, content: text.slice(at + open.length, closing) };
}

const DOCTYPE_SIGN = /["'<>[]/g;

/** Its quotes may hold any sign. Declarations in brackets are refused: they can make a parser expand a text without end. */
function doctypeAt(text: string, at: number, isSecond: boolean): SsmlToken | SsmlFault {
	if (isSecond) return { kind: 'fault', at, what: `a second ${DOCTYPE}`, advice: 'remove it' };
	const start = at + DOCTYPE.length;
	DOCTYPE_SIGN.lastIndex = start;
	for (let sign = DOCTYPE_SIGN.exec(text); sign !== null; sign = DOCTYPE_SIGN.exec(text)) {
		const [found] = sign;
		if (found === '>') return { kind: 'DOCTYPE', at, end: sign.index + 1, content: text.slice(start, sign.index) };
		if (found === '[') return { kind: 'fault', at, what: `a ${DOCTYPE} with declarations of its own`, advice: 'remove them' };
		const closing = found === '<' ? -1 : text.indexOf(found, sign.index + 1);
		if (closing < 0) break;
		DOCTYPE_SIGN.lastIndex = closing + 1;
	}
	return { kind: 'fault', at, what: `a ${DOCTYPE} without its ">"`, advice: 'add it' };
}
