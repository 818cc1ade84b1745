/** One asset: what was announced, what arrived, and what has become of it at a given moment. */
import { randomUUID } from 'node:crypto';
import type { ItemError } from '../server/errors';
import { isOfType } from './media-types';
import type { StoredFile } from './uploaded-files';

/** What is known of a file before its bytes arrive. */
export interface AssetDraft {
	filename: string;
	contentType: string;
	sizeBytes: number;
	/** SHA-256 in lower-case hex; null when none was announced. */
	checksum: string | null;
}

/** Taking in the bytes: its outcome is fixed when it starts, so that the state is a function of the clock. */
export interface Ingestion {
	/** Unix milliseconds. */
	startedAt: number;
	endsAt: number;
	/** Why it fails; null when it succeeds. */
	error: ItemError | null;
}

export interface Asset extends AssetDraft {
	id: string;
	/** Username. */
	owner: string;
	/** null: the root folder. */
	folderId: string | null;
	/** Unix milliseconds. */
	createdAt: number;
	/** Headers that the signature of the upload link covers; none for a simple upload. */
	uploadHeaders: Record<string, string>;
	/** null until the bytes are there. */
	stored: StoredFile | null;
	/** null until somebody says that the upload is complete. */
	ingestion: Ingestion | null;
	deleted: boolean;
}

export type AssetStatus =
	| 'pending_upload'
	/** The bytes are there, and nobody has said that the upload is complete. */
	| 'uploaded'
	| 'queued'
	| 'processing'
	| 'completed'
	| 'failed'
	| 'deleted';

const UPLOAD_TOKEN_HEADER = 'x-amz-meta-upload';

/** What a PUT to an upload link has to send, exactly. */
function uploadHeadersOf({ contentType, checksum }: AssetDraft): Record<string, string> {
	const digest = checksum === null ? null : Buffer.from(checksum, 'hex').toString('base64');
	return {
		'Content-Type': contentType,
		...(digest === null ? {} : { 'x-amz-checksum-sha256': digest }),
		[UPLOAD_TOKEN_HEADER]: randomUUID(),
	};
}

/** An asset whose bytes are still to come. */
export function newSlot(draft: AssetDraft, owner: string, now: number): Asset {
	return {
		...draft,
		id: `asset_${randomUUID().replace(/-/g, '')}`,
		owner,
		folderId: null,
		createdAt: now,
		uploadHeaders: uploadHeadersOf(draft),
		stored: null,
		ingestion: null,
		deleted: false,
	};
}

/** What keeps the bytes that arrived from being taken in. */
export function problemOf({ stored, contentType }: Asset): ItemError | null {
	if (!stored)
		return { code: 'asset_not_available', message: 'The bytes of the file were never uploaded' };
	if (isOfType(stored.head, contentType)) return null;
	return { code: 'invalid_parameter', message: `The uploaded bytes are not ${contentType}` };
}

export function statusAt(asset: Asset, now: number): AssetStatus {
	const { deleted, stored, ingestion } = asset;
	if (deleted) return 'deleted';
	if (!ingestion) return stored ? 'uploaded' : 'pending_upload';
	const { startedAt, endsAt, error } = ingestion;
	if (now >= endsAt) return error ? 'failed' : 'completed';
	return now < (startedAt + endsAt) / 2 ? 'queued' : 'processing';
}
