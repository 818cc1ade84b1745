/** Executions that sleep until HeyGen is done. */
import type { IRunExecutionData } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import { runNode, type RunOptions, type RunResult } from '../support/harness';
import { SLEEPS, sleepThrough, useSleepTiming, wake, wakesAt } from '../support/sleepSupport';
import {
	byRetry,
	countOf,
	CREATE,
	CREATE_BATCH,
	createVideos,
	errorOf,
	GET,
	ID_FROM_ITEM,
	idItems,
	itemAt,
	jsonOf,
	linksOf,
	manyScripts,
	runVideo,
	savedData,
	scripts,
	seedVideos,
	sleepFor,
	STATUSES,
	useSandbox,
	videoRun,
	waitingAvatar,
	type VideoRunOptions,
} from '../support/support';

// Wide enough a pause that all videos of a test are made before the first look.
useSleepTiming({ pollFirst: 400 });
const sandbox = useSandbox({ jobSeconds: 0.8, jobQueueSeconds: 0.05 });

const videos = (count: number, more: object = {}, options: VideoRunOptions = {}): RunOptions =>
	videoRun(sandbox(), 'createAvatar', waitingAvatar({ options: { ...SLEEPS }, ...more }), { items: manyScripts(count), ...options });

const made = (): number => sandbox().stats().videosCreated;

const like = (base: unknown, members: Record<string, unknown>): object => Object.create(base as object, Object.fromEntries(Object.entries(members).map(([name, value]) => [name, { value }]))) as object;

/** The node in an n8n whose contexts have other members, by what the real ones have. */
function withContext(membersOf: (real: { runExecutionData: IRunExecutionData }) => Record<string, unknown>): HeyGenVideo {
	const node = new HeyGenVideo();
	const { createAvatar = async () => [] } = node.customOperations.video ?? {};
	node.customOperations.video = {
		...node.customOperations.video,
		createAvatar: async function (this) {
			return await createAvatar.call(like(this, membersOf(this as never)) as typeof this);
		},
	};
	return node;
}

describe('an execution that sleeps', () => {
	it('makes all of its videos, sleeps, looks once each time, and hands all of them on in one run', async () => {
		const looks: number[] = [];
		const { sleeps, end } = await sleepThrough(videos(40, { download: ['video'] }), () => {
			looks.push(countOf(sandbox(), STATUSES));
		});
		expect(end.error).toBeUndefined();
		expect(end.status).toBe('success');
		// One run in all, however often the execution slept.
		expect(end.runData).toHaveLength(1);
		expect(end.workflowRunData.Success).toHaveLength(1);
		expect(linksOf(end)).toEqual(Array.from({ length: 40 }, (_, item) => item));
		expect(jsonOf(end).every(({ status }) => status === 'completed')).toBe(true);
		expect(end.outputs[0]?.every(({ binary }) => binary?.video !== undefined)).toBe(true);
		expect(countOf(sandbox(), CREATE)).toBe(40);
		expect(made()).toBe(40);
		// Nothing is asked before the first sleep, and one request at each look.
		expect(sleeps.length).toBeGreaterThanOrEqual(2);
		expect(looks).toEqual(looks.map((_, at) => at));
		expect(countOf(sandbox(), GET)).toBe(40);
		// What it remembered is gone.
		expect(JSON.stringify(end.data.executionData?.contextData)).not.toContain(String(itemAt(end).json.video_id));
	});

	it('shows what it waits for, and when it will look', async () => {
		const { sleeps, end } = await sleepThrough(videos(2));
		const [asleep] = sleeps as [RunResult];
		const note = `HeyGen is working on it. The execution sleeps, and looks at it again at ${wakesAt(asleep).toISOString()}.`;
		expect(jsonOf(asleep)).toEqual(jsonOf(end).map(({ video_id: id }) => ({ video_id: id, note })));
		expect(linksOf(asleep)).toEqual([0, 1]);
	});

	it('sleeps longer and longer, and no longer than until the time is up', async () => {
		sandbox().configure({ jobSeconds: 60 });
		const stretches: number[] = [];
		const { end } = await sleepThrough(videos(1, { options: { ...SLEEPS, timeoutMinutes: 0.04, onTimeout: 'continue' } }), (asleep) => {
			stretches.push(wakesAt(asleep).getTime() - Date.now());
		});
		expect(jsonOf(end)).toEqual([expect.objectContaining({ status: expect.stringMatching(/processing|pending/) })]);
		// 300, 450, 600 ms and the rest of 2.4 s; saving takes some moments.
		expect(stretches.length).toBeGreaterThanOrEqual(3);
		expect(stretches[1]).toBeGreaterThan(stretches[0] as number);
		expect(Math.max(...stretches)).toBeLessThanOrEqual(timing.sleepMax);
		expect(made()).toBe(1);
	});

	it('says what the same videos say that were waited for in the execution', async () => {
		const inExecution = await runNode(videos(2, { options: {} }));
		const { end } = await sleepThrough(videos(2));
		const shapes = ({ outputs }: RunResult) => outputs[0]?.map(({ json, pairedItem }) => [Object.keys(json), json.cost, json.estimate, pairedItem]);
		expect(shapes(end)).toEqual(shapes(inExecution));
		const hints = (result: RunResult) => result.runData.at(-1)?.hints?.map(({ message }) => message.replace(/ in .*?,/, ','));
		expect(hints(end)).toEqual(hints(inExecution));
	});

	it('does not sleep when all videos are there already, and goes on with those that are not', async () => {
		const [ready = ''] = seedVideos(sandbox(), 1);
		const there = await runVideo(sandbox(), 'wait', { videoId: ready, download: [], options: { ...SLEEPS } });
		expect(there.status).toBe('success');
		const [running = ''] = await createVideos(sandbox(), 1);
		const run = videoRun(sandbox(), 'wait', { videoId: ID_FROM_ITEM, download: ['video'], options: { ...SLEEPS } }, { items: idItems([ready, running]) });
		const { sleeps, end } = await sleepThrough(run);
		expect(sleeps.length).toBeGreaterThanOrEqual(1);
		expect(jsonOf(end).map(({ video_id: id }) => id)).toEqual([ready, running]);
		expect(end.outputs[0]?.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([['video'], ['video']]);
		// What is there is read once, in whatever stretch.
		expect(sandbox().requests().filter(({ path }) => path === `/v3/videos/${ready}`)).toHaveLength(2);
	});

	it('does not sleep for a video that an earlier execution has made and HeyGen has finished', async () => {
		const same = { ...SLEEPS, sameInputSameVideo: true };
		await sleepThrough(videos(2, { options: same }));
		const { sleeps, end } = await sleepThrough(videos(2, { options: same }, { executionId: 'later' }));
		expect(sleeps).toEqual([]);
		expect(jsonOf(end).map(({ status }) => status)).toEqual(['completed', 'completed']);
		expect(made()).toBe(2);
	});

	it('leaves its entry on the stack as it is, and no date in what n8n saves: so n8n runs the node again', async () => {
		const { version } = jest.requireActual<{ version: string }>('n8n-core/package.json');
		const asleep = await runNode(videos(2));
		expect(wakesAt(asleep).getTime()).toBeGreaterThan(Date.now());
		const { waitTill, executionData } = savedData(asleep);
		expect({ version, waitTill, entries: executionData?.nodeExecutionStack.map(({ node, runIndex, data }) => [node.name, node.disabled, runIndex, data.main?.[0]?.length]) }).toEqual({
			// Another version may keep executions in another way: see `engine/item/sleep.ts`, and try it in a real n8n.
			version: '2.41.1',
			waitTill: undefined,
			entries: [['HeyGen Video', undefined, 0, 2]],
		});
	});

	it('is the same run in an n8n that heeds no run index of its entries', async () => {
		const run = videos(2);
		const asleep = await runNode(run);
		const data = savedData(asleep);
		for (const entry of data.executionData?.nodeExecutionStack ?? []) delete entry.runIndex;
		await sleepFor(1_000);
		const end = await runNode({ ...run, data, isWoken: true });
		expect(jsonOf(end).map(({ status }) => status)).toEqual(['completed', 'completed']);
		expect(countOf(sandbox(), CREATE)).toBe(2);
	});

	it('lets a loop sleep in each of its runs', async () => {
		const { end } = await sleepThrough(videos(2, {}, { times: 3 }));
		expect(end.runData).toHaveLength(3);
		expect(end.runData.map(({ data }) => data?.main?.[0]?.map(({ json }) => json.status))).toEqual(Array(3).fill(['completed', 'completed']));
		expect(end.workflowRunData.Success).toHaveLength(3);
		expect(made()).toBe(6);
	});

	it('hands nothing on while it sleeps, also where n8n makes an item of nothing', async () => {
		const run = videos(1);
		const { sleeps, end } = await sleepThrough({ ...run, alwaysOutputData: true });
		for (const { workflowRunData } of sleeps) expect(workflowRunData.Success).toBeUndefined();
		expect(end.workflowRunData.Success?.map(({ data }) => data?.main?.[0]?.length)).toEqual([1]);
		expect(jsonOf(end)).toEqual([expect.objectContaining({ status: 'completed' })]);
	});

	it('waits in the execution as long as videos are still to be made', async () => {
		sandbox().configure({ jobSeconds: 0.3, concurrentJobs: 2 });
		const { sleeps, end } = await sleepThrough(videos(6, {}, { credentials: { concurrency: 2 } }));
		// By the first sleep all of them are made.
		expect(sleeps.map(({ data }) => data).length).toBeLessThanOrEqual(2);
		expect(jsonOf(end)).toHaveLength(6);
		expect(made()).toBe(6);
	});

	it('sleeps for batches too', async () => {
		const { sleeps, end } = await sleepThrough(videos(5, { options: { ...SLEEPS, sendAsBatch: true } }));
		expect(sleeps.length).toBeGreaterThanOrEqual(1);
		expect(jsonOf(end).every(({ status }) => status === 'completed')).toBe(true);
		expect(countOf(sandbox(), CREATE_BATCH)).toBe(1);
		expect(made()).toBe(5);
	});
});

describe('what fails', () => {
	const MIXED = scripts('One', '', '[fail] Three', 'Four', '[fail] Five');
	const mixed = (options: Partial<RunOptions>): RunOptions => ({ ...videos(0), items: MIXED, ...options });

	it('goes to the error output, whether before the sleep or in it, and costs none of the others', async () => {
		const { sleeps, end } = await sleepThrough(mixed({ onError: 'continueErrorOutput' }));
		expect(sleeps.length).toBeGreaterThanOrEqual(1);
		expect(linksOf(end)).toEqual([0, 3]);
		expect(linksOf(end, 1)).toEqual([1, 2, 4]);
		expect(jsonOf(end, 1).map(({ error }) => String(error).replace(/video \w+/, 'video'))).toEqual([
			expect.stringContaining("'Script'"),
			expect.stringContaining('HeyGen could not finish the video'),
			expect.stringContaining('HeyGen could not finish the video'),
		]);
		expect(made()).toBe(4);
	});

	it('stops the node otherwise, names the others, and a retry by hand goes on with them', async () => {
		const items = scripts('One', '[fail] Two', 'Three');
		const run = { ...videos(0), items };
		const { end } = await sleepThrough(run);
		const error = errorOf(end);
		expect(error.message).toContain('HeyGen could not finish the video');
		expect(error.description).toContain('Already started by this run and not lost');
		expect(made()).toBe(3);
		const { end: retried } = await sleepThrough({ ...run, data: byRetry(end), executionId: 'retry' });
		expect(errorOf(retried).message).toContain('HeyGen could not finish the video');
		// The one that has failed is made anew, and nothing else is even asked for.
		expect(made()).toBe(4);
		expect(countOf(sandbox(), CREATE)).toBe(4);
	});

	it('is tried again by Retry On Fail, and makes only what has failed anew', async () => {
		const items = scripts('One', '[fail] Two', 'Three');
		const { sleeps, end } = await sleepThrough({ ...videos(0), items, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
		expect(errorOf(end).message).toContain('HeyGen could not finish the video');
		// Three tries in all: n8n would count from the beginning if the execution slept in between.
		expect(made()).toBe(5);
		expect(countOf(sandbox(), CREATE)).toBe(5);
		expect(sleeps.length).toBeLessThanOrEqual(3);
	});

	it('says so when the time is up, and a retry waits anew without paying', async () => {
		sandbox().configure({ jobSeconds: 3 });
		const run = videos(2, { options: { ...SLEEPS, timeoutMinutes: 0.03 } });
		const { end } = await sleepThrough(run);
		expect(errorOf(end).message).toMatch(/^The video \w+ was not finished within 0\.03 minutes/);
		expect(made()).toBe(2);
		const { end: retried } = await sleepThrough({ ...run, data: byRetry(end), executionId: 'retry' });
		expect(jsonOf(retried).map(({ status }) => status)).toEqual(['completed', 'completed']);
		expect(made()).toBe(2);
	});

	it('is no failure when the time was up while n8n stood still, and HeyGen has finished', async () => {
		const run = videos(3, { options: { ...SLEEPS, timeoutMinutes: 0.03 } });
		const asleep = await runNode(run);
		await sleepFor(2_500);
		const end = await wake(asleep, run);
		expect(jsonOf(end).map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
	});

	it('is a crash of n8n while the execution was awake: a retry by hand goes on with what it had slept for', async () => {
		const run = videos(3);
		const asleep = await runNode(run);
		await sleepFor(1_000);
		// What n8n saved last is what it saved when the execution went to sleep.
		const retried = await runNode({ ...run, data: byRetry(asleep), executionId: 'retry' });
		expect(retried.error).toBeUndefined();
		expect(linksOf(retried)).toEqual([0, 1, 2]);
		expect(jsonOf(retried).every(({ status }) => status === 'completed')).toBe(true);
		expect(retried.runData).toHaveLength(1);
		expect(countOf(sandbox(), CREATE)).toBe(3);
	});

	it('is an edited workflow: a retry by hand makes what is wanted now', async () => {
		const asleep = await runNode(videos(2));
		const { end } = await sleepThrough({ ...videos(2, { script: '={{ $json.script + "!" }}' }), data: byRetry(asleep), executionId: 'retry' });
		expect(jsonOf(end).map(({ status }) => status)).toEqual(['completed', 'completed']);
		expect(made()).toBe(4);
	});

	it.each(['drop_after', 'drop_before', 'hang', 'garbage'] as const)('is a create that ends in "%s": each video is made once', async (kind) => {
		sandbox().addFault({ match: { method: 'POST', path: '/v3/videos' }, kind, times: 2 });
		const writeTimeout = timing.writeTimeout;
		timing.writeTimeout = 500;
		const { sleeps, end } = await sleepThrough(videos(5));
		timing.writeTimeout = writeTimeout;
		expect(sleeps.length).toBeGreaterThanOrEqual(1);
		expect(jsonOf(end).every(({ status }) => status === 'completed')).toBe(true);
		expect(made()).toBe(5);
	});

	it('is looked for in the record when statuses say nothing', async () => {
		sandbox().addFault({ match: { method: 'GET', path: '/v3/videos/statuses' }, kind: 'status', status: 500 });
		const { end } = await sleepThrough(videos(2));
		expect(jsonOf(end).map(({ status }) => status)).toEqual(['completed', 'completed']);
	});

	it('survives looks that fail, and sleeps on', async () => {
		const { sleeps, end } = await sleepThrough(videos(2), (asleep) => {
			if (asleep.data.resultData.runData.Start?.length === 1 && made() === 2) sandbox().addFault({ match: { method: 'GET' }, kind: 'status', status: 503, times: 12 });
		});
		expect(sleeps.length).toBeGreaterThanOrEqual(2);
		expect(jsonOf(end).map(({ status }) => status)).toEqual(['completed', 'completed']);
		expect(made()).toBe(2);
	});
});

describe('money', () => {
	/** Two rounds of a loop with three items of 6 credits each, one of which fails in the first round while the execution sleeps. */
	const rounds = async (maximumCostPerExecution: number, more: Partial<RunOptions> = {}) => {
		const options = { ...SLEEPS, expectedSeconds: 60, maximumCostPerExecution, title: '={{ $runIndex === 0 && $json.row === 0 ? "[fail]" : "" }}' };
		return await sleepThrough({ ...videos(3, { options }), times: 2, onError: 'continueErrorOutput', ...more });
	};

	it.each<{ how: string; more: Partial<RunOptions>; videosMade: number }>([
		{ how: 'without further tries', more: {}, videosMade: 6 },
		{ how: 'with Retry On Fail', more: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1, onError: 'continueRegularOutput' }, videosMade: 7 },
	])('counts what HeyGen charges for, and nothing twice, $how', async ({ more, videosMade }) => {
		const { end } = await rounds(30, more);
		expect(end.error).toBeUndefined();
		expect(JSON.stringify(end.runData.at(-1)?.data)).not.toContain('Maximum Cost');
		expect(made()).toBe(videosMade);
	});

	it.each([{ how: 'without further tries', more: {} }, { how: 'with Retry On Fail', more: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1, onError: 'continueRegularOutput' as const } }])(
		'refuses a round that is too dear, $how',
		async ({ more }) => {
			const { end } = await rounds(29, more);
			expect(JSON.stringify(end.runData.at(-1)?.data)).toContain('other runs of this execution have ordered 12 credits');
		},
	);
});

describe('what an execution does not sleep for', () => {
	it('is a wait that is short', async () => {
		sandbox().configure({ jobSeconds: 0.2 });
		const result = await runNode(videos(1, { options: { ...SLEEPS, timeoutMinutes: 0.01 } }));
		expect(result.status).toBe('success');
	});

	it.each<{ what: string; options: Partial<RunOptions>; reason: string }>([
		{ what: 'a run of an evaluation', options: { mode: 'evaluation' }, reason: 'an evaluation waits' },
		{ what: "n8n's command line", options: { mode: 'cli' }, reason: "n8n's command line ends" },
		{ what: 'an n8n without a way to sleep', options: { node: withContext(() => ({ putExecutionToWait: undefined })) }, reason: 'keeps executions in another way' },
		{ what: 'an n8n that keeps executions otherwise', options: { node: withContext(({ runExecutionData: data }) => ({ runExecutionData: like(data, { executionData: like(data.executionData, { nodeExecutionStack: 'elsewhere' }) }) })) }, reason: 'keeps executions in another way' },
		{ what: 'a workflow that is not saved', options: { node: withContext(() => ({ getWorkflow: () => ({ active: false }) })) }, reason: 'the workflow is not saved yet' },
		{ what: 'a workflow that another one waits for', options: { node: withContext(({ runExecutionData: data }) => ({ runExecutionData: like(data, { parentExecution: { executionId: '1', workflowId: '1', shouldResume: true } }) })) }, reason: 'another workflow waits for this one' },
	])('is $what, and the node says so once', async ({ options, reason }) => {
		const result = await runNode({ ...videos(3), ...options });
		expect(result.status).toBe('success');
		expect(jsonOf(result)).toHaveLength(3);
		const hints = (result.runData[0]?.hints ?? []).map(({ message }) => message).join(' ');
		expect(hints.match(/The execution does not sleep/g)).toHaveLength(1);
		expect(hints).toContain(reason.replaceAll("'", '&#39;'));
	});
});
