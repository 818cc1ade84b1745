/** Jobs of which there is one for each language that a request names: translations and proofreads. */
import type { SandboxConfig } from '../config';
import { draftWith, type Job, type JobDraft } from '../jobs/job';
import { JobStore } from '../jobs/job-store';
import { failureWith, markedTexts, markerWord, textsAmong } from '../jobs/markers';
import { invalidParameter, type ItemError, type Violation } from '../server/errors';
import type { Fields } from '../server/fields';
import { translationLanguages } from './languages';

/** What is known of a job in one language. */
export interface LanguageDetails {
	title: string | null;
	inputLanguage: string;
	outputLanguage: string;
	/** Whether the first such job fails, under each key, title and language. */
	firstFails: boolean;
}

export const DEFAULT_INPUT_LANGUAGE = 'English';

/** Why a job fails when a marker gives no code. */
const DEFAULT_FAILURE = 'speech_not_separated';
/** Why seeded translations fail. */
export const SEEDED_FAILURE = 'translation_failed';

const failureMessages: Readonly<Record<string, string>> = {
	[DEFAULT_FAILURE]: 'The speech could not be separated from the music',
	[SEEDED_FAILURE]: 'The video could not be translated',
};

/** What is told of a job that failed. */
export function languageFailure({ failureCode: code }: Pick<Job<unknown>, 'failureCode'>): ItemError {
	const message = failureMessages[code];
	return message === undefined ? failureWith(code) : { code, message };
}

/** The code in the marker of that name, or else the usual one; undefined without such a marker. */
export function failureMarked(texts: readonly string[], name: string): string | undefined {
	const word = markerWord(texts, name);
	return word === '' ? DEFAULT_FAILURE : word;
}

/**
 * A draft that markers in the title steer: those of all jobs, `[fail-language:NAME]` for all jobs of a language, and
 * `[fail-language-once:NAME]` for the first of them.
 */
export function draftInLanguage<Details extends Omit<LanguageDetails, 'firstFails'>>(
	details: Details,
): JobDraft<Details & { firstFails: boolean }> {
	const { title, outputLanguage } = details;
	const texts = textsAmong([title]);
	const isMarked = (name: string): boolean => markedTexts(texts, name).includes(outputLanguage);
	const draft = draftWith(texts, { ...details, firstFails: isMarked('fail-language-once') });
	return {
		...draft,
		ending: isMarked('fail-language') ? 'failed' : draft.ending,
		failureCode: failureMarked(texts, 'fail') ?? DEFAULT_FAILURE,
	};
}

export class LanguageStore<Details extends LanguageDetails> extends JobStore<Details> {
	/** Keys, titles and languages whose first job has failed. */
	private readonly failedFirst = new Set<string>();

	protected override make(draft: JobDraft<Details>, owner: string, at: number): Job<Details> {
		const { title, outputLanguage, firstFails } = draft.details;
		const name = JSON.stringify([owner, title, outputLanguage]);
		const isFailing = firstFails && !this.failedFirst.has(name);
		if (isFailing) this.failedFirst.add(name);
		return super.make(isFailing ? { ...draft, ending: 'failed' } : draft, owner, at);
	}
}

/**
 * The languages that a body asks for.
 * @throws ApiError 400 when there is none, as an open contract lets everything through.
 */
export function languagesIn({ output_languages: languages }: Fields): string[] {
	if (Array.isArray(languages) && languages.length > 0) return languages.map(String);
	throw invalidParameter([{ param: 'output_languages', message: 'output_languages must be a list of languages' }]);
}

/** The languages there are. */
export const languagesOf = ({ languages }: SandboxConfig): readonly string[] => languages ?? translationLanguages;

/** Checks that there are such languages, spelt as they are listed. */
export function checkLanguages(languages: readonly string[], config: SandboxConfig): Violation[] {
	const unknown = languages.filter((language) => !languagesOf(config).includes(language));
	return unknown.map((language) => ({ param: 'output_languages', message: `${language} is not a language to translate into` }));
}
