import type { FileUse } from './fileUses';
import { FOREIGN, formatList, formatOfName, withArticle } from './formats';
import { plainHost } from './hosts';
import { addressFlaw, addressProblem } from './values/addresses';

/**
 * What keeps HeyGen from fetching a file by URL (API reference, section 3.1): it must be public, https, a file rather
 * than a page, and end in the extension of its real format.
 */

/** Pages that people paste for files, and what to do instead. Hosts match with their subdomains. */
const PAGES: ReadonlyArray<{ hosts: readonly string[]; is: string; instead: string }> = [
	{
		hosts: ['drive.google.com', 'docs.google.com'],
		is: 'a Google Drive page',
		instead: "fetch the file with n8n's Google Drive node (Download)",
	},
	{
		hosts: ['dropbox.com'],
		is: 'a Dropbox page',
		instead: "end the address in ?raw=1, or fetch the file with n8n's Dropbox node (Download)",
	},
	{
		hosts: ['1drv.ms', 'onedrive.live.com', 'sharepoint.com'],
		is: 'a OneDrive page',
		instead: "fetch the file with n8n's Microsoft OneDrive node (Download)",
	},
	{
		hosts: ['icloud.com', 'we.tl', 'wetransfer.com', 'app.box.com', 'mega.nz'],
		is: 'a page of a file sharing service',
		instead: "fetch its direct download link with n8n's HTTP Request node (Response Format: File)",
	},
	{
		hosts: [
			'youtube.com',
			'youtu.be',
			'vimeo.com',
			'loom.com',
			'tiktok.com',
			'instagram.com',
			'facebook.com',
			'x.com',
			'twitter.com',
			'linkedin.com',
			'spotify.com',
			'soundcloud.com',
			'canva.com',
			'notion.so',
		],
		is: 'a page rather than a file',
		instead: 'export the file from there',
	},
];

/** HeyGen's own pages of videos, which people copy from the browser. */
const OWN_PAGE = /^\/(videos?|share|embeds?|translations?)(\/|$)/;

/** Hosts of HeyGen's files. */
const OWN_HOSTS = ['heygen.com', 'heygen.ai'];

/** How the sentence about a page ends. */
const HAND_OVER = 'and hand it over as a binary file';

/** How to fetch a file that only n8n can reach. */
const WITH_N8N = "with n8n's HTTP Request node (Response Format: File)";

/**
 * What is wrong with the URL of a file.
 *
 * @param url as the user gave it
 * @param use what HeyGen takes the file for
 * @returns the rest of a sentence that begins with the field's name; undefined when nothing is wrong
 */
export function fileUrlProblem(url: string, use: FileUse): string | undefined {
	const flaw = addressFlaw(url);
	if (flaw === 'login') {
		return `carries a login, but HeyGen fetches files without one: fetch it ${WITH_N8N} ${HAND_OVER}`;
	}
	if (flaw === 'private') {
		return `points into a private network, which HeyGen cannot reach: fetch the file ${WITH_N8N} ${HAND_OVER}`;
	}
	if (flaw !== undefined) return addressProblem(flaw, url);
	const parsed = new URL(url);
	if (use.pageHosts?.some((host) => isHost(parsed.hostname, host)) === true) return undefined;
	if (isHost(parsed.hostname, 'app.heygen.com') && OWN_PAGE.test(parsed.pathname)) {
		return "is a page of HeyGen rather than a file: take the address in video_url, as the operation 'Get' puts it out";
	}
	const page = PAGES.find(({ hosts }) => hosts.some((host) => isHost(parsed.hostname, host)));
	if (page !== undefined && !isDirect(parsed)) {
		return `is ${page.is}, which HeyGen cannot use as a file: ${page.instead} ${HAND_OVER}`;
	}
	return formatProblem(parsed, use);
}

function formatProblem({ hostname, pathname }: URL, use: FileUse): string | undefined {
	const name = pathname.slice(pathname.lastIndexOf('/') + 1);
	const format = formatOfName(name);
	const wanted = formatList(use.formats);
	// HeyGen's own addresses need no extension.
	if (format === undefined && OWN_HOSTS.some((host) => isHost(hostname, host))) return undefined;
	if (format === undefined) {
		return `does not say what file it is: the address must end in the extension of ${withArticle(wanted)} file. Otherwise fetch the file ${WITH_N8N} ${HAND_OVER}`;
	}
	if (use.formats.includes(format) || format.kind === use.kindByUrl) return undefined;
	if (format === FOREIGN.html) {
		return `is a web page, which HeyGen cannot use as a file: give the address of ${withArticle(wanted)} file`;
	}
	return `is ${withArticle(format.name)}, but HeyGen takes only ${wanted} here`;
}

function isHost(hostname: string, host: string): boolean {
	const plain = plainHost(hostname);
	return plain === host || plain.endsWith(`.${host}`);
}

/** Addresses of those services that lead to the file itself; it is named in them like any other file. */
function isDirect({ hostname, pathname, searchParams }: URL): boolean {
	if (isHost(hostname, 'dropbox.com')) return searchParams.get('raw') === '1' || searchParams.get('dl') === '1';
	return (
		['cdn.loom.com', 'export-download.canva.com'].includes(hostname) ||
		(hostname === 'player.vimeo.com' && /^\/(external|progressive_redirect)\//.test(pathname)) ||
		(isHost(hostname, 'app.box.com') && pathname.startsWith('/shared/static/'))
	);
}
