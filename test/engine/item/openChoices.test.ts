/** Engines, resolutions and other values that HeyGen has added since reach HeyGen, whichever way they are given. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	avatar,
	bodiesOf,
	CREATE,
	errorOf,
	jsonOf,
	locator,
	manyScripts,
	runVideo,
	TWIN_LOOK,
	useSandbox,
	useTiming,
	VOICE,
} from '../support/support';

useTiming();
const sandbox = useSandbox();

/** Runs a create against a HeyGen that has more values than the contract. @returns the body of the create */
async function bodyFor(parameters: INodeParameters): Promise<IDataObject | undefined> {
	sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'answer', body: { data: { video_id: 'v1', status: 'pending' } }, times: -1 });
	const result = await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', ...parameters }));
	expect(result.originalError).toBeUndefined();
	expect(jsonOf(result)).toMatchObject([{ video_id: 'v1' }]);
	return bodiesOf(sandbox(), CREATE)[0];
}

describe('a value that the package does not know', () => {
	const all = {
		aspect_ratio: '21:9',
		engine: { type: 'avatar_6', reference_look_id: 'look_2' },
		expressiveness: 'less',
		fit: 'stretch',
		motion_prompt: 'waves',
		resolution: '2k',
	};

	it('goes through by its name', async () => {
		const options = {
			...{ engine: 'byName', engineName: 'avatar_6', aspectRatio: 'byName', aspectRatioName: ' 21:9 ' },
			...{ expressiveness: 'byName', expressivenessName: 'less', fit: 'byName', fitName: 'stretch' },
			...{ resolution: 'byName', resolutionName: '={{ "2k" }}', motionPrompt: 'waves', referenceLookId: 'look_2' },
		};
		expect(await bodyFor({ options })).toEqual({ type: 'avatar', avatar_id: 'look_bruno_office_01', script: 'Hi', ...all });
	});

	it('goes through by an expression', async () => {
		const options = {
			...{ engine: '={{ "avatar_6" }}', aspectRatio: '={{ "21:9" }}', expressiveness: '={{ "less" }}', fit: '={{ "stretch" }}' },
			...{ resolution: '={{ " 2k\\n" }}', motionPrompt: 'waves', referenceLookId: 'look_2' },
		};
		expect(await bodyFor({ options })).toMatchObject(all);
	});

	it('goes through as the model of a voice, and as the place of a watermark', async () => {
		const voiceSettings = { engineSettings: { elevenlabs: { model: 'byName', modelName: 'eleven_v4' } } };
		const options = { watermark: { settings: { imageAssetId: 'asset_9', position: '={{ "center" }}' } } };
		expect(await bodyFor({ voiceId: locator(VOICE), voiceSettings, options })).toMatchObject({
			voice_settings: { engine_settings: { engine_type: 'elevenlabs', model: 'eleven_v4' } },
			watermark: { placement: { position: 'center' } },
		});
	});

	it('is for HeyGen to refuse, which names the list', async () => {
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', options: { engine: 'byName', engineName: 'avatar_6' } })));
		expect(error.message).toMatch(/\(field 'Animation Engine'\) \(item 1\)$/);
		expect(bodiesOf(sandbox(), CREATE)).toMatchObject([{ engine: { type: 'avatar_6' } }]);
	});

	it('costs what Avatar IV does, and the estimate says that nobody knows', async () => {
		const options = { engine: 'byName', engineName: 'avatar_6', dryRun: true, expectedSeconds: 60 };
		const dryRun = async (more: INodeParameters) =>
			jsonOf(await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', options: { ...options, ...more } })))[0]?.estimate as IDataObject;
		const note = 'the price of the engine "avatar_6" is not known here, and that of Avatar IV and Avatar V is taken';
		expect(await dryRun({})).toMatchObject({ credits: 6, formula: expect.stringContaining(note) as unknown });
		// A rate that the user has given is known.
		expect((await dryRun({ rate: 0.2 })).formula).not.toContain('not known');
		expect((await dryRun({ engine: 'avatar_v' })).formula).not.toContain('not known');
		const added = await dryRun({ engine: '', additionalFields: '{"engine":{"type":"avatar_6"}}' });
		expect(added.formula).toContain(note);
	});
});

describe('a list', () => {
	it.each<[INodeParameters, RegExp]>([
		[{ engine: 'byName' }, /^'Animation Engine Name' is empty/],
		[{ resolution: 'byName', resolutionName: '={{ $json.none }}' }, /^'Resolution Name' is empty/],
		[{ engine: 'byName', engineName: '={{ ["avatar_6"] }}' }, /^'Animation Engine Name' must be one word/],
		[{ engine: '={{ ({ type: "avatar_6" }) }}' }, /^'Animation Engine' must be one word/],
		[{ outputFormat: '={{ "gif" }}' }, /^'Output Format' must be one of mp4, webm/],
		[{ caption: '={{ "vtt" }}' }, /^'Caption' must be one of srt, burnedIn/],
		[{ engine: 'avatar_iii', motionPrompt: 'waves' }, /^'Motion Prompt' is not possible with the engine Avatar III/],
		[{ engine: '={{ "Avatar V" }}', expressiveness: 'low' }, /^'Avatar Expressiveness' is only possible with the engine Avatar IV/],
		[{ referenceLookId: 'look_2' }, /^'Motion Reference Look ID' is only possible with the engine Avatar V/],
	])('with %j is refused before a request is made', async (options, message) => {
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', options })));
		expect(error.message).toMatch(message);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('takes the name of each item, and leaves what was typed for another entry', async () => {
		const options = { engine: '={{ $json.row === 0 ? "byName" : "avatar_v" }}', engineName: 'avatar_iv' };
		await runVideo(sandbox(), 'createAvatar', avatar({ avatarId: locator(TWIN_LOOK), options }), { items: manyScripts(2) });
		const engines = bodiesOf(sandbox(), CREATE).map(({ script, engine }) => [script, engine]);
		expect(engines.sort()).toEqual([['Script 0', { type: 'avatar_iv' }], ['Script 1', { type: 'avatar_v' }]]);
	});
});
