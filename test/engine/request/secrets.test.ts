/** The API key is in no error, no output and no stored execution, and goes to no other host. */
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { Sandbox, type Fault } from '../../sandbox';
import {
	avatar,
	createVideos,
	errorOf,
	expectNoKey,
	FAST_JOBS,
	manyScripts,
	runVideo,
	seedVideos,
	startVideo,
	until,
	useSandbox,
	useTiming,
	type VideoRunOptions,
} from '../support/support';

useTiming({ readTimeout: 300, writeTimeout: 300, fileTimeout: 300 });
const sandbox = useSandbox();
const ON_ERROR = ['stopWorkflow', 'continueErrorOutput'] as const;

describe.each(ON_ERROR)('no key is in what comes out of a run with %s', (onError) => {
	const run = async (operation: string, parameters: INodeParameters, options: VideoRunOptions = {}) => {
		const result = await runVideo(sandbox(), operation, parameters, { onError, ...options });
		expect(result.originalError !== undefined || (result.outputs[1] ?? []).length > 0).toBe(true);
		return result;
	};
	const fault = (kind: Fault['kind'], more: Partial<Fault> = {}) =>
		sandbox().addFault({ match: {}, kind, times: -1, ...more });

	it('refused with 401', async () => {
		const credentials = { apiKey: 'a-wrong-api-key' };
		expectNoKey(await run('get', { videoId: 'abc' }, { credentials }), 'a-wrong-api-key');
	});

	it('refused with 402', async () => {
		const credentials = { apiKey: 'sandbox-key-no-credit' };
		const result = await run('createAvatar', avatar(), { items: manyScripts(2), credentials });
		expectNoKey(result, 'sandbox-key');
	});

	it.each([
		['500', 'status', {}],
		['a dropped connection', 'drop_before', {}],
		['a time-out', 'hang', {}],
		['garbage', 'garbage', {}],
		['a redirect', 'redirect', { location: 'http://127.0.0.1:9/' }],
	] as const)('ended by %s', async (_name, kind, more) => {
		fault(kind, more);
		const result = await run('createAvatar', avatar(), { items: manyScripts(2) });
		expectNoKey(result, sandbox().apiKey);
	});

	it('with a failed download', async () => {
		const [videoId = ''] = seedVideos(sandbox(), 1);
		fault('drop_before', { match: { path: '/files' } });
		expectNoKey(await run('download', { videoId }), sandbox().apiKey);
	});

	it('with a failed batch', async () => {
		fault('status');
		const parameters = avatar({ options: { sendAsBatch: true } });
		expectNoKey(await run('createAvatar', parameters, { items: manyScripts(2) }), sandbox().apiKey);
	});

	it('with a wait that timed out', async () => {
		const [videoId = ''] = await createVideos(sandbox(), 1, { title: '[stuck]' });
		const parameters = { videoId, waitOptions: { timeoutMinutes: 0.002 } };
		expectNoKey(await run('wait', parameters), sandbox().apiKey);
	});

	it('with nobody at the address', async () => {
		// The port of a sandbox that has gone.
		const gone = await Sandbox.start(FAST_JOBS);
		await gone.stop();
		const credentials = { baseUrl: gone.url };
		const result = await run('get', { videoId: 'abc' }, { credentials });
		expectNoKey(result, sandbox().apiKey);
	});

	it('with a server that does not speak HTTP', async () => {
		const server = await babbler();
		const credentials = { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
		const result = await run('get', { videoId: 'abc' }, { credentials });
		server.close();
		expectNoKey(result, sandbox().apiKey);
	});

	it('with a key that cannot be a header', async () => {
		const credentials = { apiKey: 'a-key-with-ä-line\nbreak' };
		expectNoKey(await run('get', { videoId: 'abc' }, { credentials }), 'a-key-with');
	});

	it('with a base URL that is not allowed', async () => {
		const credentials = { baseUrl: 'http://api.example.com' };
		expectNoKey(await run('get', { videoId: 'abc' }, { credentials }), sandbox().apiKey);
	});
});

/** A server that answers every request with something that is not HTTP. */
async function babbler(): Promise<Server> {
	const server = createServer((socket) => {
		socket.on('error', () => socket.destroy());
		socket.once('data', () => socket.end('I do not speak your language\r\n\r\n'));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return server;
}

describe('messages', () => {
	it('tell what a server is that does not speak HTTP', async () => {
		const server = await babbler();
		const credentials = { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
		const error = errorOf(await runVideo(sandbox(), 'get', { videoId: 'abc' }, { credentials }));
		server.close();
		expect(error.message).toMatch(/^Could not get the video: .* \(item 1\)$/);
		expect(error.description).toContain("'Base URL'");
	});

	it('tell that nobody is at the address', async () => {
		const gone = await Sandbox.start(FAST_JOBS);
		await gone.stop();
		const credentials = { baseUrl: gone.url };
		const error = errorOf(await runVideo(sandbox(), 'get', { videoId: 'abc' }, { credentials }));
		expect(error.message).toBe('Could not get the video: the connection was refused (item 1)');
		expect(error.description).toContain("'Base URL'");
	});
});

describe('the key goes to no other host', () => {
	let other: Sandbox;

	beforeEach(async () => {
		other = await Sandbox.start(FAST_JOBS);
	});
	afterEach(async () => await other.stop());

	it('than HeyGen over plain http', async () => {
		const credentials = { baseUrl: 'http://api.example.com' };
		const error = errorOf(await runVideo(sandbox(), 'get', { videoId: 'abc' }, { credentials }));
		expect(error.message).toContain("'Base URL' must start with https://");
	});

	it('with user name and password in the address', async () => {
		const credentials = { baseUrl: sandbox().url.replace('http://', 'http://user:pass@') };
		const error = errorOf(await runVideo(sandbox(), 'get', { videoId: 'abc' }, { credentials }));
		expect(error.message).toContain('must be a plain address');
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it.each(['get', 'delete', 'createAvatar', 'getAll'])('when %s is redirected there', async (operation) => {
		const location = `${other.url}/v3/videos`;
		sandbox().addFault({ match: {}, kind: 'redirect', location, times: -1 });
		const parameters = operation === 'createAvatar' ? avatar({ script: 'Hello' }) : { videoId: 'abc' };
		const error = errorOf(await runVideo(sandbox(), operation, parameters));
		expect(error.message).toMatch(/^Could not \w+ the videos?: HTTP status 302/);
		// Asked again, as after every answer that leaves open what has happened, but never elsewhere.
		expect(sandbox().stats().requestsTotal).toBe(1 + timing.retryCount);
		expect(other.stats()).toMatchObject({ requestsTotal: 0, fileRequests: 0, videosCreated: 0 });
	});

	it('when a file is redirected there', async () => {
		const [videoId = ''] = seedVideos(sandbox(), 1);
		const [target] = seedVideos(other, 1);
		const location = `${other.fileUrl}/files/videos/${target}/video.mp4`;
		sandbox().addFault({ match: { path: '/files' }, kind: 'redirect', location });
		await runVideo(sandbox(), 'download', { videoId }, { onError: 'continueErrorOutput' });
		expect(other.stats()).toMatchObject({ fileRequests: 1, keysSeenOnFileHost: 0 });
		expect(sandbox().stats().keysSeenOnFileHost).toBe(0);
	});
});

describe('a cancelled run', () => {
	it('has no key in its error', async () => {
		const before = timing.readTimeout;
		timing.readTimeout = 60_000;
		sandbox().addFault({ match: {}, kind: 'hang', times: -1 });
		const running = startVideo(sandbox(), 'get', { videoId: 'abc' });
		await until(() => sandbox().stats().maxConcurrentRequests === 1);
		running.cancel();
		const result = await running.promise;
		timing.readTimeout = before;
		expect(result.status).toBe('canceled');
		expectNoKey(result, sandbox().apiKey);
	});
});
