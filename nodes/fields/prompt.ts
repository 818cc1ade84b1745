import type { INodeProperties } from 'n8n-workflow';

import { inBody } from './inBody';

/**
 * What a video shows, in words.
 *
 * @param placeholder an example
 * @param hint how long it may be
 */
export function promptField(placeholder: string, hint: string): INodeProperties {
	return {
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: `e.g. ${placeholder}`,
		hint,
		description: 'What the video shows, in words',
		routing: inBody('prompt'),
	};
}
