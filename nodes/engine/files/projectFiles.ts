import sortBy from 'lodash/sortBy';

import { parseUrl } from '../../heygen/hosts';
import { pathSegments } from '../../heygen/values/paths';
import { hasHalfCharacter, isBlank, numeral, shown } from '../../heygen/values/text';
import { inputError } from '../basics/errors';

/** Where the files of a project lie: a folder that goes up as one archive, with the file that is rendered in its root. */

/** A file of a project, as n8n knows it. */
export interface ProjectFile {
	/** The binary field that holds it. */
	field: string;
	/** `fileName` of n8n's binary data. It may hold a path. */
	name: string;
	/**
	 * `directory` of n8n's binary data. Read/Write Files from Disk has the file's folder there, Compression the folder within
	 * the archive, HTTP Request the address of the file (n8n-core 2.41, `prepareBinaryData`).
	 */
	directory?: string;
}

/** Where a file comes from decides what its folder says. */
type Origin = 'project' | 'disk' | 'web';

interface Place {
	file: ProjectFile;
	origin: Origin;
	/** The drive, or scheme and host; empty where there is none. */
	anchor: string;
	/** From the anchor on: folders, and the file itself. */
	segments: string[];
	/** The path stands in the file's name. */
	isNamed: boolean;
}

/**
 * The path of each file within its project. The root of the project is the shallowest folder that holds the entry file.
 *
 * - A path in a file's name counts from the root, whatever folder n8n knows: people write such a name to say where the file
 *   belongs.
 * - A file without a folder lies where relative folders begin, which is the root of a project on a disk or a web site.
 * - A page is often made in the workflow, and has no folder then. Files from the web, and those of one folder of a disk, lie
 *   beside it.
 *
 * @param files in any order
 * @param entry the file that is rendered, as its path within the project: "index.html"
 * @param parameter display name of the parameter that names the files
 * @returns a path for each file, in the order of the files, with slashes: "assets/logo.png"
 * @throws EngineError when there is no entry file, when files do not lie in one folder, or when two would have one path
 */
export function projectPaths(files: readonly ProjectFile[], entry: string, parameter: string): string[] {
	const places = files.map((file) => placeOf(file, parameter));
	const wanted = pathSegments(entry);
	const page = entryAmong(places, wanted);
	if (page === undefined) throw noEntry(places, wanted, parameter);
	const root = { ...page, segments: page.segments.slice(0, page.segments.length - wanted.length) };
	const within = places.map((place) => pathWithin(place, root));
	const outside = places.filter((_, index) => within[index] === undefined);
	if (outside.length > 0) throw liesOutside(outside, root, parameter);
	checkOneFolder(places, root, parameter);
	const paths = within.map((segments = []) => segments.join('/'));
	checkApart(files, paths, parameter);
	return paths;
}

function startsWith(segments: readonly string[], start: readonly string[]): boolean {
	return start.every((part, index) => part === segments[index]);
}

/**
 * Whether a path ends with parts.
 *
 * @param segments the path's
 * @param end the parts
 */
export function endsWith(segments: readonly string[], end: readonly string[]): boolean {
	return end.length > 0 && segments.length >= end.length && startsWith(segments.slice(-end.length), end);
}

/** "https://": more than one letter, since one is a drive of Windows. */
const ADDRESS = /^[a-z][a-z\d+.-]{1,20}:\/\//i;

/** A drive, or what would be taken for one. */
const DRIVE = /^[a-z]:/i;

/** Control characters, which some disks and archives do not take. */
const CONTROL = /\p{Cc}/u;

function placeOf(file: ProjectFile, parameter: string): Place {
	const { field, name } = file;
	const directory = isBlank(file.directory ?? '') ? '' : `${file.directory}/`;
	const own = name.split(/[\\/]/).pop() as string;
	const isNamed = own !== name;
	const problem = problemOf(name, own);
	if (problem !== undefined) throw inputError(`'${parameter}': the file in the binary field ${shown(field)} ${problem}`, NAME_IT);
	if (!isNamed && ADDRESS.test(directory)) {
		return webPlace(file) ?? { file, origin: 'project', anchor: '', segments: [own], isNamed };
	}
	const path = isNamed ? name : `${directory}${name}`;
	const anchor = DRIVE.exec(path)?.[0].toLowerCase() ?? '';
	const segments = pathSegments(path.slice(anchor.length));
	// Nobody keeps a project in the root of a disk: "/index.html" is meant from the project's root on.
	const isAbsolute = anchor !== '' || (/^[\\/]/.test(path) && !(isNamed && segments.length === 1));
	return { file, origin: isAbsolute ? 'disk' : 'project', anchor, segments, isNamed };
}

const NAME_IT =
	'Give the file a name such as logo.png, or a path within the project such as assets/logo.png. Most nodes that make or read files have an option for its name.';

/** What is wrong with a file's name, to continue "the file …"; undefined when nothing is. */
function problemOf(name: string, own: string): string | undefined {
	if (isBlank(name)) return 'has no name';
	const has = `has the name ${shown(name)}`;
	if (CONTROL.test(name) || hasHalfCharacter(name)) return `${has}, with characters that a file's name cannot have`;
	if (isBlank(own) || own === '.' || own === '..') return `${has}, which is that of a folder`;
	const isOnDrive = /^[a-z]:[\\/]/i.test(name);
	return ADDRESS.test(name) || (DRIVE.test(name) && !isOnDrive) ? `${has}, which is no path` : undefined;
}

/**
 * A file that was fetched from its place on a web site. An address that ends in another word than the file's name, such as
 * that of a download, says nothing of a place.
 */
function webPlace(file: ProjectFile): Place | undefined {
	const url = parseUrl(file.directory ?? '');
	const parts = url?.pathname.split('/').filter((part) => part !== '') ?? [];
	const segments = parts.map(decodedPart);
	if (url === undefined || ![parts[parts.length - 1], segments[segments.length - 1]].includes(file.name)) return undefined;
	return { file, origin: 'web', anchor: `${url.protocol}//${url.host}`, segments, isNamed: false };
}

/** n8n names a file by its address, with "%20" for a blank; pages ask for the file by the name behind that. */
function decodedPart(part: string): string {
	try {
		const text = decodeURIComponent(part);
		return /[\\/\p{Cc}]/u.test(text) ? part : text;
	} catch {
		return part;
	}
}

function entryAmong(places: readonly Place[], wanted: readonly string[]): Place | undefined {
	const found = places.filter(({ segments }) => endsWith(segments, wanted));
	// A page deep in a relative folder may be one of the pages of a project that lies on a disk.
	const rank = ({ origin, segments }: Place) => (origin === 'project' ? (segments.length === wanted.length ? 0 : 2) : 1);
	return sortBy(found, [rank, ({ segments }) => segments.length])[0];
}

function isFromThere({ origin, anchor }: Place, root: Place): boolean {
	return origin === root.origin && anchor === root.anchor;
}

/** Where a file lies in a project; undefined when it lies outside. */
function pathWithin(place: Place, root: Place): string[] | undefined {
	const { origin, segments } = place;
	if (isFromThere(place, root)) {
		const rest = startsWith(segments, root.segments) ? segments.slice(root.segments.length) : [];
		return rest.length === 0 || rest[0] === '..' ? undefined : rest;
	}
	if (origin === root.origin) return undefined;
	if (origin === 'project' || isFromRoot(place)) return segments[0] === '..' ? undefined : segments;
	return segments.slice(-1);
}

/** "/assets/logo.png" in a file's name is meant as pages mean it. */
function isFromRoot({ isNamed, anchor }: Place): boolean {
	return isNamed && anchor === '';
}

/** Files of several folders beside a page that is in none of them: nobody can tell what the page calls them. */
function checkOneFolder(places: readonly Place[], root: Place, parameter: string): void {
	if (root.origin === 'disk') return;
	const folders = new Map<string, Place>();
	for (const place of places) {
		if (place.origin === 'disk' && !isFromRoot(place)) folders.set(pathOf({ ...place, segments: place.segments.slice(0, -1) }), place);
	}
	const [first, second] = folders.values();
	if (first === undefined || second === undefined) return;
	const page = shown(root.file.name);
	throw inputError(
		`'${parameter}': ${named(first)} and ${named(second)} lie in different folders, but ${page} lies in neither, so their places in the project are not known`,
		`Name ${page} with the folder that it belongs to, such as /data/project/index.html, or give each file a path within the project as its name, such as assets/logo.png.`,
	);
}

function checkApart(files: readonly ProjectFile[], paths: readonly string[], parameter: string): void {
	const holders = new Map<string, ProjectFile>();
	for (const [index, path] of paths.entries()) {
		const file = files[index] as ProjectFile;
		const other = holders.get(path);
		if (other !== undefined) {
			throw inputError(
				`'${parameter}': the binary fields ${shown(other.field)} and ${shown(file.field)} hold files with the same path in the project, ${shown(path)}`,
				NAME_IT,
			);
		}
		holders.set(path, file);
	}
	for (const [path, file] of holders) {
		for (let end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
			const other = holders.get(path.slice(0, end));
			if (other === undefined) continue;
			throw inputError(
				`'${parameter}': the file ${shown(path.slice(0, end))} of the binary field ${shown(other.field)} has the name of the folder that holds ${shown(path)} of the field ${shown(file.field)}`,
				NAME_IT,
			);
		}
	}
}

function liesOutside(outside: readonly Place[], root: Place, parameter: string) {
	const lie = outside.length === 1 ? 'lies' : 'lie';
	const folder = pathOf(root);
	return inputError(
		`'${parameter}': ${listed(outside.map(named))} ${lie} outside of the folder that ${shown(root.file.name)} is in${folder === '' ? '' : `, ${shown(folder)}`}`,
		'All files of a project lie in one folder, or in folders of that folder. Move the files there, or give each a path within the project as its name, such as assets/logo.png.',
	);
}

function noEntry(places: readonly Place[], wanted: readonly string[], parameter: string) {
	const entry = shown(wanted.join('/'));
	const alike = places.find(({ segments }) => isNearly(segments[segments.length - 1], wanted[wanted.length - 1]));
	if (alike !== undefined) {
		return inputError(
			`'${parameter}' has no file ${entry}, but ${named(alike)}`,
			`HeyGen looks for exactly ${entry}, letter by letter. Rename the file.`,
		);
	}
	return inputError(
		places.length === 0 ? `'${parameter}' has no files` : `'${parameter}' has no file ${entry}, only ${listed(places.map(named))}`,
		`A project has the file ${entry} in its root: name the page that is to be rendered so.`,
	);
}

/**
 * Whether a name is what people write for another: "Index.HTML" or "index.htm" for "index.html".
 *
 * @param name what there is
 * @param wanted what there should be
 */
export function isNearly(name = '', wanted = ''): boolean {
	const plain = (text: string) => text.trim().toLowerCase().replace(/\.htm$/, '.html');
	return plain(name) === plain(wanted);
}

/** A path for messages: the whole one. */
function pathOf({ origin, anchor, segments }: Place): string {
	return `${anchor}${origin === 'project' ? '' : '/'}${segments.join('/')}`;
}

function named(place: Place): string {
	return `${shown(pathOf(place))} (binary field ${place.file.field})`;
}

/** Files that one message names. */
const LISTED_MAX = 5;

/**
 * "a, b and 3 more".
 *
 * @param names at least one
 */
export function listed(names: readonly string[]): string {
	const more = names.length - LISTED_MAX;
	const first = names.slice(0, LISTED_MAX).join(', ');
	return more > 0 ? `${first} and ${numeral(more)} more` : first;
}
