import fc from 'fast-check';

import { archiveOf } from '../../../nodes/engine/files/archive';
import { namesIn } from '../../../nodes/engine/files/archiveNames';
import { bytes, little } from '../support/mediaSamples';
import { type SampleEntry, slowCrc, stored, TIME_FIELD, unicodePathField, type ZipSample, zipSample } from '../support/zipSamples';

/** What is in archives that other tools have made, and in what is none. */

const namesOf = async (content: Uint8Array, pieceLength?: number) => await namesIn(stored('a.zip', content, pieceLength));

const PAGE: SampleEntry = { name: 'index.html' };
const LOGO: SampleEntry = { name: 'assets/logo.png', content: Buffer.alloc(2_000, 'PK') };
const OPEN = { names: ['index.html', 'assets/logo.png'], isEncrypted: false };

/** An end record that says that the directory is `length` long, and begins at `offset`. */
const endRecord = (count: number, length: number, offset: number, commentLength = 0) =>
	bytes('PK\x05\x06', little(0, 4), little(count, 2), little(count, 2), little(length, 4), little(offset, 4), little(commentLength, 2));

describe('finds the names in an archive', () => {
	it.each<[string, SampleEntry[], ZipSample]>([
		['of Windows or 7-Zip', [PAGE, LOGO], {}],
		['of Info-ZIP', [PAGE, LOGO].map((entry) => ({ ...entry, extra: TIME_FIELD })), {}],
		['that was written as a stream, by macOS or Java', [PAGE, LOGO].map((entry) => ({ ...entry, flags: 8 })), {}],
		['with comments at files and at its end', [PAGE, { ...LOGO, comment: 'the logo' }], { comment: bytes('our project') }],
		['with the longest comment', [PAGE, LOGO], { comment: Buffer.alloc(65_535, 'c') }],
		['with a comment like an end record', [PAGE, LOGO], { comment: bytes('PK\x05\x06', Buffer.alloc(30)) }],
		['with a comment that is an end record', [PAGE, LOGO], { comment: endRecord(0, 0, 0) }],
		['with a comment that is an end record of something', [PAGE, LOGO], { comment: bytes('abc', endRecord(1, 20, 4)) }],
		['that opens itself', [PAGE, LOGO], { before: Buffer.alloc(3_000, 'MZ') }],
		['that opens itself and knows so', [PAGE, LOGO], { before: Buffer.alloc(3_000, 'MZ'), areOffsetsMoved: true }],
		['of the Zip64 kind', [PAGE, LOGO], { zip64: 'only' }],
		['of the Zip64 kind without need', [PAGE, LOGO], { zip64: 'as well' }],
		['of the Zip64 kind with more to say', [PAGE, LOGO], { zip64: 'only', zip64Extra: Buffer.alloc(40, 1) }],
		['of the Zip64 kind that opens itself', [PAGE, LOGO], { zip64: 'only', before: Buffer.alloc(3_000, 'MZ') }],
		['with a signature', [PAGE, LOGO], { signature: bytes('PK\x05\x05', little(4, 2), 'sign') }],
		['with a few bytes behind its end', [PAGE, LOGO], { behind: bytes('\r\n\r\n') }],
	])('%s', async (_what, entries, sample) => {
		const archive = zipSample(entries, sample);
		expect(await namesOf(archive)).toEqual(OPEN);
		expect(await namesOf(archive, 7)).toEqual(OPEN);
	});

	it('whose comment was cut off', async () => {
		const archive = zipSample([PAGE, LOGO], { comment: bytes('our project') });
		expect(await namesOf(archive.subarray(0, -6))).toEqual(OPEN);
	});

	it('of our own', async () => {
		const parts = ['index.html', 'assets/ünï 日本.png'].map((path) => ({ path, file: stored(path, bytes('x')) }));
		expect(await namesIn(await archiveOf('a.zip', 'A', parts))).toEqual({ names: ['assets/ünï 日本.png', 'index.html'], isEncrypted: false });
	});

	it('that has none', async () => {
		expect(await namesOf(endRecord(0, 0, 0))).toEqual({ names: [], isEncrypted: false });
		expect(await namesOf(zipSample([], { comment: bytes('nothing') }))).toEqual({ names: [], isEncrypted: false });
	});

	it('whatever their number, and however the file comes', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 20 }),
				fc.integer({ min: 1, max: 500 }),
				fc.constantFrom(undefined, 'only' as const, 'as well' as const),
				async (texts, pieceLength, zip64) => {
					const names = texts.map((text) => text.replaceAll('\\', ''));
					const archive = zipSample(names.map((name) => ({ name, flags: 0x800 })), { zip64, comment: Buffer.from(texts.join('')) });
					// A Zip64 record alone is no empty archive: such a file has something in front of its end record.
					const none = zip64 !== undefined && names.length === 0;
					if (!none) expect(await namesOf(archive, pieceLength)).toEqual({ names, isEncrypted: false });
				},
			),
			{ numRuns: 50 },
		);
	});
});

describe('a directory that is longer than what one reading keeps', () => {
	const entries = Array.from({ length: 6_000 }, (_, at) => ({ name: `frames/${at}.png`, content: bytes('f') }));
	const names = entries.map(({ name }) => name);

	it.each([1_000, 65_536, 262_144, 10_000_000])('is read in pieces of %i bytes', async (pieceLength) => {
		const file = stored('a.zip', zipSample(entries, { before: Buffer.alloc(100_000) }), pieceLength);
		expect(await namesIn(file)).toEqual({ names, isEncrypted: false });
		expect(file.opened).toBe(2);
	});

	it('is not read when nobody could make use of it', async () => {
		const file = stored('a.zip', bytes(Buffer.alloc(20_000_000), endRecord(1, 19_000_000, 0)), 1_000_000);
		expect(await namesIn(file)).toBeUndefined();
		expect(file.opened).toBe(1);
	});

	it('is not known when the file has become shorter meanwhile', async () => {
		const archive = zipSample(entries);
		let content = archive;
		const file = {
			...stored('a.zip', archive),
			open: () => {
				const reader = stored('a.zip', content).open();
				content = archive.subarray(0, 400_000);
				return reader;
			},
		};
		expect(await namesIn(file)).toBeUndefined();
	});

	it('of more entries than tools without Zip64 can count is read', async () => {
		const header = bytes('PK\x01\x02', Buffer.alloc(24), little(1, 2), Buffer.alloc(16), 'f');
		const directory = bytes(...Array<Buffer>(65_538).fill(header));
		expect((await namesOf(bytes(directory, endRecord(2, directory.length, 0))))?.names).toHaveLength(65_538);
	});

	it('is looked for a few times only, in a file that is full of end records', async () => {
		const record = endRecord(1, 300_000, 0);
		const file = stored('a.zip', bytes(Buffer.alloc(400_000), ...Array<Buffer>(1_000).fill(record)));
		expect(await namesIn(file)).toBeUndefined();
		expect(file.opened).toBeLessThan(20);
	});
});

it('ends when the item has been stopped', async () => {
	const reason = new Error('stopped');
	await expect(namesIn(stored('a.zip', zipSample([PAGE])), AbortSignal.abort(reason))).rejects.toBe(reason);
});

describe('a name', () => {
	const dos = bytes('\x81ber.html');

	it.each<[string, SampleEntry, string]>([
		['in UTF-8', { name: 'über.html', flags: 0x800 }, 'über.html'],
		['in UTF-8 that does not say so, as macOS writes it', { name: 'über.html' }, 'über.html'],
		['in the code page of the first PCs', { name: dos }, 'über.html'],
		['in that code page, with every letter', { name: Buffer.from([0x80, 0x9b, 0xb3, 0xe0, 0xff]) }, 'Ç¢│α\u00a0'],
		['with UTF-8 beside it', { name: dos, extra: bytes(TIME_FIELD, unicodePathField(dos, 'Über.html')) }, 'Über.html'],
		['with the UTF-8 of a former name beside it', { name: dos, extra: unicodePathField(bytes('old'), 'old') }, 'über.html'],
		['with a damaged field beside it', { name: dos, extra: bytes('up', little(99, 2), 1) }, 'über.html'],
		['with a field beside it that holds nothing', { name: dos, extra: bytes('up', little(2, 2), 1, 1) }, 'über.html'],
		['that is said to be UTF-8 and is not', { name: dos, flags: 0x800 }, '\ufffdber.html'],
		['of old tools on Windows', { name: 'assets\\img\\logo.png' }, 'assets/img/logo.png'],
		['of a folder', { name: 'assets/', content: bytes() }, 'assets/'],
		['of nothing', { name: '' }, ''],
	])('%s', async (_what, entry, name) => {
		expect(await namesOf(zipSample([entry, PAGE]))).toEqual({ names: [name, 'index.html'], isEncrypted: false });
	});
});

it('an archive is encrypted when one of its files is', async () => {
	expect(await namesOf(zipSample([PAGE, { ...LOGO, flags: 1 }]))).toEqual({ ...OPEN, isEncrypted: true });
	expect(await namesOf(zipSample([{ ...PAGE, flags: 0x801 }, LOGO]))).toEqual({ ...OPEN, isEncrypted: true });
});

describe('nothing is known of', () => {
	const archive = zipSample([PAGE, LOGO]);
	const directoryAt = archive.indexOf('PK\x01\x02', 0, 'latin1');

	it.each<[string, Buffer]>([
		['a file without content', bytes()],
		['a text', bytes('PK is no archive')],
		['an archive without its end', archive.subarray(0, -30)],
		['an archive without its directory', bytes(archive.subarray(0, directoryAt), archive.subarray(-22))],
		['an archive whose directory is damaged', bytes(archive.subarray(0, directoryAt), Buffer.alloc(4), archive.subarray(directoryAt + 4))],
		['an archive whose end record says that it is empty', bytes(archive.subarray(0, directoryAt), endRecord(0, 0, 0))],
		['an archive whose end record counts other entries', bytes(archive.subarray(0, -22), endRecord(3, archive.length - 22 - directoryAt, directoryAt))],
		['an end record of a directory that would begin in front of the file', bytes('x', endRecord(1, 5_000, 9))],
	])('%s', async (_what, content) => {
		expect(await namesOf(content)).toBeUndefined();
	});

	it('what is cut off anywhere but in a comment, and no damage makes the reader fail', async () => {
		for (let end = 0; end < archive.length; end++) expect(await namesOf(archive.subarray(0, end))).toBeUndefined();
		await fc.assert(
			fc.asyncProperty(fc.nat(archive.length - directoryAt - 1), fc.integer({ min: 0, max: 255 }), async (at, byte) => {
				const damaged = Buffer.from(archive);
				damaged[directoryAt + at] = byte;
				const found = await namesOf(damaged);
				if (found !== undefined) expect(found.names).toHaveLength(2);
			}),
			{ numRuns: 300 },
		);
	});
});

it('the tests know the checksum', () => {
	expect(slowCrc(bytes('123456789'))).toBe(0xcbf43926);
});
