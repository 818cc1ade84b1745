/** Replays the first answer to a request that is repeated with the same idempotency key. */
import type { Reply } from './errors';

interface Entry {
	/** null while the first request is being processed. */
	reply: Reply | null;
	/** Unix milliseconds. */
	startedAt: number;
}

/** The claim of a first request on its key. */
export interface IdempotencySlot {
	/** Stores a success for replays; anything else frees the key, so that a retry is processed anew. */
	settle(reply: Reply): void;
}

const MS_PER_HOUR = 3_600_000;

export class IdempotencyStore {
	/** In order of insertion, hence the oldest first. */
	private readonly entries = new Map<string, Entry>();

	/** @param hours how long keys are remembered, read at each use. */
	constructor(private readonly hours: () => number) {}

	/**
	 * Looks a key up and claims it when it is free.
	 * @param scope whatever keeps equal keys apart: API key, route and the client's key.
	 * @param now Unix milliseconds.
	 * @returns the answer to replay, `'in_progress'`, or the slot of a request that is the first.
	 */
	begin(scope: string, now: number): { replay: Reply } | 'in_progress' | IdempotencySlot {
		this.forgetExpired(now);
		const known = this.entries.get(scope);
		if (known) return known.reply ? { replay: known.reply } : 'in_progress';

		const entry: Entry = { reply: null, startedAt: now };
		this.entries.set(scope, entry);
		return {
			settle: (reply) => {
				if (reply.status >= 200 && reply.status < 300) entry.reply = reply;
				else if (this.entries.get(scope) === entry) this.entries.delete(scope);
			},
		};
	}

	private forgetExpired(now: number): void {
		const oldest = now - this.hours() * MS_PER_HOUR;
		for (const [scope, entry] of this.entries) {
			if (entry.startedAt > oldest) break;
			// A first request that still runs keeps its claim however short the memory is.
			if (entry.reply) this.entries.delete(scope);
		}
	}
}
