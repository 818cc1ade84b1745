import { createHash } from 'crypto';
import omit from 'lodash/omit';
import type { IDataObject } from 'n8n-workflow';

import type { FileFormat } from '../../heygen/formats';
import { idIn } from '../../heygen/records';
import { EngineError } from '../basics/errors';
import { settle } from '../basics/settle';
import type { Call } from '../item/call';
import { chosenKey, keyScope } from '../item/idempotency';
import type { KeptFiles } from '../item/memory';
import { answered } from '../request/reply';
import type { FileContent } from './bodies';

/** A file that has been read once and found good. */
export interface ReadyFile extends FileContent {
	/** Hex. */
	sha256: string;
	/** What it really is. */
	format: FileFormat;
	/** How long it plays; absent where its header does not say. */
	seconds?: number;
	/** How many files were put into it; absent for a file of the item. */
	partCount?: number;
}

/** A file that is in HeyGen, under the names of the upload's reply: `asset_id`, `url`, `mime_type`, `size_bytes`. */
export type Asset = IDataObject;

/** What the run knows of the files of the item's account. */
export function filesOf(call: Call): KeptFiles {
	return call.run.memory.files(call.account.id);
}

/**
 * Remembers that a file is in HeyGen: for a further try of n8n's Retry On Fail, and for the error if the run fails.
 *
 * @param call an item with the file
 * @param ready the file
 * @param asset what it became
 */
export function keep(call: Call, ready: ReadyFile, asset: Asset): void {
	filesOf(call).assets[contentName(ready)] = asset;
	call.run.started.add({ kind: 'asset', id: String(asset.asset_id), item: call.itemIndex });
}

/**
 * What an earlier try has made of a file, with its address.
 *
 * @param call an item with the file
 * @param ready the file
 */
export async function keptAsset(call: Call, ready: ReadyFile): Promise<Asset | undefined> {
	const known = filesOf(call).assets[contentName(ready)];
	if (known === undefined) return undefined;
	const asset = known.url === undefined ? { ...known, ...(await addressOf(call, String(known.asset_id))) } : known;
	keep(call, ready, asset);
	return asset;
}

/**
 * The URL of an asset's file.
 *
 * @param call an item
 * @param id the asset
 * @returns nothing when HeyGen does not tell it: the asset is there all the same
 */
export async function addressOf(call: Call, id: string): Promise<{ url?: string }> {
	const read = await settle(
		call.client.send({ method: 'GET', path: `/v3/assets/${encodeURIComponent(id)}`, doing: `get the asset ${id}` }),
	);
	const { url } = ((read.ok ? read.value.body.data : undefined) ?? {}) as IDataObject;
	return url === undefined ? {} : { url: url as string };
}

/**
 * The idempotency key of a file's upload: the same for every item of the run that carries it, and with a key of the
 * user's own the same in every execution.
 *
 * @param call an item with the file
 * @param ready the file
 * @param purpose tells several requests for one file apart
 * @returns undefined when the user switched keys off
 */
export function uploadKey(call: Call, ready: ReadyFile, purpose: string): string | undefined {
	const own = chosenKey(call.options, () => keyScope(call));
	if (own === undefined) return undefined;
	const hash = createHash('sha256').update([own, purpose, contentName(ready)].join('\n'));
	return `n8n-${hash.digest('hex')}`;
}

/** What is done with a file, for messages. */
export function doingWith(ready: ReadyFile): string {
	return `upload the file "${ready.name}"`;
}

/** Names a file within a run: two files are one when their content and their name are. */
export function contentName({ sha256, name }: ReadyFile): string {
	return `${sha256} ${name}`;
}

/**
 * Reads the answer to an upload. One sample in HeyGen's documents calls the id `id` (API reference, section 3.2).
 *
 * @param data HeyGen's `data`
 * @param ready the file
 * @throws EngineError when it names no id
 */
export function assetOf(data: unknown, ready: ReadyFile): Asset {
	const record = (data ?? {}) as IDataObject;
	const assetId = idIn(record, ['asset_id']);
	if (assetId !== undefined) return { ...omit(record, 'id'), asset_id: assetId };
	throw new EngineError(
		`Could not ${doingWith(ready)}: HeyGen's answer names no asset ID`,
		`The asset may be there all the same: look into the operation 'Get Many' before running the item again. ${answered(data)}`,
		{ mayExist: true },
	);
}
