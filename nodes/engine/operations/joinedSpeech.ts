import pick from 'lodash/pick';
import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { shiftedWords, spokenWords } from '../../heygen/speech/cues';
import { readNumber } from '../../heygen/values/plain';
import { numeral } from '../../heygen/values/text';
import { EngineError, reworded } from '../basics/errors';
import { settle } from '../basics/settle';
import { type JoinedSound, joinedSound } from '../files/joinedSound';
import { type Call, FailedPart, type Piece } from '../item/call';
import { outputItem } from '../item/outputItem';
import { plainText, SPEECH_FILE_NAME, SPEECH_FILES, type SpeechAsked } from './speechRequest';
import { speechSubtitles } from './speechSubtitles';

/**
 * One output item of the parts of a long text: one sound, with the moments of all words within it.
 *
 * @param call the item
 * @param pieces what the parts came to, in their order
 * @param asked what the item asks for
 * @throws EngineError when a part was not made, or their sounds cannot be joined; what was made is in its details
 */
export async function joinedSpeech(call: Call, pieces: readonly Piece[], { body, files }: SpeechAsked): Promise<INodeExecutionData> {
	const made = pieces.filter((piece): piece is INodeExecutionData => !(piece instanceof FailedPart));
	const failed = pieces.find((piece): piece is FailedPart => piece instanceof FailedPart);
	if (failed !== undefined) throw withMade(failed.error, made, 'The other parts are made');
	const [audio] = SPEECH_FILES;
	const sound = files.includes(audio) ? await soundOf(call, made, `${SPEECH_FILE_NAME}${audio.suffix}`) : undefined;
	const lengths = made.map(({ json }, at) => sound?.seconds[at] ?? toldLength(json));
	const starts = lengths.map((_length, at) => lengths.slice(0, at).reduce((sum, length) => sum + length, 0));
	const words = made.flatMap(({ json }, at) => shiftedWords(spokenWords(json.word_timestamps), starts[at] as number));
	const subtitles = await speechSubtitles(call, files, words, plainText(body), SPEECH_FILE_NAME);
	const record: IDataObject = {
		duration: rounded(lengths.reduce((sum, length) => sum + length, 0)),
		word_timestamps: words.length === 0 ? null : (words as unknown as IDataObject[]),
		voice_id: body.voice_id,
		...pick(made[0]?.json, 'voice_preview_url'),
		joined_parts: made.map(({ json }) => ({ audio_url: json.audio_url, duration: json.duration, request_id: json.request_id })) as IDataObject[],
		...sumOf(made, 'cost'),
		...sumOf(made, 'estimate'),
		...subtitles.missing,
	};
	return outputItem(record, call.itemIndex, { ...(sound === undefined ? {} : { [audio.name]: sound.file }), ...subtitles.binary });
}

/** How long a part plays by HeyGen's own word; to the end of its last word where there is none. */
function toldLength({ duration, word_timestamps: words }: IDataObject): number {
	return readNumber(duration, { min: 0 }).value ?? spokenWords(words).at(-1)?.end ?? 0;
}

async function soundOf(call: Call, made: readonly INodeExecutionData[], fileName: string): Promise<JoinedSound> {
	const sounds = made.map(({ binary }) => binary?.[SPEECH_FILES[0].name] as IBinaryData);
	const joined = await settle(joinedSound(call.files, sounds, fileName));
	if (joined.ok) return joined.value;
	throw withMade(joined.error, made, 'All parts are made');
}

/** Milliseconds are as much as anybody hears. */
function rounded(seconds: number): number {
	return Math.round(seconds * 1_000) / 1_000;
}

/** What the parts cost together; null for what is not known of one of them. */
function sumOf(made: readonly INodeExecutionData[], field: 'cost' | 'estimate'): IDataObject {
	const costs = made.flatMap(({ json }) => (json[field] === undefined ? [] : [json[field] as IDataObject]));
	if (costs.length === 0) return {};
	const sum = (name: string) => {
		const values = costs.map((cost) => cost[name]);
		return values.every((value) => typeof value === 'number') ? Number(values.reduce((total, value) => total + value, 0).toPrecision(12)) : null;
	};
	return { [field]: { credits: sum('credits'), seconds: sum('seconds'), usd: sum('usd'), formula: `the ${numeral(costs.length)} parts together` } };
}

/**
 * An error that says what is there. n8n remembers the parts: a retry makes none of them anew.
 *
 * @param which of the parts are there, in words
 */
function withMade(error: unknown, made: readonly INodeExecutionData[], which: string): unknown {
	if (!(error instanceof EngineError) || made.length === 0) return error;
	const there = made.map(({ json }) => json.audio_url);
	return reworded(error, {
		advice: `${error.advice} ${which}: n8n's Retry On Fail, and the retry of this execution, do not make them anew. Their addresses are in the error's details.`.trim(),
		details: { ...error.details, made: there },
	});
}
