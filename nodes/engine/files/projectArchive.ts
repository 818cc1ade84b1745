import uniq from 'lodash/uniq';

import { pathSegments } from '../../heygen/values/paths';
import { shown } from '../../heygen/values/text';
import { inputError } from '../basics/errors';
import type { ArchiveNames } from './archiveNames';
import { endsWith, isNearly, listed } from './projectFiles';

/**
 * Checks a project that somebody has packed: HeyGen looks for the entry file in the root of the archive.
 *
 * @param label how messages about the archive begin
 * @param archive what it holds; undefined when that could not be read, and then nothing is checked
 * @param entry the file that is rendered, as its path within the project: "index.html"
 * @throws EngineError when the archive needs a password, or does not have the entry file where it should be
 */
export function checkProject(label: string, archive: ArchiveNames | undefined, entry: string): void {
	if (archive === undefined) return;
	if (archive.isEncrypted) {
		throw inputError(`${label} is protected by a password`, 'HeyGen cannot open it. Make the archive without a password.');
	}
	const files = archive.names.filter((name) => !name.endsWith('/')).map(pathSegments).filter((path) => !isLitter(path));
	const wanted = pathSegments(entry);
	const whole = shown(wanted.join('/'));
	if (files.some((path) => path.length === wanted.length && endsWith(path, wanted))) return;
	if (files.length === 0) {
		throw inputError(`${label} holds no files`, `A project is an archive with the file ${whole} in its root.`);
	}
	const alike = files.find((path) => path.length === wanted.length && isNearly(path.join('/'), wanted.join('/')));
	if (alike !== undefined) {
		throw inputError(
			`${label} has no file ${whole} in its root, but ${shown(alike.join('/'))}`,
			`HeyGen looks for exactly ${whole}, letter by letter. Rename the file, and make the archive anew.`,
		);
	}
	const folder = folderOf(files, wanted);
	if (folder !== undefined) {
		throw inputError(
			`${label} has the file ${whole} not in its root, but in the folder ${shown(folder)}`,
			`Zip what is in the folder ${shown(folder)}, not the folder itself.`,
		);
	}
	const inRoot = uniq(files.map(([first = '', ...rest]) => (rest.length === 0 ? first : `${first}/`)));
	throw inputError(
		`${label} has no file ${whole} in its root, only ${listed(inRoot.map(shown))}`,
		`A project is an archive with the file ${whole} in its root: name the page that is to be rendered so, and make the archive anew.`,
	);
}

/** The shallowest folder that holds the entry file. */
function folderOf(files: readonly string[][], wanted: readonly string[]): string | undefined {
	const folders = files.filter((path) => endsWith(path, wanted)).map((path) => path.slice(0, -wanted.length));
	return folders.sort((one, other) => one.length - other.length)[0]?.join('/');
}

/** What operating systems leave in folders and archives. */
function isLitter(path: readonly string[]): boolean {
	const name = path[path.length - 1] ?? '';
	return path[0] === '__MACOSX' || name.startsWith('._') || ['.DS_Store', 'Thumbs.db', 'desktop.ini'].includes(name);
}
