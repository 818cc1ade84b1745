/**
 * HeyGen Translation as a tool of n8n's real AI agents, with a model that does what the test says: models write languages as
 * text, by names and codes. Version 2.2 of the agent is the last that calls n8n's declarative engine.
 */
import type { INode } from 'n8n-workflow';

import { feed, node, TRIGGER, type WorkflowJson } from './host/workflow';
import { type Script, ScriptedModel } from './support/chatModel';
import { bodiesTo, HEYGEN, startSuite, type Suite, withOwnSandbox } from './support/suite';
import { HEYGEN_TRANSLATION, into, TRANSLATE, translationNode } from './support/translations';

jest.setTimeout(300_000);

const AGENT = 'Agent';

let suite: Suite;
let model: ScriptedModel;
let modelNode: INode;

beforeAll(async () => {
	model = await ScriptedModel.start();
	suite = await startSuite({ env: { N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true' } });
	const openAiApi = await suite.n8n.client.createCredential({
		name: 'Scripted model',
		type: 'openAiApi',
		data: { apiKey: 'any', url: model.url, header: false },
	});
	const parameters = { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} };
	modelNode = node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, parameters, { credentials: { openAiApi } });
});

afterAll(async () => {
	await suite?.stop();
	await model?.stop();
});

/** Runs an agent of a version whose model calls the node as the script says. @returns the error, if any */
async function converse(own: Suite, version: number, script: Script): Promise<string | undefined> {
	const tool = translationNode(own, 'translation', 'create', {
		...into("={{ $fromAI('languages', 'Languages to translate into', 'string') }}"),
		videoUrl: "={{ $fromAI('video', 'Address of the video', 'string') }}",
	});
	const parameters = { promptType: 'define', text: '={{ JSON.stringify($json.script) }}', options: {} };
	const workflow: WorkflowJson = feed('Translating agent', [{ script }], node(AGENT, '@n8n/n8n-nodes-langchain.agent', version, parameters));
	workflow.nodes.push(modelNode, { ...tool, type: `${HEYGEN_TRANSLATION}Tool` });
	const toAgent = (type: 'ai_languageModel' | 'ai_tool') => ({ [type]: [[{ node: AGENT, type, index: 0 }]] });
	Object.assign(workflow.connections, { [modelNode.name]: toAgent('ai_languageModel'), [HEYGEN]: toAgent('ai_tool') });
	return (await own.n8n.client.runWorkflow(workflow, { startNode: TRIGGER, timeoutMs: 120_000 })).error;
}

describe.each([2.2, 3.1])('an agent of version %s', (version) => {
	it('translates into languages that its model writes as text, and tells it of each of them', async () => {
		await withOwnSandbox(suite, async (own) => {
			await own.sandbox.configure({ jobSeconds: 0.1, jobQueueSeconds: 0 });
			const video = 'https://example.com/talk.mp4';
			expect(await converse(own, version, [[{ video, languages: 'es-MX, German' }]])).toBeUndefined();
			const bodies = await bodiesTo(own, TRANSLATE);
			expect(bodies.map(({ output_languages: languages }) => languages).sort()).toEqual([['German'], ['Spanish (Mexico)']]);
			expect(bodies.map((body) => body.video)).toEqual(Array(2).fill({ type: 'url', url: video }));
			expect((await own.sandbox.stats()).jobsCreated.translation).toBe(2);
			for (const known of ['Spanish (Mexico)', 'German', 'completed', 'video_url']) expect(model.told).toContain(known);
		});
	});

	it('makes nothing for a language that HeyGen does not have', async () => {
		await withOwnSandbox(suite, async (own) => {
			await converse(own, version, [[{ video: 'https://example.com/talk.mp4', languages: 'German, Klingon' }]]);
			expect((await own.sandbox.stats()).jobsCreated.translation).toBe(0);
			// Up to version 2.2 n8n hands the model an empty text for an error.
			if (version >= 3) expect(model.told).toContain('Klingon');
		});
	});
});
