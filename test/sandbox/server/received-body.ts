/** What came in the body of an API request: JSON or the parts of a form, and what the log keeps of it. */
import type { MatchedOperation } from './contract';
import { ApiError } from './errors';
import { type FormPart, parseMultipart } from './multipart';

/** A request body: what it parsed to, or why it could not be used. */
export interface ReceivedBody {
	/** undefined when there was none, or when the operation takes no JSON. */
	json: unknown;
	/** Empty when the operation takes no form. */
	parts: readonly FormPart[];
	problem: ApiError | null;
}

const LOGGED_BODY_BYTES = 16_384;

const unusable = (message: string, param?: string): ReceivedBody => {
	const options = param === undefined ? {} : { param };
	const problem = new ApiError(400, 'invalid_parameter', message, options);
	return { json: undefined, parts: [], problem };
};

function receiveForm(raw: Buffer, contentType: string): ReceivedBody {
	if (!/^multipart\/form-data\b/i.test(contentType)) {
		return unusable('The body must be multipart/form-data', 'Content-Type');
	}
	const parts = parseMultipart(contentType, raw);
	return parts ? { json: undefined, parts, problem: null } : unusable('The body is not a valid form');
}

/** @param raw null when the body was too large. */
export function receive(
	raw: Buffer | null,
	matched: MatchedOperation | null,
	contentType = '',
): ReceivedBody {
	if (raw === null) {
		const problem = new ApiError(413, 'payload_too_large', 'The body is too large');
		return { json: undefined, parts: [], problem };
	}
	if (matched?.operation.formSchema) return receiveForm(raw, contentType);
	const nothing = { json: undefined, parts: [], problem: null };
	if (raw.length === 0 || !matched?.operation.bodySchema) return nothing;
	try {
		return { ...nothing, json: JSON.parse(raw.toString()) as unknown };
	} catch {
		return unusable('The body is not valid JSON');
	}
}

/** Bytes of the files in a form. */
export const fileBytesIn = ({ parts }: ReceivedBody): number =>
	parts.reduce((sum, { filename, data }) => sum + (filename === null ? 0 : data.length), 0);

/** What the request log keeps of a body: of a form, the facts about its parts instead of their bytes. */
export function loggedBody(raw: Buffer | null, { json, parts }: ReceivedBody): unknown {
	if (parts.length > 0) {
		const facts = parts.map(({ name, filename, contentType, data, sha256 }) => [
			name,
			{ filename, content_type: contentType, size_bytes: data.length, sha256 },
		]);
		return Object.fromEntries(facts) as unknown;
	}
	if (!raw || raw.length === 0 || raw.length > LOGGED_BODY_BYTES) return null;
	return json === undefined ? raw.toString() : json;
}
