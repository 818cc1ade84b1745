import isEmpty from 'lodash/isEmpty';
import { z } from 'zod';

import { MODEL_AUDIO, MODEL_IMAGE, MODEL_VIDEO } from '../fileUses';
import {
	MODEL_REFERENCE_AUDIO_MAX,
	MODEL_REFERENCE_IMAGES_MAX,
	MODEL_REFERENCE_VIDEOS_MAX,
	MODEL_REFERENCES_MAX,
	MODEL_VIDEO_SECONDS,
} from '../limits';
import { readNumber } from '../values/plain';
import { amount, numeral } from '../values/text';
import { assetInput } from './files';
import { fileRows } from './fileRows';
import { addIssue, httpsUrl, label, numberIn, oneOf, openOneOf, text } from './primitives';

/** The body of `POST /v3/models/videos` (contract; API reference, section 18). */

/** The model that the limits here are of. Those of models that came later are for HeyGen to say. */
export const VIDEO_MODEL = 'heygen-video-1';

/** What a model makes a video of. */
const MODEL_MODES = ['text_to_video', 'image_to_video', 'reference_to_video'] as const;

/** Lists of references, and how many files each takes. */
const REFERENCES = {
	reference_images: MODEL_REFERENCE_IMAGES_MAX,
	reference_videos: MODEL_REFERENCE_VIDEOS_MAX,
	reference_audio: MODEL_REFERENCE_AUDIO_MAX,
} as const;

const LISTS = Object.keys(REFERENCES) as Array<keyof typeof REFERENCES>;

const fields = z
	.object({
		model: openOneOf([VIDEO_MODEL]),
		mode: oneOf(MODEL_MODES).optional(),
		prompt: text,
		duration: numberIn({ min: 1, whole: true }).optional(),
		resolution: openOneOf(['480p', '768p', '1080p', '2k']).optional(),
		aspect_ratio: openOneOf(['21:9', '16:9', '4:3', '1:1', '3:4', '9:16', 'adaptive']).optional(),
		prompt_enhancement: openOneOf(['turbo', 'quality', 'default', 'disabled']).optional(),
		// Others take up to 2^32 - 1 (API reference, section 19); what is larger than a number can hold exactly is no seed.
		seed: numberIn({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, whole: true }).optional(),
		image: assetInput(MODEL_IMAGE).optional(),
		reference_images: fileRows(MODEL_IMAGE).optional(),
		reference_videos: fileRows(MODEL_VIDEO).optional(),
		reference_audio: fileRows(MODEL_AUDIO).optional(),
		callback_id: label.optional(),
		callback_url: httpsUrl.optional(),
	})
	.strict();

/** Checks the body of a video from a model and brings it into the API's form. Where nothing says what it is made from, it is words. */
export const modelVideo = fields
	.superRefine((body, context) => {
		if (body.mode === 'image_to_video' && body.image === undefined) {
			addIssue(context, 'image', 'is empty: a video of an image needs the image');
		}
		const given = LISTS.filter((list) => !isEmpty(body[list]));
		if (body.mode === 'reference_to_video' && given.length === 0) {
			addIssue(context, 'reference_images', 'is empty: a video of references needs an image, a video or a recording');
		}
		if (body.model !== VIDEO_MODEL) return;
		const { problem } = readNumber(body.duration, { ...MODEL_VIDEO_SECONDS, whole: true });
		if (problem !== undefined) addIssue(context, 'duration', problem);
		for (const list of given) {
			const { length } = body[list] ?? [];
			if (length > REFERENCES[list]) addIssue(context, list, holdsTooMany(REFERENCES[list], length));
		}
		const all = given.reduce((sum, list) => sum + (body[list]?.length ?? 0), 0);
		const last = given[given.length - 1];
		if (last !== undefined && all > MODEL_REFERENCES_MAX) {
			addIssue(context, last, `and the other references may hold at most ${amount(MODEL_REFERENCES_MAX, 'file')} together, but hold ${numeral(all)}`);
		}
	})
	.transform(({ mode = 'text_to_video', ...body }) => ({ ...body, mode }));

function holdsTooMany(max: number, count: number): string {
	return `may hold at most ${amount(max, 'file')}, but holds ${numeral(count)}`;
}
