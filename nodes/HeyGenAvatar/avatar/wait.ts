import type { Operation } from '../../declare/resource';
import { GROUP_OF_LOOK, waitForLook } from '../../engine/operations/avatarLooks';
import { consentWaitOption } from '../../fields/consent';
import { ownLookIdField } from '../../fields/pickers';
import { optionsField, sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { attachFields, waitOptionsOf } from '../../fields/waiting';
import { avatarJob } from '../../heygen/jobs/avatar';

/** Attaches to a look in training. */
export const wait: Operation = {
	value: 'wait',
	name: 'Wait Until Finished',
	action: 'Wait until avatar is finished',
	description: 'Attach to a look that is being made, and hand it on when it can be used, or when somebody has to consent',
	request: { method: 'GET', url: '/v3/avatars/looks/{look_id}' },
	run: waitForLook(),
	properties: [
		{ ...ownLookIdField, description: "The look, as the creates put it out in look_id. The ID of an avatar group with one look stands for that look." },
		...attachFields(avatarJob),
		simplifyField,
		optionsField([
			{
				displayName: GROUP_OF_LOOK.label,
				name: GROUP_OF_LOOK.name,
				type: 'string',
				default: '',
				placeholder: 'e.g. {{ $json.group_id }}',
				description: "The group of the look, as the creates put it out in group_id. HeyGen may not find a look by its ID while it is in training; the group says then how far it is.",
			},
			...waitOptionsOf(avatarJob),
			consentWaitOption,
		]),
		sendingOptionsField,
	],
};
