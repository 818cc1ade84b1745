/** The API keys of the sandbox and what each of them may do. */
import { ApiError } from './errors';

/** Username of the account that all keys belong to. */
export const ACCOUNT_USERNAME = 'sandbox';

export interface ApiKey {
	/** The key itself; also the name under which requests and jobs are counted. */
	value: string;
	mayReadAccount: boolean;
	hasCredit: boolean;
	purpose: string;
}

/** The key with full access. */
export const FULL_KEY = 'sandbox-key';

/** Another key with full access. */
export const OTHER_KEY = 'sandbox-key-2';

export const apiKeys: readonly ApiKey[] = [
	{ value: FULL_KEY, mayReadAccount: true, hasCredit: true, purpose: 'full access' },
	{ value: OTHER_KEY, mayReadAccount: true, hasCredit: true, purpose: 'full access, with limits and jobs of its own' },
	{
		value: 'sandbox-key-no-account-scope',
		mayReadAccount: false,
		hasCredit: true,
		purpose: 'lacks the scope account:read',
	},
	{
		value: 'sandbox-key-no-credit',
		mayReadAccount: true,
		hasCredit: false,
		purpose: 'creating anything answers 402',
	},
];

const keyByValue = new Map(apiKeys.map((key) => [key.value, key]));

/**
 * Finds the key of a request.
 * @param header value of `x-api-key`; a bearer token is not looked at, as the sandbox has no OAuth.
 * @param revoked keys that were good once.
 * @throws ApiError 401 when the key is missing, unknown or revoked.
 */
export function authenticate(header: string | string[] | undefined, revoked: readonly string[]): ApiKey {
	const key = typeof header === 'string' ? keyByValue.get(header) : undefined;
	if (!key || revoked.includes(key.value)) throw new ApiError(401, 'unauthorized', 'The API key is missing or not valid');
	return key;
}
