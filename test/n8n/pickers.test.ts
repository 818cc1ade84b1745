/** Pickers of HeyGen Video in a real editor in a browser: what they list, what can be typed there, and what is picked. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';
import { node, TRIGGER } from './host/workflow';
import { entries, inPanelOf, openList, picker, picture, savedParameters, searchOf, untilShown } from './support/panel';
import { HEYGEN, HEYGEN_VIDEO, startSuite, useSuite } from './support/suite';

jest.setTimeout(300_000);

const suite = useSuite(async () => await startSuite({ ui: true }));

/** Opens the panel of a saved HeyGen Video node. */
async function inPanel<T>(parameters: INodeParameters, work: (page: Page, workflowId: string) => Promise<T>): Promise<T> {
	const credentials = { heyGenSuiteApi: suite.credential };
	return await inPanelOf(suite, node(HEYGEN, HEYGEN_VIDEO, 1.1, parameters, { credentials }), work);
}

const chosen: INodeParameters = { __rl: true, mode: 'list', value: '' };
const ofAgent: INodeParameters = {
	resource: 'videoAgent',
	operation: 'create',
	prompt: 'A 30 second portrait video for our spring sale, cheerful, with the product pictures',
	options: { avatarId: chosen, brandKitId: chosen, mode: 'chat', styleId: chosen, voiceId: chosen },
};

describe('the style of a video agent', () => {
	it('is found by its name or a tag, and its film opens from there', async () => {
		await inPanel(ofAgent, async (page) => {
			const names = await openList(page, 'styleId');
			expect(names.length).toBeGreaterThanOrEqual(20);
			expect(names.every((name) => /\(.+\)/.test(name))).toBe(true);
			await picture(page, 'agent-styles.png');
			await searchOf(page).fill('handmade');
			await untilShown(async () => {
				const shown = await entries(page).allInnerTexts();
				return shown.length > 0 && shown.every((name) => name.includes('handmade'));
			});
			const found = await entries(page).allInnerTexts();
			expect(found.length).toBeGreaterThan(0);
			expect(found.length).toBeLessThan(names.length);
			await entries(page).first().click();
			const link = picker(page, 'styleId').getByTestId('rlc-open-resource-link');
			await link.waitFor();
		});
	});
});

describe('the avatar of a video agent', () => {
	it('is picked from a list that says what people choose by', async () => {
		await inPanel(ofAgent, async (page) => {
			const names = await openList(page, 'avatarId');
			expect(names.some((name) => /photo avatar/.test(name))).toBe(true);
			await entries(page).first().click();
			await picker(page, 'avatarId').getByTestId('rlc-open-resource-link').waitFor();
			await picture(page, 'agent.png');
		});
	});
});

describe('the variables of a template', () => {
	const ofTemplate: INodeParameters = { resource: 'template', operation: 'generate', templateId: chosen };

	const field = (page: Page, name: string): Locator => page.getByTestId(`parameter-input-${name}`).getByTestId('parameter-input-field');
	const valueOf = async (page: Page, name: string): Promise<string> => await field(page, name).inputValue();

	it('are fields with their types and values as soon as the template is picked, and reach HeyGen as they are filled in', async () => {
		await inPanel(ofTemplate, async (page, workflowId) => {
			const panel = page.getByTestId('node-parameters').first();
			expect(await panel.innerText()).toMatch(/Pick a template to see its variables here/);
			await openList(page, 'templateId');
			await entries(page).filter({ hasText: 'Welcome' }).first().click();
			await field(page, 'host').waitFor();
			const text = await panel.innerText();
			for (const label of ['headline (text, required)', 'offer (text, required)', 'logo (image)', 'clip (video)', 'jingle (audio)', 'speaker (voice ID)', 'host (character ID)']) {
				expect(text).toContain(label);
			}
			expect([await valueOf(page, 'headline'), await valueOf(page, 'clip'), await valueOf(page, 'speaker')]).toEqual(['Welcome', 'asset_clip_1', 'voice_ann_calm_001']);
			await field(page, 'headline').fill('Spring sale');
			await field(page, 'offer').fill('');
			await field(page, 'logo').fill('https://example.com/spring.png');
			await field(page, 'jingle').fill('');
			await field(page, 'jingle').blur();
			await picture(page, 'template.png');
			const { value } = (await savedParameters(page, workflowId)).variables as IDataObject;
			expect(value).toMatchObject({ headline: 'Spring sale', offer: '', logo: 'https://example.com/spring.png', clip: 'asset_clip_1' });

			const execution = await suite.n8n.client.runWorkflow(workflowId, { startNode: TRIGGER, timeoutMs: 120_000 });
			expect(execution.error).toBeUndefined();
			expect(execution.items(HEYGEN)[0]?.json).toMatchObject({ status: 'completed', video_id: expect.any(String) });
			const requests = await suite.sandbox.requests();
			const { body } = requests.filter(({ template }) => template === '/v3/templates/{template_id}').at(-1) as { body: { variables: Record<string, IDataObject> } };
			expect(body.variables).toMatchObject({
				headline: { properties: { content: 'Spring sale' } },
				// Emptied on purpose.
				offer: { properties: { content: '' } },
				logo: { properties: { url: 'https://example.com/spring.png', fit: 'contain' } },
				clip: { properties: { asset_id: 'asset_clip_1', play_style: 'loop' } },
				host: { properties: { character_id: 'look_ann_office_01' } },
			});
		});
	});

	it('follow the template that is picked', async () => {
		await inPanel(ofTemplate, async (page) => {
			await openList(page, 'templateId');
			await entries(page).filter({ hasText: 'Welcome' }).first().click();
			await field(page, 'headline').waitFor();
			await openList(page, 'templateId');
			await entries(page).filter({ hasText: 'Flat values' }).first().click();
			await field(page, 'title').waitFor();
			expect(await valueOf(page, 'title')).toBe('Hi there');
			expect(await field(page, 'headline').count()).toBe(0);
		});
	});

	it('can be mapped by their names, and be left to the template', async () => {
		await inPanel({ ...ofTemplate, templateId: { __rl: true, mode: 'id', value: '={{ $json.template }}' } }, async (page) => {
			const panel = page.getByTestId('node-parameters').first();
			await panel.getByTestId('mapping-mode-select').click();
			await page.getByText('Map Automatically', { exact: true }).click();
			await untilShown(async () => /looks for incoming data that matches/i.test(await panel.innerText()) || /Map Automatically/.test(await panel.innerText()));
			expect(await panel.innerText()).not.toMatch(/error/i);
		});
	});
});
