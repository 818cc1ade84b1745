import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { toNodeError } from '../../engine/basics/errors';
import { settle } from '../../engine/basics/settle';

/**
 * What the editor shows of a list that cannot be read: n8n takes the reason, what to do about it, and whether the credential is
 * to blame out of its own errors alone.
 *
 * Only for the lists of pickers. Of the same errors n8n 2.41 shows "[object Object]" where a drop-down list cannot be read, and
 * the words of any other error.
 *
 * @param context the list's context
 * @param work reads it
 * @throws n8n's error, without an item
 */
export async function toldInEditor<T>(context: ILoadOptionsFunctions, work: Promise<T>): Promise<T> {
	const done = await settle(work);
	if (done.ok) return done.value;
	throw toNodeError(context.getNode(), done.error);
}
