import { Gate } from '../../../../nodes/engine/request/pacing/gate';
import type { RateLimit } from '../../../sandbox/config';
import { clock } from '../../support/simulation/clock';
import { type Outcome, simulate } from '../../support/simulation/fleet';
import { idealSeconds } from '../../support/simulation/ideal';
import { JobLimit, Limited } from '../../support/simulation/servers';
import { random } from '../../support/simulation/traffic';

/** The gate at every kind of limit, alone and beside other processes, on virtual time; the figures are printed. */

jest.mock('../../../../nodes/engine/basics/timing', () => {
	const { virtualTiming } = jest.requireActual<typeof import('../../support/simulation/clock')>('../../support/simulation/clock');
	return virtualTiming(jest.requireActual<object>('../../../../nodes/engine/basics/timing'));
});

afterEach(() => clock.forgetEvents());

const report: string[] = [];
afterAll(() => process.stdout.write(`${report.join('\n')}\n`));

const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Keeps a line of figures. */
function note(name: string, outcomes: Outcome[]): void {
	const factors = outcomes.map(({ factor }) => factor);
	const refused = mean(outcomes.map((one) => one.refused));
	report.push(
		`${name.padEnd(58)} × ${mean(factors).toFixed(2)} of the ideal (worst ${Math.max(...factors).toFixed(2)}), ${percent(refused)} refused`,
	);
}

const SEEDS = [1, 2, 3, 4, 5];
/** Several processes differ more from run to run. */
const MORE_SEEDS = [...SEEDS, 6, 7, 8, 9, 10];
const FORMS = ['seconds', 'date', 'absent'] as const;

interface Row {
	name: string;
	limit: RateLimit;
	creates: number;
	/** The first refusal comes late, while many requests are on their way. */
	late?: boolean;
	/** The most that it may take, as a multiple of the ideal. */
	atMost?: number;
	refusedAtMost?: number;
}

const TWENTY = { requests: 20, perSeconds: 1 };
const ROWS: Row[] = [
	{ name: 'sliding second', limit: TWENTY, creates: 200 },
	{ name: 'fixed second', limit: { ...TWENTY, kind: 'fixed' }, creates: 200 },
	{ name: 'bucket, burst 5', limit: { ...TWENTY, kind: 'bucket', burst: 5 }, creates: 200 },
	{ name: 'bucket, burst 20', limit: { ...TWENTY, kind: 'bucket', burst: 20 }, creates: 200 },
	{ name: 'bucket, burst 100', limit: { ...TWENTY, kind: 'bucket', burst: 100 }, creates: 200, late: true },
	{ name: 'sliding 10 s', limit: { requests: 200, perSeconds: 10 }, creates: 400, late: true },
	{ name: 'fixed 10 s', limit: { requests: 200, perSeconds: 10, kind: 'fixed' }, creates: 400, late: true },
	{ name: 'sliding 60 s', limit: { requests: 1_200, perSeconds: 60 }, creates: 2_400, late: true },
	{ name: 'sliding second', limit: TWENTY, creates: 1_000 },
	{ name: 'bucket, burst 5', limit: { ...TWENTY, kind: 'bucket', burst: 5 }, creates: 1_000 },
	{ name: '5 a second', limit: { requests: 5, perSeconds: 1 }, creates: 200 },
	{ name: '2 a second', limit: { requests: 2, perSeconds: 1 }, creates: 200 },
	{ name: '100 a second', limit: { requests: 100, perSeconds: 1 }, creates: 1_000, late: true, atMost: 1.3 },
	{ name: '30 a minute', limit: { requests: 30, perSeconds: 60 }, creates: 200, refusedAtMost: 0.18 },
	{ name: 'refused ones count', limit: { ...TWENTY, countRefused: true }, creates: 200 },
];

describe.each(ROWS)('$creates creates at 20 a second or another limit: $name', ({ name, limit, creates, late, atMost = 1.2, refusedAtMost = 0.15 }) => {
	it.each(FORMS)('takes each once, in good time and with few refusals; Retry-After: %s', async (retryAfter) => {
		const outcomes: Outcome[] = [];
		for (const seed of SEEDS) {
			const server = new Limited({ ...limit, retryAfter });
			outcomes.push(await simulate({ server, ideal: idealSeconds(limit, creates), creates, seed }));
		}
		note(`${creates} creates, ${name}, Retry-After ${retryAfter}`, outcomes);
		expect(outcomes.map(({ accepted }) => accepted)).toEqual(SEEDS.map(() => creates));
		expect(mean(outcomes.map(({ factor }) => factor))).toBeLessThanOrEqual(atMost);
		expect(mean(outcomes.map(({ refused }) => refused))).toBeLessThanOrEqual(late ? 0.3 : refusedAtMost);
	});
});

describe('other latencies', () => {
	it.each([
		{ latency: 5, roundTrips: 1 },
		{ latency: 200, roundTrips: 12 },
		{ latency: 1_000, roundTrips: 14 },
	])('of $latency ms cost some round trips, not more', async ({ latency, roundTrips }) => {
		for (const { name, limit, creates, late } of ROWS.slice(0, 5)) {
			const ideal = idealSeconds(limit, creates);
			const outcomes: Outcome[] = [];
			for (const seed of SEEDS) outcomes.push(await simulate({ server: new Limited(limit), ideal, creates, seed, latency }));
			note(`${creates} creates, ${name}, ${latency} ms`, outcomes);
			expect(outcomes.map(({ accepted }) => accepted)).toEqual(SEEDS.map(() => creates));
			// Each wait begins when its refusal is known, and slow start takes round trips as well.
			expect(mean(outcomes.map(({ factor }) => factor))).toBeLessThanOrEqual(1.35 + (roundTrips * latency) / 1_000 / ideal);
			expect(mean(outcomes.map(({ refused }) => refused))).toBeLessThanOrEqual(late ? 0.35 : 0.25);
		}
	});
});

describe('a busy process, which sends late and reads answers late', () => {
	it.each([...ROWS.slice(0, 4), ...FORMS.slice(1).map((retryAfter) => ({ ...(ROWS[0] as Row), limit: { ...TWENTY, retryAfter } }))])(
		'takes little longer, and is refused no more: $name, $limit',
		async ({ name, limit, creates }) => {
			const ideal = idealSeconds(limit, creates);
			const outcomes: Outcome[] = [];
			for (const seed of MORE_SEEDS) outcomes.push(await simulate({ server: new Limited(limit), ideal, creates, seed, work: 3 }));
			note(`busy: ${creates} creates, ${name}, Retry-After ${limit.retryAfter ?? 'seconds'}`, outcomes);
			expect(outcomes.map(({ accepted }) => accepted)).toEqual(MORE_SEEDS.map(() => creates));
			expect(mean(outcomes.map(({ factor }) => factor))).toBeLessThanOrEqual(1.25);
			expect(mean(outcomes.map(({ refused }) => refused))).toBeLessThanOrEqual(0.15);
		},
	);
});

describe('four runs of 75 creates in one process', () => {
	it.each(ROWS.slice(0, 4))('share the limit, round after round: $name', async ({ name, limit }) => {
		const server = new Limited(limit);
		const gate = new Gate();
		const rounds: Outcome[] = [];
		for (let round = 0; round < 6; round++) {
			rounds.push(await simulate({ server, ideal: idealSeconds(limit, 300), creates: 75, runs: 4, seed: 1, gate }));
			await clock.pass(5_000);
		}
		note(`4 runs of 75, ${name}, 6 rounds`, rounds);
		for (const { factor, refused, accepted } of rounds) {
			expect(accepted).toBe(300);
			expect(factor).toBeLessThanOrEqual(1.2);
			expect(refused).toBeLessThanOrEqual(0.12);
		}
		expect(mean(rounds.map(({ refused }) => refused))).toBeLessThanOrEqual(0.1);
		// No drift: later rounds are no slower than earlier ones.
		const [first, last] = [rounds.slice(0, 3), rounds.slice(3)].map((part) => mean(part.map(({ factor }) => factor)));
		expect(last as number).toBeLessThanOrEqual(1.05 * (first as number));
	});
});

/** What several processes come to together, of limits of 20 a second. */
async function apart(processes: number, creates: number, told: boolean): Promise<Outcome[]> {
	const all: Outcome[] = [];
	for (const { name, limit } of ROWS.slice(0, 4)) {
		const ideal = idealSeconds(limit, creates * processes);
		const outcomes: Outcome[] = [];
		for (const seed of MORE_SEEDS) outcomes.push(await simulate({ server: new Limited(limit), ideal, creates, processes, seed, told }));
		note(`${processes} processes of ${creates}${told ? ', told' : ''}, ${name}`, outcomes);
		report.push(`${' '.repeat(58)} last done / first done: ${outcomes.map(({ unequal }) => unequal.toFixed(1)).join(', ')}`);
		expect(outcomes.map(({ accepted }) => accepted)).toEqual(MORE_SEEDS.map(() => creates * processes));
		all.push(...outcomes);
	}
	const [factor, refused, unequal] = [all.map((one) => one.factor), all.map((one) => one.refused), all.map((one) => one.unequal)].map(mean);
	const figures = `× ${factor?.toFixed(2)} of the ideal, ${percent(refused ?? 0)} refused, last done / first done ${unequal?.toFixed(2)}`;
	report.push(`scaling: ${`${processes} processes of ${creates} creates, ${told ? 'told how many they are' : 'on their own'}`.padEnd(58)} ${figures}`);
	return all;
}

describe('processes that know nothing of each other', () => {
	it.each([
		{ processes: 2, creates: 150, factor: 1.3, refused: 0.1 },
		{ processes: 2, creates: 400, factor: 1.25, refused: 0.1 },
		// So short a run is mostly about what a limit lets through in its first seconds, of which nobody knows anything.
		{ processes: 3, creates: 100, factor: 1.35, refused: 0.14 },
		{ processes: 3, creates: 300, factor: 1.25, refused: 0.12 },
		{ processes: 4, creates: 75, factor: 1.35, refused: 0.13 },
		{ processes: 4, creates: 300, factor: 1.25, refused: 0.12 },
		{ processes: 8, creates: 38, factor: 1.35, refused: 0.15 },
		{ processes: 8, creates: 300, factor: 1.2, refused: 0.15 },
	])('$processes of them, $creates creates each', async ({ processes, creates, factor, refused }) => {
		const all = await apart(processes, creates, false);
		expect(mean(all.map((one) => one.factor))).toBeLessThanOrEqual(factor);
		expect(mean(all.map((one) => one.refused))).toBeLessThanOrEqual(refused);
		// Nobody starves.
		expect(Math.max(...all.map(({ unequal }) => unequal))).toBeLessThanOrEqual(5);
	});
});

describe('processes that are told how many they are', () => {
	it.each([
		{ processes: 2, creates: 150, factor: 1.35, refused: 0.09, unequal: 1.5 },
		{ processes: 2, creates: 400, factor: 1.3, refused: 0.08, unequal: 1.5 },
		{ processes: 4, creates: 75, factor: 1.35, refused: 0.13, unequal: 1.7 },
		{ processes: 4, creates: 300, factor: 1.25, refused: 0.11, unequal: 1.6 },
		// Two seconds of work: who begins a moment later is done a second later.
		{ processes: 8, creates: 38, factor: 1.35, refused: 0.15, unequal: 2.1 },
		{ processes: 8, creates: 300, factor: 1.2, refused: 0.15, unequal: 1.6 },
	])('$processes of them, $creates creates each', async ({ processes, creates, factor, refused, unequal }) => {
		const all = await apart(processes, creates, true);
		expect(mean(all.map((one) => one.factor))).toBeLessThanOrEqual(factor);
		expect(mean(all.map((one) => one.refused))).toBeLessThanOrEqual(refused);
		// The same speed for each.
		expect(mean(all.map((one) => one.unequal))).toBeLessThanOrEqual(unequal);
	});
});

describe('10 places for jobs of 3 minutes, Retry-After 1', () => {
	it.each([
		{ processes: 1, vary: 0 },
		{ processes: 1, vary: 0.3 },
		{ processes: 2, vary: 0 },
		{ processes: 2, vary: 0.3 },
	])('are kept busy with few refusals: $processes processes, jobs differ by $vary', async ({ processes, vary }) => {
		const creates = 300 / processes;
		const ideal = 29 * 180;
		const outcomes: Outcome[] = [];
		for (const seed of [1, 2, 3]) {
			const server = new JobLimit(10, 180_000, 1_000, vary, random(seed));
			outcomes.push(await simulate({ server, ideal, creates, processes, seed }));
		}
		note(`300 creates, 10 places, ${processes} processes, jobs ± ${vary}`, outcomes);
		for (const { factor, refused, accepted } of outcomes) {
			expect(accepted).toBe(300);
			expect(factor).toBeLessThanOrEqual(1.15);
			const refusals = (refused * accepted) / (1 - refused);
			expect(refusals / 290).toBeLessThanOrEqual(3);
		}
	});
});
