/** The languages of HeyGen Translation in a real editor in a browser: what is listed, and what is saved when two are chosen. */
import type { INodeParameters } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';

import { TRIGGER } from './host/workflow';
import { inPanelOf, picture, savedParameters } from './support/panel';
import { HEYGEN, startSuite, type Suite, useSuite } from './support/suite';
import { FILM, translationNode } from './support/translations';

jest.setTimeout(300_000);

const suite = useSuite(async () => await startSuite({ ui: true }));

/** Opens the panel of a saved HeyGen Translation node. */
async function inPanel<T>(parameters: INodeParameters, work: (page: Page, workflowId: string) => Promise<T>): Promise<T> {
	return await inPanelOf(suite, translationNode(suite, 'translation', 'create', parameters), work, { input: {} });
}

const languages = (page: Page): Locator => page.getByTestId('parameter-input-outputLanguages');
const choices = (page: Page): Locator => page.getByRole('option').filter({ visible: true });

/** The chosen languages, as the closed field shows them. */
const chosen = async (page: Page): Promise<string[]> => await languages(page).locator('.el-tag').allInnerTexts();

/** HeyGen's own list. */
async function listed({ sandbox }: Suite): Promise<string[]> {
	const { data } = await sandbox.ask<{ data: { languages: string[] } }>('/v3/video-translations/languages');
	return data.languages;
}

it("are HeyGen's own, are found by typing, and reach HeyGen in the order in which they are chosen", async () => {
	await inPanel(FILM, async (page, workflowId) => {
		await picture(page, 'translation-panel.png');
		// The input to type into is there as soon as the list is; another one stands in its place before.
		await languages(page).locator('input.el-select__input').click();
		await choices(page).first().waitFor();
		const names = await choices(page).allInnerTexts();
		expect([...names].sort()).toEqual([...(await listed(suite))].sort());
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		await choices(page).getByText('Spanish (Mexico)', { exact: true }).click();
		await page.keyboard.type('germ');
		await choices(page).filter({ hasNotText: 'German' }).first().waitFor({ state: 'detached' });
		await picture(page, 'translation-languages.png');
		await choices(page).getByText('German', { exact: true }).click();
		await page.keyboard.press('Escape');
		expect(await chosen(page)).toEqual(['Spanish (Mexico)', 'German']);
		await picture(page, 'translation-chosen.png');
		expect((await savedParameters(page, workflowId)).outputLanguages).toEqual(['Spanish (Mexico)', 'German']);
		const execution = await suite.n8n.client.runWorkflow(workflowId, { startNode: TRIGGER, timeoutMs: 120_000 });
		expect(execution.error).toBeUndefined();
		expect(execution.items(HEYGEN).map(({ json }) => json.output_language)).toEqual(['Spanish (Mexico)', 'German']);
	});
});

it('are replaced by the reason where HeyGen does not tell them, and those that are chosen stay', async () => {
	await suite.sandbox.configure({ revokedKeys: [suite.sandbox.apiKey] });
	const given: INodeParameters = { ...FILM, outputLanguages: ['German', 'French'] };
	await inPanel(given, async (page, workflowId) => {
		const reason = page.getByText('Could not list the languages: The API key is missing or not valid');
		await languages(page).getByTestId('parameter-issues').hover();
		await reason.first().waitFor();
		await picture(page, 'translation-refused.png');
		await suite.sandbox.configure({ revokedKeys: [] });
		// Something else is changed, so that there is something to save.
		await page.getByTestId('parameter-input-videoUrl').getByTestId('parameter-input-field').fill('https://example.com/other.mp4');
		expect(await savedParameters(page, workflowId)).toMatchObject({ videoUrl: 'https://example.com/other.mp4', outputLanguages: ['German', 'French'] });
	});
});
