/** The way that people take: a node from n8n's panel, a new credential, an avatar and a voice from the lists, and a run. */
import type { Locator, Page } from 'playwright-core';

import { OWNER } from './host/client';
import { inEditor, searchNodes, type View } from './host/editor';
import { packedPackage } from './host/pack';
import { type N8nServer, startN8n } from './host/server';
import { SandboxProcess } from './support/sandboxProcess';

jest.setTimeout(300_000);

/** What most people see an editor on. */
const LAPTOP: View = { width: 1440, height: 900 };

let n8n: N8nServer;
let sandbox: SandboxProcess;

beforeAll(async () => {
	n8n = await startN8n({ tgz: packedPackage(), ui: true });
	sandbox = await SandboxProcess.start();
});

afterAll(async () => {
	await Promise.all([n8n?.stop(), sandbox?.stop()]);
});

/** Makes a workflow, finds HeyGen Video in the panel, and puts it on the canvas by its first action; its panel opens. */
async function addHeyGenVideo(page: Page): Promise<void> {
	await page.goto(`${n8n.url}/workflow/new`);
	await page.getByTestId('canvas-add-button').waitFor();
	await searchNodes(page, 'heygen video');
	const names = page.getByTestId('node-creator-item-name');
	const first = names.first();
	await first.and(names.filter({ hasText: 'HeyGen Video' })).waitFor();
	await page.keyboard.press('Enter');
	await names.getByText('Create avatar video', { exact: true }).click();
	await page.getByTestId('node-parameters').waitFor();
}

/** Makes the credential that the node asks for, for the sandbox. */
async function connect(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Connect to HeyGen' }).click();
	const form = page.getByRole('dialog');
	await form.getByTestId('parameter-input-apiKey').locator('input').fill(sandbox.apiKey);
	await form.getByTestId('parameter-input-customBaseUrl').locator('.el-switch').click();
	await form.getByTestId('parameter-input-baseUrl').locator('input').fill(sandbox.url);
	const save = form.getByTestId('credential-save-button');
	await save.click();
	await save.waitFor({ state: 'detached' });
}

/** The field that shows what was picked from a list. */
function pickerOf(page: Page, parameter: string): Locator {
	return page.getByTestId(`parameter-input-${parameter}`).getByTestId('rlc-input');
}

/** Picks a record of those that a list finds. */
async function pick(page: Page, parameter: string, search: string, name: string): Promise<void> {
	await pickerOf(page, parameter).click();
	const items = page.getByTestId('rlc-item').filter({ visible: true });
	await items.filter({ hasNotText: search }).first().waitFor();
	await page.getByTestId('rlc-search').filter({ visible: true }).fill(search);
	// The list is another one after the search: a click on the one before could be lost.
	await items.filter({ hasNotText: search }).first().waitFor({ state: 'detached' });
	await items.filter({ hasText: name }).first().click();
}

it('leads from an empty workflow to a finished video', async () => {
	const seen = await inEditor({ url: n8n.url, ...OWNER }, async (page) => {
		await addHeyGenVideo(page);
		await connect(page);
		const credential = await page.getByTestId('node-credentials-select').locator('input').inputValue();
		await pick(page, 'avatarId', 'Bruno', 'Bruno in the studio');
		await page.getByTestId('parameter-input-script').locator('textarea').fill('Hi Ada, thank you for your order!');
		await pick(page, 'voiceId', 'Greta', 'Greta');
		const picked = await Promise.all(['avatarId', 'voiceId'].map(async (name) => await pickerOf(page, name).inputValue()));
		await page.getByTestId('node-execute-button').first().click();
		const output = page.getByTestId('output-panel');
		await output.getByTestId('node-run-status-success').waitFor();
		const file = await output.getByTestId('ndv-binary-data_0').innerText();
		await output.getByTestId('radio-button-json').click();
		const record = output.getByTestId('ndv-data-container').filter({ hasText: '"status"' });
		await record.waitFor();
		const json = await record.innerText();
		await page.keyboard.press('Escape');
		const node = await page.getByTestId('canvas-node').filter({ hasText: 'Create avatar video' }).innerText();
		return { credential, picked, file, json, node };
	});
	expect(seen.credential).toBe('HeyGen account');
	expect(seen.file).toMatch(/^video\b[^]*\.mp4\n[^]*video\/mp4/);
	expect(seen.json).toMatch(/"status":\s*"completed"/);
	// n8n calls the node by its action; below stands the subtitle.
	expect(seen.node.split('\n').filter((line) => line === 'Create avatar video')).toHaveLength(2);

	// The sandbox takes only avatars and voices that it has.
	expect(seen.picked).toEqual(['Bruno in the studio (photo avatar, male, portrait)', expect.stringMatching(/^Greta – /)]);
	expect((await sandbox.stats()).videosCreated).toBe(1);
});

/** Names of a node's parameters that are on the screen, as a whole, from top to bottom. */
async function namesInSight(page: Page): Promise<string[]> {
	return await page.getByTestId('node-parameters').evaluate((pane) => {
		const isInSight = (part: Element) => {
			const { left, top, bottom } = part.getBoundingClientRect();
			return [top + 1, bottom - 1].every((y) => part.contains(document.elementFromPoint(left + 1, y)));
		};
		const items = Array.from(pane.querySelectorAll('[data-test-id="parameter-item"]')).filter(isInSight);
		// Beside the name, the label holds the switch between a value and an expression.
		return items.map((item) => item.querySelector<HTMLElement>('[data-test-id="input-label"]')?.innerText.split('\n')[0] ?? '');
	});
}

it('begins with what a video needs: all of it in the first view, and nothing between', async () => {
	const names = await inEditor(
		{ url: n8n.url, ...OWNER },
		async (page) => {
			await addHeyGenVideo(page);
			await page.getByTestId('parameter-input-voiceId').waitFor();
			return await namesInSight(page);
		},
		LAPTOP,
	);
	expect(names.slice(names.indexOf('Avatar'), names.indexOf('Voice') + 1)).toEqual(['Avatar', 'What the Avatar Says', 'Script', 'Voice']);
});
