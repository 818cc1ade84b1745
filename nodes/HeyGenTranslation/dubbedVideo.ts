import type { IDataObject } from 'n8n-workflow';

import { inputError } from '../engine/basics/errors';
import { withAdditionalFields } from '../engine/item/additionalFields';
import type { Asked, Call, Ordered } from '../engine/item/call';
import { sourceLength } from '../engine/item/sourceLength';
import type { JobFile } from '../heygen/jobs/kind';
import { readNumber } from '../heygen/values/plain';
import { amount, numeral } from '../heygen/values/text';

/** The film whose speakers get other words: how long its part is, and which files come of it. */

/**
 * What is ordered in a mode. One that nobody knows counts as the dearer one.
 *
 * @param what is made: "translation" or "lipsync"
 * @param mode of the body
 */
export function orderedIn(what: 'translation' | 'lipsync', mode: unknown): Pick<Ordered, 'kind' | 'rateNote'> {
	if (mode === undefined || mode === 'speed') return { kind: `${what}Speed` };
	if (mode === 'precision') return { kind: `${what}Precision` };
	return { kind: `${what}Precision`, rateNote: "HeyGen's price list does not name this mode, and the price of Precision is taken" };
}

/** Part of the film, by the body. */
function partOf(body: IDataObject): { start: number; end: number | undefined } {
	return { start: readNumber(body.start_time, { min: 0 }).value ?? 0, end: readNumber(body.end_time, { min: 0 }).value };
}

/**
 * How long the part of the film is that HeyGen works on.
 *
 * @param asked the item's request
 * @returns nothing when neither the file nor the request says
 */
export function dubbedLength(asked: Asked): Pick<Ordered, 'seconds' | 'how'> {
	const { seconds, how } = sourceLength(asked);
	const { start, end } = partOf(asked.body);
	if (start === 0 && end === undefined) return seconds === undefined ? {} : { seconds, ...(how === undefined ? {} : { how }) };
	const last = Math.min(end ?? Infinity, seconds ?? Infinity);
	if (last === Infinity) return {};
	return { seconds: Math.max(0, last - start), how: `the part of the video from ${numeral(start)} s to ${numeral(last)} s` };
}


/**
 * Makes sure that the part begins within the film, where the file tells how long the film is.
 *
 * @param body checked
 * @param files tell their lengths
 * @throws EngineError when it does not
 */
export function checkPart(body: IDataObject, { secondsOf }: Pick<Asked, 'secondsOf'>): void {
	const { start } = partOf(body);
	const seconds = secondsOf('video.asset_id');
	if (seconds === undefined || start < seconds) return;
	throw inputError(
		`'Start Time (Seconds)' is ${numeral(start)}, but the video is only ${amount(Math.round(seconds * 10) / 10, 'second')} long`,
		'Give a moment within the video, or leave the field out.',
	);
}

/** Files that are there only when captions were asked for. */
const CAPTION_FILES = ['subtitles', 'webVtt'];

/**
 * Makes sure that captions are made which are to be fetched: that a file is not there would be found out after the money is
 * spent.
 *
 * @param call the item
 * @param body checked
 * @param files those that are wanted
 * @param field of the body that asks for captions
 * @throws EngineError when nothing asks for them
 */
export function checkCaptionsAsked(call: Call, body: IDataObject, files: readonly JobFile[], field = 'enable_caption'): void {
	const wanted = files.find(({ name }) => CAPTION_FILES.includes(name));
	if (wanted === undefined || withAdditionalFields(call, body)[field] === true) return;
	throw inputError(
		`'Download' asks for the file '${wanted.displayName}', but 'Captions' is off`,
		"Switch the option 'Captions' on, or remove the file from 'Download'.",
	);
}
