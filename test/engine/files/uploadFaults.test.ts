/**
 * Every trouble on the wire × every request of an upload. Whatever happens, no file is in HeyGen twice, the result is
 * right or the error is clear, and the storage never sees the API key.
 *
 * Each cell has a sandbox of its own, so that many run at the same time; their outcomes are checked one by one.
 */
import { timing } from '../../../nodes/engine/basics/timing';
import { Semaphore } from '../../../nodes/engine/basics/semaphore';
import { Sandbox } from '../../sandbox';
import { arrivedFiles, expectArrivedOnce, expectOwnAssets, itemsOf, startAsset } from '../support/assetSupport';
import type { Trouble } from '../support/faultCells';
import type { RunResult } from '../support/harness';
import type { SampleFile } from '../support/sampleFiles';
import { endOf, jsonOf, linksOf, useTiming, type NodeRunOptions } from '../support/support';
import { Table } from '../support/table';
import { uploadPlaces, uploadTroubles, type UploadPlace } from '../support/uploadCells';

/** Time-outs in the rows where nobody answers; generous where somebody does. */
const SHORT_TIMEOUT = 400;
const LONG_TIMEOUT = 10_000;
/** Cells that run at the same time. */
const PARALLEL = 12;

const passing = new Table('Uploads: trouble that passes (strikes 3 or 4 requests; a 429 of the API strikes 1)');
const lasting = new Table('Uploads: trouble that lasts');
const retried = new Table('Uploads: trouble that lasts for the first try of the node');

useTiming();
afterAll(() => {
	process.stdout.write(`\n${passing.toString()}\n${lasting.toString()}\n${retried.toString()}\n`);
});

interface Cell {
	place: UploadPlace;
	trouble: Trouble;
}

interface Outcome {
	result: RunResult;
	/** Stopped, but its assets and counts are still there. */
	sandbox: Sandbox;
	tries: number;
}

const cells: readonly Cell[] = uploadTroubles.flatMap((row) =>
	uploadPlaces.flatMap((place) => {
		const trouble = place.adapt(row);
		return trouble === undefined ? [] : [{ place, trouble }];
	}),
);
const keyOf = ({ place, trouble }: Cell): string => `${place.name}, ${trouble.name}`;
const hangs = ({ trouble }: Cell): boolean => trouble.fault.kind === 'hang';
const isLimit = ({ place, trouble }: Cell): boolean => trouble.fault.status === 429 && place.match.path !== '/files';

/**
 * The files that a cell uploads. After a refusal the engine keeps to the pace that was accepted, which is a request a
 * second here, so those cells upload the same file in all items.
 */
function filesOf(cell: Cell): readonly SampleFile[] {
	const { files } = cell.place;
	return isLimit(cell) ? files.map(() => files[0] as SampleFile) : files;
}

/** How many requests a trouble strikes that passes. */
function strikes(cell: Cell): number {
	if (isLimit(cell)) return 1;
	return hangs(cell) || cell.trouble.fault.kind === 'expired_url' ? 3 : 4;
}

async function runCell(cell: Cell, times: number, options: NodeRunOptions, queueTimeoutMinutes?: number): Promise<Outcome> {
	const { place, trouble } = cell;
	const sandbox = await Sandbox.start({ ingestSeconds: 0.05 });
	sandbox.addFault({ ...trouble.fault, match: place.match, times });
	const limit = isLimit(cell) && queueTimeoutMinutes !== undefined ? { options: { queueTimeoutMinutes } } : {};
	let tries = 0;
	const onTry = (attempt: number) => {
		tries = attempt;
		if (attempt === 2) sandbox.clearFaults();
	};
	try {
		const items = await itemsOf(filesOf(cell));
		const result = await endOf(startAsset(sandbox, 'upload', limit, items, { ...options, onTry }));
		return { result, sandbox, tries };
	} finally {
		await sandbox.stop();
	}
}

/** Runs cells before the tests of a describe block, last those where nobody answers. @returns the outcome of a cell. */
function runBefore(
	chosen: readonly Cell[],
	ingestMax: number,
	run: (cell: Cell) => Promise<Outcome>,
): (cell: Cell) => Promise<Outcome> {
	const outcomes = new Map<string, Promise<Outcome>>();
	beforeAll(async () => {
		const before = timing.ingestMax;
		timing.ingestMax = ingestMax;
		for (const hanging of [false, true]) {
			const timeout = hanging ? SHORT_TIMEOUT : LONG_TIMEOUT;
			Object.assign(timing, { readTimeout: timeout, writeTimeout: timeout, fileTimeout: timeout });
			const places = new Semaphore(PARALLEL);
			const group = chosen.filter((cell) => hangs(cell) === hanging);
			for (const cell of group) outcomes.set(keyOf(cell), places.run(async () => await run(cell)));
			await Promise.allSettled(outcomes.values());
		}
		timing.ingestMax = before;
	});
	return async (cell) => await (outcomes.get(keyOf(cell)) as Promise<Outcome>);
}

/** Checks a cell, and puts what came of it into the table. */
async function fill(table: Table, { place, trouble }: Cell, work: () => Promise<string>): Promise<void> {
	table.set(trouble.name, place.name, 'FAILED');
	table.set(trouble.name, place.name, await work());
}

/** No file is there twice, and nobody else has seen the key. */
function expectNoHarm({ sandbox }: Outcome): void {
	const arrived = arrivedFiles(sandbox);
	expect(new Set(arrived).size).toBe(arrived.length);
	expect(sandbox.stats()).toMatchObject({ keysSeenOnFileHost: 0, videosCreated: 0 });
}

function expectSuccess({ result, sandbox }: Outcome, cell: Cell): void {
	const files = filesOf(cell);
	// Nobody may have told the addresses of the assets.
	expectOwnAssets(result, sandbox, files, cell.place.name !== 'batch: asset');
	expectArrivedOnce(sandbox, files);
}

function expectErrors({ result, sandbox }: Outcome, cell: Cell): void {
	const { place, trouble } = cell;
	expect(jsonOf(result)).toEqual([]);
	expect(linksOf(result, 1)).toEqual(place.files.map((_, item) => item));
	jsonOf(result, 1).forEach(({ error, details }, item) => {
		expect(error).toMatch(trouble.says as RegExp);
		expect(error).toContain(`(item ${item + 1})`);
		expect((details as { httpCode?: string }).httpCode).toBe(trouble.httpCode);
		expect(JSON.stringify({ error, details })).not.toMatch(/Signature|\/uploads\//);
	});
	const expected = place.made(trouble) ? new Set(filesOf(cell)).size : 0;
	const taken = sandbox.assets.filter(({ status }) => ['completed', 'queued', 'processing'].includes(status));
	expect(taken).toHaveLength(expected);
}

/** What an error says, without the words that are the same in the whole column. */
function short(error: unknown): string {
	return String(error)
		.replace(/^Could not [^:]+: /, '')
		.replace(/^HeyGen has not taken in .* in time/, 'not in time')
		.replace(/ \(batch batch_[\w-]+\)| \(asset asset_\w+\)/, '')
		.replace(/ \(item \d+\)$/, '');
}

describe('a passing trouble', () => {
	const outcomeOf = runBefore(cells, 60_000, async (cell) => await runCell(cell, strikes(cell), {}));

	it.each(cells.map((cell) => [keyOf(cell), cell] as const))('is got over: %s', async (_name, cell) => {
		await fill(passing, cell, async () => {
			const outcome = await outcomeOf(cell);
			expectSuccess(outcome, cell);
			expectNoHarm(outcome);
			return 'ok';
		});
	});
});

describe('a lasting trouble', () => {
	const goesOn = { onError: 'continueErrorOutput' } as const;
	const outcomeOf = runBefore(cells, 1_500, async (cell) => await runCell(cell, -1, goesOn, 0.02));

	it.each(cells.map((cell) => [keyOf(cell), cell] as const))('ends rightly: %s', async (_name, cell) => {
		await fill(lasting, cell, async () => {
			const outcome = await outcomeOf(cell);
			expectNoHarm(outcome);
			if (cell.trouble.says === undefined) {
				expectSuccess(outcome, cell);
				return 'ok';
			}
			expectErrors(outcome, cell);
			return `${short(jsonOf(outcome.result, 1)[0]?.error)}${cell.place.made(cell.trouble) ? ', made' : ''}`;
		});
	});
});

describe('a trouble that lasts for the first try', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } as const;
	const failing = cells.filter(({ trouble }) => trouble.says !== undefined);
	const outcomeOf = runBefore(failing, 1_500, async (cell) => await runCell(cell, -1, retry, 0.03));

	it.each(failing.map((cell) => [keyOf(cell), cell] as const))('is over in the second: %s', async (_name, cell) => {
		await fill(retried, cell, async () => {
			const outcome = await outcomeOf(cell);
			expectNoHarm(outcome);
			expectSuccess(outcome, cell);
			expect(outcome.tries).toBe(2);
			return 'ok after 2 tries';
		});
	});
});
