/** Video translations: what they are like, and what has become of them at a given moment. */
import { type TranslationFile, translationFilePath } from '../files/file-names';
import type { UrlSigner } from '../files/signed-urls';
import { hasJobFiles, type Job, type JobDraft, jobStateAt, startSimpleJob, statusWordAt } from '../jobs/job';
import { hasMarker, textsAmong, unsteered } from '../jobs/markers';
import { partSeconds } from '../jobs/source-part';
import { asText, type Fields } from '../server/fields';
import { seconds } from '../server/operation';
import { SEED_OWNER, seededAt, type SeedOptions } from '../server/seeds';
import { WebhookEvent } from '../webhooks/webhook-events';
import {
	DEFAULT_INPUT_LANGUAGE,
	draftInLanguage,
	type LanguageDetails,
	languageFailure,
	LanguageStore,
	SEEDED_FAILURE,
} from './language-jobs';

export interface TranslationDetails extends LanguageDetails {
	callbackId: string | null;
	/** Length of the finished video in seconds. */
	duration: number;
	/** Whether only what is heard is translated, and not the lips of those who speak. */
	isAudioOnly: boolean;
	hasFilm: boolean;
	hasCaptions: boolean;
	/** Subtitles as somebody has written them; null: some are made up. */
	subtitles: Buffer | null;
}

export type Translation = Job<TranslationDetails>;

const words = { waiting: 'pending', running: 'running' };
const SEEDED_SECONDS = 10;

/** Whether a translation comes as a film: `[audio-file-only]` in its title says that one of the sound alone does not. */
export const comesAsFilm = (isAudioOnly: boolean, title: string | null): boolean =>
	!isAudioOnly || !hasMarker(textsAmong([title]), 'audio-file-only');

/** Reads a request, for one of its languages. Markers stand in its title. */
export function translationDraft(body: Fields, language: string): JobDraft<TranslationDetails> {
	const title = asText(body.title);
	const isAudioOnly = body.translate_audio_only === true;
	return draftInLanguage({
		title,
		inputLanguage: asText(body.input_language) ?? DEFAULT_INPUT_LANGUAGE,
		outputLanguage: language,
		callbackId: asText(body.callback_id),
		duration: partSeconds(body, textsAmong([title])),
		isAudioOnly,
		hasFilm: comesAsFilm(isAudioOnly, title),
		hasCaptions: body.enable_caption === true,
		subtitles: null,
	});
}

/** The files that a translation has in the end. */
export function translationFiles({ details }: Translation): TranslationFile[] {
	const film: TranslationFile[] = details.hasFilm ? ['video'] : [];
	const captions: TranslationFile[] = details.hasCaptions ? ['srt', 'vtt'] : [];
	return [...film, 'audio', ...captions];
}

function fileUrl(job: Translation, file: TranslationFile, now: number, signer: UrlSigner): string | null {
	const isThere = hasJobFiles(job, now) && translationFiles(job).includes(file);
	return isThere ? signer.mint(translationFilePath(job.id, file), now) : null;
}

/** The record of a translation. */
export function presentTranslation(job: Translation, now: number, signer: UrlSigner): object {
	const { details } = job;
	const state = jobStateAt(job, now);
	return {
		id: job.id,
		title: details.title,
		status: statusWordAt(job, now, words),
		video_url: fileUrl(job, 'video', now, signer),
		audio_url: fileUrl(job, 'audio', now, signer),
		srt_caption_url: fileUrl(job, 'srt', now, signer),
		vtt_caption_url: fileUrl(job, 'vtt', now, signer),
		input_language: details.inputLanguage,
		output_language: details.outputLanguage,
		duration: state === 'completed' ? details.duration : null,
		translate_audio_only: details.isAudioOnly,
		callback_id: details.callbackId,
		failure_message: state === 'failed' ? languageFailure(job).message : null,
		created_at: seconds(job.createdAt),
	};
}

/** The end of a translation; seeded ones belong to all keys. One that is cancelled tells of it as a failure. */
export function translationEnded(job: Translation, signer: UrlSigner): WebhookEvent {
	const { id, finishAt: at, ending } = job;
	const { outputLanguage, callbackId } = job.details;
	const owner = job.owner === SEED_OWNER ? null : job.owner;
	const common = { video_translate_id: id, output_language: outputLanguage, callback_id: callbackId };
	return ending === 'completed'
		? new WebhookEvent('video_translate.success', at, owner, () => ({ ...common, url: fileUrl(job, 'video', at, signer) }))
		: new WebhookEvent('video_translate.fail', at, owner, () => ({
				...common,
				message: ending === 'failed' ? languageFailure(job).message : null,
			}));
}

export class TranslationStore extends LanguageStore<TranslationDetails> {
	/** Adds translations with made-up titles, either finished ones or ones that start now. */
	seed(options: SeedOptions, now: number): void {
		const { count, runSeconds, queueSeconds = 0, failed = false } = options;
		const config = { ...this.config(), jobQueueSeconds: queueSeconds, jobSeconds: runSeconds ?? 0 };
		for (let index = 0; index < count; index += 1) {
			const draft: JobDraft<TranslationDetails> = {
				...unsteered,
				ending: failed ? 'failed' : 'completed',
				failureCode: SEEDED_FAILURE,
				hasProgress: false,
				details: {
					title: `Seeded translation ${index + 1}`,
					inputLanguage: DEFAULT_INPUT_LANGUAGE,
					outputLanguage: 'Spanish (Spain)',
					firstFails: false,
					callbackId: null,
					duration: SEEDED_SECONDS,
					isAudioOnly: false,
					hasFilm: true,
					hasCaptions: true,
					subtitles: null,
				},
			};
			const job = startSimpleJob(draft, SEED_OWNER, seededAt(options, index, now), config);
			this.records.add(job);
			// What ended long ago is no news.
			if (runSeconds !== undefined) this.place(job);
		}
	}
}
