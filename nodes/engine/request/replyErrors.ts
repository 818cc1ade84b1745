import { adviceOn, isOfPlan, readHeyGenError, refusalWords } from '../../heygen/errors';
import { EngineError, type ErrorDetails, trimDot } from '../basics/errors';
import { refusedField } from '../basics/refusedField';
import { isUnclear } from './judgeReply';

/** The parts of an HTTP answer that errors are read from. */
export interface FailedReply {
	statusCode: number;
	body: unknown;
	headers: Record<string, unknown>;
	/** The request's path. */
	path?: string;
}

/**
 * Describes an answer of HeyGen that is not a success.
 *
 * @param doing what was tried, as "Could not …" continues it: "create the video"
 * @param reply HeyGen's answer
 * @param advice what to do about it; by default what the status and HeyGen's code suggest
 * @param more further details
 */
export function replyError(
	doing: string,
	reply: FailedReply,
	advice?: string,
	more: ErrorDetails = {},
): EngineError {
	const error = readHeyGenError(reply.body);
	const requestId = reply.headers['x-request-id'];
	const where = error.param === undefined || isOfPlan(reply.statusCode, error, reply.path) ? '' : refusedField(error.param);
	const words = refusalWords(error, reply.path);
	const said = words === '' ? `HTTP status ${reply.statusCode}` : words;
	return new EngineError(
		`Could not ${doing}: ${trimDot(said)}${where}`,
		advice ?? adviceOn(reply.statusCode, reply.body, reply.path),
		{
			httpCode: String(reply.statusCode),
			code: error.code,
			heyGenMessage: error.message,
			param: error.param,
			requestId: typeof requestId === 'string' ? requestId : undefined,
			docUrl: error.docUrl,
			...more,
		},
	);
}

/**
 * Whether the same request may well succeed later: no answer, an unreadable one, a 429, or a status that is no word of
 * HeyGen's about the request.
 *
 * @param error what `send` threw
 */
export function isTransient(error: unknown): boolean {
	if (!(error instanceof EngineError) || error.kind === 'input') return false;
	const status = Number(error.details.httpCode ?? 0);
	return status === 0 || status === 429 || isUnclear(status);
}
