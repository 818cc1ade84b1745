/** Reading values of JSON that may hold anything. */

export type Fields = Record<string, unknown>;

export const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export const asNumber = (value: unknown): number | null => (typeof value === 'number' ? value : null);
