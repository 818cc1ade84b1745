import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Call, Handler } from '../../../nodes/engine/item/call';
import { Checkpoint } from '../../../nodes/engine/item/checkpoint';
import { batchItems } from '../../../nodes/engine/operations/batchItems';
import { bulkStatuses } from '../../../nodes/engine/operations/bulkStatuses';
import { pages } from '../../../nodes/engine/operations/pages';
import { write } from '../../../nodes/engine/operations/write';
import type { ApiReply, ApiRequest } from '../../../nodes/engine/request/apiRequest';
import { assetStatuses } from '../../../nodes/heygen/jobs/asset';
import { videoJob } from '../../../nodes/heygen/jobs/video';
import { IDEMPOTENCY_KEY_PATTERN } from '../../../nodes/heygen/limits';
import { newBrandGlossary } from '../../../nodes/heygen/schemas/brand';

/** What operations make of an item and of HeyGen's answers, without a network. */

/** An item whose requests get these answers, one after the other, the last one for ever. */
function callWith(answers: Array<ApiReply['body']>, about: Partial<Call> = {}, parameters: IDataObject = {}) {
	const sent: ApiRequest[] = [];
	const call = {
		...{ itemIndex: 3, method: 'GET', path: '/v3/things', ids: {}, query: {}, body: {}, options: {}, names: new Map() },
		account: { id: 'account' },
		origin: () => 'origin',
		passCheckpoint: async () => {},
		run: {
			id: 'run',
			memory: {
				failedJobs: () => 0,
				keyOf: (_name: string, _from: string, make: () => string) => make(),
				isTaken: () => false,
				takeKey: () => {},
			},
			checkpoint: new Checkpoint(false),
		},
		client: {
			send: async (request: ApiRequest) => {
				const body = answers[Math.min(sent.length, answers.length - 1)] as ApiReply['body'];
				sent.push(request);
				return { statusCode: 200, body, repeated: false, answeredAt: 0 };
			},
		},
		parameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
		...about,
	} as unknown as Call;
	return { call, sent };
}

/** The JSON of the items that come out, all of them linked to the one that went in. */
async function output(handler: Handler, call: Call): Promise<IDataObject[]> {
	const items = (await handler(call)) as INodeExecutionData[];
	for (const { pairedItem } of items) expect(pairedItem).toEqual({ item: 3 });
	return items.map(({ json }) => json);
}

describe('a list that needs a query', () => {
	const search = pages({ max: 50, of: 'found assets', required: ['query', 'media_type'] });

	it.each<[IDataObject, string]>([
		[{}, "'Query' is empty"],
		[{ query: 'pizza' }, "'Media Type' is empty"],
	])('asks for nothing with %j', async (query, message) => {
		const { call, sent } = callWith([{ data: [] }], { query });
		await expect(search(call)).rejects.toMatchObject({ message, kind: 'input' });
		expect(sent).toEqual([]);
	});

	it('asks when it is there', async () => {
		const { call, sent } = callWith([{ data: [{ id: 1 }] }], { query: { query: 'pizza', media_type: 'b' } });
		expect(await output(search, call)).toEqual([{ id: 1 }]);
		expect(sent).toEqual([
			{ method: 'GET', path: '/v3/things', query: { query: 'pizza', media_type: 'b', limit: 50 }, doing: 'list the found assets' },
		]);
	});
});

describe('a list that goes on', () => {
	const list = pages({ max: 2, of: 'things' });
	const goesOn = (token: unknown) => ({ data: [{ id: 1 }, { id: 2 }], has_more: true, next_token: token }) as ApiReply['body'];

	it.each([7, '7'])('is read on when its next page is named %j', async (token) => {
		const { call, sent } = callWith([goesOn(token), { data: [{ id: 3 }], has_more: false }], {}, { returnAll: true });
		expect(await output(list, call)).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
		expect(sent.map(({ query }) => query)).toEqual([{ limit: 2 }, { limit: 2, token: '7' }]);
	});

	it.each([null, undefined, '', {}, true])('but names its next page %j is an error, not the whole list', async (token) => {
		for (const wanted of [{ returnAll: true }, { limit: 3 }]) {
			await expect(list(callWith([goesOn(token)], {}, wanted).call)).rejects.toMatchObject({
				message: 'Could not list the things: HeyGen says that the list goes on, but does not name its next page',
				advice: "2 records came before that. Set 'Return All' off and 'Limit' to at most 2, or narrow the filters.",
			});
		}
		expect(await output(list, callWith([goesOn(token)], {}, { limit: 2 }).call)).toEqual([{ id: 1 }, { id: 2 }]);
	});

	it.each([false, undefined])('no further ends there (has_more: %j)', async (more) => {
		const body = { data: [{ id: 1 }], has_more: more, next_token: null } as ApiReply['body'];
		expect(await output(list, callWith([body], {}, { returnAll: true }).call)).toEqual([{ id: 1 }]);
	});
});

describe('the items of a batch', () => {
	const page = (ids: string[], token?: string) => ({
		data: { batch_id: 'b1', items: ids.map((id) => ({ video_id: id, status: 'queued' })), has_more: token !== undefined, next_token: token ?? null },
	});

	it('get the id of the batch, and their own under the name of their kind', async () => {
		const { call, sent } = callWith([page(['a1', 'a2'], 't'), page(['a3'])], {}, { returnAll: true });
		expect(await output(batchItems(assetStatuses), call)).toEqual(
			['a1', 'a2', 'a3'].map((id) => ({ asset_id: id, batch_id: 'b1', status: 'queued' })),
		);
		expect(sent.map(({ query }) => query)).toEqual([{ limit: 100 }, { limit: 100, token: 't' }]);
	});

	it('of videos keep the name they have', async () => {
		const { call } = callWith([page(['v1'])]);
		expect(await output(batchItems(videoJob), call)).toEqual([{ batch_id: 'b1', video_id: 'v1', status: 'queued' }]);
	});
});

describe('bulk statuses of assets', () => {
	it('ask under the names of assets, and put out their ids', async () => {
		const query = { asset_ids: 'a1, a2', batch_ids: ['b1'] };
		const { call, sent } = callWith([{ data: [{ video_id: 'a1', status: 'completed' }] }], { query });
		expect(await output(bulkStatuses(assetStatuses), call)).toEqual(Array(2).fill({ asset_id: 'a1', status: 'completed' }));
		expect(sent.map(({ path, query: asked }) => [path, asked])).toEqual([
			['/v3/assets/statuses', { asset_ids: 'a1,a2' }],
			['/v3/assets/statuses', { batch_ids: 'b1' }],
		]);
	});

	it('want at least one id', async () => {
		const { call, sent } = callWith([{ data: [] }]);
		await expect(bulkStatuses(assetStatuses)(call)).rejects.toThrow("'Asset IDs' and 'Batch IDs' are both empty");
		expect(sent).toEqual([]);
	});
});

describe('write', () => {
	const create = write('create the brand glossary', newBrandGlossary);
	const request = { method: 'POST', path: '/v3/brand-glossaries' } as const;

	it('sends the checked body with a key, and puts out the record', async () => {
		const { call, sent } = callWith([{ data: { brand_glossary_id: 'g1' } }], { ...request, body: { name: 7 } });
		expect(await output(create, call)).toEqual([{ brand_glossary_id: 'g1' }]);
		expect(sent).toEqual([
			{
				...request,
				body: { name: '7' },
				idempotencyKey: expect.stringMatching(IDEMPOTENCY_KEY_PATTERN) as unknown,
				doing: 'create the brand glossary',
			},
		]);
	});

	it('sends another key for another body, and the same for the same', async () => {
		const keyOf = async (name: string) => {
			const { call, sent } = callWith([{ data: { brand_glossary_id: 'g1' } }], { ...request, body: { name } });
			await create(call);
			return sent[0]?.idempotencyKey;
		};
		expect(await keyOf('A')).toBe(await keyOf('A'));
		expect(await keyOf('A')).not.toBe(await keyOf('B'));
	});

	it('sends no key when the user wants none, and the own one when there is one', async () => {
		const sentWith = async (options: IDataObject) => {
			const { call, sent } = callWith([{ data: { brand_glossary_id: 'g1' } }], { ...request, body: { name: 'A' }, options });
			await create(call);
			return sent[0] as ApiRequest;
		};
		expect(await sentWith({ sendIdempotencyKey: false })).not.toHaveProperty('idempotencyKey');
		expect((await sentWith({ idempotencyKey: 'row-1' })).idempotencyKey).toBe('row-1');
	});

	it('sends nothing when the body is not right', async () => {
		const { call, sent } = callWith([{ data: { brand_glossary_id: 'g1' } }], { ...request, body: { terms: [{ term: 'x' }] } });
		await expect(create(call)).rejects.toMatchObject({ message: "'Name' is empty", kind: 'input' });
		expect(sent).toEqual([]);
	});

	it.each<[ApiReply['body'], string]>([
		[{}, 'nothing'],
		[{ data: null }, 'nothing'],
		[{ data: {} }, 'an empty record'],
		[{ data: [{ brand_glossary_id: 'g1' }] }, 'a list'],
		[{ data: 'g1' }, 'a text'],
		[{ data: 7 }, 'a number'],
	])('says so when HeyGen answers %j instead of a record', async (body, what) => {
		const { call } = callWith([body], { ...request, body: { name: 'A' } });
		await expect(create(call)).rejects.toMatchObject({
			message: `Could not create the brand glossary: HeyGen's answer holds ${what} instead of a record`,
			advice: expect.stringContaining('may have taken the request all the same') as unknown,
		});
	});
});
