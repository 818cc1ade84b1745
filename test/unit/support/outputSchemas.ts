/** The output schemas of the package, found as n8n finds them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { resolveOutputSchemaPath } from 'n8n-core/dist/nodes-loader/output-schema-resolver';
import { type OperationCase, PROJECT } from './walk';

/** What an operation puts out. */
export interface OutputSchema {
	type: string;
	properties: Record<string, object>;
}

/**
 * Where n8n looks for the schema of an operation. The editor takes no other version's for it.
 *
 * @param one the operation
 * @param version of its node
 */
export function schemaFile({ node, resource, operation }: OperationCase, version: number): string {
	const nodeDir = path.join(PROJECT, node.folder);
	return resolveOutputSchemaPath({ nodeDir, version, resource, operation }) ?? '';
}

/**
 * The schema of an operation's output items, without the number that n8n gives schemas.
 *
 * @param one the operation
 * @param version of its node
 * @throws Error when there is none
 */
export function schemaOf(one: OperationCase, version: number): OutputSchema {
	const { version: _n8n, ...schema } = JSON.parse(readFileSync(schemaFile(one, version), 'utf8')) as OutputSchema & { version: number };
	return schema;
}
