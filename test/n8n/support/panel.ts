/** The panel of a node in n8n's editor: opened, saved, and taken pictures of. */
import path from 'node:path';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { Page } from 'playwright-core';

import { OWNER } from '../host/client';
import { inEditor, openWorkflow } from '../host/editor';
import { feed } from '../host/workflow';
import { HEYGEN, type Suite } from './suite';

/** Where pictures go; none are taken unless it is set. */
const PICTURES = process.env.PICTURES_FOLDER;

/**
 * Takes a picture of the page, for the documents.
 *
 * @param name of the file
 * @param options `fullPage` for all of the page, and not only what is to be seen
 */
export async function picture(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<void> {
	if (PICTURES !== undefined) await page.screenshot({ ...options, path: path.join(PICTURES, name), animations: 'disabled', caret: 'hide' });
}

/** What a panel is opened for. */
interface Opening {
	/** What the node is fed. */
	input?: IDataObject;
	/** Pixels of the window. */
	window?: { width: number; height: number };
}

/**
 * Opens the panel of a saved node of the name `HEYGEN`.
 *
 * @param heyGen the node
 * @param work what to do with the page
 * @returns the result of `work`
 */
export async function inPanelOf<T>(
	{ n8n }: Suite,
	heyGen: INode,
	work: (page: Page, workflowId: string) => Promise<T>,
	{ input = { script: 'Hello' }, window = { width: 1440, height: 1300 } }: Opening = {},
): Promise<T> {
	const workflowId = await n8n.client.createWorkflow(feed('Panel', [input], { ...heyGen, position: [260, 0] }));
	return await inEditor({ url: n8n.url, ...OWNER }, async (page) => {
		await page.setViewportSize(window);
		await openWorkflow(page, n8n.url, workflowId);
		await page.locator(`[data-test-id="canvas-node"][data-node-name="${HEYGEN}"]`).dblclick();
		await page.getByTestId('parameter-input-operation').waitFor();
		return await work(page, workflowId);
	});
}

/** Closes the panel and saves the workflow. @returns what the node's parameters are saved as */
export async function savedParameters(page: Page, workflowId: string): Promise<INodeParameters> {
	await page.getByTestId('ndv-close-button').click();
	const written = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.url().includes(workflowId));
	await page.keyboard.press('Control+s');
	const { nodes } = (await written).request().postDataJSON() as { nodes: Array<{ name: string; parameters: INodeParameters }> };
	return nodes.find(({ name }) => name === HEYGEN)?.parameters ?? {};
}
