import isPlainObject from 'lodash/isPlainObject';
import { z } from 'zod';

import { FileToUpload, type FileUse } from '../fileUses';
import { readAddresses } from '../values/addresses';
import { readIds } from '../values/ids';
import { entriesOf } from '../values/lists';
import type { Reading } from '../values/reading';
import { assetInput } from './files';

/** A row, as its fields give it. */
interface Row {
	file?: unknown;
	url?: unknown;
	asset_id?: unknown;
}

/**
 * A list of files by rows, as `assetInput` takes each. A row holds one file or several, from one source.
 *
 * @param use what HeyGen takes the files for
 */
export function fileRows(use: FileUse) {
	const one = assetInput(use);
	return z.array(z.custom<Row>(isPlainObject)).transform((rows, context) =>
		rows.flatMap((row, index) => {
			const refuse = (message: string, ...place: string[]) => {
				// Fatal: what comes behind would take a list without this row for the user's.
				context.addIssue({ code: z.ZodIssueCode.custom, path: [index, ...place], message, fatal: true });
				return [];
			};
			const fields = Object.keys(row) as Array<keyof Row>;
			const [field, ...others] = fields;
			if (field === undefined || others.length > 0) return refuse('takes exactly one of a URL, an asset ID and a binary field');
			const { value: files = [], problem } = FILES_IN[field](row[field]);
			if (problem !== undefined) return refuse(problem, field);
			if (files.length === 0) return refuse('is empty', field);
			return files.flatMap((file) => {
				const read = one.safeParse({ [field]: file });
				return read.success ? [read.data] : refuse(read.error.issues[0]?.message ?? '', field);
			});
		}),
	);
}

/** How each field of a row holds several files. */
const FILES_IN: Record<keyof Row, (given: unknown) => Reading<unknown[]>> = {
	file: (given) => ({ value: given instanceof FileToUpload ? filesIn(given) : [given] }),
	url: readAddresses,
	asset_id: (given) => readIds(given, ['asset_id']),
};

/** The files of several binary fields; a whole `$binary` stands for all of its fields. */
function filesIn(file: FileToUpload): FileToUpload[] {
	const names = entriesOf(file.source, 'names').flatMap((entry) => (isBinaries(entry) ? Object.keys(entry) : [entry]));
	// A list of nothing is told as a field that is empty, when its file is looked for.
	return names.length === 0 ? [file] : names.map((name) => new FileToUpload(name, file.parameter));
}

function isBinaries(entry: unknown): entry is object {
	if (!isPlainObject(entry)) return false;
	const fields: unknown[] = Object.values(entry as object);
	return fields.length > 0 && fields.every((field) => isPlainObject(field) && typeof (field as { mimeType?: unknown }).mimeType === 'string');
}
