import { outlineShape } from '../../engine/item/simplify';
import { ownAvatarGroupIdField } from '../../fields/pickers';
import { avatarGroup } from '../../heygen/jobs/avatar';
import { changeOperation } from '../changing';

/** `PATCH /v3/avatars/{group_id}`. */
export const update = changeOperation({
	noun: 'avatar group',
	action: 'Update avatar',
	description: 'Rename an avatar group, or clear its name',
	url: '/v3/avatars/{group_id}',
	idField: ownAvatarGroupIdField,
	shape: outlineShape(avatarGroup.outline),
});
