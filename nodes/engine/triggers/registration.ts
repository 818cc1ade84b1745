import { randomUUID } from 'crypto';
import compact from 'lodash/compact';
import isEqual from 'lodash/isEqual';
import uniq from 'lodash/uniq';
import uniqBy from 'lodash/uniqBy';
import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { isLoopbackHost, parseUrl } from '../../heygen/hosts';
import { PAGE_MAX } from '../../heygen/limits';
import { idIn } from '../../heygen/records';
import { readId } from '../../heygen/values/ids';
import { readNumber } from '../../heygen/values/plain';
import type { Reading } from '../../heygen/values/reading';
import { ENDPOINT_ID_FIELDS, webhookUrlProblem } from '../../heygen/webhooks';
import { EngineError, inputError, toNodeError } from '../basics/errors';
import { settle } from '../basics/settle';
import { taken } from '../item/given';
import type { Client } from '../request/client';
import { eventsToRegister } from '../request/eventList';
import { nodeClient, PATIENCE } from '../request/nodeClient';
import { ENDLESS_LIST, readPages } from '../request/readPages';
import { isGone } from '../request/readRecord';
import { chosenEvents } from './eventTypes';
import { extrasIn } from './extras';

/**
 * The life of a webhook endpoint at HeyGen: made when the workflow is activated or listens for a test event, deleted
 * when that ends. Static data hold what was made, each under its address, so that the endpoints of tests and of
 * production never touch each other.
 */

const ENDPOINTS = '/v3/webhooks/endpoints';

const MANNER = {
	queueTimeout: PATIENCE.trigger,
	urgent: true,
	again: 'Try again later: what is left at HeyGen is removed the next time the workflow is published.',
};

/** The endpoint that this node has at HeyGen. */
export interface Registration {
	endpointId: string;
	secret: string;
	/** The address it calls. */
	url: string;
	/** The one thing it is limited to. */
	entityId?: string;
}

/** Names a node's webhook; that of its tests is another one. */
export function webhookName(context: IHookFunctions | IWebhookFunctions): string {
	const kind = context.getMode() === 'manual' ? 'test' : 'production';
	return [context.getWorkflow().id ?? '', context.getNode().id, kind].join(':');
}

/** Webhooks whose endpoints are being made; HeyGen may try them before their secret is known. */
const underWay = new Set<string>();

/**
 * Whether an endpoint is being made for a webhook right now.
 *
 * @param name of the webhook
 */
export function isBeingRegistered(name: string): boolean {
	return underWay.has(name);
}

/**
 * What a node's static data say about its endpoint.
 *
 * @param staticData of the node
 * @returns undefined when there is none, or its secret is lost
 */
export function storedRegistration(staticData: IDataObject): Registration | undefined {
	const stored = staticData.endpoint as Partial<Registration> | undefined;
	const filled = (value: unknown) => typeof value === 'string' && value !== '';
	return filled(stored?.endpointId) && filled(stored?.secret) && filled(stored?.url)
		? (stored as Registration)
		: undefined;
}

/**
 * Registrations that this process has made, by the webhook's name. n8n saves static data of a workflow as a whole, and a
 * poll trigger beside ours, or an execution that began earlier, saves them with what was registered before.
 */
const made = new Map<string, Registration>();

/**
 * What is known of the endpoint of a webhook, the most likely first.
 *
 * @param context n8n's context of a request to it
 */
export function knownRegistrations(context: IWebhookFunctions): Registration[] {
	const known = [made.get(webhookName(context)), storedRegistration(context.getWorkflowStaticData('node'))];
	return uniqBy(compact(known), ({ secret }) => secret);
}

/**
 * Whether HeyGen has this node's endpoint as it should be. Events that have changed are changed there. n8n 2.41 asks for
 * new webhooks only: after an edit it deletes the old one first.
 *
 * @param hook n8n's context
 * @throws n8n's error when HeyGen cannot be asked, or cannot reach this n8n
 */
export async function isRegistered(hook: IHookFunctions): Promise<boolean> {
	return await told(hook, async () => {
		const { client, url, events, entityId } = await wanted(hook);
		const stored = storedRegistration(hook.getWorkflowStaticData('node'));
		if (stored?.url !== url) return false;
		const endpoint = (await listEndpoints(client)).find((one) => endpointIdOf(one) === stored.endpointId);
		if (!isSameAddress(endpoint?.url, url) || endpoint?.status === 'disabled' || stored.entityId !== entityId) return false;
		if (isEqual(sorted(endpoint?.events), events)) return true;
		// `null` could mean "all" or "as before" here: such an endpoint is replaced.
		if (events === undefined) return false;
		await client.send({
			method: 'PATCH',
			path: `${ENDPOINTS}/${encodeURIComponent(stored.endpointId)}`,
			body: { events },
			// The same change twice is one change.
			repeatable: true,
			answerless: true,
			doing: 'change the events of the webhook endpoint',
		});
		return true;
	});
}

/**
 * Makes this node's endpoint at HeyGen and keeps its secret, which HeyGen shows only now. What is left of earlier ones
 * goes first.
 *
 * @param hook n8n's context
 * @throws n8n's error when it cannot be made
 */
export async function register(hook: IHookFunctions): Promise<boolean> {
	return await told(hook, async () => {
		const { client, url, events, entityId } = await wanted(hook);
		const staticData = hook.getWorkflowStaticData('node');
		await removeEndpoints(client, await endpointsAt(client, url));
		delete staticData.endpoint;
		underWay.add(webhookName(hook));
		const reply = await settle(
			client.send({
				method: 'POST',
				path: ENDPOINTS,
				body: {
					url,
					...(events === undefined ? {} : { events }),
					...(entityId === undefined ? {} : { entity_id: entityId }),
				},
				idempotencyKey: randomUUID(),
				doing: 'register the webhook endpoint',
			}),
		);
		underWay.delete(webhookName(hook));
		if (!reply.ok) throw reply.error;
		const endpoint = (reply.value.body.data ?? {}) as IDataObject;
		// Some have seen it under another name (API reference, endpoint management).
		const secret = endpoint.secret ?? endpoint.signing_secret;
		const endpointId = endpointIdOf(endpoint);
		if (endpointId === undefined || typeof secret !== 'string' || secret === '') {
			if (endpointId !== undefined) await removeEndpoints(client, [endpointId]);
			const missing = endpointId === undefined ? 'ID of the endpoint' : 'secret to check its deliveries with';
			throw new EngineError(
				`Could not register the webhook endpoint: HeyGen's answer names no ${missing}`,
				'Publish the workflow again.',
			);
		}
		const registration = { endpointId, secret, url, ...(entityId === undefined ? {} : { entityId }) };
		staticData.endpoint = registration;
		made.set(webhookName(hook), registration);
		return true;
	});
}

/**
 * Deletes this node's endpoint at HeyGen. One that is gone already is fine.
 *
 * @param hook n8n's context
 * @throws n8n's error when HeyGen could not be asked or refused
 */
export async function unregister(hook: IHookFunctions): Promise<boolean> {
	return await told(hook, async () => {
		const url = hook.getNodeWebhookUrl('default') ?? '';
		const staticData = hook.getWorkflowStaticData('node');
		const stored = storedRegistration(staticData);
		const client = await nodeClient(hook, MANNER);
		// Nothing can be there for an address that HeyGen was never given.
		if (stored === undefined && reachProblem(client, url) !== undefined) return true;
		// Its own id may be that of another n8n, when this one runs on a copy of that one's database.
		const own = stored?.url === url ? [stored.endpointId] : [];
		await removeEndpoints(client, uniq([...own, ...(await endpointsAt(client, url))]));
		delete staticData.endpoint;
		for (const [name, { url: madeUrl }] of made) if (madeUrl === url) made.delete(name);
		return true;
	});
}

/** What the endpoint should be, and who asks for it. */
async function wanted(
	hook: IHookFunctions,
): Promise<{ client: Client; url: string; events?: string[]; entityId?: string }> {
	const client = await nodeClient(hook, MANNER);
	const url = hook.getNodeWebhookUrl('default') ?? '';
	const problem = reachProblem(client, url);
	if (problem !== undefined) {
		throw inputError(
			`HeyGen cannot reach this n8n: its webhook address ${url} ${problem}`,
			'Set the environment variable WEBHOOK_URL to the public https address of this n8n, or use the node HeyGen Poll Trigger, which needs no public address',
		);
	}
	// What only a delivery or its execution needs must be right before there is any.
	const options = hook.getNodeParameter('options', {}) as IDataObject;
	taken('Timestamp Tolerance (Seconds)', readTolerance(options.timestampTolerance));
	extrasIn(options);
	const { entityId } = hook.getNodeParameter('filters', {}) as IDataObject;
	const events = await eventsToRegister(client, chosenEvents(hook.getNodeParameter('events', [])));
	const entity = taken('Entity ID', readId(entityId, ['entity_id']));
	return {
		client,
		url,
		...(events === undefined ? {} : { events }),
		...(entity === undefined ? {} : { entityId: entity }),
	};
}

/**
 * Reads 'Timestamp Tolerance (Seconds)'.
 *
 * @param given as the parameter has it
 */
export function readTolerance(given: unknown): Reading<number> {
	return readNumber(given, { min: 0 });
}

/** What keeps HeyGen from an address. A sandbox on this machine can call addresses of this machine. */
function reachProblem({ account }: Client, url: string): string | undefined {
	return isLoopbackHost(new URL(account.baseUrl).hostname) ? undefined : webhookUrlProblem(url);
}

/** Endpoints of this node's address; n8n gives every node, and its tests, addresses of their own. */
async function endpointsAt(client: Client, url: string): Promise<string[]> {
	const endpoints = await listEndpoints(client);
	return endpoints.flatMap((endpoint) => (isSameAddress(endpoint.url, url) ? (endpointIdOf(endpoint) ?? []) : []));
}

/** Whether HeyGen names an address, which it may write in another way: its host in small letters, or without the usual port. */
function isSameAddress(named: unknown, url: string): boolean {
	const address = typeof named === 'string' ? parseUrl(named) : undefined;
	return named === url || (address !== undefined && address.href === parseUrl(url)?.href);
}

function endpointIdOf(endpoint: IDataObject): string | undefined {
	return idIn(endpoint, ENDPOINT_ID_FIELDS);
}

async function listEndpoints(client: Client): Promise<IDataObject[]> {
	return await readPages(
		client.send,
		{ method: 'GET', path: ENDPOINTS, doing: 'list the webhook endpoints' },
		{ max: PAGE_MAX.webhookEndpoints, of: 'webhook endpoints', advice: ENDLESS_LIST },
		Infinity,
	);
}

async function removeEndpoints(client: Client, ids: readonly string[]): Promise<void> {
	for (const id of ids) {
		const path = `${ENDPOINTS}/${encodeURIComponent(id)}`;
		const removed = await settle(client.send({ method: 'DELETE', path, doing: 'delete the webhook endpoint' }));
		if (!removed.ok && !isGone(removed.error)) throw removed.error;
	}
}

function sorted(events: unknown): string[] | undefined {
	return Array.isArray(events) ? events.map(String).sort() : undefined;
}

/** n8n shows only the message of an error in activation: the advice has to be in it. */
async function told<T>(hook: IHookFunctions, work: () => Promise<T>): Promise<T> {
	const result = await settle(work());
	if (result.ok) return result.value;
	const error = toNodeError(hook.getNode(), result.error);
	if (error.description) error.message = `${error.message}. ${error.description.replace(/\s+/g, ' ')}`;
	throw error;
}
