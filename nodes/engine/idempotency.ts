import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { IDEMPOTENCY_KEY_PATTERN } from '../heygen/limits';
import { readLabel } from '../heygen/values/plain';
import { inputError } from './errors';
import { taken } from './given';
import type { Call } from './operation';

/**
 * The key that makes a create safe to repeat. HeyGen replays the first answer to a key for 24 hours *even when the
 * body differs*, so the key holds everything that makes a create another one: the execution, the node, the run index
 * (a loop that comes back), the item and the body. n8n's Retry On Fail may change the body (an expression with the time in
 * it); `itemKey` remembers the key for it.
 *
 * @param runId execution, node and run index
 * @param itemIndex the item, or the first item of a batch
 * @param path the endpoint
 * @param body the request body
 */
export function idempotencyKey(
	runId: string,
	itemIndex: number,
	path: string,
	body: unknown,
): string {
	const hash = createHash('sha256')
		.update(JSON.stringify([runId, itemIndex, path, body]))
		.digest('hex');
	return `n8n-${hash}`;
}

/**
 * The key that the options choose.
 *
 * @param options the node's options: `sendIdempotencyKey` (default true) and `idempotencyKey` (the user's own)
 * @param automatic makes the key when the user gives none
 * @returns undefined when the user switched it off
 * @throws EngineError when the user's own key has a form HeyGen does not accept
 */
export function chosenKey(options: IDataObject, automatic: () => string): string | undefined {
	if (options.sendIdempotencyKey === false) return undefined;
	const key = ownKey(options);
	if (key === undefined) return automatic();
	if (!IDEMPOTENCY_KEY_PATTERN.test(key)) {
		throw inputError(
			"'Idempotency Key' may hold only letters, digits and _ - : . , 255 characters at most",
			'Use the id of a row or an order, for example.',
		);
	}
	return key;
}

/**
 * The key that the user gives, without blanks around it.
 *
 * @param options the node's options
 * @returns undefined when there is none
 * @throws EngineError when it is no text
 */
export function ownKey({ idempotencyKey }: IDataObject): string | undefined {
	return taken('Idempotency Key', readLabel(idempotencyKey));
}

/**
 * The key of one item's create.
 *
 * @param call the item
 * @param path the endpoint
 * @param body the request body
 * @param renew whether a new try after a failed job makes a new one
 * @returns undefined when the user switched it off
 * @throws EngineError when the user's own key has a form HeyGen does not accept
 */
export function itemKey(
	call: Call,
	path: string,
	body: IDataObject,
	renew: boolean,
): string | undefined {
	const { options, run, itemIndex } = call;
	const failed = renew ? (run.failedJobs.get(itemIndex) ?? 0) : 0;
	const runId = failed === 0 ? run.id : `${run.id}:after ${failed} failed`;
	return chosenKey(options, () => {
		const name = [itemIndex, path, failed].join(' ');
		const key = run.keys?.get(name) ?? idempotencyKey(runId, itemIndex, path, body);
		run.keys?.set(name, key);
		return key;
	});
}
