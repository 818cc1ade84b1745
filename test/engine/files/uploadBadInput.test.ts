/** What is not right about files, addresses and brands is said before anything is sent, and names the field. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { sampleFile } from '../../sandbox';
import { itemWith, runAsset } from '../support/assetSupport';
import { docx, isoFile, png, pngFile, srt, webp, zipFile } from '../support/sampleFiles';
import { avatar, errorOf, jsonOf, linksOf, locator, runVideo, useSandbox, useTiming } from '../support/support';

useTiming();
const sandbox = useSandbox();

const EMPTY = '={{ $json.nothing }}';

/** Checks the error of a run that sent nothing. */
function expectRefused(result: Parameters<typeof errorOf>[0], message: RegExp): void {
	const error = errorOf(result);
	expect(error.message).toMatch(message);
	expect(error.message).toMatch(/ \(item 1\)$/);
	expect(sandbox().stats()).toMatchObject({ requestsTotal: 0, fileRequests: 0, assetsCreated: 0, videosCreated: 0 });
}

describe('a file', () => {
	const text = Buffer.from('Some text that is no format at all.');
	const cases: ReadonlyArray<[what: string, fileName: string, mimeType: string, content: Buffer, message: RegExp]> = [
		['that is empty', 'a.png', 'image/png', Buffer.alloc(0), /^'Input Binary Field': "a\.png" is empty/],
		[
			'that is damaged',
			'a.png',
			'image/png',
			png().subarray(4),
			/^'Input Binary Field': "a\.png" is not a PNG image, although its name or media type says so/,
		],
		[
			'with the name of another format',
			'a.jpg',
			'image/jpeg',
			png(),
			/^'Input Binary Field': "a\.jpg" is a PNG image, but its name says JPEG/,
		],
		[
			'with the media type of another format, and no extension',
			'picture',
			'image/jpeg; charset=binary',
			png(),
			/^'Input Binary Field': "picture" is a PNG image, but its media type says image\/jpeg/,
		],
		[
			'of no known format',
			'notes.xyz',
			'application/octet-stream',
			text,
			/^'Input Binary Field': "notes\.xyz" is in a format that is not known/,
		],
		[
			'that is a GIF',
			'a.gif',
			'image/gif',
			sampleFile('gif'),
			/^'Input Binary Field': "a\.gif" is a GIF image, but HeyGen takes only PNG, JPEG, MP4, WebM, MP3, WAV, PDF, SRT or ZIP here/,
		],
		['that is a WebP', 'a.webp', 'image/webp', webp(), /^'Input Binary Field': "a\.webp" is a WebP image, but HeyGen/],
		[
			'that is a WebP called PNG',
			'a.png',
			'image/png',
			webp(),
			/^'Input Binary Field': "a\.png" is a WebP image, but HeyGen takes only/,
		],
		['that is a HEIC', 'a.heic', 'image/heic', isoFile('heic'), /^'Input Binary Field': "a\.heic" is a HEIC image/],
		['that is a MOV', 'a.mov', 'video/quicktime', isoFile('qt  '), /^'Input Binary Field': "a\.mov" is a QuickTime video/],
		[
			'that is a MOV called MP4',
			'a.mp4',
			'video/mp4',
			isoFile('qt  '),
			/^'Input Binary Field': "a\.mp4" is a QuickTime video, but HeyGen/,
		],
		['that is an M4A', 'a.m4a', 'audio/mp4', isoFile('M4A '), /^'Input Binary Field': "a\.m4a" is an M4A audio file/],
		[
			'that is a Word document',
			'a.docx',
			'',
			docx(),
			/^'Input Binary Field': "a\.docx" is an Office or e-book document, but HeyGen/,
		],
		[
			'that is a web page',
			'a.png',
			'image/png',
			Buffer.from('<!DOCTYPE html><html><body>Log in</body></html>'),
			/^'Input Binary Field': "a\.png" is a web page, but HeyGen takes only/,
		],
		[
			'that is JSON',
			'a.pdf',
			'application/pdf',
			Buffer.from('{ "error": "not found" }'),
			/^'Input Binary Field': "a\.pdf" is a JSON text, but HeyGen takes only/,
		],
		[
			'that is no SRT',
			'a.srt',
			'application/x-subrip',
			text,
			/^'Input Binary Field': "a\.srt" is not an SRT subtitle file/,
		],
		[
			'that is WebVTT called SRT',
			'a.srt',
			'application/x-subrip',
			Buffer.from('WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n'),
			/^'Input Binary Field': "a\.srt" is a WebVTT subtitle file, but HeyGen takes only/,
		],
	];

	it.each(cases)('%s is refused', async (_what, fileName, mimeType, content, message) => {
		const item = await itemWith({ data: { fileName, mimeType, content } });
		expectRefused(await runAsset(sandbox(), 'upload', {}, [item]), message);
	});
});

describe('an upload', () => {
	const two = { photo: pngFile('photo.png'), sub: { fileName: 's.srt', mimeType: '', content: srt() } };
	const upload = async (parameters: INodeParameters, item: INodeExecutionData) =>
		await runAsset(sandbox(), 'upload', parameters, [item]);

	it.each([
		['of a field that is not there', 'film', /^'Input Binary Field': the item has no binary field "film"/],
		['of an empty field', EMPTY, /^'Input Binary Field' is empty/],
		['of nothing but commas', ' , ,', /^'Input Binary Field' is empty/],
		['of several, one of which is not there', 'photo, film', /^'Input Binary Field': the item has no binary field "film"/],
		['of a list with nothing in it', '={{ [null] }}', /^'Input Binary Field' is empty/],
		['of an object that is no file', '={{ ({ a: 1 }) }}', /^'Input Binary Field': the item has no such binary data/],
	])('%s is refused', async (_what, binaryPropertyName, message) => {
		const result = await upload({ binaryPropertyName }, await itemWith(two));
		expectRefused(result, message);
		expect(errorOf(result).description).toContain("The item's binary fields are: photo, sub.");
	});

	it('without any file is refused, and told where files come from', async () => {
		const result = await upload({}, { json: {} });
		expectRefused(result, /^'Input Binary Field': the item has no binary field "data"/);
		expect(errorOf(result).description).toContain('The item carries no file.');
	});

	it('of all fields of an item without files is refused', async () => {
		const result = await upload({ allBinaryFields: true }, { json: {} });
		expectRefused(result, /^'All Binary Fields': the item carries no file/);
	});

	it.each([
		['named', { binaryPropertyName: 'photo, sub' }],
		['all', { allBinaryFields: true }],
	])('of several files under one name is refused: %s', async (_how, parameters) => {
		const options = { fileName: 'logo.png' };
		expectRefused(
			await upload({ ...parameters, options }, await itemWith(two)),
			/^'File Name' is one name, but the item has 2 files to upload/,
		);
	});

	it('under the name of another format is refused', async () => {
		const options = { fileName: 'logo.jpg' };
		expectRefused(
			await upload({ binaryPropertyName: 'photo', options }, await itemWith(two)),
			/^'Input Binary Field': "logo\.jpg" is a PNG image, but its name says JPEG/,
		);
	});

	it.each([
		['a form', pngFile()],
		['a direct upload', zipFile()],
	])('with a key of bad characters is refused: %s', async (_what, data) => {
		const options = { idempotencyKey: 'row 7' };
		expectRefused(await upload({ options }, await itemWith({ data })), /^'Idempotency Key' may hold only letters/);
	});

	it('checks all files of an item before the first is sent', async () => {
		const item = await itemWith({ a: pngFile(), b: { ...pngFile(), content: Buffer.from('broken') } });
		expectRefused(await upload({ allBinaryFields: true }, item), /^'Input Binary Field': "picture\.png" is not a PNG/);
	});

	it('refuses the bad item of several alone, where the node goes on', async () => {
		const items = [await itemWith(two), { json: { row: 1 } }, await itemWith(two)];
		const options = { onError: 'continueErrorOutput' } as const;
		const result = await runAsset(sandbox(), 'upload', { binaryPropertyName: 'photo' }, items, options);
		expect(linksOf(result)).toEqual([0, 2]);
		expect(jsonOf(result, 1)).toEqual([
			{
				row: 1,
				error: `'Input Binary Field': the item has no binary field "photo" (item 2)`,
				details: { description: expect.stringContaining('The item carries no file.') },
			},
		]);
	});
});

describe('other operations refuse', () => {
	const kit = { resource: 'brandKit' };
	const glossary = { resource: 'brandGlossary' };
	const folder = { resource: 'folder' };
	const terms = (...rows: INodeParameters[]): INodeParameters => ({ terms: { term: rows } });

	const cases: ReadonlyArray<[what: string, operation: string, parameters: INodeParameters, message: RegExp]> = [
		['no asset to get', 'get', { assetId: EMPTY }, /^'Asset ID' is empty/],
		['no asset to delete', 'delete', { assetId: EMPTY }, /^'Asset ID' is empty/],
		['no asset to download', 'download', { assetId: EMPTY }, /^'Asset ID' is empty/],
		['an asset that is a step in a path', 'get', { assetId: '..' }, /^'Asset ID' is not an ID: "\.\."/],
		[
			'no field for the file',
			'download',
			{ assetId: 'asset_1', binaryPropertyName: '={{ " " }}' },
			/^'Put Output File in Field' is empty/,
		],
		['no batch', 'getBatch', { batchId: EMPTY }, /^'Batch ID' is empty/],
		['no ids of assets', 'getStatuses', { assetIds: EMPTY }, /^'Asset IDs' and 'Batch IDs' are both empty/],
		['nothing to search for', 'search', { query: EMPTY }, /^'Query' is empty/],
		[
			'a folder and none at all',
			'getAll',
			{ filters: { folderId: 'folder_1', withoutFolder: true } },
			/^'Without Folder' cannot be combined with 'Folder ID'/,
		],
		['a limit of nothing', 'getAll', { limit: '={{ 0 }}' }, /^'Limit' must be a whole number of 1 or more, but it is "0"/],
		[
			'a website at http://',
			'create',
			{ ...kit, url: 'http://example.com' },
			/^'URL' must be an address that starts with https:\/\//,
		],
		['no website', 'create', { ...kit, url: EMPTY }, /^'URL' is empty/],
		['no new name of a kit', 'update', { ...kit, brandKitId: locator('kit_acme'), name: EMPTY }, /^'Name' is empty/],
		['no brand kit', 'get', { ...kit, brandKitId: locator(EMPTY) }, /^'Brand Kit' is empty/],
		['no brand glossary', 'delete', { ...glossary, brandGlossaryId: locator(EMPTY) }, /^'Brand Glossary' is empty/],
		['no name of a glossary', 'create', { ...glossary, name: EMPTY }, /^'Name' is empty/],
		[
			'a term that says nothing',
			'create',
			{ ...glossary, name: 'Words', ...terms({ term: 'Kubernetes' }) },
			/^'Terms → 1' \("Kubernetes"\) needs a pronunciation or a translation/,
		],
		[
			'a term without a word',
			'create',
			{ ...glossary, name: 'Words', ...terms({ term: 'A', translation: 'B' }, { term: '', pronunciation: 'koo' }) },
			/^'Terms → 2 → Term' is empty/,
		],
		[
			'nothing to change',
			'update',
			{ ...glossary, brandGlossaryId: locator('glossary_law') },
			/^'Name' and the terms are both empty: there is nothing to change/,
		],
		[
			'a name of 257 characters',
			'create',
			{ ...folder, name: '={{ "a".repeat(257) }}' },
			/^'Name' may have at most 256 characters/,
		],
		['no name of a folder', 'create', { ...folder, name: EMPTY }, /^'Name' is empty/],
		[
			'an unknown type of folder',
			'create',
			{ ...folder, name: 'Films', options: { type: '={{ "films" }}' } },
			/^'Type' must be one of mixed, video, video_translate/,
		],
		[
			'a key of bad characters',
			'create',
			{ ...folder, name: 'Films', options: { idempotencyKey: 'a b' } },
			/^'Idempotency Key' may hold only letters/,
		],
		['no folder', 'get', { ...folder, folderId: EMPTY }, /^'Folder ID' is empty/],
	];

	it.each(cases)('%s', async (_what, operation, parameters, message) => {
		expectRefused(await runAsset(sandbox(), operation, parameters), message);
	});
});

describe('an address of a file', () => {
	const byExpression = { script: '={{ "" }}', audioAssetId: '={{ "" }}' } as const;
	const takes = 'but HeyGen takes only MP3 or WAV here';
	const notUsable = 'which HeyGen cannot use as a file:';
	const hidden = 'points into a private network, which HeyGen cannot reach';
	const drive = 'https://drive.google.com/file/d/1x/view?usp=sharing';
	const cases: ReadonlyArray<[what: string, url: string, says: string]> = [
		['at http://', 'http://example.com/a.mp3', 'must be an address that starts with https:\\/\\/'],
		['on Google Drive', drive, `is a Google Drive page, ${notUsable} fetch the file with n8n's Google Drive node`],
		['on Dropbox', 'https://www.dropbox.com/s/x/a.mp3?dl=0', `is a Dropbox page, ${notUsable}`],
		['on OneDrive', 'https://1drv.ms/u/s!abc', `is a OneDrive page, ${notUsable}`],
		['on YouTube', 'https://youtu.be/dQw4w9WgXcQ', `is a page rather than a file, ${notUsable}`],
		[
			'without an extension',
			'https://example.com/speech',
			'does not say what file it is: the address must end in the extension of an MP3 or WAV file',
		],
		['of another kind of file', 'https://example.com/a.mp4', `is an MP4 video, ${takes}`],
		['of an Ogg', 'https://example.com/a.ogg?x=a.mp3', `is an OGG audio file, ${takes}`],
		['in a private network', 'https://192.168.1.7/a.mp3', hidden],
		['on this machine', 'https://localhost/a.mp3', hidden],
		['on a machine without a domain', 'https://nas/a.mp3', hidden],
		[
			'with a login',
			'https://user:pass@example.com/a.mp3',
			'carries a login, but HeyGen fetches files without one',
		],
		[
			'of a page',
			'https://example.com/speech.html',
			`is a web page, ${notUsable} give the address of an MP3 or WAV file`,
		],
		['that is none', 'speech.mp3', 'must be an address that starts with https:\\/\\/'],
		[
			'that is the file itself',
			'data:audio/mpeg;base64,SUQz',
			"holds the file itself, which HeyGen does not take here: make a file of it with n8n's Convert to File node",
		],
	];

	it.each(cases)('%s is refused for audio', async (_what, audioUrl, says) => {
		const parameters: INodeParameters = { ...avatar(), ...byExpression, audioSource: 'url', audioUrl };
		const result = await runVideo(sandbox(), 'createAvatar', parameters);
		expectRefused(result, new RegExp(`^'Audio URL' ${says}`));
		expect(errorOf(result).message).not.toContain('user:pass');
	});

	const behind = (url: string) => ({ background: { imageUrl: { url } } });
	const marked = (imageUrl: string) => ({ watermark: { settings: { imageUrl } } });

	it.each([
		['of a page', behind('https://example.com/office.html'), /^'Background → URL' is a web page/],
		['of a film', behind('https://example.com/a.mp4'), /^'Background → URL' is an MP4 video/],
		['of a WebP', marked('https://example.com/a.webp'), /^'Watermark → Image' is a WebP image/],
		['on Drive', marked('https://drive.google.com/x'), /^'Watermark → Image' is a Google Drive page/],
	])('%s is refused for a picture', async (_what, options, message) => {
		const parameters = avatar({ script: 'Hello', options: options as INodeParameters });
		expectRefused(await runVideo(sandbox(), 'createAvatar', parameters), message);
	});

	it.each([
		'https://example.com/a.MP3',
		'https://example.com/a.wav?token=1#t',
		'https://www.dropbox.com/s/x/a.mp3?raw=1',
		'https://8.8.8.8/a.mp3',
	])('that is right goes on: %s', async (audioUrl) => {
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ audioSource: 'url', audioUrl }));
		expect(result.originalError).toBeUndefined();
		expect((sandbox().requests()[0]?.body as IDataObject).audio_url).toBe(audioUrl);
	});
});

describe('a file of a video', () => {
	it.each([
		['not there', 'film', /^'Audio Binary Field': the item has no binary field "film"/],
		['empty', EMPTY, /^'Audio Binary Field' is empty/],
		['a picture', 'photo', /^'Audio Binary Field': "photo\.png" is a PNG image, but HeyGen takes only MP3 or WAV here/],
	])('that is %s is refused', async (_what, audioBinaryPropertyName, message) => {
		const item = await itemWith({ photo: pngFile('photo.png') });
		const parameters = avatar({ audioSource: 'binary', audioBinaryPropertyName });
		expectRefused(await runVideo(sandbox(), 'createAvatar', parameters, { items: [item] }), message);
	});

	it('is refused with a key of its own in a batch, and not uploaded', async () => {
		const item = await itemWith({ photo: pngFile('photo.png') });
		const options = {
			sendAsBatch: true,
			idempotencyKey: 'row-7',
			background: { imageFile: { binaryPropertyName: 'photo' } },
		};
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hello', options }), { items: [item] });
		expectRefused(result, /^'Idempotency Key' cannot be combined with 'Send as Batch'/);
	});

	it('is refused for a video with a transparent background', async () => {
		const item = await itemWith({ photo: pngFile('photo.png') });
		const options = { outputFormat: 'webm', background: { imageFile: { binaryPropertyName: 'photo' } } };
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hello', options }), { items: [item] });
		expectRefused(result, /^'Background' cannot be combined with the output format 'webm'/);
	});
});
