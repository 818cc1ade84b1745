import {
	type Entry,
	type Gate,
	GateTimeout,
	type Ticket,
} from '../../../../nodes/engine/request/pacing/gate';
import { clock } from './clock';
import type { Lane, Server } from './servers';

/** Waiting in the gate, on virtual time. */

/** Refuses everything for a while, with one `Retry-After`. */
export function closedUntil(moment: number, retryAfter: number): Server {
	return {
		answer: (_lane, time) => (time < moment ? { accepted: false, retryAfter } : { accepted: true }),
	};
}

export interface Ending {
	how: 'done' | 'timeout' | 'cancelled';
	/** Virtual milliseconds from the call on. */
	after: number;
}

/** Waits for a request to end, however it does. */
export async function ending(work: Promise<unknown>): Promise<Ending> {
	const from = clock.time;
	try {
		await work;
		return { how: 'done', after: clock.time - from };
	} catch (error) {
		return { how: error instanceof GateTimeout ? 'timeout' : 'cancelled', after: clock.time - from };
	}
}

/** A request that stands alone. */
export function asking(lane: Lane, patience = Infinity): Entry {
	return { lane, family: 'one', patience };
}

/** Takes tickets until the gate gives no more without an answer. */
export async function fill(gate: Gate, lane: Lane): Promise<Ticket[]> {
	const tickets: Ticket[] = [];
	for (let taken = -1; taken < tickets.length; ) {
		taken = tickets.length;
		const entered = gate.enter(asking(lane, 200)).then(
			(ticket) => tickets.push(ticket),
			() => undefined,
		);
		await clock.run(Promise.race([entered, clock.pause(201)]));
	}
	return tickets;
}
