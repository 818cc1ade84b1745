/** What the tests of uploads share: runs of the HeyGen Asset node, items with files, and what came of them. */
import { createHash } from 'node:crypto';
import type { IBinaryKeyData, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { HeyGenAsset } from '../../../nodes/HeyGenAsset/HeyGenAsset.node';
import type { AssetView, Sandbox } from '../../sandbox';
import { createBinary, runNode, startNode, type BinaryMode, type RunningNode, type RunOptions, type RunResult } from './harness';
import type { SampleFile } from './sampleFiles';
import { nodeRun, type NodeRunOptions } from './support';

export const UPLOAD = 'POST /v3/assets';
export const SLOT = 'POST /v3/assets/direct-uploads';
export const COMPLETE = 'POST /v3/assets/{asset_id}/complete';
export const SLOTS = 'POST /v3/assets/direct-uploads/batches';
export const COMPLETE_BATCH = 'POST /v3/assets/complete/batches';
export const READ_UPLOADS = 'GET /v3/assets/batches/{batch_id}';
export const GET_ASSET = 'GET /v3/assets/{asset_id}';

/** What `runAsset` takes besides the sandbox. */
type AssetRun = [
	operation: string,
	parameters?: INodeParameters,
	items?: INodeExecutionData[],
	options?: NodeRunOptions,
];

/**
 * Everything a run of the HeyGen Asset node needs.
 *
 * @param operation value of the Operation parameter; for another resource than Asset, `parameters` name it
 * @param items input; by default one empty item
 */
function assetRun(sandbox: Sandbox, ...[operation, parameters = {}, items, options = {}]: AssetRun): RunOptions {
	const given = items === undefined ? {} : { items };
	return nodeRun(new HeyGenAsset(), sandbox, { resource: 'asset', operation, ...parameters }, { ...given, ...options });
}

/** Runs an operation of the HeyGen Asset node to its end. */
export async function runAsset(sandbox: Sandbox, ...run: AssetRun): Promise<RunResult> {
	return await runNode(assetRun(sandbox, ...run));
}

/** Starts an operation of the HeyGen Asset node, for tests that cancel it. */
export function startAsset(sandbox: Sandbox, ...run: AssetRun): RunningNode {
	return startNode(assetRun(sandbox, ...run));
}

/** Stores files the way an earlier node of the workflow would have. @param files by binary field. */
export async function binaryOf(files: Record<string, SampleFile>, mode?: BinaryMode): Promise<IBinaryKeyData> {
	const stored: IBinaryKeyData = {};
	for (const [field, file] of Object.entries(files)) {
		stored[field] = await createBinary(file.content, file, mode);
	}
	return stored;
}

/** An input item with files. @param files by binary field. */
export async function itemWith(
	files: Record<string, SampleFile>,
	json: IDataObject = {},
	mode?: BinaryMode,
): Promise<INodeExecutionData> {
	return { json, binary: await binaryOf(files, mode) };
}

/** One input item for each file, in the field `data`; their JSON says which they are. */
export async function itemsOf(files: readonly SampleFile[], mode?: BinaryMode): Promise<INodeExecutionData[]> {
	return await Promise.all(
		files.map(async (file, row) => await itemWith({ data: file }, { row, name: file.fileName }, mode)),
	);
}

export function sha256(content: Buffer): string {
	return createHash('sha256').update(content).digest('hex');
}

/** The assets that can be used, the oldest first. */
export function usableAssets(sandbox: Sandbox): AssetView[] {
	return sandbox.assets.filter(({ status }) => status === 'completed');
}

/** The id of the asset that a file has become, by the file's name. */
export function assetIdOf(sandbox: Sandbox, name: string): string | undefined {
	return usableAssets(sandbox).find(({ filename }) => filename === name)?.id;
}

/** What arrived for an asset. */
export async function bytesOf({ bytes }: AssetView): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of bytes()) chunks.push(chunk);
	return Buffer.concat(chunks);
}

const named = (name: string, content: string): string => `${name} ${content}`;

/** The files that are usable in the sandbox, by name and content, each as often as it is there. */
export function arrivedFiles(sandbox: Sandbox): string[] {
	return usableAssets(sandbox).map(({ filename, sha256: hash }) => named(filename, hash ?? ''));
}

/** Checks that each of these files is usable in the sandbox exactly once, and nothing else is. */
export function expectArrivedOnce(sandbox: Sandbox, files: readonly SampleFile[]): void {
	const expected = files.map(({ fileName, content }) => named(fileName, sha256(content)));
	expect(arrivedFiles(sandbox).sort()).toEqual([...new Set(expected)].sort());
}

/**
 * Checks that every item of the output is the asset that was made of its own file.
 *
 * @param withUrl whether each has its address; otherwise it may have none
 */
export function expectOwnAssets(
	result: RunResult,
	sandbox: Sandbox,
	files: readonly SampleFile[],
	withUrl = true,
): void {
	expect(result.originalError).toBeUndefined();
	const output = result.outputs[0] ?? [];
	const known = new Map(sandbox.assets.map((asset) => [asset.id, asset]));
	const seen = output.map(({ json, pairedItem }) => {
		const asset = known.get(String(json.asset_id));
		return {
			name: asset?.filename,
			sha256: asset?.sha256,
			size: json.size_bytes,
			url: withUrl ? typeof json.url : 'string',
			pairedItem,
		};
	});
	expect(seen).toEqual(
		files.map(({ fileName, content }, item) => ({
			name: fileName,
			sha256: sha256(content),
			size: content.length,
			url: 'string',
			pairedItem: { item },
		})),
	);
}

/** Makes a sandbox hand out links to its files, and to places for them, that lead to another host. */
export function leadLinksTo(sandbox: Sandbox, origin: string): void {
	const { signer } = (sandbox as unknown as { world: { signer: { mint: (...args: unknown[]) => string } } }).world;
	const mint = signer.mint.bind(signer);
	signer.mint = (...args) => mint(...args).replace(sandbox.fileUrl, origin);
}
