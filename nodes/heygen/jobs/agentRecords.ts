import isPlainObject from 'lodash/isPlainObject';
import uniq from 'lodash/uniq';

import { idIn, type RecordOutline } from '../records';
import { THUMBNAIL } from './files';
import type { JobFile, Readable } from './kind';

/** What HeyGen keeps of the video agent besides its sessions: their resources, and styles. */

/** A resource of a session: an image, a draft, a video or a file of the user's. Not each of them has files. */
export const agentResource: Omit<Readable, 'recordPath'> & { files: readonly [JobFile, ...JobFile[]] } = {
	noun: 'resource',
	idField: 'resource_id',
	files: [
		// What these are differs from resource to resource, and their addresses say it.
		{ name: 'file', displayName: 'File', urlField: 'url', suffix: '', mimeType: '' },
		{ name: 'preview', displayName: 'Preview', urlField: 'preview_url', suffix: '-preview', mimeType: '' },
		// An image and its thumbnail would have one name otherwise.
		{ ...THUMBNAIL, suffix: '-thumbnail.jpg' },
	],
	hasEqualFiles: true,
};

/** What people use of a resource. */
export const resourceOutline: RecordOutline = {
	idField: 'resource_id',
	fields: ['resource_type', 'source_type', 'url', 'preview_url', 'thumbnail_url', 'created_at'],
	optional: [],
};

/** What people use of a style. */
export const styleOutline: RecordOutline = {
	idField: 'style_id',
	fields: ['name', 'aspect_ratio', 'tags', 'preview_video_url', 'thumbnail_url'],
	optional: [],
};

/** Paths of a session, with its id as `{id}`, and of one of its resources. */
export const SESSION_PATH = '/v3/video-agents/{id}';
export const resourcePath = (sessionId: string): string => `/v3/video-agents/${encodeURIComponent(sessionId)}/resources/{id}`;

/**
 * The resources that a session's messages name, in the order of the messages: HeyGen puts the newest first, and tells the
 * last 40 (API reference, section Video Agent).
 *
 * @param session its record
 * @returns each id once; what is none is left out
 */
export function resourceIdsIn({ messages }: Record<string, unknown>): string[] {
	const told = Array.isArray(messages) ? (messages as unknown[]) : [];
	const named = told.flatMap((message) => (isPlainObject(message) ? [(message as { resource_ids?: unknown }).resource_ids].flat() : []));
	return uniq(named.flatMap((entry) => idIn(isPlainObject(entry) ? (entry as Record<string, unknown>) : { id: entry }, ['resource_id']) ?? []));
}
