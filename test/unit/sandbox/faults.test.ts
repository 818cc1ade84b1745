import { type Fault, pseudoRandomChunks, sampleFile, Sandbox } from '../../sandbox';
import { avatarVideo, SandboxClient } from '../../sandbox/client';
import { useOwnSandbox } from '../support/ownSandbox';

const { sandbox, client } = useOwnSandbox();

// eslint-disable-next-line @typescript-eslint/no-explicit-any
async function finishedVideo(fields: Record<string, unknown> = {}): Promise<any> {
	const id = await client().createVideo(fields);
	return await client().waitFor(id, ({ video_url }) => video_url !== null);
}

const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

describe('file host', () => {
	it('serves every file of a video without a key', async () => {
		const video = await finishedVideo({ caption: { style: 'default' }, script: 'Good morning' });
		for (const [url, type, extension] of [
			[video.video_url, 'video/mp4', 'mp4'],
			[video.captioned_video_url, 'video/mp4', 'mp4'],
			[video.thumbnail_url, 'image/jpeg', 'jpg'],
			[video.gif_url, 'image/gif', 'gif'],
		] as const) {
			const response = await fetch(url);
			expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
			const bytes = await bytesOf(response);
			expect(bytes.equals(sampleFile(extension))).toBe(true);
			expect(response.headers.get('content-length')).toBe(String(bytes.length));
		}
		const subtitles = await (await fetch(video.subtitle_url)).text();
		expect(subtitles).toContain('00:00:00,000 -->');
		expect(subtitles).toContain('Good morning');
		expect(sandbox().stats()).toMatchObject({ fileRequests: 5, keysSeenOnFileHost: 0 });
	});

	it('serves webm, previews and voice samples', async () => {
		const { video_url } = await finishedVideo({ output_format: 'webm' });
		expect((await fetch(video_url)).headers.get('content-type')).toBe('video/webm');
		const look = await client().get('/v3/avatars/looks/look_ann_office_01');
		const picture = await fetch(look.body.data.preview_image_url);
		expect(picture.headers.get('content-type')).toBe('image/jpeg');
		const voice = await client().get('/v3/voices/voice_ann_calm_001');
		const sound = await fetch(voice.body.data.preview_audio_url);
		expect(sound.headers.get('content-type')).toBe('audio/mpeg');
	});

	it('mints new links at each GET and lets them expire', async () => {
		sandbox().configure({ fileUrlTtlSeconds: 0 });
		const expired = await finishedVideo();
		const response = await fetch(expired.video_url);
		expect([response.status, response.headers.get('content-type')]).toEqual([403, 'application/xml']);
		expect(await response.text()).toContain('<Message>Request has expired</Message>');
		sandbox().configure({ fileUrlTtlSeconds: 60 });
		const { body } = await client().get(`/v3/videos/${expired.id}`);
		expect(body.data.video_url).not.toBe(expired.video_url);
		expect((await fetch(body.data.video_url)).status).toBe(200);
	});

	it('refuses links that were tampered with, and other methods', async () => {
		const { id, video_url } = await finishedVideo();
		const later = new URL(video_url);
		later.searchParams.set('Expires', String(Date.now() * 2));
		expect(await (await fetch(later)).text()).toContain('SignatureDoesNotMatch');
		expect((await fetch(`${sandbox().fileUrl}/files/videos/${id}/video.mp4`)).status).toBe(403);
		expect((await fetch(video_url, { method: 'POST' })).status).toBe(405);
		await client().call('DELETE', `/v3/videos/${id}`);
		expect((await fetch(video_url)).status).toBe(404);
	});

	it.each(['x-api-key', 'authorization'])('notices a leaked credential in %s', async (name) => {
		const { video_url } = await finishedVideo();
		expect((await fetch(video_url, { headers: { [name]: sandbox().apiKey } })).status).toBe(400);
		expect(sandbox().stats().keysSeenOnFileHost).toBe(1);
	});

	it('streams files of any size, the same bytes each time', async () => {
		const size = 3_000_001;
		sandbox().configure({ fileBytes: size });
		const { video_url, captioned_video_url } = await finishedVideo({ caption: { style: 'default' } });
		const first = await bytesOf(await fetch(video_url));
		const chunks = [...pseudoRandomChunks(new URL(video_url).pathname, size)];
		expect(first.equals(Buffer.concat(chunks))).toBe(true);
		expect(sandbox().stats().fileBytesSent).toBe(size);
		expect(first.equals(await bytesOf(await fetch(captioned_video_url)))).toBe(false);
	});

	it('sends no more than the client reads', async () => {
		sandbox().configure({ fileBytes: 4 * 2 ** 30 });
		const { video_url } = await finishedVideo();
		const abort = new AbortController();
		const response = await fetch(video_url, { signal: abort.signal });
		expect(response.headers.get('content-length')).toBe(String(4 * 2 ** 30));
		const reader = response.body?.getReader();
		for (let chunk = 0; chunk < 10; chunk += 1) await reader?.read();
		abort.abort();
		// What the socket buffers of both sides hold, and no gigabytes.
		expect(sandbox().stats().fileBytesSent).toBeLessThan(64 * 2 ** 20);
	});
});

describe('faults of the API', () => {
	const videos = '/v3/videos';

	it('answers a status before processing, as often as told', async () => {
		sandbox().addFault({ match: { method: 'POST', path: videos }, kind: 'status', status: 503, times: 2, skip: 1 });
		const statuses = [];
		for (let count = 0; count < 4; count += 1) {
			statuses.push((await client().post(videos, avatarVideo())).status);
		}
		expect(statuses).toEqual([200, 503, 503, 200]);
		expect(sandbox().stats().videosCreated).toBe(2);
	});

	it('sends any Retry-After with a 429', async () => {
		const date = 'Fri, 31 Dec 2100 23:59:59 GMT';
		sandbox().addFault({ match: {}, kind: 'status', status: 429, retryAfter: date });
		sandbox().addFault({ match: {}, kind: 'status', status: 429, retryAfter: 5, code: 'quota_exceeded' });
		const first = await client().get(videos);
		expect([first.headers.get('retry-after'), first.body.error.code]).toEqual([date, 'rate_limit_exceeded']);
		const second = await client().get(videos);
		expect([second.headers.get('retry-after'), second.body.error.code]).toEqual(['5', 'quota_exceeded']);
	});

	it('matches concrete paths by their template', async () => {
		sandbox().addFault({ match: { path: '/v3/videos/{video_id}' }, kind: 'status', status: 500, times: -1 });
		expect((await client().get('/v3/videos/abc')).status).toBe(500);
		expect((await client().get('/v3/videos/statuses?video_ids=abc')).status).toBe(200);
		sandbox().clearFaults();
		expect((await client().get('/v3/videos/abc')).status).toBe(404);
	});

	it.each([
		['drop_before', 0, 1],
		['drop_after', 1, 1],
	] as const)('cuts the connection: %s', async (kind, createdFirst, createdInAll) => {
		sandbox().addFault({ match: { path: videos }, kind });
		const options = { idempotencyKey: 'k' };
		await expect(client().post(videos, avatarVideo(), options)).rejects.toThrow();
		expect(sandbox().stats().videosCreated).toBe(createdFirst);
		expect((await client().post(videos, avatarVideo(), options)).status).toBe(200);
		expect(sandbox().stats()).toMatchObject({
			videosCreated: createdInAll,
			videosByIdempotencyReplay: createdFirst,
			requests: { 'POST /v3/videos': { dropped: 1, '200': 1 } },
		});
	});

	it('hangs after processing, so that a repeat replays', async () => {
		sandbox().addFault({ match: { path: videos }, kind: 'hang' });
		const options = { idempotencyKey: 'k' };
		const abort = new AbortController();
		const hanging = client().post(videos, avatarVideo(), { ...options, signal: abort.signal });
		hanging.catch(() => undefined);
		while (sandbox().stats().videosCreated === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		expect((await client().post(videos, avatarVideo(), options)).status).toBe(200);
		abort.abort();
		await expect(hanging).rejects.toThrow();
		expect(sandbox().stats()).toMatchObject({ videosCreated: 1, videosByIdempotencyReplay: 1 });
	});

	it('answers 409 to a repeat while the first one hangs in progress', async () => {
		sandbox().addFault({ match: { path: videos }, kind: 'hang_in_progress', hangMs: 200 });
		const options = { idempotencyKey: 'k' };
		const hanging = client().post(videos, avatarVideo(), options);
		while (sandbox().stats().videosCreated === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		expect((await client().post(videos, avatarVideo(), options)).status).toBe(409);
		const first = await hanging;
		expect((await client().post(videos, avatarVideo(), options)).body).toEqual(first.body);
	});

	it('answers garbage after processing', async () => {
		sandbox().addFault({ match: {}, kind: 'garbage' });
		const response = await fetch(`${sandbox().url}${videos}`, {
			method: 'POST',
			headers: { 'x-api-key': sandbox().apiKey },
			body: JSON.stringify(avatarVideo()),
		});
		expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
		expect(await response.text()).toMatch(/^<html>/);
		expect(sandbox().stats().videosCreated).toBe(1);
	});

	it('never ends a list, in either place of the cursor', async () => {
		sandbox().addFault({ match: { method: 'GET' }, kind: 'endless_cursor', times: -1 });
		const { body: first } = await client().get('/v3/voices?limit=2');
		const { body: next } = await client().get(`/v3/voices?limit=2&token=${first.next_token}`);
		expect(next).toMatchObject({ has_more: true, next_token: first.next_token });
		const created = await client().post('/v3/videos/batches', { videos: [avatarVideo()] });
		const { body: batch } = await client().get(`/v3/videos/batches/${created.body.data.batch_id}`);
		expect(batch.data).toMatchObject({ has_more: true, next_token: first.next_token });
	});

	it('redirects', async () => {
		const location = `${sandbox().fileUrl}/elsewhere`;
		sandbox().addFault({ match: { path: '/v3/users/me' }, kind: 'redirect', location });
		const { status, headers } = await client().get('/v3/users/me', { unchecked: true });
		expect([status, headers.get('location')]).toEqual([302, location]);
	});

	it.each<[string, Fault]>([
		['unknown path', { match: { path: '/v3/videos/123' }, kind: 'status' }],
		['kind of the other listener', { match: { path: '/files' }, kind: 'endless_cursor' }],
		['redirect to nowhere', { match: {}, kind: 'redirect' }],
		['upload cut in half', { match: { path: '/files', method: 'put' }, kind: 'truncate' }],
		['download stored', { match: { path: '/files', method: 'GET' }, kind: 'drop_after' }],
	])('refuses a fault that cannot strike: %s', (_, fault) => {
		expect(() => sandbox().addFault(fault)).toThrow();
	});

	it('ends hanging requests when it stops', async () => {
		const own = await Sandbox.start();
		own.addFault({ match: {}, kind: 'hang' });
		const hanging = new SandboxClient(own.url).get('/v3/videos');
		hanging.catch(() => undefined);
		while (own.stats().requestsTotal === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		await own.stop();
		await expect(hanging).rejects.toThrow();
	});
});

describe('faults of the file host', () => {
	const strike = async (fault: Omit<Fault, 'match'>): Promise<Response> => {
		const { video_url } = await finishedVideo();
		sandbox().addFault({ match: { path: '/files' }, ...fault });
		return await fetch(video_url, { redirect: 'manual' });
	};

	it('answers what is asked for, once', async () => {
		const { video_url } = await finishedVideo();
		sandbox().addFault({ match: { path: '/files' }, kind: 'status', status: 503 });
		expect((await fetch(video_url)).status).toBe(503);
		expect((await fetch(video_url)).status).toBe(200);
	});

	it('pretends that a link has expired', async () => {
		const response = await strike({ kind: 'expired_url' });
		expect(response.status).toBe(403);
		expect(await response.text()).toContain('Request has expired');
	});

	it('redirects, sends garbage, drops and delays', async () => {
		const location = 'http://127.0.0.1:1/';
		expect((await strike({ kind: 'redirect', location })).headers.get('location')).toBe(location);
		expect((await strike({ kind: 'garbage' })).headers.get('content-type')).toBe('text/html');
		await expect(strike({ kind: 'drop_before' })).rejects.toThrow();
		expect((await strike({ kind: 'hang', hangMs: 20 })).status).toBe(200);
	});

	it('cuts a file in half', async () => {
		sandbox().configure({ fileBytes: 1_000_000 });
		const response = await strike({ kind: 'truncate' });
		expect(response.headers.get('content-length')).toBe('1000000');
		let received = 0;
		const read = async (): Promise<void> => {
			const reader = response.body?.getReader();
			for (;;) {
				const chunk = await reader?.read();
				if (!chunk || chunk.done) return;
				received += chunk.value.length;
			}
		};
		await expect(read()).rejects.toThrow();
		expect(received).toBe(500_000);
	});
});
