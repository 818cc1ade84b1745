/**
 * Random trouble at random places × batches × waiting × On Error × Retry On Fail × Retry execution × the stop button.
 * Whatever happens, no video is lost without a word, and none is paid for twice. A run is repeated by its number.
 */
import type { INodeExecutionData } from 'n8n-workflow';
import { Sandbox, type Fault } from '../../sandbox';
import { loadOptionsContext, startNode, type RunResult } from '../support/harness';
import { avatar, retryByHand, sleepFor, useTiming, videoRun } from '../support/support';

useTiming({
	retryBase: 1,
	retryMax: 3,
	pollFirst: 10,
	pollMax: 40,
	catchUpTime: 150,
	batchQuiet: 20,
	readTimeout: 150,
	writeTimeout: 150,
	fileTimeout: 150,
	lastLook: 100,
	inProgressMax: 300,
});

const RUNS = 500;
const PORTION = 100;
/** Runs at the same time, each with a sandbox of its own; they mostly wait. */
const LANES = 10;

/** A small generator of pseudo-random numbers (mulberry32): a run's number says all about it but its times. */
function dice(seed: number) {
	let state = seed;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	const upTo = (count: number) => Math.floor(next() * count);
	return { upTo, chance: (share: number) => next() < share, of: <T>(list: readonly T[]): T => list[upTo(list.length)] as T };
}
type Dice = ReturnType<typeof dice>;

const PLACES = [
	{ method: 'POST', path: '/v3/videos' },
	{ method: 'POST', path: '/v3/videos/batches' },
	{ method: 'GET', path: '/v3/videos/batches/{batch_id}' },
	{ method: 'GET', path: '/v3/videos/statuses' },
	{ method: 'GET', path: '/v3/videos/{video_id}' },
];
const TROUBLES: ReadonlyArray<Partial<Fault> & Pick<Fault, 'kind'>> = [
	...[302, 400, 401, 402, 403, 404, 408, 425, 500, 503].map((status) => ({ kind: 'status' as const, status })),
	...[null, [], 'ok', {}, { id: 7 }, [null]].map((data) => ({ kind: 'answer' as const, body: { data } })),
	{ kind: 'answer', body: { data: null, error: { code: 'odd', message: 'No' } } },
	{ kind: 'drop_before' },
	{ kind: 'drop_after' },
	{ kind: 'garbage' },
	{ kind: 'hang' },
	{ kind: 'redirect', location: 'http://127.0.0.1:9/' },
];

function randomFault({ upTo, of }: Dice): Fault {
	return { match: of(PLACES), times: 1 + upTo(6), skip: upTo(4), ...of(TROUBLES) };
}

/** All that somebody can read of a run: outputs, errors, what n8n keeps, and the log. */
function wordsOf(results: readonly RunResult[], log: readonly string[]): string {
	const errors = results.map(({ originalError }) => {
		const { message, description } = (originalError ?? {}) as { message?: string; description?: string };
		return `${message} ${description}`;
	});
	const kept = results.map(({ outputs, data }) => JSON.stringify([outputs, data.resultData.metadata]));
	return [...errors, ...kept, ...log].join('\n');
}

/** The item numbers of doubts: "of items 1 to 3, 4". A batch whose answer was lost is named by them. */
const NAMED_BATCH = /batch of \d+ videos? of item/;

async function oneRun(number: number, sandbox: Sandbox, log: readonly string[]): Promise<void> {
	const roll = dice(number);
	const { upTo, chance, of } = roll;
	sandbox.clearFaults();
	const before = new Set(sandbox.store.page({}, 10_000, undefined).videos.map(({ id }) => id));
	for (let count = upTo(4); count > 0; count--) sandbox.addFault(randomFault(roll));
	const items: INodeExecutionData[] = Array.from({ length: 1 + upTo(4) }, (_, row) => ({
		json: { row, script: `Run ${number}, script ${row}`, title: chance(0.15) ? '[fail]' : 'good' },
	}));
	const sendAsBatch = chance(0.3);
	const run = videoRun(
		sandbox,
		'createAvatar',
		avatar({
			waitForCompletion: chance(0.7),
			download: [],
			waitOptions: { timeoutMinutes: 0.01 },
			options: { sendAsBatch, title: '={{ $json.title }}', queueTimeoutMinutes: 0.02 },
		}),
		{
			items,
			onError: of(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const),
			retryOnFail: chance(0.4),
			maxTries: 2,
			waitBetweenTries: 1,
		},
	);
	const running = startNode(run);
	if (chance(0.25)) {
		await sleepFor(upTo(120));
		running.cancel();
	}
	const results = [await running.promise];
	if (results[0]?.originalError !== undefined && chance(0.5)) results.push(await retryByHand(results[0], run));

	// What is still on its way at HeyGen's side comes to be.
	await sleepFor(110);
	sandbox.store.advance(Date.now());
	const words = wordsOf(results, log);
	const made = sandbox.store.page({}, 10_000, undefined).videos.filter(({ id }) => !before.has(id));
	const isNamed = ({ id, callbackId }: (typeof made)[number]) =>
		words.includes(id) || (callbackId !== null && words.includes(callbackId)) || (sendAsBatch && /batch_[\w-]+/.test(words)) || NAMED_BATCH.test(words);
	expect({ number, lost: made.filter((video) => !isNamed(video)).map(({ id }) => id) }).toEqual({ number, lost: [] });

	// Twice only what HeyGen could not finish, which is not charged.
	for (const { json } of items) {
		const paid = made.filter(({ spoken, ending }) => spoken === json.script && ending !== 'failed');
		expect({ number, script: json.script, paid: paid.length <= 1 }).toEqual({ number, script: json.script, paid: true });
	}
}

describe('no video is lost, and none is paid twice', () => {
	const log: string[] = [];
	beforeAll(() => {
		const { logger } = loadOptionsContext(videoRun(null, 'createAvatar', {}, { credentials: { apiKey: '', baseUrl: '' } }));
		for (const level of ['info', 'warn'] as const) {
			jest.spyOn(logger, level).mockImplementation((message) => void log.push(String(message)));
		}
	});
	afterAll(() => jest.restoreAllMocks());

	it.each(Array.from({ length: RUNS / PORTION }, (_, portion) => portion * PORTION))(
		'in the random runs from %d on',
		async (first) => {
			const lanes = Array.from({ length: LANES }, async (_, lane) => {
				const sandbox = await Sandbox.start({ jobSeconds: 0.03, jobQueueSeconds: 0 });
				try {
					for (let number = first + lane; number < first + PORTION; number += LANES) await oneRun(number, sandbox, log);
				} finally {
					await sandbox.stop();
				}
			});
			await Promise.all(lanes);
			log.length = 0;
		},
	);
});
