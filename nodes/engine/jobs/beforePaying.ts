import isEmpty from 'lodash/isEmpty';
import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject } from 'n8n-workflow';

import type { Findings, Refusal } from '../../heygen/cast/findings';
import { findingsOfLook, findingsOfReference } from '../../heygen/cast/look';
import type { Appearance } from '../../heygen/cast/parts';
import { findingsOfVoice } from '../../heygen/cast/voice';
import { openableUrl } from '../../heygen/records';
import { numeral, shown } from '../../heygen/values/text';
import { inputError } from '../basics/errors';
import { inTime } from '../basics/inTime';
import { settle } from '../basics/settle';
import { pause, timing } from '../basics/timing';
import { parameterName, placeName } from '../item/body';
import { type Call, slotOf } from '../item/call';
import { sharedIn } from '../item/run';
import { isGone } from '../request/readRecord';
import { clientUntil } from '../request/send';
import { type Refused, Verdicts } from './verdicts';

/** What HeyGen's records of avatars and voices say about a create, before it is paid for. */

/** The option that switches the look-ups off. */
export const CHECK_BEFORE_PAYING = { name: 'checkBeforePaying', label: 'Check Before Paying' } as const;

/** An item that waits to be paid for, with who is to appear in what it makes. */
interface CastEntry {
	call: Call;
	appearances: readonly Appearance[];
}

/**
 * Looks the avatars and voices of a run up, when all of its items have been checked and before the first one is paid for.
 * Each record is read once. One that cannot be read says nothing: HeyGen decides about the create.
 */
export class CastGuard {
	private readonly entries = new Map<string, CastEntry>();
	private readonly verdicts = new Verdicts();

	/** The run's. */
	static of({ run }: Call): CastGuard {
		return sharedIn(run, 'cast guard', () => new CastGuard());
	}

	/**
	 * An item is about to pass the checkpoint.
	 *
	 * @param call the item
	 * @param appearances who is to appear; an item that is tried out, or that HeyGen alone is to judge, is not looked at
	 */
	enter(call: Call, appearances: readonly Appearance[]): void {
		const { options } = call;
		if (options[CHECK_BEFORE_PAYING.name] === false || options.dryRun === true) return;
		this.entries.set(slotOf(call), { call, appearances });
	}

	/**
	 * To be called behind the checkpoint, before anything is sent.
	 *
	 * @param call the item
	 * @throws EngineError for what HeyGen would refuse, or would make in vain; of any item, when the node stops on errors
	 */
	async approve(call: Call): Promise<void> {
		const refusals = await this.verdicts.among(this.entries.size, async (known) => await this.judge(known));
		call.client.signal?.throwIfAborted();
		const refusal = refusals.get(slotOf(call));
		if (refusal !== undefined) throw refusal;
		if (refusals.size === 0 || call.context.continueOnFail()) return;
		// What stops one item has stopped the run. The error is that item's, which fails in this moment, and names it.
		await pause(0, call.client.signal);
		throw [...refusals.values()][0];
	}

	private async judge(known: Refused): Promise<Refused> {
		const refusals = new Map(known);
		const all = [...this.entries.values()].sort((one, other) => one.call.itemIndex - other.call.itemIndex);
		const checks = await Promise.all(all.map(async ({ call, appearances }) => await settle(checkAppearances(call, appearances))));
		checks.forEach((check, index) => {
			if (!check.ok) refusals.set(slotOf((all[index] as CastEntry).call), check.error);
		});
		return refusals;
	}
}

async function checkAppearances(call: Call, appearances: readonly Appearance[]): Promise<void> {
	await Promise.all(appearances.map(async (appearance) => await checkAppearance(call, appearance)));
}

async function checkAppearance(call: Call, appearance: Appearance): Promise<void> {
	const { lookIds, voiceId, referenceLookId } = appearance;
	const [looks, voice, reference] = await Promise.all([
		Promise.all(lookIds.map(async (id) => await recordOf(call, '/v3/avatars/looks', id))),
		recordOf(call, '/v3/voices', voiceId),
		recordOf(call, '/v3/avatars/looks', referenceLookId),
	]);
	for (const [at, look] of looks.entries()) {
		judge(call, appearance, look === undefined ? await findingsOfGroup(call, lookIds[at] as string) : findingsOfLook(look, appearance));
	}
	if (reference !== undefined) judge(call, appearance, findingsOfReference(reference, looks[0], appearance.engine));
	if (voice !== undefined) judge(call, appearance, findingsOfVoice(voice, appearance));
}

/** What is to be said of an ID that is no look's: people take that of the group, which is another one. */
async function findingsOfGroup(call: Call, id: string): Promise<Findings> {
	if (!missing(call).has(`/v3/avatars/looks/${encodeURIComponent(id)}`)) return { hints: [] };
	const group = await recordOf(call, '/v3/avatars', id);
	if (group === undefined) return { hints: [] };
	const problem = `is the ID of the avatar group ${shown(String(group.name ?? id))}, but takes the ID of one of its looks`;
	return { hints: [], refusal: { field: 'avatar_id', problem, advice: "Choose a look from the list, or take look_id of the operation 'Get Many' of looks in HeyGen Avatar." } };
}

/** @throws EngineError when something is wrong */
function judge(call: Call, { place }: Appearance, { refusal, hints }: Findings): void {
	if (refusal !== undefined) throw refused(call, place, refusal);
	for (const hint of hints) call.run.report.remark(hint, call.itemIndex);
}

function refused({ names }: Call, place: Appearance['place'], { field, isOfVideo = false, problem, advice }: Refusal): Error {
	const [list, ...within] = isOfVideo ? [] : place;
	// Variables have names of their own; scenes have numbers.
	const inside = within.map((part) => (typeof part === 'number' ? numeral(part + 1) : part));
	const label = list === undefined ? placeName([field], names) : [placeName([list], names), ...inside, SCENE_LABELS[field] ?? parameterName(field)].join(' → ');
	return inputError(
		`'${label}' ${problem}`,
		`${advice} HeyGen's own record says so. To let HeyGen decide, switch the option '${CHECK_BEFORE_PAYING.label}' off.`,
	);
}

/** What the editor calls fields of a scene that have another name in the API. */
const SCENE_LABELS: Readonly<Record<string, string>> = {
	'engine.type': 'Animation Engine',
	'engine.reference_look_id': 'Motion Reference Look ID',
};

/**
 * A record of HeyGen's, read once for all items of the run.
 *
 * @returns undefined when there is none to read, or HeyGen does not tell it in time
 */
async function recordOf(call: Call, list: string, id: string | undefined): Promise<IDataObject | undefined> {
	if (id === undefined) return undefined;
	const path = `${list}/${encodeURIComponent(id)}`;
	const records = lookedUp(call);
	const known = records.get(path) ?? lookUp(call, path);
	records.set(path, known);
	return await known;
}

/** The records that have been read for the run, by their paths. */
function lookedUp({ run, account }: Call): Map<string, Promise<IDataObject | undefined>> {
	return sharedIn(run, `looked up ${account.id}`, () => new Map<string, Promise<IDataObject | undefined>>());
}

/** The paths at which HeyGen has said that there is nothing. */
function missing({ run, account }: Call): Set<string> {
	return sharedIn(run, `not there ${account.id}`, () => new Set<string>());
}

/** Where records have something that shows what they are of, the best one first. */
const PREVIEWS = ['preview_video_url', 'preview_audio_url', 'preview_image_url'];

/**
 * The previews of the avatar and the voice that have been looked up for an item, for its output.
 *
 * @param call the item
 * @param appearances who appears; of several the first one counts
 * @returns no fields for what was not looked up, or has no preview that a browser opens
 */
export async function castPreviews(call: Call, appearances: readonly Appearance[]): Promise<IDataObject> {
	const previewOf = async (list: string, id: string | undefined) => {
		const record = id === undefined ? undefined : await lookedUp(call).get(`${list}/${encodeURIComponent(id)}`);
		return openableUrl(PREVIEWS.map((field) => record?.[field]));
	};
	const [avatar, voice] = await Promise.all([
		previewOf('/v3/avatars/looks', appearances.flatMap(({ lookIds }) => lookIds)[0]),
		previewOf('/v3/voices', appearances.flatMap(({ voiceId }) => voiceId ?? [])[0]),
	]);
	return { ...(avatar === undefined ? {} : { avatar_preview_url: avatar }), ...(voice === undefined ? {} : { voice_preview_url: voice }) };
}

async function lookUp(call: Call, path: string): Promise<IDataObject | undefined> {
	const asking = inTime(timing.checkMax, async (late) => {
		return await clientUntil(call.client, late).send({ method: 'GET', path, doing: 'check the request' });
	});
	const read = await settle(asking);
	call.client.signal?.throwIfAborted();
	if (!read.ok && isGone(read.error)) missing(call).add(path);
	const data = read.ok ? read.value.body.data : undefined;
	return isPlainObject(data) && !isEmpty(data) ? (data as IDataObject) : undefined;
}
