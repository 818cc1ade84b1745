/** What the engine tests share: runs of the HeyGen Video node against a sandbox, and short ways to read results. */
import {
	runNode,
	startNode,
	type HarnessCredentials,
	type RunningNode,
	type RunOptions,
	type RunResult,
} from './harness';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { parse, stringify } from 'flatted';
import type { IDataObject, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';
import { HeyGenSuiteApi } from '../../../credentials/HeyGenSuiteApi.credentials';
import { timing } from '../../../nodes/engine/basics/timing';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import { Sandbox, type RequestLogEntry, type SandboxOptions } from '../../sandbox';
import { avatarVideo, SandboxClient } from '../../sandbox/client';

/** A digital-twin look with a default voice: supports all three engines. */
export const TWIN_LOOK = 'look_ann_office_01';
/** A photo look with a default voice: supports expressiveness and motion prompts with Avatar IV. */
export const PHOTO_LOOK = 'look_bruno_office_01';
/** A voice that runs on starfish and elevenlabs. */
export const VOICE = 'voice_ann_calm_001';
/** A voice that runs on fish only. */
export const FISH_VOICE = 'voice_dario_calm_004';

export const CREATE = 'POST /v3/videos';
export const CREATE_BATCH = 'POST /v3/videos/batches';
export const LIST = 'GET /v3/videos';
export const GET = 'GET /v3/videos/{video_id}';
export const DELETE = 'DELETE /v3/videos/{video_id}';
export const STATUSES = 'GET /v3/videos/statuses';
export const READ_BATCH = 'GET /v3/videos/batches/{batch_id}';

/** Seconds that videos take, for sandboxes whose videos are not what a test is about. */
export const FAST_JOBS = { jobSeconds: 0.1, jobQueueSeconds: 0 } as const;

/** Settings of a run, besides what `nodeRun` always fills in. */
export type NodeRunOptions = Partial<Omit<RunOptions, 'node' | 'parameters' | 'credentials'>> & {
	credentials?: Partial<HarnessCredentials>;
	/** Whether creates look avatars and voices up before, as they do unless told not to. Default false: most tests count requests. */
	looksUp?: boolean;
};
export type VideoRunOptions = NodeRunOptions;

/**
 * Everything a run of a node needs.
 *
 * @param sandbox where requests go; null when the credentials in `options` say so themselves
 * @param parameters all of the node's
 * @param options the run's further settings
 */
export function nodeRun(
	node: INodeType,
	sandbox: { apiKey: string; url: string } | null,
	parameters: INodeParameters,
	{ credentials, looksUp = false, ...rest }: NodeRunOptions = {},
): RunOptions {
	return {
		node,
		credentialType: new HeyGenSuiteApi(),
		credentials: { apiKey: sandbox?.apiKey ?? '', baseUrl: sandbox?.url ?? '', ...credentials },
		parameters: looksUp ? parameters : withoutLookUps(parameters),
		...rest,
	};
}

/** Operations that look avatars and voices up. */
const CASTING = ['createAvatar', 'createImage', 'createCinematic', 'createStudio', 'generate', 'sendMessage'];

function withoutLookUps(parameters: INodeParameters): INodeParameters {
	const { resource, operation, options = {} } = parameters;
	const looksUp = CASTING.includes(String(operation)) || (resource === 'videoAgent' && operation === 'create');
	if (!looksUp || typeof options !== 'object' || options === null || Array.isArray(options)) return parameters;
	return { ...parameters, options: { checkBeforePaying: false, ...options } as INodeParameters };
}

/**
 * Everything a run of the HeyGen Video node needs.
 *
 * @param sandbox where requests go; null when the credentials in `options` say so themselves
 * @param operation value of the Operation parameter
 * @param parameters the operation's own parameters
 * @param options the run's further settings
 */
export function videoRun(
	sandbox: { apiKey: string; url: string } | null,
	operation: string,
	parameters: INodeParameters = {},
	options: VideoRunOptions = {},
): RunOptions {
	return nodeRun(new HeyGenVideo(), sandbox, { resource: 'video', operation, ...parameters }, options);
}

/** Runs an operation of the HeyGen Video node to its end; parameters as for `videoRun`. */
export async function runVideo(
	...run: Parameters<typeof videoRun>
): Promise<RunResult> {
	return await runNode(videoRun(...run));
}

/** Starts an operation of the HeyGen Video node, for tests that cancel it; parameters as for `videoRun`. */
export function startVideo(...run: Parameters<typeof videoRun>): RunningNode {
	return startNode(videoRun(...run));
}

/**
 * Parameters of `createAvatar` with a photo look and a script; neither waits nor downloads unless told to.
 *
 * @param more parameters to add or replace
 */
export function avatar(more: INodeParameters = {}): INodeParameters {
	return {
		avatarId: locator(PHOTO_LOOK),
		script: '={{ $json.script }}',
		waitForCompletion: false,
		...more,
	};
}

/** Parameters of `createAvatar` that waits, and downloads nothing unless told to. */
export function waitingAvatar(more: INodeParameters = {}): INodeParameters {
	return avatar({ waitForCompletion: true, download: [], ...more });
}

/** A resource locator in the mode By ID. */
export function locator(value: string): INodeParameters {
	return { __rl: true, mode: 'id', value };
}

/** An expression that gives a value as it is. */
export function expression(value: unknown): string {
	return `={{ (${JSON.stringify(value)}) }}`;
}

/** One input item per script. */
export function scripts(...texts: string[]): INodeExecutionData[] {
	return texts.map((script, row) => ({ json: { row, script } }));
}

/** Input items "Script 0", "Script 1" and so on. */
export function manyScripts(count: number): INodeExecutionData[] {
	return scripts(...Array.from({ length: count }, (_, index) => `Script ${index}`));
}

/** One input item per id, for operations with `videoId: ID_FROM_ITEM`. */
export function idItems(ids: readonly string[]): INodeExecutionData[] {
	return ids.map((id) => ({ json: { id } }));
}

/** Takes the video id from the input item. */
export const ID_FROM_ITEM = '={{ $json.id }}';

/** The JSON of every item of an output. */
export function jsonOf(result: RunResult, output = 0): IDataObject[] {
	return (result.outputs[output] ?? []).map(({ json }) => json);
}

/** The input item that every item of an output is linked to. */
export function linksOf(result: RunResult, output = 0): unknown[] {
	return (result.outputs[output] ?? []).map(({ pairedItem }) =>
		typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : pairedItem,
	);
}

/** One item of an output. @throws Error when there is none. */
export function itemAt(result: RunResult, index = 0, output = 0): INodeExecutionData {
	const item = result.outputs[output]?.[index];
	if (item === undefined) throw new Error(`Output ${output} has no item ${index}`);
	return item;
}

/** The error of an execution that stopped, in the form the user sees. @throws Error when it did not. */
export function errorOf(result: RunResult): Error & { description?: string | null; httpCode?: string } {
	if (result.originalError === undefined) throw new Error('The node did not fail');
	return result.originalError;
}

/** The requests of one endpoint, oldest first. @param endpoint method and path template. */
export function requestsTo(sandbox: Sandbox, endpoint: string): RequestLogEntry[] {
	return sandbox
		.requests()
		.filter(({ method, template }) => `${method} ${template ?? ''}` === endpoint);
}

/** How many requests an endpoint got. @param endpoint method and path template. */
export function countOf(sandbox: Sandbox, endpoint: string): number {
	return requestsTo(sandbox, endpoint).length;
}

/** Bodies of the requests of one endpoint, without the callback ids that the node adds. @param endpoint method and path template. */
export function bodiesOf(sandbox: Sandbox, endpoint: string): IDataObject[] {
	return requestsTo(sandbox, endpoint).map(({ body }) => withoutAutomaticCallback(body as IDataObject));
}

/** A create's body, or a batch's, without callback ids of the form that the node makes. */
function withoutAutomaticCallback(body: IDataObject): IDataObject {
	if (Array.isArray(body?.videos)) {
		return { ...body, videos: (body.videos as IDataObject[]).map(withoutAutomaticCallback) };
	}
	if (typeof body?.callback_id !== 'string' || !/^n8n-\w+(-\w+)*-\d+$/.test(body.callback_id)) return body;
	const { callback_id: _automatic, ...rest } = body;
	return rest;
}

/**
 * Creates videos without the node, as somebody else's workflow would have.
 *
 * @param fields further fields of each video's body
 * @returns their ids
 */
export async function createVideos(
	sandbox: Sandbox,
	count: number,
	fields: Record<string, unknown> = {},
): Promise<string[]> {
	const client = new SandboxClient(sandbox.url);
	return await Promise.all(
		Array.from({ length: count }, async () => await client.createVideo(avatarVideo(fields))),
	);
}

/** Seeds finished videos. @returns their ids, newest first. */
export function seedVideos(sandbox: Sandbox, count: number): string[] {
	sandbox.seed(count);
	return sandbox.store.page({}, count, undefined).videos.map(({ id }) => id);
}

/**
 * A fresh sandbox for every test of the file or describe block. Each has a port of its own, and with it a gate of its
 * own: what one test teaches the engine about limits does not slow down the next.
 *
 * @param options the sandbox's settings
 * @returns the sandbox of the running test
 */
export function useSandbox(options: SandboxOptions = FAST_JOBS): () => Sandbox {
	let sandbox: Sandbox | undefined;
	beforeEach(async () => {
		sandbox = await Sandbox.start(options);
	});
	afterEach(async () => await sandbox?.stop());
	return () => {
		if (sandbox === undefined) throw new Error('The sandbox runs only during a test');
		return sandbox;
	};
}

/** Durations that make the engine fast, without making it impatient with a slow machine. */
export const FAST_TIMING: Partial<typeof timing> = {
	retryBase: 5,
	retryMax: 20,
	pollFirst: 50,
	pollMax: 200,
	catchUpTime: 2_000,
	batchQuiet: 200,
	// Tests count requests.
	readAhead: Infinity,
};

/**
 * Changes the engine's durations for the tests of the file or describe block.
 *
 * @param changes what differs from `FAST_TIMING`
 */
export function useTiming(changes: Partial<typeof timing> = {}): void {
	const before = { ...timing };
	beforeAll(() => {
		Object.assign(timing, FAST_TIMING, changes);
	});
	afterAll(() => {
		Object.assign(timing, before);
	});
}

/** Milliseconds after which a run that has not ended is taken to go on for ever. */
const PATIENCE = 40_000;

/** The result of a run that must end by itself. @throws Error when it does not; it is cancelled then. */
export async function endOf(running: RunningNode): Promise<RunResult> {
	const over = new AbortController();
	const patience = delay(PATIENCE, undefined, { signal: over.signal }).catch(() => undefined);
	const result = await Promise.race([running.promise, patience]);
	over.abort();
	if (result !== undefined) return result;
	running.cancel();
	await running.promise;
	throw new Error(`The run did not end within ${PATIENCE} ms`);
}

/**
 * Runs a failed execution again as n8n's Retry execution does: with the data it has saved, in a new execution.
 *
 * @param failed the result of the execution
 * @param run how it was run; changed parameters are those of the workflow as it is saved now
 */
export async function retryByHand(failed: RunResult, run: RunOptions): Promise<RunResult> {
	return await runNode({ ...run, data: byRetry(failed) });
}

/** What n8n has saved of an execution: a copy, in which one node that stands in two places is still one. */
export function savedData({ data }: RunResult): RunResult['data'] {
	return structuredClone(parse(stringify(data)) as RunResult['data']);
}

/** What n8n's Retry execution begins with: what it has saved of a failed one. */
export function byRetry(failed: RunResult): RunResult['data'] {
	const data = savedData(failed);
	const { resultData } = data;
	delete resultData.error;
	const runs = resultData.runData[String(resultData.lastNodeExecuted)];
	if (runs?.at(-1)?.error !== undefined) runs.pop();
	return data;
}

/** Waits until a condition holds. @throws Error after ten seconds. */
export async function until(holds: () => boolean): Promise<void> {
	const giveUpAt = Date.now() + 10_000;
	while (!holds()) {
		if (Date.now() > giveUpAt) throw new Error('What the test waits for did not happen');
		await sleepFor(5);
	}
}

/** Waits some milliseconds. */
export async function sleepFor(ms: number): Promise<void> {
	await delay(ms);
}

/** Looks for a key, or another secret, wherever n8n stores, shows or logs something of a run. */
export function expectNoKey(result: RunResult, key: string): void {
	const seen = { error: result.error, originalError: result.originalError, outputs: result.outputs };
	for (const [place, value] of Object.entries(seen)) {
		const texts = { json: JSON.stringify(value) ?? '', inspected: inspect(value, { depth: 20, showHidden: true }) };
		for (const [form, text] of Object.entries(texts)) {
			expect({ place, form, key: text.includes(key) }).toEqual({ place, form, key: false });
		}
	}
	const stored = inspect(result.workflowRunData, { depth: 20, showHidden: true });
	expect(stored.includes(key)).toBe(false);
}
