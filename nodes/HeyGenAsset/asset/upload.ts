import type { Operation } from '../../declare/resource';
import { UPLOAD_PARAMETER, upload as uploadFiles } from '../../engine/operations/upload';
import { creatingOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { SIMPLE_UPLOAD_MAX_MB } from '../../heygen/limits';

/** `POST /v3/assets`, or a direct upload for large files and for many. */
export const upload: Operation = {
	value: 'upload',
	name: 'Upload',
	action: 'Upload asset',
	description: 'Bring files into HeyGen, of any size, and hand on their asset IDs',
	request: { method: 'POST', url: '/v3/assets' },
	run: uploadFiles(),
	properties: [
		{
			displayName: 'All Binary Fields',
			name: 'allBinaryFields',
			type: 'boolean',
			default: false,
			description: 'Whether to upload every file of the item rather than those named',
		},
		{
			displayName: UPLOAD_PARAMETER,
			name: 'binaryPropertyName',
			type: 'string',
			typeOptions: { binaryDataProperty: true },
			required: true,
			displayOptions: { show: { allBinaryFields: [false] } },
			default: 'data',
			placeholder: 'e.g. data',
			hint: 'The name of the input binary field containing the file; several are separated by commas',
			description: `A PNG, JPEG, MP4, WebM, MP3, WAV, PDF, SRT or ZIP file. Files above ${SIMPLE_UPLOAD_MAX_MB} MB go to HeyGen's storage directly.`,
		},
		optionsField([
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. logo.png',
				description:
					'What the file is called in HeyGen; its extension must be that of its real format. By default the name it has in n8n.',
			},
		]),
		requestOptionsField(creatingOptions),
	],
};
