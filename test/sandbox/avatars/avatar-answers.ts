/** What the handlers of avatars have in common: finding groups and looks, and telling of them. */
import { imagePreviewPath } from '../files/file-names';
import { ApiError } from '../server/errors';
import type { Call } from '../server/operation';
import type { LookNow } from './avatar';
import type { GroupNow } from './avatar-group';

const IMAGE_SIZES = { landscape: [1920, 1080], portrait: [1080, 1920], square: [1080, 1080] } as const;

const pictureOf = ({ id, hasPicture }: { id: string; hasPicture: boolean }, { world, now }: Call): string | null =>
	hasPicture ? world.signer.mint(imagePreviewPath(id), now) : null;

/** The record of a group. */
export function presentGroup(group: GroupNow, call: Call): object {
	return {
		id: group.id,
		name: group.name,
		created_at: group.createdAt,
		looks_count: group.looks.length,
		gender: group.gender,
		default_voice_id: group.defaultVoiceId,
		preview_image_url: pictureOf(group, call),
		preview_video_url: null,
		status: group.status,
		consent_status: group.consentStatus,
		error: group.error,
	};
}

/** The record of a look. */
export function presentLook(look: LookNow, call: Call): object {
	const [width, height] = IMAGE_SIZES[look.orientation];
	return {
		id: look.id,
		name: look.name,
		group_id: look.groupId,
		avatar_type: look.avatarType,
		gender: look.gender,
		default_voice_id: look.defaultVoiceId,
		preferred_orientation: look.orientation,
		image_width: width,
		image_height: height,
		preview_image_url: pictureOf(look, call),
		preview_video_url: null,
		status: look.status,
		supported_api_engines: look.engines,
		tags: look.tags,
		error: look.error,
	};
}

/** What is answered when a group is not there. @param param the field that names it; undefined: the path does. */
export const noGroup = (id: string, param?: string): ApiError =>
	new ApiError(404, 'avatar_group_not_found', `Avatar group ${id} not found`, { param });

/** What is answered when a look is not there. @param param the field that names it; undefined: the path does. */
export const noLook = (id: string, param?: string): ApiError =>
	new ApiError(404, 'avatar_not_found', `Avatar ${id} not found`, { param });

/** What is answered when something belongs to HeyGen. @param what its name, as the start of a sentence. */
export const notOwn = (what: string, param?: string): ApiError =>
	new ApiError(403, 'resource_access_denied', `${what} does not belong to the account`, { param });

/** The group that a path names. @throws ApiError 404 when there is none. */
export function groupOf({ world, params, now }: Call): GroupNow {
	const id = params['group_id'] ?? '';
	const group = world.avatars.groupAt(id, now);
	if (!group) throw noGroup(id);
	return group;
}

/** The private group that a path names. @throws ApiError 404 when there is none, 403 when it is public. */
export function ownGroupOf(call: Call): GroupNow {
	const group = groupOf(call);
	if (group.ownership === 'public') throw notOwn(`Avatar group ${group.id}`);
	return group;
}

/** The look that a path names. @throws ApiError 404 when there is none. */
export function lookOf({ world, params, now }: Call): LookNow {
	const id = params['look_id'] ?? '';
	const look = world.avatars.lookAt(id, now);
	if (!look) throw noLook(id);
	return look;
}

/** @throws ApiError 403 when a look is public. */
export function checkOwn({ id, ownership }: LookNow): void {
	if (ownership === 'public') throw notOwn(`Avatar ${id}`);
}
