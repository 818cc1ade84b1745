import { setTimeout as sleep } from 'node:timers/promises';

import { avatarVideo, type SandboxClient } from '../../sandbox/client';
import { useOwnSandbox } from '../support/ownSandbox';

const { sandbox, client } = useOwnSandbox({ jobSeconds: 0.15, jobQueueSeconds: 0.1 });

const isCompleted = (video: { status: string }): boolean => video.status === 'completed';

/** Asks for a batch until it is no longer processing. */
async function finishedBatch(id: string): ReturnType<SandboxClient['get']> {
	for (;;) {
		const answer = await client().get(`/v3/videos/batches/${id}`);
		if (answer.body.data.status !== 'processing') return answer;
		await sleep(20);
	}
}

async function createBatch(videos: unknown[], key?: string): Promise<string> {
	const options = key === undefined ? {} : { key };
	const { status, body } = await client().post('/v3/videos/batches', { videos, title: 'B' }, options);
	expect(status).toBe(202);
	return String(body.data.batch_id);
}

describe('life of a video', () => {
	it('goes from pending over processing to completed', async () => {
		const id = await client().createVideo({ title: 'Life', folder_id: 'f1' });
		const stages = ['pending', 'processing', 'completed'];
		let stage = 0;
		const video = await client().waitFor(id, (current) => {
			expect(stages.indexOf(current.status)).toBeGreaterThanOrEqual(stage);
			stage = stages.indexOf(current.status);
			if (current.status !== 'completed') expect(current.video_url).toBeNull();
			return isCompleted(current);
		});
		expect(video).toMatchObject({ title: 'Life', folder_id: 'f1', captioned_video_url: null });
		expect(video).toMatchObject({ subtitle_url: null, failure_code: null });
		expect(video.video_url.startsWith(`${sandbox().fileUrl}/files/`)).toBe(true);
		expect(video.completed_at).toBeGreaterThanOrEqual(video.created_at);
	});

	it('stays in a stage for as long as configured', async () => {
		sandbox().configure({ jobQueueSeconds: 1_000 });
		const pending = await client().createVideo();
		sandbox().configure({ jobQueueSeconds: 0, jobSeconds: 1_000 });
		const processing = await client().createVideo();
		const { body } = await client().get(`/v3/videos/statuses?video_ids=${pending},${processing}`);
		expect(body.data).toMatchObject([{ status: 'queued' }, { status: 'processing' }]);
		expect((await client().get(`/v3/videos/${pending}`)).body.data.status).toBe('pending');
		expect((await client().get(`/v3/videos/${processing}`)).body.data.status).toBe('processing');
	});

	it('links to captions as asked for', async () => {
		const plain = await client().createVideo({ caption: { file_format: 'srt' } });
		const burned = await client().createVideo({ caption: { style: 'default' } });
		const ofPlain = await client().waitFor(plain, isCompleted);
		expect([ofPlain.subtitle_url === null, ofPlain.captioned_video_url === null]).toEqual([false, true]);
		const ofBurned = await client().waitFor(burned, isCompleted);
		expect([ofBurned.subtitle_url === null, ofBurned.captioned_video_url === null]).toEqual([false, false]);
	});

	it.each([
		[{ title: 'x [fail]' }, 'rendering_failed'],
		[{ script: 'x [fail:tts_text_invalid]' }, 'tts_text_invalid'],
	])('fails on demand (%#)', async (fields, code) => {
		const id = await client().createVideo(fields);
		const video = await client().waitFor(id, ({ status }) => status === 'failed');
		expect(video).toMatchObject({ failure_code: code, video_url: null });
		const { body } = await client().get(`/v3/videos/statuses?video_ids=${id}`);
		expect(body.data[0]).toMatchObject({ status: 'failed', error: { code } });
	});

	it('reports another word while running', async () => {
		const id = await client().createVideo({ title: '[status:compositing]' });
		await client().waitFor(id, ({ status }) => status === 'compositing');
		await client().waitFor(id, isCompleted);
	});

	it('gets stuck, or completes before its URL is there', async () => {
		const stuck = await client().createVideo({ title: '[stuck]' });
		const late = await client().createVideo({ title: '[late-url]' });
		const first = await client().waitFor(late, isCompleted);
		expect(first.video_url).toBeNull();
		await client().waitFor(late, ({ video_url }) => video_url !== null);
		expect((await client().get(`/v3/videos/${stuck}`)).body.data.status).toBe('processing');
	});

	it('is gone after its deletion', async () => {
		const id = await client().createVideo();
		const { body } = await client().call('DELETE', `/v3/videos/${id}`);
		expect(body.data).toEqual({ id, deleted: true });
		for (const method of ['GET', 'DELETE']) {
			const answer = await client().call(method, `/v3/videos/${id}`);
			expect([answer.status, answer.body.error.code]).toEqual([404, 'video_not_found']);
		}
		expect((await client().get('/v3/videos')).body.data).toEqual([]);
	});
});

describe('bulk status', () => {
	it('answers for videos, batches and unknown ids', async () => {
		const id = await client().createVideo({ title: '[stuck] [status:drawing]' });
		await client().waitFor(id, ({ status }) => status === 'drawing');
		// Without places the item of the batch stays queued.
		sandbox().configure({ concurrentJobs: 0 });
		const batch = await createBatch([avatarVideo()]);
		const { body } = await client().get(`/v3/videos/statuses?video_ids=${id},nope&batch_ids=${batch},no`);
		expect(body.data).toMatchObject([
			{ video_id: id, status: 'drawing' },
			{ video_id: 'nope', status: 'not_found' },
			{ batch_id: batch, item_index: 0, status: 'queued', video_id: null },
			{ batch_id: 'no', status: 'not_found' },
		]);
	});

	it('takes 1 to 100 ids', async () => {
		const ids = Array.from({ length: 101 }, (_, index) => `v${index}`);
		expect((await client().get(`/v3/videos/statuses?video_ids=${ids.join()}`)).status).toBe(400);
		expect((await client().get('/v3/videos/statuses')).status).toBe(400);
		const answer = await client().get(`/v3/videos/statuses?video_ids=${ids.slice(1).join()}`);
		expect(answer.body.data).toHaveLength(100);
	});
});

describe('batches', () => {
	it('turns items into videos and reports bad ones one by one', async () => {
		const id = await createBatch([
			avatarVideo(),
			avatarVideo({ avatar_id: 'look_nobody', voice_id: 'voice_ann_calm_001' }),
			avatarVideo({ voice_id: 'voice_nobody' }),
			avatarVideo({ title: '[fail]' }),
		]);
		const { data } = (await finishedBatch(id)).body;
		expect(data).toMatchObject({ title: 'B', status: 'completed', total_items: 4, has_more: false });
		expect(data.counts_by_status).toEqual({ queued: 0, processing: 0, completed: 1, failed: 3 });
		expect(data.items.map(({ error }: { error: { code: string } | null }) => error?.code ?? null)).toEqual([
			null,
			'avatar_not_found',
			'voice_not_found',
			'rendering_failed',
		]);
		expect((await client().get(`/v3/videos/${data.items[0].video_id}`)).body.data.status).toBe('completed');
		expect(sandbox().stats().videosCreated).toBe(2);
	});

	it('fails every item without credit', async () => {
		const id = await createBatch([avatarVideo()], 'sandbox-key-no-credit');
		const { data } = (await finishedBatch(id)).body;
		expect(data).toMatchObject({ status: 'failed', items: [{ error: { code: 'insufficient_credit' } }] });
	});

	it('keeps its cursor inside data', async () => {
		const id = await createBatch([avatarVideo(), avatarVideo(), avatarVideo()]);
		const { body: first } = await client().get(`/v3/videos/batches/${id}?limit=2`);
		expect([first.data.items.length, first.data.has_more, first.has_more]).toEqual([2, true, undefined]);
		const { body: last } = await client().get(
			`/v3/videos/batches/${id}?limit=2&token=${first.data.next_token}`,
		);
		expect(last.data).toMatchObject({ items: [{ item_index: 2 }], has_more: false, next_token: null });
		expect((await client().get('/v3/videos/batches/none')).status).toBe(404);
	});

	it('lets items wait for a free place', async () => {
		sandbox().configure({ concurrentJobs: 0 });
		const id = await createBatch(Array.from({ length: 5 }, () => avatarVideo()));
		const { body: early } = await client().get(`/v3/videos/batches/${id}`);
		expect(early.data.counts_by_status).toEqual({ queued: 5, processing: 0, completed: 0, failed: 0 });
		expect(early.data.items[0].video_id).toBeNull();
		sandbox().configure({ concurrentJobs: 2 });
		const { data } = (await finishedBatch(id)).body;
		expect(data.counts_by_status.completed).toBe(5);
		expect(sandbox().stats()).toMatchObject({ maxConcurrentJobs: 2, videosCreated: 5, refused429: 0 });
	});
});

describe('limits', () => {
	it.each(['sliding', 'fixed'] as const)('refuses requests above a %s rate, per key', async (kind) => {
		sandbox().configure({ rateLimit: { requests: 3, perSeconds: 1_000_000, kind } });
		const answers = [];
		for (let count = 0; count < 5; count += 1) answers.push(await client().get('/v3/voices?limit=1'));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
		expect(answers[4]?.body.error.code).toBe('rate_limit_exceeded');
		expect(Number(answers[4]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
		const key = 'sandbox-key-no-credit';
		expect((await client().get('/v3/voices?limit=1', { key })).status).toBe(200);
		expect(sandbox().stats().refused429).toBe(2);
	});

	it('admits again when the window has moved on', async () => {
		sandbox().configure({ rateLimit: { requests: 1, perSeconds: 0.2 } });
		expect((await client().get('/v3/users/me')).status).toBe(200);
		const refused = await client().get('/v3/users/me');
		expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
		await sleep(250);
		expect((await client().get('/v3/users/me')).status).toBe(200);
	});

	it('refuses videos above the places, and frees places', async () => {
		sandbox().configure({ concurrentJobs: 1 });
		const stuck = await client().createVideo({ title: '[stuck]' });
		const refused = await client().post('/v3/videos', avatarVideo());
		expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
		sandbox().configure({ retryAfterSeconds: 7 });
		expect((await client().post('/v3/videos', avatarVideo())).headers.get('retry-after')).toBe('7');
		await client().call('DELETE', `/v3/videos/${stuck}`);
		const id = await client().createVideo();
		await client().waitFor(id, isCompleted);
		await client().createVideo();
		expect(sandbox().stats()).toMatchObject({ maxConcurrentJobs: 1, videosCreated: 3 });
	});
});

describe('idempotency', () => {
	const post = (idempotencyKey: string, fields = {}, key = sandbox().apiKey) =>
		client().post('/v3/videos', avatarVideo(fields), { idempotencyKey, key });

	it('replays the first answer even to another body', async () => {
		const first = await post('k1');
		const second = await post('k1', { script: 'Something else' });
		expect(second.body).toEqual(first.body);
		const other = await post('k2');
		expect(other.body).not.toEqual(first.body);
		expect(sandbox().stats()).toMatchObject({ videosCreated: 2, videosByIdempotencyReplay: 1 });
		expect(sandbox().requests().map(({ replayed }) => replayed)).toEqual([false, true, false]);
	});

	it('keeps routes apart and counts the videos of a replayed batch', async () => {
		const body = { videos: [avatarVideo(), avatarVideo()] };
		await post('k');
		const first = await client().post('/v3/videos/batches', body, { idempotencyKey: 'k' });
		const second = await client().post('/v3/videos/batches', body, { idempotencyKey: 'k' });
		expect([second.status, second.body]).toEqual([202, first.body]);
		expect(sandbox().stats().videosByIdempotencyReplay).toBe(2);
	});

	it('answers 409 while the first request is being processed', async () => {
		sandbox().configure({ latencyMs: 150 });
		const answers = await Promise.all([post('k'), post('k')]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
		const refused = answers.find(({ status }) => status === 409);
		expect(refused?.body.error.code).toBe('request_in_progress');
		expect(refused?.headers.get('retry-after')).toBe('1');
		expect((await post('k')).status).toBe(200);
		expect(sandbox().stats().videosCreated).toBe(1);
	});

	it('does not keep refusals', async () => {
		expect((await post('k', { script: '' })).status).toBe(400);
		sandbox().configure({ concurrentJobs: 0 });
		expect((await post('k')).status).toBe(429);
		sandbox().configure({ concurrentJobs: null });
		expect((await post('k')).status).toBe(200);
	});

	it('forgets after its time', async () => {
		const first = await post('k');
		sandbox().configure({ idempotencyHours: 0 });
		expect((await post('k')).body).not.toEqual(first.body);
	});
});
