import path from 'node:path';

import { run } from '../n8n/host/shell';
import { type Packed, packProject, PROJECT } from './support/packed';

/** n8n's own scan, which decides about verification: the source, and what is published. */

interface Scan {
	/** What the scanner would say. */
	passed: boolean;
	files: number;
	/** Every error and warning. */
	findings: string[];
}

/** Runs the scan; a process of its own, since ESLint loads its plugins as ES modules. */
async function scan(leg: 'source' | 'package', folder: string): Promise<Scan> {
	// The plugins skip their look at file names when NODE_ENV says "test", as it does under Jest.
	const env = { ...process.env, NODE_ENV: 'production' };
	const output = await run(process.execPath, [path.join(__dirname, 'scan.mjs'), leg, folder], { cwd: PROJECT, env });
	return JSON.parse(output.trim().split('\n').pop() ?? '') as Scan;
}

let packed: Packed;

beforeAll(async () => {
	packed = await packProject();
}, 300_000);
afterAll(async () => await packed.remove());

it('finds nothing in the source', async () => {
	const { passed, files, findings } = await scan('source', PROJECT);
	expect(findings).toEqual([]);
	expect(passed).toBe(true);
	expect(files).toBeGreaterThan(10);
}, 300_000);

it('finds nothing in the published package', async () => {
	const { passed, files, findings } = await scan('package', packed.folder);
	expect(findings).toEqual([]);
	expect(passed).toBe(true);
	expect(files).toBeGreaterThan(10);
}, 300_000);
