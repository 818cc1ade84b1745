import { DUBBING_MINUTES } from '../limits';
import { subtitles } from './files';
import { FAILED_WORDS, type JobFile, type JobKind, type Readable, SUCCEEDED_WORDS } from './kind';

/**
 * `POST /v3/video-translations/proofreads`: the subtitles of a translation, to be corrected before the video is made. They
 * are read by a request of their own.
 */
export const proofreadJob: JobKind = {
	noun: 'proofread',
	idField: 'proofread_id',
	// One for each language; the package asks for one language at a time.
	createdIdField: 'proofread_ids',
	lane: 'proofreads',
	recordPath: '/v3/video-translations/proofreads/{id}',
	succeeded: SUCCEEDED_WORDS,
	failed: FAILED_WORDS,
	failureCodeFields: [],
	failureMessageFields: ['failure_message'],
	waitMinutes: DUBBING_MINUTES,
	files: [],
	outline: {
		idField: 'proofread_id',
		fields: ['status', 'title', 'output_language', 'input_language', 'submitted_for_review', 'created_at', 'failure_message'],
		optional: ['input_language', 'submitted_for_review', 'failure_message'],
	},
};

/** The subtitles of a proofread: the record that names their addresses. */
export const proofreadSubtitles: Omit<Readable, 'recordPath'> & { files: readonly JobFile[] } = {
	noun: 'proofread',
	idField: 'proofread_id',
	fileLabelField: 'output_language',
	files: [
		subtitles('srt_url'),
		{ ...subtitles('original_srt_url'), name: 'originalSubtitles', displayName: 'Original Subtitles', suffix: '-original.srt' },
	],
};
