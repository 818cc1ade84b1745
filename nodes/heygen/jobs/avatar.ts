import { asRecord, idIn, type RecordOutline } from '../records';
import { FAILED_WORDS, type JobKind, type Readable, stateWord, SUCCEEDED_WORDS } from './kind';

/** State in which the person who is shown has to consent (API reference, section Avatars). */
export const NEEDS_CONSENT = 'pending_consent';

/** A person or character, with all of its looks. */
export const avatarGroup: Readable & { outline: RecordOutline } = {
	noun: 'avatar group',
	idField: 'group_id',
	recordPath: '/v3/avatars/{id}',
	files: [],
	outline: {
		idField: 'group_id',
		fields: [
			'name',
			'status',
			'consent_status',
			'looks_count',
			'gender',
			'default_voice_id',
			'preview_image_url',
			'preview_video_url',
			'created_at',
			'error',
		],
		optional: ['error'],
	},
};

/** `POST /v3/avatars`: a look, which is what videos show. Its group is the avatar. */
export const avatarJob: JobKind = {
	noun: 'look',
	idField: 'look_id',
	lane: 'avatars',
	recordPath: '/v3/avatars/looks/{id}',
	succeeded: SUCCEEDED_WORDS,
	failed: FAILED_WORDS,
	held: [NEEDS_CONSENT],
	failureCodeFields: [],
	failureMessageFields: ['error'],
	files: [],
	createdRecord: createdLook,
	asRead: withStatus,
	isUsable: hasEngines,
	ownerField: 'group_id',
	outline: {
		idField: 'look_id',
		fields: [
			'status',
			'name',
			'group_id',
			'avatar_type',
			'gender',
			'default_voice_id',
			'supported_api_engines',
			'preferred_orientation',
			'preview_image_url',
			'preview_video_url',
			'error',
		],
		optional: ['error'],
	},
};

/** The look in the answer to a create, which may name the group alone. */
function createdLook(data: Record<string, unknown>): Record<string, unknown> {
	const [look, group] = [asRecord(data.avatar_item), asRecord(data.avatar_group)];
	if (!('avatar_item' in data) && !('avatar_group' in data)) return data;
	const lookId = idIn(look, ['look_id']);
	const groupId = idIn({ group_id: look.group_id }, ['group_id']) ?? idIn(group, ['group_id']);
	return {
		...(lookId === undefined ? { name: group.name, status: group.status } : { look_id: lookId, ...look }),
		...(groupId === undefined ? {} : { group_id: groupId }),
	};
}

/** HeyGen's public looks have no status (API reference, section Avatars): what engines can move is there to be used. */
function withStatus(look: Record<string, unknown>): Record<string, unknown> {
	return stateWord(look.status) === '' && hasEngines(look) ? { ...look, status: 'completed' } : look;
}

/** A preview says less: a look in training may show the photo that it is made of. */
function hasEngines({ supported_api_engines: engines }: Record<string, unknown>): boolean {
	return Array.isArray(engines) && engines.length > 0;
}
