/** What the tests of HeyGen Usage share: runs of its operations. */
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { HeyGenUsage } from '../../../nodes/HeyGenUsage/HeyGenUsage.node';
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
