/** The HeyGen Poll Trigger watching videos and translations: each is handed on once, when it has ended. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { SandboxClient } from '../../sandbox/client';
import { deduplicator } from '../support/deduplication';
import { readBinary, runNode } from '../support/harness';
import { PollHost } from '../support/pollHarness';
import { activePoll, fieldOf, PASSING_TROUBLES, pollOptions } from '../support/pollSupport';
import { countOf, createVideos, errorOf, GET, LIST, seedVideos, sleepFor, STATUSES, useSandbox, useTiming } from '../support/support';
import { expectNotIn, failureOf, Rewriter } from '../support/triggerSupport';

useTiming({ readTimeout: 5_000 });
// Long enough for two polls on a slow machine.
const JOB_MS = 1_200;
const sandbox = useSandbox({ jobSeconds: JOB_MS / 1_000, jobQueueSeconds: 0 });
const videos = (more: INodeParameters = {}): INodeParameters => ({ source: 'videos', ...more });

beforeEach(() => deduplicator.rows.clear());

/** Waits until the videos and translations that run now have ended. */
const end = async () => await sleepFor(JOB_MS + 50);

const create = async (count = 1, fields: Record<string, unknown> = {}) => (await createVideos(sandbox(), count, fields)).sort();

const idsOf = (items: Parameters<typeof fieldOf>[0]) => fieldOf(items, 'id').map(String).sort();

describe.each(['newest', 'oldest'] as const)('videos, in a list with the %s first', (listOrder) => {
	beforeEach(() => sandbox().configure({ listOrder }));

	it('that had ended before the first poll are no news', async () => {
		seedVideos(sandbox(), 150);
		await create(5);
		await end();
		const host = await activePoll(sandbox(), videos());
		expect(await host.poll()).toBeNull();
	});

	it('that were running at the first poll are handed on when they have ended', async () => {
		seedVideos(sandbox(), 120);
		const ids = await create(5);
		const host = await activePoll(sandbox(), videos());
		expect(await host.poll()).toBeNull();
		await end();
		expect(idsOf(await host.poll())).toEqual(ids);
		expect(await host.poll()).toBeNull();
	});

	it('that are made between polls are handed on once, running or ended when they are first seen', async () => {
		seedVideos(sandbox(), 120);
		const host = await activePoll(sandbox(), videos());
		const ids = await create(130);
		await host.poll();
		ids.push(...(await create(3)));
		await end();
		await host.poll();
		ids.push(...(await create(1)));
		await end();
		await host.poll();
		expect(await host.poll()).toBeNull();
		expect(idsOf(host.handedOver)).toEqual(ids.sort());
	});

	it('survive a restart while they run, and none is handed on twice', async () => {
		const ids = await create(3);
		const host = await activePoll(sandbox(), videos());
		host.restart();
		ids.push(...(await create(3)));
		expect(await host.poll()).toBeNull();
		host.restart();
		await end();
		expect(idsOf(await host.poll())).toEqual(ids.sort());
		host.restart();
		expect(await host.poll()).toBeNull();
	});

	it('are all found by the poll after one that failed in the middle of the list', async () => {
		const host = await activePoll(sandbox(), videos());
		const ids = await create(220);
		await end();
		sandbox().addFault({ match: { method: 'GET', path: '/v3/videos' }, kind: 'status', status: 403, skip: 1 });
		expect((await failureOf(host.poll())).message).toContain('Could not list the videos: Injected fault: forbidden');
		expect(host.handedOver).toEqual([]);
		expect(idsOf(await host.poll())).toEqual(ids);
	});
});

describe('the item of a video', () => {
	it('has the fields of an event, and the video itself', async () => {
		const host = await activePoll(sandbox(), videos());
		const [id] = await create(1, { title: 'Hello' });
		await end();
		const [item] = (await host.poll()) ?? [];
		const { url } = item?.json ?? {};
		expect(item?.json).toEqual({
			eventId: `video:${id}`,
			outcome: 'success',
			kind: 'video',
			id,
			url: expect.stringContaining(`/files/videos/${id}/video.mp4`),
			error: null,
			callbackId: null,
			createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
			resource: expect.objectContaining({ id, status: 'completed', video_url: url, title: 'Hello' }),
		});
	});

	it('that failed says why', async () => {
		const host = await activePoll(sandbox(), videos());
		const [id] = await create(1, { title: '[fail:moderation]' });
		await end();
		expect((await host.poll())?.[0]?.json).toMatchObject({ id, outcome: 'failure', url: null, error: 'Rendering ended with moderation' });
	});

	it('whose URL comes late has it', async () => {
		const host = await activePoll(sandbox(), videos());
		const [id] = await create(1, { title: '[late-url]' });
		await end();
		expect((await host.poll())?.[0]?.json).toMatchObject({ id, url: expect.stringContaining('video.mp4') });
		expect(countOf(sandbox(), GET)).toBeGreaterThan(1);
	});

	it('comes in the order in which they ended', async () => {
		const host = await activePoll(sandbox(), videos());
		sandbox().seed({ videos: { count: 1, runSeconds: 2.1 } });
		sandbox().seed({ videos: { count: 1, runSeconds: 0 } });
		await sleepFor(2_150);
		const ends = ((await host.poll()) ?? []).map(({ json }) => (json.resource as IDataObject).completed_at as number);
		expect(ends).toHaveLength(2);
		expect(ends[0]).toBeLessThan(ends[1] ?? 0);
	});
});

describe('what is wanted of videos', () => {
	it.each([
		[['success'], ['success', 'success']],
		[['failure'], ['failure']],
		[['success', 'failure'], ['failure', 'success', 'success']],
	])('is decided by the outcomes: %j', async (outcomes, expected) => {
		const host = await activePoll(sandbox(), videos({ outcomes }));
		await create(2);
		await create(1, { title: '[fail]' });
		await end();
		expect(fieldOf(await host.poll(), 'outcome').sort()).toEqual(expected);
		expect(await host.poll()).toBeNull();
	});

	it('is decided by the folder', async () => {
		const host = await activePoll(sandbox(), videos({ filters: { folderId: ' folder_a ' } }));
		await create(2);
		await create(1, { folder_id: 'folder_b' });
		const ids = await create(2, { folder_id: 'folder_a' });
		await end();
		expect(idsOf(await host.poll())).toEqual(ids);
	});

	it('takes its bearings anew in another folder', async () => {
		const host = await activePoll(sandbox(), videos({ filters: { folderId: 'folder_a' } }));
		await create(2, { folder_id: 'folder_b' });
		await end();
		await host.change({ ...pollOptions(sandbox(), videos()).parameters, filters: { folderId: 'folder_b' } });
		expect(await host.poll()).toBeNull();
	});
});

describe('videos that the list no longer shows', () => {
	/** As if younger videos had pushed the running one off the pages that are read. */
	async function pushedOff(fields: Record<string, unknown> = {}): Promise<{ host: PollHost; id: string }> {
		const [id = ''] = await create(1, fields);
		const host = await activePoll(sandbox(), videos());
		const rewriter = await Rewriter.start(sandbox());
		rewriter.rewrite = (answer) =>
			Array.isArray(answer.data) && answer.data.every((entry) => (entry as IDataObject).created_at !== undefined)
				? { ...answer, data: (answer.data as IDataObject[]).filter((video) => video.id !== id) }
				: answer;
		rewriters.push(rewriter);
		host.restart({ credentials: { apiKey: sandbox().apiKey, baseUrl: rewriter.url } });
		return { host, id };
	}
	const rewriters: Rewriter[] = [];
	afterEach(async () => await Promise.all(rewriters.splice(0).map(async (rewriter) => await rewriter.stop())));

	it('are looked at one by one, and handed on once when they have ended', async () => {
		const { host, id } = await pushedOff();
		expect(await host.poll()).toBeNull();
		expect(countOf(sandbox(), STATUSES)).toBe(1);
		await end();
		expect(idsOf(await host.poll())).toEqual([id]);
		expect(await host.poll()).toBeNull();
		expect(countOf(sandbox(), STATUSES)).toBe(2);
	});

	it('are handed on when they have failed', async () => {
		const { host, id } = await pushedOff({ title: '[fail:moderation]' });
		await end();
		expect((await host.poll())?.[0]?.json).toMatchObject({ id, outcome: 'failure', error: 'Rendering ended with moderation' });
	});

	it('are forgotten when they were deleted, once three polls on end have not found them', async () => {
		const { host, id } = await pushedOff();
		await new SandboxClient(sandbox().url).call('DELETE', `/v3/videos/${id}`);
		for (let poll = 0; poll < 5; poll++) expect(await host.poll()).toBeNull();
		expect(countOf(sandbox(), STATUSES)).toBe(3);
	});
});

describe('translations', () => {
	const translations = { source: 'translations' };

	it('are handed on once when they have ended, well or badly', async () => {
		sandbox().seed({ translations: 130 });
		sandbox().seed({ translations: { count: 2, runSeconds: JOB_MS / 1_000 } });
		const host = await activePoll(sandbox(), translations);
		sandbox().seed({ translations: { count: 1, runSeconds: JOB_MS / 1_000, failed: true } });
		expect(await host.poll()).toBeNull();
		await end();
		const items = (await host.poll()) ?? [];
		expect(fieldOf(items, 'outcome').sort()).toEqual(['failure', 'success', 'success']);
		expect(items.find(({ json }) => json.outcome === 'failure')?.json).toMatchObject({ kind: 'translation', url: null, error: 'The video could not be translated' });
		expect(items.find(({ json }) => json.outcome === 'success')?.json).toMatchObject({ kind: 'translation', url: expect.stringContaining('/files/translations/') });
		expect(await host.poll()).toBeNull();
	});
});

describe('trouble on the way', () => {
	it.each(PASSING_TROUBLES)('costs no video and doubles none: %s', async (_name, fault) => {
		const host = await activePoll(sandbox(), videos());
		const ids = await create(150);
		await end();
		sandbox().addFault({ match: { method: 'GET', path: '/v3/videos' }, skip: 1, ...fault });
		const before = timing.readTimeout;
		if (fault.kind === 'hang') timing.readTimeout = 200;
		await host.poll().finally(() => (timing.readTimeout = before));
		expect(await host.poll()).toBeNull();
		expect(idsOf(host.handedOver)).toEqual(ids);
	});

	it('with the file of one video holds up no other: it is read again', async () => {
		const host = await activePoll(sandbox(), videos());
		const ids = await create(2, { title: '[late-url]' });
		await end();
		sandbox().addFault({ match: { method: 'GET', path: '/v3/videos/{video_id}' }, kind: 'status', status: 403 });
		expect(await host.poll()).toHaveLength(1);
		expect(await host.poll()).toHaveLength(1);
		expect(idsOf(host.handedOver)).toEqual(ids);
	});
});

describe('a test in the editor', () => {
	const test = async (parameters: INodeParameters) =>
		await runNode({ ...pollOptions(sandbox(), parameters), asTrigger: true, mode: 'manual', items: [{ json: {} }] });

	it.each(['newest', 'oldest'] as const)('shows the video that ended last, with its file (%s first)', async (listOrder) => {
		sandbox().configure({ listOrder });
		const [id] = seedVideos(sandbox(), 5);
		await create(1);
		for (let time = 0; time < 2; time++) {
			const [item, ...others] = (await test(videos({ options: { download: ['video'] } }))).outputs[0] ?? [];
			expect([item?.json.id, others]).toEqual([id, []]);
			expect((await readBinary(item ?? { json: {} }, 'video')).length).toBeGreaterThan(0);
		}
	});

	it('says that there is nothing to show yet', async () => {
		seedVideos(sandbox(), 3);
		const error = errorOf(await test(videos({ outcomes: ['failure'] })));
		expect(error.message).toContain('HeyGen has nothing to show for this test yet');
	});
});

describe('the execution', () => {
	it('fetches the files of all that a poll has found, without reading the videos again', async () => {
		const host = await activePoll(sandbox(), videos({ options: { download: ['video', 'captionedVideo'] } }));
		await create(12);
		await create(1, { title: '[fail]' });
		await end();
		const items = (await host.poll()) ?? [];
		const { outputs, error } = await host.execute(items);
		expect(error).toBeUndefined();
		const found = outputs[0] ?? [];
		expect(found).toHaveLength(13);
		for (const { json, binary } of found) {
			const isFailed = json.outcome === 'failure';
			expect(Object.keys(binary ?? {})).toEqual(isFailed ? [] : ['video']);
			expect(json.missingFiles).toEqual(isFailed ? undefined : ['captionedVideo']);
		}
		expect(countOf(sandbox(), GET)).toBe(0);
		expect(sandbox().stats().keysSeenOnFileHost).toBe(0);
		expect((await host.execute(items)).outputs).toEqual([[]]);
	});

	it('that failed does not show the key', async () => {
		const host = await activePoll(sandbox(), videos({ options: { download: ['video'] } }));
		await create(1);
		await end();
		const items = (await host.poll()) ?? [];
		sandbox().addFault({ match: { path: '/files' }, kind: 'expired_url', times: -1 });
		const failed = await host.execute(items);
		expect(errorOf(failed).message).toContain('Could not download the video');
		expectNotIn(failed, sandbox().apiKey);
		expect(countOf(sandbox(), LIST)).toBeGreaterThan(0);
	});
});
