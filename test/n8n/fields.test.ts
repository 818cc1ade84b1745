/** What the fields of HeyGen Video look like in a real editor in a browser: at first sight, and with a saved workflow's values. */
import type { INodeParameters } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';
import { node } from './host/workflow';
import { inPanelOf, savedParameters } from './support/panel';
import { HEYGEN, HEYGEN_VIDEO, LOOK, startSuite, useSuite } from './support/suite';

jest.setTimeout(300_000);

const by = (id: string) => `[data-test-id="${id}"]`;
const VISIBLE = ':visible';

const suite = useSuite(async () => await startSuite({ ui: true }));

/** Opens the panel of a saved HeyGen Video node, in a window that has room for all of it. */
async function inPanel<T>(parameters: INodeParameters, work: (page: Page, workflowId: string) => Promise<T>): Promise<T> {
	const credentials = { heyGenSuiteApi: suite.credential };
	return await inPanelOf(suite, node(HEYGEN, HEYGEN_VIDEO, 1, parameters, { credentials }), work, { window: { width: 1600, height: 2400 } });
}

/** The names of the fields that are to be seen, from top to bottom. */
async function labels(page: Page): Promise<string[]> {
	const texts = await page.locator(`${by('ndv')} label${VISIBLE}`).allInnerTexts();
	return texts.map((text) => (text.split('\n')[0] as string).trim());
}

/** What a collection offers to add. */
async function offered(page: Page, adder: Locator): Promise<string[]> {
	await adder.click();
	const options = page.locator(`${by('collection-parameter-option')}${VISIBLE}`);
	await options.first().waitFor();
	const names = await options.allInnerTexts();
	await page.keyboard.press('Escape');
	await options.first().waitFor({ state: 'hidden' });
	return names;
}

const adders = (page: Page) => page.locator(`${by('collection-parameter-add')}${VISIBLE}`);

/** Shows the panel's other tab. */
async function openSettings(page: Page): Promise<void> {
	await page.locator(by('ndv')).getByText('Settings', { exact: true }).click();
	await page.locator(by('parameter-input-executeOnce')).waitFor();
}

const CREATIVE = ['Additional Fields (JSON)', 'Animation Engine', 'Aspect Ratio', 'Avatar Expressiveness', 'Avatar Fit', 'Background', 'Brand Glossary', 'Caption', 'Check Before Paying',
	'Dry Run', 'Expected Duration (Seconds)', 'Folder ID', 'Maximum Cost per Execution', 'Maximum Cost per Item', 'Maximum Cost per Run',
	'Minimum Balance', 'Motion Prompt', 'Motion Reference Look ID', 'On Wait Timeout', 'Output Format', 'Preset', 'Rate', 'Remove Background', 'Resolution',
	'Title', 'Wait Mode', 'Wait Timeout (Minutes)', 'Watermark'];
const OF_N8N = ['Batching', 'Ignore SSL Issues (Insecure)', 'Proxy', 'Timeout'];
const OF_REQUESTS = ['Callback ID', 'Callback URL', 'Idempotency Key', 'Max Parallel Requests', 'Queue Timeout (Minutes)',
	'Same Input, Same Video', 'Send Callback ID', 'Send Idempotency Key', 'Send as Batch'];

it('begins with the price and with what makes a video, and offers the rest below', async () => {
	await inPanel({}, async (page) => {
		expect(await labels(page)).toEqual(['Credential', 'Resource', 'Operation', 'Avatar', 'What the Avatar Says', 'Script', 'Voice',
			'Wait for Completion', 'Download', 'Simplify', 'Voice Settings', 'List Filters', 'Options']);
		const parameters = page.locator(by('node-parameters')).first();
		expect(await parameters.innerText()).toMatch(/Costs about 6 HeyGen credits per minute[\s\S]*Up to 5,000 characters/);
		expect(await page.locator(by('node-hint')).allInnerTexts()).toEqual([expect.stringMatching(/takes some minutes.*Logs/)]);
		expect(await offered(page, adders(page).last())).toEqual(CREATIVE);
		await openSettings(page);
		expect((await offered(page, adders(page).first())).sort()).toEqual([...OF_N8N, ...OF_REQUESTS].sort());
	});
});

const OF_RENDERS = ['Additional Fields (JSON)', 'Aspect Ratio', 'Composition', 'Dry Run', 'Expected Duration (Seconds)', 'Frame Rate',
	'Maximum Cost per Execution', 'Maximum Cost per Item', 'Maximum Cost per Run', 'Minimum Balance', 'On Wait Timeout', 'Output Format', 'Preset',
	'Quality', 'Rate', 'Resolution', 'Title', 'Wait Mode', 'Wait Timeout (Minutes)'];

it('offers what a render of a project has, which cannot be sent in batches', async () => {
	await inPanel({ resource: 'hyperframes', operation: 'create' }, async (page) => {
		expect(await labels(page)).toEqual(expect.arrayContaining(['Project Source', 'Project Binary Field', 'Variables Input', 'Wait for Completion']));
		expect(await offered(page, adders(page).last())).toEqual(OF_RENDERS);
		await openSettings(page);
		const ofRequests = OF_REQUESTS.filter((name) => name !== 'Send as Batch');
		expect((await offered(page, adders(page).first())).sort()).toEqual([...OF_N8N, ...ofRequests].sort());
	});
});

it('lists own voices first, and shows what opens the preview of one that is picked', async () => {
	await inPanel({}, async (page) => {
		await page.locator(by('resource-locator-voiceId')).locator(by('rlc-input')).click();
		const voices = page.locator(`${by('rlc-item')}${VISIBLE}`);
		await voices.first().waitFor();
		const names = await voices.allInnerTexts();
		expect(names.findIndex((name) => !name.includes('your own'))).toBe(13);
		expect(names.slice(13).some((name) => name.includes('your own'))).toBe(false);
		await voices.first().click();
		await page.locator(by('resource-locator-voiceId')).locator(by('rlc-open-resource-link')).waitFor();
	});
});

it('keeps what a saved workflow has in places that have moved, and offers them to no other', async () => {
	const saved: INodeParameters = {
		avatarId: { __rl: true, mode: 'id', value: LOOK },
		script: 'Hello',
		avatarFilter: { ownership: 'private' },
		voiceFilter: { language: 'German' },
		waitOptions: { timeoutMinutes: 0, onTimeout: 'continue' },
		options: { title: 'T', callbackId: 'c-1', maxParallelRequests: 0, sendAsBatch: false, idempotencyKey: '={{ $json.script }}' },
	};
	await inPanel(saved, async (page, workflowId) => {
		expect(await labels(page)).toEqual(expect.arrayContaining(['Wait Options', 'Avatar Filter', 'Voice Filter', 'Callback ID',
			'Idempotency Key', 'Max Parallel Requests', 'Send as Batch', 'Title']));
		expect(await offered(page, adders(page).last())).toEqual(CREATIVE.filter((name) => name !== 'Title'));
		await page.locator(by('parameter-input-script')).locator('textarea').fill('Hello again');
		expect(await savedParameters(page, workflowId)).toMatchObject({ ...saved, script: 'Hello again' });
	});
});

it('shows Options of an operation that has none of its own only where a saved workflow has something there', async () => {
	const get = { operation: 'get', videoId: 'abc' };
	const shown = [{}, { options: { maxParallelRequests: 0 } }].map((more) => ({ ...get, ...more }));
	const seen: string[][] = [];
	for (const parameters of shown) {
		await inPanel(parameters, async (page) => {
			seen.push(await labels(page));
			// Nothing is waited for.
			expect(await page.locator(by('node-hint')).count()).toBe(0);
			await openSettings(page);
			const names = await offered(page, adders(page).first());
			expect(names.sort()).toEqual([...OF_N8N, 'Max Parallel Requests', 'Queue Timeout (Minutes)'].sort());
		});
	}
	const always = ['Credential', 'Resource', 'Operation', 'Video ID', 'Simplify'];
	expect(seen).toEqual([always, [...always, 'Options', 'Max Parallel Requests']]);
});
