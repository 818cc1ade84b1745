/** What the tests of HyperFrames renders share: runs of the resource, projects, and what is in the archives that went up. */
import type { IBinaryKeyData, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import type { Sandbox } from '../../sandbox';
import { SandboxClient } from '../../sandbox/client';
import { bytesOf, usableAssets } from './assetSupport';
import { createBinary, runNode, type BinaryMode, type RunOptions, type RunResult } from './harness';
import { png, zip } from './sampleFiles';
import { nodeRun, type NodeRunOptions } from './support';

export const RENDER = 'POST /v3/hyperframes/renders';
export const GET_RENDER = 'GET /v3/hyperframes/renders/{render_id}';
export const LIST_RENDERS = 'GET /v3/hyperframes/renders';
export const DELETE_RENDER = 'DELETE /v3/hyperframes/renders/{render_id}';

type RenderRun = [operation: string, parameters?: INodeParameters, options?: NodeRunOptions];

/** Everything a run of the resource HyperFrames needs; parameters are the operation's own. */
export function renderRun(sandbox: Sandbox, ...[operation, parameters = {}, options = {}]: RenderRun): RunOptions {
	return nodeRun(new HeyGenVideo(), sandbox, { resource: 'hyperframes', operation, ...parameters }, options);
}

/** Runs an operation of the resource HyperFrames to its end. */
export async function runRender(sandbox: Sandbox, ...run: RenderRun): Promise<RunResult> {
	return await runNode(renderRun(sandbox, ...run));
}

/** Parameters of `create` with a project that is in HeyGen already; neither waits nor downloads unless told to. */
export function assetProject(more: INodeParameters = {}): INodeParameters {
	return { projectSource: 'assetId', projectAssetId: 'asset_project', waitForCompletion: false, ...more };
}

/** Starts a render without the node, as somebody else's workflow would have. @returns its id */
export async function startRender(sandbox: Sandbox, body: IDataObject = {}): Promise<string> {
	const project = { type: 'asset_id', asset_id: 'asset_project' };
	const reply = await new SandboxClient(sandbox.url).post('/v3/hyperframes/renders', { project, ...body });
	return String((reply.body as { data: IDataObject }).data.render_id);
}

/** A file of a project, as n8n's nodes hand it on. */
export interface ProjectPart {
	content: Buffer;
	fileName?: string;
	/** Where Read/Write Files from Disk has found it. */
	directory?: string;
	mimeType?: string;
}

export const PAGE = Buffer.from('<!doctype html><h1 data-variable="headline">Hello</h1><img src="assets/logo.png">');
export const LOGO = png(5, 5);
export const FONT = Buffer.from('wOF2 not really a font');

/** A project of a page, a picture and a font, as Read/Write Files from Disk hands it on. */
export const FROM_DISK: Record<string, ProjectPart> = {
	data: { content: PAGE, fileName: 'index.html', directory: '/data/promo', mimeType: 'text/html' },
	data_1: { content: LOGO, fileName: 'logo.png', directory: '/data/promo/assets', mimeType: 'image/png' },
	data_2: { content: FONT, fileName: 'Inter.woff2', directory: '/data/promo/fonts', mimeType: 'font/woff2' },
};

/** An item with files of a project, by binary field. */
export async function itemOfParts(parts: Record<string, ProjectPart>, json: IDataObject = {}, mode?: BinaryMode): Promise<INodeExecutionData> {
	const binary: IBinaryKeyData = {};
	for (const [field, { content, fileName = '', mimeType = '', directory }] of Object.entries(parts)) {
		const stored = await createBinary(content, { fileName, mimeType }, mode);
		binary[field] = { ...stored, ...(directory === undefined ? {} : { directory }) };
	}
	return { json, binary };
}

/** An item with a zipped project in the field `data`. @param path of the page in the archive */
export async function itemOfZip(path = 'index.html', fileName = 'promo.zip', content = PAGE.toString()): Promise<INodeExecutionData> {
	return await itemOfParts({ data: { content: zip(content, path), fileName, mimeType: 'application/zip' } });
}

/** The files of an archive without compression, by their paths, read from one local header to the next. */
function entriesOf(archive: Buffer): Record<string, Buffer> {
	const entries: Record<string, Buffer> = {};
	for (let at = 0; archive.toString('latin1', at, at + 4) === 'PK\x03\x04'; ) {
		const nameAt = at + 30;
		const contentAt = nameAt + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
		const end = contentAt + archive.readUInt32LE(at + 18);
		entries[archive.toString('utf8', nameAt, nameAt + archive.readUInt16LE(at + 26))] = archive.subarray(contentAt, end);
		at = end;
	}
	return entries;
}

/** The archives that are usable in the sandbox: their names, and the files in them. */
export async function arrivedProjects(sandbox: Sandbox): Promise<Array<{ id: string; name: string; files: Record<string, Buffer> }>> {
	const assets = usableAssets(sandbox);
	return await Promise.all(assets.map(async (asset) => ({ id: asset.id, name: asset.filename, files: entriesOf(await bytesOf(asset)) })));
}
