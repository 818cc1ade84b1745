import { openableUrl } from '../../heygen/records';

/**
 * The address behind an entry of a list.
 *
 * @param urls of previews, the best one first; anything
 */
export function preview(...urls: unknown[]): { url?: string } {
	const url = openableUrl(urls);
	return url === undefined ? {} : { url };
}
