/** Any picture speaks: what of an item reaches HeyGen, and what is refused before anything is sent. */
import type { INodeParameters } from 'n8n-workflow';
import { assetIdOf, itemWith } from '../support/assetSupport';
import { png, pngFile, wavFile } from '../support/sampleFiles';
import {
	bodiesOf,
	countOf,
	CREATE,
	CREATE_BATCH,
	errorOf,
	FAST_JOBS,
	jsonOf,
	linksOf,
	locator,
	manyScripts,
	runVideo,
	useSandbox,
	useTiming,
	VOICE,
} from '../support/support';

useTiming();
const sandbox = useSandbox({ ...FAST_JOBS, validateAssets: true });

const portrait = pngFile('portrait.png');
const PORTRAIT = 'https://example.com/portrait.png';

/** Parameters of a picture by URL that speaks a script; does not wait unless told to. */
function picture(more: INodeParameters = {}): INodeParameters {
	return { imageSource: 'url', imageUrl: PORTRAIT, script: 'Hello', voiceId: locator(VOICE), waitForCompletion: false, ...more };
}

const create = async (more: INodeParameters = {}, items = manyScripts(1)) =>
	await runVideo(sandbox(), 'createImage', picture(more), { items });
const idOf = (name: string) => assetIdOf(sandbox(), name);
const base = { type: 'image', script: 'Hello', voice_id: VOICE };

describe('the picture', () => {
	it('is a file of the item, which goes up', async () => {
		const items = [await itemWith({ face: portrait })];
		const result = await create({ imageSource: 'binary', imageBinaryPropertyName: 'face' }, items);
		expect(result.originalError).toBeUndefined();
		expect(bodiesOf(sandbox(), CREATE)).toEqual([{ ...base, image: { type: 'asset_id', asset_id: idOf('portrait.png') } }]);
	});

	it.each([
		[{ imageSource: 'url', imageUrl: ` ${PORTRAIT}\n` }, { type: 'url', url: PORTRAIT }],
		[{ imageSource: '={{ "Image URL" }}', imageUrl: PORTRAIT, imageAssetId: 'x' }, { type: 'url', url: PORTRAIT }],
		[
			{ imageSource: 'url', imageUrl: `data:image/png;base64,${png().toString('base64')}` },
			{ type: 'base64', media_type: 'image/png', data: png().toString('base64') },
		],
	])('may be %j', async (parameters, image) => {
		const result = await create(parameters);
		expect(result.originalError).toBeUndefined();
		expect(bodiesOf(sandbox(), CREATE)).toEqual([{ ...base, image }]);
	});

	it('is an asset, also by its record', async () => {
		sandbox().configure({ validateAssets: false });
		await create({ imageSource: 'assetId', imageAssetId: '={{ ({ asset_id: "asset_7", url: "https://x" }) }}' });
		expect(bodiesOf(sandbox(), CREATE)).toEqual([{ ...base, image: { type: 'asset_id', asset_id: 'asset_7' } }]);
	});

	it.each<[INodeParameters, RegExp]>([
		[{ imageUrl: '={{ "" }}' }, /^'Image URL' is empty/],
		[{ imageUrl: 'http://example.com/a.png' }, /^'Image URL' must be an address that starts with https/],
		[{ imageUrl: 'https://example.com/a.gif' }, /^'Image URL' is a GIF image, but HeyGen takes only/],
		[{ imageSource: 'assetId', imageAssetId: '={{ null }}' }, /^'Image Asset ID' is empty/],
		[{ imageSource: 'assetId', imageAssetId: 'a b' }, /^'Image Asset ID' is not an ID/],
		[{ imageSource: 'binary', imageBinaryPropertyName: 'none' }, /^'Image Binary Field': the item has no binary field "none"/],
		[{ imageSource: 'elsewhere' }, /^'Image Source' must be one of/],
		[{ voiceId: locator('={{ "" }}') }, /^'Voice' is empty/],
		[{ script: '={{ "" }}' }, /^'Script' is empty/],
		[{ script: 'x'.repeat(5_001) }, /^'Script' may have at most 5,000 characters, but has 5,001/],
		[{ audioSource: 'url', audioUrl: 'https://example.com/a.ogg' }, /^'Audio URL' is an Ogg/i],
		[{ options: { outputFormat: 'webm', background: { color: { value: '#fff' } } } }, /^'Background' cannot be combined with the output format/],
		[{ options: { resolution: '={{ ({ a: 1 }) }}' } }, /^'Resolution' must be one word/],
		[{ options: { preset: 'cinema' } }, /^'Preset' must be one of/],
		[{ options: { watermark: { settings: { imageUrl: PORTRAIT, scale: 3 } } } }, /^'Watermark → Scale' must be a number from 0 to 2/],
		[{ download: ['subtitles'], waitForCompletion: true }, /^'Download' asks for the file 'Subtitles', but 'Caption' does not make one/],
	])('or something else is refused when it is %j', async (parameters, message) => {
		const result = await create(parameters);
		expect(errorOf(result).message).toMatch(message);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

it('sends every option', async () => {
	const options: INodeParameters = {
		additionalFields: '{"callback_id": "order-7"}',
		aspectRatio: '4:5',
		background: { color: { value: '#abc' } },
		brandGlossaryId: locator('glossary_1'),
		caption: 'burnedIn',
		expressiveness: 'high',
		fit: 'contain',
		folderId: 'folder_1',
		motionPrompt: 'nods',
		outputFormat: 'mp4',
		removeBackground: true,
		resolution: '720p',
		title: 'T',
		watermark: { settings: { imageUrl: PORTRAIT, offsetX: 0.1, offsetY: 0.2, opacity: 0.5, position: 'top_left', scale: 1.5 } },
	};
	const voiceSettings = { speed: 1.2, pitch: -3, volume: 0.8, locale: 'en-GB', engineSettings: { starfish: { engineType: 'starfish' } } };
	const requestOptions = { callbackUrl: 'https://n8n.example.com/webhook/1' };
	const result = await create({ options, voiceSettings, requestOptions });
	expect(result.originalError).toBeUndefined();
	expect(bodiesOf(sandbox(), CREATE)).toEqual([
		{
			...base,
			image: { type: 'url', url: PORTRAIT },
			voice_settings: { speed: 1.2, pitch: -3, volume: 0.8, locale: 'en-GB', engine_settings: { engine_type: 'starfish' } },
			aspect_ratio: '4:5',
			background: { type: 'color', value: '#aabbcc' },
			brand_glossary_id: 'glossary_1',
			caption: { file_format: 'srt', style: 'default' },
			expressiveness: 'high',
			fit: 'contain',
			folder_id: 'folder_1',
			motion_prompt: 'nods',
			output_format: 'mp4',
			remove_background: true,
			resolution: '720p',
			title: 'T',
			watermark: {
				image: { type: 'url', url: PORTRAIT },
				opacity: 0.5,
				scale: 1.5,
				placement: { position: 'top_left', offset_x: 0.1, offset_y: 0.2 },
			},
			callback_id: 'order-7',
			callback_url: 'https://n8n.example.com/webhook/1',
		},
	]);
});

it('speaks a recording, which needs no voice', async () => {
	const items = [await itemWith({ speech: wavFile() })];
	const result = await create({ audioSource: 'binary', audioBinaryPropertyName: 'speech' }, items);
	expect(result.originalError).toBeUndefined();
	const [body] = bodiesOf(sandbox(), CREATE);
	expect(body).toEqual({ type: 'image', image: { type: 'url', url: PORTRAIT }, audio_asset_id: idOf('speech.wav') });
});

it('takes what HeyGen has added since', async () => {
	sandbox().configure({ contract: 'open' });
	await create({ options: { resolution: 'byName', resolutionName: '2k', aspectRatio: '={{ "21:9" }}' } });
	expect(bodiesOf(sandbox(), CREATE)).toMatchObject([{ resolution: '2k', aspect_ratio: '21:9' }]);
});

it('is waited for, with the captioned video of a preset', async () => {
	const result = await create({ waitForCompletion: true, download: ['video'], options: { preset: 'shorts' } });
	expect(result.originalError).toBeUndefined();
	expect(bodiesOf(sandbox(), CREATE)).toMatchObject([{ aspect_ratio: '9:16', caption: { file_format: 'srt', style: 'default' } }]);
	expect(jsonOf(result)).toEqual([expect.objectContaining({ status: 'completed', cost: expect.objectContaining({ credits: expect.any(Number) as number }) as object })]);
	expect(Object.keys(result.outputs[0]?.[0]?.binary ?? {}).sort()).toEqual(['captionedVideo', 'video']);
});

it('tells why it failed', async () => {
	const error = errorOf(await create({ waitForCompletion: true, download: [], script: 'Hello [fail:bad_face]' }));
	expect(error.message).toMatch(/could not finish the video \w+: Rendering ended with bad_face/);
});

it('is tried out without a request', async () => {
	const [json] = jsonOf(await create({ options: { dryRun: true } }));
	expect(json).toMatchObject({ dryRun: true, body: { ...base, image: { type: 'url', url: PORTRAIT } }, estimate: { credits: expect.any(Number) as number } });
	expect(sandbox().stats().requestsTotal).toBe(0);
});

it('goes in batches, each item with its own result', async () => {
	const result = await create({ script: '={{ $json.script }}', requestOptions: { sendAsBatch: true } }, manyScripts(3));
	expect(linksOf(result)).toEqual([0, 1, 2]);
	expect([countOf(sandbox(), CREATE_BATCH), countOf(sandbox(), CREATE)]).toEqual([1, 0]);
	expect(bodiesOf(sandbox(), CREATE_BATCH)).toMatchObject([{ videos: [0, 1, 2].map(() => ({ type: 'image', image: { url: PORTRAIT } })) }]);
});
