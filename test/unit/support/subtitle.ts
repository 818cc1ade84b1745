import { type INodeParameters, type INodeType, type INodeTypeDescription, Workflow } from 'n8n-workflow';

/**
 * What stands below a node on the canvas: evaluates the subtitle as n8n's editor does (`getNodeSubtitle`).
 *
 * @param description of the node; its defaults are filled in
 * @param parameters as the workflow has them
 */
export function subtitleShown(description: INodeTypeDescription, parameters: INodeParameters = {}): unknown {
	const type = description.name;
	const node = { id: '1', name: 'Node', type, typeVersion: 1, position: [0, 0] as [number, number], parameters };
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => ({ description }) as INodeType,
			getByNameAndVersion: () => ({ description }) as INodeType,
			getKnownTypes: () => ({}),
		},
	});
	return workflow.expression.getSimpleParameterValue(node, description.subtitle, 'internal', {}, undefined, '');
}
