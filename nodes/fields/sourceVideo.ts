import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { inputError } from '../engine/basics/errors';
import type { Call } from '../engine/item/call';
import { fileInputFields, unionPlaces } from './files';

/** The film that HeyGen works on: from a binary field, by URL or by asset id. It goes into the body as `video`. */
export const sourceVideoFields: INodeProperties[] = fileInputFields(
	{
		label: 'Video',
		prefix: 'video',
		takes: 'an MP4 or WebM file',
		// "Google Drive must be \"anyone with the link\"; YouTube/Vimeo must be public" (API reference, section 3.1).
		pages: 'a public YouTube or Vimeo page, or a Google Drive page that anyone with the link can open',
		example: 'https://www.youtube.com/watch?v=…',
		places: unionPlaces('video'),
	},
	'Where the video comes from',
);

/** The parameter behind each choice of 'Video Source'. */
const FIELDS: Record<string, string> = { binary: 'Video Binary Field', url: 'Video URL', assetId: 'Video Asset ID' };

/**
 * The body of an operation with `sourceVideoFields`.
 *
 * @param call the item
 * @throws EngineError naming the parameter that should hold the film, when the parameter holds nothing
 */
export function bodyWithVideo(call: Call): IDataObject {
	if (call.body.video !== undefined) return call.body;
	throw inputError(
		`'${FIELDS[call.parameter('videoSource', 'binary')]}' is empty`,
		'Say which video HeyGen is to work on. An expression that finds nothing gives an empty field.',
	);
}
