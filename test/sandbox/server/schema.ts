/** JSON Schema helpers: union branches picked by their tag, and readable validation errors. */
import type { ErrorObject } from 'ajv';
import type { Violation } from './errors';

/** A JSON Schema object as found in the contract. */
export type JsonSchema = { [keyword: string]: unknown };

const isSchema = (value: unknown): value is JsonSchema =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function constOf(branch: JsonSchema, property: string): unknown {
	const properties = isSchema(branch.properties) ? branch.properties : {};
	const schema = properties[property];
	return isSchema(schema) ? schema.const : undefined;
}

/** The required property that has a different constant in every branch, if there is one. */
function tagOf(branches: readonly JsonSchema[]): string | null {
	const [first] = branches;
	if (!first || !Array.isArray(first.required)) return null;
	const isTag = (name: string): boolean =>
		branches.every(
			(branch) =>
				Array.isArray(branch.required) &&
				branch.required.includes(name) &&
				typeof constOf(branch, name) === 'string',
		);
	return first.required.map(String).find(isTag) ?? null;
}

function defaultOf(branch: JsonSchema, property: string): unknown {
	const schema = isSchema(branch.properties) ? branch.properties[property] : undefined;
	return isSchema(schema) ? schema.default : undefined;
}

/**
 * Branches that only the default of a property tells apart, each with that default as a required constant.
 * As they stand, every value fits all of them, so that none fits exactly one.
 */
function pinned(branches: readonly JsonSchema[]): readonly JsonSchema[] {
	if (branches.length < 2) return branches;
	const names = Object.keys((branches[0]?.properties ?? {}) as JsonSchema);
	const tag = names.find((name) => {
		const defaults = branches.map((branch) => defaultOf(branch, name));
		return (
			defaults.every((value) => typeof value === 'string') && new Set(defaults).size === branches.length
		);
	});
	if (tag === undefined) return branches;
	return branches.map((branch) => ({
		...branch,
		required: [...(Array.isArray(branch.required) ? branch.required : []), tag],
		properties: { ...(branch.properties as JsonSchema), [tag]: { const: defaultOf(branch, tag) } },
	}));
}

function mapValues(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(mapValues);
	return isSchema(value) ? withDiscriminators(value) : value;
}

/**
 * A copy of the schema in which every union with a tag (`type`, `engine_type`) is decided by the tag alone.
 * Plain `oneOf` would report the errors of all branches; this reports those of the branch that was meant.
 */
export function withDiscriminators(schema: JsonSchema): JsonSchema {
	const copy: JsonSchema = {};
	for (const [keyword, value] of Object.entries(schema)) copy[keyword] = mapValues(value);
	if (!Array.isArray(copy.oneOf)) return copy;

	const branches = copy.oneOf.filter(isSchema);
	const plain = branches.filter((branch) => branch.type !== 'null');
	const objects = tagOf(plain) === null ? pinned(plain) : plain;
	const tag = tagOf(objects);
	if (tag === null) return copy;
	const nullable = objects.length < branches.length;
	return {
		...copy,
		type: nullable ? ['object', 'null'] : 'object',
		discriminator: { propertyName: tag },
		oneOf: objects,
	};
}

/** `/videos/3/script` → `videos[3].script`, with an optional last field name. */
function fieldPath(instancePath: string, last?: string): string {
	const names = instancePath
		.split('/')
		.slice(1)
		.map((name) => name.replace(/~1/g, '/').replace(/~0/g, '~'));
	if (last !== undefined) names.push(last);
	return names.reduce((path, name) => {
		if (/^\d+$/.test(name)) return `${path}[${name}]`;
		return path === '' ? name : `${path}.${name}`;
	}, '');
}

function allowedTags(error: ErrorObject, tag: string): string {
	const branches: unknown = error.parentSchema?.oneOf;
	return Array.isArray(branches)
		? branches.map((branch: JsonSchema) => String(constOf(branch, tag))).join(', ')
		: '';
}

function toViolation(error: ErrorObject): Violation {
	const params = error.params as Record<string, unknown>;
	switch (error.keyword) {
		case 'required': {
			const param = fieldPath(error.instancePath, String(params.missingProperty));
			return { param, message: `${param} is required` };
		}
		case 'additionalProperties': {
			const param = fieldPath(error.instancePath, String(params.additionalProperty));
			return { param, message: `${param} is not a known field` };
		}
		case 'discriminator': {
			const tag = String(params.tag);
			const param = fieldPath(error.instancePath, tag);
			return { param, message: `${param} must be one of ${allowedTags(error, tag)}` };
		}
		case 'enum': {
			const param = fieldPath(error.instancePath);
			const allowed = Array.isArray(params.allowedValues) ? params.allowedValues : [];
			return { param, message: `${param} must be one of ${allowed.map(String).join(', ')}` };
		}
		default: {
			const param = fieldPath(error.instancePath);
			return { param, message: `${param || 'the body'} ${error.message ?? 'is not valid'}` };
		}
	}
}

/** Ajv's errors as field path and message, in Ajv's order. */
export function toViolations(errors: readonly ErrorObject[]): Violation[] {
	return errors.map(toViolation);
}
