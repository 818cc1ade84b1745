import { likelyName, namesInWords, sameName } from '../../../../nodes/heygen/templates/names';
import { type Dimension, dimensionFor, isShown, scenesOfVideo, spokenInTemplate } from '../../../../nodes/heygen/templates/scenes';
import { templateIn } from '../../../../nodes/heygen/templates/template';

describe('the size of a video', () => {
	it.each<[Partial<Dimension>, string | undefined, Dimension | undefined]>([
		[{}, '16:9', undefined],
		[{}, undefined, undefined],
		[{ width: 1920 }, '16:9', { width: 1920, height: 1080 }],
		[{ height: 1080 }, '16:9', { width: 1920, height: 1080 }],
		[{ width: 720 }, '9:16', { width: 720, height: 1280 }],
		[{ width: 854 }, ' 16 / 9 ', { width: 854, height: 480 }],
		[{ height: 480 }, '16x9', { width: 854, height: 480 }],
		[{ width: 1000 }, '1.91:1', { width: 1000, height: 524 }],
		[{ width: 1366, height: 768 }, '16:9', { width: 1366, height: 768 }],
		[{ width: 1280, height: 720 }, '16:9', { width: 1280, height: 720 }],
		// What the ratio is HeyGen alone knows.
		[{ width: 500, height: 800 }, undefined, { width: 500, height: 800 }],
		[{ width: 500, height: 800 }, 'cinema', { width: 500, height: 800 }],
		[{ width: 500, height: 800 }, '0:9', { width: 500, height: 800 }],
	])('%j at %j is %j', (given, ratio, dimension) => {
		expect(dimensionFor(given, ratio)).toEqual(dimension === undefined ? {} : { dimension });
	});

	it.each<[Partial<Dimension>, string | undefined, 'width' | 'height', RegExp]>([
		[{ width: 1920, height: 1920 }, '16:9', 'height', /^makes a video of another shape than the template, which has 16:9: 1,080 fits a width of 1,920$/],
		[{ width: 1280, height: 716 }, '16:9', 'height', /^makes a video of another shape/],
		[{ width: 1280 }, undefined, 'height', /^is empty: the template does not say its ratio/],
		[{ height: 1280 }, 'cinema', 'width', /^is empty: the template does not say its ratio, by which it would follow from 'Height'$/],
		[{ width: 4096 }, '9:16', 'height', /^would be 7,282 by 'Width' and the template's ratio of 9:16, but it must be from 128 to 4,096$/],
		[{ height: 128 }, '9:16', 'width', /^would be 72 by 'Height'/],
	])('%j at %j is wrong in its %s', (given, ratio, side, problem) => {
		expect(dimensionFor(given, ratio)).toEqual({ problem: { side, problem: expect.stringMatching(problem) as string } });
	});
});

const template = templateIn({
	id: 't1',
	variables: { a: { type: 'text', properties: { content: 'A' } }, b: 'B', everywhere: 'C', picture: 'asset_1' },
	scenes: [
		{ scene_id: 's1', script: 'Hello {{a}}, my friend', variables: [{ name: 'a', variable_type: 'text' }] },
		{ scene_id: 's2', script: '{{ b }} and {{unknown}}', variables: [{ name: 'picture', variable_type: 'image' }] },
		{ scene_id: 's3', script: null },
	],
});

it('has the scenes that are asked for, in their order', () => {
	const ids = (asked?: string[]) => scenesOfVideo(template, asked).map(({ id }) => id);
	expect([ids(), ids(['s3', 's1', 's1']), ids([]), ids(['s9'])]).toEqual([['s1', 's2', 's3'], ['s3', 's1', 's1'], [], []]);
});

it.each<[string, string[] | undefined, boolean]>([
	['a', undefined, true],
	['a', ['s2'], false],
	['a', ['s2', 's1'], true],
	['b', ['s1'], false],
	['b', ['s2'], true],
	['everywhere', ['s1'], true],
])('shows %s in the scenes %j: %j', (name, sceneIds, shown) => {
	const variable = template.variables.find((one) => one.name === name);
	expect(variable && isShown(variable, sceneIds)).toBe(shown);
});

describe('what is spoken', () => {
	it('is the scripts, with their texts', () => {
		const values = { a: { type: 'text', properties: { content: 'Ada Lovelace' } }, b: 'Bob', picture: 'asset_2' };
		// Hello Ada Lovelace, my friend
		expect(spokenInTemplate(template, values, ['s1'])).toMatchObject({ language: 'en', count: 5 });
		// The same twice, and then: Bob and {{unknown}}
		expect(spokenInTemplate(template, values, ['s1', 's1', 's2'])?.count).toBeGreaterThan(12);
		expect(spokenInTemplate(template, { a: 'An unknown form $& of {{a}}' }, ['s1'])?.count).toBeGreaterThan(5);
	});

	it('is not filled in again where a text names a variable', () => {
		const spoken = (values: Record<string, string>) => spokenInTemplate(template, values, ['s1', 's2'])?.formula;
		expect(spoken({ a: '{{b}}', b: 'one two three' })).toBe(spoken({ a: '{{c}}', b: 'one two three' }));
		// Each of them would make a thousand of the next.
		const names = Array.from({ length: 12 }, (_, at) => `v${at}`);
		const script = names.map((name) => `{{${name}}}`).join(' ');
		const grown = templateIn({ variables: Object.fromEntries(names.map((name) => [name, 'x'])), scenes: [{ scene_id: 's1', script }] });
		const values = Object.fromEntries(names.map((name, at) => [name, `{{v${at + 1}}} `.repeat(1_000)]));
		expect(spokenInTemplate(grown, values, undefined)?.count).toBeGreaterThan(10_000);
	});

	it('is not known of more than anybody speaks', () => {
		const script = '{{a}}'.repeat(10_000);
		const long = templateIn({ variables: { a: 'A' }, scenes: [{ scene_id: 's1', script }] });
		expect(spokenInTemplate(long, { a: 'word '.repeat(100_000) }, undefined)).toBeUndefined();
		const repeated = Array.from({ length: 1_000 }, () => 's1');
		expect(spokenInTemplate(template, { a: 'word '.repeat(1_000) }, repeated)).toBeUndefined();
	});

	// A video is never 0 s long: how long a scene is in which nobody speaks HeyGen alone knows.
	it.each(['', ' ', '...', '\n', '!?'])('is not known of a scene that says %j', (a) => {
		const quiet = templateIn({ variables: { a: 'A' }, scenes: [{ scene_id: 's1', script: '{{a}}' }, { scene_id: 's2', script: 'Hello' }] });
		expect(spokenInTemplate(quiet, { a }, ['s1'])).toBeUndefined();
		expect(spokenInTemplate(quiet, { a }, undefined)).toBeUndefined();
		expect(spokenInTemplate(quiet, { a }, ['s2'])?.count).toBe(1);
	});

	it('has the names of variables that are not given, whatever they are called', () => {
		const odd = templateIn({ variables: { toString: 'A' }, scenes: [{ scene_id: 's1', script: '{{toString}}' }] });
		expect(spokenInTemplate(odd, {}, undefined)?.count).toBeGreaterThan(0);
	});

	it.each([[undefined], [['s3']], [['s1', 's3']], [[]]])('is not known of the scenes %j', (sceneIds) => {
		expect(spokenInTemplate(template, { a: 'x' }, sceneIds)).toBeUndefined();
	});
});

describe('names', () => {
	const names = ['headline', 'call_to_action', 'logo', 'x'];

	it.each([
		['headlin', 'headline'],
		['Head Line', 'headline'],
		['callToAction', 'call_to_action'],
		['headlines!', 'headline'],
		['lego', 'logo'],
		['y', undefined],
		['', undefined],
		['picture', undefined],
		['h'.repeat(10_000), undefined],
	])('%s is likely to mean %s', (given, name) => {
		expect(likelyName(given, names)).toBe(name);
	});

	it('have other spellings', () => {
		expect(['x', 'X', 'callToAction', 'Call To-Action', 'LO GO', 'lego', ''].map((name) => sameName(name, names))).toEqual([
			'x',
			'x',
			'call_to_action',
			'call_to_action',
			'logo',
			undefined,
			undefined,
		]);
		// Of two either could be meant, unless one is exact.
		expect([sameName('a b', ['a_b', 'a-b']), sameName('a_b', ['a-b', 'a_b'])]).toEqual([undefined, 'a_b']);
	});

	it('are told', () => {
		expect(likelyName('a', [])).toBeUndefined();
		expect([namesInWords([]), namesInWords(['a']), namesInWords(['a', 'b'])]).toEqual(['', '"a"', '"a" and "b"']);
		expect(namesInWords(names)).toBe('"headline", "call_to_action", "logo" and "x"');
		expect(namesInWords(Array.from({ length: 30 }, (_, at) => String(at)))).toMatch(/^"0", .*"19" and 10 more$/);
	});
});
