/** Tables of the package's operations, written from the descriptions of its nodes. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodePropertyOptions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import contractRows from '../contract/operations.json';
import { PROJECT, type Section, table } from './sections';

/** An operation as the documents show it. */
interface ShownOperation {
	name: string;
	description: string;
	/** Requests of HeyGen's API that it may send, in words. */
	api: string;
}

interface ShownResource {
	name: string;
	operations: ShownOperation[];
}

/** The node that most people come for stands first, the others as package.json has them. */
const FIRST = 'heyGenVideo';

/** Descriptions of all nodes. */
function descriptions(): INodeTypeDescription[] {
	const manifest = JSON.parse(readFileSync(path.join(PROJECT, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
	const all = manifest.n8n.nodes.map((built) => {
		const source = path.join(PROJECT, built.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
		const module = require(source) as Record<string, new () => INodeType>;
		const NodeClass = module[path.basename(source, '.node.ts')] as new () => INodeType;
		return new NodeClass().description;
	});
	const isFirst = ({ name }: INodeTypeDescription) => name === FIRST;
	return [...all.filter(isFirst), ...all.filter((node) => !isFirst(node))];
}

function choices(property: INodeProperties | undefined): INodePropertyOptions[] {
	return (property?.options ?? []) as INodePropertyOptions[];
}

/** The resources of a node, with their operations, as its lists have them. */
function resourcesOf({ name: node, properties }: INodeTypeDescription): ShownResource[] {
	const resources = choices(properties.find(({ name }) => name === 'resource'));
	return resources.map(({ name, value: resource }) => {
		const list = properties.find(
			(property) => property.name === 'operation' && property.displayOptions?.show?.resource?.includes(resource),
		);
		const operations = choices(list).map(({ name: operation, value, description = '' }) => ({
			name: operation,
			description,
			api: apiOf(node, String(resource), String(value)),
		}));
		return { name, operations };
	});
}

function apiOf(node: string, resource: string, operation: string): string {
	const row = contractRows.find((one) => one.node === node && one.resource === resource && one.operation === operation);
	const named = (row?.api ?? []).map((request) => `\`${request}\``).join(', ');
	// What is not local and names no requests sends those that its parameters describe.
	return named || (row === undefined || row.kind === 'local' ? '–' : 'any path');
}

const isTrigger = ({ group }: INodeTypeDescription) => group.includes('trigger');

/** A heading's address on GitHub. */
const anchor = (heading: string) => heading.toLowerCase().replaceAll(' ', '-');

/** The README's table: a line for each resource, so that it stays short however many operations there are. */
function overview(nodes: INodeTypeDescription[]): string {
	const rows = nodes.flatMap((node) =>
		resourcesOf(node).map(({ name, operations }) => [
			`[${node.displayName}](docs/operations.md#${anchor(node.displayName)})`,
			name,
			operations.map((operation) => operation.name).join(', '),
		]),
	);
	return table(['Node', 'Resource', 'Operations'], rows);
}

/** The table of triggers: their descriptions all begin alike (test/unit/declare/descriptionTriggers.test.ts). */
function triggerTable(nodes: INodeTypeDescription[]): string {
	const rows = nodes.map(({ displayName, description }) => [
		`[${displayName}](docs/triggers.md)`,
		description.replace('Starts the workflow when ', ''),
	]);
	return table(['Node', 'Starts the workflow when'], rows);
}

/** All operations with what they do, node by node. */
function reference(nodes: INodeTypeDescription[]): string {
	return nodes
		.flatMap((node) => [
			`## ${node.displayName}`,
			`${node.description}.`,
			...resourcesOf(node).flatMap(({ name, operations }) => [
				`### ${name}`,
				table(
					['Operation', 'What it does', "HeyGen's API"],
					operations.map((one) => [one.name, one.description, one.api]),
				),
			]),
		])
		.join('\n\n');
}

/** The sections of the documents that list operations and triggers. */
export function operationSections(): Section[] {
	const all = descriptions();
	const actions = all.filter((node) => !isTrigger(node));
	return [
		{ file: 'README.md', name: 'operations', text: overview(actions) },
		{ file: 'README.md', name: 'triggers', text: triggerTable(all.filter(isTrigger)) },
		{ file: 'docs/operations.md', name: 'operations', text: reference(actions) },
	];
}
