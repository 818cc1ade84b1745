import { isAboutFields } from '../../heygen/errors';
import { EngineError } from '../basics/errors';
import { withFieldRenamed } from '../basics/refusedField';
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
	return placeIn(error.details.param ?? '', itemsField)?.index;
}

/**
 * A refusal of a batch as it is told to the item that it is about: the message names the item's own field. Where the item
 * stands in the batch says nothing to the user, who knows no such list.
 *
 * @param error what creating the batch threw
 * @param itemsField the body field that holds the batch
 */
export function refusalOfItem(error: unknown, itemsField: string): unknown {
	if (!(error instanceof EngineError)) return error;
	return withFieldRenamed(error, (name) => placeIn(name, itemsField)?.field);
}

/** The place in a batch that a field of its request is at, and the rest of the field: 3 and "script". */
function placeIn(field: string, itemsField: string): { index: number; field: string } | undefined {
	const inside = field.replace(/^(body|\$)?[./]/, '');
	const [place, index] = inside.startsWith(itemsField) ? (/^[[./](\d+)\]?[./]?/.exec(inside.slice(itemsField.length)) ?? []) : [];
	if (place === undefined) return undefined;
	return { index: Number(index), field: inside.slice(itemsField.length + place.length) };
}
