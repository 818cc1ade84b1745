/** Answers of the operations on the account and its key. */
import { ApiError } from '../server/errors';
import { ACCOUNT_USERNAME } from '../server/keys';
import { type Handlers, ok } from '../server/operation';

const account = {
	username: ACCOUNT_USERNAME,
	email: 'sandbox@example.com',
	first_name: 'Sandy',
	last_name: 'Box',
	billing_type: 'wallet',
	subscription: null,
	usage_based: null,
};

const ACCOUNT_SCOPE = 'account:read';
/** What all keys may do besides. */
const SCOPES = ['videos:read', 'videos:write', 'translations:write', 'assets:write'];
/** Unix seconds: 1 July 2026. */
const KEY_MADE_AT = 1_782_864_000;

export const catalogueHandlers: Handlers = {
	'GET /v3/users/me': ({ world, key }) => {
		if (!key.mayReadAccount) {
			const message = `This API key lacks the scope ${ACCOUNT_SCOPE}`;
			throw new ApiError(403, 'insufficient_api_key_scope', message);
		}
		const autoReload = { enabled: false, threshold_usd: null, amount_usd: null };
		const balance = key.hasCredit ? 250 : 0;
		const wallet = { currency: 'usd', remaining_balance: balance, auto_reload: autoReload };
		return ok({ data: { ...account, wallet, ...world.config.account } });
	},

	'GET /v3/api_keys/self': ({ world, key }) => {
		if (!world.config.apiKeysSelf) throw new ApiError(404, 'not_found', 'No such operation: GET /v3/api_keys/self');
		const scopes = key.mayReadAccount ? [...SCOPES, ACCOUNT_SCOPE] : SCOPES;
		const data = {
			key_id: `key_${key.value}`,
			key_name: key.purpose,
			status: 'active',
			scope_mode: 'custom',
			scopes,
			created_at: KEY_MADE_AT,
			updated_at: KEY_MADE_AT,
			expires_at: null,
			expires_in_seconds: null,
		};
		return ok({ data });
	},
};
