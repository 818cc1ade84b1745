import { idBesideError, inEnvelope } from '../../../nodes/engine/request/anyAnswer';

/** Answers in HeyGen's envelope, in another or in none: nothing of what they say is lost. */

const JSON_TYPE = 'application/json; charset=utf-8';
const error = { error: { code: 'not_found', message: 'No.' } };

describe('an answer stands as it is', () => {
	it.each<[number, unknown]>([
		[200, { data: 1 }],
		[200, { data: null, error: null }],
		[200, {}],
		[200, error],
		[200, { data: {}, ...error }],
		[200, { data: [{ id: 1 }], has_more: true, next_token: 'b', total: 5 }],
		[200, { data: { id: 1 }, code: 100, message: 'Success' }],
		[200, { data: { id: 1 }, code: 'success', msg: 'Done', status: 'ok', error: {} }],
		[200, { data: [], meta: { total: 0 }, page: 1 }],
		[200, { data: null, code: 100, message: 'Success', has_more: false }],
		[200, { data: false }],
		[200, { data: null, error: ' ' }],
		[200, ''],
		[200, undefined],
		[200, '<html>'],
		[200, '{"data":{"id":1'],
		[200, ' ["a"'],
		[200, '"a'],
		[400, { id: 1 }],
		[302, { id: 1 }],
		[500, 'job_1'],
	])('%d with %j', (status, body) => {
		expect(inEnvelope(status, body, JSON_TYPE)).toEqual(body);
	});

	it.each(['text/plain', 'text/html', 'application/octet-stream', undefined])('a text under the media type %j', (type) => {
		expect(inEnvelope(200, 'job_1', type)).toBe('job_1');
	});
});

it.each<[number, unknown]>([
	[200, { id: 1 }],
	[200, []],
	[201, [1]],
	[200, null],
	[200, 'job_1'],
	[200, 42],
	[200, true],
	[200, { video_id: 'v1', data: null }],
	[200, { data: {}, video_id: 'v1' }],
	[200, { id: 'p1', status: 'ok', data: { a: 1 } }],
	[200, { status: 'pending', data: { a: 1 } }],
	[200, { data: { id: 1 }, error: { message: 'audio late' } }],
	[200, { data: { id: 1 }, success: false }],
	[200, { data: { id: 1 }, code: 400 }],
	[200, { data: null, message: 'Queued' }],
	[200, { data: {}, code: 'queued', message: 'Your turn comes' }],
	[200, { message: 'ok' }],
	[200, { code: 'SPRING', message: 'Ten percent', id: 'c1' }],
	[200, { id: 'p1', code: 'too_late_1', message: 'x' }],
	[200, { code: 400, message: 'x', title: 'A record' }],
])('%d with %j is data as a whole', (status, body) => {
	expect(inEnvelope(status, body, JSON_TYPE)).toEqual({ data: body });
});

it.each([201, 202, 204, 205])('%d without content is an empty answer', (status) => {
	expect(inEnvelope(status, '', JSON_TYPE)).toEqual({});
	expect(inEnvelope(status, undefined)).toEqual({});
});

it.each<[Record<string, unknown>, unknown]>([
	[{ code: 'insufficient_credit', message: 'No', data: null }, { code: 'insufficient_credit', message: 'No' }],
	[{ code: 400, message: 'Bad thing', data: null }, { code: 400, message: 'Bad thing' }],
	[{ code: '400123', msg: 'Bad thing', data: [] }, { code: '400123', message: 'Bad thing' }],
	[{ code: 'invalid_parameter', message: 'No' }, { code: 'invalid_parameter', message: 'No' }],
	[{ code: 400, message: 'No', data: {}, video_id: 'v1' }, { code: 400, message: 'No' }],
	[{ success: false, message: 'No credit' }, { message: 'No credit' }],
	[{ success: false }, { message: 'no reason given' }],
	[{ error: true, message: 'No credit', podcast_id: 'p1' }, { message: 'No credit' }],
	[{ errors: [{ message: 'x' }] }, [{ message: 'x' }]],
])('%j is a refusal', (body, refusal) => {
	expect(inEnvelope(200, body, JSON_TYPE)).toEqual({ ...body, error: refusal });
});

it.each<[unknown, string | undefined]>([
	[{ podcast_id: 'p1', error: { message: 'audio late' } }, 'p1'],
	[{ id: 7, data: null, error: 'x' }, '7'],
	[{ request_id: 'r1', callback_id: 'c1', error: { message: 'x' } }, undefined],
	[{ podcast_id: 'p1', error: null }, undefined],
	[{ podcast_id: 'p1', data: { a: 1 }, error: 'x' }, undefined],
	['p1', undefined],
	[null, undefined],
])('the ID beside the error of %j is %j', (body, id) => {
	expect(idBesideError(body)).toBe(id);
});
