import groupBy from 'lodash/groupBy';
import omit from 'lodash/omit';
import type { IDataObject } from 'n8n-workflow';

import type { HeyGenError } from '../../heygen/errors';
import { type BatchedKind, jobPhase } from '../../heygen/jobs/kind';
import { createdIdIn } from '../../heygen/records';
import { isNothing } from '../../heygen/values/reading';
import { amount, numeral } from '../../heygen/values/text';
import { EngineError, inputError, trimDot } from '../basics/errors';
import { settle } from '../basics/settle';
import { now, pause, timing } from '../basics/timing';
import { askerOf, type Call, slotOf } from '../item/call';
import { Collector, type Member as CollectorMember } from '../item/collector';
import { culpritIndex, refusalOfItem } from '../item/culprit';
import { idempotencyKey, isSameInput, itemKey, keyedAt, ownKey } from '../item/idempotency';
import type { BatchPlace } from '../item/memory';
import { sharedIn } from '../item/run';
import { batchReader, lastLook, placeInBatch, reasonOf } from '../request/readBatch';
import { askUntilNamed, callbackId, type Wanted } from './createJob';

/** One item's create. */
interface Create {
	body: IDataObject;
	key: string | undefined;
}

type Member = CollectorMember<Create, IDataObject>;

/**
 * Creates a job as part of a batch: the creates of a run's items go out together, at most 100 in a request, and each
 * item keeps its own result or error.
 *
 * @param call the item
 * @param kind the job's kind
 * @param doing what is done, for messages
 * @param sendsCallback whether a callback ID may be added
 * @param body makes the item's body; what it throws concerns this item alone
 * @returns `batch_id`, `item_index`, `status` and the job's id, which is null when the run does not wait and HeyGen
 *   has not started the job within half a minute
 */
export async function createInBatch(
	call: Call,
	kind: BatchedKind,
	doing: string,
	sendsCallback: boolean,
	body: () => Promise<Wanted>,
): Promise<IDataObject> {
	const { run } = call;
	const collector = sharedIn(run, `batches ${kind.noun}`, () => {
		const batches = new Batches(kind, doing);
		return new Collector<Create, IDataObject>(() => run.createCount, async (members) => await batches.send(members));
	});
	const [created] = await collector.add(call, async () => {
		const { body: checked, content } = await body();
		const key = keyInBatch(call, kind, content);
		return [{ body: { ...checked, ...(sendsCallback ? callbackId(call, checked, keyedAt(call, kind.batch.createPath, key)) : {}) }, key }];
	});
	return created as IDataObject;
}

function keyInBatch(call: Call, kind: BatchedKind, content: IDataObject): string | undefined {
	return itemKey(call, kind.batch.createPath, content, true);
}

/**
 * Whether an item's create is part of a batch that an earlier try has sent, and HeyGen has not refused.
 *
 * @param call the item
 * @param kind the job's kind
 * @param content what it asks for
 */
export function isInSentBatch(call: Call, kind: BatchedKind, content: IDataObject): boolean {
	return call.run.memory.placeOf(keyInBatch(call, kind, content)) !== undefined;
}

/**
 * Makes sure that an item may go out in a batch.
 *
 * @param call the item
 * @throws EngineError naming the option that needs a create of its own
 */
export function checkForBatch({ options }: Call): void {
	const alone = isSameInput(options)
		? 'Same Input, Same Video'
		: ownKey(options) === undefined
			? undefined
			: 'Idempotency Key';
	if (alone === undefined) return;
	throw inputError(
		`'${alone}' cannot be combined with 'Send as Batch'`,
		'HeyGen takes one key for a whole batch, so a key of one item could not keep it from being made again.',
	);
}

/** HeyGen has made nothing for an item of a batch. */
export class NotMade extends EngineError {}

/** Where an earlier try has put a create. */
function placeOf({ run }: Call, { key }: Create): BatchPlace | undefined {
	return run.memory.placeOf(key);
}

class Batches {
	/** When an item last got its job or its error: batches of a run wait for the same places. */
	private progressAt = -Infinity;

	constructor(
		private readonly kind: BatchedKind,
		private readonly doing: string,
	) {}

	/** Sends what has come together, each create in the batch it was in before, if it was in one. */
	async send(members: Member[]): Promise<void> {
		const groups = groupBy(members, ({ call, content }) => {
			// One create without a key would take the key from all that go with it.
			return content.key === undefined ? 'without key' : (placeOf(call, content)?.batch.key ?? '');
		});
		const sent = Object.values(groups).map(async (group) => {
			const done = await settle(this.sendOne(group));
			if (!done.ok) group.forEach((member) => member.fail(done.error));
		});
		await Promise.all(sent);
	}

	/** Sends one batch; an item that makes HeyGen refuse the whole is taken out, and the others go without it. */
	private async sendOne(members: Member[]): Promise<void> {
		const leader = members[0];
		if (leader === undefined) return;
		const { call } = leader;
		const { started, memory } = call.run;
		const places = this.placesOf(members);
		const { batch } = places[0] as BatchPlace;
		const key = batch.key === '' ? undefined : batch.key;
		const open = new Map(members.map((member, at) => [(places[at] as BatchPlace).index, member]));
		const size = batch.bodies.length;
		const earlier = started.forgottenByHeyGen({ key });
		if (earlier !== undefined) return await this.follow(earlier.id, call, open, size);
		const created = await settle(this.createOne(call, batch, open));
		if (created.ok) return await this.follow(created.value, call, open, size);
		const made = started.madeWith({ key });
		// An earlier try has brought the id. The refusal is about making another one, which is not wanted.
		if (made !== undefined && call.client.signal?.aborted !== true) return await this.follow(made.id, call, open, size);
		const mayExist = started.doubtsAbout({ key }).length > 0;
		const index = culpritIndex(created.error, this.kind.batch.itemsField, mayExist);
		const culprit = open.get(index ?? -1);
		// A remembered batch may come together in parts: then the culprit can be in another one.
		const elsewhere = index !== undefined && open.size < size;
		const isRefused = culprit !== undefined || elsewhere;
		if (isRefused || !mayExist) memory.forgetBatch(batch.key);
		if (!isRefused) throw created.error;
		culprit?.fail(refusalOfItem(created.error, this.kind.batch.itemsField));
		// If that stops the node, the others must not be sent, and cost money, any more.
		await pause(0, call.client.signal);
		return await this.sendOne(members.filter((member) => member !== culprit));
	}

	/** Asks HeyGen for a batch until an answer names it. @returns its id */
	private async createOne(call: Call, batch: BatchPlace['batch'], open: Map<number, Member>): Promise<string> {
		const { kind, doing } = this;
		const size = batch.bodies.length;
		const keyed = batch.key === '' ? {} : { key: batch.key };
		const asking = [...open.values()];
		// All that one operation puts into a batch are variants, or none is.
		const variants = asking.flatMap(({ call: { variant } }) => variant?.name ?? []);
		const callbacks = [...open.keys()].map((index) => batch.bodies[index]?.callback_id);
		const about = {
			what: `a batch of ${amount(size, kind.noun)}`,
			items: asking.map(({ call: { itemIndex } }) => itemIndex),
			...(variants.length === 0 ? {} : { variants }),
			...(callbacks.every((id) => typeof id === 'string') ? { callbackIds: callbacks } : {}),
			...keyed,
		};
		const request = {
			method: 'POST' as const,
			path: kind.batch.createPath,
			body: { [kind.batch.itemsField]: batch.bodies as IDataObject[] },
			startsJob: this.kind.lane,
			...(batch.key === '' ? {} : { idempotencyKey: batch.key }),
			doing: `${doing} in a batch of ${numeral(size)}`,
		};
		const made = await askUntilNamed(call, request, about, { noun: 'batch', fields: ['batch_id'] });
		call.run.started.add({ kind: 'batch', id: made.id, item: call.itemIndex, ...keyed });
		made.doubt.made();
		return made.id;
	}

	/** The places of creates in their batch; a new one is remembered, unless its creates carry no keys. */
	private placesOf(members: Member[]): BatchPlace[] {
		const { call, content } = members[0] as Member;
		if (placeOf(call, content) !== undefined) {
			return members.map((member) => placeOf(member.call, member.content) as BatchPlace);
		}
		const keys = members.map((member) => member.content.key);
		const path = this.kind.batch.createPath;
		const batch = {
			key: keys.includes(undefined) ? '' : idempotencyKey(call.run.id, call.itemIndex, path, keys),
			bodies: members.map((member) => member.content.body),
		};
		if (batch.key !== '') call.run.memory.keepBatch(batch, keys as string[]);
		return members.map((_member, index) => ({ batch, index }));
	}

	/** Reads the batch until every item has its job or its error. */
	private async follow(batchId: string, call: Call, open: Map<number, Member>, size: number): Promise<void> {
		const read = batchReader(call.client, this.kind.batch.readPath, batchId);
		const startedAt = now();
		// Whoever waits has patience as long as HeyGen starts others, as with creates one by one.
		const late = ({ call: { client, parameter } }: Member) =>
			parameter('waitForCompletion', true)
				? now() - Math.max(startedAt, this.progressAt) >= client.queueTimeout
				: now() - startedAt >= timing.catchUpTime;
		let interval = timing.pollFirst / 4;
		while (open.size > 0) {
			await pause(interval, call.client.signal);
			interval = Math.min(timing.pollMax, interval * timing.pollGrowth);
			const { items, failure, problem } = await read();
			for (const [at, record] of items.entries()) {
				const index = placeInBatch(items, at, size) ?? -1;
				const member = open.get(index);
				const head = { batch_id: batchId, item_index: index };
				if (member === undefined || !this.concluded(member, record, head, late(member))) continue;
				this.progressAt = now();
				open.delete(index);
			}
			for (const [index, member] of open) {
				const head = { batch_id: batchId, item_index: index };
				if (failure !== undefined) member.fail(this.refused(failure, head));
				else if (late(member)) member.fail(notInTime(head, problem));
				else continue;
				open.delete(index);
			}
		}
	}

	private concluded(member: Member, record: IDataObject, head: Head, late: boolean): boolean {
		const { kind } = this;
		const hasFailed = jobPhase(kind, record.status) === 'failed';
		// Batches of every kind name the job's id `video_id`, which is null until there is a job (API reference, section
		// Batches). An `id` beside it is then the item's own.
		const fields = ['video_id', kind.idField, ...(kind.createdIdField === undefined ? [] : [kind.createdIdField])];
		const isYetToCome = fields.some((field) => record[field] === null);
		const id = createdIdIn(isYetToCome ? omit(record, 'id') : record, fields);
		if (id !== undefined) {
			member.call.run.started.add({ kind: kind.noun, id, ...askerOf(member.call) });
			// Whoever does not wait has no other word of why it has failed.
			const error = hasFailed ? (record.error ?? record.failure_message) : undefined;
			member.resolve({ [kind.idField]: id, status: record.status, ...head, ...(isNothing(error) ? {} : { error }) });
			return true;
		}
		if (hasFailed) {
			// A later try asks for it in another batch: this one is as it is.
			member.call.run.memory.jobFailed(slotOf(member.call));
			const { message, advice, details } = this.refused(reasonOf(record), head, 'This concerns only this item of the batch; nothing was created for it.');
			member.fail(new NotMade(message, advice, details));
			return true;
		}
		if (!late || member.call.parameter('waitForCompletion', true)) return false;
		member.resolve({ [kind.idField]: null, status: record.status, ...head });
		return true;
	}

	private refused({ code, message }: HeyGenError, head: Head, advice = WHOLE_BATCH): EngineError {
		return new EngineError(
			`Could not ${this.doing}: ${message === '' ? 'HeyGen refused it' : trimDot(message)}`,
			advice,
			{ ...head, code, heyGenMessage: message },
		);
	}
}

/** An item's place in a batch, under HeyGen's names. */
type Head = { batch_id: string; item_index: number };

const WHOLE_BATCH =
	"HeyGen calls the whole batch failed. See what became of its items with the operation 'Get Batch' and the batch ID before running them again.";

function notInTime(head: Head, problem: unknown): EngineError {
	return new EngineError(
		`HeyGen has not started this item of batch ${head.batch_id} in time${lastLook(problem)}`,
		"The item is not lost: find it with the operation 'Get Batch' and this batch ID, then attach with 'Wait Until Finished'.",
		head,
	);
}
