/** Answers of the brand kit and brand glossary operations. */
import { randomUUID } from 'node:crypto';
import { type BrandKit, colorsOf, type Glossary, type GlossaryTerm, statusOfKit } from './brand';
import { ApiError, invalidParameter, type Violation } from '../server/errors';
import type { Fields } from '../server/fields';
import { imagePreviewPath } from '../files/file-names';
import { type Call, type Handlers, ok } from '../server/operation';
import { pageOfRecords } from '../server/records';

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

function presentKit(kit: BrandKit, { world, now }: Call): object {
	const status = statusOfKit(kit, now);
	const done = status === 'completed';
	return {
		brand_kit_id: kit.id,
		name: kit.name,
		status,
		logo_url: done ? world.signer.mint(imagePreviewPath(kit.id), now) : null,
		colors: done ? kit.colors : [],
	};
}

function presentGlossary({ id, name, createdAt, updatedAt }: Glossary): object {
	return {
		brand_glossary_id: id,
		name,
		created_at: new Date(createdAt).toISOString(),
		updated_at: new Date(updatedAt).toISOString(),
	};
}

function kitOf({ world, params }: Call): BrandKit {
	const id = params['brand_kit_id'] ?? '';
	const kit = world.kits.get(id);
	if (!kit) throw new ApiError(404, 'not_found', `Brand kit ${id} not found`);
	return kit;
}

function glossaryOf({ world, params }: Call): Glossary {
	const id = params['brand_glossary_id'] ?? '';
	const glossary = world.glossaries.get(id);
	if (!glossary) throw new ApiError(404, 'not_found', `Brand glossary ${id} not found`);
	return glossary;
}

/** @returns the host of a web address, or null when it is none. */
function hostOf(url: string): string | null {
	try {
		const { protocol, host } = new URL(url);
		return protocol === 'https:' || protocol === 'http:' ? host : null;
	} catch {
		return null;
	}
}

function checkTerm({ term, pronunciation, translation }: Fields, index: number): Violation[] {
	const refuse = (name: string, why: string): Violation[] => [
		{ param: `terms[${index}].${name}`, message: `${name} ${why}` },
	];
	if (!isText(term)) return refuse('term', 'must not be empty');
	if (isText(pronunciation) || isText(translation)) return [];
	return refuse('pronunciation', 'or translation must be given');
}

/** @throws ApiError 400 naming the first field that makes no sense. */
function checkGlossary(name: unknown, terms: Fields[]): void {
	const ofName = isText(name) ? [] : [{ param: 'name', message: 'name must not be empty' }];
	const violations = [...ofName, ...terms.flatMap(checkTerm)];
	if (violations.length > 0) throw invalidParameter(violations);
}

const everything = (): boolean => true;

export const brandHandlers: Handlers = {
	'GET /v3/brand-kits': (call) => {
		const present = (kit: BrandKit): object => presentKit(kit, call);
		return ok(pageOfRecords('brand kits', call.world.kits, call.query, everything, present));
	},

	'POST /v3/brand-kits': (call) => {
		const { world, body, now } = call;
		const url = String(body.url);
		const host = hostOf(url);
		if (host === null) throw invalidParameter([{ param: 'url', message: 'url must be a web address' }]);
		const kit: BrandKit = {
			id: `kit_${randomUUID()}`,
			name: isText(body.name) ? body.name : host,
			colors: colorsOf(url),
			readyAt: now + world.config.jobSeconds * 1_000,
			failing: url.includes('fail'),
			deleted: false,
		};
		world.kits.add(kit);
		return ok({ data: { ...presentKit(kit, call), status: 'loading', logo_url: null, colors: [] } });
	},

	'GET /v3/brand-kits/{brand_kit_id}': (call) => ok({ data: presentKit(kitOf(call), call) }),

	'PATCH /v3/brand-kits/{brand_kit_id}': (call) => {
		const kit = kitOf(call);
		const name = call.body.name ?? kit.name;
		if (!isText(name)) throw invalidParameter([{ param: 'name', message: 'name must not be empty' }]);
		kit.name = name;
		return ok({ data: presentKit(kit, call) });
	},

	'DELETE /v3/brand-kits/{brand_kit_id}': (call) => {
		const { id } = kitOf(call);
		call.world.kits.delete(id);
		return ok({ data: { brand_kit_id: id } });
	},

	'GET /v3/brand-glossaries': ({ world, query }) =>
		ok(pageOfRecords('brand glossaries', world.glossaries, query, everything, presentGlossary)),

	'POST /v3/brand-glossaries': ({ world, body, now }) => {
		const terms = (body.terms ?? []) as Fields[];
		checkGlossary(body.name, terms);
		const glossary: Glossary = {
			id: `glossary_${randomUUID()}`,
			name: String(body.name),
			terms: terms as unknown as GlossaryTerm[],
			createdAt: now,
			updatedAt: now,
			deleted: false,
		};
		world.glossaries.add(glossary);
		return ok({ data: presentGlossary(glossary) });
	},

	'GET /v3/brand-glossaries/{brand_glossary_id}': (call) => {
		const glossary = glossaryOf(call);
		return ok({ data: { ...presentGlossary(glossary), terms: glossary.terms } });
	},

	'PATCH /v3/brand-glossaries/{brand_glossary_id}': (call) => {
		const glossary = glossaryOf(call);
		const name = call.body.name ?? glossary.name;
		const terms = (call.body.terms ?? glossary.terms) as Fields[];
		checkGlossary(name, terms);
		glossary.name = String(name);
		glossary.terms = terms as unknown as GlossaryTerm[];
		glossary.updatedAt = call.now;
		return ok({ data: presentGlossary(glossary) });
	},

	'DELETE /v3/brand-glossaries/{brand_glossary_id}': (call) => {
		const { id } = glossaryOf(call);
		call.world.glossaries.delete(id);
		return ok({ data: { brand_glossary_id: id } });
	},
};
