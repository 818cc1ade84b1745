import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { speakerAlone } from '../../heygen/cast/parts';
import type { JobFile } from '../../heygen/jobs/kind';
import { breaksIn } from '../../heygen/speech/ssmlWords';
import { isNothing } from '../../heygen/values/reading';
import { numeral } from '../../heygen/values/text';
import { EngineError, withDetails } from '../basics/errors';
import { settle } from '../basics/settle';
import { fetchFile } from '../files/fetchFile';
import { askerOf, type Call, type Handler, requestOf, slotOf } from '../item/call';
import { itemKey, keyedAt, ownKey, passCheckpoint } from '../item/idempotency';
import { outputItem } from '../item/outputItem';
import { eachVariant } from '../item/variants';
import { CastGuard, castPreviews } from '../jobs/beforePaying';
import { checkMoneyOptions, Spending } from '../jobs/spending';
import type { ApiRequest } from '../request/apiRequest';
import { recordIn } from '../request/reply';
import { answeredOnce, checkAnswerable, localKey } from './answeredOnce';
import { joinedSpeech } from './joinedSpeech';
import { plainText, readSpeech, SPEECH_FILE_NAME, SPEECH_FILES, SPEECH_WORK, type SpeechAsked } from './speechRequest';
import { speechSubtitles } from './speechSubtitles';

/**
 * An operation that speaks a text: sends it once, fetches the sound while its address is fresh, and makes subtitles of the
 * moments of its words. A long text may go in parts, each with a key, a memory and an error of its own.
 */
export function speech(): Handler {
	return async (call) => {
		const asked = readSpeech(call);
		const { parts, isJoined } = asked;
		// Mistakes that concern the item as a whole are told once.
		checkMoneyOptions(call);
		ownKey(call.options);
		if (parts === undefined) return [await speak(call, asked.body, asked, asked.files)];
		const variants = parts.map((text, at) => ({
			name: `part ${numeral(at + 1)} of ${numeral(parts.length)}`,
			says: isJoined ? {} : { part: at + 1, parts: parts.length },
			body: { text },
		}));
		const files = isJoined ? asked.files.filter((file) => file === SPEECH_FILES[0]) : asked.files;
		const pieces = await eachVariant(call, variants, async (own, { body }) => [await speak(own, { ...asked.body, ...body }, asked, files)]);
		return isJoined && call.options.dryRun !== true ? [await joinedSpeech(call, pieces, asked)] : pieces;
	};
}

/** One text, or one part of it. */
async function speak(call: Call, body: IDataObject, asked: SpeechAsked, files: readonly JobFile[]): Promise<INodeExecutionData> {
	const { run } = call;
	const key = itemKey(call, call.path, body, false);
	// Items and parts that ask for the same with one key get one speech.
	const name = key ?? localKey(call, body) ?? slotOf(call);
	const keyed = keyedAt(call, call.path, name);
	const request: ApiRequest = {
		...requestOf(call),
		body,
		doing: 'create the speech',
		failsClearly: true,
		...(key === undefined ? {} : { idempotencyKey: key }),
	};
	if (call.options.dryRun !== true) checkAnswerable(call, request, body);
	const spending = Spending.of(call, SPEECH_WORK, body, { secondsOf: () => undefined }, { key: name, writesTo: undefined });
	const cast = CastGuard.of(call);
	const isOld = run.started.madeWith(keyed) !== undefined;
	const speakers = [speakerIn(body)];
	cast.enter(call, run.started.mayHaveMade(keyed) ? [] : speakers);
	await passCheckpoint(call, body);
	await spending?.approve();
	await cast.approve(call);
	await run.checkpoint.waitForGroup(call.itemIndex, call.client.signal);
	if (call.options.dryRun === true) {
		run.report.triedOut(SPEECH_WORK.noun, name, spending?.credits);
		return outputItem({ dryRun: true, body, ...spending?.expected }, call.itemIndex);
	}
	const done = await settle(run.report.waiting(SPEECH_WORK.noun, name, answerTo(call, request, body)));
	if (!done.ok) {
		spending?.failed(done.error);
		throw done.error;
	}
	const record = done.value;
	run.report.made(SPEECH_WORK.noun, name, isOld, () => spending?.credits);
	run.report.ended(SPEECH_WORK.noun, name, false);
	const besides = { voice_id: body.voice_id, ...(await castPreviews(call, speakers)), ...spending?.finished(name, SPEECH_WORK, record, isOld) };
	spending?.ended();
	return await withFiles(call, { ...record, ...besides }, body, asked, files);
}

/** Who speaks, for the look at the voice's record before anything is paid for. */
function speakerIn({ voice_id: voiceId, text, input_type: inputType, language, locale = language }: IDataObject) {
	return speakerAlone(String(voiceId), {
		script: plainText({ text, input_type: inputType }),
		// Names of languages are read as well.
		...(typeof locale === 'string' ? { locale } : {}),
		needsPauses: inputType === 'ssml' && breaksIn(String(text)) > 0,
	});
}

/** HeyGen's answer, or the one that an earlier try of the run has had. */
async function answerTo(call: Call, request: ApiRequest, body: IDataObject): Promise<IDataObject> {
	return await answeredOnce<IDataObject>(call, request, body, {
		what: 'the speech',
		send: async (once) => {
			const record = recordIn(await call.client.send(once), once);
			if (!isNothing(record.audio_url)) return record;
			throw new EngineError("Could not create the speech: HeyGen's answer names no address of the sound", 'HeyGen may charge for it all the same. Run the item in a new execution.', {
				mayExist: true,
				request_id: record.request_id,
			});
		},
		made: (record, keyed) => {
			const id = typeof record.request_id === 'string' && record.request_id !== '' ? record.request_id : slotOf(call);
			call.run.started.add({ kind: SPEECH_WORK.noun, id, isAnswer: true, ...askerOf(call), ...keyed });
		},
	});
}

/** The output item, with the files that are wanted. */
async function withFiles(call: Call, record: IDataObject, body: IDataObject, { parts = [] }: SpeechAsked, files: readonly JobFile[]): Promise<INodeExecutionData> {
	const [audio] = SPEECH_FILES;
	const name = call.variant === undefined || parts.length === 1 ? SPEECH_FILE_NAME : `${SPEECH_FILE_NAME}-${call.variant.place + 1}`;
	const sound = files.includes(audio) ? { [audio.name]: await fetchSound(call, record, `${name}${audio.suffix}`) } : {};
	const subtitles = await speechSubtitles(call, files, record.word_timestamps, plainText(body), name);
	return outputItem({ ...record, ...subtitles.missing }, call.itemIndex, { ...sound, ...subtitles.binary });
}

async function fetchSound(call: Call, record: IDataObject, fileName: string) {
	const [audio] = SPEECH_FILES;
	const fetched = await settle(
		fetchFile(call.files, {
			what: 'the sound of the speech',
			advice: "It is made and paid for, and at the address in audio_url of the error's details. n8n's Retry On Fail, and the retry of this execution, fetch it again without paying; so does an HTTP Request node (Response Format: File).",
			fileName,
			mimeType: audio.mimeType,
			url: typeof record.audio_url === 'string' ? record.audio_url : JSON.stringify(record.audio_url),
			urlField: audio.urlField,
			about: { audio_url: record.audio_url, request_id: record.request_id },
			// HeyGen has no request that reads a speech again.
			renew: async () => await Promise.resolve(undefined),
		}),
	);
	if (fetched.ok) return fetched.value;
	call.client.signal?.throwIfAborted();
	throw withDetails(fetched.error, { audio_url: record.audio_url }, 'the speech');
}

