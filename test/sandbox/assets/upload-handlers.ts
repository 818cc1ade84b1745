/** Answers of the operations that bring files into the account: simple and direct uploads. */
import { type Asset, type AssetDraft, problemOf } from './asset';
import { ApiError, invalidParameter, type Reply, type Violation } from '../server/errors';
import type { Fields } from '../server/fields';
import { assetPath, isUsableName, uploadPath } from '../files/file-names';
import { detectType, directUploadTypes, HEAD_BYTES } from './media-types';
import { type Call, type Handlers, ok } from '../server/operation';

/** Larger files have to be uploaded directly. */
const SIMPLE_UPLOAD_BYTES = 32 * 1024 * 1024;
const SHA256_HEX = /^[0-9a-f]{64}$/i;

const isGiven = (value: unknown): value is NonNullable<unknown> => value !== undefined && value !== null;

/** @param prefix field path in front of the file's own fields: empty, or `files[3].`. */
function checkFile(file: Fields, prefix: string, maxBytes: number): Violation[] {
	const violations: Violation[] = [];
	const refuse = (name: string, why: string): void => {
		violations.push({ param: `${prefix}${name}`, message: `${name} ${why}` });
	};
	const size = Number(file.size_bytes);
	if (!isUsableName(String(file.filename))) refuse('filename', 'is not the name of a file');
	if (!directUploadTypes.includes(String(file.content_type))) {
		refuse('content_type', `must be one of ${directUploadTypes.join(', ')}`);
	}
	if (size < 1 || size > maxBytes) refuse('size_bytes', `must be from 1 to ${maxBytes}`);
	const checksum = file.checksum_sha256;
	if (isGiven(checksum) && !SHA256_HEX.test(String(checksum))) {
		refuse('checksum_sha256', 'must be 64 hexadecimal digits');
	}
	return violations;
}

/** @param file already checked. */
function draftOf(file: Fields): AssetDraft {
	const checksum = file.checksum_sha256;
	return {
		filename: String(file.filename),
		contentType: String(file.content_type),
		sizeBytes: Number(file.size_bytes),
		checksum: isGiven(checksum) ? String(checksum).toLowerCase() : null,
	};
}

function presentSlot({ id, filename, uploadHeaders }: Asset, { world, now }: Call): object {
	const { uploadUrlTtlSeconds, assetMaxBytes } = world.config;
	return {
		asset_id: id,
		upload_url: world.signer.mint(uploadPath(id, filename), now, uploadUrlTtlSeconds),
		upload_headers: uploadHeaders,
		expires_in_seconds: Math.floor(uploadUrlTtlSeconds),
		max_bytes: assetMaxBytes,
		status: 'pending_upload',
	};
}

function presentUpload(asset: Asset, { world, now }: Call): object {
	return {
		asset_id: asset.id,
		url: world.signer.mint(assetPath(asset.id, asset.filename), now),
		mime_type: asset.contentType,
		size_bytes: asset.sizeBytes,
	};
}

function uploadFile(call: Call): Reply {
	const { world, parts, now } = call;
	const refuse = (message: string): ApiError => invalidParameter([{ param: 'file', message }]);
	const [part] = parts;
	if (!part || parts.length > 1) throw refuse('exactly one file must be given');
	const { filename, data, sha256 } = part;
	if (filename === null || !isUsableName(filename)) throw refuse('file needs a file name');
	if (data.length > SIMPLE_UPLOAD_BYTES) {
		const message = `The file is larger than ${SIMPLE_UPLOAD_BYTES} bytes`;
		throw new ApiError(413, 'payload_too_large', message, { param: 'file' });
	}
	const type = detectType(data.subarray(0, HEAD_BYTES));
	if (type === null) throw refuse('file is of a type that cannot be uploaded');
	const asset = world.assets.addFile(filename, type, data, sha256, now);
	return ok({ data: presentUpload(asset, call) });
}

/** @throws ApiError when what was uploaded cannot be taken in, or not yet. */
function complete(asset: Asset, checksum: unknown, { world, now }: Call): void {
	const { stored, ingestion } = asset;
	const done = ingestion !== null && ingestion.error === null;
	if (!stored || (!done && now < stored.arrivedAt + world.config.uploadVisibleMs)) {
		throw new ApiError(409, 'conflict', `The bytes of asset ${asset.id} are not there yet`);
	}
	if (isGiven(checksum) && String(checksum).toLowerCase() !== stored.sha256) {
		const message = 'checksum_sha256 is not that of the uploaded bytes';
		throw invalidParameter([{ param: 'checksum_sha256', message }]);
	}
	if (done) return;
	const problem = problemOf(asset);
	if (problem) throw invalidParameter([{ param: 'content_type', message: problem.message }]);
	world.assets.complete(asset, now);
}

export const uploadHandlers: Handlers = {
	'POST /v3/assets': uploadFile,

	'POST /v3/assets/direct-uploads': (call) => {
		const { world, body, now } = call;
		const violations = checkFile(body, '', world.config.assetMaxBytes);
		if (violations.length > 0) throw invalidParameter(violations);
		return ok({ data: presentSlot(world.assets.addSlot(draftOf(body), now), call) });
	},

	'POST /v3/assets/{asset_id}/complete': (call) => {
		const id = call.params['asset_id'] ?? '';
		const asset = call.world.assets.records.get(id);
		if (!asset) throw new ApiError(404, 'asset_not_found', `Asset ${id} not found`);
		complete(asset, call.body.checksum_sha256, call);
		return ok({ data: { ...presentUpload(asset, call), status: 'processing' } });
	},

	'POST /v3/assets/direct-uploads/batches': (call) => {
		const { world, body, now } = call;
		const files = body.files as Fields[];
		const violations = files.flatMap((file, index) =>
			checkFile(file, `files[${index}].`, world.config.assetMaxBytes),
		);
		if (violations.length > 0) throw invalidParameter(violations);
		const title = typeof body.title === 'string' ? body.title : null;
		const batch = world.assets.addBatch(title, files.map(draftOf), now);
		const items = batch.assets.map((asset) => presentSlot(asset, call));
		return ok({ data: { batch_id: batch.id, items } });
	},

	'POST /v3/assets/complete/batches': ({ world, body, now }) => {
		const id = String(body.batch_id);
		const batch = world.assets.getBatch(id);
		if (!batch) throw new ApiError(404, 'not_found', `Batch ${id} not found`);
		world.assets.completeBatch(batch, now);
		return { status: 202, body: { data: { batch_id: id } } };
	},
};
