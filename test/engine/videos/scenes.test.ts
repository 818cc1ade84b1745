/** The scenes of a finished video. */
import { createVideos, errorOf, jsonOf, linksOf, runVideo, useSandbox, useTiming } from '../support/support';

useTiming();
const sandbox = useSandbox();

it('come as one item, with the ID of their video', async () => {
	const [videoId = ''] = await createVideos(sandbox(), 1, { script: 'Hello', background: { type: 'color', value: '#112233' } });
	const result = await runVideo(sandbox(), 'getScenes', { videoId: `https://app.heygen.com/videos/${videoId}` });
	expect(jsonOf(result)).toEqual([
		{
			video_id: videoId,
			edit_version: expect.any(String) as string,
			scenes: [
				{
					id: expect.any(String) as string,
					script: 'Hello',
					avatar_id: expect.any(String) as string,
					background: { type: 'color', value: '#112233' },
					elements: [],
				},
			],
		},
	]);
	expect(linksOf(result)).toEqual([0]);
});

it('of a video that there is not are an error', async () => {
	expect(errorOf(await runVideo(sandbox(), 'getScenes', { videoId: 'nowhere' })).message).toMatch(
		/^Could not get the scenes of the video: Video nowhere not found/,
	);
});

it('need an ID', async () => {
	expect(errorOf(await runVideo(sandbox(), 'getScenes', { videoId: '={{ null }}' })).message).toMatch(/^'Video ID' is empty/);
	expect(sandbox().stats().requestsTotal).toBe(0);
});
