import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { IDEMPOTENCY_KEY_PATTERN } from '../heygen/limits';
import { readLabel } from '../heygen/values/plain';
import { shown } from '../heygen/values/text';
import { inputError } from './errors';
import { taken } from './given';
import { fingerprint } from './memory';
import type { Call } from './operation';

/**
 * The key that makes a create safe to repeat. HeyGen replays the first answer to a key for 24 hours *even when the
 * body differs*, so the key holds everything that makes a create another one: n8n's instance, the execution, the node,
 * the run index (a loop that comes back), the item and the content.
 *
 * @param scope names the run, or what the key is to be the same in
 * @param itemIndex the item, or the first item of a batch
 * @param path the endpoint
 * @param content what is asked for
 */
export function idempotencyKey(
	scope: string,
	itemIndex: number,
	path: string,
	content: unknown,
): string {
	const hash = createHash('sha256')
		.update(JSON.stringify([scope, itemIndex, path, content]))
		.digest('hex');
	return `n8n-${hash}`;
}

/** Whether the option "Same Input, Same Video" is on. */
export function isSameInput(options: IDataObject): boolean {
	return options.sameInputSameVideo === true;
}

/**
 * What a key of the item counts for: its run, or with "Same Input, Same Video" every run of the node.
 *
 * @param call the item
 */
export function keyScope({ context, options, run }: Call): string {
	if (!isSameInput(options)) return run.id;
	return ['same input', context.getInstanceId(), context.getWorkflow().id ?? '', context.getNode().id].join(':');
}

/**
 * The user's own key.
 *
 * @param options the node's options: `sendIdempotencyKey` (default true) and `idempotencyKey`
 * @returns undefined when there is none, or keys are switched off
 * @throws EngineError when it has a form HeyGen does not accept
 */
export function ownKey(options: IDataObject): string | undefined {
	if (options.sendIdempotencyKey === false) return undefined;
	const key = taken('Idempotency Key', readLabel(options.idempotencyKey));
	if (key === undefined) return undefined;
	if (IDEMPOTENCY_KEY_PATTERN.test(key)) return key;
	throw inputError(
		`'Idempotency Key' may hold only letters, digits and the signs _-:. and have 255 characters at most, but it is ${shown(key)}`,
		'Use the id of a row or an order, for example.',
	);
}

/**
 * The key that the options choose.
 *
 * @param options the node's options
 * @param automatic makes the key when the user gives none
 * @returns undefined when the user switched it off
 * @throws EngineError when the user's own key has a form HeyGen does not accept
 */
export function chosenKey(options: IDataObject, automatic: () => string): string | undefined {
	if (options.sendIdempotencyKey === false) return undefined;
	return ownKey(options) ?? automatic();
}

/**
 * The key of one item's create.
 *
 * @param call the item
 * @param path the endpoint
 * @param content what is asked for: the body without what differs from execution to execution
 * @param renew whether a new try after a failed job makes a new one
 * @returns undefined when the user switched it off
 * @throws EngineError when the user's own key has a form HeyGen does not accept
 */
export function itemKey(call: Call, path: string, content: unknown, renew: boolean): string | undefined {
	const { options, run, itemIndex } = call;
	const failed = renew ? run.memory.failedJobs(itemIndex) : 0;
	return chosenKey(options, () =>
		run.memory.keyOf([itemIndex, path, failed].join(' '), call.origin(), () => {
			const scope = failed === 0 ? keyScope(call) : `${keyScope(call)}:after ${failed} failed`;
			// With "Same Input, Same Video" it does not matter which item it is.
			return idempotencyKey(scope, isSameInput(options) ? 0 : itemIndex, path, content);
		}),
	);
}

/**
 * Waits until all items of the run are checked, and makes sure that none of them has this item's own key for something
 * else.
 *
 * @param call the item
 * @param content what is asked for
 * @throws EngineError naming the items
 */
export async function passCheckpoint(call: Call, content: unknown): Promise<void> {
	const own = ownKey(call.options);
	const claim = own === undefined ? undefined : [call.account.id, call.path, own].join(' ');
	if (claim !== undefined) call.run.checkpoint.claim(claim, fingerprint(content), call.itemIndex);
	await call.passCheckpoint();
	if (claim !== undefined) call.run.checkpoint.checkClaim(claim, own as string);
}
