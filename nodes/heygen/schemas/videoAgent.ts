import omitBy from 'lodash/omitBy';
import { z } from 'zod';

import { AGENT_FILE } from '../fileUses';
import { AGENT_FILES_MAX, AGENT_PROMPT_MAX_CHARACTERS } from '../limits';
import { readOpenChoice } from '../values/plain';
import { isNothing, NOTHING, type Reading } from '../values/reading';
import { amount, numeral } from '../values/text';
import { avatarLook } from './avatars';
import { fileRows } from './fileRows';
import { addIssue, flag, httpsUrl, id, label, openOneOf, optionalBy, textUpTo } from './primitives';

/** Bodies of the video agent (contract; API reference, section Video Agent). */

const words = textUpTo(AGENT_PROMPT_MAX_CHARACTERS, 'say it in fewer words, or hand a document over as a file');

/** What the agent is given in the first message as in later ones. */
const given = {
	avatar_id: avatarLook.optional(),
	voice_id: id('voice_id').optional(),
	brand_kit_id: id('brand_kit_id').optional(),
	files: fileRows(AGENT_FILE).optional(),
};

const ORIENTATIONS = ['landscape', 'portrait'];

/** Ratios that people call orientations by, in the same order. */
const RATIOS = ['16:9', '9:16'];

/** An orientation; the agent chooses it itself where none is said, as where it is said that it may. */
function readOrientation(value: unknown): Reading<string> {
	const reading = readOpenChoice(value, ORIENTATIONS, RATIOS);
	return reading.value?.toLowerCase() === 'auto' ? NOTHING : reading;
}

function checkFiles({ files = [] }: { files?: readonly unknown[] }, context: z.RefinementCtx): void {
	if (files.length <= AGENT_FILES_MAX) return;
	addIssue(context, 'files', `may hold at most ${amount(AGENT_FILES_MAX, 'file')}, but holds ${numeral(files.length)}`);
}

/** `POST /v3/video-agents`. */
export const newAgentSession = z
	.object({
		prompt: words,
		mode: openOneOf(['generate', 'chat']).optional(),
		style_id: id('style_id').optional(),
		orientation: optionalBy(readOrientation),
		incognito_mode: flag.optional(),
		callback_id: label.optional(),
		callback_url: httpsUrl.optional(),
		...given,
	})
	.strict()
	.superRefine(checkFiles)
	.transform((body) => omitBy(body, isNothing));

/** `POST /v3/video-agents/{session_id}`. */
export const agentMessage = z.object({ message: words, ...given }).strict().superRefine(checkFiles);
