/** Answer of the operation that makes avatars. */
import { type AssetUse, useOfInput } from '../assets/asset-uses';
import { admitJob } from '../jobs/job-answers';
import { invalidParameter } from '../server/errors';
import { asText, type Fields } from '../server/fields';
import { type Call, type Handlers, ok } from '../server/operation';
import { avatarDraft } from './avatar';
import { noGroup, noLook, notOwn, presentGroup, presentLook } from './avatar-answers';

/** @throws ApiError for a look that is not there, or that is of another group than the one given. */
function checkReferenceLook({ world, body, now }: Call, groupId: string | null): void {
	const id = asText(body.avatar_id);
	if (id === null) return;
	const look = world.avatars.lookAt(id, now);
	if (!look && world.config.validateIds) throw noLook(id, 'avatar_id');
	if (!look || groupId === null || look.groupId === groupId) return;
	const message = `avatar ${id} does not belong to the group ${groupId}`;
	throw invalidParameter([{ param: 'avatar_group_id', message }]);
}

/** The group that a request names, or null. @throws ApiError 404 when it is not there, 403 when it is public. */
function groupIn({ world, body }: Call): string | null {
	const id = asText(body.avatar_group_id);
	if (id === null) return null;
	const ownership = world.avatars.ownershipOf(id);
	if (ownership === undefined) throw noGroup(id, 'avatar_group_id');
	if (ownership === 'public') throw notOwn(`Avatar group ${id}`, 'avatar_group_id');
	return id;
}

function usesIn({ type, file, reference_images: references }: Fields): AssetUse[] {
	const kind = type === 'digital_twin' ? 'video' : 'image';
	const pictures = Array.isArray(references) ? (references as unknown[]) : [];
	return [
		useOfInput(file, [kind], 'file'),
		...pictures.map((input, index) => useOfInput(input, ['image'], `reference_images[${index}]`)),
	];
}

export const avatarCreationHandlers: Handlers = {
	'POST /v3/avatars': (call) => {
		const { world, body, now } = call;
		const { avatars, config } = world;
		const given = groupIn(call);
		checkReferenceLook(call, given);
		const groupId = given ?? avatars.newGroupId();
		const { id } = admitJob(call, world.jobs.avatar, avatarDraft(body, groupId, config), usesIn(body));
		if (given === null) avatars.addGroup(groupId, String(body.name), now);
		// As of the moment before, when even a training that takes no time has not ended.
		const [look, group] = [avatars.lookAt(id, now - 1), avatars.groupAt(groupId, now - 1)];
		const tellsOf = (part: 'item' | 'group'): boolean => [part, 'both'].includes(config.avatarAnswer);
		const data = {
			avatar_item: look && tellsOf('item') ? presentLook(look, call) : null,
			avatar_group: group && tellsOf('group') ? presentGroup(group, call) : null,
		};
		return ok({ data });
	},
};
