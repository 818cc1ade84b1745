/** Whose word an answer to a speech is: HeyGen's own failure is tried again, a gateway's page leaves open what was made. */
import type { ServerResponse } from 'node:http';
import { timing } from '../../../nodes/engine/basics/timing';
import { sampleFile } from '../../sandbox';
import { answer, useRawServer } from '../support/rawServer';
import { errorOf, jsonOf, useTiming } from '../support/support';
import { detailsOf, onlyItem, RETRY, speak } from '../support/speechSupport';

useTiming();
const server = useRawServer();

type Reply = (response: ServerResponse) => void;

const PATH = '/v3/voices/speech';
const sent = () => server().count('POST', PATH);
const page = (status: number): Reply => (response) => {
	response.writeHead(status, { 'Content-Type': 'text/html' });
	response.end('<html><body>Bad gateway</body></html>');
};
const json = (status: number, body: unknown): Reply => (response) => answer(response, body, status);
const failed = (code: string) => ({ error: { code, message: 'Try again' } });
const made = { data: { audio_url: 'https://files.example.com/speech.mp3', duration: 1, request_id: 'r_1', word_timestamps: [{ word: 'Hi', start: 0, end: 1 }] } };

/** Answers the first speech so, and all others with a speech; the record of the voice is not to be had. */
function firstly(reply: Reply): void {
	server().handler = ({ path }, response, nth) => {
		if (path !== PATH) answer(response, { error: { code: 'forbidden', message: 'No' } }, 403);
		else if (nth === 1) reply(response);
		else answer(response, made);
	};
}

it.each<[string, Reply]>([
	['500 internal_error', json(500, failed('internal_error'))],
	['500 voice_provider_error', json(500, failed('voice_provider_error'))],
	['503 service_unavailable', json(503, failed('service_unavailable'))],
	['500 in capitals', json(500, failed('INTERNAL_ERROR'))],
	['200 with internal_error', json(200, { data: null, error: { code: 'internal_error', message: 'Try again' } })],
])("HeyGen's own failure is tried again: %s", async (_what, reply) => {
	firstly(reply);
	expect(onlyItem(await speak(server(), { download: [] })).json.audio_url).toBe(made.data.audio_url);
	expect(sent()).toBe(2);
});

it.each<[string, Reply]>([
	['502 page', page(502)],
	['503 page', page(503)],
	['504 page', page(504)],
	['200 page', page(200)],
	['500 without a body', (response) => response.writeHead(500).end()],
	['503 JSON of a gateway', json(503, { message: 'Service Unavailable' })],
	['504 gateway_timeout', json(504, failed('gateway_timeout'))],
	['500 of an unknown code', json(500, failed('tts_backend_down'))],
	['408', json(408, {})],
	['499', json(499, {})],
	['a redirect', (response) => response.writeHead(302, { Location: '/login' }).end()],
	['half of the JSON', (response) => answer(response, '{"data": {"audio_url": "https://files.exam')],
	['nothing', (response) => answer(response, '')],
	['another envelope', json(200, { result: made.data })],
	['the connection cut behind the headers', (response) => {
		response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '500' });
		response.write('{"data": ');
		setTimeout(() => response.destroy(), 20);
	}],
])('what leaves it open is told, and not sent again: %s', async (_what, reply) => {
	firstly(reply);
	const error = errorOf(await speak(server(), { download: [] }, RETRY));
	expect(error.message).toContain('an earlier try of this call, whose answer did not arrive, may have done its work');
	expect(error.description).toContain('so it is not sent again');
	expect(detailsOf(error)).toMatchObject({ mayExist: true });
	expect(sent()).toBe(1);
});

it.each<[string, Reply, string]>([
	['400 tts_text_invalid', json(400, failed('tts_text_invalid')), '400'],
	['401', json(401, failed('unauthorized')), '401'],
	['402', json(402, failed('insufficient_credit')), '402'],
	['403 voice_not_usable', json(403, failed('voice_not_usable')), '403'],
	['404 voice_not_found', json(404, failed('voice_not_found')), '404'],
	['413', json(413, failed('payload_too_large')), '413'],
	['429 quota_exceeded', json(429, failed('quota_exceeded')), '429'],
	['200 with voice_not_found', json(200, { data: null, error: { code: 'voice_not_found', message: 'No' } }), '404'],
])('a refusal is told, and settles that nothing was made: %s', async (_what, reply, httpCode) => {
	firstly(reply);
	const [item] = jsonOf(await speak(server(), { download: [] }, { onError: 'continueErrorOutput' }), 1);
	expect(item?.details).toMatchObject({ httpCode });
	expect(item?.details).not.toHaveProperty('mayExist');
	expect(sent()).toBe(1);
	firstly(reply);
	server().log.length = 0;
	expect((await speak(server(), { download: [] }, RETRY)).originalError).toBeUndefined();
	expect(sent()).toBe(2);
});

it('409 request_in_progress is not waited out, since HeyGen may not know the key', async () => {
	firstly(json(409, failed('request_in_progress')));
	const error = errorOf(await speak(server(), { download: [] }));
	expect(detailsOf(error)).toMatchObject({ httpCode: '409' });
	expect(sent()).toBe(1);
});

it('an answer that takes longer than the time-out is told as one that may come', async () => {
	const before = timing.writeTimeout;
	timing.writeTimeout = 200;
	firstly(() => undefined);
	const error = errorOf(await speak(server(), { download: [] }));
	timing.writeTimeout = before;
	expect(error.message).toContain('no answer within the time-out');
	expect(detailsOf(error)).toMatchObject({ mayExist: true });
	expect(sent()).toBe(1);
});

describe('odd fields of an answer', () => {
	/** Answers with a record whose sound is there. */
	function answerWith(fields: object): void {
		server().handler = ({ path }, response) => {
			if (path === PATH) answer(response, { data: { ...made.data, audio_url: `${server().url}/speech.mp3`, ...fields } });
			else if (path === '/speech.mp3') response.writeHead(200, { 'Content-Type': 'audio/mpeg' }).end(sampleFile('mp3'));
			else answer(response, { error: { code: 'forbidden', message: 'No' } }, 403);
		};
	}

	it.each<[string, unknown]>([
		['no list', 'Hi'],
		['nonsense', [null, 7, { word: 'Hi' }, { start: 0 }]],
		['nothing but marks', [{ word: '<start>', start: 0, end: 0 }, { word: '<end>', start: 1, end: 1 }]],
		['times that are none', [{ word: 'Hi', start: 'soon', end: {} }]],
	])('words that are %s leave the subtitles out, and the sound is there', async (_what, words) => {
		answerWith({ word_timestamps: words });
		const { json: fields, binary } = onlyItem(await speak(server(), { download: ['audio', 'subtitles', 'webVtt'] }));
		expect(Object.keys(binary ?? {})).toEqual(['audio']);
		expect(fields).toMatchObject({ missing_files: ['subtitles', 'webVtt'], word_timestamps: words });
	});

	it('an own error beside the speech does not make the item one of the error output', async () => {
		answerWith({ error: 'slow voice' });
		const result = await speak(server(), {}, { onError: 'continueErrorOutput' });
		expect(jsonOf(result)).toEqual([expect.objectContaining({ failure: 'slow voice' })]);
		expect(sent()).toBe(1);
	});

	it('a length that is none leaves the cost open', async () => {
		answerWith({ duration: null });
		expect(onlyItem(await speak(server())).json.cost).toMatchObject({ credits: null, seconds: null });
	});
});
