import type { IDataObject } from 'n8n-workflow';

import type { JobKind, LookUp } from '../../heygen/jobs/kind';
import { IDEMPOTENCY_HOURS } from '../../heygen/limits';
import { idIn, timeMs } from '../../heygen/records';
import { isNothing } from '../../heygen/values/reading';
import { inTime } from '../basics/inTime';
import { settle } from '../basics/settle';
import { now, pause, timing, wallClock } from '../basics/timing';
import type { Call } from '../item/call';
import { sharedIn } from '../item/run';
import type { ApiRequest } from '../request/apiRequest';
import { readPages } from '../request/readPages';
import { readRecord } from '../request/readRecord';
import { knownRecords } from '../request/reply';
import { clientUntil } from '../request/send';
import { recentJobs } from './finishJob';

/** Milliseconds by which HeyGen's servers may differ about the time. */
const CLOCKS_DIFFER = 120_000;

/**
 * The same by HeyGen's own clock, where another job may have the name: dates are whole seconds there. A minute more would take
 * yesterday's voice, or that of the round before, for the one that is looked for.
 */
const DATES_DIFFER = 10_000;

/** Milliseconds for which what an earlier try has left may be looked for: as long as HeyGen would replay its answer. */
const LONGEST_AGO = IDEMPOTENCY_HOURS * 3_600_000;

/** Where a name is looked for that the user has chosen: nobody has more voices of his own, and so many looks at them. */
const MOST_NAMED = 2_000;
const NAMED_LOOKS = 3;

/** Records of one name whose age is asked for. */
const MOST_OF_A_NAME = 5;

/** What a create is recognized by in a list. */
interface Sought {
	call: Call;
	kind: JobKind;
	lookUp: LookUp;
	/** What the package, or the user, has called it. */
	name: string;
	/** The user's title for it. */
	title: unknown;
	/** Whether a job is too old to be it, by when HeyGen has answered. */
	isOld: (createdAt: unknown, answeredAt: number) => boolean;
}

/**
 * Looks for a job among the account's, by what its create has called it. Not every endpoint is known to heed the key of a
 * create, so what may have been made is looked for before it is asked for again. Another n8n may have executions of the
 * same number, and a failed job has the callback ID of the one that is to replace it: a job that is too old, has another
 * title or belongs to the run already is another one.
 *
 * @param call the item
 * @param kind the job's kind
 * @param body what is asked for
 * @param mayBeOlder whether an earlier try may have made it; otherwise it is as old as this look-up at most
 * @returns undefined where jobs cannot be told by what they are called
 */
export function lookUpOf(call: Call, kind: JobKind, body: IDataObject, mayBeOlder: boolean): ApiRequest['lookUp'] {
	const { lookUp } = kind;
	const name = lookUp === undefined ? undefined : body[lookUp.by?.body ?? 'callback_id'];
	if (lookUp === undefined || typeof name !== 'string') return undefined;
	// A name may be that of yesterday's job, and nobody knows when the earlier try was.
	if (lookUp.by !== undefined && mayBeOlder) return undefined;
	const since = now();
	const differ = lookUp.by === undefined ? CLOCKS_DIFFER : DATES_DIFFER;
	const isOld = (createdAt: unknown, answeredAt: number) => {
		const madeAt = timeMs(createdAt);
		return madeAt === undefined || madeAt < answeredAt - differ - (mayBeOlder ? LONGEST_AGO : now() - since);
	};
	const sought: Sought = { call, kind, lookUp, name, title: body.title, isOld };
	if (lookUp.by === undefined) return async () => await newestOf(sought);
	const wanted = sharedIn(call.run, `names of ${kind.noun}`, () => new Map<string, number>());
	wanted.set(name, (wanted.get(name) ?? 0) + 1);
	// Of several items that ask for one name, nobody could tell whose a job is.
	return async () => ((wanted.get(name) ?? 0) > 1 ? undefined : await onlyOf(sought, lookUp.by as NamedBy));
}

type NamedBy = NonNullable<LookUp['by']>;

/** Whether a record is of a job that neither the run knows yet nor, where jobs may share a name, another one of this n8n. */
function isUnknown({ call, kind, lookUp }: Sought, record: IDataObject): boolean {
	const id = idIn(record, [kind.idField]);
	if (id === undefined || call.run.started.jobs().includes(id)) return false;
	return lookUp.by === undefined || !recentJobs.has(call.account.id, id);
}

/** The job of a callback ID, among the newest. */
async function newestOf(sought: Sought): Promise<IDataObject | undefined> {
	const { call, kind, lookUp: { path, max, query = {} }, name, title, isOld } = sought;
	const doing = `look for the ${kind.noun} ${name}`;
	// A list that does not come must not hold up each try of the create by all of its own tries.
	const read = await settle(
		inTime(timing.readTimeout, async (late) => {
			return await clientUntil(call.client, late).send({ method: 'GET', path, query: { ...query, limit: max }, doing });
		}),
	);
	call.client.signal?.throwIfAborted();
	if (!read.ok) return undefined;
	const { answeredAt, body } = read.value;
	return knownRecords(body.data).find((record) => {
		const isOther = !isNothing(title) && !isNothing(record.title) && record.title !== title;
		return record.callback_id === name && isUnknown(sought, record) && !isOther && !isOld(record.created_at, answeredAt);
	});
}

/** The only job of a name that is new enough. HeyGen's list may not have it at once. */
async function onlyOf(sought: Sought, by: NamedBy): Promise<IDataObject | undefined> {
	const { call, kind, lookUp: { path, max, query = {} }, name } = sought;
	const doing = `look for the ${kind.noun} ${name}`;
	for (let looks = 1; ; looks++) {
		let answeredAt = wallClock();
		const read = await settle(
			inTime(timing.readTimeout, async (late) => {
				const { send } = clientUntil(call.client, late);
				const dated = async (request: ApiRequest) => {
					const reply = await send(request);
					({ answeredAt } = reply);
					return reply;
				};
				return await readPages(dated, { method: 'GET', path, query, doing }, { max, of: `${kind.noun}s`, lenient: true }, MOST_NAMED);
			}),
		);
		call.client.signal?.throwIfAborted();
		const named = (read.ok ? read.value : []).filter((record) => record[by.record] === name && isUnknown(sought, record));
		const isNew = await Promise.all(named.slice(0, MOST_OF_A_NAME).map(async (record) => await isYoung(sought, record, answeredAt)));
		const [only, ...others] = named.filter((_record, at) => isNew[at] === true);
		if (only !== undefined) return others.length === 0 ? only : undefined;
		if (looks === NAMED_LOOKS) return undefined;
		await pause(timing.pollFirst, call.client.signal);
	}
}

/** Whether a job is new enough, by when HeyGen has answered. Lists need not say when something was made; its own record does. */
async function isYoung({ call, kind, isOld }: Sought, record: IDataObject, answeredAt: number): Promise<boolean> {
	if (!isNothing(record.created_at)) return !isOld(record.created_at, answeredAt);
	const read = await settle(readRecord(call.client, kind, idIn(record, [kind.idField]) as string));
	call.client.signal?.throwIfAborted();
	return read.ok && !isOld(read.value.created_at, answeredAt);
}
