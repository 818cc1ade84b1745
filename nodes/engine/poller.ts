import chunk from 'lodash/chunk';
import type { IDataObject } from 'n8n-workflow';

import { jobPhase, type JobKind } from '../heygen/jobs';
import { STATUS_IDS_MAX } from '../heygen/limits';
import { isTransient } from './errors';
import { send, type Client } from './http';
import { readStatuses } from './statuses';
import { now, pause, timing } from './timing';

/** What bulk statuses say about a job. */
export interface StatusEntry extends IDataObject {
	status: string;
}

interface Waiter {
	id: string;
	interval: number;
	dueAt: number;
	/** Tells the waiter that its job is no longer running, or that asking about it failed for good. */
	settle: (outcome: { entry?: StatusEntry; error?: unknown }) => void;
}

/**
 * Looks at all jobs of one kind that the items of a run wait for, together: ⌈n/100⌉ bulk status requests a tick, and
 * a tick at most every `timing.pollFirst`. Every job is looked at after 2 s first, then less and less often.
 */
export class Poller {
	private readonly waiters = new Set<Waiter>();
	private running = false;
	private lastTick = 0;

	/**
	 * @param client sends the requests; that of any item of the run
	 * @param kind the jobs' kind
	 */
	constructor(
		private readonly client: Client,
		private readonly kind: JobKind,
	) {}

	/**
	 * Waits until a job is no longer running.
	 *
	 * @param id the job
	 * @param deadline moment to stop waiting
	 * @param firstDelay milliseconds before the first look; a little time lets the run's other items come along
	 * @param signal stops waiting at once
	 * @returns the last status entry, or undefined at the deadline
	 * @throws what reading statuses threw, when trying again would not help; the signal's reason
	 */
	async wait(
		id: string,
		deadline: number,
		firstDelay: number,
		signal?: AbortSignal,
	): Promise<StatusEntry | undefined> {
		signal?.throwIfAborted();
		return await new Promise((resolve, reject) => {
			const done = new AbortController();
			const waiter: Waiter = {
				id,
				interval: timing.pollFirst,
				dueAt: now() + firstDelay,
				settle: ({ entry, error }) => {
					this.waiters.delete(waiter);
					signal?.removeEventListener('abort', onAbort);
					done.abort();
					if (error === undefined) resolve(entry);
					else reject(error);
				},
			};
			const onAbort = () => waiter.settle({ error: signal?.reason });
			signal?.addEventListener('abort', onAbort, { once: true });
			// A timer of its own: a status request may hang, or be kept waiting by a limit.
			pause(deadline - now(), done.signal).then(
				() => waiter.settle({}),
				() => undefined,
			);
			this.waiters.add(waiter);
			if (!this.running) void this.loop();
		});
	}

	private async loop(): Promise<void> {
		this.running = true;
		try {
			while (this.waiters.size > 0) {
				let next = Infinity;
				for (const waiter of this.waiters) next = Math.min(next, waiter.dueAt);
				const tickAt = Math.max(next, this.lastTick + timing.pollFirst);
				await pause(tickAt - now(), this.client.signal);
				this.lastTick = now();
				await this.tick();
			}
		} catch (error) {
			for (const waiter of [...this.waiters]) waiter.settle({ error });
		} finally {
			this.running = false;
		}
	}

	private async tick(): Promise<void> {
		const time = now();
		const due = new Map<string, Waiter[]>();
		for (const waiter of this.waiters) {
			// A job that is due almost now comes along, rather than in a tick of its own.
			if (waiter.dueAt <= time + timing.pollFirst / 2) {
				due.set(waiter.id, [...(due.get(waiter.id) ?? []), waiter]);
			}
		}
		await Promise.all(
			chunk([...due.keys()], STATUS_IDS_MAX).map(async (ids) => {
				const asked = ids.flatMap((id) => due.get(id) ?? []);
				try {
					const entries = await this.read(ids);
					this.hear(asked, entries, time);
				} catch (error) {
					// The jobs go on whatever happens to a look at them; what would repeat itself ends the wait.
					if (isTransient(error)) this.hear(asked, [], time);
					else asked.forEach((waiter) => waiter.settle({ error }));
				}
			}),
		);
	}

	private async read(ids: string[]): Promise<IDataObject[]> {
		const { noun, statuses } = this.kind;
		const what = ids.length === 1 ? `${noun} ${ids[0]}` : `${ids.length} ${noun}s`;
		const doing = `read the status of ${what}`;
		return await readStatuses(
			async (request) => await send(this.client, request),
			this.kind,
			{ [statuses.idsField]: ids },
			doing,
		);
	}

	/** Settles the waiters whose jobs are no longer running, and puts off the others. */
	private hear(asked: Waiter[], entries: IDataObject[], time: number): void {
		const byId = new Map(entries.map((entry) => [String(entry[this.kind.idField]), entry]));
		for (const waiter of asked) {
			const entry = byId.get(waiter.id) as StatusEntry | undefined;
			if (entry !== undefined && jobPhase(this.kind, entry.status) !== 'running') {
				waiter.settle({ entry });
				continue;
			}
			waiter.interval = Math.min(timing.pollMax, waiter.interval * timing.pollGrowth);
			waiter.dueAt = time + waiter.interval;
		}
	}
}
