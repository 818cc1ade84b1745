/** Answers of the operations on templates. */
import { type AssetUse, findUnusableUse } from '../assets/asset-uses';
import type { AssetKind } from '../assets/media-types';
import { imagePreviewPath } from '../files/file-names';
import { steeringOf } from '../jobs/markers';
import { ApiError, invalidParameter, type Violation } from '../server/errors';
import { asText, type Fields } from '../server/fields';
import { type Call, type Handlers, ok, seconds } from '../server/operation';
import { pageOfRecords } from '../server/records';
import { presentVideo } from '../videos/video-handlers';
import { type VideoDraft, wordsOf } from '../videos/video-job';
import { fitsTemplate, type Template, variableNames } from './template';

const asFields = (value: unknown): Fields | null =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;

function presentEntry({ id, name, aspectRatio, createdAt }: Template, { world, now }: Call): object {
	return {
		id,
		name,
		aspect_ratio: aspectRatio,
		thumbnail_url: world.signer.mint(imagePreviewPath(id), now),
		created_at: seconds(createdAt),
		updated_at: seconds(createdAt),
	};
}

function presentTemplate(template: Template, call: Call): object {
	return {
		...presentEntry(template, call),
		variables: template.variables,
		scene_ids: template.scenes.map(({ id }) => id),
		scenes: template.scenes.map(({ id, script, variables }) => ({ scene_id: id, script, variables })),
	};
}

function templateAt({ world, params }: Call): Template {
	const id = params['template_id'] ?? '';
	const template = world.templates.get(id);
	if (!template) throw new ApiError(404, 'resource_not_found', `Template ${id} not found`);
	return template;
}

/** Whether a value has the form of the template's own: records within records at the same places. */
function hasForm(own: unknown, given: unknown): boolean {
	const record = asFields(own);
	if (record === null) return own === null || typeof own === typeof given;
	const other = asFields(given);
	return other !== null && Object.entries(record).every(([name, value]) => asFields(value) === null || hasForm(value, other[name]));
}

/** The records in a value, however deep. */
function recordsIn(value: unknown): Fields[] {
	const record = asFields(value);
	return record === null ? [] : [record, ...Object.values(record).flatMap(recordsIn)];
}

function checkVariables(template: Template, given: Fields): Violation[] {
	const names = variableNames(template);
	return Object.entries(given).flatMap(([name, value]): Violation[] => {
		const param = `variables.${name}`;
		if (!names.includes(name)) return [{ param, message: `the template has no variable ${name}` }];
		const own = template.variables[name] ?? null;
		if (!hasForm(own, value)) return [{ param, message: `${name} must have the form that the template has` }];
		const isAmbiguous = recordsIn(value).some(({ url, asset_id }) => (url ?? null) !== null && (asset_id ?? null) !== null);
		return isAmbiguous ? [{ param, message: `${name} must have either a url or an asset_id` }] : [];
	});
}

function checkGeneration(template: Template, body: Fields): Violation[] {
	const known = template.scenes.map(({ id }) => id);
	const asked = Array.isArray(body.scene_ids) ? (body.scene_ids as unknown[]) : [];
	const unknown = asked.find((id) => !known.includes(String(id)));
	const size = asFields(body.dimension) as { width: number; height: number } | null;
	return [
		...checkVariables(template, asFields(body.variables) ?? {}),
		...(unknown === undefined ? [] : [{ param: 'scene_ids', message: `the template has no scene ${String(unknown)}` }]),
		...(size === null || fitsTemplate(template, size) ? [] : [{ param: 'dimension', message: `the ratio of the template is ${template.aspectRatio}` }]),
	];
}

/** Every asset that the variables name, in whatever field. */
function assetUses(template: Template, given: Fields): AssetUse[] {
	const typeOf = (name: string): unknown =>
		template.scenes.flatMap(({ variables }) => variables).find((variable) => variable.name === name)?.variable_type;
	return Object.entries(given).flatMap(([name, value]) => {
		const kind = String(typeOf(name)).toLowerCase();
		const kinds: AssetKind[] = kind === 'image' || kind === 'video' || kind === 'audio' ? [kind] : [];
		const own = template.variables[name];
		const ids = recordsIn(value).flatMap((record) => (record.asset_id === undefined ? [] : [record.asset_id]));
		// What the template has is there.
		return ids.filter((id) => !JSON.stringify(own ?? '').includes(String(id))).map((id) => ({ id, kinds, param: `variables.${name}` }));
	});
}

/** Texts of a value, in the order of its fields. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return Object.values(asFields(value) ?? {}).flatMap(textsIn);
}

/** What the scenes say with the variables filled in; a text that is not given is spoken by its name. */
function scriptOf(template: Template, body: Fields): string {
	const variables = asFields(body.variables) ?? {};
	const asked = (Array.isArray(body.scene_ids) ? body.scene_ids : template.scenes.map(({ id }) => id)) as string[];
	const scripts = asked.map((id) => template.scenes.find((scene) => scene.id === id)?.script ?? '');
	return scripts.join(' ').replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (whole, name: string) => {
		const value = variables[name];
		const holder = asFields(asFields(value)?.properties) ?? asFields(value) ?? {};
		return asText(value) ?? asText(holder.content) ?? asText(holder.value) ?? whole;
	});
}

function draftOf(template: Template, body: Fields): VideoDraft {
	const spoken = scriptOf(template, body);
	const title = asText(body.title);
	const steering = steeringOf([title ?? '', spoken, ...textsIn(body.variables)]);
	const hasCaptions = body.caption === true || asFields(body.subtitles) !== null;
	return {
		...steering,
		...wordsOf(spoken),
		title: title ?? template.name,
		folderId: asText(body.folder_id),
		outputFormat: 'mp4',
		captions: hasCaptions ? 'burned' : 'none',
		hasPreview: body.include_gif === true,
		scenes: [],
		runningWord: steering.runningWord ?? 'processing',
		callbackId: asText(body.callback_id),
	};
}

export const templateHandlers: Handlers = {
	'GET /v3/templates': (call) =>
		ok(pageOfRecords('templates', call.world.templates, call.query, () => true, (template) => presentEntry(template, call), 'oldest')),

	'GET /v3/templates/{template_id}': (call) => ok({ data: presentTemplate(templateAt(call), call) }),

	'POST /v3/templates/{template_id}': (call) => {
		const { world, body, key, now } = call;
		const template = templateAt(call);
		const violations = world.config.contract === 'open' ? [] : checkGeneration(template, body);
		if (violations.length > 0) throw invalidParameter(violations);
		const uses = world.config.validateAssets ? assetUses(template, asFields(body.variables) ?? {}) : [];
		const problem = findUnusableUse(uses, world.assets, now);
		if (problem) throw problem;
		if (!key.hasCredit) throw new ApiError(402, 'insufficient_credit', 'The wallet has too little credit for this video');
		const job = world.videos.create(draftOf(template, body), key.value, now);
		if (job) return ok({ data: presentVideo(job, call) });
		const retryAfter = world.config.retryAfterSeconds ?? 1;
		throw new ApiError(429, 'rate_limit_exceeded', 'Too many videos are being rendered at once', { retryAfter });
	},
};
