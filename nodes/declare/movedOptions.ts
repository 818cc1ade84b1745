import type { INodeProperties } from 'n8n-workflow';

import { formerCollection, formerMember } from '../fields/former';

/** What steers requests stood among the Options before it had a collection of its own. */

/**
 * Adds the places in which an operation's Request Options stood before, so that saved workflows keep what they have
 * there.
 *
 * @param properties the operation's parameters
 * @returns the same, in which Options holds the Request Options too, shown where they hold something
 */
export function withFormerOptions(properties: readonly INodeProperties[]): INodeProperties[] {
	const requestOptions = properties.find(({ name }) => name === 'requestOptions');
	if (requestOptions === undefined) return [...properties];
	const moved = membersOf(requestOptions).map(moveNote);
	const hasOptions = properties.some(({ name }) => name === 'options');
	return properties.flatMap((property) => {
		if (property.name === 'options') return [withMembers(property, [...membersOf(property), ...moved.map(formerMember)])];
		if (property !== requestOptions || hasOptions) return [property];
		const options = withMembers({ ...property, displayName: 'Options', name: 'options' }, moved);
		return [formerCollection(options), property];
	});
}

function membersOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options as INodeProperties[];
}

function withMembers(collection: INodeProperties, members: readonly INodeProperties[]): INodeProperties {
	return { ...collection, options: [...members].sort((a, b) => a.displayName.localeCompare(b.displayName)) };
}

function moveNote(option: INodeProperties): INodeProperties {
	return { ...option, description: `${String(option.description).replace(/\.$/, '')}. ${MOVED}` };
}

const MOVED = "This option has moved to the Request Options, in the panel's Settings tab; what they hold goes instead.";
