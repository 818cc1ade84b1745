import { trimEndOf } from './values/text';

/**
 * Reads an address. Not `URL.canParse`, which in Node.js 20 comes to refuse addresses with letters such as "ü" once it is
 * called often.
 *
 * @param text any text
 * @returns undefined when it is no address
 */
export function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

const LOOPBACK_HOST = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether a host is this machine itself.
 *
 * @param hostname as `URL` gives it
 */
export function isLoopbackHost(hostname: string): boolean {
	return LOOPBACK_HOST.test(hostname);
}

/** Ends of names that no public name has (RFC 6761, 6762, 8375, 9476 and what routers and offices use). */
const PRIVATE_NAME = /\.(localhost|localdomain|local|internal|intranet|private|lan|home|corp|home\.arpa|test|invalid)$/;

/** Addresses of version 6 that lead somewhere (RFC 4291), but for documentation, Teredo and 6to4. */
const PUBLIC_IPV6 = /^\[(?!2001:(db8:|0?:)|2002:)[23][0-9a-f]{3}:/;

/**
 * Whether nobody, or only this machine or its network, knows a host (RFC 6890 for addresses).
 *
 * @param hostname as `URL` gives it
 */
export function isPrivateHost(hostname: string): boolean {
	const host = plainHost(hostname);
	if (host.startsWith('[')) return !PUBLIC_IPV6.test(host);
	const ip = /^(\d+)\.(\d+)\.(\d+)\.\d+$/.exec(host);
	if (ip === null) return !host.includes('.') || PRIVATE_NAME.test(host);
	const [a, b, c] = [Number(ip[1]), Number(ip[2]), Number(ip[3])];
	return (
		[0, 10, 127].includes(a) ||
		a >= 224 ||
		(a === 169 && b === 254) ||
		(a === 172 && b >= 16 && b < 32) ||
		(a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)))) ||
		(a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
		(a === 203 && b === 0 && c === 113) ||
		(a === 100 && b >= 64 && b < 128)
	);
}

/**
 * A host's name in lower case and without the dots that may end it.
 *
 * @param hostname as `URL` gives it
 */
export function plainHost(hostname: string): string {
	return trimEndOf(hostname.toLowerCase(), '.');
}
