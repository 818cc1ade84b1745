/** What people, sheets, forms and models hand over is understood on its way to the request, or refused before it. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { itemWith, runAsset } from '../support/assetSupport';
import { png } from '../support/sampleFiles';
import {
	avatar,
	bodiesOf,
	countOf,
	CREATE,
	CREATE_BATCH,
	DELETE,
	errorOf,
	expression,
	GET,
	jsonOf,
	locator,
	manyScripts,
	PHOTO_LOOK,
	requestsTo,
	runVideo,
	seedVideos,
	STATUSES,
	useSandbox,
	useTiming,
	waitingAvatar,
} from '../support/support';

useTiming();
const sandbox = useSandbox();

const image = { fileName: 'a.png', mimeType: 'image/png', content: png() };

/** An item whose parameters can say what they like: `$json.value`. */
function itemOf(value: unknown): INodeExecutionData[] {
	return [{ json: { value } as IDataObject }];
}

describe('a switch', () => {
	it.each(['no', 'FALSE', ' off\n', 0, '0'])('that is %j is off: the run does not wait', async (word) => {
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', waitForCompletion: expression(word) }));
		expect(result.originalError).toBeUndefined();
		expect([countOf(sandbox(), CREATE), countOf(sandbox(), STATUSES)]).toEqual([1, 0]);
	});

	it.each(['yes', 'TRUE', 1, ' on ', '', ' '])('that is %j is on, or its default: the run waits and downloads', async (word) => {
		const parameters = waitingAvatar({ script: 'Hi', waitForCompletion: expression(word), download: ['video'] });
		const result = await runVideo(sandbox(), 'createAvatar', parameters);
		expect(jsonOf(result)).toEqual([expect.objectContaining({ status: 'completed' })]);
		expect(Object.keys(result.outputs[0]?.[0]?.binary ?? {})).toEqual(['video']);
	});

	it('in a collection counts like one that is clicked', async () => {
		const options = { sendAsBatch: expression('YES'), removeBackground: expression('1'), sendIdempotencyKey: expression('off') };
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ options }), { items: manyScripts(3) });
		expect(result.originalError).toBeUndefined();
		const [request, ...others] = requestsTo(sandbox(), CREATE_BATCH);
		expect([others, request?.idempotencyKey]).toEqual([[], null]);
		const { videos } = request?.body as { videos: IDataObject[] };
		expect(videos.map(({ remove_background: flag }) => flag)).toEqual([true, true, true]);
		expect(countOf(sandbox(), CREATE)).toBe(0);
	});

	it.each(['false', 'NO', ''])('that is %j in a collection is off, or its default', async (word) => {
		const options = { sendAsBatch: expression(word), sendIdempotencyKey: expression('') };
		await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', options }));
		expect(requestsTo(sandbox(), CREATE).map(({ idempotencyKey }) => idempotencyKey === null)).toEqual([false]);
		expect(bodiesOf(sandbox(), CREATE)[0]).not.toHaveProperty('remove_background');
	});

	it('decides which fields count, in words too', async () => {
		seedVideos(sandbox(), 60);
		const all = async (returnAll: unknown) =>
			jsonOf(await runVideo(sandbox(), 'getAll', { returnAll: expression(returnAll), limit: 3, simplify: expression('No') }));
		for (const word of ['TRUE', 'yes', 1]) expect(await all(word)).toHaveLength(60);
		for (const word of ['false', 'No', 0, '']) expect(await all(word)).toHaveLength(3);
		expect(Object.keys((await all('no'))[0] as IDataObject).length).toBeGreaterThan(10);
	});

	it('decides which files go up', async () => {
		const items = [await itemWith({ data: image, logo: { ...image, fileName: 'b.png', content: png(5) } })];
		const upload = async (word: unknown) =>
			jsonOf(await runAsset(sandbox(), 'upload', { allBinaryFields: expression(word), binaryPropertyName: 'data' }, items));
		expect(await upload('Yes')).toHaveLength(2);
		expect(await upload('no')).toHaveLength(1);
	});
});

describe('a list of ids', () => {
	const forms: ReadonlyArray<readonly [string, (ids: string[]) => unknown]> = [
		['text with commas', (ids) => ids.join(', ')],
		['text of lines', (ids) => ids.join('\n')],
		['an array', (ids) => ids],
		['a nested array', (ids) => [[ids[0]], [[ids[1], ids[2]]]]],
		['JSON text', (ids) => JSON.stringify(ids)],
		['a list as Python writes it', (ids) => `['${ids.join("', '")}']`],
		['records that were created', (ids) => ids.map((id) => ({ video_id: id, status: 'waiting' }))],
		['records that were read', (ids) => ids.map((id) => ({ id, title: 'T' }))],
		['records as JSON text', (ids) => JSON.stringify(ids.map((id) => ({ id })))],
		['items of n8n', (ids) => ids.map((id) => ({ json: { video_id: id }, pairedItem: 0 }))],
		['addresses of pages', (ids) => ids.map((id) => `https://app.heygen.com/videos/${id}?a=b`).join('\n')],
	];

	it.each(forms)('is read in %s', async (_name, form) => {
		const ids = seedVideos(sandbox(), 3);
		const result = await runVideo(sandbox(), 'getStatuses', { videoIds: '={{ $json.value }}' }, { items: itemOf(form(ids)) });
		expect(jsonOf(result).map(({ video_id: id }) => id)).toEqual(ids);
		expect(requestsTo(sandbox(), STATUSES).map(({ query }) => query)).toEqual([{ video_ids: ids.join(',') }]);
	});

	it.each<[unknown, string]>([
		[['v1', { title: 'T' }], `'Video IDs' (entry 2) must be an ID, but it is a record without video_id or id: {"title":"T"} (item 1)`],
		['[object Object]', "'Video IDs' (entry 1) was given a record within a text"],
		[['v1', 'x'.repeat(20_000)], "'Video IDs' (entry 2) is not an ID: it has 20,000 characters"],
		['', "'Video IDs' and 'Batch IDs' are both empty"],
	])('is refused when it is %p', async (given, message) => {
		const result = await runVideo(sandbox(), 'getStatuses', { videoIds: '={{ $json.value }}' }, { items: itemOf(given) });
		expect(errorOf(result).message).toContain(message);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it.each([['getStatuses', 'batchIds', 'batch_ids', 'batch_id'], ['getStatuses', 'assetIds', 'asset_ids', 'asset_id']])(
		'%s %s takes records',
		async (operation, parameter, field, idField) => {
			const items = itemOf([{ [idField]: 'x1' }, { [idField]: 'x2' }]);
			await runAsset(sandbox(), operation, { [parameter]: '={{ $json.value }}' }, items);
			expect(sandbox().requests().map(({ query }) => query)).toEqual([{ [field]: 'x1,x2' }]);
		},
	);
});

describe('an id', () => {
	const forms: ReadonlyArray<readonly [string, (id: string) => unknown]> = [
		['with blanks and line ends', (id) => ` ${id}\r\n`],
		['in a record that was created', (id) => ({ video_id: id })],
		['in a record that was read', (id) => ({ id, title: 'T' })],
		['in JSON text', (id) => JSON.stringify({ video_id: id })],
		['in a list of one', (id) => [id]],
		['in a locator', (id) => ({ __rl: true, mode: 'id', value: id })],
		['in the address of its page', (id) => `https://app.heygen.com/videos/${id}/?sid=1`],
		['in an address for sharing', (id) => `https://app.heygen.com/share/${id}`],
	];

	it.each(forms)('%s is found in a path', async (_name, form) => {
		const [id] = seedVideos(sandbox(), 1) as [string];
		for (const [operation, idField] of [['get', 'video_id'], ['delete', 'id']] as const) {
			const result = await runVideo(sandbox(), operation, { videoId: '={{ $json.value }}' }, { items: itemOf(form(id)) });
			expect(jsonOf(result)).toEqual([expect.objectContaining({ [idField]: id })]);
		}
		expect([countOf(sandbox(), GET), countOf(sandbox(), DELETE)]).toEqual([1, 1]);
	});

	it.each(forms.filter(([name]) => !/record that was created|JSON/.test(name)))('%s is found in a body', async (_name, form) => {
		const items = itemOf({ look: form(PHOTO_LOOK), folder: form('folder_1') });
		const parameters = { script: 'Hi', avatarId: '={{ $json.value.look }}', options: { folderId: '={{ $json.value.folder }}', callbackId: ' order-1\n' } };
		await runVideo(sandbox(), 'createAvatar', avatar(parameters), { items, onError: 'continueRegularOutput' });
		expect(bodiesOf(sandbox(), CREATE)).toEqual([
			expect.objectContaining({ avatar_id: PHOTO_LOOK, folder_id: 'folder_1', callback_id: 'order-1' }),
		]);
	});

	it.each<[unknown, RegExp]>([
		['a,b', /^'Video ID' is not an ID: "a,b" has a comma in it \(item 1\)$/],
		['a b', /^'Video ID' is not an ID: "a b" has a blank in it/],
		['v😀'.slice(0, 2), /^'Video ID' holds half a character/],
		[{ title: 'T' }, /^'Video ID' must be an ID, but it is a record without video_id or id: \{"title":"T"\}/],
		[['a', 'b'], /^'Video ID' takes one ID, but 2 were given/],
		['https://example.com/videos/1', /^'Video ID' must be an ID, but it is an address: "https:\/\/example\.com/],
		['https://app.heygen.com/home', /^'Video ID' must be an ID, but it is the address of a page that names none/],
		['x'.repeat(20_000), /^'Video ID' is not an ID: it has 20,000 characters/],
		[true, /^'Video ID' must be an ID, but it is "true"/],
		[{}, /^'Video ID' is empty/],
	])('is not %p', async (given, message) => {
		for (const operation of ['get', 'wait', 'download', 'delete']) {
			const result = await runVideo(sandbox(), operation, { videoId: '={{ $json.value }}' }, { items: itemOf(given) });
			expect(errorOf(result).message).toMatch(message);
		}
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('text', () => {
	it('goes byte for byte', async () => {
		const script = '  <break time="1s"/>\n“Hällo” 😀\u200B\r\n ';
		await runVideo(sandbox(), 'createAvatar', avatar(), { items: [{ json: { script } }] });
		expect(bodiesOf(sandbox(), CREATE).map((body) => body.script)).toEqual([script]);
	});

	it.each([' ', '\n\t', '\u200B', '\uFEFF\u00A0'])('of blanks only (%j) is empty', async (blank) => {
		const items = [{ json: { script: blank } }];
		expect(errorOf(await runVideo(sandbox(), 'createAvatar', avatar(), { items })).message).toBe("'Script' is empty (item 1)");
		const parameters = { resource: 'folder', name: '={{ $json.script }}' };
		expect(errorOf(await runAsset(sandbox(), 'create', parameters, items)).message).toBe("'Name' is empty (item 1)");
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('of blanks only is no title and no key of one’s own', async () => {
		const options = { title: ' ', idempotencyKey: ' \n', callbackUrl: '  ', folderId: '\n' };
		await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', options }));
		const [request] = requestsTo(sandbox(), CREATE);
		expect(request?.idempotencyKey).toMatch(/^n8n-/);
		expect(Object.keys(request?.body as object).sort()).toEqual(['avatar_id', 'callback_id', 'script', 'type']);
	});

	it.each(['script', 'title', 'motionPrompt'])('with half a character in it is refused as %s', async (name) => {
		const half = 'Hi 😀'.slice(0, 4);
		const parameters = name === 'script' ? { script: expression(half) } : { script: 'Hi', options: { [name]: expression(half) } };
		expect(errorOf(await runVideo(sandbox(), 'createAvatar', avatar(parameters))).message).toMatch(/^'[A-Z][\w ]+' holds half a character/);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('of a choice may be spelled as in a sheet', async () => {
		const options = { resolution: '4K', outputFormat: expression('MP4 '), aspectRatio: expression('16:9\n'), fit: expression('Cover') };
		await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', options }));
		expect(bodiesOf(sandbox(), CREATE)).toEqual([
			expect.objectContaining({ resolution: '4k', output_format: 'mp4', aspect_ratio: '16:9', fit: 'cover' }),
		]);
	});
});

describe('rows of a glossary', () => {
	it.each([[{}], [{ term: ' ', pronunciation: '', translation: '\n' }], [{ term: '={{ $json.nothing }}' }]])(
		'are not replaced by fewer when one is %j',
		async (row) => {
			const terms = { term: [{ term: 'a', translation: 'b' }, row] };
			const parameters = { resource: 'brandGlossary', brandGlossaryId: locator('g1'), terms } as INodeParameters;
			const error = errorOf(await runAsset(sandbox(), 'update', parameters));
			expect(error.message).toBe("'Terms → 2' is empty (item 1)");
			expect(error.description).toContain('remove it');
			expect(sandbox().stats().requestsTotal).toBe(0);
		},
	);
});

describe('an address that HeyGen calls', () => {
	it('may have blanks around it', async () => {
		await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', options: { callbackUrl: ' https://example.com/hook\n' } }));
		expect(bodiesOf(sandbox(), CREATE)).toEqual([expect.objectContaining({ callback_url: 'https://example.com/hook' })]);
	});

	it.each(['https://localhost:5678/hook', 'https://192.168.1.5/hook', 'http://example.com/hook', 'https://u:p@example.com/hook'])(
		'is not %s',
		async (url) => {
			const video = avatar({ script: 'Hi', options: { callbackUrl: url } });
			expect(errorOf(await runVideo(sandbox(), 'createAvatar', video)).message).toMatch(/^'Callback URL' (must|points|carries)/);
			const kit = { resource: 'brandKit', url };
			expect(errorOf(await runAsset(sandbox(), 'create', kit)).message).toMatch(/^'URL' (must|points|carries)/);
			expect(sandbox().stats().requestsTotal).toBe(0);
		},
	);
});
