import { z } from 'zod';

import { VOICE_SAMPLE } from '../fileUses';
import { SPEECH_SPEED, SPEECH_TEXT_MAX_CHARACTERS } from '../limits';
import { readLabel } from '../values/plain';
import type { Reading } from '../values/reading';
import { shown } from '../values/text';
import { fileInput } from './files';
import { flag, id, label, numberIn, openOneOf, readBy, text, textUpTo } from './primitives';

/** Bodies of `/v3/voices` (contract; API reference, section Voices and speech). */

/** What a text to speak can be. */
export const INPUT_TYPES = ['text', 'ssml'] as const;

/** A language, with a script and a region where they matter (BCP 47): "de", "en-GB", "zh-Hant-TW". */
const LOCALE = /^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?$/i;

/**
 * Reads the accent of a voice. HeyGen knows accents by codes, and languages by names.
 *
 * @param given as the parameter has it
 * @returns the code in its usual spelling: "en_gb" is "en-GB"
 */
export function readLocale(given: unknown): Reading<string> {
	const reading = readLabel(given);
	if (reading.value === undefined) return reading;
	const [, language, script, region] = LOCALE.exec(reading.value) ?? [];
	if (language === undefined) return { problem: `must be the code of a language and its region, such as en-GB, but is ${shown(reading.value)}` };
	const title = script === undefined ? undefined : script.charAt(0).toUpperCase() + script.slice(1).toLowerCase();
	return { value: [language.toLowerCase(), title, region?.toUpperCase()].filter((part) => part !== undefined).join('-') };
}

const locale = readBy(readLocale);

const speech = {
	voice_id: id('voice_id'),
	input_type: openOneOf(INPUT_TYPES).optional(),
	speed: numberIn(SPEECH_SPEED).optional(),
	language: label.optional(),
	locale: locale.optional(),
};

/** `POST /v3/voices/speech`. */
export const newSpeech = z
	.object({ text: textUpTo(SPEECH_TEXT_MAX_CHARACTERS, "shorten it, or switch the option 'Split Long Text' on"), ...speech })
	.strict();

/** The same for a text that is split before it is sent. */
export const longSpeech = z.object({ text, ...speech }).strict();

/** `POST /v3/voices/clone`. */
export const voiceClone = z
	.object({
		audio: fileInput(VOICE_SAMPLE, true),
		voice_name: label,
		language: label.optional(),
		remove_background_noise: flag.optional(),
	})
	.strict();

/** `POST /v3/voices`. HeyGen looks for voices that fit a description. */
export const designedVoice = z
	.object({
		prompt: text,
		gender: openOneOf(['female', 'male']).optional(),
		locale: locale.optional(),
		seed: numberIn({ min: 0, max: Number.MAX_SAFE_INTEGER, whole: true }).optional(),
	})
	.strict();
