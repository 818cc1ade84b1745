/** Files as part of a video: checked before anything is sent, uploaded once, and in the request by their asset ids. */
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { arrivedFiles, assetIdOf, binaryOf, expectArrivedOnce, itemWith, sha256, UPLOAD } from '../support/assetSupport';
import { png, pngFile, wav, wavFile, type SampleFile } from '../support/sampleFiles';
import { sampleFile } from '../../sandbox';
import {
	avatar,
	bodiesOf,
	countOf,
	CREATE,
	CREATE_BATCH,
	errorOf,
	FAST_JOBS,
	jsonOf,
	linksOf,
	runVideo,
	useSandbox,
	useTiming,
	waitingAvatar,
	type VideoRunOptions,
} from '../support/support';

useTiming();
// Videos may only use assets that exist, and are what the field wants.
const sandbox = useSandbox({ ...FAST_JOBS, validateAssets: true });

const speech = wavFile('speech.wav');
const office = pngFile('office.png');
const logo = pngFile('logo.png');

/** Parameters of an avatar that speaks the file in the field `voice`. */
const speaking = (options: INodeParameters = {}): INodeParameters =>
	avatar({ audioSource: 'binary', audioBinaryPropertyName: 'voice', options });
/** Parameters of an avatar that speaks a script. */
const scripted = (options: INodeParameters): INodeParameters => avatar({ script: 'Hello', options });
const behind = (field: string): INodeParameters => ({ background: { imageFile: { binaryPropertyName: field } } });
const marked = (settings: INodeParameters): INodeParameters => ({ watermark: { settings } });

const idOf = (name: string) => assetIdOf(sandbox(), name);
const created = () => sandbox().stats().videosCreated;

describe('a file of the item', () => {
	it('is what the avatar speaks', async () => {
		const item = await itemWith({ voice: speech });
		const result = await runVideo(sandbox(), 'createAvatar', speaking(), { items: [item] });
		expect(result.originalError).toBeUndefined();
		expectArrivedOnce(sandbox(), [speech]);
		expect(bodiesOf(sandbox(), CREATE)).toEqual([
			{ type: 'avatar', avatar_id: expect.any(String), audio_asset_id: idOf('speech.wav') },
		]);
		expect(sandbox().requests().map(({ template }) => template)).toEqual(['/v3/assets', '/v3/videos']);
	});

	it('may be an MP3, and the video is waited for and downloaded', async () => {
		const mp3: SampleFile = { fileName: 'speech.mp3', mimeType: 'audio/mpeg', content: sampleFile('mp3') };
		const item = await itemWith({ voice: mp3 }, {}, 'filesystem');
		const parameters = waitingAvatar({ audioSource: 'binary', audioBinaryPropertyName: 'voice', download: ['video'] });
		const options: VideoRunOptions = { items: [item], binaryMode: 'filesystem' };
		const result = await runVideo(sandbox(), 'createAvatar', parameters, options);
		expect(jsonOf(result)).toEqual([expect.objectContaining({ status: 'completed' })]);
		expect(Object.keys(result.outputs[0]?.[0]?.binary ?? {})).toEqual(['video']);
	});

	it('is what is behind the avatar', async () => {
		const item = await itemWith({ picture: office });
		await runVideo(sandbox(), 'createAvatar', scripted(behind('picture')), { items: [item] });
		expect(bodiesOf(sandbox(), CREATE)).toEqual([
			expect.objectContaining({ background: { type: 'image', asset_id: idOf('office.png') } }),
		]);
		expect(created()).toBe(1);
	});

	it('is the watermark', async () => {
		const item = await itemWith({ mark: logo });
		const options = marked({ imageBinaryPropertyName: 'mark', opacity: 0.5 });
		await runVideo(sandbox(), 'createAvatar', scripted(options), { items: [item] });
		expect(bodiesOf(sandbox(), CREATE)).toEqual([
			expect.objectContaining({
				watermark: expect.objectContaining({
					image: { type: 'asset_id', asset_id: idOf('logo.png') },
					opacity: 0.5,
				}),
			}),
		]);
		expect(created()).toBe(1);
	});

	it('is every file of the video at once', async () => {
		const item = await itemWith({ voice: speech, picture: office, mark: logo });
		const parameters = speaking({ ...behind('picture'), ...marked({ imageBinaryPropertyName: 'mark' }) });
		await runVideo(sandbox(), 'createAvatar', parameters, { items: [item] });
		expect(bodiesOf(sandbox(), CREATE)).toEqual([
			expect.objectContaining({
				audio_asset_id: idOf('speech.wav'),
				background: { type: 'image', asset_id: idOf('office.png') },
				watermark: expect.objectContaining({ image: { type: 'asset_id', asset_id: idOf('logo.png') } }),
			}),
		]);
		expectArrivedOnce(sandbox(), [speech, office, logo]);
		expect(created()).toBe(1);
	});

	it('is uploaded once when it is both background and watermark', async () => {
		const item = await itemWith({ picture: office });
		const parameters = scripted({ ...behind('picture'), ...marked({ imageBinaryPropertyName: 'picture' }) });
		await runVideo(sandbox(), 'createAvatar', parameters, { items: [item] });
		expectArrivedOnce(sandbox(), [office]);
		expect(created()).toBe(1);
	});

	it('of another node is found by an expression', async () => {
		const item = await itemWith({ voice: speech });
		const audioBinaryPropertyName = "={{ $('Start').item.binary.voice }}";
		await runVideo(sandbox(), 'createAvatar', avatar({ audioSource: 'binary', audioBinaryPropertyName }), { items: [item] });
		expectArrivedOnce(sandbox(), [speech]);
		expect(created()).toBe(1);
	});
});

describe('a data URL', () => {
	const dataUrl = (mediaType: string, content: Buffer) => `data:${mediaType};base64,${content.toString('base64')}`;

	it('goes within the request', async () => {
		const imageUrl = dataUrl('image/png', logo.content);
		await runVideo(sandbox(), 'createAvatar', scripted(marked({ imageUrl })));
		expect(bodiesOf(sandbox(), CREATE)).toEqual([
			expect.objectContaining({
				watermark: expect.objectContaining({
					image: { type: 'base64', media_type: 'image/png', data: logo.content.toString('base64') },
				}),
			}),
		]);
		expect(sandbox().stats()).toMatchObject({ requestsTotal: 1, videosCreated: 1, assetsCreated: 0 });
	});

	it('gets the media type of its content when it names none', async () => {
		await runVideo(sandbox(), 'createAvatar', scripted(marked({ imageUrl: dataUrl('', sampleFile('jpg')) })));
		expect(bodiesOf(sandbox(), CREATE)).toEqual([
			expect.objectContaining({
				watermark: expect.objectContaining({
					image: expect.objectContaining({ type: 'base64', media_type: 'image/jpeg' }),
				}),
			}),
		]);
	});

	it.each([
		['of a GIF', dataUrl('image/gif', sampleFile('gif')), /^'Watermark → Image' is a GIF image, but HeyGen takes only PNG or JPEG here/],
		['of a wrong media type', dataUrl('image/jpeg', png()), /^'Watermark → Image' is a PNG image, but its media type says image\/jpeg/],
		['of a large picture', dataUrl('image/png', png(2_048, 4)), /^'Watermark → Image' is 2,048 x 4 pixels/],
		['of nothing', 'data:image/png;base64,', /^'Watermark → Image' is a data URL that is not in base64, or empty/],
		['of plain text', 'data:image/png,abc', /^'Watermark → Image' is a data URL that is not in base64, or empty/],
	])('%s is refused, and nothing is sent', async (_what, imageUrl, message) => {
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', scripted(marked({ imageUrl }))));
		expect(error.message).toMatch(message);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('several items', () => {
	it('that speak the same file upload it once', async () => {
		const binary = await binaryOf({ voice: speech });
		const items: INodeExecutionData[] = Array.from({ length: 5 }, (_, row) => ({ json: { row }, binary: { ...binary } }));
		const result = await runVideo(sandbox(), 'createAvatar', speaking(), { items });
		expect(linksOf(result)).toEqual([0, 1, 2, 3, 4]);
		expect(new Set(jsonOf(result).map(({ video_id }) => video_id)).size).toBe(5);
		expect(countOf(sandbox(), UPLOAD)).toBe(1);
		expect(bodiesOf(sandbox(), CREATE).map((body) => body.audio_asset_id)).toEqual(Array(5).fill(idOf('speech.wav')));
		expect(created()).toBe(5);
	});

	it('speak each their own file', async () => {
		const files = [0, 1, 2].map((row) => wavFile(`speech-${row}.wav`));
		const items = await Promise.all(files.map(async (voice, row) => await itemWith({ voice }, { row })));
		const result = await runVideo(sandbox(), 'createAvatar', speaking({ title: '={{ $json.row }}' }), { items });
		expect(linksOf(result)).toEqual([0, 1, 2]);
		const used = bodiesOf(sandbox(), CREATE).map(({ title, audio_asset_id: id }) => [title, id]);
		expect(used.sort()).toEqual(files.map(({ fileName }, row) => [String(row), idOf(fileName)]));
	});

	it('go out in a batch with their files', async () => {
		const files = [0, 1, 2, 3, 4].map((row) => wavFile(`speech-${row}.wav`));
		const items = await Promise.all(files.map(async (voice, row) => await itemWith({ voice, picture: office }, { row })));
		const parameters = speaking({ sendAsBatch: true, ...behind('picture') });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, { items });
		expect(result.originalError).toBeUndefined();
		expect(linksOf(result)).toEqual([0, 1, 2, 3, 4]);
		expectArrivedOnce(sandbox(), [...files, office]);
		const background = { type: 'image', asset_id: idOf('office.png') };
		expect(bodiesOf(sandbox(), CREATE_BATCH)).toEqual([
			{
				videos: files.map(({ fileName }) =>
					expect.objectContaining({ audio_asset_id: idOf(fileName), background }),
				),
			},
		]);
		expect(created()).toBe(5);
	});

	it('of which one has a bad file: it fails alone, alone or in a batch', async () => {
		for (const sendAsBatch of [false, true]) {
			const voices = [speech, { ...speech, content: Buffer.from('broken') }, wavFile('other.wav')];
			const items = await Promise.all(voices.map(async (voice, row) => await itemWith({ voice }, { row })));
			const options = { items, onError: 'continueErrorOutput' } as const;
			const before = created();
			const result = await runVideo(sandbox(), 'createAvatar', speaking({ sendAsBatch }), options);
			expect(linksOf(result)).toEqual([0, 2]);
			expect(jsonOf(result, 1)).toEqual([
				expect.objectContaining({
					error: `'Audio Binary Field': "speech.wav" is not a WAV file, although its name or media type says so (item 2)`,
				}),
			]);
			expect(created() - before).toBe(2);
		}
	});
});

describe('before anything is sent', () => {
	const megabyte = 1024 ** 2;
	const grown = (content: Buffer, bytes: number): Buffer => Buffer.concat([content], bytes);
	const sound = (content: Buffer): SampleFile => ({ fileName: 'speech.wav', mimeType: 'audio/wav', content });
	const picture = (content: Buffer): SampleFile => ({ fileName: 'office.png', mimeType: 'image/png', content });

	const cases: ReadonlyArray<[what: string, file: () => SampleFile, message: RegExp]> = [
		[
			'audio of 601 seconds',
			() => sound(wav(601, 100)),
			/^'Audio Binary Field': "speech\.wav" lasts 601 seconds, but HeyGen takes audio up to 600 seconds here/,
		],
		[
			'audio of more than 50 MB',
			() => sound(wav(500, 105_000)),
			/^'Audio Binary Field': "speech\.wav" is 50\.1 MB large, but HeyGen takes audio files up to 50 MB here/,
		],
		[
			'a video for audio',
			() => ({ fileName: 'speech.mp4', mimeType: 'video/mp4', content: sampleFile('mp4') }),
			/^'Audio Binary Field': "speech\.mp4" is an MP4 video, but HeyGen takes only MP3 or WAV here/,
		],
		[
			'a picture 2,048 pixels wide',
			() => picture(png(2_048, 10)),
			/^'Image Binary Field': "office\.png" is 2,048 x 10 pixels, but HeyGen takes pictures below 2K here: each side below 2,048/,
		],
		[
			'a picture 2,048 pixels high',
			() => picture(png(10, 2_048)),
			/^'Image Binary Field': "office\.png" is 10 x 2,048 pixels/,
		],
		[
			'a picture of more than 50 MB',
			() => picture(grown(png(), 50 * megabyte + 60_000)),
			/^'Image Binary Field': "office\.png" is 50\.1 MB large, but HeyGen takes image files up to 50 MB here/,
		],
	];

	it.each(cases)('%s is refused', async (_what, make, message) => {
		const file = make();
		const forAudio = message.source.includes('Audio');
		const files = { voice: forAudio ? file : speech, picture: forAudio ? office : file };
		const item = await itemWith(files, {}, 'filesystem');
		const options: VideoRunOptions = { items: [item], binaryMode: 'filesystem' };
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', speaking(behind('picture')), options));
		expect(error.message).toMatch(message);
		expect(sandbox().stats()).toMatchObject({ requestsTotal: 0, assetsCreated: 0, videosCreated: 0 });
	});

	it.each([
		['600 seconds', wav(600, 100)],
		['a header without a length', Buffer.concat([wav(0), Buffer.alloc(400)])],
	])('audio of %s is taken', async (_what, content) => {
		const item = await itemWith({ voice: sound(content) });
		const result = await runVideo(sandbox(), 'createAvatar', speaking(), { items: [item] });
		expect(result.originalError).toBeUndefined();
		expect(arrivedFiles(sandbox())).toEqual([`speech.wav ${sha256(content)}`]);
	});

	it('a picture of 2,047 pixels is taken', async () => {
		const item = await itemWith({ picture: picture(png(2_047, 2_047)) });
		const result = await runVideo(sandbox(), 'createAvatar', scripted(behind('picture')), { items: [item] });
		expect(result.originalError).toBeUndefined();
		expect(created()).toBe(1);
	});

	it('other parameters are checked before files are uploaded', async () => {
		const item = await itemWith({ voice: speech });
		const parameters = { ...speaking({ outputFormat: '={{ "gif" }}' }) };
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', parameters, { items: [item] }));
		expect(error.message).toMatch(/^'Output Format' must be one of/);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('a source of speech that an expression chooses', () => {
	it('counts alone, whatever the fields of the others hold', async () => {
		// An expression shows the fields of all sources, since the editor cannot know which it will be.
		const all = { script: 'Hello', audioUrl: 'https://example.com/a.mp3', audioAssetId: 'asset_1' };
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ audioSource: '={{ "url" }}', ...all }));
		expect(result.originalError).toBeUndefined();
		const [body] = bodiesOf(sandbox(), CREATE);
		expect(body).toMatchObject({ audio_url: 'https://example.com/a.mp3' });
		expect(body).not.toHaveProperty('script');
		expect(body).not.toHaveProperty('audio_asset_id');
	});

	const none = { audioUrl: '={{ "" }}', audioAssetId: '={{ "" }}', script: '={{ "" }}' };

	it.each([
		['a script', { audioSource: '={{ "script" }}', script: 'Hello' }, { script: 'Hello' }],
		['a URL', { audioSource: '={{ "url" }}', audioUrl: 'https://example.com/a.mp3' }, { audio_url: 'https://example.com/a.mp3' }],
		['a file', { audioSource: '={{ "binary" }}', audioBinaryPropertyName: 'voice' }, { audio_asset_id: expect.stringMatching(/^asset_/) }],
	] as const)('may be %s', async (_what, more, sent) => {
		const item = await itemWith({ voice: speech });
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ ...none, ...more }), { items: [item] });
		expect(result.originalError).toBeUndefined();
		expect(bodiesOf(sandbox(), CREATE)).toEqual([{ type: 'avatar', avatar_id: expect.any(String), ...sent }]);
	});
});
