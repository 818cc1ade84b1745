/** What the tests of HeyGen Usage share: runs of its operations, and accounts that HeyGen tells of. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { HeyGenUsage } from '../../../nodes/HeyGenUsage/HeyGenUsage.node';
import type { Sandbox } from '../../sandbox';
import { runNode, type RunOptions, type RunResult } from './harness';
import { nodeRun, type NodeRunOptions } from './support';

/** What `runUsage` takes besides where requests go. */
type UsageRun = [
	resource: string,
	operation: string,
	parameters?: INodeParameters,
	items?: INodeExecutionData[],
	options?: NodeRunOptions,
];

/**
 * Everything a run of the HeyGen Usage node needs.
 *
 * @param site where requests go
 * @param items input; by default one empty item
 */
export function usageRun(
	site: { apiKey: string; url: string },
	...[resource, operation, parameters = {}, items, options = {}]: UsageRun
): RunOptions {
	const given = items === undefined ? {} : { items };
	return nodeRun(new HeyGenUsage(), site, { resource, operation, ...parameters }, { ...given, ...options });
}

/** Runs an operation of the HeyGen Usage node to its end. */
export async function runUsage(site: { apiKey: string; url: string }, ...run: UsageRun): Promise<RunResult> {
	return await runNode(usageRun(site, ...run));
}

/** The request that reads the account. */
export const ME = 'GET /v3/users/me';

/**
 * Runs an operation of the resource Cost to its end.
 *
 * @param operation value of the Operation parameter
 * @param items input; by default one empty item
 */
export async function runCost(
	sandbox: Sandbox,
	operation: string,
	parameters: INodeParameters = {},
	items?: IDataObject[] | INodeExecutionData[],
	options: NodeRunOptions = {},
): Promise<RunResult> {
	const input = items?.map((item) => ('json' in item ? item : { json: item })) as INodeExecutionData[] | undefined;
	return await runUsage(sandbox, 'cost', operation, parameters, input, options);
}

/** Makes HeyGen tell this account. */
export function tellAccount(sandbox: Sandbox, data: IDataObject): void {
	sandbox.configure({ account: { wallet: null, ...data } });
}

/** A prepaid account. */
export const wallet = (balance: number | null, currency: string | null = 'credits'): IDataObject => ({
	billing_type: 'wallet',
	wallet: { currency, remaining_balance: balance, auto_reload: null },
});

/** A metered account. */
export const metered = (included: number | null, remaining: number | null): IDataObject => ({
	billing_type: 'usage_based',
	usage_based: { spending_current_usd: null, spending_cap_usd: null, included_credits: included, remaining_credits: remaining },
});
