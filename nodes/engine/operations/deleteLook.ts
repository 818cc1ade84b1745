import type { IDataObject } from 'n8n-workflow';

import { avatarGroup, avatarJob } from '../../heygen/jobs/avatar';
import { idIn } from '../../heygen/records';
import { readNumber } from '../../heygen/values/plain';
import { shown } from '../../heygen/values/text';
import { EngineError } from '../basics/errors';
import { settle, type Settled } from '../basics/settle';
import { now, pause, timing } from '../basics/timing';
import type { Call, Handler } from '../item/call';
import { outputItem } from '../item/outputItem';
import { sharedIn } from '../item/run';
import { isGone, readRecord } from '../request/readRecord';
import { isTransient } from '../request/replyErrors';
import { looksOf } from './avatarLooks';
import { deleteRecord } from './deleted';

/** The parameter that says what to do about a look whose avatar goes with it. */
export const LAST_LOOK = { name: 'onLastLook', label: 'If It Is the Last Look' } as const;

/** What to do to have a look deleted together with its avatar. */
const TO_DELETE_BOTH = `The look is still there. To have both deleted, choose 'Delete the Avatar Group as Well' in '${LAST_LOOK.label}'.`;

/** An avatar from which items of a run delete looks. */
class ShrinkingAvatar {
	/** Looks that have been deleted, or that may have been. */
	private readonly gone = new Set<string>();
	/** Deletes under way, by their looks. */
	private readonly open = new Map<string, Promise<Settled<unknown>>>();

	/**
	 * @param id the avatar
	 * @param name for messages
	 * @param looks how many it had when the run began to delete them
	 */
	constructor(
		readonly id: string,
		readonly name: string,
		private readonly looks: number,
	) {}

	/**
	 * Deletes a look. What is to be the last one waits for the deletes of the others: one of them may not go through.
	 *
	 * @param lookId the look
	 * @param work deletes it, and is told whether it is the last one
	 */
	async delete<T>(lookId: string, work: (isLast: boolean) => Promise<T>): Promise<T> {
		for (;;) {
			const others = [...this.open].filter(([id]) => id !== lookId);
			const taken = new Set([...this.gone, ...others.map(([id]) => id), lookId]);
			const isLast = taken.size >= this.looks;
			if (isLast && others.length > 0) {
				await Promise.all(others.map(async ([, other]) => await other));
				continue;
			}
			const deleting = settle(work(isLast));
			this.open.set(lookId, deleting);
			const done = await deleting;
			if (this.open.get(lookId) === deleting) this.open.delete(lookId);
			if (done.ok || isGone(done.error) || isTransient(done.error)) this.gone.add(lookId);
			if (done.ok) return done.value;
			throw done.error;
		}
	}
}

/**
 * An operation that deletes one look. "Deleting the last look deletes its group" (API reference, section Avatars), so the
 * looks of its avatar are counted first; items of a run that delete looks of one avatar count together.
 */
export function deleteLook(): Handler {
	return async (call) => {
		const isGuarded = call.parameter<string>(LAST_LOOK.name, 'delete') === 'error';
		const id = call.ids[avatarJob.idField] as string;
		const avatar = await avatarOf(call, id, isGuarded);
		if (avatar === undefined) return [outputItem(await deleteRecord(call, 'look', id), call.itemIndex)];
		const { record, isLast } = await avatar.delete(id, async (isLastOne) => {
			if (isLastOne && isGuarded) throw goesWithIt(id, avatar);
			return { record: await deleteRecord(call, 'look', id), isLast: isLastOne };
		});
		return [outputItem({ ...record, group_id: avatar.id, ...(isLast ? await whatIsLeft(call, avatar) : {}) }, call.itemIndex)];
	};
}

function goesWithIt(lookId: string, { id, name }: ShrinkingAvatar): EngineError {
	const message = `The look ${lookId} is the last one of the avatar group ${name}, which HeyGen would delete with it`;
	return new EngineError(message, TO_DELETE_BOTH, { look_id: lookId, group_id: id });
}

/**
 * The avatar that a look belongs to.
 *
 * @param isGuarded whether the look is not to be deleted when its avatar goes with it
 * @returns undefined where HeyGen does not say, which a delete minds that is not to take the avatar with it
 * @throws EngineError when such a delete cannot be sure
 */
async function avatarOf(call: Call, lookId: string, isGuarded: boolean): Promise<ShrinkingAvatar | undefined> {
	const read = await settle(readAvatar(call, lookId));
	call.client.signal?.throwIfAborted();
	if (read.ok && read.value !== undefined) return read.value;
	if (!isGuarded) return undefined;
	if (!read.ok) throw read.error;
	throw new EngineError(`HeyGen does not say to which avatar group the look ${lookId} belongs, so it may be the last one there`, TO_DELETE_BOTH, { look_id: lookId });
}

async function readAvatar(call: Call, lookId: string): Promise<ShrinkingAvatar | undefined> {
	const look = await readRecord(call.client, avatarJob, lookId, 'delete the look');
	const groupId = idIn({ group_id: look.group_id }, ['group_id']);
	if (groupId === undefined) return undefined;
	const avatars = sharedIn(call.run, `shrinking ${call.account.id}`, () => new Map<string, Promise<ShrinkingAvatar>>());
	const known = avatars.get(groupId) ?? countLooks(call, groupId);
	avatars.set(groupId, known);
	return await known;
}

async function countLooks(call: Call, groupId: string): Promise<ShrinkingAvatar> {
	const group = await readRecord(call.client, avatarGroup, groupId, 'delete the look');
	const looks = readNumber(group.looks_count, { min: 0 }).value ?? (await looksOf(call, groupId)).length;
	return new ShrinkingAvatar(groupId, shown(String(group.name ?? groupId)), looks);
}

/** What is said of an avatar whose last look was deleted. HeyGen's servers do not all learn of its end at the same time. */
async function whatIsLeft(call: Call, { id, name }: ShrinkingAvatar): Promise<IDataObject> {
	const until = now() + timing.catchUpTime;
	for (;;) {
		const read = await settle(readRecord(call.client, avatarGroup, id));
		call.client.signal?.throwIfAborted();
		if (!read.ok && isGone(read.error)) {
			call.run.report.remark('The look was the last one of its avatar group, and HeyGen has deleted the group with it', call.itemIndex);
			return { group_deleted: true, note: `It was the last look of the avatar group ${name}, which HeyGen has deleted with it.` };
		}
		if (!read.ok) {
			return { group_deleted: null, note: `It was the last look of the avatar group ${name}. HeyGen deletes a group with its last look, but has not told whether this one is gone.` };
		}
		if (now() >= until) return { group_deleted: false, note: `By HeyGen's count it was the last look of the avatar group ${name}, which HeyGen still has.` };
		await pause(timing.pollFirst, call.client.signal);
	}
}
