/** The example to import whose translation a person corrects and approves, in n8n's own forms in a browser. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';

import { sampleFile } from '../sandbox';
import { OWNER } from './host/client';
import { inEditor } from './host/editor';
import type { Execution } from './host/execution';
import type { WorkflowJson } from './host/workflow';
import { picture } from './support/panel';
import { sentTo, startSuite, type Suite, useSuite, withOwnSandbox } from './support/suite';
import { executions } from './support/triggers';

jest.setTimeout(300_000);

const PUT_SUBTITLES = 'PUT /v3/video-translations/proofreads/{proofread_id}/srt';

const suite = useSuite(async () => await startSuite({ ui: true }));

/** Publishes the example, fills in its first form, and hands the page over that shows the translation. @returns the execution */
async function throughTheForms(own: Suite, work: (page: Page) => Promise<void>): Promise<Execution> {
	const { client, url } = own.n8n;
	const example = JSON.parse(await readFile(path.join(__dirname, '../../examples/translation-with-approval.json'), 'utf8')) as WorkflowJson;
	for (const { credentials } of example.nodes) if (credentials !== undefined) credentials.heyGenSuiteApi = own.credential;
	const workflowId = await client.createWorkflow(example);
	await client.activateWorkflow(workflowId);
	const webhookId = String(example.nodes.find(({ name }) => name === 'What to translate')?.webhookId);
	return await inEditor({ url, ...OWNER }, async (page) => {
		await page.goto(`${url}/form/${webhookId}`);
		await picture(page, 'form-1.png', { fullPage: true });
		await page.getByLabel('Title').fill('Our webinar');
		await page.getByLabel('Video address').fill('https://example.com/webinar.mp4');
		await page.getByLabel('Language').selectOption('German (Germany)');
		await submit(page);
		await page.getByText('Is the translation right?').first().waitFor();
		await picture(page, 'form-2.png', { fullPage: true });
		await work(page);
		// The last page ends the execution, so it stays open until then.
		const [execution] = await executions(own, workflowId, 1);
		// The next test publishes the same addresses.
		await client.deactivateWorkflow(workflowId);
		return execution as Execution;
	});
}

const submit = async (page: Page): Promise<void> => await page.getByRole('button', { name: 'Submit' }).click();

/** Answers the page that shows the translation. @param change what becomes of its text */
async function answer(page: Page, approved: 'Yes' | 'No', change: (text: string) => string = (text) => text): Promise<void> {
	const words = page.getByLabel('Subtitles');
	await words.fill(change(await words.inputValue()));
	await page.getByLabel('Make the video?').selectOption(approved);
	await submit(page);
}

/** The subtitles that HeyGen has for a proofread. */
async function subtitlesOf({ sandbox }: Suite, proofreadId: string): Promise<string> {
	const { data } = await sandbox.ask<{ data: { srt_url: string } }>(`/v3/video-translations/proofreads/${proofreadId}/srt`);
	return await (await fetch(data.srt_url)).text();
}

it('makes the video with the words as they were corrected, and asks again for what is no SRT', async () => {
	await withOwnSandbox(suite, async (own) => {
		const execution = await throughTheForms(own, async (page) => {
			const shown = page.getByLabel('Subtitles');
			expect(await shown.inputValue()).toMatch(/^1\n00:00:00,000 --> 00:00:03,000\n\[German \(Germany\)\] First line\.\n\n2\n/);
			expect(await page.locator('body').innerText()).toMatch(/What is said in the video:\s+1\s+00:00:00,000 --> 00:00:03,000\s+\[English\] First line\./);

			await answer(page, 'Yes', (text) => text.replace('Second line.', 'Zweite Zeile – geändert!').replace('00:00:03,000 --> 00:00:06,000', '00:00:03,000 bis 00:00:06,000'));
			await page.getByText("'Subtitles Text'").first().waitFor();
			await picture(page, 'form-3.png', { fullPage: true });
			expect(await shown.inputValue()).toContain('Zweite Zeile – geändert!');

			await answer(page, 'Yes', (text) => text.replace(' bis ', ' --> '));
			await page.getByText('The video is finished').waitFor();
			await picture(page, 'form-4.png', { fullPage: true });
			const address = await page.getByText('Open the video').getAttribute('href');
			expect(Buffer.from(await (await fetch(String(address))).arrayBuffer())).toEqual(sampleFile('mp4'));
		});
		expect(execution.status).toBe('success');
		const [video] = execution.items('Generate Video');
		expect(video?.json).toMatchObject({ status: 'completed', title: 'Our webinar', output_language: 'German (Germany)' });
		expect(video?.binary?.video?.fileName).toMatch(/^\w+-german-germany\.mp4$/);
		const captions = (await own.n8n.client.downloadBinary(video?.binary?.subtitles?.id ?? '')).toString();
		const line = '2\n00:00:03,000 --> 00:00:06,000\n[German (Germany)] Zweite Zeile – geändert!\n';
		expect(captions).toContain(line);
		expect(await subtitlesOf(own, String(execution.items('Create Proofread')[0]?.json.proofread_id))).toContain(line);
		expect(await sentTo(own, PUT_SUBTITLES)).toHaveLength(1);
		expect((await own.sandbox.stats()).jobsCreated).toMatchObject({ proofread: 1, translation: 1 });
	});
});

it('makes no video of a translation that is not approved', async () => {
	await withOwnSandbox(suite, async (own) => {
		const execution = await throughTheForms(own, async (page) => {
			await answer(page, 'No', (text) => text.replace('Second line.', 'Changed all the same.'));
			await page.getByText('No video was made').waitFor();
		});
		expect(execution.status).toBe('success');
		expect(execution.nodes['Generate Video']).toBeUndefined();
		expect(await sentTo(own, PUT_SUBTITLES)).toEqual([]);
		expect((await own.sandbox.stats()).jobsCreated).toMatchObject({ proofread: 1, translation: 0 });
	});
});
