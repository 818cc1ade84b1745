/** HeyGen Usage in a real n8n: each way of billing, keys that may not read the account, and secrets. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { INodeParameters } from 'n8n-workflow';

import { node, type WorkflowJson } from './host/workflow';
import { HEYGEN, HEYGEN_USAGE, HEYGEN_VIDEO, LOOK, runNodes, startSuite, useSuite } from './support/suite';

jest.setTimeout(300_000);

const suite = useSuite(startSuite);

beforeEach(async () => {
	await suite.sandbox.reset();
});

async function run(parameters: INodeParameters, credential = suite.credential, items = [{}]) {
	const credentials = { heyGenSuiteApi: credential };
	const usage = node(HEYGEN, HEYGEN_USAGE, 1, parameters, { credentials });
	return await runNodes(suite, items, [usage]);
}

const GET = { resource: 'account', operation: 'get' };

it.each([
	['a wallet', { billing_type: 'wallet', wallet: { currency: 'credits', remaining_balance: 12.5, auto_reload: { enabled: true } } }, { billingType: 'wallet', balance: 12.5, currency: 'credits', autoReload: true, included: null, plan: null }],
	[
		'a subscription',
		{
			billing_type: 'subscription',
			wallet: null,
			subscription: { plan: 'pro', credits: { premium_credits: { remaining: 90, resets_at: '2026-12-01T00:00:00Z' }, add_on_credits: null } },
		},
		{ billingType: 'subscription', balance: 90, plan: 'pro', resetsAt: '2026-12-01T00:00:00.000Z', autoReload: null },
	],
	[
		'what is used',
		{ billing_type: 'usage_based', wallet: null, usage_based: { spending_current_usd: 100, spending_cap_usd: 5_000, included_credits: 600, remaining_credits: 599.7 } },
		{ billingType: 'usage_based', balance: 599.7, included: 600, used: 0.3, remaining: 599.7, cap: 5_000, plan: null },
	],
])('reads an account that is billed by %s', async (_how, account, expected) => {
	await suite.sandbox.configure({ account });
	const execution = await run(GET);
	expect(execution.items(HEYGEN).map(({ json }) => json)).toEqual([expect.objectContaining(expected)]);
});

it('estimates scripts, forecasts a bill and checks a budget', async () => {
	await suite.sandbox.configure({ account: { billing_type: 'wallet', wallet: { currency: 'credits', remaining_balance: 10, auto_reload: null } } });
	const credentials = { heyGenSuiteApi: suite.credential };
	const usage = (name: string, parameters: INodeParameters) => node(name, HEYGEN_USAGE, 1, { resource: 'cost', ...parameters }, { credentials });
	const items = ['Welcome to our spring sale, with half prices on everything.', 'Hello'].map((script) => ({ script }));
	const execution = await runNodes(suite, items, [
		usage('Estimate', { operation: 'estimate', script: '={{ $json.script }}' }),
		usage('Budget', { operation: 'checkBudget', credits: '={{ $json.credits }}', minimumBalance: 9.4 }),
		usage('Total', { operation: 'estimate', durationSource: 'seconds', durationSeconds: 60, output: 'total' }),
		usage('Bill', { operation: 'forecast', usedSeconds: 700_000 }),
	]);
	expect(execution.error).toBeUndefined();
	const jsonOf = (name: string) => execution.items(name).map(({ json }) => json);
	const [long, short] = jsonOf('Estimate');
	expect(long).toMatchObject({ language: 'en', usd: null, formula: expect.stringContaining('words at') as unknown });
	expect(Number(long?.credits)).toBeGreaterThan(Number(short?.credits));
	expect(jsonOf('Budget')).toMatchObject([{ withinBudget: true, balance: 10 }, { withinBudget: true, balance: 10 }]);
	expect(jsonOf('Total')).toMatchObject([{ credits: 12, items: 2 }]);
	expect(jsonOf('Bill')).toMatchObject([{ overageSeconds: 100_000, overageUsd: 833, totalUsd: 5_833 }]);
	expect((await suite.sandbox.requests()).map(({ path }) => path)).toEqual(['/v3/users/me']);
});

it('names the scope that a key lacks', async () => {
	const credential = await suite.n8n.client.createCredential({
		name: 'Without scope',
		type: 'heyGenSuiteApi',
		data: { apiKey: 'sandbox-key-no-account-scope', baseUrl: suite.sandbox.url },
	});
	const execution = await run(GET, credential);
	expect(execution.status).toBe('error');
	expect(execution.error).toMatch(/account:read/);
});

it('hands the secret of an endpoint to the next node, and logs it nowhere', async () => {
	const credentials = { heyGenSuiteApi: suite.credential };
	const create: INodeParameters = { resource: 'webhookEndpoint', operation: 'create', url: 'https://example.com/heygen' };
	const rotate: INodeParameters = { resource: 'webhookEndpoint', operation: 'rotateSecret', endpointId: '={{ $json.endpoint_id }}' };
	const jsCode = 'return { json: { endpoint_id: $json.endpoint_id, length: $json.secret.length } };';
	const execution = await runNodes(suite, [{}], [
		node('Create', HEYGEN_USAGE, 1, create, { credentials }),
		node('Keep', 'n8n-nodes-base.code', 2, { jsCode, mode: 'runOnceForEachItem' }),
		node('Rotate', HEYGEN_USAGE, 1, rotate, { credentials }),
	]);
	expect(execution.error).toBeUndefined();
	const secrets = ['Create', 'Rotate'].map((name) => String(execution.items(name)[0]?.json.secret));
	expect(new Set(secrets).size).toBe(2);
	expect(execution.items('Keep')[0]?.json).toMatchObject({ length: secrets[0]?.length });
	for (const secret of secrets) {
		expect(secret).toMatch(/^whsec_/);
		expect(suite.n8n.logTail()).not.toContain(secret);
	}
});

it('the example makes the videos that the balance pays for, and no others', async () => {
	const example = JSON.parse(await readFile(path.join(__dirname, '../../examples/within-budget.json'), 'utf8')) as WorkflowJson;
	for (const one of example.nodes) {
		if (one.credentials !== undefined) one.credentials = { heyGenSuiteApi: suite.credential };
		if (one.type === HEYGEN_VIDEO) Object.assign(one.parameters, { avatarId: { __rl: true, mode: 'id', value: LOOK }, voiceId: '' });
	}
	await suite.sandbox.configure({
		account: { billing_type: 'wallet', wallet: { currency: 'credits', remaining_balance: 11, auto_reload: null } },
		jobSeconds: 0.1,
		jobQueueSeconds: 0,
	});
	const startNode = example.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger')?.name as string;
	const execution = await suite.n8n.client.runWorkflow(example, { startNode });
	expect(execution.error).toBeUndefined();
	const within = execution.items('Check Budget').map(({ json }) => json.withinBudget);
	const [made, left] = ['HeyGen Video', 'Too Little Left'].map((name) => execution.items(name));
	// The three scripts cost about half a credit each, and one credit may be spent.
	expect(within).toHaveLength(3);
	expect(new Set(within)).toEqual(new Set([true, false]));
	expect(made).toHaveLength(within.filter((fits) => fits === true).length);
	expect(left).toHaveLength(within.filter((fits) => fits === false).length);
	expect(made?.[0]?.json).toMatchObject({ title: 'Welcome', status: 'completed', cost: { usd: null } });
	expect((await suite.sandbox.stats()).videosCreated).toBe(made?.length);
});
