import type { IBinaryData } from 'n8n-workflow';

import type { JobFile } from '../../heygen/jobs/kind';
import { cuesOf, spokenWords, srtText, vttText } from '../../heygen/speech/cues';
import { EngineError } from '../basics/errors';
import { settle } from '../basics/settle';
import type { Call } from '../item/call';

/**
 * Subtitles of a speech, made of the moments at which HeyGen says that its words are spoken.
 *
 * @param call the item
 * @param file which form they are to have
 * @param words as HeyGen sent them; anything
 * @param text what is spoken, without tags
 * @param fileName under which they are stored
 * @returns undefined when HeyGen names no words
 * @throws EngineError when n8n cannot store them
 */
export async function subtitlesOf(call: Call, file: JobFile, words: unknown, text: string, fileName: string): Promise<IBinaryData | undefined> {
	const cues = cuesOf(spokenWords(words), text);
	if (cues.length === 0) {
		call.run.report.remark('HeyGen has not said when the words are spoken, so that there are no subtitles', call.itemIndex);
		return undefined;
	}
	const content = file.name === 'webVtt' ? vttText(cues) : srtText(cues);
	const stored = await settle(call.files.helpers.prepareBinaryData(Buffer.from(content, 'utf8'), fileName, file.mimeType));
	if (stored.ok) return stored.value;
	throw new EngineError('The subtitles of the speech could not be stored', `n8n says: ${(stored.error as Error).message}`);
}
