import { z } from 'zod';

import { FOLDER_NAME_MAX_CHARACTERS } from '../limits';
import { amount } from '../values/text';
import { characters, id, label, oneOf } from './primitives';

/** `POST /v3/folders`. */
export const newFolder = z
	.object({
		name: label.refine((name) => characters(name) <= FOLDER_NAME_MAX_CHARACTERS, {
			message: `may have at most ${amount(FOLDER_NAME_MAX_CHARACTERS, 'character')}`,
		}),
		// A folder's record names its own parent as `parent_id`.
		parent_id: id('folder_id').optional(),
		type: oneOf(['mixed', 'video', 'video_translate']).optional(),
	})
	.strict();
