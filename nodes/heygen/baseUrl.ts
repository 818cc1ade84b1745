import { isLoopbackHost, parseUrl, plainHost } from './hosts';
import { trimBlank, trimEndOf } from './values/text';

/** Where HeyGen's API lives, and which other addresses a credential may name instead. */

/** HeyGen's API host (contract, `servers`). */
export const HEYGEN_BASE_URL = 'https://api.heygen.com';

/** Where HeyGen makes and lists API keys (https://developers.heygen.com/docs/api-key, "HeyGen API dashboard"). */
export const API_KEYS_PAGE = 'https://app.heygen.com/developers/api';

/** HeyGen's website and documents, which people paste for the API. */
const WEBSITES = ['heygen.com', 'www.heygen.com', 'app.heygen.com', 'docs.heygen.com', 'developers.heygen.com'];

/** HeyGen's hosts without what stands before them. Of others it cannot be told whether a key was pasted. */
const OWN_HOST = /^([a-z]+\.)?heygen\.com(\/|$)/i;

/** The API's version, which is part of every request's path already. */
const VERSION = /\/v\d$/i;

/**
 * Checks a credential's base URL and brings it to one form. Messages never repeat it: a key may have been pasted there.
 *
 * @param value what the user typed; empty means HeyGen's own address
 * @returns the URL without a trailing slash, and without the API's version at its end
 * @throws Error with a sentence for the user when it is no URL, or is plain http to anything but this machine
 *   (the API key would cross the network readable)
 */
export function normalizeBaseUrl(value: unknown): string {
	const text = trimBlank(typeof value === 'string' ? value : '');
	if (text === '' && (typeof value === 'string' || value === undefined || value === null)) return HEYGEN_BASE_URL;
	const url = parseUrl(OWN_HOST.test(text) ? `https://${text}` : text);
	if (url === undefined) {
		throw new Error(`The credential's 'Base URL' is not a valid address. Use ${HEYGEN_BASE_URL}.`);
	}
	const loopback = isLoopbackHost(url.hostname);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
		throw new Error(
			`The credential's 'Base URL' must start with https:// (http:// only for this machine itself). Use ${HEYGEN_BASE_URL}.`,
		);
	}
	if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
		throw new Error(
			"The credential's 'Base URL' must be a plain address without user name, query or fragment.",
		);
	}
	if (WEBSITES.includes(plainHost(url.hostname))) {
		throw new Error(`The credential's 'Base URL' is HeyGen's website, not its API. Use ${HEYGEN_BASE_URL}.`);
	}
	return trimEndOf(trimEndOf(`${url.origin}${url.pathname}`, '/').replace(VERSION, ''), '/');
}
