import type { IExecuteFunctions, IExecutePaginationFunctions, Logger } from 'n8n-workflow';

import { pause } from '../basics/timing';

/** Where lines go. */
export interface Outlets {
	/** n8n's log: of the process that runs the node. */
	logger: Pick<Logger, 'info' | 'warn'>;
	/** The console of the browser that shows a manual run, where lines of n8n's Code node go as well. */
	sendMessageToUI?: (line: string) => void;
}

/**
 * The outlets that n8n gives a run. A production run has no browser; n8n drops what is sent there.
 *
 * @param context any item of the run
 */
export function outletsOf(context: IExecutePaginationFunctions): Outlets {
	const { logger } = context;
	// n8n's types know it of other nodes' contexts only.
	const talker: Partial<Pick<IExecuteFunctions, 'sendMessageToUI'>> = context as object;
	return { logger, sendMessageToUI: (line) => talker.sendMessageToUI?.(line) };
}

/** What there is to know of a run while it goes on. */
export class Journal {
	private readonly noted = new Map<string, string[]>();

	/**
	 * @param outlets where lines go
	 * @param run begins each line: 'Node "HeyGen" of execution 12'
	 */
	constructor(
		private readonly outlets: Outlets,
		private readonly run: string,
	) {}

	/**
	 * Notes something. What begins alike in the same moment shares a line: a line costs more than what it says.
	 *
	 * @param beginning "finished:"
	 * @param what "video v1 after 63 s"
	 */
	note(beginning: string, what: string): void {
		const others = this.noted.get(beginning);
		if (others !== undefined) {
			others.push(what);
			return;
		}
		this.noted.set(beginning, [what]);
		if (this.noted.size === 1) void pause(0).then(() => this.write());
	}

	/** Writes what has been noted, without waiting for the moment to end. */
	write(): void {
		for (const [beginning, what] of this.noted) this.tell('info', `${beginning} ${what.join(', ')}`);
		this.noted.clear();
	}

	/**
	 * Writes a warning.
	 *
	 * @param text continues the line
	 */
	warn(text: string): void {
		this.tell('warn', text);
	}

	private tell(level: 'info' | 'warn', text: string): void {
		const line = `${this.run}: ${text}`;
		this.outlets.logger[level](line);
		this.outlets.sendMessageToUI?.(line);
	}
}
