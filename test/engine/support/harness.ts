/**
 * Runs a node with n8n's own engine inside the test process: a real `WorkflowExecute`, a real
 * `RoutingNode` and real request helpers. Only what n8n's server adds around the engine (credential
 * storage, node loading, the database) is replaced, by the smallest thing that behaves the same.
 *
 * Every run is a small workflow: `Start` -> node under test -> `Success` (and `Failure` for the
 * error output).
 */
import './env';
import 'reflect-metadata';
import { ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } from 'n8n-core';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import type {
	ExecutionError,
	ExecutionStatus,
	IConnections,
	IExecuteData,
	ILoadOptionsFunctions,
	INode,
	INodeExecutionData,
	INodeType,
	IRunData,
	IRunExecutionData,
	ITaskData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { useBinaryMode, WORKFLOW_ID, type BinaryMode } from './binary';
import {
	createAdditionalData,
	createNode,
	createNodeTypes,
	createPassThroughNode,
	loadNodeType,
	type NodeOptions,
} from './parts';

export { createBinary, readBinary, type BinaryMode } from './binary';
export type { HarnessCredentials } from './credentials';
export type { NodeOptions } from './parts';

/** One execution of the node under test. */
export interface RunOptions extends NodeOptions {
	/** Default: one empty item. */
	items?: INodeExecutionData[];
	/** The node setting "On Error". */
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** The node setting "Retry On Fail". */
	retryOnFail?: boolean;
	/** The node setting "Always Output Data". */
	alwaysOutputData?: boolean;
	/** n8n allows 2 to 5, default 3. */
	maxTries?: number;
	/** Milliseconds, at most 5000. n8n reads 0 as its default of 1000, so tests pass 1. */
	waitBetweenTries?: number;
	/** Default: unique per run. */
	executionId?: string;
	/** The execution's data to go on with, as n8n's Retry execution does; they are changed. Default: new ones. */
	data?: IRunExecutionData;
	/** Whether `data` are those of an execution that has slept, and wakes up. */
	isWoken?: boolean;
	/** What is saved of an execution is the same in its retries: n8n's resume token. Default: a new one. */
	resumeToken?: string;
	/** How often the node runs in this execution (as in a loop), with run index 0, 1, … Default 1. */
	times?: number;
	/** Called whenever n8n begins a try of the node, with 1, 2 and so on. */
	onTry?: (attempt: number) => void;
	/** Whether the execution begins with the node itself: `items` are what its `webhook` or `poll` has handed over. */
	asTrigger?: boolean;
	/** Whether n8n's declarative engine starts the items, as in a call of an AI agent up to version 2.2. */
	byRouting?: boolean;
	/** Default `trigger`: a production execution. */
	mode?: WorkflowExecuteMode;
	/** Default `default` (in memory). Runs of different modes must not overlap in time. */
	binaryMode?: BinaryMode;
}

/** What n8n would store for the execution. */
export interface RunResult {
	/** Outputs of the node's last run; with `continueErrorOutput` the last one is the error output. */
	outputs: INodeExecutionData[][];
	/** Error of the execution in the plain form n8n stores. */
	error?: ExecutionError;
	/** The very error the node threw in its last try. */
	originalError?: Error;
	/** Every run of the node under test. */
	runData: ITaskData[];
	/** Every run of every node, by node name (`Start`, the node, `Success`, `Failure`). */
	workflowRunData: IRunData;
	/** All that n8n would save of the execution. */
	data: IRunExecutionData;
	status: ExecutionStatus;
}

/** An execution in progress. */
export interface RunningNode {
	/** Settles when the engine is done; rejects only when the workflow cannot start at all. */
	promise: Promise<RunResult>;
	/** Stops the execution the way n8n's stop button does. */
	cancel(): void;
}

const START = 'Start';
const SUCCESS = 'Success';
const FAILURE = 'Failure';

let lastExecutionId = 0;

/** Wires the node's own outputs to `Success` and the output after them to `Failure`. */
function createConnections(nodeName: string, { description }: INodeType): IConnections {
	const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
	const ownOutputs = Array.isArray(description.outputs) ? description.outputs : ['main'];
	return {
		[START]: { main: [to(nodeName)] },
		[nodeName]: { main: [...ownOutputs.map(() => to(SUCCESS)), to(FAILURE)] },
	};
}

async function execute(
	options: RunOptions,
	onStart: (execution: { cancel(): void }) => void,
): Promise<RunResult> {
	await useBinaryMode(options.binaryMode ?? 'default');
	const mode = options.mode ?? 'trigger';
	const executionId = options.executionId ?? String(++lastExecutionId);
	const { onError, retryOnFail, maxTries, waitBetweenTries, alwaysOutputData } = options;
	const node: INode = { ...createNode(options), onError, retryOnFail, maxTries, waitBetweenTries, alwaysOutputData };
	const start = createPassThroughNode(START);
	const first = options.asTrigger === true ? node : start;
	let originalError: Error | undefined;
	let tries = 0;
	const nodeType = loadNodeType(options.node, (error) => {
		originalError = error;
		if (error === undefined) options.onTry?.(++tries);
	}, options.byRouting);
	const workflow = new Workflow({
		id: WORKFLOW_ID,
		name: 'Engine test',
		nodes: [start, node, createPassThroughNode(SUCCESS), createPassThroughNode(FAILURE)],
		connections: createConnections(node.name, nodeType),
		active: false,
		nodeTypes: createNodeTypes(node.type, nodeType),
		settings: { executionOrder: 'v1' },
	});

	// Each entry runs the whole chain, so the node's run index counts up as it does in a loop.
	const main = [options.items ?? [{ json: {} }]];
	const nodeExecutionStack = Array.from(
		{ length: options.times ?? 1 },
		(): IExecuteData => ({ node: first, data: { main }, source: null }),
	);

	const hooks = new ExecutionLifecycleHooks(mode, executionId, {
		id: WORKFLOW_ID,
		name: 'Engine test',
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
	});
	// n8n saves an execution in this hook. On a cancel it fires at once, before the engine winds down
	// with whatever error the interrupted node threw.
	let savedStatus: ExecutionStatus | undefined;
	hooks.addHandler('workflowExecuteAfter', (run) => {
		savedStatus ??= run.status;
	});

	// A retry runs the nodes as they are in the workflow now.
	for (const entry of (options.isWoken === true ? [] : options.data?.executionData?.nodeExecutionStack) ?? []) {
		entry.node = workflow.getNode(entry.node.name) ?? entry.node;
	}
	const { resumeToken } = options;
	const fresh = createRunExecutionData({ executionData: { nodeExecutionStack }, ...(resumeToken === undefined ? {} : { resumeToken }) });
	const execution = new WorkflowExecute(
		{ ...createAdditionalData(options), hooks, executionId, workflowId: WORKFLOW_ID, ...(options.isWoken === true ? { restartExecutionId: executionId } : {}) },
		mode,
		options.data ?? fresh,
	).processRunExecutionData(workflow);
	onStart(execution);
	const { data, status } = await execution;

	const { error, runData: workflowRunData } = data.resultData;
	const runData = workflowRunData[node.name] ?? [];
	const outputs = (runData.at(-1)?.data?.main ?? []).map((items) => items ?? []);
	return { outputs, error, originalError, runData, workflowRunData, data, status: savedStatus ?? status };
}

/** Starts the node and returns at once, for tests that cancel a running execution. */
export function startNode(options: RunOptions): RunningNode {
	let cancelled = false;
	let execution: { cancel(): void } | undefined;
	const promise = execute(options, (started) => {
		execution = started;
		if (cancelled) started.cancel();
	});
	return {
		promise,
		cancel() {
			cancelled = true;
			execution?.cancel();
		},
	};
}

/** Runs the node and waits for the end of the execution. */
export async function runNode(options: RunOptions): Promise<RunResult> {
	return await startNode(options).promise;
}

/**
 * The context n8n calls a node's `methods.listSearch.*` and `methods.loadOptions.*` on.
 * @param path parameter the editor asks for, needed for references relative to it (`&name`).
 */
export function loadOptionsContext(options: NodeOptions, path = 'parameters'): ILoadOptionsFunctions {
	const node: INode = { ...createNode(options), name: 'Temp-Node' };
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: createNodeTypes(node.type, loadNodeType(options.node)),
	});
	const additionalData = {
		...createAdditionalData(options),
		currentNodeParameters: options.parameters,
	};
	return new LoadOptionsContext(workflow, node, additionalData, path);
}
