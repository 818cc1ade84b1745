/** HeyGen Speech in a real n8n: texts that are spoken, by themselves and by avatars, and voices that are cloned and deleted. */
import { createHash } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { sampleFile } from '../sandbox';
import { FRAME_SECONDS } from '../sandbox/files/silence';
import { agent, converse, startAgentSuite } from './support/agents';
import { HEYGEN_SPEECH, SPEAKER, speechNode } from './support/cast';
import type { Arguments } from './support/chatModel';
import { putFile, readFiles } from './support/files';
import { acceptedItems, bodiesTo, byId, createAvatar, HEYGEN, heyGenNode, runNodes, sentTo, type Suite, useSuite, withOwnSandbox } from './support/suite';

jest.setTimeout(300_000);

const SPEAK = 'POST /v3/voices/speech';
const UPLOAD = 'POST /v3/assets';
const MAKE_VIDEO = 'POST /v3/videos';

const suite = useSuite(startAgentSuite);

/** Parameters of Speech → Create, with the sandbox's voice. */
const spoken = (text: string, more: INodeParameters = {}): INodeParameters => ({ voiceId: byId(SPEAKER), text, ...more });

/** An avatar that moves to the sound of the node before. */
const ofSound = (own: Suite) =>
	heyGenNode(own, createAvatar({ audioSource: 'binary', audioBinaryPropertyName: 'audio', script: undefined, download: ['video'] }));

it('two nodes make a video of a text: one speech, one file that is uploaded as it is, one video of it', async () => {
	await withOwnSandbox(suite, async (own) => {
		const files = { download: ['audio', 'subtitles', 'webVtt'] };
		const speech = speechNode(own, 'speech', 'create', spoken('={{ $json.script }}', files), { name: 'Speech' });
		const execution = await runNodes(own, [{ script: 'Hello Ada. Thank you for your order!' }], [speech, ofSound(own)]);
		const [video] = await acceptedItems(own, execution);

		const [said] = execution.items('Speech');
		const { audio, subtitles, webVtt } = said?.binary ?? {};
		expect(said?.json).toMatchObject({ audio_url: expect.stringContaining('http'), voice_id: SPEAKER, word_timestamps: expect.any(Array) });
		expect(audio).toMatchObject({ fileName: 'speech.mp3', mimeType: 'audio/mpeg' });
		expect(subtitles).toMatchObject({ fileName: 'speech.srt', mimeType: 'application/x-subrip' });
		expect(webVtt).toMatchObject({ fileName: 'speech.vtt', mimeType: 'text/vtt' });
		const { client } = own.n8n;
		expect((await client.downloadBinary(subtitles?.id ?? '')).toString()).toMatch(/^1\n00:00:00,000 --> [\d:,]+\nHello Ada\./);
		expect((await client.downloadBinary(webVtt?.id ?? '')).toString()).toMatch(/^WEBVTT\n/);
		const sound = await client.hashBinary(audio?.id ?? '');

		expect(await bodiesTo(own, SPEAK)).toEqual([expect.objectContaining({ text: 'Hello Ada. Thank you for your order!', voice_id: SPEAKER })]);
		const assets = await own.sandbox.assets();
		expect(assets).toEqual([expect.objectContaining({ sha256: sound.sha256, status: 'completed' })]);
		expect(await sentTo(own, UPLOAD)).toHaveLength(1);
		const [body, ...others] = await bodiesTo(own, MAKE_VIDEO);
		expect([body?.audio_asset_id, body?.script, body?.voice_id, others]).toEqual([assets[0]?.id, undefined, undefined, []]);
		const { videosCreated, jobsCreated, keysSeenOnFileHost } = await own.sandbox.stats();
		expect({ videosCreated, speeches: jobsCreated.speech, keysSeenOnFileHost }).toEqual({ videosCreated: 1, speeches: 1, keysSeenOnFileHost: 0 });

		expect(video?.json).toMatchObject({ status: 'completed', video_url: expect.stringContaining('http') });
		expect(video?.pairedItem).toEqual({ item: 0 });
		expect(video?.binary?.video).toMatchObject({ mimeType: 'video/mp4' });
		expect((await client.hashBinary(video?.binary?.video?.id ?? '')).bytes).toBe(sampleFile('mp4').length);
		expect(execution.hints('Speech')).toEqual([expect.objectContaining({ message: expect.stringContaining('1 speech'), type: 'info' })]);
	});
});

describe('a text that is too long for one request', () => {
	// Two parts; HeyGen takes sounds of up to ten minutes.
	const sentences = Array.from({ length: 90 }, (_, n) => `This is sentence number ${n + 1}, which a calm voice reads to all who listen.`);
	const text = sentences.join(' ');

	it('is spoken in parts, which become one sound with the moments of all words, and a video', async () => {
		await withOwnSandbox(suite, async (own) => {
			const options = { splitLongText: true, joinParts: true };
			const speech = speechNode(own, 'speech', 'create', spoken(text, { download: ['audio', 'subtitles'], options }), { name: 'Speech' });
			const execution = await runNodes(own, [{}], [speech, ofSound(own)]);
			const [video] = await acceptedItems(own, execution);
			expect(video?.json.status).toBe('completed');

			const texts = (await bodiesTo(own, SPEAK)).map((body) => String(body.text));
			expect(texts.length).toBe(Math.ceil(text.length / 5_000));
			expect(texts.every((part) => part.length <= 5_000 && part.endsWith('listen.'))).toBe(true);
			const inOrder = [...texts].sort((a, b) => text.indexOf(a) - text.indexOf(b));
			expect(inOrder.join(' ')).toBe(text);

			const [said, ...others] = execution.items('Speech');
			expect(others).toEqual([]);
			const parts = said?.json.joined_parts as IDataObject[];
			const lengths = parts.map(({ duration }) => Number(duration));
			const words = said?.json.word_timestamps as Array<{ word: string; start: number; end: number }>;
			expect(words).toHaveLength(text.split(' ').length);
			// The sandbox's sounds have whole frames: one may be over a moment before its last word is.
			expect(words.every(({ start, end }, at) => start < end && start >= (words[at - 1]?.end ?? 0) - FRAME_SECONDS)).toBe(true);
			expect(said?.json.duration).toBeCloseTo(lengths.reduce((sum, length) => sum + length, 0), 0);
			const sounds = await Promise.all(parts.map(async ({ audio_url: url }) => Buffer.from(await (await fetch(String(url))).arrayBuffer())));
			const whole = await own.n8n.client.downloadBinary(said?.binary?.audio?.id ?? '');
			// The first frame says how long the whole is.
			expect(whole.subarray(whole.indexOf(sounds[0]?.subarray(0, 4) ?? '', 1)).equals(Buffer.concat(sounds))).toBe(true);
			expect(await own.sandbox.assets()).toEqual([expect.objectContaining({ sha256: createHash('sha256').update(whole).digest('hex') })]);
			const subtitles = (await own.n8n.client.downloadBinary(said?.binary?.subtitles?.id ?? '')).toString();
			const moments = [...subtitles.matchAll(/\d\d:\d\d:\d\d,\d{3}/g)].map(([moment]) => moment);
			expect(moments).toEqual([...moments].sort());
			expect(subtitles.replace(/^\d+\n.* --> .*\n/gm, '').replace(/\s+/g, ' ').trim()).toBe(text);
		});
	});

	it('is one item for each part, and each knows its place', async () => {
		await withOwnSandbox(suite, async (own) => {
			const speech = speechNode(own, 'speech', 'create', spoken(text, { download: ['audio'], options: { splitLongText: true } }));
			const items = await acceptedItems(own, await runNodes(own, [{}], [speech]));
			expect(items.map(({ json }) => [json.part, json.parts])).toEqual(items.map((_, at) => [at + 1, items.length]));
			expect(items.map(({ binary }) => binary?.audio?.fileName)).toEqual(items.map((_, at) => `speech-${at + 1}.mp3`));
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map(() => ({ item: 0 })));
		});
	});

	it('is refused before anything is paid for, with the option that helps, where it is not to be split', async () => {
		await withOwnSandbox(suite, async (own) => {
			const execution = await runNodes(own, [{}], [speechNode(own, 'speech', 'create', spoken(text))]);
			expect(execution.error).toMatch(/^'Text' may have at most 5,000 characters, but has [\d,]+: .*the option 'Split Long Text' on/);
			expect((await own.sandbox.stats()).jobsCreated.speech).toBe(0);
		});
	});
});

it('a recording becomes a voice, which speaks, and is deleted once and for all', async () => {
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ jobSeconds: 0.3, jobQueueSeconds: 0 });
		const recording = await putFile(own.n8n, 'ada.mp3', sampleFile('mp3'));
		const clone = speechNode(own, 'voice', 'clone', { voiceName: 'Ada', audioSource: 'binary', audioBinaryPropertyName: 'data' }, { name: 'Clone' });
		const speech = speechNode(own, 'speech', 'create', { voiceId: byId('={{ $json.voice_id }}'), text: 'Good morning.', download: ['audio'] });
		const execution = await runNodes(own, [{}], [readFiles(recording.path), clone, speech]);
		const [said] = await acceptedItems(own, execution);
		const [cloned] = execution.items('Clone');
		const voiceId = String(cloned?.json.voice_id);
		expect(cloned?.json).toMatchObject({ name: 'Ada', status: 'complete', voice_id: expect.stringMatching(/\w{6,}/) });
		expect(said?.json).toMatchObject({ voice_id: voiceId, voice_preview_url: expect.stringContaining('http') });
		expect(said?.binary?.audio).toMatchObject({ mimeType: 'audio/mpeg' });
		expect(await own.sandbox.assets()).toEqual([expect.objectContaining({ sha256: recording.sha256 })]);
		expect((await bodiesTo(own, SPEAK)).map((body) => body.voice_id)).toEqual([voiceId]);

		const remove = async (id: string) => await runNodes(own, [{}], [speechNode(own, 'voice', 'delete', { voiceId: byId(id) })]);
		expect((await remove(voiceId)).items(HEYGEN)[0]?.json).toEqual({ deleted: true, id: voiceId });
		const again = await remove(voiceId);
		expect(again.error).toBeUndefined();
		expect(again.items(HEYGEN)[0]?.json).toMatchObject({ gone: true, id: voiceId, note: expect.stringMatching(/^HeyGen has no such voice/) });
		expect((await remove(SPEAKER)).error).toMatch(/^Could not delete the voice: Voice voice_ann_calm_001 does not belong to the account/);
	});
});

describe.each([2.2, 3.1])('an agent of version %s', (version) => {
	/** Runs an agent whose model makes calls, one after the other. @returns the error, if any */
	async function said(own: Suite, ...calls: Arguments[]): Promise<string | undefined> {
		const tool = speechNode(own, 'speech', 'create', spoken("={{ $fromAI('text', 'What is spoken', 'string') }}", { download: ['audio'] }));
		return (await converse(suite, agent(version), { ...tool, type: `${HEYGEN_SPEECH}Tool` }, [calls.map((call) => [call])])).error;
	}

	it('has a text spoken, and its model learns where the sound is', async () => {
		await withOwnSandbox(suite, async (own) => {
			expect(await said(own, { text: 'Hello from an agent.' }, { text: 'Hello from an agent.' })).toBeUndefined();
			// The model may say the same twice: each call is a speech.
			expect((await bodiesTo(own, SPEAK)).map(({ text }) => text)).toEqual(Array(2).fill('Hello from an agent.'));
			expect((await own.sandbox.stats()).jobsCreated.speech).toBe(2);
			for (const known of ['audio_url', 'duration', SPEAKER]) expect(suite.model.told).toContain(known);
		});
	});

	it('has nothing spoken where there are no words', async () => {
		await withOwnSandbox(suite, async (own) => {
			await said(own, { text: '...' });
			expect((await own.sandbox.stats()).jobsCreated.speech).toBe(0);
			// Up to version 2.2 n8n hands the model an empty text for an error.
			if (version >= 3) expect(suite.model.told).toContain('no word in it');
		});
	});
});
