import type { SrtLine } from './lines';
import { holdsTimes } from './times';

/** Fences of Markdown, which models put around a text, and the words that they write above and below it. */

const FENCE_START = /^```[a-z]{0,10}$/i;
const FENCE_END = '```';

/**
 * Whether a line is a fence.
 *
 * @param line any line
 */
export function isFence({ text }: SrtLine): boolean {
	return FENCE_START.test(text);
}

/** Two fences and what is between them. */
interface FencedBlock {
	/** Where its fences are among the lines. */
	readonly start: number;
	readonly end: number;
}

/**
 * The lines of a text between its fences. Words outside of them are dropped when all times are within one block.
 *
 * @param lines those that hold something
 * @returns all lines when there are no fences, or when it is not certain what they hold
 */
export function withoutFence(lines: readonly SrtLine[]): readonly SrtLine[] {
	const block = subtitlesBlock(lines, blocksIn(lines));
	return block === undefined ? lines : lines.slice(block.start + 1, block.end);
}

function subtitlesBlock(lines: readonly SrtLine[], blocks: readonly FencedBlock[]): FencedBlock | undefined {
	if (blocks.length === 0) return undefined;
	const whole = blocks.find(({ start, end }) => start === 0 && end === lines.length - 1);
	if (whole) return whole;
	const times = lines.flatMap(({ text }, at) => (holdsTimes(text) ? [at] : []));
	const [first = -1, last = -1] = [times[0], times.at(-1)];
	const block = blocks.find(({ start, end }) => start < first && last < end);
	return block === undefined || mayBeText(lines, block) ? undefined : block;
}

/** Whether the fence that ends a block may be a line of a cue's text, since the last line of all may be the one that ends it. */
function mayBeText(lines: readonly SrtLine[], { start, end }: FencedBlock): boolean {
	return start === 0 && lines.at(-1)?.text === FENCE_END && lines[end + 1]?.isAfterBlank !== true;
}

function blocksIn(lines: readonly SrtLine[]): FencedBlock[] {
	const blocks: FencedBlock[] = [];
	let start: number | undefined;
	for (const [at, line] of lines.entries()) {
		if (start === undefined) {
			if (isFence(line)) start = at;
		} else if (line.text === FENCE_END) {
			blocks.push({ start, end: at });
			start = undefined;
		}
	}
	return blocks;
}
