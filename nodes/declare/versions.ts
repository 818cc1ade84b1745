import omit from 'lodash/omit';
import pick from 'lodash/pick';
import { type IDisplayOptions, type INodeProperties, NodeHelpers } from 'n8n-workflow';

/** n8n's name for the node's version in conditions of parameters. */
const VERSION = '@version';

/**
 * The parameters that one version of a node has, without the conditions that say so. n8n shows each version its own; the
 * engine must not take another version's default for theirs, nor the version for a parameter.
 *
 * @param properties parameters of all versions
 * @param version the node's in its workflow
 */
export function atVersion(properties: readonly INodeProperties[], version: number): INodeProperties[] {
	return properties.filter((property) => isOf(property, version)).map((property) => {
		const { displayOptions, type, options } = property;
		const show = omit(displayOptions?.show, VERSION) as IDisplayOptions['show'];
		return {
			...property,
			...(displayOptions?.show?.[VERSION] === undefined ? {} : { displayOptions: { ...displayOptions, show } }),
			...(type === 'collection' ? { options: atVersion((options ?? []) as INodeProperties[], version) } : {}),
		};
	});
}

function isOf(property: INodeProperties, version: number): boolean {
	const show = pick(property.displayOptions?.show, VERSION) as IDisplayOptions['show'];
	return NodeHelpers.displayParameter({}, { ...property, displayOptions: { show } }, { typeVersion: version }, null);
}
