import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import { inputError } from '../../engine/basics/errors';
import type { Call, Handler } from '../../engine/item/call';
import { recordShape } from '../../engine/item/simplify';
import { accountUsername } from '../../engine/operations/accountUsername';
import { pages, wantedRecords } from '../../engine/operations/pages';
import { inQuery } from '../../fields/inQuery';
import { filtersField, folderFilter, listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyFields } from '../../fields/simplify';
import { assetOutline } from '../../heygen/jobs/asset';
import { PAGE_MAX } from '../../heygen/limits';

const list = pages({ max: PAGE_MAX.assets, of: 'assets', shape: recordShape(assetOutline) });

/** HeyGen lists the assets of one member of the workspace only, and needs to be told which. */
const listOfOwner: Handler = async (call) => {
	wantedRecords(call);
	const where = rootOnly(call);
	const username = call.query.username ?? (await accountUsername(call));
	return await list({ ...call, query: { ...call.query, username, ...where } });
};

/** An empty folder id means: what is in no folder. */
function rootOnly(call: Call): IDataObject {
	const filters = call.parameter<IDataObject>('filters', {});
	if (filters.withoutFolder !== true) return {};
	if (call.query.folder_id === undefined) return { folder_id: '' };
	throw inputError(
		"'Without Folder' cannot be combined with 'Folder ID'",
		'Use one of them: what is in no folder, or what is in that one.',
	);
}

/** `GET /v3/assets`. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many assets',
	description: "List a workspace member's assets, newest first",
	request: { method: 'GET', url: '/v3/assets' },
	run: listOfOwner,
	properties: [
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.owner }}',
			hint: 'Empty for the account of the API key',
			description:
				"Whose assets to list: HeyGen lists those of one workspace member at a time. It is the value that assets have as their owner. Empty for the account of the API key, whose name the node looks up.",
			routing: inQuery('username'),
		},
		...listFields,
		...simplifyFields(),
		filtersField([
			folderFilter,
			{
				displayName: 'Without Folder',
				name: 'withoutFolder',
				type: 'boolean',
				default: false,
				description: 'Whether to list only assets that are in no folder',
			},
		]),
		sendingOptionsField,
	],
};
