import type { Operation } from '../../declare/resource';
import { outlineShape } from '../../engine/item/simplify';
import { single } from '../../engine/operations/single';
import { avatarGroupIdField } from '../../fields/pickers';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { avatarGroup } from '../../heygen/jobs/avatar';

/** `GET /v3/avatars/{group_id}`. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get avatar',
	description: 'Read one avatar group: its status, consent, voice and how many looks it has',
	request: { method: 'GET', url: '/v3/avatars/{group_id}' },
	run: single('get the avatar group', outlineShape(avatarGroup.outline)),
	properties: [avatarGroupIdField, simplifyField, sendingOptionsField],
};
