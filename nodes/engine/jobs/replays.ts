import { keepNewest } from '../basics/keepNewest';
import type { Call } from '../item/call';
import { isSameInput, ownKey } from '../item/idempotency';
import type { Run } from '../item/run';
import { jobName } from './outstanding';

/**
 * Whether HeyGen has answered a create with a job of an earlier execution: it replays the first answer to an idempotency
 * key, and does not say so. Dates do not tell: HeyGen's clocks and this one differ, and a record may name none. Ids do.
 */

/** Ids of jobs that one process remembers; about 10 MB. */
const MOST_IDS = 50_000;

/** What a run is known by, and what it had started before this process took it up. */
interface Origin {
	run: symbol;
	saved: ReadonlySet<string>;
	/** The idempotency keys that it had made something with. */
	savedKeys: ReadonlySet<string>;
}

/** By the records of a run, which its tries of Retry On Fail share. Retry execution gets a copy of them. */
const origins = new WeakMap<object, Origin>();

/** Of keys that executions share: the run that HeyGen has first named a job to, by account and id. */
const firstNamed = new Map<string, symbol>();

/**
 * Whether a job was made by an earlier execution. To be asked for each answer to a create, before its id is recorded.
 *
 * @param call the item whose create was answered
 * @param id the job that the answer names
 * @returns false also where that is not known, such as after a restart of n8n; what a run has made itself is never old
 */
export function isReplay({ account, options, run, variant }: Call, id: string): boolean {
	const origin = originOf(run);
	if (origin.saved.has(id)) return true;
	// Any other key is new in every execution, or the user's to change. One that is made of the user's can be made anew.
	const mayBeOld = isSameInput(options) || (variant !== undefined && ownKey(options) !== undefined);
	if (!mayBeOld) return false;
	const name = jobName(account.id, id);
	const first = firstNamed.get(name);
	if (first !== undefined) return first !== origin.run;
	firstNamed.set(name, origin.run);
	keepNewest(firstNamed, MOST_IDS);
	return false;
}

/**
 * Whether a message to a job was sent by an earlier execution, which is retried by hand. The job's id does not tell: each
 * message to it is answered with the same.
 *
 * @param call the item whose message was answered
 * @param key the message's idempotency key
 */
export function isSentBefore({ run }: Call, key: string): boolean {
	return originOf(run).savedKeys.has(key);
}

function originOf({ memory, started }: Run): Origin {
	const records = memory.records.started;
	const known = origins.get(records);
	if (known !== undefined) return known;
	const savedKeys = new Set(records.flatMap(({ key }) => key ?? []));
	const origin = { run: Symbol('run'), saved: new Set(started.jobs()), savedKeys };
	origins.set(records, origin);
	return origin;
}
