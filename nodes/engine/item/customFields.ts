/** What the editor calls the parameters by which a user describes a request, by their names. */
export const CUSTOM_LABELS = {
	method: 'Method',
	path: 'Path',
	query: 'Query (JSON)',
	body: 'Body (JSON)',
} as const;
