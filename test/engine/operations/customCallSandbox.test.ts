/** Custom API Call against the sandbox: its answers are those of HeyGen's endpoints. */
import { callApi } from '../support/apiSupport';
import { errorOf, jsonOf, requestsTo, seedVideos, useSandbox, useTiming } from '../support/support';

useTiming();

describe('at HeyGen', () => {
	const sandbox = useSandbox();

	it('reads, changes and deletes', async () => {
		const [id = ''] = seedVideos(sandbox(), 2);
		const read = await callApi(sandbox(), { path: `/v3/videos/${id}` });
		expect(jsonOf(read)).toEqual([expect.objectContaining({ id, status: 'completed' })]);
		const renamed = await callApi(sandbox(), { method: 'PATCH', path: '/v3/brand-kits/kit_acme', body: '{"name": "New"}' });
		expect(jsonOf(renamed)).toEqual([expect.objectContaining({ name: 'New' })]);
		const deleted = await callApi(sandbox(), { method: 'DELETE', path: `/v3/videos/${id}` });
		expect(jsonOf(deleted)).toEqual([expect.objectContaining({ id })]);
		expect(sandbox().store.page({}, 10, undefined).videos).toHaveLength(1);
	});

	it('puts out one page of a list, one item for each record', async () => {
		seedVideos(sandbox(), 30);
		const result = await callApi(sandbox(), { path: '/v3/videos?limit=7' });
		expect(jsonOf(result)).toHaveLength(7);
		expect(requestsTo(sandbox(), 'GET /v3/videos').map(({ query }) => query)).toEqual([{ limit: '7' }]);
	});

	it('sends a body with nothing in it where HeyGen asks for one', async () => {
		const result = await callApi(sandbox(), { method: 'POST', path: '/v3/folders', body: '{}' });
		expect(errorOf(result).message).toMatch(/^Could not call POST \/v3\/folders: .*name/);
		expect(requestsTo(sandbox(), 'POST /v3/folders').map(({ body }) => body)).toEqual([{}]);
	});
});
