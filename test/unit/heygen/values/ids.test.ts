import fc from 'fast-check';

import { readId, readIds } from '../../../../nodes/heygen/values/ids';
import { entriesOf } from '../../../../nodes/heygen/values/lists';

const id = (given: unknown) => readId(given, ['video_id']);
const ids = (given: unknown) => readIds(given, ['video_id']);
const HEX = '3f2a91c07b5e4d6f8a1b2c3d4e5f6071';

/** Nested deeper than functions can call themselves. */
const DEEP: unknown = Array.from({ length: 50_000 }).reduce<unknown>((inner) => [inner], 'v1');

describe('an id', () => {
	it.each<[unknown, string]>([
		['v1', 'v1'],
		[' v1\r\n', 'v1'],
		['\uFEFFv1\u200B', 'v1'],
		['"v1"', 'v1'],
		["'v1'", 'v1'],
		[42, '42'],
		[42n, '42'],
		[0, '0'],
		[{ video_id: 'v1', id: 'other' }, 'v1'],
		[{ video_id: null, id: 'v1' }, 'v1'],
		[{ id: ' v1 ', title: 'T' }, 'v1'],
		[{ id: 7 }, '7'],
		[{ data: { video_id: 'v1' } }, 'v1'],
		[{ json: { id: 'v1' }, pairedItem: { item: 0 } }, 'v1'],
		[{ __rl: true, mode: 'list', value: 'v1', cachedResultName: 'Film' }, 'v1'],
		[{ __rl: true, mode: 'id', value: { id: 'v1' } }, 'v1'],
		[{ mode: 'id', value: 'v1' }, 'v1'],
		['{"video_id":"v1"}', 'v1'],
		[' {"data":{"id":"v1"}} ', 'v1'],
		['["v1"]', 'v1'],
		["['v1']", 'v1'],
		[['v1'], 'v1'],
		[[[{ video_id: 'v1' }]], 'v1'],
		[DEEP, 'v1'],
		['“v1”', 'v1'],
		['«v1»', 'v1'],
		["'v1", 'v1'],
		['**v1**', 'v1'],
		['`v1`', 'v1'],
		['(v1)', 'v1'],
		['\u2068v1\u2069', 'v1'],
		[`<https://app.heygen.com/videos/${HEX}>`, HEX],
		['```json\n{"video_id":"v1"}\n```', 'v1'],
		['a/b', 'a/b'],
		['../users/me', '../users/me'],
		['x'.repeat(500), 'x'.repeat(500)],
		['ä-ö', 'ä-ö'],
	])('is read in %p', (given, value) => {
		expect(id(given)).toEqual({ value });
	});

	it.each([undefined, null, '', ' \n', '\u200B', {}, [], [[]], [''], { __rl: true, mode: 'list', value: '' }, '[]', '{}'])('is not in %p', (given) => {
		expect(id(given)).toEqual({ value: undefined });
	});

	it.each<[unknown, RegExp]>([
		['a,b', /^is not an ID: "a,b" has a comma in it$/],
		['a b', /^is not an ID: "a b" has a blank in it$/],
		['a\nb', /a blank in it$/],
		['a\u00A0b', /a blank in it$/],
		['a\u200Bb', /an invisible character in it$/],
		['a\0b', /^is not an ID: "a�b" has an invisible character in it$/],
		['a{b}', /a bracket or a quote in it$/],
		['[object Object]', /^was given a record within a text/],
		['“v1', /a bracket or a quote in it$/],
		['v1|v2', /a bracket or a quote in it$/],
		[new Date(0), /^must be an ID, but it is "?1970/],
		[new Map([['id', 'v1']]), /^must be an ID/],
		['[object Object] ', /^was given a record within a text/],
		['.', /^is not an ID: "\."$/],
		[' .. ', /^is not an ID: "\.\."$/],
		['x'.repeat(501), /^is not an ID: it has 501 characters, beginning with "xxx/],
		['v😀'.slice(0, 2), /^holds half a character/],
		[['a', 'b'], /^takes one ID, but 2 were given: \["a","b"\]$/],
		['["a","b"]', /^takes one ID, but 2 were given/],
		[{ title: 'T' }, /^must be an ID, but it is a record without video_id or id: {"title":"T"}$/],
		[true, /^must be an ID, but it is "true"$/],
		[NaN, /^must be an ID, but it is "NaN"$/],
		[1.5, /^must be an ID, but it is "1\.5"$/],
		[2 ** 60, /^must be an ID, but it is "\d+"$/],
		[{ a: { b: 1 } }, /^must be an ID, but it is a record without/],
		[{ id: { id: { id: { id: { id: { id: { id: 'v1' } } } } } } }, /^must be an ID/],
	])('is not taken from %p', (given, problem) => {
		const reading = id(given);
		expect(reading.problem).toMatch(problem);
	});

	it('is taken from where records of its kind have it', () => {
		const look = { group_id: 'g1', avatar_id: 'a1', id: 'l1', look_id: 'l2' };
		expect(readId(look, ['look_id', 'avatar_id'])).toEqual({ value: 'l2' });
		expect(readId(look, ['avatar_id'])).toEqual({ value: 'a1' });
		expect(readId(look, ['voice_id'])).toEqual({ value: 'l1' });
	});

	it('is well-formed and harmless whatever is given, or refused', () => {
		fc.assert(
			fc.property(fc.oneof(fc.anything(), fc.string({ unit: 'binary' })), (given) => {
				const { value } = id(given);
				if (value === undefined) return;
				expect(value).toMatch(/^[^\s,]+$/u);
				expect(decodeURIComponent(encodeURIComponent(value))).toBe(value);
			}),
		);
	});
});

describe('the address of a page', () => {
	it.each([
		[`https://app.heygen.com/videos/${HEX}`],
		[`https://app.heygen.com/videos/${HEX}/`],
		[`  https://app.heygen.com/videos/${HEX}?sid=1&preview=true#t=5\n`],
		[`https://app.heygen.com/share/${HEX}`],
		[`http://app.heygen.com/share/${HEX}?sid=rec`],
		[`HTTPS://APP.HEYGEN.COM/videos/${HEX}`],
		[`app.heygen.com/videos/${HEX}`],
		[`https://app.heygen.com/embeds/${HEX}`],
		[`https://app.heygen.com/videos/${HEX}/edit`],
		[`https://app.heygen.com/create-v3/${HEX}`],
		[`https://app.heygen.com/create-v4/draft/${HEX}?vt=l`],
		[`https://app.heygen.com/create-v4/${HEX}`],
		[`https://labs.heygen.com/videos/${HEX}`],
		[`https://labs.heygen.com/guest/templates/${HEX}`],
		[`https://labs.heygen.com/video-translate/result/${HEX}`],
		[`https://app.heygen.com/avatar/looks/${HEX}`],
		[`https://app.heygen.com/projects?video_id=${HEX}`],
		[`https://app.heygen.com/home?videoId=${HEX}`],
		[`https://app.heygen.com/home?id=${HEX}`],
		[`https://api.heygen.com/v3/videos/${HEX}`],
		[`https://www.heygen.com/share/${HEX}`],
	])('%s gives its id', (given) => {
		expect(id(given)).toEqual({ value: HEX });
		expect(ids(`${given}, v2`)).toEqual({ value: [HEX, 'v2'] });
	});

	it('gives the id that it names, not the name of the page', () => {
		const look = (given: string) => readId(given, ['look_id', 'avatar_id']);
		expect(look(`https://app.heygen.com/avatars/looks?lookId=${HEX}`)).toEqual({ value: HEX });
		expect(look(`https://app.heygen.com/avatar/edit?avatarId=${HEX}`)).toEqual({ value: HEX });
		expect(look(`https://app.heygen.com/avatar/looks/${HEX}?lookId=other`)).toEqual({ value: HEX });
		expect(look('https://app.heygen.com/avatars/Anna?lookId=l1')).toEqual({ value: 'l1' });
		expect(look('https://app.heygen.com/avatars/Anna')).toEqual({ value: 'Anna' });
		expect(look('https://app.heygen.com/avatars/looks').problem).toMatch(/a page that names none/);
	});

	it.each([
		'https://example.com/videos/v1',
		'https://app.heygen.com.example.com/videos/v1',
		'https://notheygen.com/videos/v1',
		'https://files.heygen.ai/video/v1.mp4',
		'ftp://app.heygen.com.evil/videos/v1',
		'https://',
	])('%s is refused as one of somebody else', (given) => {
		expect(id(given).problem).toMatch(/^must be an ID, but it is an address: "/);
	});

	it.each(['https://app.heygen.com', 'https://app.heygen.com/', 'https://app.heygen.com/videos', 'https://app.heygen.com/videos/', 'https://app.heygen.com/home?tab=videos', 'https://app.heygen.com/settings'])(
		'%s names none',
		(given) => {
			expect(id(given).problem).toMatch(/^must be an ID, but it is the address of a page that names none: "/);
		},
	);

	it('brings no id that could not be one', () => {
		expect(id('https://app.heygen.com/videos/a%2Cb').problem).toMatch(/a comma in it$/);
		expect(id('https://app.heygen.com/videos/%E0%A4%A').value).toBe('%E0%A4%A');
		expect(id('https://app.heygen.com/videos/a%20b').problem).toMatch(/a blank in it$/);
	});
});

describe('a list of ids', () => {
	it.each<[unknown, string[]]>([
		[['v1', 'v2'], ['v1', 'v2']],
		['v1,v2', ['v1', 'v2']],
		[' v1 ,\n v2;v3\tv4 ', ['v1', 'v2', 'v3', 'v4']],
		['["v1","v2"]', ['v1', 'v2']],
		[' [ "v1" ,\n "v2" ] ', ['v1', 'v2']],
		["['v1', 'v2']", ['v1', 'v2']],
		['[v1, v2]', ['v1', 'v2']],
		['"v1","v2"', ['v1', 'v2']],
		[['["v1","v2"]', 'v3,v4'], ['v1', 'v2', 'v3', 'v4']],
		[[['v1', ['v2']], [[]]], ['v1', 'v2']],
		[[1, 2n, '3'], ['1', '2', '3']],
		[{ video_id: 'v1' }, ['v1']],
		[[{ video_id: 'v1', id: 'x' }, { id: 'v2' }], ['v1', 'v2']],
		['[{"video_id":"v1"},{"id":"v2"}]', ['v1', 'v2']],
		[[{ json: { video_id: 'v1' } }, { json: { video_id: 'v2' } }], ['v1', 'v2']],
		[{ __rl: true, mode: 'id', value: 'v1' }, ['v1']],
		[['v1', '', null, undefined, ' ', {}], ['v1']],
		[[Object.create(null), 'v1'], ['v1']],
		[['video', 'v1', 'id'], ['video', 'v1', 'id']],
		['id', ['id']],
		['v1,,v2,', ['v1', 'v2']],
		['v1,v1', ['v1', 'v1']],
		[7, ['7']],
		[DEEP, ['v1']],
	])('is read in %p', (given, value) => {
		expect(ids(given)).toEqual({ value });
	});

	it.each([undefined, null, '', ' , ', [], [[]], '[]', [null, '']])('is not in %p', (given) => {
		expect(ids(given)).toEqual({ value: undefined });
	});

	it.each<[unknown, RegExp]>([
		[['v1', { title: 'T' }], /^\(entry 2\) must be an ID, but it is a record without video_id or id/],
		[['v1', 'v2', true], /^\(entry 3\) must be an ID, but it is "true"$/],
		['[object Object]', /^\(entry 1\) was given a record within a text/],
		['[object Object],[object Object]', /^\(entry 1\) was given a record within a text/],
		[['v1', '[object Object]'], /^\(entry 2\) was given a record within a text/],
		['[v1', /^\(entry 1\) is not an ID: "\[v1" has a bracket or a quote in it$/],
		[['x'.repeat(20_000)], /^\(entry 1\) is not an ID: it has 20,000 characters/],
		['v1,https://example.com/v2', /^\(entry 2\) must be an ID, but it is an address/],
		[[{ video_id: 'a,b' }], /^\(entry 1\) is not an ID: "a,b" has a comma in it$/],
		['v1,😀'.slice(0, 4), /^\(entry 2\) holds half a character/],
	])('is not taken from %p', (given, problem) => {
		expect(ids(given).problem).toMatch(problem);
	});

	it('keeps every id of long lists, in order', () => {
		const many = Array.from({ length: 200_000 }, (_, index) => `v${index}`);
		expect(ids(many.join(','))).toEqual({ value: many });
		expect(ids(JSON.stringify(many))).toEqual({ value: many });
		expect(entriesOf(many)).toEqual(many);
	});
});

describe('a list of ids as models, documents and sheets write it', () => {
	it.each([
		'- v1\n- v2',
		'* v1\n* v2',
		'• v1\n• v2',
		'1. v1\n2. v2',
		'1) v1\r\n2) v2\r\n',
		'```\nv1\nv2\n```',
		'```json\n["v1", "v2"]\n```',
		'video_id\nv1\nv2',
		'ID\nv1\nv2',
		'Video ID\nv1\nv2',
		'"videoId"\n"v1"\n"v2"',
		'“v1”, “v2”',
		'`v1`, `v2`',
		'v1，v2',
		'v1、v2',
		'v1|v2',
		'| v1 | v2 |',
	])('%j has two', (given) => {
		expect(ids(given)).toEqual({ value: ['v1', 'v2'] });
	});

	it.each<[unknown]>([
		[{ data: [{ id: 'v1' }, { id: 'v2' }], has_more: false }],
		[{ data: { data: [{ id: 'v1' }, { id: 'v2' }] } }],
		[{ video_ids: ['v1', 'v2'] }],
		[{ ids: 'v1, v2' }],
		['{"video_ids":["v1","v2"]}'],
		[{ json: { video_ids: ['v1', 'v2'] }, pairedItem: 0 }],
		[{ id: ['v1', 'v2'] }],
		[{ items: [{ video_id: 'v1', status: 'completed' }, { video_id: 'v2' }] }],
		[[{ video_ids: ['v1'] }, { video_id: 'v2' }]],
		[{ __rl: true, mode: 'id', value: 'v1,v2' }],
	])('%j holds two', (given) => {
		expect(ids(given)).toEqual({ value: ['v1', 'v2'] });
	});

	it('a record that names itself beside others is one', () => {
		expect(ids({ video_id: 'v1', video_ids: ['v2'], data: [{ id: 'v3' }] })).toEqual({ value: ['v1'] });
	});

	it('a mark alone is no id that is lost without a word', () => {
		expect(ids('-')).toEqual({ value: ['-'] });
		expect(ids('*')).toEqual({ value: ['*'] });
	});
});

describe('a list of names', () => {
	it.each<[unknown, string[]]>([
		['data, my logo', ['data', 'my logo']],
		['data\nmy logo', ['data', 'my logo']],
		['data; my logo', ['data', 'my logo']],
		['["data","my logo"]', ['data', 'my logo']],
		[['data', null, '', 'my logo'], ['data', 'my logo']],
		['my logo', ['my logo']],
		['*', ['*']],
		['- my logo\n- data', ['my logo', 'data']],
	])('%j', (given, names) => {
		expect(entriesOf(given, 'names')).toEqual(names);
	});
});
