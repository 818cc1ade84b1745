import type { Operation, Resource } from '../../../nodes/declare/resource';
import { subtitleOf } from '../../../nodes/declare/subtitle';
import { actions, operationCases } from '../support/walk';
import { subtitleShown } from '../support/subtitle';

/** What stands below a node of operations on the canvas. */

const [firstAction] = actions;
if (firstAction === undefined) throw new Error('There is no node of operations');

/** A node whose operations are called by these actions. */
function nodeWith(...texts: string[]) {
	const operations = texts.map((action, index) => ({ value: `operation${index}`, action }) as Operation);
	const resource: Resource = { value: 'thing', name: 'Thing', operations, defaultOperation: 'operation0' };
	const list = { displayName: 'List', type: 'options' as const, noDataExpression: true };
	return {
		...firstAction!.description,
		subtitle: subtitleOf({ resources: [resource], defaultResource: 'thing' }),
		properties: [
			{ ...list, name: 'resource', default: 'thing' },
			{ ...list, name: 'operation', default: 'operation0' },
		],
	};
}

it.each(operationCases.map((one) => [one.title, one] as const))('is the action of %s', (_title, one) => {
	const { node, resource, operation, option } = one;
	expect(subtitleShown(node.description, { resource, operation })).toBe(option.action);
});

it('is the action of a new node, whose parameters are not stored', () => {
	const found = actions.map(({ description }) => [description.name, subtitleShown(description)]);
	expect(Object.fromEntries(found)).toEqual({
		heyGenAsset: 'Upload asset',
		heyGenAvatar: 'Create avatar from photo',
		heyGenSpeech: 'Create speech',
		heyGenTranslation: 'Translate video',
		heyGenUsage: 'Get account',
		heyGenVideo: 'Create avatar video',
	});
});

it.each<[string, string, string]>([
	['Video', 'video', 'createWhatIsNotThereYet'],
	['Video', 'video', '={{ $json.operation }}'],
	['Video', 'video', 'constructor'],
	['', 'whatIsNotThereYet', 'get'],
	['', '={{ $json.resource }}', 'get'],
])('is %j for the resource %s and the operation %s', (shown, resource, operation) => {
	const video = actions.find(({ description }) => description.name === 'heyGenVideo');
	expect(subtitleShown(video!.description, { resource, operation })).toBe(shown);
});

it.each(['Say "hello"', "It's", 'back\\slash', 'two }} braces {{ each', '{{ $json.x }}', '${1}', 'a\nb', '</b>', 'ä 日本'])(
	'takes the action %j as it is',
	(action) => {
		const description = nodeWith('Get thing', action);
		expect(subtitleShown(description, { operation: 'operation1' })).toBe(action);
	},
);

it('knows each of a hundred operations', () => {
	const texts = Array.from({ length: 100 }, (_, index) => `Do thing number ${index}`);
	const description = nodeWith(...texts);
	expect(texts.map((_, index) => subtitleShown(description, { operation: `operation${index}` }))).toEqual(texts);
});
