/** Pickers of HeyGen Video in a real editor in a browser: what they list, what can be typed there, and what is picked. */
import path from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';
import { OWNER } from './host/client';
import { inEditor, openWorkflow } from './host/editor';
import { feed, node } from './host/workflow';
import { HEYGEN, HEYGEN_VIDEO, startSuite, type Suite } from './support/suite';

jest.setTimeout(300_000);

/** Where pictures of the panel go; none are taken unless it is set. */
const PICTURES = process.env.PICTURES_FOLDER;

const VISIBLE = ':visible';

let suite: Suite;

beforeAll(async () => {
	suite = await startSuite({ ui: true });
});

afterAll(async () => {
	await suite?.stop();
});

/** Opens the panel of a saved HeyGen Video node. */
async function inPanel<T>(parameters: INodeParameters, work: (page: Page, workflowId: string) => Promise<T>): Promise<T> {
	const { n8n, credential } = suite;
	const heyGen = node(HEYGEN, HEYGEN_VIDEO, 1.1, parameters, { credentials: { heyGenSuiteApi: credential }, position: [260, 0] });
	const workflowId = await n8n.client.createWorkflow(feed('Pickers', [{ script: 'Hello' }], heyGen));
	return await inEditor({ url: n8n.url, ...OWNER }, async (page) => {
		await page.setViewportSize({ width: 1440, height: 1300 });
		await openWorkflow(page, n8n.url, workflowId);
		await page.locator(`[data-test-id="canvas-node"][data-node-name="${HEYGEN}"]`).dblclick();
		await page.getByTestId('parameter-input-operation').waitFor();
		return await work(page, workflowId);
	});
}

/** Takes a picture of the page, for the documents. */
async function picture(page: Page, name: string): Promise<void> {
	if (PICTURES !== undefined) await page.screenshot({ path: path.join(PICTURES, name), animations: 'disabled', caret: 'hide' });
}

const picker = (page: Page, name: string): Locator => page.getByTestId(`resource-locator-${name}`);
const entries = (page: Page): Locator => page.locator(`[data-test-id="rlc-item"]${VISIBLE}`);

/** The entries of a picker's list, once there are any. */
async function openList(page: Page, name: string): Promise<string[]> {
	await picker(page, name).getByTestId('rlc-input').click();
	await entries(page).first().waitFor();
	return await entries(page).allInnerTexts();
}

/** Waits until the page is as a test wants it. @throws Error after half a minute */
async function until(holds: () => Promise<boolean>): Promise<void> {
	for (let tries = 0; tries < 300; tries++) {
		if (await holds()) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error('The page did not become what the test waits for');
}

const chosen: INodeParameters = { __rl: true, mode: 'list', value: '' };
const ofAgent: INodeParameters = {
	resource: 'videoAgent',
	operation: 'create',
	prompt: 'A 30 second portrait video for our spring sale, cheerful, with the product pictures',
	options: { avatarId: chosen, brandKitId: chosen, mode: 'chat', styleId: chosen, voiceId: chosen },
};

describe('the style of a video agent', () => {
	it('is found by its name or a tag, and its film opens from there', async () => {
		await inPanel(ofAgent, async (page) => {
			const names = await openList(page, 'styleId');
			expect(names.length).toBeGreaterThanOrEqual(20);
			expect(names.every((name) => /\(.+\)/.test(name))).toBe(true);
			await picture(page, 'agent-styles.png');
			const search = page.locator(`[data-test-id="rlc-search"]${VISIBLE} input, input[data-test-id="rlc-search"]${VISIBLE}`).first();
			await search.fill('handmade');
			await until(async () => {
				const shown = await entries(page).allInnerTexts();
				return shown.length > 0 && shown.every((name) => name.includes('handmade'));
			});
			const found = await entries(page).allInnerTexts();
			expect(found.length).toBeGreaterThan(0);
			expect(found.length).toBeLessThan(names.length);
			await entries(page).first().click();
			const link = picker(page, 'styleId').getByTestId('rlc-open-resource-link');
			await link.waitFor();
		});
	});
});

describe('the avatar of a video agent', () => {
	it('is picked from a list that says what people choose by', async () => {
		await inPanel(ofAgent, async (page) => {
			const names = await openList(page, 'avatarId');
			expect(names.some((name) => /photo avatar/.test(name))).toBe(true);
			await entries(page).first().click();
			await picker(page, 'avatarId').getByTestId('rlc-open-resource-link').waitFor();
			await picture(page, 'agent.png');
		});
	});
});
