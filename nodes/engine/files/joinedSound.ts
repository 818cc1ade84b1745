import { Hash } from 'crypto';
import type { IBinaryData } from 'n8n-workflow';

import { type FileFormat, formatOfName } from '../../heygen/formats';
import { numeral } from '../../heygen/values/text';
import { causeOf, EngineError } from '../basics/errors';
import { settle } from '../basics/settle';
import type { FileStore } from '../item/call';
import { storedPieces } from './gathered';
import { bytesIn, coverOf, differenceIn, type Joinable, joinable, type SoundCover } from './media/joinable';
import { type Range, Scan } from './media/scan';

/** Several sounds in one file. */
export interface JoinedSound {
	file: IBinaryData;
	/**
	 * How long each part plays within the file, by its frames or samples. Empty for one part alone whose frames or samples could
	 * not be counted.
	 */
	seconds: number[];
}

/** A part that has been read once. */
interface SoundPart {
	stored: IBinaryData;
	/** For messages: "part 2". */
	name: string;
	sound: Joinable;
}

/**
 * One file out of several MP3 or WAV files that n8n has stored. Each is read twice, since the header in front of them says how
 * long they are together. Never more than a piece of one part is in memory, unless n8n keeps files there.
 *
 * @param store where the parts are, and where the file goes
 * @param parts in their order; of one alone nothing is made
 * @param fileName under which the file is stored; it gets the extension of the parts' format
 * @throws EngineError when the parts cannot be joined, which says what differs, or cannot be read or stored
 */
export async function joinedSound(store: FileStore, parts: readonly IBinaryData[], fileName: string): Promise<JoinedSound> {
	const [only, ...others] = parts;
	if (only !== undefined && others.length === 0) {
		// What cannot be read is for whoever uses the file.
		const read = await settle(readPart(store, only, 1));
		return { file: only, seconds: read.ok && read.value.sound.problem === undefined ? [read.value.sound.seconds] : [] };
	}
	const read = await readParts(store, parts);
	const [first] = read;
	if (first === undefined) throw notJoined('there are none');
	const { format } = first.sound;
	const sounds = read.map(({ sound }) => sound);
	const cover = coverOf(sounds);
	if (cover === undefined) throw notJoined(`together they are larger than 4 GiB, the most that a ${format.name} holds`);
	const body = streamOf(joinedPieces(store, read, cover));
	const stored = await settle(store.helpers.prepareBinaryData(body, nameFor(format, fileName), format.mediaTypes[0]));
	if (stored.ok) return { file: stored.value, seconds: sounds.map(({ seconds }) => seconds) };
	body.destroy();
	store.client.signal?.throwIfAborted();
	const cause = causeOf(stored.error);
	if (cause instanceof EngineError) throw cause;
	// A full disk, or a file beyond what n8n's store takes; n8n says what to set.
	throw notJoined('n8n could not store the joined file', stored.error);
}

function notJoined(reason: string, cause?: unknown): EngineError {
	const said = cause === undefined ? '' : `n8n says: ${(cause as Error).message} `;
	return new EngineError(
		`Could not join the parts: ${reason}`,
		`${said}The parts themselves are there: switch 'Join Parts' off to get each of them as a file of its own.`,
	);
}

/**
 * A stream of Node's, which n8n's storage wants. Packages on n8n Cloud cannot import 'stream'; hashes are streams too, so that
 * their class makes one as well.
 */
function streamOf(pieces: AsyncIterable<Uint8Array>): ReturnType<typeof Hash.from> {
	return Hash.from(pieces);
}

/** Another format's extension makes way, such as that of the file that was expected. */
function nameFor(format: FileFormat, fileName: string): string {
	const named = formatOfName(fileName);
	if (named === format) return fileName;
	const bare = named === undefined ? fileName : fileName.slice(0, fileName.lastIndexOf('.'));
	return `${bare}.${format.extensions[0]}`;
}

/** Reads parts that can be joined, one after the other. */
async function readParts(store: FileStore, parts: readonly IBinaryData[]): Promise<SoundPart[]> {
	const read: SoundPart[] = [];
	for (const [index, stored] of parts.entries()) {
		const part = await readPart(store, stored, index + 1);
		const { name, sound } = part;
		const first = read[0] ?? part;
		const found = differenceIn(sound.traits, first.sound.traits);
		if (found !== undefined) throw notJoined(`${name} ${found.verb} ${found.what} and ${first.name} ${found.rule}`);
		if (sound.problem !== undefined) throw notJoined(`${name} ${sound.problem}`);
		read.push(part);
	}
	return read;
}

async function readPart(store: FileStore, stored: IBinaryData, place: number): Promise<SoundPart> {
	const name = `part ${numeral(place)}`;
	const scan = new Scan(joinable());
	let size = 0;
	for await (const piece of piecesOf(store, stored, name)) {
		scan.push(piece);
		size += piece.length;
	}
	const sound = scan.end()?.(size) ?? 'holds no sound that can be read';
	if (typeof sound === 'string') throw notJoined(`${name} ${sound}`);
	return { stored, name, sound };
}

async function* piecesOf(store: FileStore, stored: IBinaryData, name: string): AsyncGenerator<Uint8Array> {
	const { signal } = store.client;
	try {
		for await (const piece of storedPieces(store, stored)) {
			signal?.throwIfAborted();
			yield piece;
		}
	} catch (error) {
		signal?.throwIfAborted();
		throw notJoined(`${name} could not be read from n8n's file storage`, error);
	}
}

/** The new file. */
async function* joinedPieces(store: FileStore, parts: readonly SoundPart[], { before, behind }: SoundCover): AsyncGenerator<Uint8Array> {
	yield before;
	for (const { stored, name, sound } of parts) {
		let left = bytesIn(sound);
		for await (const piece of cutOut(piecesOf(store, stored, name), sound.ranges)) {
			left -= piece.length;
			yield piece;
		}
		// What stands in front would be wrong.
		if (left > 0) throw notJoined(`${name} has changed while the parts were joined`);
	}
	if (behind.length > 0) yield behind;
}

/** The bytes of a file that lie in some ranges of it, which are in order. */
async function* cutOut(pieces: AsyncIterable<Uint8Array>, ranges: readonly Range[]): AsyncGenerator<Uint8Array> {
	let start = 0;
	let next = 0;
	for await (const piece of pieces) {
		const end = start + piece.length;
		for (let range = ranges[next]; range !== undefined && range.offset < end; range = ranges[next]) {
			const to = range.offset + range.length;
			const bytes = piece.subarray(Math.max(range.offset - start, 0), to - start);
			if (bytes.length > 0) yield bytes;
			if (to > end) break;
			next++;
		}
		// What follows is a tag, or another chunk.
		if (next === ranges.length) return;
		start = end;
	}
}
