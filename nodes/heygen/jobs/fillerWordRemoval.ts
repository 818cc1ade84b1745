import { readNumber } from '../values/plain';
import { FILM, THUMBNAIL } from './files';
import { FAILED_WORDS, type JobKind, SUCCEEDED_WORDS } from './kind';

/**
 * `POST /v3/filler-word-removals`: a video without its "um" and "er". The answer calls its id `filler_word_removal_id`, the
 * record `id`.
 */
export const fillerWordRemovalJob: JobKind = {
	noun: 'filler word removal',
	idField: 'job_id',
	createdIdField: 'filler_word_removal_id',
	lane: 'filler word removals',
	recordPath: '/v3/filler-word-removals/{id}',
	succeeded: SUCCEEDED_WORDS,
	failed: FAILED_WORDS,
	progressField: 'progress',
	secondsField: 'original_duration',
	failureCodeFields: [],
	failureMessageFields: ['failure_message'],
	files: [FILM, THUMBNAIL],
	derived: saved,
	// "Refunded when nothing changed" (API reference, Post-production jobs).
	freeBecause: ({ num_cuts: cuts }) => (amountOf(cuts) === 0 ? 'no filler words were found: HeyGen refunds a video that it has not changed' : undefined),
	outline: {
		idField: 'job_id',
		fields: [
			'status',
			'title',
			'progress',
			'video_url',
			'thumbnail_url',
			'num_cuts',
			'reduction_pct',
			'original_duration',
			'output_duration',
			'callback_id',
			'created_at',
			'failure_message',
		],
		optional: ['thumbnail_url', 'callback_id', 'failure_message'],
	},
};

/** Decimals of what is saved. */
const PRECISION = 100;

/**
 * What a removal has saved: `seconds_saved` to hundredths, and `percent_saved` as HeyGen says it, else to hundredths. Null
 * where the record does not tell, as long as the job runs.
 */
function saved(record: Record<string, unknown>): { seconds_saved: number | null; percent_saved: number | null } {
	const before = amountOf(record.original_duration);
	const after = amountOf(record.output_duration);
	const seconds = before === undefined || after === undefined ? undefined : before - after;
	const percent = seconds === undefined || before === undefined || before === 0 ? undefined : (seconds / before) * 100;
	return {
		seconds_saved: seconds === undefined ? null : rounded(seconds),
		percent_saved: amountOf(record.reduction_pct) ?? (percent === undefined ? null : rounded(percent)),
	};
}

function amountOf(given: unknown): number | undefined {
	return readNumber(given, { min: 0 }).value;
}

/** To hundredths; 0.1 + 0.2 becomes 0.3, and -0.001 becomes 0. */
function rounded(value: number): number {
	return Math.round(value * PRECISION) / PRECISION + 0;
}
