import type { IDataObject } from 'n8n-workflow';

import { timing } from '../basics/timing';
import { Refusals } from '../request/refusals';

/** Waits for jobs, and what is known of a job while it is waited for. */

/** How a wait for a job is to go. */
export interface Wait {
	/** Moment to stop waiting. */
	deadline: number;
	/** Milliseconds before the first look; a little time lets the run's other items come along. */
	firstDelay: number;
	/** Whether the job has just been made, so that not all of HeyGen's servers may know it yet. */
	isNew: boolean;
	/** Stops waiting at once. */
	signal?: AbortSignal;
	/** Whether a record that could end the wait is of what is waited for, and not of what was before. */
	accepts?: (record: IDataObject) => boolean;
	/** What stands for the record while HeyGen does not find it; nothing when it is gone. */
	standIn?: () => Promise<IDataObject | undefined>;
	/** Whether HeyGen has told of the job in an earlier wait for it. */
	isKnown?: boolean;
	/** How it may be left while it goes on, where somebody comes back for it. */
	leave?: Leave;
}

/** How a wait may be left. A look at a job that may be left is a thorough one, since the next one is far. */
export interface Leave {
	/** Told when a look has shown that the job goes on. */
	looked: () => void;
	/** Leaves the wait when it resolves. */
	when: Promise<void>;
}

/** How a wait ended. */
export interface Ending {
	/** Whether the job has ended; otherwise the time was up, or the wait was left. */
	over: boolean;
	/** Whether the wait was left. */
	isLeft?: boolean;
	/** The job's record; absent when the time was up and HeyGen gave none. */
	record?: IDataObject;
	/** What went wrong when it was last read, if it did. */
	problem?: unknown;
}

/** Somebody who waits for a job. */
export interface JobWaiter {
	accepts: (record: IDataObject) => boolean;
	looked: (() => void) | undefined;
	end: (ending: Ending) => void;
	fail: (error: unknown) => void;
}

/** A job that is waited for, by one item or several. */
export interface Watch {
	id: string;
	waiters: Set<JobWaiter>;
	interval: number;
	dueAt: number;
	/** Moment until which HeyGen may not know the job yet. */
	youngUntil: number;
	/** Whether it has been running while it was waited for, so that its end makes room for another one. */
	wasRunning: boolean;
	/** Whether HeyGen has told of it before, so that there is such a job. */
	isKnown: boolean;
	/** Whether statuses say that there is no such job. */
	isDenied: boolean;
	/** Refusals of its record; lasting ones end its wait. */
	readonly refusals: Refusals;
	/** What the last read of its record threw. */
	problem?: unknown;
	/** Whether somebody who waits may leave, so that each look has to tell all that there is. */
	isThorough: boolean;
	/** Looks at statuses since they last said anything about it. */
	silent: number;
	/** Since when statuses say that it has ended. */
	claimedAt?: number;
	/** Since when its record says that it has succeeded. */
	succeededAt?: number;
	/** Since when its record is in a state that nobody knows, with what an end leaves behind. */
	strangeAt?: number;
	/** A read of its record under way. */
	reading?: Promise<IDataObject>;
	/** Whether it is being looked at, so that it is left out of ticks. */
	looking: boolean;
	standIn?: Wait['standIn'];
}

/**
 * A watch of a job.
 *
 * @param id the job
 * @param dueAt moment of the first look
 * @param youngUntil moment until which HeyGen may not know the job yet
 * @param isKnown whether HeyGen has told of it
 */
export function newWatch(id: string, dueAt: number, youngUntil: number, isKnown: boolean): Watch {
	return {
		id,
		waiters: new Set(),
		interval: timing.pollFirst,
		dueAt,
		youngUntil,
		wasRunning: isKnown,
		isKnown,
		isDenied: false,
		refusals: new Refusals(),
		isThorough: false,
		silent: 0,
		looking: false,
	};
}
