import isPlainObject from 'lodash/isPlainObject';
import { z } from 'zod';

import { AVATAR_FOOTAGE, AVATAR_PHOTO, CONSENT_VIDEO } from '../fileUses';
import { AVATAR_REFERENCES_MAX } from '../limits';
import { readId } from '../values/ids';
import type { Reading } from '../values/reading';
import { amount, numeral } from '../values/text';
import { fileInput } from './files';
import { fileRows } from './fileRows';
import { addIssue, httpsUrl, id, label, readBy, text } from './primitives';

/** Bodies of `/v3/avatars` (contract; API reference, section Avatars). */

/**
 * Reads the ID of a look. That of the group which it belongs to is another one, and a group's record has both a name and an
 * `id` as a look's has.
 *
 * @param given as the parameter has it
 */
export function readLookId(given: unknown): Reading<string> {
	const isGroup = isPlainObject(given) && 'looks_count' in (given as object) && !('look_id' in (given as object));
	return isGroup ? { problem: "was given an avatar with all of its looks, but takes one look: list them with the operation 'Get Many' of looks" } : readId(given, ['avatar_id', 'look_id']);
}

/** The look that is shown. */
export const avatarLook = readBy(readLookId);

/** The group that a look is added to. */
const group = id('avatar_group_id', 'group_id').optional();

/** `POST /v3/avatars` with `type: photo`. */
export const photoAvatar = z
	.object({ type: z.literal('photo'), name: label, file: fileInput(AVATAR_PHOTO, true), avatar_group_id: group })
	.strict();

/** `POST /v3/avatars` with `type: digital_twin`. */
export const digitalTwin = z
	.object({ type: z.literal('digital_twin'), name: label, file: fileInput(AVATAR_FOOTAGE, true), avatar_group_id: group })
	.strict();

/** `POST /v3/avatars` with `type: prompt`. */
export const promptAvatar = z
	.object({
		type: z.literal('prompt'),
		name: label,
		prompt: text,
		reference_images: fileRows(AVATAR_PHOTO).optional(),
		avatar_id: avatarLook.optional(),
		avatar_group_id: group,
	})
	.strict()
	.superRefine(({ reference_images: images = [] }, context) => {
		if (images.length <= AVATAR_REFERENCES_MAX) return;
		addIssue(context, 'reference_images', `may hold at most ${amount(AVATAR_REFERENCES_MAX, 'image')}, but holds ${numeral(images.length)}`);
	});

/** `POST /v3/avatars/{group_id}/consent`: a link, or a film that says all. Rules of the API reference, section Avatars. */
export const avatarConsent = z
	.object({
		reroute_url: httpsUrl.optional(),
		consent_text: text
			.refine((value) => !/[<>]/.test(value), { message: 'must not have < or > in it, which HeyGen refuses there' })
			.optional(),
		consent_video: fileInput(CONSENT_VIDEO, true).optional(),
	})
	.strict()
	.superRefine((body, context) => {
		if (body.consent_video === undefined) return;
		for (const field of ['consent_text', 'reroute_url'] as const) {
			if (body[field] !== undefined) addIssue(context, field, 'cannot go with a consent video: a video needs neither a text to read out nor a page');
		}
	});

/** `PATCH /v3/avatars/{group_id}` and `PATCH /v3/avatars/looks/{look_id}`; null clears. */
export const changedAvatar = z.object({ name: label.nullable().optional() }).strict();
