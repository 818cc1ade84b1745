import { srtOf } from '../srt/cues';
import { clock, isTimeLine, type CueTimes } from '../srt/times';
import { CUE_MAX_MS, cueAtoms, type CueAtom } from './cueAtoms';
import { CueLayout } from './cueLines';
import { spokenWords, type SpokenWord } from './spokenWords';

/** Subtitles of a recording, by the times of its words. */

// Whoever makes subtitles has to read the words first.
export { shiftedWords, spokenWords } from './spokenWords';

/** One subtitle; its times are milliseconds. */
export interface Cue extends CueTimes {
	/** One line or two, with LF between them. */
	readonly text: string;
}

/** Milliseconds for which a cue is shown at least, if the next one leaves them. */
const CUE_MIN_MS = 1_000;

/** A longer silence ends a cue. */
const PAUSE_MS = 800;

/**
 * Makes subtitles: at most two lines of 42 columns (21 characters of East Asia), for at most seven seconds, and for at least
 * one where the next cue leaves it. A cue ends with a sentence and before a silence. A longer sentence is cut behind commas
 * and before conjunctions. Sentences of less than a second share a cue with their neighbours.
 *
 * @param words with their times, in any order
 * @param source what was spoken, without tags; the subtitles have its case and its punctuation
 * @returns the cues in order, without overlaps
 */
export function cuesOf(words: readonly SpokenWord[], source: string): Cue[] {
	const atoms = cueAtoms(spokenWords(words), source);
	const layout = new CueLayout(atoms);
	const spans = stretchesOf(atoms, layout).flatMap((stretch) => cutStretch(stretch, layout));
	const cues: Cue[] = [];
	for (const [at, { first, last }] of spans.entries()) {
		const next = spans[at + 1];
		const from = Math.max(atoms[first]?.from ?? 0, cues.at(-1)?.to ?? 0);
		cues.push({ from, to: endOf(from, atoms[last]?.to ?? 0, next && atoms[next.first]?.from), text: layout.text(first, last) });
	}
	return cues;
}

/** Atoms in a row. */
interface Stretch {
	readonly first: number;
	readonly last: number;
}

/** The sentences, and what silences make of them. Short ones that fit into one cue are one. */
function stretchesOf(atoms: readonly CueAtom[], layout: CueLayout): Stretch[] {
	const found: Stretch[] = [];
	let first = 0;
	let isAfterPause = true;
	for (const [last, { ends, to }] of atoms.entries()) {
		const next = atoms[last + 1];
		const isPause = next !== undefined && next.from - to > PAUSE_MS;
		if (next !== undefined && !isPause && (ends === undefined || ends === 'clause')) continue;
		const before = isAfterPause ? undefined : found.at(-1);
		const stretch = { first, last };
		if (before !== undefined && layout.fits(before.first, last) && [before, stretch].some((each) => isShort(atoms, each))) {
			found[found.length - 1] = { first: before.first, last };
		} else found.push(stretch);
		first = last + 1;
		isAfterPause = isPause;
	}
	return found;
}

function isShort(atoms: readonly CueAtom[], { first, last }: Stretch): boolean {
	const from = atoms[first]?.from ?? 0;
	return (atoms[last + 1]?.from ?? from + CUE_MIN_MS) - from < CUE_MIN_MS;
}

function cutStretch({ first, last }: Stretch, layout: CueLayout): Stretch[] {
	const parts: Stretch[] = [];
	let from = first;
	while (!layout.fits(from, last)) {
		const end = layout.cueEnd(from, last);
		parts.push({ first: from, last: end });
		from = end + 1;
	}
	return [...parts, { first: from, last }];
}

/** When a cue ends: after its last word, later where it would be too short, and before the next one starts. */
function endOf(from: number, to: number, next = Infinity): number {
	const end = Math.min(Math.max(to, from + CUE_MIN_MS), next, from + CUE_MAX_MS);
	return Math.max(end, from + 1);
}

/**
 * Cues as the text of an SRT file.
 *
 * @param cues in their order
 */
export function srtText(cues: readonly Cue[]): string {
	return srtOf(cues.map((cue) => ({ ...cue, text: cue.text.split('\n').map(withoutTimes).join('\n') })));
}

/** What would be taken for the times of a cue, with other signs that look alike. */
function withoutTimes(line: string): string {
	const plain = line.replaceAll('-->', '→');
	return isTimeLine(plain) ? plain.replaceAll(':', '∶').replaceAll('：', '∶') : plain;
}

const ESCAPES: ReadonlyArray<readonly [sign: string, escaped: string]> = [
	['&', '&amp;'],
	['<', '&lt;'],
	['>', '&gt;'],
];

/**
 * Cues as the text of a WebVTT file.
 *
 * @param cues in their order
 */
export function vttText(cues: readonly Cue[]): string {
	const blocks = cues.map(({ from, to, text }) => {
		const escaped = ESCAPES.reduce((words, [sign, escape]) => words.replaceAll(sign, escape), text);
		return `${vttClock(from)} --> ${vttClock(to)}\n${escaped}\n`;
	});
	return ['WEBVTT\n', ...blocks].join('\n');
}

function vttClock(ms: number): string {
	return clock(ms).replace(',', '.');
}
