/** When each word of a speech is spoken, and how long the speech is. */
import type { SandboxConfig } from '../config';
import type { SpeechPart } from './ssml';

/** A word with the seconds at which it begins and ends. */
export interface SpokenWord {
	word: string;
	start: number;
	end: number;
}

interface Timing {
	words: SpokenWord[];
	/** Length in seconds. */
	duration: number;
}

const WORD_SECONDS = 0.3;
/** Seconds between two words. */
const GAP_SECONDS = 0.05;

const milliseconds = (seconds: number): number => Math.round(seconds * 1_000) / 1_000;

/** @param hasPauses whether the voice keeps the pauses. Speed makes words and gaps shorter, but not pauses. */
export function timingOf(parts: readonly SpeechPart[], speed: number, hasPauses: boolean): Timing {
	const words: SpokenWord[] = [];
	let at = 0;
	for (const part of parts) {
		if ('pause' in part) {
			at += hasPauses ? part.pause : 0;
			continue;
		}
		const start = at + (words.length > 0 ? GAP_SECONDS / speed : 0);
		at = start + WORD_SECONDS / speed;
		words.push({ word: part.word, start: milliseconds(start), end: milliseconds(at) });
	}
	return { words, duration: milliseconds(at) };
}

/** The word without the punctuation around it. */
const bare = (word: string): string => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');

/** The words as an answer tells them, in the way that the settings say; null when it tells none. */
export function toldWords({ words, duration }: Timing, way: SandboxConfig['speechWords']): SpokenWord[] | null {
	switch (way) {
		case 'none':
			return null;
		case 'bare':
			return words.map((spoken) => ({ ...spoken, word: bare(spoken.word) })).filter(({ word }) => word !== '');
		case 'marked': {
			const mark = (word: string, at: number): SpokenWord => ({ word, start: at, end: at });
			return [mark('<start>', 0), ...words, mark('<end>', duration)];
		}
		default:
			return words;
	}
}
