import type { Operation } from '../../declare/resource';
import { attach } from '../../engine/operations/attach';
import { renderIdField } from '../../fields/ids';
import { optionsField, sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { attachFields, waitOptions } from '../../fields/waiting';
import { hyperframesJob } from '../../heygen/jobs/hyperframes';

/** Attaches to a running render. */
export const wait: Operation = {
	value: 'wait',
	name: 'Wait Until Finished',
	action: 'Wait until hyperframes render is finished',
	description: 'Attach to a render that is going on, and hand it on when it is finished',
	request: { method: 'GET', url: '/v3/hyperframes/renders/{render_id}' },
	run: attach(hyperframesJob),
	properties: [
		renderIdField,
		...attachFields(hyperframesJob),
		simplifyField,
		optionsField(waitOptions),
		sendingOptionsField,
	],
};
