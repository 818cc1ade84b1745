/** Executions that sleep: they are woken as n8n's server does, with what it has saved. */
import { timing } from '../../../nodes/engine/basics/timing';
import { runNode, type RunOptions, type RunResult } from './harness';
import { savedData, sleepFor, useTiming } from './support';

/** Durations of executions that sleep for moments. n8n has started long ago. */
export const SLEEP_TIMING: Partial<typeof timing> = { sleepFirst: 300, sleepMax: 600, sleepWorth: 1_000, wakeGrace: 500, bootTime: 0 };

/** The option with which executions sleep. */
export const SLEEPS = { waitMode: 'park' } as const;

/** Changes the engine's durations for the tests of the file: executions sleep for moments. */
export function useSleepTiming(changes: Partial<typeof timing> = {}): void {
	useTiming({ ...SLEEP_TIMING, ...changes });
}

/** The moment at which an execution wants to be woken. @throws Error when it does not sleep */
export function wakesAt({ data, status }: RunResult): Date {
	if (status !== 'waiting' || data.waitTill === undefined) throw new Error(`The execution does not sleep: it is ${status}`);
	return data.waitTill;
}

/**
 * Wakes an execution as n8n does when its date has come.
 *
 * @param asleep its result so far
 * @param run how it was run
 */
export async function wake(asleep: RunResult, run: RunOptions): Promise<RunResult> {
	return await runNode({ ...run, data: savedData(asleep), isWoken: true });
}

/** An execution from its first sleep to its end. */
export interface Slept {
	/** The result whenever it went to sleep. */
	sleeps: RunResult[];
	/** How it ended. */
	end: RunResult;
}

/**
 * Runs a node, and wakes its execution at its dates until it has ended.
 *
 * @param run how it is run
 * @param meanwhile called whenever the execution sleeps
 */
export async function sleepThrough(run: RunOptions, meanwhile: (asleep: RunResult) => void | Promise<void> = () => {}): Promise<Slept> {
	const sleeps: RunResult[] = [];
	const { data: _before, ...again } = run;
	let result = await runNode({ executionId: 'asleep', ...run });
	while (result.status === 'waiting') {
		sleeps.push(result);
		await meanwhile(result);
		await sleepFor(Math.max(0, wakesAt(result).getTime() - Date.now()));
		result = await wake(result, { executionId: 'asleep', ...again });
	}
	return { sleeps, end: result };
}
