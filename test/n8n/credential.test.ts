/**
 * A credential's base URL in a real n8n, which forgets what the form does not show: the key must not go to another host
 * than it is stored for.
 */
import type { Response } from 'playwright-core';

import { type CredentialRef, OWNER } from './host/client';
import { inEditor } from './host/editor';
import { heyGenNode, runNode, startSuite, useSuite } from './support/suite';

jest.setTimeout(300_000);

const suite = useSuite(async () => await startSuite({ ui: true }));

beforeEach(async () => {
	await suite.sandbox.reset();
});

const TYPE = 'heyGenSuiteApi';

/** What credentials hold beside the key, by how they came to be. */
const STORED: Array<[string, (url: string) => Record<string, unknown>]> = [
	['of before the switch', (baseUrl) => ({ baseUrl })],
	['of before the switch, with a slash', (url) => ({ baseUrl: `${url}/` })],
	['of before the switch, with an expression', (url) => ({ baseUrl: `={{ "${url}" }}` })],
	['with the switch off again', (baseUrl) => ({ baseUrl, customBaseUrl: false })],
	['with the switch on', (baseUrl) => ({ baseUrl, customBaseUrl: true })],
];

async function store(data: Record<string, unknown>): Promise<CredentialRef> {
	return await suite.n8n.client.createCredential({ name: 'Stored', type: TYPE, data: { apiKey: suite.sandbox.apiKey, ...data } });
}

/** Which requests have reached the sandbox, and with which key. */
async function arrived(): Promise<Array<[path: string, apiKey: string | null, status: unknown]>> {
	return (await suite.sandbox.requests()).map(({ path, apiKey, status }) => [path, apiKey, status]);
}

/** Whether n8n answers the editor's test of a credential with this key. */
function isTestOf(response: Response, apiKey: string): boolean {
	return response.url().endsWith('/credentials/test') && response.request().postData()?.includes(apiKey) === true;
}

it.each(STORED)('a credential %s sends its key there, in the test and in a run', async (_how, stored) => {
	const data = { apiKey: suite.sandbox.apiKey, ...stored(suite.sandbox.url) };
	const credential = await store(data);
	expect(await suite.n8n.client.testCredential({ ...credential, type: TYPE, data })).toMatchObject({ status: 'OK' });
	const node = heyGenNode({ ...suite, credential }, { operation: 'getAll', limit: 1 });
	expect((await runNode(suite, [{}], node)).status).toBe('success');
	expect(await arrived()).toEqual([
		['/v3/users/me', 'sandbox-key', 200],
		['/v3/videos', 'sandbox-key', 200],
	]);
});

it('the base URL stays when another key is saved in the editor, which shows it and tests it', async () => {
	await inEditor({ url: suite.n8n.url, ...OWNER }, async (page) => {
		for (const [how, stored] of STORED) {
			const data = stored(suite.sandbox.url);
			const { id } = await store(data);
			await page.goto(`${suite.n8n.url}/home/credentials/${id}`);
			const form = page.getByRole('dialog');
			await form.getByTestId('parameter-input-apiKey').locator('input').fill('sandbox-key-2');
			const saved = page.waitForResponse((response) => response.request().method() === 'PATCH');
			// n8n has tested the old key when the form was opened. It tests no expressions in the editor.
			const isTested = !String(data.baseUrl).startsWith('=');
			const tested = isTested ? page.waitForResponse((response) => isTestOf(response, 'sandbox-key-2')) : undefined;
			await form.getByTestId('credential-save-button').click();
			await Promise.all([saved, tested]);
			const shown = await form.getByTestId('parameter-input-baseUrl').count();
			const { apiKey: _hidden, ...kept } = await suite.n8n.client.credentialData(id);
			const newKey = (await arrived()).filter(([, key]) => key === 'sandbox-key-2');
			// The editor does not store a switch that is off.
			expect({ how, shown, kept: { customBaseUrl: false, ...kept }, newKey }).toEqual({
				how,
				shown: 1,
				kept: { customBaseUrl: false, ...data },
				newKey: isTested ? [['/v3/users/me', 'sandbox-key-2', 200]] : [],
			});
			await suite.sandbox.reset();
		}
	});
});

it('asks nobody for a base URL who needs none', async () => {
	const { id } = await store({});
	const shown = await inEditor({ url: suite.n8n.url, ...OWNER }, async (page) => {
		await page.goto(`${suite.n8n.url}/home/credentials/${id}`);
		const form = page.getByRole('dialog');
		await form.getByTestId('parameter-input-customBaseUrl').waitFor();
		const link = form.getByRole('link', { name: 'app.heygen.com/developers/api' });
		return { link: await link.getAttribute('href'), baseUrls: await form.getByTestId('parameter-input-baseUrl').count() };
	});
	expect(shown).toEqual({ link: 'https://app.heygen.com/developers/api', baseUrls: 0 });
});
