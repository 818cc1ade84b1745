/** Files that a Custom API Call fetches from the addresses in an answer. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { callApi } from '../support/apiSupport';
import { readBinary, type RunResult } from '../support/harness';
import { answer, type RawRequest, useRawServer } from '../support/rawServer';
import { errorOf, expression, itemAt, jsonOf, useTiming } from '../support/support';

useTiming();
const server = useRawServer();
const host = useRawServer();

const MP3 = Buffer.concat([Buffer.from('ID3\x03\x00\x00\x00\x00\x00\x00', 'latin1'), Buffer.alloc(500, 1)]);
/** An address of a file; the host counts how often it may be opened. */
const at = (name: string) => `${host().url}/${name}?signature=1`;

beforeEach(() => {
	host().handler = (request, response) => {
		if (request.path.includes('gone')) return answer(response, 'gone', 403);
		response.writeHead(200, { 'Content-Type': 'audio/mpeg' });
		response.end(MP3);
	};
});

/** Runs a call that is answered with some data. */
async function call(data: (request: RawRequest, nth: number) => unknown, download: string, more: INodeParameters = {}): Promise<RunResult> {
	server().handler = (request, response, nth) => answer(response, { data: data(request, nth) });
	const { options, ...rest } = more;
	return await callApi(server(), { path: '/v3/podcasts/p1', ...rest, options: { download, ...(options as INodeParameters) } });
}

const binaryOf = (result: RunResult, index = 0) => Object.keys(itemAt(result, index).binary ?? {}).sort();

it('go into binary fields that are named after the fields, streamed, without the key', async () => {
	const result = await call(
		() => ({ podcast_id: 'p1', audio_url: at('a.mp3'), clips: [{ video_url: at('b.mp3') }], url: at('c.mp3'), coverUrl: at('d.mp3') }),
		'audio_url, clips.0.video_url, url, coverUrl',
	);
	expect(result.originalError).toBeUndefined();
	expect(binaryOf(result)).toEqual(['audio', 'clips_0_video', 'cover', 'url']);
	expect((await readBinary(itemAt(result), 'audio')).equals(MP3)).toBe(true);
	expect(itemAt(result).binary?.audio).toMatchObject({ fileName: 'p1-audio.mp3', mimeType: 'audio/mpeg' });
	expect(jsonOf(result)[0]).not.toHaveProperty('missing_files');
	expect(host().log).toHaveLength(4);
	for (const { headers } of host().log) expect(JSON.stringify(headers)).not.toContain(server().apiKey);
});

it.each([
	['text', 'audio_url,clips[1].video_url'],
	['lines', '=audio_url\nclips.1.video_url'],
	['JSON', '["audio_url", "clips.1.video_url"]'],
	['a list', expression(['audio_url', 'clips.1.video_url'])],
])('are named by %s', async (_what, download) => {
	const result = await call(() => ({ audio_url: at('a.mp3'), clips: [{}, { video_url: at('b.mp3') }] }), download);
	expect(binaryOf(result)).toEqual(['audio', 'clips_1_video']);
});

it('of a list of addresses are all of them', async () => {
	const result = await call(() => ({ image_urls: [at('a.mp3'), at('b.mp3')] }), 'image_urls');
	expect(binaryOf(result)).toEqual(['image_urls_0', 'image_urls_1'].map((name) => name.replace('_urls', '')));
});

it('of two fields of one name keep apart', async () => {
	const result = await call(() => ({ audio: at('a.mp3'), audio_url: at('b.mp3') }), 'audio, audio_url');
	expect(binaryOf(result)).toEqual(['audio', 'audio_url']);
});

it('that are not there are named in missing_files', async () => {
	const result = await call(() => ({ id: 'p1', audio_url: at('a.mp3'), video_url: null, clips: [] }), 'audio_url, video_url, clips.0.url, nothing');
	expect(binaryOf(result)).toEqual(['audio']);
	expect(jsonOf(result)[0]?.missing_files).toEqual(['video_url', 'clips.0.url', 'nothing']);
});

it('that are none at all are no error', async () => {
	const result = await call(() => ({ id: 'p1' }), 'audio_url');
	expect(jsonOf(result)).toEqual([{ id: 'p1', missing_files: ['audio_url'] }]);
	expect(itemAt(result).binary).toBeUndefined();
});

it('belong to the record of a list that names them', async () => {
	const result = await call(() => [{ id: 1, audio_url: at('a.mp3') }, { id: 2 }, { id: 3, audio_url: at('c.mp3') }], 'audio_url');
	expect([0, 1, 2].map((index) => binaryOf(result, index))).toEqual([['audio'], [], ['audio']]);
	expect(jsonOf(result).map(({ missing_files: missing }) => missing)).toEqual([undefined, ['audio_url'], undefined]);
});

it('come with a whole answer too', async () => {
	const result = await call(() => ({ audio_url: at('a.mp3') }), 'audio_url', { options: { fullResponse: true } });
	expect(binaryOf(result)).toEqual(['audio']);
	expect(jsonOf(result)[0]).toMatchObject({ statusCode: 200, body: { data: { audio_url: at('a.mp3') } } });
});

describe('behind an address that has expired', () => {
	const fresh = (_request: RawRequest, nth: number) => ({ audio_url: at(nth === 1 ? 'gone.mp3' : 'new.mp3') });
	const inList = (request: RawRequest, nth: number) => [{ id: 1 }, { id: 2, ...fresh(request, nth) }];

	it.each<[string, (request: RawRequest, nth: number) => unknown, number]>([
		['a record', fresh, 0],
		['an entry of a list', inList, 1],
	])('are fetched after a GET has read %s again', async (_what, data, index) => {
		const result = await call(data, 'audio_url');
		expect(binaryOf(result, index)).toEqual(['audio']);
		expect(jsonOf(result)[index]?.audio_url).toBe(at('new.mp3'));
		expect(server().log.map(({ method }) => method)).toEqual(['GET', 'GET']);
	});

	it('are an error after a POST, which is not sent again', async () => {
		const result = await call(() => ({ podcast_id: 'p1', audio_url: at('gone.mp3') }), 'audio_url', { method: 'POST', path: '/v3/podcasts' });
		expect(errorOf(result).message).toBe('Could not download the file of the field audio_url: the file host answered with HTTP status 403 (item 1)');
		expect(errorOf(result).description).toContain('p1');
		expect(server().log).toHaveLength(1);
	});

	it('do not cost what could be fetched beside them', async () => {
		const result = await call(() => ({ podcast_id: 'p1', audio_url: at('gone.mp3'), video_url: at('a.mp3') }), 'audio_url, video_url', { method: 'POST' });
		expect(binaryOf(result)).toEqual(['video']);
		expect(jsonOf(result)[0]?.missing_files).toEqual(['audio_url']);
	});
});

it.each<[string, unknown]>([
	['a text', 'no address'],
	['a number', 7],
	['a record', { url: 'https://example.com/a.mp3' }],
	['an address of another kind', 'file:///etc/passwd'],
])('are not looked for where the field holds %s', async (_what, value) => {
	const result = await call(() => ({ audio_url: value as IDataObject }), 'audio_url');
	expect(errorOf(result).message).toContain("HeyGen's field 'audio_url' holds");
	expect(host().log).toEqual([]);
});
