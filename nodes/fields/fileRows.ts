import type { INodeProperties } from 'n8n-workflow';

import { binaryField, type FileInput, fileSources } from './files';
import { inBody } from './inBody';

/** A list of files that a request takes, each from a binary field, by URL or by asset ID. */
export interface FileRows extends Pick<FileInput, 'label' | 'takes' | 'example'> {
	/** The list in Title Case: "References". */
	displayName: string;
	/** The parameter's name. */
	name: string;
	/** The body's field that takes the list. */
	place: string;
	description: string;
}

/**
 * Rows of files, in the order in which the request has them. A row may also hold several files: names of binary fields,
 * addresses or IDs, as a list. The body's schema reads the rows with `fileRows`.
 *
 * @param rows the list
 * @param displayOptions when it is shown; default always
 */
export function fileRowsField(
	{ displayName, name, label, takes, example, place, description }: FileRows,
	displayOptions?: INodeProperties['displayOptions'],
): INodeProperties {
	const shownFor = (source: string): INodeProperties['displayOptions'] => ({ show: { source: [source] } });
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: `Add ${label}`,
		default: {},
		description,
		...(displayOptions === undefined ? {} : { displayOptions }),
		routing: inBody(place),
		options: [
			{
				displayName: label,
				name: 'files',
				values: [
					{
						displayName: 'Source',
						name: 'source',
						type: 'options',
						options: fileSources({ label }),
						default: 'binary',
						description: 'Where the file is',
					},
					binaryField(
						{
							displayName: 'Binary Field',
							name: 'binaryPropertyName',
							displayOptions: shownFor('binary'),
							hint: 'The name of the input binary field containing the file; several are separated by commas',
							description: `The binary field with ${takes}`,
						},
						'file',
					),
					{
						displayName: 'URL',
						name: 'url',
						type: 'string',
						default: '',
						displayOptions: shownFor('url'),
						placeholder: `e.g. ${example}`,
						description: `A public address of ${takes}; or a data URL with the file itself. Several go on lines of their own, or come as a list.`,
						routing: inBody('url'),
					},
					{
						displayName: 'Asset ID',
						name: 'assetId',
						type: 'string',
						default: '',
						displayOptions: shownFor('assetId'),
						description: 'ID of a file that was uploaded to HeyGen; several are separated by commas, or come as a list',
						routing: inBody('asset_id'),
					},
				],
			},
		],
	};
}
