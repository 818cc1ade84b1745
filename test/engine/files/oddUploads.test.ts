/** Uploads whose answers look otherwise than HeyGen's documents say, or say nothing. */
import type { IDataObject } from 'n8n-workflow';
import { HeyGenAsset } from '../../../nodes/HeyGenAsset/HeyGenAsset.node';
import { itemsOf } from '../support/assetSupport';
import { startNode } from '../support/harness';
import { answer, useRawServer } from '../support/rawServer';
import { manyFiles } from '../support/sampleFiles';
import { endOf, jsonOf, nodeRun, useTiming } from '../support/support';

useTiming({ catchUpTime: 300, completePause: 5 });
const server = useRawServer();

const COUNT = 10;
const REASON = { code: 'bad_file', message: 'The file is damaged' };

/** How a server answers the steps of an upload batch; by default as HeyGen's documents say. */
interface Steps {
	ids?: (index: number) => unknown;
	batch?: IDataObject;
	complete?: [unknown, number?];
	read?: (id: (index: number) => unknown) => IDataObject;
}

/** Uploads ten files in a batch. */
async function uploadAll({ ids = (index) => `a${index}`, batch = { batch_id: 'b1' }, complete = [{ data: {} }, 202], read }: Steps = {}) {
	const whole = (id: (index: number) => unknown) => ({
		items: Array.from({ length: COUNT }, (_, index) => ({ item_index: index, video_id: id(index), status: 'completed' })),
	});
	server().handler = (request, response) => {
		const { method, path } = request;
		if (method === 'PUT') return answer(response, '', 200);
		if (path.endsWith('/direct-uploads/batches')) {
			const items = Array.from({ length: COUNT }, (_, index) => ({ asset_id: ids(index), upload_url: `${server().url}/put/${index}` }));
			return answer(response, { data: { ...batch, items } });
		}
		if (path.endsWith('/complete/batches')) return answer(response, ...complete);
		if (path === '/v3/assets/batches/b1') return answer(response, { data: { batch_id: 'b1', ...(read ?? whole)(ids) } });
		answer(response, { data: { url: `https://files.example${path}` } });
	};
	const credentials = { apiKey: server().apiKey, baseUrl: server().url };
	const items = await itemsOf(manyFiles(COUNT));
	const parameters = { resource: 'asset', operation: 'upload' };
	return await endOf(startNode(nodeRun(new HeyGenAsset(), null, parameters, { credentials, items, onError: 'continueErrorOutput' })));
}

const inOrder = Array.from({ length: COUNT }, (_, index) => `a${index}`);
const assetsOf = (result: Awaited<ReturnType<typeof uploadAll>>) => jsonOf(result).map(({ asset_id: id }) => id);

it.each<[number, string]>([[202, ''], [204, ''], [200, ''], [200, 'null'], [200, '[]']])(
	'the completion of a batch needs no answer (%d, %j)',
	async (status, body) => {
		expect(assetsOf(await uploadAll({ complete: [body, status] }))).toEqual(inOrder);
		expect(server().count('POST', '/v3/assets/complete/batches')).toBe(1);
	},
);

describe('an upload batch is read', () => {
	it('beside entries that are no records, with words in any case and ids under other names', async () => {
		const read = (id: (index: number) => unknown) => ({
			items: [null, 'x', ...inOrder.map((_, index) => ({ [index % 2 === 0 ? 'id' : 'asset_id']: id(index), status: ' Success ' }))],
		});
		expect(assetsOf(await uploadAll({ read }))).toEqual(inOrder);
	});

	it('with ids that are numbers', async () => {
		expect(assetsOf(await uploadAll({ ids: (index) => 100 + index, batch: { id: 'b1' } }))).toEqual(
			inOrder.map((_, index) => String(100 + index)),
		);
	});

	it('as failed as a whole, and ends its files with its reason', async () => {
		const result = await uploadAll({ read: () => ({ status: 'FAILED', error: REASON, items: [] }) });
		expect(jsonOf(result)).toEqual([]);
		expect(jsonOf(result, 1).map(({ error }) => error)).toEqual(
			inOrder.map((_, index) => expect.stringMatching(new RegExp(`: The file is damaged.* \\(item ${index + 1}\\)$`)) as unknown),
		);
	});
});

describe('the id in the answer to an upload', () => {
	const upload = async (data: IDataObject) => {
		server().handler = (_request, response) => answer(response, { data });
		const credentials = { apiKey: server().apiKey, baseUrl: server().url };
		const items = await itemsOf(manyFiles(1));
		const parameters = { resource: 'asset', operation: 'upload' };
		return await endOf(startNode(nodeRun(new HeyGenAsset(), null, parameters, { credentials, items, onError: 'continueErrorOutput' })));
	};

	it.each([{ asset_id: 12345 }, { id: 12345 }, { asset_id: '', id: '12345' }])('%j is understood', async (data) => {
		expect(jsonOf(await upload({ ...data, url: 'https://files.example/a' }))).toMatchObject([{ asset_id: '12345' }]);
	});

	it('under a name that nobody knows is in the error', async () => {
		const [item] = jsonOf(await upload({ asset: { id: 'a1' } }), 1);
		expect(item?.error).toContain("HeyGen's answer names no asset ID");
		expect((item?.details as IDataObject).description).toContain('{"asset":{"id":"a1"}}');
		expect(item?.details).toMatchObject({ mayExist: true });
	});
});
