/** Fields of requests that name assets, and whether those assets can be used there. */
import type { AssetStore } from './asset-store';
import { type AssetKind, kindOf, SUBTITLES_TYPE } from './media-types';
import { ApiError } from '../server/errors';

/** A field that may name an asset. */
export interface AssetUse {
	/** What the field holds; nothing is checked where it holds nothing. */
	id: unknown;
	/** The kinds of asset that it takes. */
	kinds: readonly AssetKind[];
	/** The only media type that it takes, if not all of its kinds. */
	mime?: string;
	param: string;
}

/** The use of an input of the form `{type, asset_id}`; other inputs name no asset. */
export function useOfInput(input: unknown, kinds: readonly AssetKind[], param: string): AssetUse {
	const fields = typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
	return { id: fields.asset_id, kinds, param: `${param}.asset_id` };
}

/** The use of the input `srt` of a request. */
export const useOfSubtitles = (input: unknown): AssetUse => ({
	...useOfInput(input, ['document'], 'srt'),
	mime: SUBTITLES_TYPE,
});

/**
 * The first asset that cannot be used where it is named.
 * @param now Unix milliseconds.
 * @param codeOfWrongKind error code for an asset of another kind.
 * @returns 404 `asset_not_found`, a 400 for an asset of another kind, or null.
 */
export function findUnusableUse(
	uses: readonly AssetUse[],
	assets: AssetStore,
	now: number,
	codeOfWrongKind = 'invalid_parameter',
): ApiError | null {
	for (const { id, kinds, mime, param } of uses) {
		if (id === undefined || id === null) continue;
		const name = String(id);
		const asset = assets.getUsable(name, now);
		if (!asset) return new ApiError(404, 'asset_not_found', `Asset ${name} not found`, { param });
		if (mime === undefined ? kinds.includes(kindOf(asset.contentType)) : asset.contentType === mime) continue;
		const message = `asset ${name} is ${asset.contentType}, not ${mime ?? kinds.join(' or ')}`;
		return new ApiError(400, codeOfWrongKind, message, { param });
	}
	return null;
}
