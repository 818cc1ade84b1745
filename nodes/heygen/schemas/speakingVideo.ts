import { z } from 'zod';

import { RENDER_IMAGE, SPEECH } from '../fileUses';
import { SCRIPT_MAX_CHARACTERS, UNIT_RANGE, VOICE_PITCH, VOICE_SPEED, WATERMARK_SCALE } from '../limits';
import { readColor } from '../values/colors';
import { assetId, assetInput, binaryFile, fileUrl } from './files';
import { addIssue, flag, httpsUrl, id, label, numberIn, oneOf, openOneOf, text, textUpTo } from './primitives';

/**
 * What the bodies of `POST /v3/videos` have in common that let somebody speak: names and values of the contract, rules of
 * the API reference (section Shared rules for `avatar` and `image`).
 */

const engineSettings = z.discriminatedUnion(
	'engine_type',
	[
		z
			.object({
				engine_type: z.literal('elevenlabs'),
				model: openOneOf([
					'eleven_multilingual_v2',
					'eleven_turbo_v2_5',
					'eleven_flash_v2_5',
					'eleven_v3',
				]).optional(),
				similarity_boost: numberIn(UNIT_RANGE).optional(),
				stability: numberIn(UNIT_RANGE).optional(),
				style: numberIn(UNIT_RANGE).optional(),
				use_speaker_boost: flag.optional(),
			})
			.strict('takes the settings of one engine only'),
		z
			.object({
				engine_type: z.literal('fish'),
				model: openOneOf(['s1', 's2-pro']).optional(),
				similarity: numberIn(UNIT_RANGE).optional(),
				stability: numberIn(UNIT_RANGE).optional(),
			})
			.strict('takes the settings of one engine only'),
		z
			.object({ engine_type: z.literal('starfish') })
			.strict('takes the settings of one engine only'),
	],
	{ errorMap: () => ({ message: 'takes the settings of one engine only' }) },
);

/** How a voice speaks, in every request that takes a script. */
export const voiceSettings = z
	.object({
		speed: numberIn(VOICE_SPEED).optional(),
		pitch: numberIn(VOICE_PITCH).optional(),
		volume: numberIn(UNIT_RANGE).optional(),
		locale: label.optional(),
		engine_settings: engineSettings.optional(),
	})
	.strict();

const background = z
	.object({
		value: label.optional(),
		url: fileUrl(RENDER_IMAGE).optional(),
		asset_id: id('asset_id').optional(),
		file: binaryFile(RENDER_IMAGE).optional(),
	})
	.strict()
	.transform((input, context) => {
		if (Object.keys(input).length !== 1) {
			context.addIssue({
				code: z.ZodIssueCode.custom,
				message: 'takes exactly one of a color, an image URL, an image asset and an image file',
			});
			return z.NEVER;
		}
		const { file, ...image } = input;
		if (file !== undefined) return { type: 'image' as const, asset_id: file };
		if (input.value === undefined) return { type: 'image' as const, ...image };
		const { value, problem } = readColor(input.value);
		if (value !== undefined) return { type: 'color' as const, value };
		context.addIssue({ code: z.ZodIssueCode.custom, message: problem ?? 'is empty' });
		return z.NEVER;
	});

const watermark = z
	.object({
		image: assetInput(RENDER_IMAGE),
		opacity: numberIn(UNIT_RANGE).optional(),
		scale: numberIn(WATERMARK_SCALE).optional(),
		placement: z
			.object({
				position: openOneOf(['top_left', 'top_right', 'bottom_left', 'bottom_right']).optional(),
				offset_x: numberIn(UNIT_RANGE).optional(),
				offset_y: numberIn(UNIT_RANGE).optional(),
			})
			.strict()
			.optional(),
	})
	.strict();

/** A subtitle file always comes along; a style also burns the captions into a second video. */
const caption = oneOf(['srt', 'burnedIn']).transform((choice) => ({
	file_format: 'srt' as const,
	...(choice === 'burnedIn' ? { style: 'default' as const } : {}),
}));

/**
 * Fields of what is said: a script, or a recording.
 *
 * @param instead what to do with a script that is too long
 */
export function spokenFields(instead: string) {
	return {
		script: textUpTo(SCRIPT_MAX_CHARACTERS, instead).optional(),
		audio_url: fileUrl(SPEECH).optional(),
		audio_asset_id: assetId(SPEECH).optional(),
		voice_id: id('voice_id').optional(),
		voice_settings: voiceSettings.optional(),
	};
}

/** Fields of how a speaker moves. */
export const movingFields = {
	expressiveness: openOneOf(['high', 'medium', 'low']).optional(),
	motion_prompt: text.optional(),
};

/** Fields of the film as a whole. */
export const filmFields = {
	title: label.optional(),
	aspect_ratio: openOneOf(['16:9', '9:16', '4:5', '5:4', '1:1', 'auto']).optional(),
	resolution: openOneOf(['4k', '1080p', '720p']).optional(),
	caption: caption.optional(),
	watermark: watermark.optional(),
	callback_id: label.optional(),
	callback_url: httpsUrl.optional(),
};

/** Fields of a video in which an avatar or a picture speaks. */
export const speakingFields = {
	...spokenFields('split it over several items'),
	...filmFields,
	...movingFields,
	fit: openOneOf(['contain', 'cover']).optional(),
	output_format: oneOf(['mp4', 'webm']).optional(),
	background: background.optional(),
	remove_background: flag.optional(),
	folder_id: id('folder_id').optional(),
	brand_glossary_id: id('brand_glossary_id').optional(),
};

/** The fields whose rules are checked together. */
interface SpeakingBody {
	script?: string;
	audio_url?: string;
	audio_asset_id?: unknown;
	output_format?: string;
	background?: unknown;
}

/**
 * Checks the rules across fields of such a video.
 *
 * @param body its fields, each of them right
 * @param speaker who speaks: "the avatar"
 * @param context takes what is wrong
 */
export function checkSpeaking(body: SpeakingBody, speaker: string, context: z.RefinementCtx): void {
	if (checkOneSpeech(body, context) === 0) {
		addIssue(context, 'script', `is empty: give ${speaker} a script or a recording to speak`);
	}
	if (body.output_format === 'webm' && body.background !== undefined) {
		addIssue(context, 'background', "cannot be combined with the output format 'webm', which is transparent");
	}
}

/** What is said, as far as the rules of it go. */
type Speech = Pick<SpeakingBody, 'script' | 'audio_url' | 'audio_asset_id'>;

/**
 * Checks that not more than one thing is said.
 *
 * @param body its fields, each of them right
 * @param context takes what is wrong
 * @returns how many there are
 */
export function checkOneSpeech(body: Speech, context: z.RefinementCtx): number {
	const sources = (['script', 'audio_url', 'audio_asset_id'] as const).filter((field) => body[field] !== undefined);
	if (sources.length > 1) {
		addIssue(context, sources[1] as string, 'cannot be combined with another source of speech: use either a script or a recording');
	}
	return sources.length;
}

/**
 * Checks that the script of what has no voice of its own has one: an avatar may have one, an image has none.
 *
 * @param body its fields, each of them right
 * @param context takes what is wrong
 */
export function checkVoice({ script, voice_id: voice }: { script?: string; voice_id?: string }, context: z.RefinementCtx): void {
	if (script !== undefined && voice === undefined) addIssue(context, 'voice_id', 'is empty: a script needs a voice that speaks it');
}
