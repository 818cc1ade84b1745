import { sampleFile } from '../../sandbox';
import { lipsyncRequest } from '../../sandbox/client';
import { useOwnSandbox } from '../support/ownSandbox';

/** Lip-syncs that are asked for, one by one. */

const { sandbox, client } = useOwnSandbox();

const PATH = '/v3/lipsyncs';
const OTHER_KEY = 'sandbox-key-2';
const NO_CREDIT = 'sandbox-key-no-credit';

const post = (fields: Record<string, unknown>, options = {}) => client().post(PATH, lipsyncRequest(fields), options);

// eslint-disable-next-line @typescript-eslint/no-explicit-any
async function made(fields: Record<string, unknown> = {}): Promise<any> {
	const id = await client().createLipsync(fields);
	return (await client().get(`${PATH}/${id}`, { unchecked: true })).body.data;
}

it('has a film, and nothing else unless it is asked for', async () => {
	const record = await made();
	expect(record).toEqual({
		id: expect.any(String),
		title: null,
		status: 'completed',
		video_url: expect.stringContaining('/video.mp4?'),
		caption_url: null,
		duration: 10,
		callback_id: null,
		failure_message: null,
		created_at: expect.any(Number),
	});
	const film = await fetch(record.video_url);
	expect([film.status, film.headers.get('content-type')]).toEqual([200, 'video/mp4']);
	expect(sandbox().stats().jobsCreated).toMatchObject({ lipsync: 1, translation: 0 });
});

it('has what it was asked for', async () => {
	const record = await made({ title: 'Dub', callback_id: 'row 7', enable_caption: true, start_time: 1, end_time: 3.5 });
	expect(record).toMatchObject({ title: 'Dub', callback_id: 'row 7', duration: 2.5 });
	const captions = await fetch(record.caption_url);
	expect(captions.headers.get('content-type')).toBe('application/x-subrip');
	expect(await captions.text()).toBe(`1\n00:00:00,000 --> 00:00:02,500\nLip-sync ${record.id}\n`);
	expect((await made({ title: '[seconds:90]' })).duration).toBe(90);
});

it('goes from pending over running to the end', async () => {
	const settings = [{ jobQueueSeconds: 1_000 }, { jobQueueSeconds: 0, jobSeconds: 1_000 }, { jobSeconds: 0 }];
	const states: unknown[] = [];
	for (const setting of settings) {
		sandbox().configure(setting);
		const { id, status, video_url: url, duration } = await made();
		const { data } = (await client().get(`${PATH}/statuses?lipsync_ids=${id}`)).body;
		states.push([status, data[0].status, url !== null, duration]);
	}
	expect(states).toEqual([['pending', 'queued', false, null], ['running', 'processing', false, null], ['completed', 'completed', true, 10]]);
});

it('obeys markers in its title', async () => {
	expect(await made({ title: '[fail]', enable_caption: true })).toMatchObject({ status: 'failed', video_url: null, caption_url: null, failure_message: expect.any(String) });
	expect((await made({ title: '[fail:no_face]' })).failure_message).toContain('no_face');
	expect((await made({ title: '[stuck]' })).status).toBe('running');
	expect((await made({ title: '[cancelled]' })).status).toBe('cancelled');
	expect((await made({ title: '[stuck] [status:blending]' })).status).toBe('blending');
	expect(await made({ title: '[late-url]' })).toMatchObject({ status: 'completed', video_url: null });
});

it('is listed, renamed and deleted', async () => {
	const ids: string[] = [];
	for (const title of ['One', 'Two', 'Three']) ids.push(await client().createLipsync({ title }));
	const page = (await client().get(`${PATH}?limit=2`)).body;
	expect(page.data.map(({ title }: { title: string }) => title)).toEqual(['Three', 'Two']);
	expect((await client().get(`${PATH}?limit=2&token=${page.next_token}`)).body).toMatchObject({ data: [{ title: 'One' }], has_more: false });
	const renamed = await client().call('PATCH', `${PATH}/${ids[0]}`, { body: { title: 'Uno' } });
	expect(renamed.body.data).toMatchObject({ id: ids[0], title: 'Uno' });
	const gone = await client().call('DELETE', `${PATH}/${ids[0]}`);
	expect(gone.body.data).toEqual({ id: ids[0] });
	for (const method of ['GET', 'DELETE']) {
		const { status, body } = await client().call(method, `${PATH}/${ids[0]}`);
		expect([status, body.error.code]).toEqual([404, 'not_found']);
	}
	expect((await client().get(PATH)).body.data).toHaveLength(2);
});

it('is refused for a bad part, bad assets, and without credit', async () => {
	expect((await post({ start_time: 2, end_time: 2 })).body.error.param).toBe('end_time');
	expect((await post({ start_time: -1 })).body.error.param).toBe('start_time');
	expect((await post({}, { key: NO_CREDIT })).body.error.code).toBe('insufficient_credit');
	const upload = async (name: string, bytes: Buffer) => ({ type: 'asset_id', asset_id: String((await client().upload(name, bytes)).body.data.asset_id) });
	const [video, audio] = [await upload('a.mp4', sampleFile('mp4')), await upload('a.mp3', sampleFile('mp3'))];
	sandbox().configure({ validateAssets: true });
	expect((await post({ video, audio })).status).toBe(200);
	expect((await post({ video: audio, audio })).body.error.param).toBe('video.asset_id');
	expect((await post({ video, audio: video })).body.error.param).toBe('audio.asset_id');
	expect((await post({ video, audio: { type: 'base64', media_type: 'audio/mpeg', data: 'AA' } })).status).toBe(400);
	expect(sandbox().stats().jobsCreated.lipsync).toBe(1);
});

it('has places of its own, per key, and frees them', async () => {
	sandbox().configure({ concurrentJobs: 1, jobSeconds: 1_000 });
	await client().createVideo();
	const id = await client().createLipsync();
	const refused = await post({});
	expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
	expect((await post({}, { key: OTHER_KEY })).status).toBe(200);
	await client().call('DELETE', `${PATH}/${id}`);
	await client().createLipsync();
	expect(sandbox().stats()).toMatchObject({ maxConcurrentJobs: 1, jobsCreated: { lipsync: 3 } });
});

it('is replayed, and is no event', async () => {
	const first = await post({}, { idempotencyKey: 'k' });
	expect((await post({ title: 'Other' }, { idempotencyKey: 'k' })).body).toEqual(first.body);
	expect(sandbox().stats()).toMatchObject({ jobsCreated: { lipsync: 1 }, jobsByReplay: { lipsync: 1 }, eventsEmitted: 0 });
});
