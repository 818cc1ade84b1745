/** Downloads that bring something else than the file, or only a part of it: tried again with a fresh URL, never handed on. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { IDataObject } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { HeyGenAsset } from '../../../nodes/HeyGenAsset/HeyGenAsset.node';
import { sampleFile } from '../../sandbox/files/file-content';
import { readBinary, runNode } from '../support/harness';
import { sendJson, usePlainServer } from '../support/plainServer';
import { errorOf, itemAt, nodeRun, runVideo, useTiming } from '../support/support';

useTiming({ fileTimeout: 1_000 });
const server = usePlainServer();

const FILM = sampleFile('mp4');
const AS_FILM = { 'Content-Type': 'video/mp4' };
const PAGE = '<!DOCTYPE html><html><body>Sign in</body></html>';
const S3_ERROR = (code: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>No</Message></Error>`;

type Send = (response: ServerResponse) => void;
const send = (body: string | Buffer, headers: Record<string, string> = AS_FILM, status = 200): Send => (response) => {
	response.writeHead(status, headers);
	response.end(body);
};
const film = send(FILM);

/** Serves a video whose film is sent as told; every look at it names a URL of its own. */
function serve(files: Record<string, (count: number) => Send>, record: object = {}): void {
	let looks = 0;
	server().answer = (request, response) => {
		const file = files[request.path];
		if (file !== undefined) return file(request.count)(response);
		looks++;
		const url = `${server().url}/film.mp4?look=${looks}`;
		sendJson(response, { data: { id: 'v1', status: 'completed', name: 'film.mp4', video_url: url, url, ...record } });
	};
}

const download = async (names = ['video']) => await runVideo(server(), 'download', { videoId: 'v1', download: names });
const downloadAsset = async () =>
	await runNode(nodeRun(new HeyGenAsset(), server(), { resource: 'asset', operation: 'download', assetId: 'a1' }));
const detailsOf = (error: Error) => (error as Error & { context: IDataObject }).context.details;
const looksOfFiles = () => server().requests.filter(({ path }) => path === '/film.mp4').map(({ query }) => query.get('look'));

const BROKEN: Array<[string, Send, string]> = [
	['nothing', send(''), 'the file host sent an empty file'],
	['no content', send('', {}, 204), 'the file host answered with HTTP status 204'],
	['a part', send(FILM.subarray(0, 100), AS_FILM, 206), 'the file host answered with HTTP status 206'],
	['a page that calls itself a film', send(PAGE), 'the file host answered with a text instead of the file'],
	['a page without a type', send(PAGE, { 'Content-Type': 'application/octet-stream' }), 'a text instead of the file'],
	['a page', send(PAGE, { 'Content-Type': 'application/xhtml+xml' }), 'a page instead of the file'],
	['a word', send('Forbidden', { 'Content-Type': 'text/plain' }), 'a text instead of the file'],
	['JSON', send('{"error":"x"}'), 'a text instead of the file'],
	['a problem', send('{"title":"x"}', { 'Content-Type': 'application/problem+json' }), 'a page instead of the file'],
	['XML', send(S3_ERROR('AccessDenied')), 'a text instead of the file'],
	['subtitles', send('1\n00:00:01,000 --> 00:00:02,000\nHello\n'), 'a text instead of the file'],
	['no gzip that says it is', send(FILM, { ...AS_FILM, 'Content-Encoding': 'gzip' }), 'could not be decoded'],
	['no Brotli that says it is', send(FILM, { ...AS_FILM, 'Content-Encoding': 'br' }), 'could not be decoded'],
	['408', send('', {}, 408), 'HTTP status 408'],
	['425', send('', {}, 425), 'HTTP status 425'],
	['499', send('', {}, 499), 'HTTP status 499'],
];

describe.each(BROKEN)('%s', (_what, broken, reason) => {
	it('for once costs nothing', async () => {
		serve({ '/film.mp4': (count) => (count === 1 ? broken : film) });
		const result = await download();
		expect(result.originalError).toBeUndefined();
		expect((await readBinary(itemAt(result), 'video')).equals(FILM)).toBe(true);
	});

	it('for good is an error that names the video, and says where it is', async () => {
		serve({ '/film.mp4': () => broken });
		const error = errorOf(await download());
		expect(error.message).toMatch(/^Could not download the video of video v1: /);
		expect(error.message).toContain(reason);
		expect(error.description).toContain('The video itself is safe in HeyGen.');
		expect(detailsOf(error)).toMatchObject({ video_id: 'v1' });
	});

	it('is no asset either', async () => {
		serve({ '/film.mp4': (count) => (count === 1 ? broken : film) });
		const result = await downloadAsset();
		expect((await readBinary(itemAt(result), 'data')).equals(FILM)).toBe(true);
	});
});

describe('a download', () => {
	it('that brought something else asks for a fresh URL, once', async () => {
		serve({ '/film.mp4': () => send(PAGE) });
		await download();
		expect(looksOfFiles().slice(0, 3)).toEqual(['1', '2', '2']);
	});

	it('goes on with the old URL when there is no fresh one', async () => {
		serve({ '/film.mp4': (count) => (count === 1 ? send('') : film) });
		const answer = server().answer;
		let looks = 0;
		server().answer = (request, response) => {
			if (request.path === '/film.mp4' || ++looks === 1) return answer(request, response);
			sendJson(response, { data: null });
		};
		expect((await download()).originalError).toBeUndefined();
		expect(looksOfFiles()).toEqual(['1', '1']);
	});

	it.each(['ExpiredToken', 'AccessDenied', 'RequestExpired', 'ExpiredTokenException'])(
		'that is refused with 400 %s asks for a fresh URL',
		async (code) => {
			serve({ '/film.mp4': (count) => (count === 1 ? send(S3_ERROR(code), {}, 400) : film) });
			expect((await download()).originalError).toBeUndefined();
			expect(looksOfFiles()).toEqual(['1', '2']);
		},
	);

	it('asks for the file as it is: half of a compressed one would count as a whole', async () => {
		serve({ '/film.mp4': () => film });
		await download();
		expect(server().requests.find(({ path }) => path === '/film.mp4')?.headers['accept-encoding']).toBe('identity');
	});

	it('whose connection ends before its length is tried again', async () => {
		const half: Send = (response) => {
			response.writeHead(200, { ...AS_FILM, 'Content-Length': FILM.length });
			response.write(FILM.subarray(0, FILM.length / 2), () => response.destroy());
		};
		serve({ '/film.mp4': (count) => (count === 1 ? half : film) });
		expect((await readBinary(itemAt(await download()), 'video')).equals(FILM)).toBe(true);
	});

	it('takes gzip that is whole, and subtitles, which are text', async () => {
		const srt = '1\n00:00:01,000 --> 00:00:02,000\nHello\n';
		serve(
			{
				'/film.mp4': () => send(gzipSync(FILM), { ...AS_FILM, 'Content-Encoding': 'gzip' }),
				'/a.srt': () => send(gzipSync(srt), { 'Content-Type': 'text/plain', 'Content-Encoding': 'gzip' }),
			},
			{ subtitle_url: `${server().url}/a.srt` },
		);
		const item = itemAt(await download(['video', 'subtitles']));
		expect((await readBinary(item, 'video')).equals(FILM)).toBe(true);
		expect((await readBinary(item, 'subtitles')).toString()).toBe(srt);
	});

	it.each<[string, unknown]>([
		['a path', '/files/x.mp4'],
		['no protocol', 'files2.heygen.ai/x.mp4'],
		['another protocol', 'ftp://x/y.mp4'],
		['nothing behind the protocol', 'http://'],
		['a number', 5],
		['a list', ['http://x/y.mp4']],
		['the file', 'data:video/mp4;base64,AAAA'],
	])('from an address that is none is an error that says so: %s', async (_what, url) => {
		serve({}, { video_url: url });
		const error = errorOf(await download());
		expect(error.message).toMatch(/^Could not download the video of video v1: HeyGen's field 'video_url' holds .*, which is no http or https address/);
		expect(error.description).toContain('The video itself is safe in HeyGen.');
		expect(detailsOf(error)).toMatchObject({ video_id: 'v1' });
	});

	it.each([
		['in a circle', '/film.mp4', 'redirected in a circle'],
		['to another protocol', 'ftp://x/y', 'to where no request can go'],
		['to no address', 'ht!tp://', ''],
	])('that is redirected %s is an error that names the video', async (_where, location, reason) => {
		serve({ '/film.mp4': () => send('', { Location: location }, 302) });
		const error = errorOf(await download());
		expect(error.message).toMatch(/^Could not download the video of video v1: /);
		expect(error.message).toContain(reason);
		expect(detailsOf(error)).toMatchObject({ video_id: 'v1' });
	});
});

describe('a video that has just ended', () => {
	/** Its film has an address from the third look on. */
	const withLateAddress = (lateness = 3) => {
		serve({ '/film.mp4': () => film });
		const { answer } = server();
		let looks = 0;
		server().answer = (request, response) => {
			if (request.path === '/film.mp4' || ++looks >= lateness) return answer(request, response);
			sendJson(response, { data: { id: 'v1', status: 'completed', video_url: looks === 1 ? null : '', thumbnail_url: null } });
		};
	};

	it('is downloaded as soon as its film has an address', async () => {
		withLateAddress();
		expect((await readBinary(itemAt(await download()), 'video')).equals(FILM)).toBe(true);
		expect(server().count('GET', '/v3/videos/v1')).toBe(3);
	});

	it('is not waited for when only other files are wanted', async () => {
		withLateAddress();
		expect(itemAt(await download(['thumbnail'])).json.missing_files).toEqual(['thumbnail']);
		expect(server().count('GET', '/v3/videos/v1')).toBe(1);
	});

	it('has no film when half a minute has brought none', async () => {
		withLateAddress(Infinity);
		timing.catchUpTime = 100;
		const error = errorOf(await download());
		expect(error.message).toBe('The finished video v1 has no file to download (item 1)');
		expect(error.description).toContain("'Wait Until Finished'");
	});
});

describe('a file beside the film', () => {
	it.each<[string, (url: string) => string]>([
		['has no address', () => '/x.jpg'],
		['is not there', (url) => `${url}/gone.jpg`],
		['is empty', (url) => `${url}/empty.jpg`],
	])('that %s does not lose the film, and is named as missing', async (_what, address) => {
		const thumbnail_url = address(server().url);
		serve({ '/film.mp4': () => film, '/gone.jpg': () => send('', {}, 404), '/empty.jpg': () => send('') }, { thumbnail_url });
		for (const names of [['video', 'thumbnail'], ['thumbnail', 'video']]) {
			const result = await download(names);
			expect(result.originalError).toBeUndefined();
			expect((await readBinary(itemAt(result), 'video')).equals(FILM)).toBe(true);
			expect(itemAt(result).json.missing_files).toEqual(['thumbnail']);
		}
		const alone = errorOf(await download(['thumbnail']));
		expect(alone.message).toMatch(/^Could not download the thumbnail of video v1: /);
		expect(detailsOf(alone)).toMatchObject({ video_id: 'v1' });
	});
});
