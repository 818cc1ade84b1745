/** Numbers that look random and are the same on every machine, to put things in an order. */
import { createHash } from 'node:crypto';

const UINT32_VALUES = 2 ** 32;

/** A number from 0 up to, but not including, 1; the same for the same parts. */
export function rankOf(...parts: ReadonlyArray<string | null>): number {
	const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
	return digest.readUInt32BE(0) / UINT32_VALUES;
}
