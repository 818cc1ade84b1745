import type { Answer } from '../../sandbox/client';
import { useOwnSandbox } from '../support/ownSandbox';

/** Templates, and the videos that are made of them. */

const { sandbox, client } = useOwnSandbox();

const TEMPLATES = '/v3/templates';
const text = (name: string, content: string) => ({ [name]: { name, type: 'text', properties: { content } } });
const variables = { ...text('headline', 'Spring'), ...text('offer', 'Half price') };

const post = async (fields: object, id = 'template_welcome', options: { idempotencyKey?: string; key?: string } = {}): Promise<Answer> =>
	await client().post(`${TEMPLATES}/${id}`, { variables, ...fields }, options);

it('are listed page by page, the oldest first', async () => {
	const { data, has_more: more, next_token: token } = (await client().get(`${TEMPLATES}?limit=7`)).body;
	expect([data.length, data[0].id, more]).toEqual([7, 'template_welcome', true]);
	const last = (await client().get(`${TEMPLATES}?limit=7&token=${token}`)).body;
	expect([last.data.length, last.has_more, last.next_token]).toEqual([5, false, null]);
	expect(data.some(({ aspect_ratio: ratio }: { aspect_ratio: string | null }) => ratio === null)).toBe(true);
});

it('can be posted back as they are', async () => {
	for (const { id } of (await client().get(`${TEMPLATES}?limit=100`)).body.data) {
		const template = (await client().get(`${TEMPLATES}/${id}`)).body.data;
		const body = { variables: template.variables, scene_ids: template.scene_ids };
		expect([id, (await client().post(`${TEMPLATES}/${id}`, body)).status]).toEqual([id, 200]);
	}
	expect(sandbox().stats().videosCreated).toBe(12);
});

it('become videos, with the files that are asked for', async () => {
	const read = async (fields: object) => {
		const { data } = (await post(fields)).body;
		return (await client().get(`/v3/videos/${data.id}`)).body.data;
	};
	expect(await read({})).toMatchObject({ status: 'completed', title: 'Welcome', gif_url: null, subtitle_url: null, captioned_video_url: null });
	const files = await read({ title: 'T', include_gif: true, caption: true, folder_id: 'f1', scene_ids: ['scene_hello'] });
	expect(files).toMatchObject({ title: 'T', folder_id: 'f1', gif_url: expect.any(String) as string, subtitle_url: expect.any(String) as string });
	// Hello and welcome. Spring
	expect(files.duration).toBe(1.67);
	expect(await (await fetch(files.subtitle_url)).text()).toContain('Hello and welcome. Spring');
	expect(await read(({ variables: text('headline', '[fail:too_loud]') }))).toMatchObject({ status: 'failed', failure_code: 'too_loud' });
	expect(await read(({ variables: text('headline', 'x') }))).toMatchObject({ status: 'completed' });
});

it.each<[object, string]>([
	[{ variables: { ...variables, other: 1 } }, 'variables.other'],
	[{ variables: { ...variables, headline: 'Spring' } }, 'variables.headline'],
	[{ variables: { ...variables, logo: { name: 'logo', type: 'image', properties: 'x' } } }, 'variables.logo'],
	[{ variables: { ...variables, logo: { name: 'logo', type: 'image', properties: { url: 'x', asset_id: 'y' } } } }, 'variables.logo'],
	[{ scene_ids: ['scene_hello', 'scene_none'] }, 'scene_ids'],
	[{ dimension: { width: 1080, height: 1920 } }, 'dimension'],
	[{ dimension: { width: 1919, height: 1080 } }, 'dimension.width'],
	[{ fps: 24 }, 'fps'],
])('refuse %j', async (fields, param) => {
	const { status, body } = await post(fields);
	expect([status, body.error.param]).toEqual([400, param]);
	expect(sandbox().stats().videosCreated).toBe(0);
});

it('take sizes of their ratio, and any where they have none', async () => {
	expect((await post({ dimension: { width: 854, height: 480 } })).status).toBe(200);
	const plain = { name: 'Eva', city: 'Rome' };
	expect((await post({ variables: plain, dimension: { width: 500, height: 800 } }, 'template_plain')).status).toBe(200);
});

it('that there are not are not found', async () => {
	for (const { status, body } of [await client().get(`${TEMPLATES}/gone`), await post({}, 'gone')]) {
		expect([status, body.error.code]).toEqual([404, 'resource_not_found']);
	}
});

it('take assets that exist, when the settings say so', async () => {
	sandbox().configure({ validateAssets: true });
	const logo = { name: 'logo', type: 'image', properties: { asset_id: 'asset_none' } };
	const { status, body } = await post({ variables: { ...variables, logo } });
	expect([status, body.error.code, body.error.param]).toEqual([404, 'asset_not_found', 'variables.logo']);
});

it('answer a key again with what they made first, and count that', async () => {
	const first = (await post({}, undefined, { idempotencyKey: 'k1' })).body.data;
	const again = (await post({ title: 'Other' }, undefined, { idempotencyKey: 'k1' })).body.data;
	expect(again).toEqual(first);
	// A key counts within its path.
	const other = await client().post(`${TEMPLATES}/template_wide`, { variables: text('line', 'x') }, { idempotencyKey: 'k1' });
	expect(other.body.data.id).not.toBe(first.id);
	expect([sandbox().stats().videosCreated, sandbox().stats().videosByIdempotencyReplay]).toEqual([2, 1]);
});

it('wait for a free place', async () => {
	sandbox().configure({ concurrentJobs: 1, jobSeconds: 60 });
	expect((await post({})).status).toBe(200);
	const { status, headers } = await post({});
	expect([status, headers.get('retry-after')]).toEqual([429, '1']);
});
