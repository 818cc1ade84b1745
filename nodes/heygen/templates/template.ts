import isPlainObject from 'lodash/isPlainObject';

import { asRecord, firstText, idIn, shortRecord } from '../records';
import { trimBlank } from '../values/text';
import { type Fields, isByFileName, leafOf, shownKind, VARIABLE_KINDS, type VariableKind } from './leaves';

/**
 * Templates, as HeyGen describes them (contract `GET /v3/templates/{template_id}`; API reference, section 10). The
 * contract leaves open what a variable's record looks like. The record has "the shape the generate call accepts", so that
 * it is read for what is in it, and a value is put where the old one stands.
 */

/** One variable of a template. */
export interface TemplateVariable {
	/** As the template spells it. */
	readonly name: string;
	/** What HeyGen calls its type, in lower case; empty when HeyGen does not say and the record does not show. */
	readonly type: string;
	/** What it holds; undefined for a type that is not known here. */
	readonly kind: VariableKind | undefined;
	/** As the template has it; undefined when only scenes name it. */
	readonly record: unknown;
	/** Scenes that use it, in their order; none when HeyGen does not say. */
	readonly sceneIds: readonly string[];
	/** Whether HeyGen lists it; a script alone may name what is no variable. */
	readonly isListed: boolean;
}

/** One scene of a template. */
export interface TemplateScene {
	readonly id: string;
	/** What is spoken, with `{{name}}` in the place of variables; undefined when HeyGen does not say. */
	readonly script: string | undefined;
	/** Types of the variables that it uses, by their names. */
	readonly types: ReadonlyMap<string, string>;
}

/** A template, as far as it is read here. */
export interface Template {
	readonly id: string | undefined;
	/** Its name, or the ID of one without. */
	readonly name: string;
	/** As HeyGen writes it, such as "16:9"; undefined when HeyGen does not say. */
	readonly aspectRatio: string | undefined;
	readonly scenes: readonly TemplateScene[];
	readonly sceneIds: readonly string[];
	readonly variables: readonly TemplateVariable[];
}

/**
 * Reads a template.
 *
 * @param record HeyGen's `data`
 */
export function templateIn(record: Fields): Template {
	const id = idIn(record, ['template_id']);
	const scenes = recordsAmong(record.scenes).flatMap(sceneIn);
	const listed = Array.isArray(record.scene_ids) ? record.scene_ids.filter((entry) => typeof entry === 'string') : [];
	return {
		id,
		name: firstText(record, ['name']) ?? id ?? '',
		aspectRatio: firstText(record, ['aspect_ratio']),
		scenes,
		sceneIds: listed.length > 0 ? listed : scenes.map((scene) => scene.id),
		variables: variablesIn(record.variables, scenes),
	};
}

function recordsAmong(list: unknown): Fields[] {
	return Array.isArray(list) ? list.filter((entry): entry is Fields => isPlainObject(entry)) : [];
}

function sceneIn(scene: Fields): TemplateScene[] {
	const id = idIn(scene, ['scene_id']);
	if (id === undefined) return [];
	const types = recordsAmong(scene.variables).flatMap((variable): Array<[string, string]> => {
		const name = firstText(variable, ['name']);
		return name === undefined ? [] : [[name, firstText(variable, ['variable_type', 'type']) ?? '']];
	});
	return [{ id, script: firstText(scene, ['script']), types: new Map(types) }];
}

/** Those of the record first, in its order, then those that only scenes name, then those that only scripts name. */
function variablesIn(given: unknown, scenes: readonly TemplateScene[]): TemplateVariable[] {
	const records = new Map<string, unknown>(isPlainObject(given) ? Object.entries(given as Fields) : named(given));
	const placeholders = new Map(scenes.map((scene) => [scene, new Set(placeholdersIn(scene.script ?? ''))]));
	const listed = new Set([...records.keys(), ...scenes.flatMap(({ types }) => [...types.keys()])]);
	const names = new Set([...listed, ...[...placeholders.values()].flatMap((inScript) => [...inScript])]);
	return [...names].map((name) => {
		const record = records.get(name);
		const using = scenes.filter((scene) => scene.types.has(name) || placeholders.get(scene)?.has(name) === true);
		const told = using.map(({ types }) => types.get(name) ?? '').find((type) => type !== '');
		const isListed = listed.has(name);
		// A script can hold texts only.
		const type = isListed ? typeOf(told, record) : ({ type: 'text', kind: 'text' } as const);
		return { name, ...type, record, sceneIds: using.map(({ id }) => id), isListed };
	});
}

/** Variables in a list of records, each with its name. */
function named(given: unknown): Array<[string, unknown]> {
	return recordsAmong(given).flatMap((record): Array<[string, unknown]> => {
		const name = firstText(record, ['name']);
		return name === undefined ? [] : [[name, record]];
	});
}

/** A piece of a text: as it is, or `{{name}}`. */
export interface TextPiece {
	/** As the text has it, braces included. */
	readonly text: string;
	/** The variable that stands there; undefined for what is as it is. */
	readonly name: string | undefined;
}

/**
 * Divides a text at the variables in it.
 *
 * @param text a script
 * @returns its pieces, which are the text when they are put together
 */
export function textPieces(text: string): TextPiece[] {
	// Not by a regular expression, which would begin anew at every brace.
	const parts = text.split(CLOSING);
	const last = parts.pop() ?? '';
	const pieces = parts.flatMap((part): TextPiece[] => {
		const from = part.lastIndexOf(OPENING);
		const inner = part.slice(from + OPENING.length);
		const name = trimBlank(inner);
		if (from < 0 || name === '' || /[{}]/.test(inner)) return [{ text: `${part}${CLOSING}`, name: undefined }];
		return [
			{ text: part.slice(0, from), name: undefined },
			{ text: `${OPENING}${inner}${CLOSING}`, name },
		];
	});
	return [...pieces, { text: last, name: undefined }].filter((piece) => piece.text !== '');
}

const OPENING = '{{';
const CLOSING = '}}';

/**
 * The variables that a text names.
 *
 * @param text a script
 * @returns their names, in the order of the text
 */
export function placeholdersIn(text: string): string[] {
	return textPieces(text).flatMap(({ name }) => (name === undefined ? [] : [name]));
}

/** Other words for the kinds: HeyGen's older API calls characters so. */
const SYNONYMS: ReadonlyMap<string, VariableKind> = new Map([
	['avatar', 'character'],
	['talking_photo', 'character'],
	['string', 'text'],
]);

function kindNamed(word: string): VariableKind | undefined {
	return VARIABLE_KINDS.find((kind) => kind === word) ?? SYNONYMS.get(word);
}

/** The type that HeyGen tells counts before what the record shows. */
function typeOf(told: string | undefined, record: unknown): Pick<TemplateVariable, 'type' | 'kind'> {
	const own = asRecord(record);
	const words = [told, own.variable_type, own.type].flatMap((word) => (typeof word === 'string' ? [trimBlank(word).toLowerCase()] : []));
	const first = words.find((word) => word !== '' && !isByFileName(word));
	const kind = first === undefined ? shownKind(record) : kindNamed(first);
	return { type: kind ?? first ?? '', kind };
}

/**
 * The value that a variable has in its template, as people would write it: a text, an address or an ID.
 *
 * @param variable the variable
 * @returns undefined when it has none, or one that is not told in a few words
 */
export function currentValue({ kind, record }: TemplateVariable): string | undefined {
	const value = leafOf(record, kind ?? 'text')?.value ?? undefined;
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * A template with what people use of it. Times are ISO 8601.
 *
 * @param record HeyGen's `data`
 */
export function shortTemplate<T>(record: Record<string, T>): Record<string, unknown> {
	const { sceneIds, variables } = templateIn(record);
	const { template_id, name, aspect_ratio, ...rest } = shortRecord(record, TEMPLATE_OUTLINE);
	return {
		template_id,
		name,
		...(aspect_ratio === undefined ? {} : { aspect_ratio }),
		variables: variables.map((variable) => ({
			name: variable.name,
			type: variable.type,
			value: currentValue(variable) ?? null,
			scene_ids: [...variable.sceneIds],
		})),
		scene_ids: [...sceneIds],
		...rest,
	};
}

/** What people use of the templates of a list. */
export const TEMPLATE_OUTLINE = {
	idField: 'template_id',
	fields: ['name', 'aspect_ratio', 'thumbnail_url', 'created_at', 'updated_at'],
	optional: [],
} as const;
