/**
 * The first address that a browser opens. Some are addresses inside HeyGen's own storage ("s3://").
 *
 * @param urls of previews, the best one first; anything
 */
export function preview(...urls: unknown[]): { url?: string } {
	const url = urls.find((one): one is string => typeof one === 'string' && /^https?:\/\//.test(one));
	return url === undefined ? {} : { url };
}
