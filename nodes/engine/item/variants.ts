import type { IDataObject } from 'n8n-workflow';

import { isNothing } from '../../heygen/values/reading';
import { EngineError, reworded } from '../basics/errors';
import { settle } from '../basics/settle';
import { clientUntil } from '../request/send';
import { type Call, FailedPart, isWhole, Parked, type Piece, slotOf } from './call';

/** Several things that one item asks for. Each goes its own way, from its key to its output item or error item. */

/** One of them. */
export interface VariantRequest {
	/** Tells it from the others: "Spanish (Spain)". */
	name: string;
	/** What its output and its error say of it, where HeyGen does not: `{ output_language: 'Spanish (Spain)' }`. */
	says: IDataObject;
	/** The fields of the body that are its own. */
	body: IDataObject;
}

/**
 * Lets an item ask for several things. When the node stops on errors, the first that fails stops the run at once: what has
 * been started goes on in HeyGen, and the error names it.
 *
 * @param call the item
 * @param variants what it asks for, each with a name of its own
 * @param work asks for one of them; it is given that one's part of the item
 * @returns what they come to, in their order
 * @throws what has gone wrong first, when the node stops on errors
 */
export async function eachVariant(
	call: Call,
	variants: readonly VariantRequest[],
	work: (own: Call, variant: VariantRequest) => Promise<Piece[]>,
): Promise<Piece[]> {
	const { client, context, itemIndex, run } = call;
	run.createCount += variants.length - 1;
	run.parking.expand(slotOf(call), variants.length);
	const gathering = new Gathering(call, variants.length);
	let stopped: unknown;
	const pieces = await Promise.all(
		variants.map(async (variant, place) => {
			const arrived = gathering.enter();
			const { name, says } = variant;
			const own: Call = { ...call, ...ownClients(call), variant: { name, place }, passCheckpoint: async () => await gathering.pass(arrived) };
			const done = await settle(work(own, variant));
			// The others must not wait for one that has failed.
			arrived();
			run.parking.rest(slotOf(own));
			if (done.ok) return done.value.map((piece) => saying(piece, says));
			const error = about(done.error, variant, variants.length === 1);
			if (!context.continueOnFail() && !run.stop.signal.aborted) {
				stopped = error;
				run.stopper = { item: itemIndex, variant: name };
				// No error of ours: it would say of the others that they have failed, and are not charged.
				run.stop.abort(new Error('Another job of the item has failed'));
			}
			return [new FailedPart(error, own.variant)];
		}),
	);
	if (stopped !== undefined) throw stopped;
	client.signal?.throwIfAborted();
	return pieces.every(isWhole) ? pieces.flat() : parked(call, variants, pieces);
}

/** An item of which a part is still to come. The execution remembers the others while it sleeps. */
function parked(call: Call, variants: readonly VariantRequest[], pieces: readonly Piece[][]): Piece[] {
	const { itemIndex, run } = call;
	run.parking.sleepers.keepParts(itemIndex, call.origin(), variants.map(({ name, says }) => ({ name, says })));
	pieces.forEach((own, place) => {
		if (!isWhole(own)) return;
		const slot = slotOf({ itemIndex, variant: { name: (variants[place] as VariantRequest).name, place } });
		run.parking.keepEnded(slot, call.origin, call.itemsOf(own), own.some((piece) => piece instanceof FailedPart));
	});
	return [new Parked()];
}

/** An item's clients with a signal of their own: Node.js warns when many wait on one. */
function ownClients({ client, files }: Call): Pick<Call, 'client' | 'files'> {
	const { signal } = client;
	const own = signal === undefined ? client : clientUntil(client, signal);
	return { client: own, files: { ...files, client: own } };
}

/**
 * Adds to an output item what HeyGen's record does not say.
 *
 * @param piece the item; it is changed
 * @param says fields and their values
 */
export function saying(piece: Piece, says: IDataObject): Piece {
	if (piece instanceof FailedPart || piece instanceof Parked) return piece;
	for (const [field, value] of Object.entries(says)) if (isNothing(piece.json[field])) piece.json[field] = value;
	return piece;
}

/** An error that says which of the things it is about, where the item asks for more than one. */
function about(error: unknown, { name, says }: VariantRequest, isOne: boolean): unknown {
	// Errors of n8n's own say what they are about.
	if (!(error instanceof EngineError)) return error;
	const message = isOne || error.kind === 'input' ? error.message : `${name}: ${error.message}`;
	return reworded(error, { message, details: { ...says, ...error.details } });
}

/** Brings the variants of an item together before the item passes the checkpoint: none is paid for until all are checked. */
class Gathering {
	private open!: () => void;
	private readonly opened = new Promise<void>((resolve) => {
		this.open = resolve;
	});
	private passing?: Promise<void>;

	/**
	 * @param call the item
	 * @param missing how many are still to come
	 */
	constructor(
		private readonly call: Call,
		private missing: number,
	) {}

	/** One begins. @returns to be called when it is checked, or has ended; calls after the first do nothing */
	enter(): () => void {
		let hasCome = false;
		return () => {
			if (hasCome) return;
			hasCome = true;
			this.missing--;
			if (this.missing === 0) this.open();
		};
	}

	/** One is checked. @param arrived what `enter` gave */
	async pass(arrived: () => void): Promise<void> {
		arrived();
		await this.opened;
		await (this.passing ??= this.call.passCheckpoint());
	}
}
