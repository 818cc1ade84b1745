/** What was uploaded comes back the same, whatever happens on the way. */
import type { INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { SandboxClient } from '../../sandbox/client';
import { GET_ASSET, itemsOf, runAsset, sha256 } from '../support/assetSupport';
import { readBinary, type BinaryMode } from '../support/harness';
import { KINDS, mp4Of, pngFile, wavFile, zipFile, type SampleFile } from '../support/sampleFiles';
import { countOf, errorOf, idItems, itemAt, jsonOf, linksOf, useSandbox, useTiming, type NodeRunOptions } from '../support/support';

useTiming();
const sandbox = useSandbox();
const FILES = { path: '/files', method: 'GET' } as const;

/** Uploads files with the node. @returns their asset ids. */
async function uploaded(files: readonly SampleFile[], binaryMode: BinaryMode = 'default'): Promise<string[]> {
	const result = await runAsset(sandbox(), 'upload', {}, await itemsOf(files, binaryMode), { binaryMode });
	expect(result.originalError).toBeUndefined();
	return jsonOf(result).map(({ asset_id: id }) => String(id));
}

async function fetched(ids: readonly string[], parameters: INodeParameters = {}, options: NodeRunOptions = {}) {
	const given = { assetId: '={{ $json.id }}', ...parameters };
	return await runAsset(sandbox(), 'download', given, idItems(ids), options);
}

describe.each(['default', 'filesystem'] as const)('a round trip in the binary mode "%s"', (binaryMode) => {
	it.each(KINDS)('gives a file .%s back', async (extension, mimeType, content) => {
		const fileName = `file.${extension}`;
		const [id = ''] = await uploaded([{ fileName, mimeType, content }], binaryMode);
		const result = await fetched([id], {}, { binaryMode });
		expect(jsonOf(result)).toEqual([expect.objectContaining({ asset_id: id, name: fileName, owner: 'sandbox' })]);
		expect(linksOf(result)).toEqual([0]);
		const item = itemAt(result);
		expect(item.binary?.data).toMatchObject({ fileName, mimeType, fileExtension: expect.any(String) });
		expect(sha256(await readBinary(item, 'data'))).toBe(sha256(content));
	});

	it('gives a large file back', async () => {
		const content = mp4Of(33_000_000);
		const [id = ''] = await uploaded([{ fileName: 'film.mp4', mimeType: 'video/mp4', content }], binaryMode);
		const result = await fetched([id], {}, { binaryMode });
		expect(sha256(await readBinary(itemAt(result), 'data'))).toBe(sha256(content));
		expect(sandbox().stats().keysSeenOnFileHost).toBe(0);
	});
});

describe('a download', () => {
	it('of several items gives each its own file', async () => {
		const files = [pngFile('a.png'), wavFile('b.wav'), zipFile('c.zip')];
		const result = await fetched(await uploaded(files));
		expect(linksOf(result)).toEqual([0, 1, 2]);
		for (const [index, { content }] of files.entries()) {
			expect((await readBinary(itemAt(result, index), 'data')).equals(content)).toBe(true);
		}
	});

	it('puts the file into the field that is named', async () => {
		const result = await fetched(await uploaded([pngFile()]), { binaryPropertyName: ' picture ' });
		expect(Object.keys(itemAt(result).binary ?? {})).toEqual(['picture']);
	});

	it.each(['Größe 音声 😀.png', '100 % sure.png', 'a#b?c.png', 'SHOT.PNG', 'v1.2.final.png'])(
		'keeps the name %s',
		async (fileName) => {
			const result = await fetched(await uploaded([pngFile(fileName)]));
			expect(itemAt(result).binary?.data?.fileName).toBe(fileName);
		},
	);

	it('of an asset whose name has no extension keeps its name and type', async () => {
		const client = new SandboxClient(sandbox().url);
		const { body } = await client.upload('portrait', pngFile().content, { unchecked: true });
		const result = await fetched([String(body.data.asset_id)]);
		expect(itemAt(result).binary?.data).toMatchObject({ fileName: 'portrait', mimeType: 'image/png', fileExtension: 'png' });
		expect((await readBinary(itemAt(result), 'data')).equals(pngFile().content)).toBe(true);
	});

	it('gets a new address when the first has expired, once', async () => {
		const ids = await uploaded([pngFile()]);
		sandbox().addFault({ match: FILES, kind: 'expired_url' });
		const result = await fetched(ids);
		expect((await readBinary(itemAt(result), 'data')).equals(pngFile().content)).toBe(true);
		expect(countOf(sandbox(), GET_ASSET)).toBe(2);
		// The address put out is the one that opens.
		const address = await fetch(String(itemAt(result).json.url));
		expect(address.status).toBe(200);
		const names = new URL(String(itemAt(result).json.url)).searchParams;
		expect(Number(names.get('Nonce'))).toBeGreaterThan(2);
	});

	it('gives up when the new address does not open either', async () => {
		const [id = ''] = await uploaded([pngFile()]);
		sandbox().addFault({ match: FILES, kind: 'expired_url', times: -1 });
		const error = errorOf(await fetched([id]));
		expect(error.message).toBe(
			`Could not download the file of asset ${id}: the file host answered with HTTP status 403 (item 1)`,
		);
		expect(error.description).toContain('The asset itself is safe in HeyGen.');
		expect(countOf(sandbox(), GET_ASSET)).toBe(2);
	});

	it.each(['status', 'drop_before', 'truncate', 'garbage'] as const)('gets over a passing %s', async (kind) => {
		const ids = await uploaded([pngFile()]);
		sandbox().addFault({ match: FILES, kind, times: timing.retryCount });
		const result = await fetched(ids);
		expect((await readBinary(itemAt(result), 'data')).equals(pngFile().content)).toBe(true);
	});

	it('of an asset that fails leaves the others alone', async () => {
		const ids = await uploaded([pngFile('a.png'), pngFile('b.png')]);
		const result = await fetched([ids[0] ?? '', 'asset_gone', ids[1] ?? ''], {}, { onError: 'continueErrorOutput' });
		expect(linksOf(result)).toEqual([0, 2]);
		expect(linksOf(result, 1)).toEqual([1]);
	});

	it('can be uploaded again as it came', async () => {
		const [id = ''] = await uploaded([pngFile('round.png')]);
		const result = await fetched([id]);
		const again = await runAsset(sandbox(), 'upload', {}, result.outputs[0]);
		expect(again.originalError).toBeUndefined();
		expect(sandbox().assets.map(({ filename, sha256: hash }) => [filename, hash])).toEqual(
			Array(2).fill(['round.png', sha256(pngFile('round.png').content)]),
		);
	});
});
