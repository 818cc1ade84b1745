import { z } from 'zod';

import { RENDER_IMAGE } from '../fileUses';
import { assetInput } from './files';
import { checkSpeaking, checkVoice, speakingFields } from './speakingVideo';

/** The body of `POST /v3/videos` with `type: image` (contract; API reference, section `type: "image"`). */
const fields = z
	.object({ type: z.literal('image'), image: assetInput(RENDER_IMAGE), ...speakingFields })
	.strict();

/** Checks an image video's body and brings it into the API's form. */
export const imageVideo = fields.superRefine((body, context) => {
	checkSpeaking(body, 'the image', context);
	checkVoice(body, context);
});
