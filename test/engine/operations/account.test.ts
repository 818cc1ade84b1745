/** What the account of a key says of itself: its balance in one form, and what the key may do. */
import type { IDataObject } from 'n8n-workflow';
import { sendAsIs, sendJson, usePlainServer } from '../support/plainServer';
import { errorOf, expectNoKey, jsonOf, linksOf, requestsTo, runVideo, useSandbox, useTiming } from '../support/support';
import { runUsage } from '../support/usageSupport';

useTiming();
const sandbox = useSandbox();
const server = usePlainServer();

const ME = 'GET /v3/users/me';
const SELF = 'GET /v3/api_keys/self';
const NO_SCOPE = { credentials: { apiKey: 'sandbox-key-no-account-scope' } };

const NULLS = {
	included: null,
	used: null,
	remaining: null,
	cap: null,
	plan: null,
	autoReload: null,
	autoReloadThresholdUsd: null,
	autoReloadAmountUsd: null,
	resetsAt: null,
	spendingCurrentUsd: null,
	premiumCredits: null,
	addOnCredits: null,
};
const WHO = { username: 'sandbox', email: 'sandbox@example.com', firstName: 'Sandy', lastName: 'Box' };

/** The account, which must be read well. */
async function account(items = 1): Promise<IDataObject[]> {
	const rows = Array.from({ length: items }, (_, row) => ({ json: { row } }));
	const result = await runUsage(sandbox(), 'account', 'get', {}, rows);
	expect(result.originalError).toBeUndefined();
	expect(linksOf(result)).toEqual(rows.map((_, row) => row));
	return jsonOf(result);
}

describe('an account', () => {
	it.each<[string, IDataObject, IDataObject]>([
		[
			'with a wallet',
			{ wallet: { currency: 'usd', remaining_balance: 12.5, auto_reload: { enabled: true, threshold_usd: 5, amount_usd: 20 } } },
			{ billingType: 'wallet', balance: 12.5, currency: 'usd', autoReload: true, autoReloadThresholdUsd: 5, autoReloadAmountUsd: 20 },
		],
		[
			'with a subscription',
			{
				billing_type: 'subscription',
				wallet: null,
				subscription: {
					plan: 'creator',
					credits: { premium_credits: { remaining: 90, resets_at: '2026-08-01T00:00:00Z' }, add_on_credits: { remaining: 10, resets_at: null } },
				},
			},
			{
				billingType: 'subscription',
				balance: 100,
				currency: 'credits',
				remaining: 100,
				plan: 'creator',
				resetsAt: '2026-08-01T00:00:00.000Z',
				premiumCredits: 90,
				addOnCredits: 10,
			},
		],
		[
			'billed by usage',
			{
				billing_type: 'usage_based',
				wallet: null,
				usage_based: { included_credits: 1_000, remaining_credits: 999.7, spending_cap_usd: 500, spending_current_usd: 12.25 },
			},
			{ billingType: 'usage_based', balance: 999.7, currency: 'credits', included: 1_000, used: 0.3, remaining: 999.7, cap: 500, spendingCurrentUsd: 12.25 },
		],
		['that says nothing of its billing', { billing_type: null, wallet: null }, { billingType: null, balance: null, currency: null }],
	])('%s is read into one item of the same fields', async (_what, data, expected) => {
		sandbox().configure({ account: data });
		const [read = {}] = await account();
		expect(read).toEqual({ ...WHO, ...NULLS, ...expected });
		expect(Object.keys(read)).toHaveLength(Object.keys({ ...WHO, ...NULLS }).length + 3);
	});

	it('is read for each item', async () => {
		expect(await account(3)).toEqual([0, 1, 2].map(() => expect.objectContaining({ balance: 250, currency: 'usd', autoReload: false })));
		expect(requestsTo(sandbox(), ME)).toHaveLength(3);
	});

	it('whose numbers come as text is read as well', async () => {
		server().answer = (_request, response) => sendJson(response, { data: { billing_type: 'wallet', wallet: { currency: 'USD', remaining_balance: '12.5' } } });
		const [read = {}] = jsonOf(await runUsage(server(), 'account', 'get'));
		expect(read).toMatchObject({ billingType: 'wallet', balance: 12.5, currency: 'usd', username: null });
	});

	it.each([['a list', [1]], ['nothing', null], ['a text', 'rich']])('that is %s instead of a record is an error', async (_what, data) => {
		server().answer = (_request, response) => sendJson(response, { data });
		const error = errorOf(await runUsage(server(), 'account', 'get'));
		expect(error.message).toMatch(/^Could not get the account: HeyGen's answer holds .* instead of a record/);
	});
});

describe('a key without the scope', () => {
	it('is told which one it lacks', async () => {
		const result = await runUsage(sandbox(), 'account', 'get', {}, undefined, NO_SCOPE);
		const error = errorOf(result);
		expect(error.message).toBe('Could not get the account: This API key lacks the scope account:read (item 1)');
		expect(error.description).toMatch(/^The API key lacks the scope account:read\. Create a key with that scope in HeyGen/);
		expect(error.httpCode).toBe('403');
		expectNoKey(result, 'sandbox-key');
	});

	it('is told so on the error output, though HeyGen names none', async () => {
		const body = { error: { code: 'INSUFFICIENT_API_KEY_SCOPE', message: 'Forbidden.' } };
		sandbox().addFault({ match: { path: '/v3/users/me' }, kind: 'answer', status: 403, body });
		const result = await runUsage(sandbox(), 'account', 'get', {}, undefined, { onError: 'continueErrorOutput' });
		expect(jsonOf(result, 1)[0]?.error).toBe('Could not get the account: Forbidden (the API key lacks the scope account:read) (item 1)');
		expect(requestsTo(sandbox(), ME)).toHaveLength(1);
	});

	it('is told the scope that HeyGen names by whatever operation needs it', async () => {
		const body = { error: { code: 'insufficient_api_key_scope', message: 'Missing required scope: videos:read' } };
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'answer', status: 403, body });
		const error = errorOf(await runVideo(sandbox(), 'getAll'));
		expect(error.message).toContain('videos:read');
		expect(error.description).toMatch(/^The API key lacks the scope videos:read\./);
	});

	it('can still be asked about itself', async () => {
		const [key = {}] = jsonOf(await runUsage(sandbox(), 'account', 'getApiKey', {}, undefined, NO_SCOPE));
		expect(key).toMatchObject({ available: true, scopes: expect.not.arrayContaining(['account:read']) as unknown });
	});
});

describe('an API key', () => {
	const NONE = {
		keyId: null,
		keyName: null,
		status: null,
		scopeMode: null,
		scopes: null,
		createdAt: null,
		updatedAt: null,
		expiresAt: null,
		expiresInSeconds: null,
		available: false,
		note: expect.stringMatching(/^This HeyGen does not tell anything of API keys/) as unknown,
	};

	it('is read without the key itself', async () => {
		const result = await runUsage(sandbox(), 'account', 'getApiKey');
		expect(jsonOf(result)).toEqual([
			{
				keyId: expect.any(String),
				keyName: 'full access',
				status: 'active',
				scopeMode: 'custom',
				scopes: expect.arrayContaining(['videos:write', 'account:read']),
				createdAt: '2026-07-01T00:00:00.000Z',
				updatedAt: '2026-07-01T00:00:00.000Z',
				expiresAt: null,
				expiresInSeconds: null,
				available: true,
			},
		]);
	});

	it('of a HeyGen that tells nothing of keys is no error', async () => {
		sandbox().configure({ apiKeysSelf: false });
		const result = await runUsage(sandbox(), 'account', 'getApiKey', {}, [{ json: {} }, { json: {} }]);
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result)).toEqual([NONE, NONE]);
		expect(linksOf(result)).toEqual([0, 1]);
		expect(requestsTo(sandbox(), SELF)).toHaveLength(2);
	});

	it.each([
		[404, ''],
		[405, ''],
		[405, '{"error":{"code":"method_not_allowed"}}'],
		[404, '{"detail":"Not Found"}'],
	])('is not told about by %d %j', async (status, body) => {
		server().answer = (_request, response) => sendAsIs(response, body, status, body === '' ? 'text/plain' : 'application/json');
		expect(jsonOf(await runUsage(server(), 'account', 'getApiKey'))).toEqual([NONE]);
		expect(server().requests).toHaveLength(1);
	});

	it.each([
		['a page', 404, '<html><body>Not found</body></html>', /web page came instead of HeyGen's answer/],
		['a text', 404, '404 page not found', /Base URL/],
		['a refusal', 403, '{"error":{"code":"forbidden","message":"No."}}', /scopes/],
	])('that %s stands before is an error', async (_what, status, body, says) => {
		server().answer = (_request, response) => sendAsIs(response, body, status, body.startsWith('{') ? 'application/json' : 'text/html');
		const error = errorOf(await runUsage(server(), 'account', 'getApiKey'));
		expect(error.message).toMatch(/^Could not get the API key: /);
		expect(error.description).toMatch(says);
	});
});

it('what is missing elsewhere is an error as before', async () => {
	server().answer = (_request, response) => sendAsIs(response, '', 404, 'text/plain');
	expect(errorOf(await runUsage(server(), 'account', 'get')).message).toMatch(/^Could not get the account: HTTP status 404/);
});
