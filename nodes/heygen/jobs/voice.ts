import { PAGE_MAX } from '../limits';
import { isNothing } from '../values/reading';
import { FAILED_WORDS, type JobKind, stateWord, SUCCEEDED_WORDS } from './kind';

/** HeyGen's word for a voice that can be used (API reference, section Voices and speech: "complete, not completed"). */
const COMPLETE = 'complete';

/** `POST /v3/voices/clone`: a voice of the account's own. Any voice is read and shown as its result is. */
export const voiceJob: JobKind = {
	noun: 'voice',
	idField: 'voice_id',
	createdIdField: 'voice_clone_id',
	lane: 'voice clones',
	recordPath: '/v3/voices/{id}',
	succeeded: [COMPLETE, ...SUCCEEDED_WORDS],
	failed: FAILED_WORDS,
	failureCodeFields: [],
	failureMessageFields: ['failure_message'],
	files: [],
	isShort: true,
	// HeyGen is not known to heed the key of a clone, and a second one takes another place of those that a plan has.
	lookUp: { path: '/v3/voices', max: PAGE_MAX.voices, query: { type: 'private' }, by: { body: 'voice_name', record: 'name' } },
	asRead: withStatus,
	outline: {
		idField: 'voice_id',
		fields: ['name', 'status', 'language', 'gender', 'preview_audio_url', 'support_pause', 'created_at', 'failure_message'],
		optional: ['created_at', 'failure_message'],
	},
};

/** HeyGen's public voices have no status: one that can be listened to is there to be used. */
function withStatus(voice: Record<string, unknown>): Record<string, unknown> {
	const isUsable = stateWord(voice.status) === '' && !isNothing(voice.preview_audio_url);
	return isUsable ? { ...voice, status: COMPLETE } : voice;
}
