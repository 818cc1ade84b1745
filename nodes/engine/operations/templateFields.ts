import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject } from 'n8n-workflow';

import { isFileKind } from '../../heygen/templates/leaves';
import { areAlike, sameName } from '../../heygen/templates/names';
import type { Template, TemplateVariable } from '../../heygen/templates/template';
import { isNothing } from '../../heygen/values/reading';
import { binaryFields } from '../item/itemFiles';
import type { Call } from '../item/call';

/** Fields of an item that are called as the variables of its template. */

/**
 * The fields of an item that are called as variables: those of its JSON, and of files the binary fields too. The exact
 * name counts before other spellings of it, and a filled field of the JSON before a file.
 *
 * @param call the item
 * @param template its template
 * @returns values by the names of the variables
 */
export function fieldsOfItem(call: Call, { variables }: Template): IDataObject {
	const { json } = call.context.getInputData();
	const item: ItemFields = { json: json as IDataObject, files: binaryFields(call) };
	const found = variables.flatMap((variable) => {
		const value = valueFor(variable, item, variables);
		return value === undefined ? [] : [[variable.name, value] as const];
	});
	return Object.fromEntries(found) as IDataObject;
}

interface ItemFields {
	readonly json: IDataObject;
	/** Names of the binary fields. */
	readonly files: readonly string[];
}

function valueFor({ kind, name }: TemplateVariable, { json, files }: ItemFields, all: readonly TemplateVariable[]): unknown {
	// Another spelling of two variables could be either of them.
	const isAlone = all.filter((variable) => areAlike(variable.name, name)).length === 1;
	const spelling = (among: readonly string[]) => sameName(name, isAlone ? among : among.filter((field) => field === name));
	const inJson = spelling(Object.keys(json));
	const inFiles = spelling(files);
	const value = inJson === undefined ? undefined : json[inJson];
	if (!isFileKind(kind)) return value;
	if (inJson !== undefined && isOfForm(value)) return formFiles(inJson, value, files) ?? inFiles ?? value;
	const isJsonFirst = !isEmptyFile(value) && (inJson === name || inFiles !== name);
	return isJsonFirst ? value : inFiles;
}

/** Whether a field names no file: a form without a file gives a list of nothing. */
function isEmptyFile(value: unknown): boolean {
	return isNothing(value) || (Array.isArray(value) && value.every(isNothing));
}

/** Whether a field is what n8n's forms say of the files that they took. */
function isOfForm(value: unknown): boolean {
	const files = Array.isArray(value) ? (value as unknown[]) : [value];
	return files.length > 0 && files.every((file) => isPlainObject(file) && FORM_FACTS.every((fact) => fact in (file as object)));
}

const FORM_FACTS = ['filename', 'mimetype', 'size'];

/**
 * The binary fields of what n8n's forms took. They are called as the field of the JSON, with an underscore for all but
 * letters and digits, and a number where the form takes several files (n8n-nodes-base 2.41, `prepareFormReturnItem`).
 *
 * @param name the field of the JSON
 * @param value what it says of one file, or a list for several
 * @param files names of the item's binary fields
 * @returns one name, or several; undefined when the item has lost one of them
 */
function formFiles(name: string, value: unknown, files: readonly string[]): string | string[] | undefined {
	const field = name.replace(/\W/g, '_');
	const fields = Array.isArray(value) ? value.map((_file, at) => `${field}_${at}`) : [field];
	if (!fields.every((one) => files.includes(one))) return undefined;
	return fields.length === 1 ? fields[0] : fields;
}
