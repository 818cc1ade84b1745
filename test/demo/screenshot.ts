import type { Locator, Page } from 'playwright-core';
import { inEditor, openWorkflow, searchNodes, type EditorAccess, type View } from '../n8n/host/editor';

/** What to photograph, and as whom. */
export interface ScreenshotRequest extends EditorAccess {
	workflowId: string;
	/** Node whose panel is to be open. */
	nodeName: string;
	/** Where to write the PNG. */
	file: string;
	/** Longest time that the workflow may take, in ms; two minutes unless given. */
	timeoutMs?: number;
}

const RUN_TIMEOUT_MS = 120_000;
/** The editor's messages in the corner. */
const NOTICE = '.el-notification';

/** Pages show pictures about 830 pixels wide: what is on them must be large enough to be read then. */
const EDITOR_VIEW: View = { width: 1440, height: 900, scale: 1.25 };
const PANEL_VIEW: View = { width: 1120, height: 760, scale: 1.25 };

/**
 * Logs in to the editor, executes the workflow there and saves a picture of the opened panel of one node,
 * with its parameters and its output.
 *
 * @throws Error when no Chromium is installed or the editor does not get that far in time
 */
export async function takeEditorScreenshot(request: ScreenshotRequest): Promise<void> {
	const work = async (page: Page) => {
		await execute(page, request);
		await openPanel(page, request.nodeName);
		await page.screenshot({ path: request.file });
	};
	await inEditor(request, work, EDITOR_VIEW);
}

/**
 * Logs in to the editor, looks for the package's nodes in the nodes panel of an empty workflow, and saves a picture of it.
 *
 * @param file where to write the PNG
 * @throws Error when no Chromium is installed, or the panel does not find them in time
 */
export async function takePanelScreenshot(access: EditorAccess, file: string): Promise<void> {
	const work = async (page: Page) => {
		await page.goto(`${access.url}/workflow/new`);
		await page.getByTestId('canvas-add-button').waitFor();
		await searchNodes(page, 'heygen');
		await page.getByTestId('node-creator-item-name').getByText('HeyGen Video', { exact: true }).waitFor();
		await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
	};
	await inEditor(access, work, PANEL_VIEW);
}

async function execute(page: Page, { url, workflowId, nodeName, timeoutMs }: ScreenshotRequest): Promise<void> {
	await openWorkflow(page, url, workflowId);
	await page.getByTestId('execute-workflow-button').first().click();
	const succeeded = canvasNode(page, nodeName).getByTestId('canvas-node-status-success');
	const failed = page.locator(`${NOTICE}:has(.el-notification--error)`);
	await succeeded.or(failed).first().waitFor({ timeout: timeoutMs ?? RUN_TIMEOUT_MS });
	if (await failed.count()) throw new Error(`The editor says: ${await failed.first().innerText()}`);
}

async function openPanel(page: Page, nodeName: string): Promise<void> {
	await canvasNode(page, nodeName).dblclick();
	await page.getByTestId('output-panel').getByTestId('ndv-items-count').first().waitFor();
	// The notice of success covers part of the output until it fades.
	await page.locator(NOTICE).first().waitFor({ state: 'hidden' });
}

function canvasNode(page: Page, name: string): Locator {
	return page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
}
