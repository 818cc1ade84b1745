import type { IDataObject } from 'n8n-workflow';

import { avatarGroup, avatarJob } from '../../heygen/jobs/avatar';
import { idIn } from '../../heygen/records';
import { readNumber } from '../../heygen/values/plain';
import { shown } from '../../heygen/values/text';
import { EngineError } from '../basics/errors';
import { settle } from '../basics/settle';
import type { Call, Handler } from '../item/call';
import { outputItem } from '../item/outputItem';
import { sharedIn } from '../item/run';
import { isGone, readRecord } from '../request/readRecord';
import { deleteRecord } from './deleted';

/** The parameter that says what to do about a look whose avatar goes with it. */
export const LAST_LOOK = { name: 'onLastLook', label: 'If It Is the Last Look' } as const;

/** An avatar from which looks are deleted. */
interface Shrinking {
	id: string;
	name: string;
	/** Looks that it has, as far as the run knows. */
	left: number;
}

/**
 * An operation that deletes one look. "Deleting the last look deletes its group" (API reference, section Avatars), so the
 * looks of its avatar are counted first; items of a run that delete looks of one avatar count together.
 */
export function deleteLook(): Handler {
	return async (call) => {
		const id = call.ids[avatarJob.idField] as string;
		const avatar = await avatarOf(call, id);
		const isLast = avatar !== undefined && --avatar.left <= 0;
		if (isLast && call.parameter<string>(LAST_LOOK.name, 'delete') === 'error') {
			avatar.left++;
			throw new EngineError(
				`The look ${id} is the last one of the avatar group ${avatar.name}, which HeyGen would delete with it`,
				`Nothing was deleted. To delete both, choose 'Delete the Avatar Group as Well' in '${LAST_LOOK.label}'.`,
				{ look_id: id, group_id: avatar.id },
			);
		}
		const done = await settle(deleteRecord(call, 'look', id));
		if (!done.ok) {
			if (avatar !== undefined) avatar.left++;
			throw done.error;
		}
		const about = avatar === undefined ? {} : { group_id: avatar.id };
		return [outputItem({ ...done.value, ...about, ...(isLast ? await goneWithIt(call, avatar) : {}) }, call.itemIndex)];
	};
}

/** The avatar that a look belongs to. Undefined where HeyGen does not say, which only a delete that is not to go through minds. */
async function avatarOf(call: Call, lookId: string): Promise<Shrinking | undefined> {
	const read = await settle(readAvatar(call, lookId));
	call.client.signal?.throwIfAborted();
	if (read.ok) return read.value;
	// HeyGen itself says of the delete that there is no such look.
	if (isGone(read.error) || call.parameter<string>(LAST_LOOK.name, 'delete') !== 'error') return undefined;
	throw read.error;
}

async function readAvatar(call: Call, lookId: string): Promise<Shrinking | undefined> {
	const look = await readRecord(call.client, avatarJob, lookId);
	const groupId = idIn({ group_id: look.group_id }, ['group_id']);
	if (groupId === undefined) return undefined;
	const avatars = sharedIn(call.run, `shrinking ${call.account.id}`, () => new Map<string, Promise<Shrinking | undefined>>());
	const known = avatars.get(groupId) ?? countLooks(call, groupId);
	avatars.set(groupId, known);
	return await known;
}

async function countLooks(call: Call, groupId: string): Promise<Shrinking | undefined> {
	const group = await readRecord(call.client, avatarGroup, groupId);
	const left = readNumber(group.looks_count, { min: 0 }).value;
	return left === undefined ? undefined : { id: groupId, name: shown(String(group.name ?? groupId)), left };
}

/** What is said of an avatar whose last look was deleted. */
async function goneWithIt(call: Call, { id, name }: Shrinking): Promise<IDataObject> {
	const read = await settle(readRecord(call.client, avatarGroup, id));
	call.client.signal?.throwIfAborted();
	if (read.ok) return { group_deleted: false, note: `It was the last look of the avatar group ${name}, which HeyGen still has.` };
	const remark = 'The look was the last one of its avatar group, and HeyGen has deleted the group with it';
	call.run.report.remark(remark, call.itemIndex);
	return { group_deleted: true, note: `It was the last look of the avatar group ${name}, which HeyGen has deleted with it.` };
}
