import type { IDataObject } from 'n8n-workflow';

import { isNothing } from '../../heygen/values/reading';
import { EngineError, reworded, withDetails } from '../basics/errors';
import { settle } from '../basics/settle';
import { clientUntil } from '../request/send';
import { type Call, FailedPart, type Piece } from './call';
import { fingerprint } from './fingerprint';
import { ownKey } from './idempotency';

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
 * Lets an item ask for several things. When the node stops on errors, the first that fails ends the others as well: what
 * they have started goes on in HeyGen, and the run's error names it.
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
	const { client, context, run } = call;
	run.createCount += variants.length - 1;
	const end = new AbortController();
	const gathering = new Gathering(call, variants.length);
	const isOne = variants.length === 1;
	let stopped: unknown;
	const pieces = await Promise.all(
		variants.map(async (variant, place) => {
			const arrived = gathering.enter();
			const own: Call = {
				...call,
				...clientsUntil(call, end.signal),
				...(isOne ? {} : { options: { ...call.options, ...ownKeyOf(call, variant) } }),
				variant: { name: variant.name, place },
				passCheckpoint: async () => await gathering.pass(arrived),
			};
			const done = await settle(work(own, variant));
			// The others must not wait for one that has failed.
			arrived();
			if (done.ok) return done.value.map((piece) => saying(piece, variant));
			const error = about(done.error, variant, isOne);
			if (stopped === undefined && !context.continueOnFail()) {
				stopped = error;
				end.abort(error);
			}
			return [new FailedPart(error, own.variant)];
		}),
	);
	client.signal?.throwIfAborted();
	if (stopped !== undefined) throw stopped;
	return pieces.flat();
}

/** An item's clients, which also stop when a signal says so. */
function clientsUntil({ client, files }: Call, end: AbortSignal): Pick<Call, 'client' | 'files'> {
	const until = clientUntil(client, end);
	return { client: until, files: { ...files, client: until } };
}

/** HeyGen would answer all of them with what the first one makes, if they had the user's key in common. */
function ownKeyOf({ options }: Call, { name }: VariantRequest): IDataObject {
	const key = ownKey(options);
	return key === undefined ? {} : { idempotencyKey: `n8n-${fingerprint([key, name])}` };
}

/** Adds to an output item what HeyGen's record does not say. */
function saying(piece: Piece, { says }: VariantRequest): Piece {
	if (piece instanceof FailedPart) return piece;
	for (const [field, value] of Object.entries(says)) if (isNothing(piece.json[field])) piece.json[field] = value;
	return piece;
}

/** An error that says which of the things it is about, where the item asks for more than one. */
function about(error: unknown, { name, says }: VariantRequest, isOne: boolean): unknown {
	if (!(error instanceof EngineError)) return withDetails(error, { ...says }, name);
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
