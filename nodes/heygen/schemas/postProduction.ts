import omitBy from 'lodash/omitBy';
import uniq from 'lodash/uniq';
import { z } from 'zod';

import { SOURCE_VIDEO } from '../fileUses';
import { LAYERS } from '../jobs/backgroundRemoval';
import { readLanguageCode } from '../languageCode';
import { CLIPPING_PROMPT_MAX_CHARACTERS } from '../limits';
import { readDurationTypes } from '../values/durationTypes';
import { readEntries } from '../values/lists';
import { readChoice, readOpenChoice } from '../values/plain';
import { isNothing, type Reading } from '../values/reading';
import { shown } from '../values/text';
import { fileInput } from './files';
import { callbacks, flag, label, optionalBy, readBy, textUpTo } from './primitives';

/** Bodies of the jobs that work on a film there is: names and values of the contract (API reference, Post-production jobs). */

/** Shapes of clips, and the ratios that people call them by. */
export const CLIP_SHAPES = { landscape: '16:9', portrait: '9:16', square: '1:1' } as const;

const SHAPES = Object.keys(CLIP_SHAPES);
const RATIOS = Object.values(CLIP_SHAPES);

/** The film that HeyGen works on. @param inline whether HeyGen takes the film within the request */
const sourceVideo = (inline: boolean) => fileInput(SOURCE_VIDEO, inline);

const outputSettings = z
	.object({
		duration_types: readBy(readDurationTypes).optional(),
		aspect_ratio: readBy((given) => readOpenChoice(given, SHAPES, RATIOS)).optional(),
		captions: flag.optional(),
		caption_style: label.optional(),
		prompt: textUpTo(CLIPPING_PROMPT_MAX_CHARACTERS).optional(),
	})
	.strict();

/** `POST /v3/ai-clipping`. */
export const clipping = z
	.object({
		video: sourceVideo(false),
		title: label.optional(),
		input_language: optionalBy(readLanguageCode),
		output_settings: outputSettings.optional(),
		...callbacks,
	})
	.strict()
	.transform((body) => omitBy(body, isNothing));

/** `POST /v3/background-removals`. */
export const backgroundRemoval = z
	.object({ video: sourceVideo(true), layers: readBy(readLayers).optional(), title: label.optional() })
	.strict();

/** `POST /v3/filler-word-removals`. */
export const fillerWordRemoval = z
	.object({ video: sourceVideo(false), title: label.optional(), ...callbacks })
	.strict();

/** Names of layers, each once. Layers are files, of which the node has to know how to fetch them. */
function readLayers(given: unknown): Reading<string[]> {
	const names = Object.keys(LAYERS);
	const reading = readEntries(
		given,
		(entry) => readChoice(entry, names, Object.values(LAYERS)).value,
		(entry) => `can hold ${names.join(', ')}, but it holds ${shown(entry)}`,
	);
	return reading.value === undefined ? reading : { value: uniq(reading.value) };
}
