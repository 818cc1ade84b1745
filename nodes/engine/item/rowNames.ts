import { type EngineError, reworded } from '../basics/errors';
import type { SentField } from './parameters';

/** Rows that messages call by a name of their own: not 'Scenes → 3 → Script', but Scene 3: 'Script'. */

/** A list of such rows. */
export interface NamedRows {
	/** The list's display name: "Scenes". */
	readonly label: string;
	/** One row: "Scene". */
	readonly rowName: string;
	/** Where the list goes in the body. */
	readonly place: string;
}

/**
 * The lists of an operation whose rows have a name.
 *
 * @param fields the operation's
 */
export function namedRows(fields: readonly SentField[]): NamedRows[] {
	return fields.flatMap(({ label, rowName, to }) => (rowName === undefined || to === undefined ? [] : [{ label, rowName, place: to.property }]));
}

/**
 * An error with rows by their own names, in what it says and in what it advises.
 *
 * @param error any
 * @param lists those whose rows have one
 * @returns the error itself when it is about none of their rows
 */
export function withRowsNamed(error: EngineError, lists: readonly NamedRows[]): EngineError {
	const [message, advice] = [error.message, error.advice].map((text) => lists.reduce(renamed, text)) as [string, string];
	if (message === error.message && advice === error.advice) return error;
	return reworded(error, { message, advice });
}

/** A row's number and perhaps a field of it, behind the list's label. A message about a refusal of HeyGen's says "field" before. */
const ROW = /^ → ([\d,]{1,12})(?: → ([^']{1,200}))?'/;
const FIELD = '(field ';

/** A text with the rows of one list by their names. */
function renamed(text: string, { label, rowName }: NamedRows): string {
	const [first = '', ...parts] = text.split(`'${label}`);
	let told = first;
	for (const part of parts) {
		const [place, row, field] = ROW.exec(part) ?? [];
		if (place === undefined) {
			told += `'${label}${part}`;
			continue;
		}
		if (told.endsWith(FIELD)) told = `${told.slice(0, -FIELD.length)}(`;
		told += `${rowName} ${row}${field === undefined ? '' : `: '${field}'`}${part.slice(place.length)}`;
	}
	return told;
}
