import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { readFlag } from '../heygen/values/plain';
import { isNothing, type Reading } from '../heygen/values/reading';
import { inputError } from './errors';

/** What the parameters of an item hold, read by the readers of `heygen/values`. */

/**
 * The value that a reader has found.
 *
 * @param field the parameter's display name
 * @param reading what the reader says
 * @returns undefined when the parameter holds nothing
 * @throws EngineError naming the field, what was given and what it takes
 */
export function taken<T>(field: string, reading: Reading<T>): T | undefined {
	if (reading.problem !== undefined) throw inputError(`'${field}' ${reading.problem}`);
	return reading.value;
}

/** A parameter that is on or off, or a collection with such members. */
type Switch = { readonly label: string; readonly default: boolean } | { readonly members: Switches };

/** The parameters that are on or off, by their names. */
export type Switches = ReadonlyMap<string, Switch>;

/**
 * Finds the parameters that are on or off; done once, when the node is loaded.
 *
 * @param properties an operation's parameters, or members of a collection
 */
export function switchesIn(properties: readonly INodeProperties[]): Switches {
	const found = new Map<string, Switch>();
	for (const property of properties) {
		if (property.type === 'boolean') {
			found.set(property.name, { label: property.displayName, default: property.default === true });
		}
		if (property.type !== 'collection' && property.type !== 'fixedCollection') continue;
		const members = switchesIn((property.options ?? []).flatMap(membersIn));
		if (members.size > 0) found.set(property.name, { members });
	}
	return found;
}

/** A member of a collection, or a group of a fixed one as if it were a collection. */
function membersIn(entry: object): INodeProperties[] {
	if (!('values' in entry)) return [entry as INodeProperties];
	const { name, displayName, values } = entry as INodePropertyCollection;
	return [{ displayName, name, type: 'collection', default: {}, options: values }];
}

/**
 * A parameter's value with everything in it that is on or off read as true or false: sheets, forms and models hand over
 * "TRUE", "yes" or 1, of which JavaScript would make what it likes.
 *
 * @param switches those of the operation
 * @param name the parameter
 * @param value what it holds; nothing stands for its default
 * @throws EngineError naming the field
 */
export function withSwitches(switches: Switches, name: string, value: unknown): unknown {
	const found = switches.get(name);
	if (found === undefined) return value;
	if ('label' in found) return taken(found.label, readFlag(value)) ?? found.default;
	if (Array.isArray(value)) return value.map((row) => withMembers(found.members, row));
	return withMembers(found.members, value);
}

function withMembers(members: Switches, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	const read: IDataObject = { ...value } as IDataObject;
	for (const name of members.keys()) {
		// A member that was not added is not there.
		if (isNothing(read[name])) delete read[name];
		else read[name] = withSwitches(members, name, read[name]) as IDataObject[string];
	}
	return read;
}
