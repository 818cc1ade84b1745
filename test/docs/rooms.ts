/** The rooms of `nodes/` and who imports whom, as dependency-cruiser finds them. `.dependency-cruiser.cjs` lists the rooms. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { PROJECT, type Section, table } from './sections';

const CONFIG = path.join(PROJECT, '.dependency-cruiser.cjs');
const CRUISER = path.join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** What dependency-cruiser says of a tree of files. */
export interface Cruised {
	modules: Array<{ source: string; dependencies: Array<{ resolved: string; circular: boolean }> }>;
	summary: {
		totalCruised: number;
		violations: Array<{ from: string; to: string; rule: { name: string } }>;
	};
}

/**
 * Looks at a tree of files.
 *
 * @param root its folder
 * @param folders below it
 * @throws Error when dependency-cruiser says nothing
 */
export function cruise(root: string, folders: string[]): Cruised {
	const { stdout, stderr } = spawnSync(
		process.execPath,
		[CRUISER, '--config', CONFIG, '--output-type', 'json', ...folders],
		{ cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 },
	);
	if (stdout === '') throw new Error(stderr);
	return JSON.parse(stdout) as Cruised;
}

/** A room with what is in it and what its files import from others. */
export interface Room {
	name: string;
	files: number;
	/** Imports by the name of the other room. */
	imports: Map<string, number>;
}

/** What each room is for. */
const HOLDS: Readonly<Record<string, string>> = {
	'HeyGen…': 'nodes: one folder per resource, one file per operation',
	'HeyGen…Trigger': 'triggers: their parameters',
	declare: "what an operation and a resource are, and how they become n8n's description",
	fields: 'parameters that nodes share: pickers, lists, waiting, file input',
	'engine/operations': 'what an operation can be: one function for each kind of `run`',
	'engine/triggers': 'registration, delivery, polling',
	'engine/jobs': 'starting jobs and what they may cost, waiting for many of them together, batches, downloads of results',
	'engine/files': 'files up and down, checked',
	'engine/files/media': 'what the headers of a file tell',
	'engine/item': 'one item of one node run: parameters, body, idempotency, memory, its end in items or an error',
	'engine/request': 'one request to HeyGen: sending, judging, repeating, and the readers of what an answer holds',
	'engine/request/pacing': 'when a request may go out',
	'engine/basics': 'what all others stand on: errors, settled promises, semaphores, time',
	heygen: 'what is true of HeyGen: limits, prices, kinds of jobs, error codes, events, schemas, readers of values; nothing of n8n',
};

/**
 * What a room is for.
 *
 * @param room its name
 * @throws Error when nobody has written that down
 */
function holds(room: string): string {
	const words = HOLDS[room];
	if (words === undefined) throw new Error(`test/docs/rooms.ts does not say what the room ${room} is for`);
	return words;
}

/** The folders that are rooms. The configuration has them for its own drawings. */
function roomPattern(): RegExp {
	const { options } = require(CONFIG) as { options: { reporterOptions: { archi: { collapsePattern: string } } } };
	return new RegExp(options.reporterOptions.archi.collapsePattern);
}

/** Folders of nodes are one room, and those of triggers another: they differ in what they import. */
function roomOf(file: string, pattern: RegExp): string | undefined {
	const room = pattern.exec(file)?.[1];
	if (room === undefined || !room.startsWith('HeyGen')) return room;
	return room.endsWith('Trigger') ? 'HeyGen…Trigger' : 'HeyGen…';
}

/**
 * The rooms of a tree, the highest first.
 *
 * @param cruised what dependency-cruiser says of it
 * @throws Error when rooms import each other in a circle
 */
export function roomsOf({ modules }: Pick<Cruised, 'modules'>): Room[] {
	const pattern = roomPattern();
	const rooms = new Map<string, Room>();
	for (const { source, dependencies } of modules) {
		const name = roomOf(source, pattern);
		if (name === undefined) continue;
		const room = rooms.get(name) ?? { name, files: 0, imports: new Map<string, number>() };
		rooms.set(name, room);
		room.files++;
		for (const { resolved } of dependencies) {
			const other = roomOf(resolved, pattern);
			if (other !== undefined && other !== name) room.imports.set(other, (room.imports.get(other) ?? 0) + 1);
		}
	}
	return inOrder([...rooms.values()].sort((a, b) => a.name.localeCompare(b.name)));
}

/** Importers before what they import. */
function inOrder(rooms: readonly Room[]): Room[] {
	const ordered: Room[] = [];
	let left = [...rooms];
	while (left.length > 0) {
		const next = left.filter(({ name }) => !left.some(({ imports }) => imports.has(name)));
		if (next.length === 0) throw new Error(`Rooms import each other: ${left.map(({ name }) => name).join(', ')}`);
		ordered.push(...next);
		left = left.filter((room) => !next.includes(room));
	}
	return ordered;
}

/** Imports that no chain of other imports implies: with all of them the picture would be a ball of wool. */
function essential(rooms: readonly Room[]): Array<[from: string, to: string]> {
	const importsOf = (name: string) => [...(rooms.find((room) => room.name === name)?.imports.keys() ?? [])];
	const reaches = (from: string, to: string): boolean => importsOf(from).some((next) => next === to || reaches(next, to));
	return rooms.flatMap(({ name }) => {
		const imports = importsOf(name).sort();
		return imports
			.filter((to) => !imports.some((other) => other !== to && reaches(other, to)))
			.map((to): [string, string] => [name, to]);
	});
}

/**
 * The picture of the rooms for Mermaid, with the arrows that no others imply.
 *
 * @param rooms all rooms
 */
export function picture(rooms: readonly Room[]): string {
	const id = (name: string) => name.replaceAll(/[/…]/g, '_');
	const box = ({ name }: Room) => `${id(name)}["${name.replace('engine/', '')}/"]`;
	const isEngine = ({ name }: Room) => name.startsWith('engine/');
	return [
		'flowchart TD',
		...rooms.filter((room) => !isEngine(room)).map((room) => `    ${box(room)}`),
		'    subgraph engine',
		...rooms.filter(isEngine).map((room) => `        ${box(room)}`),
		'    end',
		...essential(rooms).map(([from, to]) => `    ${id(from)} --> ${id(to)}`),
	].join('\n');
}

/**
 * The sections of docs/architecture.md that show the rooms.
 *
 * @param rooms all rooms
 */
export function roomSections(rooms: readonly Room[]): Section[] {
	const file = 'docs/architecture.md';
	const rows = rooms.map(({ name, imports }) => {
		const others = [...imports.keys()].sort().map((other) => `\`${other}/\``);
		return [`\`${name}/\``, holds(name), others.length === 0 ? '–' : others.join(', ')];
	});
	return [
		{ file, name: 'rooms', text: `\`\`\`mermaid\n${picture(rooms)}\n\`\`\`` },
		{ file, name: 'imports', text: table(['Room', 'Holds', 'Imports from'], rows) },
	];
}
