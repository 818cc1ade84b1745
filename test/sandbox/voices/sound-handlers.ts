/** Answers of the search for music and effects. */
import { soundPath } from '../files/file-names';
import { pageOf } from '../server/cursor';
import { invalidParameter } from '../server/errors';
import { type Call, type Handlers, ok } from '../server/operation';
import { type Sound, soundsFor, type SoundType } from './sounds';

function presentSound(sound: Sound, score: number, { world, now }: Call): object {
	return {
		id: sound.id,
		name: sound.name,
		description: sound.description,
		audio_url: world.signer.mint(soundPath(sound.id), now),
		score,
		type: sound.type,
		duration: sound.duration,
		placement: sound.placement,
		peak_offset: sound.peakOffset,
	};
}

export const soundHandlers: Handlers = {
	'GET /v3/audio/sounds': (call) => {
		const { query, type, min_score: minScore } = call.query;
		const text = String(query).trim();
		if (text === '') throw invalidParameter([{ param: 'query', message: 'query must not be empty' }]);
		const found = soundsFor(text, type as SoundType, Number(minScore));
		const page = pageOf('sounds', found, call.query, ({ sound, score }) => presentSound(sound, score, call));
		// An array spread into an object has its indices as keys.
		const data = call.world.config.soundsShape === 'record' ? { ...page.data } : page.data;
		return ok({ ...page, data });
	},
};
