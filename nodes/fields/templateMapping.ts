import type { ILoadOptionsFunctions, INodeProperties, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

import { nodeClient, PATIENCE } from '../engine/request/nodeClient';
import { recordIn } from '../engine/request/reply';
import { isFileKind } from '../heygen/templates/leaves';
import { currentValue, templateIn, type TemplateVariable } from '../heygen/templates/template';
import { inBody } from './inBody';
import { filterId } from './listSearch/search';
import { asLiteral } from './subtitles';

/** The variables of a template as fields, in n8n's resource mapper. */

/** What the editor calls that mode of the mapper. */
const AUTOMATIC_NAME = 'Map Automatically';

/**
 * The parameter. Its mode is "map", in which the editor marks what is required and leaves it to the node to refuse what is
 * missing: in the mode "add" nobody could leave a variable out.
 */
export const templateVariablesField: INodeProperties = {
	displayName: 'Variables',
	name: 'variables',
	type: 'resourceMapper',
	required: true,
	default: { mappingMode: 'defineBelow', value: null },
	typeOptions: {
		loadOptionsDependsOn: ['templateId.value'],
		resourceMapper: {
			resourceMapperMethod: 'getTemplateVariables',
			mode: 'map',
			valuesLabel: 'Values',
			fieldWords: { singular: 'variable', plural: 'variables' },
			addAllFields: true,
			supportAutoMap: true,
			// Without it the editor takes an emptied field for one that was not filled in.
			allowEmptyValues: true,
			// The notice says more.
			hideNoDataError: true,
		},
	},
	description: `Values for the variables of the template. With '${AUTOMATIC_NAME}' they are the fields of the input item that are called as the variables, binary fields included. Case, blanks, underscores and dashes of their names do not count.`,
	builderHint: {
		propertyHint: `The names are those of the template, which only HeyGen knows: use mappingMode "autoMapInputData" with an Edit Fields node in front that has fields of these names, unless the user has told them`,
	},
	routing: inBody('variables'),
};

/** What the fields of files take; a field of the mapper has no room for it. */
export const templateFilesNotice: INodeProperties = {
	displayName: 'An image, video or audio: the name of a binary field, a URL, or an asset ID. Left empty, it stays as in the template.',
	name: 'templateFilesNotice',
	type: 'notice',
	default: '',
};

const NO_TEMPLATE = `Pick a template to see its variables here. When an expression names the template, run the nodes in front so that the editor can read it, or choose '${AUTOMATIC_NAME}': fields of the input item then go to the variables of their names.`;

const NO_VARIABLES = 'This template has no variables: the video is the template as it is.';

/**
 * The fields of the chosen template.
 *
 * @param this the editor's context
 * @throws EngineError when the template cannot be read
 */
export async function getTemplateVariables(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const id = filterId(this.getCurrentNodeParameter('templateId'), 'template_id');
	if (id === undefined) return { fields: [], emptyFieldsNotice: NO_TEMPLATE };
	const client = await nodeClient(this, { queueTimeout: PATIENCE.editor, urgent: true });
	const request = { method: 'GET' as const, path: `/v3/templates/${encodeURIComponent(id)}`, doing: 'read the template' };
	const { variables } = templateIn(recordIn(await client.send(request), request));
	if (variables.length === 0) return { fields: [], emptyFieldsNotice: NO_VARIABLES };
	return { fields: variables.map(fieldOf) };
}

/** All fields are texts: the editor would refuse a voice that is in no list, and show an expression of a record as JSON. */
function fieldOf(variable: TemplateVariable): ResourceMapperField {
	const shownValue = initialValue(variable);
	return {
		id: variable.name,
		displayName: `${variable.name} (${typeInWords(variable)})`,
		required: isRequired(variable),
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		type: 'string',
		...(shownValue === undefined ? {} : { defaultValue: shownValue }),
	};
}

/** HeyGen prints the names of texts that are left out. What a script alone names may be meant to stand there. */
function isRequired({ kind, isListed }: TemplateVariable): boolean {
	return kind === 'text' && isListed;
}

function typeInWords(variable: TemplateVariable): string {
	const { kind, type } = variable;
	if (isFileKind(kind)) return kind;
	if (kind === 'voice' || kind === 'character') return `${kind} ID`;
	// n8n 2.41 does not mark fields that are required.
	if (kind === 'text') return isRequired(variable) ? 'text, required' : 'text';
	return type === '' ? 'text or JSON' : `${type}: text or JSON`;
}

/**
 * What a field holds at first: the template's own value. An address with a signature would be stale when the workflow
 * runs, and an empty field keeps the template's file anyway.
 */
function initialValue(variable: TemplateVariable): string | undefined {
	const value = currentValue(variable);
	if (value === undefined || (isFileKind(variable.kind) && /[?#]/.test(value))) return undefined;
	// n8n takes what begins so for an expression.
	return value.startsWith('=') ? `={{ ${asLiteral(value)} }}` : value;
}
