/** What n8n's AI builder is told of the nodes, besides what people read. */
import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import manifest from '../../../package.json';
import { nodes as walked } from '../support/walk';

const nodes = walked.map(({ description }) => [description.name, description] as const);
const names = nodes.map(([name]) => `${manifest.name}.${name}`);

/** Everything that is told, with where. */
function hintsOf({ builderHint, properties }: INodeTypeDescription): string[] {
	const ofProperties = (all: readonly INodeProperties[]): string[] =>
		all.flatMap((property) => [
			property.builderHint?.propertyHint ?? '',
			...(property.options ?? []).flatMap((option) => {
				const own = 'builderHint' in option ? (option.builderHint?.propertyHint ?? '') : '';
				return [own, ...('type' in option ? ofProperties([option]) : []), ...('values' in option ? ofProperties(option.values) : [])];
			}),
		]);
	const related = (builderHint?.relatedNodes ?? []).map(({ relationHint }) => relationHint);
	return [builderHint?.searchHint ?? '', ...related, ...ofProperties(properties)].filter((hint) => hint !== '');
}

describe.each(nodes)('%s', (_name, description) => {
	it('tells when to choose it, and which of the other nodes go with it', () => {
		expect(description.builderHint?.searchHint).toMatch(/\w+/);
		const related = (description.builderHint?.relatedNodes ?? []).map(({ nodeType }) => nodeType);
		expect(related.length).toBeGreaterThan(0);
		expect(names).toEqual(expect.arrayContaining(related));
		expect(related).not.toContain(`${manifest.name}.${description.name}`);
	});

	it('holds no hint on the lists of resources and operations, with which n8n would not load it', () => {
		for (const { name, builderHint } of description.properties) {
			if (name === 'resource' || name === 'operation') expect(builderHint).toBeUndefined();
		}
	});

	it('names no expression that n8n would evaluate, and no connection of agents', () => {
		for (const hint of hintsOf(description)) expect(hint).not.toMatch(/=\{\{|\bai_\w/);
	});
});
