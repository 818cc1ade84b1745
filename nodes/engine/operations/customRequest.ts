import isEmpty from 'lodash/isEmpty';
import type { IDataObject } from 'n8n-workflow';

import { readApiPath } from '../../heygen/values/apiPath';
import { readJsonRecord } from '../../heygen/values/jsonRecord';
import { readQuery } from '../../heygen/values/query';
import { shown } from '../../heygen/values/text';
import { EngineError, inputError, reworded } from '../basics/errors';
import type { Call } from '../item/call';
import { CUSTOM_LABELS } from '../item/customFields';
import { taken } from '../item/given';
import type { ApiRequest } from '../request/apiRequest';
import type { Method } from '../request/judgeReply';

/** Requests that a user describes, to whatever HeyGen's API has. */

/** Methods that carry a body. HeyGen has no DELETE with one yet. */
export const METHODS_WITH_BODY = ['POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly Method[];

/**
 * Reads the request that an item describes by its parameters `path`, `query` and `body`.
 *
 * @param call the item
 * @param method the request's
 * @throws EngineError naming the parameter that cannot be read, or two that say different things
 */
export function customRequest(call: Call, method: Method): Omit<ApiRequest, 'doing'> {
	const { path, query } = addressOf(call);
	const body = bodyOf(call, method);
	return {
		method,
		path,
		...(isEmpty(query) ? {} : { query }),
		...(body === undefined ? {} : { body }),
		anyAnswer: true,
	};
}

function addressOf(call: Call): { path: string; query: IDataObject } {
	const address = taken(CUSTOM_LABELS.path, readApiPath(call.parameter<unknown>('path', ''), call.account.baseUrl));
	if (address === undefined) {
		throw inputError(
			`'${CUSTOM_LABELS.path}' is empty`,
			"Give a path of HeyGen's API, such as /v3/videos. An expression that finds nothing gives an empty path.",
		);
	}
	const query = taken(CUSTOM_LABELS.query, readQuery(call.parameter<unknown>('query', ''))) ?? {};
	for (const [name, value] of Object.entries(address.query)) {
		if (!Object.hasOwn(query, name) || query[name] === value) continue;
		throw inputError(
			`'${CUSTOM_LABELS.path}' has ${name}=${shown(value)}, but '${CUSTOM_LABELS.query}' has ${shown(query[name])} for it`,
			'Remove one of the two.',
		);
	}
	return { path: address.path, query: { ...address.query, ...query } };
}

/** What is sent is what was given, empty values included; nothing given is no body. */
function bodyOf(call: Call, method: Method): IDataObject | undefined {
	const body = taken(CUSTOM_LABELS.body, readJsonRecord(call.parameter<unknown>('body', ''))) as IDataObject | undefined;
	if (method === 'GET') {
		if (isEmpty(body)) return undefined;
		throw inputError(
			`'${CUSTOM_LABELS.body}' is ${shown(body)}, but a GET has no body`,
			`Put the fields into '${CUSTOM_LABELS.query}', or choose another '${CUSTOM_LABELS.method}'.`,
		);
	}
	// The parameter's own default is a record with nothing in it.
	return method === 'DELETE' && isEmpty(body) ? undefined : body;
}

/**
 * The error of such a request, with what to do about a path that is not there. Where HeyGen misses something else, such as
 * an avatar that the body names, nothing is said of the path.
 *
 * @param error what the request threw
 * @param request the request
 */
export function aboutPath(error: unknown, { method, path }: Pick<ApiRequest, 'method' | 'path'>): unknown {
	if (!(error instanceof EngineError) || !['404', '405'].includes(String(error.details.httpCode))) return error;
	if (error.details.param !== undefined || !isOfPath(error.details.code ?? '', path)) return error;
	const advice = `Check '${CUSTOM_LABELS.path}': HeyGen has nothing at ${path} for ${method}, or not for this account.`;
	return reworded(error, { advice: `${advice} ${error.advice}`.trim() });
}

/** What is missing by HeyGen's code: "avatar" of avatar_not_found. */
const MISSING = /^([a-z_]{1,60})_not_(?:found|available)$/;

/** Codes that say of no kind of thing that it is missing. */
const ANYTHING = ['resource', 'path', 'route', 'endpoint', 'url', 'page', 'method'];

/** Words of paths, which are no IDs. */
const WORD = /^[a-z]+(-[a-z]+){0,5}$/;

/** Whether what is missing can be what a path names: its kind stands in the path, with an ID behind it. */
function isOfPath(code: string, path: string): boolean {
	const [, missing] = MISSING.exec(code) ?? [];
	if (missing === undefined || ANYTHING.includes(missing)) return true;
	const parts = path.split('/').slice(2);
	return parts.some((part, at) => {
		const kind = part.replace(/s$/, '').replaceAll('-', '_');
		return WORD.test(part) && `_${missing}_`.includes(`_${kind}_`) && parts.slice(at + 1).some((behind) => !WORD.test(behind));
	});
}
