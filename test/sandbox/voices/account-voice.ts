/** A voice as the account has it at a given moment, from the catalogue or cloned, and the records of it. */
import type { Voice } from '../catalogue/catalogue';
import { audioPreviewPath } from '../files/file-names';
import type { Call } from '../server/operation';

export interface AccountVoice extends Omit<Voice, 'gender' | 'language'> {
	/** null until a clone is complete. */
	gender: string | null;
	language: string | null;
	/** Whether it can speak. */
	isReady: boolean;
	/** null for public voices. */
	status: string | null;
	failureMessage: string | null;
	/** Unix seconds; null where nobody has noted it. */
	createdAt: number | null;
}

/** What lists say of a clone that is not complete, as its gender and language cannot be null there. */
const UNKNOWN = 'unknown';

/** A voice of the catalogue, which has been there for ever. */
export function catalogueVoice(voice: Voice): AccountVoice {
	const status = voice.ownership === 'private' ? 'complete' : null;
	return { ...voice, isReady: true, status, failureMessage: null, createdAt: null };
}

function previewOf(voice: AccountVoice, { world, now }: Call): string | null {
	return voice.hasPreview ? world.signer.mint(audioPreviewPath(voice.id), now) : null;
}

/** The record of a voice in a list. */
export function presentVoice(voice: AccountVoice, call: Call): object {
	return {
		voice_id: voice.id,
		name: voice.name,
		language: voice.language ?? UNKNOWN,
		gender: voice.gender ?? UNKNOWN,
		type: voice.ownership,
		preview_audio_url: previewOf(voice, call),
		support_pause: voice.supportsPause,
		support_locale: voice.supportsLocale,
	};
}

/** The record of a single voice. */
export function presentVoiceDetail(voice: AccountVoice, call: Call): object {
	return {
		voice_id: voice.id,
		name: voice.name,
		language: voice.language,
		gender: voice.gender,
		preview_audio_url: previewOf(voice, call),
		support_pause: voice.supportsPause,
		support_interactive_avatar: false,
		status: voice.status,
		failure_message: voice.failureMessage,
		created_at: voice.createdAt,
	};
}
