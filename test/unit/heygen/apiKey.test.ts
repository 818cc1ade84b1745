import { apiKeyState, NO_KEY_STATE } from '../../../nodes/heygen/apiKey';

const FIELDS = ['keyId', 'keyName', 'status', 'scopeMode', 'scopes', 'createdAt', 'updatedAt', 'expiresAt', 'expiresInSeconds', 'available'];

it('reads a key', () => {
	const data = {
		key_id: 'k1',
		key_name: 'n8n',
		status: 'active',
		scope_mode: 'custom',
		scopes: ['videos:read', 7, 'account:read'],
		created_at: 1_782_864_000,
		updated_at: '2026-07-02T10:00:00Z',
		expires_at: '1782950400',
		expires_in_seconds: '3600',
	};
	expect(apiKeyState(data)).toEqual({
		keyId: 'k1',
		keyName: 'n8n',
		status: 'active',
		scopeMode: 'custom',
		scopes: ['videos:read', 'account:read'],
		createdAt: '2026-07-01T00:00:00.000Z',
		updatedAt: '2026-07-02T10:00:00.000Z',
		expiresAt: '2026-07-02T00:00:00.000Z',
		expiresInSeconds: 3_600,
		available: true,
	});
});

it.each([{}, { key_id: null, scopes: null, expires_at: 0, expires_in_seconds: '' }, { key_id: {}, scopes: 'all', created_at: 'never', expires_at: -1 }])(
	'says null for what is not there: %j',
	(data) => {
		const read = apiKeyState(data);
		expect(Object.keys(read)).toEqual(FIELDS);
		const { available, ...rest } = read;
		expect([available, ...new Set(Object.values(rest))]).toEqual([true, null]);
	},
);

it('has the same fields where HeyGen tells nothing of keys, and says so', () => {
	expect(Object.keys(NO_KEY_STATE)).toEqual([...FIELDS, 'note']);
	const { available, note, ...rest } = NO_KEY_STATE;
	expect([available, ...new Set(Object.values(rest))]).toEqual([false, null]);
	expect(note).toMatch(/^This HeyGen .*\.$/);
});
