/** Jobs that lead to another one: the wait goes on with that one, and the output has both ids. */
import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { customOperations, nodeProperties, type Operation, type Resource } from '../../../nodes/declare/resource';
import { attach } from '../../../nodes/engine/operations/attach';
import { job } from '../../../nodes/engine/operations/job';
import { pathIdField } from '../../../nodes/fields/ids';
import { attachFields, waitForCompletionFields, waitOptions } from '../../../nodes/fields/waiting';
import { optionsField } from '../../../nodes/fields/sending';
import { FILM } from '../../../nodes/heygen/jobs/files';
import { FAILED_WORDS, type JobKind, SUCCEEDED_WORDS } from '../../../nodes/heygen/jobs/kind';
import { translationJob } from '../../../nodes/heygen/jobs/translation';
import { videoJob } from '../../../nodes/heygen/jobs/video';
import { startNode, type RunResult } from '../support/harness';
import { type PlainRequest, sendAsIs, sendJson, usePlainServer } from '../support/plainServer';
import { endOf, errorOf, jsonOf, nodeRun, useTiming } from '../support/support';

useTiming();
const server = usePlainServer();

const words = { succeeded: SUCCEEDED_WORDS, failed: FAILED_WORDS, failureCodeFields: [], failureMessageFields: [] };

/** A video agent's session, until it names the video it makes. */
const session: JobKind = {
	...words,
	noun: 'session',
	idField: 'session_id',
	lane: 'generation',
	recordPath: '/v3/video-agents/{id}',
	files: videoJob.files,
	next: { idField: 'video_id', kind: videoJob },
	outline: { idField: 'session_id', fields: ['status', 'progress', 'video_id'], optional: [] },
};

/** A proofread, until it names the translation it has become. */
const proofread: JobKind = {
	...words,
	noun: 'proofread',
	idField: 'proofread_id',
	lane: 'generation',
	recordPath: '/v3/video-translations/proofreads/{id}',
	files: [FILM],
	next: { idField: 'video_translation_id', kind: translationJob },
	outline: { idField: 'proofread_id', fields: ['status'], optional: [] },
};

function waitFor(value: string, kind: JobKind): Operation {
	const name = { displayName: 'ID', name: 'jobId', description: 'ID', placeholder: 'e.g. 1' };
	return {
		value,
		name: value,
		action: value,
		description: value,
		request: { method: 'GET', url: kind.recordPath.replace('{id}', `{${kind.idField}}`) },
		run: attach(kind),
		properties: [pathIdField(kind.idField, name), ...attachFields(kind), optionsField(waitOptions)],
	};
}

const create: Operation = {
	value: 'create',
	name: 'create',
	action: 'create',
	description: 'create',
	request: { method: 'POST', url: '/v3/video-agents', body: { prompt: 'A short film' } },
	run: job(session, 'start the session', ({ body }) => body),
	properties: [...waitForCompletionFields(session), optionsField(waitOptions)],
};

/** A create that HeyGen does not recognize when it is sent again. */
const createOnce: Operation = {
	...create,
	value: 'createOnce',
	name: 'createOnce',
	run: job(session, 'start the session', ({ body }) => body, { recognition: 'none' }),
};

const resource: Resource = {
	value: 'led',
	name: 'Led',
	operations: [waitFor('session', session), waitFor('proofread', proofread), create, createOnce],
	defaultOperation: 'session',
};

class LedJobs implements INodeType {
	description = {
		displayName: 'Led Jobs',
		name: 'ledJobs',
		group: ['transform' as const],
		version: 1,
		description: 'Waits',
		defaults: { name: 'Led Jobs' },
		inputs: ['main' as const],
		outputs: ['main' as const],
		credentials: [{ name: 'heyGenSuiteApi', required: true }],
		requestDefaults: { baseURL: 'https://api.heygen.com' },
		properties: nodeProperties({ resources: [resource], defaultResource: 'led' }),
	};

	customOperations = customOperations({ resources: [resource], defaultResource: 'led' });
}

async function run(operation: string, parameters: INodeParameters = {}): Promise<RunResult> {
	const node = new LedJobs();
	return await endOf(startNode(nodeRun(node, server(), { resource: 'led', operation, download: [], ...parameters })));
}

/** Answers by path: a record, or what it is at the n-th request. */
function answerWith(records: Record<string, (count: number) => IDataObject | number>): void {
	server().answer = (request: PlainRequest, response) => {
		const answer = records[`${request.method} ${request.path}`]?.(request.count) ?? 404;
		if (typeof answer === 'number') sendJson(response, { error: { code: 'not_found', message: 'None' } }, answer);
		else sendJson(response, { data: answer });
	};
}

const film = (id: string) => ({ id, status: 'completed', video_url: `${server().url}/film.mp4`, duration: 9 });

describe('a session', () => {
	it('is read until it names a video, then the video is waited for', async () => {
		answerWith({
			'GET /v3/video-agents/s1': (count) =>
				count < 3 ? { session_id: 's1', status: 'thinking', video_id: null } : { session_id: 's1', status: 'generating', video_id: 'v1' },
			'GET /v3/videos/v1': (count) => (count < 2 ? { id: 'v1', status: 'processing' } : film('v1')),
		});
		const [record] = jsonOf(await run('session', { jobId: 's1' }));
		expect(record).toMatchObject({ session_id: 's1', video_id: 'v1', status: 'completed', duration: 9 });
		expect(server().count('GET', '/v3/video-agents/s1')).toBe(3);
	});

	it.each([
		['has failed', 'failed'],
		['says that it is over', 'completed'],
		['is in a state that nobody knows', 'dreaming'],
	])('leads to its video though it %s by then', async (_what, status) => {
		answerWith({
			'GET /v3/video-agents/s1': () => ({ session_id: 's1', status, video_id: 'v1' }),
			'GET /v3/videos/v1': () => film('v1'),
		});
		expect(jsonOf(await run('session', { jobId: 's1' }))).toEqual([
			expect.objectContaining({ session_id: 's1', video_id: 'v1', status: 'completed' }),
		]);
	});

	it('is gone by the time its video is made', async () => {
		answerWith({
			'GET /v3/video-agents/s1': (count) => (count === 1 ? { session_id: 's1', status: 'generating', video_id: 'v1' } : 404),
			'GET /v3/videos/v1': (count) => (count < 4 ? { id: 'v1', status: 'processing' } : film('v1')),
		});
		expect(jsonOf(await run('session', { jobId: 's1' }))).toEqual([expect.objectContaining({ video_id: 'v1' })]);
	});

	it('fails without a video, with its id', async () => {
		answerWith({ 'GET /v3/video-agents/s1': () => ({ session_id: 's1', status: 'failed', video_id: null }) });
		expect(errorOf(await run('session', { jobId: 's1' })).message).toMatch(/could not finish the session s1/);
	});

	it("tells a video's failure with both ids", async () => {
		answerWith({
			'GET /v3/video-agents/s1': () => ({ session_id: 's1', status: 'generating', video_id: 'v1' }),
			'GET /v3/videos/v1': () => ({ id: 'v1', status: 'failed', failure_message: 'Out of ideas' }),
		});
		const error = errorOf(await run('session', { jobId: 's1' }));
		expect(error.message).toMatch(/could not finish the video v1: Out of ideas/);
		expect(JSON.stringify(error)).toContain('s1');
	});

	it('hands on what it has when the time is up before the video is finished', async () => {
		answerWith({
			'GET /v3/video-agents/s1': () => ({ session_id: 's1', status: 'generating', video_id: 'v1' }),
			'GET /v3/videos/v1': () => ({ id: 'v1', status: 'processing' }),
		});
		const options = { timeoutMinutes: 0.01, onTimeout: 'continue' };
		expect(jsonOf(await run('session', { jobId: 's1', options }))).toEqual([
			expect.objectContaining({ session_id: 's1', video_id: 'v1', status: 'processing' }),
		]);
	});

	it('that is started leads there as well, with the files of the video', async () => {
		answerWith({
			'POST /v3/video-agents': () => ({ session_id: 's1', status: 'thinking', video_id: null }),
			'GET /v3/video-agents/s1': () => ({ session_id: 's1', status: 'generating', video_id: 'v1' }),
			'GET /v3/videos/v1': () => film('v1'),
		});
		const { answer } = server();
		server().answer = (request, response) =>
			request.path === '/film.mp4'
				? sendAsIs(response, '\0\0\0\x18ftypmp42 and the rest of the film', 200, 'video/mp4')
				: answer(request, response);
		const result = await run('create', { download: ['video'] });
		expect(jsonOf(result)).toEqual([expect.objectContaining({ session_id: 's1', video_id: 'v1', status: 'completed' })]);
		expect(result.outputs[0]?.[0]?.binary?.video?.fileName).toBe('v1.mp4');
		expect(server().count('POST', '/v3/video-agents')).toBe(1);
		expect(result.runData[0]?.hints?.map(({ message }) => message)).toEqual([expect.stringMatching(/^Made 1 video in [^,]+, 1 finished\.$/)]);
	});
});

describe('a create that HeyGen would not recognize', () => {
	it('carries no key, and is not sent again when its answer got lost', async () => {
		server().answer = (_request, response) => response.destroy();
		const error = errorOf(await run('createOnce', { waitForCompletion: false }));
		expect(error.message).toMatch(/connection was lost/);
		expect(server().count('POST', '/v3/video-agents')).toBe(1);
		expect(server().requests[0]?.headers).not.toHaveProperty('idempotency-key');
	});

	it('is sent again when HeyGen has refused it for now', async () => {
		server().answer = (request, response) =>
			request.count === 1
				? sendJson(response, { error: { code: 'rate_limit_exceeded', message: 'Wait' } }, 429, { 'Retry-After': '1' })
				: sendJson(response, { data: { session_id: 's1', status: 'thinking' } });
		expect(jsonOf(await run('createOnce', { waitForCompletion: false }))).toEqual([expect.objectContaining({ session_id: 's1' })]);
	});
});

describe('a proofread', () => {
	it('leads to its translation', async () => {
		answerWith({
			'GET /v3/video-translations/proofreads/p1': (count) =>
				count < 2 ? { id: 'p1', status: 'processing' } : { id: 'p1', status: 'completed', video_translation_id: 't1' },
			'GET /v3/video-translations/t1': () => film('t1'),
		});
		expect(jsonOf(await run('proofread', { jobId: 'p1' }))).toEqual([
			expect.objectContaining({ proofread_id: 'p1', video_translation_id: 't1', status: 'completed' }),
		]);
	});

	it('that is over and leads nowhere is an error after a while', async () => {
		answerWith({ 'GET /v3/video-translations/proofreads/p1': () => ({ id: 'p1', status: 'completed' }) });
		expect(errorOf(await run('proofread', { jobId: 'p1', download: ['video'] })).message).toMatch(/no file to download|names no translation/);
	});
});
