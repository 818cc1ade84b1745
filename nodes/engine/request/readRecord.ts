import type { IDataObject } from 'n8n-workflow';

import type { Readable } from '../../heygen/jobs/kind';
import { EngineError } from '../basics/errors';
import { settle } from '../basics/settle';
import { now, pause, timing } from '../basics/timing';
import type { Client } from './client';
import { recordIn } from './reply';

/**
 * Reads what HeyGen keeps of a job, as it is now.
 *
 * @param client sends the request
 * @param what what it is
 * @param id its id
 * @param doing what is done, for messages
 */
export async function readRecord(
	client: Client,
	what: Readable,
	id: string,
	doing = `get the ${what.noun} ${id}`,
): Promise<IDataObject> {
	const readAt = async (path: string) => {
		const request = { method: 'GET' as const, path: path.replace('{id}', encodeURIComponent(id)), doing };
		const record = recordIn(await client.send(request), request);
		return (what.asRead?.(record) ?? record) as IDataObject;
	};
	const first = await settle(readAt(what.recordPath));
	if (first.ok) return first.value;
	if (what.otherPath === undefined || !isGone(first.error)) throw first.error;
	const second = await settle(readAt(what.otherPath));
	client.signal?.throwIfAborted();
	if (second.ok) return second.value;
	// Where it is kept first counts; not every account has the other place.
	throw first.error;
}

/**
 * Reads what HeyGen keeps of a job, or what stands for it while HeyGen does not find it.
 *
 * @param client sends the requests
 * @param what what it is
 * @param id its id
 * @param standIn gives what stands for it; nothing when it is gone
 */
export async function readOrStandIn(
	client: Client,
	what: Readable,
	id: string,
	standIn: (() => Promise<IDataObject | undefined>) | undefined,
): Promise<IDataObject> {
	const read = await settle(readRecord(client, what, id));
	if (read.ok) return read.value;
	const other = standIn !== undefined && isGone(read.error) ? await standIn() : undefined;
	if (other === undefined) throw read.error;
	return other;
}

/**
 * Reads what is said to have ended, again until it is complete. For some seconds after its end a job can still call
 * itself running, lack its file's URL (API reference, section The Video object), or not be known yet.
 *
 * @param client sends the request
 * @param what what it is
 * @param id its id
 * @param complete whether it is; after half a minute it is taken as it is
 */
export async function readComplete(
	client: Client,
	what: Readable,
	id: string,
	complete: (record: IDataObject) => boolean,
): Promise<IDataObject> {
	const until = now() + timing.catchUpTime;
	for (;;) {
		const read = await settle(readRecord(client, what, id));
		const isLate = now() >= until;
		if (read.ok && (complete(read.value) || isLate)) return read.value;
		if (!read.ok && (isLate || !isGone(read.error))) throw read.error;
		await pause(timing.pollFirst, client.signal);
	}
}

/**
 * What is read, unless HeyGen says that there is no such thing.
 *
 * @param reading a read under way
 * @returns undefined when it has been deleted
 */
export async function ifExisting<T>(reading: Promise<T>): Promise<T | undefined> {
	const result = await settle(reading);
	if (result.ok) return result.value;
	if (isGone(result.error)) return undefined;
	throw result.error;
}

/**
 * Whether HeyGen has answered that there is no such thing.
 *
 * @param error what a request threw
 */
export function isGone(error: unknown): boolean {
	return error instanceof EngineError && error.details.httpCode === '404';
}
