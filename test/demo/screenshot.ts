import type { Locator, Page } from 'playwright-core';
import { inEditor, openWorkflow, type EditorAccess } from '../n8n/host/editor';

/** What to photograph, and as whom. */
export interface ScreenshotRequest extends EditorAccess {
	workflowId: string;
	/** Node whose panel is to be open. */
	nodeName: string;
	/** Where to write the PNG, 1600 × 1000 pixels. */
	file: string;
	/** Longest time that the workflow may take, in ms; two minutes unless given. */
	timeoutMs?: number;
}

const RUN_TIMEOUT_MS = 120_000;
/** The editor's messages in the corner. */
const NOTICE = '.el-notification';

/**
 * Logs in to the editor, executes the workflow there and saves a picture of the opened panel of one node,
 * with its parameters and its output.
 *
 * @throws Error when no Chromium is installed or the editor does not get that far in time
 */
export async function takeEditorScreenshot(request: ScreenshotRequest): Promise<void> {
	await inEditor(request, async (page) => {
		await execute(page, request);
		await openPanel(page, request.nodeName);
		await page.screenshot({ path: request.file });
	});
}

async function execute(page: Page, { url, workflowId, nodeName, timeoutMs }: ScreenshotRequest): Promise<void> {
	await openWorkflow(page, url, workflowId);
	await page.locator('[data-test-id="execute-workflow-button"]').first().click();
	const succeeded = canvasNode(page, nodeName).locator('[data-test-id="canvas-node-status-success"]');
	const failed = page.locator(`${NOTICE}:has(.el-notification--error)`);
	await succeeded.or(failed).first().waitFor({ timeout: timeoutMs ?? RUN_TIMEOUT_MS });
	if (await failed.count()) throw new Error(`The editor says: ${await failed.first().innerText()}`);
}

async function openPanel(page: Page, nodeName: string): Promise<void> {
	await canvasNode(page, nodeName).dblclick();
	await page.locator('[data-test-id="output-panel"] [data-test-id="ndv-items-count"]').first().waitFor();
	// The notice of success covers part of the output until it fades.
	await page.locator(NOTICE).first().waitFor({ state: 'hidden' });
}

function canvasNode(page: Page, name: string): Locator {
	return page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
}
