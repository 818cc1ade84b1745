/** HeyGen Avatar in a real n8n: a photo that speaks, a digital twin whose person consents, and looks that are deleted. */
import type { INodeParameters } from 'n8n-workflow';

import { png } from '../engine/support/sampleFiles';
import { sampleFile } from '../sandbox';
import { TRIGGER, feed } from './host/workflow';
import { avatarNode, SPEAKER } from './support/cast';
import { putFile, readFiles } from './support/files';
import { acceptedItems, bodiesTo, byId, createAvatar, HEYGEN, heyGenNode, runNodes, sentTo, startSuite, type Suite, useSuite, withOwnSandbox } from './support/suite';
import { until } from './support/triggers';

jest.setTimeout(300_000);

const MAKE_AVATAR = 'POST /v3/avatars';
const ASK_CONSENT = 'POST /v3/avatars/{group_id}/consent';
const FILE: INodeParameters = { fileSource: 'binary', fileBinaryPropertyName: 'data' };

const suite = useSuite(startSuite);

/** Runs something against a sandbox whose avatars are trained soon. */
async function withQuickTraining(work: (own: Suite) => Promise<void>): Promise<void> {
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ jobSeconds: 0.5, jobQueueSeconds: 0 });
		await work(own);
	});
}

/** A video of the avatar of the node before. */
const ofLook = (own: Suite) => heyGenNode(own, createAvatar({ avatarId: byId('={{ $json.look_id }}'), script: 'Hello, here I am.', voiceId: byId(SPEAKER), download: ['video'] }));

it('two nodes make a video of a photo: the first waits until its avatar can be used, the second lets the avatar speak', async () => {
	await withQuickTraining(async (own) => {
		const photo = await putFile(own.n8n, 'ada.png', png(720, 1_280));
		const create = avatarNode(own, 'avatar', 'createPhoto', { name: 'Ada', ...FILE }, { name: 'Avatar' });
		const execution = await runNodes(own, [{}], [readFiles(photo.path), create, ofLook(own)]);
		const [video] = await acceptedItems(own, execution);

		const [look] = execution.items('Avatar');
		expect(look?.json).toMatchObject({ name: 'Ada', status: 'completed', avatar_type: 'photo_avatar', group_id: expect.stringMatching(/^group_/) });
		expect(look?.json.supported_api_engines).toEqual(['avatar_iv', 'avatar_iii']);
		const assets = await own.sandbox.assets();
		expect(assets).toEqual([expect.objectContaining({ filename: 'ada.png', sha256: photo.sha256 })]);
		expect(await bodiesTo(own, MAKE_AVATAR)).toEqual([{ type: 'photo', name: 'Ada', file: { type: 'asset_id', asset_id: assets[0]?.id } }]);
		expect((await bodiesTo(own, 'POST /v3/videos')).map((body) => body.avatar_id)).toEqual([look?.json.look_id]);
		expect(video?.json).toMatchObject({ status: 'completed', video_url: expect.stringContaining('http') });
		expect(video?.pairedItem).toEqual({ item: 0 });
		expect((await own.n8n.client.hashBinary(video?.binary?.video?.id ?? '')).bytes).toBe(sampleFile('mp4').length);
		const { jobsCreated, videosCreated } = await own.sandbox.stats();
		expect([jobsCreated.avatar, videosCreated]).toEqual([1, 1]);
	});
});

describe('a digital twin', () => {
	/** A twin whose person has yet to consent. @returns its look and group */
	async function twinOf(own: Suite): Promise<{ lookId: string; groupId: string }> {
		const footage = await putFile(own.n8n, 'footage.mp4', sampleFile('mp4'));
		const create = avatarNode(own, 'avatar', 'createDigitalTwin', { name: 'Ada', ...FILE });
		const execution = await runNodes(own, [{}], [readFiles(footage.path), create]);
		const [item] = await acceptedItems(own, execution);
		expect(item?.json).toMatchObject({
			...{ name: 'Ada', status: 'pending_consent', avatar_type: 'digital_twin' },
			consent_url: expect.stringMatching(/^https:\/\/app\.heygen\.example\/consent\//),
			note: expect.stringMatching(/consent_url.*'Wait Until Finished'/),
		});
		expect(await sentTo(own, ASK_CONSENT)).toHaveLength(1);
		return { lookId: String(item?.json.look_id), groupId: String(item?.json.group_id) };
	}

	const waiting = (own: Suite, lookId: string, options: INodeParameters = {}) => avatarNode(own, 'avatar', 'wait', { lookId: byId(lookId), options }, { name: 'Wait' });

	it('goes on with the page for the consent, and speaks as soon as somebody has consented', async () => {
		await withQuickTraining(async (own) => {
			const { lookId, groupId } = await twinOf(own);
			const early = await runNodes(own, [{}], [waiting(own, lookId), ofLook(own)]);
			expect(early.items('Wait')[0]?.json).toMatchObject({ status: 'pending_consent', consent_url: expect.stringContaining('http') });
			expect(early.error).toMatch(/^'Avatar' is "Ada", which waits for the consent of the person it shows/);
			expect((await own.sandbox.stats()).videosCreated).toBe(0);

			await own.sandbox.giveConsent(groupId);
			const late = await runNodes(own, [{}], [waiting(own, lookId), ofLook(own)]);
			const [video] = await acceptedItems(own, late);
			expect(late.items('Wait')[0]?.json).toMatchObject({ look_id: lookId, status: 'completed', default_voice_id: expect.any(String) });
			expect(late.items('Wait')[0]?.json).not.toHaveProperty('consent_url');
			expect(video?.json.status).toBe('completed');
			expect((await own.sandbox.stats()).jobsCreated.avatar).toBe(1);
		});
	});

	it('is waited for until somebody consents, where the option says so', async () => {
		await withQuickTraining(async (own) => {
			const { lookId, groupId } = await twinOf(own);
			const { client } = own.n8n;
			const looks = async () => (await sentTo(own, 'GET /v3/avatars/looks/{look_id}')).length;
			const before = await looks();
			const executionId = await client.startRun(feed('Wait', [{}], waiting(own, lookId, { waitForConsent: true })), { startNode: TRIGGER });
			await until(async () => (await looks()) > before, 30_000);
			expect((await client.getExecution(executionId)).finished).toBe(false);
			await own.sandbox.giveConsent(groupId);
			const execution = await client.waitForEnd(executionId, 60_000);
			expect(execution.items('Wait')[0]?.json).toMatchObject({ look_id: lookId, status: 'completed' });
		});
	});

	it('has its consent asked for again, with a page to go to afterwards', async () => {
		await withQuickTraining(async (own) => {
			const { groupId } = await twinOf(own);
			const parameters = { groupId: byId(groupId), consentBy: 'page', rerouteUrl: 'https://example.com/thank-you' };
			const [item] = await acceptedItems(own, await runNodes(own, [{}], [avatarNode(own, 'avatar', 'requestConsent', parameters)]));
			expect(item?.json).toMatchObject({ group_id: groupId, consent_status: 'pending', consent_url: expect.stringMatching(/^https:/) });
			expect((await bodiesTo(own, ASK_CONSENT)).at(-1)).toEqual({ reroute_url: 'https://example.com/thank-you' });
		});
	});
});

describe('the last look of an avatar', () => {
	const OWN_GROUP = 'group_edda';

	/** The looks that the sandbox lists of a group. */
	async function looksOf(own: Suite): Promise<string[]> {
		return (await own.sandbox.ask<{ data: Array<{ id: string }> }>(`/v3/avatars/looks?limit=50&group_id=${OWN_GROUP}`)).data.map(({ id }) => id);
	}

	/** Deletes all looks of a group, an item for each. */
	async function deleteAll(own: Suite, onLastLook: string) {
		const items = (await looksOf(own)).map((look) => ({ look }));
		return await runNodes(own, items, [avatarNode(own, 'look', 'delete', { lookId: byId('={{ $json.look }}'), onLastLook })]);
	}

	it('takes the avatar with it, which the output says and the hint warns of', async () => {
		await withOwnSandbox(suite, async (own) => {
			const execution = await deleteAll(own, 'delete');
			const items = execution.items(HEYGEN);
			expect(execution.error).toBeUndefined();
			expect(items.map(({ json }) => json.deleted)).toEqual([true, true, true, true]);
			expect(items.filter(({ json }) => json.group_deleted === true)).toHaveLength(1);
			expect(items.find(({ json }) => 'group_deleted' in json)?.json).toMatchObject({
				...{ group_id: OWN_GROUP, group_deleted: true },
				note: 'It was the last look of the avatar group "Edda", which HeyGen has deleted with it.',
			});
			const [hint, ...others] = execution.hints(HEYGEN);
			expect(others).toEqual([]);
			expect(hint).toMatchObject({ type: 'warning', message: expect.stringMatching(/The look was the last one of its avatar group, and HeyGen has deleted the group with it/) });
			expect(await looksOf(own)).toEqual([]);
		});
	});

	it('stays where it is not to take the avatar with it', async () => {
		await withOwnSandbox(suite, async (own) => {
			const execution = await deleteAll(own, 'error');
			expect(execution.error).toMatch(/is the last one of the avatar group "Edda", which HeyGen would delete with it/);
			expect(await looksOf(own)).toHaveLength(1);
		});
	});
});
