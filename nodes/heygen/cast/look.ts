import { reasonIn } from '../reasons';
import { firstText, idIn } from '../records';
import { AVATAR_ENGINES } from '../schemas/avatarVideo';
import { listInWords, shown } from '../values/text';
import type { Findings, Refusal } from './findings';
import type { Appearance } from './parts';

/**
 * What a look's record says about a video in which it is to appear (API reference, sections `type: "avatar"` and Avatars).
 * The record is the truth about engines. What it does not say is for HeyGen to decide.
 */

type Look = Record<string, unknown>;

/** What the editor calls the engines that are known. */
const ENGINE_NAMES: Readonly<Record<string, string>> = { avatar_iii: 'Avatar III', avatar_iv: 'Avatar IV', avatar_v: 'Avatar V' };

/** The engine that HeyGen takes when none is named. */
const DEFAULT_ENGINE = 'avatar_iv';

const VIDEO_LOOKS = ['digital_twin', 'studio_avatar'];

/** Fields in which HeyGen has been seen to say, or may come to say, whether a video look can be cut out. */
const MATTING_FIELDS = ['support_matting', 'supports_matting', 'matting', 'has_matting'];

/**
 * Checks whether a look can appear as it is asked to.
 *
 * @param look its record
 * @param appearance what is asked of it
 */
export function findingsOfLook(look: Look, appearance: Appearance): Findings {
	const unfit = unusable(look);
	if (appearance.isAlone === true) {
		const alone = unfit ?? strange(look, appearance);
		return { ...(alone === undefined ? {} : { refusal: alone }), hints: [] };
	}
	const refusal = unfit ?? wrongEngine(look, appearance) ?? beyondLook(look, appearance) ?? voiceless(look, appearance);
	return { ...(refusal === undefined ? {} : { refusal }), hints: refusal === undefined ? hintsAbout(look, appearance) : [] };
}

/** "avatar_id must belong to avatar_group_id, else 400" (API reference, section Avatars). */
function strange(look: Look, { inGroup }: Appearance): Refusal | undefined {
	const group = firstText(look, ['group_id']);
	if (inGroup === undefined || group === undefined || group === inGroup) return undefined;
	return { field: 'avatar_id', problem: `is ${nameOf(look)}, which is no look of the chosen avatar group`, advice: 'Choose a look of that group, or leave one of the two out.' };
}

function nameOf(look: Look): string {
	return shown(firstText(look, ['name']) ?? idIn(look, ['look_id', 'avatar_id']) ?? '');
}

function wordOf(value: unknown): string {
	return typeof value === 'string' ? value.trim().toLowerCase() : '';
}

/** A look that is not there yet, or will never be. HeyGen's public looks have no status. */
function unusable(look: Look): Refusal | undefined {
	const refuse = (problem: string, advice: string) => ({ field: 'avatar_id', problem: `is ${nameOf(look)}, which ${problem}`, advice });
	const status = wordOf(look.status);
	if (status === 'processing') return refuse('HeyGen is still making', 'Run the item again when HeyGen says that the look is completed.');
	if (status === 'pending_consent') {
		return refuse('waits for the consent of the person it shows', "Let the person consent in HeyGen, with the link that HeyGen's page of the avatar has.");
	}
	if (status !== 'failed') return undefined;
	const { message } = reasonIn(look.error);
	return refuse(`HeyGen could not make${message === undefined ? '' : `: ${message}`}`, 'Choose another look, or make this one again.');
}

function enginesOf(look: Look): string[] {
	const engines = look.supported_api_engines;
	return Array.isArray(engines) ? engines.map(wordOf).filter((engine) => engine !== '') : [];
}

function engineName(engine: string): string {
	return ENGINE_NAMES[engine] ?? shown(engine);
}

function isKnownEngine(engine: string): boolean {
	return AVATAR_ENGINES.some((known) => known === engine);
}

/** "Avatar IV and Avatar V", or the same with "or". */
function inWords(engines: readonly string[], word: 'and' | 'or' = 'and'): string {
	return listInWords(engines.map(engineName), word);
}

/** The engine that moves the look; undefined where HeyGen may choose one that came later. */
function engineFor(look: Look, { engine }: Appearance): string | undefined {
	if (engine !== undefined) return wordOf(engine);
	return enginesOf(look).every(isKnownEngine) ? DEFAULT_ENGINE : undefined;
}

function wrongEngine(look: Look, appearance: Appearance): Refusal | undefined {
	const { engine } = appearance;
	const engines = enginesOf(look);
	const wanted = engineFor(look, appearance);
	if (engines.length === 0 || wanted === undefined || engines.includes(wanted)) return undefined;
	// Of an engine that came later, the record may not tell yet.
	if (!isKnownEngine(wanted)) return undefined;
	const chosen = engine === undefined ? `is not set, which means ${engineName(wanted)}` : `is ${engineName(wanted)}`;
	return {
		field: 'engine.type',
		problem: `${chosen}, but ${nameOf(look)} can only be moved by ${inWords(engines)}`,
		advice: `Choose ${inWords(engines, 'or')}, or another avatar.`,
	};
}

/** What not every look can do with an engine that is known. */
function beyondLook(look: Look, appearance: Appearance): Refusal | undefined {
	const { hasMotionPrompt, hasExpressiveness, resolution, isCutOut, isWebm } = appearance;
	const type = wordOf(look.avatar_type);
	const wanted = engineFor(look, appearance);
	const isVideoLook = VIDEO_LOOKS.includes(type);
	const refuse = (field: string, problem: string, advice: string) => ({ field, problem, advice });
	const remove = 'Remove the option, or choose a photo avatar.';
	if (isVideoLook && wanted === 'avatar_iv') {
		const only = `is only possible with a photo avatar where Avatar IV moves it, but ${nameOf(look)} was made from a video`;
		if (hasMotionPrompt) return refuse('motion_prompt', only, 'Remove the option, choose Avatar V, or choose a photo avatar.');
		if (hasExpressiveness) return refuse('expressiveness', only, remove);
	}
	if (type === 'photo_avatar' && wanted === 'avatar_iii' && wordOf(resolution) === '4k') {
		const problem = `is 4K, which Avatar III does not make of a photo avatar such as ${nameOf(look)}`;
		return { ...refuse('resolution', problem, 'Choose 1080p, or another engine.'), isOfVideo: true };
	}
	if (isVideoLook && isCutOut && MATTING_FIELDS.some((field) => look[field] === false)) {
		const field = isWebm ? 'output_format' : 'remove_background';
		const problem = `needs an avatar that can be cut out of its background, which ${nameOf(look)} cannot`;
		return { ...refuse(field, problem, 'Choose MP4 with its own background, or another avatar.'), isOfVideo: true };
	}
	return undefined;
}

/** A script that nobody speaks: neither a voice is chosen, nor has the look one of its own. */
function voiceless(look: Look, { script, voiceId }: Appearance): Refusal | undefined {
	if (script === undefined || voiceId !== undefined || !('default_voice_id' in look) || wordOf(look.default_voice_id) !== '') return undefined;
	return { field: 'voice_id', problem: `is empty, and ${nameOf(look)} has no voice of its own`, advice: 'Choose a voice that speaks the script.' };
}

const RATIO = /^(\d{1,4}):(\d{1,4})$/;

/** The shape of a video whose ratio is said, or left to HeyGen, which takes 16:9. */
function orientationOf(ratio = '16:9'): string | undefined {
	const [, width, height] = RATIO.exec(ratio) ?? [];
	if (width === undefined || height === undefined) return undefined;
	const difference = Number(width) - Number(height);
	return difference === 0 ? 'square' : difference > 0 ? 'landscape' : 'portrait';
}

const ORIENTATION_WORDS: Readonly<Record<string, string>> = { landscape: 'wide', portrait: 'upright', square: 'square' };

function hintsAbout(look: Look, { ratio, isCutOut, isWebm }: Appearance): string[] {
	const hints: string[] = [];
	const own = wordOf(look.preferred_orientation);
	const video = orientationOf(ratio);
	// A square picture of a wide one, or the other way round, loses little.
	if (video !== undefined && ORIENTATION_WORDS[own] !== undefined && own !== video && ![own, video].includes('square')) {
		hints.push(`The avatar ${nameOf(look)} is ${ORIENTATION_WORDS[own]}, but the video is ${ORIENTATION_WORDS[video]} (${ratio ?? '16:9'}), so it is cropped or gets edges`);
	}
	if (isCutOut && VIDEO_LOOKS.includes(wordOf(look.avatar_type)) && !MATTING_FIELDS.some((field) => field in look)) {
		const what = isWebm ? 'A video with a transparent background' : 'A removed background';
		hints.push(`${what} needs an avatar that can be cut out, and HeyGen does not say whether ${nameOf(look)} can`);
	}
	return hints;
}

/**
 * Checks whether a look can lend its way of moving to another one.
 *
 * @param reference the record of the look that lends it
 * @param look the record of the one that appears, where it is known
 * @param engine the one that is asked for: what one that came later can do is not known
 */
export function findingsOfReference(reference: Look, look: Look | undefined, engine?: string): Findings {
	if (engine !== undefined && !isKnownEngine(wordOf(engine))) return { hints: [] };
	const type = wordOf(reference.avatar_type);
	const field = 'engine.reference_look_id';
	const advice = 'Choose a look of the same person that was made from a video.';
	if (type !== '' && type !== 'digital_twin' && type !== 'instant_avatar') {
		return { hints: [], refusal: { field, problem: `is ${nameOf(reference)}, which is no digital twin`, advice } };
	}
	const [group, own] = [wordOf(reference.group_id), wordOf(look?.group_id)];
	if (group !== '' && own !== '' && group !== own) {
		return { hints: [], refusal: { field, problem: `is ${nameOf(reference)}, which is another person than the avatar`, advice } };
	}
	return { hints: [] };
}
