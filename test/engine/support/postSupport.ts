/** What the tests of post-production share: runs of its resources, and films to work on. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { type Sandbox, sampleFile } from '../../sandbox';
import { itemWith } from './assetSupport';
import type { RunResult } from './harness';
import { jsonOf, runVideo, type VideoRunOptions } from './support';

/** A film at a public address. */
export const FILM_URL = 'https://example.com/webinar.mp4';

/** Parameters of a create that takes the film at `FILM_URL`. */
export function ofFilm(more: INodeParameters = {}): INodeParameters {
	return { videoSource: 'url', videoUrl: FILM_URL, ...more };
}

/** An item with a film of five seconds in the binary field `data`. */
export async function itemWithFilm(): Promise<INodeExecutionData> {
	return await itemWith({ data: { fileName: 'webinar.mp4', mimeType: 'video/mp4', content: sampleFile('mp4') } });
}

/** Runs an operation of a resource of the HeyGen Video node to its end. */
export async function runPost(
	sandbox: Sandbox,
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
	options: VideoRunOptions = {},
): Promise<RunResult> {
	return await runVideo(sandbox, operation, { resource, ...parameters }, options);
}

/** Starts a job without waiting for it. @returns its id. */
export async function startJob(sandbox: Sandbox, resource: string, parameters: INodeParameters = {}): Promise<string> {
	const result = await runPost(sandbox, resource, 'create', ofFilm({ waitForCompletion: false, ...parameters }));
	return String((jsonOf(result)[0] as IDataObject).job_id);
}
