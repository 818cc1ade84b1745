import { documentText } from '../../docs/sections';
import { HeyGenSuiteApi } from '../../../credentials/HeyGenSuiteApi.credentials';
import { choices, leaves, nodes } from '../support/walk';

/** Names of fields, choices, operations and nodes that the users' pages have in italics or bold are those of the editor. */

const PAGES = [
	'README.md', 'docs/avatars.md', 'docs/costs.md', 'docs/custom-calls.md', 'docs/errors.md', 'docs/files.md', 'docs/limits-and-retries.md',
	'docs/makers.md', 'docs/operations.md', 'docs/speech.md', 'docs/templates.md', 'docs/translation.md', 'docs/triggers.md', 'docs/video-agent.md',
];

/** Names that n8n and HeyGen give. */
const FOREIGN = [
	'Connect to HeyGen', 'Continue (using error output)', 'If', 'Map Automatically', 'On Error', 'Refresh Variable List', 'Retry execution',
	'Retry On Fail', 'Save execution progress', 'Settings > Community Nodes > Install', 'Stop Workflow',
];

const inside = nodes.flatMap(({ description }) => description.properties.flatMap(leaves)).map(({ property }) => property);
const credential = new HeyGenSuiteApi();

const known = new Set([
	...FOREIGN,
	credential.displayName,
	// n8n names a new one so.
	credential.displayName.replace('API', 'account'),
	...credential.properties.map(({ displayName }) => displayName),
	...nodes.map(({ description }) => description.displayName),
	// As people say it, without the unit.
	...inside.flatMap(({ displayName }) => [displayName, displayName.replace(/ \(.+\)$/, '')]),
	...inside.flatMap((property) => choices(property).map(({ name }) => name)),
	...inside.flatMap(({ modes = [] }) => modes.map(({ displayName }) => displayName)),
]);

/** Emphasised names; what ends in a full stop, a colon or a question mark is the head of a paragraph. */
function namesIn(page: string): string[] {
	const text = documentText(page).replaceAll(/^```[^]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');
	const emphasised = [...text.matchAll(/(\*\*?)(?=\S)([^*]+?)\1(?!\*)/g)].map(([, , name]) => (name as string).replace(/\s+/g, ' '));
	return emphasised.filter((name) => /^[A-Z]/.test(name) && !/[.:?]$/.test(name));
}

it.each(PAGES)('%s', (page) => {
	// "HeyGen Asset > Upload" is an operation of a node.
	const unknown = namesIn(page).filter((name) => !known.has(name) && !name.split(' > ').every((part) => known.has(part)));
	expect(unknown).toEqual([]);
});

it('finds names', () => {
	expect(PAGES.flatMap(namesIn).length).toBeGreaterThan(40);
});
