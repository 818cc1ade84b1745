import { createHash } from 'crypto';

/**
 * A short hash of anything that JSON can hold, and of what n8n's Code node may put beside that: big integers, and objects
 * that hold themselves.
 *
 * @param value anything
 */
export function fingerprint(value: unknown): string {
	return createHash('sha256').update(textOf(value)).digest('base64url').slice(0, 22);
}

function textOf(value: unknown): string {
	try {
		return JSON.stringify(value) ?? '';
	} catch {
		const seen = new Set<unknown>();
		return JSON.stringify(value, (_name, entry: unknown) => {
			if (typeof entry === 'bigint') return `${entry}n`;
			if (typeof entry !== 'object' || entry === null) return entry;
			if (seen.has(entry)) return '[seen]';
			seen.add(entry);
			return entry;
		});
	}
}
