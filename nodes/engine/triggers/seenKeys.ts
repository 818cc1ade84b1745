import { DELIVERY_RETRY_HOURS } from '../../heygen/limits';
import { keepNewest } from '../basics/keepNewest';

/** Keys that one process remembers; about 10 MB. */
const MOST_KEYS = 50_000;

/**
 * What has come in, for as long as HeyGen may send it again, in bounded memory: the oldest are forgotten first.
 */
export class SeenKeys {
	/** When each key came in, the oldest first. */
	private readonly times = new Map<string, number>();

	/**
	 * @param most keys that are kept
	 * @param ms how long they are kept
	 */
	constructor(
		private readonly most: number = MOST_KEYS,
		private readonly ms: number = DELIVERY_RETRY_HOURS * 3_600_000,
	) {}

	/**
	 * Takes in what is new.
	 *
	 * @param keys names of one thing
	 * @param now Unix time in milliseconds
	 * @returns false when any of them is known already; then none is taken in
	 */
	admit(keys: readonly string[], now: number): boolean {
		for (const [key, time] of this.times) {
			if (now - time < this.ms) break;
			this.times.delete(key);
		}
		if (keys.some((key) => this.times.has(key))) return false;
		for (const key of keys) this.times.set(key, now);
		keepNewest(this.times, this.most);
		return true;
	}

	/** Whether a key has come in. @param key names one thing */
	has(key: string): boolean {
		return this.times.has(key);
	}

	/** Forgets, so that the same may come in again. */
	forget(keys: readonly string[]): void {
		for (const key of keys) this.times.delete(key);
	}
}
