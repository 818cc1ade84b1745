/** What n8n's editor makes of an error, in a browser: it adds words of its own. */
import { OWNER } from './host/client';
import { inEditor, openWorkflow } from './host/editor';
import { feed } from './host/workflow';
import { createAvatar, HEYGEN, heyGenNode, scripts, startSuite, useSuite } from './support/suite';

jest.setTimeout(300_000);

const suite = useSuite(async () => await startSuite({ ui: true }));

it('shows which item has failed, once and counted from 1', async () => {
	const items = scripts(3).map((item, index) => (index === 0 ? { ...item, script: 'x'.repeat(12_345) } : item));
	const workflow = feed('Too long', items, heyGenNode(suite, createAvatar()));
	workflow.nodes.forEach((node, index) => (node.position = [index * 300, 0]));
	const { n8n } = suite;
	const workflowId = await n8n.client.createWorkflow(workflow);
	const shown = await inEditor({ url: n8n.url, ...OWNER }, async (page) => {
		await openWorkflow(page, n8n.url, workflowId);
		await page.locator('[data-test-id="execute-workflow-button"]').first().click();
		const heygen = page.locator(`[data-test-id="canvas-node"][data-node-name="${HEYGEN}"]`);
		await heygen.locator('[data-test-id="node-issues"]').waitFor();
		await heygen.dblclick();
		return await page.locator('[data-test-id="node-error-message"]').innerText();
	});
	expect(shown.trim()).toBe("'Script' may have at most 5,000 characters, but has 12,345: split it over several items (item 1)");
});
