import type { IExecutePaginationFunctions } from 'n8n-workflow';

import { Checkpoint } from './checkpoint';
import { type Part, type Run, startRun } from './run';
import { isToolCall, runObject } from './runName';
import { batchingOf } from './transport';

/**
 * Runs whose items n8n's declarative engine starts, which says of none of them what run it belongs to. AI agents up to
 * version 2.2 call the nodes so; elsewhere `runNode` starts the items.
 */

interface Attempt {
	lastItem: number;
	itemCount: number;
	inGroups: boolean;
	checkpoint: Checkpoint;
	/** Resolves when n8n has started all items. */
	allBegun: Promise<void>;
	begun: () => void;
	run: Promise<Run>;
}

/** By what n8n keeps the same in every try of a run. */
const attempts = new WeakMap<object, Attempt>();

/**
 * The run an item belongs to. n8n starts a run's items in rising order, so an index that does not rise begins a new
 * try of the same run (Retry On Fail keeps the same execution data).
 *
 * @param context the item's context
 */
export async function runOf(context: IExecutePaginationFunctions): Promise<Part> {
	const key = runObject(context);
	const item = context.getItemIndex();
	let attempt = attempts.get(key);
	if (attempt === undefined || item <= attempt.lastItem) {
		attempt = startAttempt(context, item);
		attempts.set(key, attempt);
	}
	attempt.lastItem = item;
	const checked = attempt.checkpoint.enter();
	if (item + 1 >= attempt.itemCount) attempt.begun();
	const run = await attempt.run;
	// By now n8n has started all items, unless it does so in groups. If some are missing, one of their expressions has
	// thrown and the node has failed: those before must not go on and cost money.
	const missing = attempt.lastItem + 1 < run.itemCount && !attempt.inGroups;
	if (missing && !context.continueOnFail()) run.stop.abort(new Error('The node has failed'));
	return { run, checked };
}

/**
 * Waits until n8n has started all items of a try. With Batching it sleeps between groups, and listens to none of the
 * items meanwhile: one that failed then would be an unhandled rejection. Where n8n starts the rest no more, since an
 * expression of an item has thrown, it has failed the node itself, and listens no more.
 *
 * @param context an item of the try
 */
export async function allItemsBegun(context: IExecutePaginationFunctions): Promise<void> {
	const attempt = attempts.get(runObject(context));
	if (attempt?.inGroups === true) await attempt.allBegun;
}

function startAttempt(context: IExecutePaginationFunctions, item: number): Attempt {
	const input = context.getExecuteData().data.main?.[0];
	const isOne = context.getNode().executeOnce === true || isToolCall(context);
	const itemCount = isOne ? 1 : (input?.length ?? 1);
	const inGroups = batchingOf(context) !== undefined;
	const checkpoint = new Checkpoint(inGroups);
	let begun = () => {};
	const allBegun = new Promise<void>((resolve) => {
		begun = resolve;
	});
	const run = startRun(context, itemCount, checkpoint, 'an AI agent waits for its tools');
	// Whoever waits for it hears of it; n8n itself may never get so far.
	run.catch(() => undefined);
	return { lastItem: item, itemCount, inGroups, checkpoint, begun, allBegun, run };
}
