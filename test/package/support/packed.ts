/** Builds and packs the project in a folder of its own, so that nothing in the project's `dist` is touched. */
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../../n8n/host/shell';

/** The project's folder. */
export const PROJECT = path.resolve(__dirname, '..', '..', '..');

/** A file of the archive, as npm lists it. */
interface PackedFile {
	path: string;
	size: number;
}

/** The packed package, unpacked again. */
export interface Packed {
	/** Where the package lies, inside a folder named node_modules. */
	folder: string;
	/** What npm put into the archive. */
	files: PackedFile[];
	/** Bytes of the archive, and of its files. */
	size: number;
	unpackedSize: number;
	/** Removes everything. */
	remove: () => Promise<void>;
}

/** Folders that a fresh checkout would not have, or that only take time to copy. */
const NOT_COPIED = new Set(['node_modules', '.git', 'dist']);

/**
 * Builds and packs the project exactly as it would be published, and unpacks the archive.
 *
 * @throws Error with the output when building or packing fails
 */
export async function packProject(): Promise<Packed> {
	const temporary = await mkdtemp(path.join(tmpdir(), 'package-test-'));
	const source = path.join(temporary, 'source');
	const folder = path.join(temporary, 'installed', 'node_modules', 'package-under-test');
	await mkdir(source);
	await mkdir(folder, { recursive: true });
	for (const name of await readdir(PROJECT)) {
		if (!NOT_COPIED.has(name)) await cp(path.join(PROJECT, name), path.join(source, name), { recursive: true });
	}
	await symlink(path.join(PROJECT, 'node_modules'), path.join(source, 'node_modules'), 'dir');
	await run('npm', ['run', 'build'], { cwd: source });
	const report = await run('npm', ['pack', '--json', '--pack-destination', temporary], { cwd: source });
	const [packed] = JSON.parse(report) as Array<{ filename: string; files: PackedFile[]; size: number; unpackedSize: number }>;
	if (packed === undefined) throw new Error('npm pack reported no archive');
	await run('tar', ['-xzf', path.join(temporary, packed.filename), '-C', folder, '--strip-components=1'], { cwd: folder });
	const { files, size, unpackedSize } = packed;
	return { folder, files, size, unpackedSize, remove: async () => await rm(temporary, { recursive: true, force: true }) };
}
