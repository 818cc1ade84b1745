/** MP3s frame by frame, WAVs of every coding, and n8n's storage with such files in it. */
import type { IBinaryData } from 'n8n-workflow';
import { Readable } from 'node:stream';

import { Scan, type Scanner } from '../../../nodes/engine/files/media/scan';
import type { FileStore } from '../../../nodes/engine/item/call';
import { bytes, little, riffChunk } from './mediaSamples';

/** What the frames of an MP3 are like. */
export interface FrameKind {
	mpeg: 1 | 2 | 2.5;
	hertz: number;
	kbps: number;
	isMono?: boolean;
	isJoint?: boolean;
	isPadded?: boolean;
	hasChecksum?: boolean;
}

/** One kind for each version. */
export const CD: FrameKind = { mpeg: 1, hertz: 44_100, kbps: 128 };
export const HALF: FrameKind = { mpeg: 2, hertz: 22_050, kbps: 64 };
export const QUARTER: FrameKind = { mpeg: 2.5, hertz: 11_025, kbps: 32 };

const VERSIONS = { 1: 3, 2: 2, 2.5: 0 } as const;
const RATES = { 1: [44_100, 48_000, 32_000], 2: [22_050, 24_000, 16_000], 2.5: [11_025, 12_000, 8_000] } as const;
const LOW = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const KBPS = { 1: [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320], 2: LOW, 2.5: LOW } as const;

/** Samples of a frame. */
export function samplesIn({ mpeg }: FrameKind): number {
	return mpeg === 1 ? 1_152 : 576;
}

/** How long some frames play. */
export function secondsOfFrames(kind: FrameKind, count: number): number {
	return (count * samplesIn(kind)) / kind.hertz;
}

/** Where the side information begins. */
export function sideInfoAt({ hasChecksum = false }: FrameKind): number {
	return hasChecksum ? 6 : 4;
}

/** Where Xing's header begins. */
export function xingAt({ mpeg, isMono = false }: FrameKind): number {
	return 4 + (mpeg === 1 ? (isMono ? 17 : 32) : isMono ? 9 : 17);
}

/**
 * One frame.
 *
 * @param fill its sound
 * @param back how many bytes before the frame its sound begins
 */
export function soundFrame(kind: FrameKind, fill = 0x55, back = 0): Buffer {
	const { mpeg, hertz, kbps, isMono = false, isJoint = false, isPadded = false, hasChecksum = false } = kind;
	const whole = Buffer.alloc(Math.floor(((samplesIn(kind) / 8) * kbps * 1_000) / hertz) + (isPadded ? 1 : 0), fill);
	const bitrate = (KBPS[mpeg] as readonly number[]).indexOf(kbps) + 1;
	const rate = (RATES[mpeg] as readonly number[]).indexOf(hertz);
	whole[0] = 0xff;
	whole[1] = 0xe0 | (VERSIONS[mpeg] << 3) | (1 << 1) | (hasChecksum ? 0 : 1);
	whole[2] = (bitrate << 4) | (rate << 2) | (isPadded ? 2 : 0);
	whole[3] = isMono ? 0xc0 : isJoint ? 0x60 : 0;
	const side = sideInfoAt(kind);
	// Nine bits, of which the last is the first of a byte; or eight.
	whole[side] = mpeg === 1 ? back >> 1 : back;
	if (mpeg === 1) whole[side + 1] = ((back & 1) << 7) | 0x2a;
	return whole;
}

/** Frames of one kind, each with a sound of its own. Sounds look like no frame. */
export function soundFrames(kind: FrameKind, count: number, from = 0): Buffer {
	return bytes(...Array.from({ length: count }, (_, at) => soundFrame(kind, 1 + ((from + at) % 60))));
}

/** The silent frame that an encoder begins with. */
export function headerFrame(kind: FrameKind, name: 'Xing' | 'Info' | 'VBRI', count: number, at = name === 'VBRI' ? 36 : xingAt(kind)): Buffer {
	const whole = soundFrame(kind, 0);
	const data = Buffer.alloc(18);
	data.write(name, 'latin1');
	data.writeUInt32BE(1, 4);
	data.writeUInt32BE(count, name === 'VBRI' ? 14 : 8);
	whole.set(data, at);
	return whole;
}

/** A tag of APE's, with its header or without. */
export function apeTag(length: number, hasHeader = true, content: Buffer = Buffer.alloc(length, 0x41)): Buffer {
	const part = (flags: number) => bytes('APETAGEX', little(2_000, 4), little(length + 32, 4), little(1, 4), little(flags, 4), Buffer.alloc(8));
	return bytes(hasHeader ? part(0xa000_0000) : '', content, part(0x8000_0000));
}

/** How the samples of a WAV are coded. */
export interface SampleKind {
	/** The number of the coding: 1 PCM, 3 floating-point, 6 A-law, 7 µ-law. */
	coding: number;
	channels: number;
	hertz: number;
	bits: number;
	/** Bits that count, in the extensible form. */
	validBits?: number;
	speakers?: number;
}

export const SPEECH: SampleKind = { coding: 1, channels: 1, hertz: 24_000, bits: 16 };

/** A WAV's format chunk. */
export function formatChunk({ coding, channels, hertz, bits, validBits, speakers = 3 }: SampleKind): Buffer {
	const block = channels * Math.ceil(bits / 8);
	const plain = bytes(little(validBits === undefined ? coding : 0xfffe, 2), little(channels, 2), little(hertz, 4), little(hertz * block, 4), little(block, 2), little(bits, 2));
	if (validBits === undefined) return riffChunk('fmt ', plain);
	const identifier = bytes(little(coding, 2), Buffer.from('000000001000800000aa00389b71', 'hex'));
	return riffChunk('fmt ', bytes(plain, little(22, 2), little(validBits, 2), little(speakers, 4), identifier));
}

/**
 * What a scanner finds in a file that comes in pieces of one length, each in memory that is used again for the next.
 *
 * @param length of a piece
 */
export function scanned<T>(scanner: Scanner<T>, file: Buffer, length = 65_536): T | undefined {
	const scan = new Scan(scanner);
	const step = Math.max(1, Math.min(length, file.length));
	const memory = Buffer.alloc(step);
	for (let at = 0; at < file.length; at += step) {
		const copied = file.copy(memory, 0, at, at + step);
		scan.push(memory.subarray(0, copied));
		memory.fill(0xff);
	}
	return scan.end();
}

/** n8n's storage, as far as joining needs it. */
export interface SoundStore extends FileStore {
	/** A file that is there. */
	put(content: Buffer): IBinaryData;
	/** What is in a file. */
	contentOf(file: IBinaryData): Buffer;
	/** Other content for a file that is there. */
	change(file: IBinaryData, content: Buffer): void;
	remove(file: IBinaryData): void;
	/** Files that are open. */
	readonly open: number;
	/** Files that have been opened. */
	readonly opened: number;
}

/**
 * A storage that hands out its files in pieces of one length.
 *
 * @param length of a piece
 * @param store what becomes of a new file; by default it is stored
 */
export function soundStore(length = 1_000, signal?: AbortSignal, store?: (body: Readable) => Promise<void>): SoundStore {
	const files = new Map<string, Buffer>();
	const counts = { open: 0, opened: 0 };
	const put = (content: Buffer): IBinaryData => {
		const id = `filesystem-v2:${files.size}`;
		files.set(id, content);
		return { id, data: 'filesystem-v2', mimeType: 'audio/mpeg' };
	};
	async function* pieces(content: Buffer): AsyncGenerator<Buffer> {
		counts.open++;
		counts.opened++;
		try {
			for (let at = 0; at < content.length; at += length) yield Buffer.from(content.subarray(at, at + length));
		} finally {
			counts.open--;
		}
	}
	const helpers = {
		getBinaryStream: async (id: string) => {
			const content = files.get(id);
			if (content === undefined) throw new Error(`No such file: ${id}`);
			return await Promise.resolve(Readable.from(pieces(content)));
		},
		prepareBinaryData: async (body: Readable, fileName: string, mimeType: string) => {
			await store?.(body);
			const found: Buffer[] = [];
			for await (const piece of body as AsyncIterable<Buffer>) found.push(piece);
			return { ...put(Buffer.concat(found)), fileName, mimeType };
		},
	};
	return {
		client: { signal },
		helpers,
		put,
		contentOf: ({ id }: IBinaryData) => files.get(id as string) as Buffer,
		change: ({ id }: IBinaryData, content: Buffer) => void files.set(id as string, content),
		remove: ({ id }: IBinaryData) => void files.delete(id as string),
		get open() {
			return counts.open;
		},
		get opened() {
			return counts.opened;
		},
	} as unknown as SoundStore;
}
