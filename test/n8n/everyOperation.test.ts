/**
 * Every operation of HeyGen Avatar, HeyGen Speech, HeyGen Translation and HeyGen Video in a real n8n: the sandbox refuses
 * nothing that it sends, and something comes of it. What comes of each is other tests' subject; here none may be missing, so
 * n8n itself says which there are.
 */
import type { INodeParameters, INodePropertyOptions } from 'n8n-workflow';

import { avatarNode, HEYGEN_AVATAR, HEYGEN_SPEECH, SPEAKER, speechNode } from './support/cast';
import {
	acceptedItems,
	byId,
	createAvatar,
	HEYGEN_VIDEO,
	LOOK,
	operationNode,
	runNodes,
	startSuite,
	useSuite,
	withOwnSandbox,
} from './support/suite';
import { HEYGEN_TRANSLATION, translationNode } from './support/translations';

jest.setTimeout(300_000);

/** n8n's own "Custom API Call", which it adds to nodes of one version. */
const OF_N8N = '__CUSTOM_API_CALL__';

/** What the steps before have put out, by the names of its fields: of a field that several have, the last one's. */
type Made = Record<string, string>;

/** An operation, its parameters, and what a field of its first item must match. */
type Step = [operation: string, parameters: (made: Made) => INodeParameters, field: string, value: unknown];

const VOICE = byId(SPEAKER);
const FILM = { videoSource: 'url', videoUrl: 'https://example.com/talk.mp4', download: [] };
const DONE = 'completed';
const SOME_ID = expect.stringMatching(/\w{6,}/);

const studioScenes = JSON.stringify([
	{ type: 'avatar', avatar_id: LOOK, script: 'One.' },
	{ type: 'image', source: { type: 'url', url: 'https://example.com/chart.png' }, duration: 3 },
]);

/** The steps of HeyGen Video. */
const OF_VIDEO: Record<string, Step[]> = {
	api: [
		['call', () => ({ method: 'POST', path: '/v3/videos', body: JSON.stringify({ type: 'avatar', avatar_id: LOOK, script: 'Hi' }) }), 'video_id', SOME_ID],
		['list', () => ({ path: '/v3/videos', returnAll: true }), 'id', SOME_ID],
	],
	backgroundRemoval: postProduction('foreground'),
	clipping: postProduction('video'),
	fillerWordRemoval: postProduction('video').filter(([operation]) => !['delete', 'getAll'].includes(operation)),
	hyperframes: [
		['create', () => ({ projectSource: 'url', projectUrl: 'https://example.com/project.zip', download: ['video'] }), 'render_id', SOME_ID],
		['wait', ({ render_id: renderId }) => ({ renderId, download: [] }), 'status', DONE],
		['get', ({ render_id: renderId }) => ({ renderId }), 'status', DONE],
		['getAll', () => ({ returnAll: true }), 'render_id', SOME_ID],
		['delete', ({ render_id: renderId }) => ({ renderId }), 'deleted', true],
	],
	template: [
		['getAll', () => ({ limit: 1 }), 'template_id', SOME_ID],
		['get', () => ({ templateId: byId('template_welcome') }), 'template_id', 'template_welcome'],
		['generate', () => ({ templateId: byId('template_welcome'), variables: { mappingMode: 'defineBelow', value: { headline: 'Hi', offer: '={{ "" }}' } }, download: ['video'] }) as INodeParameters, 'status', DONE],
	],
	video: [
		['createImage', () => ({ imageSource: 'url', imageUrl: 'https://example.com/ada.png', audioSource: 'script', script: 'Hi', voiceId: VOICE, download: ['video'] }), 'status', DONE],
		['createCinematic', () => ({ prompt: 'A walk by the sea', avatarId: byId(LOOK), download: ['video'] }), 'status', DONE],
		['createStudio', () => ({ scenesInput: 'json', scenesJson: studioScenes, download: ['video'] }), 'status', DONE],
		['createFromPrompt', () => ({ prompt: 'A boat in the rain', download: ['video'] }), 'status', DONE],
		['createAvatar', () => createAvatar({ script: 'Hi', waitForCompletion: false, options: { sendAsBatch: true } }), 'batch_id', SOME_ID],
		['getBatch', ({ batch_id: batchId }) => ({ batchId }), 'video_id', SOME_ID],
		['wait', ({ video_id: videoId }) => ({ videoId, download: ['video'] }), 'status', DONE],
		['get', ({ video_id: videoId }) => ({ videoId }), 'status', DONE],
		['getStatuses', ({ video_id: videoIds }) => ({ videoIds }), 'status', DONE],
		['getScenes', ({ video_id: videoId }) => ({ videoId }), 'scenes', expect.any(Array)],
		['download', ({ video_id: videoId }) => ({ videoId, download: ['video'] }), 'status', DONE],
		['getAll', () => ({ returnAll: true }), 'video_id', SOME_ID],
		['delete', ({ video_id: videoId }) => ({ videoId }), 'deleted', true],
	],
	videoAgent: [
		['getStyles', () => ({ limit: 1 }), 'style_id', SOME_ID],
		['create', () => ({ prompt: 'A film on tea', download: [], options: { mode: 'chat' } }), 'status', 'waiting_for_input'],
		['sendMessage', ({ session_id: sessionId }) => ({ sessionId, message: 'For children', download: ['video'] }), 'status', DONE],
		['wait', ({ session_id: sessionId }) => ({ sessionId, download: [] }), 'status', DONE],
		['get', ({ session_id: sessionId }) => ({ sessionId }), 'status', DONE],
		['getVideos', ({ session_id: sessionId }) => ({ sessionId }), 'video_id', SOME_ID],
		['getResources', ({ session_id: sessionId }) => ({ sessionId }), 'resource_id', SOME_ID],
		['getResource', ({ session_id: sessionId, resource_id: resourceId }) => ({ sessionId, resourceId, download: [] }), 'resource_id', SOME_ID],
		['stop', ({ session_id: sessionId }) => ({ sessionId }), 'session_id', SOME_ID],
		['getAll', () => ({ returnAll: true }), 'session_id', SOME_ID],
	],
};

/** The steps of a job that works on a video. */
function postProduction(file: string): Step[] {
	return [
		['create', () => FILM, 'job_id', SOME_ID],
		['wait', ({ job_id: jobId }) => ({ jobId, download: [file] }), 'job_id', SOME_ID],
		['get', ({ job_id: jobId }) => ({ jobId }), 'job_id', SOME_ID],
		['getAll', () => ({ returnAll: true }), 'job_id', SOME_ID],
		['delete', ({ job_id: jobId }) => ({ jobId }), 'deleted', true],
	];
}

const INTO_GERMAN = { ...FILM, outputLanguages: ['German'] };
const RECORDING = { audioSource: 'url', audioUrl: 'https://example.com/talk.mp3' };

/** The steps of HeyGen Translation. */
const OF_TRANSLATION: Record<string, Step[]> = {
	lipsync: dubbing({ ...FILM, ...RECORDING }, 'lipsync_id', 'lipsyncId'),
	proofread: [
		['create', () => ({ ...FILM, outputLanguages: ['German'], title: 'Talk', waitForCompletion: false }), 'proofread_id', SOME_ID],
		['wait', ({ proofread_id: proofreadId }) => ({ proofreadId }), 'status', DONE],
		['get', ({ proofread_id: proofreadId }) => ({ proofreadId }), 'output_language', 'German'],
		['getSubtitles', ({ proofread_id: proofreadId }) => ({ proofreadId, download: ['subtitles'] }), 'subtitles', expect.stringContaining(' --> ')],
		['updateSubtitles', ({ proofread_id: proofreadId, subtitles: subtitlesText }) => ({ proofreadId, subtitlesText }) as INodeParameters, 'proofread_id', SOME_ID],
		['generate', ({ proofread_id: proofreadId }) => ({ proofreadId, download: ['video', 'subtitles'], options: { captions: true } }), 'status', DONE],
	],
	translation: [['getLanguages', () => ({}), 'language', SOME_ID], ...dubbing(INTO_GERMAN, 'video_translation_id', 'translationId')],
};

/** The steps of a translation or lipsync. */
function dubbing(film: INodeParameters, idField: string, idName: string): Step[] {
	const ofOne = (more: INodeParameters = {}) => (made: Made) => ({ [idName]: made[idField] as string, ...more });
	const ids = idField === 'lipsync_id' ? 'lipsyncIds' : 'videoTranslationIds';
	return [
		['create', () => ({ ...film, waitForCompletion: false, requestOptions: { sendAsBatch: true } }), 'batch_id', SOME_ID],
		['getBatch', ({ batch_id: batchId }) => ({ batchId }), idField, SOME_ID],
		['wait', ofOne({ download: ['video'] }), 'status', DONE],
		['get', ofOne(), 'status', DONE],
		['getStatuses', (made) => ({ [ids]: made[idField] as string }), 'status', DONE],
		['download', ofOne({ download: ['video'] }), 'status', DONE],
		['update', ofOne({ title: 'Another title' }), 'title', 'Another title'],
		['getAll', () => ({ returnAll: true }), idField, SOME_ID],
		['delete', ofOne(), 'deleted', true],
	];
}

const PORTRAIT = { name: 'Ada', fileSource: 'url', fileUrl: 'https://example.com/ada.png' };
const FOOTAGE = { name: 'Ada', fileSource: 'url', fileUrl: 'https://example.com/ada.mp4' };
/** A look of the account's own, which is not the only one of its avatar. */
const OWN_LOOK = { lookId: byId('look_edda_office_01') };
const ofGroup = (more: INodeParameters = {}) => ({ group_id: groupId }: Made): INodeParameters => ({ groupId: byId(groupId as string), ...more });

/** The steps of HeyGen Avatar. */
const OF_AVATAR: Record<string, Step[]> = {
	avatar: [
		['createFromPrompt', () => ({ name: 'Ada', prompt: 'A woman with red hair' }), 'status', DONE],
		['createDigitalTwin', () => FOOTAGE, 'status', 'pending_consent'],
		['requestConsent', ofGroup(), 'consent_url', expect.stringMatching(/^https:/)],
		['createPhoto', () => PORTRAIT, 'status', DONE],
		['wait', ({ look_id: lookId }) => ({ lookId: byId(lookId as string) }), 'status', DONE],
		['get', ofGroup(), 'looks_count', 1],
		['update', ofGroup({ name: 'Ada Lovelace' }), 'name', 'Ada Lovelace'],
		['delete', ofGroup(), 'deleted', true],
		['getAll', () => ({ returnAll: true }), 'group_id', SOME_ID],
	],
	look: [
		['getAll', () => ({ returnAll: true }), 'look_id', SOME_ID],
		['get', () => OWN_LOOK, 'status', DONE],
		['update', () => ({ ...OWN_LOOK, name: 'In the garden' }), 'name', 'In the garden'],
		['delete', () => OWN_LOOK, 'deleted', true],
	],
};

const ofVoice = ({ voice_id: voiceId }: Made): INodeParameters => ({ voiceId: byId(voiceId as string) });

/** The steps of HeyGen Speech. */
const OF_SPEECH: Record<string, Step[]> = {
	sound: [['getAll', () => ({ query: 'calm piano', limit: 3 }), 'audio_url', SOME_ID]],
	speech: [['create', () => ({ voiceId: VOICE, text: 'Hello there.', download: ['audio', 'subtitles', 'webVtt'] }), 'voice_id', SPEAKER]],
	voice: [
		['getAll', () => ({ limit: 1 }), 'voice_id', SOME_ID],
		['design', () => ({ prompt: 'calm and warm' }), 'voice_id', SOME_ID],
		['get', ofVoice, 'support_pause', expect.any(Boolean)],
		['clone', () => ({ voiceName: 'Ada', audioSource: 'url', audioUrl: 'https://example.com/ada.mp3' }), 'status', 'complete'],
		['wait', ofVoice, 'status', 'complete'],
		['delete', ofVoice, 'deleted', true],
	],
};

/** Nodes by their type, how one is made, and its steps by resource, in the order in which they build on each other. */
const NODES: Array<[type: string, nodeOf: typeof operationNode, steps: Record<string, Step[]>]> = [
	[HEYGEN_AVATAR, avatarNode, OF_AVATAR],
	[HEYGEN_SPEECH, speechNode, OF_SPEECH],
	[HEYGEN_TRANSLATION, translationNode, OF_TRANSLATION],
	[HEYGEN_VIDEO, operationNode, OF_VIDEO],
];

const suite = useSuite(startSuite);

describe.each(NODES)('%s', (type, nodeOf, stepsOf) => {
	it('has no operation that is not tried here', async () => {
		const { properties } = await suite.n8n.client.describeNodeType(type);
		const lists = properties.filter(({ name }) => name === 'operation');
		const offered = lists.map(({ displayOptions, options }) => [
			String(displayOptions?.show?.resource?.[0]),
			(options as INodePropertyOptions[]).map(({ value }) => String(value)).filter((value) => value !== OF_N8N).sort(),
		]);
		const tried = Object.entries(stepsOf).map(([resource, steps]) => [resource, steps.map(([operation]) => operation).sort()]);
		expect(Object.fromEntries(offered)).toEqual(Object.fromEntries(tried));
	});

	it.each(Object.entries(stepsOf))('%s: every request is taken, and every operation puts something out', async (resource, steps) => {
		await withOwnSandbox(suite, async (own) => {
			await own.sandbox.configure({ jobSeconds: 0.1, jobQueueSeconds: 0 });
			const made: Made = {};
			for (const [operation, parameters, field, value] of steps) {
				const given = parameters(made);
				const execution = await runNodes(own, [{}], [nodeOf(own, resource, operation, given)]);
				const [first] = await acceptedItems(own, execution);
				const files = Object.keys(first?.binary ?? {});
				expect({ operation, [field]: first?.json[field], files }).toEqual({ operation, [field]: value, files: given.download ?? [] });
				Object.assign(made, first?.json);
			}
		});
	});
});
