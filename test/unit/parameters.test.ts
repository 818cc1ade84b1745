import type { IDataObject, IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';
import { fillRequest, sentFields, withoutRouting } from '../../nodes/engine/parameters';
import { leaves, operationCases } from './walk';

/** A text parameter that goes to a place. */
function field(name: string, property?: string, type: 'body' | 'query' = 'body'): INodeProperties {
	const plain: INodeProperties = { displayName: name, name, type: 'string', default: '' };
	return property === undefined ? plain : { ...plain, routing: { send: { type, property } } };
}

const collection = (name: string, options: INodeProperties[]): INodeProperties => ({
	displayName: name,
	name,
	type: 'collection',
	default: {},
	options,
});

/** A context that knows these parameters, and gives the fallback for others, as n8n does for hidden ones. */
function context(values: IDataObject): IExecutePaginationFunctions {
	const getNodeParameter = (name: string, fallback: unknown, options?: { extractValue?: boolean }) => {
		const value = values[name] ?? fallback;
		const locator = value as { __rl?: boolean; value?: unknown };
		return options?.extractValue === true && locator.__rl === true ? locator.value : value;
	};
	return { getNodeParameter } as unknown as IExecutePaginationFunctions;
}

const fill = (properties: INodeProperties[], values: IDataObject) => fillRequest(context(values), sentFields(properties));

describe('fillRequest', () => {
	it('puts values where they go, and leaves the rest out', () => {
		const properties = [field('title', 'title'), field('folderId', 'folder_id', 'query'), field('simplify')];
		expect(fill(properties, { title: 'T', folderId: 'f1', simplify: true })).toEqual({
			body: { title: 'T' },
			query: { folder_id: 'f1' },
		});
	});

	it('nests dotted places', () => {
		const properties = [collection('voice', [field('speed', 'voice_settings.speed'), field('pitch', 'voice_settings.pitch')])];
		expect(fill(properties, { voice: { speed: 0, pitch: '5' } }).body).toEqual({ voice_settings: { speed: 0, pitch: '5' } });
	});

	it('reads the chosen group of a fixed collection only', () => {
		const group = (name: string, property: string) => ({ displayName: name, name, values: [field('value', property)] });
		const background: INodeProperties = {
			displayName: 'B',
			name: 'background',
			type: 'fixedCollection',
			default: {},
			options: [group('color', 'background.value'), group('image', 'background.url'), group('other', 'background.value')],
		};
		expect(fill([background], { background: { color: { value: '#fff' } } }).body).toEqual({ background: { value: '#fff' } });
		expect(fill([collection('options', [background])], { options: { background: { image: { value: 'u' } } } }).body).toEqual({
			background: { url: 'u' },
		});
	});

	it('takes the value out of a resource locator', () => {
		const locator: INodeProperties = { ...field('avatarId', 'avatar_id'), type: 'resourceLocator' };
		expect(fill([locator], { avatarId: { __rl: true, mode: 'list', value: 'look_1' } }).body).toEqual({ avatar_id: 'look_1' });
	});

	it('lets a hidden parameter take nothing away from the shown one that goes to the same place', () => {
		const properties = [field('fileUrl', 'file.url'), field('otherUrl', 'file.url')];
		expect(fill(properties, { fileUrl: 'https://e.com/a' }).body).toEqual({ file: { url: 'https://e.com/a' } });
	});

	it('copes with a collection whose expression gave no object', () => {
		const properties = [collection('options', [field('title', 'title')])];
		for (const options of ['text', 5, null, []]) expect(fill(properties, { options }).body.title).toBeUndefined();
	});

	it('knows placeholders of paths', () => {
		expect(fill([field('videoId', '{video_id}', 'query')], { videoId: 'v1' }).query).toEqual({ '{video_id}': 'v1' });
	});
});

describe('withoutRouting', () => {
	it.each(operationCases.map((one) => [one.title, one] as const))('changes nothing else in %s', (_title, { properties }) => {
		const before = JSON.stringify(properties);
		const after = properties.map(withoutRouting);
		expect(after.flatMap(leaves).filter(({ property }) => 'routing' in property)).toEqual([]);
		const stripped = JSON.parse(before, (key, value: unknown) => (key === 'routing' ? undefined : value)) as unknown;
		expect(JSON.parse(JSON.stringify(after))).toEqual(stripped);
		expect(JSON.stringify(properties)).toBe(before);
	});
});
