/** Pickers of avatars, looks, engines and voices in a real editor in a browser: what they list, and what is picked or typed there. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';

import { node, TRIGGER } from './host/workflow';
import { avatarNode, SPEAKER, speechNode } from './support/cast';
import { entries, inPanelOf, openList, openPanel, pick, picker, picture, savedParameters, searchOf, untilShown } from './support/panel';
import { bodiesTo, createAvatar, HEYGEN, HEYGEN_VIDEO, heyGenNode, sentTo, startSuite, type Suite, useSuite, withOwnSandbox } from './support/suite';

jest.setTimeout(300_000);

const LIST_VOICES = 'GET /v3/voices';
const NOTHING_PICKED: INodeParameters = { __rl: true, mode: 'list', value: '' };

const suite = useSuite(async () => await startSuite({ ui: true }));

/** The address that the arrow beside a picker opens. */
async function preview(page: Page, name: string): Promise<string> {
	const [opened] = await Promise.all([page.waitForEvent('popup'), picker(page, name).getByTestId('rlc-open-resource-link').click()]);
	const url = opened.url() === 'about:blank' ? (await opened.waitForEvent('request')).url() : opened.url();
	await opened.close();
	return url;
}

/** The options of the open list. */
const choices = (page: Page): Locator => page.getByRole('option').filter({ visible: true });

/** Opens a list of options. */
async function openOptions(page: Page, name: string): Promise<void> {
	await page.getByTestId(`parameter-input-${name}`).locator('input').first().click();
	await choices(page).first().waitFor();
}

/** The names of the options that a list offers. */
async function optionsOf(page: Page, name: string): Promise<string[]> {
	await openOptions(page, name);
	const texts = await choices(page).allInnerTexts();
	await picture(page, `cast-options-${name}-${texts.length}.png`);
	await page.keyboard.press('Escape');
	await choices(page).first().waitFor({ state: 'hidden' });
	return texts.map((text) => text.split('\n')[0] as string);
}

/** Adds a member to the collection whose button is given. */
async function add(page: Page, adder: Locator, member: string): Promise<void> {
	await adder.click();
	await page.getByTestId('collection-parameter-option').filter({ visible: true }).getByText(member, { exact: true }).click();
}

describe('the avatar of a video', () => {
	it('is found in its group, has its engines and its voice, and shows them', async () => {
		const parameters = { resource: 'video', operation: 'createAvatar', script: 'Hello', avatarId: NOTHING_PICKED, voiceId: NOTHING_PICKED };
		const credentials = { heyGenSuiteApi: suite.credential };
		await inPanelOf(suite, node(HEYGEN, HEYGEN_VIDEO, 1.1, parameters, { credentials }), async (page, workflowId) => {
			const adders = page.getByTestId('collection-parameter-add').filter({ visible: true });
			await add(page, adders.nth(1), 'Avatar Group');
			expect(await openList(page, 'avatarGroupId')).toEqual(
				expect.arrayContaining(['Ann (female, 4 looks)', 'Yara (ready, your own, female, 4 looks)', 'Dmitri (needs consent, your own, male, 4 looks)']),
			);
			await picture(page, 'cast-groups.png');
			await entries(page).filter({ hasText: 'Yara' }).click();
			expect(await openList(page, 'avatarId')).toEqual([
				'Yara in the office (ready, your own, digital twin, female, landscape)',
				'Yara in the studio (ready, your own, digital twin, female, portrait)',
				'Yara in the garden (ready, your own, digital twin, female, square)',
				'Yara in the kitchen (training, your own, photo avatar, female, landscape)',
			]);
			await picture(page, 'cast-looks.png');
			await entries(page).first().click();
			const portrait = await preview(page, 'avatarId');
			expect(portrait).toMatch(/^http:.*\/look_yara_office_01\.jpg/);
			expect((await fetch(portrait)).headers.get('content-type')).toBe('image/jpeg');

			await add(page, adders.last(), 'Animation Engine');
			expect(await optionsOf(page, 'engine')).toEqual(['Avatar V', 'Avatar IV', 'Avatar III', 'By Name']);
			await pick(page, 'avatarId', 'kitchen');
			await untilShown(async () => !(await optionsOf(page, 'engine')).includes('Avatar V'));
			expect(await optionsOf(page, 'engine')).toEqual(['Avatar IV', 'Avatar III', 'By Name']);

			const [first, second] = await openList(page, 'voiceId');
			expect([first, second]).toEqual(["Yara – Deep (the avatar's own voice, English, female)", expect.stringMatching(/\(your own, /)]);
			await picture(page, 'cast-voices.png');
			await entries(page).first().click();
			const sample = await preview(page, 'voiceId');
			expect((await fetch(sample)).headers.get('content-type')).toBe('audio/mpeg');
			await picture(page, 'cast-picked.png');
			expect(await savedParameters(page, workflowId)).toMatchObject({
				avatarId: { mode: 'list', value: 'look_yara_kitchen_04', cachedResultUrl: expect.stringMatching(/^http/) },
				voiceId: { mode: 'list', value: 'voice_yara_deep_025', cachedResultUrl: sample },
			});
		});
	});
});

describe('the voice of a speech', () => {
	const speech = (own: Suite, parameters: INodeParameters = {}) => speechNode(own, 'speech', 'create', { text: 'Hello', voiceId: NOTHING_PICKED, download: [], ...parameters });

	/** Pages that were read of HeyGen's own voices, and how many different ones. */
	async function publicPages(own: Suite, after = 0): Promise<[read: number, different: number]> {
		const tokens = (await sentTo(own, LIST_VOICES)).slice(after).flatMap(({ query }) => (query.type === 'public' ? [String(query.token)] : []));
		return [tokens.length, new Set(tokens).size];
	}

	/** 1,250 of its voices speak without a video: 125 own ones on two pages, and 1,125 of HeyGen's on twelve. */
	async function withManyVoices(work: (own: Suite) => Promise<void>): Promise<void> {
		await withOwnSandbox(suite, async (own) => {
			await own.sandbox.configure({ voices: 2_500, latencyMs: 50 });
			await work(own);
		});
	}
	const LATE = 'Greta 84';

	/** Waits until the editor reads no further pages. @returns how many were read */
	async function quiet(own: Suite): Promise<number> {
		let count = -1;
		for (let before = -2; before !== count; await sleep(1_000)) [before, count] = [count, (await sentTo(own, LIST_VOICES)).length];
		return count;
	}

	it('is one of those that speak without a video, which scrolling shows and a search finds, far down in a long list as well', async () => {
		await withManyVoices(async (own) => {
			await inPanelOf(own, speech(own), async (page) => {
				await picture(page, 'cast-speech.png');
				expect((await openList(page, 'voiceId'))[0]).toBe('Jonas – Bright (your own, French, male)');
				await picture(page, 'cast-speech-voices.png');
				await untilShown(async () => {
					await entries(page).last().scrollIntoViewIfNeeded();
					return (await entries(page).count()) > 400;
				});
				await picture(page, 'cast-speech-scrolled.png');
				const names = await entries(page).allInnerTexts();
				expect(new Set(names).size).toBe(names.length);
				expect(names.findIndex((name) => !name.includes('your own'))).toBe(125);
				await quiet(own);
				// What was read ahead is not read again.
				expect(await publicPages(own)).toEqual([12, 12]);

				await searchOf(page).fill(LATE);
				await entries(page).filter({ hasText: LATE }).first().waitFor();
				await picture(page, 'cast-speech-found.png');
				await entries(page).filter({ hasNotText: LATE }).first().waitFor({ state: 'detached' });
				expect(await publicPages(own)).toEqual([12, 12]);

				// It speaks in videos alone.
				await searchOf(page).fill('voice_chiara_calm_003');
				await page.getByText('No results').filter({ visible: true }).waitFor();
				await picture(page, 'cast-speech-none.png');
				expect(new Set((await sentTo(own, LIST_VOICES)).map(({ query }) => query.engine))).toEqual(new Set(['starfish']));
			});
		});
	});

	it.each<[what: string, of: (own: Suite) => INode, pages: number, delay: number]>([
		['of a speech, typed at once', (own) => speech(own), 12, 60],
		['of a speech, typed slowly', (own) => speech(own), 12, 350],
		// 2,250 of HeyGen's.
		['of a video, among all 2,500, typed at once', (own) => heyGenNode(own, createAvatar({ avatarId: NOTHING_PICKED, voiceId: NOTHING_PICKED })), 23, 60],
	])('is found by its name, and no page is read twice: %s', async (what, of, pages, delay) => {
		await withManyVoices(async (own) => {
			await inPanelOf(own, of(own), async (page) => {
				await openList(page, 'voiceId');
				await searchOf(page).pressSequentially(LATE, { delay });
				const typed = performance.now();
				await entries(page).filter({ hasText: LATE }).first().waitFor();
				console.info(`A voice ${what}, was shown ${Math.round(performance.now() - typed)} ms after the last letter of its name`);
				await quiet(own);
				expect(await publicPages(own)).toEqual([pages, pages]);
			});
		});
	});

	/** Chooses to give an ID, and types it. */
	async function typeId(page: Page, id: string): Promise<void> {
		await picker(page, 'voiceId').getByTestId('rlc-mode-selector').click();
		await page.getByTestId('mode-id').filter({ visible: true }).click();
		await picker(page, 'voiceId').getByTestId('rlc-input').fill(id);
	}

	/** Saves and runs what is in the panel. @returns the voice of the speech that was asked for */
	async function spokenBy(own: Suite, page: Page, workflowId: string): Promise<unknown> {
		await savedParameters(page, workflowId);
		const execution = await own.n8n.client.runWorkflow(workflowId, { startNode: TRIGGER, timeoutMs: 120_000 });
		expect(execution.error).toBeUndefined();
		return (await bodiesTo(own, 'POST /v3/voices/speech')).at(-1)?.voice_id;
	}

	it('can be given by an ID, the address of its page or its whole record', async () => {
		const given: Array<[what: string, id: string, text: string]> = [
			['id', SPEAKER, ` ${SPEAKER} `],
			['address', 'voice_bruno_calm_002', 'https://app.heygen.com/voices/voice_bruno_calm_002?tab=all'],
			['record', 'voice_edda_calm_005', JSON.stringify({ voice_id: 'voice_edda_calm_005', name: 'Edda – Calm', preview_audio_url: 'https://example.com/edda.mp3' }, null, 2)],
		];
		await withOwnSandbox(suite, async (own) => {
			await inPanelOf(own, speech(own), async (page, workflowId) => {
				for (const [what, id, text] of given) {
					await typeId(page, text);
					await picture(page, `cast-speech-${what}.png`);
					expect([what, await spokenBy(own, page, workflowId)]).toEqual([what, id]);
					await openPanel(page);
				}
			});
		});
	});

	it('can be given by its ID where HeyGen lists none, and the list says why', async () => {
		const fault = (status: number) => async ({ sandbox }: Suite) => await sandbox.addFault({ match: { path: '/v3/voices' }, kind: 'status', status, times: -1 });
		const trouble: Array<[what: string, breaks: (own: Suite) => Promise<void>, reason: string]> = [
			['bad-key', async ({ sandbox }) => await sandbox.configure({ revokedKeys: [sandbox.apiKey] }), 'The API key is missing or not valid'],
			['forbidden', fault(403), 'Injected fault: forbidden'],
			['down', fault(500), 'Injected fault: internal_error'],
		];
		await withOwnSandbox(suite, async (own) => {
			await inPanelOf(own, speech(own), async (page, workflowId) => {
				for (const [what, breaks, reason] of trouble) {
					await breaks(own);
					await picker(page, 'voiceId').getByTestId('rlc-input').click();
					// HeyGen is asked again for some seconds before it counts as out of order.
					await page.getByTestId('rlc-error-container').filter({ visible: true, hasText: `Could not list the account's own voices: ${reason}` }).waitFor({ timeout: 60_000 });
					await picture(page, `cast-speech-${what}.png`);
					await page.keyboard.press('Escape');
					await Promise.all([own.sandbox.clearFaults(), own.sandbox.configure({ revokedKeys: [] })]);
				}
				await typeId(page, SPEAKER);
				expect(await spokenBy(own, page, workflowId)).toBe(SPEAKER);
			});
		});
	});
});

describe.each<[resource: string, field: string, list: string, states: RegExp[]]>([
	['avatar', 'groupId', '/v3/avatars', [/\(ready, your own, /, /\(needs consent, your own, /]],
	['look', 'lookId', '/v3/avatars/looks', [/\(ready, your own, /, /\(training, your own, /, /\(needs consent, your own, /]],
])('the %s that HeyGen Avatar works on', (resource, field, list, states) => {
	it('is one of the own ones when it is to be changed or deleted, and any when it is only read', async () => {
		const { data } = await suite.sandbox.ask<{ data: IDataObject[] }>(`${list}?limit=50&ownership=private`);
		const own = data.map(({ name }) => String(name));
		await inPanelOf(suite, avatarNode(suite, resource, 'update', { [field]: NOTHING_PICKED }), async (page) => {
			for (const operation of ['Update', 'Delete', 'Get']) {
				if (operation !== 'Update') {
					await openOptions(page, 'operation');
					await choices(page).filter({ has: page.getByText(operation, { exact: true }) }).first().click();
				}
				const names = await openList(page, field);
				await picture(page, `cast-${resource}-${operation}.png`);
				if (operation === 'Get') {
					await untilShown(async () => {
						await entries(page).last().scrollIntoViewIfNeeded();
						return (await entries(page).count()) > own.length;
					});
				} else expect(names.map((name) => name.replace(/ \(.*$/, ''))).toEqual(own);
				for (const state of states) if (operation !== 'Get') expect(names).toContainEqual(expect.stringMatching(state));
				await page.keyboard.press('Escape');
			}
			await openList(page, field);
			await searchOf(page).fill('Ann');
			await entries(page).filter({ hasText: /^Ann/ }).first().click();
			expect(await preview(page, field)).toMatch(/^http:.*ann.*\.jpg/);
		});
	});
});
