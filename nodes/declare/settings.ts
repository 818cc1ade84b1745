import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import type { Choices, Setting, Settings } from '../engine/item/given';

/**
 * Finds the parameters that are on or off, or one of some values.
 *
 * @param properties an operation's parameters, or members of a collection
 */
export function settingsIn(properties: readonly INodeProperties[]): Settings {
	const found = new Map<string, Setting>();
	for (const property of properties) {
		const { name, displayName: label } = property;
		if (property.type === 'boolean') found.set(name, { label, default: property.default === true });
		const choices = choicesOf(property);
		if (choices !== undefined) found.set(name, { label, default: String(property.default), choices });
		if (property.type !== 'collection' && property.type !== 'fixedCollection') continue;
		const members = settingsIn((property.options ?? []).flatMap(membersIn));
		if (members.size > 0) found.set(name, { label, members });
	}
	return found;
}

/**
 * The values of a parameter that has a list of them.
 *
 * @param property a parameter
 * @returns undefined when it has none, or HeyGen's own
 */
export function choicesOf({ type, options = [], typeOptions, allowArbitraryValues }: INodeProperties): Choices | undefined {
	// A list that HeyGen's own takes the place of in the editor says what is known.
	if (type !== 'options' || (typeOptions?.loadOptionsMethod !== undefined && options.length === 0)) return undefined;
	const choices = options.flatMap((option) => ('value' in option ? [option] : []));
	return {
		words: choices.map(({ value }) => String(value)),
		names: choices.map(({ name }) => name),
		...(allowArbitraryValues === true ? { isOpen: true } : {}),
	};
}

/** A member of a collection, or a group of a fixed one as if it were a collection. */
function membersIn(entry: object): INodeProperties[] {
	if (!('values' in entry)) return [entry as INodeProperties];
	const { name, displayName, values } = entry as INodePropertyCollection;
	return [{ displayName, name, type: 'collection', default: {}, options: values }];
}
