/** n8n's AI agents with a scripted model, which call a node as their tool. */
import type { INode } from 'n8n-workflow';

import type { Execution } from '../host/execution';
import { feed, node, TRIGGER, type WorkflowJson } from '../host/workflow';
import { type Script, ScriptedModel } from './chatModel';
import { startSuite, type Suite } from './suite';

/** The name of the agent in its workflow. */
export const AGENT = 'Agent';

/** A real n8n whose agents talk to a scripted model. */
export interface AgentSuite extends Suite {
	model: ScriptedModel;
	/** The node of the model. */
	modelNode: INode;
}

/** Starts one in which packages may be tools. */
export async function startAgentSuite(): Promise<AgentSuite> {
	const model = await ScriptedModel.start();
	const suite = await startSuite({ env: { N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true' } }).catch(async (error: unknown) => {
		await model.stop();
		throw error;
	});
	const openAiApi = await suite.n8n.client.createCredential({
		name: 'Scripted model',
		type: 'openAiApi',
		data: { apiKey: 'any', url: model.url, header: false },
	});
	const parameters = { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} };
	const modelNode = node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, parameters, { credentials: { openAiApi } });
	const stop = async (): Promise<void> => {
		await suite.stop();
		await model.stop();
	};
	return { ...suite, model, modelNode, stop };
}

/** An agent of a version, whose prompt is what the item says its model is to do. */
export function agent(version: number, options: INode['parameters'] = {}): INode {
	const text = '={{ JSON.stringify($json.turns) }}';
	const kind = version < 2 ? { agent: 'toolsAgent' } : {};
	return node(AGENT, '@n8n/n8n-nodes-langchain.agent', version, { ...kind, promptType: 'define', text, options });
}

/** Connects a node to another one's input for models or tools. */
export function attach(workflow: WorkflowJson, from: INode, type: 'ai_languageModel' | 'ai_tool', ...to: string[]): void {
	if (!workflow.nodes.includes(from)) workflow.nodes.push(from);
	workflow.connections[from.name] = { [type]: [to.map((name) => ({ node: name, type, index: 0 }))] };
}

/** Runs an agent with one tool; each script is what the model does with one input item. */
export async function converse({ n8n, modelNode }: Pick<AgentSuite, 'n8n' | 'modelNode'>, agentNode: INode, toolNode: INode, scripts: Script[]): Promise<Execution> {
	const workflow = feed('Tools', scripts.map((turns) => ({ turns })), agentNode);
	attach(workflow, modelNode, 'ai_languageModel', AGENT);
	attach(workflow, toolNode, 'ai_tool', AGENT);
	return await n8n.client.runWorkflow(workflow, { startNode: TRIGGER });
}
