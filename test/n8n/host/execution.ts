import { parse } from 'flatted';
import type { ExecutionStatus, INodeExecutionData, IRunExecutionData, NodeExecutionHint } from 'n8n-workflow';

/** An output item as n8n stores it: `json`, and `binary` with file name, type, size and id. */
export type Item = INodeExecutionData;

/** One run of one node inside an execution. */
export interface NodeRun {
	/** Items per output of the node. */
	outputs: Item[][];
	/** Time the node took, in ms. */
	executionTimeMs: number;
	/** Message of the error that ended the node, if any. */
	error?: string;
	/** Longer explanation that came with it. */
	errorDescription?: string;
	/** What the node says of the run in the editor's output pane. */
	hints: NodeExecutionHint[];
}

/** What `GET /rest/executions/:id` answers, as far as it is used here. */
export interface ExecutionRecord {
	id: string;
	status: ExecutionStatus;
	workflowId: string;
	startedAt: string | null;
	stoppedAt?: string | null;
	data: string;
	customData?: Record<string, string>;
	dataTooLargeToDisplay?: boolean;
}

const FINAL: ReadonlySet<ExecutionStatus> = new Set(['success', 'error', 'canceled', 'crashed']);

/** An execution, finished or not, with the output of its nodes. */
export class Execution {
	readonly id: string;
	readonly workflowId: string;
	readonly status: ExecutionStatus;
	/** Message of the error that ended the execution, if any. */
	readonly error?: string;
	/** What nodes have noted about the execution. */
	readonly customData: Record<string, string>;
	/** Per node name, its runs in order. Empty while the execution is running. */
	readonly nodes: Record<string, { runs: NodeRun[] }> = {};
	/** Time from start to end in ms; undefined while it is running. */
	readonly durationMs?: number;

	/**
	 * @param record answer of the REST API; its `data` is in the format of the flatted package
	 * @throws Error when n8n withheld the data because it is too large
	 */
	constructor(record: ExecutionRecord) {
		this.id = record.id;
		this.workflowId = record.workflowId;
		this.status = record.status;
		this.customData = record.customData ?? {};
		if (record.startedAt && record.stoppedAt) {
			this.durationMs = Date.parse(record.stoppedAt) - Date.parse(record.startedAt);
		}
		if (record.dataTooLargeToDisplay) {
			throw new Error(`Execution ${record.id} is larger than n8n hands out (EXECUTIONS_DATA_MAX_DISPLAY_SIZE)`);
		}
		// Between the creation of the record and the first save there is a moment without any data.
		const resultData = (parse(record.data) as IRunExecutionData | undefined)?.resultData;
		this.error = resultData?.error?.message;
		for (const [name, tasks] of Object.entries(resultData?.runData ?? {})) {
			this.nodes[name] = {
				runs: tasks.map((task) => ({
					outputs: (task.data?.main ?? []).map((items) => items ?? []),
					executionTimeMs: task.executionTime,
					error: task.error?.message,
					hints: task.hints ?? [],
					errorDescription: task.error && 'description' in task.error ? (task.error.description ?? undefined) : undefined,
				})),
			};
		}
	}

	/** Whether it has ended, well or badly. */
	get finished(): boolean {
		return FINAL.has(this.status);
	}

	/**
	 * @param nodeName name of a node in the workflow
	 * @param output index of its output
	 * @param run index of its run, for nodes in a loop
	 * @returns the items it put out; none when it did not run
	 */
	items(nodeName: string, output = 0, run = 0): Item[] {
		return this.nodes[nodeName]?.runs[run]?.outputs[output] ?? [];
	}

	/** What a node says of its first run in the editor's output pane. */
	hints(nodeName: string): NodeExecutionHint[] {
		return this.nodes[nodeName]?.runs[0]?.hints ?? [];
	}
}
