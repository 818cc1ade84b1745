import type { IDataObject } from 'n8n-workflow';

import type { JobKind } from '../../heygen/jobs/kind';
import { now, timing, wallClock } from '../basics/timing';
import { type Call, Parked, slotOf } from '../item/call';
import type { SleepingJob } from '../item/sleepers';
import { wakeUrl } from '../item/wake';
import type { Leave } from './watch';

/** Jobs that are waited for while their execution sleeps. */

/** Values of the parameter that says how to wait. */
export const WAIT_MODE = { inExecution: 'inExecution', sleep: 'park' } as const;

/** A job that an item has waited for before its execution slept. */
export interface WokenJob {
	kind: JobKind;
	id: string;
	/** What the operation that has started it has kept. */
	order: IDataObject;
	/** What `finishJob` has to know of it. */
	again: {
		isNew: false;
		isWoken: true;
		/** Since when it is waited for, by `now()`. */
		since: number;
		before: IDataObject;
		earlier: readonly string[];
	};
}

/**
 * The job that an item has waited for before its execution slept.
 *
 * @param call the item
 * @param kind the kind of job that the operation starts, which may have led to another one
 * @returns undefined when there is none, and where the item asks for something else now
 */
export function wokenJob(call: Call, kind: JobKind): WokenJob | undefined {
	const { sleepers } = call.run.parking;
	if (sleepers.isEmpty) return undefined;
	const job = sleepers.jobOf(slotOf(call), call.origin());
	const own = job === undefined ? undefined : kindNamed(kind, job.kind);
	if (job === undefined || own === undefined) return undefined;
	const { id, since, before, earlier, order = {} } = job;
	const passed = since === undefined ? 0 : wallClock() - since;
	return { kind: own, id, order, again: { isNew: false, isWoken: true, since: now() - passed, before, earlier } };
}

function kindNamed(kind: JobKind, noun: string): JobKind | undefined {
	if (kind.noun === noun) return kind;
	return kind.next === undefined ? undefined : kindNamed(kind.next.kind, noun);
}

/**
 * The address that HeyGen is to call when an item's job is over.
 *
 * @param call the item
 * @param kind the job's kind
 * @param wait how it is waited for; undefined when it is not
 * @returns undefined where the execution does not sleep, or HeyGen cannot reach it
 */
export function callbackFor(call: Call, kind: JobKind, wait: { mode: HowToWait['mode']; minutes: number } | undefined): string | undefined {
	const sleeps = wait !== undefined && isWorthSleeping(kind, wait.mode, wait.minutes * 60_000) && call.run.parking.obstacle === undefined;
	return sleeps ? wakeUrl(call.context) : undefined;
}

/** @param left milliseconds to wait */
function isWorthSleeping({ isShort = false }: JobKind, mode: HowToWait['mode'], left: number): boolean {
	return mode === WAIT_MODE.sleep && !isShort && left >= timing.sleepWorth;
}

/** How a job is waited for. */
interface HowToWait {
	mode: 'inExecution' | 'park';
	/** Moment to stop waiting, by `now()`. */
	deadline: number;
	/** Whether the job was made just now: it need not be looked at before the execution sleeps. */
	isNew: boolean;
}

/**
 * How the wait for a job is left when nothing else is left to do in the run, so that the execution can sleep.
 *
 * @param call the item
 * @param kind the job's kind
 * @param how it is waited for
 * @returns undefined where it is waited for in the execution
 */
export function leaveToSleep(call: Call, kind: JobKind, { mode, deadline, isNew }: HowToWait): Leave | undefined {
	const { parking, report } = call.run;
	if (!isWorthSleeping(kind, mode, deadline - now())) return undefined;
	if (parking.obstacle !== undefined) {
		report.remark(`The execution does not sleep, since ${parking.obstacle}: the node waits in the execution`, call.itemIndex);
		return undefined;
	}
	const looked = () => parking.rest(slotOf(call));
	if (isNew) looked();
	return { looked, when: parking.allRest };
}

/**
 * Lets an item wait for its job while the execution sleeps.
 *
 * @param call the item
 * @param kind the job's kind
 * @param job what is known of it, with moments by `now()`
 */
export function park(
	call: Call,
	{ noun, idField }: JobKind,
	{ since, until, ...job }: Omit<SleepingJob, 'from' | 'kind' | 'idField' | 'since' | 'until'> & { since: number; until: number },
): Parked {
	const passed = (moment: number) => Math.round(wallClock() + moment - now());
	call.run.parking.park(slotOf(call), { from: call.origin(), kind: noun, idField, ...job, since: passed(since), until: passed(until) });
	return new Parked();
}
