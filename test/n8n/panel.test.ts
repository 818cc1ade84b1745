/** n8n's nodes panel, in a real editor in a browser: a node that its search does not find is no use to anybody. */
import type { INodePropertyOptions } from 'n8n-workflow';

import { OWNER } from './host/client';
import { inEditor, openWorkflow, searchNodes } from './host/editor';
import { packedPackage } from './host/pack';
import { startN8n, type N8nServer } from './host/server';
import { feed } from './host/workflow';
import { HEYGEN_AVATAR, HEYGEN_SPEECH } from './support/cast';
import { HEYGEN_ASSET, HEYGEN_USAGE, HEYGEN_VIDEO } from './support/suite';
import { HEYGEN_TRANSLATION } from './support/translations';

jest.setTimeout(300_000);

const NAME = 'node-creator-item-name';

const ASSET = 'HeyGen Asset';
const AVATAR = 'HeyGen Avatar';
const POLL_TRIGGER = 'HeyGen Poll Trigger';
const SPEECH = 'HeyGen Speech';
const TRANSLATION = 'HeyGen Translation';
const TRIGGER = 'HeyGen Trigger';
const USAGE = 'HeyGen Usage';
const VIDEO = 'HeyGen Video';
const ALL = [ASSET, AVATAR, POLL_TRIGGER, SPEECH, TRANSLATION, TRIGGER, USAGE, VIDEO];

/** What people type, and which of the nodes must be among the results. */
const SEARCHES: Array<[text: string, nodes: string[]]> = [
	['heygen', ALL],
	['HeyGen', ALL],
	['heygen video', [VIDEO]],
	['heygen asset', [ASSET]],
	['create avatar video', [VIDEO]],
	['avatar video', [POLL_TRIGGER, TRIGGER, VIDEO]],
	['avatar', [AVATAR, POLL_TRIGGER, TRIGGER, VIDEO]],
	['AI avatar', [AVATAR, VIDEO]],
	['ai video', [VIDEO]],
	['text to video', [VIDEO]],
	['image to video', [VIDEO]],
	['animate photo', [VIDEO]],
	['prompt to video', [VIDEO]],
	['cinematic video', [VIDEO]],
	['talking head', [VIDEO]],
	['spokesperson', [VIDEO]],
	['synthesia', [AVATAR, TRANSLATION, VIDEO]],
	['digital twin', [AVATAR, VIDEO]],
	['captions', [TRANSLATION, VIDEO]],
	['shorts', [VIDEO]],
	['reels', [VIDEO]],
	['remove background', [VIDEO]],
	['filler words', [VIDEO]],
	['subtitles', [ASSET, SPEECH, TRANSLATION, VIDEO]],
	['html to video', [VIDEO]],
	['motion graphics', [VIDEO]],
	['upload', [ASSET]],
	['upload image', [ASSET]],
	['brand voice', [ASSET]],
	['brand kit', [ASSET]],
	['pronunciation', [ASSET]],
	['heygen usage', [USAGE]],
	['heygen credits', [USAGE]],
	['heygen balance', [USAGE]],
	['heygen cost', [USAGE]],
	['heygen webhook', [USAGE]],
	['billing', [USAGE]],
	['heygen translation', [TRANSLATION]],
	// That a translation has ended can start a workflow.
	['translate video', [POLL_TRIGGER, TRANSLATION, TRIGGER]],
	['video translation', [POLL_TRIGGER, TRANSLATION, TRIGGER]],
	['dubbing', [POLL_TRIGGER, TRANSLATION, TRIGGER]],
	['dub video', [TRANSLATION]],
	['localize', [TRANSLATION]],
	['multilingual', [TRANSLATION]],
	['proofread', [TRANSLATION]],
	['lip sync', [TRANSLATION, VIDEO]],
	['lipsync', [TRANSLATION, VIDEO]],
	['voice over', [SPEECH, TRANSLATION]],
	['heygen avatar', [AVATAR]],
	['create avatar', [AVATAR, VIDEO]],
	['photo avatar', [AVATAR, VIDEO]],
	['talking photo', [AVATAR]],
	['instant avatar', [AVATAR]],
	['custom avatar', [AVATAR]],
	['avatar looks', [AVATAR]],
	['consent', [AVATAR]],
	['heygen speech', [SPEECH]],
	['text to speech', [SPEECH]],
	['speech', [SPEECH]],
	['read aloud', [SPEECH]],
	['narration', [SPEECH]],
	['podcast', [SPEECH]],
	['SSML', [SPEECH]],
	['voice clone', [SPEECH]],
	['clone voice', [SPEECH]],
	['voice cloning', [SPEECH]],
	['elevenlabs', [SPEECH]],
	['sound effects', [SPEECH]],
	['background music', [SPEECH]],
	['video finished', [POLL_TRIGGER, TRIGGER]],
	['render finished', [POLL_TRIGGER, TRIGGER]],
	['polling', [POLL_TRIGGER]],
	['localhost', [POLL_TRIGGER]],
	['callback', [TRIGGER]],
];

let n8n: N8nServer;
let workflowId: string;

beforeAll(async () => {
	n8n = await startN8n({ tgz: packedPackage(), ui: true });
	workflowId = await n8n.client.createWorkflow(feed('Panel', [{}]));
});

afterAll(async () => {
	await n8n?.stop();
});

it('finds the nodes under their names and under what they are for', async () => {
	const found = await inEditor({ url: n8n.url, ...OWNER }, async (page) => {
		await openWorkflow(page, n8n.url, workflowId);
		const results: Array<[string, string[]]> = [];
		const names = page.getByTestId(NAME);
		for (const [text, nodes] of SEARCHES) {
			// The list follows the text after a moment: first the results of the search before must go.
			await searchNodes(page, '');
			await names.filter({ hasText: 'HeyGen' }).first().waitFor({ state: 'detached' });
			await searchNodes(page, text);
			const all = nodes.map(async (node) => await names.getByText(node, { exact: true }).waitFor());
			await Promise.race([Promise.all(all), page.getByTestId('node-creator-no-results').waitFor()]);
			const found = await names.allInnerTexts();
			results.push([text, found.filter((name) => ALL.includes(name)).sort()]);
		}
		return results;
	});
	expect(found).toEqual(SEARCHES);
});

it.each([
	[VIDEO, HEYGEN_VIDEO, 'Create avatar video'],
	[ASSET, HEYGEN_ASSET, 'Upload asset'],
	[AVATAR, HEYGEN_AVATAR, 'Create avatar from photo'],
	[SPEECH, HEYGEN_SPEECH, 'Create speech'],
	[TRANSLATION, HEYGEN_TRANSLATION, 'Translate video'],
	[USAGE, HEYGEN_USAGE, 'Get account'],
])('lists under %s what it can do', async (name, type, first) => {
	const { properties } = await n8n.client.describeNodeType(type);
	const lists = properties.filter((property) => property.name === 'operation');
	// n8n adds "Custom API Call", which has no action.
	const actions = lists.flatMap(({ options }) => (options as INodePropertyOptions[]).flatMap(({ action }) => action ?? []));
	const shown = await inEditor({ url: n8n.url, ...OWNER }, async (page) => {
		await openWorkflow(page, n8n.url, workflowId);
		await searchNodes(page, name);
		await page.getByTestId(NAME).getByText(name, { exact: true }).click();
		const names = page.getByTestId(NAME);
		// n8n renders a long list in parts, one a frame: each action is waited for before the list is read.
		for (const action of actions) await names.getByText(action, { exact: true }).first().waitFor();
		return await names.allInnerTexts();
	});
	expect(actions).toContain(first);
	// n8n puts triggers that it recommends before them.
	expect(shown).toEqual(expect.arrayContaining(actions));
});
