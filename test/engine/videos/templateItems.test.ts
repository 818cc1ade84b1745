/** Videos of templates by the fields of items: how they are found, what is no value, and what makes a video another one. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { assetIdOf, itemWith, UPLOAD } from '../support/assetSupport';
import { pngFile } from '../support/sampleFiles';
import { countOf, errorOf, FAST_JOBS, jsonOf, useSandbox, useTiming } from '../support/support';
import { GENERATE, generate, generated, mapped } from '../support/templateSupport';

useTiming();
const sandbox = useSandbox(FAST_JOBS);

const WELCOME = 'template_welcome';
const TEXTS = { headline: 'Spring', offer: 'Half price' };
const text = (name: string, content: string) => ({ name, type: 'text', properties: { content } });
const logoOf = (name: string) => ({ name: 'logo', type: 'image', properties: { asset_id: assetIdOf(sandbox(), name), fit: 'contain' } });

/** Makes a video of each item by the fields that it has. */
const automatic = async (items: INodeExecutionData[], templateId = WELCOME, more: INodeParameters = {}) =>
	await generate(sandbox(), templateId, mapped(null, 'autoMapInputData'), more, items);
const sentVariables = () => generated(sandbox()).map(({ variables }) => variables as IDataObject);

/** Changes a template in HeyGen. */
function changeTemplate(id: string, change: { variables?: IDataObject; scripts?: string[] }): void {
	const { world } = sandbox() as unknown as { world: { templates: { get: (id: string) => { variables: IDataObject; scenes: unknown[] } } } };
	const template = world.templates.get(id);
	if (change.variables !== undefined) template.variables = change.variables;
	if (change.scripts !== undefined) template.scenes = change.scripts.map((script, at) => ({ id: `s${at}`, script, variables: [] }));
	sandbox().configure({ contract: 'open' });
}

function expectNothingMade(): void {
	expect([countOf(sandbox(), GENERATE), countOf(sandbox(), UPLOAD)]).toEqual([0, 0]);
}

describe('a value that is not understood is refused', () => {
	it.each<[json: IDataObject, message: RegExp]>([
		[{ headline: { en: 'Sale', de: 'Angebot' } }, /^'Variables → headline' must be text, but it is \{"en":"Sale","de":"Angebot"\}/],
		[{ headline: { text: { x: 1 } } }, /^'Variables → headline' must be text/],
		[{ speaker: { voice: 'voice_bruno_calm_002' } }, /^'Variables → speaker' must be an ID, or a record with voice_id or id/],
		[{ logo: { link: 'https://example.com/a.png' } }, /^'Variables → logo' must be the name of a binary field/],
		[{ logo: '{"src": "https://example.com/a.png"}' }, /^'Variables → logo' must be the name of a binary field/],
		// The file itself got lost on the way.
		[{ logo: { filename: 'a.png', mimetype: 'image/png', size: 70 } }, /^'Variables → logo' must be the name of a binary field/],
	])('%j', async (json, message) => {
		expect(errorOf(await automatic([{ json: { ...TEXTS, ...json } }])).message).toMatch(message);
		expectNothingMade();
	});

	it('unless it has an ID', async () => {
		const json = { ...TEXTS, speaker: { id: 'voice_bruno_calm_002', language: 'German' }, host: { id: 'look_bruno_office_01' } };
		expect((await automatic([{ json }])).originalError).toBeUndefined();
		expect(sentVariables()).toMatchObject([
			{
				speaker: { name: 'speaker', type: 'voice', properties: { voice_id: 'voice_bruno_calm_002', locale: 'en-US' } },
				host: { properties: { character_id: 'look_bruno_office_01', type: 'avatar', scale: 1 } },
			},
		]);
	});
});

describe("files of n8n's forms", () => {
	const facts = (filename: string) => ({ filename, mimetype: 'image/png', size: 70 });

	it.each<[label: string, field: string]>([
		['logo', 'logo'],
		['Logo', 'Logo'],
		['LO GO', 'LO_GO'],
		['_logo-', '_logo_'],
	])('of the label %j are in the binary field %s', async (label, field) => {
		const item = await itemWith({ [field]: pngFile('a.png') }, { ...TEXTS, [label]: facts('a.png') });
		expect((await automatic([item])).originalError).toBeUndefined();
		expect(sentVariables()).toEqual([{ headline: text('headline', 'Spring'), offer: text('offer', 'Half price'), logo: logoOf('a.png') }]);
	});

	it('may be a list of one, and are refused when there are more', async () => {
		await automatic([await itemWith({ logo_0: pngFile('a.png') }, { ...TEXTS, logo: [facts('a.png')] })]);
		expect(sentVariables()).toMatchObject([{ logo: logoOf('a.png') }]);
		const two = await itemWith({ logo_0: pngFile('b.png'), logo_1: pngFile('c.png') }, { ...TEXTS, logo: [facts('b.png'), facts('c.png')] });
		expect(errorOf(await automatic([two])).message).toMatch(/^'Variables → logo' must be one file/);
		expect(countOf(sandbox(), GENERATE)).toBe(1);
	});

	it('may be left out', async () => {
		const empty = [null, '', [], [null], [''], [undefined]].map((logo) => ({ json: { ...TEXTS, logo } as IDataObject }));
		expect((await automatic(empty)).originalError).toBeUndefined();
		expect(sentVariables().map((variables) => Object.keys(variables))).toEqual(empty.map(() => ['headline', 'offer']));
	});
});

describe('a field of the item', () => {
	it.each([[''], [' '], [null]])('that is %j does not hide the file of that name', async (logo) => {
		await automatic([await itemWith({ logo: pngFile('a.png') }, { ...TEXTS, logo })]);
		expect(sentVariables()).toMatchObject([{ logo: logoOf('a.png') }]);
	});

	it('may be spelt otherwise, where one variable only can be meant', async () => {
		await automatic([{ json: { 'Head-Line': 'A', OFFER: 'B' } }, { json: { headline: 'C', HEADLINE: 'other', offer: 'D', 'off er': 'other' } }]);
		const pair = (headline: string, offer: string) => ({ headline: text('headline', headline), offer: text('offer', offer) });
		expect(sentVariables()).toEqual(expect.arrayContaining([pair('A', 'B'), pair('C', 'D')]));
		const error = errorOf(await automatic([{ json: { Headline: 'A', HEADLINE: 'B', offer: 'C' } }]));
		expect(error.message).toMatch(/^'Variables' has no value for "headline"/);
		expect(countOf(sandbox(), GENERATE)).toBe(2);
	});

	it('called exactly as the variable counts, in the JSON or as a file', async () => {
		await automatic([await itemWith({ logo: pngFile('a.png') }, { ...TEXTS, Logo: 'https://example.com/b.png' })]);
		await automatic([await itemWith({ Logo: pngFile('b.png') }, { ...TEXTS, logo: 'https://example.com/b.png' })]);
		await automatic([await itemWith({ Logo: pngFile('c.png') }, TEXTS)]);
		expect(sentVariables()).toMatchObject([{ logo: logoOf('a.png') }, { logo: { properties: { url: 'https://example.com/b.png' } } }, { logo: logoOf('c.png') }]);
	});

	it('belongs to one of two variables of nearly one name', async () => {
		changeTemplate('template_wide', { variables: { a_b: text('a_b', 'x'), 'a-b': text('a-b', 'y') }, scripts: ['{{a_b}} {{a-b}}'] });
		const error = errorOf(await automatic([{ json: { a_b: 'One', 'A B': 'Two' } }], 'template_wide'));
		expect(error.message).toMatch(/^'Variables' has no value for "a-b"/);
	});
});

describe('Same Input, Same Video', () => {
	const same = { options: {}, requestOptions: { sameInputSameVideo: true } };
	const picture = (at: number, more: IDataObject = {}) => ({ type: 'image', url: `https://example.com/${at}.png?Signature=${at}`, ...more });

	it('makes no other video when only the template differs', async () => {
		for (const at of [1, 2]) {
			changeTemplate('template_wide', {
				variables: { line: { ...text('line', `Old ${at}`), preview_url: `https://example.com/p.png?Signature=${at}` }, picture: picture(at), logo: picture(at) },
				scripts: ['{{line}}'],
			});
			const item = await itemWith({ picture: pngFile('a.png') }, { line: 'New', logo: { fit: 'cover' } });
			expect((await automatic([item], 'template_wide', same)).originalError).toBeUndefined();
		}
		expect([countOf(sandbox(), GENERATE), sandbox().stats().videosCreated]).toEqual([2, 1]);
	});

	it('makes another one of another value, property, file, option or added variable', async () => {
		const wide = { line: text('line', 'Old'), picture: picture(1) };
		changeTemplate('template_wide', { variables: wide, scripts: ['{{line}}'] });
		const added = { ...same, options: { additionalFields: '{"variables": {"line": {"size": 3}}}' } };
		const cases: Array<[IDataObject, INodeParameters?]> = [
			[{ line: 'A' }],
			[{ line: 'B' }],
			[{ line: { content: 'A', size: 2 } }],
			[{ line: 'A', picture: 'https://example.com/2.png' }],
			[{ line: 'A', picture: { fit: 'cover' } }],
			[{ line: 'A' }, { ...same, options: { title: 'Other' } }],
			[{ line: 'A' }, added],
		];
		for (const [json, more = same] of cases) await automatic([{ json }], 'template_wide', more);
		for (const file of [pngFile('a.png'), pngFile('b.png')]) await automatic([await itemWith({ picture: file }, { line: 'A' })], 'template_wide', same);
		expect(sandbox().stats().videosCreated).toBe(cases.length + 2);
		for (const [json, more = same] of cases) await automatic([{ json }], 'template_wide', more);
		expect(sandbox().stats().videosCreated).toBe(cases.length + 2);
	});

	it('does not depend on the order of the fields', async () => {
		await automatic([{ json: { headline: 'A', offer: 'B' } }], WELCOME, same);
		await generate(sandbox(), WELCOME, mapped({ offer: 'B', headline: 'A' }), same);
		expect(sandbox().stats().videosCreated).toBe(1);
	});
});

describe("a variable with a name of JavaScript's own", () => {
	const named = (name: string) => Object.fromEntries([[name, text(name, 'old')]]) as IDataObject;
	const given = (name: string) => JSON.parse(`{"${name}": "Bauer"}`) as IDataObject;

	it.each(['toString', 'hasOwnProperty', 'valueOf'])('%s is given or missed as any other', async (name) => {
		changeTemplate('template_wide', { variables: named(name), scripts: [`{{${name}}}`] });
		expect((await automatic([{ json: given(name) }], 'template_wide')).originalError).toBeUndefined();
		expect(sentVariables()).toEqual([{ [name]: text(name, 'Bauer') }]);
		expect(errorOf(await automatic([{ json: {} }], 'template_wide')).message).toMatch(new RegExp(`has no value for "${name}"`));
	});

	it.each(['constructor', 'prototype', '__proto__'])('%s, which n8n loses, is refused however it is given', async (name) => {
		changeTemplate('template_wide', { variables: named(name), scripts: [`{{${name}}}`] });
		const lost = new RegExp(`^'Variables' cannot fill "${name}" of the template "Cinema": n8n hands on no field of that name`);
		const results = [await automatic([{ json: given(name) }], 'template_wide'), await generate(sandbox(), 'template_wide', mapped(given(name)))];
		for (const result of results) {
			expect(errorOf(result).message).toMatch(lost);
			expect(errorOf(result).description).toContain("'Allow Missing Variables'");
		}
		// A file of that name n8n may have lost as well.
		const picture = Object.fromEntries([[name, { type: 'image', url: 'https://example.com/a.png' }]]) as IDataObject;
		changeTemplate('template_wide', { variables: picture, scripts: ['Hello'] });
		expect(errorOf(await generate(sandbox(), 'template_wide', mapped({}))).message).toMatch(lost);
		expectNothingMade();
	});

	it('is done without where that is allowed', async () => {
		changeTemplate('template_wide', { variables: named('constructor'), scripts: ['{{constructor}}'] });
		const allowed = { options: { allowMissingVariables: true } };
		expect((await automatic([{ json: {} }], 'template_wide', allowed)).originalError).toBeUndefined();
		expect(errorOf(await automatic([{ json: given('constructor') }], 'template_wide', allowed)).message).toMatch(/^'Variables' cannot fill "constructor"/);
		expect(sentVariables()).toEqual([{}]);
	});
});

describe('what only a script names', () => {
	it('may be given as a text, or left out', async () => {
		changeTemplate('template_flat', { variables: { title: { type: 'text', content: 'Hi' } }, scripts: ['{{title}} by {{who}}'] });
		await automatic([{ json: { title: 'A', who: 'Ada' } }], 'template_flat');
		await generate(sandbox(), 'template_flat', mapped({ title: 'A', who: 'Bob' }));
		await automatic([{ json: { title: 'A' } }], 'template_flat');
		const title = { type: 'text', content: 'A' };
		expect(sentVariables()).toEqual([{ title, who: text('who', 'Ada') }, { title, who: text('who', 'Bob') }, { title }]);
		expect(errorOf(await automatic([{ json: { who: 'Ada' } }], 'template_flat')).message).toMatch(/has no value for "title"/);
	});
});

describe('a limit on costs', () => {
	it.each(['', '...', '  '])('needs the expected length of a video that says %j', async (story) => {
		const limited = (expected: INodeParameters) => ({ options: { maximumCostPerItem: 1, ...expected } });
		const error = errorOf(await generate(sandbox(), 'template_news', mapped({ story }), limited({})));
		expect(error.message).toMatch(/length of the video is not known/);
		expectNothingMade();
		expect((await generate(sandbox(), 'template_news', mapped({ story }), limited({ expectedSeconds: 5 }))).originalError).toBeUndefined();
		expect(jsonOf(await generate(sandbox(), 'template_news', mapped({ story }), { options: { dryRun: true } }))[0]?.estimate).toMatchObject({ credits: null });
	});
});
