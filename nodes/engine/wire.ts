/** Failures on the wire: requests that got no answer. */

const CERTIFICATE = /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY/;
const WIRE_FAILURE =
	/^(ECONN|HPE_|ETIMEDOUT|EPIPE|EPROTO|EHOST|ENET|ENOTFOUND|EAI_|ERR_(BAD_RESPONSE|NETWORK|TLS|SSL|STREAM))|CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

/**
 * The system's code of a failure on the wire ("ECONNRESET").
 *
 * @param error what n8n's request helpers or its binary store threw
 * @returns undefined when it was something else: a bad credential, a forbidden domain, a full disk
 */
export function networkFailure(error: unknown): string | undefined {
	const cause = (error as { cause?: unknown } | null | undefined)?.cause ?? error;
	const code = (cause as { code?: unknown } | null | undefined)?.code;
	return typeof code === 'string' && WIRE_FAILURE.test(code) ? code : undefined;
}

/** Failures that come before anything is sent: no address, nobody there, a certificate that is not accepted. */
const UNSENT = /^(ECONNREFUSED|ENOTFOUND|EAI_)|CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

/**
 * Whether a failure on the wire came before anything could be sent.
 *
 * @param error what n8n's request helper threw: the system's error is inside, for several addresses one of each
 * @param code its system code
 */
export function neverSent(error: unknown, code: string): boolean {
	if (UNSENT.test(code)) return true;
	for (let inner = error as Wrapped | undefined, depth = 0; inner != null && depth < 5; depth++) {
		if (inner.syscall === 'connect' || /before secure TLS connection/.test(inner.message ?? '')) return true;
		if (inner.errors !== undefined && inner.errors.length > 0) {
			return inner.errors.every(({ syscall }) => syscall === 'connect');
		}
		inner = inner.cause;
	}
	return false;
}

interface Wrapped {
	message?: string;
	syscall?: string;
	errors?: Wrapped[];
	cause?: Wrapped;
}

/** Whether a code is about the certificate or the encryption: trying again does not help. */
export function isCertificate(code: string): boolean {
	return CERTIFICATE.test(code);
}

/** Words for a system code; the codes themselves must not be in messages, n8n replaces such messages. */
export function failureWords(code: string): string {
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') return 'no answer within the time-out';
	if (code === 'ECONNREFUSED') return 'the connection was refused';
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the host name could not be resolved';
	if (isCertificate(code)) return 'the TLS certificate was not accepted';
	return 'the connection was lost';
}
