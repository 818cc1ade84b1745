import isPlainObject from 'lodash/isPlainObject';
import { z } from 'zod';

import { REFERENCE } from '../fileUses';
import { CINEMATIC_LOOKS_MAX, CINEMATIC_PROMPT_MAX_CHARACTERS, CINEMATIC_SECONDS } from '../limits';
import { readIds } from '../values/ids';
import { numeral } from '../values/text';
import { fileRows } from './fileRows';
import { addIssue, flag, label, numberIn, openOneOf, readBy, textUpTo } from './primitives';

/**
 * The body of `POST /v3/videos` with `type: cinematic_avatar` (contract; API reference, section `type:
 * "cinematic_avatar"`). What kinds of files the references are is checked where the files are known.
 */

/** IDs of looks, one or several. */
const looks = readBy((given) => readIds(given, ['avatar_id', 'look_id']));

/** The same by rows. */
const furtherLooks = z.array(z.custom<{ avatar_id?: unknown }>(isPlainObject)).transform((rows, context) =>
	rows.flatMap((row, index) => {
		const { value = [], problem } = readIds(row.avatar_id, ['avatar_id', 'look_id']);
		if (problem !== undefined) context.addIssue({ code: z.ZodIssueCode.custom, path: [index, 'avatar_id'], message: problem });
		return value;
	}),
);

const fields = z
	.object({
		type: z.literal('cinematic_avatar'),
		prompt: textUpTo(CINEMATIC_PROMPT_MAX_CHARACTERS, 'say it in fewer words'),
		avatar_id: looks,
		further_avatars: furtherLooks.optional(),
		references: fileRows(REFERENCE).optional(),
		duration: numberIn({ ...CINEMATIC_SECONDS, whole: true }).optional(),
		auto_duration: flag.optional(),
		aspect_ratio: openOneOf(['16:9', '9:16', '1:1']).optional(),
		resolution: openOneOf(['720p', '1080p']).optional(),
		enhance_prompt: flag.optional(),
		title: label.optional(),
	})
	.strict();

/** Checks a cinematic video's body and brings it into the API's form. */
export const cinematicVideo = fields
	.transform(({ avatar_id: first, further_avatars: further = [], ...body }) => ({ ...body, avatar_id: [...first, ...further] }))
	.superRefine((body, context) => {
		const count = body.avatar_id.length;
		if (count > CINEMATIC_LOOKS_MAX) {
			addIssue(context, 'avatar_id', `may be at most ${numeral(CINEMATIC_LOOKS_MAX)} looks, but ${numeral(count)} were given`);
		}
		if (body.auto_duration === true && body.duration !== undefined) {
			addIssue(context, 'auto_duration', "cannot be combined with 'Duration (Seconds)': remove one of the two");
		}
	});
