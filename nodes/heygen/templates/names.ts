import { distanceBetween } from '../values/distance';
import { listInWords, numeral, shown } from '../values/text';

/** Names of variables and scenes, in messages. */

/** Names that a message tells. */
const NAMED_MAX = 20;

/**
 * Names as a message tells them: `"headline", "logo" and "voice"`.
 *
 * @param names any number of them
 */
export function namesInWords(names: readonly string[]): string {
	const quoted = names.slice(0, NAMED_MAX).map(shown);
	const rest = names.length - quoted.length;
	return listInWords(rest > 0 ? [...quoted, `${numeral(rest)} more`] : quoted);
}

/**
 * Whether two names are spellings of one: case, blanks, underscores and dashes do not count.
 *
 * @param one a name
 * @param other another one
 */
export function areAlike(one: string, other: string): boolean {
	return folded(one) === folded(other);
}

/**
 * The name that is meant by a spelling.
 *
 * @param wanted the name
 * @param among those that there are
 * @returns the name itself where it is there; undefined when none is alike, or several are
 */
export function sameName(wanted: string, among: readonly string[]): string | undefined {
	if (among.includes(wanted)) return wanted;
	const [only, ...others] = among.filter((name) => areAlike(name, wanted));
	return others.length === 0 ? only : undefined;
}

/** Characters of a name that are compared. */
const COMPARED_MAX = 60;

/** Letters that a name may be off. */
const DISTANCE_MAX = 2;

/**
 * The name that was probably meant.
 *
 * @param given a name that there is not
 * @param names those that there are
 * @returns undefined when none is like it
 */
export function likelyName(given: string, names: readonly string[]): string | undefined {
	const plain = folded(given);
	const same = names.find((name) => folded(name) === plain);
	if (same !== undefined) return same;
	const near = names.map((name) => ({ name, distance: distanceBetween(plain.slice(0, COMPARED_MAX), folded(name).slice(0, COMPARED_MAX), 2) }));
	const [nearest] = near.sort((a, b) => a.distance - b.distance);
	// In short names two letters make another word.
	const most = Math.min(DISTANCE_MAX, Math.floor(plain.length / 3));
	return nearest !== undefined && nearest.distance <= most ? nearest.name : undefined;
}

function folded(name: string): string {
	return name.toLowerCase().replace(/[\s_-]/g, '');
}
