import cloneDeep from 'lodash/cloneDeep';
import type { IDataObject } from 'n8n-workflow';

import { withoutSecrets } from '../../heygen/secrets';
import { wallClock } from '../basics/timing';

/** An answer as n8n saves it with the execution. */
interface SavedAnswer {
	answer: IDataObject;
	/** Unix milliseconds. */
	at: number;
	/** Whether secrets were taken out of it. */
	isPartial?: boolean;
}

/** Plain data, by the names of requests. */
export type SavedAnswers = Record<string, SavedAnswer>;

/** Answers with secrets in them, by the names of requests. No saved execution holds these. */
export type Wholes = Map<string, IDataObject>;

/** Answers to requests that must not be sent again. */
export class KeptAnswers {
	/**
	 * @param saved what n8n saves; new answers are added, without their secrets
	 * @param wholes what only this process has
	 */
	constructor(
		private readonly saved: SavedAnswers,
		private readonly wholes: Wholes,
	) {}

	/**
	 * The answer to a request: a copy, since several items may put it out.
	 *
	 * @param name names the request
	 * @returns undefined when there is none
	 */
	get(name: string): SavedAnswer | undefined {
		const known = this.saved[name];
		if (known === undefined) return undefined;
		const whole = this.wholes.get(name);
		return cloneDeep(whole === undefined ? known : { answer: whole, at: known.at });
	}

	/**
	 * Keeps the answer to a request.
	 *
	 * @param name names the request
	 * @param answer plain data
	 */
	keep(name: string, answer: IDataObject): void {
		const { value, isPartial } = withoutSecrets(answer);
		this.saved[name] = { answer: cloneDeep(value) as IDataObject, at: wallClock(), ...(isPartial ? { isPartial } : {}) };
		if (isPartial) this.wholes.set(name, cloneDeep(answer));
	}
}
