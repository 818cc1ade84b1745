import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import type { Account } from './account';
import type { ApiReply, ApiRequest } from './apiRequest';
import type { Line } from './pacing/gate';

/** Whoever counts what requests have met. */
export interface Tally {
	/** A request is sent again after a failure; told once for each request. */
	repeated(): void;
	/** HeyGen has refused a request because of its limits. */
	refusedByLimit(): void;
}

/** How requests go out: with which key, at what pace, and how long they wait. */
export interface Connection {
	/** Host and pace of its API key, and a count of the keys it has had. */
	readonly account: Pick<Account, 'baseUrl' | 'gate' | 'version'>;
	/** The node run the request belongs to; none when it stands alone. */
	readonly line?: Line;
	/** Counts what becomes of the run's requests. */
	readonly tally?: Tally;
	/** The most requests of the run at a time. */
	readonly most?: number;
	/** Whether it goes before others that wait: somebody sits before the editor, or a trigger waits. */
	readonly urgent?: boolean;
	/** Milliseconds for which HeyGen's limits may let no request of the kind through. */
	readonly queueTimeout: number;
	readonly signal?: AbortSignal;
	/** What to do about a request that no item has made: how to try again what may well succeed later. */
	readonly again?: string;
	/** Proxy, TLS and domain settings of the node, and its time-out when the user set one. */
	readonly transport: Partial<IHttpRequestOptions>;
	/** n8n's request helper, bound to the credential. It ends with `abortSignal`, and when n8n cancels the execution. */
	readonly request: (options: IHttpRequestOptions) => Promise<IN8nHttpFullResponse>;
	/** Reads the credential again after the key of a version was refused. @returns whether there is another key now */
	readonly renewKey?: (refused: number) => Promise<boolean>;
}

/** Whatever sends requests with the credential: an item of a node run, a picker in the editor, or a trigger. */
export interface Client extends Connection {
	/** Sends a request; see the function `send`. */
	send(request: ApiRequest): Promise<ApiReply>;
}
