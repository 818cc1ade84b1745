/** Paths of files within a folder or an archive. */

/**
 * The parts of a path. Backslashes count as slashes, as on Windows; "." and empty parts are dropped, ".." goes up.
 *
 * @param path "./assets\\logo.png"
 * @returns "assets" and "logo.png"; a path that leads out of where it begins starts with ".."
 */
export function pathSegments(path: string): string[] {
	const segments: string[] = [];
	for (const part of path.split(/[\\/]/)) {
		const last = segments[segments.length - 1];
		if (part === '..' && last !== undefined && last !== '..') segments.pop();
		else if (part !== '' && part !== '.') segments.push(part);
	}
	return segments;
}
