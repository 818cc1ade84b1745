/** Body fields that the package does not know yet: how they are given, and where they go. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runAsset } from '../support/assetSupport';
import { runNode } from '../support/harness';
import {
	avatar,
	bodiesOf,
	CREATE,
	CREATE_BATCH,
	errorOf,
	jsonOf,
	manyScripts,
	nodeRun,
	PHOTO_LOOK,
	requestsTo,
	retryByHand,
	runVideo,
	useSandbox,
	useTiming,
	videoRun,
	waitingAvatar,
} from '../support/support';
import { HeyGenUsage } from '../../../nodes/HeyGenUsage/HeyGenUsage.node';

useTiming();
const sandbox = useSandbox();

/** Answers creates whatever they ask for, as a HeyGen that has more fields than the contract. */
function acceptAnything(path = '/v3/videos', data: IDataObject = { video_id: 'v1', status: 'pending' }): void {
	sandbox().addFault({ match: { path, method: 'POST' }, kind: 'answer', body: { data }, times: -1 });
}

const LEAST = { type: 'avatar', avatar_id: PHOTO_LOOK, script: 'Hi' };

/** Runs a create of one video. @returns its body */
async function bodyFor(additionalFields: string, options: INodeParameters = {}, more: INodeParameters = {}): Promise<IDataObject | undefined> {
	acceptAnything();
	const result = await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', options: { additionalFields, ...options }, ...more }));
	expect(result.originalError).toBeUndefined();
	return bodiesOf(sandbox(), CREATE)[0];
}

it.each<[string, IDataObject]>([
	['{"seed": 7, "camera": {"zoom": [1, 2]}}', { seed: 7, camera: { zoom: [1, 2] } }],
	['={{ ({ seed: 7, at: $json.none }) }}', { seed: 7 }],
	['={{ JSON.stringify({ seed: $json.row ?? 7 }) }}', { seed: 7 }],
	['{"engine": {"type": "avatar_6"}, "visibility": null, "tags": [], "note": ""}', { engine: { type: 'avatar_6' }, visibility: null, tags: [], note: '' }],
	['{}', {}],
	['', {}],
])('%s goes into the request', async (given, added) => {
	expect(await bodyFor(given)).toEqual({ ...LEAST, ...added });
});

it('goes into records that the node fills too', async () => {
	const voiceSettings = { speed: 1.2 };
	expect(await bodyFor('{"voice_settings": {"mood": "calm", "speed": 1.2}}', {}, { voiceSettings })).toEqual({
		...LEAST,
		voice_settings: { speed: 1.2, mood: 'calm' },
	});
});

it.each<[string, INodeParameters, RegExp]>([
	['{"resolution": "2k"}', { resolution: '4k' }, /^'Resolution' is "4k", but 'Additional Fields \(JSON\) → resolution' is "2k"/],
	['{"engine": {"type": "avatar_6"}}', { engine: 'avatar_iv' }, /^'Animation Engine' is "avatar_iv", but 'Additional Fields \(JSON\) → engine → type' is "avatar_6"/],
	['{"callback_id": "b"}', { callbackId: 'a' }, /^'Callback ID' is "a", but 'Additional Fields \(JSON\) → callback_id' is "b"/],
	['{"type": "image"}', {}, /^'Additional Fields \(JSON\) → type' is "image", but the operation itself sends "avatar" there/],
	['{"a": }', {}, /^'Additional Fields \(JSON\)' is no valid JSON: it breaks in line 1, column 7, at "}"/],
	['[{"a": 1}]', {}, /^'Additional Fields \(JSON\)' must be JSON of a record/],
	['={{ [1] }}', {}, /^'Additional Fields \(JSON\)' must be JSON of a record/],
	['={{ 5 }}', {}, /^'Additional Fields \(JSON\)' must be JSON of a record/],
	['{"__proto__": {"polluted": true}}', {}, /^'Additional Fields \(JSON\)' must have no field named "__proto__"/],
	['{"text": "={{ $json.text }}"', {}, /^'Additional Fields \(JSON\)' is no valid JSON: it ends too early/],
])('%s with %j is refused before a request is made', async (additionalFields, options, message) => {
	const error = errorOf(await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', options: { additionalFields, ...options } })));
	expect(error.message).toMatch(message);
	expect(sandbox().stats().requestsTotal).toBe(0);
	expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

it('cannot give what the node requires', async () => {
	const parameters = avatar({ script: '={{ "" }}', options: { additionalFields: '{"script": "Hi"}' } });
	expect(errorOf(await runVideo(sandbox(), 'createAvatar', parameters)).message).toMatch(/^'Script' is empty/);
	expect(sandbox().stats().requestsTotal).toBe(0);
});

it('has a callback ID that wins over the automatic one, and none where it says null', async () => {
	acceptAnything();
	const callbacks = [];
	for (const additionalFields of ['{"callback_id": "own"}', '{"callback_id": null}']) {
		await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', options: { additionalFields } }));
		callbacks.push((requestsTo(sandbox(), CREATE).at(-1)?.body as IDataObject).callback_id);
	}
	expect(callbacks).toEqual(['own', null]);
});

it('may have captions of a style that the node does not have, with their file', async () => {
	const options = { caption: 'srt', additionalFields: '{"caption": {"style": "default"}}' };
	const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar({ script: 'Hi', download: ['captionedVideo'], options }));
	expect(result.originalError).toBeUndefined();
	expect(Object.keys(result.outputs[0]?.[0]?.binary ?? {})).toEqual(['captionedVideo']);
});

it('is in a dry run, and in what it costs', async () => {
	const options = { dryRun: true, additionalFields: '{"seed": 7}' };
	const [item] = jsonOf(await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', options })));
	expect(item).toMatchObject({ dryRun: true, body: { ...LEAST, seed: 7 }, estimate: { credits: expect.any(Number) as unknown } });
	const odd = { dryRun: true, additionalFields: '{"script": {"a": 1}, "engine": null, "voice_settings": null}' };
	const recording = avatar({ audioSource: 'assetId', audioAssetId: 'asset_1', options: odd });
	expect(jsonOf(await runVideo(sandbox(), 'createAvatar', recording))).toMatchObject([{ estimate: { seconds: 600 } }]);
});

it('is in each item of a batch', async () => {
	const options = { sendAsBatch: true, additionalFields: '={{ ({ title: "T" + $json.row }) }}' };
	const result = await runVideo(sandbox(), 'createAvatar', avatar({ options }), { items: manyScripts(2) });
	expect(result.originalError).toBeUndefined();
	const [batch] = bodiesOf(sandbox(), CREATE_BATCH) as Array<{ videos: IDataObject[] }>;
	expect(batch?.videos.map(({ title }) => title)).toEqual(['T0', 'T1']);
});

describe('another video', () => {
	it('is made of other fields with the same content besides', async () => {
		for (const title of ['A', 'A', 'B']) {
			const options = { sameInputSameVideo: true, additionalFields: `{"title": "${title}"}` };
			await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', options }));
		}
		expect(sandbox().stats().videosCreated).toBe(2);
	});

	it.each<[string, INodeParameters, INodeParameters]>([
		['additional fields', { additionalFields: '{"title": "A"}' }, { additionalFields: '{"title": "B"}' }],
		['preset', { preset: 'landscape' }, { preset: 'square' }],
	])('is made when the %s are edited before a retry', async (_what, before, after) => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 402, times: 1 });
		const run = (options: INodeParameters) => videoRun(sandbox(), 'createAvatar', avatar({ script: 'Hi', options }));
		await retryByHand(await runNode(run(before)), run(after));
		const keys = requestsTo(sandbox(), CREATE).map(({ idempotencyKey }) => idempotencyKey);
		expect(new Set(keys).size).toBe(2);
	});
});

describe('other creates', () => {
	it.each<[string, string, INodeParameters, IDataObject]>([
		['folder', '/v3/folders', { name: 'F' }, { name: 'F' }],
		['brandKit', '/v3/brand-kits', { url: 'https://example.com' }, { url: 'https://example.com' }],
		['brandGlossary', '/v3/brand-glossaries', { name: 'G' }, { name: 'G' }],
	])('of a %s take them', async (resource, path, parameters, body) => {
		acceptAnything(path, { id: 'x1' });
		const run = async (additionalFields: string) =>
			await runAsset(sandbox(), 'create', { resource, ...parameters, options: { additionalFields } });
		expect((await run('{"color": "red", "note": null}')).originalError).toBeUndefined();
		expect(bodiesOf(sandbox(), `POST ${path}`)).toEqual([{ ...body, color: 'red', note: null }]);
		const [name] = Object.keys(body) as [string];
		expect(errorOf(await run(`{"${name}": "https://other.example.com"}`)).message).toMatch(/^'(Name|URL)' is ".*", but 'Additional Fields \(JSON\)/);
		expect(bodiesOf(sandbox(), `POST ${path}`)).toHaveLength(1);
	});

	it.each<[unknown, string, IDataObject]>([
		[['avatar_video.success'], '{"label": "x"}', { events: ['avatar_video.success'], label: 'x' }],
		[['*'], '{"label": "x"}', { label: 'x' }],
		[[], '{"events": null}', { events: null }],
	])('of a webhook endpoint for %j take %s', async (events, additionalFields, expected) => {
		acceptAnything('/v3/webhooks/endpoints', { endpoint_id: 'e1', secret: 's' });
		const parameters = { resource: 'webhookEndpoint', operation: 'create', url: 'https://example.com/hook', events, options: { additionalFields } };
		const result = await runNode(nodeRun(new HeyGenUsage(), sandbox(), parameters as INodeParameters));
		expect(result.originalError).toBeUndefined();
		expect(bodiesOf(sandbox(), 'POST /v3/webhooks/endpoints')).toEqual([{ url: 'https://example.com/hook', ...expected }]);
	});

	it('but no update', async () => {
		const parameters = { resource: 'brandKit', brandKitId: 'kit_acme', name: 'N', options: { additionalFields: '{"color": "red"}' } };
		expect((await runAsset(sandbox(), 'update', parameters)).originalError).toBeUndefined();
		expect(bodiesOf(sandbox(), 'PATCH /v3/brand-kits/{brand_kit_id}')).toEqual([{ name: 'N' }]);
	});
});
