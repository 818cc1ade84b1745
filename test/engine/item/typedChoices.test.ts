/** Values of lists as people and models name them, and what reaches a video as nonsense unless it is refused. */
import { itemWith, runAsset } from '../support/assetSupport';
import { png } from '../support/sampleFiles';
import { avatar, bodiesOf, CREATE, errorOf, jsonOf, manyScripts, runVideo, seedVideos, useSandbox, useTiming, waitingAvatar } from '../support/support';

useTiming();
const sandbox = useSandbox();

const image = { fileName: 'a.png', mimeType: 'image/png', content: png() };

describe('a choice', () => {
	it.each(['={{ "Script" }}', '={{ "SCRIPT " }}', '={{ null }}', '={{ "" }}'])('of what the avatar says may be %s', async (audioSource) => {
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', audioSource, audioUrl: '={{ "" }}', audioAssetId: '={{ "" }}' }));
		expect(result.originalError).toBeUndefined();
		expect(bodiesOf(sandbox(), CREATE)).toMatchObject([{ script: 'Hi' }]);
	});

	it('may go by its name in the editor', async () => {
		const options = { caption: '={{ "Subtitle File and Burned In" }}', resolution: '={{ "1080P" }}', outputFormat: '={{ "MP4 " }}' };
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', options }));
		expect(result.originalError).toBeUndefined();
		expect(bodiesOf(sandbox(), CREATE)).toMatchObject([
			{ caption: { file_format: 'srt', style: 'default' }, resolution: '1080p', output_format: 'mp4' },
		]);
	});

	it.each([
		[['Captioned Video', 'Video'], ['captionedVideo', 'video']],
		['Captioned Video, Video', ['captionedVideo', 'video']],
		['video, video', ['video']],
		['video thumbnail', ['thumbnail', 'video']],
	])('of files may be %j', async (download, fields) => {
		const parameters = waitingAvatar({ script: 'Hi', download: `={{ ${JSON.stringify(download)} }}`, options: { caption: 'burnedIn' } });
		const result = await runVideo(sandbox(), 'createAvatar', parameters);
		expect(Object.keys(result.outputs[0]?.[0]?.binary ?? {}).sort()).toEqual(fields);
		expect(sandbox().stats().fileRequests).toBe(fields.length);
	});

	it('of the answer\'s shape is checked before anything is asked for', async () => {
		seedVideos(sandbox(), 1);
		const result = await runVideo(sandbox(), 'getAll', { simplify: '={{ "abc" }}' });
		expect(errorOf(result).message).toMatch(/^'Simplify' must be true or false/);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('that an answer needs is not left to HeyGen', async () => {
		const result = await runAsset(sandbox(), 'search', { query: 'pizza', type: '={{ "" }}' }, manyScripts(1));
		expect(errorOf(result).message).toMatch(/^'Type' is empty/);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('text that nobody meant', () => {
	it.each([
		['script', '={{ Number("n/a") }}', /^'Script' must be text, but it is "NaN"/],
		['script', '={{ 5 / 0 }}', /^'Script' must be text, but it is "Infinity"/],
		['script', '=Hello {{ ({ name: "Ada" }) }}', /^'Script' holds "\[object Object\]"/],
		['script', '={{ "\u2068\u2069" }}', /^'Script' is empty/],
		['script', '={{ "\u3164" }}', /^'Script' is empty/],
		['script', '={{ "#N/A" }}', /^'Script' holds "#N\/A", which is what a sheet shows for a formula that has failed/],
		['script', '={{ " #REF! " }}', /^'Script' holds "#REF!", which is what a sheet shows/],
		['avatarId', '={{ "#NAME?" }}', /^'Avatar' is not an ID: "#NAME\?" is what a sheet shows/],
	])('is no %s: %s', async (name, given, message) => {
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', [name]: given }));
		expect(errorOf(result).message).toMatch(message);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('is no idempotency key: other videos would come back for it', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', options: { idempotencyKey: '={{ Number("n/a") }}' } }));
		expect(errorOf(result).message).toMatch(/^'Idempotency Key' must be text, but it is "NaN"/);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('a record where an id is wanted', () => {
	it.each([
		[{ avatar_id: 'look_bruno_office_01', value: 12 }],
		[{ mode: 'fast', id: 'look_bruno_office_01', value: 'x' }],
		[{ __rl: true, mode: 'id', value: 'look_bruno_office_01' }],
		[{ mode: 'id', value: 'look_bruno_office_01' }],
	])('keeps its id whatever else it has: %j', async (record) => {
		const result = await runVideo(sandbox(), 'createAvatar', { ...avatar({ script: 'Hi' }), avatarId: `={{ (${JSON.stringify(record)}) }}` });
		expect(result.originalError).toBeUndefined();
		expect(bodiesOf(sandbox(), CREATE)).toMatchObject([{ avatar_id: 'look_bruno_office_01' }]);
	});
});

describe('several binary fields', () => {
	const upload = async (binaryPropertyName: string) => {
		const items = [await itemWith({ data: image, 'my logo': { ...image, content: png(5) } })];
		return await runAsset(sandbox(), 'upload', { binaryPropertyName }, items);
	};

	it.each([
		'data, my logo',
		'data;my logo',
		'={{ "data\\nmy logo" }}',
		'={{ ["data", "my logo"] }}',
		'={{ ["data", null, "", "my logo", "data"] }}',
		'={{ [["data"], ["my logo"]] }}',
		'={{ ["data, my logo"] }}',
		'={{ JSON.stringify(["data", "my logo"]) }}',
		'={{ $binary }}',
	])('may be %s', async (given) => {
		expect(jsonOf(await upload(given)).map(({ binary_field }) => binary_field)).toEqual(['data', 'my logo']);
	});

	it.each(['={{ [] }}', '={{ null }}', '={{ [null, ""] }}'])('are none in %s, by the name of the field that was filled', async (given) => {
		expect(errorOf(await upload(given)).message).toMatch(/^'Input Binary Field' is empty/);
	});

	it('a file of megabytes in place of a name is not repeated whole', async () => {
		const error = errorOf(await upload('={{ "QUJD".repeat(500000) }}'));
		expect(error.message.length).toBeLessThan(300);
	});
});
