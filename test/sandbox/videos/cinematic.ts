/** Rules of cinematic videos: how long they are, and what they may be made of. */
import type { AssetStore } from '../assets/asset-store';
import { kindOf } from '../assets/media-types';
import type { Violation } from '../server/errors';
import type { Fields } from '../server/fields';

/** Films among the references. */
const MAX_FILMS = 3;
/** Pictures among the references, each avatar counted as one. */
const MAX_PICTURES = 9;
const FILM_ADDRESS = /\.(mp4|webm)$/i;

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

function pathOf(url: unknown): string {
	try {
		return new URL(String(url)).pathname;
	} catch {
		return '';
	}
}

/** Whether a reference is a film, by its asset, its media type or its name; null when its asset is not known. */
function isFilm(reference: unknown, assets: AssetStore, now: number): boolean | null {
	const { type, asset_id: id, media_type: mediaType, url } = (reference ?? {}) as Fields;
	if (type === 'base64') return String(mediaType).startsWith('video/');
	if (type === 'url') return FILM_ADDRESS.test(pathOf(url));
	const asset = assets.getUsable(String(id), now);
	return asset ? kindOf(asset.contentType) === 'video' : null;
}

/**
 * Checks what the contract cannot say of a cinematic video.
 * @param assets tell what kind of file a reference is.
 * @param now Unix milliseconds.
 * @param prefix field path in front of the body.
 */
export function checkCinematic(body: Fields, assets: AssetStore, now: number, prefix: string): Violation[] {
	const violations: Violation[] = [];
	if ((body.duration ?? null) !== null && body.auto_duration === true) {
		const message = 'duration and auto_duration exclude each other';
		violations.push({ param: `${prefix}duration`, message });
	}
	const refuse = (message: string): void => {
		violations.push({ param: `${prefix}references`, message });
	};
	const references = listOf(body.references);
	const films = references.map((reference) => isFilm(reference, assets, now));
	const countOf = (kind: boolean | null): number => films.filter((film) => film === kind).length;
	const pictures = MAX_PICTURES - listOf(body.avatar_id).length;
	if (countOf(true) > MAX_FILMS) refuse(`at most ${MAX_FILMS} references can be videos`);
	if (countOf(false) > pictures) {
		refuse(`at most ${MAX_PICTURES} images are possible, the avatars counted as images`);
	}
	// Assets that are not known may be either.
	if (references.length > MAX_FILMS + pictures) refuse(`at most ${MAX_FILMS + pictures} references are possible`);
	return violations;
}
