/** Reads bodies of the type multipart/form-data. */
import { createHash } from 'node:crypto';

export interface FormPart {
	name: string;
	/** null for a field that is no file. */
	filename: string | null;
	/** What the sender says it is; null when it says nothing. */
	contentType: string | null;
	data: Buffer;
	/** In hex. */
	sha256: string;
}

const END_OF_HEADERS = '\r\n\r\n';

/** @returns the boundary a multipart body was announced with; null for a body of any other type. */
function boundaryOf(contentType: string): string | null {
	if (!/^multipart\/form-data\s*;/i.test(contentType)) return null;
	const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? [];
	return quoted ?? plain ?? null;
}

/** One parameter of a Content-Disposition; quotes inside arrive as `%22` or behind a backslash. */
function parameterOf(disposition: string, name: string): string | null {
	const [, value] = new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(disposition) ?? [];
	return value === undefined ? null : value.replace(/\\(["\\])/g, '$1').replace(/%22/g, '"');
}

function partOf(headers: string, data: Buffer): FormPart | null {
	const valueOf = (name: string): string | null =>
		new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(headers)?.[1]?.trim() ?? null;
	const disposition = valueOf('content-disposition') ?? '';
	const name = /^form-data\s*;/i.test(disposition) ? parameterOf(disposition, 'name') : null;
	if (name === null) return null;
	return {
		name,
		filename: parameterOf(disposition, 'filename'),
		contentType: valueOf('content-type'),
		data,
		sha256: createHash('sha256').update(data).digest('hex'),
	};
}

/**
 * Cuts a body into its parts. Their data are views of the body, not copies.
 * @returns null when the content type or the body is not multipart/form-data.
 */
export function parseMultipart(contentType: string, body: Buffer): FormPart[] | null {
	const boundary = boundaryOf(contentType);
	if (boundary === null) return null;
	const parts: FormPart[] = [];
	const delimiter = `--${boundary}`;
	let at = body.indexOf(delimiter);
	while (at >= 0) {
		const start = at + delimiter.length;
		const follows = body.toString('latin1', start, start + 2);
		if (follows === '--') return parts;
		const headersEnd = body.indexOf(END_OF_HEADERS, start);
		const dataStart = headersEnd + END_OF_HEADERS.length;
		const dataEnd = body.indexOf(`\r\n${delimiter}`, dataStart);
		if (follows !== '\r\n' || headersEnd < 0 || dataEnd < 0) return null;
		const part = partOf(body.toString('utf8', start, headersEnd), body.subarray(dataStart, dataEnd));
		if (!part) return null;
		parts.push(part);
		at = dataEnd + 2;
	}
	return null;
}
