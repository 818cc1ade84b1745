import memoize from 'lodash/memoize';
import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';

import type { Handler, OperationRequest, OrderOf, Work } from '../engine/item/call';
import { customOperation, paginationFunction } from '../engine/item/runNode';
import { mergedParameters } from './merge';
import { withFormerOptions } from './movedOptions';
import { sentFields, withoutRouting } from './sentFields';

/** Everything about one operation; each lives in a file of its own. */
export interface Operation {
	/** Stored in workflows: never changes. */
	value: string;
	/** In the editor's list. */
	name: string;
	/** Sentence for the node panel, also what an AI agent reads. */
	action: string;
	description: string;
	/** What n8n's AI builder is told besides: how to fill the operation in. */
	builderHint?: string;
	/** Absent when the operation asks HeyGen for nothing, or for what its parameters say. */
	request?: OperationRequest;
	/** How it runs: one of the functions of `engine/operations/`, or what `localForAll` makes there of a function. */
	run: Handler;
	/** What one item of it costs. Every operation that is paid for has it. */
	cost?: OrderOf;
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

/** What a node can do. */
export interface Abilities {
	resources: Resource[];
	/** Value of the resource a new node starts with. Workflows that were saved with it do not name it. */
	defaultResource: string;
}

/**
 * The properties of a node: the Resource and Operation lists, in alphabetical order, then the operations' parameters.
 *
 * @param abilities its resources
 * @throws Error when a default is none of the choices
 */
export function nodeProperties({ resources, defaultResource }: Abilities): INodeProperties[] {
	const resource: INodeProperties = {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: byName(resources.map(({ name, value }) => ({ name, value }))),
		default: chosenFrom(resources, defaultResource),
		// Switches the engine on: every request of every operation goes through the operation's `run`.
		routing: { send: { paginate: true } },
	};
	const parameters = resources.flatMap(({ value, operations }) =>
		operations.map(({ value: operation, properties }) => ({
			place: { resource: value, operation },
			properties: withFormerOptions(properties).map(withoutRouting),
		})),
	);
	return [resource, ...resources.map(operationList), ...mergedParameters(parameters)];
}

function operationList({ value, operations, defaultOperation }: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: byName(operations.map(operationOption)),
		default: chosenFrom(operations, defaultOperation),
	};
}

function operationOption(described: Operation): INodePropertyOptions {
	const { name, value, action, description, builderHint, request } = described;
	const pagination = paginationFunction(workOf(described));
	return {
		name,
		value,
		action,
		description,
		...(builderHint === undefined ? {} : { builderHint: { propertyHint: builderHint } }),
		routing: { ...(request === undefined ? {} : { request: { ...request } }), operations: { pagination } },
	};
}

/**
 * The functions that n8n runs the operations by. n8n's own declarative engine would evaluate every expression twice more
 * and start all items without a pause; an AI agent up to version 2.2 still calls it, which ends in the same functions.
 *
 * @param abilities the node's resources
 */
export function customOperations({ resources }: Abilities): NonNullable<INodeType['customOperations']> {
	const ofResource = ({ operations }: Resource) =>
		Object.fromEntries(operations.map((described) => [described.value, customOperation(workOf(described))]));
	return Object.fromEntries(resources.map((resource) => [resource.value, ofResource(resource)]));
}

function workOf({ run, properties, request, cost }: Operation): Work {
	const all = withFormerOptions(properties);
	// Found out once for each version, not for each item.
	return { handler: run, fieldsAt: memoize((version: number) => sentFields(all, version)), request, cost };
}

function byName(options: INodePropertyOptions[]): INodePropertyOptions[] {
	return options.sort((a, b) => a.name.localeCompare(b.name));
}

function chosenFrom(choices: ReadonlyArray<{ value: string }>, chosen: string): string {
	if (choices.some(({ value }) => value === chosen)) return chosen;
	throw new Error(`The default "${chosen}" is none of: ${choices.map(({ value }) => value).join(', ')}`);
}
