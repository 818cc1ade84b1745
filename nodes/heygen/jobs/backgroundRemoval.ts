import { FAILED_WORDS, type JobFile, type JobKind, SUCCEEDED_WORDS } from './kind';

/** The layers that a video can be divided into, as the API and the editor call them. */
export const LAYERS = {
	foreground: 'Foreground',
	mask: 'Mask',
	background: 'Background',
} as const;

function layerFile([name, displayName]: [string, string]): JobFile {
	return { name, displayName, urlField: `layers.${name}`, suffix: `-${name}.mp4`, mimeType: 'video/mp4' };
}

const [first, ...others] = Object.entries(LAYERS).map(layerFile);

/** `POST /v3/background-removals`: a video in layers. Which ones there are is the user's choice. */
export const backgroundRemovalJob: JobKind = {
	noun: 'background removal',
	idField: 'job_id',
	lane: 'background removals',
	recordPath: '/v3/background-removals/{id}',
	succeeded: SUCCEEDED_WORDS,
	failed: FAILED_WORDS,
	secondsField: 'duration',
	failureCodeFields: [],
	failureMessageFields: ['error'],
	files: [first as JobFile, ...others],
	hasEqualFiles: true,
	orderedBy: 'layers',
	outline: {
		idField: 'job_id',
		fields: ['status', 'layers', 'duration', 'created_at', 'completed_at', 'error'],
		optional: ['error'],
	},
};
