import fc from 'fast-check';

import { HEYGEN_BASE_URL, normalizeBaseUrl } from '../../../nodes/heygen/baseUrl';
import contract from '../../contract/openapi.json';

it("is HeyGen's own address, as the contract has it, when none is given", () => {
	expect(contract.servers[0]?.url).toBe(HEYGEN_BASE_URL);
	for (const value of ['', '  ', undefined, null]) expect(normalizeBaseUrl(value)).toBe(HEYGEN_BASE_URL);
});

it.each([
	['https://api.heygen.com', 'https://api.heygen.com'],
	['https://api.heygen.com/', 'https://api.heygen.com'],
	[' https://api.heygen.com// ', 'https://api.heygen.com'],
	['HTTPS://API.HeyGen.com', 'https://api.heygen.com'],
	['https://api.heygen.com:443', 'https://api.heygen.com'],
	['https://proxy.example.com:8443/heygen/', 'https://proxy.example.com:8443/heygen'],
	['https://api.heygen.com/v3', 'https://api.heygen.com'],
	['https://api.heygen.com/v3/', 'https://api.heygen.com'],
	[' HTTPS://API.HEYGEN.COM/V3// \n', 'https://api.heygen.com'],
	['https://api.heygen.com/v2', 'https://api.heygen.com'],
	['https://api.heygen.com/v1/', 'https://api.heygen.com'],
	['\uFEFFhttps://api.heygen.com\u200B', 'https://api.heygen.com'],
	['https://proxy.example.com/heygen/v3', 'https://proxy.example.com/heygen'],
	['https://proxy.example.com/v3/heygen', 'https://proxy.example.com/v3/heygen'],
	['https://proxy.example.com/tv3', 'https://proxy.example.com/tv3'],
	['http://127.0.0.1:3000/v3/', 'http://127.0.0.1:3000'],
	['http://localhost:3000', 'http://localhost:3000'],
	['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
	['http://127.8.9.10', 'http://127.8.9.10'],
	['http://[::1]:3000', 'http://[::1]:3000'],
])('takes %s as %s', (value, expected) => {
	expect(normalizeBaseUrl(value)).toBe(expected);
	expect(normalizeBaseUrl(expected)).toBe(expected);
});

it.each([
	['http://api.heygen.com', /https:\/\//],
	['http://192.168.1.5', /https:\/\//],
	['http://localhost.example.com', /https:\/\//],
	['http://127.0.0.1.example.com', /https:\/\//],
	['http://example.com/127.0.0.1', /https:\/\//],
	['ftp://api.heygen.com', /https:\/\//],
	['file:///etc/hosts', /https:\/\//],
	['javascript:alert(1)', /https:\/\//],
	['api.heygen.com.example.com', /not a valid address/],
	['app.heygen.com', /website/],
	['https://app.heygen.com.', /website/],
	['not an address', /not a valid address/],
	['https://', /not a valid address/],
	['https://user:pass@api.heygen.com', /plain address/],
	['https://user@api.heygen.com', /plain address/],
	['https://api.heygen.com@evil.example', /plain address/],
	['https://api.heygen.com/?key=1', /plain address/],
	['https://api.heygen.com/#x', /plain address/],
	['https://app.heygen.com', /website/],
	['https://www.heygen.com/', /website/],
	[42, /not a valid address/],
	[{ url: 'https://api.heygen.com' }, /not a valid address/],
])('refuses %s', (value, message) => {
	expect(() => normalizeBaseUrl(value)).toThrow(message);
	expect(() => normalizeBaseUrl(value)).toThrow("'Base URL'");
});

it.each(['sk_V2_secret', 'https://api.heygen.com/?key=sk_V2_secret', 'http://sk_V2_secret', 'https://sk_V2_secret@api.heygen.com', 'sk_V2_secret://x'])(
	'does not repeat %s, in which there is a key',
	(value) => {
		let message = '';
		try {
			normalizeBaseUrl(value);
		} catch (error) {
			message = (error as Error).message;
		}
		expect(message).toContain("'Base URL'");
		expect(message.toLowerCase()).not.toContain('secret');
	},
);

it('lets only encrypted or local addresses through, whatever is typed', () => {
	const typed = fc.oneof(fc.string(), fc.webUrl({ validSchemes: ['http', 'https'] }), fc.anything());
	fc.assert(
		fc.property(typed, (value) => {
			let result: string;
			try {
				result = normalizeBaseUrl(value);
			} catch (error) {
				expect((error as Error).message).toContain("'Base URL'");
				return;
			}
			expect(result).toMatch(/^(https:\/\/|http:\/\/(localhost|127\.|\[::1\]))/);
		}),
	);
});
