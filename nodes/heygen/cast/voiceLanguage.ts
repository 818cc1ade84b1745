import { readLabel } from '../values/plain';
import type { Reading } from '../values/reading';

/** "de", "pt-BR". */
const CODE = /^([a-z]{2,3})(?:[-_][a-z0-9]{2,8}){0,3}$/i;

/**
 * Reads the language that voices are to have. HeyGen lists voices by English names of languages (API reference, section
 * Voices and speech); codes are what other services give.
 *
 * @param given as the parameter has it
 * @returns the name of a code's language; anything else as it is
 */
export function readVoiceLanguage(given: unknown): Reading<string> {
	const reading = readLabel(given);
	const [, code] = CODE.exec(reading.value ?? '') ?? [];
	if (code === undefined) return reading;
	const name = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(code.toLowerCase());
	return name === undefined ? reading : { value: name };
}
