/** HeyGen's rules across fields of a video body, which a JSON Schema cannot say. */
import type { AssetStore } from '../assets/asset-store';
import { type AssetUse, findUnusableUse, useOfInput } from '../assets/asset-uses';
import type { LookNow } from '../avatars/avatar';
import { ApiError, type Violation } from '../server/errors';
import { asText, type Fields } from '../server/fields';
import { textsAmong } from '../jobs/markers';
import type { AccountVoice } from '../voices/account-voice';
import { checkCinematic } from './cinematic';

/** A place in a video body that speaks or shows an avatar: the body itself, or one scene of a studio video. */
interface Part {
	/** Field path in front of the part's own fields: empty, or ending in a dot. */
	prefix: string;
	fields: Fields;
	/** A still image scene may be silent for a given duration. */
	mayBeSilent: boolean;
}

const VOICE_ENGINES: readonly string[] = ['starfish', 'elevenlabs', 'fish'];
const AUDIO_FIELDS = ['script', 'audio_url', 'audio_asset_id'] as const;

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
const asFields = (value: unknown): Fields | null =>
	typeof value === 'object' && value !== null ? (value as Fields) : null;

function scenePart(scene: Fields, prefix: string): Part[] {
	const input = asFields(scene.input);
	if (scene.type === 'avatar_video' && input) {
		return [{ prefix: `${prefix}input.`, fields: input, mayBeSilent: false }];
	}
	return scene.type === 'image' ? [{ prefix, fields: scene, mayBeSilent: true }] : [];
}

function partsOf(body: Fields, prefix: string): Part[] {
	if (body.type === 'avatar' || body.type === 'image') {
		return [{ prefix, fields: body, mayBeSilent: false }];
	}
	const scenes = Array.isArray(body.scenes) ? body.scenes : [];
	return scenes.flatMap((scene, index) =>
		scenePart(asFields(scene) ?? {}, `${prefix}scenes[${index}].`),
	);
}

function checkAudio({ prefix, fields, mayBeSilent }: Part): Violation[] {
	const given = AUDIO_FIELDS.filter((name) => isGiven(fields[name]));
	const silent = mayBeSilent && isGiven(fields.duration);
	if (given.length + (silent ? 1 : 0) === 1) return [];
	const choice = mayBeSilent ? [...AUDIO_FIELDS, 'duration'] : AUDIO_FIELDS;
	const param = `${prefix}${given[1] ?? 'script'}`;
	return [{ param, message: `exactly one of ${choice.join(', ')} must be given` }];
}

function checkVoiceGiven({ prefix, fields }: Part, look: LookNow | null): Violation[] {
	if (!isGiven(fields.script) || isGiven(fields.voice_id) || look?.defaultVoiceId) return [];
	// The default voice of a look that is unknown, or not ready, cannot be known.
	if (isGiven(fields.avatar_id) && !look) return [];
	return [{ param: `${prefix}voice_id`, message: 'voice_id is required with script' }];
}

function checkVoiceEngine({ prefix, fields }: Part, voice: AccountVoice | null): Violation[] {
	const settings = asFields(asFields(fields.voice_settings)?.engine_settings);
	const engine = asText(settings?.engine_type);
	// An engine that no voice runs on yet is one that came after this catalogue.
	if (!voice || engine === null || !VOICE_ENGINES.includes(engine) || voice.engines.includes(engine)) return [];
	const param = `${prefix}voice_settings.engine_settings.engine_type`;
	return [{ param, message: `voice ${voice.id} does not run on ${engine}` }];
}

function checkEngine({ prefix, fields }: Part, look: LookNow | null): Violation[] {
	if (fields.avatar_id === undefined) return [];
	const engine = asText(asFields(fields.engine)?.type) ?? 'avatar_iv';
	const refuse = (name: string, why: string): Violation[] =>
		isGiven(fields[name])
			? [{ param: `${prefix}${name}`, message: `${name} is not supported ${why}` }]
			: [];
	if (look && !look.engines.includes(engine)) {
		const supported = look.engines.join(', ');
		const message = `look ${look.id} supports ${supported}, not ${engine}`;
		return [{ param: `${prefix}engine.type`, message }];
	}
	if (engine === 'avatar_v') return refuse('expressiveness', 'by avatar_v');
	if (engine === 'avatar_iii') {
		return [...refuse('motion_prompt', 'by avatar_iii'), ...refuse('expressiveness', 'by avatar_iii')];
	}
	if (!look || look.avatarType === 'photo_avatar') return [];
	const why = 'for video looks on avatar_iv';
	return [...refuse('motion_prompt', why), ...refuse('expressiveness', why)];
}

function checkBackground(body: Fields, prefix: string): Violation[] {
	const background = asFields(body.background);
	if (!background) return [];
	if (body.output_format === 'webm') {
		return [{ param: `${prefix}background`, message: 'background cannot be used with webm' }];
	}
	if (background.type === 'color' && !/^#[0-9A-Fa-f]{6}$/.test(asText(background.value) ?? '')) {
		return [{ param: `${prefix}background.value`, message: 'value must be a color like #1A2B3C' }];
	}
	if (background.type === 'image' && isGiven(background.url) === isGiven(background.asset_id)) {
		const message = 'exactly one of url and asset_id must be given';
		return [{ param: `${prefix}background.url`, message }];
	}
	return [];
}

/** Finds the looks and voices that a body may name, as they are at the moment. */
export interface Cast {
	lookOf: (id: string) => LookNow | undefined;
	voiceOf: (id: string) => AccountVoice | undefined;
}

/** What the rules depend on. */
export interface RuleContext {
	/** Rules about looks and voices that are unknown, or not ready, are left out. */
	cast: Cast;
	/** Tell what kind of file a reference is. */
	assets: AssetStore;
	/** Unix milliseconds. */
	now: number;
	/** Whether engines may do what they could not when the contract was written. */
	open: boolean;
}

/** A look that can be used, or null: others are refused for that, and not for what they lack. */
function usableLook(cast: Cast, id: unknown): LookNow | null {
	const look = cast.lookOf(asText(id) ?? '');
	return look?.stage === 'usable' ? look : null;
}

/**
 * Checks a video body that already fits the contract, or is taken as if it did.
 * @param body one of the kinds of video request.
 * @param prefix field path in front of the body, e.g. `videos[3].`.
 */
export function checkVideoRules(body: Fields, context: RuleContext, prefix = ''): Violation[] {
	const { cast, assets, now, open } = context;
	if (body.type === 'cinematic_avatar') return checkCinematic(body, assets, now, prefix);
	const violations = partsOf(body, prefix).flatMap((part) => {
		const look = usableLook(cast, part.fields.avatar_id);
		const voice = cast.voiceOf(asText(part.fields.voice_id) ?? '') ?? null;
		return [
			...checkAudio(part),
			...checkVoiceGiven(part, look),
			...checkVoiceEngine(part, voice),
			...(open ? [] : checkEngine(part, look)),
		];
	});
	return body.type === 'studio' ? violations : [...violations, ...checkBackground(body, prefix)];
}

function lookProblem(look: LookNow | undefined, id: string, param: string): ApiError | null {
	if (!look || look.stage === 'training') {
		return new ApiError(404, 'avatar_not_found', `Avatar ${id} not found`, { param });
	}
	if (look.stage === 'unconsented') {
		return new ApiError(400, 'avatar_consent_required', `Avatar ${id} has no consent yet`, { param });
	}
	if (look.stage === 'usable') return null;
	return new ApiError(400, 'avatar_not_usable', `The training of avatar ${id} has failed`, { param });
}

function voiceProblem(voice: AccountVoice | undefined, id: string, param: string): ApiError | null {
	if (!voice) return new ApiError(404, 'voice_not_found', `Voice ${id} not found`, { param });
	return voice.isReady ? null : new ApiError(400, 'voice_unavailable', `Voice ${id} is not ready`, { param });
}

/**
 * The first avatar or voice of a video body that cannot be used.
 * @returns 404 `avatar_not_found` or `voice_not_found`, 400 `avatar_consent_required`, `avatar_not_usable` or
 * `voice_unavailable`, or null.
 */
export function findUnusableId(body: Fields, cast: Cast): ApiError | null {
	const shown = body.type === 'cinematic_avatar' ? body.avatar_id : [];
	const avatars = (Array.isArray(shown) ? shown : []).map((id, index) => ({
		id: String(id),
		param: `avatar_id[${index}]`,
	}));
	const voices: typeof avatars = [];
	for (const { prefix, fields } of partsOf(body, '')) {
		const [avatarId, voiceId] = [asText(fields.avatar_id), asText(fields.voice_id)];
		if (avatarId !== null) avatars.push({ id: avatarId, param: `${prefix}avatar_id` });
		if (voiceId !== null) voices.push({ id: voiceId, param: `${prefix}voice_id` });
	}
	for (const { id, param } of avatars) {
		const problem = lookProblem(cast.lookOf(id), id, param);
		if (problem) return problem;
	}
	for (const { id, param } of voices) {
		const problem = voiceProblem(cast.voiceOf(id), id, param);
		if (problem) return problem;
	}
	return null;
}

/** The pictures and films that the parts of a video show. */
function shownAssets(body: Fields): AssetUse[] {
	if (body.type === 'image') return [useOfInput(body.image, ['image'], 'image')];
	const scenes = Array.isArray(body.scenes) ? body.scenes : [];
	return scenes.flatMap((entry, index) => {
		const scene = asFields(entry) ?? {};
		const kind = scene.type === 'video' ? 'video' : 'image';
		const input = useOfInput(asFields(scene.input)?.image, ['image'], `scenes[${index}].input.image`);
		return [useOfInput(scene.source, [kind], `scenes[${index}].source`), input];
	});
}

function assetUses(body: Fields): AssetUse[] {
	const uses = partsOf(body, '').flatMap(({ prefix, fields }): AssetUse[] => [
		{ id: fields.audio_asset_id, kinds: ['audio'], param: `${prefix}audio_asset_id` },
		{ id: asFields(fields.background)?.asset_id, kinds: ['image'], param: `${prefix}background.asset_id` },
	]);
	const references = Array.isArray(body.references) ? body.references : [];
	return [
		...uses,
		...shownAssets(body),
		...references.map((input, index) => useOfInput(input, ['image', 'video'], `references[${index}]`)),
		useOfInput(asFields(body.watermark)?.image, ['image'], 'watermark.image'),
	];
}

/**
 * The first asset of a video body that cannot be used.
 * @param now Unix milliseconds.
 * @returns 404 `asset_not_found`, 400 `invalid_parameter` for an asset of another kind, or null.
 */
export function findUnusableAsset(body: Fields, assets: AssetStore, now: number): ApiError | null {
	return findUnusableUse(assetUses(body), assets, now);
}

/** All texts of a video body in which a sandbox marker such as `[fail]` may stand. */
export function textsOf(body: Fields): string[] {
	const parts = partsOf(body, '');
	// A kind of video that is not known may have a script all the same.
	const scripts = parts.length > 0 ? parts.map(({ fields }) => fields.script) : [body.script];
	return textsAmong([body.title, body.prompt, ...scripts]);
}
