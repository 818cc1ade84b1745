/** Videos that a model makes of a prompt: what reaches HeyGen, how they are waited for, and where they are read afterwards. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { assetIdOf, itemWith } from '../support/assetSupport';
import { png, pngFile, wavFile } from '../support/sampleFiles';
import {
	countOf,
	errorOf,
	expression,
	FAST_JOBS,
	GET,
	jsonOf,
	linksOf,
	manyScripts,
	requestsTo,
	runVideo,
	useSandbox,
	useTiming,
} from '../support/support';

useTiming();
const sandbox = useSandbox({ ...FAST_JOBS, validateAssets: true });

const CREATE_MODEL = 'POST /v3/models/videos';
const GET_MODEL = 'GET /v3/models/videos/{video_id}';

const files = (...rows: IDataObject[]) => ({ files: rows }) as INodeParameters;
const byUrl = (extension: string, at: unknown = 0) => ({ source: 'url', url: `https://example.com/${String(at)}.${extension}` });
const many = (count: number, extension: string) => files(...Array.from({ length: count }, (_, at) => byUrl(extension, at)));

/** Runs the operation; does not wait unless told to. */
const create = async (more: INodeParameters = {}, items: INodeExecutionData[] = manyScripts(1), onError?: 'continueErrorOutput') =>
	await runVideo(sandbox(), 'createFromPrompt', { prompt: 'A boat', waitForCompletion: false, ...more }, { items, ...(onError && { onError }) });
const sent = () => requestsTo(sandbox(), CREATE_MODEL).map(({ body }) => body as IDataObject);
const idOf = (name: string) => assetIdOf(sandbox(), name);
const base = { model: 'heygen-video-1', mode: 'text_to_video', prompt: 'A boat' };
const callback = { callback_id: expect.stringMatching(/^n8n-/) as string };

it('sends every option', async () => {
	const options: INodeParameters = {
		additionalFields: '{"negative_prompt": "rain"}',
		aspectRatio: 'adaptive',
		duration: 15,
		model: 'byName',
		modelName: 'heygen-video-2',
		promptEnhancement: 'quality',
		resolution: '2k',
		seed: 4_294_967_295,
	};
	sandbox().configure({ contract: 'open' });
	const requestOptions = { callbackId: 'order-7', callbackUrl: 'https://n8n.example.com/webhook/1' };
	const result = await create({ options, requestOptions });
	expect(result.originalError).toBeUndefined();
	expect(sent()).toEqual([
		{
			...base,
			model: 'heygen-video-2',
			aspect_ratio: 'adaptive',
			duration: 15,
			prompt_enhancement: 'quality',
			resolution: '2k',
			seed: 4_294_967_295,
			negative_prompt: 'rain',
			callback_id: 'order-7',
			callback_url: 'https://n8n.example.com/webhook/1',
		},
	]);
	expect(jsonOf(result)).toEqual([expect.objectContaining({ video_id: expect.any(String) as string })]);
});

it('takes a preset, numbers as text, and values that HeyGen has added', async () => {
	sandbox().configure({ contract: 'open' });
	await create({ options: { preset: 'shorts', duration: expression(' 7 '), seed: expression('-5'), resolution: expression('4K ') } });
	expect(sent()).toEqual([{ ...base, ...callback, aspect_ratio: '9:16', duration: 7, seed: -5, resolution: '4K' }]);
});

it('leaves a long prompt to HeyGen', async () => {
	sandbox().configure({ contract: 'open' });
	const result = await create({ prompt: 'x'.repeat(20_000) });
	expect(result.originalError).toBeUndefined();
	expect(countOf(sandbox(), CREATE_MODEL)).toBe(1);
});

describe('an image', () => {
	const fromImage = { mode: 'image_to_video' };
	const inline = png(6).toString('base64');

	it.each<[INodeParameters, IDataObject]>([
		[{ imageSource: 'url', imageUrl: 'https://example.com/a.webp' }, { type: 'url', url: 'https://example.com/a.webp' }],
		[{ imageSource: 'url', imageUrl: `data:image/png;base64,${inline}` }, { type: 'base64', media_type: 'image/png', data: inline }],
	])('comes to life, by %j', async (parameters, image) => {
		const result = await create({ ...fromImage, ...parameters });
		expect(result.originalError).toBeUndefined();
		expect(sent()).toEqual([{ ...base, ...callback, ...fromImage, image }]);
	});

	it('comes to life, from a file of the item', async () => {
		await create({ ...fromImage, imageBinaryPropertyName: 'photo' }, [await itemWith({ photo: pngFile('a.png') })]);
		expect(sent()).toEqual([{ ...base, ...callback, ...fromImage, image: { type: 'asset_id', asset_id: idOf('a.png') } }]);
	});

	it('is left out where words alone are to count', async () => {
		await create({ mode: expression('Prompt'), imageSource: 'url', imageUrl: 'https://example.com/a.png', imageAssetId: 'x' });
		expect(sent()).toEqual([{ ...base, ...callback }]);
	});
});

// n8n shows what depends on an expression, and demands what it shows.
it.each(['text_to_video', 'image_to_video'])('is made from what an expression says, without fields of other sources of images: %s', async (mode) => {
	const items = [await itemWith({ data: pngFile('a.png') })];
	const result = await create({ mode: `={{ "${mode}" }}` }, items);
	expect(result.originalError).toBeUndefined();
	const image = mode === 'image_to_video' ? { image: { type: 'asset_id', asset_id: idOf('a.png') } } : {};
	expect(sent()).toEqual([{ ...base, ...callback, mode, ...image }]);
});

describe('references', () => {
	const fromReferences = { mode: 'reference_to_video' };

	it('are images, videos and recordings', async () => {
		const items = [await itemWith({ a: pngFile('a.png'), b: pngFile('b.png'), voice: wavFile() })];
		const result = await create(
			{
				...fromReferences,
				referenceImages: files({ source: 'binary', binaryPropertyName: 'a; b' }, byUrl('webp')),
				referenceVideos: files(byUrl('mov')),
				referenceAudio: files({ source: 'binary', binaryPropertyName: '={{ $binary.voice }}' }),
			},
			items,
		);
		expect(result.originalError).toBeUndefined();
		const asset = (name: string) => ({ type: 'asset_id', asset_id: idOf(name) });
		expect(sent()).toEqual([
			{
				...base,
				...callback,
				...fromReferences,
				reference_images: [asset('a.png'), asset('b.png'), { type: 'url', url: 'https://example.com/0.webp' }],
				reference_videos: [{ type: 'url', url: 'https://example.com/0.mov' }],
				reference_audio: [asset('speech.wav')],
			},
		]);
	});

	it.each<[INodeParameters, RegExp]>([
		[{}, /^'Reference Images' is empty: a video of references needs an image, a video or a recording/],
		[{ referenceImages: many(10, 'png') }, /^'Reference Images' may hold at most 9 files, but holds 10/],
		[{ referenceVideos: many(4, 'mp4') }, /^'Reference Videos' may hold at most 3 files, but holds 4/],
		[{ referenceAudio: many(4, 'mp3') }, /^'Reference Audio' may hold at most 3 files, but holds 4/],
		[
			{ referenceImages: many(9, 'png'), referenceVideos: many(3, 'mp4'), referenceAudio: many(1, 'mp3') },
			/^'Reference Audio' and the other references may hold at most 12 files together, but hold 13/,
		],
		[{ referenceImages: many(1, 'mp4') }, /^'Reference Images → 1 → URL' is an MP4 video, but HeyGen takes only PNG or JPEG here/],
		[{ referenceAudio: files({ source: 'assetId', assetId: 'a b', url: '' }) , mode: 'reference_to_video', referenceVideos: files({ source: 'url', url: '={{ "" }}' }) }, /^'Reference Videos → 1' is empty/],
	])('are not %j', async (parameters, message) => {
		const error = errorOf(await create({ ...fromReferences, ...parameters }));
		expect(error.message).toMatch(message);
		// A row that is refused is one mistake, not also a list without rows.
		expect(error.description ?? '').not.toContain('more field');
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('of another model are for HeyGen to count', async () => {
		sandbox().configure({ contract: 'open' });
		const options = { model: 'byName', modelName: 'heygen-video-2', duration: 60 };
		await create({ ...fromReferences, referenceImages: many(10, 'png'), options });
		expect(sent()).toMatchObject([{ model: 'heygen-video-2', duration: 60, reference_images: { length: 10 } }]);
	});
});

it.each<[INodeParameters, RegExp]>([
	[{ prompt: expression(' ') }, /^'Prompt' is empty/],
	[{ prompt: expression(['a']) }, /^'Prompt' must be text/],
	[{ mode: expression('video_to_video'), imageAssetId: 'x', imageUrl: 'x' }, /^'Made From' must be one of image_to_video, text_to_video, reference_to_video/],
	[{ mode: 'image_to_video', imageSource: 'url', imageUrl: '={{ null }}' }, /^'Image URL' is empty/],
	[{ mode: 'image_to_video', imageBinaryPropertyName: '={{ "" }}' }, /^'Image Binary Field' is empty/],
	[{ options: { duration: 4 } }, /^'Duration \(Seconds\)' must be a whole number from 5 to 15, but it is "4"/],
	[{ options: { duration: '5,5' } }, /^'Duration \(Seconds\)' must be a whole number/],
	[{ options: { seed: 1.5 } }, /^'Seed' must be a whole number/],
	[{ options: { model: 'byName', modelName: '' } }, /^'Model Name' is empty/],
	[{ options: { resolution: expression({ a: 1 }) } }, /^'Resolution' must be one word/],
	[{ options: { promptEnhancement: expression(['turbo']) } }, /^'Prompt Enhancement' must be one word/],
	[{ options: { preset: 'portrait' } }, /^'Preset' must be one of landscape, shorts, square/],
	[{ requestOptions: { callbackUrl: 'http://localhost/' } }, /^'Callback URL' must be an address/],
])('%j is refused', async (parameters, message) => {
	expect(errorOf(await create(parameters)).message).toMatch(message);
	expect(sandbox().stats().requestsTotal).toBe(0);
});

describe('the video', () => {
	const waiting = { waitForCompletion: true, download: ['video'] };

	it('is waited for one by one, and downloaded', async () => {
		const result = await create(waiting, manyScripts(3));
		expect(linksOf(result)).toEqual([0, 1, 2]);
		expect(jsonOf(result)).toEqual(
			jsonOf(result).map(() => expect.objectContaining({ status: 'completed', video_url: expect.stringMatching(/^http/) as string }) as object),
		);
		for (const item of result.outputs[0] ?? []) expect(Object.keys(item.binary ?? {})).toEqual(['video']);
		expect(countOf(sandbox(), GET_MODEL)).toBeGreaterThan(2);
	});

	it('that fails says why, and the others are finished', async () => {
		const items = [{ json: { prompt: '[fail:bad_prompt]' } }, { json: { prompt: 'good' } }];
		const result = await create({ ...waiting, prompt: '={{ $json.prompt }}' }, items, 'continueErrorOutput');
		expect([linksOf(result), linksOf(result, 1)]).toEqual([[1], [0]]);
		expect(String(jsonOf(result, 1)[0]?.error)).toMatch(/could not finish the video \w+.*bad_prompt/);
	});

	it('that takes too long is handed on as it is, or named in the error', async () => {
		const options = { timeoutMinutes: 0.005, onTimeout: 'continue' };
		const [json] = jsonOf(await create({ ...waiting, prompt: '[stuck]', options }));
		expect(json).toMatchObject({ video_id: expect.any(String) as string, status: expect.stringMatching(/pending|processing/) as string });
		const error = errorOf(await create({ ...waiting, prompt: '[stuck]', options: { timeoutMinutes: 0.005 } }));
		expect(error.message).toMatch(/^The video \w+ was not finished within 0\.005 minutes/);
	});

	it('is tried out without a request', async () => {
		const items = [await itemWith({ data: pngFile('a.png') })];
		const [json] = jsonOf(await create({ mode: 'image_to_video', options: { dryRun: true, rate: 0.2, duration: 10 } }, items));
		const body = { ...base, mode: 'image_to_video', duration: 10, image: { type: 'asset_id', asset_id: '(upload of a.png)' } };
		expect(json).toMatchObject({ dryRun: true, body, estimate: { credits: 2, seconds: 10 } });
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it.each([
		[60, 60],
		['60', 60],
		[-60, 5],
		[0, 5],
		['long', 5],
		[null, 5],
	])('is estimated by the seconds of an additional field: %j', async (duration, seconds) => {
		const options = { dryRun: true, rate: 1, maximumCostPerItem: 100, additionalFields: JSON.stringify({ duration }) };
		expect(jsonOf(await create({ options }))).toMatchObject([{ body: { duration }, estimate: { credits: seconds, seconds } }]);
	});

	it('costs what the ordered length comes to, since HeyGen tells no other', async () => {
		const [json] = jsonOf(await create({ ...waiting, options: { rate: 0.2, duration: 10 } }));
		expect(json).toMatchObject({ status: 'completed', cost: { credits: 2, seconds: 10 }, estimate: { credits: 2, seconds: 10 } });
	});

	it('is found by its ID afterwards', async () => {
		const [created] = jsonOf(await create());
		const videoId = String(created?.video_id);
		const [waited] = jsonOf(await runVideo(sandbox(), 'wait', { videoId, download: [] }));
		expect(waited).toMatchObject({ video_id: videoId, status: 'completed' });
		const [read] = jsonOf(await runVideo(sandbox(), 'get', { videoId }));
		expect(read).toEqual({ video_id: videoId, status: 'completed', video_url: expect.stringMatching(/^http/) as string });
		const [whole] = jsonOf(await runVideo(sandbox(), 'get', { videoId, simplify: false }));
		expect(whole).toMatchObject({ video_id: videoId, failure_code: null });
		const fetched = await runVideo(sandbox(), 'download', { videoId, download: ['video'] });
		expect(Object.keys(fetched.outputs[0]?.[0]?.binary ?? {})).toEqual(['video']);
		expect(countOf(sandbox(), GET)).toBeGreaterThan(0);
	});

	it('that is nowhere is told as HeyGen tells it of videos, once', async () => {
		const error = errorOf(await runVideo(sandbox(), 'get', { videoId: 'nowhere' }));
		expect(error.message).toMatch(/^Could not get the video: Video nowhere not found/);
		expect([countOf(sandbox(), GET), countOf(sandbox(), GET_MODEL)]).toEqual([1, 1]);
	});

	it('that HeyGen cannot hand out is not looked for elsewhere', async () => {
		sandbox().addFault({ match: { path: '/v3/videos/{video_id}' }, kind: 'status', status: 403, times: -1 });
		expect(errorOf(await runVideo(sandbox(), 'get', { videoId: 'v1' })).httpCode).toBe('403');
		expect(countOf(sandbox(), GET_MODEL)).toBe(0);
	});
});
