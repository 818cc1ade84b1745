import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { withLock } from './lock';
import { run } from './shell';

/** The n8n release that the tests and the demo drive. */
export const N8N_VERSION = '2.41.1';
/** The Node release line that this n8n needs; the checkout itself may run on an older one. */
export const NODE_MAJOR = '24';

/** An n8n that can be started: `<nodeBin> <n8nBin> start`. */
export interface N8nInstall {
	/** Absolute path of the Node binary that n8n runs on. */
	nodeBin: string;
	/** Absolute path of n8n's start script. */
	n8nBin: string;
	/** Folder that holds both. */
	dir: string;
}

/**
 * Makes sure that n8n and the Node it needs are installed in a cache folder of the user, outside the checkout.
 * The first call downloads and builds for 3 to 5 minutes (2.9 GB on disk); later calls only look for a marker.
 * Safe to call from several processes at once: one installs, the others wait.
 *
 * @returns where to find the pieces
 * @throws Error with npm's output when the installation fails
 */
export async function ensureN8n(): Promise<N8nInstall> {
	const dir = path.join(cacheFolder(), `n8n-${N8N_VERSION}-node${NODE_MAJOR}`);
	const ready = path.join(dir, '.ready');
	if (!existsSync(ready)) {
		await mkdir(path.dirname(dir), { recursive: true });
		const onWait = () => console.log(`Waiting for another process that installs n8n ${N8N_VERSION} …`);
		await withLock(`${dir}.lock`, onWait, async () => {
			// Another process may have finished the installation while this one waited for the lock.
			if (existsSync(ready)) return;
			console.log(
				`Installing n8n ${N8N_VERSION} with Node ${NODE_MAJOR} into ${dir}: once, 3 to 5 minutes, about 3 GB …`,
			);
			await install(dir);
			await writeFile(ready, `${new Date().toISOString()}\n`);
		});
	}
	return { dir, nodeBin: findNode(dir).bin, n8nBin: path.join(dir, 'node_modules', 'n8n', 'bin', 'n8n') };
}

/** Per-user cache folder of this project. */
function cacheFolder(): string {
	const base = process.env.XDG_CACHE_HOME;
	return path.join(base ? base : path.join(homedir(), '.cache'), 'n8n-nodes-heygen-suite');
}

/** Wipes what an interrupted run left, installs both packages and builds the database driver. */
async function install(dir: string): Promise<void> {
	await rm(dir, { recursive: true, force: true });
	await mkdir(dir, { recursive: true });
	const manifest = {
		name: 'n8n-host',
		private: true,
		dependencies: { n8n: N8N_VERSION, node: `^${NODE_MAJOR}` },
	};
	await writeFile(path.join(dir, 'package.json'), JSON.stringify(manifest, null, 2));

	const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
	// Without scripts: most of the native packages that n8n pulls in would be built for the wrong Node, or fail to.
	await run('npm', ['install', '--ignore-scripts', ...quiet], { cwd: dir, env: npmEnv() });
	// This script fetches the binary for the platform. It is a script, so it must be allowed explicitly.
	await run('npm', ['rebuild', 'node', '--ignore-scripts=false', ...quiet], { cwd: dir, env: npmEnv() });

	const node = findNode(dir);
	const env = npmEnv();
	env.PATH = `${path.dirname(node.bin)}${path.delimiter}${process.env.PATH ?? ''}`;
	// Where the headers lie next to the binary they need no download, should the driver have to be compiled.
	if (node.headers) env.npm_config_nodedir = node.headers;
	await run('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false', ...quiet], { cwd: dir, env });
	await run(node.bin, ['-e', "require('sqlite3'); require('isolated-vm')"], { cwd: dir });
}

/** Environment for an npm of our own: one that `npm run` prepared points npm at the checkout. */
function npmEnv(): NodeJS.ProcessEnv {
	const kept = Object.entries(process.env).filter(
		([name]) => !/^npm_(package_|lifecycle_|config_(local|global)_prefix$|config_prefix$|config_ignore_scripts$)/i.test(name),
	);
	return Object.fromEntries(kept);
}

/** The Node binary inside the installation, and the folder with its headers if there is one. */
function findNode(dir: string): { bin: string; headers?: string } {
	const modules = path.join(dir, 'node_modules');
	const own = path.join(modules, 'node');
	// The same naming rule as the installer of the `node` package: Apple silicon has a prefix of its own.
	const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
	const platform = [prefix, process.platform, process.arch].join('-');
	for (const root of [path.join(own, 'node_modules', platform), path.join(modules, platform), own]) {
		const bin = path.join(root, 'bin', 'node');
		if (existsSync(bin)) return existsSync(path.join(root, 'include', 'node')) ? { bin, headers: root } : { bin };
	}
	throw new Error(`No Node ${NODE_MAJOR} binary for ${process.platform}-${process.arch} in ${own}`);
}
