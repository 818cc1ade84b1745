import type { Operation } from '../../declare/resource';
import { deleted } from '../../engine/operations/deleted';
import { ownVoiceIdField } from '../../fields/pickers';
import { sendingOptionsField } from '../../fields/sending';

/** `DELETE /v3/voices/{voice_id}`. "Repeat: 404, treat as success" (API reference, section Voices and speech). */
export const deleteVoice: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete voice',
	description: "Delete one of the account's own voices for good. One that is not there any more counts as deleted.",
	request: { method: 'DELETE', url: '/v3/voices/{voice_id}' },
	run: deleted('voice', 'voice_id', { missingIsDone: true }),
	properties: [ownVoiceIdField, sendingOptionsField],
};
