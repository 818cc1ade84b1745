import type { IDataObject, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';

import { toNodeError } from '../basics/errors';
import { namedIn, tellDoubts, tellJobs } from './lastWords';
import type { Part, Run } from './run';
import type { Asker, StartedList } from './started';

/**
 * With "continue" the item goes on as an error item, linked to its input. Otherwise the node fails, and at once: other
 * items create nothing more, and what they have created is named in the error, so that nothing paid for is lost.
 */
export async function endInError(
	context: IExecutePaginationFunctions,
	{ run, checked }: Part,
	thrown: unknown,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const cancelled = context.getExecutionCancelSignal()?.aborted === true;
	const stopper = run.stopper?.item === itemIndex ? run.stopper : undefined;
	if (run.stop.signal.aborted && !cancelled && stopper === undefined) {
		// Another item failed before this one ended; its error is the one to show.
		return [];
	}
	if (context.continueOnFail() && !cancelled) return itemInError(context, thrown, { item: itemIndex }, run.started);
	const error = toNodeError(context.getNode(), thrown, itemIndex);
	const asker = stopper ?? { item: itemIndex };
	if (!cancelled) {
		tellDoubts(error, run.started, asker);
		run.stop.abort(error);
		// This item waits for the others, so they must not wait for it.
		checked();
		if (run.active > 1) await new Promise<void>((resolve) => run.waitingForEnd.push(resolve));
	}
	if (run.started.logAllOnce() && cancelled) keepIds(context, run);
	// A cancelled item has nothing to say of its own, and n8n keeps what the node says right now.
	const told = namedIn(error).filter((id) => error.message.includes(String(id)));
	const summary = run.started.summary(told, cancelled ? undefined : asker);
	error.description = [error.description ?? '', ...summary].filter((part) => part !== '').join('\n');
	throw error;
}

/** Custom data of an execution hold values of at most so many characters (n8n-core 2.41, execution-metadata). */
const CUSTOM_DATA_LENGTH = 512;

const MORE = " … and more, see n8n's log";

/**
 * Puts what a cancelled run has started, and may have started, into the execution's custom data. n8n's stop button
 * replaces all else that n8n has of the execution by what it had saved before, the node's error included.
 */
function keepIds({ customData }: IExecutePaginationFunctions, { started }: Run): void {
	const jobs = started.jobs();
	if (jobs.length > 0) customData.set('heygen_started', fitting(jobs, ' '));
	const doubts = started.doubtsInWords();
	if (doubts.length > 0) customData.set('heygen_maybe_started', fitting(doubts, '; '));
}

/** As many of the parts as custom data can hold. */
function fitting(parts: readonly string[], separator: string): string {
	const whole = parts.join(separator);
	if (whole.length <= CUSTOM_DATA_LENGTH) return whole;
	return whole.slice(0, whole.lastIndexOf(separator, CUSTOM_DATA_LENGTH - MORE.length)) + MORE;
}

/**
 * An item for the error output: n8n sends an item with just these keys there, and adds the input's own data to it.
 *
 * @param context the item's context
 * @param thrown what went wrong
 * @param asker the item, and which of the things that it asks for this is about
 * @param started what the run knows
 * @throws n8n's error when the node does not continue on errors
 */
export function itemInError(
	context: IExecutePaginationFunctions,
	thrown: unknown,
	asker: Asker,
	started?: StartedList,
): INodeExecutionData[] {
	const { item } = asker;
	const error = toNodeError(context.getNode(), thrown, item);
	if (!context.continueOnFail()) throw error;
	if (started !== undefined) {
		tellDoubts(error, started, asker);
		tellJobs(error, started, asker);
	}
	const details = { ...(error.context.details as IDataObject | undefined), description: error.description ?? undefined };
	// n8n adds the input's JSON, but not its files.
	const { binary } = context.getInputData() as unknown as INodeExecutionData;
	return [
		{
			json: { error: error.message, details },
			...(binary === undefined ? {} : { binary }),
			pairedItem: { item },
		},
	];
}
