import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
} from 'n8n-workflow';

import { Account, CREDENTIAL_NAME } from './account';
import type { Client, Connection } from './client';
import { clientWith } from './send';

/** Whatever n8n calls the package with outside of an item's request. */
export type NodeContext =
	| ILoadOptionsFunctions
	| IHookFunctions
	| IPollFunctions
	| IExecuteFunctions;

/** Milliseconds that HeyGen's limits may keep a request waiting that no item makes. */
export const PATIENCE = { editor: 20_000, trigger: 60_000 } as const;

/** How a client goes about its requests. */
type ClientManner = Pick<Connection, 'queueTimeout' | 'signal' | 'again' | 'urgent'>;

/**
 * The client of a picker in the editor, a hook of a trigger, or a trigger's execution.
 *
 * @param context what n8n called the node with
 * @param manner how it goes about its requests
 */
export async function nodeClient(context: NodeContext, manner: ClientManner): Promise<Client & { account: Account }> {
	const data = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL_NAME);
	const account = new Account(data, context.getNode().credentials?.[CREDENTIAL_NAME]);
	return { ...clientWith({ ...manner, ...accountConnection(context, account), transport: {} }), account };
}

/** The part of a client that depends on the key, which can change while the client is in use. */
export function accountConnection(
	context: IExecutePaginationFunctions | NodeContext,
	account: Account,
): Pick<Connection, 'account' | 'request' | 'renewKey'> {
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
