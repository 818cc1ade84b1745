import { type Answer, jobRequest } from '../../sandbox/client';
import { useOwnSandbox } from '../support/ownSandbox';

const { sandbox, client } = useOwnSandbox();

const PATH = '/v3/background-removals';

const post = (fields: Record<string, unknown> = {}, options = {}): Promise<Answer> =>
	client().post(PATH, jobRequest('backgroundRemoval', fields), options);

describe('layers', () => {
	it('are all three unless some are asked for, each with its own type', async () => {
		const { layers, duration, error } = (await post()).body.data;
		expect([Object.keys(layers), duration, error]).toEqual([['foreground', 'mask', 'background'], 10, null]);
		const types: Array<string | null> = [];
		for (const link of Object.values(layers)) types.push((await fetch(String(link))).headers.get('content-type'));
		expect(types).toEqual(['video/webm', 'video/mp4', 'video/mp4']);
		expect(Object.keys((await post({ layers: ['mask'] })).body.data.layers)).toEqual(['mask']);
		expect(Object.keys((await post({ layers: [] })).body.data.layers)).toHaveLength(3);
		expect((await post({ layers: ['sky'] })).body.error.param).toBe('layers[0]');
	});

	it('are not there before the end, nor when it fails', async () => {
		expect((await post({ title: '[stuck]' })).body.data).toMatchObject({ layers: {}, duration: null, completed_at: null });
		expect((await post({ title: '[fail:no_person]' })).body.data).toMatchObject({
			status: 'failed',
			layers: {},
			error: expect.stringContaining('no_person'),
		});
	});
});

describe('a request that is repeated', () => {
	it('is not known by its key, in whatever form', async () => {
		const first = await post({}, { idempotencyKey: 'k' });
		const second = await post({}, { idempotencyKey: 'k' });
		expect(second.body.data.id).not.toBe(first.body.data.id);
		expect((await post({}, { idempotencyKey: 'not a key' })).status).toBe(200);
		expect(sandbox().stats()).toMatchObject({ jobsCreated: { backgroundRemoval: 3 }, jobsByReplay: { backgroundRemoval: 0 } });
		expect(sandbox().requests().map(({ idempotencyKey, replayed }) => [idempotencyKey, replayed])).toEqual([
			['k', false],
			['k', false],
			['not a key', false],
		]);
	});

	it('is known by its request_id, and answered with the job as it is now', async () => {
		sandbox().configure({ jobSeconds: 1_000, concurrentJobs: 1 });
		const first = (await post({ request_id: 'r', title: '[stuck]' })).body.data;
		await client().call('DELETE', `${PATH}/${first.id}`);
		// Neither the places nor another body matter, as nothing is made.
		expect((await post({ title: '[stuck]' })).status).toBe(200);
		const second = await post({ request_id: 'r', layers: ['mask'] });
		expect([second.status, second.body.data]).toEqual([200, { ...first, status: 'deleted' }]);
		const other = await post({ request_id: 'r' }, { key: 'sandbox-key-2' });
		expect(other.body.data.id).not.toBe(first.id);
		const { jobsCreated, jobsByReplay } = sandbox().stats();
		expect([jobsCreated.backgroundRemoval, jobsByReplay.backgroundRemoval]).toEqual([3, 1]);
	});

	it('is a new one without a request_id, or after a refusal', async () => {
		for (const request_id of [undefined, null, '']) await post({ request_id });
		expect(sandbox().stats().jobsCreated.backgroundRemoval).toBe(3);
		sandbox().configure({ concurrentJobs: 0 });
		expect((await post({ request_id: 'r' })).status).toBe(429);
		sandbox().configure({ concurrentJobs: null });
		expect((await post({ request_id: 'r' })).status).toBe(200);
		expect(sandbox().stats()).toMatchObject({ jobsCreated: { backgroundRemoval: 4 }, jobsByReplay: { backgroundRemoval: 0 } });
	});

	it('is a new one when told so', async () => {
		sandbox().configure({ requestIdReplays: false });
		const first = await post({ request_id: 'r' });
		const second = await post({ request_id: 'r' });
		expect(second.body.data.id).not.toBe(first.body.data.id);
		// What was made meanwhile is not known later.
		sandbox().configure({ requestIdReplays: true });
		expect((await post({ request_id: 'r' })).body.data.id).not.toBe(second.body.data.id);
	});

	it('is known while the first one hangs', async () => {
		sandbox().addFault({ match: { path: PATH }, kind: 'hang', times: 1 });
		const hanging = post({ request_id: 'r' });
		while (sandbox().stats().jobsCreated.backgroundRemoval === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		const second = await post({ request_id: 'r' });
		sandbox().release();
		expect((await hanging).body.data.id).toBe(second.body.data.id);
	});
});

it('can still be read when it is deleted, but is in no list', async () => {
	const { id, layers } = (await post()).body.data;
	for (let round = 0; round < 2; round += 1) {
		const { status, body } = await client().call('DELETE', `${PATH}/${id}`);
		expect([status, body.data]).toEqual([200, { id, deleted: true }]);
	}
	const { body } = await client().get(`${PATH}/${id}`);
	expect(body.data).toMatchObject({ id, status: 'deleted', layers: {}, duration: null, error: null });
	expect((await client().get(PATH)).body.data).toEqual([]);
	expect((await fetch(String(layers.mask))).status).toBe(404);
	expect((await client().call('DELETE', `${PATH}/nobody`)).status).toBe(404);
});

it('takes a film within the body', async () => {
	const video = { type: 'base64', media_type: 'video/mp4', data: 'AAAA' };
	expect((await post({ video })).status).toBe(200);
});
