/**
 * Reads facts out of a file's headers while the file streams by: a scanner asks for ranges of bytes, front to back, and
 * only those are kept. So a picture's size behind a megabyte of metadata, or a film's index behind all of its frames,
 * costs no memory.
 */

/** Bytes a scanner wants to see. */
export interface Range {
	offset: number;
	length: number;
}

/**
 * Asks for ranges and ends with what it found. What it is given is shorter than the range when the file ends first.
 * A range may begin within the one before, never in front of it.
 */
export type Scanner<T> = Generator<Range, T, Uint8Array>;

/** Most bytes a scanner may ask for at once. */
const MAX_RANGE = 65_536;

/** A scanner at work on one file. */
export class Scan<T> {
	private wanted: Range | undefined;
	private found: T | undefined;
	/** What has been collected of the wanted range. */
	private pieces: Uint8Array[] = [];
	private collected = 0;
	/** The last bytes that came to be kept; a range within them is answered from them. */
	private kept: { offset: number; bytes: Uint8Array } = { offset: 0, bytes: new Uint8Array(0) };
	/** Bytes of the file that have passed. */
	private position = 0;

	/** @param scanner what to find */
	constructor(private readonly scanner: Scanner<T>) {
		this.take(scanner.next());
	}

	/** @param chunk the file's next bytes; they are not kept beyond the call */
	push(chunk: Uint8Array): void {
		const start = this.position;
		this.position += chunk.length;
		while (this.wanted !== undefined) {
			const next = this.wanted.offset + this.collected;
			if (next >= this.position) return;
			const from = next - start;
			// A copy: a view would keep the whole chunk, and the store may use its memory again.
			const piece = new Uint8Array(chunk.subarray(from, from + this.wanted.length - this.collected));
			this.pieces.push(piece);
			this.collected += piece.length;
			if (this.collected < this.wanted.length) return;
			this.answer();
		}
	}

	/** The file is over. @returns what the scanner found; undefined when it gave up */
	end(): T | undefined {
		// Every answer is now short, which ends scanners; one that asks on and on is cut off.
		for (let left = 16; this.wanted !== undefined && left > 0; left--) this.answer();
		return this.found;
	}

	private answer(): void {
		const window = this.wanted as Range;
		const bytes = concat(this.pieces, this.collected);
		this.pieces = [];
		this.collected = 0;
		// A short range within a long one leaves the rest of it for the ranges to come.
		const { kept } = this;
		if (window.offset + bytes.length > kept.offset + kept.bytes.length) this.kept = { offset: window.offset, bytes };
		this.take(this.scanner.next(bytes));
		// The new range may begin in what is there already.
		if (this.wanted === undefined) return;
		const from = this.wanted.offset - this.kept.offset;
		if (from < 0) {
			this.wanted = undefined;
		} else if (from < this.kept.bytes.length) {
			const piece = this.kept.bytes.subarray(from, from + this.wanted.length);
			this.pieces.push(piece);
			this.collected = piece.length;
			if (this.collected === this.wanted.length) this.answer();
		}
	}

	private take(step: IteratorResult<Range, T>): void {
		this.wanted = undefined;
		if (step.done === true) this.found = step.value;
		else if (step.value.length <= MAX_RANGE) this.wanted = step.value;
	}
}

function concat(pieces: Uint8Array[], length: number): Uint8Array {
	const [first] = pieces;
	if (pieces.length === 1 && first !== undefined) return first;
	const bytes = new Uint8Array(length);
	let at = 0;
	for (const piece of pieces) {
		bytes.set(piece, at);
		at += piece.length;
	}
	return bytes;
}

/** A view for reading numbers of either byte order. */
export function view(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Bytes as Latin-1 text, for comparing signatures. */
export function ascii(bytes: Uint8Array, from = 0, to = bytes.length): string {
	return String.fromCharCode(...bytes.subarray(from, to));
}
