import type { INodeProperties } from 'n8n-workflow';

import { additionalFieldsOption } from '../../fields/additionalFields';
import { checkBeforePayingOption } from '../../fields/checking';
import { binaryField } from '../../fields/files';
import { aspectRatioFields, resolutionFields } from '../../fields/film';
import { inBody } from '../../fields/inBody';
import { openChoiceFields } from '../../fields/openChoice';
import { brandGlossaryOption } from '../../fields/pickers';
import { presetOption } from '../../fields/presets';
import { titleOption, videoFolderOption } from '../../fields/title';
import {
	PICTURE_SIDE_LIMIT,
	RENDER_IMAGE_MAX_MB,
	UNIT_RANGE,
	WATERMARK_SCALE,
} from '../../heygen/limits';
import { numeral } from '../../heygen/values/text';
import type { Speaker } from './speech';

const IMAGE_FILE = `A JPG or PNG file, up to ${RENDER_IMAGE_MAX_MB} MB and with sides below ${numeral(PICTURE_SIDE_LIMIT)} pixels, which the node uploads`;

/**
 * Everything optional about a video in which somebody speaks: members of its Options.
 *
 * @param speaker who speaks
 */
export function speakingVideoOptions({ noun, label, expressive, moved }: Speaker): INodeProperties[] {
	return [
		additionalFieldsOption,
		checkBeforePayingOption,
		...aspectRatioFields([
			...['1:1', '16:9', '4:5', '5:4', '9:16'],
			{ name: 'Auto', value: 'auto', description: `Keep the ${noun}'s own` },
		]),
		...openChoiceFields({
			displayName: `${label} Expressiveness`,
			name: 'expressiveness',
			type: 'options',
			options: [
				{ name: 'High', value: 'high' },
				{ name: 'Low', value: 'low' },
				{ name: 'Medium', value: 'medium' },
			],
			default: 'low',
			description: `How lively face and gestures are; ${expressive}`,
			routing: inBody('expressiveness'),
		}),
		...openChoiceFields({
			displayName: `${label} Fit`,
			name: 'fit',
			type: 'options',
			options: [
				{ name: 'Contain', value: 'contain', description: `Show all of the ${noun}, with edges` },
				{ name: 'Cover', value: 'cover', description: `Fill the picture, cropping the ${noun}` },
			],
			default: 'cover',
			description: `How the ${noun} fills a picture of another shape than its own`,
			routing: inBody('fit'),
		}),
		{
			displayName: 'Background',
			name: 'background',
			type: 'fixedCollection',
			placeholder: 'Add Background',
			default: {},
			description: `What is behind the ${noun}; one of these`,
			options: [
				{
					displayName: 'Color',
					name: 'color',
					values: [
						{
							displayName: 'Value',
							name: 'value',
							type: 'color',
							default: '#FFFFFF',
							routing: inBody('background.value'),
						},
					],
				},
				{
					displayName: 'Image File',
					name: 'imageFile',
					values: [
						binaryField(
							{
								displayName: 'Image Binary Field',
								name: 'binaryPropertyName',
								description: IMAGE_FILE,
							},
							'background.file',
						),
					],
				},
				{
					displayName: 'Image URL',
					name: 'imageUrl',
					values: [
						{
							displayName: 'URL',
							name: 'url',
							type: 'string',
							default: '',
							placeholder: 'e.g. https://example.com/office.jpg',
							description: 'A public address of a JPG or PNG file',
							routing: inBody('background.url'),
						},
					],
				},
				{
					displayName: 'Image Asset',
					name: 'imageAsset',
					values: [
						{
							displayName: 'Asset ID',
							name: 'assetId',
							type: 'string',
							default: '',
							description: 'ID of an image that was uploaded to HeyGen',
							routing: inBody('background.asset_id'),
						},
					],
				},
			],
		},
		brandGlossaryOption,
		{
			displayName: 'Caption',
			name: 'caption',
			type: 'options',
			options: [
				{ name: 'Subtitle File', value: 'srt', description: 'An SRT file beside the video' },
				{
					name: 'Subtitle File and Burned In',
					value: 'burnedIn',
					description: 'Also a second video with captions in the picture',
				},
			],
			default: 'srt',
			routing: inBody('caption'),
		},
		videoFolderOption,
		{
			displayName: 'Motion Prompt',
			name: 'motionPrompt',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			placeholder: 'e.g. waves at the beginning, then points to the right',
			description: `How the ${noun} moves, in words; ${moved}`,
			routing: inBody('motion_prompt'),
		},
		{
			displayName: 'Output Format',
			name: 'outputFormat',
			type: 'options',
			options: [
				{ name: 'MP4', value: 'mp4' },
				{ name: 'WebM', value: 'webm', description: 'With a transparent background' },
			],
			default: 'mp4',
			routing: inBody('output_format'),
		},
		presetOption(['16:9', '9:16', '4:5', '5:4', '1:1', 'auto']),
		{
			displayName: 'Remove Background',
			name: 'removeBackground',
			type: 'boolean',
			default: false,
			description: `Whether to cut the ${noun} out of its own background`,
			routing: inBody('remove_background'),
		},
		...resolutionFields(['1080p', '4k', '720p'], '1080p'),
		titleOption("The video's name in HeyGen"),
		{
			displayName: 'Watermark',
			name: 'watermark',
			type: 'fixedCollection',
			placeholder: 'Add Watermark',
			default: {},
			description: 'An image over the video; HeyGen Enterprise only',
			options: [
				{
					displayName: 'Watermark',
					name: 'settings',
					values: [
						{
							displayName: 'Image Asset ID',
							name: 'imageAssetId',
							type: 'string',
							default: '',
							description: 'ID of an image that was uploaded to HeyGen; or give a binary field or an image URL',
							routing: inBody('watermark.image.asset_id'),
						},
						binaryField(
							{
								displayName: 'Image Binary Field',
								name: 'imageBinaryPropertyName',
								default: '',
								description: IMAGE_FILE,
							},
							'watermark.image.file',
						),
						{
							displayName: 'Image URL',
							name: 'imageUrl',
							type: 'string',
							default: '',
							placeholder: 'e.g. https://example.com/logo.png',
							description: 'A public address of a JPG or PNG file, or a data URL with the image itself',
							routing: inBody('watermark.image.url'),
						},
						{
							displayName: 'Offset X',
							name: 'offsetX',
							type: 'number',
							typeOptions: { minValue: UNIT_RANGE.min, maxValue: UNIT_RANGE.max, numberPrecision: 3 },
							default: 0,
							description: 'Distance from the side, as a fraction of the width',
							routing: inBody('watermark.placement.offset_x'),
						},
						{
							displayName: 'Offset Y',
							name: 'offsetY',
							type: 'number',
							typeOptions: { minValue: UNIT_RANGE.min, maxValue: UNIT_RANGE.max, numberPrecision: 3 },
							default: 0,
							description: 'Distance from the top or bottom, as a fraction of the height',
							routing: inBody('watermark.placement.offset_y'),
						},
						{
							displayName: 'Opacity',
							name: 'opacity',
							type: 'number',
							typeOptions: { minValue: UNIT_RANGE.min, maxValue: UNIT_RANGE.max, numberPrecision: 2 },
							default: 1,
							routing: inBody('watermark.opacity'),
						},
						...openChoiceFields({
							displayName: 'Position',
							name: 'position',
							type: 'options',
							options: [
								{ name: 'Bottom Left', value: 'bottom_left' },
								{ name: 'Bottom Right', value: 'bottom_right' },
								{ name: 'Top Left', value: 'top_left' },
								{ name: 'Top Right', value: 'top_right' },
							],
							default: 'bottom_right',
							routing: inBody('watermark.placement.position'),
						}),
						{
							displayName: 'Scale',
							name: 'scale',
							type: 'number',
							typeOptions: {
								minValue: WATERMARK_SCALE.min,
								maxValue: WATERMARK_SCALE.max,
								numberPrecision: 2,
							},
							default: 1,
							routing: inBody('watermark.scale'),
						},
					],
				},
			],
		},
	];
}
