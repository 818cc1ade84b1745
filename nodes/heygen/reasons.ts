/** Why something failed, wherever HeyGen or a proxy before it says so: as text, as a record, in lists, or as a number. */

/** What is known of a reason; both cut to a length that fits into a message. */
export interface Reason {
	message?: string;
	code?: string;
}

/** Characters of a reason that are shown. */
const MOST = 500;

/** How deep in records of records a reason is looked for. */
const DEPTH_MAX = 4;

/** Where records have words, the first that has some wins. Proxies and frameworks have their own names. */
const WORD_FIELDS = ['message', 'msg', 'failure_message', 'error_message', 'error', 'errors', 'detail', 'details', 'reason', 'description', 'text'];
const CODE_FIELDS = ['code', 'error_code', 'failure_code'];

/** Where a failed job may have its reason besides the fields that its kind names. */
const FAILURE_FIELDS = ['error', 'error_message', 'failure', 'failure_reason', 'reason', 'msg', 'message', 'detail', 'errors'];

/**
 * A text as messages show it.
 *
 * @param text of any length
 */
function cutText(text: string): string {
	const start = [...text.slice(0, 2 * MOST)].slice(0, MOST).join('');
	return start.length < text.length ? `${start}…` : text;
}

/**
 * The reason that a value tells.
 *
 * @param value a text, a code, a record of them, or a list
 */
export function reasonIn(value: unknown): Reason {
	return reasonAt(value, 0);
}

function reasonAt(value: unknown, depth: number): Reason {
	if (typeof value === 'string') return value.trim() === '' ? {} : { message: cutText(value) };
	if (typeof value === 'number' && Number.isFinite(value)) return { code: String(value) };
	if (typeof value !== 'object' || value === null || depth > DEPTH_MAX) return {};
	if (Array.isArray(value)) return allOf(value.slice(0, MOST).map((entry) => reasonAt(entry, depth + 1)));
	const record = value as Record<string, unknown>;
	const inner = WORD_FIELDS.map((field) => reasonAt(record[field], depth + 1));
	const message = inner.find((reason) => reason.message !== undefined)?.message;
	return { message, code: codeIn(record) ?? inner.find(({ code }) => code !== undefined)?.code };
}

function allOf(reasons: readonly Reason[]): Reason {
	const messages = reasons.flatMap(({ message }) => message ?? []);
	const code = reasons.find((reason) => reason.code !== undefined)?.code;
	return { message: messages.length === 0 ? undefined : cutText(messages.join('; ')), code };
}

/** A code is a word or a number. */
function codeIn(record: Record<string, unknown>, fields: readonly string[] = CODE_FIELDS): string | undefined {
	for (const field of fields) {
		const code = record[field];
		if (typeof code === 'string' && code.trim() !== '') return cutText(code);
		if (typeof code === 'number' && Number.isFinite(code)) return String(code);
	}
	return undefined;
}

/**
 * Why a job failed.
 *
 * @param record the job's record
 * @param kind names the fields of its kind that say so, which count first, and finds what says so otherwise
 */
export function failureIn(
	record: Record<string, unknown>,
	kind: {
		failureMessageFields: readonly string[];
		failureCodeFields: readonly string[];
		failureIn?: (record: Record<string, unknown>) => unknown;
	},
): Reason {
	const values = [...kind.failureMessageFields, ...FAILURE_FIELDS].map((field) => record[field]);
	const reasons = [...values, kind.failureIn?.(record)].map(reasonIn);
	return {
		message: reasons.find((reason) => reason.message !== undefined)?.message,
		code: codeIn(record, kind.failureCodeFields) ?? codeIn(record) ?? reasons.find(({ code }) => code !== undefined)?.code,
	};
}
