import { createHash } from 'node:crypto';
import type { IBinaryData, IDataObject } from 'n8n-workflow';

import { EngineError } from '../../../nodes/engine/basics/errors';
import { Semaphore } from '../../../nodes/engine/basics/semaphore';
import { findBinary, inlineBinary } from '../../../nodes/engine/files/binary';
import { binaryFields } from '../../../nodes/engine/item/itemFiles';
import { inspect } from '../../../nodes/engine/files/inspect';
import { Uploads } from '../../../nodes/engine/files/uploads';
import type { Call } from '../../../nodes/engine/item/call';
import { FileToUpload, InlineFile, RENDER_IMAGE } from '../../../nodes/heygen/fileUses';
import { PNG } from '../../../nodes/heygen/formats';
import { pngFile } from '../support/mediaSamples';

/** Files on their way from n8n's store to the first byte that is sent. What is sent is tested in test/engine. */

const picture = pngFile(64, 64);

/** A store of n8n's that counts what is read. */
class Store {
	reads = 0;

	constructor(
		private readonly content: Buffer,
		private failures = 0,
	) {}

	readonly stream = async (id: string): Promise<AsyncIterable<Uint8Array>> => {
		this.reads++;
		if (this.failures-- > 0) throw new Error(`${id} cannot be read`);
		const { content } = this;
		return (async function* () {
			for (let at = 0; at < content.length; at += 7) yield content.subarray(at, at + 7);
		})();
	};
}

/** An item with binary fields, in a run of its own. */
function callWith(binary: Record<string, Partial<IBinaryData>>, store = new Store(picture), json: IDataObject = {}): Call {
	const assertBinaryData = (given: string | IBinaryData): Partial<IBinaryData> => {
		if (typeof given === 'object' && 'mimeType' in given) return given;
		const found = typeof given === 'string' ? binary[given] : undefined;
		if (found === undefined) throw new Error('This operation expects the node\'s input data to contain a binary file');
		return found;
	};
	return {
		context: {
			helpers: { assertBinaryData, getBinaryStream: store.stream },
			getInputData: () => ({ json, ...(Object.keys(binary).length === 0 ? {} : { binary }) }),
		},
		run: { shared: new Map(), fileSlots: new Semaphore(2) },
		client: {},
	} as unknown as Call;
}

const stored = (fileName?: string, mimeType = 'image/png', id = 'filesystem-v2:1'): Partial<IBinaryData> => ({ id, data: 'filesystem-v2', mimeType, fileName });
const upload = (source: unknown, name?: string) => new FileToUpload(source, 'Input Binary Field', undefined, name);

/** The name a file gets in HeyGen. */
async function nameOf(fileName: string | undefined, option?: string): Promise<string> {
	const call = callWith({ data: stored(fileName) });
	return (await Uploads.of(call).prepare(call, upload('data', option))).name;
}

describe('the name in HeyGen', () => {
	it.each([
		['photo.png', 'photo.png'],
		['PHOTO.PNG', 'PHOTO.PNG'],
		[' photo.png ', 'photo.png'],
		['photo', 'photo.png'],
		['photo.tmp', 'photo.tmp.png'],
		['C:\\temp\\photo.png', 'photo.png'],
		['/data/2026/photo.png', 'photo.png'],
		['pho"to\r\n.png', 'photo.png'],
		['Größe 休暇 😀.png', 'Größe 休暇 😀.png'],
		[undefined, 'data.png'],
		['', 'data.png'],
	])('of %j is %j', async (fileName, name) => {
		expect(await nameOf(fileName)).toBe(name);
	});

	it('is that of the option', async () => {
		expect(await nameOf('photo.jpg', 'logo.png')).toBe('logo.png');
		expect(await nameOf('photo.jpg', 'logo')).toBe('logo.png');
	});

	it.each([
		['letters', 'x'.repeat(400)],
		['umlauts', 'ä'.repeat(400)],
		['Chinese', '休'.repeat(400)],
		['emoji', '😀'.repeat(400)],
		['emoji and a letter', `${'😀'.repeat(400)}x`],
	])('is cut when it is long, but never within a character: %s', async (_what, long) => {
		for (const fileName of [`${long}.png`, long]) {
			const name = await nameOf(fileName);
			expect(name).toMatch(/\.png$/);
			// Half a character would reach HeyGen as a question mark.
			expect(Buffer.from(name).toString()).toBe(name);
			// No file system takes more.
			expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
		}
	});
});

describe('reading', () => {
	it('tells size, checksum, format and facts, however the store cuts the file', async () => {
		const file = await findBinary(callWith({ data: stored('photo.png') }), upload('data'));
		expect(await inspect(file)).toEqual({
			size: picture.length,
			sha256: createHash('sha256').update(picture).digest('hex'),
			format: PNG,
			facts: { width: 64, height: 64 },
		});
	});

	it('stops when the run is stopped', async () => {
		const file = await findBinary(callWith({ data: stored('photo.png') }), upload('data'));
		const reason = new Error('stopped');
		await expect(inspect(file, AbortSignal.abort(reason))).rejects.toBe(reason);
	});

	it('reads what n8n keeps in memory', async () => {
		const call = callWith({ data: { data: picture.toString('base64'), mimeType: 'image/png' } });
		expect(await inspect(await findBinary(call, upload('data')))).toMatchObject({ size: picture.length, format: PNG });
		const inline = inlineBinary(new InlineFile('image/png', picture.toString('base64'), RENDER_IMAGE), "'Image'");
		expect(await inspect(inline)).toMatchObject({ size: picture.length, format: PNG });
	});

	it('is done once for all items that carry the same stored file', async () => {
		const store = new Store(picture);
		const call = callWith({ data: stored('a.png'), again: stored('b.png'), other: stored('c.png', 'image/png', 'filesystem-v2:2') }, store);
		const uploads = Uploads.of(call);
		const ready = await Promise.all(['data', 'again', 'data', 'other'].map(async (field) => await uploads.prepare(call, upload(field))));
		expect(ready.map(({ name }) => name)).toEqual(['a.png', 'b.png', 'a.png', 'c.png']);
		expect(store.reads).toBe(2);
	});

	it('is done again when it has failed', async () => {
		const store = new Store(picture, 1);
		const call = callWith({ data: stored('a.png') }, store);
		const uploads = Uploads.of(call);
		await expect(uploads.prepare(call, upload('data'))).rejects.toMatchObject({
			message: `'Input Binary Field': "a.png" could not be read from n8n's file storage`,
			advice: expect.stringContaining('filesystem-v2:1 cannot be read') as unknown,
		});
		expect(await uploads.prepare(call, upload('data'))).toMatchObject({ format: PNG });
		expect(store.reads).toBe(2);
	});
});

describe('a binary field that is not there', () => {
	const NOTHING =
		'The item carries no file. Add a node in front that hands one on, such as Read/Write Files from Disk or HTTP Request, and see the Binary tab of the input.';
	const FIELDS = "The item's binary fields are: data, logo.";
	const two = { data: stored('a.png'), logo: stored('b.png') };

	it.each<[unknown, Record<string, Partial<IBinaryData>>, string, string]>([
		['photo', two, "'Input Binary Field': the item has no binary field \"photo\"", FIELDS],
		['photo', {}, "'Input Binary Field': the item has no binary field \"photo\"", NOTHING],
		['', two, "'Input Binary Field' is empty", FIELDS],
		['  ', {}, "'Input Binary Field' is empty", NOTHING],
		[null, two, "'Input Binary Field' is empty", FIELDS],
		[undefined, two, "'Input Binary Field' is empty", FIELDS],
		[{ nonsense: 1 }, two, "'Input Binary Field': the item has no such binary data", FIELDS],
		[5, two, "'Input Binary Field': the item has no binary field \"5\"", FIELDS],
		['[object Object]', two, "'Input Binary Field' takes the name of a binary field, such as data, but was given \"[object Object]\"", FIELDS],
		[['data', 'logo'], two, "'Input Binary Field': the item has no such binary data", FIELDS],
	])('%j of %#', async (source, binary, message, advice) => {
		const error = await findBinary(callWith(binary), upload(source)).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(EngineError);
		const { message: told, advice: toldAdvice, kind } = error as EngineError;
		expect([told, toldAdvice, kind]).toEqual([message, advice, 'input']);
	});

	it('is found with blanks around its name', async () => {
		expect(await findBinary(callWith(two), upload(' logo '))).toMatchObject({ name: 'b.png', label: "'Input Binary Field': \"b.png\"" });
	});
});

describe('binaryFields', () => {
	it('names those of the item, in order', () => {
		expect(binaryFields(callWith({ b: stored(), a: stored() }))).toEqual(['b', 'a']);
	});

	it('finds those in the JSON, where a workflow keeps files there', () => {
		const json = { photo: { mimeType: 'image/png', data: 'x' }, note: { mimeType: 'image/png' }, text: 'a', none: null, list: [1] };
		expect(binaryFields(callWith({}, undefined, json as unknown as IDataObject))).toEqual(['photo']);
	});

	it('names none of an item without files', () => {
		expect(binaryFields(callWith({}, undefined, { a: 1 }))).toEqual([]);
	});

	it('comes in pieces, although n8n hands over the whole file at once', async () => {
		const large = Buffer.alloc(1_000_000, 'x');
		const call = callWith({ data: stored('a.png') });
		const whole = { getBinaryStream: async () => (async function* () { yield large; })() };
		Object.assign(call.context.helpers, whole);
		const file = await findBinary(call, upload('data'));
		const sizes: number[] = [];
		for await (const piece of file.open()) sizes.push(piece.length);
		expect(sizes).toEqual([262_144, 262_144, 262_144, 213_568]);
	});

	it('tells when it breaks off in the middle', async () => {
		const call = callWith({ data: stored('a.png') });
		const broken = { getBinaryStream: async () => (async function* () { yield picture; throw new Error('Disk gone'); })() };
		Object.assign(call.context.helpers, broken);
		await expect(Uploads.of(call).prepare(call, upload('data'))).rejects.toThrow(/"a\.png" could not be read/);
	});
});
