/** Clones of voices: what is asked for, and what has become of one at a given moment. */
import { draftWith, hasJobFiles, type Job, type JobDraft, jobStateAt, statusWordAt } from '../jobs/job';
import { markerWord, textsAmong } from '../jobs/markers';
import { asText, type Fields } from '../server/fields';
import { seconds } from '../server/operation';
import type { AccountVoice } from './account-voice';
import { languageName } from './language-names';
import { rankOf } from './rank';

/** What a clone will be when it is complete. */
export interface CloneDetails {
	name: string;
	language: string;
	gender: string;
}

const words = { waiting: 'processing', running: 'processing' };
/** The language of a recording of which none is told. */
const HEARD_LANGUAGE = 'English';
/** Why clones fail when a marker gives no code. */
const DEFAULT_FAILURE = 'no_speech_found';

/** Reads a request. Markers stand in the name of the voice: those of all jobs. */
export function cloneDraft(body: Fields): JobDraft<CloneDetails> {
	const texts = textsAmong([body.voice_name]);
	const name = String(body.voice_name);
	const language = asText(body.language);
	const draft = draftWith(texts, {
		name,
		language: language === null || language === '' ? HEARD_LANGUAGE : languageName(language),
		gender: rankOf('gender', name) < 0.5 ? 'female' : 'male',
	});
	return { ...draft, failureCode: markerWord(texts, 'fail') || DEFAULT_FAILURE };
}

/** The clone as a voice of the account. */
export function voiceOfClone(job: Job<CloneDetails>, now: number): AccountVoice {
	const { id, details } = job;
	const state = jobStateAt(job, now);
	const isReady = state === 'completed';
	return {
		id,
		name: details.name,
		gender: isReady ? details.gender : null,
		language: isReady ? details.language : null,
		ownership: 'private',
		engines: ['starfish'],
		hasPreview: hasJobFiles(job, now),
		supportsPause: true,
		supportsLocale: true,
		isReady,
		status: isReady ? 'complete' : statusWordAt(job, now, words),
		failureMessage: state === 'failed' ? `The voice could not be cloned: ${job.failureCode}` : null,
		createdAt: seconds(job.createdAt),
	};
}
