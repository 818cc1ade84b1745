import { readLanguage } from '../prices/languages';
import { UNKNOWN } from '../prices/pace';
import { reasonIn } from '../reasons';
import { firstText, idIn } from '../records';
import { shown } from '../values/text';
import type { Findings } from './findings';
import type { Appearance } from './parts';
import { languageName, scriptLanguage } from './scriptLanguage';

/** What a voice's record says about a script that it is to speak (API reference, section Voices and speech). */

type Voice = Record<string, unknown>;

function nameOf(voice: Voice): string {
	return shown(firstText(voice, ['name']) ?? idIn(voice, ['voice_id']) ?? '');
}

/**
 * Checks whether a voice can speak as it is asked to.
 *
 * @param voice its record
 * @param appearance what is asked of it
 */
export function findingsOfVoice(voice: Voice, { script, locale, needsPauses = false }: Appearance): Findings {
	const status = typeof voice.status === 'string' ? voice.status.trim().toLowerCase() : '';
	if (status === 'processing' || status === 'failed') {
		const { message } = reasonIn(voice.failure_message);
		const why = status === 'processing' ? 'HeyGen is still making' : `HeyGen could not make${message === undefined ? '' : `: ${message}`}`;
		const advice = status === 'processing' ? 'Run the item again when HeyGen says that the voice is complete.' : 'Choose another voice.';
		return { hints: [], refusal: { field: 'voice_id', problem: `is ${nameOf(voice)}, which ${why}`, advice } };
	}
	if (needsPauses && voice.support_pause === false) {
		const problem = `has <break> tags, but the voice ${nameOf(voice)} makes no pauses`;
		return { hints: [], refusal: { field: 'text', problem, advice: 'Remove the tags, or choose a voice that makes pauses.' } };
	}
	return { hints: script === undefined ? [] : [...languageHint(voice, script, locale), ...pauseHint(voice, script)] };
}

function languageHint(voice: Voice, script: string, locale: string | undefined): string[] {
	const spoken = codeOf(locale) ?? codeOf(voice.language);
	const written = scriptLanguage(script);
	if (spoken === undefined || written === undefined || spoken === written) return [];
	// Cantonese is written as other Chinese is.
	if (spoken === 'yue' && written === 'zh') return [];
	return [`The voice ${nameOf(voice)} speaks ${languageName(spoken)}, but the script looks like ${languageName(written)}`];
}

/** Undefined for voices of many languages, and for languages that the package does not know. */
function codeOf(language: unknown): string | undefined {
	const { value } = readLanguage(language);
	return value === UNKNOWN ? undefined : value;
}

/** "SSML breaks only work where `support_pause` is true" (API reference, section Voices and speech). */
function pauseHint(voice: Voice, script: string): string[] {
	if (voice.support_pause !== false || !/<break\b/i.test(script)) return [];
	return [`The voice ${nameOf(voice)} makes no pauses at <break> tags`];
}
