import type { INodeProperties } from 'n8n-workflow';

import { binaryField } from '../../fields/files';
import { inBody } from '../../fields/inBody';
import { openChoiceFields } from '../../fields/openChoice';
import { PICTURE_SIDE_LIMIT, RENDER_IMAGE_MAX_MB, UNIT_RANGE, WATERMARK_SCALE } from '../../heygen/limits';
import { numeral } from '../../heygen/values/text';

/** What lies over a film in which somebody speaks: members of the Options of operations that make one. */

/** What HeyGen takes for an image in a film. */
export const IMAGE_FILE = `A JPG or PNG file, up to ${RENDER_IMAGE_MAX_MB} MB and with sides below ${numeral(PICTURE_SIDE_LIMIT)} pixels, which the node uploads`;

/** Captions, in a file or in the picture. */
export const captionOption: INodeProperties = {
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
};

/** An image over the film. */
export const watermarkOption: INodeProperties = {
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
};
