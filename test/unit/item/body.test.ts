import { runInNewContext } from 'node:vm';
import fc from 'fast-check';

import { EngineError } from '../../../nodes/engine/basics/errors';
import { fieldName, filledPlace, fillPath, parameterName, pathId, placeName, withoutEmpty } from '../../../nodes/engine/item/body';
import { FileToUpload } from '../../../nodes/heygen/fileUses';
import { readId } from '../../../nodes/heygen/values/ids';

/** What a call throws. */
function thrown(action: () => unknown): EngineError {
	try {
		action();
	} catch (error) {
		expect(error).toBeInstanceOf(EngineError);
		return error as EngineError;
	}
	throw new Error('nothing was thrown');
}

describe('withoutEmpty', () => {
	it.each([
		[{ a: 0, b: false, c: NaN }, { a: 0, b: false, c: NaN }],
		[{ a: undefined, b: null, c: '', d: 'x' }, { d: 'x' }],
		[{ a: {}, b: [], c: { d: { e: '' } }, f: [null, ''] }, undefined],
		[{ a: [0, '', false, null, { b: '' }] }, { a: [0, false] }],
		[{ a: ' ', b: '\t\r\n', c: '\u200B\uFEFF', d: ' x ' }, { d: ' x ' }],
		['', undefined],
		[0, 0],
		[undefined, undefined],
	])('makes %j into %j', (value, expected) => {
		expect(withoutEmpty(value)).toEqual(expected);
	});

	it('leaves what is not plain data alone', () => {
		const date = new Date(0);
		const bytes = Buffer.from('');
		expect(withoutEmpty({ date, bytes })).toEqual({ date, bytes });
	});

	it('leaves files alone that wait for their upload', () => {
		const file = new FileToUpload('', 'Image Binary Field');
		expect((withoutEmpty({ image: { file } }) as { image: { file: unknown } }).image.file).toBe(file);
	});

	it.each([
		['of another realm', runInNewContext('({ a: "", b: { c: null, d: 1 } })')],
		['without a prototype', Object.assign(Object.create(null) as object, { a: '', b: { c: null, d: 1 } })],
	])('takes objects %s for data', (_name, value: unknown) => {
		expect(JSON.stringify(withoutEmpty(value))).toBe('{"b":{"d":1}}');
	});

	it('does not change what it is given', () => {
		const given = Object.freeze({ a: '', b: Object.freeze([null, 1]) });
		expect(withoutEmpty(given)).toEqual({ b: [1] });
	});

	it('changes nothing the second time, and leaves nothing empty', () => {
		const isEmpty = (value: unknown): boolean =>
			value === undefined ||
			value === null ||
			value === '' ||
			(typeof value === 'object' && (Object.keys(value).length === 0 || Object.values(value).some(isEmpty)));
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				fc.pre(!JSON.stringify(value).includes('__proto__'));
				const once = withoutEmpty(value);
				expect(withoutEmpty(once)).toEqual(once);
				expect(once === undefined || !isEmpty(once)).toBe(true);
			}),
		);
	});

	it('keeps a field that happens to be called __proto__ out of the prototype', () => {
		withoutEmpty(JSON.parse('{"__proto__": {"polluted": true}}'));
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	});
});

describe('fillPath', () => {
	it('puts ids into the path, and leaves the rest of the query', () => {
		const query = { '{session_id}': ' s1 ', '{resource_id}': 42, limit: 5 };
		expect(fillPath('/v3/video-agents/{session_id}/resources/{resource_id}', query)).toEqual({
			path: '/v3/video-agents/s1/resources/42',
			query: { limit: 5 },
			ids: { session_id: 's1', resource_id: '42' },
		});
		expect(Object.keys(query)).toHaveLength(3);
	});

	it.each([
		['a/b', 'a%2Fb'],
		['a?b#c', 'a%3Fb%23c'],
		['../users/me', '..%2Fusers%2Fme'],
		['%2e%2e', '%252e%252e'],
		['ä€', '%C3%A4%E2%82%AC'],
	])('encodes %s', (id, encoded) => {
		expect(fillPath('/v3/videos/{video_id}', { '{video_id}': id }).path).toBe(`/v3/videos/${encoded}`);
	});

	it('never lets an id leave its place in the path', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
				const { value } = readId(id, ['video_id']);
				fc.pre(value !== undefined);
				const { path } = fillPath('/v3/videos/{video_id}/scenes', { '{video_id}': id });
				const url = new URL(path, 'https://api.heygen.com');
				expect(url.pathname.split('/')).toHaveLength(5);
				expect([url.search, url.hash, url.host]).toEqual(['', '', 'api.heygen.com']);
				expect(decodeURIComponent(url.pathname.split('/')[3] as string)).toBe(value);
			}),
		);
	});

	it.each([undefined, null, '', '  ', {}, [], [[], ''], { __rl: true, mode: 'id', value: '' }])('finds no id in %j, and names the field', (id) => {
		const error = thrown(() => fillPath('/v3/videos/{video_id}', { '{video_id}': id as string }));
		expect(error.kind).toBe('input');
		expect(error.message).toBe("'Video ID' is empty");
		expect(error.advice).not.toBe('');
	});

	it.each(['.', '..', ' .. '])('refuses %j, which would be another path', (id) => {
		const error = thrown(() => pathId(id, 'Video ID'));
		expect(error.kind).toBe('input');
		expect(error.message).toContain("'Video ID' is not an ID");
	});
});

describe('fieldName', () => {
	it.each([
		['script', 'Script'],
		['voice_settings', 'Voice Settings'],
		['video_id', 'Video ID'],
		['video_ids', 'Video IDs'],
		['callback_url', 'Callback URL'],
		['gif_url', 'GIF URL'],
		['video_translation_id', 'Video Translation ID'],
		['width', 'Width'],
	])('calls %s %s', (apiName, expected) => {
		expect(fieldName(apiName)).toBe(expected);
	});
});

describe('parameterName', () => {
	it.each([
		// What is picked from a list goes by the record's name in the editor.
		['avatar_id', 'Avatar'],
		['voice_id', 'Voice'],
		['brand_kit_id', 'Brand Kit'],
		['brand_glossary_id', 'Brand Glossary'],
		// What is not goes by its id.
		['asset_id', 'Asset ID'],
		['folder_id', 'Folder ID'],
		['brand_id', 'Brand ID'],
		['avatar_ids', 'Avatar IDs'],
		['reference_avatar_id', 'Reference Avatar ID'],
		['callback_id', 'Callback ID'],
		['script', 'Script'],
	])('calls %s %s', (apiName, expected) => {
		expect(parameterName(apiName)).toBe(expected);
	});

	it('names the picked record when its id is missing in a path', () => {
		const error = thrown(() => fillPath('/v3/brand-kits/{brand_kit_id}', { '{brand_kit_id}': '' }));
		expect(error.message).toBe("'Brand Kit' is empty");
	});
});

describe('placeName', () => {
	const names = new Map([
		['engine.type', 'Animation Engine'],
		['voice_settings', 'Voice Settings'],
		['voice_settings.engine_settings', 'Voice Settings → Voice Engine'],
		['terms', 'Terms'],
	]);

	it.each<[Array<string | number>, string]>([
		[['engine', 'type'], 'Animation Engine'],
		// What the editor has no name for goes by its API field.
		[['engine'], 'Engine'],
		[['engine', 'seed'], 'Engine → Seed'],
		[['voice_settings', 'engine_settings', 'engine_type'], 'Voice Settings → Voice Engine → Engine Type'],
		[['voice_settings', 'speed'], 'Voice Settings → Speed'],
		[['terms', 1, 'term'], 'Terms → 2 → Term'],
		[['files', 0], 'Files → 1'],
		[[], ''],
	])('calls %j %s', (path, expected) => {
		expect(placeName(path, names)).toBe(expected);
	});
});

describe('filledPlace', () => {
	const names = new Map([
		['project.url', 'Project URL'],
		['project.file', 'Project Binary Field'],
		['watermark', 'Watermark'],
		['watermark.image.url', 'Watermark → Image URL'],
	]);

	it.each<[Array<string | number>, string[], Array<string | number>]>([
		[['project'], ['url'], ['project', 'url']],
		[['project'], ['file'], ['project', 'file']],
		// Nobody can tell which one is meant.
		[['project'], ['url', 'file'], ['project']],
		[['project'], [], ['project']],
		[['project'], ['seed'], ['project']],
		[['project', 'url'], ['url'], ['project', 'url']],
		[['watermark', 'image'], ['url'], ['watermark', 'image']],
		[['files', 0], ['url'], ['files', 0]],
	])('of %j with %j is %j', (path, fields, place) => {
		expect(filledPlace(path, names, fields)).toEqual(place);
	});
});
