/**
 * Every trouble on the wire × the jobs that have no bulk statuses: with parts, with a `request_id`, with a look-up of what
 * may have been made. Whatever happens, the result is right or the error is clear, and nothing is made twice.
 */
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import { SandboxClient, simpleJobs } from '../../sandbox/client';
import type { SimpleJobName } from '../../sandbox/jobs/job';
import { expectErrors, limited, useFaults, wireCells } from '../support/faultFrame';
import { type RunResult, startNode } from '../support/harness';
import { endOf, errorOf, ID_FROM_ITEM, idItems, jsonOf, linksOf, nodeRun, type NodeRunOptions } from '../support/support';

const ITEMS = 3;

const { sandbox, arm, passing, lasting } = useFaults('Jobs without statuses');

/** A column: a kind of job. */
interface Kind {
	name: SimpleJobName;
	resource: string;
	create: string;
	/** Of its create. */
	parameters: INodeParameters;
	/** Field of the output with its id. */
	idField: string;
	/** The parameter of Wait Until Finished. */
	idParameter: string;
	/** Path of one job in the contract. */
	recordPath: string;
	/** Items that each job comes to. */
	pieces: number;
	/** Whether a create whose answer got lost is found in the list. */
	isFound: boolean;
}

const film = { videoSource: 'url', videoUrl: 'https://example.com/film.mp4' };

const kinds: readonly Kind[] = [
	{
		name: 'modelVideo',
		resource: 'video',
		create: 'createFromPrompt',
		parameters: { prompt: '={{ $json.text }}' },
		idField: 'video_id',
		idParameter: 'videoId',
		recordPath: '/v3/models/videos/{video_id}',
		pieces: 1,
		isFound: false,
	},
	{
		name: 'clipping',
		resource: 'clipping',
		create: 'create',
		parameters: { ...film, options: { title: '={{ $json.text }}' } },
		idField: 'job_id',
		idParameter: 'jobId',
		recordPath: '/v3/ai-clipping/{job_id}',
		pieces: 3,
		isFound: true,
	},
	{
		name: 'backgroundRemoval',
		resource: 'backgroundRemoval',
		create: 'create',
		parameters: { ...film, options: { title: '={{ $json.text }}' } },
		idField: 'job_id',
		idParameter: 'jobId',
		recordPath: '/v3/background-removals/{job_id}',
		pieces: 1,
		isFound: false,
	},
	{
		name: 'fillerWordRemoval',
		resource: 'fillerWordRemoval',
		create: 'create',
		parameters: { ...film, options: { title: '={{ $json.text }}' } },
		idField: 'job_id',
		idParameter: 'jobId',
		recordPath: '/v3/filler-word-removals/{id}',
		pieces: 1,
		isFound: false,
	},
	{
		name: 'hyperframes',
		resource: 'hyperframes',
		create: 'create',
		parameters: { projectSource: 'assetId', projectAssetId: 'asset_project', options: { title: '={{ $json.text }}' } },
		idField: 'render_id',
		idParameter: 'renderId',
		recordPath: '/v3/hyperframes/renders/{render_id}',
		pieces: 1,
		isFound: true,
	},
];

const texts: INodeExecutionData[] = Array.from({ length: ITEMS }, (_, row) => ({ json: { text: `Number ${row}` } }));

async function run(kind: Kind, operation: string, parameters: INodeParameters, items: INodeExecutionData[], options: NodeRunOptions = {}): Promise<RunResult> {
	const all = { resource: kind.resource, operation, download: [], ...parameters };
	return await endOf(startNode(nodeRun(new HeyGenVideo(), sandbox(), all, { items, ...options })));
}

function made(kind: Kind): number {
	return sandbox().stats().jobsCreated[kind.name] ?? 0;
}

describe.each(kinds.map((kind) => [kind.name, kind] as const))('%s', (column, kind) => {
	const creates = { method: 'POST', path: simpleJobs[kind.name].path };
	const records = { method: 'GET', path: kind.recordPath };
	const waiting = { ...kind.parameters, waitForCompletion: true };

	function expectAll(result: RunResult): void {
		expect(result.originalError).toBeUndefined();
		const items = jsonOf(result);
		expect(items).toHaveLength(ITEMS * kind.pieces);
		expect(new Set(items.map((item) => item[kind.idField])).size).toBe(ITEMS);
		expect([...new Set(linksOf(result))]).toEqual([0, 1, 2]);
		for (const item of items) expect(item.status).toBe('completed');
		expect(made(kind)).toBe(ITEMS);
	}

	it.each(wireCells)('create, wait: gets over a passing %s', async (row, trouble) => {
		passing.set(row, `${column}: create`, 'FAILED');
		arm(trouble, creates, trouble.fault.status === 429 ? 2 : 4);
		expectAll(await run(kind, kind.create, waiting, texts));
		passing.set(row, `${column}: create`, 'ok');
	});

	it.each(wireCells)('looks: gets over a passing %s', async (row, trouble) => {
		passing.set(row, `${column}: look`, 'FAILED');
		arm(trouble, records, trouble.fault.status === 429 ? 1 : 4);
		expectAll(await run(kind, kind.create, waiting, texts));
		passing.set(row, `${column}: look`, 'ok');
	});

	it.each(wireCells)('create: ends rightly when %s lasts', async (row, trouble) => {
		lasting.set(row, `${column}: create`, 'FAILED');
		arm(trouble, creates, -1);
		const parameters = { ...kind.parameters, ...limited(trouble), waitForCompletion: false };
		const result = await run(kind, kind.create, parameters, texts, { onError: 'continueErrorOutput' });
		expect(made(kind)).toBe(trouble.done ? ITEMS : 0);
		if (trouble.done && kind.isFound) {
			expect(jsonOf(result)).toHaveLength(ITEMS);
			expect(linksOf(result)).toEqual([0, 1, 2]);
			lasting.set(row, `${column}: create`, 'found in the list');
			return;
		}
		expectErrors(result, trouble);
		lasting.set(row, `${column}: create`, 'error');
	});

	it.each(wireCells)('wait: ends with the id when %s lasts', async (row, trouble) => {
		lasting.set(row, `${column}: look`, 'FAILED');
		const client = new SandboxClient(sandbox().url);
		const ids = await Promise.all(texts.map(async () => String(await client.createJob(kind.name))));
		arm(trouble, records, -1);
		const parameters = { [kind.idParameter]: ID_FROM_ITEM, options: { timeoutMinutes: 0.02 }, ...limited(trouble) };
		const result = await run(kind, 'wait', parameters, idItems(ids), { onError: 'continueErrorOutput' });
		expect(linksOf(result, 1)).toEqual([0, 1, 2]);
		jsonOf(result, 1).forEach(({ error, details }, item) => {
			expect(error).toContain(ids[item]);
			expect(JSON.stringify(details)).toContain(ids[item]);
		});
		expect(made(kind)).toBe(ITEMS);
		lasting.set(row, `${column}: look`, 'error with the id');
	});

	it('replays with Retry On Fail after tries whose answers got lost', async () => {
		arm({ name: '', fault: { kind: 'drop_after' }, done: true }, creates, 3 * (timing.retryCount + 1));
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		expectAll(await run(kind, kind.create, waiting, texts, retry));
	});
});

describe('a HeyGen that heeds no idempotency keys', () => {
	it.each(kinds.filter(({ isFound }) => isFound).map((kind) => [kind.name, kind] as const))(
		'makes each %s once all the same, since it is found by its callback ID',
		async (_name, kind) => {
			sandbox().configure({ idempotencyHours: 0 });
			arm({ name: '', fault: { kind: 'drop_after' }, done: true }, { method: 'POST', path: simpleJobs[kind.name].path }, ITEMS);
			const result = await run(kind, kind.create, { ...kind.parameters, waitForCompletion: false }, texts);
			expect(result.originalError).toBeUndefined();
			expect(new Set(jsonOf(result).map((item) => item[kind.idField])).size).toBe(ITEMS);
			expect(made(kind)).toBe(ITEMS);
		},
	);

	it('is asked once for a background removal when it heeds no request ID, if the key is switched off', async () => {
		const [kind] = kinds.filter(({ name }) => name === 'backgroundRemoval') as [Kind];
		sandbox().configure({ requestIdReplays: false });
		arm({ name: '', fault: { kind: 'drop_after' }, done: true }, { method: 'POST', path: '/v3/background-removals' }, -1);
		const parameters = { ...kind.parameters, waitForCompletion: false, requestOptions: { sendIdempotencyKey: false } };
		const result = await run(kind, kind.create, parameters, texts.slice(0, 1));
		expect(errorOf(result).message).toMatch(/connection was lost/);
		expect(made(kind)).toBe(1);
	});
});
