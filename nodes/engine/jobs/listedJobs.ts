import type { IDataObject } from 'n8n-workflow';

import type { NextJob } from '../../heygen/jobs/kind';
import { idIn, timeMs } from '../../heygen/records';
import { settle } from '../basics/settle';
import type { Call } from '../item/call';
import { knownRecords } from '../request/reply';

/** One of the jobs that a job has led to. */
export interface ListedJob {
	id: string;
	/** When it was made, in Unix milliseconds; 0 where HeyGen does not say. */
	at: number;
	record: IDataObject;
}

/**
 * The list of all jobs that a job has led to.
 *
 * @param call the item
 * @param next what the job leads to
 * @param id the job
 * @returns the newest first; none where HeyGen does not tell
 */
export async function listedJobs(call: Call, { listPath, kind }: NextJob, id: string): Promise<ListedJob[]> {
	if (listPath === undefined) return [];
	const path = listPath.replace('{id}', encodeURIComponent(id));
	const read = await settle(call.client.send({ method: 'GET', path, doing: `list the ${kind.noun}s of ${id}` }));
	call.client.signal?.throwIfAborted();
	if (!read.ok) return [];
	const jobs = knownRecords(read.value.body.data).flatMap((record) => {
		const found = idIn(record, [kind.idField]);
		return found === undefined ? [] : [{ id: found, at: timeMs(record.created_at) ?? 0, record }];
	});
	// Those of one moment keep their places, as lists begin with the newest.
	return jobs.sort((one, other) => other.at - one.at);
}
