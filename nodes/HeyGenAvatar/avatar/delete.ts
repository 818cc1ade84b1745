import type { Operation } from '../../declare/resource';
import { deleted } from '../../engine/operations/deleted';
import { ownAvatarGroupIdField } from '../../fields/pickers';
import { sendingOptionsField } from '../../fields/sending';

/** `DELETE /v3/avatars/{group_id}`. */
export const deleteAvatar: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete avatar',
	description: 'Delete an avatar group with all of its looks for good. To make it anew is paid for again.',
	request: { method: 'DELETE', url: '/v3/avatars/{group_id}' },
	run: deleted('avatar group', 'group_id'),
	properties: [ownAvatarGroupIdField, sendingOptionsField],
};
