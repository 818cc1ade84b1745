import type { Scanner } from './scan';

/** What a header says; absent where it cannot be read. */
export interface MediaFacts {
	/** Pixels. */
	width?: number;
	height?: number;
	/** Length of play. */
	seconds?: number;
}

/** Finds the facts; some need the file's size in bytes, which is known only at its end. */
export type FactScanner = Scanner<(size: number) => MediaFacts>;

/** A picture size, or nothing when one side is missing. */
export function pixels(width: number | undefined, height: number | undefined): () => MediaFacts {
	return () => (width !== undefined && height !== undefined && width > 0 && height > 0 ? { width, height } : {});
}

/**
 * What a film's header says.
 *
 * @param size of its picture; sound alone has none
 * @param seconds length of play; undefined, 0 or no number when the header does not say
 */
export function playing(size: () => MediaFacts, seconds: number | undefined): () => MediaFacts {
	const length = seconds !== undefined && Number.isFinite(seconds) && seconds > 0 ? { seconds } : {};
	return () => ({ ...size(), ...length });
}

/** Nothing could be read. */
export const noFacts = (): MediaFacts => ({});
