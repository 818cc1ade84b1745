import type { Operation } from '../../declare/resource';
import { jobShape } from '../../engine/item/simplify';
import { single } from '../../engine/operations/single';
import { jobIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { backgroundRemovalJob } from '../../heygen/jobs/backgroundRemoval';

/** `GET /v3/background-removals/{job_id}`. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get background removal',
	description: 'Read one background removal, with fresh addresses of its layers',
	request: { method: 'GET', url: '/v3/background-removals/{job_id}' },
	run: single('get the background removal', jobShape(backgroundRemovalJob)),
	properties: [jobIdField('background removal'), simplifyField, sendingOptionsField],
};
