/**
 * What HeyGen adds tomorrow: engines, resolutions, models, states, events and looks that the package does not know. HeyGen
 * decides on them; none is refused here, and none makes a wait go on for ever.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import { loadOptionsContext, startNode, type RunResult } from '../support/harness';
import { sendJson, usePlainServer } from '../support/plainServer';
import { bodiesOf, endOf, jsonOf, locator, nodeRun, PHOTO_LOOK, useSandbox, useTiming, videoRun, VOICE } from '../support/support';

useTiming({ catchUpTime: 300 });
const sandbox = useSandbox({ jobSeconds: 0.3, jobQueueSeconds: 0.1, contract: 'open' });
const server = usePlainServer();

async function run(where: { apiKey: string; url: string }, resource: string, operation: string, parameters: INodeParameters): Promise<RunResult> {
	return await endOf(startNode(nodeRun(new HeyGenVideo(), where, { resource, operation, ...parameters })));
}

const film = { videoSource: 'url', videoUrl: 'https://example.com/film.mp4' };
const project = { projectSource: 'assetId', projectAssetId: 'asset_project' };
const picture = { imageSource: 'url', imageUrl: 'https://example.com/ada.png', script: 'Hi', voiceId: locator(VOICE) };
const speaker = { avatarId: locator(PHOTO_LOOK), script: 'Hi' };
const stage = (more: IDataObject = {}) => ({ type: 'avatar', avatar_id: PHOTO_LOOK, script: 'Hi', ...more });
const stages = { scenesInput: 'json', scenesJson: JSON.stringify([stage()]) };
const scene = { prompt: 'A walk', avatarId: locator(PHOTO_LOOK) };

const filled = { templateId: locator('template_wide'), variables: { line: 'Hi' } };

/** Creates, with their endpoints and what they need at least. */
const creates = {
	avatar: ['video', 'createAvatar', 'POST /v3/videos', speaker],
	image: ['video', 'createImage', 'POST /v3/videos', picture],
	cinematic: ['video', 'createCinematic', 'POST /v3/videos', scene],
	studio: ['video', 'createStudio', 'POST /v3/videos', stages],
	prompt: ['video', 'createFromPrompt', 'POST /v3/models/videos', { prompt: 'Rain' }],
	hyperframes: ['hyperframes', 'create', 'POST /v3/hyperframes/renders', project],
	clipping: ['clipping', 'create', 'POST /v3/ai-clipping', film],
	template: ['template', 'generate', 'POST /v3/templates/{template_id}', filled],
} as const satisfies Record<string, readonly [string, string, string, INodeParameters]>;

type Name = keyof typeof creates;

/** A list of the editor, a value that is not in it, and where the value goes. */
const values: ReadonlyArray<readonly [Name, option: string, value: string, body: IDataObject]> = [
	['avatar', 'engine', 'avatar_6', { engine: { type: 'avatar_6' } }],
	['avatar', 'engine', 'avatar_6_turbo', { engine: { type: 'avatar_6_turbo' } }],
	['avatar', 'resolution', '2k', { resolution: '2k' }],
	['avatar', 'aspectRatio', '21:9', { aspect_ratio: '21:9' }],
	['avatar', 'expressiveness', 'less', { expressiveness: 'less' }],
	['avatar', 'expressiveness', 'default', { expressiveness: 'default' }],
	['image', 'resolution', '2k', { resolution: '2k' }],
	['image', 'aspectRatio', '3:4', { aspect_ratio: '3:4' }],
	['image', 'expressiveness', 'extreme', { expressiveness: 'extreme' }],
	['cinematic', 'resolution', '4k', { resolution: '4k' }],
	['cinematic', 'aspectRatio', '4:5', { aspect_ratio: '4:5' }],
	['studio', 'resolution', '2k', { resolution: '2k' }],
	['studio', 'aspectRatio', '21:9', { aspect_ratio: '21:9' }],
	['prompt', 'model', 'heygen-video-2', { model: 'heygen-video-2' }],
	['prompt', 'resolution', '8k', { resolution: '8k' }],
	['prompt', 'aspectRatio', '2:1', { aspect_ratio: '2:1' }],
	['prompt', 'promptEnhancement', 'ultra', { prompt_enhancement: 'ultra' }],
	['hyperframes', 'resolution', '8k', { resolution: '8k' }],
	['hyperframes', 'quality', 'lossless', { quality: 'lossless' }],
	['hyperframes', 'format', 'av1', { format: 'av1' }],
	['hyperframes', 'aspectRatio', '4:5', { aspect_ratio: '4:5' }],
	['template', 'fps', '24', { fps: 24 }],
	['template', 'fps', '23.976', { fps: 23.976 }],
	['template', 'fps', 'smooth', { fps: 'smooth' }],
	['clipping', 'aspectRatio', 'ultrawide', { output_settings: { aspect_ratio: 'ultrawide' } }],
];

describe.each(values)('%s: %s "%s"', (name, option, value, expected) => {
	const [resource, operation, endpoint, parameters] = creates[name];

	it.each([
		['By Name', { [option]: 'byName', [`${option}Name`]: value }],
		['by an expression', { [option]: `={{ "${value}" }}` }],
	])('goes through %s', async (_how, options) => {
		const result = await run(sandbox(), resource, operation, { ...parameters, options, waitForCompletion: false });
		expect(result.originalError).toBeUndefined();
		expect(bodiesOf(sandbox(), endpoint)[0]).toMatchObject(expected);
	});
});

describe('a scene', () => {
	const sent = { input: { engine: { type: 'avatar_6' }, expressiveness: 'less' } };
	const chosen = { engine: 'byName', engineName: 'avatar_6', expressiveness: 'byName', expressivenessName: 'less' };
	const row = { type: 'avatar', avatarId: locator(PHOTO_LOOK), script: 'Hi', options: chosen };

	it.each<[string, INodeParameters]>([
		['By Name', { scenes: { scene: [row] } }],
		['as JSON', { scenesInput: 'json', scenesJson: JSON.stringify([stage({ engine: 'avatar_6', expressiveness: 'less' })]) }],
	])('takes an engine and an expressiveness that came later %s', async (_how, parameters) => {
		const result = await run(sandbox(), 'video', 'createStudio', { ...parameters, waitForCompletion: false });
		expect(result.originalError).toBeUndefined();
		expect(bodiesOf(sandbox(), 'POST /v3/videos')[0]).toMatchObject({ scenes: [sent] });
	});
});

describe('fields that the nodes do not have', () => {
	it.each(Object.entries(creates))('%s takes them as JSON, and keeps its own', async (_name, [resource, operation, endpoint, parameters]) => {
		const options = { additionalFields: '{"brand_new": {"depth": 2}, "tags": ["a"]}' };
		const result = await run(sandbox(), resource, operation, { ...parameters, options, waitForCompletion: false });
		expect(result.originalError).toBeUndefined();
		expect(bodiesOf(sandbox(), endpoint)[0]).toMatchObject({ brand_new: { depth: 2 }, tags: ['a'] });
	});
});

describe('a state between', () => {
	it.each([
		['avatar', { script: 'Hi [status:brewing]' }],
		['image', { script: 'Hi [status:queued_for_gpu]' }],
		['cinematic', { prompt: 'A walk [status:storyboarding]' }],
		['studio', { options: { title: '[status:cutting]' } }],
		['prompt', { prompt: 'Rain [status:dreaming]' }],
		['hyperframes', { options: { title: '[status:bundling]' } }],
		['clipping', { options: { title: '[status:transcribing]' } }],
		['template', { options: { title: '[status:composing]' } }],
	] as ReadonlyArray<readonly [Name, INodeParameters]>)('%s goes on, and ends when HeyGen says so', async (name, more) => {
		const [resource, operation, , parameters] = creates[name];
		const result = await run(sandbox(), resource, operation, { ...parameters, ...more, waitForCompletion: true, download: [] });
		expect(result.originalError).toBeUndefined();
		for (const { status } of jsonOf(result)) expect(status).toBe('completed');
	});
});

describe('a last state', () => {
	/** Kinds whose records are read one by one, and a record that has all there is to have. */
	const kinds: ReadonlyArray<readonly [string, string, string, IDataObject]> = [
		['clipping', 'jobId', '/v3/ai-clipping/j1', { clips: [{ id: 'c1', status: 'completed', video_url: 'https://x/c.mp4' }] }],
		['backgroundRemoval', 'jobId', '/v3/background-removals/j1', { layers: { mask: 'https://x/m.mp4' } }],
		['fillerWordRemoval', 'jobId', '/v3/filler-word-removals/j1', { video_url: 'https://x/v.mp4' }],
		['hyperframes', 'renderId', '/v3/hyperframes/renders/j1', { video_url: 'https://x/v.mp4' }],
	];

	it.each(kinds)('%s: the wait ends with what is there', async (resource, parameter, path, record) => {
		server().answer = (request, response) =>
			sendJson(response, request.path === path ? { data: { id: 'j1', status: 'shelved', ...record } } : {}, request.path === path ? 200 : 404);
		const result = await run(server(), resource, 'wait', { [parameter]: 'j1', download: [] });
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result)).toHaveLength(1);
	});
});

it('looks with an engine that nobody knows are in the list of avatars', async () => {
	const look = { id: 'look_6', name: 'Ada', avatar_type: 'hologram', supported_api_engines: ['avatar_6'], status: 'completed' };
	server().answer = (request, response) =>
		sendJson(response, { data: request.path.endsWith('/looks') ? [look] : [], has_more: false, next_token: null });
	const context = loadOptionsContext(videoRun(server(), 'createAvatar', {}));
	const { results } = await new HeyGenVideo().methods.listSearch.searchAvatarLooks.call(context);
	expect(results.map(({ value }) => value)).toEqual(['look_6']);
});
