import type { INodeProperties } from 'n8n-workflow';

/**
 * The `routing` of a parameter that goes into the request's query.
 *
 * @param property of the query
 */
export function inQuery(property: string): NonNullable<INodeProperties['routing']> {
	return { send: { type: 'query', property } };
}

/**
 * The `routing` of an ID that is part of the request's path. Declarative routing cannot fill a path without an expression, so
 * IDs travel in the query up to the engine.
 *
 * @param apiName its placeholder in the path: "video_id"
 */
export function inPath(apiName: string): NonNullable<INodeProperties['routing']> {
	return inQuery(`{${apiName}}`);
}
