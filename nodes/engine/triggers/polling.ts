import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IPollFunctions,
} from 'n8n-workflow';

import { translationJob, videoJob, type JobKind } from '../../heygen/jobs';
import { PAGE_MAX } from '../../heygen/limits';
import { inputError, toNodeError } from '../errors';
import { askerWith, type Asker } from '../http';
import { nodeClient } from '../run';
import { settle } from '../settle';
import { chosenEvents } from './eventTypes';
import { latestEvent, newEvents } from './pollEvents';
import { endedJobs, latestJob, type JobMark } from './pollJobs';
import type { Mark } from './window';

/** Milliseconds that HeyGen's limits may keep one request of a poll waiting. */
const PATIENCE = 60_000;

/** What 'Watch' offers besides events. */
const JOBS: Readonly<Record<string, { kind: JobKind; path: string; max: number }>> = {
	videos: { kind: videoJob, path: '/v3/videos', max: PAGE_MAX.videos },
	translations: { kind: translationJob, path: '/v3/video-translations', max: PAGE_MAX.translations },
};

/** What one poll comes to. */
interface Found {
	items: INodeExecutionData[];
	next: Mark;
}

/** Something that can be watched. */
interface Watch {
	/** Names what is watched; what was remembered of something else does not count. */
	subject: string;
	poll(asker: Asker, mark: Mark | undefined): Promise<Found>;
	latest(asker: Asker): Promise<INodeExecutionData | undefined>;
}

/** Nodes whose poll is under way: n8n starts the next one all the same, and both would hand on the same. */
const underWay = new Set<string>();

/**
 * What is new since the last poll. What the next one has to know is kept in static data, which n8n saves together with
 * handing on the items: whatever is lost of it, both are.
 *
 * @param context n8n's context of the poll
 * @returns the new items, the oldest first; null when there are none
 * @throws n8n's error when HeyGen could not be asked; the next poll then finds what this one did not
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const name = `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
	if (underWay.has(name)) return null;
	underWay.add(name);
	const found = await settle(find(context));
	underWay.delete(name);
	if (!found.ok) throw toNodeError(context.getNode(), found.error);
	return found.value.length === 0 ? null : [found.value];
}

async function find(context: IPollFunctions): Promise<INodeExecutionData[]> {
	const watch = watchOf((name, fallback) => context.getNodeParameter(name, fallback));
	const staticData = context.getWorkflowStaticData('node');
	const { subject, mark } = staticData as { subject?: string; mark?: Mark };
	const asker = askerWith(await nodeClient(context, PATIENCE));
	const { items, next } = await watch.poll(asker, subject === watch.subject ? mark : undefined);
	staticData.subject = watch.subject;
	staticData.mark = next;
	return items;
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
	const client = await nodeClient(context, PATIENCE, context.getExecutionCancelSignal());
	const latest = await watch.latest(askerWith(client));
	if (latest !== undefined) return latest;
	throw inputError(
		'HeyGen has nothing to show for this test yet',
		'None of the last hundred entries is what the node watches for. Make one, or publish the workflow as it is: it hands on what comes from then on.',
	);
}

/** Reads the parameters. */
function watchOf(parameter: (name: string, fallback: unknown) => unknown): Watch {
	const source = String(parameter('source', 'events'));
	const { folderId, entityId } = parameter('filters', {}) as IDataObject;
	const text = (value: unknown) => String(value ?? '').trim();
	if (source === 'events') {
		const events = chosenEvents(parameter('events', []));
		const entity = text(entityId);
		const settings = { events, ...(entity === '' ? {} : { entityId: entity }) };
		return {
			subject: ['events', entity].join(' ').trim(),
			poll: async (asker, mark) => await newEvents(asker, settings, mark),
			latest: async (asker) => await latestEvent(asker, settings),
		};
	}
	const job = Object.hasOwn(JOBS, source) ? JOBS[source] : undefined;
	if (job === undefined) {
		throw inputError(`'Watch' has an unknown value: "${source}"`, `It can be: events, ${Object.keys(JOBS).join(', ')}.`);
	}
	const folder = source === 'videos' ? text(folderId) : '';
	const settings = {
		...job,
		outcomes: outcomesOf(parameter('outcomes', [])),
		query: folder === '' ? {} : { folder_id: folder },
	};
	return {
		subject: [source, folder].join(' ').trim(),
		poll: async (asker, mark) => await endedJobs(asker, settings, mark as JobMark | undefined),
		latest: async (asker) => await latestJob(asker, settings),
	};
}

function outcomesOf(value: unknown): Array<'success' | 'failure'> {
	const list = Array.isArray(value) ? value : [value];
	const known = (['success', 'failure'] as const).filter((outcome) => list.includes(outcome));
	if (known.length > 0) return known;
	throw inputError("'Outcomes' is empty", 'Choose the outcomes that matter: success, failure.');
}
