import { Deque } from './deque';

/** Whoever shares turns and a bound on requests at a time: one run of a node. */
export class Line {
	/** Requests on their way. */
	inFlight = 0;
	/** Queues in which the line waits for one of its own requests to end. */
	private readonly parked = new Set<Queue>();

	/** @param onHeld told of each stretch of time in which HeyGen's limits have kept requests of the line waiting */
	constructor(private readonly onHeld?: (from: number, to: number) => void) {}

	/** A request goes out. */
	sent(): void {
		this.inFlight++;
	}

	/** A request has ended: the line may take turns again. */
	ended(): void {
		this.inFlight--;
		const queues = [...this.parked];
		for (const queue of queues) queue.tell();
		// Before: it may have to wait again at once.
		this.parked.clear();
		for (const queue of queues) queue.back(this);
	}

	/** The line waits for one of its requests to end. */
	park(queue: Queue): void {
		this.parked.add(queue);
	}

	/** A limit has kept requests of the line waiting in a queue. What waits for one of its own requests waits for no limit. */
	held(queue: Queue, from: number, to: number): void {
		if (!this.parked.has(queue)) this.onHeld?.(from, to);
	}
}

/** One who waits. */
export interface Waiter {
	readonly line: Line;
	/** The most requests of its line that may be on their way with this one. */
	readonly most: number;
	readonly urgent: boolean;
	/** Whether it has been here before: it goes before those of its line that came later. */
	readonly again: boolean;
	/** Whether it waits no longer. */
	gone: boolean;
}

/**
 * Those who wait for requests of one family: the urgent first, then one of each line by turns, in each line in the
 * order they came. Each step costs the same however many wait.
 */
export class Queue<T extends Waiter = Waiter> {
	private readonly urgent = new Deque<T>();
	private readonly lines = new Map<Line, Deque<T>>();
	private readonly turns = new Deque<Line>();
	private count = 0;

	/**
	 * @param freed told when a line that waited for one of its own requests may take turns again
	 * @param tell tells those who wait, but not such lines, how long a limit has kept them waiting so far
	 */
	constructor(
		private readonly freed: () => void,
		readonly tell: () => void,
	) {}

	/** How many wait. */
	get size(): number {
		return this.count;
	}

	/** Whether someone of a line waits. */
	has(line: Line): boolean {
		const own = this.lines.get(line);
		return own !== undefined && firstOf(own) !== undefined;
	}

	/** Someone comes. */
	add(waiter: T): void {
		this.count++;
		let own = waiter.urgent ? this.urgent : this.lines.get(waiter.line);
		if (own === undefined) {
			own = new Deque<T>();
			this.lines.set(waiter.line, own);
			this.turns.push(waiter.line);
		}
		if (waiter.again) own.unshift(waiter);
		else own.push(waiter);
	}

	/** Someone gives up. */
	leave(waiter: T): void {
		if (waiter.gone) return;
		waiter.gone = true;
		this.count--;
	}

	/** Whose turn it is; undefined when nobody may go. */
	next(): T | undefined {
		const urgent = firstOf(this.urgent);
		if (urgent !== undefined) return urgent;
		for (let line = this.turns.first; line !== undefined; line = this.turns.first) {
			const waiter = firstOf(this.lines.get(line) as Deque<T>);
			if (waiter !== undefined && line.inFlight < waiter.most) return waiter;
			this.turns.shift();
			if (waiter === undefined) this.lines.delete(line);
			else line.park(this as unknown as Queue);
		}
		return undefined;
	}

	/** Lets go whose turn it is, as `next` has told. */
	take(waiter: T): void {
		this.leave(waiter);
		if (waiter.urgent) return this.urgent.shift();
		this.turns.shift();
		const own = this.lines.get(waiter.line) as Deque<T>;
		own.shift();
		if (own.empty) this.lines.delete(waiter.line);
		else this.turns.push(waiter.line);
	}

	/** A limit has kept all of them waiting, from one moment to another. Urgent ones belong to no run that asks. */
	held(from: number, to: number): void {
		for (const [line, own] of this.lines) {
			if (firstOf(own) !== undefined) line.held(this as unknown as Queue, from, to);
		}
	}

	/** A line that was parked takes turns again. */
	back(line: Line): void {
		this.turns.push(line);
		this.freed();
	}
}

/** The first who still waits. */
function firstOf<T extends Waiter>(queue: Deque<T>): T | undefined {
	for (let waiter = queue.first; waiter !== undefined; waiter = queue.first) {
		if (!waiter.gone) return waiter;
		queue.shift();
	}
	return undefined;
}
