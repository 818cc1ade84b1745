/**
 * Polls a trigger node with n8n's own `PollContext`, as poll-trigger-executor and trigger-execution-context.factory of
 * n8n 2.41 do without durable cursors: one workflow stays in memory as long as it is active, and its static data are
 * written to the database when a poll has found something.
 */
import { randomUUID } from 'node:crypto';
import './deduplication';
import { PollContext } from 'n8n-core';
import type { IDataObject, INode, INodeExecutionData, Workflow } from 'n8n-workflow';
import { runNode, type RunOptions, type RunResult } from './harness';
import { createActiveWorkflow, createAdditionalData, createNode, type NodeOptions } from './parts';

/** What polls have found, in order, and how the last ones went. */
export class PollHost {
	/** What n8n's database holds for the workflow. */
	staticData: IDataObject = {};
	/** All items that were handed over to executions. */
	readonly handedOver: INodeExecutionData[] = [];
	private workflow: Workflow;
	private node: INode;

	private options: NodeOptions;

	constructor(options: NodeOptions) {
		this.options = { nodeId: randomUUID(), ...options };
		this.node = createNode(this.options);
		this.workflow = this.load();
	}

	/** Activates the workflow, which polls once; static data are written whatever the poll finds. */
	async activate(): Promise<INodeExecutionData[] | null> {
		const found = await this.poll();
		this.save();
		return found;
	}

	/** One poll. @returns its items; null when there is nothing. @throws what the node throws */
	async poll(): Promise<INodeExecutionData[] | null> {
		const { workflow, node } = this;
		const poll = this.options.node.poll;
		if (poll === undefined) throw new Error('The node does not poll');
		const context = new PollContext(workflow, node, createAdditionalData(this.options), 'trigger', 'update');
		const found = await poll.call(context);
		if (found === null) return null;
		this.save();
		const items = found[0] ?? [];
		this.handedOver.push(...items);
		return items;
	}

	/** n8n goes down and comes up again: what was not written to the database is gone. */
	restart(changes: Partial<NodeOptions> = {}): void {
		this.options = { ...this.options, ...changes };
		this.node = createNode(this.options);
		this.workflow = this.load();
	}

	/** Publishes the workflow with other parameters: n8n reads it from its database, and polls once. */
	async change(parameters: NodeOptions['parameters']): Promise<INodeExecutionData[] | null> {
		this.restart({ parameters });
		return await this.activate();
	}

	/** The execution that n8n starts with what a poll has found. */
	async execute(items: INodeExecutionData[], run: Partial<RunOptions> = {}): Promise<RunResult> {
		return await runNode({ ...this.options, asTrigger: true, mode: 'trigger', ...run, items });
	}

	private load(): Workflow {
		return createActiveWorkflow(this.node, this.options.node, this.staticData);
	}

	private save(): void {
		if (this.workflow.staticData.__dataChanged !== true) return;
		this.staticData = JSON.parse(JSON.stringify(this.workflow.staticData)) as IDataObject;
	}
}
