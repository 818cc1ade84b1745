/** The frame of the tests that try every trouble on the wire: a sandbox for each cell, time-outs that fit, and tables in the end. */
import type { INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { Sandbox } from '../../sandbox';
import { type Trouble, troubles } from './faultCells';
import type { RunResult } from './harness';
import { jsonOf, linksOf, useTiming } from './support';
import { Table } from './table';

const SHORT_TIMEOUT = 250;
const LONG_TIMEOUT = 10_000;

/** The troubles of what has no pages, for `it.each`. */
export const wireCells = troubles.filter(({ fault }) => fault.kind !== 'endless_cursor').map((trouble) => [trouble.name, trouble] as const);

/** Parameters with which a limit is waited for as long as a test can. */
export const limited = ({ fault }: Trouble): INodeParameters => (fault.status === 429 ? { requestOptions: { queueTimeoutMinutes: 0.02 } } : {});

/** What the tests of a file share. */
export interface FaultFrame {
	sandbox: () => Sandbox;
	/** Strikes requests with a trouble, and sets time-outs that fit it. */
	arm: (trouble: Trouble, match: { method: string; path: string }, times: number) => void;
	passing: Table;
	lasting: Table;
}

/**
 * Starts a sandbox for every test of the file, and prints what became of the troubles.
 *
 * @param title of the tables
 */
export function useFaults(title: string): FaultFrame {
	let sandbox: Sandbox | undefined;
	const passing = new Table(`${title}: trouble that passes`);
	const lasting = new Table(`${title}: trouble that lasts`);
	useTiming();
	beforeEach(async () => {
		sandbox = await Sandbox.start({ jobSeconds: 0.1, jobQueueSeconds: 0 });
	});
	afterEach(async () => await sandbox?.stop());
	afterAll(() => {
		process.stdout.write(`\n${passing.toString()}\n${lasting.toString()}\n`);
	});
	const running = (): Sandbox => {
		if (sandbox === undefined) throw new Error('The sandbox runs only during a test');
		return sandbox;
	};
	const arm: FaultFrame['arm'] = ({ fault }, match, times) => {
		const timeout = fault.kind.startsWith('hang') ? SHORT_TIMEOUT : LONG_TIMEOUT;
		Object.assign(timing, { readTimeout: timeout, writeTimeout: timeout, fileTimeout: timeout });
		running().addFault({ ...fault, match, times });
	};
	return { sandbox: running, arm, passing, lasting };
}

/**
 * Expects that every item ends in an error that tells of the trouble, and says where something may have been made.
 *
 * @param result of a run with an error output
 * @param sources the input items of the errors
 */
export function expectErrors(result: RunResult, { says, httpCode, done }: Trouble, sources: readonly number[] = [0, 1, 2]): void {
	expect(linksOf(result, 1)).toEqual(sources);
	for (const { error, details } of jsonOf(result, 1)) {
		expect(error).toMatch(says as RegExp);
		const told = details as { httpCode?: string; mayExist?: boolean };
		expect(told.httpCode).toBe(httpCode);
		if (done) expect(told.mayExist).toBe(true);
	}
}
