import type { RateLimit } from '../../../sandbox/config';

/** Seconds that so many requests take at a limit, when each goes out the moment it may. */
export function idealSeconds({ requests, perSeconds, kind, burst = requests }: RateLimit, count: number): number {
	if (kind === 'bucket') return (Math.max(0, count - burst) * perSeconds) / requests;
	return (Math.ceil(count / requests) - 1) * perSeconds;
}
