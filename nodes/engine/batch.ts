import type { IDataObject } from 'n8n-workflow';

import { readHeyGenError } from '../heygen/errors';
import type { JobKind } from '../heygen/jobs';
import { BATCH_MAX, PAGE_MAX } from '../heygen/limits';
import { EngineError, inputError, isTransient, trimDot, withDetails } from './errors';
import { idempotencyKey, itemKey } from './idempotency';
import type { Call } from './operation';
import { readPages } from './pages';
import { sharedIn } from './run';
import { settle } from './settle';
import { now, pause, timing } from './timing';

/** One item's create on its way into a batch. */
interface Member {
	call: Call;
	body: IDataObject;
	key: string | undefined;
	settle: (created: IDataObject) => void;
	fail: (error: unknown) => void;
}

/**
 * Creates a job as part of a batch: the creates of a run's items go out together, at most 100 in a request, and each
 * item keeps its own result or error.
 *
 * @param call the item
 * @param kind the job's kind
 * @param doing what is done, for messages
 * @param body makes the item's body; what it throws concerns this item alone
 * @returns `batch_id`, `item_index`, `status` and the job's id, which is null when the run does not wait and HeyGen
 *   has not started the job within half a minute
 */
export async function createInBatch(
	call: Call,
	kind: JobKind,
	doing: string,
	body: () => IDataObject,
): Promise<IDataObject> {
	const { run } = call;
	const make = () => new Batches(kind, doing, run.itemCount);
	return await sharedIn(run, `batches ${kind.noun}`, make).add(call, body);
}

class Batches {
	private members: Member[] = [];
	private arrived = 0;

	constructor(
		private readonly kind: JobKind,
		private readonly doing: string,
		private readonly expected: number,
	) {}

	async add(call: Call, body: () => IDataObject): Promise<IDataObject> {
		this.arrived++;
		try {
			const checked = body();
			if ((call.options.idempotencyKey ?? '') !== '') {
				throw inputError(
					"'Idempotency Key' cannot be combined with 'Send as Batch'",
					'HeyGen takes one key for a whole batch, so a key of one item could not keep it from being made again.',
				);
			}
			// Never renewed: a new key for one failed render would make the whole batch anew.
			const key = itemKey(call, this.kind.batch.createPath, checked, false);
			return await new Promise<IDataObject>((settle, fail) => {
				this.members.push({ call, body: checked, key, settle, fail });
				this.maybeSend();
			});
		} finally {
			// An item that was not fit for the batch may have been the last one the others waited for.
			this.maybeSend();
		}
	}

	private maybeSend(): void {
		if (this.members.length >= BATCH_MAX || this.arrived >= this.expected) return this.flush();
		// Items that failed before they came here would be waited for in vain.
		const { arrived } = this;
		void pause(timing.batchQuiet).then(() => {
			if (arrived === this.arrived) this.flush();
		});
	}

	private flush(): void {
		const members = this.members.splice(0, BATCH_MAX);
		if (members.length === 0) return;
		this.send(members).catch((error: unknown) => members.forEach((member) => member.fail(error)));
	}

	/** Sends one batch; an item that makes HeyGen refuse the whole is taken out, and the others go without it. */
	private async send(members: Member[]): Promise<void> {
		const { kind } = this;
		const leader = members[0];
		if (leader === undefined) return;
		const { call } = leader;
		const keys = members.map((member) => member.key);
		const body = { [kind.batch.itemsField]: members.map((member) => member.body) };
		const path = kind.batch.createPath;
		const created = await settle(
			call.send({
				method: 'POST',
				path,
				body,
				...(keys.includes(undefined)
					? {}
					: { idempotencyKey: idempotencyKey(call.run.id, call.itemIndex, path, keys) }),
				startsJob: true,
				doing: `${this.doing} in a batch of ${members.length}`,
			}),
		);
		if (!created.ok) {
			const culprit = this.culprit(created.error, members);
			if (culprit === undefined) throw created.error;
			culprit.fail(created.error);
			// If that stops the node, the others must not be sent, and cost money, any more.
			await pause(0, call.client.signal);
			return await this.send(members.filter((member) => member !== culprit));
		}
		const batchId = String((created.value.body.data as IDataObject | undefined)?.batch_id ?? '');
		if (batchId === '') {
			throw new EngineError(
				`Could not ${this.doing}: HeyGen's answer names no batch id`,
				"The batch may have been created all the same: look into 'Get Many' before running the items again.",
			);
		}
		call.run.started.push(`batch ${batchId}`);
		await this.follow(batchId, members);
	}

	/** The item a refusal names, as in "videos[3].script" or "videos.3.script". */
	private culprit(error: unknown, members: Member[]): Member | undefined {
		if (!(error instanceof EngineError) || error.details.httpCode !== '400') return undefined;
		const { param } = error.details;
		const index = param?.match(new RegExp(`^${this.kind.batch.itemsField}[[./](\\d+)`))?.[1];
		return index === undefined ? undefined : members[Number(index)];
	}

	/** Reads the batch until every item has its job or its error. */
	private async follow(batchId: string, members: Member[]): Promise<void> {
		const call = (members[0] as Member).call;
		const startedAt = now();
		const late = ({ call: { run, parameter } }: Member) =>
			now() - startedAt >=
			(parameter('waitForCompletion', true) ? run.queueTimeout : timing.settleTime);
		const open = new Map(members.map((member, index) => [index, member]));
		let interval = timing.pollFirst / 4;
		while (open.size > 0) {
			await pause(interval, call.client.signal);
			interval = Math.min(timing.pollMax, interval * timing.pollGrowth);
			const records = await this.readBatch(call, batchId);
			for (const record of records) {
				const index = Number(record.item_index);
				const member = open.get(index);
				if (member === undefined || !this.settled(member, record, batchId, late(member))) continue;
				open.delete(index);
			}
			for (const [index, member] of open) {
				if (!late(member)) continue;
				open.delete(index);
				member.fail(
					new EngineError(
						`HeyGen has not started item ${index} of batch ${batchId} in time`,
						"It is not lost: fetch it with the operation 'Get Batch' and this batch id, then attach with 'Wait Until Finished'.",
						{ batch_id: batchId, item_index: index },
					),
				);
			}
		}
	}

	private async readBatch(call: Call, batchId: string): Promise<IDataObject[]> {
		const read = await settle(
			readPages(
				call.send,
				{
					method: 'GET',
					path: this.kind.batch.readPath.replace('{id}', encodeURIComponent(batchId)),
					doing: `read the batch ${batchId}`,
				},
				{ max: PAGE_MAX.batchItems, of: 'batch items', itemsIn: 'items' },
				Infinity,
			),
		);
		if (read.ok) return read.value;
		if (isTransient(read.error)) return [];
		throw withDetails(read.error, { batch_id: batchId }, `batch ${batchId}`);
	}

	private settled(member: Member, record: IDataObject, batchId: string, late: boolean): boolean {
		const { kind } = this;
		// Batches of every kind name the job's id `video_id` (API reference, section Batches).
		const id = record.video_id;
		const head = { batch_id: batchId, item_index: record.item_index };
		if (typeof id === 'string' && id !== '') {
			member.call.run.started.push(id);
			member.settle({ [kind.idField]: id, status: record.status, ...head });
			return true;
		}
		if (record.status === 'failed') {
			const { code, message } = readHeyGenError({ error: record.error });
			member.fail(
				new EngineError(
					`Could not ${this.doing}: ${message === '' ? 'HeyGen refused it' : trimDot(message)}`,
					'Only this item of the batch is concerned; nothing was created for it.',
					{ ...head, code, heyGenMessage: message },
				),
			);
			return true;
		}
		if (!late || member.call.parameter('waitForCompletion', true)) return false;
		member.settle({ [kind.idField]: null, status: record.status, ...head });
		return true;
	}
}
