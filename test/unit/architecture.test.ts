import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Cruised, cruise, roomSections, roomsOf } from '../docs/rooms';
import { PROJECT, sectionIn } from '../docs/sections';

/** The rooms of `nodes/`, which `.dependency-cruiser.cjs` lists. */

/** The rules that a tree of files breaks, each with the import that does. */
function violations({ summary }: Cruised): string[] {
	expect(summary.totalCruised).toBeGreaterThan(1);
	return summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`);
}

describe('the house', () => {
	let house: Cruised;

	beforeAll(() => {
		house = cruise(PROJECT, ['nodes', 'credentials']);
	});

	it('has imports that go down, never up and never in a circle', () => {
		expect(violations(house)).toEqual([]);
	});

	it('looks as docs/architecture.md shows it', () => {
		for (const { file, name, text } of roomSections(roomsOf(house))) expect(sectionIn(file, name)).toBe(text);
	});
});

/** Files that each break one rule: the rule, the file that breaks it with its import, and what it imports. */
const BREACHES = [
	['a room that looks up', 'request-looks-up', 'engine/request/up', '../item/c1', 'engine/item/c1'],
	['a type from above', 'basics-looks-up', 'engine/basics/up', 'type ../request/c2', 'engine/request/c2'],
	['heygen/ with a parameter', 'heygen-looks-up', 'heygen/up', '../fields/c3', 'fields/c3'],
	['a pace that knows requests', 'request-pacing-looks-up', 'engine/request/pacing/up', '../c4', 'engine/request/c4'],
	['a circle within a room', 'circle', 'engine/jobs/round', './c5', 'engine/jobs/c5'],
	['a node file with requests of its own', 'node-file-reaches-into-the-engine', 'HeyGenVideo/request', '../engine/request/c6', 'engine/request/c6'],
	['a node file that waits for jobs', 'node-file-reaches-into-the-engine', 'HeyGenVideo/job', '../engine/jobs/c7', 'engine/jobs/c7'],
	['a node file that moves files', 'node-file-reaches-into-the-engine', 'HeyGenVideo/file', '../engine/files/c8', 'engine/files/c8'],
	['a trigger that uses an operation', 'operations-and-triggers-are-apart', 'engine/triggers/across', '../operations/c9', 'engine/operations/c9'],
	['a file in no room', 'file-in-no-room', 'engine/roomless', './basics/c10', 'engine/basics/c10'],
	['a file that nobody imports', 'file-that-nobody-imports', 'engine/basics/alone', undefined, 'fields/c11'],
] as const;

describe('the rules find', () => {
	let found: string[];
	let root: string;

	beforeAll(() => {
		root = mkdtempSync(path.join(tmpdir(), 'rooms-'));
		const write = (file: string, imported?: string) => {
			const [module, kind = ''] = (imported ?? '').split(' ').reverse();
			const target = path.join(root, 'nodes', `${file}.ts`);
			mkdirSync(path.dirname(target), { recursive: true });
			writeFileSync(target, `${imported === undefined ? '' : `import ${kind} { x } from '${module}';\n`}export interface x {}\n`);
		};
		for (const [, , from, imported, to] of BREACHES) {
			write(to, to === 'engine/jobs/c5' ? './round' : undefined);
			write(from, imported);
		}
		writeFileSync(path.join(root, 'tsconfig.json'), '{}');
		found = violations(cruise(root, ['nodes']));
	});

	afterAll(() => rmSync(root, { recursive: true }));

	it.each(BREACHES)('%s', (_what, rule, from, _imported, to) => {
		// A circle is told once, of either file.
		expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${rule}: nodes/(${from}|${to})\\.ts -> `)));
	});
});

/** All files below a folder, by paths from the project's root. */
function filesBelow(folder: string): string[] {
	return readdirSync(path.join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => path.posix.join(folder, file));
}

function repeated(names: string[]): string[] {
	return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
}

it('no two files of the engine have one name', () => {
	const files = filesBelow('nodes/engine');
	expect(files.length).toBeGreaterThan(50);
	expect(repeated(files.map((file) => path.basename(file)))).toEqual([]);
});

it('no two exported things have one name', () => {
	const exported = ['nodes/engine', 'nodes/heygen', 'nodes/fields', 'nodes/declare'].flatMap(filesBelow).flatMap((file) => {
		const text = readFileSync(path.join(PROJECT, file), 'utf8');
		return [...text.matchAll(/^export (?:async )?(?:abstract )?(?:function\*?|const|class|interface|type|enum) (\w+)/gm)].map(([, name]) => name as string);
	});
	expect(exported.length).toBeGreaterThan(200);
	expect(repeated(exported)).toEqual([]);
});

it('no file is longer than 400 lines', () => {
	const long = ['nodes', 'credentials'].flatMap(filesBelow).filter(
		(file) => readFileSync(path.join(PROJECT, file), 'utf8').split('\n').length > 401,
	);
	expect(long).toEqual([]);
});
