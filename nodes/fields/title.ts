import type { INodeProperties } from 'n8n-workflow';

import { inBody } from './inBody';

/**
 * What something is called in HeyGen: a member of an operation's Options.
 *
 * @param description "The video's name in HeyGen"
 */
export function titleOption(description: string): INodeProperties {
	return {
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		description,
		routing: inBody('title'),
	};
}
