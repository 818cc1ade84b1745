/** Calls of HeyGen that wake an execution before its date. */
import type { IDataObject } from 'n8n-workflow';
import { runNode, type RunOptions, type RunResult } from '../support/harness';
import { callBack, SLEEPS, useSleepTiming, wakesAt } from '../support/sleepSupport';
import { CREATE, jsonOf, manyScripts, requestsTo, sleepFor, STATUSES, countOf, useSandbox, videoRun, waitingAvatar } from '../support/support';

// A date that is far: what wakes the execution is a call.
useSleepTiming({ pollFirst: 400, sleepFirst: 600_000, sleepMax: 600_000 });
const sandbox = useSandbox({ jobSeconds: 0.4, jobQueueSeconds: 0 });

const run = (more: Partial<RunOptions> = {}, options: IDataObject = {}): RunOptions =>
	videoRun(sandbox(), 'createAvatar', waitingAvatar({ options: { ...SLEEPS }, requestOptions: options as never }), {
		items: manyScripts(3),
		publicAddress: 'https://n8n.example.com/',
		resumeToken: 'token-of-this-execution',
		executionId: 'asleep',
		...more,
	});

const callbackUrls = (): unknown[] => requestsTo(sandbox(), CREATE).map(({ body }) => (body as IDataObject).callback_url);

const idsOf = (asleep: RunResult): string[] => jsonOf(asleep).map(({ video_id: id }) => String(id));

const done = (id: string): IDataObject => ({ event_type: 'avatar_video.success', event_data: { video_id: id, url: 'https://example.com/v.mp4' } });

describe('the address', () => {
	it('is given to HeyGen where HeyGen can reach it', async () => {
		const asleep = await runNode(run());
		expect(asleep.status).toBe('waiting');
		expect(callbackUrls()).toEqual(Array(3).fill('https://n8n.example.com/webhook-waiting/asleep/heygen?signature=token-of-this-execution'));
		// It is a secret: whoever has it wakes the execution.
		expect(JSON.stringify(asleep.outputs)).not.toContain('token-of-this-execution');
	});

	it.each<{ what: string; more?: Partial<RunOptions>; options?: IDataObject; told?: string }>([
		{ what: 'on this machine', more: { publicAddress: 'http://localhost:5678/' } },
		{ what: 'in a private network', more: { publicAddress: 'https://10.0.0.7/' } },
		{ what: "where the user has given one's own", options: { callbackUrl: 'https://example.com/mine' }, told: 'https://example.com/mine' },
	])('is not given $what', async ({ more, options, told }) => {
		const asleep = await runNode(run(more, options));
		expect(asleep.status).toBe('waiting');
		expect(callbackUrls()).toEqual(Array(3).fill(told));
	});

	it('is not given when the node waits in the execution, or not at all', async () => {
		await runNode({ ...run(), parameters: { ...run().parameters, options: {} } });
		await runNode({ ...run(), parameters: { ...run().parameters, waitForCompletion: false } });
		expect(callbackUrls()).toEqual(Array(6).fill(undefined));
	});
});

describe('a call', () => {
	it('wakes the execution when all jobs have been called for, and what is handed on was asked from HeyGen', async () => {
		const asleep = await runNode(run());
		const [one = '', two = '', three = ''] = idsOf(asleep);
		await sleepFor(700);
		expect((await callBack(asleep, run(), done(one))).wakes).toBe(false);
		// Twice is once.
		expect((await callBack(asleep, run(), done(one))).wakes).toBe(false);
		expect((await callBack(asleep, run(), done(three))).wakes).toBe(false);
		const { wakes, data } = await callBack(asleep, run(), { event_type: 'avatar_video.fail', event_data: { video_id: two, msg: 'No' } });
		expect(wakes).toBe(true);
		expect(countOf(sandbox(), STATUSES)).toBe(0);
		const end = await runNode({ ...run(), data, isWoken: true });
		// It was said to have failed, but HeyGen knows better.
		expect(jsonOf(end).map(({ video_id: id, status }) => [id, status])).toEqual([one, two, three].map((id) => [id, 'completed']));
		expect(end.runData).toHaveLength(1);
		expect(countOf(sandbox(), STATUSES)).toBe(1);
	});

	it.each<{ what: string; bodies: IDataObject[] }>([
		{ what: 'that come too early', bodies: [] },
		{ what: 'that are forged', bodies: [{}, { event_type: 7 }, { event_data: { video_id: ['x'] } }] },
	])('does no harm with calls $what', async ({ bodies }) => {
		sandbox().configure({ jobSeconds: 3 });
		const asleep = await runNode(run());
		const told = bodies.length === 0 ? idsOf(asleep).map(done) : bodies;
		let called = await callBack(asleep, run(), told[0] as IDataObject);
		for (const body of told.slice(1)) called = await callBack(asleep, run(), body);
		expect(called.wakes).toBe(true);
		const again = await runNode({ ...run(), data: called.data, isWoken: true });
		expect(again.status).toBe('waiting');
		expect(idsOf(again)).toEqual(idsOf(asleep));
		expect(wakesAt(again).getTime()).toBeGreaterThan(Date.now());
		expect(sandbox().stats().videosCreated).toBe(3);
		expect(countOf(sandbox(), STATUSES)).toBe(1);
	});
});
