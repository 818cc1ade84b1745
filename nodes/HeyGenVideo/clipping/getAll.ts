import type { Operation } from '../../declare/resource';
import { jobShape } from '../../engine/item/simplify';
import { pages } from '../../engine/operations/pages';
import { listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { clippingJob } from '../../heygen/jobs/clipping';
import { PAGE_MAX } from '../../heygen/limits';

const { outline } = clippingJob;

/** Lists call the progress of every clipping 0 (API reference, Post-production jobs). */
const listed = { ...clippingJob, outline: { ...outline, fields: outline.fields.filter((field) => field !== 'progress') } };

/** `GET /v3/ai-clipping`. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many clippings',
	description: 'List clippings with their clips, newest first',
	request: { method: 'GET', url: '/v3/ai-clipping' },
	run: pages({ max: PAGE_MAX.clippings, of: 'clippings', shape: jobShape(listed) }),
	properties: [...listFields, simplifyField, sendingOptionsField],
};
