/** Files go up whole, by the way that their size asks for, under their own names, and each content once. */
import type { INodeParameters } from 'n8n-workflow';
import {
	bytesOf,
	COMPLETE,
	expectArrivedOnce,
	expectOwnAssets,
	itemsOf,
	itemWith,
	runAsset,
	sha256,
	SLOT,
	UPLOAD,
	usableAssets,
} from '../support/assetSupport';
import type { BinaryMode } from '../support/harness';
import { mp4Of, png, pngFile, srt, wavFile, zipFile, type SampleFile } from '../support/sampleFiles';
import { bodiesOf, countOf, jsonOf, linksOf, requestsTo, useSandbox, useTiming } from '../support/support';

useTiming({ completePause: 20 });
const sandbox = useSandbox();
const MODES = ['default', 'filesystem'] as const;

/** The assets of the sandbox by name, type and content. */
const arrived = () =>
	usableAssets(sandbox()).map(({ filename, mimeType, sha256: hash }) => ({ filename, mimeType, hash }));
const named = (...names: string[]): INodeParameters => ({ binaryPropertyName: names.join(', ') });
const withName = (fileName: string): INodeParameters => ({ options: { fileName } });

describe.each(MODES)('a file in the binary mode "%s"', (binaryMode: BinaryMode) => {
	it('goes up in a form', async () => {
		const file = pngFile('logo.png');
		const items = await itemsOf([file], binaryMode);
		const result = await runAsset(sandbox(), 'upload', {}, items, { binaryMode });
		expectOwnAssets(result, sandbox(), [file]);
		expect(jsonOf(result)).toEqual([
			{
				asset_id: expect.stringMatching(/^asset_\w+$/),
				url: expect.stringMatching(/^http/),
				mime_type: 'image/png',
				size_bytes: file.content.length,
				binary_field: 'data',
			},
		]);
		expect(bodiesOf(sandbox(), UPLOAD)).toEqual([
			{
				file: {
					filename: 'logo.png',
					content_type: 'image/png',
					size_bytes: file.content.length,
					sha256: sha256(file.content),
				},
			},
		]);
		const [asset] = usableAssets(sandbox());
		if (asset === undefined) throw new Error('Nothing arrived');
		expect((await bytesOf(asset)).equals(file.content)).toBe(true);
		expect(sandbox().stats()).toMatchObject({ requestsTotal: 1, assetsCreated: 1, uploadSlotsCreated: 0, fileRequests: 0 });
	});

	it('of more than 32 MB goes up directly', async () => {
		const content = mp4Of(33_000_000);
		const file: SampleFile = { fileName: 'film.mp4', mimeType: 'video/mp4', content };
		const items = await itemsOf([file], binaryMode);
		const result = await runAsset(sandbox(), 'upload', {}, items, { binaryMode });
		expectOwnAssets(result, sandbox(), [file]);
		const hash = sha256(content);
		expect(bodiesOf(sandbox(), SLOT)).toEqual([
			{ filename: 'film.mp4', content_type: 'video/mp4', size_bytes: content.length, checksum_sha256: hash },
		]);
		expect(bodiesOf(sandbox(), COMPLETE)).toEqual([{ checksum_sha256: hash }]);
		// The storage takes exactly the headers and the length that were signed.
		expect(sandbox().stats()).toMatchObject({
			requestsTotal: 2,
			assetsCreated: 1,
			uploadSlotsCreated: 1,
			fileRequests: 1,
			uploadBytesReceived: content.length,
			keysSeenOnFileHost: 0,
		});
		const [asset] = usableAssets(sandbox());
		if (asset === undefined) throw new Error('Nothing arrived');
		expect((await bytesOf(asset)).equals(content)).toBe(true);
	});

	it.each([
		[32_000_000, UPLOAD],
		[32_000_001, SLOT],
	])('of %d bytes goes to %s', async (bytes, endpoint) => {
		const file: SampleFile = { fileName: 'film.mp4', mimeType: 'video/mp4', content: mp4Of(bytes) };
		const items = await itemsOf([file], binaryMode);
		const result = await runAsset(sandbox(), 'upload', {}, items, { binaryMode });
		expectOwnAssets(result, sandbox(), [file]);
		expect(requestsTo(sandbox(), UPLOAD).length + requestsTo(sandbox(), SLOT).length).toBe(1);
		expect(countOf(sandbox(), endpoint)).toBe(1);
	});
});

describe('a direct upload', () => {
	it('waits until the storage shows the file to HeyGen', async () => {
		sandbox().configure({ uploadVisibleMs: 150 });
		const file = zipFile();
		const result = await runAsset(sandbox(), 'upload', {}, await itemsOf([file]));
		expectOwnAssets(result, sandbox(), [file]);
		const answers = requestsTo(sandbox(), COMPLETE).map(({ status }) => status);
		expect(answers.length).toBeGreaterThanOrEqual(3);
		expect(answers.slice(0, -1).every((status) => status === 409)).toBe(true);
		// A key would make HeyGen repeat its "not yet" for a day.
		expect(requestsTo(sandbox(), COMPLETE).every(({ idempotencyKey }) => idempotencyKey === null)).toBe(true);
		expect(sandbox().stats()).toMatchObject({ uploadSlotsCreated: 1, fileRequests: 1 });
	});

	it('waits as well until all of HeyGen knows the slot', async () => {
		const match = { path: '/v3/assets/{asset_id}/complete', method: 'POST' } as const;
		sandbox().addFault({ match, kind: 'status', status: 404, times: 3 });
		const file = zipFile();
		const result = await runAsset(sandbox(), 'upload', {}, await itemsOf([file]));
		expectOwnAssets(result, sandbox(), [file]);
		expect(requestsTo(sandbox(), COMPLETE).map(({ status }) => status)).toEqual([404, 404, 404, 200]);
		expect(sandbox().stats()).toMatchObject({ uploadSlotsCreated: 1, fileRequests: 1 });
	});

	it('gives up when the storage never does', async () => {
		sandbox().configure({ uploadVisibleMs: 600_000 });
		const result = await runAsset(sandbox(), 'upload', {}, await itemsOf([zipFile()]));
		expect(result.originalError?.message).toMatch(
			/^Could not upload the file "project\.zip": The bytes of asset asset_\w+ are not there yet/,
		);
		expect(sandbox().stats().assetsCreated).toBe(0);
	}, 30_000);

	it('takes another slot when the first has expired', async () => {
		sandbox().addFault({ match: { path: '/files', method: 'PUT' }, kind: 'expired_url' });
		const file = zipFile();
		const result = await runAsset(sandbox(), 'upload', {}, await itemsOf([file]));
		expectOwnAssets(result, sandbox(), [file]);
		expect(sandbox().stats()).toMatchObject({ uploadSlotsCreated: 2, assetsCreated: 1, fileRequests: 2 });
	});
});

describe('several files of an item', () => {
	const files = { photo: pngFile('photo.png'), sound: wavFile('sound.wav'), rest: zipFile('rest.zip') };

	it.each([
		['named "photo, sound"', named('photo', 'sound'), ['photo', 'sound']],
		['named with gaps', { binaryPropertyName: ' sound ,, photo,sound' }, ['sound', 'photo']],
		['given as a list', { binaryPropertyName: '={{ ["rest", "photo"] }}' }, ['rest', 'photo']],
		['all of them', { allBinaryFields: true }, ['photo', 'sound', 'rest']],
	] as const)('make an output item each: %s', async (_how, parameters, fields) => {
		const item = await itemWith(files);
		const result = await runAsset(sandbox(), 'upload', parameters as INodeParameters, [item]);
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result).map(({ binary_field }) => binary_field)).toEqual(fields);
		expect(linksOf(result)).toEqual(fields.map(() => 0));
		const wanted = fields.map((field) => files[field]);
		expectArrivedOnce(sandbox(), wanted);
		const names = new Map(sandbox().assets.map(({ id, filename }) => [id, filename]));
		expect(jsonOf(result).map(({ asset_id: id }) => names.get(String(id)))).toEqual(
			wanted.map(({ fileName }) => fileName),
		);
	});

	it('are linked to their own items', async () => {
		const items = [
			await itemWith({ a: pngFile('a0.png'), b: pngFile('b0.png') }),
			await itemWith({ a: pngFile('a1.png') }),
			await itemWith({ a: pngFile('a2.png'), b: pngFile('b2.png'), c: pngFile('c2.png') }),
		];
		const result = await runAsset(sandbox(), 'upload', { allBinaryFields: true }, items);
		expect(linksOf(result)).toEqual([0, 0, 1, 2, 2, 2]);
		expect(jsonOf(result).map(({ binary_field }) => binary_field)).toEqual(['a', 'b', 'a', 'a', 'b', 'c']);
	});
});

describe('a file', () => {
	it('that an expression takes from another node goes up', async () => {
		const file = pngFile('from elsewhere.png');
		const items = [await itemWith({ picture: file })];
		const parameters = { binaryPropertyName: "={{ $('Start').item.binary.picture }}" };
		const result = await runAsset(sandbox(), 'upload', parameters, items);
		expectOwnAssets(result, sandbox(), [file]);
		expect(jsonOf(result)[0]).not.toHaveProperty('binary_field');
	});

	it('in the JSON of the item goes up', async () => {
		const file = pngFile('in json.png');
		const { binary } = await itemWith({ picture: file });
		const result = await runAsset(sandbox(), 'upload', { binaryPropertyName: '={{ $json.picture }}' }, [
			{ json: { picture: binary?.picture as never } },
		]);
		expectOwnAssets(result, sandbox(), [file]);
	});

	it('that several items carry goes up once', async () => {
		const { binary } = await itemWith({ data: pngFile() });
		const items = Array.from({ length: 5 }, () => ({ json: {}, binary: { ...binary } }));
		const result = await runAsset(sandbox(), 'upload', {}, items);
		expect(linksOf(result)).toEqual([0, 1, 2, 3, 4]);
		expect(new Set(jsonOf(result).map(({ asset_id }) => asset_id)).size).toBe(1);
		expect(sandbox().stats()).toMatchObject({ requestsTotal: 1, assetsCreated: 1 });
	});

	it('of the same content and name, stored twice, goes up once', async () => {
		const result = await runAsset(sandbox(), 'upload', {}, await itemsOf([pngFile(), pngFile()]));
		expect(linksOf(result)).toEqual([0, 1]);
		expect(sandbox().stats()).toMatchObject({ requestsTotal: 1, assetsCreated: 1 });
	});

	it('of the same content under another name goes up again', async () => {
		const files = [pngFile('one.png', 'same'), pngFile('two.png', 'same')];
		expectOwnAssets(await runAsset(sandbox(), 'upload', {}, await itemsOf(files)), sandbox(), files);
		expect(sandbox().stats().assetsCreated).toBe(2);
	});

	it('goes up anew in every run of a loop', async () => {
		const result = await runAsset(sandbox(), 'upload', {}, await itemsOf([pngFile()]), { times: 2 });
		expect(result.originalError).toBeUndefined();
		expect(sandbox().stats().assetsCreated).toBe(2);
	});

	it('goes up once in all executions with a key of the user\'s own', async () => {
		const items = await itemsOf([pngFile(), zipFile()]);
		const own = { options: { idempotencyKey: 'order-7' } };
		const first = await runAsset(sandbox(), 'upload', own, items);
		const second = await runAsset(sandbox(), 'upload', own, items);
		expect(jsonOf(second).map(({ asset_id }) => asset_id)).toEqual(jsonOf(first).map(({ asset_id }) => asset_id));
		expect(sandbox().stats().assetsCreated).toBe(2);
	});
});

describe('the name of a file', () => {
	const content = png();
	/** What n8n knows of the file, the parameters, and how it is called in HeyGen. */
	const names: ReadonlyArray<[what: string, file: Partial<SampleFile>, parameters: INodeParameters, name: string]> = [
		['is that of the option', { fileName: 'x.png' }, withName('logo.png'), 'logo.png'],
		['gets the extension of the real format', { fileName: 'x.png' }, withName('logo'), 'logo.png'],
		['corrects a wrong extension', { fileName: 'photo.jpg' }, withName('photo.png'), 'photo.png'],
		['corrects a wrong media type', { fileName: 'photo', mimeType: 'image/jpeg' }, withName('photo.png'), 'photo.png'],
		['comes from an expression', { fileName: 'x.png' }, withName('=row-{{ $json.row }}.png'), 'row-0.png'],
		['is the field\'s where there is none', { fileName: '' }, {}, 'data.png'],
		['keeps an extension in capitals', { fileName: 'SHOT.PNG' }, {}, 'SHOT.PNG'],
		['keeps dots', { fileName: 'v1.2 final.png' }, {}, 'v1.2 final.png'],
		['keeps letters of all scripts', { fileName: 'Größe 音声 😀.png' }, {}, 'Größe 音声 😀.png'],
		['loses its folders', { fileName: 'C:\\temp\\a/b/logo.png' }, {}, 'logo.png'],
		['loses quotes and line breaks', { fileName: 'a"b\r\nc.png' }, {}, 'abc.png'],
		['is cut in front when it is long', { fileName: `${'a'.repeat(300)}.png` }, {}, `${'a'.repeat(116)}.png`],
	];

	it.each(names)('%s', async (_what, file, parameters, name) => {
		const items = await itemsOf([{ fileName: 'picture.png', mimeType: 'image/png', content, ...file }]);
		const result = await runAsset(sandbox(), 'upload', parameters, items);
		expect(result.originalError).toBeUndefined();
		expect(arrived()).toEqual([{ filename: name, mimeType: 'image/png', hash: sha256(content) }]);
	});

	it.each([
		['in a form', 'png', png()],
		['directly', 'zip', zipFile().content],
	])('is not cut within a character, going up %s', async (_how, extension, bytes) => {
		const fileName = `${'😀'.repeat(80)}a.${extension}`;
		const items = await itemsOf([{ fileName, mimeType: '', content: bytes }]);
		const result = await runAsset(sandbox(), 'upload', {}, items);
		expect(result.originalError).toBeUndefined();
		expect(arrived()).toHaveLength(1);
		expect(arrived()[0]?.filename).toMatch(/^(😀)+a\.\w+$/u);
	});

	it('is the same in a direct upload', async () => {
		const file = zipFile('Größe 音声 😀.zip');
		expectOwnAssets(await runAsset(sandbox(), 'upload', {}, await itemsOf([file])), sandbox(), [file]);
	});
});

it('a file with no name and no media type is known by its content', async () => {
	const items = await itemsOf([{ fileName: '', mimeType: 'application/octet-stream', content: srt() }]);
	await runAsset(sandbox(), 'upload', {}, items);
	expect(arrived()).toEqual([{ filename: 'data.srt', mimeType: 'application/x-subrip', hash: sha256(srt()) }]);
});
