import { readFileSync } from 'node:fs';
import path from 'node:path';
import { displayParameter, type IHttpRequestOptions, type INodeParameters, NodeHelpers } from 'n8n-workflow';

import { HeyGenSuiteApi } from '../../../credentials/HeyGenSuiteApi.credentials';
import { PROJECT } from '../support/walk';

const KEY = 'secret-key-1';
const credential = new HeyGenSuiteApi();

/** Lets the credential sign a request. */
async function sign(options: IHttpRequestOptions, baseUrl: unknown = 'https://api.heygen.com'): Promise<IHttpRequestOptions> {
	return await credential.authenticate({ apiKey: KEY, baseUrl: baseUrl as string }, options);
}

describe('authenticate', () => {
	it.each<[string, IHttpRequestOptions, unknown]>([
		['a path', { url: '/v3/videos' }, 'https://api.heygen.com'],
		['a path below a base URL', { url: '/v3/videos', baseURL: 'https://api.heygen.com' }, 'https://api.heygen.com/'],
		['an address of the host', { url: 'https://api.heygen.com/v3/videos' }, 'https://api.heygen.com'],
		['the same host, written differently', { url: 'https://API.heygen.com:443/v3' }, 'https://api.heygen.com'],
		['a proxy with a path', { url: '/v3/videos' }, 'https://proxy.example.com/heygen'],
		['a server on this machine', { url: '/v3/videos' }, 'http://127.0.0.1:4000'],
		['no base URL', { url: '/v3/videos' }, ''],
	])('adds the key to %s', async (_name, options, baseUrl) => {
		const signed = await sign({ ...options, headers: { 'Idempotency-Key': 'k' } }, baseUrl);
		expect(signed.headers).toEqual({ 'Idempotency-Key': 'k', 'x-api-key': KEY });
		expect(signed.sendCredentialsOnCrossOriginRedirect).toBe(false);
		expect(signed.baseURL).toBeTruthy();
	});

	it.each([' https://api.heygen.com ', 'https://api.heygen.com/v3', 'HTTPS://API.HEYGEN.COM/V3/\n', ''])(
		'understands the base URL %j in the test of the credential, which gets it as typed',
		async (typed) => {
			const signed = await sign({ url: '/v3/users/me', baseURL: typed }, typed);
			expect(signed.baseURL).toBe('https://api.heygen.com');
		},
	);

	it('does not repeat a base URL in which there may be a key', async () => {
		const signing = sign({ url: 'https://evil.example/x' }, 'https://proxy.example.com/sk_V2_secret');
		await expect(signing).rejects.toThrow("'Base URL'");
		await expect(signing).rejects.not.toThrow('secret');
	});

	it.each<[string, IHttpRequestOptions]>([
		['another host', { url: 'https://evil.example/v3/videos' }],
		['another host below the base URL', { url: 'https://evil.example/', baseURL: 'https://api.heygen.com' }],
		['a foreign base URL', { url: '/v3/videos', baseURL: 'https://evil.example' }],
		['another host without scheme', { url: '//evil.example/v3' }],
		['backslashes', { url: '\\\\evil.example\\v3' }],
		['a user name that looks like the host', { url: 'https://api.heygen.com@evil.example/' }],
		['a longer name', { url: 'https://api.heygen.com.evil.example/' }],
		['another port', { url: 'https://api.heygen.com:8443/' }],
		['plain http', { url: 'http://api.heygen.com/v3/videos' }],
	])('throws for %s', async (_name, options) => {
		const request = { ...options };
		const error: unknown = await sign(request).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(Error);
		expect(String(error)).toContain("'Base URL'");
		expect(String(error)).not.toContain(KEY);
		expect(JSON.stringify(request)).not.toContain(KEY);
	});

	it.each(['http://api.heygen.com', 'https://u:p@api.heygen.com', 'garbage'])('throws for the base URL %s', async (baseUrl) => {
		await expect(sign({ url: '/v3/videos' }, baseUrl)).rejects.toThrow("'Base URL'");
	});
});

describe('the form', () => {
	it('hides the key, and asks for nothing else that is secret', () => {
		const [key, ...others] = credential.properties;
		expect(key).toMatchObject({ name: 'apiKey', required: true, default: '', typeOptions: { password: true } });
		expect(others.map(({ name }) => name)).toEqual(['customBaseUrl', 'baseUrl', 'baseUrl', 'concurrency', 'workers', 'rates']);
		expect(others.filter(({ typeOptions }) => typeOptions?.password === true)).toEqual([]);
	});

	it('says beside the key where HeyGen makes one', () => {
		const [key] = credential.properties;
		expect(key?.hint).toContain('<a href="https://app.heygen.com/developers/api" target="_blank">');
	});

	it('is called in the README as in the editor', () => {
		const readme = readFileSync(path.join(PROJECT, 'README.md'), 'utf8');
		// n8n names a new one by the type's name, without "API".
		for (const name of [credential.displayName, credential.displayName.replace('API', 'account')]) {
			expect(readme).toContain(`**${name}**`);
		}
	});

	it('has a drawing for light and one for dark', () => {
		expect(credential.icon.light).not.toBe(credential.icon.dark);
	});
});

describe('the base URL', () => {
	/** What n8n keeps of a credential: without defaults when the editor saves it, with them when a node reads it. */
	const kept = (data: INodeParameters) => {
		const of = (defaults: boolean) => NodeHelpers.getNodeParameters(credential.properties, data, defaults, false, null, null);
		return { saved: of(false)?.baseUrl, read: of(true)?.baseUrl };
	};

	const OWN = ['https://proxy.example.com/heygen', 'http://127.0.0.1:4000', 'https://api.heygen.com/', 'https://api.heygen.com/v3',
		' https://api.heygen.com', 'HTTPS://API.HEYGEN.COM', '={{ $vars.heygen }}', '=https://api.heygen.com', ''];
	const SWITCHES: Array<[string, INodeParameters]> = [
		['is missing', {}],
		['is off', { customBaseUrl: false }],
		['is on', { customBaseUrl: true }],
		['is text', { customBaseUrl: 'false' }],
		['is empty', { customBaseUrl: '' }],
		['is null', { customBaseUrl: null as never }],
		['is an expression', { customBaseUrl: '={{ false }}' }],
	];

	describe.each(SWITCHES)('where the switch %s', (_how, data) => {
		it.each(OWN)('stays %j', (baseUrl) => {
			expect(kept({ apiKey: KEY, ...data, baseUrl })).toEqual({ saved: baseUrl, read: baseUrl });
		});

		it("is HeyGen's where none is given", () => {
			for (const given of [{}, { baseUrl: 'https://api.heygen.com' }]) {
				const { saved, read } = kept({ apiKey: KEY, ...data, ...given });
				expect([undefined, 'https://api.heygen.com']).toContain(read);
				expect(saved).toBeUndefined();
			}
		});
	});

	it.each<[number, string, INodeParameters]>([
		[0, 'a new credential', { customBaseUrl: false, baseUrl: 'https://api.heygen.com' }],
		[1, 'one that asks for another', { customBaseUrl: true, baseUrl: 'https://api.heygen.com' }],
		[1, 'one with another', { customBaseUrl: true, baseUrl: 'http://127.0.0.1:4000' }],
		[1, 'an older one with another', { customBaseUrl: false, baseUrl: 'http://127.0.0.1:4000' }],
		[1, 'an older one with an expression', { customBaseUrl: false, baseUrl: '={{ $vars.heygen }}' }],
	])('is shown %d times in the form of %s', (times, _what, data) => {
		const fields = credential.properties.filter(({ name }) => name === 'baseUrl');
		expect(fields.filter((field) => displayParameter(data, field, null, null))).toHaveLength(times);
	});

	it('does not depend on itself, which n8n may refuse', () => {
		for (const { name, displayOptions } of credential.properties) {
			expect(Object.keys({ ...displayOptions?.show, ...displayOptions?.hide })).not.toContain(name);
		}
	});
});

describe('the test', () => {
	it('is a read of the account', () => {
		expect(credential.test.request.url).toBe('/v3/users/me');
		expect(credential.test.request.method ?? 'GET').toBe('GET');
	});

	it('lets a key without the account scope pass, and no other refusal', () => {
		const { ignoreHttpStatusErrors } = credential.test.request as IHttpRequestOptions;
		const except = typeof ignoreHttpStatusErrors === 'object' ? (ignoreHttpStatusErrors.except ?? []) : [];
		expect(except).toEqual(expect.arrayContaining([400, 401, 402, 404, 429, 500, 502, 503, 504]));
		expect(except).not.toContain(403);
	});

	it('has words for every refusal', () => {
		for (const rule of credential.test.rules ?? []) {
			expect(rule.properties.message).toMatch(/^[A-Z].*\.$/);
			expect(rule.properties.message).not.toContain('={{');
		}
		expect(credential.test.rules?.length).toBeGreaterThan(0);
	});
});

it('sends no key to a foreign host that is named as n8n HTTP Request names it', async () => {
	const options = { uri: 'https://evil.example/x', method: 'GET' } as unknown as Parameters<
		HeyGenSuiteApi['authenticate']
	>[1];
	await expect(
		new HeyGenSuiteApi().authenticate({ apiKey: 'secret', baseUrl: 'https://api.heygen.com' }, options),
	).rejects.toThrow('only sent to https://api.heygen.com');
	expect(JSON.stringify(options)).not.toContain('secret');
});
