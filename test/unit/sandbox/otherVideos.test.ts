import { announced, put, uploadSamples } from '../../sandbox/assets/upload-client';
import { type Answer, jobRequest } from '../../sandbox/client';
import { useOwnSandbox } from '../support/ownSandbox';

/** HyperFrames renders and the videos of models. */

const { sandbox, client } = useOwnSandbox();

const RENDERS = '/v3/hyperframes/renders';
const MODELS = '/v3/models/videos';
const zip = uploadSamples['application/zip'] as Buffer;

/** Uploads a file directly. @returns the id of its asset. */
async function assetOf(type: string): Promise<string> {
	const bytes = uploadSamples[type] as Buffer;
	const { data } = (await client().post('/v3/assets/direct-uploads', announced(bytes, type))).body;
	await put(data, bytes);
	await client().post(`/v3/assets/${data.asset_id}/complete`, {});
	return String(data.asset_id);
}

describe('renders', () => {
	const read = async (fields: Record<string, unknown> = {}) => {
		const id = await client().createJob('hyperframes', fields);
		return (await client().get(`${RENDERS}/${id}`)).body.data;
	};

	it('tell what they were asked for, or what HeyGen takes by default', async () => {
		expect(await read({ fps: null })).toMatchObject({
			status: 'completed',
			title: null,
			callback_id: null,
			fps: 30,
			quality: 'standard',
			format: 'mp4',
			resolution: '1080p',
			aspect_ratio: '16:9',
			composition: 'index.html',
			duration: 10,
			failure_message: null,
		});
		const film = { fps: 60, quality: 'high', format: 'webm', aspect_ratio: '9:16' };
		const given = { ...film, composition: 'intro.html', title: 'T', callback_id: 'c' };
		expect(await read({ ...given, variables: { name: 'Ada' } })).toMatchObject(given);
	});

	it.each([
		['mp4', 'video/mp4'],
		['webm', 'video/webm'],
		['mov', 'video/quicktime'],
	])('have a film of the format %s', async (format, type) => {
		const { video_url: video, thumbnail_url: thumbnail } = await read({ format });
		expect(new URL(video).pathname).toMatch(new RegExp(`/video\\.${format}$`));
		const file = await fetch(video);
		expect([file.status, file.headers.get('content-type')]).toEqual([200, type]);
		expect((await fetch(thumbnail)).headers.get('content-type')).toBe('image/jpeg');
	});

	it('are 4k as mp4 only', async () => {
		const post = (format: string) => client().post(RENDERS, jobRequest('hyperframes', { format, resolution: '4k' }));
		expect((await post('mp4')).status).toBe(200);
		expect((await post('mov')).body.error).toMatchObject({ code: 'invalid_parameter', param: 'resolution' });
	});

	it('are gone when they are deleted', async () => {
		const { render_id: id, video_url: video } = await read();
		expect((await client().call('DELETE', `${RENDERS}/${id}`)).body.data).toEqual({ render_id: id });
		for (const method of ['GET', 'DELETE']) {
			const { status, body } = await client().call(method, `${RENDERS}/${id}`);
			expect([status, body.error.code]).toEqual([404, 'hyperframes_render_not_found']);
		}
		expect((await fetch(video)).status).toBe(404);
	});

	it('need a project that is an archive when assets are checked', async () => {
		const post = (project: unknown): Promise<Answer> => client().post(RENDERS, { project });
		const inline = (mediaType: string, bytes: Buffer) =>
			post({ type: 'base64', media_type: mediaType, data: bytes.toString('base64') });
		expect((await post({ type: 'asset_id', asset_id: 'any' })).status).toBe(200);
		expect((await inline('image/png', zip)).status).toBe(200);

		sandbox().configure({ validateAssets: true });
		expect((await post({ type: 'asset_id', asset_id: 'any' })).body.error).toMatchObject({
			code: 'asset_not_found',
			param: 'project.asset_id',
		});
		const picture = { type: 'asset_id', asset_id: await assetOf('image/png') };
		for (const refused of [
			await post(picture),
			await inline('image/png', zip),
			await inline('application/zip', Buffer.from('no')),
		]) {
			expect([refused.status, refused.body.error.code]).toEqual([400, 'hyperframes_project_invalid']);
		}
		for (const taken of [
			await post({ type: 'asset_id', asset_id: await assetOf('application/zip') }),
			await inline('application/zip', zip),
			await post({ type: 'url', url: 'https://example.com/a.zip' }),
		]) {
			expect(taken.status).toBe(200);
		}
		expect(sandbox().stats().jobsCreated.hyperframes).toBe(5);
	});
});

describe('videos of models', () => {
	it('are read at a place of their own', async () => {
		const id = await client().createJob('modelVideo');
		expect((await client().get(`${MODELS}/${id}`)).body.data).toEqual({
			video_id: id,
			status: 'completed',
			video_url: expect.stringContaining('/video.mp4?'),
			failure_code: null,
		});
		expect((await client().get(`/v3/videos/${id}`)).body.error.code).toBe('video_not_found');
		const { data } = (await client().get(`/v3/videos/statuses?video_ids=${id}`)).body;
		expect(data).toMatchObject([{ video_id: id, status: 'not_found' }]);
		expect((await client().get('/v3/videos')).body.data).toEqual([]);
		const other = await client().createVideo();
		expect((await client().get(`${MODELS}/${other}`)).status).toBe(404);
	});

	it('are videos as well when told so', async () => {
		sandbox().configure({ modelVideosAmongVideos: true });
		const good = await client().createJob('modelVideo', { duration: 7 });
		const bad = await client().createJob('modelVideo', { prompt: '[fail:moderation]' });
		const stuck = await client().createJob('modelVideo', { prompt: '[stuck]' });
		const { data } = (await client().get(`/v3/videos/statuses?video_ids=${good},${bad},${stuck},nope`)).body;
		expect(data).toMatchObject([
			{ video_id: good, status: 'completed', error: null },
			{ video_id: bad, status: 'failed', error: { code: 'moderation' } },
			{ video_id: stuck, status: 'processing' },
			{ video_id: 'nope', status: 'not_found' },
		]);
		const video = (await client().get(`/v3/videos/${good}`)).body.data;
		expect(video).toMatchObject({ id: good, status: 'completed', duration: 7 });
		expect((await fetch(video.video_url)).status).toBe(200);
		expect((await client().get(`/v3/videos/${bad}`)).body.data).toMatchObject({ status: 'failed', failure_code: 'moderation' });
	});

	it.each([
		[{ mode: 'image_to_video' }, 'image'],
		[{ mode: 'reference_to_video' }, 'reference_images'],
		[{ model: 'heygen-video-9' }, 'model'],
		[{ duration: 4 }, 'duration'],
		[{ resolution: '720p' }, 'resolution'],
		[{ prompt: '' }, 'prompt'],
		[{ prompt: 'x'.repeat(16_001) }, 'prompt'],
	])('of %j are refused', async (fields, param) => {
		const { status, body } = await client().post(MODELS, jobRequest('modelVideo', fields));
		expect([status, body.error.param]).toEqual([400, param]);
	});

	it('take up to twelve references', async () => {
		const some = (count: number) => Array.from({ length: count }, () => ({ type: 'asset_id', asset_id: 'a' }));
		const post = (images: number) =>
			client().post(
				MODELS,
				jobRequest('modelVideo', {
					mode: 'reference_to_video',
					reference_images: some(images),
					reference_videos: some(3),
					reference_audio: some(1),
				}),
			);
		expect((await post(8)).status).toBe(200);
		expect((await post(9)).status).toBe(400);
	});

	it('use assets that fit when assets are checked', async () => {
		sandbox().configure({ validateAssets: true });
		const [picture, film, sound] = [await assetOf('image/png'), await assetOf('video/mp4'), await assetOf('audio/mpeg')];
		const use = (id: string | undefined) => ({ type: 'asset_id', asset_id: id });
		const post = (fields: object) => client().post(MODELS, { ...jobRequest('modelVideo'), ...fields });
		expect((await post({ mode: 'image_to_video', image: use(picture) })).status).toBe(200);
		expect((await post({ mode: 'image_to_video', image: use(film) })).body.error.param).toBe('image.asset_id');
		const references = { reference_images: [use(picture)], reference_videos: [use(film)], reference_audio: [use(sound)] };
		expect((await post({ mode: 'reference_to_video', ...references })).status).toBe(200);
		const swapped = { reference_videos: [use(film), use(sound)] };
		expect((await post({ mode: 'reference_to_video', ...swapped })).body.error).toMatchObject({
			code: 'invalid_parameter',
			param: 'reference_videos[1].asset_id',
		});
	});
});
