import type { Operation } from '../../declare/resource';
import { jobShape } from '../../engine/item/simplify';
import { single } from '../../engine/operations/single';
import { jobIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { fillerWordRemovalJob } from '../../heygen/jobs/fillerWordRemoval';

/** `GET /v3/filler-word-removals/{id}`. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get filler word removal',
	description: 'Read one filler word removal: how far it is, what it has saved, and fresh addresses of its files',
	request: { method: 'GET', url: '/v3/filler-word-removals/{id}' },
	run: single('get the filler word removal', jobShape(fillerWordRemovalJob)),
	properties: [jobIdField('filler word removal', 'id'), simplifyField, sendingOptionsField],
};
