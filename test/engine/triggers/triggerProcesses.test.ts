/** One event that comes to several processes of n8n in the same moment: one of them hands it on. */
import type { HeyGenTrigger } from '../../../nodes/HeyGenTrigger/HeyGenTrigger.node';
import { deduplicator } from '../support/deduplication';
import { runNode, type RunResult } from '../support/harness';
import { freshTrigger, triggerOptions } from '../support/triggerSupport';
import { sleepFor } from '../support/support';

/** Triggers with memories of their own, as processes have them. */
async function processes(count: number): Promise<HeyGenTrigger[]> {
	const nodes: HeyGenTrigger[] = [];
	while (nodes.length < count) nodes.push(await freshTrigger());
	return nodes;
}

/** The execution of a delivery in a process. */
async function execution(node: HeyGenTrigger, eventId: string, mode: 'webhook' | 'retry' = 'webhook'): Promise<RunResult> {
	const options = triggerOptions({ apiKey: 'sandbox-key', url: 'http://127.0.0.1:9' });
	return await runNode({ ...options, node, asTrigger: true, mode, items: [{ json: { eventId, rawBody: `{"${eventId}":1}` } }] });
}

const handedOn = (results: readonly RunResult[]): string[] => results.flatMap(({ outputs }) => (outputs[0] ?? []).map(({ json }) => String(json.eventId))).sort();

beforeEach(() => {
	deduplicator.rows.clear();
	deduplicator.failure = undefined;
});

it.each([2, 4, 8])('%i processes hand each of 21 events on once', async (count) => {
	const nodes = await processes(count);
	const ids = Array.from({ length: 21 }, (_, n) => `evt_${String(n).padStart(2, '0')}`);
	const results = await Promise.all(ids.flatMap((id) => nodes.map(async (node) => await execution(node, id))));
	expect(results.map(({ status }) => status)).toEqual(Array(21 * count).fill('success'));
	expect(handedOn(results)).toEqual(ids);
});

it('is so however their questions fall together', async () => {
	const nodes = await processes(3);
	for (let round = 0; round < 30; round++) {
		const id = `evt_${round}`;
		// From the same moment to some turns apart.
		const results = await Promise.all(
			nodes.map(async (node, at) => {
				await sleepFor((round % 5) * at);
				return await execution(node, id);
			}),
		);
		expect(handedOn(results)).toEqual([id]);
	}
});

it('is so for an event that comes again later, to any process', async () => {
	const [first, second] = (await processes(2)) as [HeyGenTrigger, HeyGenTrigger];
	expect(handedOn([await execution(first, 'evt_1')])).toEqual(['evt_1']);
	expect(handedOn([await execution(second, 'evt_1'), await execution(first, 'evt_1')])).toEqual([]);
	const [third] = (await processes(1)) as [HeyGenTrigger];
	expect(handedOn([await execution(third, 'evt_1')])).toEqual([]);
});

it('keeps the name of the node, by which n8n knows its other data', async () => {
	const [node] = (await processes(1)) as [HeyGenTrigger];
	const { data } = await execution(node, 'evt_1');
	expect(JSON.stringify(data)).not.toMatch(/node-under-test:[0-9a-f]{32}/);
	const rows = [...deduplicator.rows.keys()].map((row) => row.replace(/[0-9a-f]{32}$/, 'hash')).sort();
	expect(rows).toEqual([expect.stringMatching(/ n:node-under-test$/), expect.stringMatching(/ n:node-under-test:hash$/)]);
});

it('hands on what it cannot claim: an event too many is better than one too few', async () => {
	const nodes = await processes(2);
	deduplicator.failure = new Error('database is locked');
	const results = await Promise.all(nodes.map(async (node) => await execution(node, 'evt_1')));
	expect(handedOn(results)).toEqual(['evt_1', 'evt_1']);
});

it('keeps all in an execution that is run again by hand', async () => {
	const [node] = (await processes(1)) as [HeyGenTrigger];
	await execution(node, 'evt_1');
	expect(handedOn([await execution(node, 'evt_1', 'retry')])).toEqual(['evt_1']);
});
