/** The storage never sees the API key, nobody is shown a signed link, and no redirect leads a file elsewhere. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { timing } from '../../../nodes/engine/basics/timing';
import type { FaultKind } from '../../sandbox';
import { expectOwnAssets, itemsOf, leadLinksTo, runAsset, startAsset, usableAssets } from '../support/assetSupport';
import { readBinary } from '../support/harness';
import { manyFiles, pngFile, zipFile, type SampleFile } from '../support/sampleFiles';
import { avatar, errorOf, expectNoKey, itemAt, jsonOf, runVideo, until, useSandbox, useTiming } from '../support/support';

useTiming({ readTimeout: 150, writeTimeout: 150, fileTimeout: 150, ingestMax: 300, completePause: 5 });
const sandbox = useSandbox({ ingestSeconds: 0.05 });

/** What a server somewhere else was sent. */
interface Recorded {
	method: string;
	url: string;
	headers: IncomingHttpHeaders;
	bytes: number;
}

let recorder: Server;
let recorded: Recorded[];
const recorderUrl = () => `http://127.0.0.1:${(recorder.address() as AddressInfo).port}`;

beforeEach(async () => {
	recorded = [];
	recorder = createServer((request, response) => {
		let bytes = 0;
		request.on('data', (chunk: Buffer) => (bytes += chunk.length));
		request.on('end', () => {
			recorded.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, bytes });
			response.writeHead(200).end(request.method === 'GET' ? pngFile().content : undefined);
		});
	});
	await new Promise<void>((resolve) => recorder.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
	recorder.closeAllConnections();
	recorder.close();
});

/** Looks for the key, and for parts of signed links, in whatever came out of a run that failed. */
function expectNoSecrets(result: Parameters<typeof expectNoKey>[0]): void {
	expectNoKey(result, sandbox().apiKey);
	expectNoKey(result, 'Signature=');
	expectNoKey(result, '/uploads/');
}

const WAYS: ReadonlyArray<[way: string, files: SampleFile[]]> = [
	['a form', [pngFile()]],
	['a direct upload', [zipFile()]],
	['a batch', manyFiles(10)],
];

describe.each(WAYS)('with %s', (_way, files) => {
	it('the storage sees no key', async () => {
		expectOwnAssets(await runAsset(sandbox(), 'upload', {}, await itemsOf(files)), sandbox(), files);
		expect(sandbox().stats().keysSeenOnFileHost).toBe(0);
	});

	const paths =
		files.length > 1
			? ['/v3/assets/direct-uploads/batches', '/files', '/v3/assets/complete/batches', '/v3/assets/batches/{batch_id}']
			: files[0]?.fileName.endsWith('.zip')
				? ['/v3/assets/direct-uploads', '/files', '/v3/assets/{asset_id}/complete']
				: ['/v3/assets'];
	const kindsAt = (path: string): FaultKind[] => [
		'status',
		'drop_before',
		'garbage',
		'redirect',
		...(files.length > 1 ? [] : ['hang' as const]),
		...(path === '/files' ? ['expired_url' as const] : []),
	];
	const places = paths.flatMap((path) => kindsAt(path).map((kind) => [path, kind] as const));

	it.each(places)('no secret is in what comes out after trouble at %s: %s', async (path, kind) => {
		const method = path === '/files' ? 'PUT' : path.includes('{batch_id}') ? 'GET' : 'POST';
		const location = `${recorderUrl()}/elsewhere`;
		for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
			sandbox().clearFaults();
			sandbox().addFault({ match: { path, method }, kind, location, times: -1 });
			// Without keys one try is enough, except on the storage.
			const parameters = path === '/files' ? {} : { options: { sendIdempotencyKey: false } };
			const result = await runAsset(sandbox(), 'upload', parameters, await itemsOf(files), { onError });
			const failed = result.originalError !== undefined || (result.outputs[1] ?? []).length > 0;
			// A storage that has the bytes needs no answer.
			expect(failed).toBe(!(path === '/files' && kind === 'hang'));
			if (failed) expectNoSecrets(result);
		}
		expect(recorded).toEqual([]);
		expect(sandbox().stats().keysSeenOnFileHost).toBe(0);
	});
});

describe('a PUT', () => {
	// A slow machine must not look like a storage that does not answer.
	useTiming({ fileTimeout: 10_000 });

	it.each([
		['of one file', [zipFile()]],
		['of many', manyFiles(10)],
	] as const)('%s carries what was signed, and nothing of HeyGen', async (_what, files) => {
		leadLinksTo(sandbox(), recorderUrl());
		const result = await runAsset(sandbox(), 'upload', {}, await itemsOf(files), { onError: 'continueErrorOutput' });
		// The bytes are elsewhere, so HeyGen has none to make an asset of.
		expect((result.outputs[1] ?? []).length).toBe(files.length);
		expect(recorded).toHaveLength(files.length);
		const types = files.map(({ mimeType, content }) => [mimeType, String(content.length)].join());
		expect(recorded.map(({ headers }) => [headers['content-type'], headers['content-length']].join()).sort()).toEqual(
			types.sort(),
		);
		for (const { method, headers, bytes } of recorded) {
			expect(method).toBe('PUT');
			expect(bytes).toBe(Number(headers['content-length']));
			expect(JSON.stringify(headers)).not.toContain(sandbox().apiKey);
			const own = Object.keys(headers).filter(
				(name) => !['accept', 'accept-encoding', 'connection', 'host', 'user-agent'].includes(name),
			);
			expect(own.sort()).toEqual(['content-length', 'content-type', 'x-amz-checksum-sha256', 'x-amz-meta-upload']);
		}
	});

	it('that is redirected ends in an error, and the file goes nowhere else', async () => {
		const location = `${recorderUrl()}/elsewhere`;
		sandbox().addFault({ match: { path: '/files', method: 'PUT' }, kind: 'redirect', location, times: -1 });
		const error = errorOf(await runAsset(sandbox(), 'upload', {}, await itemsOf([zipFile()])));
		expect(error.message).toMatch(
			/^Could not upload the file "project\.zip": the file host answered with HTTP status 302 \(asset asset_\w+\) \(item 1\)$/,
		);
		expect(recorded).toEqual([]);
		expect(sandbox().stats().fileRequests).toBe(1);
		expect(usableAssets(sandbox())).toEqual([]);
	});
});

describe('a form', () => {
	it('that is redirected ends in an error, and neither file nor key go elsewhere', async () => {
		const location = `${recorderUrl()}/v3/assets`;
		sandbox().addFault({ match: { path: '/v3/assets' }, kind: 'redirect', location, times: -1 });
		const error = errorOf(await runAsset(sandbox(), 'upload', {}, await itemsOf([pngFile()])));
		expect(error.message).toBe('Could not upload the file "picture.png": HTTP status 302 (item 1)');
		expect(recorded).toEqual([]);
	});
});

describe('a download', () => {
	it('may be redirected, and takes no key along', async () => {
		const uploaded = jsonOf(await runAsset(sandbox(), 'upload', {}, await itemsOf([pngFile()])));
		sandbox().addFault({ match: { path: '/files', method: 'GET' }, kind: 'redirect', location: `${recorderUrl()}/file.png` });
		const result = await runAsset(sandbox(), 'download', { assetId: String(uploaded[0]?.asset_id) });
		expect(recorded).toHaveLength(1);
		expect(JSON.stringify(recorded[0]?.headers)).not.toContain(sandbox().apiKey);
		expect((await readBinary(itemAt(result), 'data')).equals(pngFile().content)).toBe(true);
	});

	it('that fails shows no link', async () => {
		const uploaded = jsonOf(await runAsset(sandbox(), 'upload', {}, await itemsOf([pngFile()])));
		sandbox().addFault({ match: { path: '/files', method: 'GET' }, kind: 'expired_url', times: -1 });
		const result = await runAsset(sandbox(), 'download', { assetId: String(uploaded[0]?.asset_id) });
		expect(errorOf(result).message).toContain('HTTP status 403');
		expectNoSecrets(result);
	});
});

it('no secret is in the error of a video whose file did not get there', async () => {
	sandbox().addFault({ match: { path: '/v3/assets' }, kind: 'status', status: 403, times: -1 });
	const items = await itemsOf([pngFile()]);
	const options = { background: { imageFile: { binaryPropertyName: 'data' } } };
	const result = await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hello', options }), { items });
	expect(errorOf(result).message).toMatch(/^Could not upload the file "picture\.png"/);
	expectNoSecrets(result);
});

it('no secret is in the error of a cancelled upload', async () => {
	const before = timing.fileTimeout;
	timing.fileTimeout = 60_000;
	sandbox().addFault({ match: { path: '/files', method: 'PUT' }, kind: 'hang', times: -1 });
	const running = startAsset(sandbox(), 'upload', {}, await itemsOf([zipFile()]));
	await until(() => sandbox().stats().fileRequests === 1);
	running.cancel();
	const result = await running.promise;
	timing.fileTimeout = before;
	expect(result.status).toBe('canceled');
	expectNoSecrets(result);
});
