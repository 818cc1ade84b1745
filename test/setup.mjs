// Makes sure that the development dependencies are those of package-lock.json, then gets out of the way.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(project, 'node_modules');
const stampFile = path.join(modules, '.setup-stamp');

/** What the installed modules depend on: the lock file, and the Node that they were installed for. */
function stamp() {
	const lock = readFileSync(path.join(project, 'package-lock.json'));
	return `${createHash('sha256').update(lock).digest('hex')} ${process.version}\n`;
}

/** Whether an earlier run of this script installed exactly these modules. */
function isUpToDate() {
	return (
		existsSync(path.join(modules, '.package-lock.json')) &&
		existsSync(stampFile) &&
		readFileSync(stampFile, 'utf8') === stamp()
	);
}

if (!isUpToDate()) {
	// npm empties the folder first, which would be that of another checkout.
	if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
		console.error('node_modules is a link to another folder, whose modules are not those of package-lock.json. Remove the link.');
		process.exit(1);
	}
	console.log('Installing the development dependencies …');
	const { status, signal, error } = spawnSync('npm', ['ci'], {
		cwd: project,
		stdio: 'inherit',
	});
	if (status !== 0) {
		const reason = error?.message ?? (signal ? `ended by ${signal}` : `exit code ${status}`);
		console.error(`npm ci failed (${reason}), so nothing was run. Its output above says why.`);
		process.exit(1);
	}
	writeFileSync(stampFile, stamp());
}
