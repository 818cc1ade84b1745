import { clock } from '../../support/simulation/clock';
import { byChance, type Outcome, simulate } from '../../support/simulation/fleet';

/**
 * Limiters by chance: kind, rate, window or burst, form of Retry-After, whether refused requests count, latency and the
 * number of processes. `LIMITERS=1000` runs as many; the benchmark does.
 */

jest.mock('../../../../nodes/engine/basics/timing', () => {
	const { virtualTiming } = jest.requireActual<typeof import('../../support/simulation/clock')>('../../support/simulation/clock');
	return virtualTiming(jest.requireActual<object>('../../../../nodes/engine/basics/timing'));
});

afterEach(() => clock.forgetEvents());

/**
 * The most that any of them may take, as a multiple of the ideal, three seconds and ten round trips. The slowest are four
 * processes at a limit of one or two requests a second that counts what it refuses, and names no wait.
 */
const WORST = 10;
const LIMITERS = Number(process.env.LIMITERS ?? 100);

function distribution(values: number[], digits: number): string {
	const sorted = [...values].sort((a, b) => a - b);
	const at = (part: number) => (sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] as number).toFixed(digits);
	return `median ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}, max ${at(1)}`;
}

it(`${LIMITERS} limiters by chance lose nothing, make nothing twice, and end in bounded time`, async () => {
	const outcomes: Array<Outcome & { processes: number; slow: number; seed: number }> = [];
	for (let seed = 1; seed <= LIMITERS; seed++) {
		const scenario = byChance(seed);
		const { processes = 1, latency = 50, ideal } = scenario;
		const outcome = await simulate(scenario);
		clock.forgetEvents();
		expect([seed, outcome.accepted]).toEqual([seed, scenario.creates * processes]);
		// Beyond the ideal there are round trips, and waits that are rounded to whole seconds.
		const seconds = outcome.factor * Math.max(0.5, ideal);
		outcomes.push({ ...outcome, seed, processes, slow: seconds / (ideal + 3 + (10 * latency) / 1_000) });
	}
	for (const [name, chosen] of [
		['one process', outcomes.filter(({ processes }) => processes === 1)],
		['two to four', outcomes.filter(({ processes }) => processes > 1)],
	] as const) {
		const lines = [
			`${chosen.length} limiters, ${name}: time / (ideal + 3 s + 10 round trips): ${distribution(chosen.map(({ slow }) => slow), 2)}`,
			`${chosen.length} limiters, ${name}: time / ideal: ${distribution(chosen.map(({ factor }) => factor), 2)}`,
			`${chosen.length} limiters, ${name}: refused: ${distribution(chosen.map(({ refused }) => 100 * refused), 0)} %`,
		];
		process.stdout.write(`${lines.join('\n')}\n`);
	}
	const slowest = outcomes.reduce((one, other) => (other.slow > one.slow ? other : one));
	process.stdout.write(`slowest: ${JSON.stringify(slowest)}\n`);
	expect(slowest.slow).toBeLessThanOrEqual(WORST);
}, 600_000);
