import isPlainObject from 'lodash/isPlainObject';
import omit from 'lodash/omit';
import pick from 'lodash/pick';
import { z } from 'zod';

import { type FileUse, InlineFile, RENDER_IMAGE, RENDER_VIDEO, SPEECH } from '../fileUses';
import { STILL_SECONDS, UNIT_RANGE } from '../limits';
import { asRecord } from '../records';
import { readColor } from '../values/colors';
import { isNothing, refusedReading, type Reading } from '../values/reading';
import { shown } from '../values/text';
import { avatarLook } from './avatars';
import { avatarEngine, checkEngine } from './avatarVideo';
import { assetId, assetInput } from './files';
import { addIssue, flag, numberIn, readBy } from './primitives';
import { type FlatScene, KNOWN_FIELDS, readScene, SCENE_FIELDS, SCENE_KINDS, type SceneKind } from './sceneForms';
import { checkOneSpeech, checkSpeaking, checkVoice, movingFields, spokenFields, voiceSettings } from './speakingVideo';

/**
 * One scene of a studio video: names and values of the contract, rules of the API reference (section `type: "studio"`).
 * Records of a scene keep fields that are not known here, as the scene itself does: no other place in the request could
 * take them.
 */

/** Reads a value by a schema of its own, and tells what is wrong as if it were part of this one. */
function checkedBy(schema: z.ZodTypeAny, given: unknown, context: z.RefinementCtx): unknown {
	const read = schema.safeParse(given);
	if (read.success) return read.data as unknown;
	for (const issue of read.error.issues) context.addIssue(issue);
	return z.NEVER;
}

/** A record of fields. */
function record(schema: z.ZodTypeAny) {
	const takes = (given: unknown): Reading<object> =>
		isPlainObject(given) ? { value: given as object } : { problem: `must hold fields by their names, but it is ${shown(given)}` };
	return readBy(takes).pipe(schema);
}

const FILE = 'the address of a file, an asset ID, or {"type": "binary", "name": "data"} for the binary field "data"';

/** The one that a scene shows: its `source` to HeyGen, but for an image that speaks. */
function sceneFile(use: FileUse, field: string) {
	return z.unknown().transform((given, context) => {
		if (isPlainObject(given) && ['url', 'asset_id', 'file'].some((name) => name in (given as object))) {
			const file = checkedBy(assetInput(use), given, context);
			return file instanceof InlineFile ? file.from(field) : file;
		}
		const { problem } = given === undefined ? { problem: 'is empty' } : refusedReading(FILE, given);
		context.addIssue({ code: z.ZodIssueCode.custom, message: problem, fatal: true });
		return z.NEVER;
	});
}

const VOICE_ENGINES: readonly unknown[] = ['elevenlabs', 'fish', 'starfish'];

/** Settings of a voice engine that is not known here go through. */
const engineSettings = z.unknown().transform((given, context) => {
	const engine = isPlainObject(given) ? (given as { engine_type?: unknown }).engine_type : undefined;
	const isNew = typeof engine === 'string' && !VOICE_ENGINES.includes(engine);
	return isNew ? given : checkedBy(voiceSettings.shape.engine_settings, given, context);
});

const ONLY_COLOR = 'must be a color such as #1A2B3C: in a scene, HeyGen takes nothing else behind an avatar';

const background = z.unknown().transform((given, context) => {
	const fields = asRecord(given);
	const isColor = Object.keys(fields).join() === 'color';
	const { value, problem } = isColor ? readColor(fields.color) : { problem: ONLY_COLOR };
	if (value !== undefined) return { type: 'color' as const, color: value };
	addIssue(context, 'color', problem ?? 'is empty');
	return z.NEVER;
});

const spoken = {
	...spokenFields('split it over several scenes'),
	voice_settings: record(voiceSettings.extend({ engine_settings: engineSettings.optional() }).passthrough()).optional(),
};

const avatar = z
	.object({
		avatar_id: avatarLook,
		...spoken,
		...movingFields,
		engine: record(avatarEngine.passthrough()).optional(),
		background: background.optional(),
	})
	.superRefine((scene, context) => {
		checkSpeaking(scene, 'the avatar', context);
		checkEngine(scene as Parameters<typeof checkEngine>[0], context);
	});

const speakingImage = z
	.object({ image: sceneFile(RENDER_IMAGE, 'image'), ...spoken, ...movingFields })
	.superRefine((scene, context) => {
		checkSpeaking(scene, 'the image', context);
		checkVoice(scene, context);
	});

const stillImage = z
	.object({ image: sceneFile(RENDER_IMAGE, 'image'), ...spoken, duration: numberIn(STILL_SECONDS).optional() })
	.superRefine((scene, context) => {
		const count = checkOneSpeech(scene, context);
		checkVoice(scene, context);
		if (count === 0 && scene.duration === undefined) {
			addIssue(context, 'duration', 'is empty: say how long the image is shown, or give it a script or a recording');
		} else if (count > 0 && scene.duration !== undefined) {
			addIssue(context, 'duration', 'cannot be combined with a script or a recording, which says itself how long the image is shown');
		}
	});

const clip = z.object({
	video: sceneFile(RENDER_VIDEO, 'video'),
	playback: record(z.object({ mute: flag.optional(), volume: numberIn(UNIT_RANGE).optional() }).passthrough()).optional(),
	audio_asset_id: assetId(SPEECH).optional(),
});

/** A kind of scene. */
interface Kind {
	schema: z.ZodTypeAny;
	/** To continue "is not possible in". */
	words: string;
	/** How long it lasts, to continue the words. */
	lasts: string;
}

const KINDS: Readonly<Record<SceneKind, Kind>> = {
	avatar: { schema: avatar, words: 'a scene with an avatar', lasts: 'lasts as long as what is said' },
	speakingImage: { schema: speakingImage, words: 'a scene with an image that speaks', lasts: 'lasts as long as what is said' },
	image: { schema: stillImage, words: 'a scene with a still image', lasts: '' },
	video: { schema: clip, words: 'a scene with a clip', lasts: 'lasts as long as the clip' },
};

/** Checks a scene in any form, and brings it into the API's form. */
export const studioScene = z.unknown().transform((given, context) => {
	const refuse = (message: string, ...path: string[]) => {
		context.addIssue({ code: z.ZodIssueCode.custom, path, message, fatal: true });
		return z.NEVER;
	};
	const { value: scene, problem } = readScene(given);
	if (scene === undefined) return refuse(problem ?? 'is empty');
	const kind = SCENE_KINDS.find((one) => one === scene.type);
	if (kind === undefined) {
		const inner = isPlainObject(scene.input) ? (scene.input as FlatScene).type : undefined;
		if (inner !== undefined) return refuse(`in "input" ${refusedReading('one of avatar, image', inner).problem}`, 'type');
		const kinds = `one of ${SCENE_KINDS.join(', ')}`;
		return refuse(isNothing(scene.type) ? `is empty: it is ${kinds}` : refusedReading(kinds, scene.type).problem, 'type');
	}
	const fields = SCENE_FIELDS[kind];
	const unknown = omit(scene, ['type', 'input', ...KNOWN_FIELDS]);
	const [foreign] = Object.keys(scene).filter((name) => KNOWN_FIELDS.has(name) && !fields.includes(name) && !isIdle(scene[name]));
	if (foreign !== undefined) return refuse(notPossible(foreign, KINDS[kind]), foreign);
	const read = KINDS[kind].schema.safeParse(pick(scene, fields));
	if (read.success) return inApiForm(kind, read.data as FlatScene, scene.input, unknown);
	for (const issue of read.error.issues) context.addIssue({ ...issue, message: withHint(issue.message, { ...unknown, ...asRecord(scene.input) }) });
	return z.NEVER;
});

/** What says nothing in a scene of another kind, as models fill in all fields for all scenes: no seconds, not muted. */
function isIdle(value: unknown): boolean {
	if (isPlainObject(value)) return Object.values(value as object).every(isIdle);
	return value === 0 || value === '0' || value === false || value === 'false';
}

function notPossible(field: string, { words, lasts }: Kind): string {
	return `is not possible in ${words}${field === 'duration' ? `, which ${lasts}` : ''}`;
}

/** Where something is missing, a field that nobody knows may be the one that was meant. */
function withHint(message: string, unknown: object): string {
	const names = Object.keys(unknown);
	if (names.length === 0 || !message.startsWith('is empty')) return message;
	return `${message}. Is ${names.map(shown).join(' or ')} meant, ${names.length === 1 ? 'which is no field' : 'which are no fields'} of HeyGen's that the node knows?`;
}

/** Unknown fields go where they came from; those of a flat record go to the others. */
function inApiForm(kind: SceneKind, { image, video, ...fields }: FlatScene, input: unknown, unknown: FlatScene): object {
	if (kind === 'image') return { type: 'image', source: image, ...fields, ...withInput(input), ...unknown };
	if (kind === 'video') return { type: 'video', source: video, ...fields, ...withInput(input), ...unknown };
	const speaker = kind === 'avatar' ? { type: 'avatar', ...fields } : { type: 'image', image, ...fields };
	if (input === undefined) return { type: 'avatar_video', input: { ...speaker, ...unknown } };
	return { type: 'avatar_video', input: { ...speaker, ...(input as object) }, ...unknown };
}

function withInput(input: unknown): object {
	return input === undefined ? {} : { input };
}
