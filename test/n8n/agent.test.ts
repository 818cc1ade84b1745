import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { INodeParameters } from 'n8n-workflow';

import { png } from '../engine/support/sampleFiles';
import { OWNER } from './host/client';
import { inEditor } from './host/editor';
import type { WorkflowJson } from './host/workflow';
import { putFile, readFiles } from './support/files';
import { bodiesTo, HEYGEN, operationNode, runNodes, startSuite, useSuite, withOwnSandbox } from './support/suite';

/** HeyGen's video agent in a real n8n: a conversation over several nodes, and over a form that a person fills in. */

jest.setTimeout(300_000);

const suite = useSuite(async () => await startSuite({ ui: true }));

it('asks, is answered by a further node, and hands on the film', async () => {
	const picture = await putFile(suite.n8n, 'product.png', png(640, 640));
	await withOwnSandbox(suite, async (own) => {
		const files = { files: [{ source: 'binary', binaryPropertyName: 'data' }, { source: 'url', url: 'https://example.com/brief.pdf' }] };
		const create = operationNode(own, 'videoAgent', 'create', { prompt: 'A film on tea', files, options: { mode: 'chat', orientation: 'portrait' } });
		const answer = { ...operationNode(own, 'videoAgent', 'sendMessage', { sessionId: '={{ $json.session_id }}', download: ['video'] }), id: 'answer', name: 'Answer' };
		const message = "={{ 'For children: ' + $json.question }}";
		const execution = await runNodes(own, [{}], [readFiles(picture.path), create, { ...answer, parameters: { ...answer.parameters, message } }]);
		expect(execution.error).toBeUndefined();
		const [asked] = execution.items(HEYGEN);
		expect(asked?.json).toMatchObject({ status: 'waiting_for_input', question: 'Who is the video for?', session_id: expect.any(String) });
		expect(execution.hints(HEYGEN)[0]?.message).toMatch(/1 waiting for an answer/);
		const [film] = execution.items('Answer');
		expect(film?.json).toMatchObject({ session_id: asked?.json.session_id, video_id: expect.any(String), status: 'completed', cost: { credits: 0.667 } });
		expect(film?.binary?.video?.fileName).toMatch(/\.mp4$/);
		expect(await bodiesTo(own, 'POST /v3/video-agents/{session_id}')).toEqual([{ message: 'For children: Who is the video for?' }]);
		expect((await bodiesTo(own, 'POST /v3/video-agents'))[0]).toMatchObject({ orientation: 'portrait', files: [{ type: 'asset_id' }, { type: 'url' }] });
	});
});

it('is found by whoever waits for it, and by its lists', async () => {
	await withOwnSandbox(suite, async (own) => {
		const begun = await runNodes(own, [{}], [operationNode(own, 'videoAgent', 'create', { prompt: 'A film on tea', waitForCompletion: false })]);
		const sessionId = String(begun.items(HEYGEN)[0]?.json.session_id);
		const run = async (operation: string, parameters: INodeParameters = {}) => {
			const execution = await runNodes(own, [{}], [operationNode(own, 'videoAgent', operation, { sessionId, ...parameters })]);
			expect(execution.error).toBeUndefined();
			return execution.items(HEYGEN).map(({ json }) => json);
		};
		const [film] = await run('wait', { download: ['video'] });
		expect(film).toMatchObject({ session_id: sessionId, status: 'completed' });
		expect(await run('get')).toMatchObject([{ session_id: sessionId, status: 'completed', question: null }]);
		expect(await run('getVideos')).toMatchObject([{ video_id: film?.video_id, session_id: sessionId }]);
		const resources = await run('getResources');
		expect(resources.length).toBeGreaterThan(0);
		expect(await run('getResource', { resourceId: String(resources[0]?.resource_id) })).toMatchObject([{ resource_id: resources[0]?.resource_id }]);
		expect(await run('getAll')).toMatchObject([{ session_id: sessionId }]);
		expect((await run('getStyles', { returnAll: true })).length).toBeGreaterThan(20);
		expect(await run('stop')).toMatchObject([{ session_id: sessionId }]);
	});
});

it('hands on the film of a session that is gone once it has named it', async () => {
	await withOwnSandbox(suite, async (own) => {
		const create = operationNode(own, 'videoAgent', 'create', { prompt: 'A film on tea [session-gone]', download: ['video'] });
		const execution = await runNodes(own, [{}], [create]);
		expect(execution.error).toBeUndefined();
		const [film] = execution.items(HEYGEN);
		expect(film?.json).toMatchObject({ session_id: expect.any(String), video_id: expect.any(String), status: 'completed' });
		expect(film?.binary?.video?.fileName).toMatch(/\.mp4$/);
		const again = await runNodes(own, [{}], [operationNode(own, 'videoAgent', 'get', { sessionId: String(film?.json.session_id) })]);
		expect(again.error).toMatch(/not found/i);
	});
});

it('the example to import talks with a person in forms', async () => {
	const example = JSON.parse(await readFile(path.join(__dirname, '../../examples/video-agent-chat.json'), 'utf8')) as WorkflowJson;
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ jobSeconds: 1 });
		for (const { credentials } of example.nodes) if (credentials !== undefined) credentials.heyGenSuiteApi = own.credential;
		const workflowId = await own.n8n.client.createWorkflow(example);
		await own.n8n.client.activateWorkflow(workflowId);
		const webhookId = String(example.nodes.find(({ name }) => name === 'The brief')?.webhookId);
		await inEditor({ url: own.n8n.url, ...OWNER }, async (page) => {
			await page.goto(`${own.n8n.url}/form/${webhookId}`);
			await page.locator('textarea').fill('A film about our spring sale [ask-again]');
			await page.getByRole('button', { name: 'Submit' }).click();
			await page.getByText('Who is the video for?').waitFor();
			await page.locator('textarea').fill('For children');
			await page.getByRole('button', { name: 'Submit' }).click();
			await page.getByText('And how long should it be?').waitFor();
			await page.locator('textarea').fill('Half a minute');
			await page.getByRole('button', { name: 'Submit' }).click();
			await page.getByText('The video is finished').waitFor();
			expect(await page.locator('body').innerText()).toMatch(/http:\/\/127\.0\.0\.1/);
		});
		expect(await bodiesTo(own, 'POST /v3/video-agents/{session_id}')).toEqual([{ message: 'For children' }, { message: 'Half a minute' }]);
		expect((await own.sandbox.stats()).jobsCreated).toMatchObject({ agentSession: 1, agentMessage: 2 });
	});
});
