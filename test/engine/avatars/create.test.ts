/** The creates of HeyGen Avatar: what is sent, and what an item says of the look that comes of it. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { validateAgainstContract } from '../../sandbox';
import { itemWith } from '../support/assetSupport';
import type { RunResult } from '../support/harness';
import { png } from '../support/sampleFiles';
import { countOf, errorOf, expression, FAST_JOBS, jsonOf, linksOf, locator, requestsTo, useSandbox, useTiming, type NodeRunOptions } from '../support/support';
import { avatarIn, CREATE_AVATAR, FOOTAGE_URL, itemWithFootage, itemWithPhoto, madeIn, onlyOf, OWN_GROUP, OWN_LOOK, photo, PHOTO_URL, prompted, recordIn, runAvatar, twin } from './avatarSupport';

useTiming({ catchUpTime: 1_500 });
const sandbox = useSandbox(FAST_JOBS);

const run = async (operation: string, parameters: INodeParameters, options: NodeRunOptions = {}): Promise<RunResult> =>
	await runAvatar(sandbox(), operation, parameters, options);

/** Sends one create, without waiting, and returns its body, which must fit the contract. */
async function bodyFor(operation: string, parameters: INodeParameters, options: NodeRunOptions = {}): Promise<IDataObject> {
	const result = await run(operation, { ...parameters, waitForCompletion: false }, options);
	expect(result.originalError).toBeUndefined();
	const [request, ...others] = requestsTo(sandbox(), CREATE_AVATAR);
	expect(others).toEqual([]);
	const body = request?.body as IDataObject;
	expect(validateAgainstContract('POST', '/v3/avatars', { body })).toEqual([]);
	return body;
}

const INLINE = png().toString('base64');

describe('the request', () => {
	it('for a photo at an address has nothing that the user did not ask for', async () => {
		expect(await bodyFor('createPhoto', photo())).toEqual({ type: 'photo', name: 'Ada', file: { type: 'url', url: PHOTO_URL } });
	});

	it('for footage at an address likewise', async () => {
		expect(await bodyFor('createDigitalTwin', twin())).toEqual({ type: 'digital_twin', name: 'Ada', file: { type: 'url', url: FOOTAGE_URL } });
	});

	it('for a prompt likewise', async () => {
		expect(await bodyFor('createFromPrompt', prompted())).toEqual({ type: 'prompt', name: 'Ada', prompt: 'A woman with red hair' });
	});

	it('names the asset that a binary field became', async () => {
		const body = await bodyFor('createPhoto', photo({ fileSource: 'binary' }), { items: [await itemWithPhoto()] });
		const [asset, ...others] = sandbox().assets;
		expect(others).toEqual([]);
		expect(asset?.filename).toBe('ada.png');
		expect(body.file).toEqual({ type: 'asset_id', asset_id: asset?.id });
	});

	it('names the asset that footage in a binary field of another name became', async () => {
		const { binary } = await itemWithFootage();
		const items = [{ json: {}, binary: { film: (binary as Record<string, never>).data } }];
		const body = await bodyFor('createDigitalTwin', twin({ fileSource: 'binary', fileBinaryPropertyName: 'film' }), { items } as never);
		expect(body.file).toEqual({ type: 'asset_id', asset_id: sandbox().assets[0]?.id });
	});

	it.each<[string, unknown]>([
		['an ID', 'asset_1'],
		['an item of the upload', expression({ asset_id: 'asset_1', url: 'https://example.com/x.png' })],
	])('names an asset by %s', async (_what, fileAssetId) => {
		const body = await bodyFor('createPhoto', photo({ fileSource: 'assetId', fileAssetId: fileAssetId as string }));
		expect(body.file).toEqual({ type: 'asset_id', asset_id: 'asset_1' });
	});

	it('holds a photo that is given as a data URL', async () => {
		const body = await bodyFor('createPhoto', photo({ fileUrl: `data:image/png;base64,${INLINE}` }));
		expect(body.file).toEqual({ type: 'base64', media_type: 'image/png', data: INLINE });
		expect(sandbox().assets).toEqual([]);
	});

	it('uploads a photo once for all items that have it', async () => {
		const item = await itemWithPhoto();
		const result = await run('createPhoto', photo({ name: '=Ada {{ $itemIndex }}', fileSource: 'binary', waitForCompletion: false }), { items: [item, item, item] });
		expect(result.originalError).toBeUndefined();
		expect(sandbox().stats().assetsCreated).toBe(1);
		expect(madeIn(sandbox())).toBe(3);
		expect(linksOf(result)).toEqual([0, 1, 2]);
	});

	it('has every option of a prompt in its place', async () => {
		const item = await itemWith({ style: { fileName: 'style.png', mimeType: 'image/png', content: png(4, 3, 'style') } });
		const referenceImages = {
			files: [
				{ source: 'url', url: 'https://example.com/1.jpg' },
				{ source: 'assetId', assetId: 'asset_2' },
				{ source: 'binary', binaryPropertyName: 'style' },
			],
		};
		const options = { avatarId: locator(OWN_LOOK), avatarGroupId: locator(OWN_GROUP) };
		const body = await bodyFor('createFromPrompt', prompted({ referenceImages, options }), { items: [item] });
		expect(body).toEqual({
			type: 'prompt',
			name: 'Ada',
			prompt: 'A woman with red hair',
			reference_images: [
				{ type: 'url', url: 'https://example.com/1.jpg' },
				{ type: 'asset_id', asset_id: 'asset_2' },
				{ type: 'asset_id', asset_id: sandbox().assets[0]?.id },
			],
			avatar_id: OWN_LOOK,
			avatar_group_id: OWN_GROUP,
		});
	});

	it('takes the name without the blanks around it, and a number as its digits', async () => {
		expect((await bodyFor('createPhoto', photo({ name: '  Ada in the office\n' }))).name).toBe('Ada in the office');
	});

	it.each<[string, unknown]>([
		['an ID', OWN_GROUP],
		['an output of a create', { look_id: 'look_1', group_id: OWN_GROUP }],
		['an output of Get Many', { group_id: OWN_GROUP, name: 'Edda', looks_count: 4 }],
		['the record of a group', { id: OWN_GROUP, name: 'Edda', looks_count: 4 }],
		['the address of its page', `https://app.heygen.com/avatars/${OWN_GROUP}`],
	])('takes the group as %s', async (_what, given) => {
		const body = await bodyFor('createPhoto', photo({ options: { avatarGroupId: expression(given) } }));
		expect(body.avatar_group_id).toBe(OWN_GROUP);
	});

	it('has the fields that the user adds', async () => {
		sandbox().configure({ contract: 'open' });
		await run('createPhoto', photo({ waitForCompletion: false, options: { additionalFields: '{"age_group":"adult"}' } }));
		expect(requestsTo(sandbox(), CREATE_AVATAR)[0]?.body).toMatchObject({ age_group: 'adult', name: 'Ada' });
	});

	it('carries a key of its own for each item, and no callback ID', async () => {
		await run('createPhoto', photo({ waitForCompletion: false }), { items: [{ json: {} }, { json: {} }] });
		const keys = requestsTo(sandbox(), CREATE_AVATAR).map(({ idempotencyKey }) => idempotencyKey);
		expect(new Set(keys).size).toBe(2);
		for (const key of keys) expect(key).toMatch(/^n8n-/);
		expect(madeIn(sandbox())).toBe(2);
		expect(requestsTo(sandbox(), CREATE_AVATAR)[0]?.body).not.toHaveProperty('callback_id');
	});
});

describe('without waiting', () => {
	it('an item has the look, its group and the status at once', async () => {
		const made = onlyOf(await run('createPhoto', photo({ waitForCompletion: false })));
		expect(made).toMatchObject({ look_id: expect.stringMatching(/^\w+$/), group_id: expect.stringMatching(/^group_/), status: 'processing', name: 'Ada' });
		expect(countOf(sandbox(), 'GET /v3/avatars/looks/{look_id}')).toBe(0);
	});

	it('every item is linked to its own', async () => {
		const items = ['Ada', 'Bea', 'Cleo'].map((name) => ({ json: { name } }));
		const result = await run('createPhoto', photo({ name: '={{ $json.name }}', waitForCompletion: false }), { items });
		expect(jsonOf(result).map(({ name }) => name)).toEqual(['Ada', 'Bea', 'Cleo']);
		expect(linksOf(result)).toEqual([0, 1, 2]);
		expect(new Set(jsonOf(result).map(({ look_id: id }) => id)).size).toBe(3);
	});
});

describe('an item that waits', () => {
	it.each<[string, INodeParameters]>([
		['createPhoto', photo()],
		['createFromPrompt', prompted()],
	])('has the finished look of %s', async (operation, parameters) => {
		const made = onlyOf(await run(operation, parameters));
		expect(made).toMatchObject({
			look_id: expect.stringMatching(/^\w+$/),
			group_id: expect.stringMatching(/^group_/),
			status: 'completed',
			avatar_type: 'photo_avatar',
			supported_api_engines: expect.arrayContaining(['avatar_iv']),
			preview_image_url: expect.stringMatching(/^http/),
		});
		expect(made).not.toHaveProperty('id');
		expect(made).not.toHaveProperty('error');
		expect(made).not.toHaveProperty('failure');
		expect(made).not.toHaveProperty('consent_url');
	});

	it('has the whole record when it is not simplified', async () => {
		const made = onlyOf(await run('createPhoto', photo({ simplify: false })));
		expect(made).toMatchObject({ look_id: made.id, image_width: 1080, tags: [] });
	});

	it('has a twin whose person need not consent', async () => {
		sandbox().configure({ twinNeedsConsent: false });
		const made = onlyOf(await run('createDigitalTwin', twin()));
		expect(made).toMatchObject({ status: 'completed', avatar_type: 'digital_twin', default_voice_id: expect.any(String) });
		expect(made).not.toHaveProperty('consent_url');
	});

	it('has the look that was added to a group', async () => {
		const made = onlyOf(await run('createPhoto', photo({ options: { avatarGroupId: locator(OWN_GROUP) } })));
		expect(made).toMatchObject({ group_id: OWN_GROUP, status: 'completed' });
		expect((await recordIn(sandbox(), OWN_GROUP)).looks_count).toBe(5);
	});

	it('ends in HeyGen\'s error where the group is somebody else\'s', async () => {
		const error = errorOf(await run('createPhoto', photo({ options: { avatarGroupId: locator('group_ann') } })));
		expect(error.message).toContain('Could not create the avatar: Avatar group group_ann does not belong to the account');
		expect(madeIn(sandbox())).toBe(0);
	});

	it('makes as many as there are items, each of its own', async () => {
		const items = Array.from({ length: 12 }, (_, row) => ({ json: { row } }));
		const result = await run('createPhoto', photo({ name: '=Ada {{ $json.row }}' }), { items });
		expect(jsonOf(result).map(({ name }) => name)).toEqual(items.map((_, row) => `Ada ${row}`));
		expect(jsonOf(result).every(({ status }) => status === 'completed')).toBe(true);
		expect(linksOf(result)).toEqual(items.map((_, row) => row));
		expect(madeIn(sandbox())).toBe(12);
	});

	it('waits for a place where HeyGen makes only so many at once', async () => {
		sandbox().configure({ concurrentJobs: 2 });
		const items = Array.from({ length: 6 }, (_, row) => ({ json: { row } }));
		const result = await run('createPhoto', photo({ name: '=Ada {{ $json.row }}' }), { items });
		expect(jsonOf(result).map(({ status }) => status)).toEqual(Array(6).fill('completed'));
		expect(madeIn(sandbox())).toBe(6);
		expect(sandbox().stats().maxConcurrentJobs).toBe(2);
	});

	it('gets the video\'s avatar out as look_id', async () => {
		const made = onlyOf(await run('createPhoto', photo()));
		expect(await recordIn(sandbox(), `looks/${String(made.look_id)}`)).toMatchObject({ status: 'completed', name: 'Ada' });
	});
});

describe('a look as a model', () => {
	it('is looked up before the new one is paid for', async () => {
		sandbox().configure({ jobSeconds: 1_000 });
		const { lookId } = await avatarIn(sandbox(), {});
		const error = errorOf(await run('createFromPrompt', prompted({ options: { avatarId: locator(lookId) } })));
		expect(error.message).toContain("'Reference Avatar' is \"Ada\", which HeyGen is still making");
		expect(madeIn(sandbox())).toBe(1);
	});

	it('is not looked up when that is switched off', async () => {
		const made = onlyOf(await run('createFromPrompt', prompted({ options: { avatarId: locator(OWN_LOOK), checkBeforePaying: false } })));
		expect(made.status).toBe('completed');
		expect(requestsTo(sandbox(), 'GET /v3/avatars/looks/{look_id}').filter(({ path }) => path.endsWith(OWN_LOOK))).toEqual([]);
	});

	it('does not pass its preview off as that of the new one', async () => {
		const made = onlyOf(await run('createFromPrompt', prompted({ options: { avatarId: locator(OWN_LOOK) } })));
		expect(made).not.toHaveProperty('avatar_preview_url');
		expect(made.preview_image_url).toContain(String(made.look_id));
	});

	it('that is the ID of a group is refused before anything is paid for', async () => {
		const error = errorOf(await run('createFromPrompt', prompted({ options: { avatarId: locator(OWN_GROUP) } })));
		expect(error.message).toContain("'Reference Avatar' is the ID of the avatar group \"Edda\", but takes the ID of one of its looks");
		expect(madeIn(sandbox())).toBe(0);
	});
});
