import { sampleFile } from '../../sandbox';
import { useOwnSandbox } from '../support/ownSandbox';

/** AI clipping, and removals of filler words. */

const { sandbox, client } = useOwnSandbox();

const PATH = '/v3/ai-clipping';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
async function finished(fields: Record<string, unknown> = {}): Promise<any> {
	const id = await client().createJob('clipping', fields);
	return (await client().get(`${PATH}/${id}`)).body.data;
}

it('has three clips with files unless told otherwise', async () => {
	const job = await finished({ title: 'Talk', callback_id: 'row 7', input_language: 'de' });
	expect(job).toMatchObject({
		status: 'completed',
		title: 'Talk',
		progress: 100,
		callback_id: 'row 7',
		input_language: 'de',
		output_settings: null,
		source_duration: 600,
		failure_message: null,
	});
	expect(job.clips).toHaveLength(3);
	expect(new Set(job.clips.map((clip: { id: string }) => clip.id)).size).toBe(3);
	const scores = job.clips.map((clip: { virality_score: number }) => clip.virality_score);
	expect(scores).toEqual([95, 88, 81]);
	for (const { video_url: video, thumbnail_url: thumbnail } of job.clips) {
		const files = await Promise.all([fetch(video), fetch(thumbnail)]);
		expect(files.map(({ headers }) => headers.get('content-type'))).toEqual(['video/mp4', 'image/jpeg']);
	}
});

it('makes clips as its settings say, and does not tell the settings again', async () => {
	const settings = { aspect_ratio: 'square', duration_types: ['30', 'long'], captions: false };
	const { clips, output_settings: told } = await finished({ output_settings: settings });
	expect([clips[0].aspect_ratio, clips[0].duration_seconds, told]).toEqual(['square', 28.5, null]);
	expect((await finished()).clips[0].aspect_ratio).toBe('portrait');
});

it('has clips as markers say, in the title or in the prompt', async () => {
	const prompt = 'The best [clips:4] [clip-failed:1] [clip-without-file:3] [clip-failed:4]';
	const { status, clips } = await finished({ output_settings: { prompt } });
	const told = clips.map((clip: Record<string, unknown>) => [clip['status'], clip['video_url'] !== null]);
	expect(status).toBe('completed');
	expect(told).toEqual([['failed', false], ['completed', true], ['completed', false], ['failed', false]]);
	expect(clips[0]).toMatchObject({ thumbnail_url: null, failure_message: expect.any(String) });
	expect(clips[2].thumbnail_url).toContain('/clip-3.jpg?');
	expect((await finished({ title: '[clips:0]' })).clips).toEqual([]);
	expect((await finished({ title: '[clips:many] [clip-failed:9]' })).clips).toHaveLength(3);
});

it('has no clips before its end, nor when it fails', async () => {
	expect(await finished({ title: '[fail]' })).toMatchObject({ status: 'failed', clips: [], source_duration: null });
	expect(await finished({ title: '[stuck]' })).toMatchObject({ status: 'running', clips: [], source_duration: null });
});

it('tells its progress only when it is read alone', async () => {
	await finished({ title: 'Done' });
	await finished({ title: '[no-progress]' });
	const { data } = (await client().get(PATH)).body;
	expect(data.map((job: Record<string, unknown>) => [job['title'], job['progress']])).toEqual([
		['[no-progress]', undefined],
		['Done', 0],
	]);
});

it('serves films of any size', async () => {
	sandbox().configure({ fileBytes: 100_000 });
	const { clips } = await finished();
	const bodies = await Promise.all([0, 1].map(async (index) => await (await fetch(clips[index].video_url)).arrayBuffer()));
	expect(bodies.map(({ byteLength }) => byteLength)).toEqual([100_000, 100_000]);
	expect(Buffer.from(bodies[0] as ArrayBuffer).equals(Buffer.from(bodies[1] as ArrayBuffer))).toBe(false);
});

it('loses its files when it is deleted', async () => {
	const { id, clips } = await finished();
	await client().call('DELETE', `${PATH}/${id}`);
	expect((await fetch(clips[0].video_url)).status).toBe(404);
	const again = await client().call('DELETE', `${PATH}/${id}`);
	expect([again.status, again.body.error.code]).toEqual([404, 'not_found']);
});

it('takes sources that are films when assets are checked', async () => {
	sandbox().configure({ validateAssets: true });
	const post = (path: string, id: string) => client().post(path, { video: { type: 'asset_id', asset_id: id } });
	const film = String((await client().upload('a.mp4', sampleFile('mp4'))).body.data.asset_id);
	const picture = String((await client().upload('a.jpg', sampleFile('jpg'))).body.data.asset_id);
	for (const path of [PATH, '/v3/filler-word-removals', '/v3/background-removals']) {
		expect((await post(path, film)).status).toBeLessThan(300);
		expect((await post(path, 'nothing')).body.error).toMatchObject({ code: 'asset_not_found', param: 'video.asset_id' });
		expect((await post(path, picture)).body.error).toMatchObject({ code: 'invalid_parameter', param: 'video.asset_id' });
	}
	expect(sandbox().stats().jobsCreated).toMatchObject({ clipping: 1, fillerWordRemoval: 1, backgroundRemoval: 1 });
});

it('takes no source within the body', async () => {
	const video = { type: 'base64', media_type: 'video/mp4', data: 'AAAA' };
	for (const path of [PATH, '/v3/filler-word-removals']) expect((await client().post(path, { video })).status).toBe(400);
});

it('tells what the removal of filler words came to', async () => {
	const read = async (fields: Record<string, unknown>) => {
		const id = await client().createJob('fillerWordRemoval', fields);
		return (await client().get(`/v3/filler-word-removals/${id}`)).body.data;
	};
	expect(await read({ callback_id: 'c' })).toMatchObject({
		status: 'completed',
		title: 'Filler Removal',
		callback_id: 'c',
		progress: 100,
		num_cuts: 4,
		reduction_pct: 12.5,
		original_duration: 60,
		output_duration: 52.5,
		video_url: expect.stringContaining('/video.mp4?'),
		thumbnail_url: expect.stringContaining('/thumbnail.jpg?'),
		failure_message: null,
	});
	expect(await read({ title: '[fail]' })).toMatchObject({ title: '[fail]', num_cuts: null, video_url: null });
});
