import omitBy from 'lodash/omitBy';
import { z } from 'zod';

import { DUBBED_VIDEO, DUBBING } from '../fileUses';
import { languageEntries } from '../languages/entries';
import { readIds } from '../values/ids';
import { readLabel } from '../values/plain';
import { isNothing, NOTHING, type Reading } from '../values/reading';
import { numeral, shown } from '../values/text';
import { fileInput, subtitlesInput } from './files';
import { addIssue, callbacks, flag, id, label, numberIn, openOneOf, optionalBy, readBy } from './primitives';

/**
 * Bodies of what gives the speakers of a film other words: translations, proofreads and lipsyncs. Names and values are those
 * of the contract, rules those of the API reference (sections Translation and proofreading, and Lipsync).
 */

/** How much care HeyGen takes. */
export const DUBBING_MODES = ['speed', 'precision'] as const;

/** How the frames of the new film are timed. */
export const FRAME_TIMINGS = ['cfr', 'passthrough', 'vfr'] as const;

/** What subtitles that come along are in. */
export const SUBTITLE_ROLES = ['input', 'output'] as const;

/** A moment of the film. */
const seconds = numberIn({ min: 0 });

/** Languages in any form of a list. Only HeyGen's list says where a name ends, so that they stay as they are. */
function readLanguageList(given: unknown): Reading<unknown> {
	const entries = languageEntries(given).filter((entry) => !isNothing(entry));
	const record = entries.find((entry) => typeof entry === 'object');
	if (record !== undefined) return { problem: `takes names of languages, but holds ${shown(record)}: map the field that has the language, such as {{ $json.language }}` };
	return entries.length === 0 ? NOTHING : { value: given };
}

/** A language as HeyGen calls it. Models write that it is to be found out. */
function readInputLanguage(given: unknown): Reading<string> {
	const reading = readLabel(given);
	return reading.value !== undefined && /^auto/i.test(reading.value) ? NOTHING : reading;
}

/** Fields that all of them have. */
const dubbing = {
	video: fileInput(DUBBED_VIDEO, false),
	mode: openOneOf(DUBBING_MODES).optional(),
	folder_id: id('folder_id').optional(),
	disable_music_track: flag.optional(),
	enable_speech_enhancement: flag.optional(),
	keep_the_same_format: flag.optional(),
};

/** Fields of those that are a film when they are finished. */
const dubbedFilm = {
	...dubbing,
	title: label.optional(),
	enable_caption: flag.optional(),
	enable_dynamic_duration: flag.optional(),
	enable_watermark: flag.optional(),
	fps_mode: openOneOf(FRAME_TIMINGS).optional(),
	start_time: seconds.optional(),
	end_time: seconds.optional(),
	...callbacks,
};

/** What follows from other languages. HeyGen's own list says which ones there are. */
const translated = {
	output_languages: readBy(readLanguageList),
	speaker_num: numberIn({ min: 1, whole: true }).optional(),
	srt: subtitlesInput.optional(),
	brand_glossary_id: id('brand_glossary_id').optional(),
};

/** Part of the film. */
interface Range {
	start_time?: number;
	end_time?: number;
}

/** A rule of zod: the end of the part is behind its beginning. */
function checkRange({ start_time: start = 0, end_time: end }: Range, context: z.RefinementCtx): void {
	if (end === 0) addIssue(context, 'end_time', 'must be more than 0');
	else if (end !== undefined && end <= start) addIssue(context, 'end_time', `must be after the start, which is at ${numeral(start)} s, but is at ${numeral(end)} s`);
}

const stockVoices = z
	.object({ use_stock_voice: flag.optional(), preferred_stock_voice_ids: readBy((given) => readIds(given, ['voice_id'])).optional() })
	.strict()
	.transform((config, context) => {
		const { use_stock_voice: isUsed, preferred_stock_voice_ids: voices } = config;
		if (isUsed !== false || voices === undefined) return voices === undefined ? config : { ...config, use_stock_voice: true };
		addIssue(context, 'preferred_stock_voice_ids', "names voices, but 'Use Stock Voice' is off");
		return z.NEVER;
	});

/** `POST /v3/video-translations`. */
export const videoTranslation = z
	.object({
		...dubbedFilm,
		...translated,
		input_language: optionalBy(readInputLanguage),
		translate_audio_only: flag.optional(),
		audio: fileInput(DUBBING, false).optional(),
		srt_role: openOneOf(SUBTITLE_ROLES).optional(),
		stock_voice_config: stockVoices.optional(),
	})
	.strict()
	.superRefine((body, context) => {
		checkRange(body, context);
		if (body.srt_role !== undefined && body.srt === undefined) addIssue(context, 'srt_role', "says what the subtitles are in, but 'Subtitles' holds none");
		if (body.fps_mode !== undefined && body.audio === undefined) addIssue(context, 'fps_mode', "works with 'Own Audio' only");
	})
	// The editor shows 'Input' for a role that nobody has chosen, and HeyGen does not say what it takes then.
	.transform((body) => omitBy(body.srt === undefined ? body : { srt_role: 'input', ...omitBy(body, isNothing) }, isNothing));

/** `POST /v3/video-translations/proofreads`. */
export const newProofread = z
	.object({ ...dubbing, ...translated, title: label, enable_video_stretching: flag.optional() })
	.strict();

/** `PUT /v3/video-translations/proofreads/{proofread_id}/srt`. */
export const changedSubtitles = z.object({ srt: subtitlesInput }).strict();

/** `POST /v3/video-translations/proofreads/{proofread_id}/generate`. */
export const proofreadVideo = z
	.object({ captions: flag.optional(), translate_audio_only: flag.optional(), ...callbacks })
	.strict();

/** `POST /v3/lipsyncs`. */
export const newLipsync = z
	.object({ ...dubbedFilm, audio: fileInput(DUBBING, false) })
	.strict()
	.superRefine(checkRange);
