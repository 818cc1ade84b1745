import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { CredentialRef } from '../host/client';
import type { Execution } from '../host/execution';
import { packedPackage } from '../host/pack';
import { type N8nServer, startN8n, type StartOptions } from '../host/server';
import { feed, node, TRIGGER } from '../host/workflow';
import { SandboxProcess } from './sandboxProcess';

/** Name of the node under test in the workflows made here. */
export const HEYGEN = 'HeyGen';

/** Node type of HeyGen Video as a real n8n knows it. */
export const HEYGEN_VIDEO = 'n8n-nodes-heygen-suite.heyGenVideo';

/** Node type of HeyGen Asset as a real n8n knows it. */
export const HEYGEN_ASSET = 'n8n-nodes-heygen-suite.heyGenAsset';

/** Node type of HeyGen Usage as a real n8n knows it. */
export const HEYGEN_USAGE = 'n8n-nodes-heygen-suite.heyGenUsage';

/** A look with a voice of its own, from the sandbox's catalogue. */
export const LOOK = 'look_bruno_office_01';

/** What a picker holds whose value is given by its ID. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** A real n8n with the packed package, and a sandbox for it to talk to. */
export interface Suite {
	n8n: N8nServer;
	sandbox: SandboxProcess;
	/** Credential for the sandbox. */
	credential: CredentialRef;
	stop(): Promise<void>;
}

/**
 * Packs the package, starts n8n with it and a sandbox, and makes the credential.
 *
 * @param options for n8n
 */
export async function startSuite(options: StartOptions = {}): Promise<Suite> {
	const n8n = await startN8n({ tgz: packedPackage(), ...options });
	const first = await withSandbox(n8n);
	return {
		...first,
		stop: async () => {
			await Promise.all([n8n.stop(), first.sandbox.stop()]);
		},
	};
}

/**
 * A suite for all tests of a file, which ends with them.
 *
 * @param start starts it
 * @returns the suite, which is there as soon as the first test begins
 */
export function useSuite<T extends Suite>(start: () => Promise<T>): T {
	const suite: Partial<T> = {};
	beforeAll(async () => {
		Object.assign(suite, await start());
	});
	afterAll(async () => {
		await suite.stop?.();
	});
	return suite as T;
}

/**
 * Another sandbox for a running n8n, with a credential of its own: the nodes know nothing of its limits yet.
 *
 * @param n8n a running server that has the package
 * @returns a suite whose `stop` ends the sandbox alone
 */
export async function withSandbox(n8n: N8nServer): Promise<Suite> {
	const sandbox = await SandboxProcess.start();
	const credential = await n8n.client.createCredential({
		name: `Sandbox ${sandbox.url}`,
		type: 'heyGenSuiteApi',
		data: { apiKey: sandbox.apiKey, baseUrl: sandbox.url },
	});
	return { n8n, sandbox, credential, stop: async () => await sandbox.stop() };
}

/** Runs something against a sandbox of its own, so that one test's limits and faults are not the next one's. */
export async function withOwnSandbox(suite: Suite, work: (own: Suite) => Promise<void>): Promise<void> {
	const own = await withSandbox(suite.n8n);
	try {
		await work(own);
	} finally {
		await own.stop();
	}
}

/** A HeyGen Video node that uses the suite's credential; a new one unless `extra` names another version. */
export function heyGenNode(
	suite: Suite,
	parameters: INodeParameters,
	extra: Partial<INode> = {},
): INode {
	const credentials = { heyGenSuiteApi: suite.credential };
	return node(HEYGEN, HEYGEN_VIDEO, 1.1, { resource: 'video', ...parameters }, { credentials, ...extra });
}

/**
 * Makes nodes of a type that use the suite's credential; of the name `HEYGEN` unless `extra` has another.
 *
 * @param type as n8n knows it
 */
export function nodesOf(type: string) {
	return (
		{ credential }: Pick<Suite, 'credential'>,
		resource: string,
		operation: string,
		parameters: INodeParameters = {},
		extra: Partial<INode> = {},
	): INode => node(HEYGEN, type, 1, { resource, operation, ...parameters }, { credentials: { heyGenSuiteApi: credential }, ...extra });
}

/** A HeyGen Video node for one operation of a resource. */
export function operationNode(
	suite: Suite,
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
	extra: Partial<INode> = {},
): INode {
	return heyGenNode(suite, { resource, operation, ...parameters }, extra);
}

/** All items of the node under test; the execution must have gone well, and the sandbox must have refused nothing. */
export async function acceptedItems(own: Suite, execution: Execution) {
	expect(execution.error).toBeUndefined();
	const { requests } = await own.sandbox.stats();
	const refused = Object.entries(requests).filter(([, byStatus]) => Object.keys(byStatus).some((status) => /^(4|5)/.test(status)));
	expect(refused).toEqual([]);
	return execution.items(HEYGEN);
}

/** The requests to an endpoint, such as "POST /v3/videos". */
export async function sentTo(own: Suite, endpoint: string) {
	return (await own.sandbox.requests()).filter(({ method, template }) => `${method} ${template}` === endpoint);
}

/** The bodies of these requests. */
export async function bodiesTo(own: Suite, endpoint: string): Promise<IDataObject[]> {
	return (await sentTo(own, endpoint)).map(({ body }) => body as IDataObject);
}

/** A HeyGen Asset node that uses the suite's credential; of the resource asset unless the parameters say otherwise. */
export function assetNode(
	suite: Suite,
	parameters: INodeParameters,
	extra: Partial<INode> = {},
): INode {
	const credentials = { heyGenSuiteApi: suite.credential };
	return node(HEYGEN, HEYGEN_ASSET, 1.1, { resource: 'asset', ...parameters }, { credentials, ...extra });
}

/** Parameters of a Create Avatar Video that takes script and title from its input. */
export function createAvatar(parameters: INodeParameters = {}): INodeParameters {
	return {
		operation: 'createAvatar',
		avatarId: byId(LOOK),
		audioSource: 'script',
		script: '={{ $json.script }}',
		...parameters,
	};
}

/** Input items with a script and a title each. */
export function scripts(count: number): Array<{ n: number; script: string; title: string }> {
	return Array.from({ length: count }, (_, n) => ({ n, script: `Hello number ${n}.`, title: `Video ${n}` }));
}

/**
 * Runs a HeyGen Video node over items, in a workflow of a trigger and the node.
 *
 * @param timeoutMs longest time to wait for the end
 */
export async function runNode(
	suite: Suite,
	items: Array<Record<string, never>> | ReturnType<typeof scripts>,
	heygen: INode,
	timeoutMs = 120_000,
): Promise<Execution> {
	return await runNodes(suite, items, [heygen], timeoutMs);
}

/** The same for several nodes in a row. */
export async function runNodes(
	suite: Suite,
	items: IDataObject[],
	nodes: INode[],
	timeoutMs = 120_000,
): Promise<Execution> {
	return await suite.n8n.client.runWorkflow(feed('Run', items, ...nodes), { startNode: TRIGGER, timeoutMs });
}
