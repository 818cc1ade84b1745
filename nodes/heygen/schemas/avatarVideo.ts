import { z } from 'zod';

import { avatarLook } from './avatars';
import { addIssue, id, openOneOf } from './primitives';
import { checkSpeaking, speakingFields } from './speakingVideo';

/**
 * The body of `POST /v3/videos` with `type: avatar`: names and values of the contract, rules of the API reference
 * (section `type: "avatar"`). What only HeyGen can know (does the look support the engine, has it a voice) is left to
 * HeyGen.
 */

/** Engines that animate avatars, as far as they are known (API reference, section `type: "avatar"`). */
export const AVATAR_ENGINES = ['avatar_iv', 'avatar_v', 'avatar_iii'] as const;

/** An avatar's engine. */
export const avatarEngine = z
	.object({
		type: openOneOf(AVATAR_ENGINES).optional(),
		reference_look_id: id('look_id', 'avatar_id').optional(),
	})
	.strict();

const fields = z
	.object({ type: z.literal('avatar'), avatar_id: avatarLook, ...speakingFields, engine: avatarEngine.optional() })
	.strict();

/** Checks an avatar video's body and brings it into the API's form. */
export const avatarVideo = fields.superRefine((body, context) => {
	checkSpeaking(body, 'the avatar', context);
	checkEngine(body, context);
});

/** What is asked of an engine. */
interface Moving {
	engine?: { type?: string; reference_look_id?: string };
	expressiveness?: string;
	motion_prompt?: string;
}

/**
 * Checks that an avatar's engine can do what is asked of it.
 *
 * @param body its fields, each of them right
 * @param context takes what is wrong
 */
export function checkEngine(body: Moving, context: z.RefinementCtx): void {
	// Engine IV is what HeyGen uses when none is named. What an engine can do that is not known here is for HeyGen to say.
	const engine = body.engine?.type ?? 'avatar_iv';
	if (['avatar_iii', 'avatar_v'].includes(engine) && body.expressiveness !== undefined) {
		addIssue(context, 'expressiveness', 'is only possible with the engine Avatar IV');
	}
	if (engine === 'avatar_iii' && body.motion_prompt !== undefined) {
		addIssue(context, 'motion_prompt', 'is not possible with the engine Avatar III');
	}
	if (['avatar_iii', 'avatar_iv'].includes(engine) && body.engine?.reference_look_id !== undefined) {
		addIssue(context, 'engine.reference_look_id', 'is only possible with the engine Avatar V');
	}
}
