import { isAboutFields } from '../../heygen/errors';
import { EngineError } from '../basics/errors';
import { isSuccess } from '../request/judgeReply';

/** Statuses of refusals that can be about one thing in a batch, besides those about its fields. */
const ABOUT_ONE: ReadonlySet<string | undefined> = new Set(['402', '403', '404']);

/**
 * The place in a batch that its refusal names, as in "videos[3].script", "videos.3.script" or "body.videos.3.script". A
 * refusal that leaves open what an earlier try has made names none: the rest must not be made anew.
 *
 * @param error what creating the batch threw
 * @param itemsField the body field that holds the batch
 * @param mayExist whether an earlier try may have made the batch; only a refusal of its fields would have met that one too
 * @returns undefined when it names none
 */
export function culpritIndex(error: unknown, itemsField: string, mayExist = false): number | undefined {
	if (!(error instanceof EngineError) || error.details.mayExist === true) return undefined;
	const { httpCode } = error.details;
	const isContent = isAboutFields(Number(httpCode)) || isSuccess(Number(httpCode));
	if (!isContent && (mayExist || !ABOUT_ONE.has(httpCode))) return undefined;
	const param = (error.details.param ?? '').replace(/^(body|\$)?[./]/, '');
	const index = param.startsWith(itemsField) ? /^[[./](\d+)/.exec(param.slice(itemsField.length))?.[1] : undefined;
	return index === undefined ? undefined : Number(index);
}
