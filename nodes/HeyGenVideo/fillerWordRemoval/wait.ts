import type { Operation } from '../../declare/resource';
import { attach } from '../../engine/operations/attach';
import { jobIdField } from '../../fields/ids';
import { optionsField, sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { attachFields, waitOptions } from '../../fields/waiting';
import { fillerWordRemovalJob } from '../../heygen/jobs/fillerWordRemoval';

/** Attaches to a running filler word removal. */
export const wait: Operation = {
	value: 'wait',
	name: 'Wait Until Finished',
	action: 'Wait until filler word removal is finished',
	description: 'Attach to a filler word removal that is under way, and hand on the new video when it is finished',
	request: { method: 'GET', url: '/v3/filler-word-removals/{id}' },
	run: attach(fillerWordRemovalJob),
	properties: [
		jobIdField('filler word removal', 'id'),
		...attachFields(fillerWordRemovalJob),
		simplifyField,
		optionsField(waitOptions),
		sendingOptionsField,
	],
};
