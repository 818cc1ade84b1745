/** Answers of text to speech, which is the work of a moment. */
import { randomUUID } from 'node:crypto';
import { speechPath } from '../files/file-names';
import { refusalOf } from '../jobs/job-answers';
import { ApiError } from '../server/errors';
import { asNumber, asText } from '../server/fields';
import { type Call, type Handlers, ok } from '../server/operation';
import type { AccountVoice } from './account-voice';
import { partsOfSsml, partsOfText, type SpeechPart } from './ssml';
import { timingOf, toldWords } from './timing';

/** The only engine that speaks without a video. */
const ENGINE = 'starfish';

const unavailable = (message: string): ApiError => new ApiError(400, 'voice_unavailable', message, { param: 'voice_id' });

/**
 * The voice that is to speak; undefined when it is not known and need not be.
 * @throws ApiError 404 for an unknown voice, 400 for one that cannot speak.
 */
function speakerOf({ world, body, now }: Call): AccountVoice | undefined {
	const id = String(body.voice_id);
	const voice = world.voices.find(id, now);
	const { validateIds } = world.config;
	if (!voice) {
		if (!validateIds) return undefined;
		throw new ApiError(404, 'voice_not_found', `Voice ${id} not found`, { param: 'voice_id' });
	}
	if (!voice.isReady) throw unavailable(`Voice ${id} is not ready`);
	if (validateIds && !voice.engines.includes(ENGINE)) throw unavailable(`Voice ${id} does not run on ${ENGINE}`);
	return voice;
}

/** What is to be spoken. @throws ApiError 400 when that is nothing, or cannot be read. */
function partsOf({ body }: Call): SpeechPart[] {
	const text = asText(body.text) ?? '';
	const parts = body.input_type === 'ssml' ? partsOfSsml(text) : partsOfText(text);
	const refuse = (message: string): ApiError => new ApiError(400, 'tts_text_invalid', message, { param: 'text' });
	if (parts === null) throw refuse('text is not well-formed SSML');
	if (!parts.some((part) => 'word' in part)) throw refuse('text has no words');
	return parts;
}

export const speechHandlers: Handlers = {
	'POST /v3/voices/speech': (call) => {
		const { world, body, now } = call;
		const speaker = speakerOf(call);
		const parts = partsOf(call);
		const refusal = refusalOf(call, []);
		if (refusal) throw refusal;
		const { speechFormat, speechWords } = world.config;
		const timing = timingOf(parts, asNumber(body.speed) ?? 1, speaker?.supportsPause ?? true);
		const { id, duration, format } = world.speeches.add(timing.duration, speechFormat);
		const data = {
			audio_url: world.signer.mint(speechPath(id, format), now),
			duration,
			request_id: randomUUID(),
			word_timestamps: toldWords(timing, speechWords),
		};
		return ok({ data });
	},
};
