import type { Operation } from '../../declare/resource';
import { single } from '../../engine/operations/single';
import { pathIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';

/** `GET /v3/folders/{folder_id}`. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get folder',
	description: 'Read one folder',
	request: { method: 'GET', url: '/v3/folders/{folder_id}' },
	run: single('get the folder'),
	properties: [
		pathIdField('folder_id', {
			displayName: 'Folder ID',
			name: 'folderId',
			placeholder: 'e.g. {{ $json.folder_id }}',
			description: "The folder's ID, as 'Create' puts it out in folder_id, or from the address bar of HeyGen",
		}),
		sendingOptionsField,
	],
};
