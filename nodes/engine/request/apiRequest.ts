import type { IDataObject } from 'n8n-workflow';

import type { Method } from './judgeReply';

/** One request to HeyGen's API, as the rest of the engine asks for it. */
export interface ApiRequest {
	method: Method;
	/** Path from the base URL on, complete: "/v3/videos/abc". */
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	/** A form instead of a body; made anew for every try, since a file in it is read once. `bytes` sizes the time-out. */
	form?: { make: () => { end(): Promise<void> }; bytes: number };
	/** Makes a POST safe to repeat (API reference, section Idempotency-Key). */
	idempotencyKey?: string;
	/**
	 * Whether a POST or PATCH does its work once however often it is sent. By default one with a key does; true says it of
	 * one without, and false of an endpoint that is not known to heed keys.
	 */
	repeatable?: boolean;
	/** Whether HeyGen makes it while it answers, so that its own word that it has failed says that nothing was made. */
	failsClearly?: boolean;
	/** Whether nothing is read from the answer, so that one without a body says all; to a DELETE it always does. */
	answerless?: boolean;
	/** Whether any JSON is an answer, with HeyGen's envelope or without: of an endpoint that nobody knows yet. */
	anyAnswer?: boolean;
	/** Whether not every HeyGen has the endpoint: that it is not there is an answer then, not an error. */
	mayBeMissing?: boolean;
	/** The lane of the job that the request may start, whose limit on running jobs it meets. */
	startsJob?: string;
	/**
	 * Looks for what the request may have made when its answer got lost, before it is sent again.
	 *
	 * @returns the record of what it has made, to stand for the answer
	 */
	lookUp?: () => Promise<IDataObject | undefined>;
	/** Told what becomes of the request. */
	doubt?: RequestWatch;
	/** What is being done, as "Could not …" continues it. */
	doing: string;
}

/** Whoever must know what may have come of a request. */
export interface RequestWatch {
	/** The request goes out now. */
	sent(): void;
	/** It is clear that this request has made nothing. An earlier one with the same key may have. */
	cleared(): void;
}

/** A successful answer. */
export interface ApiReply {
	statusCode: number;
	/** HeyGen's envelope: `data`, and for lists `has_more` and `next_token`. */
	body: { data?: unknown; has_more?: boolean; next_token?: string | null };
	/** The answer as it came, to a request with `anyAnswer`. */
	whole?: { body: unknown; headers: IDataObject };
	/** Whether an earlier try of the same request may have done the work already. */
	repeated: boolean;
	/** Whether there is nothing to delete, which an earlier try of the same delete may have done, or somebody else. */
	gone?: boolean;
	/** Whether the endpoint itself is not there. */
	missing?: boolean;
	/** When HeyGen answered, in Unix milliseconds by its own clock. */
	answeredAt: number;
}
