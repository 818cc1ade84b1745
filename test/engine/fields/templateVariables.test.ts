/** The fields that n8n's resource mapper shows for the variables of a template, and the list of templates. */
import { type INodeParameters, NodeHelpers, type ResourceMapperFields } from 'n8n-workflow';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import { loadOptionsContext } from '../support/harness';
import { locator, useSandbox, useTiming } from '../support/support';
import { mapped, templateRun } from '../support/templateSupport';

useTiming();
const sandbox = useSandbox();

/** Asks for the fields as the editor does. */
async function fieldsOf(templateId: unknown): Promise<ResourceMapperFields> {
	const run = templateRun(sandbox(), 'generate', { templateId } as INodeParameters);
	return await new HeyGenVideo().methods.resourceMapping.getTemplateVariables.call(loadOptionsContext(run));
}

const base = { defaultMatch: false, canBeUsedToMatch: false, display: true, type: 'string' };

it('are those of the template, with their types and the values that they have', async () => {
	const { fields, emptyFieldsNotice } = await fieldsOf(locator('template_welcome'));
	const file = (name: string, kind: string, defaultValue: string) => ({
		...base,
		id: name,
		displayName: `${name} (${kind})`,
		required: false,
		defaultValue,
	});
	expect(fields).toEqual([
		{ ...base, id: 'headline', displayName: 'headline (text, required)', required: true, defaultValue: 'Welcome' },
		{ ...base, id: 'offer', displayName: 'offer (text, required)', required: true, defaultValue: 'Ten percent off' },
		file('logo', 'image', 'https://example.com/logo.png'),
		file('clip', 'video', 'asset_clip_1'),
		file('jingle', 'audio', 'https://example.com/jingle.mp3'),
		{ ...base, id: 'speaker', displayName: 'speaker (voice ID)', required: false, defaultValue: 'voice_ann_calm_001' },
		{ ...base, id: 'host', displayName: 'host (character ID)', required: false, defaultValue: 'look_ann_office_01' },
	]);
	expect(emptyFieldsNotice).toBeUndefined();
	expect(sandbox().requests().map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v3/templates/template_welcome']);
});

it('may have no value yet, and a type that came later', async () => {
	expect((await fieldsOf(locator('template_empty'))).fields).toEqual([
		{ ...base, id: 'greeting', displayName: 'greeting (text, required)', required: true },
		{ ...base, id: 'logo', displayName: 'logo (image)', required: false },
	]);
	expect((await fieldsOf(locator('template_new_type'))).fields.map(({ displayName, required }) => [displayName, required])).toEqual([
		['word (text, required)', true],
		['mood (mood: text or JSON)', false],
		['chart (chart: text or JSON)', false],
	]);
});

it('are also what only a script names, which need not be given', async () => {
	const { world } = sandbox() as unknown as { world: { templates: { get: (id: string) => { scenes: Array<{ script: string }> } } } };
	for (const scene of world.templates.get('template_wide').scenes) scene.script = '{{line}} by {{who}}';
	expect((await fieldsOf(locator('template_wide'))).fields).toEqual([
		{ ...base, id: 'line', displayName: 'line (text, required)', required: true, defaultValue: 'The end' },
		{ ...base, id: 'who', displayName: 'who (text)', required: false },
	]);
});

it('show a text that n8n would take for an expression by an expression, and no address that runs out', async () => {
	const { fields } = await fieldsOf(locator('template_equals'));
	expect(fields.map(({ defaultValue }) => defaultValue)).toEqual(['={{ "=1+1 \\u007b\\u007bx\\u007d\\u007d" }}', undefined]);
});

it.each([
	['nothing', ''],
	['no value', undefined],
	['an empty locator', { __rl: true, mode: 'list', value: '' }],
	['a locator whose expression the editor cannot evaluate', { __rl: true, mode: 'id', value: null }],
	['an expression', { __rl: true, mode: 'id', value: '={{ $json.template_id }}' }],
	['what is no ID', locator('two words')],
])('are none for %s, which a notice explains', async (_name, templateId) => {
	const { fields, emptyFieldsNotice } = await fieldsOf(templateId);
	expect(fields).toEqual([]);
	expect(emptyFieldsNotice).toMatch(/^Pick a template .*'Map Automatically'/);
	expect(sandbox().stats().requestsTotal).toBe(0);
});

it('are none for a template without variables, which a notice explains', async () => {
	expect(await fieldsOf(locator('template_fixed'))).toEqual({ fields: [], emptyFieldsNotice: expect.stringMatching(/^This template has no variables/) as string });
});

it('cannot be read of a template that there is not, nor with a wrong key', async () => {
	await expect(fieldsOf(locator('template_gone'))).rejects.toThrow(/^Could not read the template: Template template_gone not found/);
	sandbox().configure({ revokedKeys: [sandbox().apiKey] });
	await expect(fieldsOf(locator('template_welcome'))).rejects.toThrow(/^Could not read the template/);
});

describe('n8n', () => {
	/** What n8n says of a node before it runs the workflow. */
	function issuesOf(variables: unknown): unknown {
		const { description } = new HeyGenVideo();
		const parameters = { resource: 'template', operation: 'generate', templateId: locator('t1'), variables } as INodeParameters;
		const node = { id: '1', name: 'x', type: 'heyGenVideo', typeVersion: 1.1, position: [0, 0] as [number, number], parameters };
		return NodeHelpers.getNodeParametersIssues(description.properties, node, description);
	}

	// In the mode "add" n8n would refuse to run a workflow in which a required field is left out.
	it.each<[string, unknown]>([
		['filled in', mapped({ headline: 'x' })],
		['emptied', mapped({ headline: '' })],
		['left out', { ...mapped({ headline: 'x' }), value: {} }],
		['never opened', mapped(null)],
		['automatic', mapped(null, 'autoMapInputData')],
		['an expression', mapped({ headline: '={{ $json.a }}' })],
		['a record', { headline: 'x' }],
	])('runs a node whose variables are %s', (_name, variables) => {
		expect(issuesOf(variables)).toBeNull();
	});

	it('asks for the fields by a method that the node has', () => {
		const { description, methods } = new HeyGenVideo();
		const mapper = description.properties.find(({ type }) => type === 'resourceMapper');
		const name = mapper?.typeOptions?.resourceMapper?.resourceMapperMethod;
		expect(Object.keys(methods.resourceMapping)).toEqual([name]);
		expect(mapper?.typeOptions?.loadOptionsDependsOn).toEqual(['templateId.value']);
	});
});

describe('the list of templates', () => {
	const list = async (filter?: string) => {
		const run = templateRun(sandbox(), 'generate');
		return await new HeyGenVideo().methods.listSearch.searchTemplates.call(loadOptionsContext(run), filter);
	};

	it('has their ratios and pictures', async () => {
		const { results, paginationToken } = await list();
		expect(results).toHaveLength(12);
		expect(results[0]).toEqual({ name: 'Welcome (16:9)', value: 'template_welcome', url: expect.stringMatching(/^http.*template_welcome\.jpg/) as string });
		expect(results[3]).toMatchObject({ name: 'Plain texts', value: 'template_plain' });
		expect(paginationToken).toBeUndefined();
	});

	it('is searched', async () => {
		expect((await list('NEWS')).results.map(({ value }) => value)).toEqual(['template_news']);
		expect((await list('nobody')).results).toEqual([]);
	});
});
