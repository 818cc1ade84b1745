/** The error envelope of the API, and the exception handlers throw to answer with it. */

/** One disagreement between a request (or answer) and the contract. */
export interface Violation {
	/** Path of the field, such as `voice_settings.speed` or `videos[3].script`; empty for the body as a whole. */
	param: string;
	message: string;
}

/** Why an item of a batch came to nothing. */
export interface ItemError {
	code: string;
	message: string;
}

/** What a handler answers: an HTTP status, a JSON body and optional extra headers. */
export interface Reply {
	status: number;
	body: unknown;
	headers?: Record<string, string>;
}

/** Thrown anywhere in request handling; becomes an answer with HeyGen's error envelope. */
export class ApiError extends Error {
	/**
	 * @param status HTTP status.
	 * @param code HeyGen's error code in lower snake case.
	 * @param message text for people.
	 * @param options `param` names the field at fault, `retryAfter` is sent as the `Retry-After` header as it stands.
	 */
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly options: { param?: string; retryAfter?: number | string } = {},
	) {
		super(message);
	}

	/** The answer that stands for this error. */
	toReply(): Reply {
		const { param, retryAfter } = this.options;
		return {
			status: this.status,
			body: {
				error: {
					code: this.code,
					message: this.message,
					...(param ? { param } : {}),
					doc_url: `https://developers.heygen.com/docs/error-codes#${this.code.replace(/_/g, '-')}`,
				},
			},
			headers: retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) },
		};
	}
}

/** More violations than this in one message would only hide the first. */
const VIOLATIONS_IN_MESSAGE = 3;

/** A 400 `invalid_parameter` whose `param` is the first violation's and whose message names the first few. */
export function invalidParameter(violations: readonly Violation[]): ApiError {
	const shown = violations.slice(0, VIOLATIONS_IN_MESSAGE).map((violation) => violation.message);
	const rest = violations.length - shown.length;
	const message = shown.join('; ') + (rest > 0 ? ` (and ${rest} more)` : '');
	return new ApiError(400, 'invalid_parameter', message, { param: violations[0]?.param });
}
