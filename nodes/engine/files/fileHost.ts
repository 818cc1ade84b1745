import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { causeOf, EngineError } from '../errors';
import type { Caller } from '../operation';
import { retryAfterMs, retryPause } from '../retry';
import { settle } from '../settle';
import { pause, timing } from '../timing';
import { failureWords, networkFailure } from '../wire';

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
 * @param call who asks
 * @param transfer what to do
 * @throws the transfer's `failed`; what a try throws for other reasons than the wire; the cancel signal's reason
 */
export async function transferred<T>(call: Caller, transfer: Transfer<T>): Promise<T> {
	const { signal } = call.client;
	let renewals = transfer.renewals ?? 1;
	for (let attempt = 0; ; attempt++) {
		signal?.throwIfAborted();
		const outcome = await tried(call, transfer);
		if ('done' in outcome) return outcome.done;
		if (outcome.expired && renewals > 0) {
			renewals--;
			const over = await transfer.renew();
			if (over !== undefined) return over.done;
			continue;
		}
		if (!outcome.again || attempt >= timing.retryCount) throw transfer.failed(outcome.reason);
		await pause(retryPause(attempt, outcome.retryAfter), signal);
	}
}

async function tried<T>(call: Caller, { once }: Transfer<T>): Promise<HostOutcome<T>> {
	const result = await settle(once());
	if (result.ok) return result.value;
	call.client.signal?.throwIfAborted();
	const code = networkFailure(result.error);
	if (code === undefined) throw causeOf(result.error);
	return { reason: failureWords(code), again: true, expired: false };
}

/**
 * Sends one request to the file host, without the API key.
 *
 * @param call who asks; its proxy, TLS and time-out settings are kept
 * @param options the rest of the request
 */
export async function askFileHost(
	call: Caller,
	options: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse> {
	const { timeout, proxy, skipSslCertificateValidation } = call.client.transport;
	return (await call.context.helpers.httpRequest({
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		abortSignal: call.client.signal,
		...options,
		...(timeout === undefined ? {} : { timeout }),
		...(proxy === undefined ? {} : { proxy }),
		...(skipSslCertificateValidation === undefined ? {} : { skipSslCertificateValidation }),
	})) as IN8nHttpFullResponse;
}

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
		again: statusCode >= 500 || statusCode === 429,
		expired: [401, 403, 404, 410].includes(statusCode) || said === 'ExpiredToken',
		retryAfter: retryAfterMs(headers['retry-after']),
	};
}
