import get from 'lodash/get';
import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject } from 'n8n-workflow';
import type { ZodIssue, ZodTypeAny } from 'zod';

import { numeral } from '../../heygen/values/text';
import { inputError } from '../basics/errors';
import { filledPlace, placeName } from './body';

/**
 * Checks a request body and brings it into the API's form.
 *
 * @param schema the body's schema, from `heygen/schemas`
 * @param body as the parameters gave it, without empty values
 * @param names what the editor calls the places of the body
 * @returns the body to send
 * @throws EngineError naming the first field that is not right, by its name in the editor
 */
export function checkBody(
	schema: ZodTypeAny,
	body: IDataObject,
	names: ReadonlyMap<string, string>,
): IDataObject {
	const result = schema.safeParse(body);
	if (result.success) return result.data as IDataObject;
	const issue = result.error.issues[0] as ZodIssue;
	const others = result.error.issues.length - 1;
	const missing = UNFIT.has(issue.code) && get(body, issue.path) === undefined;
	const path = pathOf(issue);
	const given: unknown = get(body, path);
	const place = filledPlace(path, names, isPlainObject(given) ? Object.keys(given as IDataObject) : []);
	throw inputError(
		`'${placeName(place, names)}' ${missing ? 'is empty' : problem(issue)}`,
		others === 0 ? '' : `${numeral(others)} more ${others === 1 ? 'field is' : 'fields are'} not right either.`,
	);
}

function pathOf(issue: ZodIssue): ReadonlyArray<string | number> {
	if (issue.code !== 'unrecognized_keys' || issue.keys.length === 0 || issue.path.length > 0) return issue.path;
	return [issue.keys[0] as string];
}

/** What schemas say of a value that is not there, as of one of another type. */
const UNFIT: ReadonlySet<string> = new Set(['invalid_type', 'invalid_union']);

function problem(issue: ZodIssue): string {
	if (issue.code === 'invalid_union') return 'has a value of the wrong type';
	if (issue.code === 'unrecognized_keys' && issue.message.startsWith('Unrecognized')) {
		return 'is not a field of this request';
	}
	return issue.message;
}
