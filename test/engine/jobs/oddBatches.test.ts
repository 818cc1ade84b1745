/** Batches whose reads look otherwise than HeyGen's documents say: each item gets its own video or HeyGen's reason, and soon. */
import type { IDataObject } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { answer, runRaw, useRawServer } from '../support/rawServer';
import { avatar, errorOf, jsonOf, manyScripts, useTiming, waitingAvatar } from '../support/support';

// The default 'Queue Timeout' is an hour: what is not understood would end these tests.
useTiming({ catchUpTime: 300 });
const server = useRawServer();

const BATCH = '/v3/videos/batches/b1';
const REASON = { code: 'render_failed', message: 'The face was not found' };

/** Creates a batch that reads as given, and waits for its videos, which are finished. */
async function batchOf(count: number, read: (nth: number) => [unknown, number?], created: IDataObject = { batch_id: 'b1' }) {
	server().handler = (request, response, nth) => {
		if (request.method === 'POST') return answer(response, { data: created }, 202);
		if (request.path === BATCH) return answer(response, ...read(nth));
		if (!request.path.endsWith('/statuses')) {
			const id = request.path.split('/').at(-1);
			return answer(response, { data: { id, status: 'completed', video_url: `https://files.example/${id}.mp4` } });
		}
		const asked = request.query.get('video_ids')?.split(',') ?? [];
		answer(response, { data: asked.map((id) => ({ video_id: id, status: 'completed' })) });
	};
	const parameters = waitingAvatar({ options: { sendAsBatch: true } });
	return await runRaw(server(), 'createAvatar', parameters, { items: manyScripts(count), onError: 'continueErrorOutput' });
}

const items = (list: object, more: object = {}): [unknown] => [
	{ data: { batch_id: 'b1', status: 'processing', items: list, has_more: false, next_token: null, ...more } },
];
const entry = (index: unknown, id: unknown = `v${String(index)}`) => ({ item_index: index, video_id: id, status: 'processing' });

describe('an item that has failed', () => {
	it.each(['failed', 'FAILED', 'Failed', ' failed ', 'error', 'cancelled', 'Canceled', 'deleted'])(
		'with the word %j has its reason, and the others go on',
		async (status) => {
			const result = await batchOf(2, () => items([{ item_index: 0, video_id: null, status, error: REASON }, entry(1)]));
			expect(jsonOf(result)).toMatchObject([{ video_id: 'v1' }]);
			expect(jsonOf(result, 1)).toMatchObject([
				{ error: 'Could not create the video: The face was not found (item 1)', details: { batch_id: 'b1', item_index: 0 } },
			]);
			expect(server().count('GET', BATCH)).toBe(1);
		},
	);

	it('and has an id goes on with its reason where nobody waits', async () => {
		const read = items([{ ...entry(0), status: 'failed', error: REASON }, entry(1)]);
		server().handler = (request, response) =>
			request.method === 'POST' ? answer(response, { data: { batch_id: 'b1' } }) : answer(response, ...read);
		const result = await runRaw(server(), 'createAvatar', avatar({ options: { sendAsBatch: true } }), { items: manyScripts(2) });
		expect(jsonOf(result)).toEqual([
			{ video_id: 'v0', status: 'failed', batch_id: 'b1', item_index: 0, failure: REASON },
			{ video_id: 'v1', status: 'processing', batch_id: 'b1', item_index: 1 },
		]);
	});

	it('without an ID costs nothing of what its execution may', async () => {
		const read = items([{ ...entry(0), video_id: null, status: 'failed', error: REASON }]);
		server().handler = (request, response) =>
			request.method === 'POST' ? answer(response, { data: { batch_id: 'b1' } }) : answer(response, ...read);
		const options = { sendAsBatch: true, expectedSeconds: 60, maximumCostPerExecution: 6 };
		const result = await runRaw(server(), 'createAvatar', avatar({ options }), { items: manyScripts(1), times: 2, onError: 'continueErrorOutput' });
		expect(jsonOf(result, 1)[0]?.error).toContain('The face was not found');
	});

	it('may have its reason in words of its own', async () => {
		const result = await batchOf(1, () => items([{ item_index: 0, status: 'failed', failure_message: 'Too dark' }]));
		expect(jsonOf(result, 1)[0]?.error).toBe('Could not create the video: Too dark (item 1)');
	});
});

it('an item that a validator objects to ends alone, and the others go out without it', async () => {
	const detail = [{ loc: ['body', 'videos', 1, 'script'], msg: 'too long', type: 'value_error' }];
	server().handler = (request, response, nth) => {
		if (request.method === 'POST') return nth === 1 ? answer(response, { detail }, 422) : answer(response, { data: { batch_id: 'b1' } });
		answer(response, ...items([entry(0), entry(1)]));
	};
	const parameters = avatar({ options: { sendAsBatch: true } });
	const result = await runRaw(server(), 'createAvatar', parameters, { items: manyScripts(3), onError: 'continueErrorOutput' });
	expect(jsonOf(result).map(({ video_id: id }) => id)).toEqual(['v0', 'v1']);
	expect(jsonOf(result, 1)).toMatchObject([{ row: 1, error: expect.stringContaining("too long (field 'Script')") as string }]);
});

describe('a batch that has failed as a whole', () => {
	it.each<[string, unknown]>([
		['without items', []],
		['without a list', undefined],
		['with items that do not begin', [{ item_index: 0, video_id: null, status: 'queued' }, {}]],
	])('%s ends its items with its reason', async (_name, list) => {
		const body = { data: { batch_id: 'b1', status: 'Failed', error: REASON, ...(list === undefined ? {} : { items: list }) } };
		const result = await batchOf(2, () => [body]);
		expect(jsonOf(result, 1).map(({ error }) => error)).toEqual(
			[0, 1].map((index) => `Could not create the video: The face was not found (item ${index + 1})`),
		);
		expect(jsonOf(result, 1)[1]?.details).toMatchObject({ batch_id: 'b1', item_index: 1, code: 'render_failed' });
	});

	it('says so too early: an item that begins meanwhile goes on', async () => {
		const result = await batchOf(2, (nth) =>
			items([{ item_index: 0, status: 'failed', error: REASON }, entry(1, nth < 3 ? null : 'v1')], { status: 'failed' }),
		);
		expect(jsonOf(result)).toMatchObject([{ video_id: 'v1' }]);
		expect(jsonOf(result, 1)).toHaveLength(1);
	});
});

describe('items are told apart', () => {
	it.each<[string, object]>([
		['beside entries that are no records', [null, 'x', 7, [], entry(1), entry(0)]],
		['by numbers in text', [entry('1'), entry(' 0', 'v0')]],
		['by their place where none has a number', [entry(null, 'v0'), entry(undefined, 'v1')]],
		['by their place where the numbers that are there agree', [entry(0), { video_id: 'v1' }]],
		['by their place where the numbers are none', [entry(-1, 'v0'), entry(0.5, 'v1')]],
		['by numbers that begin with 1', [entry(2, 'v1'), entry(1, 'v0')]],
		['by their keys in a record', { 0: entry(null, 'v0'), 1: entry(null, 'v1') }],
		['by ids that are numbers, and under other names', [{ item_index: 1, id: 'v1' }, { item_index: 0, video_id: '', id: 'v0' }]],
	])('%s', async (_name, list) => {
		const result = await batchOf(2, () => items(list));
		expect(jsonOf(result).map(({ video_id: id }) => id)).toEqual(['v0', 'v1']);
	});

	it('and an id that is a number is one', async () => {
		expect(jsonOf(await batchOf(1, () => items([entry(0, 12345)])))).toMatchObject([{ video_id: '12345' }]);
	});

	it('and the id that an item has itself is not that of its video', async () => {
		const list = (id: (index: number) => unknown) => [0, 1].map((index) => ({ ...entry(index, id(index)), id: `item_${index}` }));
		const result = await batchOf(2, (nth) => items(list((index) => (nth < 3 ? null : `v${index}`))));
		expect(jsonOf(result).map(({ video_id: id }) => id)).toEqual(['v0', 'v1']);
	});

	it.each<[string, unknown[]]>([
		['by a place among fewer entries than there are items', [entry(null, 'v1')]],
		['by a place among entries in another order', [entry(1, 'v1'), entry(null, 'v0')]],
		['by a place among more entries than there are items', [entry(null, 'x'), entry(null, 'y'), entry(null, 'z')]],
	])('but never %s', async (_name, first) => {
		const result = await batchOf(2, (nth) => items(nth === 1 ? first : [entry(0), entry(1)]));
		expect(jsonOf(result).map(({ video_id: id }) => id)).toEqual(['v0', 'v1']);
	});
});

it.each<[number, object]>([
	[200, { error: { code: 'content_policy_violation', message: 'Bad', param: 'videos[1].script' } }],
	[404, { error: { code: 'avatar_not_found', message: 'Bad', param: 'videos[1].avatar_id' } }],
	[422, { detail: [{ loc: ['body', 'videos', 1, 'script'], msg: 'Bad' }] }],
])('an item that makes HeyGen refuse the batch is taken out, with status %d as well', async (status, body) => {
	server().handler = (request, response, nth) => {
		if (request.method === 'GET') return answer(response, ...items([entry(0), entry(1)]));
		if (nth === 1) answer(response, body, status);
		else answer(response, { data: { batch_id: 'b1' } });
	};
	const parameters = avatar({ options: { sendAsBatch: true } });
	const result = await runRaw(server(), 'createAvatar', parameters, { items: manyScripts(3), onError: 'continueErrorOutput' });
	expect(jsonOf(result).map(({ video_id: id }) => id)).toEqual(['v0', 'v1']);
	expect(jsonOf(result, 1)).toMatchObject([{ row: 1, error: expect.stringContaining('Bad') as string }]);
});

it.each([
	[402, 'insufficient_credit'],
	[403, 'forbidden'],
	[404, 'avatar_not_found'],
	[200, 'insufficient_credit'],
	[200, 'voice_not_usable'],
])('a refusal of one item (%d %s) does not make the others anew when an earlier try may have made the batch', async (status, code) => {
	const lost = timing.retryCount + 1;
	server().handler = (_request, response, nth) => {
		if (nth <= lost) return void response.destroy();
		if (nth === lost + 1) return answer(response, { error: { code, message: 'Bad', param: 'videos[1].avatar_id' } }, status);
		answer(response, { data: { batch_id: 'b2' } });
	};
	const again = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } as const;
	const run = { items: manyScripts(3), onError: 'continueErrorOutput', ...again } as const;
	const result = await runRaw(server(), 'createAvatar', avatar({ options: { sendAsBatch: true } }), run);
	expect(new Set(server().log.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
	const details = jsonOf(result, 1).map((json) => json.details);
	expect(details).toEqual([0, 1, 2].map(() => expect.objectContaining({ param: 'videos[1].avatar_id', mayExist: true }) as unknown));
});

it('items are waited for as long as others begin, also those of another batch', async () => {
	// Each look takes ten minutes, and ten begin; an hour without any that begins would be too long.
	let passed = 0;
	const { now } = performance;
	const clock = jest.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + passed);
	const begun = () => passed / 60_000;
	const batch = (name: string, first: number, size: number) => {
		const list = Array.from({ length: size }, (_, index) => (first + index < begun() ? entry(index, `${name}-${index}`) : { item_index: index, status: 'queued' }));
		return { data: { batch_id: name, status: 'processing', items: list, has_more: false } };
	};
	server().handler = (request, response) => {
		const id = String(request.path.split('/').at(-1));
		if (request.method === 'POST') return answer(response, { data: { batch_id: request.body.includes('Script 100') ? 'b2' : 'b1' } });
		if (request.path.includes('/batches/')) {
			passed += 600_000;
			return answer(response, id === 'b1' ? batch(id, 0, 100) : batch(id, 100, 4));
		}
		if (id === 'statuses') return answer(response, { data: [] });
		answer(response, { data: { id, status: 'completed', video_url: `https://files.example/${id}.mp4` } });
	};
	const parameters = waitingAvatar({ waitOptions: { timeoutMinutes: 100_000 }, options: { sendAsBatch: true } });
	const result = await runRaw(server(), 'createAvatar', parameters, { items: manyScripts(104), onError: 'continueErrorOutput' });
	clock.mockRestore();
	expect(jsonOf(result, 1)).toEqual([]);
	expect(jsonOf(result)).toHaveLength(104);
});

describe('a read that fails', () => {
	it.each([302, 408, 425, 499, 500, 503])('with %d, sixteen times, ends nothing', async (status) => {
		const result = await batchOf(1, (nth) => (nth <= 16 ? [{}, status] : items([entry(0)])));
		expect(jsonOf(result)).toMatchObject([{ video_id: 'v0' }]);
	});

	it('breaks off, and a list that breaks off ends nothing either', async () => {
		const result = await batchOf(2, (nth) => items(nth === 1 ? [entry(0)] : [entry(0), entry(1)], { has_more: true, next_token: null }));
		expect(jsonOf(result)).toHaveLength(2);
	});

	it('is in the error when the time is up', async () => {
		const parameters = waitingAvatar({ options: { sendAsBatch: true, queueTimeoutMinutes: 0.005 } });
		const messageAfter = async (read: unknown, status?: number) => {
			server().handler = (request, response) =>
				request.method === 'POST' ? answer(response, { data: { batch_id: 'b1' } }) : answer(response, read, status);
			return errorOf(await runRaw(server(), 'createAvatar', parameters, { items: manyScripts(1) })).message;
		};
		const failed = 'HeyGen has not started this item of batch b1 in time; the last look at it failed: Could not read the batch b1:';
		expect(await messageAfter({ error: { message: 'Down' } }, 503)).toContain(`${failed} Down`);
		expect(await messageAfter({ data: null })).toContain(`${failed} HeyGen's answer holds nothing instead of a record`);
		expect(await messageAfter(items({ v0: entry(0) })[0])).toContain(`${failed} HeyGen's answer holds a record instead of a list`);
		expect(await messageAfter(items([])[0])).not.toContain('failed');
	});
});

describe('the id of a batch', () => {
	it.each([{ batch_id: 'b1' }, { id: 'b1' }, { batch_id: ' b1 ' }])('%j is understood', async (created) => {
		expect(jsonOf(await batchOf(1, () => items([entry(0)]), created))).toHaveLength(1);
	});

	it('that is not there is missed, with what HeyGen answered', async () => {
		server().handler = (_request, response) => answer(response, { data: { batch: 'b1' } });
		const error = errorOf(await runRaw(server(), 'createAvatar', avatar({ options: { sendAsBatch: true } }), { items: manyScripts(2) }));
		expect(error.message).toContain("HeyGen's answer names no batch ID");
		expect(error.description).toContain('HeyGen may have taken the request all the same');
		expect(error.description).toContain('{"batch":"b1"}');
	});
});
