import { sampleFile } from '../../sandbox';
import { presentSession, resourcesAt, viewAt } from '../../sandbox/agents/agent-session';
import { AgentStore } from '../../sandbox/agents/agent-store';
import { defaultConfig } from '../../sandbox/config';
import { stateAt } from '../../sandbox/videos/video-job';
import { VideoStore } from '../../sandbox/videos/video-store';
import { useOwnSandbox } from '../support/ownSandbox';

/** Sessions of the video agent, by the clock and over HTTP. */

const PATH = '/v3/video-agents';
const OTHER_KEY = 'sandbox-key-2';

describe('by the clock', () => {
	/** A session that thinks for a second, and whose video waits for a second and takes eight: it ends at ten. */
	function agentWith(prompt: string, { mode = 'generate', concurrentJobs = null as number | null } = {}) {
		const ends: string[] = [];
		const config = { ...defaultConfig, jobQueueSeconds: 1, jobSeconds: 8, concurrentJobs };
		const videos = new VideoStore(() => config, () => undefined);
		const agents = new AgentStore(() => config, videos, ({ ending }) => ends.push(ending));
		const start = (text: string, seconds: number) => agents.create({ text, body: { mode }, uploads: [] }, 'key', seconds * 1_000);
		const session = start(prompt, 0);
		if (!session) throw new Error('no place');
		const at = (seconds: number) => {
			agents.advance(seconds * 1_000);
			const { status, videoId, progress, messages } = viewAt(session, seconds * 1_000);
			const video = videoId === null ? undefined : videos.get(videoId);
			const last = messages.at(-1);
			return { status, videoId, progress, last, video: video && stateAt(video, seconds * 1_000) };
		};
		const tell = (text: string, seconds: number) => agents.tell(session, { text, body: { message: text }, uploads: [] }, seconds * 1_000);
		const statuses = (...times: number[]) => times.map((time) => at(time).status);
		return { agents, videos, session, at, tell, statuses, start, ends };
	}

	it('makes a video without asking in generate mode', () => {
		const { at, statuses, ends, videos } = agentWith('A film on tea');
		expect(statuses(0, 0.99)).toEqual(['thinking', 'thinking']);
		expect(at(0.99)).toMatchObject({ videoId: null, progress: 9 });
		expect(videos.created).toBe(0);
		expect(at(1)).toMatchObject({ status: 'generating', video: 'pending', progress: 10 });
		expect(at(2)).toMatchObject({ status: 'generating', video: 'running' });
		expect([at(9.99).status, ends]).toEqual(['generating', []]);
		expect(at(10)).toMatchObject({ status: 'completed', video: 'completed', progress: 100 });
		expect([ends, videos.created]).toEqual([['completed'], 1]);
	});

	it('asks in chat mode, and again after the first answer when told to', () => {
		const { at, tell, statuses } = agentWith('Tea [ask-again]', { mode: 'chat' });
		expect(statuses(0, 1, 500)).toEqual(['thinking', 'waiting_for_input', 'waiting_for_input']);
		expect(at(500).last).toMatchObject({ role: 'model', content: 'Who is the video for?' });
		tell('Cats', 500);
		expect(at(500)).toMatchObject({ status: 'thinking', last: { role: 'user', content: 'Cats' } });
		expect(at(501)).toMatchObject({ status: 'waiting_for_input', last: { content: 'And how long should it be?' } });
		tell('Short', 600);
		expect(statuses(600, 601, 610)).toEqual(['thinking', 'generating', 'completed']);
	});

	it('asks what it is told to ask, in any mode, and does not ask otherwise', () => {
		expect(agentWith('[ask:Tea, or coffee?]').at(1)).toMatchObject({
			status: 'waiting_for_input',
			last: { content: 'Tea, or coffee?' },
		});
		expect(agentWith('[no-question]', { mode: 'chat' }).statuses(0, 1, 10)).toEqual(['thinking', 'generating', 'completed']);
	});

	it('shows a draft before it makes the video', () => {
		const { at, tell, session } = agentWith('[no-question] [review]', { mode: 'chat' });
		const { status, last, videoId } = at(1);
		expect([status, videoId, last?.type]).toEqual(['reviewing', null, 'text']);
		const [draft] = resourcesAt(session, 1_000);
		expect([draft?.type, last?.resourceIds]).toEqual(['draft', [draft?.id]]);
		tell('Good', 2);
		expect([at(2).status, at(3).status, at(12).status]).toEqual(['thinking', 'generating', 'completed']);
	});

	it('waits with a video that never starts, until the next message', () => {
		const { at, tell, videos } = agentWith('[no-question]', { mode: 'chat' });
		const first = at(10).videoId;
		tell('Change the end [draft-waits]', 20);
		expect(at(20.5)).toMatchObject({ status: 'thinking', videoId: first, video: 'completed' });
		const { videoId, last } = at(1_000);
		expect(at(1_000)).toMatchObject({ status: 'generating', video: 'pending', progress: 0 });
		expect(videoId).not.toBe(first);
		expect(last?.resourceIds?.[0]).toMatch(/^draft_/);
		tell('Approved', 1_000);
		expect(at(1_000.5)).toMatchObject({ status: 'thinking', videoId, video: 'pending' });
		expect(at(1_010)).toMatchObject({ status: 'completed', videoId, video: 'completed' });
		expect(videos.page({}, 10, undefined).videos).toHaveLength(2);
	});

	it('names the old video until there is a new one', () => {
		const { at, tell, session } = agentWith('[no-question]', { mode: 'chat' });
		const first = at(10).videoId;
		tell('Shorter', 10);
		expect(at(10.9)).toMatchObject({ status: 'thinking', videoId: first, video: 'completed' });
		const { videoId, video } = at(11);
		expect([videoId === first, video]).toEqual([false, 'pending']);
		expect(session.videoIds).toEqual([first, videoId]);
	});

	it('makes another video of the same name', () => {
		const { at, tell, videos } = agentWith('[no-question]', { mode: 'chat' });
		const { videoId } = at(10);
		tell('Shorter [same-video]', 10);
		expect(at(10.9)).toMatchObject({ status: 'thinking', videoId, video: 'completed' });
		expect(at(11)).toMatchObject({ status: 'generating', videoId, video: 'pending' });
		expect(at(20)).toMatchObject({ status: 'completed', videoId, video: 'completed' });
		expect(videos.page({}, 10, undefined).videos).toHaveLength(1);
	});

	it('goes on saying its old state for a while', () => {
		const { at, tell, statuses } = agentWith('[no-question]', { mode: 'chat' });
		const { videoId, last } = at(10);
		tell('Shorter [lag:3]', 20);
		expect(at(22.9)).toMatchObject({ status: 'completed', videoId, last, progress: 100 });
		expect(statuses(23, 30)).toEqual(['generating', 'completed']);
		tell('Longer [lag:99]', 40);
		expect(at(100).videoId).toBe(at(30).videoId);
		expect(at(139).videoId).not.toBe(at(30).videoId);
	});

	it('fails without a video', () => {
		const { at, ends } = agentWith('[fail:free_tier_quota_exceeded]');
		expect(at(1)).toMatchObject({ status: 'failed', videoId: null, progress: 99 });
		expect(at(1).last).toMatchObject({ type: 'error', content: expect.stringContaining('free_tier_quota_exceeded') });
		expect(ends).toEqual(['failed']);
	});

	it.each([
		['[fail-video:moderation]', { status: 'failed', video: 'failed' }],
		['[session-fails]', { status: 'failed', video: 'completed' }],
		['[session-never-ends]', { status: 'generating', video: 'completed' }],
		['[stuck-video]', { status: 'generating', video: 'running' }],
		['[stuck]', { status: 'thinking', videoId: null }],
	])('comes with %s to %j', (prompt, state) => {
		const { at } = agentWith(prompt);
		expect(at(1_000)).toMatchObject(state);
	});

	it('says a word that nobody knows, and names a video at once', () => {
		expect(agentWith('[status:dreaming]').statuses(0.4, 0.5, 1)).toEqual(['thinking', 'dreaming', 'generating']);
		expect(agentWith('[early-video]').at(0)).toMatchObject({ status: 'generating', video: 'pending' });
	});

	it('is gone from the first moment, or as soon as it has named its video', () => {
		const isGone = (prompt: string) => [0, 0.9, 1, 20].map((time) => viewAt(agentWith(prompt).session, time * 1_000).isGone);
		expect(isGone('[gone-early]')).toEqual([true, true, true, true]);
		expect(isGone('[session-gone]')).toEqual([false, false, true, true]);
	});

	it('takes one place for its work and its video, and none while it waits for the user', () => {
		const { at, start, tell, videos } = agentWith('Tea', { mode: 'chat', concurrentJobs: 1 });
		expect(start('Coffee', 0.9)).toBeNull();
		expect(start('Coffee', 1)).not.toBeNull();
		expect([tell('Cats', 1.9), tell('Cats', 2)]).toEqual([false, true]);
		expect([2.5, 3, 11.9].map((time) => start('More', time))).toEqual([null, null, null]);
		expect(at(11.9).status).toBe('generating');
		expect(start('More', 12)).not.toBeNull();
		expect(videos.maxRunning).toBe(1);
	});

	it('has a place for the video that its draft stands for', () => {
		const { at, tell, start } = agentWith('[no-question] [draft-waits]', { mode: 'chat', concurrentJobs: 1 });
		at(100);
		expect([start('More', 100), tell('Go', 100)]).toEqual([null, true]);
		expect(at(110)).toMatchObject({ status: 'completed', video: 'completed' });
	});

	it('gives up what it thought about when it is told something else', () => {
		const { at, tell, videos, session } = agentWith('[no-question]', { mode: 'chat' });
		tell('Coffee', 0.5);
		expect(at(1.4)).toMatchObject({ status: 'thinking', videoId: null });
		expect(at(10.5)).toMatchObject({ status: 'completed', video: 'completed' });
		tell('Milk', 20);
		at(22);
		const second = at(22).videoId;
		tell('Water', 22);
		expect(at(22.5)).toMatchObject({ status: 'thinking', videoId: second });
		expect(at(32)).toMatchObject({ status: 'completed', video: 'completed' });
		expect(videos.created).toBe(3);
		expect(session.told).toEqual([{ message: 'Coffee' }, { message: 'Milk' }, { message: 'Water' }]);
	});

	it.each([0.5, 1, 5])('has no video when it is stopped after %d seconds', (time) => {
		const { agents, session, at, ends, videos } = agentWith('Tea');
		at(time);
		agents.stop(session, time * 1_000);
		const { status, videoId, last } = at(1_000);
		expect([status, videoId, last?.content, ends]).toEqual(['completed', null, 'Stopped.', []]);
		const { videos: made } = videos.page({}, 10, undefined);
		expect(made.map((video) => stateAt(video, time * 1_000))).toEqual(time < 1 ? [] : ['failed']);
	});

	it('stops waiting, and keeps what it has made', () => {
		const { agents, session, at, tell } = agentWith('Tea', { mode: 'chat' });
		at(1);
		agents.stop(session, 1_000);
		expect(at(2)).toMatchObject({ status: 'completed', videoId: null });
		tell('Go', 2);
		const { videoId } = at(100);
		agents.stop(session, 100_000);
		expect(at(200)).toMatchObject({ status: 'completed', videoId, video: 'completed' });
	});

	it('tells its newest forty messages, the newest first', () => {
		const { session, tell } = agentWith('[no-question]', { mode: 'chat' });
		for (let round = 1; round <= 30; round += 1) tell(`Message ${round}`, round * 100);
		const { messages } = presentSession(session, 10_000_000) as { messages: Array<{ content: string }> };
		expect(messages).toHaveLength(40);
		expect(messages[2]?.content).toBe('Message 30');
	});
});

describe('over HTTP', () => {
	const { sandbox, client } = useOwnSandbox();
	const read = async (path: string) => (await client().get(path)).body;

	it('answers a creation before anything is known', async () => {
		const { body } = await client().post(PATH, { prompt: 'A film on tea' });
		expect(body.data).toMatchObject({ status: 'thinking', video_id: null });
		expect((await client().post(PATH, { prompt: '[early-video]' })).body.data).toMatchObject({ status: 'generating', video_id: expect.any(String) });
	});

	it('leads to a video with its files', async () => {
		const id = await client().createSession({ prompt: 'A film on tea' });
		const { data } = await read(`${PATH}/${id}`);
		expect(data).toMatchObject({ session_id: id, status: 'completed', progress: 100, title: 'A film on tea' });
		const video = (await read(`/v3/videos/${data.video_id}`)).data;
		expect(video).toMatchObject({ status: 'completed', title: 'A film on tea', duration: 10 });
		expect((await fetch(video.video_url)).headers.get('content-type')).toBe('video/mp4');
		const listed = await read(`${PATH}/${id}/videos`);
		expect([listed.data[0].id, listed.data.length, listed.has_more]).toEqual([data.video_id, 1, false]);
	});

	it('lists sessions in pages', async () => {
		const ids = [];
		for (let index = 0; index < 3; index += 1) ids.push(await client().createSession({ prompt: `Film ${index}` }));
		await client().createSession({ prompt: '[gone-early]' });
		const first = await read(`${PATH}?limit=2`);
		const second = await read(`${PATH}?limit=2&token=${first.next_token}`);
		expect([...first.data, ...second.data].map(({ session_id: id }) => id)).toEqual(ids.reverse());
		expect([first.data[0].title, first.has_more, second.has_more]).toEqual(['Film 2', true, false]);
		expect((await client().get(`${PATH}?limit=101`)).status).toBe(400);
	});

	it('is not found when it is gone, but its videos are', async () => {
		for (const prompt of ['[gone-early]', '[session-gone]']) {
			const id = await client().createSession({ prompt });
			const { status, body } = await client().get(`${PATH}/${id}`);
			expect([status, body.error.code]).toEqual([404, 'not_found']);
			expect((await client().post(`${PATH}/${id}/stop`, {})).status).toBe(404);
			expect((await read(`${PATH}/${id}/videos`)).data).toHaveLength(1);
		}
		expect((await client().get(`${PATH}/nothing/videos`)).status).toBe(404);
	});

	it('takes messages to sessions of chats only', async () => {
		const post = (id: string, message: string) => client().post(`${PATH}/${id}`, { message });
		const [generating, chat] = [await client().createSession(), await client().createSession({ mode: 'chat' })];
		expect((await post(generating, 'Hi')).body.error).toMatchObject({ code: 'invalid_parameter', param: 'session_id' });
		expect((await post(chat, '  ')).body.error).toMatchObject({ code: 'invalid_parameter', param: 'message' });
		expect((await post('nothing', 'Hi')).status).toBe(404);
		expect((await post(chat, 'Hi')).body.data).toEqual({ session_id: chat, run_id: expect.any(String), title: 'A film on tea' });
		expect((await client().getSession(chat)).status).toBe('completed');
		expect(sandbox().stats().jobsCreated).toMatchObject({ agentSession: 2, agentMessage: 1, video: 2 });
	});

	it('refuses messages to an agent at work when told to', async () => {
		const id = await client().createSession({ mode: 'chat', prompt: '[stuck]' });
		await client().sendMessage(id, '[stuck]');
		sandbox().configure({ agentConflictWhileWorking: true });
		const { status, body } = await client().post(`${PATH}/${id}`, { message: 'Go on' });
		expect([status, body.error.code]).toEqual([409, 'conflict']);
	});

	it('stops by an empty object', async () => {
		const id = await client().createSession({ prompt: '[stuck]' });
		expect((await client().call('POST', `${PATH}/${id}/stop`)).status).toBe(400);
		expect((await client().post(`${PATH}/${id}/stop`, {})).body).toEqual({ data: { session_id: id } });
		expect(await client().getSession(id)).toMatchObject({ status: 'completed', video_id: null });
	});

	it('replays what came with the same key', async () => {
		const create = async () => (await client().post(PATH, { prompt: 'Tea', mode: 'chat' }, { idempotencyKey: 'a' })).body.data;
		const { session_id: id } = await create();
		expect((await create()).session_id).toBe(id);
		for (let time = 0; time < 2; time += 1) await client().post(`${PATH}/${id}`, { message: 'Hi' }, { idempotencyKey: 'a' });
		const { jobsCreated, jobsByReplay } = sandbox().stats();
		expect([jobsCreated.agentSession, jobsCreated.agentMessage]).toEqual([1, 1]);
		expect([jobsByReplay.agentSession, jobsByReplay.agentMessage]).toEqual([1, 1]);
	});

	it('shares the limit on running jobs with videos', async () => {
		sandbox().configure({ concurrentJobs: 1, jobSeconds: 60 });
		await client().createSession();
		expect((await client().post(PATH, { prompt: 'More' })).status).toBe(429);
		await expect(client().createVideo()).rejects.toThrow('rate_limit_exceeded');
		expect((await client().post(PATH, { prompt: 'More' }, { key: OTHER_KEY })).status).toBe(200);
		await client().createJob('clipping');
	});

	it.each([
		[{ avatar_id: 'nobody' }, 404, 'avatar_not_found', 'avatar_id'],
		[{ voice_id: 'nobody' }, 404, 'voice_not_found', 'voice_id'],
		[{ style_id: 'nothing' }, 404, 'not_found', 'style_id'],
		[{ brand_kit_id: 'nothing' }, 404, 'not_found', 'brand_kit_id'],
		[{ files: [{ type: 'asset_id', asset_id: 'nothing' }] }, 404, 'asset_not_found', 'files[0].asset_id'],
	])('refuses %j', async (fields, status, code, param) => {
		sandbox().configure({ validateAssets: true });
		const chat = await client().createSession({ mode: 'chat' });
		const answers = [await client().post(PATH, { prompt: 'Tea', ...fields })];
		if (param !== 'style_id') answers.push(await client().post(`${PATH}/${chat}`, { message: 'Tea', ...fields }));
		for (const answer of answers) expect([answer.status, answer.body.error]).toMatchObject([status, { code, param }]);
		expect(sandbox().stats().jobsCreated).toMatchObject({ agentSession: 1, agentMessage: 0 });
	});

	it('takes what there is, and remembers what was asked for', async () => {
		sandbox().configure({ validateAssets: true });
		const pdf = String((await client().upload('a.pdf', Buffer.from('%PDF-1.4'))).body.data.asset_id);
		const asked = {
			prompt: 'Tea',
			avatar_id: 'look_bruno_office_01',
			style_id: 'style_paper_cut_16x9',
			brand_kit_id: 'kit_acme',
			orientation: 'portrait',
			incognito_mode: true,
			files: [{ type: 'asset_id', asset_id: pdf }],
		};
		const id = await client().createSession(asked);
		expect(sandbox().agents.records.get(id)?.asked).toEqual(asked);
		await expect(client().createSession({ style: 'x' })).rejects.toThrow('style');
	});

	it('says without credit that there is none', async () => {
		const { body } = await client().post(PATH, { prompt: 'Tea' }, { key: 'sandbox-key-no-credit' });
		expect(body.error.code).toBe('insufficient_credit');
	});

	it('has resources with links', async () => {
		const picture = String((await client().upload('a.jpg', sampleFile('jpg'))).body.data.asset_id);
		const address = 'https://example.com/logo.png';
		const files = [{ type: 'asset_id', asset_id: picture }, { type: 'url', url: address }];
		const id = await client().createSession({ files });
		const all = (await read(`${PATH}/sessions/${id}/resources`)).data;
		expect(all.map((one: Record<string, unknown>) => [one['resource_type'], one['source_type']])).toEqual([
			['video', 'generated'],
			['draft', 'generated'],
			['image', 'generated'],
			['image', 'user_uploaded'],
			['image', 'user_uploaded'],
		]);
		const links = all.flatMap(({ url, preview_url: preview, thumbnail_url: thumbnail }: Record<string, string>) => [url, preview, thumbnail]);
		for (const link of links) {
			if (link !== null && link !== address) expect((await fetch(link)).status).toBe(200);
		}
		const { messages } = await client().getSession(id);
		const told = messages.flatMap(({ resource_ids: ids }: { resource_ids: string[] | null }) => ids ?? []);
		expect([...told].sort()).toEqual(all.map(({ resource_id: one }: Record<string, string>) => one).sort());
		const single = (await read(`${PATH}/${id}/resources/${told[0]}`)).data;
		expect(single).toMatchObject({ resource_id: told[0], resource_type: 'video' });
		expect((await client().get(`${PATH}/${id}/resources/nothing`)).status).toBe(404);
	});

	it('lists resources in pages, or not at all', async () => {
		const files = Array.from({ length: 20 }, (_, index) => ({ type: 'url', url: `https://example.com/${index}.png` }));
		const id = await client().createSession({ files });
		const list = `${PATH}/sessions/${id}/resources`;
		const first = await read(list);
		const second = await read(`${list}?limit=100&token=${first.next_token}`);
		expect([first.data.length, first.has_more, second.data.length, second.has_more]).toEqual([8, true, 15, false]);
		sandbox().configure({ agentResourcesList: false });
		expect((await client().get(list)).status).toBe(404);
	});

	it('has styles with films and tags', async () => {
		const first = await read(`${PATH}/styles`);
		const rest = await read(`${PATH}/styles?limit=100&token=${first.next_token}`);
		expect([first.data.length, rest.data.length, rest.has_more]).toEqual([20, 25, false]);
		const [paper] = first.data;
		expect(paper).toMatchObject({ style_id: 'style_paper_cut_16x9', name: 'Paper Cut', aspect_ratio: '16:9', tags: ['handmade', 'playful'] });
		const files = await Promise.all([fetch(paper.preview_video_url), fetch(paper.thumbnail_url)]);
		expect(files.map(({ headers }) => headers.get('content-type'))).toEqual(['video/mp4', 'image/jpeg']);
		const tech = (await read(`${PATH}/styles?tag=TECH&limit=100`)).data;
		expect(new Set(tech.map(({ name }: { name: string }) => name))).toEqual(new Set(['Blueprint', 'Neon Night', 'Isometric']));
		expect((await read(`${PATH}/styles?tag=nothing`)).data).toEqual([]);
	});

	it('tells of its end as an event of its own, not of a video', async () => {
		const done = await client().createSession({ callback_id: 'row 1' });
		const failed = await client().createSession({ prompt: '[fail-video:moderation]' });
		await client().createSession({ mode: 'chat' });
		const events = (await read('/v3/webhooks/events')).data;
		const told = events.map((event: Record<string, unknown>) => [event['event_type'], event['event_data']]);
		expect(told).toEqual([
			['video_agent.fail', { session_id: failed, video_id: expect.any(String), url: null, msg: expect.any(String), callback_id: null }],
			['video_agent.success', { session_id: done, video_id: expect.any(String), url: expect.stringContaining('/video.mp4?'), callback_id: 'row 1' }],
		]);
	});
});
