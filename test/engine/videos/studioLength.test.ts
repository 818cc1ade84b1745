/** How long a studio video should be: what it costs depends on that, and a video that came out otherwise says so. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { speechEstimate } from '../../../nodes/heygen/prices/speech';
import { sampleFile } from '../../sandbox';
import { itemWith } from '../support/assetSupport';
import type { RunResult } from '../support/harness';
import { sendJson, usePlainServer } from '../support/plainServer';
import { wav } from '../support/sampleFiles';
import { errorOf, FAST_JOBS, jsonOf, locator, PHOTO_LOOK, runVideo, TWIN_LOOK, useSandbox, useTiming, VOICE } from '../support/support';
import { byJson, byRows, create, PICTURE, rows, sent } from './studioSupport';

useTiming();
const sandbox = useSandbox(FAST_JOBS);
const server = usePlainServer();

const SCRIPT = 'This is what the avatar says, and it takes a while to say all of it.';
const spoken = speechEstimate(SCRIPT).seconds;
const recording = { fileName: 'speech.wav', mimeType: 'audio/wav', content: wav(12) };
const film = { fileName: 'film.mp4', mimeType: 'video/mp4', content: sampleFile('mp4') };
const avatarScene = { type: 'avatar', avatar_id: PHOTO_LOOK, script: SCRIPT };
const recorded = { type: 'avatar', avatar_id: PHOTO_LOOK, audio: { type: 'binary', name: 'speech' } };
const clip = { type: 'video', source: { type: 'binary', name: 'film' } };

const items = async () => [await itemWith({ speech: recording, film })];

async function estimateOf(scenes: unknown[], options: INodeParameters = {}): Promise<IDataObject> {
	const result = await create(sandbox(), byJson(scenes, { options: { dryRun: true, ...options } }), await items());
	expect(result.originalError).toBeUndefined();
	return (jsonOf(result)[0] as IDataObject).estimate as IDataObject;
}

describe('the estimate', () => {
	it('is for the sum of the scenes, and says how that was found', async () => {
		const { seconds, formula, credits } = await estimateOf([avatarScene, recorded, sent.still({ duration: 7.5 })]);
		expect(seconds).toBeCloseTo(spoken + 12 + 7.5, 3);
		expect(credits).toBeCloseTo((spoken + 19.5) * 0.1, 3);
		expect(formula).toMatch(/^3 scenes: scripts [\d.]+ s, recordings 12 s, still images 7.5 s; .*HeyGen does not say what still images and clips cost/);
	});

	it('reads the speed and the locale of a voice', async () => {
		const { seconds } = await estimateOf([{ ...avatarScene, voice_settings: { speed: 1.5 } }]);
		expect(seconds).toBeCloseTo(speechEstimate(SCRIPT, { speed: 1.5 }).seconds, 3);
	});

	it('knows the length of a clip that goes up, and of one in the request itself', async () => {
		const [{ seconds: uploaded }, { seconds: inline }] = [
			await estimateOf([clip]),
			await estimateOf([{ type: 'video', source: { type: 'base64', media_type: 'video/mp4', data: sampleFile('mp4').toString('base64') } }]),
		] as [IDataObject, IDataObject];
		expect(uploaded).toBeGreaterThan(0);
		expect(inline).toBe(uploaded);
	});

	it('takes a recording that only HeyGen knows as the longest', async () => {
		const { seconds, formula } = await estimateOf([{ type: 'avatar', avatar_id: PHOTO_LOOK, audio_url: 'https://example.com/a.mp3' }, sent.still()]);
		expect(seconds).toBe(604);
		expect(formula).toMatch(/^2 scenes: recordings whose length is not known here, at their longest 600 s, still images 4 s/);
	});

	it('is not known with a clip that only HeyGen has, unless its length is given', async () => {
		const unknown = await estimateOf([avatarScene, sent.clip()]);
		expect([unknown.credits, unknown.seconds]).toEqual([null, null]);
		expect(unknown.formula).toMatch(/^2 scenes: scripts [\d.]+ s, clips of unknown length; the length of the video is not known/);
		expect(await estimateOf([avatarScene, sent.clip()], { expectedSeconds: 30 })).toMatchObject({ seconds: 30, credits: 3 });
	});

	it('of which a limit on costs refuses it', async () => {
		const limited = byRows([rows.clip()], { options: { maximumCostPerItem: 5 } });
		expect(errorOf(await create(sandbox(), limited)).message).toMatch(/length of the video is not known/);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it.each<[string, IDataObject[], number, RegExp | undefined]>([
		['Avatar III throughout', [{ engine: 'avatar_iii' }, { engine: 'avatar_iii' }], 0.0033, undefined],
		['Avatar III in one scene', [{ engine: 'avatar_iii' }, {}], 0.1, /scenes with Avatar III cost less/],
		['an engine that nobody knows', [{ engine: 'avatar_6' }, {}], 0.1, /the price of the engine "avatar_6" is not known here/],
	])('goes by the engines: %s', async (_name, engines, rate, note) => {
		const { seconds, credits, formula } = await estimateOf(engines.map((engine) => ({ ...avatarScene, avatar_id: TWIN_LOOK, ...engine })));
		expect(Number(credits) / Number(seconds)).toBeCloseTo(rate, 4);
		if (note === undefined) expect(formula).not.toMatch(/not known|cost less/);
		else expect(formula).toMatch(note);
	});

	it('takes a long still image beside Avatar III at the dearer price', async () => {
		const { seconds, credits } = await estimateOf([{ ...avatarScene, engine: 'avatar_iii' }, sent.still({ duration: 300 })]);
		expect(Number(credits) / Number(seconds)).toBeCloseTo(0.1, 4);
	});

	it('is not nothing for scripts without a word', async () => {
		const { seconds, credits, formula } = await estimateOf([{ ...avatarScene, script: '…' }, { ...avatarScene, script: '...' }]);
		expect([seconds, credits]).toEqual([2, 0.2]);
		expect(formula).toMatch(/^2 scenes: scripts 2 s/);
	});

	it('takes images that speak as Avatar IV', async () => {
		const { seconds, credits } = await estimateOf([{ ...avatarScene, engine: 'avatar_iii' }, { type: 'speaking_image', image: PICTURE, script: SCRIPT, voice_id: VOICE }]);
		expect(Number(credits) / Number(seconds)).toBeCloseTo(0.1, 4);
	});
});

describe('a finished video', () => {
	const finish = async (scenes: unknown[], more: INodeParameters = {}): Promise<RunResult> =>
		await create(sandbox(), byJson(scenes, { waitForCompletion: true, download: [], ...more }), await items());

	it('of about the expected length has no note', async () => {
		const [json] = jsonOf(await finish([avatarScene, sent.still({ duration: 20 })]));
		expect(json).toMatchObject({ status: 'completed', estimate: { seconds: expect.closeTo(spoken + 20, 1) as number } });
		for (const field of ['duration_note', 'expected_duration']) expect(json).not.toHaveProperty(field);
	});

	it('that is far too short says so, in its item and in the hint, with what to do about clips', async () => {
		const result = await finish([sent.still({ duration: 20 }), clip], { options: { title: '[short]' } });
		const [json] = jsonOf(result);
		expect(json?.duration).toBe(1);
		expect(json?.expected_duration).toBeGreaterThan(20);
		expect(json?.duration_note).toMatch(/^The video is 1 s long, but its scenes come to about [\d.]+ s\. Clips without a sound track .* a silent one will do/);
		const [hint] = result.runData.flatMap(({ hints = [] }) => hints);
		expect(hint).toMatchObject({ type: 'warning', message: expect.stringMatching(/Item 1: The video is 1 s long, but its scenes come to about/) as string });
	});

	it('that has no clips says to look at it', async () => {
		const [json] = jsonOf(await finish([sent.still({ duration: 20 })], { options: { title: '[short]' } }));
		expect(json?.duration_note).toBe('The video is 1 s long, but its scenes come to about 20 s. Look at it before it is used.');
	});

	it('is measured by what is known of its scenes, where not all are known', async () => {
		const [json] = jsonOf(await finish([sent.still({ duration: 20 }), sent.clip()], { options: { title: '[short]' } }));
		expect(json?.duration_note).toMatch(/^The video is 1 s long, but those of its scenes whose length is known come to about 20 s alone\. Clips/);
	});

	it('is measured by what the user expects, where not all scenes are known', async () => {
		const [json] = jsonOf(await finish([sent.clip()], { options: { title: '[short]', expectedSeconds: 9 } }));
		expect(json).toMatchObject({ expected_duration: 9, duration_note: expect.stringMatching(/but 'Expected Duration \(Seconds\)' says 9 s/) as string });
	});

	it('of which nothing is known is not measured', async () => {
		const [json] = jsonOf(await finish([sent.clip()], { options: { title: '[short]' } }));
		expect(json?.duration).toBe(1);
		expect(json).not.toHaveProperty('duration_note');
	});

	it('says nothing when it is not waited for', async () => {
		const [json] = jsonOf(await create(sandbox(), byJson([sent.still({ duration: 20 })], { options: { title: '[short]' } })));
		expect(Object.keys(json as IDataObject)).toEqual(['video_id', 'status', 'output_format']);
	});

	it('has the note in a batch as well', async () => {
		const result = await finish([sent.still({ duration: 20 })], { options: { title: '[short]' }, requestOptions: { sendAsBatch: true } });
		expect(jsonOf(result)[0]?.expected_duration).toBe(20);
	});
});

describe('the tolerance', () => {
	/** A HeyGen whose videos are as long as it likes. */
	async function noteFor(duration: unknown, scenes: unknown[]): Promise<unknown> {
		const record = { id: 'v1', status: 'completed', video_url: 'https://example.com/v.mp4', duration };
		server().answer = (request, response) => {
			if (request.method === 'POST') return sendJson(response, { data: { video_id: 'v1', status: 'waiting' } });
			if (request.path.endsWith('/statuses')) return sendJson(response, { data: [{ video_id: 'v1', status: 'completed' }] });
			return sendJson(response, { data: record });
		};
		const result = await runVideo(server(), 'createStudio', byJson(scenes, { waitForCompletion: true, download: [] }));
		expect(result.originalError).toBeUndefined();
		return jsonOf(result)[0]?.duration_note;
	}

	const stills = [sent.still({ duration: 60 }), sent.still({ duration: 40 })];

	it.each<[unknown, unknown[], boolean]>([
		// A tenth of 100 s and 2 s.
		[88, stills, false],
		[87.9, stills, true],
		[112, stills, false],
		[112.1, stills, true],
		['100', stills, false],
		[null, stills, false],
		['soon', stills, false],
		[0, stills, true],
		// From half of a script, less 2 s, to twice as much.
		[spoken * 0.5, [avatarScene], false],
		[spoken * 2, [avatarScene], false],
		[spoken * 2 + 2.5, [avatarScene], true],
		// Each of many short scenes has a beginning and an end.
		[24, Array.from({ length: 20 }, () => sent.avatar({ script: 'Yes.' })), false],
		[50, Array.from({ length: 50 }, () => sent.avatar({ script: 'Hi!' })), false],
		[120, Array.from({ length: 20 }, () => sent.avatar({ script: 'Yes.' })), true],
		[30, [sent.avatar({ script: 'Yes.' }), sent.clip({ source: { type: 'url', url: 'https://example.com/a.mp4' } })], false],
		[spoken * 0.5 + 100, [avatarScene, ...stills], false],
		[spoken * 0.5 + 80, [avatarScene, ...stills], true],
	])('of %j s', async (duration, scenes, isFar) => {
		expect(typeof (await noteFor(duration, scenes))).toBe(isFar ? 'string' : 'undefined');
	});

	it('is open upwards where a clip is not known', async () => {
		expect(await noteFor(500, [...stills, sent.clip()])).toBeUndefined();
	});
});

it('estimates what rows come to like JSON', async () => {
	const list = [rows.avatar({ script: SCRIPT }), rows.avatar({ avatarId: locator(PHOTO_LOOK), audioSource: 'binary', audioBinaryPropertyName: 'speech' }), rows.still({ duration: 7.5 })];
	const result = await create(sandbox(), byRows(list, { options: { dryRun: true } }), await items());
	expect((jsonOf(result)[0]?.estimate as IDataObject).seconds).toBeCloseTo(spoken + 19.5, 3);
	expect(jsonOf(result)[0]?.body).toMatchObject({ scenes: [{}, { input: { audio_asset_id: '(upload of speech.wav)' } }, {}] });
});
