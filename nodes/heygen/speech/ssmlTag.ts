/** One tag of SSML, as XML 1.0 wants it written. */

/** What is wrong with a mark, and where. */
export interface SsmlFault {
	readonly kind: 'fault';
	/** Where it is in the text. */
	readonly at: number;
	/** To continue "has": `a "&"`. */
	readonly what: string;
	/** What to do: "write &amp; instead". */
	readonly advice: string;
}

/** An attribute of a tag. */
export interface SsmlAttribute {
	readonly name: string;
	/** As it is written, with its entities. */
	readonly value: string;
	/** Where the value is in the text. */
	readonly at: number;
}

/** A tag that is written as it should be. */
export interface SsmlTag {
	readonly kind: 'tag';
	/** Where its "<" is in the text. */
	readonly at: number;
	/** Behind its ">". */
	readonly end: number;
	readonly name: string;
	/** `</p>` */
	readonly isEnd: boolean;
	/** `<break/>` */
	readonly isEmpty: boolean;
	readonly attributes: readonly SsmlAttribute[];
}

/** The characters of names are those of XML 1.0. */
const NAME =
	/[:A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}][-.\d:A-Z_a-z\u00B7\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u037D\u037F-\u1FFF\u200C-\u200D\u203F\u2040\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}]*/uy;

const XML_BLANKS = /[ \t\r\n]*/y;

/** What may stand between the quotes of a value. */
const IN_QUOTES: ReadonlyMap<string, RegExp> = new Map([
	['"', /[^<"]*/y],
	["'", /[^<']*/y],
]);

/** A value that has no quotes. */
const UNQUOTED = /[^\s<>"'/]{0,30}/y;

/** What word processors make of quotes. */
const CURLY = '“”„‟«»‘’‚‛″＂';

/**
 * Reads a tag.
 *
 * @param text any text
 * @param at where a "<" is
 */
export function tagAt(text: string, at: number): SsmlTag | SsmlFault {
	const isEnd = text.startsWith('</', at);
	const nameAt = at + (isEnd ? 2 : 1);
	const name = matched(NAME, text, nameAt);
	if (name === '') return isEnd ? nameless(at) : noTag(at);
	const attributes = new Map<string, SsmlAttribute>();
	for (let next = nameAt + name.length; ; ) {
		const here = next + matched(XML_BLANKS, text, next).length;
		const isEmpty = text.startsWith('/>', here);
		if (text.charAt(here) === '>' || (isEmpty && !isEnd)) {
			return { kind: 'tag', at, end: here + (isEmpty ? 2 : 1), name, isEnd, isEmpty, attributes: [...attributes.values()] };
		}
		if (here === text.length || text.charAt(here) === '<') return fault(at, `${isEnd ? '</' : '<'}${name} without its ">"`, NOT_A_TAG);
		if (isEnd) return fault(at, `</${name} with something behind the name`, `write </${name}>`);
		const attribute = attributeAt(text, here, { at, name });
		if ('kind' in attribute) return attribute;
		if (here === next) return fault(at, `<${name}> without a blank before ${attribute.name}`, 'add one');
		if (attributes.has(attribute.name)) return fault(at, `<${name}> with the attribute ${attribute.name} twice`, 'keep one of the two');
		attributes.set(attribute.name, attribute);
		next = attribute.at + attribute.value.length + 1;
	}
}

const NOT_A_TAG = 'add it, or write &lt; if no tag is meant';

function fault(at: number, what: string, advice: string): SsmlFault {
	return { kind: 'fault', at, what, advice };
}

function noTag(at: number): SsmlFault {
	return fault(at, 'a "<" that begins no tag', 'write &lt; instead; the name of a tag follows its "<" without a blank');
}

function nameless(at: number): SsmlFault {
	return fault(at, 'a "</" that ends no tag', 'write the name of the tag behind it, without a blank');
}

/** Reads an attribute of the tag that is at a place. */
function attributeAt(text: string, from: number, tag: { readonly at: number; readonly name: string }): SsmlAttribute | SsmlFault {
	const name = matched(NAME, text, from);
	if (name === '') return fault(tag.at, `<${tag.name} with ${signAt(text, from)} where an attribute, "/>" or ">" should be`, 'remove it');
	const of = `<${tag.name}> with the attribute ${name}`;
	const equals = from + name.length + matched(XML_BLANKS, text, from + name.length).length;
	if (text.charAt(equals) !== '=') return fault(tag.at, `${of} without a value`, `write ${name}="…", or remove it`);
	const opening = equals + 1 + matched(XML_BLANKS, text, equals + 1).length;
	const quote = text.charAt(opening);
	const inQuotes = IN_QUOTES.get(quote);
	if (inQuotes === undefined) return unquoted(text, opening, { at: tag.at, of, name });
	const value = matched(inQuotes, text, opening + 1);
	if (text.charAt(opening + 1 + value.length) === quote) return { name, value, at: opening + 1 };
	const isOpen = value.includes('>') || opening + 1 + value.length === text.length;
	return isOpen ? fault(tag.at, `${of} without its closing quote`, 'add it') : fault(tag.at, `${of} and a "<" in its value`, 'write &lt; instead');
}

/** What is said of a value that does not begin with a quote. */
function unquoted(text: string, at: number, { at: tagAt, of, name }: { readonly at: number; readonly of: string; readonly name: string }): SsmlFault {
	const sign = text.charAt(at);
	if (sign === '\\') return fault(tagAt, `${of} and a backslash before its quote, as a text has within JSON`, 'remove the backslashes');
	if (sign !== '' && CURLY.includes(sign)) return fault(tagAt, `${of} in curly quotes`, 'write straight ones, "');
	const value = matched(UNQUOTED, text, at);
	return value === '' ? fault(tagAt, `${of} without a value`, `write ${name}="…", or remove it`) : fault(tagAt, `${of} without quotes`, `write ${name}="${value}"`);
}

function signAt(text: string, at: number): string {
	return `"${String.fromCodePoint(text.codePointAt(at) ?? 0)}"`;
}

/** What an expression with the flag "y" finds at a place; an empty text when that is nothing. */
function matched(expression: RegExp, text: string, at: number): string {
	expression.lastIndex = at;
	return expression.exec(text)?.[0] ?? '';
}
