import { z } from 'zod';

import { readEventChoice } from '../eventChoice';
import { httpsUrl, id, readBy } from './primitives';

/**
 * Bodies of `/v3/webhooks/endpoints` (API reference, endpoint management). Signs that stand for many events are still among
 * the events here: which types they mean, HeyGen has to be asked.
 */

const events = readBy(readEventChoice);

/** `POST /v3/webhooks/endpoints`. */
export const newWebhookEndpoint = z
	.object({ url: httpsUrl, events: events.optional(), entity_id: id('entity_id').optional() })
	.strict();

/** `PATCH /v3/webhooks/endpoints/{endpoint_id}`: the events given replace those there are. */
export const changedWebhookEndpoint = z
	.object({ url: httpsUrl.optional(), events: events.optional() })
	.strict()
	.superRefine(({ url, events: chosen }, context) => {
		if (url !== undefined || chosen !== undefined) return;
		context.addIssue({
			code: z.ZodIssueCode.custom,
			path: ['url'],
			message: "and 'Event Names or IDs' are both empty: there is nothing to change",
		});
	});
