import type { IDataObject } from 'n8n-workflow';

import { inputError } from '../../engine/basics/errors';
import { withAdditionalFields } from '../../engine/item/additionalFields';
import type { Call } from '../../engine/item/call';
import type { JobFile } from '../../heygen/jobs/kind';
import { isNothing } from '../../heygen/values/reading';

type Caption = { style?: unknown } | null | undefined;

/**
 * Makes sure that captions are made which are to be fetched: that a file is not there would be found out after the money is
 * spent.
 *
 * @param call the item
 * @param video its body, checked by its schema
 * @param files those that are wanted
 * @throws EngineError when 'Caption' does not make one of them
 */
export function checkCaptions(call: Call, video: IDataObject, files: readonly JobFile[]): void {
	// Captions of a style that the node does not have are among the additional fields.
	const caption = withAdditionalFields(call, video).caption as Caption;
	for (const { name, displayName } of files) {
		if (
			(name === 'captionedVideo' && isNothing(caption?.style)) ||
			(name === 'subtitles' && isNothing(caption))
		) {
			throw inputError(
				`'Download' asks for the file '${displayName}', but 'Caption' does not make one`,
				`Add the option 'Caption'${name === 'captionedVideo' ? " and choose 'Subtitle File and Burned In'" : ''}.`,
			);
		}
	}
}
