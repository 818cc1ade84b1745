import { randomUUID } from 'node:crypto';
import type { IConnections, IDataObject, INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

/** A workflow as n8n imports and stores it. */
export interface WorkflowJson {
	name: string;
	nodes: INode[];
	connections: IConnections;
	/** Per node name, the items that stand for a run of that node. */
	pinData?: Record<string, INodeExecutionData[]>;
	settings?: IDataObject;
}

/** Name of the node that {@link manualTrigger} makes. */
export const TRIGGER = 'Start';

/**
 * @param name unique in the workflow
 * @param type e.g. `n8n-nodes-heygen-suite.heyGenVideo`
 * @param extra further fields of the node, e.g. `credentials`, `onError`, `retryOnFail`
 */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: INodeParameters = {},
	extra: Partial<INode> = {},
): INode {
	return { id: randomUUID(), name, type, typeVersion, parameters, position: [0, 0], ...extra };
}

/** The node that a run starts from: `runWorkflow(…, { startNode: TRIGGER })`. */
export function manualTrigger(): INode {
	return node(TRIGGER, 'n8n-nodes-base.manualTrigger', 1);
}

/**
 * The fast way: a manual trigger whose output is pinned to the given items, followed by the given nodes in a row.
 * Run it with `{ startNode: TRIGGER }`. n8n uses pinned data in manual runs only.
 *
 * @param name of the workflow
 * @param items the `json` of each item that the first node gets
 */
export function feed(name: string, items: IDataObject[], ...nodes: INode[]): WorkflowJson {
	const trigger = manualTrigger();
	return {
		name,
		nodes: [trigger, ...nodes],
		connections: chain(trigger, ...nodes),
		pinData: { [trigger.name]: items.map((json) => ({ json })) },
	};
}

/** @returns connections that lead from the first output of each node to the next one */
export function chain(...nodes: INode[]): IConnections {
	const connections: IConnections = {};
	nodes.slice(0, -1).forEach((from, index) => {
		const to = nodes[index + 1];
		if (to) connections[from.name] = { main: [[{ node: to.name, type: 'main', index: 0 }]] };
	});
	return connections;
}
