import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page, selectors } from 'playwright-core';

/** Which editor to open, and as whom. */
export interface EditorAccess {
	/** Address of an n8n that serves its editor, without a slash at the end. */
	url: string;
	email: string;
	password: string;
}

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const STEP_TIMEOUT_MS = 30_000;

/** What a page looks like. */
export interface View {
	width: number;
	height: number;
	/** Pixels of a picture for each of the page; 1 unless given. */
	scale?: number;
}

const VIEW: View = { width: 1600, height: 1000 };

// What n8n calls its parts for its own tests.
selectors.setTestIdAttribute('data-test-id');

/**
 * Opens n8n's editor in a browser without a window, logs in, and closes the browser in the end.
 *
 * @param work what to do with the page
 * @param view 1600 × 1000 pixels unless given
 * @returns the result of `work`
 * @throws Error when no Chromium is installed, or when a step takes longer than 30 s
 */
export async function inEditor<T>(access: EditorAccess, work: (page: Page) => Promise<T>, { scale = 1, ...viewport } = VIEW): Promise<T> {
	const browser = await chromium.launch({
		executablePath: findBrowser(),
		headless: true,
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
	});
	try {
		const page = await browser.newPage({ viewport, deviceScaleFactor: scale });
		page.setDefaultTimeout(STEP_TIMEOUT_MS);
		await logIn(page, access);
		return await work(page);
	} finally {
		await browser.close();
	}
}

/** Opens a workflow, with nothing in front of it. */
export async function openWorkflow(page: Page, url: string, workflowId: string): Promise<void> {
	await page.goto(`${url}/workflow/${workflowId}`);
	await page.locator('[data-test-id="canvas-node"]').first().waitFor();
	// Whatever greets a new user closes on Escape; without a greeting the key does nothing.
	await page.keyboard.press('Escape');
}

/**
 * Opens the nodes panel of an open workflow and types into its search. The list follows after a moment: wait for what is
 * expected there.
 *
 * @param text what to look for
 */
export async function searchNodes(page: Page, text: string): Promise<void> {
	const search = page.getByTestId('node-creator-search-bar');
	// A workflow without a node has a button in the middle, any other one in the corner.
	const open = page.getByTestId('canvas-add-button').or(page.getByTestId('node-creator-plus-button'));
	if (!(await search.isVisible())) await open.first().click();
	await search.fill(text);
}

/** The system's Chromium: the library brings none along. */
function findBrowser(): string {
	for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
		for (const name of BROWSERS) {
			const candidate = path.join(folder, name);
			if (existsSync(candidate)) return candidate;
		}
	}
	throw new Error(
		`n8n's editor needs a browser, and none of ${BROWSERS.join(', ')} is in the PATH. On Debian: apt-get install chromium`,
	);
}

async function logIn(page: Page, { url, email, password }: EditorAccess): Promise<void> {
	await page.goto(`${url}/signin`);
	await page.locator('input[name="emailOrLdapLoginId"]').fill(email);
	await page.locator('input[name="password"]').fill(password);
	await page.locator('[data-test-id="form-submit-button"]').click();
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
}
