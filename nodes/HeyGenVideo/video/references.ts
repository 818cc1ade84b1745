import type { IDataObject } from 'n8n-workflow';

import { inputError } from '../../engine/basics/errors';
import { type FileKind, formatOfName } from '../../heygen/formats';
import { parseUrl } from '../../heygen/hosts';
import { CINEMATIC_IMAGES_MAX, CINEMATIC_VIDEOS_MAX } from '../../heygen/limits';
import { asRecord } from '../../heygen/records';
import { amount, numeral } from '../../heygen/values/text';

/**
 * Checks how many references of which kind a cinematic video has. The extension of an URL says what its file is; what an
 * asset is, only HeyGen knows.
 *
 * @param body checked by its schema
 * @param files the kinds of files that go up or are in the request itself
 * @throws EngineError when there are more than HeyGen takes
 */
export function checkReferences(body: IDataObject, { kindsAt }: { kindsAt: (place: string) => readonly FileKind[] }): void {
	const references = list(body.references);
	const looks = list(body.avatar_id).length;
	const kinds = [...kindsAt('references'), ...references.flatMap(kindByUrl)];
	const countOf = (kind: FileKind) => kinds.filter((one) => one === kind).length;
	const images = CINEMATIC_IMAGES_MAX - looks;
	const beside = `beside ${amount(looks, 'avatar')}, which ${looks === 1 ? 'counts' : 'count'} as images`;
	if (countOf('video') > CINEMATIC_VIDEOS_MAX) throw tooMany('video', CINEMATIC_VIDEOS_MAX, countOf('video'), '');
	if (countOf('image') > images) throw tooMany('image', images, countOf('image'), ` ${beside}`);
	// Assets may be either.
	if (references.length > CINEMATIC_VIDEOS_MAX + images) throw tooMany('file', CINEMATIC_VIDEOS_MAX + images, references.length, ` ${beside}`);
}

function list(value: unknown): unknown[] {
	return Array.isArray(value) ? (value as unknown[]) : [];
}

/** Nothing for an asset, and for what the additional fields hold in place of an address: they are not checked. */
function kindByUrl(reference: unknown): FileKind[] {
	const { url } = asRecord(reference);
	const kind = typeof url === 'string' ? formatOfName(parseUrl(url)?.pathname ?? '')?.kind : undefined;
	return kind === undefined ? [] : [kind];
}

function tooMany(noun: string, max: number, count: number, beside: string) {
	return inputError(
		`'References' may hold at most ${amount(max, noun)}${beside}, but holds ${numeral(count)}`,
		`HeyGen takes up to ${amount(CINEMATIC_VIDEOS_MAX, 'video')} and ${amount(CINEMATIC_IMAGES_MAX, 'image')}, the avatars counted as images. Remove some references.`,
	);
}
