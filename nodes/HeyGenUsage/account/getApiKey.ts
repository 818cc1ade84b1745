import type { Operation } from '../../declare/resource';
import { single } from '../../engine/operations/single';
import { sendingOptionsField } from '../../fields/sending';
import { apiKeyState, NO_KEY_STATE } from '../../heygen/apiKey';

/** `GET /v3/api_keys/self`. Not every HeyGen has it (API reference, section Scoped API keys). */
export const getApiKey: Operation = {
	value: 'getApiKey',
	name: 'Get API Key',
	action: 'Get API key',
	description: "Read the scopes and the expiry of the credential's API key, without the key itself",
	request: { method: 'GET', url: '/v3/api_keys/self' },
	run: single('get the API key', apiKeyState, NO_KEY_STATE),
	properties: [sendingOptionsField],
};
