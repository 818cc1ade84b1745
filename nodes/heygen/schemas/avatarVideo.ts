import { z } from 'zod';

import { RENDER_IMAGE, SPEECH } from '../fileUses';
import { SCRIPT_MAX_CHARACTERS, UNIT_RANGE, VOICE_PITCH, VOICE_SPEED, WATERMARK_SCALE } from '../limits';
import { amount, numeral, shown } from '../values/text';
import { assetId, assetInput, binaryFile, fileUrl } from './files';
import { characters, flag, httpsUrl, id, label, numberIn, oneOf, openOneOf, text } from './primitives';

/**
 * The body of `POST /v3/videos` with `type: avatar`: names and values of the contract, rules of the API reference
 * (section `type: "avatar"`). What only HeyGen can know (does the look support the engine, has it a voice) is left to
 * HeyGen.
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
		const [, digits] = COLOUR.exec(input.value) ?? [];
		if (digits === undefined) {
			context.addIssue({
				code: z.ZodIssueCode.custom,
				message: `must be a color such as #1A2B3C, but it is ${shown(input.value)}`,
			});
			return z.NEVER;
		}
		// Style sheets write #FFF for #FFFFFF.
		return { type: 'color' as const, value: `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}` };
	});

/** "#1A2B3C", and what else is understood. */
const COLOUR = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i;

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

/** Engines that animate avatars, as far as they are known (API reference, section `type: "avatar"`). */
export const AVATAR_ENGINES = ['avatar_iv', 'avatar_v', 'avatar_iii'] as const;

const fields = z
	.object({
		type: z.literal('avatar'),
		avatar_id: id('avatar_id', 'look_id'),
		script: text
			.refine(
				(value) => characters(value) <= SCRIPT_MAX_CHARACTERS,
				(value) => ({
					message: `may have at most ${amount(SCRIPT_MAX_CHARACTERS, 'character')}, but has ${numeral(characters(value))}: split it over several items`,
				}),
			)
			.optional(),
		audio_url: fileUrl(SPEECH).optional(),
		audio_asset_id: assetId(SPEECH).optional(),
		voice_id: id('voice_id').optional(),
		voice_settings: voiceSettings.optional(),
		title: label.optional(),
		aspect_ratio: openOneOf(['16:9', '9:16', '4:5', '5:4', '1:1', 'auto']).optional(),
		resolution: openOneOf(['4k', '1080p', '720p']).optional(),
		fit: openOneOf(['contain', 'cover']).optional(),
		output_format: oneOf(['mp4', 'webm']).optional(),
		background: background.optional(),
		remove_background: flag.optional(),
		caption: caption.optional(),
		watermark: watermark.optional(),
		engine: z
			.object({
				type: openOneOf(AVATAR_ENGINES).optional(),
				reference_look_id: id('look_id', 'avatar_id').optional(),
			})
			.strict()
			.optional(),
		expressiveness: openOneOf(['high', 'medium', 'low']).optional(),
		motion_prompt: text.optional(),
		callback_id: label.optional(),
		callback_url: httpsUrl.optional(),
		folder_id: id('folder_id').optional(),
		brand_glossary_id: id('brand_glossary_id').optional(),
	})
	.strict();

/** Checks an avatar video's body and brings it into the API's form. */
export const avatarVideo = fields.superRefine((body, context) => {
	const issue = (path: string, message: string) =>
		context.addIssue({ code: z.ZodIssueCode.custom, path: path.split('.'), message });
	const sources = (['script', 'audio_url', 'audio_asset_id'] as const).filter(
		(field) => body[field] !== undefined,
	);
	if (sources.length === 0) {
		issue('script', 'is empty: give the avatar a script or a recording to speak');
	} else if (sources.length > 1) {
		issue(sources[1] as string, 'cannot be combined with another source of speech: use either a script or a recording');
	}
	if (body.output_format === 'webm' && body.background !== undefined) {
		issue('background', "cannot be combined with the output format 'webm', which is transparent");
	}
	// Engine IV is what HeyGen uses when none is named. What an engine can do that is not known here is for HeyGen to say.
	const engine = body.engine?.type ?? 'avatar_iv';
	if (['avatar_iii', 'avatar_v'].includes(engine) && body.expressiveness !== undefined) {
		issue('expressiveness', 'is only possible with the engine Avatar IV');
	}
	if (engine === 'avatar_iii' && body.motion_prompt !== undefined) {
		issue('motion_prompt', 'is not possible with the engine Avatar III');
	}
	if (['avatar_iii', 'avatar_iv'].includes(engine) && body.engine?.reference_look_id !== undefined) {
		issue('engine.reference_look_id', 'is only possible with the engine Avatar V');
	}
});
