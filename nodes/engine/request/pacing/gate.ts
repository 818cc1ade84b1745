import { Semaphore } from '../../basics/semaphore';
import { now } from '../../basics/timing';
import { Family, type Ticket } from './family';
import { JobPlaces } from './jobPlaces';
import { Line } from './queue';

/**
 * The gate: every request to HeyGen of one API key passes here, from all nodes and executions of this process.
 *
 * n8n sends all items of a node at once; HeyGen refuses what comes too fast or while too many jobs run (429), and says
 * how long to wait, not why. Each family of endpoints is paced for itself (`pacing/flow.ts`), in these steps:
 *  1. Six requests go out, then ever more at a time, as in TCP, up to 128: unlimited traffic is not slowed.
 *  2. After a 429 nothing of the family goes out until `Retry-After` has passed, a minute at most; without one, a second.
 *  3. What was accepted is taken for the limit of a window ("20 a second"), its length read off the wait and rounded.
 *  4. A full window is searched at once: single requests go beyond it, their rate doubling, until one is refused. None
 *     came through: the window is right. Many did: the server fills a bucket of tokens, at the highest rate that came
 *     through beyond a burst (as BBR estimates a bandwidth), and requests are spread evenly at it.
 *  5. A rate rises with the cube of time (as CUBIC's window does); a window is searched again, after ever longer pauses.
 *  6. Refused although the window was kept: others use the limit. The gate yields a part, and searches more often. Once
 *     its rate is found right again and again, it is alone.
 *  7. Refused again right after a wait: one request at a time asks again, after growing pauses. If that goes on, places
 *     for jobs are the limit: creates ask twice as often as places came free before, and when one is told to be free.
 * Waiting requests take turns by node run, the editor's and triggers' first.
 */
export class Gate {
	/** Looks at jobs whose states HeyGen tells only one by one. */
	readonly looks = new Semaphore(LOOKS_AT_ONCE);
	private readonly places = new Map<string, JobPlaces>();
	private readonly families = new Map<string, { lane: string | undefined; family: Family }>();
	/** When the gate was last used, for whoever keeps the gates. */
	lastUsed = now();

	/** @param crowd how many processes use the limit, as far as somebody says so */
	constructor(private readonly crowd = 1) {}

	/**
	 * Waits for permission to send a request.
	 *
	 * @param entry what is to be sent, for whom
	 * @param signal the execution's cancel signal
	 * @throws GateTimeout when nothing of the family was accepted for as long as `patience`; the signal's reason on cancel
	 */
	async enter(entry: Entry, signal?: AbortSignal): Promise<Ticket> {
		signal?.throwIfAborted();
		const time = now();
		this.lastUsed = time;
		const { line = new Line(), most = Infinity, urgent = false, patience, since } = entry;
		const asking = { line, most, urgent, patience, since: since ?? time, again: since !== undefined };
		const ticket = await this.familyOf(entry).enter(asking, signal);
		return {
			done: (outcome, retryAfter) => {
				this.lastUsed = now();
				ticket.done(outcome, retryAfter);
			},
		};
	}

	/**
	 * One of our jobs is known to have ended: a create that waits for its place may be tried at once.
	 *
	 * @param freed the job's lane
	 */
	placeFreed(freed: string): void {
		for (const { lane, family } of this.families.values()) if (lane === freed) family.placeFreed();
	}

	/**
	 * Places for running jobs, where their number is known.
	 *
	 * @param lane of the jobs that share them
	 */
	placesOf(lane: string): JobPlaces {
		const known = this.places.get(lane) ?? new JobPlaces();
		this.places.set(lane, known);
		return known;
	}

	/** Whether nothing waits and nothing is on its way. */
	get idle(): boolean {
		for (const { family } of this.families.values()) if (!family.idle) return false;
		return [...this.places.values()].every(({ idle }) => idle);
	}

	private familyOf({ lane, family }: Entry): Family {
		const name = `${lane ?? ''} ${family}`;
		let known = this.families.get(name);
		if (known === undefined) {
			known = { lane, family: new Family(this.crowd) };
			this.families.set(name, known);
		}
		return known.family;
	}
}

/** Looks at running jobs at a time, of an account whose jobs have no bulk statuses. */
const LOOKS_AT_ONCE = 10;

/** A request that asks to go out. */
export interface Entry {
	/**
	 * The lane of the job that it may start. Such requests wait apart from others, since a limit on running jobs concerns
	 * only them.
	 */
	lane?: string;
	/** What HeyGen may limit together; a pace is learned for each. */
	family: string;
	/** Goes before all others: somebody sits before the editor, or a trigger waits. */
	urgent?: boolean;
	/** Milliseconds without progress of the family after which waiting is given up. */
	patience: number;
	/** Since when the request waits, if it was refused before. */
	since?: number;
	/** The most requests of the line at a time. */
	most?: number;
	/** The node run it belongs to; none for a request that stands alone. */
	line?: Line;
}

const gates = new Map<string, Gate>();
/** A gate that nobody used for an hour has nothing left to remember. */
const GATE_MEMORY = 3_600_000;

/**
 * The gate of an account.
 *
 * @param key names API key and host; never the API key itself
 * @param crowd how many processes of n8n use the key at the same time, as far as somebody says so
 */
export function gateFor(key: string, crowd = 1): Gate {
	const name = `${crowd} ${key}`;
	const known = gates.get(name);
	if (known !== undefined) return known;
	for (const [other, gate] of gates) {
		if (gate.idle && now() - gate.lastUsed > GATE_MEMORY) gates.delete(other);
	}
	const gate = new Gate(crowd);
	gates.set(name, gate);
	return gate;
}

export { GateTimeout, type Ticket } from './family';
export type { Outcome } from './flow';
export { Line } from './queue';
