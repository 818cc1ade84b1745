/** Reading values of JSON that may hold anything. */

export type Fields = Record<string, unknown>;

export const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export const asNumber = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** Whether a query value was not given or equals the value, whatever the case. */
export const fits = (wanted: unknown, value: string | null): boolean =>
	wanted === undefined || String(wanted).toLowerCase() === value?.toLowerCase();
