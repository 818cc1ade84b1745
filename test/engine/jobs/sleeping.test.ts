/** Executions that sleep until HeyGen is done. */
import type { RunResult } from '../support/harness';
import { sleepThrough, useSleepTiming, wakesAt } from '../support/sleepSupport';
import { countOf, CREATE, GET, itemAt, jsonOf, linksOf, manyScripts, STATUSES, useSandbox, videoRun, waitingAvatar } from '../support/support';

// Wide enough a pause that 40 videos are made before the first look.
useSleepTiming({ pollFirst: 400 });
const sandbox = useSandbox({ jobSeconds: 0.8, jobQueueSeconds: 0.05 });

const SLEEPS = { options: { waitMode: 'park' } };

describe('an execution that sleeps', () => {
	it('makes all of its videos, sleeps, looks once each time, and hands all of them on in one run', async () => {
		const run = videoRun(sandbox(), 'createAvatar', waitingAvatar({ ...SLEEPS, download: ['video'] }), { items: manyScripts(40) });
		const looks: number[] = [];
		const { sleeps, end } = await sleepThrough(run, () => {
			looks.push(countOf(sandbox(), STATUSES));
		});
		expect(end.error).toBeUndefined();
		expect(end.status).toBe('success');
		// One run in all, however often the execution slept.
		expect(end.runData).toHaveLength(1);
		expect(linksOf(end)).toEqual(Array.from({ length: 40 }, (_, item) => item));
		expect(jsonOf(end).every(({ status }) => status === 'completed')).toBe(true);
		expect(end.outputs[0]?.every(({ binary }) => binary?.video !== undefined)).toBe(true);
		expect(countOf(sandbox(), CREATE)).toBe(40);
		expect(sandbox().stats()).toMatchObject({ videosCreated: 40 });
		// Nothing is asked before the first sleep, and one request at each look.
		expect(sleeps.length).toBeGreaterThanOrEqual(2);
		expect(looks).toEqual(looks.map((_, at) => at));
		expect(countOf(sandbox(), GET)).toBe(40);
		// What it remembered is gone.
		expect(JSON.stringify(end.data.executionData?.contextData)).not.toContain(String(itemAt(end).json.video_id));
	});

	it('shows what it waits for, and since when it will look', async () => {
		const run = videoRun(sandbox(), 'createAvatar', waitingAvatar(SLEEPS), { items: manyScripts(2) });
		const { sleeps, end } = await sleepThrough(run);
		const [asleep] = sleeps as [RunResult];
		const note = `HeyGen is working on it. The execution sleeps, and looks at it again at ${wakesAt(asleep).toISOString()}.`;
		expect(jsonOf(asleep)).toEqual(jsonOf(end).map(({ video_id: id }) => ({ video_id: id, note })));
		expect(linksOf(asleep)).toEqual([0, 1]);
	});
});
