/** Proofreads: translated subtitles that can be changed before the translation is made of them. */
import { type ProofreadFile, proofreadFilePath } from '../files/file-names';
import type { UrlSigner } from '../files/signed-urls';
import { draftWith, type Job, type JobDraft, jobStateAt, statusWordAt } from '../jobs/job';
import { textsAmong } from '../jobs/markers';
import { partSeconds } from '../jobs/source-part';
import { asText, type Fields } from '../server/fields';
import { seconds } from '../server/operation';
import { WebhookEvent } from '../webhooks/webhook-events';
import { DEFAULT_INPUT_LANGUAGE, draftInLanguage, failureMarked, type LanguageDetails, languageFailure } from './language-jobs';
import { comesAsFilm, type TranslationDetails } from './translation';

export interface ProofreadDetails extends LanguageDetails {
	/** The subtitles as they were last left. */
	subtitles: Buffer;
}

export type Proofread = Job<ProofreadDetails>;

const words = { waiting: 'processing', running: 'processing' };
const LINES: readonly string[] = ['First line.', 'Second line.', 'Third line.'];

/** Subtitles of three lines, each with the name of its language. */
export function linesIn(language: string): Buffer {
	const cues = LINES.map((line, index) => `${index + 1}\n00:00:0${index * 3},000 --> 00:00:0${index * 3 + 3},000\n[${language}] ${line}\n`);
	return Buffer.from(cues.join('\n'));
}

/** What stands for the subtitles at an address, since nothing is fetched. */
export const subtitlesAt = (url: string): Buffer => Buffer.from(`1\n00:00:00,000 --> 00:00:09,000\n${url}\n`);

/** Reads a request, for one of its languages. Markers stand in its title. */
export function proofreadDraft(body: Fields, language: string): JobDraft<ProofreadDetails> {
	return draftInLanguage({
		title: asText(body.title),
		inputLanguage: DEFAULT_INPUT_LANGUAGE,
		outputLanguage: language,
		subtitles: linesIn(language),
	});
}

/**
 * The translation that comes of a proofread. Its subtitles are those of this moment.
 * Markers of all jobs steer it as they did the proofread, and `[fail-generated]` or `[fail-generated:CODE]` lets it fail.
 */
export function generatedDraft({ details }: Proofread, body: Fields): JobDraft<TranslationDetails> {
	const { title, inputLanguage, outputLanguage, subtitles } = details;
	const texts = textsAmong([title]);
	const isAudioOnly = body.translate_audio_only === true;
	const draft = draftWith(texts, {
		title,
		inputLanguage,
		outputLanguage,
		firstFails: false,
		callbackId: asText(body.callback_id),
		duration: partSeconds({}, texts),
		isAudioOnly,
		hasFilm: comesAsFilm(isAudioOnly, title),
		hasCaptions: body.captions === true,
		subtitles,
	});
	const failureCode = failureMarked(texts, 'fail-generated');
	return failureCode === undefined ? draft : { ...draft, ending: 'failed', failureCode };
}

/** The record of a proofread. Nobody reviews it here. */
export function presentProofread(job: Proofread, now: number): object {
	const { title, inputLanguage, outputLanguage } = job.details;
	return {
		id: job.id,
		title,
		status: statusWordAt(job, now, words),
		input_language: inputLanguage,
		output_language: outputLanguage,
		submitted_for_review: false,
		failure_message: jobStateAt(job, now) === 'failed' ? languageFailure(job).message : null,
		created_at: seconds(job.createdAt),
	};
}

/** The links to the subtitles of a proofread that is completed. */
export function presentSubtitles({ id }: Proofread, now: number, signer: UrlSigner): object {
	const link = (file: ProofreadFile): string => signer.mint(proofreadFilePath(id, file), now);
	return { srt_url: link('translated'), original_srt_url: link('original') };
}

/** The end of a proofread. What HeyGen tells of it is written down nowhere. */
export function proofreadEnded({ id, owner, ending, finishAt: at }: Proofread): WebhookEvent {
	const type = ending === 'completed' ? 'proofread_creation.success' : 'proofread_creation.fail';
	return new WebhookEvent(type, at, owner, () => ({ proofread_id: id, callback_id: null }));
}
