/**
 * Runs a trigger node with n8n's own contexts inside the test process: a real `HookContext`, a real `WebhookContext`
 * and, for what they start, a real `WorkflowExecute`. `TriggerHost` plays the rest of n8n for one workflow with one
 * trigger: it activates and listens, keeps static data, and serves the webhook over HTTP as n8n's server does
 * (webhook-trigger-registrar, test-webhooks, live-webhooks and webhook-helpers of n8n 2.41).
 */
import { randomUUID } from 'node:crypto';
import './deduplication';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	IWebhookData,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { close, listen } from '../../sandbox/server/http';
import { WORKFLOW_ID } from './binary';
import { runNode, type RunOptions, type RunResult } from './harness';
import { createActiveWorkflow, createAdditionalData, createNode, type NodeOptions } from './parts';
import {
	asExpress,
	forContext,
	HttpProblem,
	LooseResponse,
	rawBodyOf,
	withBody,
	type WebhookRequest,
	type WebhookResponse,
} from './webhookRequest';

/** The webhook of the active workflow, or that of a test in the editor. */
export type Kind = 'production' | 'test';

type HookMethod = 'checkExists' | 'create' | 'delete';

export interface TriggerOptions extends NodeOptions {
	/** Settings of executions. Without them executions are counted and not run. */
	run?: Partial<Omit<RunOptions, keyof NodeOptions>>;
}

/** An execution that n8n has started. */
export interface StartedExecution {
	kind: Kind;
	/** What `webhook()` handed over. */
	items: INodeExecutionData[];
	/** Set when `webhook()` has thrown: n8n starts an execution for that too, which fails. */
	error?: Error;
	/** What came of it, when it is run. */
	result?: Promise<RunResult>;
}

/** A request that arrived at this n8n, and what it answered; undefined when nothing was sent. */
export interface ServedRequest {
	method: string;
	path: string;
	status: number | undefined;
}

const executionMode = (kind: Kind): WorkflowExecuteMode => (kind === 'test' ? 'manual' : 'webhook');

export class TriggerHost {
	/** Of the node in the workflow; a change applies from the next call on, as saving the workflow does. */
	parameters: NodeOptions['parameters'];
	credentials: NodeOptions['credentials'];
	/** n8n's own public address (WEBHOOK_URL), with a slash at its end. */
	publicAddress = '';
	/** What n8n's database holds for the workflow. */
	staticData: IDataObject = {};
	/** What n8n keeps for the test in the editor. */
	testStaticData: IDataObject = {};
	readonly executions: StartedExecution[] = [];
	readonly served: ServedRequest[] = [];
	/** Errors of the `delete` with which n8n cleans up after an activation that failed; it only logs them. */
	readonly cleanUpErrors: Error[] = [];
	/** Called when n8n is about to start an execution; n8n answers 500 when it throws. */
	beforeStart: () => Promise<void> | void = () => {};
	private readonly registered = new Set<Kind>();
	private server: Server | undefined;
	private origin = '';

	private options: TriggerOptions;

	private constructor(options: TriggerOptions) {
		this.options = { nodeId: randomUUID(), ...options };
		this.parameters = options.parameters;
		this.credentials = options.credentials;
	}

	/** Starts an n8n on 127.0.0.1. */
	static async start(options: TriggerOptions): Promise<TriggerHost> {
		const host = new TriggerHost(options);
		host.server = createServer((request, response) => {
			host.serve(request, asExpress(response)).catch(() => response.destroy());
		});
		host.origin = await listen(host.server, 0);
		host.publicAddress = `${host.origin}/`;
		return host;
	}

	async stop(): Promise<void> {
		if (this.server !== undefined) await close(this.server);
		await this.results();
	}

	/** Goes on with another instance of the node, as after a restart of n8n: memory is gone, the database is not. */
	restartWith(node: NodeOptions['node']): void {
		this.options = { ...this.options, node };
	}

	/** The webhook's address at this server, whatever the public address is. */
	url(kind: Kind = 'production'): string {
		return `${this.origin}/${this.path(kind)}`;
	}

	/** The webhook's address as HeyGen is told. */
	publicUrl(): string {
		return `${this.publicAddress}${this.path('production')}`;
	}

	/** What the node's static data hold. */
	nodeData(kind: Kind = 'production'): IDataObject {
		return (this.dataOf(kind)[`node:${this.node().name}`] ?? {}) as IDataObject;
	}

	/** Activates the workflow: one webhook after another is looked for, and made when it is not there. */
	async activate(): Promise<void> {
		await this.add('production', 'trigger', 'activate');
	}

	async deactivate(): Promise<void> {
		await this.hook('delete', 'production', 'internal', 'update');
		this.registered.delete('production');
	}

	/** Begins to listen for a test event, with static data of its own. */
	async listen(): Promise<void> {
		this.testStaticData = {};
		await this.add('test', 'manual', 'manual');
	}

	/** Ends listening, as after the first test event or two minutes. */
	async stopListening(): Promise<void> {
		await this.hook('delete', 'test', 'internal', 'update');
		this.registered.delete('test');
	}

	/** Calls one method of the node's webhook; what it changes in static data is kept, even when it throws. */
	async hook(
		method: HookMethod,
		kind: Kind = 'production',
		mode: WorkflowExecuteMode = kind === 'test' ? 'manual' : 'trigger',
		activation: WorkflowActivateMode = kind === 'test' ? 'manual' : 'activate',
	): Promise<unknown> {
		const workflow = this.workflow(this.dataOf(kind));
		try {
			return await this.callHook(workflow, method, kind, mode, activation);
		} finally {
			this.save(workflow, kind);
		}
	}

	/** Hands a request to the webhook without HTTP. @returns the status that n8n answers with */
	async receive(
		method: string,
		headers: IncomingHttpHeaders,
		rawBody: Buffer,
		response = new LooseResponse(),
	): Promise<number> {
		try {
			await this.runWebhook(withBody(method, headers, rawBody), response, 'production');
		} catch (error) {
			response.status(error instanceof HttpProblem ? error.status : 500).end();
		}
		return response.statusCode;
	}

	/** What came of the executions that are run, in the order of their beginning. */
	async results(): Promise<RunResult[]> {
		return await Promise.all(this.executions.flatMap(({ result }) => result ?? []));
	}

	/** n8n's logger, which all contexts share. */
	get logger(): HookContext['logger'] {
		return new HookContext(this.workflow({}), this.node(), this.additionalData(), 'internal', 'update').logger;
	}

	private node(): INode {
		return createNode(this.nodeOptions());
	}

	private nodeOptions(): NodeOptions {
		return { ...this.options, parameters: this.parameters, credentials: this.credentials };
	}

	private additionalData(): IWorkflowExecuteAdditionalData {
		return createAdditionalData(this.nodeOptions(), this.publicAddress);
	}

	private dataOf(kind: Kind): IDataObject {
		return kind === 'test' ? this.testStaticData : this.staticData;
	}

	private path(kind: Kind): string {
		return `${kind === 'test' ? 'webhook-test' : 'webhook'}/${this.node().webhookId}/webhook`;
	}

	/** The workflow as n8n loads it for every call. */
	private workflow(staticData: IDataObject): Workflow {
		return createActiveWorkflow(structuredClone(this.node()), this.options.node, staticData);
	}

	/** n8n writes static data when they have changed. */
	private save(workflow: Workflow, kind: Kind): void {
		if (workflow.staticData.__dataChanged !== true) return;
		const copy = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
		if (kind === 'test') this.testStaticData = copy;
		else this.staticData = copy;
	}

	private webhookData(method: string, kind: Kind): IWebhookData | undefined {
		const { webhooks = [] } = this.options.node.description;
		const webhookDescription = webhooks.find(({ httpMethod }) => httpMethod === method);
		if (webhookDescription === undefined) return undefined;
		return {
			httpMethod: webhookDescription.httpMethod as IWebhookData['httpMethod'],
			node: this.node().name,
			path: this.path(kind),
			webhookDescription,
			workflowId: WORKFLOW_ID,
			workflowExecuteAdditionalData: this.additionalData(),
			isTest: kind === 'test',
		};
	}

	private async add(kind: Kind, mode: WorkflowExecuteMode, activation: WorkflowActivateMode): Promise<void> {
		const workflow = this.workflow(this.dataOf(kind));
		// The path answers before the node is asked.
		this.registered.add(kind);
		try {
			if (!(await this.callHook(workflow, 'checkExists', kind, mode, activation))) {
				await this.callHook(workflow, 'create', kind, mode, activation);
			}
		} catch (error) {
			await this.cleanUp(workflow, kind);
			throw error;
		} finally {
			this.save(workflow, kind);
		}
	}

	private async cleanUp(workflow: Workflow, kind: Kind): Promise<void> {
		try {
			await this.callHook(workflow, 'delete', kind, 'internal', 'update');
			this.registered.delete(kind);
		} catch (error) {
			this.cleanUpErrors.push(error as Error);
		}
	}

	private async callHook(
		workflow: Workflow,
		method: HookMethod,
		kind: Kind,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
	): Promise<unknown> {
		const node = Object.values(workflow.nodes)[0] ?? this.node();
		const data = this.webhookData('POST', kind);
		const context = new HookContext(workflow, node, this.additionalData(), mode, activation, data);
		return await this.options.node.webhookMethods?.default?.[method]?.call(context);
	}

	/** n8n's request handler. */
	private async serve(request: IncomingMessage, response: WebhookResponse): Promise<void> {
		const { method = '', url = '', headers } = request;
		const served: ServedRequest = { method, path: url, status: undefined };
		this.served.push(served);
		response.once('finish', () => (served.status = response.statusCode));
		const raw = await rawBodyOf(request);
		try {
			const kind = [...this.registered].find((candidate) => url === `/${this.path(candidate)}`);
			if (kind === undefined) throw new HttpProblem(404, 'The requested webhook is not registered');
			if (method === 'OPTIONS') response.status(204).end();
			else await this.runWebhook(withBody(method, headers, raw), response, kind);
		} catch (error) {
			response.status(error instanceof HttpProblem ? error.status : 500).send((error as Error).message);
		}
	}

	/** n8n's `executeWebhook`. @throws HttpProblem, or whatever n8n answers 500 for */
	private async runWebhook(request: WebhookRequest, response: WebhookResponse, kind: Kind): Promise<void> {
		const data = this.webhookData(request.method, kind);
		if (data === undefined) throw new HttpProblem(404, `This webhook is not registered for ${request.method}`);
		const workflow = this.workflow(this.dataOf(kind));
		const node = Object.values(workflow.nodes)[0] ?? this.node();
		const surroundings = { ...this.additionalData(), ...forContext(request, response) };
		const context = new WebhookContext(workflow, node, surroundings, executionMode(kind), data, [], null);
		let result: IWebhookResponseData;
		try {
			if (this.options.node.webhook === undefined) throw new Error('The node has no webhook');
			result = await this.options.node.webhook.call(context);
		} catch (error) {
			this.executions.push({ kind, items: [{ json: {} }], error: error as Error });
			throw error;
		}
		if (result.workflowData !== undefined) {
			await this.beforeStart();
			this.execute(kind, result.workflowData[0] ?? []);
		}
		if (result.noWebhookResponse === true) return;
		response.status(200).send(typeof result.webhookResponse === 'string' ? result.webhookResponse : '');
	}

	/** Starts an execution; n8n answers while it runs. */
	private execute(kind: Kind, items: INodeExecutionData[]): void {
		const { run } = this.options;
		const settings = { asTrigger: true, mode: executionMode(kind), ...run };
		const result = run && runNode({ ...this.nodeOptions(), ...settings, items });
		this.executions.push({ kind, items, ...(result === undefined ? {} : { result }) });
	}
}
