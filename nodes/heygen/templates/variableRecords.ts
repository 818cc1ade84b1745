import findLastIndex from 'lodash/findLastIndex';
import isEmpty from 'lodash/isEmpty';
import isPlainObject from 'lodash/isPlainObject';
import omit from 'lodash/omit';
import pickBy from 'lodash/pickBy';

import { asRecord } from '../records';
import { type Fields, isByFileName, isFileKind, leafOf, valueFields, type VariableKind } from './leaves';
import type { TemplateVariable } from './template';

/** Records of variables with other values, for the request that makes a video. */

/** What goes in the place of a variable's own value. */
export interface NewValue {
	/** The value; undefined when the template's own stays. */
	readonly leaf?: {
		readonly value: unknown;
		/** How a file is named by it. */
		readonly by?: 'url' | 'asset_id';
		/** The field in which the user has named a character. */
		readonly named?: string;
	};
	/** Further properties, in the place of the template's own. */
	readonly more?: Fields;
	/** All of the variable, of a type that is not known here. */
	readonly whole?: unknown;
}

/** Where a variable's record has its value. */
export interface ValuePlace {
	/** Names of the fields on the way to the record that has it, or that is to have it. */
	readonly path: readonly string[];
	/** The field; undefined when there is none yet. */
	readonly field: string | undefined;
	/** The records on the way, that with the value last. */
	readonly levels: readonly Fields[];
}

/**
 * Where the value of a variable is, or goes when it has none.
 *
 * @param variable the variable
 */
export function placeOf({ record, kind }: TemplateVariable): ValuePlace {
	const own = asRecord(record);
	const leaf = leafOf(own, kind ?? 'text');
	const path = leaf?.path ?? (isPlainObject(own.properties) || (kind !== undefined && 'type' in own) ? ['properties'] : []);
	const levels = [own];
	for (const name of path) levels.push(recordAt(levels[levels.length - 1] as Fields, name));
	return { path, field: leaf?.field, levels };
}

function recordAt(record: Fields, name: string): Fields {
	return asRecord(record[name]);
}

/**
 * A variable's record with another value: all else in it stays as the template has it.
 *
 * @param variable the variable
 * @param value what goes into it
 * @param siblings the template's variables, after which a record is made where the template has none
 */
export function recordWith(variable: TemplateVariable, value: NewValue, siblings: readonly TemplateVariable[]): unknown {
	if (value.whole !== undefined) return value.whole;
	const { record, kind } = variable;
	if (!isPlainObject(record)) {
		const isPlain = typeof record === 'string' || typeof record === 'number';
		return isPlain && value.leaf !== undefined && isEmpty(value.more) ? value.leaf.value : newRecord(variable, value, siblings);
	}
	const { path, field, levels } = placeOf(variable);
	const more = moreOnLevels(value.more ?? {}, levels);
	const depth = path.length;
	let result = filled(levels[depth] as Fields, kind, { ...value, more: more[depth] as Fields }, field);
	for (let at = depth - 1; at >= 0; at--) result = { ...levels[at], ...more[at], [path[at] as string]: result };
	return result;
}

/** What a record of any form has besides its value: of these names the deepest level's is meant. */
const OF_ALL_LEVELS = ['name', 'type'];

/** Properties for each level of a record: where the template has them, and else beside the value. */
function moreOnLevels(more: Fields, levels: readonly Fields[]): Fields[] {
	const last = levels.length - 1;
	const levelOf = (name: string) => {
		const at = OF_ALL_LEVELS.includes(name) ? -1 : findLastIndex(levels, (level) => Object.hasOwn(level, name));
		return at < 0 ? last : at;
	};
	return levels.map((_level, at) => pickBy(more, (_value, name) => levelOf(name) === at));
}

/** The record that has the value, with the new one. */
function filled(holder: Fields, kind: VariableKind | undefined, { leaf, more = {} }: NewValue, field: string | undefined): Fields {
	if (leaf === undefined) return { ...holder, ...more };
	const fields = valueFields(kind ?? 'text');
	const { by, value } = leaf;
	const isKnown = field !== undefined && fields.includes(field);
	// A field that holds files by whatever name, such as "value".
	if (field !== undefined && !isKnown) return { ...holder, ...more, [field]: value };
	if (kind === 'character') return withCharacter(holder, leaf, more, field);
	if (!isFileKind(kind) || by === undefined) return { ...holder, ...more, [field ?? fields[0]]: value };
	const prefix = field === undefined ? '' : field.replace(/(asset_id|url)$/, '');
	const type = isByFileName(holder.type) ? { type: by } : {};
	return { ...omit(holder, fields), ...type, ...more, [`${prefix}${by}`]: value };
}

/** The two sorts of characters, as `type` says them. The fields of their IDs are called after them (API reference, section 10). */
const SORTS = ['avatar', 'talking_photo'];

/** A record of one character only: what names another one goes. */
function withCharacter(holder: Fields, { value, named = '' }: NonNullable<NewValue['leaf']>, more: Fields, own: string | undefined): Fields {
	const fields = valueFields('character');
	const sortOf = (field: string) => SORTS.find((sort) => field === `${sort}_id`);
	const sort = sortOf(named) ?? SORTS.find((word) => word === more.type);
	const isSorted = own !== undefined && sortOf(own) !== undefined;
	const field = own === undefined ? (sortOf(named) === undefined ? fields[0] : named) : isSorted && sort !== undefined ? `${sort}_id` : own;
	// HeyGen's other requests call looks of both sorts "avatar_id".
	const isTold = sort === 'talking_photo' || (sort !== undefined && isSorted);
	const type = isTold && SORTS.some((word) => word === holder.type) ? { type: sort } : {};
	return { ...omit(holder, fields), ...type, ...more, [field]: value };
}

/** A record in the form of the template's others; without any, in that of HeyGen's older API (API reference, section 10). */
function newRecord({ name, type, kind }: TemplateVariable, value: NewValue, siblings: readonly TemplateVariable[]): unknown {
	const alike = (of: (sibling: TemplateVariable) => boolean) => siblings.find((sibling) => sibling.record !== undefined && sibling.record !== null && of(sibling));
	const model = (alike((sibling) => sibling.kind === kind) ?? alike(() => true))?.record;
	const { leaf, more } = value;
	if (typeof model === 'string' && leaf !== undefined && isEmpty(more)) return leaf.value;
	const properties = filled({}, kind, value, undefined);
	if (!isPlainObject(model) || isPlainObject((model as Fields).properties)) return { name, type, properties };
	const flat = model as Fields;
	const typed = isByFileName(flat.type) ? (leaf?.by === undefined ? {} : { type: leaf.by }) : 'type' in flat ? { type } : {};
	return { ...('name' in flat ? { name } : {}), ...typed, ...properties };
}
