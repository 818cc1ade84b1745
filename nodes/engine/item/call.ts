import type { IDataObject, IExecuteFunctions, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Order } from '../../heygen/prices/cost';
import type { Semaphore } from '../basics/semaphore';
import type { Account } from '../request/account';
import type { ApiRequest } from '../request/apiRequest';
import type { Client } from '../request/client';
import type { Method } from '../request/judgeReply';
import type { SentFields } from './parameters';
import type { Run } from './run';
import type { Asker } from './started';

/** Where files come from and go to, for an item of a run or the execution of a trigger. */
export interface FileStore {
	/** Its proxy, TLS and time-out settings hold for file hosts as well. */
	readonly client: Client;
	/** n8n's, which move files and keep them. */
	readonly helpers: Pick<IExecuteFunctions['helpers'], 'httpRequest' | 'prepareBinaryData' | 'getBinaryStream'>;
	/** How many files move at a time. */
	readonly slots: Semaphore;
}

/**
 * One of several things that one item asks for, each with a key, a result and an error of its own: the translation into one
 * language.
 */
export interface Variant {
	/** Tells it from the item's others: "Spanish (Spain)". */
	readonly name: string;
	/** Its place among them, from 0 on. */
	readonly place: number;
}

/** One item of one run, ready to send requests. */
export interface Call {
	readonly context: IExecutePaginationFunctions;
	readonly client: Client;
	readonly files: FileStore;
	readonly itemIndex: number;
	/** Which of several things that the item asks for this one is; absent where the item asks for one. */
	readonly variant?: Variant;
	readonly run: Run;
	/** Whose API key the item uses. */
	readonly account: Account;
	/** Says what the item orders; absent when nothing is paid for. */
	readonly cost?: OrderOf;
	/** The request that the operation's routing describes, with empty values removed. */
	readonly method: Method;
	readonly path: string;
	/** Ids in the path, by their names in the API: `video_id`. */
	readonly ids: Record<string, string>;
	readonly query: IDataObject;
	readonly body: IDataObject;
	/** The node's Options and Request Options, in one. */
	readonly options: IDataObject;
	/** What the editor calls the places of the body, for messages. */
	readonly names: ReadonlyMap<string, string>;
	/** Reads a parameter of this item. */
	parameter<T>(name: string, fallback: T): T;
	/** A hash of what the request is made from: run, parameters as they stand in the workflow, and input item. */
	origin(): string;
	/**
	 * The output items that pieces of it become.
	 *
	 * @throws the error of a part that failed, when the node stops on errors
	 */
	itemsOf(pieces: readonly Piece[]): INodeExecutionData[];
	/**
	 * To be called when the item's request has been checked and before it costs anything: waits until all items of the
	 * run are as far.
	 */
	passCheckpoint(): Promise<void>;
	/**
	 * To be called when the item has been read, where the items of a run are looked at together: waits until all of them
	 * have been read or have failed.
	 */
	meetOthers(): Promise<void>;
}

/**
 * Who has asked for something, for the records of a run.
 *
 * @param call the item, or one of its variants
 */
export function askerOf({ itemIndex, variant }: Pick<Call, 'itemIndex' | 'variant'>): Asker {
	return { item: itemIndex, ...(variant === undefined ? {} : { variant: variant.name }) };
}

/** What an operation does with an item. */
export type Handler = (call: Call) => Promise<Piece[]>;

/** One of several things that an item comes to, and that could not be had. The others are not lost for it. */
export class FailedPart {
	/**
	 * @param error what went wrong
	 * @param variant which of the things that the item asks for it is about; absent where the item asks for one
	 */
	constructor(
		readonly error: unknown,
		readonly variant?: Variant,
	) {}
}

/** Whether all that an item comes to is there. */
export function isWhole(pieces: readonly Piece[]): boolean {
	return !pieces.some((piece) => piece instanceof Parked);
}

/**
 * Names what is asked for within its run.
 *
 * @param call the item, or one of its variants
 * @returns "0", "0 Spanish (Spain)"
 */
export function slotOf({ itemIndex, variant }: Pick<Call, 'itemIndex' | 'variant'>): string {
	return variant === undefined ? String(itemIndex) : `${itemIndex} ${variant.name}`;
}

/** Stands for what is still to come when the execution sleeps until then. */
export class Parked {
	/** Without a field of its own, TypeScript takes any record for one. */
	readonly isToCome = true;
}

/** What an item comes to: output items, errors of parts, and what is still to come. */
export type Piece = INodeExecutionData | FailedPart | Parked;

/** The HTTP request of an operation, as routing takes it. `{video_id}` in a path stands for an id field. */
export interface OperationRequest {
	method: Method;
	url: string;
	/** Body fields that are always the same. */
	body?: IDataObject;
}

/** Whatever the engine must know of an operation to run it. */
export interface Work {
	readonly handler: Handler;
	/** Its parameters that go into requests, or say how, in a version of the node. */
	readonly fieldsAt: (version: number) => SentFields;
	/** Absent when the operation is local, or its parameters describe the request. */
	readonly request?: OperationRequest;
	/** What one item of it costs; absent when nothing is paid for. */
	readonly cost?: OrderOf;
}

/** What one item of a paid create is about to ask for. */
export interface Asked {
	readonly call: Call;
	/** Checked by its schema. */
	readonly body: IDataObject;
	/**
	 * Seconds that the file of a binary field plays for.
	 *
	 * @param place where the body has it: "audio_asset_id"
	 * @returns undefined when there is no such file, or its header does not say
	 */
	readonly secondsOf: (place: string) => number | undefined;
}

/** What an item orders, as far as that is known before it is made. */
export interface Ordered extends Order {
	/** How the length was found, for the estimate's formula: "152 words at 150 a minute". */
	how?: string;
	/** What is to be said of the rate, after the formula; not where the user has given the rate. */
	rateNote?: string;
}

/** Says what an item orders, from its checked body. To be declared in the operation's own file. */
export type OrderOf = (asked: Asked) => Ordered;

/** The request the routing describes, as `send` takes it. */
export function requestOf(call: Call): Omit<ApiRequest, 'doing'> {
	return {
		method: call.method,
		path: call.path,
		...(Object.keys(call.query).length === 0 ? {} : { query: call.query }),
		...(Object.keys(call.body).length === 0 ? {} : { body: call.body }),
	};
}
