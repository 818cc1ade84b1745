import type { IBinaryKeyData } from 'n8n-workflow';

import type { JobFile } from '../../heygen/jobs/kind';
import { cuesOf, spokenWords, srtText, vttText } from '../../heygen/speech/cues';
import { EngineError } from '../basics/errors';
import { settle } from '../basics/settle';
import type { Call } from '../item/call';
import { SPEECH_FILES } from './speechRequest';

/** The subtitles of a speech, and what says of it that some were not to be had. */
interface SpeechSubtitles {
	binary: IBinaryKeyData;
	missing: { missing_files?: string[] };
}

/**
 * Subtitles of a speech, made of the moments at which HeyGen says that its words are spoken.
 *
 * @param call the item
 * @param files those that are wanted of the speech; each but its sound is a form of the subtitles
 * @param words as HeyGen sent them; anything
 * @param text what is spoken, without tags
 * @param baseName under which they are stored, without an extension
 * @returns none when HeyGen names no words
 * @throws EngineError when n8n cannot store them
 */
export async function speechSubtitles(call: Call, files: readonly JobFile[], words: unknown, text: string, baseName: string): Promise<SpeechSubtitles> {
	const wanted = files.filter((file) => file !== SPEECH_FILES[0]);
	if (wanted.length === 0) return { binary: {}, missing: {} };
	const cues = cuesOf(spokenWords(words), text);
	if (cues.length === 0) {
		call.run.report.remark('HeyGen has not said when the words are spoken, so that there are no subtitles', call.itemIndex);
		return { binary: {}, missing: { missing_files: wanted.map(({ name }) => name) } };
	}
	const binary: IBinaryKeyData = {};
	for (const { name, suffix, mimeType } of wanted) {
		const content = name === 'webVtt' ? vttText(cues) : srtText(cues);
		const stored = await settle(call.files.helpers.prepareBinaryData(Buffer.from(content, 'utf8'), `${baseName}${suffix}`, mimeType));
		if (!stored.ok) throw new EngineError('The subtitles of the speech could not be stored', `n8n says: ${(stored.error as Error).message}`);
		binary[name] = stored.value;
	}
	return { binary, missing: {} };
}
