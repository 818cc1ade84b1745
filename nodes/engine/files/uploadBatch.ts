import groupBy from 'lodash/groupBy';
import type { IDataObject } from 'n8n-workflow';

import type { HeyGenError } from '../../heygen/errors';
import { FAILED_WORDS, stateWord, SUCCEEDED_WORDS } from '../../heygen/jobs/kind';
import { idIn } from '../../heygen/records';
import { amount } from '../../heygen/values/text';
import { EngineError, reworded, trimDot } from '../basics/errors';
import { settle } from '../basics/settle';
import { now, pause, timing } from '../basics/timing';
import type { Call } from '../item/call';
import type { Member as CollectorMember } from '../item/collector';
import { culpritIndex, refusalOfItem } from '../item/culprit';
import { batchReader, lastLook, reasonOf } from '../request/readBatch';
import { placedRecords } from '../request/reply';
import { checkedSlot, complete, declaration, fill, isUnfilled, type Slot, whenVisible } from './directUpload';
import { addressOf, type Asset, contentName, doingWith, filesOf, keep, type ReadyFile, uploadKey } from './readyFile';

type Member = CollectorMember<ReadyFile, Asset>;

/** A file and its place in a batch. */
interface Entry {
	member: Member;
	slot: Slot;
	/** Why its bytes may not be there. */
	doubt?: unknown;
}

/**
 * Uploads files as direct-upload batches: one request for all slots, a PUT for each file, one request to complete them,
 * and the asset of each as HeyGen has taken it in (API reference, section 3.3).
 *
 * @param members at most 100 different files; each gets its own asset or error
 */
export async function uploadBatch(members: Member[]): Promise<void> {
	// A try before this one may have got as far as the slots: the same are used, or there would be two assets.
	const groups = groupBy(members, (member) => remembered(member)?.batchId ?? '');
	await Promise.all(
		Object.entries(groups).map(async ([batchId, group]) => {
			const work =
				batchId === ''
					? createSlots(group)
					: fillSlots(
							batchId,
							group.map((member) => ({ member, slot: remembered(member)?.slot as Slot })),
						);
			const done = await settle(work);
			if (!done.ok) group.forEach((member) => member.fail(done.error));
		}),
	);
}

function remembered({ call, content }: Member) {
	return filesOf(call).batchSlots[contentName(content)];
}

async function createSlots(members: Member[]): Promise<void> {
	const [leader] = members;
	if (leader === undefined) return;
	const { call, content } = leader;
	// Files that HeyGen has refused need new slots, which the old key would not give.
	const names = members
		.map((member) => [contentName(member.content), filesOf(call).refused[contentName(member.content)] ?? 0].join(' '))
		.join('\n');
	const key = uploadKey(call, content, `batch of ${names}`);
	const doing = `upload ${amount(members.length, 'file')} in a batch`;
	const created = await settle(
		call.client.send({
			method: 'POST',
			path: '/v3/assets/direct-uploads/batches',
			body: { files: members.map((member) => declaration(member.content)) },
			...(key === undefined ? {} : { idempotencyKey: key }),
			doing,
		}),
	);
	if (!created.ok) {
		const culprit = members[culpritIndex(created.error, 'files') ?? -1];
		if (culprit === undefined) throw created.error;
		const refusal = refusalOfItem(created.error, 'files') as EngineError;
		culprit.fail(reworded(refusal, { message: refusal.message.replace(doing, doingWith(culprit.content)) }));
		await pause(0, call.client.signal);
		return await createSlots(members.filter((member) => member !== culprit));
	}
	const data = (created.value.body.data ?? {}) as IDataObject;
	const batchId = idIn(data, ['batch_id']);
	const slots = placedRecords(data.items);
	if (batchId === undefined || slots.length !== members.length) {
		throw new EngineError(
			`Could not ${doing}: HeyGen's answer does not say where to send them`,
			'No asset was made. Run the items again.',
		);
	}
	const entries: Entry[] = [];
	for (const [index, member] of members.entries()) {
		const checked = await settle((async () => checkedSlot(slots[index], member.content))());
		if (!checked.ok) {
			member.fail(checked.error);
			continue;
		}
		filesOf(call).batchSlots[contentName(member.content)] = { batchId, slot: checked.value };
		entries.push({ member, slot: checked.value });
	}
	await fillSlots(batchId, entries);
}

async function fillSlots(batchId: string, entries: Entry[]): Promise<void> {
	const [first] = entries;
	if (first === undefined) return;
	const { call } = first.member;
	const open = await Promise.all(entries.map(bringBytes));
	const waiting = open.filter((entry) => entry !== undefined);
	if (waiting.length === 0) return;
	call.run.started.add({ kind: 'upload batch', id: batchId, item: call.itemIndex });
	const work = whenVisible(call, async () => {
		await call.client.send({
			method: 'POST',
			path: '/v3/assets/complete/batches',
			body: { batch_id: batchId },
			// HeyGen drives the same batch again (API reference, section 3.3).
			repeatable: true,
			answerless: true,
			doing: `complete the upload of batch ${batchId}`,
		});
	});
	const completed = await settle(work);
	if (completed.ok) return await follow(batchId, call, waiting);
	if (!isUnfilled(completed)) throw completed.error;
	// A file that is missing must not keep the others from being completed.
	await Promise.all(waiting.map(completeAlone));
}

async function completeAlone({ member, slot, doubt }: Entry): Promise<void> {
	const { call, content } = member;
	const completed = await settle(complete(call, content, slot));
	if (completed.ok) {
		keep(call, content, completed.value);
		member.resolve(completed.value);
	} else {
		member.fail(isUnfilled(completed) ? (doubt ?? completed.error) : completed.error);
	}
}

/** @returns undefined when the file has ended up elsewhere, and its item has its result */
async function bringBytes(entry: Entry): Promise<Entry | undefined> {
	const { member, slot } = entry;
	const { call, content } = member;
	const filled = await settle(
		call.run.fileSlots.run(async () => await fill(call, content, slot), call.client.signal, call.client.most),
	);
	call.client.signal?.throwIfAborted();
	// An answer that got lost leaves open whether the bytes are there; the batch will tell.
	if (!filled.ok) return { ...entry, doubt: filled.error };
	if (filled.value === undefined) return entry;
	keep(call, content, filled.value);
	member.resolve(filled.value);
	return undefined;
}

/** Reads the batch until HeyGen has taken in, or refused, every file. */
async function follow(batchId: string, call: Call, entries: Entry[]): Promise<void> {
	const waiting = groupBy(entries, ({ slot }) => slot.asset_id);
	const look = batchReader(call.client, '/v3/assets/batches/{id}', batchId);
	const startedAt = now();
	let interval = timing.pollFirst / 4;
	while (Object.keys(waiting).length > 0) {
		await pause(interval, call.client.signal);
		interval = Math.min(timing.pollMax, interval * timing.pollGrowth);
		const late = now() - startedAt > timing.ingestMax;
		const ended: Array<Promise<void>> = [];
		const { items, failure, problem } = await look();
		for (const record of items) {
			// Batches of every kind name the id `video_id`.
			const id = idIn(record, ['video_id', 'asset_id']) ?? '';
			const word = stateWord(record.status);
			const failed = FAILED_WORDS.includes(word);
			if (!failed && !SUCCEEDED_WORDS.includes(word)) continue;
			for (const entry of waiting[id] ?? []) {
				ended.push(failed ? refuse(batchId, entry, reasonOf(record)) : finish(batchId, entry));
			}
			delete waiting[id];
		}
		await Promise.all(ended);
		if (failure !== undefined) {
			await Promise.all(Object.values(waiting).flat().map(async (entry) => await refuse(batchId, entry, failure)));
			return;
		}
		if (late) {
			for (const { member, slot, doubt } of Object.values(waiting).flat()) {
				member.fail(doubt ?? notInTime(batchId, member, slot, problem));
			}
			return;
		}
	}
}

/** The batch does not tell the file's URL, which a file uploaded alone comes with. */
async function finish(batchId: string, { member, slot }: Entry): Promise<void> {
	const { call, content } = member;
	const id = slot.asset_id;
	const asset: Asset = {
		asset_id: id,
		...(await addressOf(call, id)),
		mime_type: content.mediaType,
		size_bytes: content.size,
		batch_id: batchId,
	};
	keep(call, content, asset);
	member.resolve(asset);
}

async function refuse(batchId: string, { member, slot, doubt }: Entry, { code, message }: HeyGenError): Promise<void> {
	const { call, content } = member;
	// A further try needs a new slot.
	const name = contentName(content);
	const files = filesOf(call);
	delete files.batchSlots[name];
	files.refused[name] = (files.refused[name] ?? 0) + 1;
	member.fail(
		doubt ??
			new EngineError(
				`Could not ${doingWith(content)}: ${message === '' ? 'HeyGen refused it' : trimDot(message)}`,
				'This concerns only this file of the batch; no asset was made of it.',
				{ batch_id: batchId, asset_id: slot.asset_id, code, heyGenMessage: message },
			),
	);
}

function notInTime(batchId: string, { content }: Member, slot: Slot, problem: unknown): EngineError {
	return new EngineError(
		`HeyGen has not processed the file "${content.name}" of batch ${batchId} in time${lastLook(problem)}`,
		"The file is not lost: see what becomes of it with the operation 'Get Batch' and this batch ID.",
		{ batch_id: batchId, asset_id: slot.asset_id },
	);
}
