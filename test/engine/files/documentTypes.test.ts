/** The ten kinds of file that HeyGen takes: each arrives as what it is, and under a wrong name none is sent. */
import { itemsOf, runAsset, sha256, SLOT, UPLOAD, usableAssets } from '../support/assetSupport';
import type { BinaryMode } from '../support/harness';
import { KINDS, type SampleFile } from '../support/sampleFiles';
import { bodiesOf, countOf, errorOf, useSandbox, useTiming } from '../support/support';

useTiming();
const sandbox = useSandbox();

/** How messages name a format, by its extension. */
const FORMAT_NAMES: Record<string, string> = {
	png: 'a PNG image',
	jpg: 'a JPEG image',
	jpeg: 'a JPEG image',
	mp4: 'an MP4 video',
	webm: 'a WebM video',
	mp3: 'an MP3 file',
	wav: 'a WAV file',
	pdf: 'a PDF document',
	srt: 'an SRT subtitle file',
	zip: 'a ZIP archive',
};

const fileOf = (fileName: string, mimeType: string, content: Buffer): SampleFile => ({ fileName, mimeType, content });

async function upload(file: SampleFile, binaryMode: BinaryMode = 'default') {
	return await runAsset(sandbox(), 'upload', {}, await itemsOf([file], binaryMode), { binaryMode });
}

describe.each(KINDS)('a file .%s', (extension, mediaType, content) => {
	async function expectArrived(file: SampleFile, binaryMode?: BinaryMode): Promise<void> {
		const result = await upload(file, binaryMode);
		expect(result.originalError).toBeUndefined();
		expect(result.outputs[0]?.[0]?.json).toMatchObject({ mime_type: mediaType, size_bytes: content.length });
		expect(usableAssets(sandbox())).toEqual([
			expect.objectContaining({
				filename: file.fileName,
				mimeType: mediaType,
				sizeBytes: content.length,
				sha256: sha256(content),
			}),
		]);
		const direct = extension === 'zip';
		expect([countOf(sandbox(), UPLOAD), countOf(sandbox(), SLOT)]).toEqual(direct ? [0, 1] : [1, 0]);
		const declared = bodiesOf(sandbox(), direct ? SLOT : UPLOAD)[0];
		expect((direct ? declared : (declared?.file as object)) ?? {}).toMatchObject({ content_type: mediaType });
	}

	it('arrives with the right media type', async () => {
		await expectArrived(fileOf(`file.${extension}`, mediaType, content));
	});

	it('arrives from the disk', async () => {
		await expectArrived(fileOf(`file.${extension}`, mediaType, content), 'filesystem');
	});

	it('arrives although n8n takes it for something unknown', async () => {
		await expectArrived(fileOf(`file.${extension}`, 'application/octet-stream', content));
	});

	it('arrives although its extension is in capitals', async () => {
		await expectArrived(fileOf(`FILE.${extension.toUpperCase()}`, mediaType, content));
	});

	const wrong = KINDS.map(([other]) => other).filter((other) => FORMAT_NAMES[other] !== FORMAT_NAMES[extension]);

	it.each(wrong)('is refused as .%s, and nothing is sent', async (other) => {
		const error = errorOf(await upload(fileOf(`file.${other}`, mediaType, content)));
		const [, short] = (FORMAT_NAMES[other] as string).split(' ');
		expect(error.message).toBe(
			`'Input Binary Field': "file.${other}" is ${FORMAT_NAMES[extension]}, but its name says ${short} (item 1)`,
		);
		expect(error.description).toContain('HeyGen refuses files whose extension is not that of their real format');
		expect(sandbox().stats()).toMatchObject({ requestsTotal: 0, fileRequests: 0 });
	});
});
