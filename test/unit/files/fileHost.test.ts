import type { IHttpRequestOptions } from 'n8n-workflow';

import { EngineError } from '../../../nodes/engine/basics/errors';
import { timing } from '../../../nodes/engine/basics/timing';
import {
	askFileHost,
	type HostOutcome,
	hostRefusal,
	type Transfer,
	transferred,
} from '../../../nodes/engine/files/fileHost';
import type { FileStore } from '../../../nodes/engine/item/call';
import { retryPause } from '../../../nodes/engine/request/retryPause';
import { clock } from '../support/simulation/clock';
import { N8N_ERROR_TOKENS } from '../support/simulation/n8nTokens';

jest.mock('../../../nodes/engine/basics/timing', () => {
	const { virtualTiming } = jest.requireActual<typeof import('../support/simulation/clock')>('../support/simulation/clock');
	return virtualTiming(jest.requireActual<object>('../../../nodes/engine/basics/timing'));
});

afterEach(() => clock.forgetEvents());

/** Transfers from and to the storage behind presigned URLs: when they are tried again, and when a new URL is asked for. */

type Outcome = HostOutcome<string> | Error;
const done: Outcome = { done: 'file' };
const busy: Outcome = { reason: 'the file host answered with HTTP status 503', again: true, expired: false };
const expired: Outcome = { reason: 'the file host answered with HTTP status 403', again: false, expired: true };
const refused: Outcome = { reason: 'the file host answered with HTTP status 400', again: false, expired: false };
const lost = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

/** A transfer whose tries come to these outcomes, the last one for ever. */
function transfer(outcomes: Outcome[], renew: Transfer<string>['renew'] = async () => undefined) {
	const seen = { tries: 0, renewals: 0, times: [] as number[] };
	const work: Transfer<string> = {
		once: async () => {
			const outcome = outcomes[Math.min(seen.tries++, outcomes.length - 1)] as Outcome;
			seen.times.push(clock.time);
			await clock.pause(5);
			if (outcome instanceof Error) throw outcome;
			return outcome;
		},
		renew: async () => {
			seen.renewals++;
			return await renew();
		},
		failed: (reason) => new EngineError(`Could not move the file: ${reason}`, 'Try again.'),
	};
	return { work, seen };
}

const storeWith = (signal?: AbortSignal) => ({ client: { signal } }) as unknown as FileStore;
const run = async (work: Transfer<string>, signal?: AbortSignal) => await clock.run(transferred(storeWith(signal), work));

/** The message a transfer ends with. */
async function failure(work: Transfer<string>): Promise<string> {
	const error = await run(work).catch((thrown: unknown) => thrown);
	expect(error).toBeInstanceOf(EngineError);
	return (error as EngineError).message;
}

describe('transferred', () => {
	it('is done after one try when that works', async () => {
		const { work, seen } = transfer([done]);
		expect(await run(work)).toBe('file');
		expect(seen).toMatchObject({ tries: 1, renewals: 0 });
	});

	it.each<[string, Outcome]>([
		['the host is busy', busy],
		['the connection is lost', lost],
		['a helper wraps the lost connection', new Error('wrapped', { cause: lost })],
	])('tries again while %s', async (_when, outcome) => {
		const { work, seen } = transfer([outcome, outcome, done]);
		expect(await run(work)).toBe('file');
		expect(seen).toMatchObject({ tries: 3, renewals: 0 });
	});

	it.each<[string, Outcome, string]>([
		['the host stays busy', busy, 'Could not move the file: the file host answered with HTTP status 503'],
		['the connection is lost over and over', lost, 'Could not move the file: the connection was lost'],
	])('gives up when %s', async (_when, outcome, message) => {
		const { work, seen } = transfer([outcome]);
		expect(await failure(work)).toBe(message);
		expect(seen.tries).toBe(1 + timing.retryCount);
	});

	it('waits longer from try to try', async () => {
		const { work, seen } = transfer([busy]);
		await failure(work);
		const pauses = seen.times.slice(1).map((time, index) => time - (seen.times[index] as number) - 5);
		expect(pauses).toEqual(Array.from({ length: timing.retryCount }, (_, attempt) => retryPause(attempt)));
	});

	it('waits as long as the host asks for, within bounds', async () => {
		for (const [asked, waited] of [[7_000, 7_000], [86_400_000, timing.retryMax]] as const) {
			const { work, seen } = transfer([{ ...busy, retryAfter: asked } as Outcome, done]);
			await run(work);
			expect((seen.times[1] as number) - (seen.times[0] as number) - 5).toBe(waited);
		}
	});

	it('gives up at once when the host refuses', async () => {
		const { work, seen } = transfer([refused, done]);
		expect(await failure(work)).toBe('Could not move the file: the file host answered with HTTP status 400');
		expect(seen).toMatchObject({ tries: 1, renewals: 0 });
	});

	it('asks for a new URL when the old one has expired, and goes on at once', async () => {
		const { work, seen } = transfer([expired, done]);
		expect(await run(work)).toBe('file');
		expect(seen).toMatchObject({ tries: 2, renewals: 1 });
		expect((seen.times[1] as number) - (seen.times[0] as number)).toBe(5);
	});

	it('asks for a new URL once only', async () => {
		const { work, seen } = transfer([expired]);
		expect(await failure(work)).toBe('Could not move the file: the file host answered with HTTP status 403');
		expect(seen).toMatchObject({ tries: 2, renewals: 1 });
	});

	it('goes on trying with the new URL', async () => {
		const { work, seen } = transfer([busy, expired, busy, lost, done]);
		expect(await run(work)).toBe('file');
		expect(seen).toMatchObject({ tries: 5, renewals: 1 });
	});

	it('is over when the renewal finds the work done', async () => {
		const { work, seen } = transfer([expired], async () => ({ done: 'there already' }));
		expect(await run(work)).toBe('there already');
		expect(seen).toMatchObject({ tries: 1, renewals: 1 });
	});

	it('hands on what the renewal throws, and what is no failure of the wire', async () => {
		const mistake = new Error('The disk is full');
		await expect(run(transfer([expired], async () => await Promise.reject(mistake)).work)).rejects.toBe(mistake);
		const { work, seen } = transfer([mistake]);
		await expect(run(work)).rejects.toBe(mistake);
		expect(seen.tries).toBe(1);
	});

	it('does not start when cancelled, and stops at once when it waits', async () => {
		const reason = new Error('stopped');
		const { work, seen } = transfer([busy]);
		await expect(run(work, AbortSignal.abort(reason))).rejects.toBe(reason);
		expect(seen.tries).toBe(0);
		const stop = new AbortController();
		const from = clock.time;
		clock.at(from + 500, () => stop.abort(reason));
		await expect(run(work, stop.signal)).rejects.toBe(reason);
		expect([seen.tries, clock.time - from]).toEqual([1, 500]);
	});

	it('takes what a cancelled try throws for the cancellation', async () => {
		const stop = new AbortController();
		const reason = new Error('stopped');
		const { work } = transfer([lost]);
		clock.at(clock.time + 2, () => stop.abort(reason));
		await expect(run(work, stop.signal)).rejects.toBe(reason);
	});
});

describe('hostRefusal', () => {
	it.each([
		[400, false, false],
		[401, false, true],
		[403, false, true],
		[404, false, true],
		[410, false, true],
		[405, false, false],
		[412, false, false],
		[413, false, false],
		[416, false, false],
		[429, true, false],
		[500, true, false],
		[502, true, false],
		[503, true, false],
		[301, false, false],
		[304, false, false],
	])('of %d: again %s, expired %s', (statusCode, again, expiredUrl) => {
		expect(hostRefusal({ statusCode, headers: {} })).toEqual({
			reason: `the file host answered with HTTP status ${statusCode}`,
			again,
			expired: expiredUrl,
			retryAfter: undefined,
		});
	});

	it("says the host's own word, and how long to wait", () => {
		expect(hostRefusal({ statusCode: 503, headers: { 'retry-after': '3' } }, 'SlowDown')).toEqual({
			reason: 'the file host answered with HTTP status 503 (SlowDown)',
			again: true,
			expired: false,
			retryAfter: 3_000,
		});
	});

	it('takes a date for how long to wait by the clock of the host', () => {
		const date = (seconds: number) => new Date(Date.UTC(2020, 1, 2) + seconds * 1_000).toUTCString();
		const headers = { 'retry-after': date(20), date: date(0) };
		expect(hostRefusal({ statusCode: 503, headers })).toMatchObject({ retryAfter: 20_000 });
	});

	it('knows a host that says with another status that the URL has expired', () => {
		expect(hostRefusal({ statusCode: 400, headers: {} }, 'ExpiredToken')).toMatchObject({ again: false, expired: true });
		expect(hostRefusal({ statusCode: 400, headers: {} }, 'InvalidArgument')).toMatchObject({ again: false, expired: false });
	});

	it('has words that n8n leaves as they are', () => {
		for (const statusCode of [400, 401, 403, 404, 429, 500, 503]) {
			const { reason } = hostRefusal({ statusCode, headers: {} }) as { reason: string };
			for (const token of N8N_ERROR_TOKENS) expect(reason.toUpperCase()).not.toContain(token);
		}
	});
});

describe('askFileHost', () => {
	/** The options that reach n8n's helper. */
	async function asked(transport: object, options: Partial<IHttpRequestOptions> = {}): Promise<IHttpRequestOptions> {
		let seen: IHttpRequestOptions | undefined;
		const { signal } = new AbortController();
		const httpRequest = async (given: IHttpRequestOptions) => {
			seen = given;
			return { statusCode: 200, headers: {}, body: '' };
		};
		const store = { helpers: { httpRequest }, client: { transport, signal } } as unknown as FileStore;
		await askFileHost(store, { url: 'https://files.example.com/a?signature=x', method: 'GET', timeout: 60_000, ...options });
		expect(seen?.abortSignal).toBe(options.abortSignal ?? signal);
		return seen as IHttpRequestOptions;
	}

	it('asks without the key, and judges every answer itself', async () => {
		const options = await asked({});
		expect(options).toMatchObject({ returnFullResponse: true, ignoreHttpStatusErrors: true, timeout: 60_000 });
		expect(Object.keys(options).sort()).toEqual(
			['abortSignal', 'ignoreHttpStatusErrors', 'method', 'returnFullResponse', 'timeout', 'url'].sort(),
		);
	});

	it("keeps the node's proxy, its view of certificates and its time-out", async () => {
		const proxy = { host: 'proxy.example.com', port: 3_128 };
		expect(await asked({ proxy, skipSslCertificateValidation: true, timeout: 5_000 })).toMatchObject({
			proxy,
			skipSslCertificateValidation: true,
			timeout: 5_000,
		});
	});

	it('does not keep the domains that the key may go to', async () => {
		expect(await asked({ allowedDomains: 'api.heygen.com' })).not.toHaveProperty('allowedDomains');
	});

	it('can be stopped by a signal of its own', async () => {
		const { signal } = new AbortController();
		expect((await asked({}, { abortSignal: signal })).abortSignal).toBe(signal);
	});
});
