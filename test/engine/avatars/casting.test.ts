/** Avatars in videos: the ID of an avatar group is no look's, which is told before anything is paid for; and previews in the output. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { countOf, CREATE, errorOf, FAST_JOBS, jsonOf, locator, PHOTO_LOOK, requestsTo, runVideo, useSandbox, useTiming, VOICE, type VideoRunOptions } from '../support/support';
import { avatarIn, GET_GROUP, GET_LOOK, LOOK, onlyOf, OWN_GROUP, photo, PUBLIC_GROUP, runAvatar, twin } from './avatarSupport';

useTiming({ catchUpTime: 1_500 });
const sandbox = useSandbox(FAST_JOBS);

const GET_VOICE = 'GET /v3/voices/{voice_id}';

const video = async (parameters: INodeParameters = {}, options: VideoRunOptions = {}) => {
	const all = { avatarId: locator(PHOTO_LOOK), script: 'Hello', download: [], ...parameters };
	return await runVideo(sandbox(), 'createAvatar', all, { looksUp: true, ...options });
};
const created = () => sandbox().stats().videosCreated;

describe('the ID of an avatar group', () => {
	it.each([
		[PUBLIC_GROUP, 'Ann'],
		[OWN_GROUP, 'Edda'],
	])('%s is refused before paying', async (id, name) => {
		const error = errorOf(await video({ avatarId: locator(id) }));
		expect(error.message).toBe(`'Avatar' is the ID of the avatar group "${name}", but takes the ID of one of its looks (item 1)`);
		expect(error.description).toContain("take look_id of the operation 'Get Many' of looks in HeyGen Avatar");
		expect(error.description).toContain("switch the option 'Check Before Paying' off");
		expect(countOf(sandbox(), CREATE)).toBe(0);
		expect([countOf(sandbox(), GET_LOOK), countOf(sandbox(), GET_GROUP)]).toEqual([1, 1]);
	});

	it('of an avatar that was made just now is refused, and its look is taken', async () => {
		const made = onlyOf(await runAvatar(sandbox(), 'createPhoto', photo()));
		expect(errorOf(await video({ avatarId: locator(String(made.group_id)), voiceId: locator(VOICE) })).message).toContain('is the ID of the avatar group "Ada"');
		const [finished] = jsonOf(await video({ avatarId: locator(String(made.look_id)), voiceId: locator(VOICE) }));
		expect(finished).toMatchObject({ status: 'completed' });
		expect(created()).toBe(1);
	});

	it('stops all items, though one of them has it', async () => {
		const items = [PHOTO_LOOK, OWN_GROUP].map((id) => ({ json: { id } }));
		const error = errorOf(await video({ avatarId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } }, { items }));
		expect(error.message).toMatch(/avatar group "Edda".*\(item 2\)$/);
		expect(error.message).not.toContain('item 1');
		expect(created()).toBe(0);
	});

	it('is looked up once for all items that have it', async () => {
		const items = Array.from({ length: 5 }, () => ({ json: {} }));
		const result = await video({ avatarId: locator(OWN_GROUP) }, { items, onError: 'continueErrorOutput' });
		expect(jsonOf(result, 1)).toHaveLength(5);
		expect([countOf(sandbox(), GET_LOOK), countOf(sandbox(), GET_GROUP)]).toEqual([1, 1]);
	});

	it('is HeyGen\'s to refuse when look-ups are off', async () => {
		const error = errorOf(await video({ avatarId: locator(OWN_GROUP), options: { checkBeforePaying: false } }));
		expect(error.message).toContain('Could not create the video');
		expect(countOf(sandbox(), GET_GROUP)).toBe(0);
	});

	it('is not looked for when the look is there, or cannot be read', async () => {
		await video();
		expect(countOf(sandbox(), GET_GROUP)).toBe(0);
		sandbox().addFault({ match: LOOK, kind: 'status', status: 403, code: 'forbidden', times: -1 });
		await video({ avatarId: locator(OWN_GROUP) });
		expect(countOf(sandbox(), GET_GROUP)).toBe(0);
	});

	it('that nobody has is HeyGen\'s to refuse', async () => {
		expect(errorOf(await video({ avatarId: locator('nobody') })).message).toContain('not found');
		expect(created()).toBe(0);
	});

	it('within a scene is told with the scene', async () => {
		const scenes = { scene: [{ sceneType: 'avatar_video', avatarId: locator(OWN_GROUP), script: 'Hello' }] };
		const result = await runVideo(sandbox(), 'createStudio', { scenes, download: [] }, { looksUp: true });
		expect(errorOf(result).message).toBe('Scene 1: \'Avatar\' is the ID of the avatar group "Edda", but takes the ID of one of its looks (item 1)');
		expect(created()).toBe(0);
	});
});

describe('a look that cannot be used yet', () => {
	it('waits for consent, which is told before paying', async () => {
		const made = onlyOf(await runAvatar(sandbox(), 'createDigitalTwin', twin()));
		const error = errorOf(await video({ avatarId: locator(String(made.look_id)) }));
		expect(error.message).toContain('\'Avatar\' is "Ada", which waits for the consent of the person it shows');
		expect(created()).toBe(0);
	});

	it('is in training, which is told before paying', async () => {
		sandbox().configure({ jobSeconds: 1_000 });
		const { lookId } = await avatarIn(sandbox());
		expect(errorOf(await video({ avatarId: locator(lookId) })).message).toContain('which HeyGen is still making');
		expect(created()).toBe(0);
	});
});

describe('the output of a video', () => {
	/** The previews of an item. */
	const previews = ({ avatar_preview_url: avatar, voice_preview_url: voice }: IDataObject) => ({ avatar, voice });

	it('has the previews of its avatar and its voice', async () => {
		const made = onlyOf(await video({ voiceId: locator(VOICE) }));
		expect(previews(made)).toEqual({ avatar: expect.stringContaining(PHOTO_LOOK), voice: expect.stringMatching(/^http/) });
		expect([countOf(sandbox(), GET_LOOK), countOf(sandbox(), GET_VOICE)]).toEqual([1, 1]);
	});

	it('has the preview of its avatar alone where no voice was chosen', async () => {
		expect(previews(onlyOf(await video()))).toEqual({ avatar: expect.stringContaining(PHOTO_LOOK), voice: undefined });
	});

	it('has none where nothing was looked up', async () => {
		const made = onlyOf(await video({ voiceId: locator(VOICE), options: { checkBeforePaying: false } }));
		expect(made).not.toHaveProperty('avatar_preview_url');
		expect(made).not.toHaveProperty('voice_preview_url');
		expect([countOf(sandbox(), GET_LOOK), countOf(sandbox(), GET_VOICE)]).toEqual([0, 0]);
	});

	it('has none that a browser could not open', async () => {
		sandbox().addFault({ match: { method: 'GET', path: '/v3/voices/{voice_id}' }, kind: 'answer', body: { data: { voice_id: VOICE, name: 'Ann', preview_audio_url: 's3://bucket/ann.mp3' } }, times: -1 });
		expect(previews(onlyOf(await video({ voiceId: locator(VOICE) })))).toMatchObject({ voice: undefined });
	});

	it('is paid for though nothing could be looked up', async () => {
		for (const path of ['/v3/avatars/looks/{look_id}', '/v3/voices/{voice_id}']) sandbox().addFault({ match: { method: 'GET', path }, kind: 'status', status: 403, code: 'forbidden', times: -1 });
		const made = onlyOf(await video({ voiceId: locator(VOICE) }));
		expect(made.status).toBe('completed');
		expect(previews(made)).toEqual({ avatar: undefined, voice: undefined });
	});

	it('has the previews of its own item', async () => {
		const looks = [PHOTO_LOOK, 'look_ann_office_01'];
		const items = looks.map((id) => ({ json: { id } }));
		const result = await video({ avatarId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } }, { items });
		expect(jsonOf(result).map(({ avatar_preview_url: url }) => looks.find((id) => String(url).includes(id)))).toEqual(looks);
		expect(requestsTo(sandbox(), GET_LOOK)).toHaveLength(2);
	});
});
