/** Voice design: the public voices that fit a description best, three at a time. */
import { invalidParameter, type Violation } from '../server/errors';
import { asNumber, asText, type Fields, fits } from '../server/fields';
import type { AccountVoice } from './account-voice';
import { languageName } from './language-names';
import { rankOf } from './rank';

/** Voices of one answer. */
const VOICES_PER_SEED = 3;

/** What a voice is to be like. */
export interface DesignRequest {
	prompt: string;
	gender: string | null;
	locale: string | null;
	/** How many answers to the same request come before this one. */
	seed: number;
}

const isEmpty = (text: string | null): text is '' | null => text === null || text.trim() === '';

/** Reads a request. @throws ApiError 400 for an empty prompt, and for a seed that counts nothing. */
export function designRequest(body: Fields): DesignRequest {
	const prompt = asText(body.prompt);
	const seed = asNumber(body.seed) ?? 0;
	const violations: Violation[] = [
		...(isEmpty(prompt) ? [{ param: 'prompt', message: 'prompt must not be empty' }] : []),
		...(Number.isInteger(seed) && seed >= 0 ? [] : [{ param: 'seed', message: 'seed must be at least 0' }]),
	];
	if (violations.length > 0) throw invalidParameter(violations);
	return { prompt: prompt ?? '', gender: asText(body.gender), locale: asText(body.locale), seed };
}

/** The voices for a request: up to three, none when all that fit have been answered to lower seeds. */
export function designedVoices(
	voices: readonly AccountVoice[],
	{ prompt, gender, locale, seed }: DesignRequest,
): AccountVoice[] {
	const language = isEmpty(locale) ? null : languageName(locale);
	const fitting = voices.filter(
		(voice) =>
			voice.ownership === 'public' &&
			(isEmpty(gender) || fits(gender, voice.gender)) &&
			(language === null || voice.language === language),
	);
	const ranked = fitting.map((voice) => ({ voice, rank: rankOf('design', prompt, gender, locale, voice.id) }));
	ranked.sort((a, b) => a.rank - b.rank);
	const start = seed * VOICES_PER_SEED;
	return ranked.slice(start, start + VOICES_PER_SEED).map(({ voice }) => voice);
}
