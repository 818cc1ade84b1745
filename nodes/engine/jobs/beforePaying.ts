import isEmpty from 'lodash/isEmpty';
import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject } from 'n8n-workflow';

import type { Findings, Refusal } from '../../heygen/cast/findings';
import { findingsOfLook, findingsOfReference } from '../../heygen/cast/look';
import type { Appearance } from '../../heygen/cast/parts';
import { findingsOfVoice } from '../../heygen/cast/voice';
import { numeral } from '../../heygen/values/text';
import { inputError } from '../basics/errors';
import { inTime } from '../basics/inTime';
import { settle } from '../basics/settle';
import { timing } from '../basics/timing';
import { parameterName, placeName } from '../item/body';
import { type Call, slotOf } from '../item/call';
import { sharedIn } from '../item/run';
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
	}

	private async judge(known: Refused): Promise<Refused> {
		const refusals = new Map(known);
		const all = [...this.entries.values()].sort((one, other) => one.call.itemIndex - other.call.itemIndex);
		const checks = await Promise.all(all.map(async ({ call, appearances }) => await settle(checkAppearances(call, appearances))));
		checks.forEach((check, index) => {
			if (!check.ok) refusals.set(slotOf((all[index] as CastEntry).call), check.error);
		});
		const [first] = [...refusals.values()];
		// What stops one item has stopped the run.
		for (const { call } of all) {
			if (first !== undefined && !refusals.has(slotOf(call)) && !call.context.continueOnFail()) refusals.set(slotOf(call), first);
		}
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
	for (const look of looks) if (look !== undefined) judge(call, appearance, findingsOfLook(look, appearance));
	if (reference !== undefined) judge(call, appearance, findingsOfReference(reference, looks[0], appearance.engine));
	if (voice !== undefined) judge(call, appearance, findingsOfVoice(voice, appearance));
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
	const records = sharedIn(call.run, `looked up ${call.account.id}`, () => new Map<string, Promise<IDataObject | undefined>>());
	const known = records.get(path) ?? lookUp(call, path);
	records.set(path, known);
	return await known;
}

async function lookUp(call: Call, path: string): Promise<IDataObject | undefined> {
	const asking = inTime(timing.checkMax, async (late) => {
		return await clientUntil(call.client, late).send({ method: 'GET', path, doing: 'check the request' });
	});
	const read = await settle(asking);
	call.client.signal?.throwIfAborted();
	const data = read.ok ? read.value.body.data : undefined;
	return isPlainObject(data) && !isEmpty(data) ? (data as IDataObject) : undefined;
}
