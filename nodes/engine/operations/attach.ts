import type { IDataObject } from 'n8n-workflow';

import type { JobKind } from '../../heygen/jobs/kind';
import type { Call, Handler } from '../item/call';
import { finishJob, recentJobs, waitSettings } from '../jobs/finishJob';
import { wokenJob } from '../jobs/sleepingJob';

/** What is special about attaching to a kind of job. */
interface AttachTraits {
	/** What the item says besides when somebody else than HeyGen has to do something. */
	held?: (call: Call, record: IDataObject) => Promise<IDataObject>;
	/** What stands for the job's record while HeyGen does not find it; nothing when it is gone. */
	standIn?: (call: Call) => Promise<IDataObject | undefined>;
}

/**
 * An operation that attaches to a job by its id: waits for it and fetches its files.
 *
 * @param kind the job's kind
 * @param traits what is special about it
 */
export function attach(kind: JobKind, { held, standIn }: AttachTraits = {}): Handler {
	return async (call) => {
		const wait = waitSettings(call, kind);
		const id = call.ids[kind.idField] as string;
		const woken = wokenJob(call, kind);
		if (woken !== undefined && woken.kind !== kind) return await finishJob(call, woken.kind, woken.id, wait, woken.again);
		return await finishJob(call, kind, id, wait, {
			...(woken === undefined ? { isNew: recentJobs.has(call.account.id, id) } : woken.again),
			...(held === undefined ? {} : { held: async (record) => await held(call, record) }),
			...(standIn === undefined ? {} : { standIn: async () => await standIn(call) }),
		});
	};
}
