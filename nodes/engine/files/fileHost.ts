import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { causeOf, EngineError } from '../basics/errors';
import { settle } from '../basics/settle';
import { pause, timing } from '../basics/timing';
import type { FileStore } from '../item/call';
import { hasLostTrack } from '../request/judgeReply';
import { retryAfterMs, retryPause } from '../request/retryPause';
import { failureWords, isMisdirected, networkFailure } from '../request/wire';

/** What one try at the file host came to. */
export type HostOutcome<T> =
	| { done: T }
	| { reason: string; again: boolean; expired: boolean; retryAfter?: number };

/** A transfer from or to the storage behind presigned URLs. The API key is not sent there. */
export interface Transfer<T> {
	/** One try. */
	once: () => Promise<HostOutcome<T>>;
	/** After the URL has expired: makes the next try use a new one, or finds that nothing is left to do. */
	renew: () => Promise<{ done: T } | undefined>;
	/** How often that is tried; once unless told otherwise. */
	renewals?: number;
	/** The error for a transfer that does not come about. */
	failed: (reason: string) => EngineError;
}

/**
 * Tries a transfer until it is done: again after failures on the wire and of the host, with a new URL when it expired.
 *
 * @param files where from
 * @param transfer what to do
 * @throws the transfer's `failed`; what a try throws for other reasons than the wire; the cancel signal's reason
 */
export async function transferred<T>(files: FileStore, transfer: Transfer<T>): Promise<T> {
	const { signal } = files.client;
	let renewals = transfer.renewals ?? 1;
	for (let attempt = 0; ; attempt++) {
		signal?.throwIfAborted();
		const outcome = await tried(files, transfer);
		if ('done' in outcome) return outcome.done;
		if (outcome.expired && renewals > 0) {
			renewals--;
			const renewed = await settle(transfer.renew());
			if (renewed.ok && renewed.value !== undefined) return renewed.value.done;
			if (renewed.ok) continue;
			signal?.throwIfAborted();
			// The old URL may do as well.
			if (!outcome.again) throw renewed.error;
		}
		if (!outcome.again || attempt >= timing.retryCount) throw transfer.failed(outcome.reason);
		await pause(retryPause(attempt, outcome.retryAfter), signal);
	}
}

async function tried<T>(files: FileStore, { once }: Transfer<T>): Promise<HostOutcome<T>> {
	const result = await settle(once());
	if (result.ok) return result.value;
	files.client.signal?.throwIfAborted();
	const code = networkFailure(result.error);
	if (code === undefined) throw causeOf(result.error);
	// A fresh URL may lead to the file.
	const isElsewhere = isMisdirected(code);
	return { reason: failureWords(code), again: !isElsewhere, expired: isElsewhere };
}

/**
 * Sends one request to the file host, without the API key.
 *
 * @param files where from; its proxy, TLS and time-out settings are kept
 * @param options the rest of the request
 */
export async function askFileHost(
	files: FileStore,
	options: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse> {
	const { timeout, proxy, skipSslCertificateValidation } = files.client.transport;
	return (await files.helpers.httpRequest({
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		abortSignal: files.client.signal,
		...options,
		...(timeout === undefined ? {} : { timeout }),
		...(proxy === undefined ? {} : { proxy }),
		...(skipSslCertificateValidation === undefined ? {} : { skipSslCertificateValidation }),
	})) as IN8nHttpFullResponse;
}

/**
 * The code in the answer of S3, or of a storage that speaks its protocol ("AccessDenied").
 *
 * @param text the answer's body
 * @returns empty for none
 */
export function codeIn(text: string): string {
	const code = text.split('<Code>', 2)[1]?.split('</Code>', 1)[0] ?? '';
	return /^\w{1,60}$/.test(code) ? code : '';
}

/** Codes with which S3 and such storages say that a URL, or the key that signed it, is no longer good. */
const OVER = /^(Expired\w*|RequestExpired|AccessDenied|InvalidToken|TokenRefreshRequired|AuthenticationFailed)$/;

/**
 * Judges an answer of the file host that is no success.
 *
 * @param reply the answer
 * @param said the host's own words; empty for none
 */
export function hostRefusal(
	reply: Pick<IN8nHttpFullResponse, 'statusCode' | 'headers'>,
	said = '',
): HostOutcome<never> {
	const { statusCode, headers } = reply;
	return {
		reason: `the file host answered with HTTP status ${statusCode}${said === '' ? '' : ` (${said})`}`,
		again: statusCode >= 500 || statusCode === 429 || hasLostTrack(statusCode),
		expired: [401, 403, 404, 410].includes(statusCode) || OVER.test(said),
		retryAfter: retryAfterMs(headers['retry-after'], headers.date),
	};
}
