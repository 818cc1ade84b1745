/** Every kind of job, with its execution asleep meanwhile: what comes out is what comes out of a wait in the execution. */
import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { HeyGenAvatar } from '../../../nodes/HeyGenAvatar/HeyGenAvatar.node';
import { HeyGenSpeech } from '../../../nodes/HeyGenSpeech/HeyGenSpeech.node';
import { HeyGenTranslation } from '../../../nodes/HeyGenTranslation/HeyGenTranslation.node';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import type { RunOptions, RunResult } from '../support/harness';
import { spoken } from '../support/lipsyncSupport';
import { ofFilm } from '../support/postSupport';
import { SLEEPS, sleepThrough, useSleepTiming } from '../support/sleepSupport';
import { byRetry, errorOf, expression, jsonOf, linksOf, locator, nodeRun, PHOTO_LOOK, requestsTo, useSandbox, VOICE } from '../support/support';
import { WELCOME } from '../support/templateSupport';
import { into, languagesOf, TRANSLATE, translationRun, TWELVE } from '../support/translationSupport';

useSleepTiming({ pollFirst: 400 });
const sandbox = useSandbox({ jobSeconds: 0.8, jobQueueSeconds: 0.05 });

interface Kind {
	name: string;
	node: () => INodeType;
	resource: string;
	operation: string;
	parameters: INodeParameters;
	/** Its Wait Until Finished: the parameter with the ID, and the field of the output that it comes from. */
	wait?: [idParameter: string, idField: string];
}

const video = () => new HeyGenVideo();
const translation = () => new HeyGenTranslation();
const scenes = JSON.stringify([
	{ type: 'avatar', avatar_id: PHOTO_LOOK, script: 'One.' },
	{ type: 'image', source: { type: 'url', url: 'https://example.com/chart.png' }, duration: 3 },
]);

const kinds: Kind[] = [
	{ name: 'image video', node: video, resource: 'video', operation: 'createImage', parameters: { imageSource: 'url', imageUrl: 'https://example.com/ada.png', audioSource: 'script', script: 'Hi', voiceId: locator(VOICE) } },
	{ name: 'cinematic video', node: video, resource: 'video', operation: 'createCinematic', parameters: { prompt: 'By the sea', avatarId: locator(PHOTO_LOOK) } },
	{ name: 'studio video', node: video, resource: 'video', operation: 'createStudio', parameters: { scenesInput: 'json', scenesJson: scenes } },
	{ name: 'video of a prompt', node: video, resource: 'video', operation: 'createFromPrompt', parameters: { prompt: 'A boat' }, wait: ['videoId', 'video_id'] },
	{ name: 'template', node: video, resource: 'template', operation: 'generate', parameters: { templateId: locator(WELCOME), variables: { mappingMode: 'defineBelow', value: { headline: 'Hi', offer: 'Half' } } } as INodeParameters },
	{ name: 'HyperFrames render', node: video, resource: 'hyperframes', operation: 'create', parameters: { projectSource: 'url', projectUrl: 'https://example.com/project.zip' }, wait: ['renderId', 'render_id'] },
	{ name: 'clipping', node: video, resource: 'clipping', operation: 'create', parameters: ofFilm(), wait: ['jobId', 'job_id'] },
	{ name: 'background removal', node: video, resource: 'backgroundRemoval', operation: 'create', parameters: ofFilm(), wait: ['jobId', 'job_id'] },
	{ name: 'filler word removal', node: video, resource: 'fillerWordRemoval', operation: 'create', parameters: ofFilm(), wait: ['jobId', 'job_id'] },
	{ name: 'video agent', node: video, resource: 'videoAgent', operation: 'create', parameters: { prompt: 'A film on tea' }, wait: ['sessionId', 'session_id'] },
	{ name: 'translation', node: translation, resource: 'translation', operation: 'create', parameters: into(['German']), wait: ['translationId', 'video_translation_id'] },
	{ name: 'proofread', node: translation, resource: 'proofread', operation: 'create', parameters: ofFilm({ title: 'Talk', outputLanguages: ['German'] }), wait: ['proofreadId', 'proofread_id'] },
	{ name: 'lipsync', node: translation, resource: 'lipsync', operation: 'create', parameters: spoken(), wait: ['lipsyncId', 'lipsync_id'] },
	{ name: 'avatar', node: () => new HeyGenAvatar(), resource: 'avatar', operation: 'createPhoto', parameters: { name: 'Ada', fileSource: 'url', fileUrl: 'https://example.com/ada.png' } },
];

const runOf = ({ node, resource, operation, parameters }: Kind, options: IDataObject): RunOptions =>
	nodeRun(node(), sandbox(), { resource, operation, download: [], ...parameters, options: { ...options } } as INodeParameters, { items: [{ json: { row: 1 } }, { json: { row: 2 } }] });

const jobsMade = (): number => Object.values(sandbox().stats().jobsCreated).reduce((sum, count) => sum + count, 0);

/** What output items say, but for what differs from job to job. */
const shapeOf = ({ outputs }: RunResult) => outputs[0]?.map(({ json, pairedItem }) => ({ fields: Object.keys(json).sort(), status: json.status, cost: json.cost, estimate: json.estimate, pairedItem }));

describe.each(kinds)('$name', (kind) => {
	it('comes out as without sleep, and is made once', async () => {
		const { end: awake } = await sleepThrough(runOf(kind, {}));
		expect(awake.error).toBeUndefined();
		const before = jobsMade();
		const { sleeps, end } = await sleepThrough(runOf(kind, SLEEPS));
		expect(end.error).toBeUndefined();
		expect(sleeps.length).toBeGreaterThanOrEqual(1);
		expect(shapeOf(end)).toEqual(shapeOf(awake));
		expect(end.runData).toHaveLength(1);
		expect(jobsMade() - before).toBe(before);
	});

	if (kind.wait === undefined) return;
	const [idParameter, idField] = kind.wait;

	it('is waited for by its ID', async () => {
		const { end: started } = await sleepThrough({ ...runOf(kind, {}), parameters: { ...runOf(kind, {}).parameters, waitForCompletion: false } });
		const items = jsonOf(started).map((json) => ({ json }));
		const parameters = { resource: kind.resource, operation: 'wait', [idParameter]: `={{ $json.${idField} }}`, download: [], options: { ...SLEEPS } };
		const { sleeps, end } = await sleepThrough(nodeRun(kind.node(), sandbox(), parameters, { items }));
		expect(end.error).toBeUndefined();
		expect(sleeps.length).toBeGreaterThanOrEqual(1);
		expect([...new Set(linksOf(end))]).toEqual([0, 1]);
	});
});

describe('several languages of an item', () => {
	it('come out in their order, whichever is finished first, and none is made twice', async () => {
		const items = [{ json: { row: 1 } }, { json: { row: 2 } }];
		const parameters = into(expression(TWELVE), { options: { ...SLEEPS, title: '[fail-language:Korean]' } });
		const run = translationRun(sandbox(), 'translation', 'create', parameters, { items, onError: 'continueErrorOutput' });
		const { sleeps, end } = await sleepThrough(run);
		expect(sleeps.length).toBeGreaterThanOrEqual(1);
		const others = TWELVE.filter((language) => language !== 'Korean');
		expect(languagesOf(end)).toEqual([...others, ...others]);
		expect(linksOf(end)).toEqual([...others.map(() => 0), ...others.map(() => 1)]);
		expect(jsonOf(end, 1).map(({ error }) => String(error).slice(0, 7))).toEqual(['Korean:', 'Korean:']);
		expect(sandbox().stats().jobsCreated.translation).toBe(24);
		expect(requestsTo(sandbox(), TRANSLATE)).toHaveLength(24);
		// The list of languages is not read again when the execution wakes up.
		expect(requestsTo(sandbox(), 'GET /v3/video-translations/languages')).toHaveLength(1);
	});

	it('are kept when one of them fails, for a retry by hand', async () => {
		const run = translationRun(sandbox(), 'translation', 'create', into('German, French, Italian', { options: { ...SLEEPS, title: '[fail-language-once:French]' } }));
		const { end } = await sleepThrough(run);
		expect(errorOf(end).message).toContain('French');
		const { end: retried } = await sleepThrough({ ...run, data: byRetry(end), executionId: 'retry' });
		expect(retried.error).toBeUndefined();
		expect(languagesOf(retried)).toEqual(['German', 'French', 'Italian']);
		expect(sandbox().stats().jobsCreated.translation).toBe(4);
		expect(requestsTo(sandbox(), TRANSLATE)).toHaveLength(4);
	});
});

describe('a video agent', () => {
	const chat = (more: INodeParameters = {}) =>
		nodeRun(video(), sandbox(), { resource: 'videoAgent', operation: 'create', prompt: 'A film on tea', download: [], ...more });

	it('that asks back ends the sleep with its question, and an answer is slept for as well', async () => {
		const { end } = await sleepThrough(chat({ options: { ...SLEEPS, mode: 'chat' } }));
		const [asked] = jsonOf(end);
		expect(asked).toMatchObject({ status: 'waiting_for_input', question: expect.any(String) });
		const answer = { resource: 'videoAgent', operation: 'sendMessage', sessionId: String(asked?.session_id), message: 'For children', download: [], options: { ...SLEEPS } };
		const { sleeps, end: film } = await sleepThrough(nodeRun(video(), sandbox(), answer));
		expect(film.error).toBeUndefined();
		expect(sleeps.length).toBeGreaterThanOrEqual(1);
		expect(jsonOf(film)).toEqual([expect.objectContaining({ session_id: asked?.session_id, status: 'completed', video_url: expect.any(String) })]);
		expect(sandbox().stats().jobsCreated.agentMessage).toBe(1);
	});
});

describe('a voice clone', () => {
	it('is a matter of seconds: nothing sleeps', async () => {
		sandbox().configure({ jobSeconds: 0.2 });
		const parameters = { resource: 'voice', operation: 'clone', voiceName: 'Ada', audioSource: 'url', audioUrl: 'https://example.com/ada.mp3', options: { ...SLEEPS } };
		const { sleeps, end } = await sleepThrough(nodeRun(new HeyGenSpeech(), sandbox(), parameters));
		expect(sleeps).toEqual([]);
		expect(jsonOf(end)).toEqual([expect.objectContaining({ status: 'complete' })]);
	});
});
