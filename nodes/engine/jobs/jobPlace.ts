import { readNumber } from '../../heygen/values/plain';
import { settle } from '../basics/settle';
import { type Call, requestOf } from '../item/call';
import { taken } from '../item/given';
import { GateTimeout } from '../request/pacing/gate';
import { waitedTooLong } from '../request/requestErrors';

/**
 * Waits until the account's plan has a place for another job, where the credential says how many it has.
 *
 * @param call the item
 * @param doing what the operation does, for messages
 * @returns gives the place back; to be called when the job has ended, or nobody waits for it any more
 * @throws EngineError when no place comes free within the Queue Timeout, or the credential's number is none
 */
export async function placeForJob(call: Call, doing: string): Promise<() => void> {
	const { account, client } = call;
	const given = readNumber(account.credential.data?.concurrency, { min: 1, whole: true });
	const most = taken("The credential's 'Concurrent Jobs'", given);
	if (most === undefined) return () => undefined;
	const { queueTimeout: patience, signal } = client;
	const place = await settle(account.gate.places.take({ most, patience, signal }));
	if (place.ok) return place.value;
	if (!(place.error instanceof GateTimeout)) throw place.error;
	throw waitedTooLong(client, { ...requestOf(call), doing }, { mayBeDone: false });
}
