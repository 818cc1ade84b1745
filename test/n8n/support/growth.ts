import type { Execution } from '../host/execution';
import { type DiskFile, mp4Of, putFile, readFiles } from './files';
import { assetNode, createAvatar, HEYGEN, heyGenNode, runNode, runNodes, scripts, type Suite } from './suite';

/** Transfers that are measured by what n8n's resident memory grows by at its peak. All figures are in MiB. */

export const MIB = 1024 ** 2;

/** Above what HeyGen takes in a form, so that it goes up directly. */
const SMALL_DIRECT_BYTES = 33_000_000;
const TIMEOUT_MS = 300_000;

/** What a piece of work came to, and what it took. */
export interface Grown<T> {
	result: T;
	/** Resident memory at its peak, less what it was before. */
	growth: number;
}

/**
 * Measures what n8n's memory grows by while something runs in it.
 *
 * @param suite whose n8n
 * @param work what runs; it should have run before with little, as what a process loads at first is not what is meant
 */
export async function growthOf<T>({ n8n }: Suite, work: () => Promise<T>): Promise<Grown<T>> {
	await n8n.resetPeakRss();
	const before = await n8n.rssBytes();
	const result = await work();
	return { result, growth: ((await n8n.peakRssBytes()) - before) / MIB };
}

/**
 * Downloads a large video.
 *
 * @param fileMib size of the file in MiB
 * @returns growth
 * @throws Error when the file that n8n stored has another size
 */
export async function downloadGrowth(suite: Suite, fileMib: number): Promise<number> {
	const heygen = heyGenNode(suite, createAvatar({ download: ['video'] }));
	const run = async (fileBytes: number) => {
		await suite.sandbox.configure({ jobSeconds: 0, jobQueueSeconds: 0, fileBytes });
		return await runNode(suite, scripts(1), heygen, TIMEOUT_MS);
	};
	await run(MIB);
	const { result, growth } = await growthOf(suite, async () => await run(fileMib * MIB));
	const file = result.items(HEYGEN)[0]?.binary?.video;
	const { bytes } = await suite.n8n.client.hashBinary(file?.id ?? '');
	if (bytes !== fileMib * MIB) throw new Error(`${bytes} bytes of ${fileMib} MiB arrived`);
	return growth;
}

/**
 * Uploads files that Read/Write Files from Disk reads, each as an item of its own, in a workflow of the two nodes. Both
 * are measured: the reading node copies files in constant memory too.
 *
 * @param files at least one
 * @returns growth, and the asset of each file
 * @throws Error when the execution fails, or the bytes that arrived are others than the file's
 */
export async function uploadGrowth(suite: Suite, files: readonly DiskFile[]): Promise<Grown<string[]>> {
	const nodes = [readFiles('={{ $json.path }}'), assetNode(suite, { operation: 'upload' })];
	const run = async (of: readonly DiskFile[]) =>
		await runNodes(suite, of.map((file) => ({ path: file.path })), nodes, TIMEOUT_MS);
	// As many items, since those from ten on take another way.
	const direct = (files[0]?.bytes ?? 0) >= SMALL_DIRECT_BYTES;
	const small = await Promise.all(
		files.map(async ({ name }) => {
			const content = mp4Of(direct ? SMALL_DIRECT_BYTES : MIB, `small ${name}`);
			return await putFile(suite.n8n, `small-${name}`, content);
		}),
	);
	await checkUploads(suite, small, await run(small));
	const { result, growth } = await growthOf(suite, async () => await run(files));
	return { result: await checkUploads(suite, files, result), growth };
}

/** @returns the asset of each file */
async function checkUploads(suite: Suite, files: readonly DiskFile[], execution: Execution): Promise<string[]> {
	if (execution.status !== 'success') throw new Error(`The upload failed: ${execution.error ?? execution.status}`);
	const ids = execution.items(HEYGEN).map(({ json }) => String(json.asset_id));
	const assets = new Map((await suite.sandbox.assets()).map((asset) => [asset.id, asset]));
	for (const [index, { name, sha256 }] of files.entries()) {
		const asset = assets.get(ids[index] ?? '');
		if (asset?.sha256 !== sha256) throw new Error(`${name} arrived as ${JSON.stringify(asset)}`);
	}
	return ids;
}

/**
 * Downloads the file of an asset.
 *
 * @param id the asset
 * @param file what was uploaded
 * @returns growth
 * @throws Error when the file that n8n stored is another
 */
export async function assetDownloadGrowth(suite: Suite, id: string, file: DiskFile): Promise<number> {
	const download = assetNode(suite, { operation: 'download', assetId: id });
	const { result, growth } = await growthOf(
		suite,
		async () => await runNode(suite, [{}], download, TIMEOUT_MS),
	);
	if (result.status !== 'success') throw new Error(`The download failed: ${result.error ?? result.status}`);
	const stored = result.items(HEYGEN)[0]?.binary?.data;
	const { sha256 } = await suite.n8n.client.hashBinary(stored?.id ?? '');
	if (sha256 !== file.sha256) throw new Error(`${JSON.stringify(stored)} is not the file that was uploaded`);
	return growth;
}
