/** Clones of voices: where the recording comes from, what HeyGen is asked for, and what becomes of the voice. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SandboxClient } from '../../sandbox/client';
import { itemWith, usableAssets } from '../support/assetSupport';
import { runNode, type RunResult } from '../support/harness';
import { wavFile } from '../support/sampleFiles';
import { bodiesOf, countOf, errorOf, itemAt, jsonOf, linksOf, locator, retryByHand, useSandbox, useTiming } from '../support/support';
import { CLONE, cloned, detailsOf, GET_VOICE, makeOlder, onlyItem, RETRY, runSpeech, speak, speechRun } from '../support/speechSupport';

useTiming();
const sandbox = useSandbox();

const URL_OF_ADA = 'https://example.com/ada.mp3';
const GIVEN: INodeParameters = { voiceName: 'Ada', audioSource: 'url', audioUrl: URL_OF_ADA };

async function clone(parameters: INodeParameters = {}, options: Parameters<typeof runSpeech>[4] = {}): Promise<RunResult> {
	return await runSpeech(sandbox(), 'voice', 'clone', { ...GIVEN, ...parameters }, options);
}
const wait = async (voiceId: string, more: INodeParameters = {}, options: Parameters<typeof runSpeech>[4] = {}): Promise<RunResult> =>
	await runSpeech(sandbox(), 'voice', 'wait', { voiceId: locator(voiceId), ...more }, options);
/** The only body that was sent. */
const sentBody = (): IDataObject => {
	const bodies = bodiesOf(sandbox(), CLONE);
	expect(bodies).toHaveLength(1);
	return bodies[0] as IDataObject;
};

describe('the recording', () => {
	it('comes from an address', async () => {
		await clone();
		expect(sentBody()).toEqual({ voice_name: 'Ada', audio: { type: 'url', url: URL_OF_ADA } });
	});

	it('comes from an asset', async () => {
		await clone({ audioSource: 'assetId', audioAssetId: '={{ ({ asset_id: "asset_1" }) }}' });
		expect(sentBody().audio).toEqual({ type: 'asset_id', asset_id: 'asset_1' });
	});

	it('comes from a binary field, whose file goes up first', async () => {
		const file = wavFile('ada.wav');
		const result = await clone({ audioSource: 'binary', audioBinaryPropertyName: 'voice' }, { items: [await itemWith({ voice: file })] });
		expect(jsonOf(result)).toEqual([expect.objectContaining({ name: 'Ada', status: 'complete' })]);
		const [asset] = usableAssets(sandbox());
		expect(asset?.filename).toBe('ada.wav');
		expect(sentBody().audio).toEqual({ type: 'asset_id', asset_id: asset?.id });
	});

	it('comes from a data URL', async () => {
		const { content } = wavFile();
		await clone({ audioUrl: `data:audio/wav;base64,${content.toString('base64')}` });
		expect(sentBody().audio).toEqual({ type: 'base64', media_type: 'audio/wav', data: content.toString('base64') });
	});

	it('goes with the options', async () => {
		sandbox().configure({ contract: 'open' });
		await clone({ voiceName: '  Ada Lovelace ', options: { language: 'German', removeBackgroundNoise: false, additionalFields: '{"style": "calm"}' } });
		expect(sentBody()).toEqual({ voice_name: 'Ada Lovelace', audio: { type: 'url', url: URL_OF_ADA }, language: 'German', remove_background_noise: false, style: 'calm' });
	});
});

describe('the voice', () => {
	it('is waited for until it is complete, and can speak', async () => {
		const { json, binary } = onlyItem(await clone({ options: { language: 'German' } }));
		expect(json).toMatchObject({ name: 'Ada', status: 'complete', language: 'German', preview_audio_url: expect.stringContaining('/files/') as string });
		expect(json).not.toHaveProperty('failure_message');
		expect(binary).toBeUndefined();
		const spoken = await speak(sandbox(), { voiceId: locator(String(json.voice_id)), text: 'Guten Tag' });
		expect(itemAt(spoken).json.voice_id).toBe(json.voice_id);
	});

	it('is put out whole without Simplify', async () => {
		const { json } = onlyItem(await clone({ simplify: false }));
		expect(json).toMatchObject({ voice_id: expect.any(String) as string, support_interactive_avatar: false, failure_message: null });
	});

	it('is only started without Wait for Completion', async () => {
		const { json } = onlyItem(await clone({ waitForCompletion: false }));
		expect(json).toMatchObject({ voice_id: expect.any(String) as string });
		expect(countOf(sandbox(), GET_VOICE)).toBe(0);
		expect(onlyItem(await wait(String(json.voice_id))).json).toMatchObject({ voice_id: json.voice_id, status: 'complete' });
	});

	it.each([true, false])('that fails is an error that says why (error output: %s)', async (hasOutput) => {
		const result = await clone({ voiceName: 'Ada [fail:too_short]' }, hasOutput ? { onError: 'continueErrorOutput' } : {});
		const { error, details } = hasOutput
			? (jsonOf(result, 1)[0] as { error: string; details: IDataObject })
			: { error: errorOf(result).message, details: detailsOf(errorOf(result)) };
		expect(error).toContain('The voice could not be cloned: too_short');
		expect(details.voice_id).toEqual(expect.any(String));
	});

	it('that failed is made anew by Retry On Fail, and by a retry by hand', async () => {
		const run = speechRun(sandbox(), 'voice', 'clone', { ...GIVEN, voiceName: 'Ada [fail]' }, RETRY);
		const failed = await runNode(run);
		expect(errorOf(failed).message).toContain('could not be cloned');
		expect(cloned(sandbox())).toBe(2);
		expect(errorOf(await retryByHand(failed, { ...run, retryOnFail: false })).message).toContain('could not be cloned');
		expect(cloned(sandbox())).toBe(3);
	});

	it('in a state that nobody knows is waited for', async () => {
		const { json } = onlyItem(await clone({ voiceName: 'Ada [status:listening]' }));
		expect(json.status).toBe('complete');
	});

	it('that takes too long is named by its ID, and a later wait finishes it', async () => {
		sandbox().configure({ jobSeconds: 600 });
		const error = errorOf(await clone({ options: { timeoutMinutes: 0.005 } }));
		const id = String(detailsOf(error).voice_id);
		expect(error.message).toContain(id);
		expect(error.description).toContain('Wait Until Finished');
		makeOlder(sandbox(), id, 11);
		expect(onlyItem(await wait(id)).json).toMatchObject({ voice_id: id, status: 'complete' });
		expect(cloned(sandbox())).toBe(1);
	});

	it('that takes too long can be handed on as it is', async () => {
		const { json } = onlyItem(await clone({ voiceName: 'Ada [stuck]', options: { timeoutMinutes: 0.005, onTimeout: 'continue' } }));
		expect(json).toMatchObject({ status: 'processing', voice_id: expect.any(String) as string });
	});

	it('is a slot of the plan: none left is told', async () => {
		sandbox().configure({ voiceSlots: 1 });
		await clone();
		const error = errorOf(await clone({ voiceName: 'Bob' }));
		expect(error.message).toContain('All 1 slots for cloned voices are taken');
		expect(detailsOf(error)).toMatchObject({ code: 'resource_limit_reached', httpCode: '400' });
		expect(detailsOf(error)).not.toHaveProperty('mayExist');
		expect(cloned(sandbox())).toBe(1);
	});

	it('is one for each item, by its own name', async () => {
		const items = ['Ada', 'Bob', 'Cleo'].map((name) => ({ json: { name } }));
		const result = await clone({ voiceName: '={{ $json.name }}' }, { items });
		expect(linksOf(result)).toEqual([0, 1, 2]);
		expect(jsonOf(result).map(({ name }) => name)).toEqual(['Ada', 'Bob', 'Cleo']);
		expect(cloned(sandbox())).toBe(3);
	});

	it('may have the name of another one', async () => {
		const items = [1, 2].map((row) => ({ json: { row } }));
		const result = await clone({}, { items });
		expect(new Set(jsonOf(result).map(({ voice_id: id }) => id)).size).toBe(2);
	});
});

describe('Wait Until Finished', () => {
	it('hands a voice on that is complete', async () => {
		const id = await new SandboxClient(sandbox().url).cloneVoice();
		expect(onlyItem(await wait(id)).json).toMatchObject({ voice_id: id, status: 'complete' });
	});

	it('says why a voice could not be made', async () => {
		const id = await new SandboxClient(sandbox().url).cloneVoice({ voice_name: 'Ada [fail:noise]' });
		const error = errorOf(await wait(id));
		expect(error.message).toContain('The voice could not be cloned: noise');
		expect(error.message).toContain(id);
	});

	it('of a public voice, which has no state, ends at once', async () => {
		expect(onlyItem(await wait('voice_ann_calm_001')).json).toMatchObject({ voice_id: 'voice_ann_calm_001', status: 'complete' });
		expect(countOf(sandbox(), GET_VOICE)).toBe(1);
	});

	it('of a voice that there is not says so', async () => {
		const error = errorOf(await wait('voice_nobody'));
		expect(error.message).toContain('voice_nobody');
		expect(detailsOf(error)).toMatchObject({ code: 'voice_not_found' });
	});

	it('waits for several voices at once', async () => {
		const client = new SandboxClient(sandbox().url);
		const ids = await Promise.all(['Ada', 'Bob [fail]', 'Cleo'].map(async (name) => await client.cloneVoice({ voice_name: name })));
		const items = ids.map((id) => ({ json: { id } }));
		const result = await runSpeech(sandbox(), 'voice', 'wait', { voiceId: locator('={{ $json.id }}') }, { items, onError: 'continueErrorOutput' });
		expect([linksOf(result), linksOf(result, 1)]).toEqual([[0, 2], [1]]);
	});
});
