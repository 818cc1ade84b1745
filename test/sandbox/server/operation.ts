/** The shape of a request handler, shared by all handler modules. */
import type { ApiKey } from './keys';
import type { Reply } from './errors';
import type { FormPart } from './multipart';
import type { World } from './world';

/** A request that has passed authentication and the contract. */
export interface Call {
	world: World;
	key: ApiKey;
	/** Decoded path parameters. */
	params: Record<string, string>;
	/** Checked query: numbers are numbers, defaults are filled in. */
	query: Record<string, unknown>;
	/** Checked JSON body; an empty object when the operation has none. */
	body: Record<string, unknown>;
	/** Parts of a form, checked for their names; empty when the operation takes none. */
	parts: readonly FormPart[];
	/** Unix milliseconds at which the request is processed. */
	now: number;
}

/**
 * Answers a call, or throws an ApiError. Synchronous, so that calls never interleave, unless it has to ask
 * somebody else first.
 */
export type Handler = (call: Call) => Reply | Promise<Reply>;

/** Handlers by `METHOD /path-template`. */
export type Handlers = Record<string, Handler>;

/** A 200 answer. */
export const ok = (body: unknown): Reply => ({ status: 200, body });

/** Unix milliseconds in the unit of most of the API. */
export const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1_000);

/** Unix milliseconds as webhooks and their events tell the time. */
export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();
