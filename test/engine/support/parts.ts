/** What n8n's server puts around a node before the engine meets it: the loaded type, the node, its surroundings. */
import './env';
import 'reflect-metadata';
import mapValues from 'lodash/mapValues';
import { DirectoryLoader, RoutingNode } from 'n8n-core';
import type { ExecuteContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeType,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { WORKFLOW_ID } from './binary';
import { HarnessCredentialsHelper, type HarnessCredentials } from './credentials';

/** What every call of a node needs to know, whatever n8n calls. */
export interface NodeOptions {
	/** Instance under test; it is not modified. */
	node: INodeType;
	parameters: INodeParameters;
	credentials: HarnessCredentials;
	/** Instance of the real credential class; without it requests are sent unauthenticated. */
	credentialType?: ICredentialType;
	/** Told of every decryption of the credential. */
	onDecrypt?: () => void;
	/** Of the node in its workflow; nodes remember things by it. The same for all unless given. */
	nodeId?: string;
	/** Version of the node in its workflow. Default: that of a new node. */
	version?: number;
	/** n8n's own address, with a slash at its end. Default: one that nobody reaches. */
	publicAddress?: string;
}

const PACKAGE_NAME = 'n8n-nodes-heygen-suite';
const DEFAULT_CREDENTIAL_NAME = 'heyGenSuiteApi';
const PASS_THROUGH_TYPE = 'harness.passThrough';

/** Part of the path of every webhook of a node, which the editor makes up once. */
const WEBHOOK_ID = 'c0ffee00-1234-4abc-8def-000000000001';

/** Hands its input on; stands in for the nodes around the node under test. */
const passThrough: INodeType = {
	description: {
		displayName: 'Pass Through',
		name: 'passThrough',
		group: ['transform'],
		version: 1,
		description: 'Hands its input on',
		defaults: { name: 'Pass Through' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	},
};

/**
 * Loads a node like n8n's server does: shared request options added, `execute` assigned to run the
 * declarative routing. Works on a copy, because n8n changes description and instance in place.
 *
 * @param onTry told of every try of the node, and again with the error when it throws
 * @param byRouting whether n8n's declarative engine runs it, as for an AI agent up to version 2.2
 */
export function loadNodeType(
	node: INodeType,
	onTry: (error?: Error) => void = () => {},
	byRouting = false,
): INodeType {
	const description = { ...node.description, properties: [...node.description.properties] };
	const loaded = Object.create(node, {
		description: { value: description, enumerable: true },
		execute: { value: node.execute, writable: true, enumerable: true },
		customOperations: { value: byRouting ? undefined : node.customOperations, writable: true, enumerable: true },
	}) as INodeType;
	DirectoryLoader.applyDeclarativeNodeOptionParameters(loaded);
	// The server's own condition: without request defaults, methods or a webhook rule routing out.
	const isDeclarative = description.requestDefaults !== undefined || !(loaded.webhook || loaded.methods);
	const hasOwnLogic = loaded.execute || loaded.trigger || loaded.poll || loaded.supplyData;
	const work = loaded.execute ?? (hasOwnLogic || !isDeclarative ? undefined : routed(loaded));
	if (work === undefined) return loaded;

	loaded.execute = watched(work, onTry);
	if (loaded.customOperations !== undefined) {
		loaded.customOperations = mapValues(loaded.customOperations, (operations) =>
			mapValues(operations, (operation) => watched(operation, onTry)),
		);
	}
	return loaded;
}

/** The same work, with every try and every error told. */
function watched<T>(work: (this: IExecuteFunctions) => Promise<T>, onTry: (error?: Error) => void) {
	return async function (this: IExecuteFunctions): Promise<T> {
		onTry();
		try {
			return await work.call(this);
		} catch (error) {
			onTry(error as Error);
			throw error;
		}
	};
}

/** What n8n's server gives a declarative node for an `execute`. */
function routed(loaded: INodeType): NonNullable<INodeType['execute']> {
	return async function (this: IExecuteFunctions) {
		// n8n types `this` by its public interface; RoutingNode takes the class behind it.
		return (await new RoutingNode(this as ExecuteContext, loaded).runNode()) ?? [];
	};
}

/** Finds the node under test by its type, and a node that hands its input on by any other. */
export function createNodeTypes(typeName: string, nodeType: INodeType): INodeTypes {
	const find = (name: string): INodeType => (name === typeName ? nodeType : passThrough);
	return {
		getByName: find,
		getByNameAndVersion: find,
		getKnownTypes: () => ({}),
	};
}

/** What n8n's server hands to every call. @param origin n8n's own address, with a slash at its end */
export function createAdditionalData(
	options: NodeOptions,
	origin = options.publicAddress ?? 'http://n8n.invalid/',
): IWorkflowExecuteAdditionalData {
	const additionalData: Partial<IWorkflowExecuteAdditionalData> = {
		credentialsHelper: new HarnessCredentialsHelper(options.credentials, options.credentialType, options.onDecrypt),
		currentNodeExecutionIndex: 0,
		variables: {},
		instanceBaseUrl: origin,
		restApiUrl: `${origin}rest`,
		formBaseUrl: `${origin}form`,
		formWaitingBaseUrl: `${origin}form-waiting`,
		formTestBaseUrl: `${origin}form-test`,
		webhookBaseUrl: `${origin}webhook`,
		webhookWaitingBaseUrl: `${origin}webhook-waiting`,
		webhookTestBaseUrl: `${origin}webhook-test`,
		setExecutionStatus: () => {},
	};
	// Sub-workflows, agents and task runners are out of reach of the nodes under test.
	return additionalData as IWorkflowExecuteAdditionalData;
}

/** The node under test as it stands in a saved workflow. */
export function createNode({ node, parameters, credentialType, nodeId, version: saved }: NodeOptions): INode {
	const { name, defaults, version, defaultVersion, webhooks } = node.description;
	const credentialDetails: INodeCredentialsDetails = { id: 'credential-1', name: 'HeyGen account' };
	return {
		id: nodeId ?? 'node-under-test',
		name: String(defaults.name ?? name),
		type: `${PACKAGE_NAME}.${name}`,
		typeVersion: saved ?? defaultVersion ?? (Array.isArray(version) ? Math.max(...version) : version),
		position: [200, 0],
		parameters,
		credentials: { [credentialType?.name ?? DEFAULT_CREDENTIAL_NAME]: credentialDetails },
		...(webhooks === undefined ? {} : { webhookId: WEBHOOK_ID }),
	};
}

/** A node that hands its input on. */
export function createPassThroughNode(name: string): INode {
	return { id: name, name, type: PASS_THROUGH_TYPE, typeVersion: 1, position: [0, 0], parameters: {} };
}

/** An active workflow of the node alone, as n8n loads it: with a copy of the static data in its database. */
export function createActiveWorkflow(node: INode, nodeType: INodeType, staticData: IDataObject): Workflow {
	return new Workflow({
		id: WORKFLOW_ID,
		name: 'Engine test',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes: createNodeTypes(node.type, loadNodeType(nodeType)),
		staticData: structuredClone(staticData),
		settings: { executionOrder: 'v1' },
	});
}
