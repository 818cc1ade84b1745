import { type IExecuteData, NodeConnectionTypes, type IExecutePaginationFunctions } from 'n8n-workflow';

/**
 * How a run of a node is told from every other, and known again when n8n repeats it. Facts from n8n 2.41.1 with its AI
 * agents of versions 1.7 to 3.1.
 */

/**
 * Whether an AI agent up to version 2.2, a sub-agent or an MCP server calls the node as a tool. The execution data are
 * the caller's then, for all its items and calls. (From version 3 on n8n runs a tool as it runs any node.)
 */
export function isToolCall(context: IExecutePaginationFunctions): boolean {
	return context.getExecuteData().node.name !== context.getNode().name;
}

/**
 * What n8n keeps the same in every try of one run, and makes anew for every other run: the execution data, or for a call
 * of an agent the arguments that its model gave. Run index and the model's own id of a call are not unique.
 *
 * @param context an item's context
 */
export function runObject(context: IExecutePaginationFunctions): object {
	return isToolCall(context) ? context.getInputData(0, NodeConnectionTypes.AiTool).json : context.getExecuteData();
}

/** What the entry of a run that has slept has in its metadata; n8n's types do not know it. */
interface SleptMetadata {
	heyGenRun?: number;
}

/**
 * Which of the node's runs in an execution this is, such as one of a loop.
 *
 * @param context an item's context
 */
export function runPlace(context: IExecutePaginationFunctions): string {
	if (isToolCall(context)) return 'call';
	return `run ${String(sleptRun(context.getExecuteData()) ?? context.evaluateExpression('{{ $runIndex }}', context.getItemIndex()))}`;
}

/**
 * Which of the node's runs has slept, of an entry on n8n's stack that goes on with it.
 *
 * @param entry the run's execution data
 * @returns undefined when it has not slept
 */
export function sleptRun({ metadata }: IExecuteData): number | undefined {
	return (metadata as SleptMetadata | undefined)?.heyGenRun;
}

/**
 * Marks an entry on n8n's stack, so that the run that goes on with it is the same one. n8n heeds an entry's run index from some
 * version on; in others the run would have the next one, and other keys.
 *
 * @param entry the run's execution data
 * @param index the run
 */
export function markSlept(entry: IExecuteData, index: number): void {
	entry.runIndex = index;
	entry.metadata = { ...entry.metadata, heyGenRun: index } as IExecuteData['metadata'] & SleptMetadata;
}

/**
 * Names a run: n8n's instance, execution, node and run. n8n's Retry execution makes a new execution with a new id, but
 * with the resume token of the first one.
 *
 * @param context an item's context
 * @param seed random, of this run and its tries; it stands in for the token, and tells apart the calls of an agent
 */
export function runName(context: IExecutePaginationFunctions, seed: string): string {
	const token = isToolCall(context) ? undefined : resumeToken(context);
	return [context.getInstanceId(), token ?? seed, context.getNode().id, runPlace(context)].join(':');
}

/**
 * The same in words that may leave n8n.
 *
 * @param context an item's context
 * @param seed of the run
 * @returns nothing for a node's first run in an execution
 */
export function placeInWords(context: IExecutePaginationFunctions, seed: string): string[] {
	if (isToolCall(context)) return [`call${seed.slice(0, 8)}`];
	const place = runPlace(context);
	return place === 'run 0' ? [] : [place.replace(' ', '')];
}

/** The secret in the address at which a waiting execution goes on. It is hashed before anything leaves n8n. */
function resumeToken(context: IExecutePaginationFunctions): string | undefined {
	const url = String(context.evaluateExpression('{{ $execution.resumeUrl }}', context.getItemIndex()));
	return /[?&]signature=([^&]+)/.exec(url)?.[1];
}
