import isPlainObject from 'lodash/isPlainObject';

/**
 * Names of fields that open something to whoever reads them: signing secrets of webhook endpoints (API reference, section
 * Webhooks), slots of uploads, and what other APIs call so. Addresses of files are not among them: they are what is put out.
 */
const SECRET_PART = /secret|password|credential|(api|private)_?key/i;
const SECRET_NAMES: ReadonlySet<string> = new Set(['authorization', 'upload_headers', 'upload_url', 'x-api-key']);

/** Tokens, but those of pages. */
const TOKEN = /(^|_)token$/i;
const PAGE_TOKEN = /^(next|page|prev|previous)_token$/i;

function isSecretField(name: string): boolean {
	if (SECRET_PART.test(name) || SECRET_NAMES.has(name.toLowerCase())) return true;
	return TOKEN.test(name) && !PAGE_TOKEN.test(name);
}

/**
 * Takes what nobody must read out of an answer.
 *
 * @param value any JSON
 * @returns a copy, and whether something is missing in it
 */
export function withoutSecrets(value: unknown): { value: unknown; isPartial: boolean } {
	let isPartial = false;
	const copied = (part: unknown): unknown => {
		if (Array.isArray(part)) return part.map(copied);
		if (!isPlainObject(part)) return part;
		const kept = Object.entries(part as object).filter(([name, content]) => {
			const isSecret = isSecretField(name) && content !== null && content !== '';
			isPartial ||= isSecret;
			return !isSecret;
		});
		return Object.fromEntries(kept.map(([name, content]) => [name, copied(content)]));
	};
	return { value: copied(value), isPartial };
}
