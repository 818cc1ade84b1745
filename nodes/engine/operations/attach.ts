import type { JobKind } from '../../heygen/jobs/kind';
import type { Handler } from '../item/call';
import { finishJob, recentJobs, waitSettings } from '../jobs/finishJob';

/**
 * An operation that attaches to a job by its id: waits for it and fetches its files.
 *
 * @param kind the job's kind
 */
export function attach(kind: JobKind): Handler {
	return async (call) => {
		const wait = waitSettings(call, kind);
		const id = call.ids[kind.idField] as string;
		return await finishJob(call, kind, id, wait, { isNew: recentJobs.has(call.account.id, id) });
	};
}
