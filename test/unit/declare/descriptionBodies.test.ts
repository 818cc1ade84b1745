import get from 'lodash/get';
import cloneDeep from 'lodash/cloneDeep';
import type { IDataObject, INodeProperties, NodeParameterValue } from 'n8n-workflow';

import { sentFields } from '../../../nodes/declare/sentFields';
import { withoutEmpty } from '../../../nodes/engine/item/body';
import { checkBody } from '../../../nodes/engine/item/checkBody';
import { FilesToZip, FileToUpload, InlineFile, SubtitlesToUpload, UPLOAD } from '../../../nodes/heygen/fileUses';
import { validateAgainstContract } from '../../sandbox/server/contract';
import { BODY_SCHEMAS } from '../support/bodySchemas';
import { SCENES, sceneType } from '../support/scenes';
import {
	bodyPlace,
	choices,
	isFile,
	isRows,
	type Leaf,
	leaves,
	namesValue,
	type OperationCase,
	operationCases,
	sendOf,
} from '../support/walk';

/**
 * Every parameter that goes into a body, with every value it offers, makes a body that passes the operation's own
 * check and then the contract.
 */

/** What some fields need beside them. */
const COMPANIONS: Array<{ field: RegExp; of?: string; body: IDataObject }> = [
	{ field: /^engine\.reference_look_id$/, body: { engine: { type: 'avatar_v' } } },
	{ field: /^fps_mode$/, of: 'heyGenTranslation translation:create', body: { audio: { asset_id: 'asset_1' } } },
	{ field: /^srt_role$/, body: { srt: { asset_id: 'asset_1' } } },
	{ field: /^mode$/, of: 'heyGenVideo video:createFromPrompt', body: { image: { asset_id: 'asset_1' }, reference_images: [{ asset_id: 'asset_1' }] } },
	{ field: /^project\.all$/, body: { project: { fields: new FileToUpload('data', 'Project Binary Fields') as never } } },
	{ field: /^dimension\./, body: { dimension: { width: 1920, height: 1080 } } },
	{ field: /^subtitles\.(?!preset_name)/, body: { subtitles: { preset_name: 'classic' } } },
	{ field: /^watermark\.(?!image)/, body: { watermark: { image: { asset_id: 'asset_1' } } } },
];

/** What fields of a row need beside them, and what they exclude. */
const IN_ROWS: Array<{ field: RegExp; without?: string[]; body?: IDataObject }> = [
	{ field: /^audio_(url|asset_id)$/, without: ['script'] },
	{ field: /^image\.(url|asset_id|file)$/, without: ['image'] },
	{ field: /^video\.(url|asset_id|file)$/, without: ['video'] },
	{ field: /^engine\.reference_look_id$/, body: { engine: { type: 'avatar_v' } } },
];

/** The least that a row of a list needs. */
const ROWS: Record<string, IDataObject> = {
	files: { url: 'https://example.com/a.png' },
	further_avatars: { avatar_id: 'look_1' },
	reference_audio: { url: 'https://example.com/a.mp3' },
	reference_images: { url: 'https://example.com/a.png' },
	reference_videos: { url: 'https://example.com/a.mp4' },
	references: { url: 'https://example.com/a.png' },
	scenes: SCENES.avatar as IDataObject,
	terms: { term: 'Kubernetes', translation: 'Kubernetes' },
	// A value of every type.
	'variables.rows': { name: 'headline', value: '1' },
};

/** Lists that become a part of another one. */
const MERGED: Readonly<Record<string, string>> = { further_avatars: 'avatar_id', scenes_json: 'scenes' };

/** Values that HeyGen calls otherwise. */
const SENT_AS: Readonly<Record<string, string>> = { speakingImage: 'avatar_video' };

/** What JSON that is no record of free fields may be, and what it may not be. */
const JSON_EXAMPLES: Readonly<Record<string, unknown[]>> = { scenes_json: [JSON.stringify(Object.values(SCENES)), Object.values(SCENES)] };
const NO_JSON: Readonly<Record<string, unknown>> = { scenes_json: 7 };

/** Open lists that the contract has no list for. */
const UNLISTED: readonly string[] = ['heyGenSpeech voice:design gender', 'heyGenTranslation lipsync:create fps_mode'];

/**
 * Files that a body may do without, since they are one of several ways: only the operation knows which way is chosen, and
 * asks for the file before the check of the body (`checkFileGiven`).
 */
const ONE_OF_SEVERAL_WAYS: readonly string[] = ['heyGenAvatar avatar:requestConsent consent_video'];

/** Texts that are files: the engine reads them, after the check of the body. */
const READ_LATER: readonly string[] = ['srt.text'];

/** Lists whose rows hold one of their fields: a file has one source. */
const ONE_FIELD = /^(files|reference(s|_\w+))$/;

/** Choices that HeyGen has for parameters whose choices are loaded. */
const LOADED: Record<string, string[]> = { output_languages: ['Spanish (Spain)', 'French'], events: ['avatar_video.success', 'batch.finished'] };

/** A data URL, whose content goes into the request. */
const PNG_IN_URL = 'data:image/png;base64,iVBORw0KGgo=';

/** Addresses of files; a check looks at their ends. Those of pages and webhooks may end in anything. */
const ADDRESSES: Array<{ field: RegExp; of?: string; examples: string[] }> = [
	{ field: /^(scenes\.)?audio_url$/, examples: ['https://example.com/a.mp3', 'https://example.com/a.wav'] },
	{ field: /^project\.url$/, examples: ['https://example.com/a.zip', 'data:application/zip;base64,UEsFBg=='] },
	{ field: /^background\.url$/, examples: ['https://example.com/a.jpg', 'https://example.com/a.png'] },
	{ field: /^reference_videos\.url$/, examples: ['https://example.com/a.mp4', 'https://example.com/a.webm'] },
	{ field: /^reference_audio\.url$/, examples: ['https://example.com/a.mp3', 'https://example.com/a.wav'] },
	{
		field: /^(files|reference_images|references|image|watermark\.image)\.url$/,
		examples: ['https://example.com/a.jpg', 'https://example.com/a.png', PNG_IN_URL],
	},
	{ field: /^scenes\.image\.url$/, examples: ['https://example.com/a.jpg', PNG_IN_URL] },
	{ field: /^scenes\.video\.url$/, examples: ['https://example.com/a.mp4', 'https://example.com/a.webm'] },
	{ field: /^audio\.url$/, examples: ['https://example.com/a.mp3', 'https://example.com/a.wav'] },
	{ field: /^file\.url$/, of: 'heyGenAvatar avatar:createPhoto', examples: ['https://example.com/a.jpg', 'https://example.com/a.png', PNG_IN_URL] },
	{ field: /^(file|consent_video)\.url$/, examples: ['https://example.com/a.mp4', 'https://example.com/a.webm'] },
	{ field: /^srt\.url$/, examples: ['https://example.com/a.srt'] },
	{ field: /^video\.url$/, examples: ['https://example.com/a.mp4', 'https://example.com/a.mov', 'https://youtu.be/a1'] },
	{ field: /url$/, examples: ['https://example.com/'] },
];

/** What fields take that are neither free text nor a list. */
const WORDS: Record<string, unknown[]> = {
	input_language: ['en', 'pt-BR', 'German'],
	fps: [24],
	locale: ['en-GB', 'de', 'zh-Hant-TW'],
	'subtitles.font_size': ['48', 48],
	'subtitles.position.x': ['0.5', -3],
	'subtitles.position.y': ['0', 2.5],
};

function copy(data: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(data)) as IDataObject;
}

/** Puts a value at a dotted place, as declarative routing does. */
function put(body: IDataObject, dotted: string, value: unknown): void {
	const names = dotted.split('.');
	const last = names.pop() as string;
	let place = body;
	for (const name of names) place = (place[name] ??= {}) as IDataObject;
	place[last] = value as IDataObject[string];
}

/** Values a user could give a parameter of an operation. */
function examples({ title }: OperationCase, leaf: Leaf): unknown[] {
	const { property } = leaf;
	const { type, typeOptions } = property;
	const place = bodyPlace(leaf) ?? '';
	if (isRows(property)) return [[ROWS[place]]];
	// 'By Name' stands for the field beside the list, and is never sent.
	if (type === 'options') return choices(property).flatMap(({ value }) => (value === 'byName' ? [] : [value]));
	// Of choices that are loaded, the contract has some.
	if (type === 'multiOptions' && typeOptions?.loadOptionsMethod !== undefined) return [LOADED[place]];
	if (type === 'multiOptions') return [choices(property).map(({ value }) => value)];
	if (type === 'boolean') return [true, false];
	if (type === 'number') {
		const bounds = [typeOptions?.minValue, typeOptions?.maxValue].filter((bound) => bound !== undefined);
		return [property.default, ...bounds];
	}
	if (type === 'hidden' || type === 'color') return [property.default];
	if (type === 'resourceMapper') return [{ mappingMode: 'defineBelow', value: { headline: '' } }, { headline: 'Spring' }, '{"headline": null}'];
	if (type === 'json') return JSON_EXAMPLES[place] ?? ['{"headline": ""}', { headline: 'Spring' }];
	return WORDS[place] ?? ADDRESSES.find(({ field, of = title }) => of === title && field.test(place))?.examples ?? ['example_1'];
}

/** A value as the engine puts it into the body. */
function given(property: INodeProperties, value: unknown): unknown {
	return isFile(property) && value !== '' ? new FileToUpload(value, property.displayName) : value;
}

type Choices = Record<string, NodeParameterValue>;

/** The values of the parameters that decide which others are shown. */
function circumstances({ properties }: OperationCase, shown: INodeProperties): Choices {
	const values: Choices = {};
	for (const { name, default: value } of properties) values[name] = value as NodeParameterValue;
	for (const [name, wanted] of Object.entries(shown.displayOptions?.show ?? {})) {
		values[name] = wanted?.[0] as NodeParameterValue;
	}
	return values;
}

function isShown(property: INodeProperties, values: Choices): boolean {
	return Object.entries(property.displayOptions?.show ?? {}).every(
		([name, wanted]) => name === 'resource' || name === 'operation' || (wanted ?? []).includes(values[name] as never),
	);
}

/** The body with one parameter set to a value, and besides it only what is required then. */
function bodyWith(one: OperationCase, leaf: Leaf, value: unknown): IDataObject {
	const { property, rows } = leaf;
	const field = sendOf(property)?.property ?? '';
	const body = copy((one.option.routing?.request?.body ?? {}) as IDataObject);
	const values = circumstances(one, leaf.root);
	for (const other of one.properties) {
		const send = sendOf(other);
		if (send?.type === 'body' && other.required && isShown(other, values)) {
			put(body, send.property, given(other, examples(one, leaves(other)[0] as Leaf)[0]));
		}
	}
	// What decides that it is shown goes along.
	for (const name of Object.keys(leaf.root.displayOptions?.show ?? {})) {
		const send = sendOf(one.properties.find((other) => other.name === name) ?? leaf.root);
		if (send?.type === 'body' && name in values && name !== leaf.root.name) put(body, send.property, values[name]);
	}
	for (const companion of COMPANIONS) {
		if (rows !== undefined || !companion.field.test(field) || (companion.of ?? one.title) !== one.title) continue;
		for (const [name, entry] of Object.entries(cloneDeep(companion.body))) put(body, name, entry);
	}
	const list = rows === undefined ? '' : (sendOf(rows)?.property ?? '');
	const place = rows === undefined ? body : rowFor(list, leaf, value);
	// Hidden members of a group always go along.
	for (const member of leaf.group) {
		const send = sendOf(member);
		if (member.type === 'hidden' && send !== undefined) put(place, send.property, member.default);
	}
	put(place, field, given(property, value));
	if (rows !== undefined) put(body, list, [place]);
	return (withoutEmpty(body) ?? {}) as IDataObject;
}

/** A row of a list that has room for a field. */
function rowFor(list: string, leaf: Leaf, value: unknown): IDataObject {
	if (ONE_FIELD.test(list)) return {};
	const row = copy((list === 'scenes' ? SCENES[sceneType(leaf) ?? String(value)] : undefined) ?? ROWS[list] ?? {});
	for (const { field, without = [], body = {} } of IN_ROWS) {
		if (list !== 'scenes' || !field.test(sendOf(leaf.property)?.property ?? '')) continue;
		for (const name of without) delete row[name];
		Object.assign(row, cloneDeep(body));
	}
	return row;
}

/** The body as HeyGen gets it: the engine has uploaded its files by then. */
function afterUpload(value: unknown): unknown {
	if ([FileToUpload, FilesToZip, SubtitlesToUpload].some((kind) => value instanceof kind)) return 'asset_1';
	if (value instanceof InlineFile) return { type: 'base64', media_type: value.mediaType, data: value.data };
	if (Array.isArray(value)) return value.map(afterUpload);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, afterUpload(entry)]));
}

/** The files that wait in a body for their upload. */
function filesIn(value: unknown): FileToUpload[] {
	if (value instanceof FileToUpload) return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(filesIn) : [];
}

const withBody = operationCases.filter(({ option, properties }) => {
	const sends = properties.flatMap(leaves).some(({ property }) => sendOf(property)?.type === 'body');
	return sends || option.routing?.request?.body !== undefined;
});

it('knows the schema of every body', () => {
	expect(withBody.map(({ title }) => title).filter((title) => !(title in BODY_SCHEMAS))).toEqual([]);
	expect(Object.keys(BODY_SCHEMAS).filter((title) => !withBody.some((one) => one.title === title))).toEqual([]);
});

describe.each(withBody.map((one) => [one.title, one] as const))('%s', (title, one) => {
	const schema = BODY_SCHEMAS[title];
	const { names } = sentFields(one.properties, one.version);
	const { method, url } = one.option.routing?.request ?? {};
	const senders = one.properties.flatMap(leaves).filter(({ property }) => sendOf(property)?.type === 'body');
	const cases = senders.flatMap((leaf) => examples(one, leaf).map((value) => [leaf.path.join('.'), value, leaf] as const));

	it.each(cases)('%s = %j passes the check and the contract', (_name, value, leaf) => {
		const body = bodyWith(one, leaf, value);
		const sent = schema === undefined ? body : checkBody(schema, body, names);
		const violations = validateAgainstContract(String(method), String(url), { body: afterUpload(sent) });
		// A value that is in no list is none of the contract's either, and goes through.
		const places = violations.map(({ param }) => param);
		if (leaf.rows === undefined || !namesValue(leaf.property)) {
			const isRefused = namesValue(leaf.property) && !UNLISTED.includes(`${title} ${bodyPlace(leaf)}`);
			expect(places).toEqual(isRefused ? [bodyPlace(leaf)] : []);
		} else {
			expect(places).toEqual([expect.stringMatching(`\\[0\\].*${sendOf(leaf.property)?.property}$`)]);
		}
		if (leaf.rows === undefined && namesValue(leaf.property)) expect(get(sent, String(bodyPlace(leaf)))).toBe(value);
		// And it does arrive: a field that the check drops would be an option without effect.
		const [top] = (sendOf(leaf.property)?.property ?? '').split('.');
		const list = leaf.rows === undefined ? '' : (sendOf(leaf.rows)?.property ?? '');
		if (list === '') expect(sent).toHaveProperty([MERGED[top as string] ?? (top as string)]);
		// Rows that become a record are parts of its place.
		else if (list.includes('.')) expect(Object.keys(sent[list.split('.')[0] as string] as IDataObject)).toHaveLength(1);
		else expect(JSON.stringify(sent[MERGED[list] ?? list])).toContain(JSON.stringify(value === PNG_IN_URL ? 'iVBORw0KGgo=' : (SENT_AS[String(value)] ?? value)));
	});

	const checked = senders.filter((leaf) => !isFile(leaf.property) && !READ_LATER.includes(bodyPlace(leaf) ?? ''));

	it.each(checked.map((leaf) => [leaf.path.join('.'), leaf] as const))(
		'%s is called in messages as in the editor',
		(_name, leaf) => {
			if (schema === undefined || leaf.property.type === 'hidden') return;
			// An object is the wrong value for every single field, but one that holds a record.
			const isRecord = ['json', 'resourceMapper'].includes(leaf.property.type);
			const body = bodyWith(one, leaf, isRecord ? (NO_JSON[bodyPlace(leaf) ?? ''] ?? ['x']) : { nonsense: 'x' });
			let message = '';
			try {
				checkBody(schema, body, names);
			} catch (error) {
				message = (error as Error).message;
			}
			const named = /^'([^']+)'/.exec(message)?.[1]?.split(' → ').pop() ?? '';
			// A place goes by its list.
			expect(`${named}${namesValue(leaf.property) ? ' Name' : ''}`).toBe(leaf.property.displayName);
		},
	);

	it('calls files in messages as in the editor, and promises the formats that HeyGen takes', () => {
		for (const leaf of senders) {
			if (schema === undefined || !isFile(leaf.property)) continue;
			const all = filesIn(checkBody(schema, bodyWith(one, leaf, 'data'), names));
			// Another file may be required beside it.
			const files = all.filter(({ source }) => source === 'data');
			// The API's field says nothing of a file ("background.asset_id"): the parameter's own name travels with it.
			expect(files.map(({ parameter, source }) => [parameter, source])).toEqual([[leaf.property.displayName, 'data']]);
			const [{ use }] = files as [FileToUpload];
			// Of a file in a request HeyGen takes less than of an upload, and the schema has to say what.
			expect(use).not.toBe(UPLOAD);
			for (const { name, extensions } of use.formats) {
				const words = [name.split(' ')[0], ...extensions.map((extension) => extension.toUpperCase())];
				expect(words.filter((word) => leaf.property.description?.includes(word as string))).not.toEqual([]);
			}
		}
	});

	it('has no required parameter whose absence passes the check', () => {
		for (const property of one.properties) {
			const send = sendOf(property);
			if (schema === undefined || send?.type !== 'body' || property.required !== true) continue;
			if (ONE_OF_SEVERAL_WAYS.includes(`${title} ${send.property.split('.')[0]}`)) continue;
			const leaf = leaves(property)[0] as Leaf;
			const body = bodyWith(one, leaf, '');
			// Of fields that stand for one another, the message names the first.
			expect(() => checkBody(schema, body, names)).toThrow(/^'[^']+' is empty/);
		}
	});
});
