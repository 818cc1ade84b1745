import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Call } from '../engine/item/call';
import { checkFileGiven } from '../engine/item/fileGiven';
import { type FileInput, fileInputFields, unionPlaces } from './files';

const video: FileInput = {
	label: 'Video',
	prefix: 'video',
	takes: 'an MP4 or WebM file',
	// "Google Drive must be \"anyone with the link\"; YouTube/Vimeo must be public" (API reference, section 3.1).
	pages: 'a public YouTube or Vimeo page, or a Google Drive page that anyone with the link can open',
	example: 'https://www.youtube.com/watch?v=…',
	places: unionPlaces('video'),
};

/** The film that HeyGen works on: from a binary field, by URL or by asset id. It goes into the body as `video`. */
export const sourceVideoFields: INodeProperties[] = fileInputFields(video, 'Where the video comes from');

/**
 * The body of an operation with `sourceVideoFields`.
 *
 * @param call the item
 * @throws EngineError naming the parameter that should hold the film, when the parameter holds nothing
 */
export function bodyWithVideo(call: Call): IDataObject {
	checkFileGiven(call, video, 'video');
	return call.body;
}
