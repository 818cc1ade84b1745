import { errorSections } from '../../docs/errors';
import { operationSections } from '../../docs/operations';
import { cellsIn, documentText, sectionIn } from '../../docs/sections';
import { actions, operationCases, sourceFiles, triggers } from '../support/walk';

/** Parts of the documents that come from the code. Those about the rooms are in architecture.test.ts. */

it.each([...operationSections(), ...errorSections()].map((section) => [section.file, section.name, section] as const))(
	'%s, section %s, is what `npm run docs` writes',
	(file, name, { text }) => {
		expect(sectionIn(file, name)).toBe(text);
	},
);

/** The resource's name in the editor. */
const resourceName = (node: string, value: string) =>
	actions
		.find(({ description }) => description.name === node)
		?.resources.find((resource) => resource.value === value)?.name;

it('the README names each operation, and none besides', () => {
	const shown = operationCases.map(({ node, resource, option }) =>
		[node.description.displayName, resourceName(node.description.name, resource), option.name].join(' > '),
	);
	const named = cellsIn(sectionIn('README.md', 'operations')).flatMap(([node, resource, operations]) =>
		(operations ?? '').split(', ').map((operation) => [/\[(.+)\]/.exec(node ?? '')?.[1], resource, operation].join(' > ')),
	);
	expect(named.sort()).toEqual(shown.sort());
});

it('docs/operations.md has a row for each operation, and none besides', () => {
	// By headings, since operations of several resources have one name.
	const rows = sectionIn('docs/operations.md', 'operations')
		.split(/^## /m)
		.slice(1)
		.flatMap((ofNode) =>
			ofNode.split(/^### /m).slice(1).flatMap((ofResource) =>
				cellsIn(ofResource).map(([name, description]) => [...[ofNode, ofResource].map((text) => text.split('\n')[0]), name, description].join(' > ')),
			),
		);
	const described = operationCases.map(({ node, resource, option }) =>
		[node.description.displayName, resourceName(node.description.name, resource), option.name, option.description].join(' > '),
	);
	expect(rows.sort()).toEqual(described.sort());
});

it('the README has a row for each trigger, and none besides', () => {
	const rows = cellsIn(sectionIn('README.md', 'triggers')).map(([name]) => /\[(.+)\]/.exec(name ?? '')?.[1]);
	expect(rows.sort()).toEqual(triggers.map(({ description }) => description.displayName).sort());
});

it('the README stays short, and begins with the two commands that need nothing else', () => {
	const text = documentText('README.md');
	expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
	const [commands] = /```sh\n[^]*?```/.exec(text) ?? [];
	expect(commands?.match(/^npm \w+( \w+)?/gm)).toEqual(['npm run demo', 'npm test']);
});

it('CONTRIBUTING.md has a row for each kind of `run`, and none besides', () => {
	const kinds = sourceFiles('nodes/engine/operations').flatMap((file) =>
		[...documentText(file).matchAll(/^export function (\w+)\([^]*?\): ([^\n]+) \{$/gm)].flatMap(([, kind, made]) => (made === 'Handler' ? [`${kind} ${file}`] : [])),
	);
	expect(kinds.length).toBeGreaterThan(5);
	const [, text = ''] = documentText('CONTRIBUTING.md').split('### Kinds of `run`');
	const rows = cellsIn(text.split(/\n##+ /)[0] as string).map(([kind, , file]) => `${kind} ${file}`.replaceAll('`', ''));
	expect(rows.sort()).toEqual(kinds.sort());
});
