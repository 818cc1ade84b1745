import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Locator, type Page } from 'playwright-core';

/** What to photograph, and as whom. */
export interface ScreenshotRequest {
	/** Address of an n8n that serves its editor, without a slash at the end. */
	url: string;
	email: string;
	password: string;
	workflowId: string;
	/** Node whose panel is to be open. */
	nodeName: string;
	/** Where to write the PNG, 1600 × 1000 pixels. */
	file: string;
	/** Longest time that the workflow may take, in ms; two minutes unless given. */
	timeoutMs?: number;
}

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const STEP_TIMEOUT_MS = 30_000;
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
	const browser = await chromium.launch({
		executablePath: findBrowser(),
		headless: true,
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
	});
	try {
		const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
		page.setDefaultTimeout(STEP_TIMEOUT_MS);
		await logIn(page, request);
		await execute(page, request);
		await openPanel(page, request.nodeName);
		await page.screenshot({ path: request.file });
	} finally {
		await browser.close();
	}
}

/** The system's Chromium: the library brings none along. */
function findBrowser(): string {
	for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
		for (const name of BROWSERS) {
			const candidate = path.join(folder, name);
			if (existsSync(candidate)) return candidate;
		}
	}
	throw new Error(`A screenshot needs one of ${BROWSERS.join(', ')} in the PATH.`);
}

async function logIn(page: Page, { url, email, password }: ScreenshotRequest): Promise<void> {
	await page.goto(`${url}/signin`);
	await page.locator('input[name="emailOrLdapLoginId"]').fill(email);
	await page.locator('input[name="password"]').fill(password);
	await page.locator('[data-test-id="form-submit-button"]').click();
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
}

async function execute(page: Page, { url, workflowId, nodeName, timeoutMs }: ScreenshotRequest): Promise<void> {
	await page.goto(`${url}/workflow/${workflowId}`);
	const node = canvasNode(page, nodeName);
	await node.waitFor();
	// Whatever greets a new user closes on Escape; without a greeting the key does nothing.
	await page.keyboard.press('Escape');
	await page.locator('[data-test-id="execute-workflow-button"]').first().click();
	const succeeded = node.locator('[data-test-id="canvas-node-status-success"]');
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
