import { isLoopbackHost, parseUrl } from './hosts';

/** Where HeyGen's API lives, and which other addresses a credential may name instead. */

/** HeyGen's API host (contract, `servers`). */
export const HEYGEN_BASE_URL = 'https://api.heygen.com';

/**
 * Checks a credential's base URL and brings it to one form.
 *
 * @param value what the user typed; empty means HeyGen's own address
 * @returns the URL without a trailing slash
 * @throws Error with a sentence for the user when it is no URL, or is plain http to anything but this machine
 *   (the API key would cross the network readable)
 */
export function normalizeBaseUrl(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') return HEYGEN_BASE_URL;
	const url = parseUrl(text);
	if (url === undefined) {
		throw new Error(
			`The credential's 'Base URL' is not a valid address: "${text}". Use ${HEYGEN_BASE_URL}.`,
		);
	}
	const loopback = isLoopbackHost(url.hostname);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
		throw new Error(
			`The credential's 'Base URL' must start with https:// (http:// only for this machine itself), but it is "${text}".`,
		);
	}
	if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
		throw new Error(
			"The credential's 'Base URL' must be a plain address without user name, query or fragment.",
		);
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
