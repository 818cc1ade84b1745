import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { IDEMPOTENCY_KEY_PATTERN } from '../../heygen/limits';
import { readLabel } from '../../heygen/values/plain';
import { shown, slugOf } from '../../heygen/values/text';
import { type EngineError, inputError } from '../basics/errors';
import { pause } from '../basics/timing';
import { type Call, slotOf } from './call';
import { fingerprint } from './fingerprint';
import { taken } from './given';
import type { Keyed } from './started';

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
		'Use the ID of a row or an order, for example.',
	);
}

/**
 * The key that the options choose.
 *
 * @param options the node's options
 * @param automatic makes the key when the user gives none
 * @param own the user's own key, as it is sent
 * @returns undefined when the user switched it off
 * @throws EngineError when the user's own key has a form HeyGen does not accept
 */
export function chosenKey(options: IDataObject, automatic: () => string, own = ownKey(options)): string | undefined {
	return options.sendIdempotencyKey === false ? undefined : (own ?? automatic());
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
	const slot = slotOf(call);
	const failed = renew ? run.memory.failedJobs(slot) : 0;
	const automatic = (): string =>
		run.memory.keyOf([slot, path, failed].join(' '), call.origin(), () => {
			const scope = failed === 0 ? keyScope(call) : `${keyScope(call)}:after ${failed} failed`;
			// With "Same Input, Same Video" it does not matter which item it is.
			return idempotencyKey(scope, isSameInput(options) ? 0 : itemIndex, path, content);
		});
	return chosenKey(options, automatic, sentOwnKey(call, failed));
}

/** Characters of a variant's name in a key. */
const NAME_LENGTH = 40;

/**
 * The user's own key as it is sent. Of an item that asks for several things each has a key of its own, made of the user's
 * and its name: HeyGen would answer all of them with what the first one makes. One that has failed gets another one.
 *
 * @param call the item, or one of its variants
 * @param failed how often HeyGen could not finish it
 */
function sentOwnKey({ options, variant }: Call, failed: number): string | undefined {
	const key = ownKey(options);
	if (key === undefined || variant === undefined) return key;
	// The hash tells names apart that are written alike.
	const name = [slugOf(variant.name).slice(0, NAME_LENGTH), fingerprint(variant.name).slice(0, 6)].join('.');
	const own = [key, name, ...(failed === 0 ? [] : [failed + 1])].join(':');
	return IDEMPOTENCY_KEY_PATTERN.test(own) ? own : `n8n-${fingerprint(own)}`;
}

/**
 * The key of an item's create, with the place where it counts. A key that the node has made names the run and the path
 * already; it does not name the account, since an API key that is renewed before a retry by hand is another one.
 *
 * @param call the item
 * @param path the endpoint
 * @param key as `itemKey` has it
 * @returns nothing without a key
 */
export function keyedAt(call: Call, path: string, key: string | undefined): Keyed {
	if (key === undefined) return {};
	const account = ownKey(call.options) === undefined ? '' : call.account.id;
	return { key, place: fingerprint([account, 'POST', path]) };
}

/** An item's own key: what it counts for, how the user knows it, and what it is to make. */
interface OwnClaim {
	name: string;
	key: string;
	content: string;
}

function ownClaim(call: Call, content: unknown): OwnClaim | undefined {
	const key = ownKey(call.options);
	if (key === undefined) return undefined;
	return { name: fingerprint([call.account.id, call.path, sentOwnKey(call, 0)]), key, content: fingerprint(content) };
}

/**
 * Waits until all items of the run are checked, and makes sure that neither one of them nor an earlier run of the node in
 * the execution has this item's own key for something else.
 *
 * @param call the item
 * @param content what is asked for
 * @throws EngineError naming the items, or the key
 */
export async function passCheckpoint(call: Call, content: unknown): Promise<void> {
	const { checkpoint, memory } = call.run;
	if (isSameInput(call.options) && call.options.sendIdempotencyKey === false) {
		throw inputError(
			"'Same Input, Same Video' needs 'Send Idempotency Key'",
			'HeyGen recognizes a video by its key: switch the first option off, or the second one on.',
		);
	}
	const own = ownClaim(call, content);
	if (own !== undefined) {
		checkpoint.claim(own.name, own.content, call.itemIndex);
		if (memory.isTaken(own.name, own.content)) throw takenBefore(own.key);
	}
	await call.passCheckpoint();
	if (own !== undefined) checkpoint.checkClaim(own.name, own.key);
	if (!checkpoint.hasConflict()) return;
	// Those that share a key fail in this moment. If that stops the node, nothing may be sent any more.
	await pause(0, call.client.signal);
	call.client.signal?.throwIfAborted();
}

function takenBefore(key: string): EngineError {
	return inputError(
		`'Idempotency Key' is "${key}", with which an earlier run of this node in this execution has made something else`,
		'HeyGen would answer with that again. In a loop, or as a tool of an AI agent, use another key each time, such as the ID of the row, or leave the field empty.',
	);
}

/**
 * Whether an earlier request of the execution had the item's own key for the same: it has made something, or may have.
 *
 * @param call the item
 * @param content what is asked for
 */
export function isKeptClaim(call: Call, content: unknown): boolean {
	const own = ownClaim(call, content);
	return own !== undefined && call.run.memory.hasTaken(own.name, own.content);
}

/**
 * Remembers, for later runs of the node in the execution, what the item's own key has been used for. To be called when
 * it has made something, or may have.
 *
 * @param call the item
 * @param content what was asked for
 * @throws EngineError when another call of an AI agent, made at once, has had the key for something else: HeyGen has
 *   answered with that one
 */
export function keepClaim(call: Call, content: unknown): void {
	const own = ownClaim(call, content);
	if (own === undefined) return;
	if (call.run.memory.isTaken(own.name, own.content)) throw takenBefore(own.key);
	call.run.memory.takeKey(own.name, own.content);
}
