import type { Operation } from '../../declare/resource';
import { CUSTOM_LABELS } from '../../engine/item/customFields';
import { DOWNLOAD_FIELDS } from '../../engine/operations/answerFiles';
import { customCall } from '../../engine/operations/customCall';
import { METHODS_WITH_BODY } from '../../engine/operations/customRequest';
import { creatingOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { addressFields } from './fields';

/** Any request of the v3 API: its parameters say which. */
export const call: Operation = {
	value: 'call',
	name: 'Custom API Call',
	action: 'Call any path of the API',
	description: "Send any request to HeyGen's API v3, for what the other operations do not cover yet",
	builderHint:
		"Only for what no other operation does. Give Method and Path from HeyGen's API reference, with IDs by expressions. It does not wait: a job that it starts is followed by another Custom API Call with GET, or by Wait Until Finished of the job's own resource. For lists with pages use Custom API List.",
	run: customCall(),
	properties: [
		{
			displayName: CUSTOM_LABELS.method,
			name: 'method',
			type: 'options',
			options: [
				{ name: 'DELETE', value: 'DELETE', description: 'Remove something' },
				{ name: 'GET', value: 'GET', description: 'Read something' },
				{ name: 'PATCH', value: 'PATCH', description: 'Change some of its fields' },
				{ name: 'POST', value: 'POST', description: 'Make something, or start a job' },
				{ name: 'PUT', value: 'PUT', description: 'Replace something' },
			],
			default: 'GET',
			description: 'The HTTP method of the request',
		},
		...addressFields,
		{
			displayName: CUSTOM_LABELS.body,
			name: 'body',
			type: 'json',
			displayOptions: { show: { method: [...METHODS_WITH_BODY] } },
			default: '{}',
			description: 'The body of the request, by the names of the API. It is sent as it is, with its empty values.',
		},
		{
			displayName:
				"HeyGen charges for what this starts, and the node does not wait. Follow a job with another call, or with Wait Until Finished of its resource.",
			name: 'callNotice',
			type: 'notice',
			displayOptions: { show: { method: ['POST'] } },
			default: '',
		},
		optionsField([
			{
				displayName: DOWNLOAD_FIELDS.label,
				name: DOWNLOAD_FIELDS.name,
				type: 'string',
				default: '',
				placeholder: 'e.g. audio_url, clips.0.video_url',
				description:
					'Fields of the answer with addresses of files, separated by commas. In a list they are looked for in each entry. Each file goes into a binary field of that name without _url: audio, clips_0_video.',
			},
			{
				displayName: 'Include Response Headers and Status',
				name: 'fullResponse',
				type: 'boolean',
				default: false,
				description: 'Whether to put out the whole answer as one item, in the fields body, headers and statusCode',
			},
		]),
		requestOptionsField(creatingOptions),
	],
};
