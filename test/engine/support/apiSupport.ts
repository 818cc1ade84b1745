/** What the tests of the resource API share. */
import type { INodeParameters } from 'n8n-workflow';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import type { RunOptions, RunResult } from './harness';
import { runNode } from './harness';
import { nodeRun, type NodeRunOptions } from './support';

/** A server that a credential can name. */
interface Place {
	apiKey: string;
	url: string;
}

/** Everything a run of the resource API needs; parameters are the operation's own. */
export function apiRun(server: Place, operation: 'call' | 'list', parameters: INodeParameters, options: NodeRunOptions = {}): RunOptions {
	return nodeRun(new HeyGenVideo(), server, { resource: 'api', operation, ...parameters }, options);
}

/** Runs 'Custom API Call' to its end. */
export async function callApi(server: Place, parameters: INodeParameters, options?: NodeRunOptions): Promise<RunResult> {
	return await runNode(apiRun(server, 'call', parameters, options));
}

/** Runs 'Custom API List' to its end. */
export async function listApi(server: Place, parameters: INodeParameters, options?: NodeRunOptions): Promise<RunResult> {
	return await runNode(apiRun(server, 'list', parameters, options));
}
