/** The templates of the sandbox account. HeyGen's contract leaves open what a variable looks like, so they look differently. */
import { Records } from '../server/records';
import type { Fields } from '../server/fields';

export interface SceneOfTemplate {
	id: string;
	/** What is spoken, with `{{name}}` in it; null: not told. */
	script: string | null;
	variables: Array<{ name: string; variable_type: string }>;
}

export interface Template {
	id: string;
	name: string;
	aspectRatio: string | null;
	/** Unix milliseconds. */
	createdAt: number;
	scenes: SceneOfTemplate[];
	/** By name, in the shape in which the request for a video takes them. */
	variables: Fields;
	deleted: boolean;
}

type Draft = Omit<Template, 'createdAt' | 'deleted' | 'scenes'> & { scenes: Array<[id: string, script: string | null, variables: Fields]> };

/** A variable in the form of HeyGen's older API. */
const legacy = (name: string, type: string, properties: Fields): Fields => ({ [name]: { name, type, properties } });

const drafts: readonly Draft[] = [
	{
		id: 'template_welcome',
		name: 'Welcome',
		aspectRatio: '16:9',
		variables: {
			...legacy('headline', 'text', { content: 'Welcome' }),
			...legacy('offer', 'text', { content: 'Ten percent off' }),
			...legacy('logo', 'image', { url: 'https://example.com/logo.png', asset_id: null, fit: 'contain' }),
			...legacy('clip', 'video', { asset_id: 'asset_clip_1', play_style: 'loop', fit: 'cover', volume: 0.5 }),
			...legacy('jingle', 'audio', { url: 'https://example.com/jingle.mp3' }),
			...legacy('speaker', 'voice', { voice_id: 'voice_ann_calm_001', locale: 'en-US' }),
			...legacy('host', 'character', { character_id: 'look_ann_office_01', type: 'avatar', scale: 1 }),
		},
		scenes: [
			['scene_hello', 'Hello and welcome. {{headline}}', { headline: 'text', logo: 'image', speaker: 'voice', host: 'character' }],
			['scene_offer', 'We have something for you. {{ offer }}', { offer: 'text', clip: 'video', jingle: 'audio', speaker: 'voice' }],
			['scene_bye', 'Good bye.', { logo: 'image', speaker: 'voice' }],
		],
	},
	{
		id: 'template_flat',
		name: 'Flat values',
		aspectRatio: '9:16',
		variables: {
			title: { type: 'text', content: 'Hi there' },
			picture: { type: 'image', asset_id: 'asset_picture_1', fit: 'cover' },
			voice: { voice_id: 'voice_ann_calm_001' },
			look: { avatar_id: 'look_ann_office_01' },
		},
		scenes: [['scene_1', '{{title}}', { title: 'text', picture: 'image', voice: 'voice', look: 'character' }]],
	},
	{
		id: 'template_union',
		name: 'Unions',
		aspectRatio: '1:1',
		variables: {
			caption: { type: 'text', value: 'Now' },
			photo: { type: 'url', url: 'https://example.com/photo.jpg' },
			film: { video: { type: 'asset_id', asset_id: 'asset_film_1' }, volume: 1 },
			sound: { type: 'audio', properties: { type: 'url', url: 'https://example.com/sound.mp3' } },
		},
		scenes: [['scene_1', '{{caption}}', { caption: 'TEXT', photo: 'Image', film: 'Video', sound: 'AUDIO' }]],
	},
	{
		id: 'template_plain',
		name: 'Plain texts',
		aspectRatio: null,
		variables: { name: 'Ada', city: 'London', portrait: 'asset_portrait_1' },
		scenes: [
			['scene_1', 'Hello {{name}}', { name: 'text' }],
			['scene_2', 'How is {{city}}?', { city: 'text', portrait: 'image' }],
		],
	},
	{
		id: 'template_empty',
		name: 'Without values',
		aspectRatio: '16:9',
		variables: { greeting: null, logo: null },
		scenes: [['scene_1', '{{greeting}}', { greeting: 'text', logo: 'image' }]],
	},
	{
		id: 'template_scenes_only',
		name: 'Told by scenes',
		aspectRatio: '4:5',
		variables: {},
		scenes: [['scene_1', '{{word}}', { word: 'text', tune: 'audio' }]],
	},
	{
		id: 'template_new_type',
		name: 'A new type',
		aspectRatio: 'cinema',
		variables: { word: { type: 'text', content: 'Hello' }, mood: { type: 'mood', properties: { level: 3 } }, chart: null },
		scenes: [['scene_1', '{{word}}', { word: 'text', mood: 'mood', chart: 'chart' }]],
	},
	{
		id: 'template_silent',
		name: 'Pictures only',
		aspectRatio: '16:9',
		variables: { ...legacy('cover', 'image', { asset_id: 'asset_cover_1' }) },
		scenes: [['scene_1', null, { cover: 'image' }]],
	},
	{ id: 'template_fixed', name: 'Nothing to fill in', aspectRatio: '16:9', variables: {}, scenes: [['scene_1', 'Always the same.', {}]] },
	{
		id: 'template_equals',
		name: 'Signs',
		aspectRatio: '16:9',
		variables: { ...legacy('sum', 'text', { content: '=1+1 {{x}}' }), ...legacy('signed', 'image', { url: 'https://files.heygen.ai/a.png?Expires=1&Signature=x' }) },
		scenes: [['scene_1', '{{sum}}', { sum: 'text', signed: 'image' }]],
	},
	{
		id: 'template_wide',
		name: 'Cinema',
		aspectRatio: '21:9',
		variables: { ...legacy('line', 'text', { content: 'The end' }) },
		scenes: [['scene_1', '{{line}}', { line: 'text' }]],
	},
	{
		id: 'template_news',
		name: 'News',
		aspectRatio: '16:9',
		variables: { ...legacy('story', 'text', { content: '' }) },
		scenes: [['scene_1', '{{story}}', { story: 'text' }]],
	},
];

/** 2026-03-02T08:00:00Z: templates are created a day apart from here on. */
const FIRST_TEMPLATE_AT = 1_772_438_400_000;
const DAY_MS = 86_400_000;

export function seededTemplates(): Records<Template> {
	const templates = new Records<Template>();
	for (const [index, { scenes, ...draft }] of drafts.entries()) {
		templates.add({
			...structuredClone(draft),
			scenes: scenes.map(([id, script, types]) => ({
				id,
				script,
				variables: Object.entries(types).map(([name, type]) => ({ name, variable_type: String(type) })),
			})),
			createdAt: FIRST_TEMPLATE_AT + index * DAY_MS,
			deleted: false,
		});
	}
	return templates;
}

/** Names of the variables that a template has. */
export function variableNames({ variables, scenes }: Template): string[] {
	return [...new Set([...Object.keys(variables), ...scenes.flatMap((scene) => scene.variables.map(({ name }) => name))])];
}

/** The ratio of a template's sides; undefined when it is not told, or odd. */
function shapeOf({ aspectRatio }: Template): number | undefined {
	const [, across, down] = /^(\d+):(\d+)$/.exec(aspectRatio ?? '') ?? [];
	return across === undefined ? undefined : Number(across) / Number(down);
}

/** Whether a size has the template's ratio, but for the rounding to even sides. */
export function fitsTemplate(template: Template, { width, height }: { width: number; height: number }): boolean {
	const shape = shapeOf(template);
	return shape === undefined || Math.abs(width - height * shape) < 2 || Math.abs(height - width / shape) < 2;
}
