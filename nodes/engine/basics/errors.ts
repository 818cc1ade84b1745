import pickBy from 'lodash/pickBy';
import { type INode, type JsonObject, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { trimEndOf } from '../../heygen/values/text';
import { itemInWords } from './itemNumbers';

/** What an error carries on to the error output, besides its message. */
export interface ErrorDetails {
	/** HTTP status as text, e.g. "402"; absent for checks made before a request. */
	httpCode?: string;
	/** HeyGen's error code, e.g. `insufficient_credit`. */
	code?: string;
	/** HeyGen's own words. */
	heyGenMessage?: string;
	/** The request field HeyGen objects to. */
	param?: string;
	requestId?: string;
	docUrl?: string;
	/** Id of the job that failed or is still running, under the name of its kind (`video_id`). */
	[idField: string]: unknown;
}

/**
 * An outcome that is told to the user. The engine throws only these; `toNodeError` turns them into n8n's errors at
 * the one place where a request's life ends.
 */
export class EngineError extends Error {
	/** Without those that are empty. */
	readonly details: ErrorDetails;

	constructor(
		/** What happened: a sentence naming the field or the job. No identifiers in capitals, n8n rewrites those. */
		message: string,
		/** What to do about it. */
		readonly advice: string,
		details: ErrorDetails = {},
		/** `input`: found before any request was made. */
		readonly kind: 'input' | 'api' = 'api',
	) {
		super(message);
		this.details = pickBy(details, (value) => value !== undefined && value !== '');
	}
}

/** A check of a run as a whole that failed before anything was sent. No single item is at fault, so none is named. */
export class RunRefusal extends EngineError {
	/** Parameters as for `EngineError`. */
	constructor(message: string, advice: string, details: ErrorDetails = {}) {
		super(message, advice, details, 'input');
	}
}

/**
 * An error in other words. It stays of its class, such as a job that has failed: whoever catches it goes by that.
 *
 * @param error any; it is not changed, since items that share a request share its error
 * @param words what is said otherwise
 */
export function reworded<E extends EngineError>(error: E, words: Partial<Pick<EngineError, 'message' | 'advice' | 'details'>>): E {
	const { message = error.message, advice = error.advice, details = error.details } = words;
	const copy = new EngineError(message, advice, details, error.kind);
	return Object.setPrototypeOf(copy, Object.getPrototypeOf(error) as object) as E;
}

/** A check that failed before anything was sent. */
export function inputError(message: string, advice = ''): EngineError {
	return new EngineError(message, advice, {}, 'input');
}

/**
 * What went wrong in the first place: a request whose body could not be read fails with the request helper's error
 * around ours.
 *
 * @param error what a request threw
 */
export function causeOf(error: unknown): unknown {
	let inner: unknown = error;
	for (let depth = 0; depth < DEPTH_MAX; depth++) {
		if (inner instanceof EngineError) return inner;
		inner = (inner as { cause?: unknown } | null | undefined)?.cause;
	}
	return error;
}

/** Helpers that put their own errors around those of others. */
const DEPTH_MAX = 5;

/**
 * A copy of an error that also says which job or batch it is about. A copy, since items that share a request share its
 * error; of the same class, when it is one of ours.
 *
 * @param error whatever was thrown
 * @param details added to those it has, which win
 * @param named put behind the message, unless its last word is in there already
 */
export function withDetails(error: unknown, details: ErrorDetails, named: string): EngineError {
	const { message } = error as Error;
	const known = message.includes(named.slice(named.lastIndexOf(' ') + 1));
	const text = known ? message : `${message} (${named})`;
	return error instanceof EngineError
		? reworded(error, { message: text, details: { ...details, ...error.details } })
		: new EngineError(text, 'What was started in HeyGen goes on and is not lost.', details);
}

/** Removes the full stop at the end of a sentence that is put into another one. */
export function trimDot(text: string): string {
	return trimEndOf(text, '. \t\r\n');
}

/**
 * Turns whatever ended an item into n8n's error.
 *
 * @param node the node that ran
 * @param error an EngineError, or anything else that was thrown
 * @param itemIndex the item it happened to, if to one
 * @returns NodeOperationError for checks before a request, else NodeApiError; both carry `context.details`
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (!(error instanceof EngineError)) {
		// Errors of n8n's own helpers (credentials, binary store) already speak to the user. Those of requests drag the
		// request along, with the API key in its headers; only their words go on.
		if (isNodeError(error) && !carriesRequest(error)) {
			error.context.itemIndex ??= itemIndex;
			return error;
		}
		const { message, description } = error as { message: string; description?: string | null };
		const wrapped = new NodeOperationError(node, aboutItem(message, itemIndex), {
			itemIndex,
			description: description ?? undefined,
		});
		return withQuietIndex(wrapped);
	}
	const message = error instanceof RunRefusal ? error.message : aboutItem(error.message, itemIndex);
	const nodeError =
		error.kind === 'input'
			? new NodeOperationError(node, message, { itemIndex })
			: new NodeApiError(node, { message } as JsonObject, {
					message,
					itemIndex,
					httpCode: error.details.httpCode ?? 'none',
				});
	// The constructor replaces messages that happen to contain a system error's name; ours says more.
	nodeError.message = message;
	nodeError.description = describe(error);
	nodeError.context.details = error.details;
	return withQuietIndex(nodeError);
}

function aboutItem(message: string, itemIndex: number | undefined): string {
	return itemIndex === undefined ? message : `${message} (${itemInWords(itemIndex)})`;
}

/**
 * Keeps n8n's index of the item out of what n8n saves of the error. The editor would put the index behind the message, and
 * counts from 0: "(item 2) [item 1]".
 */
function withQuietIndex<E extends NodeApiError | NodeOperationError>(error: E): E {
	const { itemIndex } = error.context;
	Object.defineProperty(error.context, 'itemIndex', { value: itemIndex, enumerable: false, writable: true, configurable: true });
	return error;
}

/** Advice first, then the facts that HeyGen's support will ask for. */
function describe(error: EngineError): string {
	const { code, requestId, docUrl } = error.details;
	const facts = [
		code === undefined ? '' : `HeyGen code: ${code}`,
		requestId === undefined ? '' : `Request ID: ${requestId}`,
		docUrl === undefined ? '' : docUrl,
	].filter((fact) => fact !== '');
	// The editor shows all lines as one: the brackets tell where the facts end.
	const inBrackets = facts.length === 0 ? '' : `(${facts.join(' · ')})`;
	return [error.advice, inBrackets].filter((part) => part !== '').join('\n');
}

function carriesRequest(error: Error): boolean {
	return typeof error.cause === 'object' && error.cause !== null && 'config' in error.cause;
}

function isNodeError(error: unknown): error is NodeApiError | NodeOperationError {
	// By name: with a linked development checkout there are two copies of n8n-workflow.
	const name = (error as { constructor?: { name?: string } } | null)?.constructor?.name;
	return name === 'NodeApiError' || name === 'NodeOperationError';
}
