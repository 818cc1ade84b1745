import { currentValue, placeholdersIn, shortTemplate, templateIn, textPieces } from '../../../../nodes/heygen/templates/template';

/** The one variable of a template. */
const variableOf = (record: unknown, type?: string) =>
	templateIn({
		id: 't1',
		variables: { x: record },
		...(type === undefined ? {} : { scenes: [{ scene_id: 's1', variables: [{ name: 'x', variable_type: type }] }] }),
	}).variables[0];

describe('the type of a variable', () => {
	it.each<[record: unknown, told: string | undefined, type: string, kind: string | undefined]>([
		// HeyGen's older form.
		[{ name: 'x', type: 'text', properties: { content: 'Hi' } }, undefined, 'text', 'text'],
		[{ name: 'x', type: 'image', properties: { url: 'https://example.com/a.png' } }, undefined, 'image', 'image'],
		[{ name: 'x', type: 'character', properties: { character_id: 'c1', type: 'avatar' } }, undefined, 'character', 'character'],
		// Flat.
		[{ type: 'audio', asset_id: 'a1' }, undefined, 'audio', 'audio'],
		[{ character_id: 'c1', type: 'talking_photo' }, undefined, 'character', 'character'],
		[{ voice_id: 'v1' }, undefined, 'voice', 'voice'],
		[{ avatar_id: 'l1' }, undefined, 'character', 'character'],
		[{ content: 'Hi' }, undefined, 'text', 'text'],
		[{ image_url: 'https://example.com/a.png' }, undefined, 'image', 'image'],
		// A union says how a file is named, and not what it is.
		[{ type: 'url', url: 'https://example.com/a.png' }, undefined, 'file', 'file'],
		[{ type: 'url', url: 'https://example.com/a.png' }, 'image', 'image', 'image'],
		[{ asset_id: 'a1' }, undefined, 'file', 'file'],
		// Told by scenes, in whatever case.
		['Hi', undefined, 'text', 'text'],
		['a1', 'IMAGE', 'image', 'image'],
		[null, ' Video ', 'video', 'video'],
		[undefined, 'text', 'text', 'text'],
		// The scenes count before the record.
		[{ type: 'avatar', avatar_id: 'l1' }, 'character', 'character', 'character'],
		[{ type: 'text', content: 'Hi' }, 'mood', 'mood', undefined],
		// What came later, and what nobody can tell.
		[{ type: 'Mood', properties: { level: 3 } }, undefined, 'mood', undefined],
		[{ level: 3 }, undefined, '', undefined],
		[null, undefined, '', undefined],
		[['a'], undefined, '', undefined],
	])('of %j, told as %j, is %j', (record, told, type, kind) => {
		expect(variableOf(record, told)).toMatchObject({ type, kind });
	});
});

describe('the value of a variable', () => {
	it.each<[unknown, string | undefined, string | undefined]>([
		[{ type: 'text', properties: { content: 'Hi' } }, undefined, 'Hi'],
		[{ type: 'text', properties: { text: 'Hi' } }, undefined, 'Hi'],
		[{ type: 'text', value: 'Hi' }, undefined, 'Hi'],
		[{ type: 'text', text: { content: 7 } }, undefined, '7'],
		['Hi', undefined, 'Hi'],
		[{ type: 'text', properties: { content: '' } }, undefined, undefined],
		[{ type: 'text', properties: { content: null } }, undefined, undefined],
		[null, 'text', undefined],
		// Of two names of a file the one that is filled.
		[{ type: 'image', properties: { url: 'https://example.com/a.png', asset_id: null } }, undefined, 'https://example.com/a.png'],
		[{ type: 'image', properties: { url: null, asset_id: 'a1' } }, undefined, 'a1'],
		[{ image: { type: 'asset_id', asset_id: 'a1' } }, 'image', 'a1'],
		[{ value: 'a1' }, 'video', 'a1'],
		[{ voice_id: 'v1', locale: 'en-US' }, undefined, 'v1'],
		[{ type: 'character', properties: { talking_photo_id: 'p1' } }, undefined, 'p1'],
		[{ type: 'mood', properties: { level: 3 } }, undefined, undefined],
		// HeyGen's form counts before what is as near, and what shows or dresses the value is not it.
		[{ type: 'text', style: { content: 'bold' }, properties: { content: 'x' } }, undefined, 'x'],
		[{ type: 'text', look: { content: 'bold' }, properties: { inner: { content: 'x' } } }, undefined, 'x'],
		[{ type: 'text', look: { content: 'bold' }, text: { content: 'x' } }, undefined, 'x'],
		[{ type: 'text', style: { content: 'bold' } }, undefined, undefined],
		[{ type: 'image', properties: { thumbnail: { url: 'https://example.com/t.png' } } }, undefined, undefined],
		[{ type: 'image', preview: { url: 'https://example.com/t.png' }, media: { url: 'https://example.com/a.png' } }, undefined, 'https://example.com/a.png'],
	])('of %j, told as %j, is %j', (record, told, value) => {
		const variable = variableOf(record, told);
		expect(variable && currentValue(variable)).toBe(value);
	});
});

describe('a template', () => {
	it('has its variables in its order, then those that only scenes name', () => {
		const { variables, sceneIds, name, aspectRatio } = templateIn({
			template_id: 't1',
			aspect_ratio: '16:9',
			variables: { b: 'B', a: 'A' },
			scenes: [
				{ scene_id: 's1', script: 'Hello {{ a }}', variables: [{ name: 'c', variable_type: 'text' }, { variable_type: 'text' }, 'odd'] },
				{ scene_id: 's2', script: null, variables: [{ name: 'a', variable_type: 'text' }] },
				{ script: 'no id' },
				null,
			],
		});
		expect(variables.map((variable) => [variable.name, variable.sceneIds])).toEqual([['b', []], ['a', ['s1', 's2']], ['c', ['s1']]]);
		expect({ sceneIds, name, aspectRatio }).toEqual({ sceneIds: ['s1', 's2'], name: 't1', aspectRatio: '16:9' });
	});

	it('has what scripts alone name as texts that are not listed', () => {
		const { variables } = templateIn({
			variables: { a: 'A' },
			scenes: [{ scene_id: 's1', script: '{{a}} and {{who}}' }, { scene_id: 's2', script: '{{ who }}{{b}}', variables: [{ name: 'b', variable_type: 'text' }] }],
		});
		const told = variables.map(({ name, kind, sceneIds, isListed }) => [name, kind, sceneIds, isListed]);
		expect(told).toEqual([['a', 'text', ['s1'], true], ['b', 'text', ['s2'], true], ['who', 'text', ['s1', 's2'], false]]);
	});

	it.each([
		[{}, []],
		[{ variables: null, scenes: null, scene_ids: null, aspect_ratio: null }, []],
		[{ variables: 'x', scenes: 'x', scene_ids: 'x' }, []],
		[{ variables: [{ name: 'a', type: 'text', content: 'A' }, {}, 3] }, ['a']],
		[{ variables: JSON.parse('{"__proto__": "x", "constructor": "y"}') as object }, ['__proto__', 'constructor']],
	])('may be odd: %j', (record, names) => {
		expect(templateIn(record).variables.map(({ name }) => name)).toEqual(names);
	});

	it.each([
		['Hello {{a}}, {{ b }}{{c d}}', ['a', 'b', 'c d']],
		['{{{a}}} {{b}} }} {{c', ['a', 'b']],
		['{{}} {{ }} {a} {{a}b}} {{{{a}}', ['a']],
		['', []],
		['{{'.repeat(50_000), []],
		['{{x}}'.repeat(3), ['x', 'x', 'x']],
	])('names variables in %j', (text, names) => {
		expect(placeholdersIn(text)).toEqual(names);
		expect(textPieces(text).map((piece) => piece.text).join('')).toBe(text);
	});

	it('takes its scenes from where they are told', () => {
		expect(templateIn({ scene_ids: ['s9', 4], scenes: [{ scene_id: 's1' }] }).sceneIds).toEqual(['s9']);
		expect(templateIn({ scenes: [{ scene_id: 's1' }, { scene_id: 2 }] }).sceneIds).toEqual(['s1', '2']);
	});

	it('is short', () => {
		const record = {
			id: 't1',
			name: 'Promo',
			aspect_ratio: null,
			created_at: 1_772_438_400,
			thumbnail_url: null,
			variables: { a: { type: 'text', content: 'A' }, b: null },
			scenes: [{ scene_id: 's1', script: '{{a}}', variables: [] }],
		};
		expect(shortTemplate(record)).toEqual({
			template_id: 't1',
			name: 'Promo',
			aspect_ratio: null,
			variables: [
				{ name: 'a', type: 'text', value: 'A', scene_ids: ['s1'] },
				{ name: 'b', type: '', value: null, scene_ids: [] },
			],
			scene_ids: ['s1'],
			thumbnail_url: null,
			created_at: '2026-03-02T08:00:00.000Z',
		});
	});
});
