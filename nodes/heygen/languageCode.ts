import { readLanguage } from './prices/languages';
import { UNKNOWN } from './prices/pace';
import { NOTHING, refusedReading, type Reading } from './values/reading';
import { trimBlank } from './values/text';

/** The first part of a code or tag: of "en", "pt-BR", "haw". */
const CODE = /^([a-z]{2,3})([-_][a-z0-9]{1,8}){0,6}$/i;

/** Languages that HeyGen's two letters (ISO 639-1) name otherwise than the table of languages does. */
const TWO_LETTERS: ReadonlyMap<string, string> = new Map([
	['fil', 'tl'],
	['yue', 'zh'],
]);

/**
 * The code of a language by ISO 639-1, of its code, its tag or its name. A code that is not known goes through: HeyGen
 * decides. "Auto" says nothing, and HeyGen finds the language out.
 *
 * @param given as the parameter has it
 */
export function readLanguageCode(given: unknown): Reading<string> {
	const reading = readLanguage(given);
	if (reading.problem !== undefined || reading.value === undefined) return reading.problem === undefined ? NOTHING : reading;
	const [, typed = ''] = CODE.exec(trimBlank(String(given))) ?? [];
	// Codes of two letters are HeyGen's own form: "no" stays "no".
	if (typed.length === 2) return { value: typed.toLowerCase() };
	const known = reading.value === UNKNOWN ? typed.toLowerCase() : (TWO_LETTERS.get(reading.value) ?? reading.value);
	return known === '' ? refusedReading('a language, such as "en" or "English"', given) : { value: known };
}
