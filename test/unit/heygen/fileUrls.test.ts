import { fileUrlProblem } from '../../../nodes/heygen/fileUrls';
import { AGENT_FILE, type FileUse, RENDER_IMAGE, RENDER_VIDEO, SPEECH, UPLOAD } from '../../../nodes/heygen/fileUses';
import { FORMATS, PNG } from '../../../nodes/heygen/formats';

/** What keeps HeyGen from fetching a file by its address, and what the user is told to do instead. */

const problem = (url: string, use: FileUse = RENDER_IMAGE) => fileUrlProblem(url, use);

it('takes letters of other languages however often it is asked', () => {
	// Node.js 20 has a shortcut for often used calls that gets them wrong.
	const urls = Array.from({ length: 50 }, (_, index) => JSON.parse(`"https://b\u00fccher.example/${index}.png"`) as string);
	const refused = Array.from({ length: 50_000 }, (_, index) => problem(urls[index % 50] ?? '', RENDER_IMAGE)).filter(Boolean);
	expect(refused).toEqual([]);
});

describe('takes', () => {
	it.each<[string, FileUse]>([
		['https://example.com/a.jpg', RENDER_IMAGE],
		['https://example.com/a.jpeg', RENDER_IMAGE],
		['https://example.com/a.png', RENDER_IMAGE],
		['HTTPS://EXAMPLE.COM/A.PNG', RENDER_IMAGE],
		['https://example.com/a.mp4', RENDER_VIDEO],
		['https://example.com/speech.mp3', SPEECH],
		['https://example.com/speech.wav', SPEECH],
		['https://example.com/deck.pdf', AGENT_FILE],
		['https://example.com/a.srt', UPLOAD],
		['https://example.com:8443/files/2026/a.v2.png', RENDER_IMAGE],
		// Behind the name anything may come: presigned addresses are long.
		['https://bucket.s3.eu-central-1.amazonaws.com/a.png?X-Amz-Signature=abc&x=1', RENDER_IMAGE],
		['https://example.com/a.png?name=b.gif', RENDER_IMAGE],
		['https://example.com/a.png#page.html', RENDER_IMAGE],
		['https://example.com/my%20photo%20%C3%A4.jpg', RENDER_IMAGE],
		['https://example.com/möwe.jpg', RENDER_IMAGE],
		['https://bücher.example/a.png', RENDER_IMAGE],
		['https://example.com/a.html/b.png', RENDER_IMAGE],
		// Dropbox hands out the file when asked to.
		['https://www.dropbox.com/s/abc/a.png?raw=1', RENDER_IMAGE],
		['https://www.dropbox.com/scl/fi/abc/a.png?rlkey=xyz&dl=1', RENDER_IMAGE],
		['https://dl.dropboxusercontent.com/s/abc/a.png', RENDER_IMAGE],
		// Hosts that only look like those of pages or of private networks.
		['https://netflix.com/a.png', RENDER_IMAGE],
		['https://notdropbox.com/a.png', RENDER_IMAGE],
		['https://x.com.example.org/a.png', RENDER_IMAGE],
		['https://localhost.example.com/a.png', RENDER_IMAGE],
		['https://local.example.com/a.png', RENDER_IMAGE],
		['https://10.example.com/a.png', RENDER_IMAGE],
		...['8.8.8.8', '11.0.0.1', '172.15.0.1', '172.32.0.1', '192.167.1.1', '192.169.1.1', '169.253.1.1', '100.63.0.1', '100.128.0.1'].map(
			(host): [string, FileUse] => [`https://${host}/a.png`, RENDER_IMAGE],
		),
		['https://[2606:4700::6810:84e5]/a.png', RENDER_IMAGE],
	])('%s', (url, use) => {
		expect(problem(url, use)).toBeUndefined();
	});
});

describe('wants https', () => {
	it.each([
		'', ' ', 'example.com/a.png', '/a.png', 'http://example.com/a.png', 'ftp://example.com/a.png', 'file:///a.png',
		'data:image/png;base64,AAAA', 'https://', 'https:/example.com/a.png', 'https:example.com/a.png', 's3://bucket/a.png',
	])('not %j', (url) => {
		expect(problem(url)).toBe(`must be an address that starts with https://, but it is "${url}"`);
	});
});

it.each(['https:// example.com/a.png', 'https://exa mple.com/a.png', 'https://256.256.256.256/a.png', 'https://example.com\\a.png'])('%s is no address', (url) => {
	expect(problem(url)).toBe(`is not a valid address: "${url}"`);
});

it('a page whose host ends in a dot is a page', () => {
	expect(problem('https://drive.google.com./a.png')).toMatch(/^is a Google Drive page/);
});

it.each(['https://ada@example.com/a.png', 'https://ada:secret@example.com/a.png', 'https://:secret@example.com/a.png'])(
	'takes no login: %s',
	(url) => {
		const told = problem(url);
		expect(told).toBe(
			"carries a login, but HeyGen fetches files without one: fetch it with n8n's HTTP Request node (Response Format: File) and hand it over as a binary file",
		);
		expect(told).not.toContain('secret');
	},
);

describe('knows hosts that HeyGen cannot reach', () => {
	it.each([
		'localhost', 'n8n', 'my-server', 'a.localhost', 'printer.local', 'wiki.internal', 'nas.lan', 'nas.home.arpa', 'LOCALHOST', 'NAS.Lan',
		'127.0.0.1', '127.1.2.3', '0.0.0.0', '10.0.0.1', '10.255.255.255', '192.168.0.1', '192.168.255.255', '172.16.0.1', '172.31.255.255',
		'169.254.169.254', '100.64.0.1', '100.127.255.255',
		// The same in other words: a number, hexadecimal, short.
		'2130706433', '0x7f.1', '127.1', '0300.0250.0.1',
		'[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[fc00::1]', '[fd12:3456:789a::1]', '[fe80::1]', '[febf::1]', '[::ffff:10.0.0.1]', '[::FFFF:127.0.0.1]',
		// A full stop at the end means the same host.
		'localhost.', 'printer.local.', '127.0.0.1.',
	])('%s', (host) => {
		expect(problem(`https://${host}/a.png`)).toBe(
			"points into a private network, which HeyGen cannot reach: fetch the file with n8n's HTTP Request node (Response Format: File) and hand it over as a binary file",
		);
		expect(problem(`https://${host}:5678/a.png`)).toContain('private network');
	});
});

describe('knows pages that are no files', () => {
	const drive = "is a Google Drive page, which HeyGen cannot use as a file: fetch the file with n8n's Google Drive node (Download) and hand it over as a binary file";
	const dropbox = "is a Dropbox page, which HeyGen cannot use as a file: fetch the file with n8n's Dropbox node (Download), or end the address in ?raw=1 and hand it over as a binary file";
	const oneDrive = "is a OneDrive page, which HeyGen cannot use as a file: fetch the file with n8n's Microsoft OneDrive node (Download) and hand it over as a binary file";
	const sharing = "is a page of a file sharing service, which HeyGen cannot use as a file: fetch its direct download link with n8n's HTTP Request node (Response Format: File) and hand it over as a binary file";
	const page = 'is a page rather than a file, which HeyGen cannot use as a file: export the file from there and hand it over as a binary file';

	it.each([
		['https://drive.google.com/file/d/1abc/view?usp=sharing', drive],
		['https://drive.google.com/uc?export=download&id=1abc', drive],
		['https://docs.google.com/document/d/1abc/edit', drive],
		['https://docs.google.com/uc?id=1abc', drive],
		['https://onedrive.live.com/?id=abc', oneDrive],
		['https://1drv.ms/i/s!abc', oneDrive],
		['https://contoso.sharepoint.com/:i:/s/team/abc', oneDrive],
		['https://contoso-my.sharepoint.com/personal/ada/Documents/a.png', oneDrive],
		['https://www.icloud.com/iclouddrive/abc', sharing],
		['https://we.tl/t-abc', sharing],
		['https://wetransfer.com/downloads/abc', sharing],
		['https://app.box.com/s/abc', sharing],
		['https://mega.nz/file/abc', sharing],
		['https://www.youtube.com/watch?v=abc', page],
		['https://youtu.be/abc', page],
		['https://m.youtube.com/watch?v=abc', page],
		['https://vimeo.com/12345', page],
		['https://www.loom.com/share/abc', page],
		['https://www.tiktok.com/@ada/video/1', page],
		['https://www.instagram.com/p/abc/', page],
		['https://www.facebook.com/ada/videos/1', page],
		['https://x.com/ada/status/1', page],
		['https://twitter.com/ada/status/1', page],
		['https://www.linkedin.com/posts/ada', page],
		['https://open.spotify.com/episode/abc', page],
		['https://soundcloud.com/ada/talk', page],
		['https://www.canva.com/design/abc/view', page],
		['https://www.notion.so/ada/Page-abc', page],
	])('%s', (url, told) => {
		for (const use of [RENDER_IMAGE, RENDER_VIDEO, SPEECH]) expect(problem(url, use)).toBe(told);
	});

	it.each(['?dl=0', '', '?raw=0', '?raw=1x'])("a link of Dropbox's that ends in %j", (query) => {
		expect(problem(`https://www.dropbox.com/s/abc/a.png${query}`)).toMatch(/^is a Dropbox page/);
	});

	it('says how to change a link of Dropbox so that it can be used as it is', () => {
		// The address with ?raw=1 needs no binary file; the sentence must not ask for both.
		expect(problem('https://www.dropbox.com/s/abc/a.png?dl=0')).not.toBe(dropbox);
	});

	it.each([
		// The same services hand out files too, from addresses that end in the file's name.
		['https://cdn.loom.com/sessions/thumbnails/abc-with-play.jpg', RENDER_IMAGE],
		['https://player.vimeo.com/progressive_redirect/playback/1/rendition/1080p/file.mp4?signature=abc', RENDER_VIDEO],
		['https://app.box.com/shared/static/abc.png', RENDER_IMAGE],
	])('takes a file from %s', (url, use) => {
		expect(problem(url, use)).toBeUndefined();
	});
});

describe('wants the extension of a format that HeyGen takes', () => {
	const nameless = (wanted: string) =>
		`does not say what file it is: the address must end in the extension of ${wanted} file. Otherwise fetch the file with n8n's HTTP Request node (Response Format: File) and hand it over as a binary file`;

	it.each<[string, FileUse, string]>([
		['https://example.com', RENDER_IMAGE, nameless('a PNG or JPEG')],
		['https://example.com/', RENDER_IMAGE, nameless('a PNG or JPEG')],
		['https://example.com/image', RENDER_VIDEO, nameless('an MP4 or WebM')],
		['https://example.com/a.png/', RENDER_IMAGE, nameless('a PNG or JPEG')],
		['https://example.com/download?file=a.png', RENDER_IMAGE, nameless('a PNG or JPEG')],
		['https://example.com/a.tmp', SPEECH, nameless('an MP3 or WAV')],
		['https://example.com/v1.2', AGENT_FILE, nameless('a PNG, JPEG, MP4, WebM, MP3, WAV or PDF')],
		['https://example.com/page.html', RENDER_IMAGE, 'is a web page, which HeyGen cannot use as a file: give the address of a PNG or JPEG file'],
		['https://example.com/page.htm?a.png', RENDER_IMAGE, 'is a web page, which HeyGen cannot use as a file: give the address of a PNG or JPEG file'],
		['https://example.com/image.php?id=4', SPEECH, 'is a web page, which HeyGen cannot use as a file: give the address of an MP3 or WAV file'],
		['https://example.com/a.gif', RENDER_IMAGE, 'is a GIF image, but HeyGen takes only PNG or JPEG here'],
		['https://example.com/a.webp', RENDER_IMAGE, 'is a WebP image, but HeyGen takes only PNG or JPEG here'],
		['https://example.com/a.MOV', RENDER_VIDEO, 'is a QuickTime video, but HeyGen takes only MP4 or WebM here'],
		['https://example.com/a.png', SPEECH, 'is a PNG image, but HeyGen takes only MP3 or WAV here'],
		['https://example.com/a.zip', AGENT_FILE, 'is a ZIP archive, but HeyGen takes only PNG, JPEG, MP4, WebM, MP3, WAV or PDF here'],
	])('%s', (url, use, told) => {
		expect(problem(url, use)).toBe(told);
	});

	it('says a or an as one speaks', () => {
		const spokenWithVowel = /^(AAC|AIFF|AVI|M4A|MP3|MP4|Office|OGG|SRT|SVG)/;
		const wrong = FORMATS.filter(({ name }) => name !== 'PNG image' && name !== 'web page').flatMap(({ name, extensions }) => {
			const told = problem(`https://example.com/a.${extensions[0]}`, { formats: [PNG] });
			const article = spokenWithVowel.test(name) ? 'an' : 'a';
			return told === `is ${article} ${name}, but HeyGen takes only PNG here` ? [] : [told];
		});
		expect(wrong).toEqual([]);
	});
});
