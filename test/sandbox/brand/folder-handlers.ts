/** Answers of the folder operations. */
import { randomUUID } from 'node:crypto';
import { ApiError } from '../server/errors';
import { ACCOUNT_USERNAME } from '../server/keys';
import { type Handlers, ok, seconds } from '../server/operation';

export interface Folder {
	id: string;
	name: string;
	type: string;
	/** null: in the root folder. */
	parentId: string | null;
	/** Unix milliseconds. */
	createdAt: number;
	deleted: boolean;
}

const presentFolder = ({ id, name, type, parentId, createdAt }: Folder): object => ({
	folder_id: id,
	name,
	type,
	parent_id: parentId,
	is_trash: false,
	creator_username: ACCOUNT_USERNAME,
	created_at: seconds(createdAt),
	updated_at: seconds(createdAt),
});

export const folderHandlers: Handlers = {
	'POST /v3/folders': ({ world, body, now }) => {
		const parentId = typeof body.parent_id === 'string' ? body.parent_id : null;
		if (parentId !== null && !world.folders.get(parentId)) {
			throw new ApiError(404, 'not_found', `Folder ${parentId} not found`, { param: 'parent_id' });
		}
		const folder: Folder = {
			id: `folder_${randomUUID()}`,
			name: String(body.name),
			type: typeof body.type === 'string' ? body.type : 'mixed',
			parentId,
			createdAt: now,
			deleted: false,
		};
		world.folders.add(folder);
		return ok({ data: presentFolder(folder) });
	},

	'GET /v3/folders/{folder_id}': ({ world, params }) => {
		const id = params['folder_id'] ?? '';
		const folder = world.folders.get(id);
		if (!folder) throw new ApiError(404, 'not_found', `Folder ${id} not found`);
		return ok({ data: presentFolder(folder) });
	},
};
