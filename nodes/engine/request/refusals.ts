import { now, timing } from '../basics/timing';

/** Refusals in a row that are no accident. */
const MOST = 3;

/** Refusals in a row of the same thing: one of a moment says nothing, since something between n8n and HeyGen may refuse. */
export class Refusals {
	private count = 0;
	private since = 0;

	/** It was refused again. */
	add(): void {
		if (this.count++ === 0) this.since = now();
	}

	/** It was not refused. */
	clear(): void {
		this.count = 0;
	}

	/**
	 * Whether they are no accident.
	 *
	 * @param isThere whether what is asked for is known to be there; then they must also have lasted for half a minute
	 */
	isLasting(isThere: boolean): boolean {
		return this.count >= MOST && !(isThere && now() - this.since < timing.catchUpTime);
	}
}
