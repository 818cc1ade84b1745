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

it.each<[string, string[], string[][]]>([
	['audio_url', ['0_audio', '2_audio'], [['audio'], [], ['audio']]],
	['0.audio_url, 1.audio_url', ['0_audio'], [['audio'], [], []]],
	['[2].audio_url', [], [[], [], ['audio']]],
])('of a list are named alike in whole answers and in items: %s', async (download, whole, items) => {
	const list = () => [{ id: 'A', audio_url: at('a.mp3') }, { id: 'B' }, { id: 'C', audio_url: at('c.mp3') }];
	const one = await call(list, download, { options: { fullResponse: true } });
	if (whole.length > 0) {
		expect(binaryOf(one)).toEqual(whole);
		expect(itemAt(one).binary?.['0_audio']?.fileName).toBe('A-audio.mp3');
		expect(jsonOf(one)[0]?.missing_files).toEqual(['1.audio_url']);
	}
	const several = await call(list, download);
	expect([0, 1, 2].map((index) => binaryOf(several, index))).toEqual(items);
});

it('are named after the record, not after what it refers to', async () => {
	const result = await call(() => ({ callback_id: 'c', folder_id: 'f', lipsync_id: 'l1', audio_url: at('a.mp3') }), 'audio_url', { path: '/v3/lipsyncs/l1' });
	expect(itemAt(result).binary?.audio?.fileName).toBe('l1-audio.mp3');
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

	it('are found by the IDs of entries, where the list has changed in between', async () => {
		const first = [{ id: 1, audio_url: at('gone1.mp3') }, { id: 2, audio_url: at('gone2.mp3') }, { id: 3, audio_url: at('c.mp3') }];
		const second = [{ id: 9, audio_url: at('other.mp3') }, { id: 2, audio_url: at('new2.mp3') }];
		const result = await call((_request, nth) => (nth === 1 ? first : second), 'audio_url');
		expect(jsonOf(result)).toEqual([{ ...first[0], missing_files: ['audio_url'] }, { id: 2, audio_url: at('new2.mp3') }, first[2]]);
		expect([0, 1, 2].map((index) => itemAt(result, index).binary?.audio?.fileName)).toEqual([undefined, '2-audio.mp3', '3-audio.mp3']);
		expect(host().log.map(({ path }) => path)).not.toContain('/other.mp3');
		// One look is enough for all.
		expect(server().log).toHaveLength(2);
	});

	it.each<[string, IDataObject, IDataObject, string, string | undefined]>([
		['IDs', { clips: [{ clip_id: 'a', url: 'gone.mp3' }] }, { clips: [{ clip_id: 'b', url: 'b.mp3' }, { clip_id: 'a', url: 'a.mp3' }] }, 'clips.0.url', '/a.mp3'],
		['IDs that are not there', { clips: [{ url: 'gone.mp3' }] }, { clips: [{ url: 'b.mp3' }] }, 'clips.0.url', undefined],
		['IDs that two have', { clips: [{ id: 1, url: 'gone.mp3' }] }, { clips: [{ id: 1, url: 'b.mp3' }, { id: 1, url: 'a.mp3' }] }, 'clips.0.url', undefined],
		['IDs of another thing', { clips: [{ folder_id: 'f', url: 'gone.mp3' }] }, { clips: [{ folder_id: 'f', url: 'b.mp3' }] }, 'clips.0.url', undefined],
		['the ID of another record', { id: 1, url: 'gone.mp3' }, { id: 2, url: 'b.mp3' }, 'url', undefined],
	])('are found in a record by %s', async (_what, first, second, field, file) => {
		const hosted = (record: IDataObject) => JSON.parse(JSON.stringify(record).replace(/"(\w+\.mp3)"/g, (_text, name: string) => JSON.stringify(at(name)))) as IDataObject;
		const result = await call((_request, nth) => ({ beside: at('beside.mp3'), ...hosted(nth === 1 ? first : second) }), `beside, ${field}`);
		expect(host().log.map(({ path }) => path).filter((path) => path !== '/beside.mp3' && path !== '/gone.mp3')).toEqual(file === undefined ? [] : [file]);
		expect(jsonOf(result)[0]?.missing_files).toEqual(file === undefined ? [field] : undefined);
	});

	it('of a list of addresses are found by what is not signed', async () => {
		const urls = (nth: number) => (nth === 1 ? ['once.mp3?s=1', 'a.mp3?s=1'] : ['a.mp3?s=2', 'once.mp3?s=2']);
		host().handler = (request, response) => {
			if (request.path === '/once.mp3' && request.query.get('s') === '1') return answer(response, 'gone', 403);
			response.writeHead(200, { 'Content-Type': 'audio/mpeg' });
			response.end(MP3);
		};
		const result = await call((_request, nth) => ({ image_urls: urls(nth).map((name) => `${host().url}/${name}`) }), 'image_urls');
		expect(jsonOf(result)[0]?.image_urls).toEqual([`${host().url}/once.mp3?s=2`, `${host().url}/a.mp3?s=1`]);
		expect(jsonOf(result)[0]).not.toHaveProperty('missing_files');
	});

	it('do not cost the other entries of a list', async () => {
		const list = [{ id: 'A', audio_url: at('a.mp3') }, { id: 'B', audio_url: at('gone.mp3') }, { id: 'C', audio_url: null }];
		const result = await call(() => list, 'audio_url');
		expect(jsonOf(result)).toEqual([list[0], { ...list[1], missing_files: ['audio_url'] }, { ...list[2], missing_files: ['audio_url'] }]);
		expect([0, 1, 2].map((index) => binaryOf(result, index))).toEqual([['audio'], [], []]);
	});

	it.each<[string, () => unknown]>([
		['the only record', () => ({ id: 'A', audio_url: at('gone.mp3') })],
		['any entry', () => [{ id: 'A', audio_url: at('gone.mp3') }, { id: 'B' }]],
	])('are an error after a GET when %s has none', async (_what, data) => {
		const result = await call(data, 'audio_url');
		expect(errorOf(result).message).toBe('Could not download the file of the field audio_url: the file host answered with HTTP status 403 (item 1)');
	});

	it.each(['POST', 'PUT', 'PATCH'])('do not cost the answer to a %s, which is not sent again', async (method) => {
		const record = { podcast_id: 'p1', audio_url: at('gone.mp3') };
		const result = await call(() => record, 'audio_url', { method, path: '/v3/podcasts' });
		expect(jsonOf(result)).toEqual([{ ...record, missing_files: ['audio_url'] }]);
		expect(server().log).toHaveLength(1);
	});

	it('are named when another item fails', async () => {
		server().handler = (request, response) => {
			if (request.body.includes('no')) setTimeout(() => answer(response, { error: { code: 'conflict', message: 'Not now' } }, 409), 200);
			else answer(response, { data: { podcast_id: 'p1', audio_url: at('gone.mp3') } });
		};
		const parameters = { method: 'POST', path: '/v3/podcasts', body: '={"topic": "{{ $json.topic }}"}', options: { download: 'audio_url' } };
		const error = errorOf(await callApi(server(), parameters, { items: [{ json: { topic: 'a' } }, { json: { topic: 'no' } }] }));
		expect(error.description).toContain('POST /v3/podcasts: p1');
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
