/**
 * HeyGen Video as a tool of n8n's real AI agents, of all versions that n8n offers, with a model that does what the test
 * says: each call that the model makes is one video, and a repeated try of a call is the same one.
 */
import type { INode } from 'n8n-workflow';
import type { Execution } from './host/execution';
import { feed, node, TRIGGER, type WorkflowJson } from './host/workflow';
import { AGENT, agent, attach, converse, startAgentSuite } from './support/agents';
import type { Script } from './support/chatModel';
import { createAvatar, HEYGEN, HEYGEN_VIDEO, useSuite } from './support/suite';

jest.setTimeout(300_000);

const VERSIONS = [1.7, 1.9, 2, 2.1, 2.2, 3, 3.1];
/** The model may say the same in every call: a video is none the less wanted for each. */
const CALL = { script: 'Hello' };
const OTHER_CALL = { script: 'Goodbye' };

const suite = useSuite(startAgentSuite);

beforeEach(async () => {
	await suite.sandbox.reset();
	await suite.sandbox.configure({ jobSeconds: 0.1, jobQueueSeconds: 0 });
});

/** HeyGen Video as a tool whose script the model gives. */
function tool(extra: Partial<INode> = {}, more: INode['parameters'] = {}): INode {
	const parameters = createAvatar({
		script: "={{ $fromAI('script', 'What the avatar says', 'string') }}",
		waitForCompletion: false,
		...more,
	});
	const credentials = { heyGenSuiteApi: suite.credential };
	return node(HEYGEN, `${HEYGEN_VIDEO}Tool`, 1.1, { resource: 'video', ...parameters }, { credentials, ...extra });
}

/** A tool whose video never ends, so that every try of a call fails once it has made it. */
const failing = () =>
	tool(
		{ retryOnFail: true, maxTries: 2, waitBetweenTries: 10 },
		{ waitForCompletion: true, waitOptions: { timeoutMinutes: 0.005 } },
	);

/** How many videos were made, and how many answers HeyGen gave once more instead of making another one. */
async function made(): Promise<{ videos: number; replayed: number }> {
	const { videosCreated, videosByIdempotencyReplay } = await suite.sandbox.stats();
	return { videos: videosCreated, replayed: videosByIdempotencyReplay };
}

describe.each(VERSIONS)('an agent of version %s', (version) => {
	it('makes a video for each of three items, although the model says the same', async () => {
		const execution = await converse(suite, agent(version), tool(), [[[CALL]], [[CALL]], [[CALL]]]);
		expect([execution.error, execution.items(AGENT).map(({ json }) => json.output)]).toEqual([
			undefined,
			['done', 'done', 'done'],
		]);
		expect(await made()).toEqual({ videos: 3, replayed: 0 });
	});

	it.each<[string, Script]>([
		['at once', [[CALL, CALL]]],
		['one after the other', [[CALL], [CALL]]],
		['in both ways', [[CALL, CALL], [CALL, CALL]]],
	])('makes a video for each of the calls that the model makes %s', async (_how, turns) => {
		const execution = await converse(suite, agent(version), tool(), [turns]);
		expect(execution.error).toBeUndefined();
		expect(await made()).toEqual({ videos: turns.flat().length, replayed: 0 });
	});

	it('waits for a video in its call, also where the node is set to sleep', async () => {
		const sleepy = tool({}, { waitForCompletion: true, download: [], options: { waitMode: 'park' } });
		const execution = await converse(suite, agent(version), sleepy, [[[CALL]]]);
		expect([execution.error, execution.items(AGENT).map(({ json }) => json.output)]).toEqual([undefined, ['done']]);
		expect(await made()).toEqual({ videos: 1, replayed: 0 });
	});

	it.each<[string, Script[], number]>([
		['one call', [[[CALL]]], 1],
		['two calls made at once', [[[CALL, CALL]]], 2],
		['a call for each of two items', [[[CALL]], [[CALL]]], 2],
	])('makes no second video when n8n tries %s again', async (_what, scripts, calls) => {
		await suite.sandbox.configure({ jobSeconds: 3_600 });
		await converse(suite, agent(version), failing(), scripts);
		expect(await made()).toEqual({ videos: calls, replayed: calls });
	});

	it.each<[string, Script]>([
		['at once', [[CALL, OTHER_CALL]]],
		['one after the other', [[CALL], [OTHER_CALL]]],
	])("does not take the first video for the second, when calls %s share the user's own key", async (_how, turns) => {
		const execution = await converse(suite, agent(version), tool({}, { options: { idempotencyKey: 'row-1' } }), [turns]);
		expect(execution.error).toBeUndefined();
		// Up to version 2.2 n8n hands the model an empty text for an error.
		expect(suite.model.told.match(/video_id/g)).toHaveLength(1);
		expect(await made()).toMatchObject({ videos: 1 });
	});

	it.each<[string, Script[]]>([
		['at once', [[[CALL, CALL, CALL]]]],
		['one after the other', [[[CALL], [CALL], [CALL]]]],
		['for two items', [[[CALL], [CALL]], [[CALL]]]],
	])('spends no more than it may in an execution, with calls that the model makes %s', async (_how, scripts) => {
		// Each costs 6 credits.
		const limited = tool({}, { options: { expectedSeconds: 60, maximumCostPerExecution: 13 } });
		await converse(suite, agent(version), limited, scripts);
		expect(await made()).toEqual({ videos: 2, replayed: 0 });
	});

	it('makes another video when the workflow runs again', async () => {
		await converse(suite, agent(version), tool(), [[[CALL]]]);
		await converse(suite, agent(version), tool(), [[[CALL]]]);
		expect(await made()).toEqual({ videos: 2, replayed: 0 });
	});
});

it.each(VERSIONS.filter((version) => version >= 2))(
	'an agent of version %s makes a video for each of three items that it works on at once',
	async (version) => {
		const options = { batching: { batchSize: 3 } };
		await converse(suite, agent(version, options), tool(), [[[CALL]], [[CALL]], [[CALL]]]);
		expect(await made()).toEqual({ videos: 3, replayed: 0 });
	},
);

describe.each([
	[3, 3.1],
	[2.2, 3],
	[2.2, 2.2],
])('a sub-agent of version %s below an agent of version %s', (subVersion, version) => {
	const SUB = 'Sub';

	async function converseBelow(toolNode: INode, turns: Script): Promise<Execution> {
		const outer: Script = [[{ prompt: JSON.stringify(turns) }]];
		const workflow = feed('Sub-agent', [{ turns: outer }], agent(version));
		const text = "={{ $fromAI('prompt', 'What to do', 'string') }}";
		const parameters = { toolDescription: 'Makes videos', text, options: {} };
		const sub = node(SUB, '@n8n/n8n-nodes-langchain.agentTool', subVersion, parameters);
		attach(workflow, suite.modelNode, 'ai_languageModel', AGENT, SUB);
		attach(workflow, sub, 'ai_tool', AGENT);
		attach(workflow, toolNode, 'ai_tool', SUB);
		return await suite.n8n.client.runWorkflow(workflow, { startNode: TRIGGER });
	}

	it('makes a video for each call of its model', async () => {
		await converseBelow(tool(), [[CALL, CALL], [CALL]]);
		expect(await made()).toEqual({ videos: 3, replayed: 0 });
	});

	it('spends no more than it may in an execution', async () => {
		await converseBelow(tool({}, { options: { expectedSeconds: 60, maximumCostPerExecution: 13 } }), [[CALL, CALL], [CALL]]);
		expect(await made()).toEqual({ videos: 2, replayed: 0 });
	});

	it('makes no second video when n8n tries a call again', async () => {
		await suite.sandbox.configure({ jobSeconds: 3_600 });
		await converseBelow(failing(), [[CALL]]);
		expect(await made()).toEqual({ videos: 1, replayed: 1 });
	});
});

describe('a tool behind MCP Server Trigger, which n8n gives no execution id', () => {
	/** Calls the tool as MCP clients do, twice at once. */
	async function callTwice(toolNode: INode, path: string): Promise<void> {
		const trigger = node('MCP', '@n8n/n8n-nodes-langchain.mcpTrigger', 2, { authentication: 'none', path }, { webhookId: path });
		const workflow: WorkflowJson = { name: 'MCP', nodes: [trigger], connections: {} };
		attach(workflow, toolNode, 'ai_tool', trigger.name);
		const id = await suite.n8n.client.createWorkflow(workflow);
		await suite.n8n.client.activateWorkflow(id);
		const session = await post(path, 'initialize', { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'test', version: '1' } });
		const headers = { 'mcp-session-id': session };
		const call = { name: HEYGEN, arguments: CALL };
		await Promise.all([post(path, 'tools/call', call, headers), post(path, 'tools/call', call, headers)]);
		await suite.n8n.client.deactivateWorkflow(id);
	}

	let lastId = 0;

	/** One JSON-RPC request; repeated while n8n has not registered the address yet. @returns the session's id */
	async function post(path: string, method: string, params: object, headers: Record<string, string> = {}): Promise<string> {
		const body = JSON.stringify({ jsonrpc: '2.0', id: ++lastId, method, params });
		const accept = 'application/json, text/event-stream';
		for (let left = 100; ; left--) {
			const response = await fetch(`${suite.n8n.url}/mcp/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', accept, ...headers },
				body,
			});
			const text = await response.text();
			if (response.ok) return response.headers.get('mcp-session-id') ?? '';
			if (response.status !== 404 || left === 0) throw new Error(`${method}: ${response.status} ${text}`);
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	it('makes a video for each call', async () => {
		await callTwice(tool(), 'each-call');
		expect(await made()).toEqual({ videos: 2, replayed: 0 });
	});

	it('makes no second video when n8n tries a call again', async () => {
		await suite.sandbox.configure({ jobSeconds: 3_600 });
		await callTwice(failing(), 'tries');
		expect(await made()).toEqual({ videos: 2, replayed: 2 });
	});
});
