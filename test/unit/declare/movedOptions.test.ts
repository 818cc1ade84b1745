import { type INodeParameters, type INodeProperties, NodeHelpers, type NodeParameterValue } from 'n8n-workflow';

import { actions, operationCases } from '../support/walk';

/**
 * Parameters that have moved. n8n drops what a description does not show when it loads a workflow and when the editor
 * saves one, so their former places must keep what they hold, and a new node must not offer them.
 */

/** Values of each kind in every former place, among them those that count as nothing elsewhere. */
const STORED: INodeParameters = {
	options: {
		callbackId: 'row-7',
		callbackUrl: '={{ $json.url }}',
		idempotencyKey: 'order-1',
		maxParallelRequests: 0,
		queueTimeoutMinutes: 5,
		sameInputSameVideo: false,
		sendAsBatch: true,
		sendCallbackId: false,
		sendIdempotencyKey: false,
	},
	waitOptions: { timeoutMinutes: 0, onTimeout: 'continue' },
	avatarFilter: { avatarType: 'photo_avatar', groupId: { __rl: true, mode: 'id', value: 'group_1' }, ownership: 'private' },
	voiceFilter: { engine: 'fish', gender: 'male', language: 'German', type: 'private' },
};

const FORMER_COLLECTIONS = ['waitOptions', 'avatarFilter', 'voiceFilter'];

/** What n8n keeps of a node's parameters: when it saves them, and with all defaults when it loads them. */
function kept(properties: INodeProperties[], parameters: INodeParameters, withDefaults: boolean): INodeParameters {
	return NodeHelpers.getNodeParameters(properties, parameters, withDefaults, false, { typeVersion: 1 }, null) ?? {};
}

/** The parameters that the editor shows of a node with these values, and the members that its collections offer. */
function shownIn(properties: INodeProperties[], parameters: INodeParameters): Map<string, string[]> {
	const isShown = (property: INodeProperties, level: INodeParameters) =>
		NodeHelpers.displayParameter(level, property, { typeVersion: 1 }, null, parameters);
	const shown = properties.filter((property) => isShown(property, parameters));
	return new Map(
		shown.map(({ name, type, options = [] }) => [
			name,
			type === 'collection'
				? (options as INodeProperties[]).filter((member) => isShown(member, parameters[name] as INodeParameters)).map((member) => member.name)
				: [],
		]),
	);
}

const namesIn = (collection: INodeProperties | undefined) => (collection?.options ?? []).map(({ name }) => name);

const titled = operationCases.map((one) => [one.title, one] as const);

describe.each(titled)('%s', (_title, { node, resource, operation, option, properties: described }) => {
	const { properties } = node.description;
	const requestOptions = namesIn(described.find(({ name }) => name === 'requestOptions'));
	const members = (described.find(({ name }) => name === 'options')?.options ?? []) as INodeProperties[];
	// What holds the value that an open list does not have is offered beside 'By Name' only, and likewise what belongs to another option.
	const belongsTo = ({ displayOptions }: INodeProperties) => Object.entries(displayOptions?.show ?? {}).find(([name]) => members.some((other) => other.name === name));
	const ownOptions = members.filter((member) => belongsTo(member) === undefined).map(({ name }) => name);
	const formerCollections = FORMER_COLLECTIONS.filter((name) => described.some((property) => property.name === name));
	const stored: INodeParameters = {
		...Object.fromEntries(formerCollections.map((name) => [name, STORED[name]])),
		options: Object.fromEntries(Object.entries(STORED.options as INodeParameters).filter(([name]) => requestOptions.includes(name))),
	};

	it('has request options of which each may stand where it stood before', () => {
		// What asks HeyGen for nothing may have none.
		if (option.routing?.request !== undefined) expect(requestOptions.length).toBeGreaterThan(0);
		expect(requestOptions.filter((name) => !Object.hasOwn(STORED.options as object, name))).toEqual([]);
	});

	it('keeps what saved workflows have in the former places', () => {
		for (const withDefaults of [false, true]) {
			const parameters = kept(properties, { resource, operation, ...stored }, withDefaults);
			expect(parameters).toMatchObject(stored);
			// With all defaults, as n8n has a node that it has loaded.
			expect(kept(properties, parameters, withDefaults)).toEqual(parameters);
		}
	});

	it('keeps each of them without the others', () => {
		for (const [name, value] of Object.entries(stored.options as INodeParameters)) {
			const { options } = kept(properties, { resource, operation, options: { [name]: value } }, false);
			expect(options).toEqual({ [name]: value });
		}
	});

	it('shows them where they hold something', () => {
		const shown = shownIn(properties, kept(properties, { resource, operation, ...stored }, true));
		expect([...shown.keys()]).toEqual(expect.arrayContaining([...formerCollections, 'options']));
		expect(shown.get('options')).toEqual(expect.arrayContaining(Object.keys(stored.options as object)));
	});

	it('does not offer them in a new node', () => {
		const shown = shownIn(properties, kept(properties, { resource, operation }, true));
		expect([...shown.keys()].filter((name) => FORMER_COLLECTIONS.includes(name))).toEqual([]);
		const offered = ownOptions.filter((name) => !Object.hasOwn(STORED.options as object, name));
		expect(shown.get('options')?.sort()).toEqual(offered.length === 0 ? undefined : offered.sort());
	});

	it('offers what belongs to another option beside that one', () => {
		for (const member of members) {
			const [other, values] = belongsTo(member) ?? [];
			if (other === undefined) continue;
			const shown = shownIn(properties, kept(properties, { resource, operation, options: { [other]: values?.[0] as NodeParameterValue } }, true));
			expect(shown.get('options')).toContain(member.name);
		}
	});

	it('offers its own request options and no others, wherever n8n shows them', () => {
		// n8n adds its own when it loads the node, but not to one that takes calls from outside.
		const ofN8n = node.description.webhooks === undefined ? [] : ['allowUnauthorizedCerts', 'batching', 'proxy', 'timeout'];
		const offered = [...requestOptions, ...ofN8n].sort();
		const shown = shownIn(properties, kept(properties, { resource, operation }, true));
		expect(shown.get('requestOptions')?.sort() ?? []).toEqual(requestOptions.length === 0 ? [] : offered);
		// n8n shows the collection in every operation, whatever the description says.
		const [collection, ...others] = properties.filter(({ name }) => name === 'requestOptions');
		expect(others).toEqual([]);
		const everywhere = { ...collection, displayOptions: {} } as INodeProperties;
		expect(shownIn([everywhere], { resource, operation, requestOptions: {} }).get('requestOptions')?.sort() ?? []).toEqual(offered);
	});
});

it('keeps Options in few collections, since n8n evaluates an expression in them for each', () => {
	const counts = actions.map(({ description }) => description.properties.filter(({ name }) => name === 'options').length);
	// One for operations that have options of their own, and those that have none take one or two more.
	expect(Math.max(...counts)).toBeLessThanOrEqual(3);
});
