/** A request that was sent. */
export interface Sent {
	readonly at: number;
	/** By how much later than at best HeyGen may have seen it; 0 until it is answered. */
	late: number;
	/** Whether it went beyond the pace, to find out whether more is possible. */
	readonly extra: boolean;
}

/** Requests remembered; a limit that counts more is taken for one that counts these. */
export const MEMORY = 2_000;

/** When requests were sent that were not refused, as far as is known. Times in milliseconds. */
export class SendLog {
	private sends: Sent[] = [];

	/** When the newest was sent; undefined when there is none. */
	get newest(): number | undefined {
		return this.sends[this.sends.length - 1]?.at;
	}

	/** Notes a request. */
	add(sent: Sent): void {
		this.sends.push(sent);
		if (this.sends.length > 2 * MEMORY) this.sends = this.sends.slice(-MEMORY);
	}

	/** Forgets a request, since it was refused. It is among the newest. */
	drop(sent: Sent): void {
		const index = this.sends.lastIndexOf(sent);
		if (index >= 0) this.sends.splice(index, 1);
	}

	/** The `count`-th newest; undefined when there are fewer. */
	newestBut(count: number): Sent | undefined {
		return this.sends[this.sends.length - count];
	}

	/** When those that were sent from `moment` on were seen by HeyGen, at the latest; oldest first. */
	since(moment: number): number[] {
		let start = this.sends.length;
		while (start > 0 && (this.sends[start - 1] as Sent).at >= moment) start--;
		return this.sends.slice(start).map(({ at, late }) => at + late);
	}
}
