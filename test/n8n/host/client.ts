import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionStatus, INodeListSearchResult, INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { Execution, type ExecutionRecord } from './execution';
import type { WorkflowJson } from './workflow';

/** The account that the helper sets up on a fresh server. */
export const OWNER = { email: 'owner@example.com', password: 'HeyGen-suite-1' } as const;

/** A stored credential, as nodes refer to it. */
export interface CredentialRef {
	id: string;
	name: string;
}

/** A credential with its values. */
export interface CredentialData {
	name: string;
	/** Credential type, e.g. `heyGenSuiteApi`. */
	type: string;
	data: Record<string, unknown>;
}

/** How to start a workflow. */
export interface RunRequest {
	/** Name of the trigger node to start from. */
	startNode: string;
	/** Longest time to wait for the end, in ms; 60 s unless given. */
	timeoutMs?: number;
}

/** A question to a searchable list of a node, as the editor asks it when the list is opened. */
export interface ListSearchRequest {
	nodeTypeAndVersion: { name: string; version: number };
	/** Name of the method in the node's `methods.listSearch`. */
	methodName: string;
	/** Path of the parameter, e.g. `parameters.avatarId`. */
	path: string;
	currentNodeParameters: INodeParameters;
	/** Per credential type, the stored credential. */
	credentials?: Record<string, CredentialRef>;
	filter?: string;
	paginationToken?: string;
}

/** Executions that n8n lists at a time, at most. */
const PAGE_SIZE = 100;

interface ExecutionPage {
	/** Those that have not begun have no start. */
	results: Array<{ id: string; startedAt: string | null }>;
}

/** What became of publishing a workflow. */
export interface PublicationStatus {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

/** A community package as n8n's installer lists it. */
export interface InstalledPackage {
	packageName: string;
	installedVersion: string;
	/** Name and type of each node. */
	installedNodes: Array<{ name: string; type: string }>;
	/** A newer version, if the registry has one; in lists only. */
	updateAvailable?: string;
	/** Whether none of its nodes could be loaded; in lists only. */
	failedLoading?: boolean;
}

/** An answer of n8n's REST API other than success. */
export class N8nRestError extends Error {
	constructor(
		request: string,
		/** HTTP status code. */
		readonly status: number,
		body: string,
	) {
		super(`n8n answered ${request} with ${status}: ${body.slice(0, 500)}`);
		this.name = 'N8nRestError';
	}
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

const DEFAULT_RUN_TIMEOUT_MS = 60_000;
const FIRST_POLL_MS = 20;
const LAST_POLL_MS = 500;

/** Talks to the REST API that n8n's editor uses, as the owner of the instance. Every method throws {@link N8nRestError}. */
export class N8nClient {
	private cookie = '';

	/** @param url base address of the server, without a slash at the end */
	constructor(private readonly url: string) {}

	/** Logs in as {@link OWNER}; sets that account up first when the server has no owner yet. */
	async login(): Promise<void> {
		try {
			await this.call('POST', '/rest/owner/setup', { ...OWNER, firstName: 'Test', lastName: 'Owner' });
		} catch (error) {
			const hasOwner = error instanceof N8nRestError && error.status === 400;
			if (!hasOwner) throw error;
			await this.call('POST', '/rest/login', { emailOrLdapLoginId: OWNER.email, password: OWNER.password });
		}
	}

	/** Stores a credential. */
	async createCredential(credential: CredentialData): Promise<CredentialRef> {
		const { id, name } = await this.call<CredentialRef>('POST', '/rest/credentials', credential);
		return { id, name };
	}

	/** @returns what is stored of a credential; n8n hands out no secrets, but something in their place */
	async credentialData(id: string): Promise<Record<string, unknown>> {
		return (await this.call<CredentialData>('GET', `/rest/credentials/${id}?includeData=true`)).data;
	}

	/**
	 * Runs the test request of a stored credential, as the editor does after saving.
	 *
	 * @returns n8n's verdict; a refused key is a verdict, not an exception
	 */
	async testCredential(
		credential: CredentialData & { id: string },
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return await this.call('POST', '/rest/credentials/test', { credentials: credential });
	}

	/** Stores a workflow. @returns its id */
	async createWorkflow(workflow: WorkflowJson): Promise<string> {
		const { id } = await this.call<{ id: string }>('POST', '/rest/workflows', {
			settings: { executionOrder: 'v1' },
			...workflow,
		});
		return id;
	}

	/** Publishes the stored version of a workflow. Its triggers are registered within about 2 s after the answer. */
	async activateWorkflow(id: string): Promise<void> {
		const { versionId } = await this.call<{ versionId: string }>('GET', `/rest/workflows/${id}`);
		await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	/** Takes a published workflow back; its triggers clean up. */
	async deactivateWorkflow(id: string): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/**
	 * Starts a workflow the way the editor's "Execute workflow" does and does not wait for it.
	 *
	 * @param workflow id of a stored workflow, or a workflow to store first
	 * @returns id of the execution
	 * @throws Error when n8n waits for a webhook call instead of running
	 */
	async startRun(workflow: string | WorkflowJson, request: Pick<RunRequest, 'startNode'>): Promise<string> {
		const id = typeof workflow === 'string' ? workflow : await this.createWorkflow(workflow);
		const started = await this.call<{ executionId?: string }>('POST', `/rest/workflows/${id}/run`, {
			triggerToStartFrom: { name: request.startNode },
		});
		if (!started.executionId) throw new Error(`"${request.startNode}" waits for a webhook call; it cannot be run directly`);
		return started.executionId;
	}

	/**
	 * Runs a workflow to its end. A failed execution is a result, not an exception.
	 *
	 * @param workflow id of a stored workflow, or a workflow to store first
	 * @throws Error when it has not ended in time; the execution goes on
	 */
	async runWorkflow(workflow: string | WorkflowJson, request: RunRequest): Promise<Execution> {
		return await this.waitForEnd(await this.startRun(workflow, request), request.timeoutMs);
	}

	/**
	 * @param executionId what {@link startRun} returned
	 * @param timeoutMs longest time to wait, in ms
	 * @returns the ended execution
	 * @throws Error when it has not ended in time; the execution goes on
	 */
	async waitForEnd(executionId: string, timeoutMs = DEFAULT_RUN_TIMEOUT_MS): Promise<Execution> {
		const deadline = Date.now() + timeoutMs;
		for (let pause = FIRST_POLL_MS; ; pause = Math.min(pause * 1.5, LAST_POLL_MS)) {
			const execution = await this.getExecution(executionId);
			if (execution.finished) return execution;
			if (Date.now() > deadline) {
				throw new Error(`Execution ${executionId} is still ${execution.status} after ${timeoutMs / 1000} s`);
			}
			await sleep(pause);
		}
	}

	/** @returns the execution as it stands */
	async getExecution(id: string): Promise<Execution> {
		return new Execution(await this.call<ExecutionRecord>('GET', `/rest/executions/${id}`));
	}

	/**
	 * The executions of a workflow; for runs that a trigger started.
	 *
	 * n8n orders its list by the start of the executions, and its cursor goes on at a smaller id. Workers start executions in
	 * another order than that of their ids, so n8n's next page leaves some out. Here, each page begins at the start of the last
	 * execution of the one before.
	 *
	 * @returns their ids
	 */
	async executionIds(workflowId: string): Promise<string[]> {
		const ids = new Set<string>();
		let startedBefore: string | undefined;
		for (;;) {
			const seen = ids.size;
			const query = new URLSearchParams({ filter: JSON.stringify({ workflowId, startedBefore }), limit: String(PAGE_SIZE) });
			const { results }: ExecutionPage = await this.call('GET', `/rest/executions?${query.toString()}`);
			for (const { id } of results) ids.add(id);
			if (results.length < PAGE_SIZE || ids.size === seen) return [...ids];
			startedBefore = results.at(-1)?.startedAt ?? undefined;
		}
	}

	/** @returns how many executions of a workflow n8n keeps, of one status or of any */
	async countExecutions(workflowId: string, status?: ExecutionStatus): Promise<number> {
		const filter = JSON.stringify({ workflowId, ...(status === undefined ? {} : { status: [status] }) });
		const query = new URLSearchParams({ filter, limit: '1' });
		return (await this.call<{ count: number }>('GET', `/rest/executions?${query.toString()}`)).count;
	}

	/**
	 * Runs a failed execution again, as the editor's button does.
	 *
	 * @param loadWorkflow whether with the workflow as it is saved now, or with the original one
	 * @returns id of the new execution
	 */
	async retry(executionId: string, loadWorkflow = true): Promise<string> {
		const { id } = await this.call<{ id: string }>('POST', `/rest/executions/${executionId}/retry`, { loadWorkflow });
		return id;
	}

	/** Makes a trigger wait for a test event, as the editor's "Listen for test event" does. */
	async listen(workflowId: string, triggerName: string): Promise<void> {
		await this.call('POST', `/rest/workflows/${workflowId}/run`, { triggerToStartFrom: { name: triggerName } });
	}

	/** @returns what the editor shows of a published workflow: whether its triggers are registered, or why not */
	async publicationStatus(workflowId: string): Promise<PublicationStatus> {
		return await this.call('GET', `/rest/workflows/${workflowId}/publication-status`);
	}

	/** Stops a running execution, as the editor's stop button does. */
	async cancel(executionId: string): Promise<void> {
		await this.call('POST', `/rest/executions/${executionId}/stop`, {});
	}

	/** @returns one page of a node's searchable list */
	async listSearch(request: ListSearchRequest): Promise<INodeListSearchResult> {
		return await this.call('POST', '/rest/dynamic-node-parameters/resource-locator-results', request);
	}

	/**
	 * Describes one node type as this server loaded it; works without the editor too.
	 *
	 * @param name with the package, e.g. `n8n-nodes-heygen-suite.heyGenVideo`
	 * @throws N8nRestError when no such node is loaded
	 */
	async describeNodeType(name: string, version = 1): Promise<INodeTypeDescription> {
		const [description] = await this.call<INodeTypeDescription[]>('POST', '/rest/node-types', {
			nodeInfos: [{ name, version }],
		});
		if (!description) throw new Error(`n8n has no description of ${name}`);
		return description;
	}

	/** @returns names of all loaded node types. Needs a server with the editor: the list is written for it alone. */
	async nodeTypes(): Promise<string[]> {
		const response = await this.fetch('GET', '/types/nodes.json');
		return ((await response.json()) as Array<{ name: string }>).map(({ name }) => name);
	}

	/** Installs a community package from the registry, as Settings > Community Nodes > Install does. */
	async installPackage(name: string): Promise<InstalledPackage> {
		return await this.call('POST', '/rest/community-packages', { name });
	}

	/** Updates an installed community package to the latest version in the registry. */
	async updatePackage(name: string): Promise<InstalledPackage> {
		return await this.call('PATCH', '/rest/community-packages', { name });
	}

	/** Takes an installed community package away. */
	async uninstallPackage(name: string): Promise<void> {
		await this.fetch('DELETE', `/rest/community-packages?${new URLSearchParams({ name }).toString()}`);
	}

	/** @returns what Settings > Community Nodes lists */
	async installedPackages(): Promise<InstalledPackage[]> {
		return await this.call('GET', '/rest/community-packages');
	}

	/** @param id the `id` of a binary field of an item. @returns the whole file */
	async downloadBinary(id: string): Promise<Buffer> {
		return Buffer.from(await (await this.fetchBinary(id)).arrayBuffer());
	}

	/** The same for large files: nothing is kept. @returns length and SHA-256 in hex */
	async hashBinary(id: string): Promise<{ bytes: number; sha256: string }> {
		const reader = (await this.fetchBinary(id)).body?.getReader();
		const hash = createHash('sha256');
		let bytes = 0;
		for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
			hash.update(part.value);
			bytes += part.value.byteLength;
		}
		return { bytes, sha256: hash.digest('hex') };
	}

	private async fetchBinary(id: string): Promise<Response> {
		const query = new URLSearchParams({ id, action: 'download' });
		return await this.fetch('GET', `/rest/binary-data?${query.toString()}`);
	}

	/** One request whose answer is JSON; n8n wraps it into `data`. */
	private async call<T = unknown>(method: Method, path: string, body?: object): Promise<T> {
		const response = await this.fetch(method, path, body);
		return ((await response.json()) as { data: T }).data;
	}

	private async fetch(method: Method, path: string, body?: object): Promise<Response> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: {
				// n8n ties the session to this value: it must be the same in every request.
				'browser-id': 'heygen-suite-tests',
				...(this.cookie ? { cookie: this.cookie } : {}),
				...(body ? { 'content-type': 'application/json' } : {}),
			},
			body: body ? JSON.stringify(body) : undefined,
		});
		if (!response.ok) throw new N8nRestError(`${method} ${path}`, response.status, await response.text());
		const session = response.headers.getSetCookie().find((value) => value.startsWith('n8n-auth='));
		if (session) this.cookie = session.split(';')[0] ?? '';
		return response;
	}
}
