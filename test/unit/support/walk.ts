/** Finds every node, operation and parameter of the package, for tests that look at all of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import type { Operation, Resource } from '../../../nodes/declare/resource';
import { atVersion } from '../../../nodes/declare/versions';

/** The project's folder. */
export const PROJECT = path.resolve(__dirname, '..', '..', '..');

/** A node of the package. */
export interface NodeCase {
	/** Folder of the source, from the project's folder on. */
	folder: string;
	/** An instance of its class, as n8n makes it. */
	type: INodeType;
	description: INodeTypeDescription;
	methods: NonNullable<INodeType['methods']>;
	/** What the folder's files describe; nothing in that of a trigger. */
	resources: Resource[];
}

/** An operation of a node. */
export interface OperationCase {
	/** "heyGenVideo video:get", for test names. */
	title: string;
	node: NodeCase;
	resource: string;
	operation: string;
	/** Its entry in the node's list of operations. */
	option: INodePropertyOptions;
	/** The version that a new node has. */
	version: number;
	/** Its own parameters in that version, as its file describes them; there `routing.send` says where they go. */
	properties: INodeProperties[];
	/** The same as n8n gets them. */
	shown: INodeProperties[];
	/** Those of all versions, as its file describes them and as n8n gets them. */
	everyVersion: Pick<OperationCase, 'properties' | 'shown'>;
}

/** A parameter, wherever it is: at the top, in a collection, in a group of a fixed collection. */
export interface Leaf {
	property: INodeProperties;
	/** Names from the top on, this one last. */
	path: string[];
	/** The parameter at the top that it belongs to; itself when it is one. */
	root: INodeProperties;
	/** Parameters that are filled in together with it: those of its group of a fixed collection. */
	group: INodeProperties[];
	/** The list of rows it is a member of; what it sends goes to a place within its row. */
	rows?: INodeProperties;
}

/** Source files that package.json names as nodes, from the project's folder on. */
export function nodeSources(): string[] {
	const manifest = JSON.parse(readFileSync(path.join(PROJECT, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	return manifest.n8n.nodes.map((file) => file.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
}

function loadNode(source: string): NodeCase {
	const name = path.basename(source, '.node.ts');
	const NodeClass = loadModule(source)[name] as (new () => INodeType) | undefined;
	if (NodeClass === undefined) throw new Error(`${source} has no class ${name}`);
	const type = new NodeClass();
	const { description, methods } = type;
	const folder = path.dirname(source);
	return { folder, type, description, methods: methods ?? {}, resources: resourcesIn(folder) };
}

/** The resources that the folders of a node describe, each in its index.ts. */
function resourcesIn(folder: string): Resource[] {
	const isResource = (entry: unknown): entry is Resource =>
		typeof entry === 'object' && entry !== null && 'operations' in entry;
	return sourceFiles(folder)
		.filter((file) => path.basename(file) === 'index.ts')
		.flatMap((file) => Object.values(loadModule(file)).filter(isResource));
}

/**
 * What a source file exports.
 *
 * @param file from the project's folder on
 */
export function loadModule(file: string): Record<string, unknown> {
	return jest.requireActual<Record<string, unknown>>(path.join(PROJECT, file));
}

/** Operations that a source file exports. */
export function operationsIn(file: string): Operation[] {
	const isOperation = (entry: unknown): entry is Operation =>
		typeof entry === 'object' && entry !== null && 'run' in entry && 'action' in entry;
	return Object.values(loadModule(file)).filter(isOperation);
}

/** Every node of the package. */
export const nodes: readonly NodeCase[] = nodeSources().map(loadNode);

function isTrigger({ folder }: NodeCase): boolean {
	return folder.endsWith('Trigger');
}

/** The nodes that start workflows; they have no resources and operations. */
export const triggers: readonly NodeCase[] = nodes.filter(isTrigger);

/** The nodes that do something for every item. */
export const actions: readonly NodeCase[] = nodes.filter((node) => !isTrigger(node));

/** The versions that a node can have in a workflow, rising. */
export function versionsOf({ description }: NodeCase): number[] {
	return [description.version].flat().sort((a, b) => a - b);
}

/** The version of a new node. */
function newestVersion(node: NodeCase): number {
	return node.description.defaultVersion ?? Math.max(...versionsOf(node));
}

function shows(property: INodeProperties, name: string, value: string): boolean {
	return property.displayOptions?.show?.[name]?.includes(value) === true;
}

/** The choices of a list parameter. */
export function choices(property: INodeProperties | undefined): INodePropertyOptions[] {
	const isChoice = (entry: object): entry is INodePropertyOptions => 'value' in entry && !('type' in entry);
	return (property?.options ?? []).filter(isChoice);
}

function operationsOf(node: NodeCase): OperationCase[] {
	const { properties, name } = node.description;
	const version = newestVersion(node);
	const resources = choices(properties.find((property) => property.name === 'resource'));
	return resources.flatMap(({ value }) => {
		const resource = String(value);
		const list = properties.find(
			(property) => property.name === 'operation' && shows(property, 'resource', resource),
		);
		return choices(list).map((option) => {
			const operation = String(option.value);
			const described = node.resources
				.find((one) => one.value === resource)
				?.operations.find((one) => one.value === operation);
			if (described === undefined) throw new Error(`${name} ${resource}:${operation} has no file`);
			const shown = properties.filter(
				(property) => shows(property, 'resource', resource) && shows(property, 'operation', operation),
			);
			return {
				title: `${name} ${resource}:${operation}`,
				node,
				resource,
				operation,
				option,
				version,
				properties: atVersion(described.properties, version),
				shown: atVersion(shown, version),
				everyVersion: { properties: described.properties, shown },
			};
		});
	});
}

/** Every operation of every node. */
export const operationCases: readonly OperationCase[] = actions.flatMap(operationsOf);

/**
 * A parameter and all that are inside it.
 *
 * @param property a parameter at the top of a node or operation
 */
export function leaves(property: INodeProperties): Leaf[] {
	const walk = (current: INodeProperties, above: Pick<Leaf, 'path' | 'group' | 'rows'>): Leaf[] => {
		const { group, rows: listAbove } = above;
		const path = [...above.path, current.name];
		const found: Leaf[] = [
			{ property: current, path, root: property, group, ...(listAbove === undefined ? {} : { rows: listAbove }) },
		];
		const rows = isRows(current) ? current : listAbove;
		for (const entry of current.options ?? []) {
			if (isGroup(entry)) {
				const inside = { path: [...path, entry.name], group: entry.values, rows };
				for (const value of entry.values) found.push(...walk(value, inside));
			} else if (isProperty(entry)) {
				found.push(...walk(entry, { path, group: [], rows }));
			}
		}
		return found;
	};
	return walk(property, { path: [], group: [] });
}

/** Whether a list takes values that it does not have, by the field beside it or by an expression. */
export function isOpen(property: INodeProperties): boolean {
	return property.allowArbitraryValues === true;
}

/** Whether a parameter holds the value that an open list beside it does not have. */
export function namesValue({ displayOptions }: INodeProperties): boolean {
	return Object.values(displayOptions?.show ?? {}).some((values) => values?.includes('byName') === true);
}

/** Whether a parameter takes several values, one row each. */
export function isRows(property: INodeProperties): boolean {
	return property.typeOptions?.multipleValues === true;
}

/** Whether a parameter names a binary field, whose file goes where the parameter sends it. */
export function isFile(property: INodeProperties): boolean {
	return property.typeOptions?.binaryDataProperty === true;
}

function isGroup(entry: object): entry is INodePropertyCollection {
	return 'values' in entry;
}

function isProperty(entry: object): entry is INodeProperties {
	return 'type' in entry && 'name' in entry && 'default' in entry;
}

/** What a parameter says about sending, if it is a constant. */
export function sendOf(property: INodeProperties): { type: 'body' | 'query'; property: string } | undefined {
	const send = property.routing?.send;
	if (send?.type === undefined || send.property === undefined) return undefined;
	return { type: send.type, property: send.property };
}

/** The place in the body that a parameter fills, from the top on; rows stand for any of them: "terms.translation". */
export function bodyPlace({ property, rows }: Leaf): string | undefined {
	const send = sendOf(property);
	if (send?.type !== 'body') return undefined;
	return [rows === undefined ? undefined : sendOf(rows)?.property, send.property].filter(Boolean).join('.');
}

/** All texts in a value, however deep, with their places. */
export function textsIn(value: unknown, place = ''): Array<{ place: string; text: string }> {
	if (typeof value === 'string') return [{ place, text: value }];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, entry]) => textsIn(entry, `${place}.${key}`));
}

/** The TypeScript files of a folder and those below it, from the project's folder on. */
export function sourceFiles(folder: string): string[] {
	return readdirSync(path.join(PROJECT, folder), { withFileTypes: true }).flatMap((entry) => {
		const file = path.posix.join(folder, entry.name);
		if (entry.isDirectory()) return sourceFiles(file);
		return entry.name.endsWith('.ts') ? [file] : [];
	});
}

/**
 * The files that a file imports from the project, from the project's folder on.
 *
 * @param file from the project's folder on
 */
export function importsOf(file: string): string[] {
	const source = readFileSync(path.join(PROJECT, file), 'utf8');
	return [...source.matchAll(/from '(\.[^']+)'/g)].map(([, target]) => {
		const base = path.posix.join(path.posix.dirname(file), target as string);
		return existsSync(path.join(PROJECT, `${base}.ts`)) ? `${base}.ts` : `${base}/index.ts`;
	});
}
