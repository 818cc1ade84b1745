/** Scenes that avatars act in: who acts, what the video is made after, and what HeyGen would not take. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { sampleFile } from '../../sandbox';
import { arrivedFiles, assetIdOf, itemWith } from '../support/assetSupport';
import { png, pngFile, type SampleFile } from '../support/sampleFiles';
import {
	bodiesOf,
	countOf,
	CREATE,
	CREATE_BATCH,
	errorOf,
	expression,
	FAST_JOBS,
	jsonOf,
	linksOf,
	locator,
	manyScripts,
	PHOTO_LOOK,
	requestsTo,
	runVideo,
	TWIN_LOOK,
	useSandbox,
	useTiming,
} from '../support/support';

useTiming();
const sandbox = useSandbox({ ...FAST_JOBS, validateAssets: true });

/** Further avatars, by rows. */
const others = (...values: unknown[]) => ({ looks: values.map((value) => ({ avatarId: value })) }) as INodeParameters;
const files = (...rows: IDataObject[]) => ({ files: rows }) as INodeParameters;
const byUrl = (url: unknown) => ({ source: 'url', url }) as IDataObject;
const many = (count: number, extension: string) => Array.from({ length: count }, (_, at) => byUrl(`https://example.com/${at}.${extension}`));
const film: SampleFile = { fileName: 'walk.mp4', mimeType: 'video/mp4', content: sampleFile('mp4') };

/** Parameters of a scene with one look; does not wait unless told to. */
const scene = (more: INodeParameters = {}): INodeParameters =>
	({ prompt: 'She walks', avatarId: locator(PHOTO_LOOK), waitForCompletion: false, ...more });
const create = async (more: INodeParameters = {}, items: INodeExecutionData[] = manyScripts(1)) =>
	await runVideo(sandbox(), 'createCinematic', scene(more), { items });
const idOf = (name: string) => assetIdOf(sandbox(), name);
const base = { type: 'cinematic_avatar', prompt: 'She walks', avatar_id: [PHOTO_LOOK] };

it('sends every option', async () => {
	const options: INodeParameters = {
		additionalFields: '{"camera": {"move": "pan"}}',
		aspectRatio: '1:1',
		duration: 12,
		enhancePrompt: true,
		resolution: '1080p',
		title: ' T ',
	};
	sandbox().configure({ contract: 'open' });
	const result = await create({ options, references: files(byUrl('https://example.com/a.png')) });
	expect(result.originalError).toBeUndefined();
	// The contract has no callback ID here.
	expect(requestsTo(sandbox(), CREATE).map(({ body }) => body)).toEqual([
		{
			...base,
			references: [{ type: 'url', url: 'https://example.com/a.png' }],
			aspect_ratio: '1:1',
			duration: 12,
			enhance_prompt: true,
			resolution: '1080p',
			title: 'T',
			camera: { move: 'pan' },
		},
	]);
});

it('lets HeyGen say how long it is, and takes a preset and values that HeyGen has added', async () => {
	sandbox().configure({ contract: 'open' });
	await create({ options: { autoDuration: '={{ "yes" }}', preset: 'shorts', resolution: 'byName', resolutionName: '4k' } });
	expect(bodiesOf(sandbox(), CREATE)).toEqual([{ ...base, auto_duration: true, aspect_ratio: '9:16', resolution: '4k' }]);
});

describe('the avatars', () => {
	const two = [PHOTO_LOOK, TWIN_LOOK];
	const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

	it.each<[string, unknown, string[]]>([
		['one', locator(PHOTO_LOOK), [PHOTO_LOOK]],
		['one that is a plain ID', ` ${PHOTO_LOOK}\n`, [PHOTO_LOOK]],
		['a list', byId(expression(two)), two],
		['a list in place of the picker', expression(two), two],
		['text', byId(expression(two.join(', '))), two],
		['records', byId(expression(two.map((id) => ({ id, name: 'n' })))), two],
		['lines', byId(two.join('\n')), two],
		['JSON text', JSON.stringify(two), two],
		['a record', byId(expression({ avatar_id: PHOTO_LOOK, group_id: 'g' })), [PHOTO_LOOK]],
		['addresses of pages', `https://app.heygen.com/avatars/look/${PHOTO_LOOK}`, [PHOTO_LOOK]],
	])('may be %s', async (_form, avatarId, ids) => {
		const result = await create({ avatarId: avatarId as INodeParameters });
		expect(result.originalError).toBeUndefined();
		expect(bodiesOf(sandbox(), CREATE)).toEqual([{ ...base, avatar_id: ids }]);
	});

	it.each<[string, INodeParameters]>([
		['rows', others(locator(TWIN_LOOK))],
		['plain IDs in rows', others(` ${TWIN_LOOK}\n`)],
		['a list in a row', others(byId(expression([TWIN_LOOK])))],
		['JSON text in a row', others(JSON.stringify([TWIN_LOOK]))],
	])('have others beside them by %s', async (_form, furtherAvatars) => {
		const result = await create({ furtherAvatars });
		expect(result.originalError).toBeUndefined();
		expect(bodiesOf(sandbox(), CREATE)).toEqual([{ ...base, avatar_id: two }]);
	});

	it.each<[INodeParameters, RegExp]>([
		[{ avatarId: byId(expression('')) as INodeParameters }, /^'Avatar' is empty/],
		[{ avatarId: byId(expression(true)) as INodeParameters }, /^'Avatar' .*must be an ID, but it is "true"/],
		[{ avatarId: expression(['a', 'b', 'c', 'd']) }, /^'Avatar' may be at most 3 looks, but 4 were given/],
		[{ furtherAvatars: others('a', 'b,c') }, /^'Avatar' may be at most 3 looks, but 4 were given/],
		[{ furtherAvatars: others(byId(expression(null))) }, /^'Further Avatars → 1' is empty/],
		[{ furtherAvatars: others(TWIN_LOOK, expression({ name: 'n' })) }, /^'Further Avatars → 2 → Avatar' \(entry 1\) must be an ID, but it is a record without avatar_id/],
	])('are not %j', async (parameters, message) => {
		expect(errorOf(await create(parameters)).message).toMatch(message);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('references', () => {
	it('are files of the item, addresses and assets, in their order', async () => {
		const items = [await itemWith({ a: pngFile('a.png'), b: pngFile('b.png'), walk: film })];
		const inline = png(5).toString('base64');
		const references = files(
			byUrl('https://example.com/1.jpg, https://example.com/2.mp4'),
			{ source: 'binary', binaryPropertyName: 'a, walk' },
			byUrl(expression([`data:image/png;base64,${inline}`, { url: 'https://example.com/x,y.png' }])),
			{ source: 'binary', binaryPropertyName: '={{ ["b"] }}' },
		);
		const result = await create({ references }, items);
		expect(result.originalError).toBeUndefined();
		const asset = (name: string) => ({ type: 'asset_id', asset_id: idOf(name) });
		expect(bodiesOf(sandbox(), CREATE)).toEqual([
			{
				...base,
				references: [
					{ type: 'url', url: 'https://example.com/1.jpg' },
					{ type: 'url', url: 'https://example.com/2.mp4' },
					asset('a.png'),
					asset('walk.mp4'),
					{ type: 'base64', media_type: 'image/png', data: inline },
					{ type: 'url', url: 'https://example.com/x,y.png' },
					asset('b.png'),
				],
			},
		]);
	});

	it('are all files of a whole $binary, each uploaded once', async () => {
		const items = [await itemWith({ a: pngFile('a.png'), b: pngFile('b.png') })];
		const references = files({ source: 'binary', binaryPropertyName: '={{ $binary }}' }, { source: 'binary', binaryPropertyName: 'a' });
		await create({ references }, items);
		expect(arrivedFiles(sandbox())).toHaveLength(2);
		expect((bodiesOf(sandbox(), CREATE)[0]?.references as unknown[]).length).toBe(3);
	});

	it('are assets by their IDs, in any form of a list', async () => {
		sandbox().configure({ validateAssets: false });
		await create({ references: files({ source: 'assetId', assetId: 'asset_1, asset_2' }, { source: 'assetId', assetId: expression([{ asset_id: 'asset_3' }]) }) });
		expect((bodiesOf(sandbox(), CREATE)[0]?.references as IDataObject[]).map(({ asset_id: id }) => id)).toEqual(['asset_1', 'asset_2', 'asset_3']);
	});

	it('count by the source that is chosen, where an expression keeps the fields of others', async () => {
		const row = { source: '={{ "Reference URL" }}', url: 'https://example.com/a.png', binaryPropertyName: 'data', assetId: '' };
		await create({ references: files(row) });
		expect(bodiesOf(sandbox(), CREATE)).toMatchObject([{ references: [{ type: 'url', url: 'https://example.com/a.png' }] }]);
	});

	it.each<[unknown, RegExp]>([
		[files({ source: 'url', url: expression('') }), /^'References → 1' is empty/],
		[files(byUrl('https://example.com/a.png'), byUrl('nonsense')), /^'References → 2 → URL' must be an address that starts with https/],
		[files(byUrl('https://example.com/a.mp3')), /^'References → 1 → URL' is an MP3 file, but HeyGen takes only/],
		[files({ source: 'binary', binaryPropertyName: 'none' }), /^'References → 1 → Binary Field': the item has no binary field "none"/],
		[files({ source: 'assetId', assetId: 'a, https://example.com/' }), /^'References → 1 → Asset ID' \(entry 2\) must be an ID/],
		[files({ source: 'nowhere', url: 'https://example.com/a.png' }), /^'References → 1 → Source' must be one of/],
		[files(...many(4, 'mp4')), /^'References' may hold at most 3 videos, but holds 4/],
		[files(...many(9, 'png')), /^'References' may hold at most 8 images beside 1 avatar, which counts as images, but holds 9/],
		[files({ source: 'assetId', assetId: Array.from({ length: 12 }, (_, at) => `asset_${at}`).join() }), /^'References' may hold at most 11 files beside 1 avatar/],
	])('are not %j', async (references, message) => {
		expect(errorOf(await create({ references: references as INodeParameters })).message).toMatch(message);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('are counted by what files are, not by what they are called', async () => {
		const items = [await itemWith({ data: { ...film, fileName: 'walk', mimeType: 'application/octet-stream' } })];
		const references = files(...many(3, 'mp4'), { source: 'binary', binaryPropertyName: 'data' });
		expect(errorOf(await create({ references }, items)).message).toMatch(/^'References' may hold at most 3 videos, but holds 4/);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('may be anything among the additional fields, and HeyGen decides', async () => {
		sandbox().configure({ contract: 'open' });
		const references = [{ type: 'url', url: 'no address' }, { type: 'url', url: 5 }, null];
		await create({ options: { additionalFields: JSON.stringify({ references }) } });
		expect(bodiesOf(sandbox(), CREATE)).toEqual([{ ...base, references }]);
	});

	it('may be as many as HeyGen takes', async () => {
		const result = await create({ references: files(...many(3, 'mp4'), ...many(8, 'png')) });
		expect(result.originalError).toBeUndefined();
		expect(countOf(sandbox(), CREATE)).toBe(1);
	});
});

it.each<[INodeParameters, RegExp]>([
	[{ prompt: expression('') }, /^'Prompt' is empty/],
	[{ prompt: 'x'.repeat(10_001) }, /^'Prompt' may have at most 10,000 characters, but has 10,001/],
	[{ prompt: expression({ a: 1 }) }, /^'Prompt' must be text/],
	[{ options: { duration: 3 } }, /^'Duration \(Seconds\)' must be a whole number from 4 to 15, but it is "3"/],
	[{ options: { duration: '7.5' } }, /^'Duration \(Seconds\)' must be a whole number from 4 to 15/],
	[{ options: { duration: 8, autoDuration: true } }, /^'Auto Duration' cannot be combined with 'Duration \(Seconds\)'/],
	[{ options: { autoDuration: 'perhaps' } }, /^'Auto Duration' must be true or false/],
	[{ options: { enhancePrompt: 2 } }, /^'Enhance Prompt' must be true or false/],
	[{ options: { aspectRatio: expression(['1:1']) } }, /^'Aspect Ratio' must be one word/],
	[{ options: { preset: 'portrait' } }, /^'Preset' must be one of landscape, shorts, square/],
	// It would be missed after the video is paid for.
	[{ waitForCompletion: true, download: ['video', 'captionedVideo'] }, /^'Download' has an unknown value: "captionedVideo"/],
	[{ waitForCompletion: true, download: expression('subtitles') }, /^'Download' has an unknown value: "subtitles"/],
])('%j is refused', async (parameters, message) => {
	expect(errorOf(await create(parameters)).message).toMatch(message);
	expect(sandbox().stats().requestsTotal).toBe(0);
});

it('is waited for, with its file and its flat price', async () => {
	const result = await create({ waitForCompletion: true, download: ['video', 'gif', 'thumbnail'], options: { duration: 4 } });
	expect(jsonOf(result)).toEqual([expect.objectContaining({ status: 'completed', cost: expect.objectContaining({ credits: 7 }) as object })]);
	expect(Object.keys(result.outputs[0]?.[0]?.binary ?? {})).toEqual(['video', 'gif', 'thumbnail']);
});

it('tells why it failed, and how to go on when it takes too long', async () => {
	expect(errorOf(await create({ waitForCompletion: true, download: [], prompt: '[fail:bad_scene]' })).message).toMatch(/Rendering ended with bad_scene/);
	const late = errorOf(await create({ waitForCompletion: true, download: [], prompt: '[stuck]', options: { timeoutMinutes: 0.005 } }));
	expect(late.message).toMatch(/was not finished within 0\.005 minutes/);
});

it('is tried out without a request, with the names of its files', async () => {
	const items = [await itemWith({ data: pngFile('a.png') })];
	const references = files({ source: 'binary', binaryPropertyName: 'data' });
	const [json] = jsonOf(await create({ references, options: { dryRun: true } }, items));
	const body = { ...base, references: [{ type: 'asset_id', asset_id: '(upload of a.png)' }] };
	expect(json).toMatchObject({ dryRun: true, body, estimate: { credits: 7 } });
	expect(sandbox().stats().requestsTotal).toBe(0);
});

it('goes in batches', async () => {
	const result = await create({ requestOptions: { sendAsBatch: true } }, manyScripts(3));
	expect(linksOf(result)).toEqual([0, 1, 2]);
	expect(bodiesOf(sandbox(), CREATE_BATCH)).toEqual([{ videos: [base, base, base] }]);
});

it('is the same video for the same references only', async () => {
	const items = manyScripts(3);
	const references = files(byUrl('=https://example.com/{{ $json.row % 2 }}.png'));
	await create({ references, requestOptions: { sameInputSameVideo: true } }, items);
	expect(sandbox().stats().videosCreated).toBe(2);
});
