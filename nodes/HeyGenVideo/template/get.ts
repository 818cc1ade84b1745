import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import type { Call } from '../../engine/item/call';
import { single } from '../../engine/operations/single';
import { templateField } from '../../fields/pickers';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { shortTemplate, templateIn } from '../../heygen/templates/template';

/** A template, with its variables as a list where it is simplified. */
function templateShape(record: IDataObject, call: Pick<Call, 'parameter'>): IDataObject {
	if (call.parameter('simplify', false)) return shortTemplate(record) as IDataObject;
	return { template_id: templateIn(record).id, ...record };
}

/** `GET /v3/templates/{template_id}`. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get template',
	description: 'Read one template, with its variables and scenes',
	request: { method: 'GET', url: '/v3/templates/{template_id}' },
	run: single('get the template', templateShape),
	properties: [templateField, simplifyField, sendingOptionsField],
};
