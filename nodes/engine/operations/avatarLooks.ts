import type { IDataObject } from 'n8n-workflow';

import { avatarGroup, avatarJob } from '../../heygen/jobs/avatar';
import { isHeld, jobPhase, stateWord } from '../../heygen/jobs/kind';
import { PAGE_MAX } from '../../heygen/limits';
import { firstText, idIn } from '../../heygen/records';
import { readId } from '../../heygen/values/ids';
import { readNumber } from '../../heygen/values/plain';
import { isNothing } from '../../heygen/values/reading';
import { amount, listInWords, shown } from '../../heygen/values/text';
import { EngineError, reworded } from '../basics/errors';
import { settle } from '../basics/settle';
import type { Call, Handler } from '../item/call';
import { taken } from '../item/given';
import { itemKey } from '../item/idempotency';
import { sharedIn } from '../item/run';
import { outlineShape } from '../item/simplify';
import type { Locate } from '../jobs/createJob';
import { ENDLESS_LIST, readPages } from '../request/readPages';
import { ifExisting, isGone, readRecord } from '../request/readRecord';
import { attach } from './attach';

/** Avatars are groups of looks. Videos show looks, and some of what is said of a look is said of its group alone. */

/** The option of a wait that names the group of the look. */
export const GROUP_OF_LOOK = { name: 'groupId', label: 'Avatar Group ID' } as const;

/** The ID of the group that a record names. */
function groupIn(record: IDataObject): string | undefined {
	return idIn({ group_id: record.group_id }, ['group_id']);
}

/**
 * Finds the look that a create has made, where HeyGen has answered with its group alone, or with nothing. A group that was
 * there before has other looks, and its list need not have the new one at once.
 */
export const locateLook: Locate = async (call, record, { name, avatar_group_id: given }) => {
	const groupId = groupIn(record) ?? groupIn({ group_id: given });
	if (groupId === undefined) return undefined;
	const read = await settle(looksOf(call, groupId));
	call.client.signal?.throwIfAborted();
	const looks = (read.ok ? read.value : []).filter((look) => !call.run.started.jobs().includes(idIn(look, ['look_id']) ?? ''));
	const isAlone = given === undefined && looks.length === 1;
	const isOwn = (look: IDataObject) => look.name === name && jobPhase(avatarJob, look.status) === 'running';
	const [only, ...others] = isAlone ? looks : looks.filter(isOwn);
	return only === undefined || others.length > 0 ? undefined : idIn(only, ['look_id']);
};

/**
 * The looks of an avatar group, all of them.
 *
 * @param call the item
 * @param groupId the group
 */
export async function looksOf(call: Call, groupId: string): Promise<IDataObject[]> {
	const request = { method: 'GET' as const, path: '/v3/avatars/looks', query: { group_id: groupId }, doing: `list the looks of the avatar group ${groupId}` };
	return await readPages(call.client.send, request, { max: PAGE_MAX.avatarLooks, of: 'looks', advice: ENDLESS_LIST }, Infinity);
}

/**
 * What a group says of a look that HeyGen does not find: "avatar_not_found (also seen for a look that is still training)"
 * (API reference, section Codes).
 *
 * @param call the item
 * @param groupId the group, if it is known
 * @param created the answer to the look's create, which was just now: the look is in training whatever its group says
 * @returns nothing when there is no such group, or it says that the look is not in training
 */
async function groupStandsIn(call: Call, groupId: string | undefined, created?: IDataObject): Promise<IDataObject | undefined> {
	if (groupId === undefined) return undefined;
	const group = await ifExisting(readRecord(call.client, avatarGroup, groupId));
	if (group === undefined) return undefined;
	const { status, error } = group;
	const isNew = created !== undefined;
	// What is said of a group with several looks may be about another one. A failure would have the look made anew.
	const isShared = call.body.avatar_group_id !== undefined || (readNumber(group.looks_count).value ?? 1) > 1;
	const name = isNew ? created.name : isShared ? undefined : group.name;
	const own = { group_id: groupId, ...(isNothing(name) ? {} : { name }) };
	if (!isShared && jobPhase(avatarJob, status) === 'failed') return { ...own, status, error };
	if (!(isShared && isNew) && isHeld(avatarJob, group)) return { ...own, status };
	return isNew || stateWord(status) === 'processing' ? { ...own, status: 'processing' } : undefined;
}

/**
 * What a look that has just been asked for is read by while HeyGen does not find it.
 *
 * @param call the item
 * @param created the answer to its create
 */
export async function newLookStandIn(call: Call, created: IDataObject): Promise<IDataObject | undefined> {
	return await groupStandsIn(call, groupIn(created), created);
}

/** What is said of a look for which somebody has to consent. */
const CONSENT_NOTE = `HeyGen needs the consent of the person it shows. Let that person open the page in consent_url; then 'Wait Until Finished' hands the look on. Until then no video can show it.`;

/**
 * What an item says of a look for which somebody has to consent: the page where that is done.
 *
 * @param call the item
 * @param record the look's
 * @param known what else may name its group
 * @returns the page is null where HeyGen does not give one; the look is not lost for it
 */
export async function consentOf(call: Call, record: IDataObject, known: IDataObject = {}): Promise<IDataObject> {
	const groupId = groupIn(record) ?? groupIn(known);
	const asked = groupId === undefined ? undefined : await settle(consentPage(call, groupId));
	call.client.signal?.throwIfAborted();
	const named = groupId === undefined ? {} : { group_id: groupId };
	if (asked?.ok === true && asked.value !== undefined) return { ...named, consent_url: asked.value, note: CONSENT_NOTE };
	const why = asked?.ok === false ? `: ${(asked.error as Error).message}` : '';
	return { ...named, consent_url: null, note: `HeyGen needs the consent of the person it shows, and has not given the page for it${why}. Ask for it with the operation 'Request Consent'.` };
}

/** The page on which the person of a group consents, asked for once for all items of the run that wait for that person. */
async function consentPage(call: Call, groupId: string): Promise<string | undefined> {
	const pages = sharedIn(call.run, `consent ${call.account.id}`, () => new Map<string, Promise<string | undefined>>());
	const known = pages.get(groupId) ?? askForConsent(call, groupId);
	pages.set(groupId, known);
	const page = await settle(known);
	if (page.ok) return page.value;
	// What one item could not get another one may get later.
	if (pages.get(groupId) === known) pages.delete(groupId);
	throw page.error;
}

async function askForConsent(call: Call, groupId: string): Promise<string | undefined> {
	const path = `/v3/avatars/${encodeURIComponent(groupId)}/consent`;
	const key = itemKey(call, path, {}, false);
	const safety = key === undefined ? { repeatable: true } : { idempotencyKey: key };
	const { body } = await call.client.send({ method: 'POST', path, body: {}, doing: 'request the consent', ...safety });
	return firstText((body.data ?? {}) as IDataObject, ['url']);
}

/**
 * What `POST /v3/avatars/{group_id}/consent` has answered, as one record.
 *
 * @param data HeyGen's answer
 * @param call the item
 */
export function consentRecord(data: IDataObject, call: Call): IDataObject {
	const { avatar_group: group, url, ...others } = data;
	const whole = { group_id: call.ids.group_id ?? null, ...others, ...((group ?? {}) as IDataObject) };
	const { group_id: groupId, ...record } = outlineShape(avatarGroup.outline)(whole, call);
	return { group_id: groupId, consent_url: url ?? null, ...record };
}

/**
 * An operation that waits until a look can be used, cannot be made, or needs somebody's consent. The ID of a group with one
 * look stands for the look.
 */
export function waitForLook(): Handler {
	const waiting = attach(avatarJob, {
		held: async (call, record) => await consentOf(call, record, { group_id: groupOption(call) }),
		// The group itself is no look.
		standIn: async (call) => (groupOption(call) === call.ids[avatarJob.idField] ? undefined : await groupStandsIn(call, groupOption(call))),
	});
	return async (call) => {
		groupOption(call);
		const waited = await settle(waiting(call));
		if (waited.ok) return waited.value;
		if (!isGone(waited.error)) throw waited.error;
		const id = call.ids[avatarJob.idField] as string;
		const group = await settle(readRecord(call.client, avatarGroup, id));
		call.client.signal?.throwIfAborted();
		if (!group.ok) throw groupOption(call) === undefined ? withWayOut(waited.error) : waited.error;
		const looks = await looksOf(call, id);
		const [only, ...others] = looks.flatMap((look) => idIn(look, ['look_id']) ?? []);
		if (only === undefined || others.length > 0) throw isGroup(id, group.value, looks);
		return await waiting({ ...call, ids: { ...call.ids, [avatarJob.idField]: only }, options: { ...call.options, [GROUP_OF_LOOK.name]: id } });
	};
}

/** The error of a look that HeyGen does not find. It may be there all the same. */
function withWayOut(error: unknown): unknown {
	if (!(error instanceof EngineError)) return error;
	return reworded(error, { advice: `${error.advice} While it is, name its group in the option '${GROUP_OF_LOOK.label}': the group says how far it is.` });
}

/** @throws EngineError when the option is no ID */
function groupOption({ options }: Call): string | undefined {
	return taken(GROUP_OF_LOOK.label, readId(options[GROUP_OF_LOOK.name], ['group_id']));
}

/** Looks that an error names. */
const LOOKS_NAMED = 3;

function isGroup(id: string, group: IDataObject, looks: readonly IDataObject[]): EngineError {
	const named = looks.slice(0, LOOKS_NAMED).map((look) => `${idIn(look, ['look_id']) ?? ''} (${shown(String(look.name ?? ''))})`);
	const advice = named.length === 0 ? '' : `Give the ID of one of them, such as ${listInWords(named, 'or')}.`;
	return new EngineError(`'Look' is the ID of the avatar group ${shown(String(group.name ?? id))}, which has ${amount(looks.length, 'look')}`, advice, { group_id: id });
}
