import fc from 'fast-check';

import { timing } from '../../../nodes/engine/basics/timing';
import { fileTypeOf, isForeignText, judgeReply, type ReplyVerdict } from '../../../nodes/engine/request/judgeReply';
import { backoffMs, retryAfterMs } from '../../../nodes/engine/request/retryPause';

const envelope = { data: { id: 'v1' } };
const error = (code: string) => ({ error: { code, message: 'No.' } });

describe('judgeReply', () => {
	/** Status, body, and the verdict for a request that may be repeated, and for one that may not. */
	const table: Array<[number, unknown, ReplyVerdict, ReplyVerdict]> = [
		[200, envelope, 'ok', 'ok'],
		[201, envelope, 'ok', 'ok'],
		[200, { data: null }, 'ok', 'ok'],
		[200, { data: [], has_more: false, next_token: null }, 'ok', 'ok'],
		[200, {}, 'ok', 'ok'],
		// Not HeyGen's envelope: a proxy's page, half an answer.
		[200, '<html>Welcome</html>', 'retry', 'fail'],
		[200, '', 'retry', 'fail'],
		[200, undefined, 'retry', 'fail'],
		[200, null, 'retry', 'fail'],
		[200, [], 'retry', 'fail'],
		[200, { status: 'ok' }, 'retry', 'fail'],
		// Refused and not processed: may be sent again whatever it is.
		[429, error('rate_limit_exceeded'), 'limited', 'limited'],
		[429, error('trial_limit_exceeded'), 'limited', 'limited'],
		[429, '<html>Too many</html>', 'limited', 'limited'],
		[429, undefined, 'limited', 'limited'],
		[429, error('quota_exceeded'), 'fail', 'fail'],
		[429, error('QUOTA_EXCEEDED'), 'fail', 'fail'],
		[409, error('request_in_progress'), 'inProgress', 'fail'],
		[409, error('conflict'), 'fail', 'fail'],
		[409, undefined, 'fail', 'fail'],
		[500, error('internal_error'), 'retry', 'fail'],
		[502, '<html>Bad gateway</html>', 'retry', 'fail'],
		[503, undefined, 'retry', 'fail'],
		[504, undefined, 'retry', 'fail'],
		[529, undefined, 'retry', 'fail'],
		// A redirect is not followed, and is no answer of the API: what has happened behind it is unknown.
		[302, '', 'retry', 'fail'],
		[307, envelope, 'retry', 'fail'],
		[308, undefined, 'retry', 'fail'],
		// Lost track of, by a server or a proxy.
		[408, undefined, 'retry', 'fail'],
		[425, error('too_early'), 'retry', 'fail'],
		[499, '', 'retry', 'fail'],
		// HeyGen's no, with a status of success.
		[200, { data: null, ...error('insufficient_credit') }, 'fail', 'fail'],
		[200, error('insufficient_credit'), 'fail', 'fail'],
		[200, { data: null, error: 'No.' }, 'fail', 'fail'],
		[202, { data: null, ...error('rate_limit_exceeded') }, 'limited', 'limited'],
		[200, { data: {}, ...error('forbidden') }, 'fail', 'fail'],
		[200, { data: [], error: 'No.' }, 'fail', 'fail'],
		[200, { data: '', error: ['No.'] }, 'fail', 'fail'],
		[200, { data: false, error: { message: 'No.' } }, 'fail', 'fail'],
		[200, { data: null, ...error('quota_exceeded') }, 'fail', 'fail'],
		// Its code tells which status it should have come with.
		[200, { data: null, ...error('internal_error') }, 'retry', 'fail'],
		[200, { data: null, ...error('SERVICE_UNAVAILABLE') }, 'retry', 'fail'],
		[200, { data: null, ...error('request_in_progress') }, 'inProgress', 'fail'],
		[200, { data: null, ...error('503') }, 'retry', 'fail'],
		[200, { data: null, error: { code: 429, message: 'No.' } }, 'limited', 'limited'],
		[200, { data: null, error: { code: 400, message: 'No.' } }, 'fail', 'fail'],
		// An error that says nothing is none.
		[200, { data: [], error: {} }, 'ok', 'ok'],
		[200, { data: {}, error: { code: null, message: '' } }, 'ok', 'ok'],
		[200, { data: null, error: ' ' }, 'ok', 'ok'],
		[200, { data: { id: 'v1' }, error: null }, 'ok', 'ok'],
		[200, { data: { id: 'v1' }, ...error('odd') }, 'ok', 'ok'],
		[400, error('invalid_parameter'), 'fail', 'fail'],
		[401, error('unauthorized'), 'fail', 'fail'],
		[402, error('insufficient_credit'), 'fail', 'fail'],
		[403, error('forbidden'), 'fail', 'fail'],
		[404, error('video_not_found'), 'fail', 'fail'],
		[413, undefined, 'fail', 'fail'],
	];

	it.each(table)('%d with %j: %s when repeatable, else %s', (status, body, repeatable, once) => {
		expect(judgeReply(status, body, true)).toBe(repeatable);
		expect(judgeReply(status, body, false)).toBe(once);
	});

	it.each([undefined, null, '', ' ', []])('takes %j for all there is to say, where nothing is read from the answer', (body) => {
		for (const status of [200, 202, 204]) expect(judgeReply(status, body, false, false)).toBe('ok');
		for (const status of [302, 404, 500]) expect(judgeReply(status, body, false, false)).toBe('fail');
		expect(judgeReply(200, '<html>', true, false)).toBe('retry');
	});

	it('never repeats what is not repeatable, except what was refused for the pace', () => {
		fc.assert(
			fc.property(fc.integer({ min: 100, max: 599 }), fc.jsonValue(), (status, body) => {
				const verdict = judgeReply(status, body, false);
				const isLimit = status === 429 || (status >= 200 && status < 300);
				expect(['ok', 'fail', ...(isLimit ? ['limited'] : [])]).toContain(verdict);
			}),
		);
	});
});

describe('retryAfterMs', () => {
	const NOW = Date.parse('2026-03-04T05:06:07Z');
	beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(NOW));
	afterEach(() => jest.restoreAllMocks());

	it.each([
		['0', 0],
		['1', 1_000],
		['120', 120_000],
		[' 7 ', 7_000],
		['1.5', 1_500],
		[30, 30_000],
		['Wed, 04 Mar 2026 05:06:37 GMT', 30_000],
		['Wednesday, 04-Mar-26 05:06:37 GMT', 30_000],
		['Wed Mar  4 05:06:37 2026 GMT', 30_000],
		// A mistake: no server means more than a day.
		['9'.repeat(400), 86_400_000],
		['999999999', 86_400_000],
		['Wed, 04 Mar 2099 05:06:37 GMT', 86_400_000],
		// Gone by already: the server's clock is behind.
		['Wed, 04 Mar 2026 05:00:00 GMT', 0],
	])('reads %j as %d ms', (value, expected) => {
		expect(retryAfterMs(value)).toBe(expected);
	});

	it.each([undefined, null, '', '  ', 'soon', '5 apples', '-5', '5,5', 'abc 12', NaN, true, {}, ['3']])(
		'finds nothing in %j',
		(value) => {
			expect(retryAfterMs(value)).toBeUndefined();
		},
	);

	it.each([
		['an hour behind', -3_600_000],
		['an hour ahead', 3_600_000],
		['a day ahead', 86_400_000],
	])('judges a date by the clock of the server, which is %s', (_name, apart) => {
		const date = (ms: number) => new Date(NOW + apart + ms).toUTCString();
		expect(retryAfterMs(date(30_000), date(0))).toBe(30_000);
	});

	it('judges a date by our clock when the two are the same, since that knows parts of seconds', () => {
		jest.spyOn(Date, 'now').mockReturnValue(NOW + 400);
		expect(retryAfterMs(new Date(NOW + 2_000).toUTCString(), new Date(NOW).toUTCString())).toBe(1_600);
	});

	it.each(['soon', '', 5, undefined, null])('takes our clock when the server names none (%p)', (sentAt) => {
		expect(retryAfterMs(new Date(NOW + 9_000).toUTCString(), sentAt)).toBe(9_000);
	});

	it('is never negative and always a number, whatever the header says', () => {
		const dates = fc.date({ noInvalidDate: true }).map((date) => date.toUTCString());
		const header = fc.oneof(fc.string(), fc.integer(), fc.double(), dates, fc.anything());
		fc.assert(
			fc.property(header, (value) => {
				const ms = retryAfterMs(value);
				expect(ms === undefined || (ms >= 0 && Number.isFinite(ms))).toBe(true);
			}),
		);
	});
});

describe('backoffMs', () => {
	it('grows, and stays within a quarter of its bounds', () => {
		fc.assert(
			fc.property(fc.nat({ max: 2_000 }), (attempt) => {
				const middle = Math.min(timing.retryMax, timing.retryBase * 2 ** attempt);
				const ms = backoffMs(attempt);
				expect(ms).toBeGreaterThanOrEqual(0.75 * middle);
				expect(ms).toBeLessThanOrEqual(1.25 * middle);
			}),
		);
	});

	it('differs from client to client', () => {
		expect(new Set(Array.from({ length: 20 }, () => backoffMs(3))).size).toBeGreaterThan(10);
	});
});

describe('fileTypeOf', () => {
	it.each<[unknown, string | undefined]>([
		['audio/mpeg', 'audio/mpeg'],
		['Video/MP4; codecs="avc1"', 'Video/MP4'],
		['application/octet-stream', 'application/octet-stream'],
		['binary/octet-stream', 'binary/octet-stream'],
		['text/event-stream; charset=utf-8', 'text/event-stream'],
		['text/vtt', 'text/vtt'],
		['application/json', undefined],
		['text/html; charset=utf-8', undefined],
		['text/plain', undefined],
		['', undefined],
		[undefined, undefined],
	])('of %j is %j', (header, type) => {
		expect(fileTypeOf(header)).toBe(type);
	});
});

describe('isForeignText', () => {
	it.each<[number, unknown, unknown, boolean]>([
		[200, 'OK', 'text/plain', true],
		[201, 'a;b', 'application/x-thing', true],
		[200, '', 'text/plain', false],
		[200, { a: 1 }, 'text/plain', false],
		[200, '<html>', 'text/html; charset=utf-8', false],
		[200, '{"a":', 'application/json', false],
		[200, '{"a":', 'application/problem+json', false],
		[200, 'OK', undefined, false],
		[500, 'OK', 'text/plain', false],
	])('a %d with %j as %j: %j', (status, body, header, expected) => {
		expect(isForeignText(status, body, header)).toBe(expected);
	});
});
