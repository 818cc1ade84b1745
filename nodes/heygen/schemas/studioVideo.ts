import { z } from 'zod';

import { SCENES_MAX } from '../limits';
import { amount, numeral } from '../values/text';
import { addIssue, readBy } from './primitives';
import { readSceneList } from './sceneForms';
import { filmFields } from './speakingVideo';
import { studioScene } from './studioScene';

/** The body of `POST /v3/videos` with `type: studio` (contract; API reference, section `type: "studio"`). */

const scenes = readBy(readSceneList)
	.superRefine(({ length }, context) => {
		if (length <= SCENES_MAX) return;
		context.addIssue({
			code: z.ZodIssueCode.custom,
			path: [SCENES_MAX],
			message: `is one too many: a video has at most ${amount(SCENES_MAX, 'scene')}, but ${numeral(length)} were given`,
			// There may be thousands.
			fatal: true,
		});
	})
	.pipe(z.array(studioScene));

/** Checks a studio video's body and brings it into the API's form. Scenes come as rows or as JSON. */
export const studioVideo = z
	.object({ type: z.literal('studio'), scenes: scenes.optional(), scenes_json: scenes.optional(), ...filmFields })
	.strict()
	.transform(({ scenes: rows, scenes_json: json, ...film }) => ({ ...film, scenes: rows ?? json }))
	.superRefine((body, context) => {
		if (body.scenes === undefined) addIssue(context, 'scenes', 'is empty: a video has at least one scene');
	});
