import type { IDataObject } from 'n8n-workflow';

import type { JobKind } from '../../heygen/jobs/kind';
import { IDEMPOTENCY_HOURS } from '../../heygen/limits';
import { idIn, timeMs } from '../../heygen/records';
import { isNothing } from '../../heygen/values/reading';
import { inTime } from '../basics/inTime';
import { settle } from '../basics/settle';
import { now, timing } from '../basics/timing';
import type { Call } from '../item/call';
import type { ApiRequest } from '../request/apiRequest';
import { knownRecords } from '../request/reply';
import { clientUntil } from '../request/send';

/** Milliseconds by which HeyGen's servers may differ about the time. */
const CLOCKS_DIFFER = 120_000;

/** Milliseconds for which what an earlier try has left may be looked for: as long as HeyGen would replay its answer. */
const LONGEST_AGO = IDEMPOTENCY_HOURS * 3_600_000;

/**
 * Looks for a job among the account's newest, by the callback ID that the node has made for it. Not every endpoint is known
 * to heed the key of a create, so what may have been made is looked for before it is asked for again. Another n8n may have
 * executions of the same number, and a failed job has the callback ID of the one that is to replace it: a job that is too
 * old, has another title or belongs to the run already is another one.
 *
 * @param call the item
 * @param kind the job's kind
 * @param body what is asked for
 * @param mayBeOlder whether an earlier try may have made it; otherwise it is as old as this look-up at most
 * @returns undefined where jobs cannot be told by their callback IDs
 */
export function lookUpOf(call: Call, kind: JobKind, body: IDataObject, mayBeOlder: boolean): ApiRequest['lookUp'] {
	const { callback_id: callback, title } = body;
	if (kind.lookUp === undefined || typeof callback !== 'string') return undefined;
	const { path, max } = kind.lookUp;
	const since = now();
	return async () => {
		const doing = `look for the ${kind.noun} ${callback}`;
		// A list that does not come must not hold up each try of the create by all of its own tries.
		const read = await settle(
			inTime(timing.readTimeout, async (late) => {
				return await clientUntil(call.client, late).send({ method: 'GET', path, query: { limit: max }, doing });
			}),
		);
		call.client.signal?.throwIfAborted();
		if (!read.ok) return undefined;
		const oldest = read.value.answeredAt - CLOCKS_DIFFER - (mayBeOlder ? LONGEST_AGO : now() - since);
		return knownRecords(read.value.body.data).find((record) => {
			const id = idIn(record, [kind.idField]);
			const isKnown = id === undefined || call.run.started.jobs().includes(id);
			const isOther = !isNothing(title) && !isNothing(record.title) && record.title !== title;
			const madeAt = timeMs(record.created_at);
			return record.callback_id === callback && !isKnown && !isOther && madeAt !== undefined && madeAt >= oldest;
		});
	};
}
