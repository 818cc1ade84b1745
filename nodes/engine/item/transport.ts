import {
	type DeclarativeRestApiSettings,
	getCredentialAllowedDomains,
	type IExecutePaginationFunctions,
	type IHttpRequestOptions,
} from 'n8n-workflow';

import { HEYGEN_BASE_URL } from '../../heygen/baseUrl';
import { parseUrl } from '../../heygen/hosts';
import { inputError } from '../basics/errors';
import type { Account } from '../request/account';

/** How requests travel, by n8n's Request Options and the credential. */
export type Transport = Partial<
	Pick<IHttpRequestOptions, 'proxy' | 'skipSslCertificateValidation' | 'allowedDomains' | 'timeout'>
>;

/** n8n's own default when the user sets no time-out in the request options (routing-node of n8n-core). */
const N8N_DEFAULT_TIMEOUT = 300_000;

/**
 * The transport that n8n's declarative engine has built for an item.
 *
 * @param options of the request
 */
export function builtTransport(options: DeclarativeRestApiSettings.ResultOptions['options']): Transport {
	const { proxy, skipSslCertificateValidation, allowedDomains, timeout } = options;
	return {
		...(proxy === undefined ? {} : { proxy }),
		...(skipSslCertificateValidation === undefined
			? {}
			: { skipSslCertificateValidation: Boolean(skipSslCertificateValidation) }),
		...(allowedDomains === undefined ? {} : { allowedDomains }),
		...(timeout === undefined || timeout === N8N_DEFAULT_TIMEOUT ? {} : { timeout }),
	};
}

/** n8n's Request Options of a declarative node. */
interface RequestOptions {
	proxy?: string;
	timeout?: number;
	allowUnauthorizedCerts?: boolean;
	batching?: { batch?: { batchSize?: number; batchInterval?: number } };
}

/** n8n's Request Options of an item. */
function requestOptionsOf(context: IExecutePaginationFunctions): RequestOptions {
	return (context.getNodeParameter('requestOptions', {}) ?? {}) as RequestOptions;
}

/**
 * The same as n8n's declarative engine would build.
 *
 * @param context the item
 * @param allowedDomains what `allowedDomainsOf` says of its account
 * @throws EngineError when the proxy is none
 */
export function itemTransport(context: IExecutePaginationFunctions, allowedDomains: string | undefined): Transport {
	const { proxy, timeout, allowUnauthorizedCerts } = requestOptionsOf(context);
	return {
		...(proxy ? { proxy: proxyAt(proxy) } : {}),
		...(allowUnauthorizedCerts ? { skipSslCertificateValidation: true } : {}),
		...(allowedDomains === undefined ? {} : { allowedDomains }),
		...(timeout ? { timeout } : {}),
	};
}

function proxyAt(address: string): NonNullable<Transport['proxy']> {
	const url = parseUrl(address);
	if (url === undefined || url.hostname === '') {
		throw inputError("'Proxy' in Request Options is no address", 'It looks like http://host:port or http://user:password@host:port.');
	}
	const protocol = url.protocol.replace(/:$/, '');
	return {
		host: url.hostname,
		port: Number(url.port || (protocol === 'https' ? 443 : 80)),
		protocol,
		...(url.username === ''
			? {}
			: { auth: { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) } }),
	};
}

/**
 * The domains that n8n's settings of a credential let it go to; HeyGen's is always among them.
 *
 * @param context any item of the run
 * @param account whose credential it is
 * @returns undefined when the credential may go anywhere
 * @throws n8n's error when it may go nowhere
 */
export function allowedDomainsOf(context: IExecutePaginationFunctions, account: Account): string | undefined {
	// Versions of n8n without such settings have no function for them.
	const allowed = getCredentialAllowedDomains as typeof getCredentialAllowedDomains | undefined;
	return allowed?.({
		node: context.getNode(),
		credentialData: account.credential.data ?? {},
		credentialOwnedSurface: true,
		nodeEndpointUrl: HEYGEN_BASE_URL,
	});
}

/** n8n's Batching: how many items start together, and the pause between two groups. */
export interface Batching {
	size: number;
	/** Milliseconds. */
	interval: number;
}

/**
 * n8n's Batching, as the first item has it.
 *
 * @param context any item of the run
 * @returns undefined when items are not started in groups with pauses between
 */
export function batchingOf(context: IExecutePaginationFunctions): Batching | undefined {
	const { batchSize, batchInterval } = requestOptionsOf(context).batching?.batch ?? {};
	if (!(Number(batchInterval) > 0)) return undefined;
	return { size: Number(batchSize) > 0 ? Number(batchSize) : 1, interval: Number(batchInterval) };
}
