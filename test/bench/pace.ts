import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';

import { createAvatar, heyGenNode, runNode, scripts, type Suite, withOwnSandbox } from '../n8n/support/suite';
import type { RateLimit } from '../sandbox';
import { idealSeconds } from '../unit/support/simulation/ideal';
import { atMost, exactly, type Row } from './table';

const ROOT = path.resolve(__dirname, '../..');
const run = promisify(execFile);

const CREATES = 200;
const LATENCY_MS = 50;
const LIMITERS = 1_000;
const TWENTY = { requests: 20, perSeconds: 1 };

/** Limits at 20 requests a second; `late` when many requests are on their way at the first refusal. */
const LIMITS: Array<{ name: string; limit: RateLimit; creates?: number; late?: boolean }> = [
	{ name: 'sliding second', limit: TWENTY },
	{ name: 'sliding second, Retry-After a date', limit: { ...TWENTY, retryAfter: 'date' } },
	{ name: 'sliding second, no Retry-After', limit: { ...TWENTY, retryAfter: 'absent' } },
	{ name: 'fixed second', limit: { ...TWENTY, kind: 'fixed' } },
	{ name: 'bucket, burst 5', limit: { ...TWENTY, kind: 'bucket', burst: 5 } },
	{ name: 'bucket, burst 5, no Retry-After', limit: { ...TWENTY, kind: 'bucket', burst: 5, retryAfter: 'absent' } },
	{ name: 'bucket, burst 20', limit: { ...TWENTY, kind: 'bucket', burst: 20 } },
	{ name: 'bucket, burst 100', limit: { ...TWENTY, kind: 'bucket', burst: 100 }, late: true },
	{ name: 'sliding 10 s', limit: { requests: 200, perSeconds: 10 }, creates: 400, late: true },
];

/**
 * Pacing under limits of every kind, in a real n8n; under one limit that several executions or processes share; and on
 * virtual time under a thousand limits by chance. Time and refusals are as the sandbox sees them.
 */
export async function pace(suite: Suite): Promise<Row[]> {
	const alone = LIMITS.map(({ name, limit, creates = CREATES, late }) => async () =>
		await measured(suite, limit, creates, `${creates} creates, ${name}`, [1.2, late ? 30 : 15], async (own) => {
			await runNode(own, scripts(creates), heyGenNode(own, createAvatar({ waitForCompletion: false })));
		}));
	const shared = async () =>
		await measured(suite, TWENTY, 300, '4 executions of 75 creates', [1.2, 10], async (own) => {
			const execution = async () =>
				await runNode(own, scripts(75), heyGenNode(own, createAvatar({ waitForCompletion: false })));
			await Promise.all([execution(), execution(), execution(), execution()]);
		});
	const apart = [2, 4].map((processes) => async () =>
		await measured(suite, TWENTY, 300, `${processes} processes of ${300 / processes} creates`, [1.3, 15], async (own) => {
			const workers = Array.from({ length: processes }, () => worker(own, 300 / processes));
			await Promise.all(workers.map(async ({ ready }) => await ready));
			await Promise.all(
				workers.map(async ({ begin, ended }) => {
					begin();
					await ended;
				}),
			);
		}));
	const rows: Row[] = [];
	// One after the other: what two do at the same time would slow both.
	for (const measure of [...alone, shared, ...apart]) rows.push(...(await measure()));
	return [...rows, ...(await byChance())];
}

interface Worker {
	/** Rejects when the process ends before it is ready. */
	ready: Promise<void>;
	begin(): void;
	/** Rejects when the process fails. */
	ended: Promise<void>;
}

/** A process that makes videos once it is told to. */
function worker({ sandbox }: Suite, creates: number): Worker {
	const script = path.join(__dirname, 'paceProcess.ts');
	const child = spawn(process.execPath, ['--import', 'tsx', script, sandbox.url, sandbox.apiKey, String(creates)], {
		cwd: ROOT,
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const ended = once(child, 'exit').then(([code]) => {
		if (code !== 0) throw new Error(`A process ended with ${code}`);
	});
	const early = ended.then(() => {
		throw new Error('A process ended before it was ready');
	});
	const ready = Promise.race([once(child.stdout, 'data'), early]).then(() => undefined);
	return { ready, begin: () => void child.stdin.end('begin'), ended };
}

async function measured(
	suite: Suite,
	rateLimit: RateLimit,
	creates: number,
	title: string,
	[factor, percent]: [number, number],
	work: (own: Suite) => Promise<void>,
): Promise<Row[]> {
	const rows: Row[] = [];
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ latencyMs: LATENCY_MS, rateLimit });
		await work(own);
		const { refused429, requestsTotal, videosCreated } = await own.sandbox.stats();
		const times = (await own.sandbox.requests()).map(({ time }) => time);
		const seconds = (Math.max(...times) - Math.min(...times) + LATENCY_MS) / 1_000;
		rows.push(
			exactly(`${title}: videos`, videosCreated, creates),
			atMost('  time / ideal', seconds / idealSeconds(rateLimit, creates), factor),
			atMost('  refused requests', (100 * refused429) / requestsTotal, percent, ' %'),
		);
	});
	return rows;
}

/** The distribution that the simulation prints. */
async function byChance(): Promise<Row[]> {
	return await simulated('gateRandom', '', (line) => (line.includes(' limiters, ') ? line.split(/: (?=median)/) : undefined), { LIMITERS: String(LIMITERS) });
}

/**
 * What tests on virtual time print.
 *
 * @param file begins the name of their file
 * @param tests begins their names
 * @param read what a line is about, and its figures; undefined for any other line
 * @param env for the tests
 */
export async function simulated(file: string, tests: string, read: (line: string) => string[] | undefined, env: Record<string, string> = {}): Promise<Row[]> {
	const jest = path.join(ROOT, 'node_modules/jest/bin/jest.js');
	const { stdout } = await run(process.execPath, [jest, '--selectProjects', 'unit', '--testPathPattern', file, '-t', tests], {
		cwd: ROOT,
		env: { ...process.env, ...env },
	});
	return stdout.split('\n').flatMap((line) => {
		const [what = '', ...figure] = read(line) ?? [];
		return what === '' ? [] : [{ what, figure: figure.join(), goal: '-', ok: true }];
	});
}
