import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { DELIVERY_RETRY_HOURS } from '../../heygen/limits';
import { settle, type Settled } from '../basics/settle';
import { wallClock } from '../basics/timing';

/**
 * Who hands an event on that has come to several processes of n8n in the same moment. n8n's store of processed values reads,
 * changes and writes a list, so that two processes can both find an event new. But each list is a row of its own, and n8n's
 * database takes a row of one name once: whoever inserts it has the event. So each event gets a list of its own, named by node
 * and event. n8n names lists by the node's id alone, which it reads in the moment it is asked (n8n 2.41.1).
 */

type Store = Pick<IExecuteFunctions['helpers'], 'checkProcessedAndRecord' | 'clearAllProcessedItems'>;

/** The node that n8n's helpers name lists by. n8n's types do not tell of it. */
interface NamingNode {
	id: string;
}

/** Rows that this process has made, by triggers, the oldest first. */
const made = new Map<string, Array<{ row: string; at: number }>>();

/** Rows that one execution deletes, and that are remembered of a trigger; those beyond stay in the database. */
const MOST_DELETED = 20;
const MOST_REMEMBERED = 20_000;

/**
 * Claims an event for this process.
 *
 * @param context the trigger's execution
 * @param trigger names workflow and node
 * @param eventId the event
 * @returns whether no other process has it; undefined where n8n does not let a node name its lists
 * @throws what n8n's database says when it does not answer
 */
export async function claimEvent(context: IExecuteFunctions, trigger: string, eventId: string): Promise<boolean | undefined> {
	const { node } = context as unknown as { node?: NamingNode };
	if (node === undefined || node.id !== context.getNode().id) return undefined;
	await deleteOld(context.helpers, node, trigger);
	const row = `${node.id}:${createHash('sha256').update(eventId).digest('hex').slice(0, 32)}`;
	const first = await claimRow(context.helpers, node, row, eventId);
	// Of two that insert the row at once one fails, and finds the other's when it asks again.
	const answer = first.ok ? first : await claimRow(context.helpers, node, row, eventId);
	if (!answer.ok) throw answer.error;
	if (answer.value) remember(trigger, row);
	return answer.value;
}

async function claimRow(store: Store, node: NamingNode, row: string, eventId: string): Promise<Settled<boolean>> {
	const asking = named(node, row, async () => await store.checkProcessedAndRecord([eventId], 'node', { mode: 'entries', maxEntries: 1 }));
	const asked = await settle(asking);
	return asked.ok ? { ok: true, value: asked.value.processed.length === 0 } : asked;
}

/** Asks under another name. n8n reads it before anything else can run. */
async function named<T>(node: NamingNode, name: string, ask: () => Promise<T>): Promise<T> {
	const { id } = node;
	node.id = name;
	try {
		return ask();
	} finally {
		node.id = id;
	}
}

function remember(trigger: string, row: string): void {
	const rows = made.get(trigger) ?? [];
	made.set(trigger, rows);
	rows.push({ row, at: wallClock() });
	if (rows.length > MOST_REMEMBERED) rows.shift();
}

/** Deletes rows of events that HeyGen does not send again. Those of a process that has ended stay until n8n deletes the workflow. */
async function deleteOld(store: Store, node: NamingNode, trigger: string): Promise<void> {
	const rows = made.get(trigger) ?? [];
	const isOld = ({ at }: { at: number }) => wallClock() - at > DELIVERY_RETRY_HOURS * 3_600_000;
	const young = rows.findIndex((row) => !isOld(row));
	const old = rows.splice(0, Math.min(MOST_DELETED, young < 0 ? rows.length : young));
	await Promise.all(old.map(async ({ row }) => await settle(named(node, row, async () => await store.clearAllProcessedItems('node', { mode: 'entries' })))));
}
