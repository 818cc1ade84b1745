/** Answers of the operations that read, rename and delete avatars. */
import { pageOf } from '../server/cursor';
import { ApiError, invalidParameter } from '../server/errors';
import { fits } from '../server/fields';
import { type Call, type Handlers, ok } from '../server/operation';
import { checkOwn, groupOf, lookOf, noLook, ownGroupOf, presentGroup, presentLook } from './avatar-answers';

/** The name that a request gives. @param current the name so far. */
function nameIn({ body, world }: Call, current: string): string {
	if (body.name === undefined) throw invalidParameter([{ param: 'name', message: 'name must be given' }]);
	if (body.name !== null) return String(body.name);
	return world.config.nullName === 'clears' ? '' : current;
}

export const avatarHandlers: Handlers = {
	'GET /v3/avatars': (call) => {
		const groups = call.world.avatars.groups(call.now).filter((group) => fits(call.query.ownership, group.ownership));
		return ok(pageOf('avatars', groups, call.query, (group) => presentGroup(group, call)));
	},

	'GET /v3/avatars/{group_id}': (call) => ok({ data: presentGroup(groupOf(call), call) }),

	'PATCH /v3/avatars/{group_id}': (call) => {
		const { id, name } = ownGroupOf(call);
		call.world.avatars.rename(id, nameIn(call, name));
		return ok({ data: presentGroup(groupOf(call), call) });
	},

	'DELETE /v3/avatars/{group_id}': (call) => {
		const group = ownGroupOf(call);
		call.world.avatars.deleteGroup(group, call.now);
		return ok({ data: { id: group.id } });
	},

	'GET /v3/avatars/looks': (call) => {
		const { group_id, avatar_type, ownership } = call.query;
		const looks = call.world.avatars
			.looks(call.now)
			.filter(
				(look) =>
					(group_id === undefined || group_id === look.groupId) &&
					fits(avatar_type, look.avatarType) &&
					fits(ownership, look.ownership),
			);
		return ok(pageOf('looks', looks, call.query, (look) => presentLook(look, call)));
	},

	'GET /v3/avatars/looks/{look_id}': (call) => {
		const look = lookOf(call);
		if (look.stage === 'training' && call.world.config.trainingLookHidden) throw noLook(look.id);
		return ok({ data: presentLook(look, call) });
	},

	'PATCH /v3/avatars/looks/{look_id}': (call) => {
		const look = lookOf(call);
		if (look.avatarType === 'studio_avatar') {
			throw new ApiError(400, 'invalid_parameter', `Avatar ${look.id} is a studio avatar, which cannot be renamed`);
		}
		checkOwn(look);
		call.world.avatars.rename(look.id, nameIn(call, look.name));
		return ok({ data: presentLook(lookOf(call), call) });
	},

	'DELETE /v3/avatars/looks/{look_id}': (call) => {
		const look = lookOf(call);
		checkOwn(look);
		call.world.avatars.deleteLook(look, call.now);
		return ok({ data: { id: look.id } });
	},
};
