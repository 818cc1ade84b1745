import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Handler } from '../engine/item/call';
import { paginationFunction } from '../engine/item/runItem';
import { sentFields, withoutRouting } from './sentFields';

/** The HTTP request of an operation, as routing takes it. `{video_id}` in a path stands for an id field. */
export interface OperationRequest {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	url: string;
	/** Body fields that are always the same. */
	body?: IDataObject;
}

/** Everything about one operation; each lives in a file of its own. */
export interface Operation {
	/** Stored in workflows: never changes. */
	value: string;
	/** In the editor's list. */
	name: string;
	/** Sentence for the node panel, also what an AI agent reads. */
	action: string;
	description: string;
	request: OperationRequest;
	/**
	 * How it runs, from `engine/`: `single`, `write`, `deleted`, `pages`, `batchItems`, `job`, `attach`, `download`,
	 * `bulkStatuses`, `upload`, `downloadAsset`.
	 */
	run: Handler;
	/** Its parameters, shown for this operation only; `routing.send` says where in the request they go. */
	properties: INodeProperties[];
}

/** A resource and its operations. */
export interface Resource {
	value: string;
	name: string;
	operations: Operation[];
	/** Value of the operation a new node starts with. */
	defaultOperation: string;
}

/**
 * The properties of a node with these resources: the Resource and Operation lists, then every operation's own.
 *
 * @param resources in the order of the list
 */
export function nodeProperties(resources: [Resource, ...Resource[]]): INodeProperties[] {
	const { value: firstResource } = resources[0];
	const resource: INodeProperties = {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(resourceOption),
		default: firstResource,
		// Switches the engine on: every request of every operation goes through the operation's `run`.
		routing: { send: { paginate: true } },
	};
	return [resource, ...resources.flatMap(resourceProperties)];
}

function resourceProperties(resource: Resource): INodeProperties[] {
	const { defaultOperation } = resource;
	const operationList: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options: resource.operations.map(operationOption),
		default: defaultOperation,
	};
	return [
		operationList,
		...resource.operations.flatMap(({ value, properties }) =>
			properties.map((property) => shownFor(property, resource.value, value)),
		),
	];
}

function resourceOption({ name, value }: Resource): INodePropertyOptions {
	return { name, value };
}

function operationOption(described: Operation): INodePropertyOptions {
	const { name, value, action, description, request, run, properties } = described;
	const pagination = paginationFunction(run, sentFields(properties));
	return {
		name,
		value,
		action,
		description,
		routing: { request: { ...request }, operations: { pagination } },
	};
}

function shownFor(property: INodeProperties, resource: string, operation: string): INodeProperties {
	return {
		...withoutRouting(property),
		displayOptions: {
			...property.displayOptions,
			show: { resource: [resource], operation: [operation], ...property.displayOptions?.show },
		},
	};
}
