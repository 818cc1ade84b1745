/** Rows of files: several in one row, from one source. */
import { FileToUpload, REFERENCE } from '../../../../nodes/heygen/fileUses';
import { fileRows } from '../../../../nodes/heygen/schemas/fileRows';

const schema = fileRows(REFERENCE);
const file = (source: unknown) => new FileToUpload(source, 'Binary Field');
const asset = (source: unknown) => ({ type: 'asset_id', asset_id: file(source).for(REFERENCE) });

function problemsOf(rows: unknown): Array<[place: string, message: string]> {
	const result = schema.safeParse(rows);
	return result.success ? [] : result.error.issues.map(({ path, message }) => [path.join('.'), message]);
}

it.each<[unknown, unknown[]]>([
	['a', ['a']],
	['a, my photo', ['a', 'my photo']],
	[['a', ['b', '']], ['a', 'b']],
	['["a","b"]', ['a', 'b']],
	[{ a: { mimeType: 'image/png' }, b: { mimeType: 'image/png' } }, ['a', 'b']],
	[{ mimeType: 'image/png', fileName: 'a.png' }, [{ mimeType: 'image/png', fileName: 'a.png' }]],
	// What is empty is told when the file is looked for.
	[[], [[]]],
])('binary fields in %j are %j', (source, names) => {
	expect(schema.parse([{ file: file(source) }])).toEqual(names.map(asset));
});

it.each<[unknown, string[]]>([
	['https://example.com/a.png', ['https://example.com/a.png']],
	['https://example.com/w_1,h_2/a.png', ['https://example.com/w_1,h_2/a.png']],
	['https://example.com/a.png,https://example.com/b.mp4; https://example.com/c.webm\n', ['a.png', 'b.mp4', 'c.webm'].map((name) => `https://example.com/${name}`)],
	[['https://example.com/a.png', [{ url: 'https://example.com/b.png' }], null], ['https://example.com/a.png', 'https://example.com/b.png']],
	['["https://example.com/a.png"]', ['https://example.com/a.png']],
	["['https://example.com/a.png', 'https://example.com/b.png']", ['https://example.com/a.png', 'https://example.com/b.png']],
	[{ json: { url: 'https://example.com/a.png' } }, ['https://example.com/a.png']],
])('addresses in %j are %j', (url, addresses) => {
	expect(schema.parse([{ url }])).toEqual(addresses.map((address) => ({ type: 'url', url: address })));
});

it('finds an address however deep a list is nested', () => {
	const nested = `${'['.repeat(20_000)}"https://example.com/a.png"${']'.repeat(20_000)}`;
	expect(schema.parse([{ url: nested }])).toEqual([{ type: 'url', url: 'https://example.com/a.png' }]);
});

it.each<[unknown, Array<[string, string | RegExp]>]>([
	[[{}], [['0', 'takes exactly one of a URL, an asset ID and a binary field']]],
	[[{ url: 'https://example.com/a.png', asset_id: 'a' }], [['0', 'takes exactly one of a URL, an asset ID and a binary field']]],
	[[{ asset_id: 'a' }, { url: ' ' }], [['1.url', 'is empty']]],
	[[{ url: [null] }], [['0.url', 'is empty']]],
	[[{ url: { name: 'n' } }], [['0.url', /^must be an address that starts with https/]]],
	[[{ url: 'https://example.com/a.png https://example.com/b.txt' }], [['0.url', /^does not say what file it is|^is a/]]],
	[[{ asset_id: ['a', { name: 'n' }] }], [['0.asset_id', /^\(entry 2\) must be an ID/]]],
])('%j is refused', (rows, problems) => {
	const found = problemsOf(rows);
	expect(found.map(([place]) => place)).toEqual(problems.map(([place]) => place));
	problems.forEach(([, message], at) => expect(found[at]?.[1]).toMatch(message));
});
