import type { IDataObject } from 'n8n-workflow';

import { SOUND, subtitles, webVtt } from '../../heygen/jobs/files';
import type { JobFile } from '../../heygen/jobs/kind';
import { SPEECH_TEXT_MAX_CHARACTERS } from '../../heygen/limits';
import { characters } from '../../heygen/schemas/primitives';
import { longSpeech, newSpeech } from '../../heygen/schemas/voices';
import { splitText } from '../../heygen/speech/splitText';
import { ssmlProblem } from '../../heygen/speech/ssmlCheck';
import { hasSsml, spokenText } from '../../heygen/speech/ssmlWords';
import { isSpeakable, numeral } from '../../heygen/values/text';
import { inputError } from '../basics/errors';
import { withAdditionalFields } from '../item/additionalFields';
import type { Asked, Call, Ordered } from '../item/call';
import { checkBody } from '../item/checkBody';
import { speechLength } from '../item/spoken';
import { wantedFiles } from '../jobs/jobFiles';
import type { PaidKind } from '../jobs/spending';

/** What an item of a speech asks for. */

/** A speech, which HeyGen makes while it answers. */
export const SPEECH_WORK: PaidKind = { noun: 'speech', idField: 'request_id', secondsField: 'duration' };

/** What can be downloaded: HeyGen has the sound alone, subtitles are made here of the moments of its words. */
export const SPEECH_FILES: readonly [JobFile, ...JobFile[]] = [SOUND, subtitles(''), webVtt('')];

/** What files are called, without their extensions. */
export const SPEECH_FILE_NAME = 'speech';

/** Options of a text that is too long for one request, and what says whether the text has marks. */
export const SPEECH_OPTIONS = {
	split: { name: 'splitLongText', label: 'Split Long Text' },
	join: { name: 'joinParts', label: 'Join Parts' },
	inputType: { name: 'inputType', label: 'Input Type' },
} as const;

/** What an item asks for. */
export interface SpeechAsked {
	/** As HeyGen takes it, with the whole text. */
	body: IDataObject;
	/** The text in parts; absent unless it is to be split. */
	parts?: string[];
	/** Whether the parts become one file. */
	isJoined: boolean;
	files: readonly JobFile[];
}

/**
 * Reads an item of a speech.
 *
 * @param call the item
 * @throws EngineError naming the field that is not right
 */
export function readSpeech(call: Call): SpeechAsked {
	const { options } = call;
	const files = wantedFiles(call, { files: SPEECH_FILES });
	const isSplit = options[SPEECH_OPTIONS.split.name] === true;
	const isJoined = options[SPEECH_OPTIONS.join.name] === true;
	if (isJoined && !isSplit) {
		throw inputError(`'${SPEECH_OPTIONS.join.label}' needs '${SPEECH_OPTIONS.split.label}'`, 'Switch the first option off, or the second one on.');
	}
	const given = withAdditionalFields(call, checkBody(longSpeech, call.body, call.names));
	const text = String(given.text);
	const body: IDataObject = { ...given, input_type: given.input_type ?? (hasSsml(text) ? 'ssml' : 'text') };
	const isSsml = body.input_type === 'ssml';
	if (isSsml) checkSsml(text, given.input_type !== undefined);
	else {
		if (!isSplit) checkBody(newSpeech, call.body, call.names);
		if (!isSpeakable(text)) throw inputError("'Text' has no word in it that could be spoken");
	}
	return {
		body,
		...(isSplit ? { parts: characters(text) <= SPEECH_TEXT_MAX_CHARACTERS ? [text] : splitText(text, SPEECH_TEXT_MAX_CHARACTERS) } : {}),
		isJoined,
		files,
	};
}

/**
 * @param isChosen whether the item says itself that the text is SSML
 * @throws EngineError for what is not well-formed, says nothing, or is too long
 */
function checkSsml(text: string, isChosen: boolean): void {
	const problem = ssmlProblem(text);
	if (problem !== undefined) {
		const why = isChosen ? `'${SPEECH_OPTIONS.inputType.label}' says that it is SSML` : 'it has tags of SSML';
		throw inputError(`'Text' ${problem}`, `The text is taken for SSML, since ${why}. If it is none, choose 'Plain Text' in the option '${SPEECH_OPTIONS.inputType.label}'.`);
	}
	if (!isSpeakable(spokenText(text))) throw inputError("'Text' has no word in it that could be spoken", 'Tags alone say nothing.');
	const length = characters(text);
	if (length <= SPEECH_TEXT_MAX_CHARACTERS) return;
	throw inputError(
		`'Text' is SSML of ${numeral(length)} characters, which cannot be split: a tag may reach from one part into the next`,
		`HeyGen takes up to ${numeral(SPEECH_TEXT_MAX_CHARACTERS)}, tags included. Divide it yourself, into one item each, or leave the tags out.`,
	);
}

/**
 * What a text says, without its tags.
 *
 * @param body of the request
 */
export function plainText({ text, input_type: inputType }: IDataObject): string {
	return inputType === 'ssml' ? spokenText(String(text)) : String(text);
}

/**
 * What a speech orders: the seconds that its words take.
 *
 * @param asked the item's request, or that of a part
 */
export function speechOrder({ body, secondsOf }: Asked): Ordered {
	const { text, speed, locale } = body;
	const { seconds, how } = speechLength({ script: text, voice_settings: { speed, locale } }, secondsOf);
	return { kind: 'speech', seconds, how };
}
