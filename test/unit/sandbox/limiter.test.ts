import { defaultConfig, mergeConfig, type RateLimit } from '../../sandbox/config';
import { RateLimiter } from '../../sandbox/limits/rate-limiter';

/** The sandbox's kinds of limits on requests; that they are answered over HTTP is in sandbox-jobs.test.ts. */

const START = 1_700_000_000_250;
const REQUEST = { method: 'POST', path: '/v3/videos' };

/** What happens to requests at these moments (milliseconds from the start): `ok`, or what Retry-After says. */
function answers(limit: RateLimit, moments: number[], request = REQUEST): unknown[] {
	const limiter = new RateLimiter(() => limit);
	return moments.map((moment) => {
		const refusal = limiter.admit('key', request, START + moment);
		return refusal === null ? 'ok' : refusal.retryAfter;
	});
}

describe('a limit', () => {
	it.each<[string, RateLimit, number[], unknown[]]>([
		['sliding', { requests: 2, perSeconds: 1 }, [0, 500, 999, 1_000, 1_400, 1_500], ['ok', 'ok', 1, 'ok', 1, 'ok']],
		['fixed', { requests: 2, perSeconds: 1, kind: 'fixed' }, [0, 500, 700, 750, 800], ['ok', 'ok', 1, 'ok', 'ok']],
		['bucket', { requests: 10, perSeconds: 1, kind: 'bucket', burst: 2 }, [0, 0, 0, 100, 110, 300, 300, 300], ['ok', 'ok', 1, 'ok', 1, 'ok', 'ok', 1]],
		['bucket as large as its rate', { requests: 3, perSeconds: 60, kind: 'bucket' }, [0, 0, 0, 0, 20_000], ['ok', 'ok', 'ok', 20, 'ok']],
		['of ten seconds', { requests: 1, perSeconds: 10 }, [0, 100, 9_500, 10_000], ['ok', 10, 1, 'ok']],
		['that counts refused ones', { requests: 1, perSeconds: 1, countRefused: true }, [0, 900, 1_800, 2_900], ['ok', 1, 1, 'ok']],
		['bucket that counts refused ones', { requests: 10, perSeconds: 1, kind: 'bucket', burst: 1, countRefused: true }, [0, 0, 100, 300], ['ok', 1, 1, 'ok']],
		['without Retry-After', { requests: 1, perSeconds: 1, retryAfter: 'absent' }, [0, 1], ['ok', undefined]],
		['with dates', { requests: 1, perSeconds: 1, retryAfter: 'date' }, [0, 1], ['ok', 'Tue, 14 Nov 2023 22:13:22 GMT']],
		['of another path', { requests: 0, perSeconds: 1, path: '/v3/assets' }, [0, 1], ['ok', 'ok']],
		['of this path', { requests: 0, perSeconds: 1, path: '/v3/videos', method: 'POST' }, [0], [1]],
		['of another method', { requests: 0, perSeconds: 1, method: 'GET' }, [0], ['ok']],
	])('%s', (_name, limit, moments, expected) => {
		expect(answers(limit, moments)).toEqual(expected);
	});

	it.each<[string, object]>([
		['an unknown kind', { requests: 1, perSeconds: 1, kind: 'leaky' }],
		['an unknown setting', { requests: 1, perSeconds: 1, brust: 3 }],
		['no window', { requests: 1, perSeconds: 0 }],
		['an empty bucket', { requests: 1, perSeconds: 1, kind: 'bucket', burst: 0 }],
		['another form of Retry-After', { requests: 1, perSeconds: 1, retryAfter: 'minutes' }],
	])('cannot have %s', (_name, rateLimit) => {
		expect(() => mergeConfig(defaultConfig, { rateLimit })).toThrow('setting "rateLimit" cannot be');
	});
});
