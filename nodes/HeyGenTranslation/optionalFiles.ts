import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { binaryField } from '../fields/files';
import { inBody } from '../fields/inBody';

/** Files that an item may have besides its film: members of the Options, of which one way to give the file is chosen. */

interface OptionalFile {
	displayName: string;
	name: string;
	/** What it is, in Title Case: "Audio". */
	label: string;
	/** What HeyGen takes: "an MP3 or WAV file". */
	takes: string;
	example: string;
	/** Where the body has it. */
	place: string;
	description: string;
}

/**
 * A file by one of several ways.
 *
 * @param file what it is
 * @param others further ways
 */
function optionalFile({ displayName, name, label, takes, example, place, description }: OptionalFile, others: INodePropertyCollection[] = []): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		placeholder: `Add ${label}`,
		default: {},
		description,
		options: [
			{
				displayName: `${label} Asset`,
				name: 'asset',
				values: [
					{
						displayName: `${label} Asset ID`,
						name: 'assetId',
						type: 'string',
						default: '',
						description: 'ID of a file that was uploaded to HeyGen',
						routing: inBody(`${place}.asset_id`),
					},
				],
			},
			{
				displayName: `${label} File`,
				name: 'file',
				values: [
					binaryField(
						{ displayName: `${label} Binary Field`, name: 'binaryPropertyName', description: `The binary field with ${takes}` },
						`${place}.file`,
					),
				],
			},
			...others,
			{
				displayName: `${label} URL`,
				name: 'address',
				values: [
					{
						displayName: `${label} URL`,
						name: 'url',
						type: 'string',
						default: '',
						placeholder: `e.g. ${example}`,
						description: `A public address of ${takes}`,
						routing: inBody(`${place}.url`),
					},
				],
			},
		],
	};
}

/** A recording in the output language. */
export const ownAudioOption = optionalFile({
	displayName: 'Own Audio',
	name: 'audio',
	label: 'Audio',
	takes: 'an MP3 or WAV file',
	example: 'https://example.com/spanish.mp3',
	place: 'audio',
	description: "A recording in the output language, used instead of HeyGen's voices; from one source",
});

/** Subtitles that HeyGen is to go by. @param description what for */
export const subtitlesOption = (description: string): INodeProperties =>
	optionalFile(
		{
			displayName: 'Subtitles',
			name: 'srt',
			label: 'Subtitles',
			takes: 'an SRT file',
			example: 'https://example.com/subtitles.srt',
			place: 'srt',
			description,
		},
		[
			{
				displayName: 'Subtitles Text',
				name: 'content',
				values: [
					{
						displayName: 'Subtitles Text',
						name: 'text',
						type: 'string',
						typeOptions: { rows: 4 },
						default: '',
						placeholder: 'e.g. {{ $json.subtitles }}',
						description: 'The text of an SRT file',
						routing: inBody('srt.text'),
					},
				],
			},
		],
	);
