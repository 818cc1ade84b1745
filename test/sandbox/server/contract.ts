/** Checks requests and answers against `openapi.json`: routes, query parameters, JSON bodies, forms. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Violation } from './errors';
import { withLaterEventTypes } from '../webhooks/event-types';
import { type JsonSchema, toViolations, withDiscriminators } from './schema';

/** One operation of the contract, ready for matching and checking. */
export interface Operation {
	method: string;
	/** Path template as in the contract, e.g. `/v3/videos/{video_id}`. */
	template: string;
	/** Where a paged list keeps its items, `data` or `data.items`; null when the operation has no pages. */
	itemsPath: string | null;
	/** JSON body schema; null when the operation takes no JSON. */
	bodySchema: JsonSchema | null;
	bodyRequired: boolean;
	/** Schema of a multipart/form-data body; null when the operation takes no form. */
	formSchema: JsonSchema | null;
	/** Schemas of the query parameters by name. */
	query: Record<string, JsonSchema>;
	requiredQuery: string[];
	/** Answer schemas by HTTP status. */
	responses: Record<string, JsonSchema>;
	segments: string[];
}

/** Query as an URL gives it: a name given twice holds an array. */
export type RawQuery = Record<string, unknown>;

interface RawOperation {
	parameters?: Array<{ name: string; in: string; required?: boolean; schema: JsonSchema }>;
	requestBody?: { required?: boolean; content: Record<string, { schema: JsonSchema }> };
	responses: Record<string, { content?: Record<string, { schema: JsonSchema }> }>;
	'x-pagination'?: { items: string };
}
interface RawContract {
	paths: Record<string, Record<string, RawOperation>>;
	components: { schemas: Record<string, JsonSchema> };
}

const contract = JSON.parse(
	readFileSync(join(__dirname, '..', '..', 'contract', 'openapi.json'), 'utf8'),
	withLaterEventTypes,
) as RawContract;

const ajv = new Ajv2020({
	allErrors: true,
	verbose: true,
	strict: false,
	discriminator: true,
	logger: false,
	// Compiling costs more than checking the few bodies of a test: it takes half the time without a look for shorter code.
	code: { optimize: false },
});
addFormats(ajv);

const isParameter = (segment: string): boolean => segment.startsWith('{');

function toOperation(template: string, method: string, raw: RawOperation): Operation {
	const query = (raw.parameters ?? []).filter((parameter) => parameter.in === 'query');
	const json = raw.requestBody?.content['application/json'];
	const form = raw.requestBody?.content['multipart/form-data'];
	const responses = Object.entries(raw.responses).flatMap(([status, response]) => {
		const schema = response.content?.['application/json']?.schema;
		return schema ? [[status, schema] as const] : [];
	});
	return {
		method: method.toUpperCase(),
		template,
		itemsPath: raw['x-pagination']?.items ?? null,
		bodySchema: json?.schema ?? null,
		bodyRequired: json !== undefined && raw.requestBody?.required === true,
		formSchema: form?.schema ?? null,
		query: Object.fromEntries(query.map(({ name, schema }) => [name, schema])),
		requiredQuery: query.filter(({ required }) => required).map(({ name }) => name),
		responses: Object.fromEntries(responses),
		segments: template.split('/'),
	};
}

/** `/v3/videos/statuses` sorts before `/v3/videos/{video_id}`, so that the first match is the most specific. */
const specificity = (operation: Operation): string =>
	operation.segments.map((segment) => (isParameter(segment) ? '1' : '0')).join('');

/** All operations of the contract, the most specific templates first. */
export const operations: readonly Operation[] = Object.entries(contract.paths)
	.flatMap(([template, methods]) =>
		Object.entries(methods).map(([method, raw]) => toOperation(template, method, raw)),
	)
	.sort((a, b) => specificity(a).localeCompare(specificity(b)));

const operationsByShape = new Map<string, Operation[]>();
for (const operation of operations) {
	const shape = `${operation.method} ${operation.segments.length}`;
	operationsByShape.set(shape, [...(operationsByShape.get(shape) ?? []), operation]);
}

/** A request path recognised as an operation, with the decoded values of its path parameters. */
export interface MatchedOperation {
	operation: Operation;
	params: Record<string, string>;
}

function decodeSegment(segment: string): string | null {
	try {
		return decodeURIComponent(segment);
	} catch {
		return null;
	}
}

/**
 * Finds the operation a request is for.
 * @param method HTTP method, any case.
 * @param path path without query, concrete or a template.
 * @returns null when the contract has no such operation.
 */
export function matchOperation(method: string, path: string): MatchedOperation | null {
	const segments = path.split('/');
	const candidates = operationsByShape.get(`${method.toUpperCase()} ${segments.length}`) ?? [];
	for (const operation of candidates) {
		const params: Record<string, string> = {};
		const matches = operation.segments.every((expected, index) => {
			const actual = segments[index] ?? '';
			if (!isParameter(expected)) return expected === actual;
			const value = decodeSegment(actual);
			if (!value) return false;
			params[expected.slice(1, -1)] = value;
			return true;
		});
		if (matches) return { operation, params };
	}
	return null;
}

const VALIDATORS = Symbol.for('n8n-nodes-heygen-suite validators');
// Compiling is the expensive part, so each schema is compiled once in a process, when it is first needed.
// Jest loads this module anew for every test file.
const ofProcess = globalThis as { [VALIDATORS]?: Map<string, ValidateFunction> };
const validators = (ofProcess[VALIDATORS] ??= new Map<string, ValidateFunction>());

function check(name: string, schema: () => JsonSchema, value: unknown): Violation[] {
	let validate = validators.get(name);
	if (!validate) {
		validate = ajv.compile(withDiscriminators(schema()));
		validators.set(name, validate);
	}
	return validate(value) ? [] : toViolations(validate.errors ?? []);
}

function coerce(value: unknown, schema: JsonSchema | undefined): unknown {
	if (Array.isArray(value)) return value;
	const text = String(value);
	const isNumber = schema?.type === 'integer' || schema?.type === 'number';
	return isNumber && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/**
 * Checks a query against the operation.
 * @returns the values with numbers as numbers and defaults filled in, or the violations.
 */
export function checkQuery(
	operation: Operation,
	raw: RawQuery,
): { values: Record<string, unknown>; violations: Violation[] } {
	const values: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(raw)) {
		values[name] = coerce(value, operation.query[name]);
	}
	const schema = (): JsonSchema => ({
		type: 'object',
		additionalProperties: false,
		properties: operation.query,
		required: operation.requiredQuery,
	});
	const violations = check(`query ${operation.method} ${operation.template}`, schema, values);
	for (const [name, { default: fallback }] of Object.entries(operation.query)) {
		if (fallback !== undefined && values[name] === undefined) values[name] = fallback;
	}
	return { values, violations };
}

/** Checks a parsed JSON body against the operation; `undefined` stands for no body at all. */
export function checkBody(operation: Operation, body: unknown): Violation[] {
	const { bodySchema } = operation;
	if (!bodySchema) return [];
	if (body === undefined) {
		return operation.bodyRequired ? [{ param: '', message: 'a JSON body is required' }] : [];
	}
	return check(`body ${operation.method} ${operation.template}`, () => bodySchema, body);
}

/** Checks as little of a body as there is to it: that it is a JSON object, where one is required. */
export function checkAnyBody({ bodySchema, bodyRequired }: Operation, body: unknown): Violation[] {
	if (!bodySchema || (body === undefined && !bodyRequired)) return [];
	const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
	return isObject ? [] : [{ param: '', message: 'a JSON object is required as the body' }];
}

/** Checks which parts a form has. */
export function checkForm(operation: Operation, parts: ReadonlyArray<{ name: string }>): Violation[] {
	const { formSchema } = operation;
	if (!formSchema) return [];
	const schema = (): JsonSchema => ({ ...formSchema, additionalProperties: false });
	const fields = Object.fromEntries(parts.map(({ name }) => [name, '']));
	return check(`form ${operation.method} ${operation.template}`, schema, fields);
}

const noOperation = (method: string, path: string): Violation[] => [
	{ param: '', message: `the contract has no ${method.toUpperCase()} ${path}` },
];

/**
 * Checks a request without sending it.
 * @param path concrete path or template, without query.
 * @returns every violation; an empty list means the request fits the contract.
 */
export function validateAgainstContract(
	method: string,
	path: string,
	request: { query?: RawQuery; body?: unknown } = {},
): Violation[] {
	const matched = matchOperation(method, path);
	if (!matched) return noOperation(method, path);
	return [
		...checkQuery(matched.operation, request.query ?? {}).violations,
		...checkBody(matched.operation, request.body),
	];
}

/**
 * Checks an answer: 2xx against the operation's schema, anything else against the error envelope.
 * @returns every violation; a success status the contract does not list is one too.
 */
export function validateResponse(
	method: string,
	path: string,
	status: number,
	body: unknown,
): Violation[] {
	if (status >= 400) return check('error', () => contract.components.schemas['Error'] ?? {}, body);
	const matched = matchOperation(method, path);
	if (!matched) return noOperation(method, path);
	const { operation } = matched;
	const schema = operation.responses[String(status)];
	if (!schema) return [{ param: '', message: `the contract has no answer ${status}` }];
	return check(`answer ${status} ${operation.method} ${operation.template}`, () => schema, body);
}
