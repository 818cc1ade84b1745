/** After so many refusals in a row, each after the wait that HeyGen asked for, running jobs are the limit. */
const REFUSALS = 3;
/** After so many accepted creates in a row they are not. */
const ACCEPTED = 40;
/** Places that became free, as far as they tell how often one does. */
const MEMORY = 20;

/**
 * The limit on jobs that run at the same time. Nobody says when a place becomes free, so creates ask for one, twice as
 * often as places came free before: each place costs two refusals or so, however long jobs take. Times in milliseconds.
 */
export class JobLimit {
	private gains: number[] = [];
	private since = 0;
	private acceptedInARow = 0;
	private known = false;

	/** Whether running jobs are what requests are refused for. */
	get reached(): boolean {
		return this.known;
	}

	/**
	 * Refused again, right after a wait that HeyGen asked for.
	 *
	 * @param times how often in a row
	 * @param since when the first of them was sent
	 */
	refused(times: number, since: number): void {
		this.acceptedInARow = 0;
		if (this.known || times < REFUSALS) return;
		this.known = true;
		this.since = since;
		this.gains = [];
	}

	/** A request was accepted: it has got a place. */
	accepted(time: number): void {
		if (!this.known) return;
		this.gains.push(time);
		if (this.gains.length > MEMORY) this.since = this.gains.shift() as number;
		if (++this.acceptedInARow > ACCEPTED) this.known = false;
	}

	/** How long to wait before asking again, besides what HeyGen asks for; 0 while nothing is known of places. */
	wait(time: number): number {
		if (!this.known || this.gains.length === 0) return 0;
		return (time - this.since) / this.gains.length / 2;
	}
}
