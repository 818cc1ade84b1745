import { attributesOf, breakOf, clampedRate, decoded, milliseconds, rateOf } from './ssmlValues';

/** What of a script is spoken, and what is a mark: SSML, pauses of other notations, comments, entities. */

/** A part of a script: words at a rate, or a pause. */
export type ScriptPart =
	| { readonly text: string; readonly rate: number; readonly isSpelled: boolean }
	/** Milliseconds. */
	| { readonly pause: number };

/** Milliseconds of pauses that are asked for by a word only, in square brackets. */
const WORDED_PAUSES: ReadonlyMap<string, number> = new Map([
	['pause', 1_000],
	['break', 1_000],
	['short pause', 500],
	['long pause', 2_000],
]);

/** Where a tag ends, unless another one begins before. */
const TAG_END = /[<>]/g;

/** What follows the "<" of a mark. */
const AFTER_OPENING = /[a-z/!?#]/i;

/** What a tag begins with. */
const TAG_START = /<(\/?)([a-z][\w:.-]*)/iy;

/** "<#0.5#>", as MiniMax writes half a second. */
const HASH_PAUSE = /<#(\d{1,5}(?:\.\d{1,6})?)#>/y;

/** "[pause 2s]", "[laughs]": a short note in small letters. "[Name]" and "[1]" are spoken. */
const NOTE = /\[([a-z][a-z0-9 .:='-]{0,40})\]/y;

/** What begins a stretch that is no text, and what ends it. */
const STRETCHES: ReadonlyArray<readonly [open: string, close: string, isSpoken: boolean]> = [
	['<!--', '-->', false],
	['<![CDATA[', ']]>', true],
	['<?', '?>', false],
	['<!DOCTYPE', '>', false],
];

/**
 * Takes a script apart.
 *
 * @param script with or without marks
 */
export function partsOf(script: string): ScriptPart[] {
	return new Parts(script).all();
}

interface Tag {
	readonly name: string;
	readonly isEnd: boolean;
	readonly isEmpty: boolean;
	readonly attributes: ReadonlyMap<string, string>;
}

/** Values of `interpret-as` with which each character is spoken by itself. */
const SPELLED: ReadonlySet<string> = new Set(['characters', 'spell-out', 'verbatim', 'digits', 'telephone']);

class Parts {
	private readonly parts: ScriptPart[] = [];

	private readonly open: Array<{ readonly name: string; readonly rate: number; readonly isSpelled: boolean }> = [];

	/** Ends that were looked for and are not there: nobody looks for them again. */
	private readonly missing = new Set<string>();

	/** Within a `<sub>`, whose alias is spoken instead of its text. */
	private isSilent = false;

	constructor(private readonly script: string) {}

	all(): ScriptPart[] {
		const { script } = this;
		let from = 0;
		for (let at = nextMark(script, 0); at < script.length; at = nextMark(script, at)) {
			const end = this.markAt(at, () => this.say(decoded(script.slice(from, at))));
			if (end === at) at++;
			else from = at = end;
		}
		this.say(decoded(script.slice(from)));
		return this.parts;
	}

	/** Where the mark ends that begins here; here, when none does. What stands before it is said first. */
	private markAt(at: number, before: () => void): number {
		const { script } = this;
		if (script[at] === '[') return this.note(at, before);
		if (!AFTER_OPENING.test(script.charAt(at + 1))) return at;
		for (const [open, close, isSpoken] of STRETCHES) {
			const end = script.startsWith(open, at) ? this.find(close, at + open.length) : -1;
			if (end < 0) continue;
			before();
			if (isSpoken) this.say(script.slice(at + open.length, end));
			return end + close.length;
		}
		const pause = matchAt(HASH_PAUSE, script, at);
		if (pause) {
			before();
			this.parts.push({ pause: Number(pause[1]) * 1_000 });
			return at + pause[0].length;
		}
		return this.tagAt(at, before);
	}

	/** "a <b and c> d" holds no tag: what follows a tag's name are attributes with values in quotes. */
	private tagAt(at: number, before: () => void): number {
		const { script } = this;
		const [start = '', slash, name = ''] = matchAt(TAG_START, script, at) ?? [];
		if (start === '') return at;
		const end = matchAt(TAG_END, script, at + start.length);
		const inside = end?.[0] === '>' ? script.slice(at + start.length, end.index) : undefined;
		const attributes = inside === undefined ? undefined : attributesOf(inside);
		if (inside === undefined || !attributes) return at;
		before();
		const next = at + start.length + inside.length + 1;
		this.tag({ name: name.toLowerCase(), isEnd: slash === '/', isEmpty: inside.endsWith('/'), attributes }, next);
		return next;
	}

	private find(text: string, from: number): number {
		const at = this.missing.has(text) ? -1 : this.script.indexOf(text, from);
		if (at < 0) this.missing.add(text);
		return at;
	}

	private note(at: number, before: () => void): number {
		const note = matchAt(NOTE, this.script, at);
		if (!note) return at;
		before();
		const [name = '', ...rest] = (note[1] ?? '').split(/[ :=]+/);
		const isTimed = name === 'pause' || name === 'break' || name === 'wait' || name === 'silence';
		const pause = isTimed && rest.length > 0 ? milliseconds(rest.join('')) : WORDED_PAUSES.get(note[1] ?? '');
		this.parts.push({ pause: pause ?? 0 });
		return at + note[0].length;
	}

	private tag({ name, isEnd, isEmpty, attributes }: Tag, next: number): void {
		// A tag parts the words beside it, and those for sentences and paragraphs part them as the ends of lines do.
		this.say(isEnd && name === 'p' ? '\n\n' : isEnd && name === 's' ? '\n' : ' ');
		if (isEnd) this.close(name);
		else if (name === 'break') this.parts.push({ pause: breakOf(attributes) });
		else if (isEmpty) return;
		else if (name === 'sub') this.replace(attributes.get('alias'), next);
		else if (name === 'prosody' || name === 'say-as') this.begin(name, attributes);
	}

	/** Says an alias instead of what follows. A `<sub>` that is never closed silences nothing. */
	private replace(alias: string | undefined, end: number): void {
		if (alias === undefined || this.isSilent) return;
		this.say(alias);
		this.isSilent = this.find('</sub', end) >= 0;
	}

	private begin(name: string, attributes: ReadonlyMap<string, string>): void {
		const outer = this.open.at(-1);
		const rate = (outer?.rate ?? 1) * (name === 'prosody' ? rateOf(attributes.get('rate')) : 1);
		const isSpelled = outer?.isSpelled === true || SPELLED.has(attributes.get('interpret-as') ?? '');
		this.open.push({ name, rate: clampedRate(rate), isSpelled });
	}

	private close(name: string): void {
		if (name === 'sub') this.isSilent = false;
		if (name === this.open.at(-1)?.name) this.open.pop();
	}

	private say(text: string): void {
		if (this.isSilent || text === '') return;
		const { rate = 1, isSpelled = false } = this.open.at(-1) ?? {};
		this.parts.push({ text, rate, isSpelled });
	}
}

const MARK = /[<[]/g;

function nextMark(script: string, from: number): number {
	MARK.lastIndex = from;
	return MARK.exec(script)?.index ?? script.length;
}

function matchAt(expression: RegExp, script: string, at: number): RegExpExecArray | null {
	expression.lastIndex = at;
	return expression.exec(script);
}
