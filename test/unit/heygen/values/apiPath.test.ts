import fc from 'fast-check';

import { readApiPath } from '../../../../nodes/heygen/values/apiPath';

/** Paths of HeyGen's API that users give: what is taken, and that nothing else gets through. */

const HEYGEN = 'https://api.heygen.com';
const OWN = 'http://127.0.0.1:4711/heygen';

const read = (given: unknown, baseUrl = HEYGEN) => readApiPath(given, baseUrl);
const pathOf = (given: unknown, baseUrl = HEYGEN) => read(given, baseUrl).value?.path;

describe('takes', () => {
	it.each<[unknown, string]>([
		['/v3/videos', '/v3/videos'],
		['v3/videos', '/v3/videos'],
		['  /v3/videos\n', '/v3/videos'],
		['"/v3/videos"', '/v3/videos'],
		['`/v3/videos`', '/v3/videos'],
		['\u200B/v3/videos', '/v3/videos'],
		['/V3/videos', '/v3/videos'],
		['/v3/videos/abc/scenes', '/v3/videos/abc/scenes'],
		['/v3/videos/ abc ', '/v3/videos/abc'],
		['/v3/workflows/w1/versions/3', '/v3/workflows/w1/versions/3'],
		['/v3/videos/a b', '/v3/videos/a%20b'],
		['/v3/videos/a%20b', '/v3/videos/a%20b'],
		['/v3/videos/ü+ä', '/v3/videos/%C3%BC%2B%C3%A4'],
		['/v3/videos/%C3%BC', '/v3/videos/%C3%BC'],
		['/v3/videos/50%25', '/v3/videos/50%25'],
		['/v3/videos/a%23b', '/v3/videos/a%23b'],
		['/v3/videos/a%3Fb', '/v3/videos/a%3Fb'],
		['/v3/videos/a:b@c,d;e=f&g', '/v3/videos/a%3Ab%40c%2Cd%3Be%3Df%26g'],
		['/v3/videos/a..b', '/v3/videos/a..b'],
		['/v3/videos/.a', '/v3/videos/.a'],
	['/v3/videos/..a', '/v3/videos/..a'],
	['/v3/videos/..%C3%BC', '/v3/videos/..%C3%BC'],
		['https://api.heygen.com/v3/videos', '/v3/videos'],
		['HTTPS://API.HeyGen.com/v3/videos', '/v3/videos'],
		['https://api.heygen.com:443/v3/videos', '/v3/videos'],
		['api.heygen.com/v3/videos', '/v3/videos'],
	])('%j', (given, path) => {
		expect(read(given)).toEqual({ value: { path, query: {} } });
	});

	it.each<[string, string]>([
		['http://127.0.0.1:4711/heygen/v3/videos', '/v3/videos'],
		['https://api.heygen.com/v3/videos', '/v3/videos'],
		['/v3/videos', '/v3/videos'],
	])("%j, where the credential's base URL is another one", (given, path) => {
		expect(pathOf(given, OWN)).toBe(path);
	});

	it.each<[string, Record<string, string>]>([
		['/v3/videos?limit=5', { limit: '5' }],
		['/v3/videos?limit=5&title=a%20b+c&empty=', { limit: '5', title: 'a b c' }],
		['/v3/videos?', {}],
		['/v3/videos?a=b?c', { a: 'b?c' }],
		['/v3/videos?next=https://example.com/../x', { next: 'https://example.com/../x' }],
		['https://api.heygen.com/v3/videos?token=abc%3D%3D', { token: 'abc==' }],
	])('the query of %j', (given, query) => {
		expect(read(given).value).toEqual({ path: '/v3/videos', query });
	});

	it.each([undefined, null, '', ' \n\t', '\u200B'])('%j for nothing', (given) => {
		expect(read(given)).toEqual({ value: undefined });
	});
});

/** Where a path could lead the API key, or the request, and what is said of it. */
const ATTACKS: Array<[given: string, problem: RegExp]> = [
	['https://evil.example/v3/videos', /an address elsewhere/],
	['https://api.heygen.com.evil.example/v3/videos', /an address elsewhere/],
	['https://api.heygen.com@evil.example/v3/videos', /an address elsewhere/],
	['https://user:secret@api.heygen.com/v3/videos', /an address elsewhere/],
	['https://@api.heygen.com/v3/videos', /an address elsewhere/],
	['https://api.heygen.com:8443/v3/videos', /an address elsewhere/],
	['https://api.heygen.com:443@evil.example/v3/videos', /an address elsewhere/],
	['https://evil.example#https://api.heygen.com/v3/videos', /has a #/],
	['https://evil.example?https://api.heygen.com/v3/videos', /an address elsewhere/],
	['http://api.heygen.com/v3/videos', /an address elsewhere/],
	['ftp://api.heygen.com/v3/videos', /an address elsewhere/],
	['file:///v3/videos', /an address elsewhere/],
	['javascript:alert(1)//v3/', /an address elsewhere/],
	['https:/api.heygen.com/v3/videos', /an address elsewhere/],
	['https:v3/videos', /an address elsewhere/],
	['https:///evil.example/v3/videos', /an address elsewhere/],
	['//evil.example/v3/videos', /an address elsewhere/],
	['///evil.example/v3/videos', /an address elsewhere/],
	['https://app.heygen.com/v3/videos', /an address elsewhere/],
	['https://api.heygen.com', /an address elsewhere/],
	['https://api.heygen.com//evil.example/v3/videos', /a part with nothing in it/],
	['/\\evil.example/v3/videos', /a backslash/],
	['\\\\evil.example\\v3', /a backslash/],
	['/v3\\..\\v1/videos', /a backslash/],
	['/v3/../v1/videos', /by its dots/],
	['/v3/..', /by its dots/],
	['/v3/./videos', /by its dots/],
	['../v3/videos', /by its dots/],
	['/v3/%2e%2e/v1/videos', /by its dots/],
	['/v3/.%2E/v1/videos', /by its dots/],
	['/v3/%252e%252e/v1/videos', /by its dots/],
	['/v3/%25252e%25252e/v1/videos', /by its dots/],
	['/v3/..;/v1/videos', /by its dots/],
	['/v3/..;jsessionid=1/v1/videos', /by its dots/],
	['/v3/\uFF0E\uFF0E/v1/videos', /by its dots/],
	['/v3/ .. /v1/videos', /by its dots/],
	['/v3/..%3Fx/v1/videos', /by its dots/],
	['/v3/..%23', /by its dots/],
	['/v3/videos/..%20/x', /by its dots/],
	['/v3/videos/%20..', /by its dots/],
	['/v3/videos/..,/x', /by its dots/],
	['/v3/videos/....', /by its dots/],
	['/v3/videos/.%3Fx', /by its dots/],
	['/v3/videos/..%253Fx', /by its dots/],
	['/v3/videos/..%25zz', /by its dots/],
	['/v3/videos/%252e%252e%25zz', /by its dots/],
	[`/v3/videos/%${'25'.repeat(30)}2e%${'25'.repeat(40)}2e/x`, /by its dots/],
	[`/v3/videos/a%${'25'.repeat(30)}2fb`, /an encoded slash/],
	['/v3/..%2fv1/videos', /an encoded slash/],
	['/v3/%2F%2Fevil.example', /an encoded slash/],
	['/v3/%5c..%5cv1', /an encoded slash/],
	['/v3/%255c..', /an encoded slash/],
	['/v3/a\uFF0Fb', /an encoded slash/],
	['/v3/videos/%00', /encoded character in it that no one sees/],
	['/v3/videos/a%0d%0aHost:%20evil.example', /encoded character in it that no one sees/],
	['/v3/videos\r\nHost: evil.example', /no one sees/],
	['/v3/vid\teos', /no one sees/],
	['/\t/evil.example/v3', /no one sees/],
	['/v3/videos/\u202Eabc', /no one sees/],
	['/v3/videos#fragment', /has a #/],
	['/v3//videos', /a part with nothing in it/],
	['/v3/videos/', /a part with nothing in it/],
	['/v3/videos/%20', /a part with nothing in it/],
	['/v3/videos/%', /a % in it/],
	['/v3/videos/%ff', /a % in it/],
	['/v3/videos/50%off', /a % in it/],
	['/v3', /names nothing behind \/v3/],
	['/v3/', /a part with nothing in it/],
	['/', /a part with nothing in it/],
	['videos', /must begin with \/v3\//],
	['/v3.1/videos', /must begin with \/v3\//],
	['/v33/videos', /must begin with \/v3\//],
	['/v4/videos', /must begin with \/v3\//],
	['/api/v3/videos', /must begin with \/v3\//],
	['/%763/videos/../../x', /by its dots/],
	['/v1/video.list', /before version 3, which HeyGen has ended on 31 October 2026/],
	['/v2/videos', /before version 3/],
	['/V2/videos', /before version 3/],
	['https://api.heygen.com/v2/video/generate', /before version 3/],
];

describe('refuses', () => {
	it.each(ATTACKS)('%j', (given, problem) => {
		expect(read(given)).toEqual({ problem: expect.stringMatching(problem) as unknown });
	});

	it.each<[unknown, RegExp]>([
		['/v3/videos/{video_id}', /a placeholder/],
		['/v3/videos/%7Bvideo_id%7D', /a placeholder/],
		['/v3/videos/:video_id', /a placeholder/],
		['/v3/videos/<video_id>', /a placeholder/],
		['/v3/videos/{{ $json.video_id }}', /a placeholder/],
		['/v3/videos/…', /a placeholder/],
		['/v3/videos/...', /a placeholder/],
		['/v3/videos/undefined', /a part without a value/],
		['/v3/videos/null/scenes', /a part without a value/],
		['/v3/videos/[object Object]', /holds "\[object Object\]"/],
		['GET /v3/videos', /without the method before it/],
		['post /v3/podcasts', /without the method before it/],
		['#N/A', /formula that has failed/],
		['/v3/videos/\uD83D', /half a character/],
		[{ path: '/v3/videos' }, /must be text/],
		[['/v3/videos'], /must be text/],
		[true, /must be text/],
		[7, /must begin with/],
		['/v3/videos?limit=5&limit=6', /names "limit" twice/],
		['/v3/videos?=5', /without a name/],
		['/v3/videos?constructor=1', /must have no parameter named "constructor"/],
		['/v3/videos?__proto__=1', /must have no parameter named "__proto__"/],
		['/v3/videos?limit=5, status=x', /looks like several parameters/],
		['/v3/videos?"limit=5', /a parameter named ""limit"/],
	])('%j', (given, problem) => {
		expect(read(given)).toEqual({ problem: expect.stringMatching(problem) as unknown });
	});

	it('never repeats a login', () => {
		for (const given of ['https://user:secret@api.heygen.com/v3/videos', 'https://secret@evil.example/v3']) {
			expect(read(given).problem).not.toContain('secret');
		}
	});

	it("an address that only begins like the credential's own", () => {
		for (const given of [
			'http://127.0.0.1:4711@evil.example/heygen/v3/videos',
			'http://127.0.0.1:47110/heygen/v3/videos',
			'http://127.0.0.1:4711/other/v3/videos',
			'http://127.0.0.1:4711/heygenx/v3/videos',
		]) {
			expect(read(given, OWN).problem).toMatch(/an address elsewhere/);
		}
	});
});

/** Texts of what paths and attacks are made of. */
const pieces = fc.array(
	fc.oneof(
		fc.constantFrom('/', '//', 'v3', 'v2', '..', '.', '%2e', '%2F', '%5c', '\\', '@', ':', '?', '#', ';', '%', '%25', '\t', ' ', 'https:', 'api.heygen.com', 'evil.example', 'ü', '．', '／'),
		fc.string({ maxLength: 4 }),
	),
	{ maxLength: 10 },
);

it.each([HEYGEN, OWN])('lets nothing through that is not a path of version 3 at %s, however it is put together', (baseUrl) => {
	let taken = 0;
	const check = (given: string) => {
		const { value } = read(given, baseUrl);
		if (value === undefined) return;
		taken++;
		// As programs put them together: what they make of it is what was checked.
		const url = new URL(`${baseUrl}${value.path}`);
		expect(url.href).toBe(`${baseUrl}${value.path}`);
		expect(value.path).toMatch(/^\/v3\/[^/?#\\]/);
		expect(decodeURIComponent(value.path).split('/')).not.toContain('..');
	};
	fc.assert(fc.property(pieces, (parts) => check(parts.join(''))), { numRuns: 3_000 });
	fc.assert(fc.property(pieces, (parts) => check(`/v3/videos/${parts.join('')}`)), { numRuns: 3_000 });
	fc.assert(fc.property(fc.string({ unit: 'binary' }), (id) => check(`/v3/videos/${id}`)), { numRuns: 1_000 });
	expect(taken).toBeGreaterThan(100);
});
