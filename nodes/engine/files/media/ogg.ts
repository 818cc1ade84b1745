import { type FactScanner, noFacts, playing } from './facts';
import { ascii, view } from './scan';

/** Pages looked at before a file is given up: of 4 KB each they are four gigabytes. */
const MAX_PAGES = 1_048_576;

/** A page's head: 27 bytes, and a table of up to 255 lengths (RFC 3533, section 6). */
const HEAD_LENGTH = 27;
const TABLE_MAX = 255;

/** What all bits of a position stand for: no packet ends on the page. */
const NO_POSITION = 0xffff_ffff_ffff_ffffn;

/** How positions of a stream count. */
interface Clock {
	samplesPerSecond: number;
	/** Samples at the beginning that are not played. */
	skipped: number;
}

/**
 * Length of an Ogg with Opus or Vorbis, as messengers record it: the position that its last page has. No header of the file
 * says it, so that each page is looked at.
 */
export function* ogg(): FactScanner {
	let clock: Clock | undefined;
	let serial: number | undefined;
	let last = 0n;
	let at = 0;
	for (let pages = 0; ; pages++) {
		const bytes = yield { offset: at, length: HEAD_LENGTH + TABLE_MAX };
		if (bytes.length < HEAD_LENGTH || ascii(bytes, 0, 4) !== 'OggS') break;
		// A length that stands for a part of the file only is worse than none.
		if (pages === MAX_PAGES) return noFacts;
		const segments = bytes[HEAD_LENGTH - 1] as number;
		const table = bytes.subarray(HEAD_LENGTH, HEAD_LENGTH + segments);
		serial ??= view(bytes).getUint32(14, true);
		clock ??= clockIn(bytes.subarray(HEAD_LENGTH + segments));
		const position = view(bytes).getBigUint64(6, true);
		// Of several streams in one file the first counts.
		if (view(bytes).getUint32(14, true) === serial && position !== NO_POSITION) last = position;
		at += HEAD_LENGTH + segments + table.reduce((total, length) => total + length, 0);
	}
	if (clock === undefined) return noFacts;
	return playing(noFacts, (Number(last) - clock.skipped) / clock.samplesPerSecond);
}

/**
 * The clock that the first packet of a stream tells (RFC 7845, section 5.1; Vorbis I specification, section 4.2.2).
 *
 * @param packet its first bytes
 */
function clockIn(packet: Uint8Array): Clock | undefined {
	if (packet.length < 16) return undefined;
	if (ascii(packet, 0, 8) === 'OpusHead') return { samplesPerSecond: 48_000, skipped: view(packet).getUint16(10, true) };
	if (ascii(packet, 0, 7) === '\x01vorbis') return { samplesPerSecond: view(packet).getUint32(12, true), skipped: 0 };
	return undefined;
}
