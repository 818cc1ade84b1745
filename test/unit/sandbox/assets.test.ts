import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import { type AssetView, sampleFile } from '../../sandbox';
import { announced, put, sha256, uploadSamples, type UploadSlot } from '../../sandbox/assets/upload-client';
import { type Answer, SandboxClient } from '../../sandbox/client';
import { useOwnSandbox } from '../support/ownSandbox';

const MIB = 2 ** 20;
const SLOTS = '/v3/assets/direct-uploads';

const png = uploadSamples['image/png'] as Buffer;
const jpeg = uploadSamples['image/jpeg'] as Buffer;

const { sandbox, client } = useOwnSandbox({});

async function slotFor(bytes: Buffer, type: string, more = {}): Promise<UploadSlot> {
	const { status, body } = await client().post(SLOTS, announced(bytes, type, more));
	expect(status).toBe(200);
	return body.data;
}

const complete = (id: string, fields = {}): Promise<Answer> =>
	client().post(`/v3/assets/${id}/complete`, fields);

async function upload(bytes = png, name = 'a.png'): Promise<string> {
	return String((await client().upload(name, bytes)).body.data.asset_id);
}

async function uploadDirectly(bytes: Buffer, type: string, more = {}): Promise<string> {
	const slot = await slotFor(bytes, type, more);
	expect((await put(slot, bytes)).status).toBe(200);
	expect((await complete(slot.asset_id)).status).toBe(200);
	return slot.asset_id;
}

async function bytesOf(asset: AssetView | undefined): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of asset?.bytes() ?? []) chunks.push(chunk);
	return Buffer.concat(chunks);
}

describe('simple upload', () => {
	it.each(Object.keys(uploadSamples).filter((type) => type !== 'application/zip'))(
		'tells %s by its bytes, and gives it back',
		async (type) => {
			const bytes = uploadSamples[type] as Buffer;
			const { status, body } = await client().upload('grüße "1".dat', bytes);
			expect([status, body.data.mime_type, body.data.size_bytes]).toEqual([200, type, bytes.length]);
			const response = await fetch(body.data.url);
			expect(response.headers.get('content-type')).toBe(type);
			expect(response.headers.get('content-length')).toBe(String(bytes.length));
			expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
			expect(sandbox().assets).toMatchObject([
				{ filename: 'grüße "1".dat', mimeType: type, sha256: sha256(bytes), status: 'completed' },
			]);
			expect((await bytesOf(sandbox().assets[0])).equals(bytes)).toBe(true);
		},
	);

	it('logs facts instead of bytes', async () => {
		await upload();
		const facts = {
			filename: 'a.png',
			content_type: 'application/octet-stream',
			size_bytes: png.length,
		};
		expect(sandbox().requests()[0]?.body).toEqual({ file: { ...facts, sha256: sha256(png) } });
	});

	it.each([
		['audio/mpeg', '\xff\xfb\x90\x44'],
		['application/x-subrip', '\xef\xbb\xbf1\n00:00:00,000 --> 00:00:01,000\nHi\n'],
	])('knows another start of %s', async (type, start) => {
		const { body } = await client().upload('a', Buffer.from(start, 'latin1'));
		expect(body.data.mime_type).toBe(type);
	});

	it.each([
		['gif', sampleFile('gif')],
		['zip', uploadSamples['application/zip'] as Buffer],
		['mov', Buffer.from('\0\0\0\x14ftypqt  ')],
		['mkv', Buffer.from('\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska', 'latin1')],
		['nothing', Buffer.alloc(0)],
	])('refuses bytes of another type: %s', async (_, bytes) => {
		const { status, body } = await client().upload('a.png', bytes);
		expect([status, body.error.code, body.error.param]).toEqual([400, 'invalid_parameter', 'file']);
	});

	it.each<[string, Array<[string, string, string?]>, string]>([
		['no part', [], 'file'],
		['another part', [['image', 'x', 'a.png']], 'file'],
		[
			'one part more',
			[
				['file', 'x', 'a.png'],
				['folder_id', 'f'],
			],
			'folder_id',
		],
		[
			'two files',
			[
				['file', 'x', 'a.png'],
				['file', 'y', 'b.png'],
			],
			'file',
		],
		['no file name', [['file', 'x']], 'file'],
		['a name that is no name', [['file', 'x', '..']], 'file'],
	])('refuses a form with %s', async (_, parts, param) => {
		const form = new FormData();
		for (const [name, text, filename] of parts) {
			if (filename === undefined) form.append(name, text);
			else form.append(name, new Blob([text]), filename);
		}
		const { status, body } = await client().post('/v3/assets', form);
		expect([status, body.error.code, body.error.param]).toEqual([400, 'invalid_parameter', param]);
		expect(sandbox().stats().assetsCreated).toBe(0);
	});

	it.each(['application/json', 'image/png', 'multipart/form-data', 'multipart/form-data; boundary=x'])(
		'refuses a body sent as %s',
		async (type) => {
			const options = { headers: { 'Content-Type': type } };
			expect((await client().post('/v3/assets', '--y\r\n', options)).status).toBe(400);
		},
	);

	it('takes 32 MiB and not a byte more', async () => {
		const bytes = Buffer.alloc(32 * MIB + 1, png);
		expect((await client().upload('a.png', bytes.subarray(1))).status).toBe(400);
		expect((await client().upload('a.png', bytes.subarray(0, -1))).status).toBe(200);
		const { status, body } = await client().upload('a.png', bytes);
		expect([status, body.error.code]).toEqual([413, 'payload_too_large']);
		expect((await client().upload('a.png', Buffer.alloc(65 * MIB))).status).toBe(413);
		expect(sandbox().stats()).toMatchObject({ assetsCreated: 1, uploadBytesReceived: 3 * 32 * MIB + 1 });
	});
});

describe('direct upload', () => {
	it('takes a file in three steps', async () => {
		const digest = sha256(jpeg);
		const slot = await slotFor(jpeg, 'image/jpeg', { checksum_sha256: digest.toUpperCase() });
		expect(slot).toMatchObject({
			upload_headers: {
				'Content-Type': 'image/jpeg',
				'x-amz-checksum-sha256': Buffer.from(digest, 'hex').toString('base64'),
				'x-amz-meta-upload': expect.stringMatching(/./),
			},
			expires_in_seconds: 3_600,
			max_bytes: 5 * 2 ** 30,
			status: 'pending_upload',
		});
		expect(slot.upload_url).toContain(`${sandbox().fileUrl}/uploads/${slot.asset_id}/file.bin?`);
		expect((await complete(slot.asset_id)).body.error.code).toBe('conflict');
		const stored = await put(slot, jpeg);
		expect(stored).toMatchObject({ status: 200, text: '', etag: expect.stringMatching(/^".+"$/) });
		for (const method of ['GET', 'DELETE']) {
			const { status, body } = await client().call(method, `/v3/assets/${slot.asset_id}`);
			expect([status, body.error.code]).toEqual([404, 'asset_not_found']);
		}
		const first = await complete(slot.asset_id, { checksum_sha256: digest });
		const again = await complete(slot.asset_id);
		for (const { body } of [first, again]) {
			const facts = { asset_id: slot.asset_id, mime_type: 'image/jpeg', size_bytes: jpeg.length };
			expect(body.data).toMatchObject({ ...facts, status: 'processing' });
			expect(Buffer.from(await (await fetch(body.data.url)).arrayBuffer()).equals(jpeg)).toBe(true);
		}
		expect(sandbox().stats()).toMatchObject({
			assetsCreated: 1,
			uploadSlotsCreated: 1,
			uploadBytesReceived: jpeg.length,
		});
	});

	it.each(Object.entries(uploadSamples))('takes %s', async (type, bytes) => {
		await uploadDirectly(bytes, type);
	});

	it.each([
		[{ content_type: 'image/gif' }, 'content_type'],
		[{ size_bytes: 0 }, 'size_bytes'],
		[{ size_bytes: 1_001 }, 'size_bytes'],
		[{ size_bytes: '5' }, 'size_bytes'],
		[{ filename: '' }, 'filename'],
		[{ checksum_sha256: 'abc' }, 'checksum_sha256'],
		[{ folder_id: 'f' }, 'folder_id'],
	])('refuses to hand out a slot (%#)', async (fields, param) => {
		sandbox().configure({ assetMaxBytes: 1_000 });
		const { status, body } = await client().post(SLOTS, announced(png, 'image/png', fields));
		expect([status, body.error.code, body.error.param]).toEqual([400, 'invalid_parameter', param]);
		const files = [announced(png, 'image/png'), announced(png, 'image/png', fields)];
		const batch = await client().post(`${SLOTS}/batches`, { files });
		expect([batch.status, batch.body.error.param]).toEqual([400, `files[1].${param}`]);
		expect(sandbox().stats().uploadSlotsCreated).toBe(0);
	});

	it.each<[string, Parameters<typeof put>[2], number, string]>([
		['another type', { 'Content-Type': 'image/jpeg' }, 403, 'SignatureDoesNotMatch'],
		['a form', { 'Content-Type': 'multipart/form-data; boundary=x' }, 403, 'SignatureDoesNotMatch'],
		['no type', { 'Content-Type': null }, 403, 'SignatureDoesNotMatch'],
		['no token', { 'x-amz-meta-upload': null }, 403, 'SignatureDoesNotMatch'],
		['no checksum', { 'x-amz-checksum-sha256': null }, 403, 'SignatureDoesNotMatch'],
		['one header more', { 'x-amz-acl': 'public-read' }, 403, 'AccessDenied'],
		['chunks', { 'Content-Length': null }, 411, 'MissingContentLength'],
		['a key', { 'x-api-key': 'sandbox-key' }, 400, 'InvalidArgument'],
		['a bearer token', { Authorization: 'Bearer x' }, 400, 'InvalidArgument'],
	])('refuses a PUT with %s, however large', async (_, headers, status, code) => {
		const bytes = Buffer.alloc(20 * MIB, png);
		const slot = await slotFor(bytes, 'image/png', { checksum_sha256: sha256(bytes) });
		const answer = await put(slot, bytes, headers);
		expect([answer.status, answer.text]).toEqual([
			status,
			expect.stringContaining(`<Code>${code}</Code>`),
		]);
		expect(sandbox().assets).toMatchObject([{ status: 'pending_upload', sha256: null }]);
		expect(sandbox().stats()).toMatchObject({
			uploadBytesReceived: 0,
			keysSeenOnFileHost: code === 'InvalidArgument' ? 1 : 0,
		});
	});

	it('refuses bytes of another length or with another checksum, and takes the right ones then', async () => {
		const slot = await slotFor(png, 'image/png', { checksum_sha256: sha256(png) });
		const longer = await put(slot, Buffer.concat([png, png]));
		expect([longer.status, longer.text]).toEqual([
			403,
			expect.stringContaining('SignatureDoesNotMatch'),
		]);
		const other = await put(slot, Buffer.alloc(png.length));
		expect([other.status, other.text]).toEqual([400, expect.stringContaining('BadDigest')]);
		expect((await complete(slot.asset_id)).status).toBe(409);
		expect((await put(slot, png)).status).toBe(200);
	});

	it('refuses links that were tampered with, have expired or are for uploads only', async () => {
		const slot = await slotFor(png, 'image/png');
		const read = await fetch(slot.upload_url);
		expect([read.status, await read.text()]).toEqual([
			403,
			expect.stringContaining('SignatureDoesNotMatch'),
		]);
		const moved = { ...slot, upload_url: slot.upload_url.replace('file.bin', 'other.bin') };
		expect((await put(moved, png)).text).toContain('SignatureDoesNotMatch');
		sandbox().configure({ uploadUrlTtlSeconds: 0 });
		const late = await put(await slotFor(png, 'image/png'), png);
		expect([late.status, late.text]).toEqual([403, expect.stringContaining('Request has expired')]);
	});

	it('lets a second PUT replace the first', async () => {
		const slot = await slotFor(png, 'image/png');
		expect((await put(slot, Buffer.alloc(png.length))).status).toBe(200);
		const wrong = await complete(slot.asset_id);
		expect([wrong.status, wrong.body.error.param]).toEqual([400, 'content_type']);
		expect((await put(slot, png)).status).toBe(200);
		const checksum = await complete(slot.asset_id, { checksum_sha256: '0'.repeat(64) });
		expect([checksum.status, checksum.body.error.param]).toEqual([400, 'checksum_sha256']);
		expect((await complete(slot.asset_id)).status).toBe(200);
		expect((await bytesOf(sandbox().assets[0])).equals(png)).toBe(true);
	});

	it('shows uploaded bytes after a while', async () => {
		sandbox().configure({ uploadVisibleMs: 100 });
		const slot = await slotFor(png, 'image/png');
		await put(slot, png);
		expect((await complete(slot.asset_id)).body.error.code).toBe('conflict');
		await sleep(110);
		expect((await complete(slot.asset_id)).status).toBe(200);
		expect((await complete('asset_nobody')).body.error.code).toBe('asset_not_found');
	});

	it('keeps the memory of the sandbox small', async () => {
		const cli = path.join(__dirname, '../../sandbox/cli.ts');
		const arguments_ = ['--import', 'tsx', cli, '--for', '60'];
		const child = spawn(process.execPath, arguments_, { stdio: ['ignore', 'pipe', 'inherit'] });
		const lines = createInterface({ input: child.stdout });
		const [line] = (await once(lines, 'line')) as [string];
		const megabytes = (): number =>
			Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)]).toString()) / 1_024;
		const own = new SandboxClient(/http\S+/.exec(line)?.[0] ?? '');
		const [chunk, count] = [Buffer.alloc(MIB, uploadSamples['application/zip']), 128];
		const size = { size_bytes: count * MIB };
		const { body } = await own.post(SLOTS, announced(chunk, 'application/zip', size));
		const before = megabytes();
		let most = before;
		function* chunks(): Generator<Buffer> {
			for (let index = 0; index < count; index += 1) {
				if (index % 16 === 0) most = Math.max(most, megabytes());
				yield chunk;
			}
		}
		const answer = await put(body.data, chunks(), { 'Content-Length': count * MIB });
		child.kill('SIGTERM');
		await once(child, 'exit');
		expect(answer.status).toBe(200);
		expect(most - before).toBeLessThan(80);
	});
});
