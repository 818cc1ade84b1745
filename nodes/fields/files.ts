import isEmpty from 'lodash/isEmpty';
import upperFirst from 'lodash/upperFirst';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { inBody } from './inBody';

/**
 * A parameter that names the binary field of a file. The engine checks and uploads the file, and puts the asset's id
 * into the request.
 *
 * @param property names and description
 * @param place where the body's schema expects the file
 */
export function binaryField(
	property: Pick<INodeProperties, 'displayName' | 'name' | 'description'> & Partial<INodeProperties>,
	place: string,
): INodeProperties {
	return {
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input binary field containing the file',
		...property,
		typeOptions: { ...property.typeOptions, binaryDataProperty: true },
		routing: inBody(place),
	};
}

/** A file that a request takes from a binary field, by URL or by asset id. */
export interface FileInput {
	/** What it is, in Title Case: "Audio". */
	label: string;
	/** Begins the parameters' names: "audio" makes `audioSource`, `audioUrl` and so on. */
	prefix: string;
	/** What HeyGen takes, with its limits, to continue "A public address of …": "an MP3 or WAV file, up to 50 MB". */
	takes: string;
	/** What HeyGen takes by URL besides, to continue "or of …": "a public YouTube page". */
	pages?: string;
	/** Example of a URL. */
	example: string;
	/** Whether HeyGen also takes the file within the request, as a data URL. */
	inline?: boolean;
	/** Places in the body, as its schema expects them. */
	places: { file: string; url: string; assetId: string };
}

/**
 * Where a file goes that the API takes as `{type, url | asset_id}`; the schema's `assetInput` reads it.
 *
 * @param place of the union in the body: "video"
 */
export function unionPlaces(place: string): FileInput['places'] {
	return { file: `${place}.file`, url: `${place}.url`, assetId: `${place}.asset_id` };
}

/**
 * The parameter `…Source`, and those behind its choices.
 *
 * @param input the file
 * @param description of the parameter `…Source`
 * @param show other parameters, and the values with which all of these are shown
 */
export function fileInputFields(input: FileInput, description: string, show: Shown = {}): INodeProperties[] {
	const source: INodeProperties = {
		displayName: `${input.label} Source`,
		name: `${input.prefix}Source`,
		type: 'options',
		options: fileSources(input),
		default: 'binary',
		description,
		...(isEmpty(show) ? {} : { displayOptions: { show } }),
	};
	return [source, ...fileFields(input, show)];
}

/** Parameters, and the values with which others are shown. */
type Shown = Record<string, string[]>;

/**
 * The choices of the parameter `…Source`.
 *
 * @param input the file
 */
export function fileSources({ label }: Pick<FileInput, 'label'>): INodePropertyOptions[] {
	const what = label.toLowerCase();
	return [
		{
			name: `${label} Asset`,
			value: 'assetId',
			description: 'A file uploaded to HeyGen before, by its ID',
		},
		{
			name: `${label} File`,
			value: 'binary',
			description: `A file in a binary field of the item; the node uploads the ${what}`,
		},
		{ name: `${label} URL`, value: 'url', description: 'A file at a public address' },
	];
}

/**
 * The parameters behind the choices of `fileSources`.
 *
 * @param input the file
 * @param show other parameters, and the values with which these are shown
 */
export function fileFields({ label, prefix, takes, pages, example, places, inline = false }: FileInput, show: Shown = {}): INodeProperties[] {
	// The own source goes first: n8n shows what depends on an expression, and so would demand the fields of all sources.
	const shownFor = (source: string) => ({ show: { [`${prefix}Source`]: [source], ...show } });
	return [
		binaryField(
			{
				displayName: `${label} Binary Field`,
				name: `${prefix}BinaryPropertyName`,
				required: true,
				displayOptions: shownFor('binary'),
				hint: `The name of the input binary field containing the file: ${takes}`,
				description: `The binary field with ${takes}`,
			},
			places.file,
		),
		{
			displayName: `${label} URL`,
			name: `${prefix}Url`,
			type: 'string',
			required: true,
			displayOptions: shownFor('url'),
			default: '',
			placeholder: `e.g. ${example}`,
			hint: pages === undefined ? upperFirst(takes) : `${upperFirst(takes)}, or ${pages}`,
			description: `A public address of ${takes}${pages === undefined ? '' : `, or of ${pages}`}${inline ? '; or a data URL with the file itself' : ''}`,
			routing: inBody(places.url),
		},
		{
			displayName: `${label} Asset ID`,
			name: `${prefix}AssetId`,
			type: 'string',
			required: true,
			displayOptions: shownFor('assetId'),
			default: '',
			hint: upperFirst(takes),
			description: 'ID of a file that was uploaded to HeyGen',
			routing: inBody(places.assetId),
		},
	];
}
