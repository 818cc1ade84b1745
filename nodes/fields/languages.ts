import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { readLanguageNames } from '../engine/request/languages';
import { nodeClient, PATIENCE } from '../engine/request/nodeClient';
import { inBody } from './inBody';

/** Languages that films are translated into. The list is HeyGen's own. */

/**
 * The choices of 'Output Language Names or IDs'.
 *
 * @param this the editor's context
 * @throws EngineError when HeyGen does not tell them; n8n shows it in place of the list
 */
export async function getOutputLanguages(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const client = await nodeClient(this, { queueTimeout: PATIENCE.editor, urgent: true });
	const names = await readLanguageNames(client);
	return [...names].sort((a, b) => a.localeCompare(b)).map((name) => ({ name, value: name }));
}

/** The languages of a translation or proofread. */
export const outputLanguagesField: INodeProperties = {
	displayName: 'Output Language Names or IDs',
	name: 'outputLanguages',
	type: 'multiOptions',
	required: true,
	typeOptions: { loadOptionsMethod: 'getOutputLanguages' },
	// What an expression or a model gives need not be in the list as it is.
	allowArbitraryValues: true,
	default: [],
	hint: 'Each language is paid for, and is an output item of its own',
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	builderHint: {
		propertyHint: 'Names as HeyGen has them, such as "Spanish (Spain)". Codes such as "pt-BR" are taken where they name one language only; a list or text with commas as well.',
	},
	routing: inBody('output_languages'),
};
