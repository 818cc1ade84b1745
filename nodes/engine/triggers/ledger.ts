import uniq from 'lodash/uniq';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { settle } from '../basics/settle';
import { wallClock } from '../basics/timing';
import { claimEvent } from './claims';
import { SeenKeys } from './seenKeys';

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
			const eventIds = uniq(questions.map(({ eventId }) => eventId));
			const first = await settle(record(store, eventIds));
			// Of two processes that begin the same list at once one fails, and finds the other's when it asks again.
			const checked = first.ok ? first : await settle(record(store, eventIds));
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

/** Events whose executions may still be about to start. */
const MOST_TAKEN_IN = 10_000;

/** Events that this process itself has taken in, by triggers. */
const takenIn = new SeenKeys(MOST_TAKEN_IN);

/**
 * Notes that this process has taken an event in: it has made sure by itself that the event is a new one.
 *
 * @param workflow n8n's id of the workflow
 * @param node n8n's id of the trigger
 * @param eventId the event
 */
export function noteTakenIn(workflow: string | undefined, node: string, eventId: string): void {
	takenIn.admit([`${triggerName(workflow, node)} ${eventId}`], wallClock());
}

function triggerName(workflow: string | undefined, node: string): string {
	return `${workflow ?? ''}:${node}`;
}

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
	const name = triggerName(context.getWorkflow().id, context.getNode().id);
	const ledger = ledgers.get(name) ?? new Ledger();
	ledgers.set(name, ledger);
	const asked = await settle(
		Promise.all(
			items.map(async (item) => {
				const eventId = String(item.json.eventId);
				return (await isOurs(context, name, eventId)) && (await ledger.ask(context.helpers, eventId));
			}),
		),
	);
	if (asked.ok) return items.filter((_item, index) => asked.value[index]);
	// An event too many is better than one too few.
	context.logger.warn(
		`"${context.getNode().name}" could not look up whether an event has come before: ${(asked.error as Error).message}`,
	);
	return items;
}

/**
 * Whether no other process hands an event on. Where n8n runs in one process, that one has taken the event in as well. Polls
 * are no deliveries: one process makes them.
 */
async function isOurs(context: IExecuteFunctions, name: string, eventId: string): Promise<boolean> {
	if (context.getMode() !== 'webhook' || takenIn.has(`${name} ${eventId}`)) return true;
	return (await claimEvent(context, name, eventId)) ?? true;
}
