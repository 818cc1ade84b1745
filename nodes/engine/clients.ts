import type {
	DeclarativeRestApiSettings,
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
} from 'n8n-workflow';

import { readNumber } from '../heygen/values/plain';
import { Account, CREDENTIAL_NAME } from './accounts';
import { taken } from './given';
import type { Client } from './http';
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
	return {
		...accountClient(context, account),
		line: run.line,
		most: parallelOf(options),
		queueTimeout: (given ?? QUEUE_TIMEOUT_MINUTES) * 60_000,
		// One for each item: Node.js warns when many wait on one signal.
		signal: AbortSignal.any([run.stop.signal]),
		transport,
	};
}

/** Whatever n8n calls the package with outside of an item's request. */
export type NodeContext =
	| ILoadOptionsFunctions
	| IHookFunctions
	| IPollFunctions
	| IExecuteFunctions;

/** Milliseconds that HeyGen's limits may keep a request waiting that no item makes. */
export const PATIENCE = { editor: 20_000, trigger: 60_000 } as const;

/** How a client goes about its requests. */
type ClientManner = Pick<Client, 'queueTimeout' | 'signal' | 'again' | 'urgent'>;

/**
 * The client of a picker in the editor, a hook of a trigger, or a trigger's execution.
 *
 * @param context what n8n called the node with
 * @param manner how it goes about its requests
 */
export async function nodeClient(context: NodeContext, manner: ClientManner): Promise<Client> {
	const data = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL_NAME);
	const account = new Account(data, context.getNode().credentials?.[CREDENTIAL_NAME]);
	return { ...manner, ...accountClient(context, account), transport: {} };
}

/** The part of a client that depends on the key, which can change while the client is in use. */
function accountClient(
	context: IExecutePaginationFunctions | NodeContext,
	account: Account,
): Pick<Client, 'account' | 'request' | 'renewKey'> {
	return {
		account,
		request: async (options) => {
			const caller = endedBy(context, options.abortSignal as AbortSignal | undefined);
			return (await context.helpers.httpRequestWithAuthentication.call(caller, CREDENTIAL_NAME, options, {
				credentialsDecrypted: account.credential,
			})) as IN8nHttpFullResponse;
		},
		renewKey: async (refused) =>
			await account.renewed(
				refused,
				async () => await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL_NAME),
			),
	};
}

/**
 * A context whose requests end with a signal as well. The request helper puts the cancel signal of its context in place of
 * the request's own (n8n-core 2.41, httpRequestWithAuthentication).
 */
function endedBy<C extends IExecutePaginationFunctions | NodeContext>(context: C, signal: AbortSignal | undefined): C {
	if (signal === undefined || !('getExecutionCancelSignal' in context)) return context;
	const cancel = context.getExecutionCancelSignal();
	const either = cancel === undefined ? signal : AbortSignal.any([cancel, signal]);
	return Object.create(context, { getExecutionCancelSignal: { value: () => either } }) as C;
}
