import type { SpokenWord } from '../../../../nodes/heygen/speech/spokenWords';

const SEGMENTER = new Intl.Segmenter('und', { granularity: 'word' });

const SIGNS = /[^\p{L}\p{M}\p{N}'’]/gu;

/** Writings without blanks between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}]/u;

/** How words follow each other, in seconds. */
interface Pace {
	length?: number;
	gap?: number;
}

/** The words of a text as a voice that knows no signs may give them: in small letters, one behind the other. */
export function heard(source: string, { length = 0.3, gap = 0.05 }: Pace = {}): SpokenWord[] {
	const words = source
		.split(/\s+/)
		.flatMap((word) => (UNSPACED.test(word) ? [...SEGMENTER.segment(word)].map(({ segment }) => segment) : [word]))
		.map((word) => word.replace(SIGNS, '').toLowerCase())
		.filter((word) => word !== '');
	return words.map((word, at) => ({ word, start: at * (length + gap), end: at * (length + gap) + length }));
}
