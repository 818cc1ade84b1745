import { now, pause, timing } from './timing';

/**
 * Lets many go on one after the other, with pauses in which n8n does what else it has to: answer its editor, take
 * webhooks in. Without them a thousand items that go on in the same moment stop n8n until the last one has.
 */
export class Turns {
	private readonly waiting: Array<() => void> = [];
	private isRunning = false;
	private breathAt = now();

	/** Waits for its turn. Turns come in the order in which they are asked for. */
	async next(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.waiting.push(resolve);
			if (!this.isRunning) void this.run();
		});
	}

	/** Pauses when the last pause was long enough ago. */
	async breathe(): Promise<void> {
		if (now() - this.breathAt < timing.longestTurn) return;
		await pause(0);
		this.breathAt = now();
	}

	private async run(): Promise<void> {
		this.isRunning = true;
		for (let at = 0; at < this.waiting.length; at++) {
			await this.breathe();
			this.waiting[at]?.();
			// Whoever has been let through does its work before the next one.
			await Promise.resolve();
		}
		this.waiting.length = 0;
		this.isRunning = false;
	}
}
