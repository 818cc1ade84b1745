/** What is not right is said before anything is sent, and names the field. */
import type { INodeParameters } from 'n8n-workflow';
import {
	avatar,
	errorOf,
	FISH_VOICE,
	jsonOf,
	linksOf,
	locator,
	runVideo,
	scripts,
	TWIN_LOOK,
	useSandbox,
	useTiming,
	VOICE,
	waitingAvatar,
} from '../support/support';

useTiming();
const sandbox = useSandbox();

const options = (values: INodeParameters): INodeParameters => avatar({ script: 'Hello', options: values });
const voice = (values: INodeParameters): INodeParameters => avatar({ script: 'Hello', voiceSettings: values });

/** What is wrong, the parameters, and what the message says; its beginning is the field's name in the editor. */
const table: ReadonlyArray<[what: string, parameters: INodeParameters, message: RegExp]> = [
	['no script', avatar({ script: '={{ $json.nothing }}' }), /^'Script' is empty/],
	['no audio URL', avatar({ audioSource: 'url', audioUrl: '={{ $json.nothing }}' }), /^'Audio URL' is empty/],
	[
		'no audio asset',
		avatar({ audioSource: 'assetId', audioAssetId: '={{ $json.nothing }}' }),
		/^'Audio Asset ID' is empty/,
	],
	[
		'a script of 5,001 characters',
		avatar({ script: '={{ "a".repeat(5001) }}' }),
		/^'Script' may have at most 5,000 characters, but has 5,001/,
	],
	[
		'a recording at http://',
		avatar({ audioSource: 'url', audioUrl: 'http://example.com/a.mp3' }),
		/^'Audio URL' must be an address that starts with https:\/\//,
	],
	['an empty avatar', avatar({ script: 'Hello', avatarId: locator('={{ $json.nothing }}') }), /^'Avatar' is empty/],
	[
		'a source of speech that there is not',
		avatar({
			audioSource: '={{ "Song" }}',
			script: 'Hello',
			audioUrl: '={{ "" }}',
			audioAssetId: '={{ "" }}',
		}),
		/^'What the Avatar Says' must be one of .*, but it is "Song"/,
	],
	[
		'a background file whose expression finds nothing',
		options({ background: { imageFile: { binaryPropertyName: '={{ $json.nothing }}' } } }),
		/^'Background → Image Binary Field' is empty/,
	],
	[
		'a background address whose expression finds nothing',
		options({ background: { imageUrl: { url: '={{ $json.nothing }}' } } }),
		/^'Background → URL' is empty/,
	],
	[
		'a background with WebM',
		options({ outputFormat: 'webm', background: { color: { value: '#FFFFFF' } } }),
		/^'Background' cannot be combined with the output format 'webm'/,
	],
	[
		'expressiveness with Avatar V',
		options({ engine: 'avatar_v', expressiveness: 'high' }),
		/^'Avatar Expressiveness' is only possible with the engine Avatar IV/,
	],
	[
		'expressiveness with Avatar III',
		options({ engine: 'avatar_iii', expressiveness: 'low' }),
		/^'Avatar Expressiveness' is only possible with the engine Avatar IV/,
	],
	[
		'a motion prompt with Avatar III',
		options({ engine: 'avatar_iii', motionPrompt: 'waves' }),
		/^'Motion Prompt' is not possible with the engine Avatar III/,
	],
	[
		'a reference look with Avatar IV',
		options({ engine: 'avatar_iv', referenceLookId: TWIN_LOOK }),
		/^'Motion Reference Look ID' is only possible with the engine Avatar V/,
	],
	[
		'a reference look without an engine',
		options({ referenceLookId: TWIN_LOOK }),
		/^'Motion Reference Look ID' is only possible with the engine Avatar V/,
	],
	['speed 3', voice({ speed: 3 }), /^'Voice Settings → Speed' must be a number from 0.5 to 1.5/],
	['speed 0.4', voice({ speed: 0.4 }), /^'Voice Settings → Speed' must be a number from 0.5 to 1.5/],
	['a speed in words', voice({ speed: '={{ "fast" }}' }), /^'Voice Settings → Speed' must be a number/],
	['pitch 99', voice({ pitch: 99 }), /^'Voice Settings → Pitch' must be a number from -50 to 50/],
	['volume 2', voice({ volume: 2 }), /^'Voice Settings → Volume' must be a number from 0 to 1/],
	[
		'stability 7',
		avatar({
			script: 'Hello',
			voiceId: locator(FISH_VOICE),
			voiceSettings: { engineSettings: { fish: { stability: 7 } } },
		}),
		/^'Voice Settings → Engine Settings → Stability' must be a number from 0 to 1/,
	],
	[
		'the settings of ElevenLabs and Fish',
		voice({ engineSettings: { elevenlabs: { stability: 0.5 }, fish: { stability: 0.5 } } }),
		/^'Voice Settings → Engine Settings' takes the settings of one engine only/,
	],
	[
		'the settings of Starfish and ElevenLabs',
		voice({ engineSettings: { elevenlabs: { stability: 0.5 }, starfish: {} } }),
		/^'Voice Settings → Engine Settings' takes the settings of one engine only/,
	],
	[
		'a colour in words',
		options({ background: { color: { value: 'blue' } } }),
		/^'Background → Value' must be a color such as #1A2B3C|^'Background' must be a color such as #1A2B3C/,
	],
	[
		'two backgrounds',
		options({
			background: { color: { value: '#FFFFFF' }, imageUrl: { url: 'https://example.com/b.jpg' } },
		}),
		/^'Background' takes exactly one of a color, an image URL, an image asset and an image file/,
	],
	[
		'a background at http://',
		options({ background: { imageUrl: { url: 'http://example.com/b.jpg' } } }),
		/^'Background → URL' must be an address that starts with https:\/\//,
	],
	['a watermark without an image', options({ watermark: { settings: { opacity: 0.5 } } }), /^'Watermark → Image' is empty/],
	[
		'a watermark with two images',
		options({ watermark: { settings: { imageUrl: 'https://example.com/l.png', imageAssetId: 'a' } } }),
		/^'Watermark → Image' takes exactly one of a URL, an asset ID and a binary field/,
	],
	[
		'a watermark of triple size',
		options({ watermark: { settings: { imageAssetId: 'a', scale: 3 } } }),
		/^'Watermark → Scale' must be a number from 0 to 2/,
	],
	['an idempotency key with a space', options({ idempotencyKey: 'row 7' }), /^'Idempotency Key' may hold only letters/],
	[
		'an idempotency key of 256 characters',
		options({ idempotencyKey: '={{ "a".repeat(256) }}' }),
		/^'Idempotency Key' may hold only letters/,
	],
	['a callback at http://', options({ callbackUrl: 'http://example.com/hook' }), /^'Callback URL' must be an address/],
	['an unknown output format', options({ outputFormat: '={{ "gif" }}' }), /^'Output Format' must be one of mp4, webm/],
	['a record for an aspect ratio', options({ aspectRatio: '={{ ({ ratio: "16:9" }) }}' }), /^'Aspect Ratio' must be one word, such as 16:9/],
	['a list for a resolution', options({ resolution: '={{ ["4k", "720p"] }}' }), /^'Resolution' must be one word, such as 4k, 1080p, 720p/],
	[
		'a captioned video without captions',
		waitingAvatar({ script: 'Hello', download: ['captionedVideo'] }),
		/^'Download' asks for the file 'Captioned Video', but 'Caption' does not make one/,
	],
	[
		'a captioned video with a subtitle file only',
		waitingAvatar({ script: 'Hello', download: ['captionedVideo'], options: { caption: 'srt' } }),
		/^'Download' asks for the file 'Captioned Video', but 'Caption' does not make one/,
	],
	[
		'subtitles without captions',
		waitingAvatar({ script: 'Hello', download: ['video', 'subtitles'] }),
		/^'Download' asks for the file 'Subtitles', but 'Caption' does not make one/,
	],
	[
		'an unknown file',
		waitingAvatar({ script: 'Hello', download: '={{ ["film"] }}' }),
		/^'Download' has an unknown value: "film"/,
	],
	[
		'a time-out in words',
		waitingAvatar({ script: 'Hello', waitOptions: { timeoutMinutes: '={{ "soon" }}' } }),
		/^'Wait Timeout \(Minutes\)' must be a number/,
	],
];

describe('create', () => {
	it.each(table)('refuses %s', async (_what, parameters, message) => {
		const result = await runVideo(sandbox(), 'createAvatar', parameters);
		const error = errorOf(result);
		expect(error.message).toMatch(message);
		expect(error.message).toMatch(/ \(item 1\)$/);
		expect(sandbox().stats()).toMatchObject({ requestsTotal: 0, videosCreated: 0 });
	});

	it('says how many other fields are not right', async () => {
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', voice({ speed: 3, pitch: 99, volume: 2 })));
		expect(error.description).toBe('2 more fields are not right either.');
	});

	it('takes what is just within the limits', async () => {
		const parameters = avatar({
			// 5,000 characters, two code units each.
			script: '={{ "😀".repeat(5000) }}',
			voiceId: locator(VOICE),
			voiceSettings: { speed: 1.5, pitch: -50, volume: 0 },
		});
		const result = await runVideo(sandbox(), 'createAvatar', parameters);
		expect(result.originalError).toBeUndefined();
	});

	it('refuses the bad item of several alone, where the node goes on', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), {
			items: scripts('One', '', 'Three'),
			onError: 'continueErrorOutput',
		});
		expect(linksOf(result)).toEqual([0, 2]);
		expect(jsonOf(result, 1)).toEqual([
			{ row: 1, script: '', error: expect.stringMatching(/^'Script' is empty.*\(item 2\)$/), details: expect.any(Object) },
		]);
		expect(sandbox().stats()).toMatchObject({ requestsTotal: 2, videosCreated: 2 });
	});
});

describe('an id', () => {
	it.each(['get', 'delete', 'wait', 'download'])('that is empty is refused by %s', async (operation) => {
		const error = errorOf(await runVideo(sandbox(), operation, { videoId: '={{ $json.nothing }}' }));
		expect(error.message).toBe("'Video ID' is empty (item 1)");
		expect(error.description).toContain('An expression that finds nothing gives an empty ID');
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it.each(['.', '..'])('of %s never leaves its place in the path', async (videoId) => {
		const error = errorOf(await runVideo(sandbox(), 'get', { videoId }));
		expect(error.message).toBe(`'Video ID' is not an ID: "${videoId}" (item 1)`);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('with a slash stays one part of the path', async () => {
		await runVideo(sandbox(), 'get', { videoId: '../users/me' }, { onError: 'continueRegularOutput' });
		const places = ['/v3/videos/..%2Fusers%2Fme', '/v3/models/videos/..%2Fusers%2Fme'];
		expect(sandbox().requests().map(({ path }) => path)).toEqual(places);
	});

	it('of a batch that is empty is refused', async () => {
		const error = errorOf(await runVideo(sandbox(), 'getBatch', { batchId: '={{ $json.nothing }}' }));
		expect(error.message).toBe("'Batch ID' is empty (item 1)");
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});
