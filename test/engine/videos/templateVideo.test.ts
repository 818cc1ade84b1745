/** Videos of templates: what reaches HeyGen for each variable and option, and what is refused. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { assetIdOf, itemWith, UPLOAD } from '../support/assetSupport';
import { mp4Of, pngFile, wavFile } from '../support/sampleFiles';
import {
	countOf,
	errorOf,
	expression,
	FAST_JOBS,
	jsonOf,
	linksOf,
	locator,
	requestsTo,
	useSandbox,
	useTiming,
} from '../support/support';
import { GENERATE, generate, generated, mapped, READ_TEMPLATE, TEXT_RECORDS, textRecord as text, TEXTS, WELCOME } from '../support/templateSupport';

useTiming();
const sandbox = useSandbox({ ...FAST_JOBS, validateAssets: true });

const idOf = (name: string) => assetIdOf(sandbox(), name);
const welcome = async (variables: unknown, more?: INodeParameters, items?: INodeExecutionData[]) =>
	await generate(sandbox(), WELCOME, variables, more, items);

/** Nothing has been uploaded or made. */
function expectNothingMade(): void {
	expect([countOf(sandbox(), GENERATE), countOf(sandbox(), UPLOAD)]).toEqual([0, 0]);
}

describe('options', () => {
	it('are sent, each in its place', async () => {
		const options: INodeParameters = {
			additionalFields: '{"watermark": false}',
			brandVoiceId: locator('glossary_law'),
			caption: true,
			enableSharing: true,
			folderId: 'folder_7',
			fps: 30,
			height: 720,
			includeGif: true,
			keepTextVerticallyCentered: true,
			reorderMusic: false,
			sceneIds: 'scene_offer, scene_hello\nscene_offer',
			subtitles: { settings: { alignment: 5, disableHighlight: true, fontSize: '48', positionX: '0.5', positionY: 10, presetName: 'classic' } },
			title: ' Spring ',
			width: 1280,
		};
		sandbox().configure({ contract: 'open' });
		const requestOptions = { callbackId: 'order-7', callbackUrl: 'https://n8n.example.com/webhook/1' };
		const result = await welcome(mapped(TEXTS), { options, requestOptions });
		expect(result.originalError).toBeUndefined();
		expect(requestsTo(sandbox(), GENERATE).map(({ body, path }) => ({ body, path }))).toEqual([
			{
				path: '/v3/templates/template_welcome',
				body: {
					variables: TEXT_RECORDS,
					brand_voice_id: 'glossary_law',
					caption: true,
					dimension: { width: 1280, height: 720 },
					enable_sharing: true,
					folder_id: 'folder_7',
					fps: 30,
					include_gif: true,
					keep_text_vertically_centered: true,
					reorder_music: false,
					scene_ids: ['scene_offer', 'scene_hello', 'scene_offer'],
					subtitles: { preset_name: 'classic', alignment: 5, disable_highlight: true, font_size: 48, position: { x: 0.5, y: 10 } },
					title: 'Spring',
					watermark: false,
					callback_id: 'order-7',
					callback_url: 'https://n8n.example.com/webhook/1',
				},
			},
		]);
		expect(jsonOf(result)).toEqual([expect.objectContaining({ video_id: expect.any(String) as string, status: 'processing' })]);
	});

	it.each<[INodeParameters, IDataObject]>([
		[{}, {}],
		[{ width: expression('1920 ') }, { dimension: { width: 1920, height: 1080 } }],
		[{ height: 720 }, { dimension: { width: 1280, height: 720 } }],
		[{ width: 1366, height: 768 }, { dimension: { width: 1366, height: 768 } }],
		[{ fps: expression('60') }, { fps: 60 }],
		[{ fps: 'byName', fpsName: '50' }, { fps: 50 }],
		[{ sceneIds: expression([{ scene_id: 'scene_bye' }, 'scene_bye']) }, { scene_ids: ['scene_bye', 'scene_bye'] }],
		[{ sceneIds: expression('["scene_hello"]'), allowMissingVariables: true }, { scene_ids: ['scene_hello'] }],
		[{ caption: expression('yes'), includeGif: expression('off') }, { caption: true, include_gif: false }],
		[{ brandVoiceId: expression({ brand_glossary_id: 'glossary_law' }) }, { brand_voice_id: 'glossary_law' }],
		[{ subtitles: { settings: { presetName: 'classic', fontSize: '', positionX: ' ' } } }, { subtitles: { preset_name: 'classic', alignment: 2, disable_highlight: false } }],
	])('%j become %j', async (options, sent) => {
		sandbox().configure({ contract: 'open' });
		const result = await welcome(TEXTS, { options });
		expect(result.originalError).toBeUndefined();
		expect(generated(sandbox())).toEqual([{ variables: TEXT_RECORDS, ...sent }]);
	});

	it('fit the contract', async () => {
		const options = { width: 1280, fps: 60, sceneIds: 'scene_bye', subtitles: { settings: { presetName: 'classic' } }, includeGif: true, caption: true };
		expect((await welcome(TEXTS, { options })).originalError).toBeUndefined();
		expect(sandbox().stats().videosCreated).toBe(1);
	});

	it('of a template without a ratio need both sides, or none', async () => {
		const plain = { name: 'Eva', city: 'Rome' };
		await generate(sandbox(), 'template_plain', plain, { options: { width: 500, height: 800 } });
		expect(generated(sandbox())).toEqual([{ variables: plain, dimension: { width: 500, height: 800 } }]);
		const error = errorOf(await generate(sandbox(), 'template_plain', plain, { options: { width: 500 } }));
		expect(error.message).toMatch(/^'Height' is empty: the template does not say its ratio/);
	});
});

describe('variables', () => {
	it('of all types are put where the template has them, and the rest stays', async () => {
		const variables = {
			...TEXTS,
			logo: 'https://example.com/new.webp',
			clip: { url: 'https://example.com/new.mp4', volume: 0.2 },
			jingle: 'picture',
			speaker: 'voice_bruno_calm_002',
			host: 'look_bruno_office_01',
		};
		const items = [await itemWith({ picture: wavFile() })];
		const result = await welcome(mapped(variables), {}, items);
		expect(result.originalError).toBeUndefined();
		expect(generated(sandbox())).toEqual([
			{
				variables: {
					...TEXT_RECORDS,
					logo: { name: 'logo', type: 'image', properties: { url: 'https://example.com/new.webp', fit: 'contain' } },
					clip: { name: 'clip', type: 'video', properties: { url: 'https://example.com/new.mp4', play_style: 'loop', fit: 'cover', volume: 0.2 } },
					jingle: { name: 'jingle', type: 'audio', properties: { asset_id: idOf('speech.wav') } },
					speaker: { name: 'speaker', type: 'voice', properties: { voice_id: 'voice_bruno_calm_002', locale: 'en-US' } },
					host: { name: 'host', type: 'character', properties: { character_id: 'look_bruno_office_01', type: 'avatar', scale: 1 } },
				},
			},
		]);
	});

	it.each<[template: string, given: IDataObject, sent: IDataObject]>([
		[
			'template_flat',
			{ title: 'Yo', picture: 'https://example.com/a.png', voice: 'v2', look: 'l2' },
			{
				title: { type: 'text', content: 'Yo' },
				picture: { type: 'image', url: 'https://example.com/a.png', fit: 'cover' },
				voice: { voice_id: 'v2' },
				look: { avatar_id: 'l2' },
			},
		],
		[
			'template_union',
			{ caption: 'Yo', photo: 'https://example.com/b.jpg', film: 'https://example.com/b.mp4', sound: 'https://example.com/b.wav' },
			{
				caption: { type: 'text', value: 'Yo' },
				photo: { type: 'url', url: 'https://example.com/b.jpg' },
				film: { video: { type: 'url', url: 'https://example.com/b.mp4' }, volume: 1 },
				sound: { type: 'audio', properties: { type: 'url', url: 'https://example.com/b.wav' } },
			},
		],
		['template_plain', { name: 'Eva', city: '', portrait: 'https://example.com/b.jpg' }, { name: 'Eva', city: '', portrait: 'https://example.com/b.jpg' }],
		['template_empty', { greeting: 'Yo' }, { greeting: { name: 'greeting', type: 'text', properties: { content: 'Yo' } } }],
		['template_scenes_only', { word: 'Yo' }, { word: { name: 'word', type: 'text', properties: { content: 'Yo' } } }],
		[
			'template_new_type',
			{ word: 'Yo', mood: '{"level": 5}', chart: [1, 2] },
			{ word: { type: 'text', content: 'Yo' }, mood: { type: 'mood', properties: { level: 5 } }, chart: [1, 2] },
		],
		['template_silent', {}, {}],
		['template_fixed', {}, {}],
	])('of %s are %j', async (templateId, given, sent) => {
		const result = await generate(sandbox(), templateId, mapped(given));
		expect(result.originalError).toBeUndefined();
		expect(generated(sandbox())).toEqual([{ variables: sent }]);
		expect(sandbox().stats().videosCreated).toBe(1);
	});

	// n8n evaluates what is in the mapper, for each item.
	it('are expressions, the mapper itself is one, or its values are', async () => {
		const items = [{ json: { a: 'One', vars: { headline: 'H1', offer: 'O1' } } }, { json: { a: 2, vars: { headline: 'H2', offer: '' } } }];
		await welcome(mapped({ headline: '={{ $json.a }}', offer: "={{ '' }}" }), {}, items);
		await welcome({ mappingMode: 'defineBelow', value: '={{ $json.vars }}', schema: [] }, {}, items);
		await welcome('={{ $json.vars }}', {}, items);
		await welcome('={{ JSON.stringify($json.vars) }}', {}, items);
		const pair = (headline: string, offer: string) => ({ variables: { headline: text('headline', headline), offer: text('offer', offer) } });
		const byVars = [pair('H1', 'O1'), pair('H2', '')];
		const sent = generated(sandbox());
		expect(sent).toHaveLength(8);
		expect(sent).toEqual(expect.arrayContaining([pair('One', ''), pair('2', ''), ...byVars, ...byVars, ...byVars]));
	});

	it('are empty on purpose', async () => {
		await welcome(mapped({ headline: '', offer: ' ' }));
		await welcome('{"headline": "", "offer": ""}');
		const sent = { variables: { headline: text('headline', ''), offer: text('offer', '') } };
		expect(generated(sandbox())).toEqual([sent, sent]);
	});

	it('that are empty and no texts keep what the template has', async () => {
		await welcome(mapped({ ...TEXTS, logo: '', clip: null, speaker: ' ', host: '={{ null }}' }));
		expect(generated(sandbox())).toEqual([{ variables: TEXT_RECORDS }]);
	});

	it('are fields of the item that are called so, with the mode Map Automatically', async () => {
		const json = { ...TEXTS, other: 'x', nested: { speaker: 'v' }, speaker: 'voice_bruno_calm_002', clip: null, host: '' };
		const items = [await itemWith({ logo: pngFile('logo.png'), other: pngFile('other.png') }, json)];
		const result = await welcome(mapped(null, 'autoMapInputData'), {}, items);
		expect(result.originalError).toBeUndefined();
		expect(generated(sandbox())).toEqual([
			{
				variables: {
					...TEXT_RECORDS,
					logo: { name: 'logo', type: 'image', properties: { asset_id: idOf('logo.png'), fit: 'contain' } },
					speaker: { name: 'speaker', type: 'voice', properties: { voice_id: 'voice_bruno_calm_002', locale: 'en-US' } },
				},
			},
		]);
		expect(countOf(sandbox(), UPLOAD)).toBe(1);
	});

	it('of the JSON count before files of the same name', async () => {
		const items = [await itemWith({ logo: pngFile('logo.png') }, { ...TEXTS, logo: 'https://example.com/other.png' })];
		await welcome(mapped({ headline: 'ignored' }, 'autoMapInputData'), {}, items);
		expect(generated(sandbox())).toMatchObject([{ variables: { ...TEXT_RECORDS, logo: { properties: { url: 'https://example.com/other.png' } } } }]);
		expect(countOf(sandbox(), UPLOAD)).toBe(0);
	});

	it('are files of the item, also where an asset could be called so', async () => {
		const items = [await itemWith({ asset_12345678: pngFile('a.png'), film: { content: mp4Of(50_000), fileName: 'film.mp4', mimeType: 'video/mp4' } })];
		await welcome(mapped({ ...TEXTS, logo: 'asset_12345678', clip: '={{ $binary.film }}' }), {}, items);
		expect(generated(sandbox())).toMatchObject([
			{ variables: { logo: { properties: { asset_id: idOf('a.png') } }, clip: { properties: { asset_id: idOf('film.mp4') } } } },
		]);
	});

	it('with the same file upload it once', async () => {
		const [one, two] = [await itemWith({ data: pngFile('a.png') }), await itemWith({ data: pngFile('a.png') })];
		const result = await welcome(mapped({ ...TEXTS, logo: 'data', clip: 'https://example.com/a.mp4' }), {}, [one, two]);
		expect(linksOf(result)).toEqual([0, 1]);
		expect([countOf(sandbox(), UPLOAD), countOf(sandbox(), GENERATE), countOf(sandbox(), READ_TEMPLATE)]).toEqual([1, 2, 1]);
	});
});

describe('texts that are left out', () => {
	it.each<[variables: unknown, message: RegExp]>([
		[null, /^'Variables' has no value for "headline" and "offer": the video would show them as \{\{headline\}\}/],
		[mapped(null), /^'Variables' has no value for "headline" and "offer"/],
		[mapped({ headline: 'x' }), /^'Variables' has no value for "offer": the video would show it as \{\{offer\}\}/],
		[{ headline: 'x', offer: null }, /^'Variables' has no value for "offer"/],
		[mapped({}, 'autoMapInputData'), /^'Variables' has no value for "headline" and "offer"/],
	])('are refused: %j', async (variables, message) => {
		const error = errorOf(await welcome(variables));
		expect(error.message).toMatch(message);
		expect(error.description).toContain("{{ '' }}");
		expectNothingMade();
	});

	it('are allowed', async () => {
		const options = { allowMissingVariables: expression('TRUE') };
		await welcome(mapped(null), { options });
		await welcome(mapped({ headline: 'Spring' }), { options });
		await welcome(mapped(null, 'autoMapInputData'), { options }, [{ json: { other: 1 } }]);
		expect(generated(sandbox())).toEqual([{ variables: {} }, { variables: { headline: text('headline', 'Spring') } }, { variables: {} }]);
	});

	it('count for the scenes that are asked for', async () => {
		await welcome(mapped({ headline: 'Spring' }), { options: { sceneIds: 'scene_hello, scene_bye' } });
		expect(generated(sandbox())).toEqual([{ variables: { headline: text('headline', 'Spring') }, scene_ids: ['scene_hello', 'scene_bye'] }]);
		const error = errorOf(await welcome(mapped({ headline: 'Spring' }), { options: { sceneIds: 'scene_bye, scene_offer' } }));
		expect(error.message).toMatch(/has no value for "offer"/);
	});

	it('are not all that an item lacks in which no field is called as a variable', async () => {
		const error = errorOf(await generate(sandbox(), 'template_silent', mapped(null, 'autoMapInputData'), {}, [{ json: { picture: 'x' } }]));
		expect(error.message).toMatch(/^'Variables' finds no field in the item that is called as a variable of the template "Pictures only"/);
		expect(error.description).toContain('"cover"');
		expectNothingMade();
	});
});

/** What is refused when the template is known. */
const BY_TEMPLATE: Array<[parameters: INodeParameters, message: RegExp, advice?: RegExp]> = [
	[{ variables: mapped({ ...TEXTS, headlin: 'x' }) }, /^'Variables' has "headlin", which is no variable of the template "Welcome"/, /^Did you mean "headline"\? The template's variables are "headline", "offer", "logo", "clip", "jingle", "speaker" and "host"/],
	[{ variables: mapped({ ...TEXTS, Offer: 'x' }) }, /^'Variables' has "Offer"/, /^Did you mean "offer"/],
	[{ variables: { ...TEXTS, price: 5 } }, /^'Variables' has "price"/, /^The template's variables are/],
	[{ variables: '{"headline": "x", "offer": "y", "__proto": 1}' }, /^'Variables' has "__proto"/],
	[{ variables: mapped({ ...TEXTS, headline: '={{ ["a"] }}' }) }, /^'Variables → headline' must be text, but it is \["a"\]/],
	[{ variables: mapped({ ...TEXTS, headline: true }) }, /^'Variables → headline' must be text/],
	[{ variables: mapped({ ...TEXTS, headline: '#REF!' }) }, /^'Variables → headline' holds "#REF!"/],
	[{ variables: mapped({ ...TEXTS, logo: 'data:image/png;base64,iVBORw0KGgo=' }) }, /^'Variables → logo' holds the file itself/],
	[{ variables: mapped({ ...TEXTS, logo: 'http://example.com/a.png' }) }, /^'Variables → logo' must be an address that starts with https/],
	[{ variables: mapped({ ...TEXTS, logo: 'https://10.0.0.1/a.png' }) }, /^'Variables → logo' points into a private network/],
	[{ variables: mapped({ ...TEXTS, logo: 'https://example.com/a.mp4' }) }, /^'Variables → logo' is an MP4 video/],
	[{ variables: mapped({ ...TEXTS, logo: 'photo' }) }, /^'Variables → logo' must be the name of a binary field of the item/, /^The item's binary fields are "data" and "text"/],
	[{ variables: mapped({ ...TEXTS, clip: 'data' }) }, /^'Variables → clip': "a\.png" is a PNG/],
	[{ variables: mapped({ ...TEXTS, logo: '={{ ["a1", "b2"] }}' }) }, /^'Variables → logo' must be one file/],
	[{ variables: mapped({ ...TEXTS, speaker: 'Anna from Berlin' }) }, /^'Variables → speaker' is not an ID/],
	[{ variables: mapped({ ...TEXTS, host: 'https://example.com/host' }) }, /^'Variables → host' must be an ID, but it is an address/],
	[{ options: { sceneIds: 'scene_1' } }, /^'Scene IDs' names "scene_1", which is no scene of the template "Welcome"/, /"scene_hello", "scene_offer" and "scene_bye"/],
	[{ options: { width: 1080, height: 1920 } }, /^'Height' makes a video of another shape than the template, which has 16:9/],
	[{ options: { height: 128, width: 4096 } }, /^'Height' makes a video of another shape/],
	[{ options: { height: 4096 } }, /^'Width' would be 7,282/],
];

/** What is refused without a look at the template. */
const AT_ONCE: Array<[parameters: INodeParameters, message: RegExp]> = [
	[{ variables: expression([1]) }, /^'Variables' must be a record of values by the names of the variables, such as .*, but it is \[1\]/],
	[{ variables: expression('headline') }, /^'Variables' is no valid JSON/],
	[{ variables: expression('["headline"]') }, /^'Variables' must be a record/],
	[{ variables: expression(7) }, /^'Variables' must be a record/],
	[{ variables: expression({ mappingMode: 'defineBelow', value: 'x', schema: [] }) }, /^'Variables' is no valid JSON/],
	[{ templateId: locator('={{ "" }}') }, /^'Template' is empty/],
	[{ templateId: locator('a b') }, /^'Template' is not an ID/],
	[{ templateId: locator('https://example.com/t') }, /^'Template' must be an ID, but it is an address/],
	[{ options: { width: 1921 } }, /^'Width' must be an even number of pixels, but it is "1921"/],
	[{ options: { width: 100 } }, /^'Width' must be a whole number from 128 to 4,096/],
	[{ options: { height: 1080.5 } }, /^'Height' must be a whole number/],
	[{ options: { height: expression('tall') } }, /^'Height' must be a whole number/],
	[{ options: { fps: expression([30]) } }, /^'Frame Rate' must be one word, such as 25, 30, 60/],
	[{ options: { fps: 'byName', fpsName: '' } }, /^'Frame Rate Name' is empty/],
	[{ options: { subtitles: { settings: { fontSize: '48' } } } }, /^'Subtitles → Preset Name' is empty/],
	[{ options: { subtitles: { settings: { presetName: 'x', fontSize: 'large' } } } }, /^'Subtitles → Font Size' must be a whole number of 1 or more/],
	[{ options: { caption: expression('maybe') } }, /^'Caption' must be true or false/],
	[{ options: { allowMissingVariables: expression('maybe') } }, /^'Allow Missing Variables' must be true or false/],
	[{ options: { sceneIds: expression([{ name: 'x' }]) } }, /^'Scene IDs' \(entry 1\) must be an ID/],
	[{ options: { brandVoiceId: expression('two words') } }, /^'Brand Glossary' is not an ID/],
	[{ options: { additionalFields: '{"title": "Other"}', title: 'Mine' } }, /^'Title' is "Mine", but 'Additional Fields \(JSON\) → title' is "Other"/],
	[{ options: { rate: expression('cheap') } }, /^'Rate' must be a number of 0 or more/],
	[{ options: { maximumCostPerItem: '={{ "" }}' } }, /^'Maximum Cost per Item' is empty/],
	[{ options: { dryRun: '={{ "" }}' } }, /^'Dry Run' is empty/],
	[{ requestOptions: { callbackUrl: 'http://localhost/' } }, /^'Callback URL' must be an address/],
	[{ waitForCompletion: true, download: ['gif'] }, /^'Download' asks for the file 'GIF', which the video does not have without the option 'Include GIF'/],
	[{ waitForCompletion: true, download: ['captionedVideo'] }, /^'Download' asks for the file 'Captioned Video', .* 'Caption' or 'Subtitles'/],
	[{ waitForCompletion: true, download: ['subtitles'] }, /^'Download' asks for the file 'Subtitles'/],
];

describe('refused is', () => {
	it.each(BY_TEMPLATE)('%j, by the template', async (parameters, message, advice = /.*/) => {
		const items = [await itemWith({ data: pngFile('a.png'), text: pngFile('b.png') })];
		const error = errorOf(await welcome(TEXTS, parameters, items));
		expect(error.message).toMatch(message);
		expect(error.description ?? '').toMatch(advice);
		expectNothingMade();
	});

	it.each(AT_ONCE)('%j, without any request', async (parameters, message) => {
		expect(errorOf(await welcome(TEXTS, parameters)).message).toMatch(message);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('a template that there is not, once for all items', async () => {
		const items = Array.from({ length: 5 }, () => ({ json: {} }));
		const result = await generate(sandbox(), 'template_gone', TEXTS, {}, items, { onError: 'continueErrorOutput' });
		const errors = jsonOf(result, 1);
		expect(errors).toHaveLength(5);
		expect(String(errors[0]?.error)).toMatch(/^Could not read the template: Template template_gone not found \(field 'Template'\)/);
		expect([countOf(sandbox(), READ_TEMPLATE), countOf(sandbox(), GENERATE)]).toEqual([1, 0]);
	});

	it('one item, and nothing is made for the others', async () => {
		const items = [{ json: { headline: 'One' } }, { json: { headline: ['Two'] } }];
		const error = errorOf(await welcome(mapped({ headline: '={{ $json.headline }}', offer: 'x' }), {}, items));
		expect(error.message).toMatch(/^'Variables → headline' must be text.*item 2/);
		expectNothingMade();
	});
});

describe('files of the video', () => {
	it.each<[download: string[], options: INodeParameters, binary: string[]]>([
		[['video'], {}, ['video']],
		[['video', 'thumbnail', 'gif'], { includeGif: true }, ['gif', 'thumbnail', 'video']],
		[['captionedVideo', 'subtitles'], { caption: true }, ['captionedVideo', 'subtitles']],
		[['subtitles'], { subtitles: { settings: { presetName: 'classic' } } }, ['subtitles']],
		[['gif'], { additionalFields: '{"include_gif": true}' }, ['gif']],
	])('%j are fetched with %j', async (download, options, binary) => {
		const result = await welcome(TEXTS, { waitForCompletion: true, download, options });
		expect(result.originalError).toBeUndefined();
		expect(Object.keys(result.outputs[0]?.[0]?.binary ?? {}).sort()).toEqual(binary);
		expect(jsonOf(result)).toMatchObject([{ status: 'completed', title: 'Welcome', cost: { credits: expect.any(Number) as number } }]);
	});
});
