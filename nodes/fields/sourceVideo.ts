import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Call } from '../engine/item/call';
import { checkFileGiven } from '../engine/item/fileGiven';
import { type FileInput, fileInputFields, unionPlaces } from './files';

/** The film that HeyGen works on. */

const FILM_PAGES = 'a public YouTube or Vimeo page';

/** @param pages what HeyGen takes by URL besides files */
function film(pages: string): FileInput {
	return {
		label: 'Video',
		prefix: 'video',
		takes: 'an MP4 or WebM file',
		pages,
		example: 'https://www.youtube.com/watch?v=…',
		places: unionPlaces('video'),
	};
}

// "Google Drive must be \"anyone with the link\"; YouTube/Vimeo must be public" (API reference, section 3.1).
const video = film(`${FILM_PAGES}, or a Google Drive page that anyone with the link can open`);

const DESCRIPTION = 'Where the video comes from';

/** The film: from a binary field, by URL or by asset id. It goes into the body as `video`. */
export const sourceVideoFields: INodeProperties[] = fileInputFields(video, DESCRIPTION);

/** The same for films whose speakers get other words. */
export const dubbedVideoFields: INodeProperties[] = fileInputFields(film(FILM_PAGES), DESCRIPTION);

/**
 * The body of an operation with the parameters of a film.
 *
 * @param call the item
 * @throws EngineError naming the parameter that should hold the film, when the parameter holds nothing
 */
export function bodyWithVideo(call: Call): IDataObject {
	checkFileGiven(call, video, 'video');
	return call.body;
}
