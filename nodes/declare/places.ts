import groupBy from 'lodash/groupBy';

/** Where parameters are shown: in which operations of which resources. */

/** An operation of a resource. */
export interface Place {
	readonly resource: string;
	readonly operation: string;
}

/** Places in n8n's terms: these operations of these resources, as far as there are such. */
export interface Area {
	resources: string[];
	operations: string[];
}

/**
 * Describes places by few areas. n8n shows a parameter where its resource is one of some *and* its operation one of some,
 * so places that are no such product need several areas.
 *
 * @param wanted the places
 * @param all every place of the node
 * @returns areas that hold each of the wanted places once, and no others
 */
export function areasOf(wanted: readonly Place[], all: readonly Place[]): Area[] {
	const isWanted = (place: Place) => wanted.some((other) => isSame(place, other));
	const holdsOthers = (area: Area) => all.some((place) => isIn(place, area) && !isWanted(place));
	const areas: Area[] = [];
	// Each resource goes into one area as a whole, so that no place is in two.
	for (const places of Object.values(groupBy(wanted, ({ resource }) => resource))) {
		const own = { resources: [(places[0] as Place).resource], operations: places.map(({ operation }) => operation) };
		const at = areas.findIndex((area) => !holdsOthers(union(area, own)));
		if (at < 0) areas.push(own);
		else areas[at] = union(areas[at] as Area, own);
	}
	return areas;
}

function union(one: Area, other: Area): Area {
	return {
		resources: [...new Set([...one.resources, ...other.resources])],
		operations: [...new Set([...one.operations, ...other.operations])],
	};
}

function isIn({ resource, operation }: Place, { resources, operations }: Area): boolean {
	return resources.includes(resource) && operations.includes(operation);
}

function isSame(one: Place, other: Place): boolean {
	return one.resource === other.resource && one.operation === other.operation;
}
