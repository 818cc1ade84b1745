/** Brand kits, brand glossaries and folders: every operation, and nothing is made twice. */
import type { INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { runAsset } from '../support/assetSupport';
import {
	bodiesOf,
	countOf,
	errorOf,
	jsonOf,
	linksOf,
	locator,
	requestsTo,
	useSandbox,
	useTiming,
	type NodeRunOptions,
} from '../support/support';

useTiming();
const sandbox = useSandbox({ jobSeconds: 0.1 });

const KITS = '/v3/brand-kits';
const KIT = '/v3/brand-kits/{brand_kit_id}';
const GLOSSARIES = '/v3/brand-glossaries';
const GLOSSARY = '/v3/brand-glossaries/{brand_glossary_id}';
const FOLDERS = '/v3/folders';

const kit = (parameters: INodeParameters = {}): INodeParameters => ({ resource: 'brandKit', ...parameters });
const ofKit = (id: string, more: INodeParameters = {}) => kit({ brandKitId: locator(id), ...more });
const glossary = (parameters: INodeParameters = {}): INodeParameters => ({ resource: 'brandGlossary', ...parameters });
const ofGlossary = (id: string, more: INodeParameters = {}) => glossary({ brandGlossaryId: locator(id), ...more });
const folder = (parameters: INodeParameters = {}): INodeParameters => ({ resource: 'folder', ...parameters });
const terms = (...rows: INodeParameters[]): INodeParameters => ({ terms: { term: rows } });

/** Runs an operation that must end well. */
async function run(operation: string, parameters: INodeParameters, rows?: number, options: NodeRunOptions = {}) {
	const items = rows === undefined ? undefined : Array.from({ length: rows }, (_, row) => ({ json: { row } }));
	const result = await runAsset(sandbox(), operation, parameters, items, options);
	expect(result.originalError).toBeUndefined();
	return result;
}

const names = async (parameters: INodeParameters): Promise<unknown[]> =>
	jsonOf(await run('getAll', { ...parameters, returnAll: true })).map(({ name }) => name);

describe('a brand kit', () => {
	it('is made of a website, and read once HeyGen has looked at it', async () => {
		const created = jsonOf(await run('create', kit({ url: 'https://shop.example.com', options: { name: 'Shop' } })));
		expect(bodiesOf(sandbox(), `POST ${KITS}`)).toEqual([{ url: 'https://shop.example.com', name: 'Shop' }]);
		expect(created).toEqual([expect.objectContaining({ name: 'Shop', status: 'loading', logo_url: null, colors: [] })]);
		const id = String(created[0]?.brand_kit_id);
		await new Promise((resolve) => setTimeout(resolve, 150));
		expect(jsonOf(await run('get', ofKit(id)))).toEqual([
			{
				brand_kit_id: id,
				name: 'Shop',
				status: 'completed',
				logo_url: expect.stringMatching(/^http/),
				colors: expect.arrayContaining([expect.stringMatching(/^#/)]),
			},
		]);
	});

	it('is made for every item', async () => {
		const result = await run('create', kit({ url: '=https://shop-{{ $json.row }}.example.com' }), 3);
		expect(linksOf(result)).toEqual([0, 1, 2]);
		expect(jsonOf(result).map(({ name }) => name)).toEqual([0, 1, 2].map((row) => `shop-${row}.example.com`));
		expect(bodiesOf(sandbox(), `POST ${KITS}`)[0]).toEqual({ url: expect.any(String) });
	});

	it('that HeyGen could not make says so in its status', async () => {
		const [created] = jsonOf(await run('create', kit({ url: 'https://fail.example.com' })));
		await new Promise((resolve) => setTimeout(resolve, 150));
		const [record] = jsonOf(await run('get', ofKit(String(created?.brand_kit_id))));
		expect(record?.status).toBe('error');
	});

	it('is renamed', async () => {
		const result = await run('update', ofKit('kit_acme', { name: 'Acme Corp' }));
		expect(bodiesOf(sandbox(), `PATCH ${KIT}`)).toEqual([{ name: 'Acme Corp' }]);
		expect(jsonOf(result)).toEqual([expect.objectContaining({ brand_kit_id: 'kit_acme', name: 'Acme Corp' })]);
	});

	it('is deleted', async () => {
		expect(jsonOf(await run('delete', ofKit('kit_acme')))).toEqual([{ deleted: true, id: 'kit_acme' }]);
		expect(await names(kit())).toEqual(['Initech', 'Globex']);
	});

	it('that is not there ends in an error that says what to do', async () => {
		const result = await runAsset(sandbox(), 'get', ofKit('kit_gone'));
		expect(errorOf(result).message).toBe('Could not get the brand kit: Brand kit kit_gone not found (item 1)');
		expect(errorOf(result).description).toContain('Check the ID');
	});

	it('is listed, newest first', async () => {
		expect(jsonOf(await run('getAll', kit())).map(({ brand_kit_id: id }) => id)).toEqual([
			'kit_initech',
			'kit_globex',
			'kit_acme',
		]);
		expect(jsonOf(await run('getAll', kit({ limit: 2 })))).toHaveLength(2);
	});

	it('is listed in pages of 100', async () => {
		await run('create', kit({ url: '=https://shop-{{ $json.row }}.example.com' }), 120);
		expect(await names(kit())).toHaveLength(123);
		expect(requestsTo(sandbox(), `GET ${KITS}`).map(({ query }) => query.limit)).toEqual(['100', '100']);
	});
});

describe('a brand glossary', () => {
	it('is made with its terms, and read', async () => {
		const rows = [
			{ term: 'Kubernetes', pronunciation: 'koo-ber-net-eez' },
			{ term: 'HeyGen', translation: 'HeyGen' },
			{ term: 'GIF', pronunciation: 'jif', translation: 'GIF' },
		];
		const created = jsonOf(await run('create', glossary({ name: 'Words', ...terms(...rows) })));
		expect(bodiesOf(sandbox(), `POST ${GLOSSARIES}`)).toEqual([{ name: 'Words', terms: rows }]);
		expect(created).toEqual([
			{
				brand_glossary_id: expect.stringMatching(/^glossary_/),
				name: 'Words',
				created_at: expect.any(String),
				updated_at: expect.any(String),
			},
		]);
		const [record] = jsonOf(await run('get', ofGlossary(String(created[0]?.brand_glossary_id))));
		expect(record?.terms).toEqual(rows);
	});

	it('may have no terms, but no row that is empty', async () => {
		await run('create', glossary({ name: 'One' }));
		const result = await runAsset(sandbox(), 'create', glossary({ name: 'Two', ...terms({ term: '', pronunciation: '', translation: '' }) }));
		expect(errorOf(result).message).toBe("'Terms → 1' is empty (item 1)");
		expect(bodiesOf(sandbox(), `POST ${GLOSSARIES}`)).toEqual([{ name: 'One' }]);
	});

	it('takes terms from the item', async () => {
		const row = { term: '={{ "Word " + $json.row }}', translation: '=Wort {{ $json.row }}' };
		await run('create', glossary({ name: '=Words {{ $json.row }}', ...terms(row) }), 2);
		const bodies = bodiesOf(sandbox(), `POST ${GLOSSARIES}`).sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
		expect(bodies).toEqual(
			[0, 1].map((item) => ({
				name: `Words ${item}`,
				terms: [{ term: `Word ${item}`, translation: `Wort ${item}` }],
			})),
		);
	});

	it.each([
		['its name', { name: 'Lex' }, { name: 'Lex' }],
		['its terms', terms({ term: 'A', translation: 'B' }), { terms: [{ term: 'A', translation: 'B' }] }],
		[
			'both',
			{ name: 'Lex', ...terms({ term: 'A', pronunciation: 'ay' }) },
			{ name: 'Lex', terms: [{ term: 'A', pronunciation: 'ay' }] },
		],
	])('is changed: %s', async (_what, parameters, body) => {
		await run('update', ofGlossary('glossary_law', parameters as INodeParameters));
		expect(bodiesOf(sandbox(), `PATCH ${GLOSSARY}`)).toEqual([body]);
		const [record] = jsonOf(await run('get', ofGlossary('glossary_law')));
		expect(record).toMatchObject({ name: 'Law terms', terms: [{ term: 'Law', pronunciation: 'law' }], ...body });
	});

	it('is deleted', async () => {
		expect(jsonOf(await run('delete', ofGlossary('glossary_law')))).toEqual([{ deleted: true, id: 'glossary_law' }]);
		expect(await names(glossary())).not.toContain('Law terms');
	});

	it('is listed, up to a limit or all', async () => {
		expect(jsonOf(await run('getAll', glossary({ limit: 5 })))).toHaveLength(5);
		expect(await names(glossary())).toHaveLength(12);
	});
});

describe('a folder', () => {
	it('is made within another, and read', async () => {
		const [outer] = jsonOf(await run('create', folder({ name: 'Films' })));
		const parentId = String(outer?.folder_id);
		const options = { parentId, type: 'video' };
		const [inner] = jsonOf(await run('create', folder({ name: 'Old films', options })));
		expect(bodiesOf(sandbox(), `POST ${FOLDERS}`)).toEqual([
			{ name: 'Films' },
			{ name: 'Old films', parent_id: parentId, type: 'video' },
		]);
		const folderId = String(inner?.folder_id);
		expect(jsonOf(await run('get', folder({ folderId })))).toEqual([
			expect.objectContaining({ folder_id: folderId, name: 'Old films', type: 'video', parent_id: parentId }),
		]);
	});

	it('may have a name of 256 characters', async () => {
		const [created] = jsonOf(await run('create', folder({ name: '={{ "a".repeat(256) }}' })));
		expect(String(created?.name)).toHaveLength(256);
	});

	it('within a folder that is not there ends in an error', async () => {
		const options = { parentId: 'folder_gone' };
		const error = errorOf(await runAsset(sandbox(), 'create', folder({ name: 'Films', options })));
		expect(error.message).toBe(
			"Could not create the folder: Folder folder_gone not found (field 'Parent ID') (item 1)",
		);
	});
});

describe.each([
	['brand kit', KITS, kit({ url: 'https://once.example.com', options: { name: 'Once' } }), 'brandKit'],
	['brand glossary', GLOSSARIES, glossary({ name: 'Once' }), 'brandGlossary'],
	['folder', FOLDERS, folder({ name: 'Once' }), 'folder'],
] as const)('a new %s', (_noun, path, parameters, resource) => {
	const endpoint = `POST ${path}`;
	/** The records that were made, by the answers that were no replays. */
	const made = () => requestsTo(sandbox(), endpoint).filter(({ replayed, status }) => !replayed && status !== 500).length;

	it.each(['drop_after', 'garbage', 'drop_before', 'status'] as const)('is made once although %s', async (kind) => {
		sandbox().addFault({ match: { path, method: 'POST' }, kind, times: 2 });
		await run('create', parameters);
		const requests = requestsTo(sandbox(), endpoint);
		expect(requests).toHaveLength(3);
		if (kind === 'drop_after' || kind === 'garbage') {
			expect(new Set(requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
			expect(requests.map(({ replayed }) => replayed)).toEqual([false, true, true]);
		}
		if (resource === 'folder') return;
		expect((await names({ resource })).filter((name) => name === 'Once')).toHaveLength(1);
	});

	it('is made once although the node is tried again', async () => {
		sandbox().addFault({ match: { path, method: 'POST' }, kind: 'drop_after', times: timing.retryCount + 1 });
		await run('create', parameters, 1, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 });
		expect(countOf(sandbox(), endpoint)).toBe(timing.retryCount + 2);
		expect(made()).toBe(1);
	});

	it('is made once in all executions with a key of the user\'s own', async () => {
		const options = { ...(parameters.options as INodeParameters), idempotencyKey: 'brand-1' };
		const first = await run('create', { ...parameters, options });
		const second = await run('create', { ...parameters, options });
		expect(jsonOf(second)).toEqual(jsonOf(first));
		expect(requestsTo(sandbox(), endpoint).map(({ idempotencyKey }) => idempotencyKey)).toEqual(['brand-1', 'brand-1']);
		expect(made()).toBe(1);
	});

	it('that may have been made is not what a later round of a loop gets for something else with the same key', async () => {
		sandbox().addFault({ match: { path, method: 'POST' }, kind: 'drop_after', times: timing.retryCount + 1 });
		const options = { ...(parameters.options as INodeParameters), idempotencyKey: 'brand-1' };
		const round = (values: INodeParameters) => ('name' in values ? { ...values, name: '=Round {{ $runIndex }}' } : values);
		const rounds = { ...round(parameters), options: round(options) };
		const result = await runAsset(sandbox(), 'create', rounds, [{ json: {} }], { times: 2, onError: 'continueErrorOutput' });
		expect(jsonOf(result)).toEqual([]);
		expect(jsonOf(result, 1)[0]?.error).toMatch(/^'Idempotency Key' is "brand-1", with which an earlier run of this node/);
		expect(countOf(sandbox(), endpoint)).toBe(timing.retryCount + 1);
	});

	it('is made for every item and in every execution otherwise', async () => {
		await run('create', parameters, 2);
		await run('create', parameters, 2);
		expect(made()).toBe(4);
		expect(new Set(requestsTo(sandbox(), endpoint).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(4);
	});

	it('is not asked for again without a key', async () => {
		sandbox().addFault({ match: { path, method: 'POST' }, kind: 'drop_after' });
		const options = { ...(parameters.options as INodeParameters), sendIdempotencyKey: false };
		const error = errorOf(await runAsset(sandbox(), 'create', { ...parameters, options }));
		// A folder has no 'Get Many'.
		expect(error.description).toMatch(/The request carried no idempotency key: look into 'Get Many', or into HeyGen itself/);
		expect(requestsTo(sandbox(), endpoint).map(({ idempotencyKey }) => idempotencyKey)).toEqual([null]);
	});
});

describe('a change', () => {
	it.each([
		['of a kit', KIT, ofKit('kit_acme', { name: 'New' })],
		['of a glossary', GLOSSARY, ofGlossary('glossary_law', { name: 'New' })],
	])('%s is repeated with its key after a lost answer', async (_what, path, parameters) => {
		sandbox().addFault({ match: { path, method: 'PATCH' }, kind: 'drop_after', times: 2 });
		expect(jsonOf(await run('update', parameters))).toEqual([expect.objectContaining({ name: 'New' })]);
		const keys = requestsTo(sandbox(), `PATCH ${path}`).map(({ idempotencyKey }) => idempotencyKey);
		expect(keys).toHaveLength(3);
		expect(new Set(keys).size).toBe(1);
		expect(keys[0]).toMatch(/^n8n-/);
	});

	it.each([
		['kit', KIT, ofKit('kit_acme')],
		['glossary', GLOSSARY, ofGlossary('glossary_law')],
	])('that deletes a %s is repeated after a lost answer', async (_what, path, parameters) => {
		sandbox().addFault({ match: { path, method: 'DELETE' }, kind: 'drop_after' });
		expect(jsonOf(await run('delete', parameters))).toEqual([expect.objectContaining({ gone: true })]);
	});
});
