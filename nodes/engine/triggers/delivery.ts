import uniq from 'lodash/uniq';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { isChosen } from '../../heygen/eventChoice';
import { DELIVERY_TOLERANCE_SECONDS } from '../../heygen/limits';
import { bodyHash, deliveredEvent, verifyDelivery } from '../../heygen/webhooks';
import { settle } from '../basics/settle';
import { wallClock } from '../basics/timing';
import { asEvent, eventItem } from './eventItem';
import { chosenEvents } from './eventTypes';
import { noteTakenIn } from './ledger';
import { isBeingRegistered, knownRegistrations, readTolerance, type Registration, webhookName } from './registration';
import { SeenKeys } from './seenKeys';

/** What this process has taken in, of all triggers. */
const seen = new SeenKeys();

/** The headers that carry a signature. */
const SIGNATURE_HEADERS = ['heygen-signature', 'signature'];

/**
 * Answers a request to the webhook: starts the workflow for a genuine, new event that was chosen, and for nothing else.
 * It never throws, since n8n would start an execution for that too.
 *
 * @param context n8n's context of the request
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const answer = await settle(judgeDelivery(context));
	if (answer.ok) return answer.value;
	// HeyGen sends it again later; by then the reason may be gone.
	context.logger.error(`${where(context)} could not read a delivery: ${(answer.error as Error).message}`);
	return refuse(context, 500, 'Internal Server Error');
}

async function judgeDelivery(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const headers = context.getHeaderData() as IDataObject;
	const name = webhookName(context);
	const registrations = knownRegistrations(context);
	const isSigned = SIGNATURE_HEADERS.some((header) => headers[header] !== undefined);
	// HeyGen may try the address before it hands out the secret.
	if (!isSigned && (registrations.length === 0 || isBeingRegistered(name))) return dropped();
	if (registrations.length === 0) return unauthorized(context, 'this workflow has no secret yet');
	if (context.getWebhookName() !== 'default') return unauthorized(context, 'events come by POST');

	const options = context.getNodeParameter('options', {}) as IDataObject;
	const { rawBody } = context.getRequestObject() as { rawBody?: Buffer };
	const refusals = registrations.flatMap(({ secret }) => {
		const verdict = verifyDelivery({ headers, rawBody }, secret, tolerance(options), wallClock());
		return verdict.genuine ? [] : [verdict.reason];
	});
	if (refusals.length === registrations.length) return unauthorized(context, refusals.join('; '));

	const body = rawBody ?? Buffer.alloc(0);
	const text = body.toString('utf8');
	const event = asEvent(deliveredEvent(text));
	if (event === undefined) {
		context.logger.warn(`${where(context)} has dropped a signed delivery that is no event`);
		return dropped();
	}
	if (!isChosen(chosenEvents(context.getNodeParameter('events', [])), event.event_type)) return dropped();

	const deliveryId = headerText(headers['heygen-event-id']);
	// The body's own id comes first: it is signed, so a delivery that someone kept stays a duplicate under another one.
	const eventId = event.event_id ?? deliveryId ?? bodyHash(body);
	const keys = uniq([eventId, deliveryId ?? eventId]).map((key) => `${memoryName(context, registrations)} ${key}`);
	if (!seen.admit(keys, wallClock())) return dropped();
	forgetUnlessTaken(context, keys);
	noteTakenIn(context.getWorkflow().id, context.getNode().id, eventId);
	return { workflowData: [[eventItem(event, eventId, text)]] };
}

/**
 * Names what has been taken in together. Each test in the editor has an endpoint of its own, and somebody waits there for
 * what a test before may have shown already.
 */
function memoryName(context: IWebhookFunctions, [registration]: readonly Registration[]): string {
	const name = webhookName(context);
	return context.getMode() === 'manual' ? `${name} ${registration?.endpointId}` : name;
}

/** Seconds a delivery may be old. */
function tolerance({ timestampTolerance }: IDataObject): number {
	// What is no number was refused when the workflow was published.
	return readTolerance(timestampTolerance).value ?? DELIVERY_TOLERANCE_SECONDS;
}

function headerText(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/**
 * n8n answers 5xx when it could not start the execution, and nothing at all when HeyGen has hung up. HeyGen sends the
 * event again then, and it must be let in; has the execution started all the same, n8n's database knows the event.
 */
function forgetUnlessTaken(context: IWebhookFunctions, keys: readonly string[]): void {
	const response = context.getResponseObject();
	if (response.destroyed) return seen.forget(keys);
	response.once('close', () => {
		if (!response.writableFinished || response.statusCode >= 500) seen.forget(keys);
	});
}

/** Fine, and nothing happens. */
function dropped(): IWebhookResponseData {
	return { webhookResponse: 'OK' };
}

function unauthorized(context: IWebhookFunctions, reason: string): IWebhookResponseData {
	context.logger.warn(`${where(context)} has refused a request: ${reason}`);
	return refuse(context, 401, 'Unauthorized');
}

/** Which trigger it is, for the log. */
function where(context: IWebhookFunctions): string {
	return `"${context.getNode().name}" of workflow ${context.getWorkflow().id ?? ''}`;
}

function refuse(context: IWebhookFunctions, status: number, text: string): IWebhookResponseData {
	context.getResponseObject().status(status).send(text).end();
	return { noWebhookResponse: true };
}
