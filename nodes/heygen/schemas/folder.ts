import { z } from 'zod';

import { FOLDER_NAME_MAX_CHARACTERS } from '../limits';
import { characters, oneOf, text } from './primitives';

/** `POST /v3/folders`. */
export const newFolder = z
	.object({
		name: text.refine((name) => characters(name) <= FOLDER_NAME_MAX_CHARACTERS, {
			message: `may have at most ${FOLDER_NAME_MAX_CHARACTERS} characters`,
		}),
		parent_id: text.optional(),
		type: oneOf(['mixed', 'video', 'video_translate']).optional(),
	})
	.strict();
