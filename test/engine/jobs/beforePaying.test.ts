/** Look-ups before a create is paid for: what HeyGen's records refuse, what they only hint at, and how often they are read. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import type { RunResult } from '../support/harness';
import { sendJson, usePlainServer } from '../support/plainServer';
import {
	avatar,
	countOf,
	CREATE,
	errorOf,
	expression,
	FAST_JOBS,
	jsonOf,
	linksOf,
	locator,
	PHOTO_LOOK,
	runVideo as run,
	scripts,
	TWIN_LOOK,
	useSandbox,
	useTiming,
	VOICE,
} from '../support/support';

useTiming({ checkMax: 10_000 });
const sandbox = useSandbox({ ...FAST_JOBS, validateIds: true });
const server = usePlainServer();

const LOOK = 'GET /v3/avatars/looks/{look_id}';
const READ_VOICE = 'GET /v3/voices/{voice_id}';

const lookIn = (status: string) => {
	const look = sandbox().catalogue.looks.find((one) => one.status === status);
	if (look === undefined) throw new Error(`No look is ${status}`);
	return look.id;
};
/** Runs an operation that looks up, as it does unless told not to. */
const runVideo: typeof run = async (where, operation, parameters = {}, options = {}) => await run(where, operation, parameters, { looksUp: true, ...options });
const hintOf = (result: RunResult) => result.runData[0]?.hints?.[0]?.message ?? '';

it.each<[string, () => INodeParameters, RegExp]>([
	['is still made', () => ({ avatarId: locator(lookIn('processing')) }), /^'Avatar' is ".+", which HeyGen is still making/],
	['waits for consent', () => ({ avatarId: locator(lookIn('pending_consent')) }), /^'Avatar' is ".+", which waits for the consent/],
	[
		'does not have the engine',
		() => ({ options: { engine: 'avatar_v' } }),
		/^'Animation Engine' is Avatar V, but "Bruno in the office" can only be moved by Avatar IV and Avatar III/,
	],
	[
		'was made from a video and is to move by a prompt',
		() => ({ avatarId: locator(TWIN_LOOK), options: { motionPrompt: 'waves' } }),
		/^'Motion Prompt' is only possible with a photo avatar where Avatar IV moves it/,
	],
	[
		'is to move as a photo does',
		() => ({ avatarId: locator(TWIN_LOOK), options: { engine: 'avatar_v', referenceLookId: PHOTO_LOOK } }),
		/^'Motion Reference Look ID' is "Bruno in the office", which is no digital twin/,
	],
	[
		'is a photo in 4K by Avatar III',
		() => ({ options: { engine: 'avatar_iii', resolution: '4k' } }),
		/^'Resolution' is 4K, which Avatar III does not make of a photo avatar/,
	],
])('a look that %s is refused before anything is paid for', async (_what, parameters, message) => {
	const error = errorOf(await runVideo(sandbox(), 'createAvatar', avatar(parameters()), { items: scripts('Hi') }));
	expect(error.message).toMatch(message);
	expect(error.description).toMatch(/HeyGen's own record says so\. To let HeyGen decide, switch the option 'Check Before Paying' off\.$/);
	expect(countOf(sandbox(), CREATE)).toBe(0);
});

it('lets HeyGen decide when it is switched off', async () => {
	const parameters = avatar({ avatarId: locator(lookIn('processing')), options: { checkBeforePaying: expression('no') } });
	const error = errorOf(await runVideo(sandbox(), 'createAvatar', parameters, { items: scripts('Hi') }));
	expect(error.message).toMatch(/^Could not create the video: Avatar .+ not found/);
	expect([countOf(sandbox(), LOOK), countOf(sandbox(), CREATE)]).toEqual([0, 1]);
});

it('reads each look and each voice once, however many items have it', async () => {
	const items = scripts(...Array.from({ length: 30 }, (_, n) => `Script ${n}`));
	const avatarId = `={{ $json.row % 2 ? '${PHOTO_LOOK}' : '${TWIN_LOOK}' }}`;
	const result = await runVideo(sandbox(), 'createAvatar', avatar({ avatarId, voiceId: locator(VOICE) }), { items });
	expect(jsonOf(result)).toHaveLength(30);
	expect([countOf(sandbox(), LOOK), countOf(sandbox(), READ_VOICE), countOf(sandbox(), CREATE)]).toEqual([2, 1, 30]);
});

it('stops the run before the first item is paid for, or leaves out the one item where errors have an output', async () => {
	const items = scripts('One', 'Two', 'Three');
	const avatarId = `={{ $json.row === 1 ? '${lookIn('pending_consent')}' : '${PHOTO_LOOK}' }}`;
	expect(errorOf(await runVideo(sandbox(), 'createAvatar', avatar({ avatarId }), { items })).message).toMatch(/^'Avatar' is/);
	expect(countOf(sandbox(), CREATE)).toBe(0);
	const result = await runVideo(sandbox(), 'createAvatar', avatar({ avatarId }), { items, onError: 'continueErrorOutput' });
	expect([linksOf(result), linksOf(result, 1)]).toEqual([[0, 2], [1]]);
	expect(countOf(sandbox(), CREATE)).toBe(2);
});

it('reads nothing when an item is wrong in itself, as the last of many', async () => {
	const items = scripts(...Array.from({ length: 60 }, (_, n) => (n === 59 ? '' : `Script ${n}`)));
	expect(errorOf(await runVideo(sandbox(), 'createAvatar', avatar(), { items })).message).toMatch(/^'Script' is empty/);
	expect(sandbox().stats().requestsTotal).toBe(0);
});

it('reads nothing when a limit on costs stops the run', async () => {
	const parameters = avatar({ options: { maximumCostPerRun: 0.001 } });
	expect(errorOf(await runVideo(sandbox(), 'createAvatar', parameters, { items: scripts('Hi', 'Ho') })).message).toMatch(/Maximum Cost per Run/);
	expect(sandbox().stats().requestsTotal).toBe(0);
});

it('does not read anything in a dry run', async () => {
	const result = await runVideo(sandbox(), 'createAvatar', avatar({ options: { dryRun: true } }), { items: scripts('Hi') });
	expect(jsonOf(result)).toMatchObject([{ dryRun: true }]);
	expect(sandbox().stats().requestsTotal).toBe(0);
});

it('works where n8n starts the items itself', async () => {
	const parameters = avatar({ avatarId: locator(lookIn('processing')) });
	const error = errorOf(await runVideo(sandbox(), 'createAvatar', parameters, { items: scripts('Hi'), byRouting: true }));
	expect(error.message).toMatch(/^'Avatar' is/);
});

describe('other makers', () => {
	it('a voice that speaks for a picture', async () => {
		server().answer = (request, response) =>
			request.path.startsWith('/v3/voices/')
				? sendJson(response, { data: { voice_id: 'v1', name: 'Ada', status: 'processing' } })
				: sendJson(response, { data: { video_id: 'made', status: 'waiting' } });
		const parameters = { imageSource: 'url', imageUrl: 'https://example.com/a.png', script: 'Hi', voiceId: locator('v1'), waitForCompletion: false };
		expect(errorOf(await runVideo(server(), 'createImage', parameters)).message).toMatch(/^'Voice' is "Ada", which HeyGen is still making/);
		expect(server().count('POST', '/v3/videos')).toBe(0);
	});

	it('every look of a cinematic video', async () => {
		const furtherAvatars = { looks: [{ avatarId: locator(lookIn('pending_consent')) }] };
		const parameters = { prompt: 'A walk', avatarId: locator(PHOTO_LOOK), furtherAvatars, waitForCompletion: false };
		expect(errorOf(await runVideo(sandbox(), 'createCinematic', parameters)).message).toMatch(/^'Avatar' is ".+", which waits for the consent/);
		expect([countOf(sandbox(), LOOK), countOf(sandbox(), CREATE)]).toEqual([2, 0]);
	});

	it.each<[string, INodeParameters]>([
		['createCinematic', { prompt: 'A walk' }],
		['create', { resource: 'videoAgent', prompt: 'A walk', options: { orientation: 'portrait' } }],
		['sendMessage', { resource: 'videoAgent', sessionId: 's1', message: 'Another walk' }],
	])('by %s, where HeyGen alone says how they move and are framed, with any engine and shape', async (operation, given) => {
		server().answer = (request, response) => {
			const look = { id: 'l1', name: 'Ann', avatar_type: 'digital_twin', status: 'completed', supported_api_engines: ['avatar_iii'], preferred_orientation: 'portrait' };
			if (request.path.includes('/looks/')) sendJson(response, { data: look });
			else sendJson(response, { data: { session_id: 's1', video_id: 'v1', status: 'waiting', messages: [] } });
		};
		const named = given.resource === undefined ? { avatarId: locator('l1') } : { options: { ...(given.options as INodeParameters | undefined), avatarId: locator('l1') } };
		const result = await runVideo(server(), operation, { ...given, ...named, waitForCompletion: false });
		expect([result.originalError, hintOf(result)]).toEqual([undefined, expect.not.stringMatching(/upright/) as string]);
		expect(server().requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
		expect(server().requests.filter(({ path }) => path.includes('/looks/'))).toHaveLength(1);
	});
});

it('names what is wrong with a whole video without one of its scenes', async () => {
	server().answer = (_request, response) =>
		sendJson(response, { data: { id: 'l1', name: 'Bruno', avatar_type: 'photo_avatar', status: 'completed', supported_api_engines: ['avatar_iii'], default_voice_id: 'v1' } });
	const scene = { type: 'avatar', avatar_id: 'l1', script: 'Hi', engine: 'avatar_iii' };
	const parameters = { scenesInput: 'json', scenesJson: JSON.stringify([scene]), options: { resolution: '4k' }, waitForCompletion: false };
	expect(errorOf(await runVideo(server(), 'createStudio', parameters)).message).toMatch(/^'Resolution' is 4K, which Avatar III does not make of a photo avatar such as "Bruno"/);
});

describe('a template', () => {
	const generate = async (values: IDataObject) =>
		await runVideo(sandbox(), 'generate', { resource: 'template', templateId: locator('template_welcome'), variables: { mappingMode: 'defineBelow', value: values }, waitForCompletion: false } as INodeParameters);
	const texts = { headline: 'Hi', offer: 'None' };

	it('with a character that waits for consent is refused', async () => {
		const error = errorOf(await generate({ ...texts, host: lookIn('pending_consent') }));
		expect(error.message).toMatch(/^'Variables → host → Avatar' is ".+", which waits for the consent/);
		expect(countOf(sandbox(), 'POST /v3/templates/{template_id}')).toBe(0);
	});

	it('is made with characters and voices that can be used, and its own are not looked up', async () => {
		expect((await generate({ ...texts, host: PHOTO_LOOK, speaker: 'voice_ann_calm_001' })).originalError).toBeUndefined();
		expect([countOf(sandbox(), LOOK), countOf(sandbox(), READ_VOICE)]).toEqual([1, 0]);
	});
});

describe('what may not be meant so', () => {
	it('is told in the hint, and the video is made', async () => {
		const upright = sandbox().catalogue.looks.find(({ orientation, status }) => orientation === 'portrait' && status === null);
		const german = 'Das ist der neue Laden, und wir sind für Sie da, mit allen Produkten.';
		const parameters = avatar({ avatarId: locator(String(upright?.id)), voiceId: locator(VOICE), script: german });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, { items: scripts('a', 'b') });
		expect(jsonOf(result)).toHaveLength(2);
		expect(hintOf(result)).toMatch(/Items 1 and 2: The avatar &quot;.+&quot; is upright, but the video is wide \(16:9\)/);
		expect(hintOf(result)).toMatch(/Items 1 and 2: The voice &quot;.+&quot; speaks English, but the script looks like German\./);
		expect(result.runData[0]?.hints?.[0]?.type).toBe('warning');
	});
});

describe('a record that cannot be read', () => {
	const made = { data: { video_id: 'made', status: 'waiting' } };

	/** Answers look-ups with something, and creates a video. */
	async function create(answer: Parameters<typeof sendJson>[1] | 'hang', status = 200): Promise<RunResult> {
		server().answer = (request, response) => {
			if (request.method === 'POST') sendJson(response, made);
			else if (answer !== 'hang') sendJson(response, answer, status);
		};
		return await runVideo(server(), 'createAvatar', avatar({ avatarId: locator('l1'), voiceId: locator('v1') }), { items: scripts('Hi') });
	}

	it.each<[string, IDataObject | IDataObject[] | string | null, number]>([
		['is not there', { error: { code: 'avatar_not_found', message: 'None' } }, 404],
		['may not be read', { error: { code: 'insufficient_api_key_scope', message: 'avatars:read' } }, 403],
		['is empty', { data: {} }, 200],
		['is nothing', { data: null }, 200],
		['is a list', { data: [{ status: 'processing' }] }, 200],
		['is in no envelope', { status: 'processing' }, 200],
		['has fields of other types', { data: { id: 1, status: ['processing'], supported_api_engines: 'avatar_v', error: 7 } }, 200],
		['is refused for now', { error: { code: 'service_unavailable', message: 'Later' } }, 503],
	])('says nothing when it %s', async (_what, answer, status) => {
		const result = await create(answer as IDataObject, status);
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result)).toMatchObject([{ video_id: 'made' }]);
	});

	it('says nothing when it does not come', async () => {
		timing.checkMax = 50;
		try {
			expect(jsonOf(await create('hang'))).toMatchObject([{ video_id: 'made' }]);
		} finally {
			timing.checkMax = 10_000;
		}
	});
});

describe('what an earlier try has made, or may have', () => {
	/** A look that is being made anew from the first create on, and videos that go on while they are waited for. */
	function answerWith(create: 'made' | 'lost', videoStatus = 'processing'): void {
		let isChanging = false;
		server().answer = (request, response) => {
			if (request.path.startsWith('/v3/avatars/looks/')) {
				return sendJson(response, { data: { id: 'l1', name: 'Ann', avatar_type: 'photo_avatar', status: isChanging ? 'processing' : null } });
			}
			if (request.method === 'POST') {
				isChanging = true;
				if (create === 'lost') return response.destroy();
				const made = { video_id: 'v1', status: 'waiting' };
				return sendJson(response, { data: request.path === '/v3/videos' ? made : { batch_id: 'b1' } });
			}
			const video = { id: 'v1', video_id: 'v1', status: videoStatus, failure_message: 'No' };
			sendJson(response, { data: request.path === '/v3/videos/statuses' ? [video] : video });
		};
	}

	const twice = { items: scripts('Hi'), retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const create = async (options: IDataObject = {}): Promise<RunResult> => {
		const parameters = avatar({ avatarId: locator('l1'), waitForCompletion: true, download: [], options: { timeoutMinutes: 0.005, ...options } } as INodeParameters);
		return await runVideo(server(), 'createAvatar', parameters, twice);
	};
	const keys = () => server().requests.filter(({ method }) => method === 'POST').map(({ headers }) => headers['idempotency-key']);
	const looks = () => server().count('GET', '/v3/avatars/looks/l1');

	it('is waited for, and not looked up', async () => {
		answerWith('made');
		expect(errorOf(await create()).message).toMatch(/^The video v1 was not finished within/);
		expect([looks(), keys().length, new Set(keys()).size]).toEqual([1, 2, 1]);
	});

	it('is asked for again with its key when the answer got lost', async () => {
		answerWith('lost');
		expect(errorOf(await create()).message).toMatch(/^Could not create the video: the connection/);
		expect([looks(), new Set(keys()).size]).toEqual([1, 1]);
		expect(keys().length).toBe(2 * (timing.retryCount + 1));
	});

	it('is asked for again as part of its batch', async () => {
		answerWith('lost');
		expect(errorOf(await create({ sendAsBatch: true })).message).toMatch(/^Could not create the video in a batch of 1: the connection/);
		expect([looks(), new Set(keys()).size]).toEqual([1, 1]);
		expect(keys().length).toBe(2 * (timing.retryCount + 1));
	});

	it('does not count when it has failed, since another one is made', async () => {
		answerWith('made', 'failed');
		expect(errorOf(await create()).message).toMatch(/^'Avatar' is "Ann", which HeyGen is still making/);
		expect([looks(), keys().length]).toEqual([2, 1]);
	});

	it('does not count without a key, since another one would be made', async () => {
		answerWith('made');
		expect(errorOf(await create({ sendIdempotencyKey: false })).message).toMatch(/^'Avatar' is "Ann", which HeyGen is still making/);
		expect([looks(), keys()]).toEqual([2, [undefined]]);
	});
});
