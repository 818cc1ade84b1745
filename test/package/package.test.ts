import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { run } from '../n8n/host/shell';
import { type Packed, packProject, PROJECT } from './support/packed';

/** What users get: the archive of `npm pack`, file by file. */

interface Manifest {
	name: string;
	version: string;
	license: string;
	keywords: string[];
	scripts?: Record<string, string>;
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	bundledDependencies?: string[];
	bundleDependencies?: string[];
	overrides?: unknown;
	peerDependencies?: Record<string, string>;
	n8n: { n8nNodesApiVersion: number; nodes: string[]; credentials: string[] };
}

/** Modules that n8n has at hand for every package, also where packages are kept apart. */
const PROVIDED = ['n8n-workflow', 'crypto', 'zod', 'lodash', 'luxon'];

let packed: Packed;
let manifest: Manifest;
let files: string[];

const inPackage = (...names: string[]): string => path.join(packed.folder, ...names);
const read = (name: string): string => readFileSync(inPackage(name), 'utf8');
const isFile = (name: string): boolean => statSync(inPackage(name), { throwIfNoEntry: false })?.isFile() === true;
const withEnding = (ending: string): string[] => files.filter((file) => file.endsWith(ending));

beforeAll(async () => {
	packed = await packProject();
	files = packed.files.map((file) => file.path);
	manifest = JSON.parse(read('package.json')) as Manifest;
	const kilobytes = (bytes: number): string => `${(bytes / 1_024).toFixed(1)} KiB`;
	process.stdout.write(
		`package: ${files.length} files, ${kilobytes(packed.size)} packed, ${kilobytes(packed.unpackedSize)} unpacked\n`,
	);
}, 300_000);
afterAll(async () => await packed.remove());

describe('the archive', () => {
	it('holds the code and the papers, and nothing else', () => {
		const papers = ['CHANGELOG.md', 'LICENSE.md', 'README.md', 'package.json'];
		expect(files.filter((file) => !file.startsWith('dist/')).sort()).toEqual(papers);
		expect(files.length).toBeGreaterThan(papers.length + 10);
	});

	it('holds no sources, maps, tests or hidden files', () => {
		const strange = files.filter((file) => /\.(ts|tsx|map|tsbuildinfo|tgz|log|mjs)$|(^|\/)(\.|test|sandbox)|\.test\./.test(file));
		expect(strange).toEqual([]);
		expect(files.filter((file) => !/\.(js|json|svg|png|md)$/.test(file))).toEqual([]);
	});

	it('unpacks to what npm lists', () => {
		const found = readdirSync(packed.folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => path.relative(packed.folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
		expect(found.sort()).toEqual([...files].sort());
	});
});

describe('package.json', () => {
	it('brings no dependencies along', () => {
		for (const kind of ['dependencies', 'optionalDependencies', 'overrides', 'bundledDependencies', 'bundleDependencies'] as const) {
			expect(Object.keys(manifest[kind] ?? {})).toEqual([]);
		}
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('runs nothing when it is installed', () => {
		const scripts = Object.keys(manifest.scripts ?? {});
		expect(scripts.filter((name) => /^(pre|post)?(install|publish|prepare)$/.test(name))).toEqual([]);
	});

	it('is what n8n looks for', () => {
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.name).toMatch(/^n8n-nodes-/);
		expect([manifest.license, manifest.n8n.n8nNodesApiVersion]).toEqual(['MIT', 1]);
	});

	it('names every node and credential of the archive, and none besides', () => {
		expect([...manifest.n8n.nodes].sort()).toEqual(withEnding('.node.js').sort());
		expect([...manifest.n8n.credentials].sort()).toEqual(withEnding('.credentials.js').sort());
	});

	it('has the version that the changelog begins with', () => {
		const [newest] = /\d+\.\d+\.\d+/.exec(read('CHANGELOG.md')) ?? [];
		expect(newest).toBe(manifest.version);
	});
});

describe('the code', () => {
	it('requires only what n8n provides, and its own files', () => {
		const required = withEnding('.js').flatMap((file) =>
			[...read(file).matchAll(/\b(?:require|import)\(\s*(['"`])(.*?)\1\s*\)/g)].map(([, , target]) => ({ file, target: target as string })),
		);
		expect(required.length).toBeGreaterThan(10);
		const isProvided = (target: string): boolean =>
			PROVIDED.some((name) => target === name || (name === 'lodash' && target.startsWith('lodash/')));
		expect(required.filter(({ target }) => !target.startsWith('.') && !isProvided(target))).toEqual([]);
		const resolves = ({ file, target }: { file: string; target: string }): boolean => {
			const base = path.posix.join(path.posix.dirname(file), target);
			return [base, `${base}.js`, `${base}.json`, `${base}/index.js`].some(isFile);
		};
		expect(required.filter((one) => one.target.startsWith('.') && !resolves(one))).toEqual([]);
	});

	it('requires nothing by a computed name', () => {
		const computed = withEnding('.js').filter((file) => /\b(?:require|import)\((?!\s*['"`])/.test(read(file)));
		expect(computed).toEqual([]);
	});

	it('loads in a new process', async () => {
		const script = `
			const path = require('path');
			require('n8n-workflow'); require('zod');
			const before = process.hrtime.bigint();
			const names = ${JSON.stringify([...manifest.n8n.nodes, ...manifest.n8n.credentials])};
			const loaded = names.map((name) => {
				const [Class] = Object.values(require(path.resolve(name)));
				const { description, name: own } = new Class();
				return description?.name ?? own;
			});
			const ms = Number(process.hrtime.bigint() - before) / 1e6;
			console.log(JSON.stringify({ loaded, ms }));`;
		const env = { ...process.env, NODE_PATH: path.join(PROJECT, 'node_modules') };
		const output = await run(process.execPath, ['-e', script], { cwd: packed.folder, env });
		const { loaded, ms } = JSON.parse(output) as { loaded: string[]; ms: number };
		process.stdout.write(`loading ${loaded.length} nodes and credentials: ${ms.toFixed(1)} ms\n`);
		expect(loaded).toEqual(expect.arrayContaining(['heyGenVideo', 'heyGenSuiteApi']));
		expect(loaded).toHaveLength(manifest.n8n.nodes.length + manifest.n8n.credentials.length);
	});
});

describe('beside the code', () => {
	it('is a drawing for light and one for dark wherever one is named', () => {
		for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
			const named = [...read(file).matchAll(/'file:([^']+)'|"file:([^"]+)"/g)].map(([, one, other]) => one ?? other ?? '');
			expect({ file, named: named.length }).toEqual({ file, named: 2 });
			const [light, dark] = named.map((name) => path.posix.join(path.posix.dirname(file), name)) as [string, string];
			expect([isFile(light), isFile(dark)]).toEqual([true, true]);
			expect(read(light)).not.toBe(read(dark));
			for (const drawing of [light, dark]) expect(read(drawing)).toMatch(/<svg[\s>]/);
		}
	});

	it('is a catalogue entry for every node', () => {
		for (const file of manifest.n8n.nodes) {
			const entry = JSON.parse(read(file.replace(/\.js$/, '.json'))) as Record<string, unknown>;
			const name = path.basename(file, '.node.js');
			expect(entry.node).toBe(`${manifest.name}.${name.charAt(0).toLowerCase()}${name.slice(1)}`);
			expect([entry.nodeVersion, entry.codexVersion]).toEqual(['1.0', '1.0']);
			expect(entry.categories).not.toHaveLength(0);
		}
	});

	it('are only schemas that can be read', () => {
		for (const file of files.filter((name) => name.includes('/__schema__/'))) {
			const schema = JSON.parse(read(file)) as { type?: unknown };
			expect([file, typeof schema.type]).toEqual([file, 'string']);
		}
		const source = readdirSync(path.join(PROJECT, 'nodes'), { recursive: true, encoding: 'utf8' });
		const written = source.filter((name) => name.includes('__schema__') && name.endsWith('.json'));
		expect(files.filter((name) => name.includes('/__schema__/'))).toHaveLength(written.length);
	});
});

describe('production dependencies', () => {
	it('have no known vulnerabilities', async () => {
		const audit = await auditReport();
		if (audit !== undefined) {
			expect(audit).toBe(0);
			return;
		}
		// Without an audit endpoint: what is not there cannot be vulnerable.
		const tree = JSON.parse(await run('npm', ['ls', '--omit=dev', '--omit=peer', '--json'], { cwd: PROJECT })) as { dependencies?: object };
		expect(Object.keys(tree.dependencies ?? {})).toEqual([]);
	});
});

/** The number of vulnerabilities that npm knows; undefined when the registry has no audit endpoint. */
async function auditReport(): Promise<number | undefined> {
	// npm ends with an error when it finds something, and when it can ask nobody; both print JSON.
	const script = 'npm audit --omit=dev --json || true';
	const report = JSON.parse(await run('sh', ['-c', script], { cwd: PROJECT })) as {
		metadata?: { vulnerabilities: { total: number } };
	};
	return report.metadata?.vulnerabilities.total;
}
