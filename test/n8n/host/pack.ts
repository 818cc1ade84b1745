import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { run } from './shell';

const PACKAGE_NAME = 'n8n-nodes-heygen-suite';
const PROJECT = path.resolve(__dirname, '..', '..', '..');
const TARGET = path.join(PROJECT, 'node_modules', '.cache', PACKAGE_NAME);
/** Tells the processes of a test run where the package is that the run has packed. */
const PACKED = 'HEYGEN_SUITE_PACKED';

/**
 * Builds the package and packs it exactly as it would be published. Not for two processes at the same time: they would
 * build into the same folder.
 *
 * @returns absolute path of the .tgz, which the next call replaces
 * @throws Error with the output of the build when building or packing fails
 */
export async function packPackage(): Promise<string> {
	await run('npm', ['run', 'build'], { cwd: PROJECT });
	await rm(TARGET, { recursive: true, force: true });
	await mkdir(TARGET, { recursive: true });
	await run('npm', ['pack', '--pack-destination', TARGET], { cwd: PROJECT });
	const archive = (await readdir(TARGET)).find((name) => name.endsWith('.tgz'));
	if (!archive) throw new Error(`npm pack left no archive in ${TARGET}`);
	return path.join(TARGET, archive);
}

/** Packs the package for a whole test run: every {@link packedPackage} from then on is this one. */
export async function packOnce(): Promise<void> {
	process.env[PACKED] = await packPackage();
}

/**
 * The package that the test run has packed.
 *
 * @returns absolute path of the .tgz
 * @throws Error outside a test run that has packed it
 */
export function packedPackage(): string {
	const archive = process.env[PACKED];
	if (archive === undefined) throw new Error('The package is not packed yet: run these tests as the jest project "n8n"');
	return archive;
}

/**
 * Puts a packed package where n8n looks for community packages, as n8n's own installer does.
 *
 * @param tgz path of the archive
 * @param userFolder what n8n gets as N8N_USER_FOLDER
 * @returns folder of the unpacked package
 * @throws Error when the archive cannot be read
 */
export async function unpackInto(tgz: string, userFolder: string): Promise<string> {
	const folder = path.join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE_NAME);
	// A file of an earlier build must not survive beside the new ones.
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await run('tar', ['-xzf', path.resolve(tgz), '-C', folder, '--strip-components=1'], { cwd: folder });
	return folder;
}
