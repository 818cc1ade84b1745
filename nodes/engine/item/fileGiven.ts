import { inputError } from '../basics/errors';
import type { Call } from './call';

/** Files that an item gives by one of several ways. */

/** The field behind each way to give a file, after the file's name: "Audio URL". */
const FIELDS: Readonly<Record<string, string>> = { binary: 'Binary Field', url: 'URL', assetId: 'Asset ID', text: 'Text' };

/**
 * The display name of the field that the item gives a file in.
 *
 * @param label what the file is: "Audio"
 * @param source the value of its parameter `…Source`
 */
export function fileFieldName(label: string, source: string): string {
	return `${label} ${FIELDS[source] ?? 'Source'}`;
}

/**
 * Makes sure that an item gives a file.
 *
 * @param call the item
 * @param file what it is, and how its parameters begin
 * @param place the body's field that takes it
 * @throws EngineError naming the field that is empty
 */
export function checkFileGiven(call: Call, { label, prefix }: { label: string; prefix: string }, place: string): void {
	if (call.body[place] !== undefined) return;
	throw inputError(
		`'${fileFieldName(label, call.parameter(`${prefix}Source`, 'binary'))}' is empty`,
		`Give the ${label.toLowerCase()}. An expression that finds nothing gives an empty field.`,
	);
}
