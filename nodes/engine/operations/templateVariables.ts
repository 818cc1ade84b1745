import type { IDataObject } from 'n8n-workflow';

import { isFileKind } from '../../heygen/templates/leaves';
import { likelyName, namesInWords } from '../../heygen/templates/names';
import type { Template } from '../../heygen/templates/template';
import { recordWith } from '../../heygen/templates/variableRecords';
import { readVariable } from '../../heygen/templates/variableValues';
import { inputError } from '../basics/errors';
import { binaryFields } from '../files/binary';
import type { Call } from '../item/call';

/** The variables of an item, in the form in which its template has them. */

/**
 * The fields of an item that are called as variables: those of its JSON, and of files the binary fields too.
 *
 * @param call the item
 * @param template its template
 */
export function fieldsOfItem(call: Call, { variables }: Template): IDataObject {
	const files = variables.filter(({ kind, name }) => isFileKind(kind) && binaryFields(call).includes(name)).map(({ name }) => [name, name]);
	const { json } = call.context.getInputData();
	return { ...(Object.fromEntries(files) as IDataObject), ...pickOwn(json as IDataObject, variables.map(({ name }) => name)) };
}

/** Fields by their names: in paths, as lodash reads them, "a.b" would be a field within a field. */
function pickOwn(json: IDataObject, names: readonly string[]): IDataObject {
	return Object.fromEntries(names.flatMap((name) => (Object.hasOwn(json, name) ? [[name, json[name]]] : []))) as IDataObject;
}

/**
 * The variables that are given, as the request takes them; what is left out is not among them.
 *
 * @param call the item
 * @param template its template
 * @param given values by the names of variables
 * @throws EngineError for a name that the template does not have, or a value that HeyGen would not take
 */
export function givenVariables(call: Call, template: Template, given: IDataObject): IDataObject {
	const { variables } = template;
	const known = new Map(variables.map((variable) => [variable.name, variable]));
	const values: IDataObject = {};
	const fields = binaryFields(call);
	for (const [name, value] of Object.entries(given)) {
		const variable = known.get(name);
		if (variable === undefined) throw unknownVariable(name, template);
		const label = `Variables → ${name}`;
		const { value: read, problem } = readVariable(variable, value, { label, hasFile: (field) => fields.includes(field) });
		if (problem !== undefined) throw inputError(`'${label}' ${problem}`, fileAdvice(isFileKind(variable.kind), fields));
		if (read !== undefined) values[name] = recordWith(variable, read, variables) as IDataObject[string];
	}
	return values;
}

/** A name that the template does not have is a misspelt one, or a variable that the template has had. */
function unknownVariable(name: string, template: Template) {
	const names = template.variables.map((variable) => variable.name);
	const likely = likelyName(name, names);
	const meant = likely === undefined ? '' : `Did you mean ${namesInWords([likely])}? `;
	return inputError(
		`'Variables' has ${namesInWords([name])}, which is no variable of the template ${namesInWords([template.name])}`,
		names.length === 0 ? 'The template has no variables.' : `${meant}The template's variables are ${namesInWords(names)}.`,
	);
}

function fileAdvice(isFile: boolean, fields: readonly string[]): string {
	if (!isFile) return '';
	return fields.length === 0 ? 'The item carries no file.' : `The item's binary fields are ${namesInWords(fields)}.`;
}
