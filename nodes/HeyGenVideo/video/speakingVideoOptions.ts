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
import { captionOption, IMAGE_FILE, watermarkOption } from './filmOptions';
import { expressivenessFields, motionPromptOption } from './motionOptions';
import type { Speaker } from './speech';

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
		...expressivenessFields(`${label} Expressiveness`, expressive),
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
		captionOption,
		videoFolderOption,
		motionPromptOption(noun, moved),
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
		watermarkOption,
	];
}
