import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import type { Call } from '../../engine/item/call';
import { asWanted } from '../../engine/item/simplify';
import { pages } from '../../engine/operations/pages';
import { listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { PAGE_MAX } from '../../heygen/limits';
import { TEMPLATE_OUTLINE, templateIn } from '../../heygen/templates/template';

function entryShape(record: IDataObject, call: Pick<Call, 'parameter'>): IDataObject {
	return asWanted(call, TEMPLATE_OUTLINE, { template_id: templateIn(record).id, ...record });
}

/** `GET /v3/templates`. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many templates',
	description: 'List the templates that have variables',
	request: { method: 'GET', url: '/v3/templates' },
	run: pages({ max: PAGE_MAX.templates, of: 'templates', shape: entryShape }),
	properties: [...listFields, simplifyField, sendingOptionsField],
};
