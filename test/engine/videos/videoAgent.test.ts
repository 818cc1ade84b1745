/** Sessions of the video agent: what reaches HeyGen, and how a conversation leads to a video. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { CREATE_SESSION, GET_SESSION, LIST_VIDEOS, onlyItem, runAgent, SEND_MESSAGE, told } from '../support/agentSupport';
import { assetIdOf, itemWith } from '../support/assetSupport';
import { pngFile, wavFile } from '../support/sampleFiles';
import { countOf, errorOf, expression, jsonOf, linksOf, locator, PHOTO_LOOK, requestsTo, useSandbox, useTiming, VOICE } from '../support/support';

useTiming({ catchUpTime: 400 });
const sandbox = useSandbox({ jobSeconds: 0.2, jobQueueSeconds: 0.05, validateAssets: true, validateIds: true });

const CHAT = { options: { mode: 'chat' } };
const create = async (prompt: string, more: INodeParameters = {}) => await runAgent(sandbox(), 'create', { prompt, ...more });
const answer = async (sessionId: unknown, message: string, more: INodeParameters = {}) =>
	await runAgent(sandbox(), 'sendMessage', { sessionId: String(sessionId), message, ...more });
const waitFor = async (sessionId: unknown, more: INodeParameters = {}) => await runAgent(sandbox(), 'wait', { sessionId: String(sessionId), ...more });
const idOf = (name: string) => assetIdOf(sandbox(), name);
const byUrl = (url: string) => ({ source: 'url', url });

describe('a session is asked for', () => {
	it('with every option', async () => {
		sandbox().configure({ contract: 'open', validateAssets: false, validateIds: false });
		const parameters: INodeParameters = {
			prompt: 'A film on tea',
			waitForCompletion: false,
			files: {
				files: [
					{ source: 'binary', binaryPropertyName: 'photo, sound' },
					byUrl('https://example.com/brief.pdf'),
					{ source: 'assetId', assetId: 'asset_1' },
				],
			},
			options: {
				additionalFields: '{"visibility": "private"}',
				avatarId: locator(PHOTO_LOOK),
				brandKitId: locator('kit_acme'),
				incognitoMode: expression('yes'),
				mode: expression('Chat'),
				orientation: 'portrait',
				styleId: locator('style_1'),
				voiceId: locator(VOICE),
			},
			requestOptions: { callbackId: 'order-7', callbackUrl: 'https://n8n.example.com/webhook/1' },
		};
		const items = [await itemWith({ photo: pngFile('photo.png'), sound: wavFile('sound.wav') })];
		const item = onlyItem(await runAgent(sandbox(), 'create', parameters, { items }));
		const asset = (name: string) => ({ type: 'asset_id', asset_id: idOf(name) });
		expect(requestsTo(sandbox(), CREATE_SESSION).map(({ body }) => body)).toEqual([
			{
				prompt: 'A film on tea',
				files: [asset('photo.png'), asset('sound.wav'), { type: 'url', url: 'https://example.com/brief.pdf' }, { type: 'asset_id', asset_id: 'asset_1' }],
				avatar_id: PHOTO_LOOK,
				brand_kit_id: 'kit_acme',
				incognito_mode: true,
				mode: 'chat',
				orientation: 'portrait',
				style_id: 'style_1',
				voice_id: VOICE,
				visibility: 'private',
				callback_id: 'order-7',
				callback_url: 'https://n8n.example.com/webhook/1',
			},
		]);
		expect(item).toMatchObject({ session_id: expect.any(String) as string, status: 'thinking' });
	});

	it.each<[unknown, string | undefined]>([
		['landscape', 'landscape'],
		['Portrait', 'portrait'],
		['16:9', 'landscape'],
		['9:16', 'portrait'],
		['auto', undefined],
		['', undefined],
		['square', 'square'],
	])('with the orientation %j', async (given, orientation) => {
		sandbox().configure({ contract: 'open' });
		await create('A film', { waitForCompletion: false, options: { orientation: expression(given) } });
		expect(told(sandbox(), CREATE_SESSION)).toEqual([{ prompt: 'A film', ...(orientation === undefined ? {} : { orientation }) }]);
	});

	it.each<[INodeParameters, RegExp]>([
		[{ prompt: expression(' ') }, /^'Prompt' is empty/],
		[{ prompt: expression(['a']) }, /^'Prompt' must be text/],
		[{ prompt: '={{ "x".repeat(10001) }}' }, /^'Prompt' may have at most 10,000 characters, but has 10,001/],
		[{ files: { files: [byUrl('={{ Array.from({ length: 21 }, (_, n) => `https://example.com/${n}.png`) }}')] } }, /^'Files' may hold at most 20 files, but holds 21/],
		[{ files: { files: [byUrl('https://example.com/a.zip')] } }, /^'Files → 1 → URL' is a ZIP archive/],
		[{ files: { files: [byUrl('http://example.com/a.png')] } }, /^'Files → 1 → URL' must be an address that starts with https/],
		[{ files: { files: [byUrl('={{ "" }}')] } }, /^'Files → 1' is empty/],
		[{ options: { avatarId: locator('a b') } }, /^'Avatar' is not an ID/],
		[{ options: { voiceId: expression({ name: 'Ada' }) } }, /^'Voice' must be an ID, but it is a record without voice_id or id/],
		[{ options: { brandKitId: expression(['a', 'b']) } }, /^'Brand Kit' takes one ID, but 2 were given/],
		[{ options: { styleId: expression('https://example.com/style') } }, /^'Style' must be an ID, but it is an address/],
		[{ options: { orientation: expression({ a: 1 }) } }, /^'Orientation' must be one word/],
		[{ options: { mode: 'byName', modeName: '' } }, /^'Mode Name' is empty/],
		[{ options: { incognitoMode: expression('perhaps') } }, /^'Incognito Mode' must be true or false/],
		[{ options: { additionalFields: '[1]' } }, /^'Additional Fields \(JSON\)' must be JSON of a record/],
		[{ options: { additionalFields: '{"prompt": "Another"}' } }, /^'Prompt' is "A film", but 'Additional Fields \(JSON\) → prompt' is "Another"/],
		[{ requestOptions: { callbackUrl: 'http://localhost/' } }, /^'Callback URL' must be an address/],
		[{ requestOptions: { idempotencyKey: 'a b' } }, /^'Idempotency Key' may hold only letters/],
		[{ options: { maximumCostPerItem: 1 } }, /the length of .* is not known|cost .* not known|not known/],
	])('but not with %j', async (parameters, message) => {
		expect(errorOf(await create('A film', parameters)).message).toMatch(message);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('with 20 files and a prompt of 10,000 characters', async () => {
		sandbox().configure({ validateAssets: false });
		const files = { files: [{ source: 'url', url: Array.from({ length: 20 }, (_, n) => `https://example.com/${n}.png`).join('\n') }] };
		expect(onlyItem(await create('😀'.repeat(10_000), { files, waitForCompletion: false }))).toHaveProperty('session_id');
	});
});

describe('a session that does not ask', () => {
	it('leads to its video, with both IDs, the files and the cost', async () => {
		const result = await create('A film on tea', { download: ['video', 'thumbnail'] });
		expect(onlyItem(result)).toMatchObject({
			session_id: expect.any(String) as string,
			video_id: expect.any(String) as string,
			status: 'completed',
			duration: 10,
			cost: { credits: 0.667, seconds: 10 },
		});
		expect(Object.keys(result.outputs[0]?.[0]?.binary ?? {}).sort()).toEqual(['thumbnail', 'video']);
		expect(result.runData[0]?.hints?.[0]?.message).toMatch(/^Made 1 video in .+, 1 finished\. Cost about 0\.67 credits\.$/);
	});

	it('is not looked at when its video is named from the start', async () => {
		expect(onlyItem(await create('[early-video]'))).toMatchObject({ status: 'completed' });
		expect(countOf(sandbox(), GET_SESSION)).toBe(0);
	});

	it('whose video has no address yet is waited for a little longer', async () => {
		sandbox().configure({ jobSeconds: 0.1 });
		expect(onlyItem(await create('[late-url]'))).toMatchObject({ status: 'completed' });
	});

	it.each(['[session-gone]', '[gone-early]', '[session-fails]', '[session-never-ends]', '[status:dreaming]'])('%s leads there all the same', async (marker) => {
		expect(onlyItem(await create(marker))).toMatchObject({ status: 'completed', video_url: expect.stringMatching(/^http/) as string });
	});

	it('fails with the reason that the agent gives, and its ID', async () => {
		const error = errorOf(await create('[fail:no_idea]'));
		expect(error.message).toMatch(/^HeyGen could not finish the agent session \w+: The agent could not make a video: no_idea/);
	});

	it('says what an empty wallet is told as', async () => {
		const error = errorOf(await create('[fail:free_tier_quota_exceeded]'));
		expect(error.description).toMatch(/^HeyGen has been seen to say so when the account's balance is used up: look at the balance/);
	});

	it("fails with its video's reason, and both IDs", async () => {
		const result = await create('[fail-video:bad_voice]');
		expect(errorOf(result).message).toMatch(/could not finish the video \w+: .*bad_voice/);
		expect(errorOf(result).message + String(errorOf(result).description)).toMatch(/agent session|session/);
	});

	it('that takes too long is named in the error, or handed on as it is', async () => {
		const options = { timeoutMinutes: 0.008 };
		const error = errorOf(await create('[stuck]', { options }));
		expect(error.message).toMatch(/^The agent session \w+ was not finished within 0\.008 minutes/);
		expect(onlyItem(await create('[stuck]', { options: { ...options, onTimeout: 'continue' } }))).toMatchObject({ status: 'thinking', session_id: expect.any(String) as string });
	});

	it('is one of several, each with its own end', async () => {
		const prompts = ['One', '[fail:x]', 'Three'].map((prompt) => ({ json: { prompt } }));
		const result = await runAgent(sandbox(), 'create', { prompt: '={{ $json.prompt }}' }, { items: prompts, onError: 'continueErrorOutput' });
		expect([linksOf(result), linksOf(result, 1)]).toEqual([[0, 2], [1]]);
		expect(new Set(jsonOf(result).map((item) => item.video_id)).size).toBe(2);
	});
});

describe('a session that asks', () => {
	it('ends the wait with the question, within one look at it', async () => {
		const item = onlyItem(await create('[ask:Which colour?]', CHAT));
		expect(item).toMatchObject({ question: 'Which colour?', status: 'waiting_for_input', session_id: expect.any(String) as string, last_message: 'Which colour?' });
		expect(item).not.toHaveProperty('cost');
		// The look that finds the question is the last.
		const looks = requestsTo(sandbox(), GET_SESSION).length;
		expect(looks).toBeGreaterThan(0);
		expect(countOf(sandbox(), LIST_VIDEOS)).toBe(0);
	});

	it('says in the hint that somebody has to answer', async () => {
		const result = await create('A film', CHAT);
		expect(result.runData[0]?.hints?.[0]?.message).toMatch(/^Made 1 agent session in .+, 1 waiting for an answer\./);
	});

	it('goes on when it is answered, to the video', async () => {
		const { session_id: id } = onlyItem(await create('A film', CHAT));
		const item = onlyItem(await answer(id, 'For children'));
		expect(item).toMatchObject({ session_id: id, video_id: expect.any(String) as string, status: 'completed', cost: { credits: 0.667 } });
		expect(told(sandbox(), SEND_MESSAGE)).toEqual([{ message: 'For children' }]);
	});

	it('asks as often as it likes', async () => {
		const { session_id: id, question } = onlyItem(await create('[ask-again]', CHAT));
		const second = onlyItem(await answer(id, 'For children'));
		expect(second).toMatchObject({ question: 'And how long should it be?', session_id: id });
		expect(second.question).not.toBe(question);
		expect(onlyItem(await answer(id, 'A minute'))).toMatchObject({ status: 'completed', session_id: id });
	});

	it('shows a draft for review', async () => {
		const { session_id: id } = onlyItem(await create('[review] [no-question]', CHAT));
		expect(onlyItem(await waitFor(id))).toMatchObject({ status: 'reviewing', question: 'Here is a draft. Shall I go on?' });
		expect(onlyItem(await answer(id, 'Yes'))).toMatchObject({ status: 'completed' });
	});

	it('is attached to, and asks there as well', async () => {
		const { session_id: id } = onlyItem(await create('[ask:How long?]', { ...CHAT, waitForCompletion: false }));
		expect(onlyItem(await waitFor(id))).toMatchObject({ question: 'How long?' });
		await answer(id, 'A minute', { waitForCompletion: false });
		expect(onlyItem(await waitFor(id, { download: ['video'] }))).toMatchObject({ status: 'completed', session_id: id });
	});

	it.each([0.1, 0.25])('is not taken at its old word when HeyGen lags by %d s behind an answer', async (lag) => {
		const { session_id: id } = onlyItem(await create('A film', CHAT));
		expect(onlyItem(await answer(id, `For children [lag:${lag}]`))).toMatchObject({ status: 'completed', session_id: id });
	});

	it('nor by the node that waits after it', async () => {
		const { session_id: id } = onlyItem(await create('A film', CHAT));
		await answer(id, 'For children [lag:0.25]', { waitForCompletion: false });
		expect(onlyItem(await waitFor(id))).toMatchObject({ status: 'completed' });
	});

	it('waits for approval behind a video that does not begin', async () => {
		const { session_id: id } = onlyItem(await create('A film', CHAT));
		const item = onlyItem(await answer(id, 'Other scenes [draft-waits]'));
		expect(item).toMatchObject({ session_id: id, status: 'generating', question: expect.stringMatching(/^The scenes have changed/) as string });
		expect(onlyItem(await answer(id, 'Approved'))).toMatchObject({ status: 'completed' });
	});
});

describe('another round', () => {
	const finished = async () => {
		const { session_id: id } = onlyItem(await create('A film', CHAT));
		return onlyItem(await answer(id, 'For children'));
	};

	it.each(['Shorter', 'Shorter [lag:0.2]', 'Shorter [ask:How short?]', 'Shorter [session-gone]', 'Shorter [session-fails]'])(
		'does not hand on the film of the one before: %s',
		async (message) => {
			const { session_id: id, video_id: old } = await finished();
			const item = onlyItem(await answer(id, message));
			expect(item.session_id).toBe(id);
			if (message.includes('[ask')) expect(item).toMatchObject({ question: 'How short?' });
			else {
				expect(item.status).toBe('completed');
				expect(item.video_id).not.toBe(old);
			}
		},
	);

	it('nor does the node that attaches to it', async () => {
		const { session_id: id, video_id: old } = await finished();
		await answer(id, 'Shorter', { waitForCompletion: false });
		const item = onlyItem(await waitFor(id));
		expect(item.status).toBe('completed');
		expect(item.video_id).not.toBe(old);
	});

	it('may make the film under the same ID', async () => {
		const { session_id: id, video_id: old } = await finished();
		expect(onlyItem(await answer(id, 'Shorter [same-video]'))).toMatchObject({ status: 'completed', video_id: old });
	});

	it('that fails is no film', async () => {
		const { session_id: id } = await finished();
		expect(errorOf(await answer(id, '[fail:no_idea]')).message).toMatch(/could not finish the agent session/);
	});
});

describe('a message', () => {
	it('takes files, an avatar and more', async () => {
		sandbox().configure({ contract: 'open', validateIds: false, validateAssets: false });
		const { session_id: id } = onlyItem(await create('A film', CHAT));
		const more = {
			files: { files: [byUrl('https://example.com/a.png')] },
			options: { avatarId: locator(PHOTO_LOOK), voiceId: locator(VOICE), brandKitId: locator('kit_acme'), additionalFields: '{"edit_plan": [{"scene_id": "s1"}]}' },
			waitForCompletion: false,
		};
		expect(onlyItem(await answer(id, 'So?', more))).toMatchObject({ session_id: id, run_id: expect.any(String) as string });
		expect(told(sandbox(), SEND_MESSAGE)).toEqual([
			{
				message: 'So?',
				files: [{ type: 'url', url: 'https://example.com/a.png' }],
				avatar_id: PHOTO_LOOK,
				voice_id: VOICE,
				brand_kit_id: 'kit_acme',
				edit_plan: [{ scene_id: 's1' }],
			},
		]);
	});

	it.each<[INodeParameters, RegExp]>([
		[{ message: expression('') }, /^'Message' is empty/],
		[{ message: '={{ "x".repeat(10001) }}' }, /^'Message' may have at most 10,000 characters/],
		[{ message: expression({ text: 'a' }) }, /^'Message' must be text/],
		[{ sessionId: expression(null) }, /^'Session ID' is empty/],
		[{ sessionId: expression(['a', 'b']) }, /^'Session ID' takes one ID/],
		[{ files: { files: [byUrl('={{ Array(21).fill("https://example.com/a.png") }}')] } }, /^'Files' may hold at most 20 files/],
	])('is not %j', async (parameters, message) => {
		expect(errorOf(await answer('s1', 'Hi', parameters)).message).toMatch(message);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('to a session that takes none is told so by HeyGen', async () => {
		const { session_id: id } = onlyItem(await create('A film'));
		expect(errorOf(await answer(id, 'Hi')).message).toMatch(/Could not send the message to the video agent: .*mode chat only/i);
		expect(errorOf(await answer('nowhere', 'Hi')).httpCode).toBe('404');
	});

	it('is sent once, whatever becomes of its answer', async () => {
		const { session_id: id } = onlyItem(await create('A film', CHAT));
		sandbox().addFault({ match: { method: 'POST', path: '/v3/video-agents/{session_id}' }, kind: 'drop_after', times: 2 });
		expect(onlyItem(await answer(id, 'For children'))).toMatchObject({ status: 'completed' });
		expect(sandbox().stats().jobsCreated).toMatchObject({ agentSession: 1, agentMessage: 1 });
	});

	it('is sent once with Retry On Fail after a time-out', async () => {
		const { session_id: id } = onlyItem(await create('A film', CHAT));
		const parameters = { sessionId: String(id), message: 'For children', options: { timeoutMinutes: 0.002 } };
		const result = await runAgent(sandbox(), 'sendMessage', parameters, { retryOnFail: true, maxTries: 5, waitBetweenTries: 150 });
		expect(onlyItem(result)).toMatchObject({ status: 'completed', session_id: id });
		expect(sandbox().stats().jobsCreated).toMatchObject({ agentMessage: 1 });
	});

	it('is not sent in a dry run', async () => {
		const item = onlyItem(await answer('s1', 'Hi', { options: { dryRun: true, expectedSeconds: 30 } }));
		expect(item).toMatchObject({ dryRun: true, body: { message: 'Hi' }, estimate: { credits: 2.001 } } as IDataObject);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});
