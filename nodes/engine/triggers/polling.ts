import type { IDataObject, IExecuteFunctions, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { isChosen } from '../../heygen/eventChoice';
import type { CountedKind } from '../../heygen/jobs/kind';
import { translationJob } from '../../heygen/jobs/translation';
import { videoJob } from '../../heygen/jobs/video';
import { PAGE_MAX } from '../../heygen/limits';
import { readId } from '../../heygen/values/ids';
import { entriesOf } from '../../heygen/values/lists';
import { readChoice } from '../../heygen/values/plain';
import { inputError, toNodeError } from '../basics/errors';
import { settle } from '../basics/settle';
import { taken } from '../item/given';
import type { Client } from '../request/client';
import { nodeClient, PATIENCE } from '../request/nodeClient';
import { clientWith } from '../request/send';
import { chosenEvents } from './eventTypes';
import { extrasIn } from './extras';
import type { Mark } from './listWindow';
import { sharingLists } from './sharedLists';
import { latestEvent, newEvents } from './pollEvents';
import { endedJobs, type JobMark, latestJob } from './pollJobs';

const MANNER = {
	queueTimeout: PATIENCE.trigger,
	urgent: true,
	again: 'The next poll asks again, and finds what this one did not.',
};

/** What 'Watch' offers besides events. */
const JOBS: Readonly<Record<'videos' | 'translations', { kind: CountedKind; path: string; max: number }>> = {
	videos: { kind: videoJob, path: '/v3/videos', max: PAGE_MAX.videos },
	translations: { kind: translationJob, path: '/v3/video-translations', max: PAGE_MAX.translations },
};

/** The values of 'Watch'. */
const SOURCES = ['events', 'videos', 'translations'] as const;

/** What one poll comes to. */
interface Found {
	items: INodeExecutionData[];
	next: Mark;
}

/** Something that can be watched. */
interface Watch {
	/** Names what is watched; what was remembered of something else does not count. */
	subject: string;
	/** What of it is wanted. */
	selection: readonly string[];
	poll(client: Client, mark: Mark | undefined): Promise<Found>;
	latest(client: Client): Promise<INodeExecutionData | undefined>;
	/** Whether an item is wanted by a selection. */
	isWanted(item: INodeExecutionData, selection: readonly string[]): boolean;
}

/** What is kept of a poll for the next one. */
interface Memory {
	subject: string;
	selection: readonly string[];
	mark: Mark;
}

/** Polls under way, and whether one waits for them: n8n starts the next all the same, and both would hand on the same. */
const underWay = new Map<string, { poll: Promise<unknown>; isAwaited: boolean }>();

/**
 * What polls that have found nothing remember, by node. n8n saves static data only together with items, so a trigger that
 * seldom fires would read back to its last item whenever it is published.
 */
const quiet = new Map<string, Memory>();

/**
 * What is new since the last poll. What the next one has to know is kept in static data, which n8n saves when it hands on
 * the items.
 *
 * @param context n8n's context of the poll
 * @returns the new items, the oldest first; null when there are none
 * @throws n8n's error when HeyGen could not be asked; the next poll then finds what this one did not
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const name = `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
	const before = underWay.get(name);
	if (before?.isAwaited === true) return null;
	if (before !== undefined) {
		// It may be the poll that n8n starts when the workflow is published, which only remembers where it is.
		before.isAwaited = true;
		await settle(before.poll);
	}
	const work = find(context, name);
	const entry = { poll: work, isAwaited: false };
	underWay.set(name, entry);
	const found = await settle(work);
	if (underWay.get(name) === entry) underWay.delete(name);
	if (!found.ok) throw toNodeError(context.getNode(), found.error);
	return found.value.length === 0 ? null : [found.value];
}

async function find(context: IPollFunctions, name: string): Promise<INodeExecutionData[]> {
	const watch = watchOf((parameter, fallback) => context.getNodeParameter(parameter, fallback));
	const staticData = context.getWorkflowStaticData('node');
	const memory = youngerOf(staticData as Partial<Memory>, quiet.get(name), watch.subject);
	const connected = await nodeClient(context, MANNER);
	const client = sharingLists(clientWith(connected), connected.account.id, name, memory === undefined);
	const found = await watch.poll(client, memory?.mark);
	// What is newly chosen counts from now on, not from the last poll that n8n has saved.
	const items = found.items.filter((item) => watch.isWanted(item, memory?.selection ?? watch.selection));
	const { subject, selection } = watch;
	Object.assign(staticData, { subject, selection, mark: found.next });
	if (items.length === 0) quiet.set(name, { subject, selection, mark: found.next });
	else quiet.delete(name);
	return items;
}

/** What is remembered of the same subject; the younger one, since n8n may have put back older static data. */
function youngerOf(saved: Partial<Memory>, kept: Memory | undefined, subject: string): Memory | undefined {
	const known = saved.subject === subject && saved.mark !== undefined ? (saved as Memory) : undefined;
	if (kept?.subject !== subject) return known;
	return known === undefined || kept.mark.latest > known.mark.latest ? kept : known;
}

/**
 * The latest thing that the trigger would have handed on, for a test in the editor. Nothing is remembered of it.
 *
 * @param context n8n's context of the test
 * @throws n8n's error when there is none
 */
export async function sample(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const latest = await settle(findLatest(context));
	if (!latest.ok) throw toNodeError(context.getNode(), latest.error);
	return [latest.value];
}

async function findLatest(context: IExecuteFunctions): Promise<INodeExecutionData> {
	const watch = watchOf((name, fallback) => context.getNodeParameter(name, 0, fallback));
	const client = await nodeClient(context, {
		queueTimeout: PATIENCE.trigger,
		urgent: true,
		signal: context.getExecutionCancelSignal(),
		again: 'Run the test again a little later.',
	});
	const latest = await watch.latest(clientWith(client));
	if (latest !== undefined) return latest;
	throw inputError(
		'HeyGen has nothing to show for this test yet',
		'None of the last hundred entries is what the node watches for. Make one, or publish the workflow as it is: it hands on what comes from then on.',
	);
}

/** Reads the parameters. */
function watchOf(parameter: (name: string, fallback: unknown) => unknown): Watch {
	const source = taken('Watch', readChoice(parameter('source', 'events'), SOURCES)) ?? 'events';
	// The execution reads them again, but by then n8n has what the poll has found.
	extrasIn(parameter('options', {}) as IDataObject);
	const { folderId, entityId } = parameter('filters', {}) as IDataObject;
	if (source === 'events') {
		const events = chosenEvents(parameter('events', []));
		const entity = taken('Entity ID', readId(entityId, ['entity_id'])) ?? '';
		const settings = { events, ...(entity === '' ? {} : { entityId: entity }) };
		return {
			subject: ['events', entity].join(' ').trim(),
			selection: events,
			isWanted: ({ json }, chosen) => isChosen(chosen, String(json.eventType)),
			poll: async (client, mark) => await newEvents(client, settings, mark),
			latest: async (client) => await latestEvent(client, settings),
		};
	}
	const job = JOBS[source];
	const folder = (source === 'videos' ? taken('Folder ID', readId(folderId, ['folder_id'])) : undefined) ?? '';
	const outcomes = outcomesOf(parameter('outcomes', []));
	const settings = {
		...job,
		outcomes,
		query: folder === '' ? {} : { folder_id: folder },
	};
	return {
		subject: [source, folder].join(' ').trim(),
		selection: outcomes,
		isWanted: ({ json }, chosen) => chosen.includes(String(json.outcome)),
		poll: async (client, mark) => await endedJobs(client, settings, mark as JobMark | undefined),
		latest: async (client) => await latestJob(client, settings),
	};
}

function outcomesOf(value: unknown): Array<'success' | 'failure'> {
	const words = ['success', 'failure'] as const;
	const chosen = entriesOf(value).map((entry) => taken('Outcomes', readChoice(entry, words)));
	if (chosen.length > 0) return words.filter((word) => chosen.includes(word));
	throw inputError("'Outcomes' is empty", 'Choose the outcomes that matter: success, failure.');
}
