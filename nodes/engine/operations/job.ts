import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { JobFile, JobKind } from '../../heygen/jobs/kind';
import { settle } from '../basics/settle';
import { preparedBody } from '../files/preparedBody';
import type { Call, Handler } from '../item/call';
import { ownKey, passCheckpoint } from '../item/idempotency';
import { outputItem } from '../item/outputItem';
import { createInBatch } from '../jobs/createBatches';
import { callbackId, create, type Wanted } from '../jobs/createJob';
import { FailedJob, finishJob, recentJobs, type WaitSettings, waitSettings } from '../jobs/finishJob';
import { placeForJob } from '../jobs/jobPlace';
import { Spending } from '../jobs/spending';

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
		const check = async () => {
			const body = bodyOf(call, wait?.files ?? []);
			const prepared = await preparedBody(call, body);
			const spending = Spending.of(call, kind, body, prepared);
			await passCheckpoint(call, prepared.content);
			await spending?.approve();
			await call.run.checkpoint.waitForGroup(call.itemIndex, call.client.signal);
			return { prepared, spending };
		};
		if (call.options.dryRun === true) {
			const { prepared, spending } = await check();
			const preview = { ...prepared.preview, ...(sendsCallback ? callbackId(call, prepared.preview, undefined) : {}) };
			return [outputItem({ dryRun: true, body: preview, ...spending?.expected }, call.itemIndex)];
		}
		let spending: Spending | undefined;
		const prepare = async () => {
			const checked = await check();
			spending = checked.spending;
			spending?.begin();
			return { content: checked.prepared.content, body: await checked.prepared.upload() };
		};
		const made = await settle(makeJob(call, kind, doing, sendsCallback, wait, prepare, () => spending));
		if (!made.ok) {
			spending?.failed(made.error);
			throw made.error;
		}
		return [made.value];
	};
}

/** Starts an item's job and, where that is wanted, waits for it. */
async function makeJob(
	call: Call,
	kind: JobKind,
	doing: string,
	sendsCallback: boolean,
	wait: WaitSettings | undefined,
	prepare: () => Promise<Wanted>,
	spendingOf: () => Spending | undefined,
): Promise<INodeExecutionData> {
	const goOn = async (created: IDataObject, free: () => void = () => undefined) => {
		if (wait === undefined) return outputItem(created, call.itemIndex);
		return await finishJob(call, kind, String(created[kind.idField]), wait, true, (record) => {
			free();
			return spendingOf()?.finished(record) ?? {};
		});
	};
	if (call.options.sendAsBatch === true) return await goOn(await createInBatch(call, kind, doing, sendsCallback, prepare));
	const wanted = await prepare();
	const attempt = async (free: () => void) => {
		const { created, isOld } = await create(call, kind, doing, wanted, sendsCallback);
		recentJobs.add(call.account.id, String(created[kind.idField]));
		return { isOld, ended: await settle(goOn(created, free)) };
	};
	for (let replays = 0; ; replays++) {
		const free = await placeForJob(call, doing);
		const { isOld, ended } = await attempt(free).finally(free);
		if (ended.ok) return ended.value;
		// A key that an earlier execution has used is answered with what failed there, which is not charged. What this run
		// has made itself is left to Retry On Fail.
		const isRenewable = isOld && ended.error instanceof FailedJob && ownKey(call.options) === undefined;
		if (!isRenewable || replays >= MOST_REPLAYS) throw ended.error;
	}
}
