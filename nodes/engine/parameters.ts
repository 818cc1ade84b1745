import isPlainObject from 'lodash/isPlainObject';
import omit from 'lodash/omit';
import set from 'lodash/set';
import type {
	IDataObject,
	IExecutePaginationFunctions,
	INodeProperties,
	INodePropertyCollection,
} from 'n8n-workflow';

import { FileToUpload } from '../heygen/fileUses';
import { inputError } from './errors';

/**
 * Fills requests from parameters, by the `routing.send` of their descriptions.
 *
 * n8n would do this too, but evaluates every expression twice more for it: once to send the value and once to find out
 * who owns the base URL (RoutingNode of n8n-core 2.41). At 0.4 ms an evaluation that is a third of what an item costs.
 * So operations describe their fields in n8n's own words, and n8n gets the descriptions without them.
 */

/** One parameter, or member of a collection, that goes into requests itself or through its members. */
interface SentField {
	name: string;
	/** Display name. */
	label: string;
	/** Where it goes; absent for collections. */
	to?: { part: 'body' | 'query'; property: string };
	/** Members of a collection, or of the groups of a fixed collection. */
	members?: SentField[];
	/** Other parameters, and the values with which this one counts; of parameters at the top only. */
	when?: ReadonlyArray<readonly [name: string, values: readonly unknown[]]>;
	/** A resource locator, whose value is inside it. */
	locator?: boolean;
	/** Names a binary field: its file is to be uploaded. */
	file?: boolean;
	/** A group of a fixed collection. */
	group?: boolean;
	/** Rows of a fixed collection with multiple values; members are read for each. */
	rows?: boolean;
}

/** An operation's fields, ready to be read for every item. */
export type SentFields = readonly SentField[];

/** What the fields of an item come to. */
export interface Filled {
	body: IDataObject;
	query: IDataObject;
}

/**
 * Finds out which parameters go where; done once, when the node is loaded.
 *
 * @param properties an operation's parameters
 */
export function sentFields(properties: readonly INodeProperties[]): SentFields {
	return properties.flatMap((property) => {
		const send = property.routing?.send;
		const members = membersOf(property);
		const sent = members === undefined ? undefined : members.flatMap(([name, fields]) => {
			const inner = sentFields(fields);
			if (inner.length === 0) return [];
			return name === undefined ? inner : [{ name, label: property.displayName, group: true, members: [...inner] }];
		});
		if (send?.property === undefined && (sent === undefined || sent.length === 0)) return [];
		return [
			{
				name: property.name,
				label: property.displayName,
				...conditions(property),
				...(property.type === 'resourceLocator' ? { locator: true } : {}),
				...(property.typeOptions?.binaryDataProperty === true ? { file: true } : {}),
				...(property.type === 'fixedCollection' && property.typeOptions?.multipleValues === true
					? { rows: true }
					: {}),
				...(send?.property === undefined
					? {}
					: { to: { part: send.type ?? 'query', property: send.property } }),
				...(sent === undefined ? {} : { members: sent }),
			},
		];
	});
}

function conditions({ displayOptions }: INodeProperties): Pick<SentField, 'when'> {
	const when = Object.entries(displayOptions?.show ?? {}).map(
		([name, values]) => [name, (values ?? []) as unknown[]] as const,
	);
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

/**
 * Reads an item's fields. Parameters that are hidden for this item are not there and are not sent.
 *
 * @param context the item's context
 * @param fields the operation's
 */
export function fillRequest(context: IExecutePaginationFunctions, fields: SentFields): Filled {
	const filled: Filled = { body: {}, query: {} };
	const others = new Map<string, unknown>();
	const read = (name: string): unknown => {
		if (!others.has(name)) others.set(name, context.getNodeParameter(name, '') as unknown);
		return others.get(name);
	};
	for (const field of fields) {
		// When an expression decides which of several parameters counts, n8n shows them all.
		if (field.when?.some(([name, values]) => !values.includes(read(name))) === true) continue;
		// Without a fallback n8n throws for a parameter that is hidden, and with `extractValue` it always does.
		const value = context.getNodeParameter(field.name, '') as unknown;
		fill(filled, field, value);
	}
	return filled;
}

/**
 * The parameters that requests are made from, as they stand in the workflow: expressions are not evaluated.
 *
 * @param parameters the node's
 * @param fields the operation's
 */
export function sentValues(parameters: IDataObject, fields: SentFields): IDataObject {
	const values: IDataObject = {};
	for (const { name, members, locator } of fields) {
		const value = locator === true ? located(parameters[name]) : parameters[name];
		if (value === undefined) continue;
		const isCollection = members !== undefined && isPlainObject(value);
		values[name] = isCollection ? sentValues(value as IDataObject, members) : (value as IDataObject[string]);
	}
	return values;
}

/** The value inside a resource locator; expressions may also give the plain value. */
function located(value: unknown): unknown {
	const isLocator = typeof value === 'object' && value !== null && 'value' in value;
	return isLocator ? value.value : value;
}

function fill(filled: Filled, field: SentField, given: unknown): void {
	if (field.rows === true) return fillRows(filled, field, given);
	const value = field.locator === true ? located(given) : given;
	// Nothing, which an expression may find, is no file either.
	const absent = value === '' || value === undefined || (value === null && field.file === true);
	if (field.to !== undefined && !absent) {
		const sent = field.file === true ? new FileToUpload(value, field.label) : value;
		set(filled[field.to.part], field.to.property, sent);
	}
	if (typeof value !== 'object' || value === null) return;
	if (field.group === true && !Array.isArray(value)) checkGroup(field, value as IDataObject);
	for (const member of field.members ?? []) {
		fill(filled, member, (value as IDataObject)[member.name]);
	}
}

/** A group that was added and holds nothing: an expression found nothing, and the result would silently lack it. */
function checkGroup({ label, members = [] }: SentField, values: IDataObject): void {
	const isEmpty = ({ name, locator }: SentField) => {
		const value = locator === true ? located(values[name]) : values[name];
		return value === undefined || value === null || value === '';
	};
	if (members.some((member) => member.to === undefined || !isEmpty(member))) return;
	const name = members.length === 1 ? `${label} → ${members[0]?.label}` : label;
	throw inputError(
		`'${name}' is empty`,
		`Fill it in, or remove '${label}'. An expression that finds nothing gives an empty field.`,
	);
}

/** A list of objects, one for each row; members name their places within the row. */
function fillRows(filled: Filled, field: SentField, value: unknown): void {
	const rows: IDataObject[] = [];
	for (const group of field.members ?? []) {
		const entries = (value as IDataObject | null)?.[group.name];
		for (const entry of Array.isArray(entries) ? entries : []) {
			const row: Filled = { body: {}, query: {} };
			for (const member of group.members ?? []) fill(row, member, (entry as IDataObject | null)?.[member.name]);
			rows.push(row.body);
		}
	}
	if (field.to !== undefined && rows.length > 0) set(filled[field.to.part], field.to.property, rows);
}
