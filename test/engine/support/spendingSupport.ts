/** What the tests of costs share: creates that cost 6 credits an item, and the account that pays. */
import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import type { RunResult } from './harness';
import { avatar, manyScripts, runVideo, type VideoRunOptions } from './support';

/** The request that reads the balance. */
export const ACCOUNT = 'GET /v3/users/me';

/** A create of which each item costs 6 credits: a minute of Avatar IV. */
export function minute(options: INodeParameters, more: INodeParameters = {}): INodeParameters {
	return avatar({ ...more, options: { expectedSeconds: 60, ...options } });
}

/** Creates of 6 credits each, in a sandbox; one that asks for it, and whose account it is. */
export function spendingIn(sandbox: () => Sandbox) {
	return {
		/** Runs so many items with these options. */
		run: async (options: INodeParameters, count: number, settings: VideoRunOptions = {}): Promise<RunResult> =>
			await runVideo(sandbox(), 'createAvatar', minute(options), { items: manyScripts(count), ...settings }),
		/** Requests in all. */
		sent: () => sandbox().stats().requestsTotal,
		created: () => sandbox().stats().videosCreated,
		/** Gives the account a balance. */
		balance: (remaining: number | null, currency = 'credits') =>
			sandbox().configure({ account: { billing_type: 'wallet', wallet: { currency, remaining_balance: remaining, auto_reload: null } } }),
	};
}
