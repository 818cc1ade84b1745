import type { IDataObject, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { EngineError, toNodeError } from '../../../nodes/engine/basics/errors';
import { timing } from '../../../nodes/engine/basics/timing';
import type { ApiRequest } from '../../../nodes/engine/request/apiRequest';
import type { Connection } from '../../../nodes/engine/request/client';
import { Gate } from '../../../nodes/engine/request/pacing/gate';
import { send } from '../../../nodes/engine/request/send';
import { clock } from '../support/simulation/clock';
import { N8N_ERROR_TOKENS } from '../support/simulation/n8nTokens';
import { systemError } from '../support/systemError';

jest.mock('../../../nodes/engine/basics/timing', () => {
	const { virtualTiming } = jest.requireActual<typeof import('../support/simulation/clock')>('../support/simulation/clock');
	return virtualTiming(jest.requireActual<object>('../../../nodes/engine/basics/timing'));
});

afterEach(() => clock.forgetEvents());

const NODE = { id: 'n', name: 'HeyGen', type: 't', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };

type Answer = Partial<IN8nHttpFullResponse> | Error;

/** A connection whose server gives these answers one after the other, the last one for ever. */
function client(answers: Answer[], settings: Partial<Connection> = {}): Connection & { seen: IHttpRequestOptions[] } {
	const seen: IHttpRequestOptions[] = [];
	return {
		seen,
		account: { baseUrl: 'https://api.heygen.com', gate: new Gate(), version: 0 },
		queueTimeout: 3_600_000,
		transport: {},
		request: async (options) => {
			const answer = answers[Math.min(seen.length, answers.length - 1)] as Answer;
			seen.push(options);
			await clock.pause(50);
			if (answer instanceof Error) throw answer;
			return { statusCode: 200, headers: {}, body: { data: {} }, ...answer };
		},
		...settings,
	};
}

const OK: Answer = { body: { data: { id: 'v1' } } };
const refused = (code: string, statusCode: number, headers: IDataObject = {}): Answer => ({
	statusCode,
	headers,
	body: { error: { code, message: 'No.' } },
});
/** HeyGen's objection to a field. */
const objected: Answer = { statusCode: 400, body: { error: { code: 'invalid_parameter', message: 'No.', param: 'script' } } };
const get: ApiRequest = { method: 'GET', path: '/v3/videos/v1', doing: 'get the video' };
const create: ApiRequest = { method: 'POST', path: '/v3/videos', body: { a: 1 }, startsJob: 'generation', doing: 'create the video' };
const keyed: ApiRequest = { ...create, idempotencyKey: 'k1' };

/** The error a request ends in. */
async function failure(one: Connection, request: ApiRequest): Promise<EngineError> {
	const error = await clock.run(send(one, request).then(
		() => new Error('it succeeded'),
		(thrown: unknown) => thrown,
	), 48 * 3_600_000);
	expect(error).toBeInstanceOf(EngineError);
	return error as EngineError;
}

describe('a POST that says of itself whether it may be sent twice', () => {
	const post: ApiRequest = { method: 'POST', path: '/v3/podcasts', body: { a: 1 }, doing: 'call it' };

	it.each<[string, Partial<ApiRequest>, number]>([
		['has a key', { idempotencyKey: 'k' }, 2],
		['has a key that may not be heeded', { idempotencyKey: 'k', repeatable: false }, 1],
		['has none', {}, 1],
		['has none and needs none', { repeatable: true }, 2],
	])('%s', async (_what, more, requests) => {
		const one = client([systemError('ECONNRESET'), OK]);
		await clock.run(send(one, { ...post, ...more }).catch((error: EngineError) => expect(error.details.mayExist).toBe(true)));
		expect(one.seen).toHaveLength(requests);
	});

	it('is sent again by a limit, whatever it says', async () => {
		const one = client([refused('rate_limit_exceeded', 429), OK]);
		await clock.run(send(one, { ...post, idempotencyKey: 'k', repeatable: false }));
		expect(one.seen).toHaveLength(2);
	});
});

it('sends a record with nothing in it as such, which the request helper would leave out', async () => {
	const one = client([OK]);
	await clock.run(send(one, { method: 'POST', path: '/v3/folders', body: {}, doing: 'create the folder' }));
	expect(one.seen[0]).toMatchObject({ body: '{}', headers: { 'Content-Type': 'application/json' } });
});

describe('whoever counts', () => {
	it.each<[string, ApiRequest, Answer[], { repeated: number; refused: number }]>([
		['hears nothing of what succeeds', get, [OK], { repeated: 0, refused: 0 }],
		['hears once of a request that is repeated twice', get, [refused('x', 503), systemError('ECONNRESET'), OK], { repeated: 1, refused: 0 }],
		['hears of a create in progress', keyed, [refused('request_in_progress', 409), OK], { repeated: 1, refused: 0 }],
		['hears of each refusal', create, [refused('rate_limit_exceeded', 429), refused('rate_limit_exceeded', 429), OK], { repeated: 0, refused: 2 }],
		['hears of both', keyed, [refused('rate_limit_exceeded', 429), refused('x', 500), OK], { repeated: 1, refused: 1 }],
	])('%s', async (_name, request, answers, expected) => {
		const counted = { repeated: 0, refused: 0 };
		const tally = { repeated: () => counted.repeated++, refusedByLimit: () => counted.refused++ };
		await clock.run(send(client(answers, { tally }), request));
		expect(counted).toEqual(expected);
	});

	it('hears nothing of what is not repeated', async () => {
		const tally = { repeated: jest.fn(), refusedByLimit: jest.fn() };
		await failure(client([objected], { tally }), create);
		expect(tally.repeated).not.toHaveBeenCalled();
	});
});

describe('send', () => {
	it.each<[string, ApiRequest, Answer, number]>([
		['a read after a lost connection', get, systemError('ECONNRESET'), 2],
		['a read after a 503', get, refused('x', 503), 2],
		['a read after a page of a proxy', get, { body: '<html>' }, 2],
		['a keyed create after a lost connection', keyed, systemError('ECONNRESET'), 2],
		['a keyed create after a 500', keyed, refused('x', 500), 2],
		['a keyed create still in progress', keyed, refused('request_in_progress', 409), 2],
		['a create whose file is not ready yet', create, refused('resource_not_ready', 409), 2],
		['a create that a success says this of', create, refused('resource_not_ready', 200), 2],
		['a create after a 429', create, refused('rate_limit_exceeded', 429, { 'retry-after': '1' }), 2],
		['a PUT after a 502', { ...get, method: 'PUT' }, refused('x', 502), 2],
	])('repeats %s', async (_name, request, first, requests) => {
		const one = client([first, OK]);
		expect((await clock.run(send(one, request))).body).toEqual({ data: { id: 'v1' } });
		expect(one.seen).toHaveLength(requests);
		expect(one.seen[1]).toEqual(one.seen[0]);
	});

	it.each<[string, ApiRequest, Answer]>([
		['a create without a key after a lost connection', create, systemError('ECONNRESET')],
		['a create without a key after a 500', create, refused('x', 500)],
		['a PATCH after a 500', { ...get, method: 'PATCH' }, refused('x', 500)],
		['a bad certificate', get, systemError('CERT_HAS_EXPIRED')],
		['a 400', keyed, refused('invalid_parameter', 400)],
		['what is no job and not ready', { ...keyed, startsJob: undefined }, refused('resource_not_ready', 409)],
		['a 402', keyed, refused('insufficient_credit', 402)],
		['a used-up quota', keyed, refused('quota_exceeded', 429)],
	])('does not repeat %s', async (_name, request, first) => {
		const one = client([first, OK]);
		const error = await failure(one, request);
		expect(one.seen).toHaveLength(1);
		expect(error.message).toMatch(/^Could not (get|create) the video: /);
		expect(error.advice).not.toBe('');
	});

	it.each([systemError('ETIMEDOUT'), refused('x', 503)])('gives up after a bounded number of tries', async (answer) => {
		const one = client([answer]);
		await failure(one, get);
		expect(one.seen).toHaveLength(1 + timing.retryCount);
	});

	it('is not put off for a day by a Retry-After of a 503', async () => {
		const from = clock.time;
		await failure(client([refused('x', 503, { 'retry-after': '86400' })], { queueTimeout: 600_000 }), get);
		expect(clock.time - from).toBeLessThanOrEqual(3_600_000);
	});

	it('waits out a request in progress only so long', async () => {
		const from = clock.time;
		const error = await failure(client([refused('request_in_progress', 409)]), keyed);
		expect(error.details.code).toBe('request_in_progress');
		expect(clock.time - from).toBeLessThanOrEqual(timing.inProgressMax + 10_000);
	});

	it.each([systemError('ECONNRESET'), refused('x', 503)])(
		'says of a delete whose first answer was lost that it is gone, not who deleted it',
		async (first) => {
			const remove: ApiRequest = { ...get, method: 'DELETE', doing: 'delete the video' };
			const gone = refused('video_not_found', 404);
			expect(await clock.run(send(client([first, gone]), remove))).toMatchObject({ gone: true, body: { data: {} } });
			expect(await clock.run(send(client([first, OK]), remove))).not.toHaveProperty('gone');
			expect((await failure(client([gone]), remove)).details.httpCode).toBe('404');
		},
	);

	/** Errors that come before anything is sent, as Node.js and axios give them. */
	const unsent: Array<[string, Error]> = [
		['a refused connection', systemError('ECONNREFUSED')],
		['a name that is not resolved', systemError('ENOTFOUND')],
		['a name server that does not answer', systemError('EAI_AGAIN')],
		['a certificate that is not accepted', systemError('CERT_HAS_EXPIRED')],
		['a host that cannot be reached', Object.assign(systemError('EHOSTUNREACH'), { syscall: 'connect' })],
		['a connect that times out', Object.assign(systemError('ETIMEDOUT'), { syscall: 'connect' })],
		['all addresses of a host refused', Object.assign(systemError('ETIMEDOUT'), { errors: [{ syscall: 'connect' }, { syscall: 'connect' }] })],
		['a handshake cut short', Object.assign(new Error('Connection network socket disconnected before secure TLS connection was established'), { code: 'ECONNRESET' })],
		['a server that speaks no TLS', Object.assign(new Error('write EPROTO 80BC:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/x.c:355:\n'), { code: 'EPROTO', syscall: 'write' })],
		['versions of TLS that do not match', Object.assign(new Error('write EPROTO 80BC:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:../deps/x.c:1590:SSL alert number 70\n'), { code: 'EPROTO', syscall: 'write' })],
		['the same inside the errors of two helpers', Object.assign(new Error('outer', { cause: Object.assign(systemError('ECONNREFUSED'), { cause: systemError('ECONNREFUSED') }) }))],
	];

	it.each(unsent)('says after %s that nothing reached HeyGen', async (_name, error) => {
		for (const request of [create, keyed]) {
			const { advice, details } = await failure(client([error]), request);
			expect(advice).toMatch(/^Nothing reached HeyGen\. Check that this n8n can reach/);
			expect(details).not.toHaveProperty('mayExist');
		}
	});

	it('tries a create without a key again when it was not sent', async () => {
		const one = client([systemError('ECONNREFUSED'), OK]);
		await clock.run(send(one, create));
		expect(one.seen).toHaveLength(2);
	});

	it.each<[string, Answer]>([
		['a lost connection', systemError('ECONNRESET')],
		['a time-out', systemError('ECONNABORTED')],
		['a route lost in the middle', Object.assign(systemError('EHOSTUNREACH'), { syscall: 'read' })],
		['a 408', refused('x', 408)],
		['a 425', refused('x', 425)],
		['a 302', { statusCode: 302, body: '' }],
		['a 503', refused('x', 503)],
		['a page of a proxy', { body: '<html>' }],
		['an answer that cannot be decoded', systemError('Z_DATA_ERROR')],
		['a record of TLS that arrived damaged', systemError('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC')],
		['a failure of TLS after the handshake', systemError('EPROTO')],
		['something unheard of while it was under way', Object.assign(new Error('Oops'), { isAxiosError: true, request: {} })],
	])('says after %s that a create may have been done, with how to find out', async (_name, first) => {
		const one = client([first]);
		const { advice, details } = await failure(one, { ...keyed, body: { callback_id: 'n8n-7-0' } });
		expect(one.seen).toHaveLength(1 + timing.retryCount);
		expect(advice).toContain('HeyGen may have taken the request all the same');
		expect(advice).toContain('n8n-7-0');
		expect(details).toMatchObject({ mayExist: true, callback_id: 'n8n-7-0' });
		const once = client([first]);
		expect((await failure(once, create)).advice).toContain("The request carried no idempotency key: look into 'Get Many'");
		expect(once.seen).toHaveLength(1);
	});

	it('does not forget that the first try may have been done', async () => {
		const lost = systemError('ECONNRESET');
		const refusals: Answer[] = [
			refused('insufficient_credit', 402),
			refused('unauthorized', 401),
			// A firewall may have let the first try pass.
			refused('', 400),
			{ statusCode: 413, body: '<html>Too large</html>' },
			refused('conflict', 409),
			systemError('ECONNREFUSED'),
		];
		for (const then of refusals) {
			const { advice, details } = await failure(client([lost, then]), { ...keyed, body: { callback_id: 'n8n-7-0' } });
			expect(details).toMatchObject({ mayExist: true, callback_id: 'n8n-7-0' });
			expect(advice).toMatch(/HeyGen may have taken the request all the same.* within 24 hours.* n8n-7-0/);
		}
		// What HeyGen does not take it did not take the first time either.
		expect((await failure(client([lost, objected]), keyed)).details).not.toHaveProperty('mayExist');
	});

	it('names the callback ID of a create that goes on for too long, and of one that waits in vain', async () => {
		const named = { ...keyed, body: { callback_id: 'n8n-7-0' } };
		const goesOn = await failure(client([refused('request_in_progress', 409)]), named);
		expect(goesOn.advice).toMatch(/is still being processed.* n8n-7-0/);
		const limited = client([systemError('ECONNRESET'), refused('rate_limit_exceeded', 429)], { queueTimeout: 30_000 });
		expect((await failure(limited, named)).details).toMatchObject({ mayExist: true, callback_id: 'n8n-7-0' });
	});

	it.each<[string, Answer[], boolean]>([
		['an answer', [OK], true],
		['a clear refusal', [refused('insufficient_credit', 402)], false],
		['a refusal for the pace and an answer', [refused('x', 429, { 'retry-after': '1' }), OK], true],
		['a lost answer', [systemError('ECONNRESET')], true],
		['a lost answer and a clear refusal', [systemError('ECONNRESET'), refused('insufficient_credit', 402)], true],
		['a lost answer and a refusal that names no field', [systemError('ECONNRESET'), refused('', 400)], true],
		['a lost answer and a mistake in the request', [systemError('ECONNRESET'), objected], false],
		['no connection', [systemError('ECONNREFUSED')], false],
	])('leaves a doubt after %s, or not', async (_name, answers, isOpen) => {
		let open = false;
		const doubt = { sent: () => { open = true; }, cleared: () => { open = false; } };
		await clock.run(send(client(answers), { ...keyed, doubt }).catch(() => undefined));
		// After an answer that counts, it is for the caller to take out what it has recorded.
		expect(open).toBe(isOpen);
	});

	it('reads the credential again, once, when the key is refused', async () => {
		const renewed = async (isOther: boolean) => {
			const asked: number[] = [];
			const one = client([refused('unauthorized', 401), OK], {
				renewKey: async (version) => {
					asked.push(version);
					return isOther;
				},
			});
			const result = await clock.run(send(one, keyed).then(() => 'ok', () => 'failed'));
			return [result, one.seen.length, asked];
		};
		expect(await renewed(true)).toEqual(['ok', 2, [0]]);
		expect(await renewed(false)).toEqual(['failed', 1, [0]]);
		const always = client([refused('unauthorized', 401)], { renewKey: async () => true });
		await failure(always, get);
		expect(always.seen).toHaveLength(2);
	});

	it('says how long the limit may be waited out, at the deadline', async () => {
		const from = clock.time;
		const closed = client([refused('rate_limit_exceeded', 429, { 'retry-after': '7' })], { queueTimeout: 30_000 });
		const error = await failure(closed, create);
		expect(clock.time - from).toBeLessThan(31_000);
		expect(error.advice).toContain("'Queue Timeout'");
	});

	it('sends key, body and settings, and no redirect is followed', async () => {
		const one = client([OK], { transport: { skipSslCertificateValidation: true } });
		await clock.run(send(one, { ...keyed, query: { a: 1 } }));
		expect(one.seen[0]).toMatchObject({
			baseURL: 'https://api.heygen.com',
			url: '/v3/videos',
			method: 'POST',
			body: { a: 1 },
			qs: { a: 1 },
			headers: { 'Idempotency-Key': 'k1' },
			timeout: timing.writeTimeout,
			skipSslCertificateValidation: true,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
		});
	});

	it.each(N8N_ERROR_TOKENS)('ends in an error that n8n leaves as it is, also after %s', async (token) => {
		const error = await failure(client([{ statusCode: 400, body: { error: { code: 'x', message: `It was ${token}.` } } }]), get);
		const shown = toNodeError(NODE, error, 3);
		expect(shown.message).toBe(`${error.message} (item 4)`);
		expect(shown.description).toContain('HeyGen code: x');
	});

	it('ends a request at its time-out, also while its answer comes in, and tells it to stop', async () => {
		const signals: AbortSignal[] = [];
		const one: Connection = {
			...client([OK]),
			request: async ({ abortSignal }) => {
				signals.push(abortSignal as AbortSignal);
				await clock.pause(3_600_000);
				return { statusCode: 200, headers: {}, body: { data: {} } };
			},
		};
		const from = clock.time;
		const error = await failure(one, get);
		expect(error.message).toBe('Could not get the video: no answer within the time-out');
		expect(signals.map(({ aborted }) => aborted)).toEqual(Array(1 + timing.retryCount).fill(true));
		expect(clock.time - from).toBeLessThan((1 + timing.retryCount) * (timing.readTimeout + timing.retryMax));
		expect((await failure(one, keyed)).details).toMatchObject({ mayExist: true });
	});

	it("gives a file in the request its time besides the user's time-out, and none a limit where the user wants none", async () => {
		const lasts = async (ms: number, timeout: number, bytes?: number) => {
			const one: Connection = {
				...client([OK], { transport: { timeout } }),
				request: async () => {
					await clock.pause(ms);
					return { statusCode: 200, headers: {}, body: { data: {} } };
				},
			};
			const form = bytes === undefined ? {} : { form: { make: () => ({ end: async () => {} }), bytes } };
			return await clock.run(send(one, { ...create, ...form }).then(() => 'done', () => 'failed'), 48 * 3_600_000);
		};
		expect(await lasts(11_000, 10_000)).toBe('failed');
		expect(await lasts(11_000, 10_000, 100 * timing.slowestUpload)).toBe('done');
		expect(await lasts(3_000_000, 0)).toBe('done');
	});

	it('passes on what is no failure of the wire', async () => {
		const mistake = new Error('Credentials could not be decrypted');
		await expect(clock.run(send(client([mistake]), get))).rejects.toBe(mistake);
	});

	it('stops at once when cancelled while it waits', async () => {
		const stop = new AbortController();
		const reason = new Error('stopped');
		const one = client([refused('rate_limit_exceeded', 429, { 'retry-after': '60' })], { signal: stop.signal });
		const from = clock.time;
		clock.at(from + 5_000, () => stop.abort(reason));
		await expect(clock.run(send(one, create))).rejects.toBe(reason);
		expect(clock.time - from).toBe(5_000);
		expect(one.account.gate.idle).toBe(true);
	});
});
