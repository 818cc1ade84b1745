/** Files as people name them, and sound that is no file of its kind: understood, or refused with what to do. */
import type { IBinaryData } from 'n8n-workflow';
import { itemWith, runAsset } from '../support/assetSupport';
import { png } from '../support/sampleFiles';
import { avatar, errorOf, jsonOf, runVideo, useSandbox, useTiming } from '../support/support';

useTiming();
const sandbox = useSandbox();

const image = { fileName: 'a.png', mimeType: 'image/png', content: png() };

describe('the name of a binary field', () => {
	it.each(['={{ $binary.data }}', '={{ $binary["data"] }}', '={{ $binary }}', '={{ $input.item.binary.data }}', '={{ ["data"] }}', '={{ JSON.stringify(["data"]) }}', ' data '])(
		'may be %s',
		async (binaryPropertyName) => {
			const items = [await itemWith({ data: image })];
			const result = await runAsset(sandbox(), 'upload', { binaryPropertyName }, items);
			expect(jsonOf(result)).toEqual([expect.objectContaining({ asset_id: expect.any(String) as string })]);
		},
	);

	it('is not guessed between two files that n8n knows the same of', async () => {
		const other = { ...image, content: png(5) };
		const items = [await itemWith({ data: image, logo: other, copy: image })];
		const upload = async (binaryPropertyName: string) => await runAsset(sandbox(), 'upload', { binaryPropertyName }, items);
		expect(errorOf(await upload('={{ $binary.logo }}')).message).toMatch(/^'Input Binary Field': the item has no such binary data/);
		expect(jsonOf(await upload('={{ $("Start").item.binary.logo }}'))).toHaveLength(1);
	});

	it('is told from a file that ended up in a text', async () => {
		const items = [await itemWith({ data: image })];
		const error = errorOf(await runAsset(sandbox(), 'upload', { binaryPropertyName: '={{ $binary.data }} ' }, items));
		expect(error.message).toMatch(/^'Input Binary Field' takes the name of a binary field, such as data, but was given "\[object Object\]"/);
		expect(error.description).toContain("The item's binary fields are: data.");
	});

	it('may be given as a file for the output too, and never becomes [object Object]', async () => {
		const items = [await itemWith({ photo: image })];
		const [uploaded] = jsonOf(await runAsset(sandbox(), 'upload', { binaryPropertyName: 'photo' }, items));
		const download = async (binaryPropertyName: string) =>
			await runAsset(sandbox(), 'download', { assetId: uploaded?.asset_id as string, binaryPropertyName }, items);
		const taken = await download('={{ $binary.photo }}');
		expect(Object.keys(taken.outputs[0]?.[0]?.binary ?? {})).toEqual(['photo']);
		for (const given of ['={{ $binary.photo }} ', '={{ ({ a: 1 }) }}']) {
			expect(errorOf(await download(given)).message).toMatch(/^'Put Output File in Field' takes the name of a binary field/);
		}
	});
});

describe('sound without a header', () => {
	it.each([
		['speech', 'audio/L16;codec=pcm;rate=24000'],
		['speech.wav', 'audio/pcm'],
		['speech.pcm', 'application/octet-stream'],
		['speech.raw', ''],
	])('is told, and how to make a WAV of it: %s, %s', async (fileName, mimeType) => {
		for (const start of [[0, 0, 0, 0], [0xff, 0xf1, 0xff, 0xf0], [0xff, 0xfb, 0x90, 0x64]]) {
			const content = Buffer.concat([Buffer.from(start), Buffer.alloc(2_000, 3)]);
			const items = [await itemWith({ data: { fileName, mimeType, content } })];
			const error = errorOf(await runVideo(sandbox(), 'createAvatar', avatar({ audioSource: 'binary', audioBinaryPropertyName: 'data' }), { items }));
			expect(error.message).toMatch(/is raw audio \(PCM\) without a header/);
			expect(error.description).toContain('WAV header');
		}
	});

	it('is suspected in a WAV file that is none', async () => {
		const items = [await itemWith({ data: { fileName: 'a.wav', mimeType: 'audio/wav', content: Buffer.alloc(2_000, 3) } })];
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', avatar({ audioSource: 'binary', audioBinaryPropertyName: 'data' }), { items }));
		expect(error.message).toContain('is not a WAV file');
		expect(error.description).toMatch(/raw audio \(PCM\).*WAV header/);
	});
});

describe('a file that code has made', () => {
	const content = png().toString('base64');
	const upload = async (data: object) =>
		await runAsset(sandbox(), 'upload', { binaryPropertyName: 'data' }, [{ json: {}, binary: { data: data as IBinaryData } }]);
	/** The name that the file has in HeyGen. */
	const nameOf = (url: unknown) => new URL(String(url)).pathname.split('/').at(-1);

	it.each<[object, string]>([
		[{ data: content, mimeType: 'image/png', fileName: 1042 }, '1042.png'],
		[{ data: content, mimeType: 'image/png', fileName: { a: 1 } }, 'data.png'],
		[{ data: content, mimeType: 'image/png', fileName: '\u200B' }, 'data.png'],
		[{ data: content, mimeType: 7, fileName: 'a.png' }, 'a.png'],
		[{ data: content, mimeType: null, id: null }, 'data.png'],
		[{ data: content, mimeType: 'image/png', id: '' }, 'data.png'],
		[{ data: `data:image/png;base64,${content}`, mimeType: 'image/png', fileName: 'a.png' }, 'a.png'],
		[{ data: png(), mimeType: 'image/png', fileName: 'a.png' }, 'a.png'],
	])('goes up as far as it can be understood: %#', async (data, name) => {
		const result = await upload(data);
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result).map(({ url, size_bytes: size }) => [nameOf(url), size])).toEqual([[name, png().length]]);
	});

	it.each([{}, { data: null }])('without content is empty: %j', async (none) => {
		const error = errorOf(await upload({ mimeType: 'image/png', fileName: 'a.png', ...none }));
		expect(error.message).toBe(`'Input Binary Field': "a.png" is empty (item 1)`);
	});
});
