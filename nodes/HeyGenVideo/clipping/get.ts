import type { Operation } from '../../declare/resource';
import { jobShape } from '../../engine/item/simplify';
import { single } from '../../engine/operations/single';
import { jobIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { clippingJob } from '../../heygen/jobs/clipping';

/** `GET /v3/ai-clipping/{job_id}`. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get clipping',
	description: 'Read one clipping with its clips, their fresh addresses and how far it is',
	request: { method: 'GET', url: '/v3/ai-clipping/{job_id}' },
	run: single('get the clipping', jobShape(clippingJob)),
	properties: [jobIdField('clipping'), simplifyField, sendingOptionsField],
};
