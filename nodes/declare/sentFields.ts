import isPlainObject from 'lodash/isPlainObject';
import omit from 'lodash/omit';
import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { ADDITIONAL_FIELDS } from '../engine/item/additionalFields';
import { inRows } from '../engine/item/body';
import { CUSTOM_LABELS } from '../engine/item/customFields';
import { listNamedBy } from '../engine/item/openChoices';
import type { SentField, SentFields } from '../engine/item/parameters';
import { PRESET } from '../engine/item/preset';
import { choicesOf, settingsIn } from './settings';
import { atVersion } from './versions';

/**
 * Finds out which parameters go where.
 *
 * @param properties an operation's parameters
 * @param version the node's in its workflow
 */
export function sentFields(properties: readonly INodeProperties[], version: number): SentFields {
	const own = atVersion(properties, version);
	const fields = fieldsOf(own);
	return { fields, settings: settingsIn(own), names: withRowsOfJson(placeNames(fields), own) };
}

/** Collections whose members go by their own names: they are what a user looks for. */
const UNNAMED: ReadonlySet<string> = new Set(['options', 'requestOptions']);

/**
 * What the editor calls the places of a body: "engine.type" is "Animation Engine", and "voice_settings.speed" is
 * "Voice Settings → Speed". A collection that has a place to itself names that. Of places within rows it is what the
 * editor calls them there: "scenes.*.engine.type".
 */
function placeNames(fields: readonly SentField[], above: readonly string[] = []): Map<string, string> {
	const names = new Map<string, string>();
	for (const { name, label, group, rows, to, nameOf, members = [] } of fields) {
		// A place goes by its list, not by the field for values that the list does not have.
		if (nameOf !== undefined) continue;
		const isUnnamed = group === true || (above.length === 0 && UNNAMED.has(name));
		const labels = isUnnamed ? above : [...above, label];
		if (to?.part === 'body') names.set(to.property, labels.join(' → '));
		if (rows === true) {
			for (const [place, placeName] of placeNames(members)) names.set(inRows(to?.property ?? '', place), placeName);
			continue;
		}
		const inside = placeNames(members, labels);
		const own = commonPlace([...inside.keys()]);
		if (own !== '' && !isUnnamed) names.set(own, labels.join(' → '));
		for (const [place, placeName] of inside) names.set(place, placeName);
	}
	return names;
}

/** JSON that stands for rows has the names of the rows: the editor has no others. */
function withRowsOfJson(names: Map<string, string>, properties: readonly INodeProperties[]): Map<string, string> {
	for (const { typeOptions, routing } of properties) {
		const place = routing?.send?.property;
		if (typeOptions?.rowsOf === undefined || place === undefined) continue;
		const rows = inRows(String(typeOptions.rowsOf), '');
		for (const [other, name] of [...names]) if (other.startsWith(rows)) names.set(inRows(place, other.slice(rows.length)), name);
	}
	return names;
}

/** What all places are in: "voice_settings" for "voice_settings.speed" and "voice_settings.engine_settings.model". */
function commonPlace(places: readonly string[]): string {
	const [first = [], ...others] = places.map((place) => place.split('.'));
	const differs = first.findIndex((part, depth) => others.some((other) => other[depth] !== part));
	return first.slice(0, differs < 0 ? first.length : differs).join('.');
}

/** Parameters that shape a request without a place of their own in it. */
const SHAPING: ReadonlySet<string> = new Set([ADDITIONAL_FIELDS.name, PRESET.name, ...Object.keys(CUSTOM_LABELS)]);

function fieldsOf(properties: readonly INodeProperties[]): SentField[] {
	return properties.flatMap((property) => {
		const send = property.routing?.send;
		const choices = choicesOf(property);
		const members = membersOf(property);
		const sent = members === undefined ? undefined : members.flatMap(([name, fields]) => {
			const inner = fieldsOf(fields);
			if (inner.length === 0) return [];
			if (name === undefined) return inner;
			const settings = isRows(property) ? { settings: settingsIn(fields) } : {};
			return [{ name, label: property.displayName, type: 'collection' as const, group: true, members: inner, ...settings }];
		});
		const goesNowhere = send?.property === undefined && (sent === undefined || sent.length === 0);
		if (goesNowhere && !SHAPING.has(property.name)) return [];
		const nameOf = listNamedBy(property);
		return [
			{
				name: property.name,
				label: property.displayName,
				type: property.type,
				...conditions(property),
				...(choices === undefined ? {} : { choices }),
				...(nameOf === undefined ? {} : { nameOf }),
				...(property.type === 'resourceLocator' ? { locator: true } : {}),
				...(property.typeOptions?.binaryDataProperty === true ? { file: true } : {}),
				...(isVerbatim(property) ? { verbatim: true } : {}),
				...(isRows(property) ? { rows: true } : {}),
				...(property.typeOptions?.rowName === undefined ? {} : { rowName: String(property.typeOptions.rowName) }),
				...(property.required === true ? { required: true } : {}),
				...(send?.property === undefined
					? {}
					: { to: { part: send.type ?? 'query', property: send.property } }),
				...(sent === undefined ? {} : { members: sent }),
			},
		];
	});
}

/** Whether what is empty within a parameter's value is meant. */
function isVerbatim({ type, typeOptions }: INodeProperties): boolean {
	return type === 'json' || type === 'resourceMapper' || typeOptions?.verbatim === true;
}

function isRows({ type, typeOptions }: INodeProperties): boolean {
	return type === 'fixedCollection' && typeOptions?.multipleValues === true;
}

function conditions({ displayOptions }: INodeProperties): Pick<SentField, 'when'> {
	const when = Object.entries(displayOptions?.show ?? {})
		.map(([name, values]) => [name, (values ?? []) as unknown[]] as const)
		// Whether a former place is shown makes no difference to what it sends.
		.filter(([, values]) => !values.some(isPlainObject));
	return when.length === 0 ? {} : { when };
}

/** Members of a collection (no name), or of each group of a fixed collection (the group's name). */
function membersOf(
	property: INodeProperties,
): Array<[string | undefined, INodeProperties[]]> | undefined {
	if (property.type === 'collection') {
		return [[undefined, (property.options ?? []) as INodeProperties[]]];
	}
	if (property.type !== 'fixedCollection') return undefined;
	return ((property.options ?? []) as INodePropertyCollection[]).map(({ name, values }) => [
		name,
		values,
	]);
}

/**
 * A description without what only this engine reads.
 *
 * @param property a parameter, with its members
 */
export function withoutRouting(property: INodeProperties): INodeProperties {
	const rest = omit(property, 'routing') as INodeProperties;
	if (property.type === 'collection') {
		const members = (property.options ?? []) as INodeProperties[];
		return { ...rest, options: members.map(withoutRouting) };
	}
	if (property.type === 'fixedCollection') {
		const groups = (property.options ?? []) as INodePropertyCollection[];
		return {
			...rest,
			options: groups.map((group) => ({ ...group, values: group.values.map(withoutRouting) })),
		};
	}
	return rest;
}
