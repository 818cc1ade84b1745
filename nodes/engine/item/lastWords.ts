import type { IDataObject, NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { Asker, StartedList } from './started';

/** What an item's error says of its earlier tries. */

type NodeError = NodeApiError | NodeOperationError;

/**
 * Puts into an item's error what may have been made for it, unless it says so already: an earlier try whose answer got
 * lost is not settled by a later one that is clearly refused.
 *
 * @param error the item's error; its description and details get more
 * @param started what the run knows
 * @param asker the item, and which of the things that it asks for the error is about
 */
export function tellDoubts(error: NodeError, started: StartedList, asker: Asker): void {
	const callbacks = started.doubtfulCallbacks(asker);
	if (callbacks.length === 0) return;
	const details = (error.context.details ?? {}) as IDataObject;
	const named = callbacks.filter((callback) => callback !== undefined);
	const untold = named.filter((callback) => callback !== details.callback_id);
	const sentences = [
		details.mayExist === true
			? ''
			: "HeyGen may have made it all the same in an earlier try, whose answer did not arrive: look into 'Get Many' before you start another one.",
		untold.length === 0 ? '' : `HeyGen's events name it by the callback ID ${untold.join(' or ')}.`,
	].filter((sentence) => sentence !== '');
	error.description = [error.description ?? '', sentences.join(' ')].filter((part) => part !== '').join('\n');
	error.context.details = {
		...details,
		mayExist: true,
		...(named.length === 0 ? {} : { callback_id: details.callback_id ?? named[0] }),
	};
}

/**
 * Puts the jobs that were started for an item into its error, unless it names them already.
 *
 * @param error the item's error; its description and details get more
 * @param started what the run knows
 * @param asker the item, and which of the things that it asks for the error is about
 */
export function tellJobs(error: NodeError, started: StartedList, asker: Asker): void {
	const named = namedIn(error);
	const ids = started.jobsOf(asker).flatMap(({ id }) => (named.includes(id) ? [] : [id]));
	if (ids.length === 0) return;
	const line = `Started for this item before, and not lost: ${ids.join(', ')}.`;
	error.description = [error.description ?? '', line].filter((part) => part !== '').join('\n');
	error.context.details = { ...(error.context.details as IDataObject | undefined), started: ids };
}

/**
 * What an error's details name, ids among it.
 *
 * @param error an item's error
 */
export function namedIn({ context }: NodeError): unknown[] {
	return Object.values((context.details ?? {}) as IDataObject).flat();
}
