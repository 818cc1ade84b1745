/** What a run may cost, in a real n8n: nothing is sent when it would cost more, and a dry run only reads. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { createAvatar, HEYGEN, heyGenNode, runNode, scripts, startSuite, type Suite, useSuite, withOwnSandbox } from './support/suite';

jest.setTimeout(300_000);

const suite = useSuite(startSuite);

/** Each item costs 6 credits. */
const minute = (options: INodeParameters) => createAvatar({ download: [], options: { expectedSeconds: 60, ...options } });

const balance = (remaining: number) => ({
	account: { billing_type: 'wallet', wallet: { currency: 'credits', remaining_balance: remaining, auto_reload: null } },
});

/** Requests by method and path. */
async function sent(own: Suite): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const { method, template } of await own.sandbox.requests()) {
		const name = `${method} ${template ?? ''}`;
		counts[name] = (counts[name] ?? 0) + 1;
	}
	return counts;
}

it('sends nothing when 50 items would cost more than the run may, and names the sum', async () => {
	await withOwnSandbox(suite, async (own) => {
		const execution = await runNode(own, scripts(50), heyGenNode(own, minute({ maximumCostPerRun: 299 })));
		expect(execution.status).toBe('error');
		expect(execution.error).toContain("The 50 items of this run would cost 300 credits, and 'Maximum Cost per Run' is 299 credits");
		expect(await sent(own)).toEqual({});
	});
});

it('sends what costs just as much as the run may, and nothing besides', async () => {
	await withOwnSandbox(suite, async (own) => {
		// The look of an avatar is read once before anything is paid for: that is another test's.
		const options = { maximumCostPerRun: 300, checkBeforePaying: false };
		const execution = await runNode(own, scripts(50), heyGenNode(own, { ...minute(options), waitForCompletion: false }));
		expect(execution.error).toBeUndefined();
		expect(await sent(own)).toEqual({ 'POST /v3/videos': 50 });
	});
});

it('reads the balance once a run, and sends nothing else when too little would be left', async () => {
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure(balance(305));
		const execution = await runNode(own, scripts(50), heyGenNode(own, minute({ minimumBalance: 10 })));
		expect(execution.error).toContain('the balance is 305 credits');
		expect(await sent(own)).toEqual({ 'GET /v3/users/me': 1 });
	});
});

it('a dry run hands on bodies and estimates, and only reads', async () => {
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure(balance(1_000));
		const execution = await runNode(own, scripts(3), heyGenNode(own, minute({ dryRun: true, minimumBalance: 10 })));
		const items = execution.items(HEYGEN).map(({ json }) => json);
		expect(items).toHaveLength(3);
		expect(items[2]).toMatchObject({ dryRun: true, body: { type: 'avatar', script: 'Hello number 2.' }, estimate: { credits: 6, seconds: 60 } });
		expect(await sent(own)).toEqual({ 'GET /v3/users/me': 1 });
	});
});

it('a finished video says what it has cost', async () => {
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ jobSeconds: 0.1, jobQueueSeconds: 0 });
		const execution = await runNode(own, scripts(1), heyGenNode(own, minute({})));
		const { duration, cost, estimate } = execution.items(HEYGEN)[0]?.json as { duration: number; cost: IDataObject; estimate: IDataObject };
		expect(cost).toMatchObject({ seconds: duration, usd: null });
		expect(estimate).toMatchObject({ credits: 6 });
	});
});
