import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';

import { schemaFile, schemaOf } from '../support/outputSchemas';
import { actions, operationCases, PROJECT, versionsOf } from '../support/walk';

/**
 * n8n shows what an operation puts out before it has run, from a schema in a folder of the node's version. That the schemas
 * are true is in the engine test of the same name; those of triggers are in descriptionTriggers.test.ts.
 */

const cases = operationCases.flatMap((one) => versionsOf(one.node).map((version) => [`${one.title} ${version}`, one, version] as const));

it.each(cases)('%s has a schema of its output', (_title, one, version) => {
	expect(path.relative(PROJECT, schemaFile(one, version)).split(path.sep).slice(2, 4)).toEqual(['__schema__', `v${version.toFixed(1)}.0`]);
	const schema = schemaOf(one, version);
	expect(schema.type).toBe('object');
	expect(Object.keys(schema.properties).length).toBeGreaterThan(0);
	expect(new Ajv2020({ strict: true }).validateSchema(schema)).toBe(true);
});

it.each(actions.map((node) => [node.description.name, node] as const))('%s has no schema that nothing puts out', (_name, node) => {
	const folder = path.join(PROJECT, node.folder, '__schema__');
	const written = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
	const known = cases.filter(([, one]) => one.node === node).map(([, one, version]) => path.relative(folder, schemaFile(one, version)));
	expect(written.sort()).toEqual(known.sort());
	for (const file of written) expect(existsSync(path.join(folder, file))).toBe(true);
});
