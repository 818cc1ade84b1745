/** Rows and columns of the fault matrix: what goes wrong, and where. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Fault, FaultKind, Sandbox } from '../../sandbox';
import { pseudoRandomChunks, sampleFile } from '../../sandbox';
import { SandboxClient } from '../../sandbox/client';
import { readBinary, type RunResult } from './harness';
import {
	avatar,
	createVideos,
	ID_FROM_ITEM,
	idItems,
	itemAt,
	jsonOf,
	linksOf,
	manyScripts,
	PHOTO_LOOK,
	seedVideos,
} from './support';

/** A row: one way in which a request goes wrong. */
export interface Trouble {
	name: string;
	fault: Omit<Fault, 'match'>;
	/** Whether HeyGen does its work before things go wrong. */
	done: boolean;
	/** What the error says when it never stops; absent when the trouble does not concern the request. */
	says?: RegExp;
	httpCode?: string;
}

const status = (code: number): Pick<Trouble, 'fault' | 'done' | 'says' | 'httpCode'> => ({
	fault: { kind: 'status', status: code },
	done: false,
	says: /Injected fault/,
	httpCode: String(code),
});

export const troubles: readonly Trouble[] = [
	{
		name: '429, Retry-After',
		fault: { kind: 'status', status: 429, retryAfter: 1 },
		done: false,
		says: /kept refusing the request because of its rate or concurrency limit/,
		httpCode: '429',
	},
	{ name: '500', ...status(500) },
	{ name: '503', ...status(503) },
	{ name: '504', ...status(504) },
	{ name: 'dropped before', fault: { kind: 'drop_before' }, done: false, says: /connection was lost/ },
	{ name: 'dropped after', fault: { kind: 'drop_after' }, done: true, says: /connection was lost/ },
	{ name: 'hang', fault: { kind: 'hang' }, done: true, says: /no answer within the time-out/ },
	{ name: 'garbage', fault: { kind: 'garbage' }, done: true, says: /not in HeyGen's format/ },
	{ name: 'endless cursor', fault: { kind: 'endless_cursor' }, done: true },
];

/** What a cell runs. */
export interface Task {
	parameters: INodeParameters;
	items: INodeExecutionData[];
	/** Videos that exist in the end when each is made once. */
	asked: number;
	/** Ids that results, and errors of `wait`, have to name; in item order. */
	ids: string[];
}

/** A column: an operation, and the endpoint of it that the trouble strikes. */
export interface Place {
	name: string;
	operation: string;
	match: Fault['match'];
	/**
	 * Sets the sandbox up and says what to run.
	 *
	 * @param patient whether there is time enough to get over the trouble
	 */
	prepare: (sandbox: Sandbox, patient: boolean) => Promise<Task>;
	/** Whether the trouble strikes what makes the videos. */
	makes?: boolean;
	/** Checks the result of a run that ended well. */
	check: (result: RunResult, task: Task) => Promise<void> | void;
	/** Whether it reads pages. */
	isList?: boolean;
	/** The trouble as it strikes here; undefined when there is no such thing. */
	adapt?: (trouble: Trouble) => Trouble | undefined;
}

const ITEMS = 3;
/** Bytes of video files: several chunks, so that half a file is more than one. */
export const FILE_BYTES = 200_000;

async function finishedVideos(sandbox: Sandbox, more: INodeParameters = {}): Promise<Task> {
	const ids = seedVideos(sandbox, ITEMS);
	return { parameters: { videoId: ID_FROM_ITEM, ...more }, items: idItems(ids), asked: 0, ids };
}

async function runningVideos(sandbox: Sandbox, patient: boolean): Promise<Task> {
	const ids = await createVideos(sandbox, ITEMS);
	const waitOptions = patient ? {} : { timeoutMinutes: 0.02 };
	const parameters = { videoId: ID_FROM_ITEM, download: [], waitOptions };
	return { parameters, items: idItems(ids), asked: ITEMS, ids };
}

function checkRecords(result: RunResult, { ids }: Task): void {
	expect(jsonOf(result)).toEqual(ids.map((id) => expect.objectContaining({ video_id: id, status: 'completed' })));
	expect(linksOf(result)).toEqual(ids.map((_, item) => item));
}

async function checkFiles(result: RunResult, task: Task): Promise<void> {
	checkRecords(result, task);
	for (const [index, item] of (result.outputs[0] ?? []).entries()) {
		const path = `/files/videos/${task.ids[index]}/video.mp4`;
		const expected = Buffer.concat([...pseudoRandomChunks(path, FILE_BYTES)]);
		expect((await readBinary(item, 'video')).equals(expected)).toBe(true);
	}
}

/** On the file host nothing is paged, and what is cut after HeyGen's work is cut in the middle of the file. */
function onFileHost(trouble: Trouble): Trouble | undefined {
	const kind: FaultKind = trouble.fault.kind === 'drop_after' ? 'truncate' : trouble.fault.kind;
	if (kind === 'endless_cursor') return undefined;
	const says =
		kind === 'status'
			? new RegExp(`file host answered with HTTP status ${trouble.httpCode}`)
			: kind === 'garbage'
				? /Could not download/
				: trouble.says;
	const { name, done, fault } = trouble;
	return { name, done, fault: { ...fault, kind }, ...(says === undefined ? {} : { says }) };
}

export const createPlace: Place = {
	name: 'create',
	operation: 'createAvatar',
	makes: true,
	match: { method: 'POST', path: '/v3/videos' },
	prepare: async () => ({ parameters: avatar(), items: manyScripts(ITEMS), asked: ITEMS, ids: [] }),
	check: (result) => {
		const created = jsonOf(result);
		expect(linksOf(result)).toEqual([0, 1, 2]);
		expect(new Set(created.map(({ video_id }) => video_id)).size).toBe(ITEMS);
		expect(created).toEqual(
			created.map(() => expect.objectContaining({ video_id: expect.stringMatching(/^\w+$/) })),
		);
	},
};

export const filePlace: Place = {
	name: 'download: file',
	operation: 'download',
	match: { path: '/files' },
	prepare: async (sandbox) => await finishedVideos(sandbox),
	check: checkFiles,
	adapt: onFileHost,
};

/** A list without end is told. */
function onList(trouble: Trouble): Trouble {
	return trouble.fault.kind === 'endless_cursor' ? { ...trouble, says: /same page cursor twice/ } : trouble;
}

/** Makes a session that has a video, or just one file of the user's. @returns what reads its resources, newest first */
async function session(sandbox: Sandbox, files: number, prompt: string, more: INodeParameters = {}): Promise<Task> {
	const given = Array.from({ length: files }, (_, index) => ({ type: 'url', url: `https://example.com/${index}.png` }));
	const client = new SandboxClient(sandbox.url);
	const sessionId = await client.createSession({ prompt, files: given });
	await client.waitForSession(sessionId, ({ status }) => ['completed', 'failed'].includes(status));
	const { data } = (await client.get(`/v3/video-agents/sessions/${sessionId}/resources?limit=100`)).body as { data: IDataObject[] };
	const ids = data.map(({ resource_id: id }) => String(id));
	const asked = sandbox.stats().videosCreated;
	return { parameters: { resource: 'videoAgent', sessionId, returnAll: true, ...more }, items: [{ json: {} }], asked, ids };
}

/** The same where HeyGen does not list resources, of a session with a file of the user's only. */
async function unlisted(sandbox: Sandbox): Promise<Task> {
	const task = await session(sandbox, 1, '[fail]');
	sandbox.configure({ agentResourcesList: false });
	return task;
}

async function imageOf(sandbox: Sandbox): Promise<Task> {
	const task = await session(sandbox, 0, 'A film');
	const ids = task.ids.filter((id) => id.startsWith('image_'));
	return { ...task, ids, parameters: { ...task.parameters, resourceId: String(ids[0]), download: ['file'] } };
}

function checkResources(result: RunResult, { ids }: Task): void {
	expect(jsonOf(result).map(({ resource_id: id }) => id)).toEqual(ids);
	expect(new Set(linksOf(result))).toEqual(new Set([0]));
}

async function checkImage(result: RunResult, task: Task): Promise<void> {
	checkResources(result, task);
	expect((await readBinary(itemAt(result), 'file')).equals(sampleFile('jpg'))).toBe(true);
}

const agentPlaces: readonly Place[] = [
	{
		name: 'getResources',
		operation: 'getResources',
		match: { method: 'GET', path: '/v3/video-agents/sessions/{session_id}/resources' },
		prepare: async (sandbox) => await session(sandbox, 20, 'A film'),
		check: checkResources,
		isList: true,
		adapt: onList,
	},
	{
		name: 'getResources: session',
		operation: 'getResources',
		match: { method: 'GET', path: '/v3/video-agents/{session_id}' },
		prepare: unlisted,
		check: checkResources,
	},
	{
		name: 'getResources: one',
		operation: 'getResources',
		match: { method: 'GET', path: '/v3/video-agents/{session_id}/resources/{resource_id}' },
		prepare: unlisted,
		check: checkResources,
	},
	{
		name: 'getResource',
		operation: 'getResource',
		match: { method: 'GET', path: '/v3/video-agents/{session_id}/resources/{resource_id}' },
		prepare: imageOf,
		check: checkImage,
	},
	{
		name: 'getResource: file',
		operation: 'getResource',
		match: { path: '/files' },
		prepare: imageOf,
		check: checkImage,
		adapt: onFileHost,
	},
];

export const places: readonly Place[] = [
	createPlace,
	{
		name: 'get',
		operation: 'get',
		match: { method: 'GET', path: '/v3/videos/{video_id}' },
		prepare: async (sandbox) => await finishedVideos(sandbox),
		check: checkRecords,
	},
	{
		name: 'getAll',
		operation: 'getAll',
		match: { method: 'GET', path: '/v3/videos' },
		prepare: async (sandbox) => {
			const ids = seedVideos(sandbox, 150);
			return { parameters: { returnAll: true }, items: [{ json: {} }], asked: 0, ids };
		},
		check: (result, { ids }) => {
			expect(jsonOf(result).map(({ video_id: id }) => id)).toEqual(ids);
			expect(new Set(linksOf(result))).toEqual(new Set([0]));
		},
		isList: true,
		adapt: onList,
	},
	{
		name: 'delete',
		operation: 'delete',
		match: { method: 'DELETE', path: '/v3/videos/{video_id}' },
		prepare: async (sandbox) => await finishedVideos(sandbox),
		check: (result, { ids }) => {
			const records = jsonOf(result);
			expect(records.map(({ id }) => id)).toEqual(ids);
			// Of a delete whose answer got lost it is not known who did it.
			for (const { deleted, gone } of records) expect([deleted, gone]).toContain(true);
			expect(linksOf(result)).toEqual([0, 1, 2]);
		},
	},
	{
		name: 'wait: statuses',
		operation: 'wait',
		match: { method: 'GET', path: '/v3/videos/statuses' },
		prepare: runningVideos,
		check: checkRecords,
		// Without statuses the videos themselves are looked at, so nothing is said of the trouble.
		adapt: ({ says: _nothing, httpCode: _none, ...trouble }) => trouble,
	},
	{
		name: 'wait: video',
		operation: 'wait',
		match: { method: 'GET', path: '/v3/videos/{video_id}' },
		prepare: runningVideos,
		check: checkRecords,
	},
	{
		name: 'download: video',
		operation: 'download',
		match: { method: 'GET', path: '/v3/videos/{video_id}' },
		prepare: async (sandbox) => await finishedVideos(sandbox),
		check: checkFiles,
	},
	filePlace,
	...agentPlaces,
	{
		name: 'custom call',
		operation: 'call',
		makes: true,
		match: { method: 'POST', path: '/v3/videos' },
		prepare: async () => {
			const body = `={{ { type: 'avatar', avatar_id: '${PHOTO_LOOK}', script: $json.script } }}`;
			return { parameters: { resource: 'api', method: 'POST', path: '/v3/videos', body }, items: manyScripts(ITEMS), asked: ITEMS, ids: [] };
		},
		check: createPlace.check,
	},
	{
		name: 'custom list',
		operation: 'list',
		isList: true,
		match: { method: 'GET', path: '/v3/videos' },
		prepare: async (sandbox) => {
			const ids = seedVideos(sandbox, 150);
			return { parameters: { resource: 'api', path: '/v3/videos', returnAll: true }, items: [{ json: {} }], asked: 0, ids };
		},
		check: (result, { ids }) => expect(jsonOf(result).map(({ id }) => id)).toEqual(ids),
		adapt: (trouble) =>
			trouble.fault.kind === 'endless_cursor' ? { ...trouble, says: /same page cursor twice/ } : trouble,
	},
];

/** The trouble as it strikes at a place; undefined when there is no such thing. */
export function troubleAt(place: Place, trouble: Trouble): Trouble | undefined {
	return place.adapt === undefined ? trouble : place.adapt(trouble);
}
