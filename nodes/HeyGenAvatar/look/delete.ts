import type { Operation } from '../../declare/resource';
import { deleteLook as deleting, LAST_LOOK } from '../../engine/operations/deleteLook';
import { ownLookIdField } from '../../fields/pickers';
import { sendingOptionsField } from '../../fields/sending';

/** `DELETE /v3/avatars/looks/{look_id}`. */
export const deleteLook: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete look',
	description: 'Delete a look for good. HeyGen deletes an avatar group with its last look.',
	request: { method: 'DELETE', url: '/v3/avatars/looks/{look_id}' },
	run: deleting(),
	properties: [
		{
			displayName: 'HeyGen deletes an avatar group with its last look: consent and voice go as well, and to make it anew is paid for.',
			name: 'lastLookNotice',
			type: 'notice',
			default: '',
		},
		ownLookIdField,
		{
			displayName: LAST_LOOK.label,
			name: LAST_LOOK.name,
			type: 'options',
			options: [
				{ name: 'Delete the Avatar Group as Well', value: 'delete', description: 'The output says that the group is gone' },
				{ name: 'Stop With Error', value: 'error', description: 'Nothing is deleted' },
			],
			default: 'delete',
			description: 'What to do about the last look of an avatar group',
		},
		sendingOptionsField,
	],
};
