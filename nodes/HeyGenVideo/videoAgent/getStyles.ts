import type { Operation } from '../../declare/resource';
import { recordShape } from '../../engine/item/simplify';
import { pages } from '../../engine/operations/pages';
import { inQuery } from '../../fields/inQuery';
import { filtersField, listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { styleOutline } from '../../heygen/jobs/agentRecords';
import { PAGE_MAX } from '../../heygen/limits';

/** `GET /v3/video-agents/styles`. */
export const getStyles: Operation = {
	value: 'getStyles',
	name: 'Get Many Styles',
	action: 'Get many video agent styles',
	description: 'List the styles that the agent can make a video in, with films that show them',
	request: { method: 'GET', url: '/v3/video-agents/styles' },
	run: pages({ max: PAGE_MAX.agentStyles, of: 'styles', shape: recordShape(styleOutline) }),
	properties: [
		...listFields,
		simplifyField,
		filtersField([
			{
				displayName: 'Tag',
				name: 'tag',
				type: 'string',
				default: '',
				description: 'A tag that the styles have',
				routing: inQuery('tag'),
			},
		]),
		sendingOptionsField,
	],
};
