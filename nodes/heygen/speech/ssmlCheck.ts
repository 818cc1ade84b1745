import { numeral, shown } from '../values/text';
import type { SsmlFault, SsmlTag } from './ssmlTag';
import { ssmlTokens, type SsmlToken } from './ssmlTokens';

/** Whether a text is SSML that a parser of XML takes. */

/** What is wrong, and where. */
type Fault = Omit<SsmlFault, 'kind'>;

type SoundToken = Exclude<SsmlToken, { kind: 'fault' }>;

/**
 * Checks that SSML is well-formed, in one pass without recursion. A text with `<speak>` has it once, around everything.
 * A text without `<speak>` is looked at in the same way, and goes through when its tags and signs are right, or when it has
 * none: whether HeyGen takes it is up to HeyGen, and so is which tags and attributes there are.
 *
 * @param text as it is to be sent
 * @returns the rest of a sentence that begins with the field's name; undefined when the text is well-formed
 */
export function ssmlProblem(text: string): string | undefined {
	const fault = fenceIn(text) ?? forbiddenIn(text) ?? faultIn(text) ?? escapedIn(text);
	return fault === undefined ? undefined : `has ${fault.what} in ${placeOf(text, fault.at)}: ${fault.advice}`;
}

function faultIn(text: string): Fault | undefined {
	const nesting = new Nesting(text);
	for (const token of ssmlTokens(text)) {
		const fault = token.kind === 'fault' ? token : (faultWithin(token, text) ?? nesting.add(token));
		if (fault !== undefined) return fault;
	}
	return nesting.unclosed();
}

const FENCE = /^\s*```/;

function fenceIn(text: string): Fault | undefined {
	if (!FENCE.test(text)) return undefined;
	return { at: text.indexOf('`'), what: 'a fence of Markdown', advice: 'give the SSML alone, without the fence and without what stands outside of it' };
}

/** What XML 1.0 has no character for, not even by its number. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

function forbiddenIn(text: string): Fault | undefined {
	const found = FORBIDDEN.exec(text);
	return found === null ? undefined : { at: found.index, what: `the character ${codeOf(found[0])}, which XML does not allow,`, advice: 'remove it' };
}

function codeOf(character: string): string {
	return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Tags whose signs were replaced on the way, as programs do that put a text into HTML. */
const ESCAPED = /&lt;\/?(speak|break|prosody)\b/;

/** Looked for in texts that are well-formed: a voice would read such tags aloud. */
function escapedIn(text: string): Fault | undefined {
	const found = text.includes('<') ? null : ESCAPED.exec(text);
	return found === null ? undefined : { at: found.index, what: 'tags whose signs are replaced by &lt; and &gt;', advice: 'give the text with < and >' };
}

/** What is wrong within a part of the text, whatever stands around it. */
function faultWithin(token: SoundToken, text: string): Fault | undefined {
	if (token.kind === 'tag') {
		for (const { value, at } of token.attributes) {
			const fault = entityFault(value, at);
			if (fault !== undefined) return fault;
		}
		return undefined;
	}
	const { kind, at, content } = token;
	if (kind === 'text') return entityFault(content, at) ?? endOfCdata(content, at);
	if (kind === 'comment' && (content.includes('--') || content.endsWith('-'))) {
		return { at, what: 'a comment with "--" in it, or with one more "-" at its end', advice: 'XML allows single ones only' };
	}
	return kind === 'instruction' ? instructionFault(content, at, text) : undefined;
}

const INSTRUCTION = /^[:_\p{L}][-.:\w\p{L}\p{M}]*(?:\s|$)/u;
const XML_DECLARATION = /^xml(?![-.:\w])/i;
const XML_VERSION = /^xml\s+version\s?=/;

function instructionFault(content: string, at: number, text: string): Fault | undefined {
	if (!INSTRUCTION.test(content)) return { at, what: 'a "<?" without a name behind it', advice: 'remove it' };
	if (!XML_DECLARATION.test(content)) return undefined;
	if (at !== markLength(text)) return { at, what: 'an <?xml that is not at the very start of the text', advice: 'move it there, or remove it' };
	return XML_VERSION.test(content) ? undefined : { at, what: 'an <?xml without its version', advice: 'write <?xml version="1.0"?>, or remove it' };
}

function endOfCdata(content: string, at: number): Fault | undefined {
	const found = content.indexOf(']]>');
	return found < 0 ? undefined : { at: at + found, what: 'a "]]>" that ends no CDATA section', advice: 'write ]]&gt; instead' };
}

/** An entity, or the "&" of what is none. */
const ENTITY_SIGN = /&(?:#(\d{1,20});|#x([\da-f]{1,20});|([a-z][a-z\d]{0,31});)?/gi;

/** Those that XML has without a DOCTYPE. */
const XML_ENTITIES: ReadonlySet<string> = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);

function entityFault(content: string, start: number): Fault | undefined {
	for (const { 0: entity, 1: decimal, 2: hex, 3: name, index } of content.matchAll(ENTITY_SIGN)) {
		const at = start + index;
		if (entity === '&') return { at, what: 'a "&"', advice: 'write &amp; instead' };
		if (name !== undefined) {
			if (XML_ENTITIES.has(name)) continue;
			return { at, what: `the entity ${entity}, which XML does not know,`, advice: 'write the character itself' };
		}
		const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
		const isCharacter = code <= 0x10ffff && !FORBIDDEN.test(String.fromCodePoint(code)) && !entity.startsWith('&#X');
		if (!isCharacter) return { at, what: `the entity ${entity}, which stands for no character of XML,`, advice: 'remove it' };
	}
	return undefined;
}

const ROOT = 'speak';

/** Tags that have nothing within themselves, of SSML and of HTML. */
const EMPTY: ReadonlySet<string> = new Set(['break', 'mark', 'br', 'hr', 'img']);

/** Which tags stand within which. */
class Nesting {
	private readonly open: SsmlTag[] = [];

	/** Whether `<speak>` has begun, and whether something else than blanks stands outside of it. */
	private hasRoot = false;

	private outside: Fault | undefined;

	private hasTag = false;

	constructor(private readonly text: string) {}

	/** What is wrong with the next part where it stands. */
	add(token: SoundToken): Fault | undefined {
		if (token.kind === 'tag') return token.isEnd ? this.close(token) : this.begin(token);
		if (token.kind === 'DOCTYPE' && (this.hasTag || this.outside !== undefined)) {
			return { at: token.at, what: 'a <!DOCTYPE behind the start of the text', advice: 'move it above the first tag' };
		}
		if (token.kind === 'text' || token.kind === 'CDATA') this.look(token);
		return this.misplaced();
	}

	/** The innermost tag that nothing closes. */
	unclosed(): Fault | undefined {
		const tag = this.open.at(-1);
		return tag === undefined ? undefined : unclosedFault(tag);
	}

	private begin(tag: SsmlTag): Fault | undefined {
		const { name, at } = tag;
		const outer = this.open.at(-1);
		this.hasTag = true;
		if (name === ROOT) {
			if (outer !== undefined) return { at, what: `<${ROOT}> within <${outer.name}>`, advice: 'it stands around everything, once' };
			if (this.hasRoot) return { at, what: `a second <${ROOT}>`, advice: 'put everything into one' };
			this.hasRoot = true;
		} else if (outer === undefined) this.outside ??= { at, what: `<${name}> outside of <${ROOT}>`, advice: ALL_WITHIN };
		if (!tag.isEmpty) this.open.push(tag);
		return this.misplaced();
	}

	private close({ name, at }: SsmlTag): Fault | undefined {
		const tag = this.open.at(-1);
		if (tag?.name === name) {
			this.open.pop();
			return undefined;
		}
		if (tag !== undefined && this.open.some((outer) => outer.name === name)) return unclosedFault(tag, ` before </${name}>`);
		const alike = tag?.name.toLowerCase() === name.toLowerCase() ? tag : undefined;
		return alike === undefined
			? { at, what: `</${name}> without a <${name}> that it closes`, advice: 'remove it, or add the tag that begins there' }
			: { at, what: `</${name}> for <${alike.name}>`, advice: 'write both in the same letters, small ones for tags of SSML' };
	}

	/** Notes the first thing that must not be outside of `<speak>`. */
	private look({ kind, at, content }: { readonly kind: string; readonly at: number; readonly content: string }): void {
		if (this.open.length > 0 || this.outside !== undefined) return;
		const mark = at === 0 ? markLength(this.text) : 0;
		const found = kind === 'CDATA' ? 0 : content.slice(mark).search(NOT_BLANK);
		if (found < 0) return;
		const place = at + mark + found;
		const character = this.text.charAt(place);
		const what = UNSEEN_SIGN.test(character) ? `the character ${codeOf(character)}` : 'text';
		this.outside = { at: place, what: `${what} outside of <${ROOT}>`, advice: ALL_WITHIN };
	}

	/** What stands outside is wrong as soon as there is a `<speak>`. */
	private misplaced(): Fault | undefined {
		return this.hasRoot ? this.outside : undefined;
	}
}

const ALL_WITHIN = `put it between <${ROOT}> and </${ROOT}>, or remove it`;

/** XML knows no other blanks than these. */
const NOT_BLANK = /[^ \t\r\n]/;

const UNSEEN_SIGN = /[\s\p{Cf}]/u;

/** The mark of a file is no character of its text. */
function markLength(text: string): number {
	return text.startsWith('\uFEFF') ? 1 : 0;
}

function unclosedFault({ name, at }: SsmlTag, before = ''): Fault {
	const isEmpty = EMPTY.has(name.toLowerCase());
	const advice = isEmpty ? 'end it with "/>" instead of ">"' : `add </${name}>${name === ROOT ? '' : ', or write &lt; if no tag is meant'}`;
	return { at, what: `<${name}> that is not closed${before}`, advice };
}

const LINE_END = /\r\n|[\n\r]/;

/** Characters before and behind a place that messages show. */
const SHOWN_BEFORE = 20;
const SHOWN_AFTER = 38;

/** Where something is: `line 2 ("Tom & Jerry")`. */
function placeOf(text: string, at: number): string {
	const above = text.slice(0, at).split(LINE_END);
	const line = numeral(above.length);
	const before = above.at(-1) ?? '';
	const [after = ''] = text.slice(at, at + SHOWN_AFTER + 1).split(LINE_END);
	return `line ${line} (${shown(`${endOf(before)}${startOf(after)}`)})`;
}

/** The last words of a text. */
function endOf(text: string): string {
	if (text.length <= SHOWN_BEFORE) return text.trimStart();
	const end = text.slice(-SHOWN_BEFORE);
	const blank = end.search(/\s/);
	return (blank < 0 ? end.replace(/^[\uDC00-\uDFFF]/, '') : end.slice(blank)).trimStart();
}

/** The first words of a text. */
function startOf(text: string): string {
	if (text.length <= SHOWN_AFTER) return text.trimEnd();
	const start = text.slice(0, SHOWN_AFTER);
	const blank = start.lastIndexOf(' ');
	return (blank > 0 ? start.slice(0, blank) : start.replace(/[\uD800-\uDBFF]$/, '')).trimEnd();
}
