import { timeMs } from './records';
import { readNumber, readText } from './values/plain';

/** The API key itself as `GET /v3/api_keys/self` tells it (API reference, section Scoped API keys). */

/** A key, in the same fields always. Null stands for whatever HeyGen does not say. */
export type ApiKeyState = {
	keyId: string | null;
	keyName: string | null;
	status: string | null;
	/** `custom` for a key that has only the scopes listed. */
	scopeMode: string | null;
	scopes: string[] | null;
	/** ISO 8601, like the other times. */
	createdAt: string | null;
	updatedAt: string | null;
	expiresAt: string | null;
	expiresInSeconds: number | null;
	/** Whether HeyGen tells anything of keys. */
	available: boolean;
	/** Why it does not. */
	note?: string;
};

/**
 * Reads a key.
 *
 * @param data `data` of the answer
 */
export function apiKeyState(data: Record<string, unknown>): ApiKeyState {
	const { scopes } = data;
	return {
		keyId: textOf(data.key_id),
		keyName: textOf(data.key_name),
		status: textOf(data.status),
		scopeMode: textOf(data.scope_mode),
		scopes: Array.isArray(scopes) ? scopes.filter((scope): scope is string => typeof scope === 'string') : null,
		createdAt: timeOf(data.created_at),
		updatedAt: timeOf(data.updated_at),
		expiresAt: timeOf(data.expires_at),
		expiresInSeconds: readNumber(data.expires_in_seconds).value ?? null,
		available: true,
	};
}

/** What is put out where HeyGen does not have the endpoint. */
export const NO_KEY_STATE: ApiKeyState = {
	...apiKeyState({}),
	available: false,
	note: 'This HeyGen does not tell anything of API keys. The key itself is accepted where other operations work.',
};

function textOf(value: unknown): string | null {
	return readText(value).value ?? null;
}

function timeOf(value: unknown): string | null {
	const time = timeMs(value);
	return time === undefined ? null : new Date(time).toISOString();
}
