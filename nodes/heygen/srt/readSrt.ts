import { jsonWithin } from '../values/jsonRecord';
import { readText } from '../values/plain';
import { isNothing, NOTHING, refusedReading, type Reading } from '../values/reading';
import { cueProblem, readCues, srtOf } from './cues';
import { encodingProblem } from './encoding';
import { withoutFence } from './fences';
import { foreignProblem } from './foreign';
import { linesIn, tidiedText } from './lines';
import { withArrow } from './times';

/** How closely subtitles are looked at. */
export interface SrtOptions {
	/** False for files of HeyGen's own, in which two may speak at once: their cues are not looked at. */
	readonly strict?: boolean;
}

/**
 * Subtitles in SRT, as people and models hand them over after they have edited them. What no one can take for something
 * else is put right: line ends, blank lines, marks of files, fences of Markdown and words around them, the writing of
 * numbers, times and arrows, numbers from 0 on. Faults of numbers, times, texts and encoding are refused.
 *
 * @param given as the parameter has it
 * @param options how closely the cues are looked at
 * @returns the text to upload, which ends with a line end; the words of the cues are as they were
 */
export function readSrt(given: unknown, { strict = true }: SrtOptions = {}): Reading<string> {
	if (isNothing(given)) return NOTHING;
	if (typeof given !== 'string') return refusedReading('the text of an SRT file', given);
	const text = jsonWithin(given) ?? given;
	const lines = withoutFence(linesIn(text));
	const problem = encodingProblem(text) ?? readText(text).problem ?? foreignProblem(text, lines);
	if (problem !== undefined) return { problem };
	if (!strict) return { value: tidiedText(lines.map(withArrow)) };
	const { value: cues = [], problem: misplaced } = readCues(lines);
	const fault = misplaced ?? cueProblem(cues);
	return fault === undefined ? { value: srtOf(cues) } : { problem: fault };
}
