import { FileToUpload, type FilesToZip } from '../../heygen/fileUses';
import { formatOfName, ZIP } from '../../heygen/formats';
import { shown } from '../../heygen/values/text';
import { inputError } from '../basics/errors';
import type { Call } from '../item/call';
import type { ArchivePart } from './archive';
import { binaryFields } from '../item/itemFiles';
import { fieldsNamed, findBinary, type FoundFile } from './binary';
import { projectPaths } from './projectFiles';

/**
 * Finds the files that go up as one archive, and where each lies in it.
 *
 * @param call the item
 * @param files the parameter, and what HeyGen takes the archive for
 * @param entry the file that the archive must hold: "index.html"
 * @throws EngineError when there are no such files, or they do not make a project
 */
export async function archiveParts(call: Call, { fields, isAll }: FilesToZip, entry: string): Promise<ArchivePart[]> {
	const { source, parameter, use } = fields;
	const names = isAll ? binaryFields(call) : fieldsNamed(call, source);
	// Nothing is told as a field that is empty, with the fields that the item has.
	const wanted = names.length === 0 ? [''] : names;
	const found = await Promise.all(wanted.map(async (name) => await findBinary(call, new FileToUpload(name, parameter, use))));
	checkUnpacked(found, parameter);
	const paths = projectPaths(
		found.map((file) => ({ field: file.field, name: nameOf(file), directory: file.directory })),
		entry,
		parameter,
	);
	return found.map((file, index) => ({ path: paths[index] as string, file }));
}

/** A field that somebody has called "assets/logo.png" says what the file is called, where n8n knows no name. */
function nameOf({ fileName, field }: FoundFile): string {
	return fileName === '' && /\.\w{1,10}$/.test(field) ? field : fileName;
}

/** A project that is zipped already has its own choice. */
function checkUnpacked(found: readonly FoundFile[], parameter: string): void {
	const [only, ...others] = found;
	if (only === undefined || others.length > 0 || formatOfName(only.name) !== ZIP) return;
	throw inputError(
		`'${parameter}' is one file, ${shown(only.name)}, which is an archive already`,
		"Choose 'Project ZIP' in 'Project Source', and name the binary field there.",
	);
}
