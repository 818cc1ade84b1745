import type { IDataObject, IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';

import { sentFields, withoutRouting } from '../../../nodes/declare/sentFields';
import { fillRequest } from '../../../nodes/engine/item/parameters';
import { FileToUpload, UPLOAD } from '../../../nodes/heygen/fileUses';
import { leaves, operationCases } from '../support/walk';

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
		const value = values[name] === undefined ? fallback : values[name];
		const locator = value as { __rl?: boolean; value?: unknown } | null;
		return options?.extractValue === true && locator?.__rl === true ? locator.value : value;
	};
	return { getNodeParameter } as unknown as IExecutePaginationFunctions;
}

const fill = (properties: INodeProperties[], values: IDataObject) => fillRequest(context(values), sentFields(properties, 1));

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
		for (const options of ['', null, []]) expect(fill(properties, { options }).body.title).toBeUndefined();
		expect(fill(properties, { options: '{"title":"T"}' }).body).toEqual({ title: 'T' });
		for (const options of ['text', 5, [{ title: 'T' }]]) {
			expect(() => fill(properties, { options })).toThrow(/^'options' must hold fields by their names, but it is /);
		}
	});

	it('leaves out what another parameter rules out, also when that is an expression', () => {
		const shown = (source: string) => ({ displayOptions: { show: { source: [source] } } });
		const properties = [
			{ ...field('script', 'script'), ...shown('script') },
			{ ...field('url', 'audio_url'), ...shown('url') },
		];
		expect(fill(properties, { source: 'url', script: 'Hi', url: 'https://e.com/a.mp3' }).body).toEqual({
			audio_url: 'https://e.com/a.mp3',
		});
	});

	it.each([['yes', ['b']], [' TRUE', ['b']], [1, ['b']], ['no', ['a']], ['', ['a']]])('knows from a switch that holds %j which fields count', (on, counts) => {
		const shown = (value: boolean) => ({ displayOptions: { show: { on: [value] } } });
		const properties: INodeProperties[] = [
			{ displayName: 'On', name: 'on', type: 'boolean', default: false },
			{ ...field('a', 'a'), ...shown(false) },
			{ ...field('b', 'b'), ...shown(true) },
		];
		expect(Object.keys(fill(properties, { on, a: 'x', b: 'y' }).body)).toEqual(counts);
		expect(() => fill(properties, { on: 'perhaps', a: 'x', b: 'y' })).toThrow(/^'On' must be true or false/);
	});

	it('refuses a group that was added and holds nothing', () => {
		const group: INodeProperties = {
			displayName: 'Background',
			name: 'background',
			type: 'fixedCollection',
			default: {},
			options: [{ displayName: 'Image File', name: 'imageFile', values: [{ ...field('file', 'background.file'), displayName: 'Image Binary Field' }] }],
		};
		for (const file of ['', undefined, null]) {
			expect(() => fill([group], { background: { imageFile: { file } } as IDataObject })).toThrow("'Background → Image Binary Field' is empty");
		}
		expect(fill([group], { background: {} }).body).toEqual({});
	});

	it('knows placeholders of paths', () => {
		expect(fill([field('videoId', '{video_id}', 'query')], { videoId: 'v1' }).query).toEqual({ '{video_id}': 'v1' });
	});
});

describe('fillRequest with binary fields', () => {
	const image: INodeProperties = { ...field('Image Binary Field', 'image.file'), typeOptions: { binaryDataProperty: true } };
	const read = (value: unknown) => fill([{ ...image, name: 'file' }], { file: value as string }).body;

	it('puts a file to be uploaded where the field goes, under its name in the editor', () => {
		const { image: sent } = read('data') as unknown as { image: { file: FileToUpload } };
		expect(sent.file).toBeInstanceOf(FileToUpload);
		expect({ ...sent.file }).toEqual({ source: 'data', parameter: 'Image Binary Field', use: UPLOAD, name: undefined });
	});

	it('hands on binary data that an expression gave', () => {
		const data = { data: 'AAAA', mimeType: 'image/png' };
		expect(read(data)).toEqual({ image: { file: new FileToUpload(data, 'Image Binary Field') } });
	});

	// An expression that finds nothing gives null; the other ways to give a file must stay open.
	it.each(['', undefined, null])('puts nothing for %j', (value) => {
		expect(read(value)).toEqual({});
	});

	it('finds them in collections and in groups of fixed collections', () => {
		const group = { displayName: 'File', name: 'file', values: [{ ...image, name: 'binaryPropertyName' }] };
		const background: INodeProperties = { displayName: 'B', name: 'background', type: 'fixedCollection', default: {}, options: [group] };
		const values = { options: { background: { file: { binaryPropertyName: 'logo' } } } };
		expect(fill([collection('options', [background])], values).body).toEqual({
			image: { file: new FileToUpload('logo', 'Image Binary Field') },
		});
	});

	it('takes no other parameter for one', () => {
		expect(fill([{ ...field('file', 'file'), typeOptions: { rows: 2 } }], { file: 'data' }).body).toEqual({ file: 'data' });
	});
});

describe('fillRequest with resource locators in collections', () => {
	const locator: INodeProperties = { ...field('glossary', 'brand_glossary_id'), type: 'resourceLocator' };
	const read = (value: unknown) => fill([collection('options', [locator])], { options: { glossary: value as string } }).body;

	it.each([
		[{ __rl: true, mode: 'list', value: 'g1', cachedResultName: 'Words' }, { brand_glossary_id: 'g1' }],
		[{ __rl: true, mode: 'id', value: 'g1' }, { brand_glossary_id: 'g1' }],
		['g1', { brand_glossary_id: 'g1' }],
		[7, { brand_glossary_id: 7 }],
		[{ __rl: true, mode: 'list', value: '' }, {}],
		['', {}],
		[undefined, {}],
	])('reads %j', (value, body) => {
		expect(read(value)).toEqual(body);
	});

	it('leaves a parameter alone that only looks like one', () => {
		const value = { __rl: true, mode: 'id', value: 'g1' };
		expect(fill([collection('options', [field('glossary', 'id')])], { options: { glossary: value } }).body).toEqual({ id: value });
	});
});

describe('fillRequest with rows', () => {
	const term = { displayName: 'Term', name: 'term', values: [field('word', 'term'), field('spoken', 'says.spoken'), field('note')] };
	const terms: INodeProperties = {
		...field('terms', 'list.terms'),
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		options: [term],
	};
	const rows = (value: unknown, property = terms) => fill([property], { terms: value as string }).body;

	it('makes a list of them, with the places of their members within each', () => {
		const given = { term: [{ word: 'a', spoken: 'ay', note: 'x' }, { word: 'b' }, { word: '', spoken: 0 }] };
		expect(rows(given)).toEqual({
			list: { terms: [{ term: 'a', says: { spoken: 'ay' } }, { term: 'b' }, { says: { spoken: 0 } }] },
		});
	});

	it('takes one record for a row', () => {
		expect(rows({ term: { word: 'a' } })).toEqual({ list: { terms: [{ term: 'a' }] } });
	});

	it.each([
		[[{ word: '' }], 1],
		[[{ word: 'a' }, { word: ' \n', note: 'not sent' }], 2],
		[[{ word: 'a' }, { word: 'b' }, {}, { word: 'd' }], 3],
		[[{ word: 'a' }, { word: {} }], 2],
	])('refuses %j, which would leave a term out, and names the row', (term, place) => {
		expect(() => rows({ term })).toThrow(`'terms → ${place}' is empty`);
	});

	it('takes the rows of several groups, one group after the other', () => {
		const name = { displayName: 'Name', name: 'name', values: [field('who', 'name')] };
		const given = { name: [{ who: 'Ada' }], term: [{ word: 'a' }] };
		expect(rows(given, { ...terms, options: [term, name] })).toEqual({ list: { terms: [{ term: 'a' }, { name: 'Ada' }] } });
	});

	it('reads files and resource locators in rows', () => {
		const values = [
			{ ...field('Logo Binary Field', 'file'), name: 'logo', typeOptions: { binaryDataProperty: true } },
			{ ...field('voice', 'voice_id'), type: 'resourceLocator' as const },
		];
		const property = { ...terms, options: [{ displayName: 'Scene', name: 'scene', values }] };
		const given = { scene: [{ logo: 'data', voice: { __rl: true, mode: 'id', value: 'v1' } }] };
		expect(rows(given, property)).toEqual({
			list: { terms: [{ file: new FileToUpload('data', 'terms → 1 → Logo Binary Field'), voice_id: 'v1' }] },
		});
	});

	it('names the row of what could not be sent', () => {
		expect(() => rows({ term: [{ word: 'a' }, { word: 'b', spoken: 'ab\uD83D' }] })).toThrow("'terms → 2 → spoken' holds half a character");
	});

	it('finds rows in collections', () => {
		expect(fill([collection('options', [terms])], { options: { terms: { term: [{ word: 'a' }] } } }).body).toEqual({
			list: { terms: [{ term: 'a' }] },
		});
	});

	it.each([{}, '', null, [], { term: [] }, { term: 'text' }, { term: {} }, { other: [{ word: 'a' }] }])(
		'sends nothing for %j',
		(value) => {
			expect(rows(value)).toEqual({});
		},
	);

	it.each([[[{ word: 'a' }]], ['[{"word":"a"}]'], ['{"term":[{"word":"a"}]}']])('reads rows alone, and JSON text: %j', (given) => {
		expect(rows(given)).toEqual({ list: { terms: [{ term: 'a' }] } });
	});

	it.each(['text', 5])('refuses %j instead of sending nothing', (given) => {
		expect(() => rows(given)).toThrow(/^'terms' must hold fields by their names, but it is /);
	});

	it.each([null, 'text', 5])('refuses %j for a row, which an expression may give', (row) => {
		expect(() => rows({ term: [{ word: 'b' }, row] })).toThrow("'terms → 2' is empty");
	});

	it('does not read a fixed collection of one value as rows', () => {
		const { typeOptions: _none, routing: _neither, ...single } = terms;
		expect(rows({ term: { word: 'a' } }, single)).toEqual({ term: 'a' });
		expect(() => rows({ term: [{ word: 'a' }] }, single)).toThrow(/^'.*' must hold fields by their names, but it is \[/);
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
