import type { Operation } from '../../declare/resource';
import { write } from '../../engine/operations/write';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { inBody } from '../../fields/inBody';
import { creatingOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { FOLDER_NAME_MAX_CHARACTERS } from '../../heygen/limits';
import { newFolder } from '../../heygen/schemas/folder';

/** `POST /v3/folders`. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create folder',
	description: 'Make a folder for videos or translations',
	request: { method: 'POST', url: '/v3/folders' },
	run: write('create the folder', newFolder),
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			description: `The folder's name, up to ${FOLDER_NAME_MAX_CHARACTERS} characters`,
			routing: inBody('name'),
		},
		optionsField([
			additionalFieldsOption,
			{
				displayName: 'Parent ID',
				name: 'parentId',
				type: 'string',
				default: '',
				description: 'ID of the folder to put it into',
				routing: inBody('parent_id'),
			},
			{
				displayName: 'Type',
				name: 'type',
				type: 'options',
				options: [
					{ name: 'Mixed', value: 'mixed', description: 'For anything' },
					{ name: 'Video', value: 'video' },
					{ name: 'Video Translation', value: 'video_translate' },
				],
				default: 'mixed',
				description: 'What the folder is for',
				routing: inBody('type'),
			},
		]),
		requestOptionsField(creatingOptions),
	],
};
