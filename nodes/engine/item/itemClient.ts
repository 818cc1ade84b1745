import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { readNumber } from '../../heygen/values/plain';
import { Account } from '../request/account';
import type { Client } from '../request/client';
import { accountConnection } from '../request/nodeClient';
import { clientWith } from '../request/send';
import { taken } from './given';
import { parallelOf, type Run } from './run';

/** n8n's own default when the user sets no time-out in the request options (routing-node of n8n-core). */
const N8N_DEFAULT_TIMEOUT = 300_000;

/** Minutes a request may wait in the gate unless the user says otherwise. */
export const QUEUE_TIMEOUT_MINUTES = 60;

/**
 * The client of one item of a run.
 *
 * @param context the item's context
 * @param run its run
 * @param account whose key it uses
 * @param options the item's `options` collection
 * @param request the request n8n has built for the item; its proxy, TLS, domain and time-out settings are kept
 */
export function itemClient(
	context: IExecutePaginationFunctions,
	run: Run,
	account: Account,
	options: IDataObject,
	request: DeclarativeRestApiSettings.ResultOptions['options'],
): Client {
	const { proxy, skipSslCertificateValidation, allowedDomains, timeout } = request;
	const transport: Partial<IHttpRequestOptions> = {};
	if (proxy !== undefined) transport.proxy = proxy;
	if (skipSslCertificateValidation !== undefined) {
		transport.skipSslCertificateValidation = Boolean(skipSslCertificateValidation);
	}
	if (allowedDomains !== undefined) transport.allowedDomains = allowedDomains;
	if (timeout !== undefined && timeout !== N8N_DEFAULT_TIMEOUT) transport.timeout = timeout;
	const given = taken('Queue Timeout (Minutes)', readNumber(options.queueTimeoutMinutes, { above: 0 }));
	return clientWith({
		...accountConnection(context, account),
		line: run.line,
		most: parallelOf(options),
		queueTimeout: (given ?? QUEUE_TIMEOUT_MINUTES) * 60_000,
		// One for each item: Node.js warns when many wait on one signal.
		signal: AbortSignal.any([run.stop.signal]),
		transport,
	});
}
