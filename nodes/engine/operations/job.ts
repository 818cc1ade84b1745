import type { IDataObject } from 'n8n-workflow';

import type { JobFile, JobKind } from '../../heygen/jobs/kind';
import { settle } from '../basics/settle';
import { preparedBody } from '../files/preparedBody';
import type { Call, Handler } from '../item/call';
import { ownKey, passCheckpoint } from '../item/idempotency';
import { outputItem } from '../item/outputItem';
import { createInBatch } from '../jobs/createBatches';
import { create } from '../jobs/createJob';
import { FailedJob, finishJob, recentJobs, waitSettings } from '../jobs/finishJob';

/** Failed jobs of earlier executions that one item steps over. Only the create after the last of them makes a job. */
const MOST_REPLAYS = 10;

/** What an operation's API can do besides what its kind of job says. */
interface JobTraits {
	/** Whether the request takes a `callback_id`. */
	callbackId?: boolean;
}

/**
 * An operation that starts a job and, unless told not to, waits for it and fetches its files.
 *
 * @param kind the job's kind
 * @param doing what the operation does, for messages: "create the video"
 * @param bodyOf brings the item's body into the API's form and checks it before anything is sent; it is told which
 *   files are wanted. Binary fields in the body are uploaded after it
 * @param traits what else its API can do
 */
export function job(
	kind: JobKind,
	doing: string,
	bodyOf: (call: Call, files: readonly JobFile[]) => IDataObject,
	traits: JobTraits = {},
): Handler {
	const sendsCallback = traits.callbackId === true;
	return async (call) => {
		const wait = call.parameter('waitForCompletion', true) ? waitSettings(call, kind) : undefined;
		const prepare = async () => {
			const content = bodyOf(call, wait?.files ?? []);
			const prepared = await preparedBody(call, content);
			await passCheckpoint(call, prepared.content);
			return { content: prepared.content, body: await prepared.upload() };
		};
		if (call.options.sendAsBatch === true) {
			const created = await createInBatch(call, kind, doing, sendsCallback, prepare);
			if (wait === undefined) return [outputItem(created, call.itemIndex)];
			return [await finishJob(call, kind, String(created[kind.idField]), wait, true)];
		}
		const wanted = await prepare();
		for (let replays = 0; ; replays++) {
			const { created, isOld } = await create(call, kind, doing, wanted, sendsCallback);
			recentJobs.add(call.account.id, String(created[kind.idField]));
			if (wait === undefined) return [outputItem(created, call.itemIndex)];
			const finished = await settle(finishJob(call, kind, String(created[kind.idField]), wait, true));
			if (finished.ok) return [finished.value];
			// A key that an earlier execution has used is answered with what failed there, which is not charged. What this run
			// has made itself is left to Retry On Fail.
			const isRenewable = isOld && finished.error instanceof FailedJob && ownKey(call.options) === undefined;
			if (!isRenewable || replays >= MOST_REPLAYS) throw finished.error;
		}
	};
}
