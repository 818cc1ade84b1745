import { EngineError } from '../basics/errors';

/** Failures on the wire: requests that got no answer, or one that cannot be read. */

/**
 * OpenSSL's reasons not to take a certificate, as Node.js names them. Not all that names SSL or TLS: a record that arrives
 * damaged says nothing of the certificate, and may not be damaged again.
 */
const CERTIFICATE = /CERT|CRL|SELF_SIGNED|UNABLE_TO_VERIFY|^(INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/;
const WIRE_FAILURE = /^(ECONN|HPE_|ETIMEDOUT|EPIPE|EPROTO|EHOST|ENET|ENOTFOUND|EAI_|ERR_(BAD_RESPONSE|NETWORK|TLS|SSL|STREAM))/;

/** Codes of Node.js for an answer that cannot be decoded: zlib's, and those of Brotli and Zstandard. */
const UNDECODABLE = /^(Z_|ERR_(_ERROR|BROTLI|ZLIB|ZSTD)|ZSTD_)/;

/** Codes of redirects that lead nowhere (follow-redirects, which the request helper uses). */
const MISDIRECTED = /^ERR_FR_/;

/** Stands for the code of a request that went out and failed in a way that names no code. */
const UNNAMED = 'ERR_NETWORK';

/**
 * The code of a failure on the wire ("ECONNRESET"), or of an answer that cannot be decoded ("Z_DATA_ERROR"). Whatever else
 * fails once a request is under way counts as one too: nobody knows what has become of the request.
 *
 * @param error what n8n's request helpers or its binary store threw
 * @returns undefined when it was something else: a bad credential, a forbidden domain, a full disk, an unreadable file
 */
export function networkFailure(error: unknown): string | undefined {
	const errors = causesOf(error);
	// A body that could not be read has cut its request short, and says itself what was wrong.
	if (errors.some((inner) => inner instanceof EngineError)) return undefined;
	const found = errors.map(codeOf).find((code) => [WIRE_FAILURE, CERTIFICATE, UNDECODABLE, MISDIRECTED].some((known) => known.test(code)));
	if (found !== undefined) return found;
	return errors.some(wasUnderWay) ? UNNAMED : undefined;
}

/** An error and what caused it, the outermost first. */
function causesOf(error: unknown): Wrapped[] {
	const errors: Wrapped[] = [];
	let inner = error as Wrapped | null | undefined;
	while (typeof inner === 'object' && inner !== null && errors.length < DEPTH_MAX) {
		errors.push(inner);
		inner = inner.cause;
	}
	return errors;
}

function codeOf({ code }: Wrapped): string {
	return typeof code === 'string' ? code : '';
}

/** An error of the request helper (axios) names the request once there is one. */
function wasUnderWay({ isAxiosError, request, response }: Wrapped): boolean {
	return isAxiosError === true && (request != null || response != null);
}

/**
 * What OpenSSL says of a handshake that fails: the other side speaks no TLS, or other versions and ciphers of it, or wants
 * a certificate of ours. Node.js calls that EPROTO while the handshake goes on.
 */
const NO_HANDSHAKE = /wrong version number|protocol version|unsupported protocol|handshake failure|unrecognized name/;

function isBeforeTls({ code, message = '' }: Wrapped): boolean {
	return message.includes('before secure TLS connection') || (code === 'EPROTO' && NO_HANDSHAKE.test(message));
}

/** Failures that come before anything is sent: no address, nobody there, a certificate that is not accepted. */
const UNSENT = /^(ECONNREFUSED|ENOTFOUND|EAI_)/;

/**
 * Whether a failure on the wire came before anything could be sent.
 *
 * @param error what n8n's request helper threw: the system's error is inside, for several addresses one of each
 * @param code its system code
 */
export function neverSent(error: unknown, code: string): boolean {
	if (UNSENT.test(code) || isCertificate(code)) return true;
	for (const inner of causesOf(error)) {
		if (inner.syscall === 'connect' || isBeforeTls(inner)) return true;
		if (inner.errors !== undefined && inner.errors.length > 0) {
			return inner.errors.every(({ syscall }) => syscall === 'connect');
		}
	}
	return false;
}

/** How deep errors are looked into for what caused them. */
const DEPTH_MAX = 5;

/** An error as Node.js, the request helper and n8n make them, each around the one before. */
interface Wrapped {
	message?: string;
	code?: unknown;
	syscall?: string;
	isAxiosError?: boolean;
	request?: unknown;
	response?: unknown;
	errors?: Wrapped[];
	cause?: Wrapped;
}

/** Whether a code is about the certificate: trying again does not help. */
export function isCertificate(code: string): boolean {
	return CERTIFICATE.test(code);
}

/** Words for a system code; the codes themselves must not be in messages, n8n replaces such messages. */
export function failureWords(code: string): string {
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') return 'no answer within the time-out';
	if (code === 'ECONNREFUSED') return 'the connection was refused';
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the host name could not be resolved';
	if (UNDECODABLE.test(code)) return 'the answer could not be decoded';
	if (isMisdirected(code)) return 'it was redirected in a circle, or to where no request can go';
	if (code === 'EPROTO') return 'no encrypted connection could be made';
	if (isCertificate(code)) return 'the TLS certificate was not accepted';
	return 'the connection was lost';
}

/**
 * Whether a failure is that of a redirect that leads nowhere.
 *
 * @param code as `networkFailure` gives it
 */
export function isMisdirected(code: string): boolean {
	return MISDIRECTED.test(code);
}
