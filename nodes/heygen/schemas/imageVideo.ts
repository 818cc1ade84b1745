import { z } from 'zod';

import { RENDER_IMAGE } from '../fileUses';
import { assetInput } from './files';
import { addIssue } from './primitives';
import { checkSpeaking, speakingFields } from './speakingVideo';

/** The body of `POST /v3/videos` with `type: image` (contract; API reference, section `type: "image"`). */
const fields = z
	.object({ type: z.literal('image'), image: assetInput(RENDER_IMAGE), ...speakingFields })
	.strict();

/** Checks an image video's body and brings it into the API's form. */
export const imageVideo = fields.superRefine((body, context) => {
	checkSpeaking(body, 'the image', context);
	// An avatar may have a voice of its own; an image has none.
	if (body.script !== undefined && body.voice_id === undefined) {
		addIssue(context, 'voice_id', 'is empty: a script needs a voice that speaks it');
	}
});
