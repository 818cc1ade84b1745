/** The panel of a node in n8n's editor: opened, saved, and taken pictures of. */
import path from 'node:path';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';

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
		await openPanel(page);
		return await work(page, workflowId);
	});
}

/** Opens the panel of the node, which is closed. */
export async function openPanel(page: Page): Promise<void> {
	await page.locator(`[data-test-id="canvas-node"][data-node-name="${HEYGEN}"]`).dblclick();
	await page.getByTestId('parameter-input-operation').waitFor();
}

/** Closes the panel and saves the workflow. @returns what the node's parameters are saved as */
export async function savedParameters(page: Page, workflowId: string): Promise<INodeParameters> {
	await page.getByTestId('ndv-close-button').click();
	const written = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.url().includes(workflowId));
	await page.keyboard.press('Control+s');
	const { nodes } = (await written).request().postDataJSON() as { nodes: Array<{ name: string; parameters: INodeParameters }> };
	return nodes.find(({ name }) => name === HEYGEN)?.parameters ?? {};
}

/** A picker of an open panel. */
export const picker = (page: Page, name: string): Locator => page.getByTestId(`resource-locator-${name}`);

/** The entries of the list that is open. */
export const entries = (page: Page): Locator => page.getByTestId('rlc-item').filter({ visible: true });

/** The field above the open list that people type into. */
export const searchOf = (page: Page): Locator => page.getByTestId('rlc-search').filter({ visible: true });

/** Opens a picker's list. @returns its entries, once there are any */
export async function openList(page: Page, name: string): Promise<string[]> {
	await picker(page, name).getByTestId('rlc-input').click();
	await entries(page).first().waitFor();
	return await entries(page).allInnerTexts();
}

/**
 * Opens a picker's list and picks an entry. While the list is read, n8n shows the one that was picked before: it must not
 * be the wanted one.
 */
export async function pick(page: Page, name: string, text: string): Promise<void> {
	await picker(page, name).getByTestId('rlc-input').click();
	await entries(page).filter({ hasText: text }).first().click();
}

/** Waits until the page is as a test wants it. @throws Error after half a minute */
export async function untilShown(holds: () => Promise<boolean>): Promise<void> {
	for (let tries = 0; tries < 300; tries++) {
		if (await holds()) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error('The page did not become what the test waits for');
}
