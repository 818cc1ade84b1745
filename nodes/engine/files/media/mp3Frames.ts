import { ascii, type Range, type Scanner, view } from './scan';

/** Kilobits a second by bitrate index, of MPEG 1 and of MPEG 2 and 2.5 (ISO/IEC 11172-3 and 13818-3, layer III). */
const KILOBITS = {
	mpeg1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
	mpeg2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;

/** What the header of a frame says. */
export interface Mp3Frame {
	/** The header itself. */
	header: number;
	bitsPerSecond: number;
	samplesPerSecond: number;
	samples: number;
	/** One channel. Stereo and joint stereo change from frame to frame within one file. */
	isMono: boolean;
	/** Bytes, header included. */
	length: number;
	/** Bytes between the frame's beginning and the side information, which says where the frame's sound lies. */
	sideInfo: number;
	/** Bytes between the frame's beginning and an encoder's own header, if it has one. */
	encoderHeader: number;
}

/**
 * Reads the header of an MPEG layer III frame.
 *
 * @param bytes where it should begin
 * @returns undefined when it is none
 */
export function mp3Frame(bytes: Uint8Array): Mp3Frame | undefined {
	if (bytes.length < 4) return undefined;
	const header = view(bytes).getUint32(0);
	const version = (header >>> 19) & 3;
	const bitrate = (header >>> 12) & 15;
	const rate = (header >>> 10) & 3;
	const layer = (header >>> 17) & 3;
	if (header >>> 21 !== 0x7ff || version === 1 || layer !== 1 || rate === 3) return undefined;
	if (bitrate === 0 || bitrate === 15) return undefined;
	const mpeg1 = version === 3;
	const bitsPerSecond = (KILOBITS[mpeg1 ? 'mpeg1' : 'mpeg2'][bitrate] as number) * 1_000;
	// MPEG 2 halves the rates of MPEG 1, MPEG 2.5 quarters them.
	const samplesPerSecond = ([44_100, 48_000, 32_000][rate] as number) >> (mpeg1 ? 0 : version === 2 ? 1 : 2);
	const samples = mpeg1 ? 1_152 : 576;
	const padding = (header >>> 9) & 1;
	const isMono = ((header >>> 6) & 3) === 3;
	const hasChecksum = (header & NO_CHECKSUM) === 0;
	return {
		header,
		bitsPerSecond,
		samplesPerSecond,
		samples,
		isMono,
		length: Math.floor(((samples / 8) * bitsPerSecond) / samplesPerSecond) + padding,
		sideInfo: hasChecksum ? 6 : 4,
		encoderHeader: 4 + (mpeg1 ? (isMono ? 17 : 32) : isMono ? 9 : 17),
	};
}

/** Bits of a frame's header. */
const NO_CHECKSUM = 1 << 16;
const PADDING = 1 << 9;
const BITRATE_SHIFT = 12;

/** Bytes of the longest frame: 320 kilobits at 32 kHz, padded. */
const FRAME_MAX = 1_441;

/**
 * Bytes of an ID3v2 tag with its header and footer (id3.org, ID3v2.4 section 3.1).
 *
 * @param bytes where it should begin
 * @returns 0 when there is none
 */
export function id3Length(bytes: Uint8Array): number {
	if (bytes.length < 10 || ascii(bytes, 0, 3) !== 'ID3') return 0;
	const [a, b, c, d] = [...bytes.subarray(6, 10)].map((byte) => byte & 0x7f) as [
		number,
		number,
		number,
		number,
	];
	const footer = ((bytes[5] as number) & 0x10) !== 0 ? 10 : 0;
	return 10 + ((a << 21) | (b << 14) | (c << 7) | d) + footer;
}

/** Bytes of the header of an APEv2 tag, and of its footer. */
const APE_HEADER_LENGTH = 32;

/** Of its flags: this is the header, and the tag follows. */
const APE_IS_HEADER = 1 << 29;

/** Bytes of an APEv2 tag that begins here, or of its footer (APEv2 specification of Hydrogenaudio); 0 when there is none. */
function apeLength(bytes: Uint8Array): number {
	if (bytes.length < APE_HEADER_LENGTH || ascii(bytes, 0, 8) !== 'APETAGEX') return 0;
	const isHeader = (view(bytes).getUint32(20, true) & APE_IS_HEADER) !== 0;
	return APE_HEADER_LENGTH + (isHeader ? view(bytes).getUint32(12, true) : 0);
}

/** Bytes of the tag of old at the end of a file (ID3v1). */
const ID3V1_LENGTH = 128;

function id3v1Length(bytes: Uint8Array): number {
	const at = bytes.length - ID3V1_LENGTH;
	return at >= 0 && ascii(bytes, at, at + 3) === 'TAG' ? ID3V1_LENGTH : 0;
}

/** Where VBRI stands, whatever the frame is. */
const VBRI_AT = 36;

/**
 * Where the header lies that an encoder has put into a first frame. Such a frame is silent.
 *
 * @param bytes the frame, or its beginning
 * @param frame what its own header says
 * @returns bytes from the frame's beginning, and the name: Xing, Info or VBRI; undefined when it has none
 */
export function encoderHeaderIn(bytes: Uint8Array, frame: Mp3Frame): { at: number; name: string } | undefined {
	// Encoders disagree whether a checksum moves their header.
	const places = [frame.encoderHeader, frame.encoderHeader + frame.sideInfo - 4];
	for (const at of places) {
		const name = ascii(bytes, at, at + 4);
		if (name === 'Xing' || name === 'Info') return { at, name };
	}
	return ascii(bytes, VBRI_AT, VBRI_AT + 4) === 'VBRI' ? { at: VBRI_AT, name: 'VBRI' } : undefined;
}

/** Bytes of the header that is written: name, flags, and two counts. */
const ENCODER_HEADER_LENGTH = 16;

/** Flags of the header: it has a count of frames, and one of bytes. */
const HAS_FRAMES = 1;
const HAS_BYTES = 2;

const UINT32_MAX = 0xffff_ffff;

/**
 * A silent frame that says how many frames follow it, as Xing's header does. Readers tell the length of play from it.
 *
 * @param like a frame that follows
 * @param frames how many follow
 * @param bytes of all of them; the header does not say a number that is too large for its field
 * @param isConstant whether all have one bitrate
 */
export function encoderFrame(like: Mp3Frame, frames: number, bytes: number, isConstant: boolean): Uint8Array {
	let header = (like.header | NO_CHECKSUM) & ~PADDING;
	let frame = headerFrame(header);
	// Frames of higher bitrates are longer. Those of the highest have room enough at every sampling rate.
	while (frame.length < frame.encoderHeader + ENCODER_HEADER_LENGTH) {
		header += 1 << BITRATE_SHIFT;
		frame = headerFrame(header);
	}
	const whole = new Uint8Array(frame.length);
	const total = bytes + whole.length;
	const data = view(whole);
	data.setUint32(0, header);
	whole.set(Buffer.from(isConstant ? 'Info' : 'Xing', 'latin1'), frame.encoderHeader);
	data.setUint32(frame.encoderHeader + 4, total > UINT32_MAX ? HAS_FRAMES : HAS_FRAMES | HAS_BYTES);
	data.setUint32(frame.encoderHeader + 8, frames);
	if (total <= UINT32_MAX) data.setUint32(frame.encoderHeader + 12, total);
	return whole;
}

function headerFrame(header: number): Mp3Frame {
	const bytes = new Uint8Array(4);
	view(bytes).setUint32(0, header);
	return mp3Frame(bytes) as Mp3Frame;
}

/** The sound of an MP3, without tags and encoders' headers. */
export interface Mp3Sound {
	/** What its first frame says. All others agree with it in version, sampling rate, and in being mono or not. */
	first: Mp3Frame;
	/** Frames that are whole. */
	frames: number;
	/** Where they lie: in one range, unless there is something else between them. */
	ranges: readonly Range[];
	/** Whether all frames have one bitrate. */
	isConstant: boolean;
	/** Whether the first frame can be played without one before it. */
	isIndependent: boolean;
	/** The first frame that does not agree with the others; absent when all do. Nothing behind it has been read. */
	other?: Mp3Frame;
}

/** Bytes that are looked at together. */
const WINDOW = 65_536;

/** Bytes that must be there behind a place to judge it: a frame of any length, and the tag or the frame behind it. */
const LOOK_AHEAD = 2_048;

/** Ranges after which a file is given up: with so much else between its frames it is damaged, or no MP3. */
const MAX_RANGES = 4_096;

/**
 * Finds the frames of an MP3. Tags are passed over, wherever they stand, as is what is no frame. A last frame that is cut off does
 * not count: what follows it in another file would be taken for its rest.
 *
 * @returns undefined when there are none, or there is too much else between them
 */
export function* mp3Sound(): Scanner<Mp3Sound | undefined> {
	const walk = new FrameWalk();
	for (let at = 0; ; ) {
		const bytes = yield { offset: at, length: WINDOW };
		const isEnd = bytes.length < WINDOW;
		at += walk.through(bytes, at, isEnd);
		if (isEnd || walk.isOver) return walk.sound();
	}
}

/** Goes from frame to frame. */
class FrameWalk {
	private first: Mp3Frame | undefined;
	private frames = 0;
	private readonly ranges: Range[] = [];
	private isConstant = true;
	private isIndependent = false;
	private other: Mp3Frame | undefined;
	/** The frame that ended where the walk is; what agrees with it needs no other proof of being a frame. */
	private before: Mp3Frame | undefined;

	/** Nothing more is to be found out. */
	get isOver(): boolean {
		return this.other !== undefined || this.ranges.length > MAX_RANGES;
	}

	/**
	 * @param bytes of the file
	 * @param offset where they lie in it
	 * @param isEnd whether the file ends with them
	 * @returns bytes that need not be looked at again; more than there are, when a tag goes on behind them
	 */
	through(bytes: Uint8Array, offset: number, isEnd: boolean): number {
		const known = isEnd ? bytes.subarray(0, bytes.length - id3v1Length(bytes)) : bytes;
		const end = isEnd ? known.length : known.length - LOOK_AHEAD;
		let at = 0;
		while (at < end && !this.isOver) at += this.step(known, at, offset + at);
		return at;
	}

	/** @returns what has been found; undefined when there are no frames, or too much else between them */
	sound(): Mp3Sound | undefined {
		const { first, frames, ranges, isConstant, isIndependent, other } = this;
		if (first === undefined || ranges.length > MAX_RANGES) return undefined;
		return { first, frames, ranges, isConstant, isIndependent, ...(other === undefined ? {} : { other }) };
	}

	/** @returns bytes to the next place */
	private step(bytes: Uint8Array, at: number, offset: number): number {
		const rest = mayBegin(bytes[at] as number, bytes[at + 1] ?? 0) ? bytes.subarray(at) : undefined;
		const tag = rest === undefined ? 0 : tagLength(rest);
		const frame = rest === undefined || tag > 0 ? undefined : mp3Frame(rest);
		const isFound = rest !== undefined && frame !== undefined && frame.length <= rest.length && (agree(frame, this.before) || isFollowed(rest, frame));
		this.before = isFound ? frame : undefined;
		if (!isFound) return Math.max(1, tag);
		this.found(rest, frame, offset);
		return frame.length;
	}

	private found(bytes: Uint8Array, frame: Mp3Frame, offset: number): void {
		if (this.first === undefined) {
			// Its count is that of this file only.
			if (encoderHeaderIn(bytes, frame) !== undefined) return;
			this.first = frame;
			this.isIndependent = beginsItself(bytes, frame);
		}
		if (!agree(frame, this.first)) {
			this.other = frame;
			return;
		}
		this.frames++;
		this.isConstant &&= frame.bitsPerSecond === this.first.bitsPerSecond;
		const last = this.ranges.at(-1);
		if (last !== undefined && last.offset + last.length === offset) last.length += frame.length;
		else this.ranges.push({ offset, length: frame.length });
	}
}

/** Whether a frame of layer III or a tag may begin with two bytes. Most places are passed over without a closer look. */
function mayBegin(first: number, second: number): boolean {
	if (first === 0xff) return (second & 0xe6) === 0xe2;
	const letters = first * 256 + second;
	return letters === ID3_LETTERS || letters === APE_LETTERS;
}

const ID3_LETTERS = 0x4944;
const APE_LETTERS = 0x4150;

function tagLength(bytes: Uint8Array): number {
	return id3Length(bytes) || apeLength(bytes);
}

/** Whether two frames can be of one sound. No two versions have a sampling rate in common. */
function agree(frame: Mp3Frame, other: Mp3Frame | undefined): boolean {
	return frame.samplesPerSecond === other?.samplesPerSecond && frame.isMono === other.isMono;
}

/** Whether a frame is one by what is behind it: a frame like it, a tag, or nothing. Any two bytes may look like a beginning. */
function isFollowed(bytes: Uint8Array, frame: Mp3Frame): boolean {
	const rest = bytes.subarray(frame.length, frame.length + FRAME_MAX);
	const next = mp3Frame(rest);
	return rest.length === 0 || tagLength(rest) > 0 || (next !== undefined && agree(next, frame));
}

/**
 * Whether the sound of a frame begins in it. Frames may begin theirs in those before: main_data_begin, the first 9 bits of the
 * side information, or 8 in MPEG 2 and 2.5, says how many bytes before (ISO/IEC 11172-3, section 2.4.1.7).
 */
function beginsItself(bytes: Uint8Array, { sideInfo, samples }: Mp3Frame): boolean {
	const isLong = samples === 1_152;
	return bytes[sideInfo] === 0 && (!isLong || (bytes[sideInfo + 1] as number) < 0x80);
}
