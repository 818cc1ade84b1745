import fc from 'fast-check';

import { EngineError } from '../../../nodes/engine/basics/errors';
import { archiveOf } from '../../../nodes/engine/files/archive';
import type { BinaryFile } from '../../../nodes/engine/files/binary';
import { crc32 } from '../../../nodes/engine/files/crc32';
import { inspect } from '../../../nodes/engine/files/inspect';
import { ZIP } from '../../../nodes/heygen/formats';
import { HYPERFRAMES_PROJECT_MAX_MB } from '../../../nodes/heygen/limits';
import { bytes } from '../support/mediaSamples';
import { contentOf, slowCrc, stored, unzipped } from '../support/zipSamples';

/** Archives that are written, read by a reader of the tests' own. */

const LABEL = `'Project Binary Fields': "project.zip"`;
const pack = async (files: ReadonlyArray<readonly [string, BinaryFile]>, signal?: AbortSignal) =>
	await archiveOf('project.zip', LABEL, files.map(([path, file]) => ({ path, file })), signal);

const page = bytes('<!doctype html><h1>Hello</h1>');

async function refusal(work: Promise<unknown>): Promise<string> {
	const error = await work.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(EngineError);
	expect((error as EngineError).kind).toBe('input');
	expect((error as EngineError).advice).not.toBe('');
	return (error as EngineError).message;
}

describe('the checksum', () => {
	it('is that of the standard', () => {
		expect(crc32(bytes('123456789'))).toBe(0xcbf43926);
		expect(crc32(bytes())).toBe(0);
	});

	it('is the same bit by bit, in whatever pieces the bytes come and wherever they lie in memory', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (content, cut) => {
				const parts = [content.subarray(0, cut), content.subarray(cut)];
				expect(parts.reduce((sum, part) => crc32(part, sum), 0)).toBe(slowCrc(content));
			}),
		);
	});
});

describe('an archive', () => {
	it('holds files of every length under their paths, in the order of the paths', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(fc.tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), fc.uint8Array({ maxLength: 300 })), {
					selector: ([path]) => path,
					maxLength: 8,
				}),
				fc.integer({ min: 1, max: 200 }),
				async (files, pieceLength) => {
					const archive = await pack(files.map(([path, content]) => [path, stored(path, content, pieceLength)]));
					const found = unzipped(await contentOf(archive));
					const wanted = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
					expect(found).toEqual(wanted.map(([path, content]) => [path, Buffer.from(content)]));
				},
			),
			{ numRuns: 50 },
		);
	});

	it('of large and small files comes in pieces, none of them much larger than those of its files', async () => {
		const film = Buffer.alloc(300_000, 'film');
		const small = Array.from({ length: 100 }, (_, at) => [`icons/${at}.svg`, stored(`${at}`, bytes(`<svg>${at}`))] as const);
		const archive = await pack([['video.mp4', stored('video.mp4', film, 100_000)], ['a.mp4', stored('a.mp4', film, 50_000)], ...small]);
		const lengths: number[] = [];
		for await (const piece of archive.open()) lengths.push(piece.length);
		expect(Math.max(...lengths)).toBe(100_000);
		// Each header and each content would be more than 300.
		expect(lengths.length).toBeLessThan(15);
		const found = new Map(unzipped(await contentOf(archive)));
		expect(found.size).toBe(102);
		expect(found.get('video.mp4')).toEqual(film);
	});

	it('is the same, and has the same identity, whatever the order of its files and whenever it is made', async () => {
		const parts = [
			['index.html', stored('index.html', page)],
			['assets/ü.png', stored('ü.png', bytes('png'))],
		] as const;
		const one = await pack(parts);
		const other = await pack([...parts].reverse());
		expect(await contentOf(other)).toEqual(await contentOf(one));
		expect(await contentOf(one)).toEqual(await contentOf(one));
		expect(other.identity).toBe(one.identity);
	});

	it.each<[string, Array<[string, BinaryFile]>]>([
		['path', [['home.html', stored('index.html', page)]]],
		['stored file', [['index.html', { ...stored('other', page) }]]],
		['content', [['index.html', stored('index.html', bytes('<p>'))]]],
		['number of files', [['index.html', stored('index.html', page)], ['a', stored('a', page)]]],
	])('has another identity with another %s', async (_what, parts) => {
		const first = await pack([['index.html', stored('index.html', page)]]);
		expect((await pack(parts)).identity).not.toBe(first.identity);
	});

	it('is a ZIP archive to the check that looks at every file before it goes up', async () => {
		const archive = await pack([['index.html', stored('index.html', page)]]);
		const content = await contentOf(archive);
		expect(await inspect(archive)).toMatchObject({ size: content.length, format: ZIP });
		expect(archive).toMatchObject({ name: 'project.zip', label: LABEL, mediaType: 'application/zip' });
	});

	it('without files is empty', async () => {
		expect(unzipped(await contentOf(await pack([])))).toEqual([]);
	});

	it('is made by one reading of each file, and one more each time that it is read', async () => {
		const file = stored('index.html', page);
		const archive = await pack([['index.html', file]]);
		expect(file.opened).toBe(1);
		await contentOf(archive);
		await contentOf(archive);
		expect(file.opened).toBe(3);
	});

	it('is not made any further when the item has been stopped', async () => {
		const stop = new AbortController();
		const file = stored('index.html', Buffer.alloc(10), 1);
		const stopping: BinaryFile = {
			...file,
			async *open() {
				yield Buffer.alloc(1);
				stop.abort(new Error('stopped'));
				yield Buffer.alloc(1);
			},
		};
		const late = stored('z', page);
		await expect(pack([['index.html', stopping], ['z', late]], stop.signal)).rejects.toThrow('stopped');
		expect(late.opened).toBe(0);
	});

	it('closes the file that is being read when nobody reads on', async () => {
		let isClosed = false;
		const file: BinaryFile = {
			...stored('film', page),
			async *open() {
				try {
					for (let left = 8; left > 0; left--) yield Buffer.alloc(100_000);
				} finally {
					isClosed = true;
				}
			},
		};
		const archive = await pack([['film', file]]);
		isClosed = false;
		// The first piece is the header, the second one is of the film.
		const reader = archive.open()[Symbol.asyncIterator]();
		await reader.next();
		expect((await reader.next()).value).toHaveLength(100_000);
		expect(isClosed).toBe(false);
		await reader.return?.();
		expect(isClosed).toBe(true);
	});
});

describe('refuses', () => {
	/** A file whose bytes are one and the same zeros. */
	function zeros(megabytes: number): BinaryFile & { read: number } {
		const piece = Buffer.alloc(1024 ** 2);
		return {
			...stored('film.mp4', piece),
			read: 0,
			async *open() {
				for (let left = megabytes; left > 0; left--) {
					this.read++;
					yield piece;
				}
			},
		};
	}

	it('more than HeyGen takes, and reads no further', async () => {
		const films = [zeros(150), zeros(150), zeros(1)] as const;
		const problem = await refusal(pack(films.map((film, at) => [`${at}.mp4`, film])));
		expect(problem).toBe(`${LABEL} would be larger than 200 MB, the most that HeyGen takes for a project`);
		expect(films.map(({ read }) => read)).toEqual([150, HYPERFRAMES_PROJECT_MAX_MB - 150, 0]);
	});

	it('files that fit only without what an archive adds', async () => {
		await expect(pack([['a', zeros(HYPERFRAMES_PROJECT_MAX_MB - 1)]])).resolves.toBeDefined();
		expect(await refusal(pack([['a', zeros(HYPERFRAMES_PROJECT_MAX_MB)]]))).toContain('larger than 200 MB');
	});

	it('more files than such an archive holds', async () => {
		const file = stored('a', bytes());
		const problem = await refusal(pack(Array.from({ length: 65_536 }, (_, at) => [String(at), file])));
		expect(problem).toBe(`${LABEL} would hold 65,536 files, but an archive of this kind holds 65,535 at most`);
		expect(file.opened).toBe(0);
	});

	it('a path that no archive holds', async () => {
		expect(await refusal(pack([['ü'.repeat(40_000), stored('a', page)]]))).toContain('its path has 80,000 bytes');
	});

	it.each<[string, Buffer]>([
		['longer', bytes(page, '!')],
		['shorter', page.subarray(1)],
		['another', Buffer.alloc(page.length, 'x')],
	])('to send a file that has become %s meanwhile', async (_what, later) => {
		let content = page;
		const file = { ...stored('index.html', page), open: () => stored('index.html', content).open() };
		const archive = await pack([['index.html', file]]);
		content = later;
		expect(await refusal(contentOf(archive))).toBe(`'Files': "index.html" has changed while it was put into an archive`);
		content = page;
		expect(unzipped(await contentOf(archive))).toHaveLength(1);
	});

	it('what cannot be read, with the words of whoever tried', async () => {
		const broken: BinaryFile = {
			...stored('a', page),
			open: () => {
				throw new EngineError('It is gone', '');
			},
		};
		await expect(pack([['a', broken]])).rejects.toThrow('It is gone');
	});
});
