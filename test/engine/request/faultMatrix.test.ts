/**
 * Every trouble on the wire × every operation. Whatever happens, the result is right or the error is clear, no video
 * is made twice, and the file host never sees the API key.
 */
import { timing } from '../../../nodes/engine/basics/timing';
import { Sandbox } from '../../sandbox';
import {
	createPlace,
	FILE_BYTES,
	filePlace,
	places,
	troubleAt,
	troubles,
	type Place,
	type Task,
	type Trouble,
} from '../support/faultCells';
import type { RunResult } from '../support/harness';
import {
	countOf,
	CREATE,
	endOf,
	GET,
	jsonOf,
	linksOf,
	requestsTo,
	startVideo,
	useTiming,
	type VideoRunOptions,
} from '../support/support';
import { Table } from '../support/table';

/** Time-outs in the rows where HeyGen does not answer; generous where it does. */
const SHORT_TIMEOUT = 250;
const LONG_TIMEOUT = 10_000;
/** What the gate waits at most unless the user says otherwise, and a little more. */

const passing = new Table('Trouble that passes (strikes 4 requests; a 429 strikes 1 or 2)');
const lasting = new Table('Trouble that lasts');

useTiming();
let sandbox: Sandbox;
let tries: jest.Mock;

beforeEach(async () => {
	sandbox = await Sandbox.start({ jobSeconds: 0.1, jobQueueSeconds: 0, fileBytes: FILE_BYTES });
	tries = jest.fn();
});

afterEach(async () => {
	jest.restoreAllMocks();
	await sandbox.stop();
});

afterAll(() => {
	process.stdout.write(`\n${passing.toString()}\n${lasting.toString()}\n`);
});

interface Cell {
	place: Place;
	trouble: Trouble;
	times: number;
	options?: VideoRunOptions;
	/** Of the parameter `options`. */
	queueTimeoutMinutes?: number;
}

/** Runs one cell: sets up, arms the fault, runs the node. */
async function runCell(cell: Cell): Promise<{ task: Task; result: RunResult }> {
	const { place, trouble, times, queueTimeoutMinutes } = cell;
	const timeout = trouble.fault.kind.startsWith('hang') ? SHORT_TIMEOUT : LONG_TIMEOUT;
	Object.assign(timing, { readTimeout: timeout, writeTimeout: timeout, fileTimeout: timeout });
	const task = await place.prepare(sandbox, times > 0);
	sandbox.addFault({ ...trouble.fault, match: place.match, times });
	const parameters = {
		...task.parameters,
		...(queueTimeoutMinutes === undefined ? {} : { options: { queueTimeoutMinutes } }),
	};
	const running = startVideo(sandbox, place.operation, parameters, { items: task.items, onTry: tries, ...cell.options });
	return { task, result: await endOf(running) };
}

/** Runs a cell and its checks, and puts what came of it into the table. */
async function fill(table: Table, row: string, column: string, work: () => Promise<string>): Promise<void> {
	table.set(row, column, 'FAILED');
	table.set(row, column, await work());
}

function expectNoHarm(task: Task, asked = task.asked): void {
	const { videosCreated, keysSeenOnFileHost } = sandbox.stats();
	expect(videosCreated).toBe(asked);
	expect(keysSeenOnFileHost).toBe(0);
}

describe.each(places.map((place) => [place.name, place] as const))('%s', (column, place) => {
	const cells = troubles.flatMap((trouble) => troubleAt(place, trouble) ?? []);

	it.each(cells.map((trouble) => [trouble.name, trouble] as const))(
		'gets over a passing %s',
		async (row, trouble) => {
			await fill(passing, row, column, async () => {
				// A list that names the same cursor twice has no right result, see the cell where it lasts.
				const endless = place.isList === true && trouble.fault.kind === 'endless_cursor';
				const run: Place = endless
					? { ...place, prepare: async (...args) => withLimit(await place.prepare(...args)) }
					: place;
				// Every 429 costs a second.
				const times = trouble.fault.status === 429 ? (place.makes === true ? 2 : 1) : 4;
				const { task, result } = await runCell({ place: run, trouble, times });
				expect(result.originalError).toBeUndefined();
				await place.check(result, task);
				expectNoHarm(task);
				return 'ok';
			});
		},
	);

	it.each(cells.map((trouble) => [trouble.name, trouble] as const))(
		'ends rightly when %s lasts',
		async (row, trouble) => {
			await fill(lasting, row, column, async () => {
				const limited = trouble.fault.status === 429 && place.match.path !== filePlace.match.path;
				const own = limited ? { queueTimeoutMinutes: 0.02 } : {};
				const { task, result } = await runCell({
					place,
					trouble,
					times: -1,
					options: { onError: 'continueErrorOutput' },
					...own,
				});
				if (trouble.says === undefined) {
					await place.check(result, task);
					expectNoHarm(task);
					return 'ok';
				}
				const created = place.makes === true && !trouble.done ? 0 : task.asked;
				expectErrors(result, task, trouble, place);
				expectNoHarm(task, created);
				const { error } = jsonOf(result, 1)[0] ?? {};
				return place.makes === true ? `${short(error)}, ${created} created` : short(error);
			});
		},
	);
});

/** The list as somebody asks for it who knows how long it is: the cursor after the last record does not matter. */
function withLimit(task: Task): Task {
	const limit = Math.min(90, task.ids.length);
	return { ...task, ids: task.ids.slice(0, limit), parameters: { ...task.parameters, returnAll: false, limit } };
}

function expectErrors(result: RunResult, task: Task, trouble: Trouble, place: Place): void {
	expect(jsonOf(result)).toEqual([]);
	const errors = jsonOf(result, 1);
	expect(linksOf(result, 1)).toEqual(task.items.map((_, item) => item));
	errors.forEach(({ error, details }, index) => {
		expect(error).toMatch(trouble.says as RegExp);
		expect(error).toContain(`(item ${index + 1})`);
		expect((details as { httpCode?: string }).httpCode).toBe(trouble.httpCode);
		if (place.operation === 'wait') {
			expect(error).toContain(task.ids[index]);
			expect(details).toMatchObject({ video_id: task.ids[index] });
		}
	});
}

/** What an error says, without the words that are the same in the whole column. */
function short(error: unknown): string {
	return String(error)
		.replace(/^Could not [^:]+: /, '')
		.replace(/ \(item \d+\)$/, '')
		.replace(/ \(video \w+\)/, '')
		.replace(/\b[0-9a-f]{32}\b/, '<id>');
}

describe('create, with Retry On Fail', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } as const;
	const cells = troubles.filter(({ says }) => says !== undefined);

	it.each(cells.map((trouble) => [trouble.name, trouble] as const))(
		'replays after a try that failed with %s',
		async (row, trouble) => {
			await fill(passing, row, 'create, node tried again', async () => {
				const limited = trouble.fault.status === 429;
				const { task, result } = await runCell({
					place: createPlace,
					trouble,
					// All that the items may send in one try; a 429 does not count as a failure, but the time does, and the
					// first round is of two requests.
					times: limited ? 2 : 3 * (timing.retryCount + 1),
					options: retry,
					...(limited ? { queueTimeoutMinutes: 0.01 } : {}),
				});
				expect(result.originalError).toBeUndefined();
				expect(tries).toHaveBeenCalledTimes(2);
				await createPlace.check(result, task);
				expectNoHarm(task);
				return 'ok after 2 tries';
			});
		},
	);

	it('waits for a request that is still in progress, and gets its answer', async () => {
		const before = timing.inProgressMax;
		timing.inProgressMax = 1_500;
		await fill(passing, 'hang, then 409', 'create, node tried again', async () => {
			const { task, result } = await runCell({
				place: createPlace,
				trouble: inProgress(2_400),
				times: 3,
				options: retry,
			});
			expect(result.originalError).toBeUndefined();
			expect(tries).toHaveBeenCalledTimes(2);
			await createPlace.check(result, task);
			expectNoHarm(task);
			return 'ok after 2 tries';
		}).finally(() => (timing.inProgressMax = before));
	});
});

/** A request that HeyGen is still working on when its client gives up. */
function inProgress(hangMs: number): Trouble {
	return { name: 'hang, then 409', fault: { kind: 'hang_in_progress', hangMs }, done: true };
}

describe('create, while the first request is still in progress', () => {
	it('repeats until HeyGen hands over the answer', async () => {
		await fill(passing, 'hang, then 409', 'create', async () => {
			const { task, result } = await runCell({ place: createPlace, trouble: inProgress(900), times: 3 });
			expect(result.originalError).toBeUndefined();
			await createPlace.check(result, task);
			expectNoHarm(task);
			const answers = requestsTo(sandbox, CREATE).map(({ status }) => status);
			expect(answers.filter((status) => status === 409).length).toBeGreaterThanOrEqual(3);
			return 'ok';
		});
	});

	it('gives up with an error that says it may exist', async () => {
		const before = timing.inProgressMax;
		timing.inProgressMax = 500;
		await fill(lasting, 'hang, then 409', 'create', async () => {
			const { task, result } = await runCell({
				place: createPlace,
				trouble: inProgress(600_000),
				times: 3,
				options: { onError: 'continueErrorOutput' },
			});
			expectErrors(result, task, { ...inProgress(0), says: /still being processed/, httpCode: '409' }, createPlace);
			expect(jsonOf(result, 1)[0]?.details).toMatchObject({ code: 'request_in_progress' });
			expectNoHarm(task);
			return `${short(jsonOf(result, 1)[0]?.error)}, 3 created`;
		}).finally(() => (timing.inProgressMax = before));
	});
});

describe('download, with a URL that has expired', () => {
	const expired: Trouble = {
		name: 'expired URL',
		fault: { kind: 'expired_url' },
		done: false,
		says: /file host answered with HTTP status 403/,
	};

	it('fetches the URL anew', async () => {
		await fill(passing, expired.name, filePlace.name, async () => {
			const { task, result } = await runCell({ place: filePlace, trouble: expired, times: 1 });
			expect(result.originalError).toBeUndefined();
			await filePlace.check(result, task);
			expect(countOf(sandbox, GET)).toBe(4);
			expectNoHarm(task);
			return 'ok';
		});
	});

	it('ends with an error when the new URL does not open either', async () => {
		await fill(lasting, expired.name, filePlace.name, async () => {
			const { task, result } = await runCell({
				place: filePlace,
				trouble: expired,
				times: -1,
				options: { onError: 'continueErrorOutput' },
			});
			expectErrors(result, task, expired, filePlace);
			expectNoHarm(task);
			return short(jsonOf(result, 1)[0]?.error);
		});
	});
});
