import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

import { parseUrl } from '../../heygen/hosts';
import { idIn } from '../../heygen/records';
import { amount, numeral } from '../../heygen/values/text';
import { EngineError, withDetails } from '../basics/errors';
import { settle, type Settled } from '../basics/settle';
import { now, pause, timing } from '../basics/timing';
import type { Call } from '../item/call';
import { FileBody } from './bodies';
import { askFileHost, codeIn, type HostOutcome, hostRefusal, transferred } from './fileHost';
import { type Asset, assetOf, contentName, doingWith, filesOf, type ReadyFile, uploadKey } from './readyFile';

/** Where one file goes: HeyGen's answer to the creation of a direct upload (API reference, section 3.3). */
export interface Slot extends IDataObject {
	asset_id: string;
	/** Presigned; the size and the headers are part of the signature. */
	upload_url: string;
	upload_headers: Record<string, string>;
	/** Bytes. */
	max_bytes: number;
}

/**
 * Uploads a file of any size: a slot, one PUT to the storage behind it, and the completion that makes it an asset.
 *
 * @param call the item
 * @param ready the file
 */
export async function directUpload(call: Call, ready: ReadyFile): Promise<Asset> {
	const kept = filesOf(call).directSlots[contentName(ready)] as Slot | undefined;
	if (kept !== undefined) {
		// A try before this one may have done all but hear of it.
		const completed = await settle(complete(call, ready, kept));
		if (completed.ok) return completed.value;
		if (!isUnfilled(completed)) throw completed.error;
	}
	const slot = kept ?? (await createSlot(call, ready, 'direct upload'));
	return await named(
		slot,
		async () =>
			(await fill(call, ready, slot)) ??
			(await whenVisible(call, async () => await complete(call, ready, slot))),
	);
}

/**
 * Brings a file's bytes into its slot.
 *
 * @param call the item
 * @param ready the file
 * @param slot where to
 * @returns undefined when they are there; the asset when the slot had expired and another way led to one
 * @throws EngineError when they do not get there
 */
export async function fill(call: Call, ready: ReadyFile, slot: Slot): Promise<Asset | undefined> {
	let current = slot;
	const work = transferred<Asset | undefined>(call.files, {
		once: async () => await put(call, ready, current),
		renew: async () => {
			// A slot that an earlier try has filled is over too; then only its completion is missing.
			const completed = await settle(complete(call, ready, current));
			if (completed.ok) return { done: completed.value };
			if (!isUnfilled(completed)) throw completed.error;
			current = await createSlot(call, ready, `direct upload instead of ${current.asset_id}`);
			return undefined;
		},
		// With a key of the user's own, slots that an earlier execution got may have expired one after the other.
		renewals: 3,
		failed: (reason) => uploadFailed(ready, reason),
	});
	const moved = await settle(work);
	if (!moved.ok) {
		call.client.signal?.throwIfAborted();
		// The bytes may be there although every answer got lost.
		const completed = await settle(complete(call, ready, current));
		if (completed.ok) return completed.value;
		throw moved.error;
	}
	if (moved.value !== undefined || current === slot) return moved.value;
	return await whenVisible(call, async () => await complete(call, ready, current));
}

/** What is declared about a file when its slot is created. */
export function declaration({ name, mediaType, size, sha256 }: ReadyFile): IDataObject {
	return { filename: name, content_type: mediaType, size_bytes: size, checksum_sha256: sha256 };
}

async function createSlot(call: Call, ready: ReadyFile, purpose: string): Promise<Slot> {
	const key = uploadKey(call, ready, purpose);
	const reply = await call.client.send({
		method: 'POST',
		path: '/v3/assets/direct-uploads',
		body: declaration(ready),
		...(key === undefined ? {} : { idempotencyKey: key }),
		doing: doingWith(ready),
	});
	const slot = checkedSlot(reply.body.data, ready);
	filesOf(call).directSlots[contentName(ready)] = slot;
	return slot;
}

/**
 * Checks a slot before bytes go there.
 *
 * @param data as HeyGen sent it
 * @param ready the file it is for
 * @throws EngineError when it cannot be used, or takes less than the file has
 */
export function checkedSlot(data: unknown, ready: ReadyFile): Slot {
	const slot = (data ?? {}) as Partial<Slot>;
	const id = idIn(slot, ['asset_id']);
	if (id === undefined || typeof slot.upload_url !== 'string' || parseUrl(slot.upload_url) === undefined) {
		throw uploadFailed(ready, "HeyGen's answer does not say where to send it");
	}
	if (typeof slot.max_bytes === 'number' && ready.size > slot.max_bytes) {
		throw new EngineError(
			`Could not ${doingWith(ready)}: it has ${amount(ready.size, 'byte')}, but HeyGen takes ${numeral(slot.max_bytes)} at most`,
			'Make the file smaller, with a lower resolution or bitrate, or cut it.',
		);
	}
	return { ...slot, asset_id: id, upload_headers: slot.upload_headers ?? {} } as Slot;
}

/** Sends a file's bytes to the storage, once. */
async function put(
	call: Call,
	ready: ReadyFile,
	slot: Slot,
): Promise<HostOutcome<undefined>> {
	const watch = new Watch(timing.fileTimeout);
	const { signal } = call.client;
	// The request helper takes the type of a body from the body, whatever the headers say.
	const body = new FileBody({ ...ready, mediaType: typeIn(slot) ?? ready.mediaType }, watch.moved);
	const request = askFileHost(call.files, {
		method: 'PUT' as IHttpRequestMethods,
		url: slot.upload_url,
		body,
		// n8n's own time-out, five minutes when none is named, would count from the start, however large the file is.
		timeout: 0,
		headers: uploadHeaders(ready, slot),
		abortSignal: AbortSignal.any([...(signal === undefined ? [] : [signal]), watch.signal]),
		// A storage that redirects would need the whole file in memory, and be another host.
		disableFollowRedirect: true,
	});
	const answer = await settle(request);
	watch.end();
	void body.end();
	if (!answer.ok) {
		if (!watch.signal.aborted) throw answer.error;
		return { reason: 'no answer within the time-out', again: true, expired: false };
	}
	const { statusCode } = answer.value;
	const text = typeof answer.value.body === 'string' ? answer.value.body : '';
	const said = codeIn(text);
	if (statusCode >= 200 && statusCode < 300) {
		// Something between n8n and the storage that answers for it.
		if (!/<html/i.test(text)) return { done: undefined };
		return { reason: 'the answer is not that of a file host', again: true, expired: false };
	}
	const refusal = hostRefusal(answer.value, said);
	// The bytes were damaged or cut on the way.
	return BROKEN_BYTES.has(said) ? { ...refusal, again: true } : refusal;
}

/** Codes of S3, and of storages that speak its protocol, after which the same bytes may well be taken. */
const BROKEN_BYTES = new Set(['BadDigest', 'IncompleteBody', 'RequestTimeout', 'XAmzContentChecksumMismatch']);

/** Exactly the headers given, and what HTTP needs; anything else would break the signature. */
function uploadHeaders({ mediaType, size }: ReadyFile, slot: Slot): Record<string, string> {
	const given = slot.upload_headers;
	const has = (name: string) => Object.keys(given).some((key) => key.toLowerCase() === name);
	return {
		...(has('content-type') ? {} : { 'Content-Type': mediaType }),
		...(has('content-length') ? {} : { 'Content-Length': String(size) }),
		...given,
	};
}

/** The media type that HeyGen's signature is over, if it names one. */
function typeIn({ upload_headers: headers }: Slot): string | undefined {
	return Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
}

/**
 * Makes an asset of what is in a slot.
 *
 * @param call the item
 * @param ready the file
 * @param slot the slot
 * @throws EngineError with HTTP code 404 or 409 when there is nothing in it (yet)
 */
export async function complete(call: Call, ready: ReadyFile, { asset_id: id }: Slot): Promise<Asset> {
	const reply = await call.client.send({
		method: 'POST',
		path: `/v3/assets/${encodeURIComponent(id)}/complete`,
		body: { checksum_sha256: ready.sha256 },
		// Repeated calls give the same answer. A key could make HeyGen repeat a "not yet" for a day.
		repeatable: true,
		doing: doingWith(ready),
	});
	return assetOf(reply.body.data, ready);
}

/**
 * Completes uploads: until the storage shows a file to HeyGen, that is answered with 409, and with 404 by a server that
 * does not know the slot yet.
 *
 * @param call an item
 * @param work sends the completion
 */
export async function whenVisible<T>(call: Call, work: () => Promise<T>): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		const completed = await settle(work());
		if (completed.ok) return completed.value;
		if (!isUnfilled(completed) || attempt > timing.completeTries) throw completed.error;
		await pause(timing.completePause * attempt, call.client.signal);
	}
}

/**
 * Whether HeyGen says that there is no file in the slot.
 *
 * @param completed what its completion came to
 */
export function isUnfilled(completed: Settled<unknown>): boolean {
	return ['404', '409'].includes(httpCode(completed) ?? '');
}

function httpCode(outcome: Settled<unknown>): string | undefined {
	return !outcome.ok && outcome.error instanceof EngineError ? outcome.error.details.httpCode : undefined;
}

/** The error for a file that did not get to HeyGen. */
function uploadFailed(ready: ReadyFile, reason: string): EngineError {
	return new EngineError(
		`Could not ${doingWith(ready)}: ${reason}`,
		'No asset was made of the file. Run the item again; if it keeps failing, check that this n8n can reach the storage that HeyGen names, and that no proxy changes its requests.',
	);
}

/** Puts the slot's asset id into whatever error comes out of dealing with it. */
async function named<T>(slot: Slot, work: () => Promise<T>): Promise<T> {
	const result = await settle(work());
	if (result.ok) return result.value;
	if (!(result.error instanceof EngineError)) throw result.error;
	throw withDetails(result.error, { asset_id: slot.asset_id }, `asset ${slot.asset_id}`);
}

/** Aborts a transfer in which nothing has moved for a while. */
class Watch {
	private readonly stalled = new AbortController();
	private readonly over = new AbortController();
	private movedAt = now();

	/** @param silence milliseconds */
	constructor(private readonly silence: number) {
		void this.run();
	}

	get signal(): AbortSignal {
		return this.stalled.signal;
	}

	/** Told whenever something moves. */
	readonly moved = (): void => {
		this.movedAt = now();
	};

	/** The transfer is over. */
	end(): void {
		this.over.abort();
	}

	private async run(): Promise<void> {
		for (;;) {
			const left = this.movedAt + this.silence - now();
			const slept = await settle(pause(left, this.over.signal));
			if (!slept.ok || this.over.signal.aborted) return;
			if (now() - this.movedAt >= this.silence) return this.stalled.abort();
		}
	}
}
