import { jobShape } from '../../engine/item/simplify';
import { ownLookIdField } from '../../fields/pickers';
import { avatarJob } from '../../heygen/jobs/avatar';
import { changeOperation } from '../changing';

/** `PATCH /v3/avatars/looks/{look_id}`. */
export const update = changeOperation({
	noun: 'look',
	action: 'Update look',
	description: 'Rename a look of a photo avatar or a digital twin, or clear its name',
	url: '/v3/avatars/looks/{look_id}',
	idField: ownLookIdField,
	shape: jobShape(avatarJob),
});
