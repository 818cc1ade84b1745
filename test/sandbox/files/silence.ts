/** Files of silence that play for a given time: no sound is needed to see whether a length is read right. */
import type { FileContent } from './file-content';

export type SoundFormat = 'mp3' | 'wav';

/**
 * One frame of MPEG 1 layer III: 32 kbit/s, 48 kHz, mono. At this rate all frames have the same length, so that none is
 * padded. What follows the header says that the frame holds no sound.
 */
const FRAME = Buffer.concat([Buffer.from([0xff, 0xfb, 0x14, 0xc0]), Buffer.alloc(92)]);
/** Length of play of a frame: 1,152 samples. */
export const FRAME_SECONDS = 1_152 / 48_000;
/** Frames that are made at once. */
const FRAMES_PER_CHUNK = 512;

const WAV_HEADER_BYTES = 44;
const WAV_RATE = 24_000;
const BYTES_PER_SAMPLE = 2;
const CHUNK_BYTES = 65_536;

function* frames(count: number): Generator<Buffer, void> {
	const block = Buffer.alloc(FRAMES_PER_CHUNK * FRAME.length, FRAME);
	for (let left = count; left > 0; left -= FRAMES_PER_CHUNK) {
		yield block.subarray(0, Math.min(left, FRAMES_PER_CHUNK) * FRAME.length);
	}
}

function silentMp3(seconds: number): FileContent {
	// A file without any frame would be of no type.
	const count = Math.max(1, Math.round(seconds / FRAME_SECONDS));
	return { type: 'audio/mpeg', length: count * FRAME.length, chunks: () => frames(count) };
}

/** The header of a WAV of 16 bits and one channel. @param length bytes of sound. */
function wavHeader(length: number): Buffer {
	const header = Buffer.alloc(WAV_HEADER_BYTES);
	header.write('RIFF', 0, 'latin1');
	header.writeUInt32LE(WAV_HEADER_BYTES - 8 + length, 4);
	header.write('WAVEfmt ', 8, 'latin1');
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(WAV_RATE, 24);
	header.writeUInt32LE(WAV_RATE * BYTES_PER_SAMPLE, 28);
	header.writeUInt16LE(BYTES_PER_SAMPLE, 32);
	header.writeUInt16LE(BYTES_PER_SAMPLE * 8, 34);
	header.write('data', 36, 'latin1');
	header.writeUInt32LE(length, 40);
	return header;
}

function* wavChunks(length: number): Generator<Buffer, void> {
	yield wavHeader(length);
	const silence = Buffer.alloc(CHUNK_BYTES);
	for (let left = length; left > 0; left -= CHUNK_BYTES) yield silence.subarray(0, Math.min(left, CHUNK_BYTES));
}

function silentWav(seconds: number): FileContent {
	const length = Math.round(seconds * WAV_RATE) * BYTES_PER_SAMPLE;
	return { type: 'audio/wav', length: WAV_HEADER_BYTES + length, chunks: () => wavChunks(length) };
}

/** A file of silence. @param seconds length of play; an MP3 keeps it to within half a frame. */
export function silentFile(format: SoundFormat, seconds: number): FileContent {
	return format === 'mp3' ? silentMp3(seconds) : silentWav(seconds);
}
