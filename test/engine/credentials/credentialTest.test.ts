/** The test of a credential on save, run as n8n's tester runs it: a node whose one property carries the test's request. */
import get from 'lodash/get';
import type { INodeType } from 'n8n-workflow';
import { HeyGenSuiteApi } from '../../../credentials/HeyGenSuiteApi.credentials';
import { type HarnessCredentials, runNode, type RunResult } from '../support/harness';
import { usePlainServer } from '../support/plainServer';
import { countOf, errorOf, LIST, runVideo, useSandbox } from '../support/support';

const sandbox = useSandbox();
const server = usePlainServer();
const credentialType = new HeyGenSuiteApi();

/** As `testCredentials` of n8n 2.41 makes it. */
const tester: INodeType = {
	description: {
		displayName: 'Tester',
		name: 'tester',
		group: ['transform'],
		version: 1,
		description: 'Tests a credential',
		defaults: { name: 'Tester' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: credentialType.name, required: true }],
		properties: [
			{ displayName: 'Temp', name: 'temp', type: 'string', routing: { request: credentialType.test.request }, default: '' },
		],
	},
};

async function test(baseUrl: string, apiKey = sandbox().apiKey, more: Partial<HarnessCredentials> = {}) {
	const credentials = { apiKey, baseUrl, ...more };
	return await runNode({ node: tester, credentialType, credentials, parameters: {} });
}

it.each<[string, (url: string) => string]>([
	['as it is', (url) => url],
	['with blanks', (url) => `  ${url} `],
	['with a line end', (url) => `${url}\r\n`],
	['with a slash', (url) => `${url}/`],
	['with the version', (url) => `${url}/v3`],
	['with the version and slashes', (url) => ` ${url}/v3// `],
	['with an older version', (url) => `${url}/v2`],
	['in upper case', (url) => `${url.toUpperCase()}/V3`],
	['with what no one sees', (url) => `\uFEFF${url}\u200B`],
])('a base URL %s passes, and asks for the account', async (_how, typed) => {
	const result = await test(typed(sandbox().url));
	expect(result.originalError).toBeUndefined();
	expect(sandbox().requests().map(({ path, status }) => [path, status])).toEqual([['/v3/users/me', 200]]);
});

describe.each<[string, Partial<HarnessCredentials>]>([
	['that is older than the switch', {}],
	['whose switch is off', { customBaseUrl: false }],
	['whose switch is on', { customBaseUrl: true }],
])('a credential %s', (_what, more) => {
	it.each<[string, (url: string) => string]>([
		['a base URL', (url) => url],
		['a base URL with a slash', (url) => `${url}/`],
		['an expression as base URL', (url) => `={{ "${url}" }}`],
	])('sends its key where %s says, in the test and in a run', async (_how, typed) => {
		const baseUrl = typed(sandbox().url);
		expect((await test(baseUrl, sandbox().apiKey, more)).originalError).toBeUndefined();
		const run = await runVideo(sandbox(), 'getAll', {}, { credentials: { ...more, baseUrl } });
		expect(run.originalError).toBeUndefined();
		expect(sandbox().requests().map(({ path }) => path)).toEqual(['/v3/users/me', '/v3/videos']);
	});
});

it.each(['sk_V2_secret', 'ftp://sk_V2_secret'])('the base URL %s is refused, and not repeated', async (baseUrl) => {
	const error = errorOf(await test(baseUrl));
	expect(error.message).toContain("'Base URL'");
	expect(`${error.message} ${error.description ?? ''}`).not.toContain('secret');
	expect(sandbox().stats().requestsTotal).toBe(0);
});

it.each([' key\r\n', '\uFEFFkey', '\u200Bkey\u200B', '\u2068key\u2069'])('the key %j is that without blanks, in the test and in a run', async (typed) => {
	const apiKey = typed.replace('key', sandbox().apiKey);
	expect((await test(sandbox().url, apiKey)).originalError).toBeUndefined();
	const result = await runVideo(sandbox(), 'getAll', {}, { credentials: { apiKey } });
	expect(result.originalError).toBeUndefined();
	expect(countOf(sandbox(), LIST)).toBe(1);
});

/** What n8n's tester says to an answer that is no error, by the rules about bodies. */
function objection(result: RunResult): string | undefined {
	const answer = result.outputs[0]?.[0]?.json;
	const rule = (credentialType.test.rules ?? []).find(
		({ type, properties }) => type === 'responseSuccessBody' && get(answer, properties.key) === properties.value,
	);
	return rule?.properties.message;
}

describe('what is no answer of HeyGen', () => {
	const answered = async (status: number, body: string) => {
		server().answer = (_request, response) => {
			response.writeHead(status, { 'Content-Type': body.startsWith('{') ? 'application/json' : 'text/html' });
			response.end(body);
		};
		return await test(server().url);
	};

	it.each([402, 406, 407, 421, 422, 500, 503, 520, 522, 530])('as the status %d, does not pass', async (status) => {
		expect((await answered(status, 'error')).originalError).toBeDefined();
	});

	it.each([502, 503, 520, 522, 530])('as the status %d of a proxy, has words', (status) => {
		const rules = new HeyGenSuiteApi().test.rules as unknown as Array<{ type: string; properties: { value: unknown; message: string } }>;
		const rule = rules.find(({ type, properties }) => type === 'responseCode' && properties.value === status);
		expect(rule?.properties.message).toMatch(/^HeyGen does not answer, or a proxy/);
	});

	it.each([[200, '<!DOCTYPE html><html></html>'], [200, '\n<html></html>'], [403, '<html>blocked</html>']])('as a page with the status %d, is told', async (status, page) => {
		const result = await answered(status, page);
		expect(result.originalError ?? objection(result)).toMatch(/^A web page answers at the 'Base URL'/);
	});

	it.each([[200, '{"data":{"username":"ada"}}'], [403, '{"error":{"code":"insufficient_api_key_scope","message":"No"}}']])('but %d %s passes', async (status, body) => {
		const result = await answered(status, body);
		expect([result.originalError, objection(result)]).toEqual([undefined, undefined]);
	});
});
