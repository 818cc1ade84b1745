/** Answers of the operations on voices. */
import { useOfInput } from '../assets/asset-uses';
import { admitJob } from '../jobs/job-answers';
import { pageOf } from '../server/cursor';
import { ApiError } from '../server/errors';
import { fits } from '../server/fields';
import { type Call, type Handlers, ok } from '../server/operation';
import { type AccountVoice, presentVoice, presentVoiceDetail } from './account-voice';
import { cloneDraft } from './clone';
import { designedVoices, designRequest } from './design';

/** The voice that a path names. */
function voiceAt({ world, params, now }: Call): AccountVoice {
	const id = params['voice_id'] ?? '';
	const voice = world.voices.find(id, now);
	if (!voice) throw new ApiError(404, 'voice_not_found', `Voice ${id} not found`);
	return voice;
}

/** @throws ApiError 400 when the account can have no further clone. */
function checkSlots({ world, now }: Call): void {
	const slots = world.config.voiceSlots;
	if (slots === null || world.voices.slotsTaken(now) < slots) return;
	throw new ApiError(400, 'resource_limit_reached', `All ${slots} slots for cloned voices are taken`);
}

export const voiceHandlers: Handlers = {
	'GET /v3/voices': (call) => {
		const { type, engine, language, gender } = call.query;
		const voices = call.world.voices
			.listed(call.now)
			.filter(
				(voice) =>
					fits(type, voice.ownership) &&
					fits(language, voice.language) &&
					fits(gender, voice.gender) &&
					(engine === undefined || voice.engines.includes(String(engine))),
			);
		return ok(pageOf('voices', voices, call.query, (voice) => presentVoice(voice, call)));
	},

	'GET /v3/voices/{voice_id}': (call) => ok({ data: presentVoiceDetail(voiceAt(call), call) }),

	'DELETE /v3/voices/{voice_id}': (call) => {
		const { id, ownership } = voiceAt(call);
		if (ownership === 'public') {
			throw new ApiError(403, 'resource_access_denied', `Voice ${id} does not belong to the account`);
		}
		call.world.voices.delete(id, call.now);
		return ok({ data: { voice_id: id } });
	},

	'POST /v3/voices': (call) => {
		const { world, body, now } = call;
		const request = designRequest(body);
		const voices = designedVoices(world.voices.listed(now), request);
		return ok({ data: { seed: request.seed, voices: voices.map((voice) => presentVoice(voice, call)) } });
	},

	'POST /v3/voices/clone': (call) => {
		const { world, body } = call;
		checkSlots(call);
		const uses = [useOfInput(body.audio, ['audio'], 'audio')];
		const { id } = admitJob(call, world.jobs.voiceClone, cloneDraft(body), uses);
		return ok({ data: { voice_clone_id: id } });
	},
};
