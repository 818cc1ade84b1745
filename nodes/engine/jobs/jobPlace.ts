import type { JobKind } from '../../heygen/jobs/kind';
import { readNumber } from '../../heygen/values/plain';
import { inputError } from '../basics/errors';
import { settle } from '../basics/settle';
import { now } from '../basics/timing';
import { type Call, requestOf } from '../item/call';
import { GateTimeout } from '../request/pacing/gate';
import { waitedTooLong } from '../request/requestErrors';

/**
 * How many jobs of a lane this process may run at the same time, as the credential says: all that the account's plan lets run,
 * or this process's share of them.
 *
 * @param call an item
 * @returns undefined when it does not say
 * @throws EngineError when one of the numbers is none; it is not repeated, since an API key may have been pasted there
 */
export function jobsAtOnce(call: Call): number | undefined {
	const jobs = countIn(call, 'concurrency', 'Concurrent Jobs', 'Leave it empty to have the limit found out.');
	const workers = countIn(call, 'workers', 'n8n Workers', 'Leave it empty where n8n is one process.') ?? 1;
	return jobs === undefined ? undefined : Math.max(1, Math.floor(jobs / workers));
}

function countIn({ account }: Call, field: string, label: string, advice: string): number | undefined {
	const { value, problem } = readNumber(account.credential.data?.[field], { min: 1, whole: true });
	if (problem === undefined) return value;
	throw inputError(`The credential's '${label}' must be a whole number of 1 or more`, advice);
}

/**
 * Waits until the account's plan has a place for another job, where the credential says how many it has.
 *
 * @param call the item
 * @param kind the job's kind
 * @param doing what the operation does, for messages
 * @returns gives the place back; to be called when the job has ended, or nobody waits for it any more
 * @throws EngineError when no place comes free within the Queue Timeout
 */
export async function placeForJob(call: Call, { lane }: JobKind, doing: string): Promise<() => void> {
	const { account, client, run } = call;
	const most = jobsAtOnce(call);
	if (most === undefined) return () => undefined;
	const { queueTimeout: patience, signal } = client;
	const askedAt = now();
	const place = await settle(account.gate.placesOf(lane).take({ most, patience, signal }));
	run.report.held(askedAt, now());
	if (place.ok) return place.value;
	if (!(place.error instanceof GateTimeout)) throw place.error;
	throw waitedTooLong(client, { ...requestOf(call), doing }, { mayBeDone: false });
}
