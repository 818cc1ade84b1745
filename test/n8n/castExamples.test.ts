/** The examples to import that turn a text, or a photo, into a video of an avatar that speaks. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { png } from '../engine/support/sampleFiles';
import type { WorkflowJson } from './host/workflow';
import { SPEAKER } from './support/cast';
import { bodiesTo, startSuite, type Suite, useSuite, withOwnSandbox } from './support/suite';

jest.setTimeout(300_000);

const suite = useSuite(startSuite);

/** An example as somebody uses it: with a credential, and the IDs that it asks for. */
async function exampleOf(own: Suite, name: string): Promise<WorkflowJson> {
	const text = await readFile(path.join(__dirname, '../../examples', name), 'utf8');
	const workflow = JSON.parse(text.replaceAll('<voice id>', SPEAKER).replaceAll('<look id>', 'look_ann_office_01')) as WorkflowJson;
	for (const { credentials } of workflow.nodes) if (credentials !== undefined) credentials.heyGenSuiteApi = own.credential;
	return workflow;
}

it('a text is spoken, and an avatar speaks it', async () => {
	await withOwnSandbox(suite, async (own) => {
		const workflow = await exampleOf(own, 'speech-to-avatar-video.json');
		const execution = await own.n8n.client.runWorkflow(workflow, { startNode: 'When clicking ‘Execute workflow’', timeoutMs: 120_000 });
		expect(execution.error).toBeUndefined();
		expect(Object.keys(execution.items('HeyGen Speech')[0]?.binary ?? {}).sort()).toEqual(['audio', 'subtitles']);
		const [video] = execution.items('HeyGen Video');
		expect(video?.json).toMatchObject({ status: 'completed', avatar_preview_url: expect.stringMatching(/^http.*look_ann_office_01/) });
		expect(video?.binary?.video).toMatchObject({ mimeType: 'video/mp4' });
		const { jobsCreated, videosCreated } = await own.sandbox.stats();
		expect([jobsCreated.speech, videosCreated]).toEqual([1, 1]);
	});
});

it('a photo becomes an avatar that speaks', async () => {
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ jobSeconds: 0.5, jobQueueSeconds: 0 });
		const photo = { data: png(720, 1_280).toString('base64'), mimeType: 'image/png', fileName: 'ada.png', fileExtension: 'png' };
		const sent = { json: { Name: 'Ada', Script: 'Hello, here I am.' }, binary: { Photo: photo } };
		// What n8n's form hands on.
		const workflow = { ...(await exampleOf(own, 'avatar-from-photo.json')), pinData: { 'Photo and script': [sent] } };
		const execution = await own.n8n.client.runWorkflow(workflow, { startNode: 'Photo and script', timeoutMs: 120_000 });
		expect(execution.error).toBeUndefined();
		const [look] = execution.items('HeyGen Avatar');
		expect(look?.json).toMatchObject({ name: 'Ada', status: 'completed', avatar_type: 'photo_avatar' });
		const [body] = await bodiesTo(own, 'POST /v3/videos');
		expect(body).toMatchObject({ avatar_id: look?.json.look_id, script: 'Hello, here I am.', voice_id: SPEAKER, title: 'Ada' });
		expect(execution.items('HeyGen Video')[0]?.binary?.video).toMatchObject({ mimeType: 'video/mp4' });
	});
});
