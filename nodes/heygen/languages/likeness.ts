import { distanceBetween } from '../values/distance';

/** How much one word is like another. */

/** Letters of words that are compared; the longest names of regions are shorter. */
const COMPARED_MAX = 40;

/** Letters that two words begin with, at least, and the part of the longer word that these are: "mexican" and "mexico". */
const STEM_MIN = 4;
const STEM_SHARE = 0.5;

/**
 * How much one word is like another: 1 for the same word, 0 for another one, above it for slips of the pen, and for words
 * with one stem.
 *
 * @param one a word in small letters
 * @param other another one
 */
export function likeness(one: string, other: string): number {
	if (one === other) return 1;
	const longer = Math.max(one.length, other.length);
	if (longer > COMPARED_MAX) return 0;
	// In short words one letter makes another word.
	const most = Math.floor(Math.min(one.length, other.length, 8) / 4);
	const slips = Math.abs(one.length - other.length) > most ? Infinity : distanceBetween(one, other, 1);
	if (slips <= most) return 0.95 - slips / 10;
	let stem = 0;
	while (stem < longer && one.charAt(stem) === other.charAt(stem)) stem++;
	return stem >= STEM_MIN && stem / longer >= STEM_SHARE ? 0.8 * (stem / longer) : 0;
}
