import type { IDataObject } from 'n8n-workflow';

import { timing } from '../../../nodes/engine/basics/timing';
import { latestJob } from '../../../nodes/engine/triggers/pollJobs';
import { translationJob } from '../../../nodes/heygen/jobs/translation';
import { validateAgainstContract } from '../../sandbox/server/contract';
import { clock } from '../support/simulation/clock';
import { type JobLife, JobSite, pollerOf, videos } from '../support/simulation/jobSite';

jest.mock('../../../nodes/engine/basics/timing', () => {
	const { virtualTiming } = jest.requireActual<typeof import('../support/simulation/clock')>('../support/simulation/clock');
	return virtualTiming(jest.requireActual<object>('../../../nodes/engine/basics/timing'));
});

afterEach(() => clock.forgetEvents());

/** Polls of jobs: each that ends after the first poll is handed on once, however long it has run. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Lets time pass; nothing else is under way. */
function pass(ms: number): void {
	clock.time += ms;
}

/** Starts so many short jobs, one every eleven seconds, that the list's first page shows no others. */
function bury(site: JobSite): void {
	for (let count = 0; count < 120; count++) {
		pass(11_000);
		site.start({ runs: 0 });
	}
}

/** Everything that was asked for is in the contract. */
function expectContract({ reads, list }: JobSite): void {
	expect(reads.length).toBeGreaterThan(0);
	for (const { method, path, query } of [...reads, ...list.pages]) {
		expect(validateAgainstContract(method, path, { query })).toEqual([]);
	}
}

/** A site that has been polled once. */
async function polled(site = new JobSite()) {
	const poller = pollerOf(site);
	expect(await poller.poll()).toEqual([]);
	const ids = async () => (await poller.poll()).map(({ id }) => id);
	return { site, ...poller, ids };
}

describe('endedJobs', () => {
	it('hands on nothing at first, and never what had ended by then', async () => {
		const site = new JobSite();
		for (const runs of [0, 1_000, MINUTE]) site.start({ runs });
		pass(2 * MINUTE);
		const { ids } = await polled(site);
		pass(MINUTE);
		expect(await ids()).toEqual([]);
	});

	it('hands on what was running then, and what came later, when it has ended', async () => {
		const site = new JobSite();
		const old = site.start({ runs: 10 * MINUTE });
		pass(5 * MINUTE);
		const { ids, running } = await polled(site);
		expect(running()).toEqual([old]);
		const quick = site.start({ runs: MINUTE });
		const slow = site.start({ runs: HOUR });
		pass(6 * MINUTE);
		expect(await ids()).toEqual([quick, old]);
		expect(running()).toEqual([slow]);
		expect(await ids()).toEqual([]);
		pass(HOUR);
		expect(await ids()).toEqual([slow]);
		expect(running()).toEqual([]);
		expect(await ids()).toEqual([]);
	});

	it('gives each the fields of an event, and the record', async () => {
		const { site, poll } = await polled();
		const done = site.start({ runs: MINUTE });
		const failed = site.start({ runs: 2 * MINUTE, status: 'failed' });
		const createdAt = new Date(Math.floor(clock.time / 1_000) * 1_000).toISOString();
		pass(3 * MINUTE);
		expect(await poll()).toEqual([
			{
				...{ eventId: `video:${done}`, outcome: 'success', kind: 'video', id: done, error: null, callbackId: null, createdAt },
				url: `https://files.heygen.ai/${done}.mp4`,
				resource: expect.objectContaining({ id: done, status: 'completed' }) as unknown,
			},
			{
				...{ eventId: `video:${failed}`, outcome: 'failure', kind: 'video', id: failed, url: null, callbackId: null, createdAt },
				error: 'Too long',
				resource: expect.objectContaining({ id: failed, status: 'failed' }) as unknown,
			},
		]);
	});

	it.each<[JobLife['status'], 'success' | 'failure']>([['completed', 'success'], ['failed', 'failure']])(
		'leaves out what is not wanted, for good: %s',
		async (unwanted, outcome) => {
			const wanted = outcome === 'success' ? 'failure' : 'success';
			const { site, poll } = await polled(new JobSite(videos({ outcomes: [wanted] })));
			for (const status of ['completed', 'failed'] as const) site.start({ status });
			site.start({ status: unwanted, runs: HOUR });
			pass(2 * MINUTE);
			expect((await poll()).map((json) => json.outcome)).toEqual([wanted]);
			pass(HOUR);
			expect(await poll()).toEqual([]);
		},
	);

	it('is in the order of their ends, whenever they began', async () => {
		const { site, ids } = await polled();
		const runs = [50, 20, 40, 10, 30];
		const made = runs.map((minutes) => site.start({ runs: minutes * MINUTE }));
		pass(HOUR);
		expect(await ids()).toEqual([3, 1, 4, 2, 0].map((index) => made[index]));
	});

	it('asks for statuses of those that the list no longer shows, and only then for themselves', async () => {
		const { site, ids } = await polled();
		const long = [5, 6].map((hours) => site.start({ runs: hours * HOUR }));
		bury(site);
		expect(await ids()).toHaveLength(120);
		expect(site.reads).toEqual([]);
		pass(4 * HOUR);
		expect(await ids()).toEqual([]);
		expect(site.reads.map(({ path, query }) => [path, query])).toEqual([['/v3/videos/statuses', { video_ids: long.join(',') }]]);
		pass(HOUR);
		expect(await ids()).toEqual([long[0]]);
		expect(site.reads.map(({ path }) => path).slice(1)).toEqual(['/v3/videos/statuses', `/v3/videos/${long[0]}`]);
		expectContract(site);
	});

	it('asks for statuses of a hundred at a time', async () => {
		const { site, ids } = await polled();
		for (let count = 0; count < 230; count++) site.start({ runs: 2 * HOUR });
		bury(site);
		expect(await ids()).toHaveLength(120);
		pass(2 * HOUR);
		expect(await ids()).toHaveLength(230);
		const asked = site.reads.filter(({ path }) => path.endsWith('/statuses')).map(({ query }) => String(query?.video_ids).split(',').length);
		expect(asked).toEqual([100, 100, 30]);
	});

	it('lets go of what was deleted while it ran, once three polls on end have not found it', async () => {
		const { site, ids, running } = await polled();
		site.start({ runs: 9 * HOUR, deletedAt: clock.time + HOUR });
		await ids();
		expect(running()).toHaveLength(1);
		pass(10 * HOUR);
		for (let left = 2; left >= 0; left--) {
			expect(await ids()).toEqual([]);
			expect(running()).toHaveLength(left > 0 ? 1 : 0);
		}
		site.reads.length = 0;
		expect(await ids()).toEqual([]);
		expect(site.reads).toEqual([]);
	});

	it('lets go of what has run for more than a week and is no longer listed', async () => {
		const { site, ids, running } = await polled();
		const endless = site.start({ runs: Infinity });
		bury(site);
		await ids();
		pass(7 * DAY - 2 * HOUR);
		await ids();
		expect(running()).toEqual([endless]);
		pass(2 * HOUR);
		await ids();
		expect(running()).toEqual([]);
	});

	it('lets go of what cannot be read for a week after it has left the list', async () => {
		const { site, ids, running } = await polled();
		const refused = site.start({ runs: HOUR, isRefused: true });
		bury(site);
		expect(await ids()).toHaveLength(120);
		pass(7 * DAY - 2 * HOUR);
		expect(await ids()).toEqual([]);
		expect(running()).toEqual([refused]);
		pass(2 * HOUR);
		expect(await ids()).toEqual([]);
		expect(running()).toEqual([]);
	});

	it('hands on after a week what has ended without a file and cannot be read, as the list has it', async () => {
		const { site, ids, running } = await polled();
		const refused = site.start({ settling: Infinity, isRefused: true });
		pass(MINUTE);
		expect(await ids()).toEqual([]);
		expect(running()).toEqual([refused]);
		pass(7 * DAY);
		expect(await ids()).toEqual([refused]);
		expect(await ids()).toEqual([]);
	});

	it('reads translations where they are, and filters as it is told', async () => {
		const site = new JobSite(videos({ kind: translationJob, path: '/v3/video-translations' }));
		const { poll } = await polled(site);
		const id = site.start({ runs: 2 * HOUR, fields: { callback_id: 'c1', translate_audio_only: true, video_url: null, audio_url: 'https://x/a.mp3' } });
		bury(site);
		await poll();
		pass(2 * HOUR);
		expect(await poll()).toMatchObject([{ eventId: `translation:${id}`, kind: 'translation', id, url: 'https://x/a.mp3', callbackId: 'c1' }]);
		expectContract(site);
		const inFolder = new JobSite(videos({ query: { folder_id: 'f1' } }));
		await polled(inFolder);
		expect(inFolder.list.pages[0]?.query).toEqual({ folder_id: 'f1', limit: 100 });
	});
});

describe('what has just ended', () => {
	/** Polls just after a job's end. */
	async function justEnded(life: Partial<JobLife>): Promise<{ id: string; found: IDataObject[]; later: IDataObject[]; took: number }> {
		const { site, poll } = await polled();
		const id = site.start({ runs: MINUTE, ...life });
		pass(MINUTE);
		const from = clock.time;
		const found = await poll();
		const took = clock.time - from;
		pass(10 * MINUTE);
		return { id, found, later: await poll(), took };
	}

	it('is waited for until its file has an address', async () => {
		const { id, found, later, took } = await justEnded({ settling: 10_000 });
		expect(found).toMatchObject([{ id, url: `https://files.heygen.ai/${id}.mp4` }]);
		expect(later).toEqual([]);
		expect(took).toBeLessThanOrEqual(10_000 + timing.pollFirst);
	});

	it('is handed on as it is after half a minute', async () => {
		const { id, found, later, took } = await justEnded({ settling: Infinity });
		expect(found).toMatchObject([{ id, outcome: 'success', url: null }]);
		expect(later).toEqual([]);
		expect(took).toBeLessThanOrEqual(timing.catchUpTime + timing.pollFirst);
	});

	it('is handed on as the list has it when it is deleted meanwhile', async () => {
		const { id, found } = await justEnded({ settling: Infinity, deletedAt: clock.time + MINUTE + 5_000 });
		expect(found).toMatchObject([{ id, outcome: 'success', url: null }]);
	});

	it('is not waited for when it has failed', async () => {
		const { id, found, took } = await justEnded({ status: 'failed' });
		expect(found).toMatchObject([{ id, outcome: 'failure' }]);
		expect(took).toBe(0);
	});

	it('is not taken for complete because it has a thumbnail', async () => {
		const { id, found } = await justEnded({ settling: 10_000, fields: { thumbnail_url: 'https://x/t.jpg' } });
		expect(found).toMatchObject([{ id, url: `https://files.heygen.ai/${id}.mp4` }]);
	});

	it('is not lost when it still calls itself running', async () => {
		const { id, found, later } = await justEnded({ settling: 10_000, behind: 10_000 });
		expect([...found, ...later]).toMatchObject([{ id, outcome: 'success', url: `https://files.heygen.ai/${id}.mp4` }]);
	});
});

describe('latestJob', () => {
	it('is the one that ended last among those that were wanted', async () => {
		const site = new JobSite(videos({ outcomes: ['success'] }));
		expect(await latestJob(site.client, site.settings)).toBeUndefined();
		site.start({ runs: MINUTE });
		pass(1_000);
		site.start({ runs: MINUTE });
		pass(1_000);
		site.start({ runs: MINUTE, status: 'failed' });
		site.start({ runs: HOUR });
		pass(2 * MINUTE);
		expect((await latestJob(site.client, site.settings))?.json).toMatchObject({ id: 'j1', outcome: 'success' });
		expect(site.list.pages.at(-1)?.query).toEqual({ limit: 100 });
	});
});
