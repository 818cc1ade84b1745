import isEqual from 'lodash/isEqual';
import isPlainObject from 'lodash/isPlainObject';
import omit from 'lodash/omit';
import snakeCase from 'lodash/snakeCase';

import { FileToUpload } from '../fileUses';
import { asRecord } from '../records';
import { readJson } from '../values/jsonRecord';
import { jsonIn } from '../values/lists';
import { readChoice } from '../values/plain';
import { isNothing, NOTHING, refusedReading, type Reading } from '../values/reading';
import { shown, trimBlank } from '../values/text';
import { unwrapped, Verbatim } from '../values/verbatim';

/**
 * Scenes of a studio video in the forms in which people and models hand them over: rows, the API's own form, and flat
 * records. All become one form, a record whose `type` is the kind of scene and whose fields are in no record of their own.
 */

/** Kinds of scenes; HeyGen calls the first two `avatar_video`. */
export const SCENE_KINDS = ['avatar', 'speakingImage', 'image', 'video'] as const;

/** Names a kind of scene. */
export type SceneKind = (typeof SCENE_KINDS)[number];

/** What is said in a scene, and by whom. */
const SPOKEN = ['script', 'audio_url', 'audio_asset_id', 'voice_id', 'voice_settings'] as const;

/**
 * The fields of each kind. A clip's `audio_asset_id` is in newer documents of HeyGen's only (API reference, section `type:
 * "studio"`).
 */
export const SCENE_FIELDS: Readonly<Record<SceneKind, readonly string[]>> = {
	avatar: ['avatar_id', ...SPOKEN, 'engine', 'expressiveness', 'motion_prompt', 'background'],
	speakingImage: ['image', ...SPOKEN, 'expressiveness', 'motion_prompt'],
	image: ['image', ...SPOKEN, 'duration'],
	video: ['video', 'playback', 'audio_asset_id'],
};

/** All of them. */
export const KNOWN_FIELDS: ReadonlySet<string> = new Set(Object.values(SCENE_FIELDS).flat());

/** A scene in one form. Fields that HeyGen has added stay: beside `input` when the scene came with one, else within it. */
export type FlatScene = Record<string, unknown>;

/** The binary fields of the item that a scene is of. */
export interface SceneFiles {
	has(name: string): boolean;
	/** Makes a file of what names a binary field, for the field of the scene that it is in. */
	fileOf(source: unknown, field: string): FileToUpload;
}

/** Wrappers in which lists come: n8n's items, HeyGen's and other envelopes, what AI agents put out. */
const WRAPPERS = ['json', 'data', 'output', 'body'];

/** Records within records, or JSON texts within JSON texts, in which a list is looked for. */
const DEPTH_MAX = 5;

const A_LIST = 'a list of scenes, or a record with such a list in "scenes"';

/**
 * A list of scenes: a list, a record with one in `scenes`, one scene, or JSON text of these.
 *
 * @param given as the parameter has it
 * @returns the scenes, not yet read; nothing for a list of none
 */
export function readSceneList(given: unknown): Reading<unknown[]> {
	// Lists of rows may hold files already; what is somebody's JSON is copied, with a word about what breaks it.
	const isJson = typeof given === 'string' || given instanceof Verbatim;
	const { value, problem } = isJson ? readJson(unwrapped(given)) : { value: given };
	return problem === undefined ? listIn(value, 0) : { problem };
}

function listIn(given: unknown, depth: number): Reading<unknown[]> {
	if (isNothing(given)) return NOTHING;
	if (Array.isArray(given)) {
		const [only, ...others] = given as unknown[];
		const isWrapped = others.length === 0 && depth <= DEPTH_MAX && (Array.isArray(only) || isWrapper(only));
		if (isWrapped) return listIn(only, depth + 1);
		return given.length === 0 ? NOTHING : { value: given };
	}
	const record = typeof given === 'string' ? jsonIn(given) : given;
	if (Array.isArray(record)) return listIn(record, depth);
	if (!isPlainObject(record) || depth > DEPTH_MAX) return refusedReading(A_LIST, given);
	const fields = record as Record<string, unknown>;
	if ('scenes' in fields) {
		const others = Object.keys(fields).filter((name) => isOfRequest(name, fields));
		if (others.length === 0) return listIn(fields.scenes, depth + 1);
		return { problem: `holds a whole request, of which only the scenes belong here: give ${others.map(shown).join(', ')} among the options` };
	}
	if ('type' in fields || 'input' in fields || kindOf(fields) !== undefined) return { value: [fields] };
	const wrapper = WRAPPERS.find((name) => isPlainObject(fields[name]) || Array.isArray(fields[name]) || typeof fields[name] === 'string');
	return wrapper === undefined ? refusedReading(A_LIST, given) : listIn(fields[wrapper], depth + 1);
}

/** A record that is no scene, but has scenes somewhere in it. */
function isWrapper(given: unknown): boolean {
	if (!isPlainObject(given)) return false;
	const fields = given as FlatScene;
	if ('scenes' in fields) return true;
	const inner = WRAPPERS.map((name) => fields[name]).find((value) => isPlainObject(value) || Array.isArray(value));
	return kindOf(fields) === undefined && !('type' in fields) && (Array.isArray(inner) || isWrapper(inner));
}

/**
 * Fields beside the scenes that say how the video is to be (contract of `type: studio`). A title may be that of an item
 * which has scenes among others.
 */
const OF_REQUEST: ReadonlySet<string> = new Set(['aspect_ratio', 'resolution', 'output_format', 'watermark', 'callback_id', 'callback_url']);

/** Whether a field beside the scenes says something of the video: in what says itself that it is a request, every field does. */
function isOfRequest(name: string, { type, [name]: value }: FlatScene): boolean {
	if (name === 'scenes' || name === 'type' || isNothing(value)) return false;
	// The caption of a post is text.
	return type === 'studio' || OF_REQUEST.has(snakeCase(name)) || (name === 'caption' && isPlainObject(value));
}

const A_SCENE = 'a scene, such as {"type": "avatar", "avatar_id": "…", "script": "…"}';

/** Other names of kinds: HeyGen's, those of the editor, and what people call a film in a film. */
const KIND_NAMES = ['Avatar', 'Image That Speaks', 'Still Image', 'Clip'];

/**
 * Brings a scene into the one form.
 *
 * @param given a row, a record in the API's form, a flat one, or JSON text of one
 * @param files those of the item, which `{"type": "binary", "name": "data"}` and the name alone stand for; without them
 *   both stay as they are
 * @returns a record whose `type` is a kind, or what was given for it where that is none
 */
export function readScene(given: unknown, files?: SceneFiles): Reading<FlatScene> {
	const parsed = typeof given === 'string' ? jsonIn(given) : given;
	const item = isPlainObject(parsed) ? (parsed as FlatScene) : undefined;
	const outer = item !== undefined && isPlainObject(item.json) && !('type' in item) ? (item.json as FlatScene) : item;
	if (outer === undefined) return refusedReading(A_SCENE, given);
	// Models write JSON within JSON.
	const input = typeof outer.input === 'string' ? jsonIn(outer.input) : undefined;
	const record = isPlainObject(input) ? { ...outer, input } : outer;
	const kind = kindOf(record);
	if (kind === undefined) return { value: record };
	const scene = new OneForm(kind, files);
	const hasInput = isPlainObject(record.input) && (kind === 'avatar' || kind === 'speakingImage');
	const added = scene.take(omit(record, hasInput ? ['type', 'input'] : ['type']));
	// Who writes HeyGen's own form means HeyGen's own names.
	const addedInside = scene.take(hasInput ? omit(record.input as FlatScene, 'type') : {}, { byOtherNames: false });
	if (scene.problem !== undefined) return { problem: scene.problem };
	const isApart = hasInput && Object.keys({ ...added, ...addedInside }).length > 0;
	return { value: { ...added, ...(isApart ? { input: addedInside } : {}), ...scene.fields, type: kind } };
}

/** The kind that a scene is: by its `type`, or where it has none, by a field that no other kind has. */
function kindOf({ type, input, ...fields }: FlatScene): SceneKind | undefined {
	const inner = asRecord(input);
	const names = Object.keys({ ...fields, ...inner }).map((name) => snakeCase(name));
	const isSpeaker = !isNothing(type) && readChoice(type, ['avatar_video']).value !== undefined;
	if (isNothing(type) || isSpeaker) {
		const speaker = readChoice(inner.type, ['avatar', 'image']);
		if (speaker.problem !== undefined) return undefined;
		if (speaker.value === 'image') return 'speakingImage';
		if (speaker.value === 'avatar' || names.some((name) => (OTHER_NAMES[name] ?? name) === 'avatar_id')) return 'avatar';
		if (isSpeaker) return names.some((name) => name.startsWith('image')) ? 'speakingImage' : 'avatar';
		return names.some((name) => OF_CLIPS.test(name)) ? 'video' : undefined;
	}
	if (readChoice(type, ['clip']).value !== undefined) return 'video';
	return readChoice(type, SCENE_KINDS, KIND_NAMES).value;
}

/** Names of HeyGen's former API and of people's own sheets for fields of a scene. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
	avatar: 'avatar_id',
	look_id: 'avatar_id',
	input_text: 'script',
	text: 'script',
	voice: 'voice_id',
};

/** Fields that clips alone have. */
const OF_CLIPS = /^(playback|video(_url|_asset_id)?)$/;

/** A file of a scene, by its name or by what it is: "source_url". */
const FILE_FIELD = /^(image|video|source)(_url|_asset_id)?$/;

/** The fields of one scene in the one form, as they come in. */
class OneForm {
	readonly fields: FlatScene = {};
	/** The first thing that is wrong. */
	problem: string | undefined;

	constructor(
		private readonly kind: SceneKind,
		private readonly files: SceneFiles | undefined,
	) {}

	/**
	 * Takes the fields of a record.
	 *
	 * @param record the fields
	 * @param naming whether other names than HeyGen's are taken
	 * @returns those that nobody knows
	 */
	take(record: FlatScene, { byOtherNames = true } = {}): FlatScene {
		const unknown: FlatScene = {};
		const names = new Set(Object.keys(record).map((name) => snakeCase(name)));
		for (const [given, value] of Object.entries(record)) {
			// Rows and programs write avatarId for avatar_id.
			const name = snakeCase(given);
			if (!this.takeField(byOtherNames ? this.meantBy(name, names) : name, value)) unknown[given] = value;
		}
		return unknown;
	}

	/** The field that another name stands for, where the scene has none by its own name. */
	private meantBy(name: string, names: ReadonlySet<string>): string {
		// Of a clip or an image these are the file; in other scenes nobody knows whose they are.
		if ((name === 'url' || name === 'asset_id') && (this.kind === 'image' || this.kind === 'video')) return `source_${name}`;
		const meant = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined;
		return meant === undefined || names.has(meant) || !SCENE_FIELDS[this.kind].includes(meant) ? name : meant;
	}

	private takeField(name: string, value: unknown): boolean {
		const [, file, suffix] = FILE_FIELD.exec(name) ?? [];
		if (file !== undefined) this.takeFile(file, suffix, value);
		else if (name === 'audio' || name === 'audio_url') this.takeAudio(name, value);
		else if (name === 'audio_asset_id') this.put(name, this.binaryIn(value, 'audio') ?? value);
		else if (name === 'engine') this.put(name, typeof value === 'string' && jsonIn(value) === undefined ? { type: value } : value);
		else if (name === 'reference_look_id') this.put('engine', { [name]: value });
		else if (name === 'background') this.put(name, colorIn(value));
		else if (name === 'background_color') this.put('background', { color: value });
		else if (name === 'mute' || name === 'volume') this.put('playback', { [name]: value });
		else if (KNOWN_FIELDS.has(name)) this.put(name, value);
		else return false;
		return true;
	}

	/** What a scene shows is its `source` to HeyGen, and its image or its video to the editor. */
	private takeFile(file: string, suffix: string | undefined, value: unknown): void {
		const field = file === 'source' ? (this.kind === 'video' ? 'video' : 'image') : file;
		const within = suffix === undefined || isPlainObject(value) ? value : { [suffix.slice(1)]: value };
		this.put(field, this.fileIn(within, field));
	}

	private takeAudio(name: string, value: unknown): void {
		const isFile = name === 'audio' || isPlainObject(value) || value instanceof FileToUpload;
		const file = isFile ? this.fileIn(value, 'audio') : undefined;
		const { url, asset_id: id, file: upload } = asRecord(file);
		const asset = upload ?? id;
		if (asset === undefined) this.put('audio_url', url ?? value);
		else this.put('audio_asset_id', asset);
	}

	/** A file as `assetInput` takes it, or whatever was given in place of one. */
	private fileIn(given: unknown, field: string): unknown {
		const upload = given instanceof FileToUpload ? given : this.binaryIn(given, field);
		if (upload !== undefined) return { file: upload };
		if (typeof given === 'string') {
			const text = trimBlank(given);
			const parsed = jsonIn(text);
			if (parsed !== undefined) return this.fileIn(parsed, field);
			if (this.files?.has(text) === true) return { file: this.files.fileOf(text, field) };
			// No ID has a colon or a slash in it.
			return text === '' ? undefined : { [/[:/]/.test(text) ? 'url' : 'asset_id']: text };
		}
		if (!isPlainObject(given)) return given;
		const { type, url, asset_id: id, media_type: mediaType, data } = given as FlatScene;
		if (type === 'base64') return { url: `data:${String(mediaType)};base64,${String(data)}` };
		// A record of an asset has its address as well.
		if (!isNothing(id) && (type !== 'url' || isNothing(url))) return { asset_id: id };
		return isNothing(url) ? given : { url };
	}

	private binaryIn(given: unknown, field: string): FileToUpload | undefined {
		if (!isPlainObject(given) || (given as FlatScene).type !== 'binary') return undefined;
		const { name } = given as FlatScene;
		if (isNothing(name)) this.problem ??= `has in ${shown(field)} no name of a binary field: {"type": "binary", "name": "data"} is the file in the field "data"`;
		return this.files?.fileOf(name, field);
	}

	/** Parts of a record may come one by one; another value for the same is not for the node to choose. */
	private put(field: string, given: unknown): void {
		const value = filled(typeof given === 'string' && RECORDS.has(field) ? (jsonIn(given) ?? given) : given);
		if (value === undefined) return;
		const before = this.fields[field];
		if (RECORDS.has(field) && isPlainObject(before) && isPlainObject(value)) {
			this.fields[field] = { ...(before as FlatScene), ...(value as FlatScene) };
			const differs = Object.entries(value as FlatScene).some(([name, part]) => name in (before as FlatScene) && !isEqual((before as FlatScene)[name], part));
			if (!differs) return;
		} else if (before === undefined || isEqual(before, value)) {
			this.fields[field] = value;
			return;
		}
		this.problem ??= `has two values for ${shown(field)}: ${shown(before)} and ${shown(value)}`;
	}
}

/** Fields that are records. */
const RECORDS: ReadonlySet<string> = new Set(['voice_settings', 'engine', 'background', 'playback']);

/** HeyGen calls the color of a scene `color`, and that of an avatar video `value`. */
function colorIn(given: unknown): unknown {
	if (typeof given === 'string') return jsonIn(given) === undefined ? { color: given } : colorIn(jsonIn(given));
	if (!isPlainObject(given)) return given;
	const { type, color, value, ...others } = given as FlatScene;
	const isColor = (isNothing(type) || type === 'color') && Object.keys(filled(others) ?? {}).length === 0;
	return isColor ? { color: color ?? value } : given;
}

/** A value without what is empty in it, as models fill in fields that they have nothing for. */
function filled(value: unknown): unknown {
	if (isNothing(value)) return undefined;
	if (!isPlainObject(value)) return value;
	const kept = Object.entries(value as FlatScene).flatMap(([name, part]) => {
		const inner = filled(part);
		return inner === undefined ? [] : [[name, inner] as const];
	});
	return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
