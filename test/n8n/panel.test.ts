/** n8n's nodes panel, in a real editor in a browser: a node that its search does not find is no use to anybody. */
import { OWNER } from './host/client';
import { inEditor, openWorkflow } from './host/editor';
import { packPackage } from './host/pack';
import { startN8n, type N8nServer } from './host/server';
import { feed } from './host/workflow';

jest.setTimeout(300_000);

const SEARCH = '[data-test-id="node-creator-search-bar"]';
const NAME = '[data-test-id="node-creator-item-name"]';
const NOTHING = '[data-test-id="node-creator-no-results"]';

const ALL = ['HeyGen Asset', 'HeyGen Poll Trigger', 'HeyGen Trigger', 'HeyGen Video'];

/** What people type, and which nodes must be among the results. */
const SEARCHES: Array<[text: string, nodes: string[]]> = [
	['heygen', ALL],
	['HeyGen', ALL],
	['talking head', ['HeyGen Video']],
	['text to video', ['HeyGen Video']],
	['avatar', ['HeyGen Poll Trigger', 'HeyGen Trigger', 'HeyGen Video']],
	['brand voice', ['HeyGen Asset']],
	['upload', ['HeyGen Asset']],
	['render finished', ['HeyGen Poll Trigger', 'HeyGen Trigger']],
	['polling', ['HeyGen Poll Trigger']],
	['callback', ['HeyGen Trigger']],
];

let n8n: N8nServer;

beforeAll(async () => {
	n8n = await startN8n({ tgz: await packPackage(), ui: true });
});

afterAll(async () => {
	await n8n?.stop();
});

it('finds the nodes under their names and under what they are for', async () => {
	const workflowId = await n8n.client.createWorkflow(feed('Panel', [{}]));
	const found = await inEditor({ url: n8n.url, ...OWNER }, async (page) => {
		await openWorkflow(page, n8n.url, workflowId);
		await page.locator('[data-test-id="node-creator-plus-button"]').first().click();
		const results: Array<[string, string[]]> = [];
		const names = page.locator(NAME);
		for (const [text, nodes] of SEARCHES) {
			// The list follows the text after a moment: first the results of the search before must go.
			await page.locator(SEARCH).fill('');
			await names.filter({ hasText: 'HeyGen' }).first().waitFor({ state: 'detached' });
			await page.locator(SEARCH).fill(text);
			const all = nodes.map(async (node) => await names.getByText(node, { exact: true }).waitFor());
			await Promise.race([Promise.all(all), page.locator(NOTHING).waitFor()]);
			const found = await names.allInnerTexts();
			results.push([text, found.filter((name) => ALL.includes(name)).sort()]);
		}
		return results;
	});
	expect(found).toEqual(SEARCHES);
});
