import type { IDataObject } from 'n8n-workflow';

import { askingState, type CountedKind, endOfStrange, hasResult, hasStatuses, isHeld, isStrange, type JobKind, jobPhase, stateWord } from '../../heygen/jobs/kind';
import { STATUS_IDS_MAX } from '../../heygen/limits';
import { idIn } from '../../heygen/records';
import { amount } from '../../heygen/values/text';
import { inTime, TooLate } from '../basics/inTime';
import type { Semaphore } from '../basics/semaphore';
import { settle, type Settled } from '../basics/settle';
import { now, pause, timing } from '../basics/timing';
import type { Client } from '../request/client';
import { isGone, readOrStandIn } from '../request/readRecord';
import { readStatuses } from '../request/readStatuses';
import { Refusals } from '../request/refusals';
import { isTransient } from '../request/replyErrors';
import { clientUntil } from '../request/send';
import { type Ending, newWatch, type Wait, type JobWaiter, type Watch } from './watch';

/** Looks at statuses that say nothing of a job, after which its record is read. */
function silentLooks({ isThorough }: Watch): number {
	return isThorough ? 1 : 3;
}

/** Characters of ids in one request; servers and proxies take addresses of about 8,000. */
const IDS_LENGTH = 4_000;

/**
 * Looks at all jobs of one kind and account that the items of a run wait for, together: ⌈n/100⌉ bulk status requests a
 * tick, and a tick at most every `timing.pollFirst`. Every job is looked at after 2 s first, then less and less often.
 * What ends a wait is the job's record, read once for all who wait for it. Statuses only say when to read it: when they
 * are refused, do not come or say nothing, the record is read all the same. Of kinds without statuses only records are
 * read, at most `LOOKS_AT_ONCE` of an account at a time. A record that cannot be read ends a wait only when HeyGen refuses
 * it again and again.
 */
export class Poller {
	private readonly watches = new Map<string, Watch>();
	private running = false;
	private lastTick = 0;
	/** Refusals of bulk statuses; after lasting ones each job is read by itself for the rest of the run. */
	private readonly refusals = new Refusals();
	/** Whether HeyGen has answered any of the poller's requests, so that key and way there are good. */
	private isHeard = false;
	private rouse: () => void = () => {};

	/**
	 * @param client sends the requests; that of any item of the run with the same account
	 * @param kind the jobs' kind
	 */
	constructor(
		private readonly client: Client,
		private readonly kind: JobKind,
	) {}

	/**
	 * Waits until a job has ended.
	 *
	 * @param id the job
	 * @param how how long, and from when on
	 * @throws what reading its record threw, when HeyGen refuses that for good; the signal's reason
	 */
	async wait(id: string, { deadline, firstDelay, isNew, signal, accepts = () => true, standIn, isKnown = isNew, leave: leaving }: Wait): Promise<Ending> {
		signal?.throwIfAborted();
		return await new Promise((resolve, reject) => {
			const done = new AbortController();
			const watch = this.watchFor(id, now() + firstDelay, isNew ? now() + timing.catchUpTime : 0, isKnown);
			watch.standIn ??= standIn;
			watch.isThorough ||= leaving !== undefined;
			const leave = () => {
				watch.waiters.delete(waiter);
				if (watch.waiters.size === 0 && this.watches.get(id) === watch) this.watches.delete(id);
				signal?.removeEventListener('abort', onAbort);
				done.abort();
				this.rouse();
			};
			const waiter: JobWaiter = {
				accepts,
				looked: leaving?.looked,
				end: (ending) => {
					leave();
					resolve(ending);
				},
				fail: (error) => {
					leave();
					reject(error as Error);
				},
			};
			const onAbort = () => waiter.fail(signal?.reason);
			signal?.addEventListener('abort', onAbort, { once: true });
			// A timer of its own: a status request may hang, or be kept waiting by a limit.
			pause(deadline - now(), done.signal).then(
				async () => waiter.end(await this.lastLook(watch, accepts)),
				() => undefined,
			);
			void leaving?.when.then(() => waiter.end({ over: false, isLeft: true }));
			watch.waiters.add(waiter);
			if (!this.running) void this.loop();
			else this.rouse();
		});
	}

	private watchFor(id: string, dueAt: number, youngUntil: number, isKnown: boolean): Watch {
		const known = this.watches.get(id);
		if (known !== undefined) {
			known.dueAt = Math.min(known.dueAt, dueAt);
			known.youngUntil = Math.max(known.youngUntil, youngUntil);
			known.isKnown ||= isKnown;
			return known;
		}
		const watch = newWatch(id, dueAt, youngUntil, isKnown);
		this.watches.set(id, watch);
		return watch;
	}

	private async loop(): Promise<void> {
		this.running = true;
		try {
			while (this.watches.size > 0) {
				let next = Infinity;
				for (const { dueAt, looking } of this.watches.values()) if (!looking) next = Math.min(next, dueAt);
				const tickAt = Math.max(next, this.lastTick + timing.pollFirst);
				if (tickAt > now()) {
					await this.rest(tickAt - now());
					continue;
				}
				this.lastTick = now();
				this.tick();
			}
		} catch (error) {
			for (const { waiters } of [...this.watches.values()]) waiters.forEach((waiter) => waiter.fail(error));
		} finally {
			this.running = false;
		}
	}

	/** Sleeps until the time has passed or something has changed. */
	private async rest(ms: number): Promise<void> {
		const stop = new AbortController();
		this.rouse = () => stop.abort();
		await settle(pause(ms, stop.signal));
		this.rouse = () => {};
	}

	private tick(): void {
		// A job that is due almost now comes along, rather than in a tick of its own.
		const horizon = now() + timing.pollFirst / 2;
		const due = [...this.watches.values()].filter(({ dueAt, looking }) => !looking && dueAt <= horizon);
		const { kind } = this;
		if (!hasStatuses(kind) || this.refusals.isLasting(false)) {
			due.forEach((watch) => this.look(watch, this.client.account.gate.looks));
			return;
		}
		for (const portion of portions(due)) void this.ask(portion, kind);
	}

	/**
	 * Asks for the states of some jobs, and looks closer at those that need it, beside the ticks: jobs whose states do not
	 * come must not keep the others from being looked at.
	 */
	private async ask(portion: readonly Watch[], kind: CountedKind): Promise<void> {
		for (const watch of portion) watch.looking = true;
		const askedAt = now();
		const ids = portion.map(({ id }) => id);
		const read = await settle(inTime(timing.statusesMax, async (late) => await this.readStates(kind, ids, late)));
		for (const watch of portion) watch.looking = false;
		const waited = portion.filter(({ waiters }) => waiters.size > 0);
		if (!read.ok && (read.error instanceof TooLate || !isTransient(read.error))) {
			// One of the ids may be what HeyGen refuses, or the request as such. Each job tells by itself.
			if (!(read.error instanceof TooLate)) this.refusals.add();
			waited.forEach((watch) => this.look(watch));
			return;
		}
		if (read.ok) {
			this.refusals.clear();
			this.isHeard = true;
		}
		const words = new Map(read.ok ? read.value.map((entry) => [idIn(entry, [this.kind.idField]), stateWord(entry.status)]) : []);
		for (const watch of waited) this.heard(watch, words.get(watch.id) ?? '', askedAt);
		this.rouse();
	}

	/**
	 * What statuses say of a job; an empty text when they say nothing. The next look counts from when they were asked for, so
	 * that jobs which were asked about together stay together.
	 */
	private heard(watch: Watch, word: string, askedAt: number): void {
		if (word === '') {
			if (++watch.silent < silentLooks(watch)) return this.later(watch, askedAt);
			watch.silent = 0;
			return this.look(watch);
		}
		const phase = jobPhase(this.kind, word);
		// A word that nobody knows does not say whether the job has ended, but its record may.
		watch.silent = isStrange(this.kind, word) ? watch.silent + 1 : 0;
		const isDue = watch.silent >= silentLooks(watch);
		if (isDue) watch.silent = 0;
		watch.isDenied = phase === 'gone';
		if (phase !== 'gone') watch.isKnown = true;
		if (phase === 'running') {
			watch.wasRunning = true;
			return isDue ? this.look(watch, this.client.account.gate.looks) : this.later(watch, askedAt);
		}
		if (phase !== 'gone') watch.claimedAt ??= now();
		this.look(watch);
	}

	private async readStates(kind: CountedKind, ids: string[], late: AbortSignal): Promise<IDataObject[]> {
		const { client } = this;
		const { noun, statuses } = kind;
		const doing = `read the status of ${ids.length === 1 ? noun : amount(ids.length, noun)}`;
		return await readStatuses(clientUntil(client, late).send, kind, { [statuses.idsField]: ids }, doing);
	}

	/** Looks at a job's record, beside the ticks: one that hangs must not keep the other jobs from being looked at. */
	private look(watch: Watch, bound?: Semaphore): void {
		watch.looking = true;
		void settle(this.read(watch, bound)).then((read) => {
			watch.looking = false;
			this.judgeLook(watch, read);
			this.rouse();
		});
	}

	private judgeLook(watch: Watch, read: Settled<IDataObject>): void {
		if (!read.ok) return this.judgeProblem(watch, read.error);
		watch.problem = undefined;
		watch.refusals.clear();
		watch.isKnown = true;
		this.isHeard = true;
		const { value: record } = read;
		const hasSucceeded = jobPhase(this.kind, record.status) === 'succeeded';
		if (hasSucceeded) watch.succeededAt ??= now();
		// For some seconds after its end a job may lack its file's address (API reference, section The Video object).
		const lacksFile = hasSucceeded && !isRecent(watch.succeededAt);
		const isEnd = endOfStrange(this.kind, record) !== undefined;
		watch.strangeAt = isEnd ? (watch.strangeAt ?? now()) : undefined;
		const isLeft = isEnd && !isRecent(watch.strangeAt);
		if (this.isOver(record) || lacksFile || isLeft) {
			const ended = [...watch.waiters].filter((waiter) => waiter.accepts(record));
			if (watch.wasRunning && ended.length > 0) this.client.account.gate.placeFreed(this.kind.lane);
			ended.forEach((waiter) => waiter.end({ over: true, record }));
			if (watch.waiters.size > 0) this.later(watch);
		} else if (isRecent(watch.claimedAt) || hasSucceeded || (isEnd && watch.isThorough)) this.soon(watch);
		else this.later(watch);
	}

	/** A record that could not be read: it is read again, unless HeyGen's refusal is no accident. */
	private judgeProblem(watch: Watch, problem: unknown): void {
		watch.problem = problem;
		// What HeyGen's statuses know, its records may not know yet.
		const isEarly = isRecent(watch.claimedAt) || now() < watch.youngUntil;
		if (isTransient(problem) || (isGone(problem) && isEarly)) {
			if (isEarly) this.soon(watch);
			else this.later(watch);
			return;
		}
		watch.refusals.add();
		// A job that HeyGen knew a moment ago is there, whatever stands between n8n and HeyGen for some seconds; others may be.
		const isThere = watch.isKnown || (this.isHeard && !watch.isDenied && !isGone(problem));
		const isUnknown = isGone(problem) && watch.isDenied && !watch.isKnown;
		if (watch.refusals.isLasting(isThere) || isUnknown) [...watch.waiters].forEach((waiter) => waiter.fail(problem));
		else this.soon(watch);
	}

	/** Whether a record is that of a job that has ended, with all that belongs to it. */
	private isOver(record: IDataObject): boolean {
		const phase = jobPhase(this.kind, record.status);
		const isLed = this.kind.next !== undefined && phase !== 'gone';
		const isWaiting = askingState(this.kind, record) === 'asking' || isHeld(this.kind, record);
		return isWaiting || phase === 'failed' || ((phase === 'succeeded' || isLed) && hasResult(this.kind, record));
	}

	private soon(watch: Watch): void {
		watch.dueAt = now() + timing.pollFirst;
	}

	private later(watch: Watch, from = now()): void {
		watch.interval = Math.min(timing.pollMax, watch.interval * timing.pollGrowth);
		watch.dueAt = from + watch.interval;
		for (const { looked } of watch.waiters) looked?.();
	}

	/** Reads a job's record, once for all who ask at the same time. */
	private async read(watch: Watch, bound?: Semaphore): Promise<IDataObject> {
		const { client, kind } = this;
		const reading = async () => await readOrStandIn(client, kind, watch.id, watch.standIn);
		watch.reading ??= (bound === undefined ? reading() : bound.run(reading, client.signal)).finally(() => {
			watch.reading = undefined;
		});
		return await watch.reading;
	}

	/** When the time is up: the job may have ended all the same, and its statuses not have said so. */
	private async lastLook(watch: Watch, accepts: JobWaiter['accepts']): Promise<Ending> {
		const over = new AbortController();
		const read = await Promise.race([
			settle(this.read(watch, hasStatuses(this.kind) ? undefined : this.client.account.gate.looks)),
			settle(pause(timing.lastLook, over.signal)).then(() => undefined),
		]);
		over.abort();
		if (read?.ok === true) return { over: this.isOver(read.value) && accepts(read.value), record: read.value };
		return { over: false, problem: read?.error ?? watch.problem };
	}
}

/** Whether a moment is so near that HeyGen's servers may still differ about what has happened then. */
function isRecent(moment: number | undefined): boolean {
	return moment !== undefined && now() - moment < timing.catchUpTime;
}

/** Parts of a list whose ids fit into one request. An id that is very long goes by itself. */
function portions(watches: readonly Watch[]): Watch[][] {
	const parts: Watch[][] = [];
	let length = Infinity;
	for (const watch of watches) {
		const last = parts[parts.length - 1];
		length += encodeURIComponent(watch.id).length + 3;
		if (last !== undefined && last.length < STATUS_IDS_MAX && length <= IDS_LENGTH) last.push(watch);
		else {
			parts.push([watch]);
			length = encodeURIComponent(watch.id).length + 3;
		}
	}
	return parts;
}
