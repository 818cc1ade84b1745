/** What a speech is made of: its words, and the pauses between them, read from plain text or from SSML. */

/** A word, or a pause in seconds. */
export type SpeechPart = { word: string } | { pause: number };

/**
 * One piece of markup, or the text in front of the next one: a comment, an instruction, a tag with its name, attributes
 * and closing slash, text. Anything else is a stray "<".
 */
const PIECE =
	/<!--[^]*?-->|<\?[^]*?\?>|<(\/?)([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)|</g;
const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));|&/g;
const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const LAST_CODE_POINT = 0x10_ffff;

/** Tags that end a word; all others may stand within one. */
const separating: ReadonlySet<string> = new Set(['break', 'p', 's', 'speak']);

/** Seconds of a pause that does not say how long it is. */
const USUAL_PAUSE = 0.5;
/** A longer pause is cut, so that a slip of the pen makes no endless file. */
const LONGEST_PAUSE = 10;

const wordsIn = (text: string): SpeechPart[] =>
	text
		.split(/\s+/)
		.filter((word) => word !== '')
		.map((word) => ({ word }));

/** The words of a plain text, in which nothing is markup. */
export const partsOfText = wordsIn;

/** The text with its entities as characters; null when one is unknown or stands open. */
function decoded(text: string): string | null {
	let isWhole = true;
	const result = text.replace(ENTITY, (_match, name?: string, decimal?: string, hex?: string) => {
		if (name !== undefined) return characters[name] ?? '';
		const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
		isWhole &&= code > 0 && code <= LAST_CODE_POINT;
		return isWhole ? String.fromCodePoint(code) : '';
	});
	return isWhole ? result : null;
}

function pauseSeconds(attributes: string): number {
	const [, amount, unit] = /\btime\s*=\s*["']\s*(\d+(?:\.\d+)?|\.\d+)(ms|s)\s*["']/.exec(attributes) ?? [];
	const seconds = amount === undefined ? USUAL_PAUSE : Number(amount) / (unit === 'ms' ? 1_000 : 1);
	return Math.min(seconds, LONGEST_PAUSE);
}

/**
 * The words and pauses of SSML, with `<speak>` around it or not.
 * @returns null when it is not well-formed: a tag that is not closed, a bare "<" or "&". CDATA is not read either.
 */
export function partsOfSsml(ssml: string): SpeechPart[] | null {
	const parts: SpeechPart[] = [];
	const open: string[] = [];
	let spoken = '';
	const endWord = (): void => {
		parts.push(...wordsIn(spoken));
		spoken = '';
	};
	for (const [piece, closing, name, attributes = '', selfClosing, text] of ssml.matchAll(PIECE)) {
		if (piece === '<' || decoded(attributes) === null) return null;
		const plain = text === undefined ? '' : decoded(text);
		if (plain === null) return null;
		spoken += plain;
		if (name === undefined) continue;
		if (closing === '/') {
			if (attributes !== '' || selfClosing === '/' || open.pop() !== name) return null;
		} else if (selfClosing !== '/') open.push(name);
		if (separating.has(name)) endWord();
		if (name === 'break' && closing !== '/') parts.push({ pause: pauseSeconds(attributes) });
	}
	endWord();
	return open.length === 0 ? parts : null;
}
