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

/**
 * Whether only this machine or its network know a host (RFC 6761, 6762, 1918, 3927, 4193, 4291, 6598).
 *
 * @param hostname as `URL` gives it
 */
export function isPrivateHost(hostname: string): boolean {
	const host = hostname.toLowerCase().replace(/\.$/, '');
	if (host.startsWith('[')) return /^\[(::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*|::ffff:.*)\]$/.test(host);
	const ip = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host);
	if (ip === null) return !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(host);
	const [a, b] = [Number(ip[1]), Number(ip[2])];
	return (
		[0, 10, 127].includes(a) ||
		(a === 169 && b === 254) ||
		(a === 172 && b >= 16 && b < 32) ||
		(a === 192 && b === 168) ||
		(a === 100 && b >= 64 && b < 128)
	);
}
