/** What operations put out is what their schemas tell n8n, in every version of their node. */
import Ajv2020 from 'ajv/dist/2020';
import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { SandboxClient } from '../../sandbox/client';
import { schemaOf } from '../../unit/support/outputSchemas';
import { type OperationCase, operationCases, versionsOf } from '../../unit/support/walk';
import { OWN_GROUP, OWN_LOOK, photo, prompted, twin } from '../avatars/avatarSupport';
import { itemsOf } from '../support/assetSupport';
import { runNode } from '../support/harness';
import { assetProject, startRender } from '../support/renderSupport';
import { manyFiles } from '../support/sampleFiles';
import { longText, OWN_VOICE } from '../support/speechSupport';
import { createVideos, jsonOf, locator, nodeRun, PHOTO_LOOK, seedVideos, useSandbox, useTiming, VOICE, waitingAvatar } from '../support/support';

useTiming();
const sandbox = useSandbox({ jobSeconds: 0.1, jobQueueSeconds: 0, ingestSeconds: 0.05 });

/** What an operation is run with, on a fresh sandbox. */
interface Given {
	parameters: INodeParameters;
	items?: INodeExecutionData[];
}

/** Uploads ten small files, as one batch. @returns what Upload puts out. */
async function uploaded(): Promise<IDataObject> {
	const upload = named('heyGenAsset asset:upload');
	const [asset = {}] = await output(upload, 1, { parameters: {}, items: await itemsOf(manyFiles(10)) });
	return asset;
}

async function ofAsset(): Promise<Given> {
	return { parameters: { assetId: String((await uploaded()).asset_id) } };
}

/** @returns the id of a record that an operation makes */
async function made(operation: string, parameters: INodeParameters, idField: string): Promise<string> {
	const [record = {}] = await output(named(operation), 1, { parameters });
	return String(record[idField]);
}

/** Who is to appear. */
const CAST = { avatarId: locator(PHOTO_LOOK), voiceId: locator(VOICE) };
const VIDEO_FILES = ['video', 'captionedVideo', 'subtitles', 'thumbnail'];
const TERMS = { term: [{ term: 'Kubernetes', pronunciation: 'koo-ber-net-eez' }] };
const ofVideo = async (more: INodeParameters = {}) => ({ parameters: { videoId: String(seedVideos(sandbox(), 1)[0]), ...more } });
const ofKit = async (more: INodeParameters = {}) => ({ parameters: { brandKitId: locator('kit_acme'), ...more } });
const ofGlossary = async (more: INodeParameters = {}) => {
	const id = await made('heyGenAsset brandGlossary:create', { name: 'Words', terms: TERMS }, 'brand_glossary_id');
	return { parameters: { brandGlossaryId: locator(id), ...more } };
};

const NO_PARAMETERS = async () => ({ parameters: {} });
const HOOK = 'https://shop.example.com/heygen';
const ofEndpoint = async (more: INodeParameters = {}) => {
	const endpointId = await made('heyGenUsage webhookEndpoint:create', { url: HOOK }, 'endpoint_id');
	return { parameters: { endpointId, ...more } };
};

/** A session of the video agent that waits for an answer. */
const ofChat = async (more: INodeParameters = {}) => {
	const sessionId = await made('heyGenVideo videoAgent:create', { prompt: 'A film', options: { mode: 'chat' } }, 'session_id');
	return { parameters: { sessionId, ...more } };
};

const FILM = { videoSource: 'url', videoUrl: 'https://example.com/webinar.mp4' };
/** A job that is made of a film, and has ended. */
const ofJob = async (resource: string) => ({ parameters: { jobId: await made(`heyGenVideo ${resource}:create`, FILM, 'job_id') } });

const RECORDING = { audioSource: 'url', audioUrl: 'https://example.com/talk.mp3' };
/** Creates of HeyGen Translation, with all that their records can say. */
const DUBBED = {
	lipsync: { ...FILM, ...RECORDING, download: ['video', 'subtitles'], options: { title: 'Webinar', enableCaption: true } },
	proofread: { ...FILM, title: 'Webinar', outputLanguages: ['German'] },
	translation: {
		...{ ...FILM, outputLanguages: ['German'], download: ['video', 'audio', 'subtitles', 'webVtt'] },
		options: { title: 'Webinar', inputLanguage: 'English', enableCaption: true },
	},
};
type Dubbing = keyof typeof DUBBED;
const DUBBING_IDS = { lipsync: ['lipsyncId', 'lipsync_id'], proofread: ['proofreadId', 'proofread_id'], translation: ['translationId', 'video_translation_id'] } as const;

/** A translation, proofread or lipsync that has ended. */
async function ofDubbing(resource: Dubbing, more: INodeParameters = {}): Promise<Given> {
	const [parameter, idField] = DUBBING_IDS[resource];
	return { parameters: { [parameter]: await made(`heyGenTranslation ${resource}:create`, DUBBED[resource], idField), ...more } };
}

/** The batch of a translation or lipsync. */
async function ofDubbingBatch(resource: Dubbing, parameter: string): Promise<Given> {
	const given = { ...DUBBED[resource], waitForCompletion: false, requestOptions: { sendAsBatch: true } };
	return { parameters: { [parameter]: await made(`heyGenTranslation ${resource}:create`, given, 'batch_id') } };
}

/** A session of the video agent that has made its video. */
const ofSession = async () => ({ parameters: { sessionId: await new SandboxClient(sandbox().url).createSession() } });
const ofTemplate = { parameters: { templateId: locator('template_welcome') } };

const PORTRAIT = photo();
/** An avatar with one look, which can be used. */
const ofAvatar = async (more: INodeParameters = {}) => ({ parameters: { groupId: locator(await made('heyGenAvatar avatar:createPhoto', PORTRAIT, 'group_id')), ...more } });
const ofLook = async (more: INodeParameters = {}) => ({ parameters: { lookId: locator(await made('heyGenAvatar avatar:createPhoto', PORTRAIT, 'look_id')), ...more } });

const SAMPLE = { voiceName: 'Ada', audioSource: 'url', audioUrl: 'https://example.com/ada.mp3' };
/** A voice that has been cloned. */
const ofVoice = async () => ({ parameters: { voiceId: locator(await made('heyGenSpeech voice:clone', SAMPLE, 'voice_id')) } });

/** How each operation comes to put something out. */
const GIVEN: Record<string, () => Promise<Given>> = {
	'heyGenAsset asset:delete': ofAsset,
	'heyGenAsset asset:download': ofAsset,
	'heyGenAsset asset:get': ofAsset,
	'heyGenAsset asset:getAll': async () => {
		await uploaded();
		return { parameters: {} };
	},
	'heyGenAsset asset:getBatch': async () => ({ parameters: { batchId: String((await uploaded()).batch_id) } }),
	'heyGenAsset asset:getStatuses': async () => ({ parameters: { batchIds: String((await uploaded()).batch_id) } }),
	'heyGenAsset asset:search': async () => ({ parameters: { query: 'mountain' } }),
	'heyGenAsset asset:upload': async () => ({ parameters: {}, items: await itemsOf(manyFiles(1)) }),
	'heyGenAsset brandGlossary:create': async () => ({ parameters: { name: 'Words', terms: TERMS } }),
	'heyGenAsset brandGlossary:delete': ofGlossary,
	'heyGenAsset brandGlossary:get': ofGlossary,
	'heyGenAsset brandGlossary:getAll': ofGlossary,
	'heyGenAsset brandGlossary:update': async () => await ofGlossary({ name: 'More words' }),
	'heyGenAsset brandKit:create': async () => ({ parameters: { url: 'https://shop.example.com' } }),
	'heyGenAsset brandKit:delete': ofKit,
	'heyGenAsset brandKit:get': ofKit,
	'heyGenAsset brandKit:getAll': ofKit,
	'heyGenAsset brandKit:update': async () => await ofKit({ name: 'Acme Corp' }),
	'heyGenAsset folder:create': async () => ({ parameters: { name: 'Spring' } }),
	'heyGenAsset folder:get': async () => ({
		parameters: { folderId: await made('heyGenAsset folder:create', { name: 'Spring' }, 'folder_id') },
	}),
	// The person of the first one has to consent, that of the second one has done so.
	'heyGenAvatar avatar:createDigitalTwin': async () => ({
		parameters: twin({ options: { avatarGroupId: '={{ $json.group }}' } }),
		items: [{ json: {} }, { json: { group: OWN_GROUP } }],
	}),
	'heyGenAvatar avatar:createFromPrompt': async () => ({ parameters: prompted({ options: { avatarId: locator(OWN_LOOK) } }) }),
	'heyGenAvatar avatar:createPhoto': async () => ({ parameters: PORTRAIT }),
	'heyGenAvatar avatar:delete': ofAvatar,
	'heyGenAvatar avatar:get': ofAvatar,
	'heyGenAvatar avatar:getAll': ofAvatar,
	'heyGenAvatar avatar:requestConsent': async () => await ofAvatar({ rerouteUrl: 'https://shop.example.com/thanks' }),
	'heyGenAvatar avatar:update': async () => await ofAvatar({ name: 'Ada Lovelace' }),
	'heyGenAvatar avatar:wait': async () => {
		const waiting = await made('heyGenAvatar avatar:createDigitalTwin', twin(), 'look_id');
		const { parameters } = await ofLook();
		return { parameters: { lookId: '={{ $json.id }}' }, items: [{ json: { id: waiting } }, { json: { id: parameters.lookId.value as string } }] };
	},
	// One of several looks of its group, and the last one.
	'heyGenAvatar look:delete': async () => {
		const { parameters } = await ofLook();
		return { parameters: { lookId: '={{ $json.id }}' }, items: [{ json: { id: OWN_LOOK } }, { json: { id: parameters.lookId.value as string } }] };
	},
	'heyGenAvatar look:get': ofLook,
	'heyGenAvatar look:getAll': ofLook,
	'heyGenAvatar look:update': async () => await ofLook({ name: 'Ada in the garden' }),
	'heyGenSpeech sound:getAll': async () => ({
		parameters: { query: 'rain', type: '={{ $json.type }}', filters: { minScore: 0 } },
		items: [{ json: { type: 'music' } }, { json: { type: 'sound_effects' } }],
	}),
	// In one piece, in parts, and with the parts in one file.
	'heyGenSpeech speech:create': async () => ({
		parameters: {
			voiceId: locator(VOICE),
			text: '={{ $json.text }}',
			download: ['audio', 'subtitles', 'webVtt'],
			options: { splitLongText: '={{ $json.split }}', joinParts: '={{ $json.join }}' },
		},
		items: [
			{ json: { text: 'Hello there.', split: false, join: false } },
			{ json: { text: longText(6_000), split: true, join: false } },
			{ json: { text: longText(6_000), split: true, join: true } },
		],
	}),
	'heyGenSpeech voice:clone': async () => ({ parameters: SAMPLE }),
	// One that is there, and one that is not there any more.
	'heyGenSpeech voice:delete': async () => ({
		parameters: { voiceId: '={{ $json.id }}' },
		items: [{ json: { id: OWN_VOICE } }, { json: { id: 'voice_gone' } }],
	}),
	'heyGenSpeech voice:design': async () => ({ parameters: { prompt: 'calm and warm', voiceCount: 4 } }),
	'heyGenSpeech voice:get': ofVoice,
	'heyGenSpeech voice:getAll': ofVoice,
	'heyGenSpeech voice:wait': ofVoice,
	'heyGenTranslation lipsync:create': async () => ({ parameters: DUBBED.lipsync }),
	'heyGenTranslation lipsync:delete': async () => await ofDubbing('lipsync'),
	'heyGenTranslation lipsync:download': async () => await ofDubbing('lipsync', { download: ['video', 'subtitles'] }),
	'heyGenTranslation lipsync:get': async () => await ofDubbing('lipsync'),
	'heyGenTranslation lipsync:getAll': async () => await ofDubbing('lipsync'),
	'heyGenTranslation lipsync:getBatch': async () => await ofDubbingBatch('lipsync', 'batchId'),
	'heyGenTranslation lipsync:getStatuses': async () => await ofDubbingBatch('lipsync', 'batchIds'),
	'heyGenTranslation lipsync:update': async () => await ofDubbing('lipsync', { title: 'Spring' }),
	'heyGenTranslation lipsync:wait': async () => await ofDubbing('lipsync'),
	'heyGenTranslation proofread:create': async () => ({ parameters: DUBBED.proofread }),
	'heyGenTranslation proofread:generate': async () => await ofDubbing('proofread', { options: { captions: true } }),
	'heyGenTranslation proofread:get': async () => await ofDubbing('proofread'),
	'heyGenTranslation proofread:getSubtitles': async () => await ofDubbing('proofread', { download: ['subtitles', 'originalSubtitles'] }),
	'heyGenTranslation proofread:updateSubtitles': async () =>
		await ofDubbing('proofread', { subtitlesSource: 'text', subtitlesText: '1\n00:00:00,000 --> 00:00:01,500\nHallo' }),
	'heyGenTranslation proofread:wait': async () => await ofDubbing('proofread'),
	'heyGenTranslation translation:create': async () => ({ parameters: DUBBED.translation }),
	'heyGenTranslation translation:delete': async () => await ofDubbing('translation'),
	'heyGenTranslation translation:download': async () => await ofDubbing('translation', { download: ['video', 'webVtt'] }),
	'heyGenTranslation translation:get': async () => await ofDubbing('translation'),
	'heyGenTranslation translation:getAll': async () => await ofDubbing('translation'),
	'heyGenTranslation translation:getBatch': async () => await ofDubbingBatch('translation', 'batchId'),
	'heyGenTranslation translation:getLanguages': NO_PARAMETERS,
	'heyGenTranslation translation:getStatuses': async () => await ofDubbingBatch('translation', 'batchIds'),
	'heyGenTranslation translation:update': async () => await ofDubbing('translation', { title: 'Spring' }),
	'heyGenTranslation translation:wait': async () => await ofDubbing('translation'),
	'heyGenUsage account:get': NO_PARAMETERS,
	'heyGenUsage account:getApiKey': NO_PARAMETERS,
	'heyGenUsage webhookEndpoint:create': async () => ({ parameters: { url: HOOK, events: ['batch.finished'] } }),
	'heyGenUsage webhookEndpoint:delete': ofEndpoint,
	'heyGenUsage webhookEndpoint:getAll': ofEndpoint,
	'heyGenUsage webhookEndpoint:rotateSecret': ofEndpoint,
	'heyGenUsage webhookEndpoint:update': async () => await ofEndpoint({ events: ['batch.finished'] }),
	'heyGenUsage webhookEvent:getAll': async () => {
		sandbox().emit({ event_type: 'avatar_video.success', event_data: { video_id: 'v1', url: 'https://example.com/', callback_id: 'c' } });
		return { parameters: {} };
	},
	'heyGenUsage webhookEvent:getTypes': NO_PARAMETERS,
	'heyGenUsage cost:checkBudget': async () => ({ parameters: { credits: 6 } }),
	'heyGenUsage cost:estimate': async () => ({ parameters: { script: 'Hello world' } }),
	'heyGenUsage cost:forecast': async () => ({ parameters: { usedSeconds: 700_000 } }),
	'heyGenVideo api:call': async () => ({ parameters: { path: '/v3/users/me', options: { fullResponse: true } } }),
	'heyGenVideo api:list': async () => {
		const path = '/v3/video-translations/languages';
		sandbox().addFault({ match: { path }, kind: 'answer', body: { data: { languages: ['German'] } } });
		return { parameters: { path } };
	},
	'heyGenVideo hyperframes:create': async () => {
		const options = { composition: 'index.html', title: 'Promo' };
		const requestOptions = { callbackId: 'c-1' };
		return { parameters: assetProject({ waitForCompletion: true, download: ['video', 'thumbnail'], options, requestOptions }) };
	},
	'heyGenVideo hyperframes:delete': async () => ({ parameters: { renderId: await startRender(sandbox()) } }),
	'heyGenVideo hyperframes:get': async () => ({ parameters: { renderId: await startRender(sandbox(), { callback_id: 'c-1' }) } }),
	'heyGenVideo hyperframes:getAll': async () => {
		await startRender(sandbox(), { title: '[fail] Promo' });
		return { parameters: {} };
	},
	'heyGenVideo hyperframes:wait': async () => ({ parameters: { renderId: await startRender(sandbox()), download: ['video'] } }),
	'heyGenVideo backgroundRemoval:create': async () => ({ parameters: { ...FILM, download: ['foreground', 'mask'] } }),
	'heyGenVideo backgroundRemoval:delete': async () => await ofJob('backgroundRemoval'),
	'heyGenVideo backgroundRemoval:get': async () => await ofJob('backgroundRemoval'),
	'heyGenVideo backgroundRemoval:getAll': async () => await ofJob('backgroundRemoval'),
	'heyGenVideo backgroundRemoval:wait': async () => await ofJob('backgroundRemoval'),
	'heyGenVideo clipping:create': async () => ({
		parameters: { ...FILM, options: { title: '[clips:2] [clip-failed:2]', inputLanguage: 'en' }, download: ['video', 'thumbnail'] },
	}),
	'heyGenVideo clipping:delete': async () => await ofJob('clipping'),
	'heyGenVideo clipping:get': async () => await ofJob('clipping'),
	'heyGenVideo clipping:getAll': async () => await ofJob('clipping'),
	'heyGenVideo clipping:wait': async () => await ofJob('clipping'),
	'heyGenVideo fillerWordRemoval:create': async () => ({ parameters: FILM }),
	'heyGenVideo fillerWordRemoval:get': async () => await ofJob('fillerWordRemoval'),
	'heyGenVideo fillerWordRemoval:wait': async () => await ofJob('fillerWordRemoval'),
	'heyGenVideo template:generate': async () => ({
		parameters: {
			...ofTemplate.parameters,
			variables: { headline: 'Hello', offer: 'Half the price', speaker: OWN_VOICE, host: PHOTO_LOOK },
			options: { caption: true },
			download: VIDEO_FILES,
		},
	}),
	'heyGenVideo template:get': async () => ofTemplate,
	'heyGenVideo template:getAll': NO_PARAMETERS,
	'heyGenVideo video:createAvatar': async () => {
		const options = { caption: 'burnedIn' };
		return { parameters: waitingAvatar({ script: 'Hello', voiceId: locator(VOICE), download: VIDEO_FILES, options }) };
	},
	'heyGenVideo video:createCinematic': async () => ({
		parameters: { prompt: 'She walks', avatarId: locator(PHOTO_LOOK), download: ['video', 'gif', 'thumbnail'] },
	}),
	'heyGenVideo video:createFromPrompt': async () => ({ parameters: { prompt: 'A boat', download: ['video'] } }),
	'heyGenVideo video:createImage': async () => {
		const image = { imageSource: 'url', imageUrl: 'https://example.com/a.png' };
		const speech = { script: 'Hello', voiceId: locator(VOICE), options: { caption: 'burnedIn' } };
		return { parameters: { ...image, ...speech, download: VIDEO_FILES } };
	},
	'heyGenVideo videoAgent:create': async () => ({ parameters: { prompt: 'A film', download: VIDEO_FILES, options: CAST } }),
	'heyGenVideo videoAgent:sendMessage': async () => ({ parameters: { ...(await ofChat()).parameters, message: 'Go on', download: VIDEO_FILES, options: CAST } }),
	'heyGenVideo videoAgent:wait': async () => await ofChat({ download: VIDEO_FILES }),
	'heyGenVideo video:createStudio': async () => {
		const speaking = { type: 'avatar', avatar_id: PHOTO_LOOK, voice_id: VOICE, script: 'Hello' };
		const scenes = [speaking, { type: 'image', image: 'https://example.com/a.png', duration: 20 }];
		const options = { caption: 'burnedIn', title: '[short]' };
		return { parameters: { scenesInput: 'json', scenesJson: JSON.stringify(scenes), options, download: VIDEO_FILES } };
	},
	'heyGenVideo video:delete': ofVideo,
	'heyGenVideo video:download': async () => await ofVideo({ download: ['video', 'thumbnail'] }),
	'heyGenVideo video:get': ofVideo,
	'heyGenVideo video:getAll': ofVideo,
	'heyGenVideo video:getBatch': async () => {
		const videos = [{ type: 'avatar', avatar_id: PHOTO_LOOK, script: 'Hello' }];
		const { body } = await new SandboxClient(sandbox().url).post('/v3/videos/batches', { videos });
		return { parameters: { batchId: String((body as { data: IDataObject }).data.batch_id) } };
	},
	'heyGenVideo video:getScenes': async () => {
		const [videoId = ''] = await createVideos(sandbox(), 1);
		return { parameters: { videoId } };
	},
	'heyGenVideo video:getStatuses': async () => ({ parameters: { videoIds: seedVideos(sandbox(), 3).join(',') } }),
	'heyGenVideo video:wait': async () => {
		const [videoId = ''] = await createVideos(sandbox(), 1);
		return { parameters: { videoId, download: ['video'] } };
	},
	'heyGenVideo videoAgent:get': ofSession,
	'heyGenVideo videoAgent:getAll': ofSession,
	'heyGenVideo videoAgent:getResource': async () => {
		const { parameters } = await ofSession();
		const [draft] = await output(named('heyGenVideo videoAgent:getResources'), 1.1, { parameters });
		return { parameters: { ...parameters, resourceId: String(draft?.resource_id), download: ['file', 'preview'] } };
	},
	'heyGenVideo videoAgent:getResources': ofSession,
	'heyGenVideo videoAgent:getStyles': NO_PARAMETERS,
	'heyGenVideo videoAgent:getVideos': ofSession,
	'heyGenVideo videoAgent:stop': ofSession,
};

function named(title: string): OperationCase {
	const found = operationCases.find((one) => one.title === title);
	if (found === undefined) throw new Error(`There is no operation ${title}`);
	return found;
}

/** Runs an operation, which must end well. */
async function output({ node, resource, operation }: OperationCase, version: number, given: Given): Promise<IDataObject[]> {
	const { parameters, items } = given;
	const run = nodeRun(node.type, sandbox(), { resource, operation, ...parameters }, { version, looksUp: true, ...(items ? { items } : {}) });
	const result = await runNode(run);
	expect(result.originalError).toBeUndefined();
	return jsonOf(result);
}

/** A record without the fields that hold nothing, however deep: schemas say of what type a field is when it is filled. */
function filled(record: IDataObject): IDataObject {
	const kept = Object.entries(record).filter(([, value]) => value !== null);
	return Object.fromEntries(kept.map(([name, value]) => [name, isPlainObject(value) ? filled(value as IDataObject) : value]));
}

it('knows how every operation comes to put something out', () => {
	expect(Object.keys(GIVEN).sort()).toEqual(operationCases.map(({ title }) => title).sort());
});

describe.each(operationCases.map((one) => [one.title, one] as const))('%s', (title, one) => {
	it.each(versionsOf(one.node))('puts out what its schema says, in version %d', async (version) => {
		const given = await GIVEN[title]?.();
		const records = await output(one, version, given as Given);
		expect(records.length).toBeGreaterThan(0);
		const schema = schemaOf(one, version);
		// What a list of types begins with is what n8n shows.
		const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
		for (const record of records) {
			expect([validate(filled(record)), validate.errors]).toEqual([true, null]);
			expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(record)));
		}
	});

	it('puts the fields of its schema in the order of its output', async () => {
		const given = await GIVEN[title]?.();
		const [record = {}] = await output(one, one.version, given as Given);
		const order = Object.keys(schemaOf(one, one.version).properties).filter((field) => field in record);
		if (one.properties.some(({ name }) => name === 'simplify')) expect(Object.keys(record)).toEqual(order);
		else expect(order.length).toBeGreaterThan(0);
	});
});
