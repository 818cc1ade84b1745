import type { INodeProperties } from 'n8n-workflow';

import { CUSTOM_LABELS } from '../../engine/item/customFields';

/** The path of a request, and what stands behind its question mark. */
export const addressFields: INodeProperties[] = [
	{
		displayName: CUSTOM_LABELS.path,
		name: 'path',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. /v3/videos/{{ $json.video_id }}',
		description:
			"A path of HeyGen's API v3, as its reference has it, or the full address. The host and the API key are those of the credential.",
	},
	{
		displayName: CUSTOM_LABELS.query,
		name: 'query',
		type: 'json',
		default: '{}',
		description:
			'Query parameters by their names in the API, such as {"folder_id": "abc"}. A list becomes text with commas, and what is empty is left out.',
	},
];
