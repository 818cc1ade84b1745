import uniq from 'lodash/uniq';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { settle } from '../basics/settle';

/**
 * What this trigger has handed on, kept in n8n's database, so that an event that is delivered again after a restart or
 * to another process ends here. `webhook()` has no access to the database, and what it writes to static data is lost
 * when the delivery starts an execution; the execution itself has: n8n gives it the store of its node Remove Duplicates.
 */

/** Events kept for each trigger node; n8n reads and writes all of them for each execution. */
const MOST_EVENTS = 2_000;

type Store = Pick<IExecuteFunctions['helpers'], 'checkProcessedAndRecord'>;

interface Question {
	eventId: string;
	answer: (isNew: boolean) => void;
	fail: (error: unknown) => void;
}

/** Questions about one trigger node. The store reads, changes and writes a row, so one at a time, and many at once. */
class Ledger {
	private questions: Question[] = [];
	private isBusy = false;

	/** Whether an event is not in the store; then it is put there. */
	async ask(store: Store, eventId: string): Promise<boolean> {
		return await new Promise<boolean>((answer, fail) => {
			this.questions.push({ eventId, answer, fail });
			if (!this.isBusy) void this.work(store);
		});
	}

	private async work(store: Store): Promise<void> {
		this.isBusy = true;
		// All items of an execution ask in the same moment.
		await Promise.resolve();
		while (this.questions.length > 0) {
			const questions = this.questions.splice(0);
			const checked = await settle(record(store, uniq(questions.map(({ eventId }) => eventId))));
			if (!checked.ok) {
				questions.forEach(({ fail }) => fail(checked.error));
				continue;
			}
			const known = new Set(checked.value.processed);
			for (const { eventId, answer } of questions) {
				answer(!known.has(eventId));
				// The same event twice in one go.
				known.add(eventId);
			}
		}
		this.isBusy = false;
	}
}

async function record(store: Store, eventIds: string[]) {
	return await store.checkProcessedAndRecord(eventIds, 'node', { mode: 'entries', maxEntries: MOST_EVENTS });
}

const ledgers = new Map<string, Ledger>();

/** What an execution has been told, for further tries of Retry On Fail, which share their execution data. */
const told = new WeakMap<object, Promise<INodeExecutionData[]>>();

/**
 * Leaves out events that this trigger has handed on before. Tests in the editor and executions that are run again by
 * hand keep all.
 *
 * @param context the trigger's execution
 * @param items its events
 */
export async function withoutKnown(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	if (!['webhook', 'trigger'].includes(context.getMode())) return items;
	const key = context.getExecuteData();
	const known = told.get(key);
	if (known !== undefined) return await known;
	const answer = newOf(context, items);
	told.set(key, answer);
	return await answer;
}

async function newOf(context: IExecuteFunctions, items: INodeExecutionData[]): Promise<INodeExecutionData[]> {
	const { id } = context.getNode();
	const name = `${context.getWorkflow().id ?? ''}:${id}`;
	const ledger = ledgers.get(name) ?? new Ledger();
	ledgers.set(name, ledger);
	const asked = await settle(
		Promise.all(items.map(async (item) => await ledger.ask(context.helpers, String(item.json.eventId)))),
	);
	if (asked.ok) return items.filter((_item, index) => asked.value[index]);
	// An event too many is better than one too few.
	context.logger.warn(
		`"${context.getNode().name}" could not look up whether an event has come before: ${(asked.error as Error).message}`,
	);
	return items;
}
