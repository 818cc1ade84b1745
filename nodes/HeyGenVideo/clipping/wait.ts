import type { Operation } from '../../declare/resource';
import { attach } from '../../engine/operations/attach';
import { jobIdField } from '../../fields/ids';
import { optionsField, sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { attachFields, waitOptions } from '../../fields/waiting';
import { clippingJob } from '../../heygen/jobs/clipping';

/** Attaches to a running clipping. */
export const wait: Operation = {
	value: 'wait',
	name: 'Wait Until Finished',
	action: 'Wait until clipping is finished',
	description: 'Attach to a clipping that is being made, and hand on one item for each clip when it is finished',
	request: { method: 'GET', url: '/v3/ai-clipping/{job_id}' },
	run: attach(clippingJob),
	properties: [jobIdField('clipping'), ...attachFields(clippingJob), simplifyField, optionsField(waitOptions), sendingOptionsField],
};
