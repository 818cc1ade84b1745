import type { Operation } from '../../declare/resource';
import { recordShape } from '../../engine/item/simplify';
import { single } from '../../engine/operations/single';
import { renderIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { hyperframesJob } from '../../heygen/jobs/hyperframes';

/** A render as Get and Get Many put it out. */
export const renderShape = recordShape(hyperframesJob.outline);

/** `GET /v3/hyperframes/renders/{render_id}`. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get hyperframes render',
	description: 'Read one render, with fresh addresses of its files',
	request: { method: 'GET', url: '/v3/hyperframes/renders/{render_id}' },
	run: single('get the render', renderShape),
	properties: [renderIdField, simplifyField, sendingOptionsField],
};
