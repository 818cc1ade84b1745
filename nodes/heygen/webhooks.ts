import { createHash, createHmac, timingSafeEqual } from 'crypto';

import { isPrivateHost, parseUrl } from './hosts';
import { timeMs } from './records';
import { amount } from './values/text';

/**
 * What is true of HeyGen's webhooks: which addresses it can reach, and what a genuine delivery looks like (API
 * reference, section Webhooks).
 */

/**
 * What keeps HeyGen from reaching a webhook.
 *
 * @param url the webhook's address
 * @returns the rest of a sentence that begins with the address; undefined when nothing is wrong
 */
export function webhookUrlProblem(url: string): string | undefined {
	const parsed = parseUrl(url);
	if (parsed === undefined) return 'is not an address';
	if (isPrivateHost(parsed.hostname)) return 'is known only to this machine or its network';
	return parsed.protocol === 'https:' ? undefined : 'does not start with https://';
}

/** The parts of a request that a delivery is judged by. */
export interface Delivery {
	/** Header names in lower case. */
	headers: Record<string, unknown>;
	/** The body as it came over the wire. */
	rawBody: Buffer | undefined;
}

/** Whether a delivery is HeyGen's. */
export type DeliveryVerdict = { genuine: true } | { genuine: false; reason: string };

/** An HMAC-SHA256 in hex. */
const SIGNATURE = /^[0-9a-f]{64}$/i;

/**
 * Checks a delivery's signature and age. The signature covers the body alone: timestamp and event id in the headers can be
 * anything, so an old delivery that someone kept is held off by the event id in its body, not by its timestamp.
 *
 * @param delivery what came in
 * @param secret of the endpoint, whole ("whsec_…")
 * @param toleranceSeconds how far the timestamp may be from now; 0 for any
 * @param nowMs Unix time in milliseconds
 */
export function verifyDelivery(
	{ headers, rawBody }: Delivery,
	secret: string,
	toleranceSeconds: number,
	nowMs: number,
): DeliveryVerdict {
	if (rawBody === undefined || rawBody.length === 0) return refused('it has no body');
	// Endpoints of the old API are called with `Signature` alone, and without a timestamp.
	const isCurrent = headers['heygen-signature'] !== undefined;
	const given = isCurrent ? headers['heygen-signature'] : headers.signature;
	if (typeof given !== 'string' || !SIGNATURE.test(given)) return refused('it is not signed');
	const expected = createHmac('sha256', secret).update(rawBody).digest();
	if (!timingSafeEqual(Buffer.from(given, 'hex'), expected)) {
		return refused("its signature does not match this endpoint's secret");
	}
	if (toleranceSeconds === 0) return { genuine: true };
	const timestamp = headers['heygen-timestamp'];
	if (timestamp === undefined && !isCurrent) return { genuine: true };
	const sentAt = timestampMs(timestamp);
	if (sentAt === undefined) return refused('it has no timestamp');
	if (Math.abs(nowMs - sentAt) > toleranceSeconds * 1_000) {
		return refused(`its timestamp is more than ${amount(toleranceSeconds, 'second')} off`);
	}
	return { genuine: true };
}

function refused(reason: string): DeliveryVerdict {
	return { genuine: false, reason };
}

/** A number without a sign, and how a date with a time of day begins. */
const TIMESTAMPS = [/^\d+(\.\d+)?$/, /^\d{4}-\d{2}-\d{2}T/];

/** Unix time, which some clients have seen in milliseconds, or ISO 8601. */
function timestampMs(value: unknown): number | undefined {
	return typeof value === 'string' && TIMESTAMPS.some((form) => form.test(value)) ? timeMs(value) : undefined;
}

/**
 * Reads the body of a delivery, whose signature is checked by then.
 *
 * @param text the body
 * @returns the event or what stands in its place, out of a list of one or the envelope of HeyGen's answers; undefined when
 *   it is no JSON
 */
export function deliveredEvent(text: string): unknown {
	let value: unknown;
	try {
		// A byte order mark is no JSON.
		value = JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		return undefined;
	}
	if (Array.isArray(value) && value.length === 1) [value] = value as unknown[];
	const { event_type: type, data } = (value ?? {}) as { event_type?: unknown; data?: unknown };
	return type === undefined && typeof data === 'object' && data !== null ? data : value;
}

/** Fields of a webhook endpoint that may hold its id, the first that does wins. */
export const ENDPOINT_ID_FIELDS = ['endpoint_id', 'id'] as const;

/**
 * Names a body by its content: what stands for the event id where there is none.
 *
 * @param body as it came over the wire
 */
export function bodyHash(body: Buffer | string): string {
	return createHash('sha256').update(body).digest('hex');
}
