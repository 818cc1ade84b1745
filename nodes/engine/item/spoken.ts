import { AUDIO_MAX_MINUTES, AUDIO_MAX_SECONDS } from '../../heygen/limits';
import { readLanguage } from '../../heygen/prices/languages';
import { speechEstimate } from '../../heygen/prices/speech';
import { readNumber } from '../../heygen/values/plain';
import { amount } from '../../heygen/values/text';
import type { Asked, Ordered } from './call';

/** How long an avatar or a voice speaks, before it does. */

/** Where requests have what is spoken: a script with its voice's settings, or one of these recordings. */
const RECORDINGS = ['audio_asset_id', 'audio_url'];

/** A video of a script that has no word in it, such as "…", is not free: a limit on costs would let any number of them pass. */
const SHORTEST_SECONDS = 1;

const NO_WORDS = `a script in which no word is found, taken as ${amount(SHORTEST_SECONDS, 'second')}`;

/** How long somebody speaks, and how that is known. */
export interface SpeechLength {
	seconds: number;
	/** For the formula of an estimate. */
	how: string;
	/** By the words of a script, by the header of a recording, or as the longest recording that there can be. */
	by: 'script' | 'recording' | 'longest';
}

/**
 * The length of what an item lets speak: of a script by the words in it, of a recording by its header. A recording that
 * only HeyGen has, or fetches, counts as the longest that HeyGen takes.
 *
 * @param asked the item's request, with `script` and `voice_settings`, or with a recording
 */
export function spoken({ body, secondsOf }: Asked): Pick<Ordered, 'seconds' | 'how'> {
	const { seconds, how } = speechLength(body, secondsOf);
	return { seconds, how };
}

/**
 * The length of what is said in a part of a request.
 *
 * @param fields the part, which has fields as `spoken` reads them
 * @param secondsOf tells how long files of the request are
 * @param place of the part in the request, with a dot behind it: "scenes.0."
 */
export function speechLength(fields: object, secondsOf: Asked['secondsOf'], place = ''): SpeechLength {
	const { script, voice_settings: voice } = fields as { script?: unknown; voice_settings?: { locale?: unknown; speed?: unknown } | null };
	// Fields that the user adds are not checked.
	if (typeof script === 'string') {
		const language = readLanguage(voice?.locale).value;
		const speed = readNumber(voice?.speed).value;
		const { seconds, formula } = speechEstimate(script, {
			...(language === undefined ? {} : { language }),
			...(speed === undefined ? {} : { speed }),
		});
		return seconds > 0 ? { seconds, how: formula, by: 'script' } : { seconds: SHORTEST_SECONDS, how: NO_WORDS, by: 'script' };
	}
	for (const recording of RECORDINGS) {
		const seconds = secondsOf(`${place}${recording}`);
		if (seconds !== undefined) return { seconds, how: 'the length of the recording', by: 'recording' };
	}
	return {
		seconds: AUDIO_MAX_SECONDS,
		how: `the longest recording that HeyGen takes (${amount(AUDIO_MAX_MINUTES, 'minute')}), since the length of this one is not known here`,
		by: 'longest',
	};
}
