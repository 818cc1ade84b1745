import isPlainObject from 'lodash/isPlainObject';
import { z } from 'zod';

import { OUTPUT_SIDE } from '../limits';
import { readIds } from '../values/ids';
import { readJson } from '../values/jsonRecord';
import { readNumber, readOpenChoice } from '../values/plain';
import { isNothing, NOTHING, refusedReading, type Reading } from '../values/reading';
import { shown } from '../values/text';
import { unwrapped } from '../values/verbatim';
import { flag, httpsUrl, id, label, numberIn, readBy } from './primitives';

/**
 * The body of `POST /v3/templates/{template_id}` (contract; API reference, section 10). What only the template tells, its
 * variables, scenes and ratio, is checked where the template is known.
 */

/** Values by the names of their variables. What they hold is read where the variables are known, and kept as it is till then. */
function readVariableValues(given: unknown): Reading<Record<string, unknown>> {
	const value = valuesIn(unwrapped(given));
	if (isNothing(value)) return NOTHING;
	if (isPlainObject(value)) return { value: { ...(value as Record<string, unknown>) } };
	if (typeof value !== 'string') return refusedReading(RECORD, value);
	const read = readJson(value);
	if (read.problem !== undefined) return read;
	const values = valuesIn(read.value);
	return isPlainObject(values) ? { value: values as Record<string, unknown> } : refusedReading(RECORD, value);
}

const RECORD = 'a record of values by the names of the variables, such as {"headline": "Spring sale"}';

/** n8n's resource mapper has the values in a record of its own; one in which nothing is mapped has none. */
function valuesIn(given: unknown): unknown {
	if (!isPlainObject(given)) return given;
	const record = given as Record<string, unknown>;
	return typeof record.mappingMode === 'string' && ('value' in record || 'schema' in record) ? (record.value ?? {}) : record;
}

const side = readBy((given): Reading<number> => {
	const reading = readNumber(given, { ...OUTPUT_SIDE, whole: true });
	const isOdd = reading.value !== undefined && reading.value % 2 !== 0;
	return isOdd ? { problem: `must be an even number of pixels, but it is ${shown(given)}` } : reading;
});

/** One of HeyGen's frame rates, or one that HeyGen has added since. */
const frameRate = readBy((given): Reading<number | string> => {
	const reading = readOpenChoice(given, ['25', '30', '60']);
	return reading.problem === undefined ? { value: readNumber(reading.value).value ?? reading.value } : reading;
});

const subtitles = z
	.object({
		preset_name: label,
		alignment: numberIn({ whole: true }).optional(),
		font_size: numberIn({ min: 1, whole: true }).optional(),
		position: z.object({ x: numberIn({}).optional(), y: numberIn({}).optional() }).strict().optional(),
		disable_highlight: flag.optional(),
	})
	.strict();

/** Checks the body of a video of a template and brings it into the API's form, but for what only the template tells. */
export const templateVideo = z
	.object({
		variables: readBy(readVariableValues),
		title: label.optional(),
		scene_ids: readBy((given) => readIds(given, ['scene_id'])).optional(),
		dimension: z.object({ width: side.optional(), height: side.optional() }).strict().optional(),
		fps: frameRate.optional(),
		caption: flag.optional(),
		subtitles: subtitles.optional(),
		include_gif: flag.optional(),
		enable_sharing: flag.optional(),
		keep_text_vertically_centered: flag.optional(),
		reorder_music: flag.optional(),
		folder_id: id('folder_id').optional(),
		brand_voice_id: id('brand_voice_id', 'brand_glossary_id').optional(),
		callback_id: label.optional(),
		callback_url: httpsUrl.optional(),
	})
	.strict();
