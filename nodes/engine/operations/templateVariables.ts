import sortBy from 'lodash/sortBy';
import type { IDataObject } from 'n8n-workflow';

import { isFileKind } from '../../heygen/templates/leaves';
import { likelyName, namesInWords } from '../../heygen/templates/names';
import type { Template } from '../../heygen/templates/template';
import { type NewValue, recordWith } from '../../heygen/templates/variableRecords';
import { readVariable } from '../../heygen/templates/variableValues';
import { inputError } from '../basics/errors';
import { binaryFields } from '../item/itemFiles';
import type { Call } from '../item/call';

/** The variables of an item, in the form in which its template has them. */

/** Variables as an item gives them. */
export interface GivenVariables {
	/** As the request takes them; what is left out is not among them. */
	readonly values: IDataObject;
	/** Names and values, in the order of the names, without what the template has of its own. */
	readonly given: ReadonlyArray<readonly [name: string, value: NewValue]>;
}

/**
 * Reads the variables that are given.
 *
 * @param call the item
 * @param template its template
 * @param given values by the names of variables
 * @throws EngineError for a name that the template does not have, or a value that HeyGen would not take
 */
export function givenVariables(call: Call, template: Template, given: IDataObject): GivenVariables {
	const { variables } = template;
	const known = new Map(variables.map((variable) => [variable.name, variable]));
	const values: IDataObject = {};
	const readValues: Array<readonly [name: string, value: NewValue]> = [];
	const fields = binaryFields(call);
	for (const [name, value] of Object.entries(given)) {
		const variable = known.get(name);
		if (variable === undefined) throw unknownVariable(name, template);
		const label = `Variables → ${name}`;
		const { value: read, problem } = readVariable(variable, value, { label, hasFile: (field) => fields.includes(field) });
		if (problem !== undefined) throw inputError(`'${label}' ${problem}`, fileAdvice(isFileKind(variable.kind), fields));
		if (read === undefined) continue;
		// What HeyGen does not list has the form of its reference.
		values[name] = recordWith(variable, read, variable.isListed ? variables : []) as IDataObject[string];
		readValues.push([name, read]);
	}
	return { values, given: sortBy(readValues, ([name]) => name) };
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
