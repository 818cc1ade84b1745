import { createHash, randomUUID } from 'crypto';
import type {
	DeclarativeRestApiSettings,
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IDataObject,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
} from 'n8n-workflow';

import { normalizeBaseUrl } from '../heygen/baseUrl';
import { gateFor, Line, type Gate } from './gate';
import type { Client } from './http';
import { Semaphore } from './semaphore';

/** Name of the package's one credential type. */
export const CREDENTIAL_NAME = 'heyGenSuiteApi';

/** n8n's own default when the user sets no time-out in the request options (routing-node of n8n-core). */
const N8N_DEFAULT_TIMEOUT = 300_000;

/** Minutes a request may wait in the gate unless the user says otherwise. */
export const QUEUE_TIMEOUT_MINUTES = 60;

/** Files are large and the machine is small: this many move at a time. */
export const PARALLEL_FILES = 8;

/** The key, host and pace that one API key gives. */
interface Account {
	baseUrl: string;
	gate: Gate;
	credential: ICredentialsDecrypted;
}

/** What all items of one run of a node share. */
export interface Run extends Memory {
	readonly account: Account;
	/** Names this run of this node in this execution; the same in every try of n8n's Retry On Fail. */
	readonly id: string;
	readonly itemCount: number;
	/** Its turns among the runs that share an account, and its requests on their way. */
	readonly line: Line;
	/** The most requests at a time. */
	readonly parallel: number;
	readonly fileSlots: Semaphore;
	readonly queueTimeout: number;
	/** Aborted when the execution is cancelled, or when an item failed and the node stops on errors. */
	readonly stop: AbortController;
	/** Helpers that items share, such as the poller; made by the first that needs one. */
	readonly shared: Map<string, unknown>;
	/** What this run has started, in order: ids of jobs, and others with what they are: "batch <id>", "upload batch <id>", "asset <id>". */
	readonly started: string[];
	/** Items on their way, and those waiting for the others to end. */
	active: number;
	settled: Array<() => void>;
}

interface Attempt {
	lastItem: number;
	run: Promise<Run>;
}

const attempts = new WeakMap<object, Attempt>();

/**
 * The run an item belongs to. n8n starts a run's items in rising order, so an index that does not rise begins a new
 * try of the same run (Retry On Fail keeps the same execution data).
 *
 * @param context the item's context
 */
export async function runOf(context: IExecutePaginationFunctions): Promise<Run> {
	const key = context.getExecuteData();
	const item = context.getItemIndex();
	let attempt = attempts.get(key);
	if (attempt === undefined || item <= attempt.lastItem) {
		attempt = { lastItem: item, run: startRun(context) };
		attempts.set(key, attempt);
	}
	attempt.lastItem = item;
	const run = await attempt.run;
	// By now n8n has started all items, unless it does so in groups. If some are missing, one of their expressions has
	// thrown and the node has failed: those before must not go on and cost money.
	const missing = attempt.lastItem + 1 < run.itemCount && !startsInGroups(context);
	if (missing && !context.continueOnFail()) run.stop.abort(new Error('The node has failed'));
	return run;
}

/**
 * A helper that the items of a run share.
 *
 * @param run the run
 * @param name names the helper within the run
 * @param make makes it, for the first item that asks
 */
export function sharedIn<T>(run: Run, name: string, make: () => T): T {
	if (!run.shared.has(name)) run.shared.set(name, make());
	return run.shared.get(name) as T;
}

/** Whether the user has set n8n's Batching, which starts items with pauses in between. */
function startsInGroups(context: IExecutePaginationFunctions): boolean {
	const { batching } = context.getNodeParameter('requestOptions', {}) as {
		batching?: { batch?: { batchInterval?: number } };
	};
	return Number(batching?.batch?.batchInterval) > 0;
}

/** Whether an AI agent calls the node as a tool; the execution data are the agent's then. */
function isTool(context: IExecutePaginationFunctions): boolean {
	return context.getExecuteData().node.name !== context.getNode().name;
}

async function startRun(context: IExecutePaginationFunctions): Promise<Run> {
	const account = await accountOf(context);
	const node = context.getNode();
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const stop = new AbortController();
	const cancel = context.getExecutionCancelSignal();
	if (cancel?.aborted === true) stop.abort(cancel.reason);
	else cancel?.addEventListener('abort', () => stop.abort(cancel.reason), { once: true });
	const parallel = positive(options.maxParallelRequests, Infinity);
	const minutes = positive(options.queueTimeoutMinutes, QUEUE_TIMEOUT_MINUTES);
	const input = context.getExecuteData().data.main?.[0];
	return {
		account,
		id: runId(context),
		itemCount: node.executeOnce === true || isTool(context) ? 1 : (input?.length ?? 1),
		line: new Line(),
		parallel,
		fileSlots: new Semaphore(Math.min(parallel, PARALLEL_FILES)),
		queueTimeout: minutes * 60_000,
		stop,
		shared: new Map(),
		started: [],
		...memoryOf(context),
		active: 0,
		settled: [],
	};
}

function positive(value: unknown, fallback: number): number {
	const number = Number(value);
	return Number.isFinite(number) && number > 0 ? number : fallback;
}

/**
 * Execution, node and run index; without the run index for a tool, whose every try n8n gives another one. An execution
 * that n8n gives no id (an unsaved one) gets a random one: without it two executions would be taken for one, and the
 * second would be handed the first one's video.
 */
function runId(context: IExecutePaginationFunctions): string {
	const execution = context.getExecutionId();
	const known = execution !== undefined && execution !== '' && !execution.startsWith('__');
	const runIndex = isTool(context)
		? 'tool'
		: String(context.evaluateExpression('{{ $runIndex }}', context.getItemIndex()));
	return [known ? execution : memoryOf(context).standIn, context.getNode().id, runIndex].join(':');
}

/** Where a create is in a batch that was sent, or may have been. */
export interface BatchPlace {
	batch: { readonly key: string; readonly bodies: readonly IDataObject[] };
	index: number;
}

/** What stays between the tries of n8n's Retry On Fail, which share their execution data. */
interface Memory {
	/** Stands in for the execution id where there is none. */
	readonly standIn: string;
	/**
	 * How often HeyGen could not finish an item's job. Such jobs are not charged, so a new try may make a new one; with
	 * the old idempotency key it would be handed the failed one again.
	 */
	readonly failedJobs: Map<number, number>;
	/**
	 * Idempotency keys of creates, so that a try whose expressions give other values ("now") is still the same create.
	 * Absent for tools, whose calls share the agent's execution data.
	 */
	readonly keys?: Map<string, string>;
	/**
	 * Batches by the idempotency key of each of their creates. A try with other creates beside it (one had failed before)
	 * must still send the same batch, or what is in it would be made twice. Absent for tools.
	 */
	readonly batches?: Map<string, BatchPlace>;
	/** Slots of files in upload batches, by content and name. Absent for tools. */
	readonly uploadSlots?: Map<string, { batchId: string; slot: IDataObject }>;
	/** Files that are in HeyGen already, by content and name. Absent for tools, whose calls are apart from each other. */
	readonly assets?: Map<string, IDataObject>;
	/** Slots of files that are uploaded alone, by content and name. Absent for tools. */
	readonly directSlots?: Map<string, IDataObject>;
	/** How often HeyGen has refused a file of a batch, by content and name. Absent for tools. */
	readonly refusedFiles?: Map<string, number>;
	/** Names that the option File Name gave the items' files. Absent for tools. */
	readonly fileNames?: Map<number, string>;
}

const memories = new WeakMap<object, Memory>();

function memoryOf(context: IExecutePaginationFunctions): Memory {
	const key = context.getExecuteData();
	const known = memories.get(key);
	if (known !== undefined) return known;
	const memory: Memory = {
		standIn: randomUUID(),
		failedJobs: new Map(),
		...(isTool(context)
			? {}
			: {
					keys: new Map<string, string>(),
					batches: new Map<string, BatchPlace>(),
					uploadSlots: new Map<string, { batchId: string; slot: IDataObject }>(),
					assets: new Map<string, IDataObject>(),
					directSlots: new Map<string, IDataObject>(),
					refusedFiles: new Map<string, number>(),
					fileNames: new Map<number, string>(),
				}),
	};
	memories.set(key, memory);
	return memory;
}

/**
 * Reads the credential, once per run rather than once per request.
 *
 * @throws Error when the credential's base URL is not allowed
 */
async function accountOf(
	context: IExecutePaginationFunctions | NodeContext,
): Promise<Account> {
	const data = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL_NAME);
	const baseUrl = normalizeBaseUrl(data.baseUrl);
	const key = createHash('sha256').update(`${baseUrl}\n${String(data.apiKey).trim()}`).digest('hex');
	const reference = context.getNode().credentials?.[CREDENTIAL_NAME];
	return {
		baseUrl,
		gate: gateFor(key),
		credential: {
			id: reference?.id ?? '',
			name: reference?.name ?? CREDENTIAL_NAME,
			type: CREDENTIAL_NAME,
			data,
		},
	};
}

/**
 * The client of one item of a run.
 *
 * @param context the item's context
 * @param run its run
 * @param options the request n8n has built for the item; its proxy, TLS, domain and time-out settings are kept
 */
export function itemClient(
	context: IExecutePaginationFunctions,
	run: Run,
	options: DeclarativeRestApiSettings.ResultOptions['options'],
): Client {
	const { proxy, skipSslCertificateValidation, allowedDomains, timeout } = options;
	const transport: Partial<IHttpRequestOptions> = {};
	if (proxy !== undefined) transport.proxy = proxy;
	if (skipSslCertificateValidation !== undefined) {
		transport.skipSslCertificateValidation = Boolean(skipSslCertificateValidation);
	}
	if (allowedDomains !== undefined) transport.allowedDomains = allowedDomains;
	if (timeout !== undefined && timeout !== N8N_DEFAULT_TIMEOUT) transport.timeout = timeout;
	return {
		baseUrl: run.account.baseUrl,
		gate: run.account.gate,
		line: run.line,
		most: run.parallel,
		queueTimeout: run.queueTimeout,
		// One for each item: Node.js warns when many wait on one signal.
		signal: AbortSignal.any([run.stop.signal]),
		transport,
		request: async (requestOptions) => await authenticated(context, run.account, requestOptions),
	};
}

/** Whatever n8n calls the package with outside of an item's request. */
export type NodeContext =
	| ILoadOptionsFunctions
	| IHookFunctions
	| IPollFunctions
	| IExecuteFunctions;

/** Milliseconds that HeyGen's limits may keep a request waiting that no item makes. */
export const PATIENCE = { editor: 20_000, trigger: 60_000 } as const;

/** How a client goes about its requests. */
type ClientManner = Pick<Client, 'queueTimeout' | 'signal' | 'again' | 'urgent'>;

/**
 * The client of a picker in the editor, a hook of a trigger, or a trigger's execution.
 *
 * @param context what n8n called the node with
 * @param manner how it goes about its requests
 */
export async function nodeClient(context: NodeContext, manner: ClientManner): Promise<Client> {
	const account = await accountOf(context);
	return {
		...manner,
		baseUrl: account.baseUrl,
		gate: account.gate,
		transport: {},
		request: async (requestOptions) => await authenticated(context, account, requestOptions),
	};
}

async function authenticated(
	context: IExecutePaginationFunctions | NodeContext,
	account: Account,
	options: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse> {
	return (await context.helpers.httpRequestWithAuthentication.call(
		context,
		CREDENTIAL_NAME,
		options,
		{ credentialsDecrypted: account.credential },
	)) as IN8nHttpFullResponse;
}
