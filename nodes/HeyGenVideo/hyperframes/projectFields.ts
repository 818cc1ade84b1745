import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { fileFieldName } from '../../engine/item/fileGiven';
import { binaryField, fileFields, type FileInput, fileSources, unionPlaces } from '../../fields/files';
import { inBody } from '../../fields/inBody';
import { PROJECT_ENTRY } from '../../heygen/fileUses';
import { HYPERFRAMES_PROJECT_MAX_MB } from '../../heygen/limits';

/** The project that is rendered: a ZIP file of it, or its files, which the engine zips. */

const PLACE = 'project';

const archive: FileInput = {
	label: 'Project',
	prefix: 'project',
	takes: `a ZIP file, up to ${HYPERFRAMES_PROJECT_MAX_MB} MB, with ${PROJECT_ENTRY} in its root`,
	example: 'https://example.com/project.zip',
	places: unionPlaces(PLACE),
};

/** The field that names the files of a project. */
const FILES_LABEL = 'Project Binary Fields';

/**
 * The display name of the field that the item gives the project in.
 *
 * @param source the value of `projectSource`
 */
export function projectFieldName(source: string): string {
	return source === 'files' ? FILES_LABEL : fileFieldName(archive.label, source);
}

/** A ZIP file is one choice, the files of a project are another: both would be a "Project File". */
function sourceOf(source: INodePropertyOptions): INodePropertyOptions {
	if (source.value !== 'binary') return source;
	return { ...source, name: 'Project ZIP', description: 'A ZIP file in a binary field of the item, which the node uploads' };
}

/** The parameter `projectSource`, and those behind its choices. */
export const projectFields: INodeProperties[] = [
	{
		displayName: 'Project Source',
		name: 'projectSource',
		type: 'options',
		options: [
			...fileSources(archive).map(sourceOf),
			{
				name: 'Project Files',
				value: 'files',
				description: `Web pages, pictures and fonts in binary fields of the item, with ${PROJECT_ENTRY} among them; the node zips and uploads them`,
			},
		].sort((one, other) => one.name.localeCompare(other.name)),
		default: 'binary',
		description: 'Where the web page, with all that belongs to it, comes from',
	},
	...fileFields(archive),
	{
		displayName: 'All Binary Fields',
		name: 'allBinaryFields',
		type: 'boolean',
		displayOptions: { show: { projectSource: ['files'] } },
		default: true,
		description:
			"Whether every file of the item belongs to the project, rather than those named. n8n's Aggregate node puts the files of several items into one item.",
		routing: inBody(`${PLACE}.all`),
	},
	binaryField(
		{
			displayName: FILES_LABEL,
			name: 'projectBinaryPropertyNames',
			required: true,
			// In this order, an expression in 'Project Source' does not make n8n demand names that 'All Binary Fields' makes needless.
			displayOptions: { show: { allBinaryFields: [false], projectSource: ['files'] } },
			default: '',
			placeholder: 'e.g. page, logo, font',
			hint: 'The names of the input binary fields containing the files, separated by commas',
			description: `The files of the project, which the node puts into one ZIP file, up to ${HYPERFRAMES_PROJECT_MAX_MB} MB. Where each lies in the project comes from its folder, or from a path in its name, such as assets/logo.png.`,
		},
		`${PLACE}.fields`,
	),
];
