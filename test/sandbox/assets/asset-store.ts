/** All assets and upload batches of the sandbox. */
import { randomUUID } from 'node:crypto';
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { type Asset, type AssetDraft, type AssetStatus, newSlot, problemOf, statusAt } from './asset';
import type { SandboxConfig } from '../config';
import { ACCOUNT_USERNAME } from '../server/keys';
import { HEAD_BYTES } from './media-types';
import { Records } from '../server/records';
import { removeFile, type StoredFile, UploadDirectory } from './uploaded-files';

export interface AssetBatch {
	id: string;
	title: string | null;
	/** Unix milliseconds. */
	createdAt: number;
	assets: Asset[];
	/** Whether somebody has said that the uploads are complete. */
	completed: boolean;
}

/** An asset as tests see it, behind the API. */
export interface AssetView {
	id: string;
	filename: string;
	/** As detected in a simple upload, as declared for a direct one. */
	mimeType: string;
	/** What arrived; as declared until then. */
	sizeBytes: number;
	/** Of what arrived, in hex; null until then. */
	sha256: string | null;
	ownerUsername: string;
	status: AssetStatus;
	/** What arrived, read from the disk; nothing before it arrived. Fails once the asset is deleted. */
	bytes: () => AsyncIterable<Buffer>;
}

export class AssetStore {
	readonly records = new Records<Asset>();
	private readonly batches = new Map<string, AssetBatch>();
	private readonly directory = new UploadDirectory();

	/** Slots for direct uploads that were handed out, those of batches included. */
	slotsCreated = 0;

	/** @param config read at each use, so that changed settings apply at once. */
	constructor(private readonly config: () => SandboxConfig) {}

	/** Assets that have become usable until now, each counted once, deleted ones included. */
	created(now: number): number {
		return this.records
			.all()
			.filter(({ ingestion }) => ingestion && !ingestion.error && ingestion.endsAt <= now).length;
	}

	/** Stores a file that came in one piece; it can be used at once. */
	addFile(filename: string, contentType: string, data: Buffer, sha256: string, now: number): Asset {
		const draft = { filename, contentType, sizeBytes: data.length, checksum: null };
		const path = this.directory.newFile();
		writeFileSync(path, data);
		const asset = newSlot(draft, ACCOUNT_USERNAME, now);
		// A view of the body would keep all of it in memory.
		const head = Buffer.from(data.subarray(0, HEAD_BYTES));
		asset.stored = { path, sizeBytes: data.length, sha256, head, arrivedAt: now };
		this.complete(asset, now);
		this.records.add(asset);
		return asset;
	}

	addSlot(draft: AssetDraft, now: number): Asset {
		const asset = newSlot(draft, ACCOUNT_USERNAME, now);
		this.records.add(asset);
		this.slotsCreated += 1;
		return asset;
	}

	addBatch(title: string | null, drafts: readonly AssetDraft[], now: number): AssetBatch {
		const assets = drafts.map((draft) => this.addSlot(draft, now));
		const id = `batch_${randomUUID()}`;
		const batch = { id, title, createdAt: now, assets, completed: false };
		this.batches.set(id, batch);
		return batch;
	}

	getBatch(id: string): AssetBatch | undefined {
		return this.batches.get(id);
	}

	/** The asset of that id if it can be used, i.e. is completed and not deleted. */
	getUsable(id: string, now: number): Asset | undefined {
		const asset = this.records.get(id);
		return asset && statusAt(asset, now) === 'completed' ? asset : undefined;
	}

	/** What was uploaded for an asset, as a whole; nothing before it arrived. */
	bytesOf({ stored }: Asset): Buffer {
		return stored ? readFileSync(stored.path) : Buffer.alloc(0);
	}

	/** Where the bytes of an upload go while they come in. */
	newFile(): string {
		return this.directory.newFile();
	}

	/** Gives an asset its bytes; those of an earlier upload are thrown away. */
	store(asset: Asset, file: StoredFile): void {
		if (asset.stored) removeFile(asset.stored.path);
		asset.stored = file;
	}

	/** Takes in what was uploaded: the asset can be used from now on. */
	complete(asset: Asset, now: number): void {
		asset.ingestion = { startedAt: now, endsAt: now, error: null };
	}

	/** Takes in what was uploaded for each file of a batch, independently and once. */
	completeBatch(batch: AssetBatch, now: number): void {
		if (batch.completed) return;
		batch.completed = true;
		const endsAt = now + this.config().ingestSeconds * 1_000;
		for (const asset of batch.assets) {
			// One that was completed on its own is usable already.
			if (!asset.ingestion) asset.ingestion = { startedAt: now, endsAt, error: problemOf(asset) };
		}
	}

	delete(id: string): void {
		const asset = this.records.delete(id);
		if (asset?.stored) removeFile(asset.stored.path);
	}

	/** All assets, the oldest first, whatever their state. */
	views(now: number): AssetView[] {
		return this.records.all().map((asset) => ({
			id: asset.id,
			filename: asset.filename,
			mimeType: asset.contentType,
			sizeBytes: asset.stored?.sizeBytes ?? asset.sizeBytes,
			sha256: asset.stored?.sha256 ?? null,
			ownerUsername: asset.owner,
			status: statusAt(asset, now),
			bytes: () => (asset.stored ? createReadStream(asset.stored.path) : Readable.from([])),
		}));
	}

	/** Deletes the files of all assets. */
	dispose(): void {
		this.directory.remove();
	}
}
