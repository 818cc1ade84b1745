import type { INodeProperties } from 'n8n-workflow';

/**
 * Places where parameters stood before. Saved workflows have values there, and n8n drops what the description does not
 * show. So the places stay in the description, shown where they hold something: a new node does not offer them.
 *
 * Each condition is about the parameter's own value. n8n resolves such a condition only on a level that has other
 * parameters as well (getParameterResolveOrder of n8n-workflow 2.41), and knows no collection by a path from the root
 * when it drops values ("/options.callbackId"), so both are conditions on the parameter's own name.
 */

/** What n8n compares values with; its type leaves objects out. */
const EMPTY_COLLECTION = {} as unknown as string;

/**
 * A collection, shown where it holds something.
 *
 * @param collection at the top of a node
 */
export function formerCollection(collection: INodeProperties): INodeProperties {
	return shownWhen(collection, { _cnd: { not: EMPTY_COLLECTION } });
}

/**
 * A member of a collection, shown where it holds something.
 *
 * @param member of a collection that has other members too
 */
export function formerMember(member: INodeProperties): INodeProperties {
	return shownWhen(member, { _cnd: { exists: true } });
}

type Condition = NonNullable<NonNullable<INodeProperties['displayOptions']>['show']>[string];

function shownWhen(property: INodeProperties, condition: NonNullable<Condition>[number]): INodeProperties {
	const { displayOptions } = property;
	const show = { ...displayOptions?.show, [property.name]: [condition] };
	return { ...property, displayOptions: { ...displayOptions, show } };
}
