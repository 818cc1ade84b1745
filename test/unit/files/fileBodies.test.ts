import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { FileBody, type FileContent, FileForm } from '../../../nodes/engine/files/bodies';
import { fill, type Slot } from '../../../nodes/engine/files/directUpload';
import type { ReadyFile } from '../../../nodes/engine/files/readyFile';
import type { Call } from '../../../nodes/engine/item/call';
import { PNG } from '../../../nodes/heygen/formats';
import { requireAsCore } from '../../jest/shared';

/** Bodies that stream a file, as they leave through the HTTP library that n8n sends with. */

/** What the tests need of axios. */
interface Axios {
	request(options: object): Promise<{ status: number; data: unknown; headers: Record<string, unknown> }>;
}

// Several copies of axios can be installed; this is the one n8n-core uses.
const axios = requireAsCore('axios') as Axios;

/** A request as it came over the wire. */
interface Received {
	method: string;
	headers: IncomingMessage['headers'];
	body: Buffer;
}

let server: Server;
let url: string;
let received: Received[] = [];
/** Whether the server reads what is sent. */
let open: Promise<void> = Promise.resolve();

async function receive(request: IncomingMessage): Promise<void> {
	await open;
	const chunks: Buffer[] = [];
	for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
	received.push({ method: String(request.method), headers: request.headers, body: Buffer.concat(chunks) });
}

beforeAll(async () => {
	server = createServer((request, response) => {
		// A body that breaks off is no request; the sender has the error.
		receive(request).then(() => response.end('{}'), () => response.destroy());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/storage`;
});
afterEach(() => {
	received = [];
	open = Promise.resolve();
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

/** Sends with the settings n8n gives axios. */
async function send(method: string, data: object, headers: object = {}): Promise<Received> {
	await axios.request({ method, url, data, headers, maxBodyLength: Infinity, maxContentLength: Infinity, maxRedirects: 0 });
	return received.at(-1) as Received;
}

/** A file of pieces, and how often it was read from its beginning. */
function fileOf(pieces: Uint8Array[], about: Partial<FileContent> = {}): FileContent & { reads: number } {
	const content = {
		reads: 0,
		name: 'photo.png',
		mediaType: 'image/png',
		size: pieces.reduce((sum, { length }) => sum + length, 0),
		file: {
			label: '',
			name: '',
			mediaType: '',
			identity: '',
			open: async function* () {
				content.reads++;
				yield* pieces;
			},
		},
		...about,
	};
	return content;
}

const PIECES = [Buffer.from('first '), new Uint8Array([0, 1, 2, 254, 255]), Buffer.alloc(300_000, 7), Buffer.from('\r\nlast')];
const WHOLE = Buffer.concat(PIECES);

/** The one part of a form: its headers and its content. */
function partOf({ headers, body }: Received): { head: string; content: Buffer } {
	const boundary = /boundary=(\S+)$/.exec(String(headers['content-type']))?.[1] ?? '?';
	const start = `--${boundary}\r\n`;
	const end = `\r\n--${boundary}--\r\n`;
	const headEnd = body.indexOf('\r\n\r\n');
	expect(body.subarray(0, start.length).toString()).toBe(start);
	expect(body.subarray(-end.length).toString()).toBe(end);
	return { head: body.subarray(start.length, headEnd).toString(), content: body.subarray(headEnd + 4, -end.length) };
}

describe('FileBody', () => {
	it('is sent as it is, with its length and type', async () => {
		const { method, headers, body } = await send('PUT', new FileBody(fileOf(PIECES)));
		expect(method).toBe('PUT');
		expect(body.equals(WHOLE)).toBe(true);
		expect(headers['content-length']).toBe(String(WHOLE.length));
		expect(headers['content-type']).toBe('image/png');
		expect(headers['transfer-encoding']).toBeUndefined();
	});

	it('is read anew by every try', async () => {
		const content = fileOf(PIECES);
		const body = new FileBody(content);
		for (const _try of [1, 2]) expect((await send('PUT', body)).body.equals(WHOLE)).toBe(true);
		expect((await send('PUT', new FileBody(content))).body.equals(WHOLE)).toBe(true);
		expect(content.reads).toBe(3);
	});

	it('tells whenever a piece has been taken', async () => {
		let moved = 0;
		await send('PUT', new FileBody(fileOf(PIECES), () => moved++));
		expect(moved).toBe(PIECES.length);
	});

	it('is read no faster than it is taken', async () => {
		let go = () => {};
		open = new Promise((resolve) => {
			go = resolve;
		});
		const megabyte = Buffer.alloc(2 ** 20);
		let taken = 0;
		const sent = send('PUT', new FileBody(fileOf(Array.from({ length: 60 }, () => megabyte)), () => taken++));
		await sleep(300);
		expect(taken).toBeGreaterThan(0);
		expect(taken).toBeLessThan(30);
		go();
		expect((await sent).body).toHaveLength(60 * 2 ** 20);
	});

	it('hands on the error of a file that cannot be read', async () => {
		const content = fileOf(PIECES);
		content.file.open = async function* () {
			yield WHOLE.subarray(0, 100);
			throw new Error('The disk is gone');
		};
		await expect(send('PUT', new FileBody(content))).rejects.toThrow('The disk is gone');
		expect(received).toEqual([]);
	});
});

describe('FileForm', () => {
	it('is sent as a form of one part, with the length of it all', async () => {
		const request = await send('POST', new FileForm('file', fileOf(PIECES)));
		expect(request.headers['content-type']).toMatch(/^multipart\/form-data; boundary=\S+$/);
		expect(request.headers['content-length']).toBe(String(request.body.length));
		expect(request.headers['transfer-encoding']).toBeUndefined();
		const { head, content } = partOf(request);
		expect(head).toBe('Content-Disposition: form-data; name="file"; filename="photo.png"\r\nContent-Type: image/png');
		expect(content.equals(WHOLE)).toBe(true);
	});

	it('is read anew by every try', async () => {
		const content = fileOf(PIECES);
		for (const _try of [1, 2, 3]) {
			expect(partOf(await send('POST', new FileForm('file', content))).content.equals(WHOLE)).toBe(true);
		}
		expect(content.reads).toBe(3);
	});

	it.each([
		['Grüße aus Köln.png', 'Grüße aus Köln.png'],
		['休暇 😀.png', '休暇 😀.png'],
		['a "quoted" name.png', 'a %22quoted%22 name.png'],
		["it's; a=b.png", "it's; a=b.png"],
		['two\r\nlines: injected.png', 'two%0D%0Alines: injected.png'],
	])('keeps the name %j within its header', async (name, sentName) => {
		const request = await send('POST', new FileForm('file', fileOf(PIECES, { name })));
		expect(partOf(request).head.split('\r\n')).toEqual([
			`Content-Disposition: form-data; name="file"; filename="${sentName}"`,
			'Content-Type: image/png',
		]);
		// The length counts bytes, not characters.
		expect(request.headers['content-length']).toBe(String(request.body.length));
	});

	it('keeps the key and other headers beside its own', async () => {
		const { headers } = await send('POST', new FileForm('file', fileOf(PIECES)), { 'X-Api-Key': 'k', 'Idempotency-Key': 'i' });
		expect(headers).toMatchObject({ 'x-api-key': 'k', 'idempotency-key': 'i' });
		expect(headers['content-type']).toMatch(/^multipart\/form-data/);
	});
});

describe('a slot', () => {
	const ready: ReadyFile = { ...fileOf(PIECES), sha256: 'abc', format: PNG };

	/** Fills a slot through axios, as n8n's request helper does. */
	async function filled(headers: Record<string, string>): Promise<Received> {
		const httpRequest = async ({ method, url: to, body, headers: given, abortSignal, disableFollowRedirect }: IHttpRequestOptions) => {
			expect([to, disableFollowRedirect]).toEqual([url, true]);
			const { status, data, headers: answer } = await axios.request({
				...{ method, url, data: body, headers: given, signal: abortSignal },
				...{ maxBodyLength: Infinity, maxRedirects: 0, validateStatus: () => true },
			});
			return { statusCode: status, body: data, headers: answer };
		};
		const client = { transport: {} };
		const call = { client, files: { helpers: { httpRequest }, client } } as unknown as Call;
		const slot: Slot = { asset_id: 'a1', upload_url: url, upload_headers: headers, max_bytes: 10 ** 9 };
		expect(await fill(call, ready, slot)).toBeUndefined();
		return received.at(-1) as Received;
	}

	it('gets the bytes with the headers that its signature is over', async () => {
		const { method, headers, body } = await filled({ 'Content-Type': 'image/png', 'x-amz-checksum-sha256': 'abc', 'If-None-Match': '*' });
		expect(method).toBe('PUT');
		expect(body.equals(WHOLE)).toBe(true);
		expect(headers).toMatchObject({ 'content-type': 'image/png', 'x-amz-checksum-sha256': 'abc', 'if-none-match': '*' });
		expect(headers['content-length']).toBe(String(WHOLE.length));
		expect([headers['x-api-key'], headers.authorization]).toEqual([undefined, undefined]);
	});

	it('gets type and length also when HeyGen names neither', async () => {
		const { headers } = await filled({});
		expect(headers).toMatchObject({ 'content-type': 'image/png', 'content-length': String(WHOLE.length) });
	});

	it.each(['Content-Type', 'content-type'])('gets the %s that HeyGen names, also when it is not the one declared', async (name) => {
		// The signature is over HeyGen's: the storage refuses any other.
		const { headers } = await filled({ [name]: 'application/octet-stream' });
		expect(headers['content-type']).toBe('application/octet-stream');
	});
});
