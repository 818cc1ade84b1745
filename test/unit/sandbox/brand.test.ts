import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import { type AssetView, Sandbox } from '../../sandbox';
import { announced, put, uploadSamples } from '../../sandbox/assets/upload-client';
import { type Answer, avatarVideo, SandboxClient } from '../../sandbox/client';
import { useOwnSandbox } from '../support/ownSandbox';

const png = uploadSamples['image/png'] as Buffer;
const mp3 = uploadSamples['audio/mpeg'] as Buffer;

const { sandbox, client } = useOwnSandbox();

type Row = Record<string, unknown>;

/** All items of a list, page by page. */
async function allPages(path: string, limit: number): Promise<Row[]> {
	const items: Row[] = [];
	const first = `${path}${path.includes('?') ? '&' : '?'}limit=${limit}`;
	for (let url: string | null = first; url !== null && items.length < 1_000; ) {
		const { status, body }: Answer = await client().get(url);
		expect([status, body.has_more]).toEqual([200, body.next_token !== null]);
		expect(body.data.length).toBeLessThanOrEqual(limit);
		items.push(...(body.data as Row[]));
		url = body.has_more ? `${first}&token=${body.next_token}` : null;
	}
	return items;
}

async function upload(name: string, bytes = png): Promise<string> {
	return String((await client().upload(name, bytes)).body.data.asset_id);
}

/** What an answer says about the failure. */
const problemOf = ({ status, body }: Answer): unknown[] => [status, body.error.code, body.error.param];

describe('library of assets', () => {
	it('shows one asset with a new link each time', async () => {
		const { body: me } = await client().get('/v3/users/me');
		const id = await upload('Logo.png');
		const { data } = (await client().get(`/v3/assets/${id}`)).body;
		const owner = me.data.username;
		expect(data).toMatchObject({ id, name: 'Logo.png', owner, type: 'image', folder_id: null });
		expect(Math.abs(data.uploaded_at - Date.now() / 1_000)).toBeLessThan(5);
		expect((await client().get(`/v3/assets/${id}`)).body.data.url).not.toBe(data.url);
		expect((await fetch(data.url)).status).toBe(200);
	});

	it.each([
		['video/webm', 'video'],
		['audio/mpeg', 'audio'],
		['application/pdf', 'document'],
	])('names the kind of %s', async (type, kind) => {
		const id = await upload('a', uploadSamples[type]);
		expect((await client().get(`/v3/assets/${id}`)).body.data.type).toBe(kind);
	});

	it('lists the usable assets of an owner, the newest first', async () => {
		const ids: string[] = [];
		for (let index = 0; index < 7; index += 1) ids.unshift(await upload(`${index}.png`));
		await client().post('/v3/assets/direct-uploads', announced(png, 'image/png'));
		const idsAt = async (path: string): Promise<unknown[]> =>
			(await allPages(path, 3)).map(({ id }) => id);
		expect(await idsAt('/v3/assets?username=sandbox')).toEqual(ids);
		expect(await idsAt('/v3/assets?username=sandbox&folder_id=')).toEqual(ids);
		expect(await idsAt('/v3/assets?username=sandbox&folder_id=f')).toEqual([]);
		expect(await idsAt('/v3/assets?username=somebody')).toEqual([]);
		expect((await client().get('/v3/assets')).body.error.param).toBe('username');
	});

	it('is without an asset after its deletion', async () => {
		const id = await upload('a.png');
		const { url } = (await client().get(`/v3/assets/${id}`)).body.data;
		expect((await client().call('DELETE', `/v3/assets/${id}`)).body).toEqual({ data: { id } });
		for (const method of ['GET', 'DELETE']) {
			const answer = await client().call(method, `/v3/assets/${id}`);
			expect(problemOf(answer)).toEqual([404, 'asset_not_found', undefined]);
		}
		expect((await fetch(url)).status).toBe(404);
		expect(await allPages('/v3/assets?username=sandbox', 5)).toEqual([]);
		const { body } = await client().get(`/v3/assets/statuses?asset_ids=${id}`);
		expect(body.data).toMatchObject([{ video_id: id, status: 'not_found' }]);
		expect(sandbox().assets).toMatchObject([{ id, status: 'deleted' }]);
		expect(sandbox().stats().assetsCreated).toBe(1);
	});

	it('searches images and icons', async () => {
		const images = await allPages('/v3/assets/search?query=any+image&type=image', 20);
		expect(images).toHaveLength(50);
		expect(new Set(images.map(({ type }) => type))).toEqual(new Set(['image']));
		const icons = await allPages('/v3/assets/search?query=Mountain+city&type=icon&scope=personal', 50);
		expect(icons.length).toBeGreaterThan(0);
		expect(icons.every(({ id }) => /^icon_.*_(mountain|city)$/.test(String(id)))).toBe(true);
		expect((await fetch(String(images[0]?.['url']))).headers.get('content-type')).toBe('image/jpeg');
		expect(await allPages('/v3/assets/search?query=nothing&type=image', 50)).toEqual([]);
		expect((await client().get('/v3/assets/search?query=a')).body.error.param).toBe('type');
		expect((await client().get('/v3/assets/search?query=a&type=image&limit=51')).status).toBe(400);
	});

	it('keeps files on the disk until the reset and no longer', async () => {
		const own = await Sandbox.start();
		const before = new Set(readdirSync(tmpdir()));
		await new SandboxClient(own.url).upload('a.png', png);
		const added = readdirSync(tmpdir()).filter((name) => !before.has(name));
		expect(added).toEqual(expect.arrayContaining([expect.stringMatching(/^heygen-sandbox-/)]));
		const paths = added
			.map((name) => `${tmpdir()}/${name}`)
			.filter((path) => path.includes('heygen-sandbox-'));
		own.reset();
		expect(paths.some((path) => existsSync(path))).toBe(false);
		expect(own.assets).toEqual([]);
		await own.stop();
	});

	it('is open to tests in another process', async () => {
		await upload('a.mp3', mp3);
		const { body } = await client().get('/_sandbox/assets', { key: null });
		const [{ bytes: _, ...facts }] = sandbox().assets as [AssetView];
		expect(body).toEqual([facts]);
	});
});

describe('assets in videos', () => {
	const watermark = (id: string): object => ({ image: { type: 'asset_id', asset_id: id } });
	const background = (id: string): object => ({ type: 'image', asset_id: id });

	it('takes any id unless told otherwise', async () => {
		await client().createVideo({ background: background('any'), watermark: watermark('any') });
	});

	it('takes assets of a fitting kind, and no others', async () => {
		sandbox().configure({ validateAssets: true });
		const [image, sound] = [await upload('a.png'), await upload('a.mp3', mp3)];
		const silent = { script: undefined, voice_id: undefined };
		await client().createVideo({ background: background(image), watermark: watermark(image) });
		await client().createVideo({ ...silent, audio_asset_id: sound });
		for (const [fields, param] of [
			[{ ...silent, audio_asset_id: image }, 'audio_asset_id'],
			[{ background: background(sound) }, 'background.asset_id'],
			[{ watermark: watermark(sound) }, 'watermark.image.asset_id'],
		] as const) {
			const answer = await client().post('/v3/videos', avatarVideo(fields));
			expect(problemOf(answer)).toEqual([400, 'invalid_parameter', param]);
		}
		const slot = (await client().post('/v3/assets/direct-uploads', announced(png, 'image/png'))).body.data;
		await put(slot, png);
		await client().call('DELETE', `/v3/assets/${image}`);
		for (const id of [image, slot.asset_id, 'nobody']) {
			const answer = await client().post('/v3/videos', avatarVideo({ background: background(id) }));
			expect(problemOf(answer)).toEqual([404, 'asset_not_found', 'background.asset_id']);
		}
		const input = avatarVideo({ ...silent, audio_asset_id: 'nobody' });
		const scenes = [{ type: 'avatar_video', input }];
		const studio = await client().post('/v3/videos', { type: 'studio', scenes });
		expect(studio.body.error.param).toBe('scenes[0].input.audio_asset_id');
		expect(sandbox().stats().videosCreated).toBe(2);
	});
});

describe('brand kits', () => {
	const KITS = '/v3/brand-kits';

	it('are read from a website', async () => {
		sandbox().configure({ jobSeconds: 0.1 });
		const { body } = await client().post(KITS, { url: 'https://www.example.com/shop' });
		const { brand_kit_id: id } = body.data;
		const loading = { name: 'www.example.com', status: 'loading', logo_url: null, colors: [] };
		expect(body.data).toEqual({ brand_kit_id: id, ...loading });
		expect((await client().get(`${KITS}/${id}`)).body.data.status).toBe('loading');
		await sleep(110);
		const { data } = (await client().get(`${KITS}/${id}`)).body;
		expect(data).toMatchObject({
			status: 'completed',
			colors: expect.arrayContaining([expect.any(String)]),
		});
		expect((await fetch(data.logo_url)).headers.get('content-type')).toBe('image/jpeg');
	});

	it('can fail', async () => {
		const { body } = await client().post(KITS, { url: 'https://fail.example.com', name: 'F' });
		const { data } = (await client().get(`${KITS}/${body.data.brand_kit_id}`)).body;
		expect(data).toMatchObject({ name: 'F', status: 'error', logo_url: null, colors: [] });
	});

	it('are listed, renamed and deleted', async () => {
		const kits = await allPages(KITS, 2);
		expect(kits.map(({ brand_kit_id: id }) => id)).toEqual(['kit_initech', 'kit_globex', 'kit_acme']);
		const renamed = await client().call('PATCH', `${KITS}/kit_acme`, { body: { name: 'New' } });
		expect(renamed.body.data).toMatchObject({ brand_kit_id: 'kit_acme', name: 'New' });
		const deleted = await client().call('DELETE', `${KITS}/kit_acme`);
		expect(deleted.body).toEqual({ data: { brand_kit_id: 'kit_acme' } });
		for (const method of ['GET', 'DELETE']) {
			expect((await client().call(method, `${KITS}/kit_acme`)).status).toBe(404);
		}
		expect(await allPages(KITS, 2)).toHaveLength(2);
	});

	it.each([
		[{ url: 'no address' }, 'url'],
		[{ name: 'N' }, 'url'],
		[{ url: 'https://example.com', logo: 'x' }, 'logo'],
	])('are refused (%#)', async (fields, param) => {
		expect(problemOf(await client().post(KITS, fields))).toEqual([400, 'invalid_parameter', param]);
	});

	it('are created once per idempotency key', async () => {
		const options = { idempotencyKey: 'k' };
		const first = await client().post(KITS, { url: 'https://example.com' }, options);
		expect((await client().post(KITS, { url: 'https://example.com' }, options)).body).toEqual(first.body);
		expect(await allPages(KITS, 10)).toHaveLength(4);
	});
});

describe('brand glossaries', () => {
	const GLOSSARIES = '/v3/brand-glossaries';
	const terms = [
		{ term: 'n8n', pronunciation: 'n eight n' },
		{ term: 'Haus', translation: 'house' },
	];

	it('are created, read, changed and deleted', async () => {
		const { body } = await client().post(GLOSSARIES, { name: 'Words', terms });
		const { brand_glossary_id: id, created_at } = body.data;
		expect(new Date(created_at).toISOString()).toBe(created_at);
		const url = `${GLOSSARIES}/${id}`;
		expect((await client().get(url)).body.data).toEqual({ ...body.data, terms });
		await sleep(5);
		const renamed = await client().call('PATCH', url, { body: { name: 'Terms' } });
		expect(renamed.body.data).toMatchObject({ name: 'Terms', created_at });
		expect(renamed.body.data.updated_at > created_at).toBe(true);
		await client().call('PATCH', url, { body: { name: null, terms: terms.slice(1) } });
		expect((await client().get(url)).body.data).toMatchObject({
			name: 'Terms',
			terms: [{ term: 'Haus' }],
		});
		expect((await client().call('DELETE', url)).body).toEqual({ data: { brand_glossary_id: id } });
		for (const method of ['GET', 'DELETE']) expect((await client().call(method, url)).status).toBe(404);
		expect((await client().call('PATCH', url, { body: {} })).status).toBe(404);
	});

	it.each([
		[{ name: '' }, 'name'],
		[{ terms }, 'name'],
		[{ name: 'N', terms: [terms[0], { pronunciation: 'x' }] }, 'terms[1].term'],
		[{ name: 'N', terms: [terms[0], { term: ' ', translation: 'x' }] }, 'terms[1].term'],
		[{ name: 'N', terms: [{ term: 'x', translation: '' }] }, 'terms[0].pronunciation'],
		[{ name: 'N', terms: ['x'] }, 'terms[0]'],
	])('are refused (%#)', async (fields, param) => {
		expect(problemOf(await client().post(GLOSSARIES, fields))).toEqual([400, 'invalid_parameter', param]);
		expect(await allPages(GLOSSARIES, 100)).toHaveLength(12);
	});

	it('are listed, and created once per idempotency key', async () => {
		const options = { idempotencyKey: 'k' };
		const first = await client().post(GLOSSARIES, { name: 'Newest' }, options);
		await client().post(GLOSSARIES, { name: 'Newest' }, options);
		const names = (await allPages(GLOSSARIES, 5)).map(({ name }) => name);
		expect([names.length, names[0], names.at(-1)]).toEqual([13, 'Newest', 'Medicine terms']);
		expect(
			(await client().get(`${GLOSSARIES}/${first.body.data.brand_glossary_id}`)).body.data.terms,
		).toEqual([]);
	});
});

describe('folders', () => {
	it('lie in one another', async () => {
		const options = { idempotencyKey: 'k' };
		const { data: outer } = (await client().post('/v3/folders', { name: 'Outer' }, options)).body;
		expect(outer).toMatchObject({ name: 'Outer', type: 'mixed', parent_id: null, is_trash: false });
		expect(outer.creator_username).toBe('sandbox');
		expect((await client().post('/v3/folders', { name: 'Outer' }, options)).body.data).toEqual(outer);
		const fields = { name: 'Inner', parent_id: outer.folder_id, type: 'video' };
		const { data: inner } = (await client().post('/v3/folders', fields)).body;
		expect((await client().get(`/v3/folders/${inner.folder_id}`)).body.data).toEqual(inner);
		expect(inner).toMatchObject({ parent_id: outer.folder_id, type: 'video' });
	});

	it('are refused without a name or with an unknown parent', async () => {
		expect(problemOf(await client().post('/v3/folders', { name: '' }))).toEqual([
			400,
			'invalid_parameter',
			'name',
		]);
		const lost = await client().post('/v3/folders', { name: 'Lost', parent_id: 'nowhere' });
		expect(problemOf(lost)).toEqual([404, 'not_found', 'parent_id']);
		expect((await client().get('/v3/folders/nowhere')).status).toBe(404);
	});
});
