import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { sentFields } from '../../../nodes/declare/sentFields';
import { EngineError } from '../../../nodes/engine/basics/errors';
import { withAdditionalFields } from '../../../nodes/engine/item/additionalFields';
import type { Call } from '../../../nodes/engine/item/call';
import { FileToUpload } from '../../../nodes/heygen/fileUses';
import { createAvatar } from '../../../nodes/HeyGenVideo/video/createAvatar';

const { names } = sentFields(createAvatar.properties, 1.1);

/** A body of Create Avatar Video with the fields of the option. */
function merge(body: IDataObject, additionalFields: unknown): IDataObject {
	return withAdditionalFields({ options: { additionalFields }, names } as unknown as Call, body);
}

function refusal(body: IDataObject, additionalFields: unknown): string[] {
	try {
		merge(body, additionalFields);
	} catch (error) {
		const { message, advice, kind } = error as EngineError;
		expect([error instanceof EngineError, kind]).toEqual([true, 'input']);
		return [message, advice];
	}
	throw new Error('Nothing was refused');
}

const BODY = { type: 'avatar', avatar_id: 'look_1', script: 'Hi', engine: { type: 'avatar_iv' } };

it.each<[unknown, IDataObject]>([
	['', {}],
	['{}', {}],
	['{"seed": 7}', { seed: 7 }],
	[{ seed: 7 }, { seed: 7 }],
	['{"engine":{"mode":"fast"}}', { engine: { type: 'avatar_iv', mode: 'fast' } }],
	['{"engine":{"type":"avatar_iv"}}', {}],
	['{"engine":{}}', {}],
	[{ title: null, motion_prompt: '', tags: [], more: {} }, { title: null, motion_prompt: '', tags: [], more: {} }],
	['{"toString":"x"}', { toString: 'x' }],
])('%j goes into the body', (given, added) => {
	const body = structuredClone(BODY);
	expect(merge(body, given)).toEqual({ ...BODY, ...added });
	expect(body).toEqual(BODY);
});

it.each<[unknown, string, string]>([
	['{"engine":{"type":"avatar_v"}}', '\'Animation Engine\' is "avatar_iv", but \'Additional Fields (JSON) → engine → type\' is "avatar_v"', 'Animation Engine'],
	[{ engine: null }, '\'Animation Engine\' is "avatar_iv", but \'Additional Fields (JSON) → engine\' is null', 'Animation Engine'],
	[{ script: '' }, '\'Script\' is "Hi", but \'Additional Fields (JSON) → script\' is ""', 'Script'],
	[{ avatar_id: { id: 'look_1' } }, '\'Avatar\' is "look_1", but \'Additional Fields (JSON) → avatar_id\' is {"id":"look_1"}', 'Avatar'],
])('%j says something else than the node', (given, message, field) => {
	expect(refusal(BODY, given)).toEqual([
		message,
		`Both go to the same place of the request. Remove one of the two: '${field}', or the field in 'Additional Fields (JSON)'.`,
	]);
});

it('tells a number from the same number as text', () => {
	const [message] = refusal({ ...BODY, voice_settings: { speed: 1.2 } }, { voice_settings: { speed: '1.2' } });
	expect(message).toBe('\'Voice Settings → Speed\' is 1.2, but \'Additional Fields (JSON) → voice_settings → speed\' is "1.2"');
});

it('names what the operation sends itself, and a file by its parameter', () => {
	expect(refusal(BODY, { type: 'image' })).toEqual([
		"'Additional Fields (JSON) → type' is \"image\", but the operation itself sends \"avatar\" there",
		"Remove the field from 'Additional Fields (JSON)'.",
	]);
	const file = new FileToUpload('data', 'Audio Binary Field');
	expect(refusal({ audio_asset_id: file } as unknown as IDataObject, { audio_asset_id: 'a' })[0]).toBe(
		"'Audio Binary Field' is a file, but 'Additional Fields (JSON) → audio_asset_id' is \"a\"",
	);
});

it.each([
	['[1]', "'Additional Fields (JSON)' must be JSON of a record"],
	[7, "'Additional Fields (JSON)' must be JSON of a record"],
	['{"a": x}', "'Additional Fields (JSON)' is no valid JSON: it breaks in line 1, column 7"],
])('%j is refused with what it takes', (given, message) => {
	expect(refusal(BODY, given)[0]?.startsWith(message)).toBe(true);
	expect(refusal(BODY, given)[1]).toMatch(/\{\{ JSON\.stringify\(\$json\.text\) \}\} makes JSON of any text/);
});

/** Every value in a body that is no record, with its place. */
function leavesOf(value: unknown, path = ''): Map<string, unknown> {
	const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
	if (!isRecord) return new Map([[path, value]]);
	return new Map(Object.entries(value).flatMap(([name, entry]) => [...leavesOf(entry, `${path}/${name}`)]));
}

it('keeps all that the node and the user set, or is an error', () => {
	const name = fc.constantFrom('a', 'b', 'c');
	const value = fc.oneof(fc.constantFrom(null, '', 0, false, 'x', 'y'), fc.constant([]), fc.dictionary(name, fc.constantFrom('x', 'y', 1)));
	const record = fc.dictionary(name, fc.oneof(value, fc.dictionary(name, value)));
	fc.assert(
		fc.property(record, record, (own, added) => {
			let result: IDataObject;
			try {
				result = merge(own as IDataObject, added);
			} catch (error) {
				return error instanceof EngineError && error.kind === 'input';
			}
			const merged = leavesOf(result);
			for (const part of [own, added]) {
				for (const [place, leaf] of leavesOf(part)) {
					// A record without fields may have got some.
					if (typeof leaf === 'object' && leaf !== null && !Array.isArray(leaf)) continue;
					expect([place, merged.get(place)]).toEqual([place, leaf]);
				}
			}
			return true;
		}),
	);
});
