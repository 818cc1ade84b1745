import type { Operation } from '../../declare/resource';
import { attach } from '../../engine/operations/attach';
import { jobIdField } from '../../fields/ids';
import { optionsField, sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { attachFields, waitOptions } from '../../fields/waiting';
import { backgroundRemovalJob } from '../../heygen/jobs/backgroundRemoval';

/** Attaches to a running background removal. */
export const wait: Operation = {
	value: 'wait',
	name: 'Wait Until Finished',
	action: 'Wait until background removal is finished',
	description: 'Attach to a background removal that is under way, and hand on its layers when it is finished',
	request: { method: 'GET', url: '/v3/background-removals/{job_id}' },
	run: attach(backgroundRemovalJob),
	properties: [
		jobIdField('background removal'),
		...attachFields(backgroundRemovalJob),
		simplifyField,
		optionsField(waitOptions),
		sendingOptionsField,
	],
};
