import isPlainObject from 'lodash/isPlainObject';

import { asRecord } from '../records';
import { isNothing } from '../values/reading';

/** Who appears in a video that is asked for, and how: what the checks before paying look at. */

type Fields = Record<string, unknown>;

/** One appearance: the whole video, or a scene of it. */
export interface Appearance {
	/** Where the body has its fields: nothing for the body itself, "scenes" and 2 for a scene. */
	place: ReadonlyArray<string | number>;
	/** The looks that appear. */
	lookIds: string[];
	voiceId?: string;
	script?: string;
	/** The voice's own settings say that it speaks with another accent. */
	locale?: string;
	/** Absent where HeyGen chooses. */
	engine?: string;
	referenceLookId?: string;
	hasMotionPrompt: boolean;
	hasExpressiveness: boolean;
	/** Of the whole video. */
	resolution?: string;
	ratio?: string;
	/** Whether the avatar is cut out of what is behind it. */
	isCutOut: boolean;
	isWebm: boolean;
	/** Whether the script has pauses that are lost on a voice which makes none. */
	needsPauses?: boolean;
	/** The group that its look must be of. */
	inGroup?: string;
	/** Whether nothing is known of what it is to do. */
	isAlone?: boolean;
}

/**
 * Everybody who appears in a video.
 *
 * @param body of `POST /v3/videos`; what the user has added to it need not be right
 */
export function appearancesIn(body: Fields): Appearance[] {
	if (!Array.isArray(body.scenes)) return [appearanceOf(body, body, [])];
	return body.scenes.flatMap((scene: unknown, index) => {
		const fields = asRecord(scene);
		const input = isPlainObject(fields.input) ? asRecord(fields.input) : fields;
		return [appearanceOf(input, body, ['scenes', index])];
	});
}

/**
 * Everybody whom a request names for something in which HeyGen alone decides how they are moved and what shape it has: a
 * session of the video agent, or a cinematic video.
 *
 * @param body the request
 */
export function castNamedIn(body: Fields): Appearance[] {
	const { lookIds, voiceId } = appearanceOf(body, body, []);
	return [namedAlone([], { lookIds, ...(voiceId === undefined ? {} : { voiceId }) })];
}

/**
 * The look that another one is made after.
 *
 * @param body of `POST /v3/avatars`; what the user has added to it need not be right
 */
export function referenceIn(body: Fields): Appearance[] {
	const group = textIn(body.avatar_group_id);
	return castNamedIn(body).map((appearance) => ({ ...appearance, ...(group === undefined ? {} : { inGroup: group }) }));
}

/**
 * A voice that speaks by itself, without anybody who is seen.
 *
 * @param voiceId the voice
 * @param said what it says, and how
 */
export function speakerAlone(voiceId: string, said: Pick<Appearance, 'script' | 'locale' | 'needsPauses'>): Appearance {
	return { ...appearanceOf({}, {}, []), voiceId, ...said };
}

/**
 * A look or a voice that is named by itself, without anything that it is to do.
 *
 * @param place where the body names it
 * @param named the one or the other
 */
export function namedAlone(place: Appearance['place'], named: Partial<Pick<Appearance, 'lookIds' | 'voiceId'>>): Appearance {
	return { ...appearanceOf({}, {}, place), isAlone: true, ...named };
}

function appearanceOf(fields: Fields, body: Fields, place: Appearance['place']): Appearance {
	const engine = asRecord(fields.engine);
	const isWebm = textIn(body.output_format)?.toLowerCase() === 'webm';
	return {
		place,
		lookIds: [fields.avatar_id].flat().flatMap((id) => textIn(id) ?? []),
		voiceId: textIn(fields.voice_id),
		script: textIn(fields.script),
		locale: textIn(asRecord(fields.voice_settings).locale),
		engine: textIn(engine.type),
		referenceLookId: textIn(engine.reference_look_id),
		hasMotionPrompt: !isNothing(fields.motion_prompt),
		hasExpressiveness: !isNothing(fields.expressiveness),
		resolution: textIn(body.resolution),
		ratio: textIn(body.aspect_ratio),
		isCutOut: isWebm || body.remove_background === true,
		isWebm,
	};
}

function textIn(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
