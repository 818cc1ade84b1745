import { now, pause } from '../../basics/timing';
import { GateTimeout } from './family';

/** What is known of whoever asks for a place. */
interface Asking {
	/** Places that there are. */
	most: number;
	/** Milliseconds without any place coming free after which waiting is given up. */
	patience: number;
	signal?: AbortSignal;
}

interface Waiting {
	most: number;
	start: () => void;
}

/**
 * Places for running jobs, where the user knows how many the account's plan has: creates beyond them are not sent, and so
 * not refused. A job takes a place as long as a node waits for it; of other jobs nobody says when they end, and HeyGen's
 * refusals tell.
 */
export class JobPlaces {
	private taken = 0;
	private freedAt = -Infinity;
	private waiting: Waiting[] = [];

	/** Whether no job is known to run, and none waits. */
	get idle(): boolean {
		return this.taken === 0 && this.waiting.length === 0;
	}

	/**
	 * Waits for a place, in order of asking.
	 *
	 * @param asking how many places there are, and how long to wait
	 * @returns gives the place back; calls after the first do nothing
	 * @throws GateTimeout when no place came free for as long as `patience`; the signal's reason on cancel
	 */
	async take({ most, patience, signal }: Asking): Promise<() => void> {
		signal?.throwIfAborted();
		const since = now();
		const over = new AbortController();
		const end = signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]);
		await new Promise<void>((resolve, reject) => {
			const waiter = { most, start: resolve };
			const giveUp = (reason: unknown) => {
				this.waiting = this.waiting.filter((other) => other !== waiter);
				reject(reason as Error);
			};
			this.waiting.push(waiter);
			this.startNext();
			if (!this.waiting.includes(waiter)) return;
			signal?.addEventListener('abort', () => giveUp(signal.reason), { once: true, signal: over.signal });
			void this.patienceOver(since, patience, end).then((isOver) => {
				if (isOver) giveUp(new GateTimeout());
			});
		}).finally(() => over.abort());
		let isFree = false;
		return () => {
			if (isFree) return;
			isFree = true;
			this.taken--;
			this.freedAt = now();
			this.startNext();
		};
	}

	/** Resolves with true when no place came free for long enough, with false when nobody waits any more. */
	private async patienceOver(since: number, patience: number, end: AbortSignal): Promise<boolean> {
		for (;;) {
			const left = Math.max(since, this.freedAt) + patience - now();
			if (left <= 0) return true;
			try {
				await pause(left, end);
			} catch {
				return false;
			}
		}
	}

	private startNext(): void {
		for (let [next] = this.waiting; next !== undefined && this.taken < next.most; [next] = this.waiting) {
			this.waiting.shift();
			this.taken++;
			next.start();
		}
	}
}
