import isEmpty from 'lodash/isEmpty';
import isPlainObject from 'lodash/isPlainObject';
import omit from 'lodash/omit';

import { type Fields, isByFileName, isFileKind, leafOf, valueFields, type VariableKind } from './leaves';
import type { TemplateVariable } from './template';

/** Records of variables with other values, for the request that makes a video. */

/** What goes in the place of a variable's own value. */
export interface NewValue {
	/** The value, and how a file is named by it; undefined when the template's own stays. */
	readonly leaf?: { readonly by?: 'url' | 'asset_id'; readonly value: unknown };
	/** Further properties, in the place of the template's own. */
	readonly more?: Fields;
	/** All of the variable, of a type that is not known here. */
	readonly whole?: unknown;
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
	const own = record as Fields;
	const place = leafOf(own, kind ?? 'text');
	const path = place?.path ?? (isPlainObject(own.properties) || (kind !== undefined && 'type' in own) ? ['properties'] : []);
	return withPlace(own, path, (holder) => filled(holder, kind, value, place?.field));
}

function withPlace(record: Fields, [name, ...rest]: readonly string[], change: (holder: Fields) => Fields): Fields {
	if (name === undefined) return change(record);
	const inner = isPlainObject(record[name]) ? (record[name] as Fields) : {};
	return { ...record, [name]: withPlace(inner, rest, change) };
}

/** The record that has the value, with the new one. */
function filled(holder: Fields, kind: VariableKind | undefined, { leaf, more = {} }: NewValue, field: string | undefined): Fields {
	if (leaf === undefined) return { ...holder, ...more };
	const fields = valueFields(kind ?? 'text');
	const { by, value } = leaf;
	const isKnown = field !== undefined && fields.includes(field);
	// A field that holds files by whatever name, such as "value".
	if (field !== undefined && !isKnown) return { ...holder, ...more, [field]: value };
	if (!isFileKind(kind) || by === undefined) return { ...holder, ...more, [field ?? fields[0]]: value };
	const prefix = field === undefined ? '' : field.replace(/(asset_id|url)$/, '');
	const type = isByFileName(holder.type) ? { type: by } : {};
	return { ...omit(holder, fields), ...type, ...more, [`${prefix}${by}`]: value };
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
