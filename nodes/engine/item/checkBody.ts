import get from 'lodash/get';
import type { IDataObject } from 'n8n-workflow';
import type { ZodIssue, ZodTypeAny } from 'zod';

import { inputError } from '../basics/errors';
import { parameterName } from './body';

/**
 * Checks a request body and brings it into the API's form.
 *
 * @param schema the body's schema, from `heygen/schemas`
 * @param body as the parameters gave it, without empty values
 * @returns the body to send
 * @throws EngineError naming the first field that is not right, by its name in the editor
 */
export function checkBody(schema: ZodTypeAny, body: IDataObject): IDataObject {
	const result = schema.safeParse(body);
	if (result.success) return result.data as IDataObject;
	const issue = result.error.issues[0] as ZodIssue;
	const others = result.error.issues.length - 1;
	const missing = UNFIT.has(issue.code) && get(body, issue.path) === undefined;
	throw inputError(
		`${displayPath(issue)} ${missing ? 'is empty' : problem(issue)}`,
		others === 0 ? '' : `${others} more ${others === 1 ? 'field is' : 'fields are'} not right either.`,
	);
}

function displayPath(issue: ZodIssue): string {
	const path = [...issue.path];
	if (issue.code === 'unrecognized_keys' && issue.keys.length > 0 && path.length === 0) {
		path.push(issue.keys[0] as string);
	}
	const names = path.map((part) =>
		typeof part === 'number' ? `${part + 1}` : parameterName(part),
	);
	return `'${names.join(' → ')}'`;
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
