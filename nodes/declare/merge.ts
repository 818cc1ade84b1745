import omit from 'lodash/omit';
import type { INodeProperties } from 'n8n-workflow';

import { areasOf, type Place } from './places';

/**
 * Makes one list of parameters out of those of all operations, in which what is the same stands once.
 *
 * n8n's declarative engine evaluates a parameter's expressions twice for *each* parameter of its name in the description,
 * hidden ones as well (RoutingNode of n8n-core 2.41). A description that grew with the number of operations would make
 * each item dearer with every operation that the node gets.
 */

/** The parameters of one operation, in the order in which the editor shows them. */
export interface Parameters {
	place: Place;
	properties: readonly INodeProperties[];
}

/** Parameters that agree in all but where they are shown. */
interface Group {
	property: INodeProperties;
	places: Place[];
	/** Of a collection: its members in each place, which need not be the same everywhere. */
	members: Parameters[];
}

/**
 * Merges the parameters of all operations.
 *
 * @param all every operation of the node
 * @returns parameters in n8n's form, each with the operations that it is shown for; within an operation they keep their order
 * @throws Error when two operations have the same two parameters in opposite orders
 */
export function mergedParameters(all: readonly Parameters[]): INodeProperties[] {
	const places = all.map(({ place }) => place);
	return grouped(all).flatMap((group) => shownIn(group, places, ''));
}

/** What agrees in one group each, in an order in which each operation's groups stand as in its own. */
function grouped(all: readonly Parameters[]): Group[] {
	const groups = new Map<string, Group>();
	const sequences = all.map(({ place, properties }) =>
		properties.map((property) => {
			const isCollection = property.type === 'collection';
			const key = JSON.stringify(isCollection ? omit(property, 'options') : property);
			const group = groups.get(key) ?? { property, places: [], members: [] };
			groups.set(key, group);
			group.places.push(place);
			if (isCollection) group.members.push({ place, properties: (property.options ?? []) as INodeProperties[] });
			return group;
		}),
	);
	return inOneOrder(sequences);
}

function inOneOrder(sequences: Group[][]): Group[] {
	const ordered: Group[] = [];
	for (;;) {
		const open = sequences.filter((sequence) => sequence.length > 0);
		if (open.length === 0) return ordered;
		const firsts = open.map(([first]) => first as Group);
		// Whatever stands first and nowhere later comes next.
		const next = firsts.find((group) => open.every((sequence) => sequence.indexOf(group) <= 0));
		if (next === undefined) {
			const names = firsts.map(({ property }) => property.name).join(', ');
			throw new Error(`Operations have the same parameters in different orders, among them: ${names}`);
		}
		ordered.push(next);
		for (const sequence of open) if (sequence[0] === next) sequence.shift();
	}
}

/**
 * A group as n8n takes it.
 *
 * @param all the places where it could be shown
 * @param root "/" for members of a collection, whose conditions are about parameters outside of it
 */
function shownIn({ property, places, members }: Group, all: readonly Place[], root: '' | '/'): INodeProperties[] {
	// n8n shows Request Options in every operation, whatever is said here, since it has options of its own in there.
	const wherever = property.name === 'requestOptions' ? all : places;
	const inside = property.type === 'collection' ? { options: membersIn(members, wherever) } : {};
	return areasOf(places, all).map(({ resources, operations }) => ({
		...property,
		...inside,
		displayOptions: {
			...property.displayOptions,
			show: {
				[`${root}resource`]: resources,
				[`${root}operation`]: operations,
				...property.displayOptions?.show,
			},
		},
	}));
}

/** Whether a member is shown where it holds something. n8n loses what it holds when there are two such members of one name. */
function showsItself({ name, displayOptions }: INodeProperties): boolean {
	return displayOptions?.show?.[name] !== undefined;
}

/** Members of a collection, in alphabetical order; one that is there wherever its collection is needs no condition. */
function membersIn(members: readonly Parameters[], all: readonly Place[]): INodeProperties[] {
	return grouped(members)
		.flatMap((member) => (member.places.length === all.length || showsItself(member.property) ? [member.property] : shownIn(member, all, '/')))
		.sort((a, b) => a.displayName.localeCompare(b.displayName));
}
